"""How loud every bundled session is: `python -m bench.loudness [SESSION]...`.

Each is mixed as a client hears it with everything as made: integrated loudness (BS.1770, with pyloudnorm's filters),
the true peak at four times the rate, and the largest step between two sections that follow one another. A section is a
step of the script, shorter ones joined until it is ten seconds; its loudness is the integrated one of what is heard
within it, with both gates of BS.1770: the quiet that follows words in it is no part of it, and one without any sound
has none. The steps without voice and bells, and of the background alone, are given too. Open steps last `OPEN_MS`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyloudnorm
from scipy.signal import lfilter, resample_poly

from mindful import assets
from mindful.audio.bank import Bank
from mindful.audio.levels import AS_MADE, OFF, Levels
from mindful.audio.mixer import Mixer
from mindful.audio.noise import band, shaped
from mindful.audio.score import Score
from mindful.audio.units import FRAMES_PER_MS, RATE, Block, Mono, rise
from mindful.script.load import load
from mindful.script.model import Script
from mindful.timeline.compile import extend
from mindful.timeline.model import ChoosePrompt, SayCue, Timeline
from mindful.timeline.speech import Length, Line, Speech, estimate_ms
from mindful.timeline.unfold import Setup, begin

OPEN_MS = 12_000
SECTION_MS = 10_000
STEP = RATE // 10
AUDIBLE = -60.0
"""A section softer than this is silence, and what comes after it no step."""
BED, LAYERS = Levels(voice=OFF, bells=OFF), Levels(voice=OFF, bells=OFF, cues=OFF)
COLUMNS = (
    *("session", "min", "speech %", "LUFS", "true peak dBTP", "limited %", "largest step dB"),
    *("tones and background: LUFS", "step dB", "background: LUFS", "step dB"),
)


class Voice(Speech, Bank, Protocol):
    """What knows how long a line is, and how it sounds."""


class Made:
    """Stands in for a voice: noise with the spectrum and the syllables of speech, at -20 LUFS as a mono file."""

    def __init__(self) -> None:
        self._clips: dict[Line, Mono] = {}

    def length(self, line: Line) -> Length:
        return Length(estimate_ms(line.text, line.wpm), estimated=False)

    def speaks(self, voice: str, language: str) -> bool:
        return voice != "none"

    def sound(self, line: Line) -> Mono | None:
        if line not in self._clips:
            n = self.length(line).ms * FRAMES_PER_MS
            t = np.arange(n) / RATE
            noise = shaped(1 << (max(n, RATE) - 1).bit_length(), 900 + len(self._clips), band(150, 5000, -4.0))[:n]
            envelope = (0.35 + 0.65 * np.sin(2 * np.pi * 2 * t) ** 2) * rise(t / 0.02) * rise((t[-1] - t) / 0.03)
            clip = noise * envelope
            loud = pyloudnorm.Meter(RATE).integrated_loudness(clip)
            self._clips[line] = (clip * 10 ** ((-20 - loud) / 20)).astype(np.float32)
        return self._clips[line]


def voice_for(script: Script) -> tuple[Voice, str]:
    """(who says the lines of a script, its name). The one place where a voice is chosen."""
    try:
        from mindful.audio.voice.choose import open_narrator
    except ImportError:
        return Made(), "noise in place of a voice"
    narrator: Any = open_narrator(script, cache=None, base=None, threaded=False)
    lines = {
        c.line for p in walk(Setup(script, speech=narrator)).placed for c in p.segment.cues if isinstance(c, SayCue)
    }
    narrator.say_all(lines)
    return narrator, "the default voice"


def walk(setup: Setup) -> Timeline:
    """A whole run of a script: what is open is ended after `OPEN_MS`, choices take the first."""
    answers: dict[str, Any] = {}
    timeline, cursors = extend(setup, Timeline(), begin(setup), answers)
    while not timeline.complete:
        segment = timeline.placed[-1].segment
        prompt = segment.prompt
        key = (prompt.id if prompt is not None else None) or segment.step
        answers[key] = prompt.options[0] if isinstance(prompt, ChoosePrompt) else None
        length = OPEN_MS if segment.loop is None else segment.loop[1]
        timeline, cursors = extend(setup, timeline.closed(length, length), cursors[-1], answers)
    return timeline


@dataclass(frozen=True, slots=True)
class Loudness:
    """Of one rendering."""

    squares: np.ndarray[Any, Any]
    """Mean square after the K filter of every tenth of a second, both channels added."""
    peak: float

    @property
    def integrated(self) -> float:
        """LUFS, with both gates of BS.1770-4."""
        return gated(self.squares)

    def section(self, start_ms: int, end_ms: int) -> float:
        """The integrated loudness within, in LUFS, with both gates."""
        return gated(self.squares[start_ms // 100 : end_ms // 100])


def gated(squares: np.ndarray[Any, Any]) -> float:
    """Integrated loudness of tenths of a second, in LUFS; minus infinity where nothing passes the gates."""
    blocks = np.convolve(squares, np.ones(4) / 4, "valid") if len(squares) >= 4 else np.zeros(0)
    loud = blocks[lufs(blocks) > -70]
    if not len(loud):
        return -np.inf
    kept = loud[lufs(loud) > lufs(loud.mean()) - 10]
    return float(lufs(kept.mean()))


def lufs(square: Any) -> Any:
    return -0.691 + 10 * np.log10(np.maximum(square, 1e-12))


def measure(blocks: Iterator[Block]) -> Loudness:
    """Takes the sound block by block, so that an hour fits."""
    filters = [(f.passband_gain * f.b, f.a) for f in pyloudnorm.Meter(RATE)._filters.values()]
    states = [np.zeros((2, 2)) for _ in filters]
    squares, peak, before = [], 0.0, np.zeros((64, 2), np.float32)
    for block in blocks:
        whole = np.concatenate((before, block))
        peak = max(peak, float(np.abs(resample_poly(whole, 4, 1, axis=0)).max()))
        before, x = block[-64:], block.astype(np.float64)
        for i, (b, a) in enumerate(filters):
            x, states[i] = lfilter(b, a, x, axis=0, zi=states[i])
        squares.append((x.reshape(-1, STEP, 2) ** 2).mean(axis=1).sum(axis=1))
    return Loudness(np.concatenate(squares), peak)


def blocks(mixer: Mixer, timeline: Timeline, levels: Levels) -> Iterator[Block]:
    end = mixer.end_frame(timeline) or 0
    for first in range(0, end, RATE):
        yield mixer.render(timeline, first, RATE, levels)


class Watched(Mixer):
    """Notes in which tiles the limiter turns down."""

    def __init__(self, base: Path, bank: Bank) -> None:
        super().__init__(base, bank)
        self.tiles: dict[int, bool] = {}

    def _before_limiter(self, serial: int, score: Score, levels: Levels, number: int) -> Any:
        raw = super()._before_limiter(serial, score, levels, number)
        if levels == AS_MADE:
            self.tiles[number] = raw.needs is not None
        return raw

    @property
    def limited(self) -> float:
        """Percent of all tiles."""
        return 100 * sum(self.tiles.values()) / max(1, len(self.tiles))


def sections(timeline: Timeline) -> Iterator[tuple[int, int, str]]:
    """(start, end, kinds) of steps, joined until they are long enough; what is left at the end belongs to the last."""
    spans = [(p.start_ms + s.start_ms, s.kind) for p in timeline.placed for s in p.segment.spans]
    total = timeline.total_ms or 0
    start, kinds, found = 0, "", list[tuple[int, int, str]]()
    for (_, kind), end in zip(spans, [*(at for at, _ in spans[1:]), total], strict=True):
        kinds = kinds or kind
        if end - start >= SECTION_MS:
            found.append((start, end, kinds))
            start, kinds = end, ""
    if start < total and found:
        found[-1] = found[-1][0], total, found[-1][2]
    yield from found or [(0, total, kinds)]


def largest_step(timeline: Timeline, loudness: Loudness) -> tuple[float, str]:
    """(decibels, where) of the largest step from one section to the next."""
    found = [(loudness.section(a, b), a, kind) for a, b, kind in sections(timeline)]
    steps = [
        (abs(y - x), f"{first} to {then} at {at // 60_000}:{at // 1000 % 60:02}")
        for (x, _, first), (y, at, then) in pairwise(found)
        if min(x, y) > AUDIBLE
    ]
    return max(steps, default=(0.0, ""))


def main() -> int:
    began, rows, who = time.monotonic(), [], ""
    for name, path in assets.session_files().items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        script = load(path).script
        assert script is not None
        voice, who = voice_for(script)
        timeline, mixer = walk(Setup(script, speech=voice)), Watched(path.parent, voice)
        whole, bed, layers = (measure(blocks(mixer, timeline, levels)) for levels in (AS_MADE, BED, LAYERS))
        steps = [largest_step(timeline, each) for each in (whole, bed, layers)]
        said = sum(s.end - s.frame for s in mixer.score(timeline).lines(0, 1 << 50)) / RATE
        cells = [
            *(name, f"{len(whole.squares) / 600:.1f}", f"{100_000 * said / max(1, timeline.total_ms or 1):.0f}"),
            *(f"{whole.integrated:.1f}", f"{20 * np.log10(max(whole.peak, 1e-9)):.1f}"),
            *(f"{mixer.limited:.1f}", "{:.1f} {}".format(*steps[0])),
            *(f"{bed.integrated:.1f}", "{:.1f} {}".format(*steps[1])),
            *(f"{layers.integrated:.1f}", "{:.1f} {}".format(*steps[2])),
        ]
        rows.append(f"| {' | '.join(cells)} |")
        print(rows[-1], flush=True, file=sys.stderr)
    print(f"{' '.join(['python -m bench.loudness', *sys.argv[1:]])}   ({time.monotonic() - began:.0f} s; {who})\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    print("\n".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
