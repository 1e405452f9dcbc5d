"""The whole program in a real terminal, playing into a sound server with no sound card: what was heard, and what was seen.

Used by `tests/e2e/test_heard_and_seen.py` with a short session and by `bench/hearing.py` with five minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyte
import soundfile

from mindful.audio.bank import Bank
from mindful.audio.mixer import Mixer
from mindful.audio.voice.choose import open_narrator
from mindful.journal.home import voices
from mindful.script.load import load
from mindful.timeline.compile import compile_timeline
from mindful.timeline.model import AnyCue, BellCue, PhaseCue, SayCue, Timeline
from mindful.timeline.outline import outline as lay_out
from mindful.timeline.unfold import Setup
from tests.soundlab import RATE, Recorder, Sound, SoundLab
from tests.terminal import MINDFUL, Terminal

BEFORE, AFTER = RATE // 2, RATE // 2
"""A reference is what the mix has because of the cue, with half a second before and after its instant."""
LIKE = 0.7
"""A cue is found where the recording, less all the rest as rendered, is at least so like it."""
KINDS = {BellCue: "bell", PhaseCue: "phase", SayCue: "say"}
QUIET = 2e-4
"""A cue whose whole reference stays below this (-74 dBFS) could not be heard by anyone and is not looked for."""


@dataclass
class Heard:
    """One session as it came out."""

    sink: str
    cues: list[tuple[int, str]]
    """(planned ms, what) of every bell and phase looked for."""
    offsets_ms: list[float]
    """Where each was found less where it was planned."""
    missing: list[tuple[int, str]]
    residual_db: float
    """Loudest hundredth of a second of (recording less what was rendered), in dBFS."""
    file_db: float
    """The same against the file that `mindful render` writes of the session."""
    holes: int
    """Hundredths of a second in which that is above -60 dBFS."""
    seconds: float
    exit_status: int
    record: dict[str, Any]
    first_sound_s: float
    """From exec to the session's frame 0 at the listener's ear."""
    seen_ms: list[float] = field(default_factory=list)
    """Position drawn by the pacer less position heard at that moment."""

    @property
    def spread_ms(self) -> float:
        """From the earliest cue to the latest, against the plan."""
        return max(self.offsets_ms) - min(self.offsets_ms)

    @property
    def drift_ppm(self) -> float:
        at = [t for t, _ in self.cues]
        return float(np.polyfit(at, self.offsets_ms, 1)[0] * 1e6) if len(at) > 2 else 0.0

    def seen(self, percent: float) -> float:
        """Percentile of the absolute difference between sight and sound, in ms."""
        return float(np.percentile(np.abs(self.seen_ms), percent))


@contextmanager
def hogs(count: int) -> Iterator[None]:
    """So many busy loops, ended with the block and in any case after an hour. RuntimeError where one ended before."""
    code = "import time\nt = time.monotonic()\nwhile time.monotonic() - t < 3600:\n    sum(range(10000))"
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(count)]
    try:
        yield
        if any(p.poll() is not None for p in running):
            raise RuntimeError("a busy loop ended before what it was to disturb")
    finally:
        for p in running:
            p.kill()
            p.wait()


def without(timeline: Timeline, at_ms: int, cue: AnyCue) -> Timeline:
    """The session with everything but this one cue."""
    placed = []
    for p in timeline.placed:
        cues = tuple(c for c in p.segment.cues if not (c is cue and p.start_ms + c.at_ms == at_ms))
        placed.append(p if len(cues) == len(p.segment.cues) else replace(p, segment=replace(p.segment, cues=cues)))
    return Timeline(tuple(placed), timeline.complete)


def perform(lab: SoundLab, script: Path, sink: str, *, busy: int = 0, cols: int = 120, rows: int = 40) -> Heard:
    """Play `script` (no open steps) with `mindful play`, record it, and compare."""
    with tempfile.TemporaryDirectory() as home:
        env = {**lab.env, "MINDFUL_HOME": home}
        # The colours that `_sight` reads back, also when it is run at night.
        Path(home, "settings.toml").write_text('[screen]\ntheme = "dark"\nnight = "off"\n', encoding="utf-8")
        # Its lines are said beforehand, so that the outline has the lengths that will be played.
        subprocess.run([*MINDFUL, "bake", str(script)], env={**os.environ, **env}, check=True, capture_output=True)
        outline = json.loads(
            subprocess.check_output([*MINDFUL, "outline", str(script), "--json"], env={**os.environ, **env})
        )
        assert outline["total_ms"] is not None, "a script without open steps is wanted"
        loaded = load(script).script
        assert loaded is not None
        narrator = open_narrator(loaded, cache=voices({"MINDFUL_HOME": home}), base=script.parent, threaded=False)
        setup = Setup(loaded, speech=narrator)
        narrator.say_all(lay_out(setup).lines)
        timeline = compile_timeline(setup)
        argv = [*MINDFUL, "play", str(script), "--begin", "--sink", sink]
        with hogs(busy):
            recorder = lab.record()
            with Terminal(argv, cols=cols, rows=rows, env={**lab.env, "MINDFUL_HOME": home}) as terminal:
                started = terminal.started
                terminal.until(lambda _: any((Path(home) / "journal").rglob("*.json")), outline["total_ms"] / 1000 + 30)
                terminal.pump(1.5)  # what was heard last is still on its way to the recorder
                recording = recorder.stop()
                terminal.send("\x1b")  # leave the page that comes after
                status = terminal.wait()
                chunks = terminal.chunks
        record = json.loads(next((Path(home) / "journal").rglob("*.json")).read_text(encoding="utf-8"))
        file = Path(home) / "rendered.wav"
        subprocess.run(
            [*MINDFUL, "render", str(script), "-o", str(file)],
            env={**os.environ, **env},
            check=True,
            capture_output=True,
        )
        return compare(
            *(timeline, narrator, outline, file, sink, recording, recorder, chunks, started, status, record, cols, rows)
        )


def compare(
    timeline: Timeline,
    bank: Bank,
    outline: dict[str, Any],
    file: Path,
    sink: str,
    recording: Sound,
    recorder: Recorder,
    chunks: list[tuple[float, bytes]],
    started: float,
    status: int,
    record: dict[str, Any],
    cols: int,
    rows: int,
) -> Heard:
    """Look for every cue of the outline in the recording, and for the pacer in the terminal's output."""
    mixer = Mixer(None, bank)
    wanted = [(t, c) for t, c in timeline.cues_between(0, 10**9) if isinstance(c, BellCue | PhaseCue | SayCue)]
    at_ms = 0
    written: list[tuple[int, str]] = []
    for segment in outline["segments"]:
        written += [(at_ms + c["at_ms"], c["cue"]) for c in segment["cues"] if c["cue"] in ("bell", "phase", "say")]
        at_ms += segment["length_ms"]
    assert written == [(t, KINDS[type(c)]) for t, c in wanted], "the outline is what is played"
    base = _base(mixer, timeline, recording)
    gain = _gain(mixer, timeline, recording, base)
    cues, offsets, missing = [], [], []
    for at, cue in wanted:
        first, room = at * RATE // 1000 - BEFORE, RATE // 10
        rest = Mixer(None, bank)
        less = without(timeline, at, cue)
        whole = mixer.render(timeline, first - room, BEFORE + AFTER + 2 * room)
        under = rest.render(less, first - room, len(whole))
        reference = (whole - under)[room:-room]
        if np.abs(reference).max() < QUIET:
            continue
        piece = recording[base + first - room : base + first + BEFORE + AFTER + room] - np.float32(gain) * under
        frame, likeness = _fit(reference, piece)
        what = _name(cue)
        if likeness < LIKE:
            missing.append((at, what))
            continue
        cues.append((at, what))
        offsets.append((frame - room) / RATE * 1000)
    worst, holes = _residual(mixer, timeline, recording, base, gain, outline["total_ms"])
    written = _from_file(file, recording, base, gain)
    heard = Heard(
        sink=sink,
        cues=cues,
        offsets_ms=offsets,
        missing=missing,
        residual_db=worst,
        file_db=written,
        holes=holes,
        seconds=outline["total_ms"] / 1000,
        exit_status=status,
        record=record,
        first_sound_s=recorder.time_of(base) - started,
    )
    heard.seen_ms = list(_sight(timeline, chunks, lambda t: (recorder.frame_at(t) - base) / RATE * 1000, cols, rows))
    return heard


def _name(cue: AnyCue) -> str:
    match cue:
        case PhaseCue():
            return cue.phase
        case BellCue():
            return cue.sound
        case SayCue():
            return cue.text[:30]
    raise TypeError(cue)


def _base(mixer: Mixer, timeline: Timeline, recording: Sound) -> int:
    """The recording's frame of the session's frame 0: where the first second fits, to the frame."""
    opening = mixer.render(timeline, 0, 2 * RATE)
    loud = np.flatnonzero(np.abs(recording).max(axis=1) > 1e-4)
    assert len(loud), "nothing was heard"
    first = int(loud[0])
    lead = int(np.flatnonzero(np.abs(opening).max(axis=1) > 1e-4)[0])
    a = max(0, first - lead - RATE // 2)
    return a + round(_fit(opening, recording[a : first + len(opening) + RATE // 2])[0])


def _fit(reference: Sound, piece: Sound) -> tuple[float, float]:
    """(frame of `piece` where `reference` fits best, parts of a frame interpolated; normalised correlation there).

    Plain correlation, unlike `soundlab.find`: what lies over the cue was taken away before.
    """
    n = len(piece) - len(reference) + 1
    size = 1 << (len(piece) + len(reference) - 1).bit_length()
    heard, wanted = (np.fft.rfft(x.astype(np.float64), size, axis=0) for x in (piece, reference))
    cross = np.fft.irfft(heard * np.conj(wanted), size, axis=0)[:n].sum(axis=1)
    power = np.concatenate(([0.0], np.cumsum((piece.astype(np.float64) ** 2).sum(axis=1))))
    energy = power[len(reference) :] - power[: -len(reference)]
    score = cross / np.sqrt(np.maximum(energy[:n], 1e-12) * float((reference.astype(np.float64) ** 2).sum()))
    best = int(np.argmax(score))
    shift = 0.0
    if 0 < best < n - 1:
        left, mid, right = score[best - 1 : best + 2]
        curve = left - 2 * mid + right
        shift = float(np.clip(0.5 * (left - right) / curve, -0.5, 0.5)) if curve < 0 else 0.0
    return best + shift, float(score[best])


def _gain(mixer: Mixer, timeline: Timeline, recording: Sound, base: int) -> float:
    """The volume that the client has set, from the first ten seconds."""
    meant = mixer.render(timeline, RATE, 9 * RATE).astype(np.float64)
    heard = recording[base + RATE : base + 10 * RATE].astype(np.float64)
    return float((heard * meant).sum() / (meant**2).sum())


def _from_file(file: Path, recording: Sound, base: int, gain: float) -> float:
    """Loudest hundredth of a second of (recording less what the rendered file holds), in dBFS."""
    worst = 0.0
    with soundfile.SoundFile(file) as sound:
        assert sound.samplerate == RATE
        for second in range(sound.frames // RATE):
            heard = recording[base + second * RATE : base + (second + 1) * RATE].astype(np.float64)
            if len(heard) == RATE:
                less = heard - gain * sound.read(RATE, dtype="float64")
                worst = max(worst, float(np.sqrt((less.reshape(-1, RATE // 100, 2) ** 2).mean(axis=(1, 2))).max()))
    return 20 * float(np.log10(max(worst, 1e-9)))


def _residual(
    mixer: Mixer, timeline: Timeline, recording: Sound, base: int, gain: float, total_ms: int
) -> tuple[float, int]:
    """(loudest difference in dBFS, number of 10 ms windows above -60 dBFS) between recorded and rendered."""
    worst, holes = 0.0, 0
    for second in range(total_ms // 1000):
        a = base + second * RATE
        heard = recording[a : a + RATE].astype(np.float64)
        if len(heard) < RATE:
            return 0.0, 100 * (total_ms // 1000 - second)
        meant = gain * mixer.render(timeline, second * RATE, RATE).astype(np.float64)
        rms = np.sqrt(((heard - meant).reshape(-1, RATE // 100, 2) ** 2).mean(axis=(1, 2)))
        worst = max(worst, float(rms.max()))
        holes += int((rms > 1e-3).sum())
    return 20 * float(np.log10(max(worst, 1e-9))), holes


def _sight(
    timeline: Timeline, chunks: list[tuple[float, bytes]], heard_ms: Any, cols: int, rows: int
) -> Iterator[float]:
    """For every drawn frame in the middle of a moving phase: the position it shows less the one heard then."""
    from mindful.tui.pacers.circle import frame
    from mindful.tui.pacers.frames import STEPS
    from mindful.tui.theme import inks

    ink = {colour.lstrip("#"): i for i, colour in enumerate(inks("true"))}
    screen = pyte.Screen(cols, rows)
    stream = pyte.ByteStream(screen)
    tables: dict[tuple[int, str], tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = {}
    phases = [(t, c) for t, c in timeline.cues_between(0, 10**9) if isinstance(c, PhaseCue)]
    fills = np.linspace(0, 1, 1001)
    last = -1.0
    covered: dict[int, tuple[float, bool]] = {}
    for t, data in chunks:
        stream.feed(data)
        for y in screen.dirty:
            covered[y] = _row(screen, y, ink, STEPS)
        screen.dirty.clear()
        drawn, height = sum(c for c, _ in covered.values()), sum(any_ink for _, any_ink in covered.values())
        if drawn == last or not height:
            continue
        last = drawn
        at = heard_ms(t)
        now = next(((s, c) for s, c in phases if s <= at < s + c.length_ms), None)
        if now is None or now[1].phase not in ("inhale", "exhale"):
            continue
        start, cue = now
        progress = (at - start) / cue.length_ms
        if not 0.2 < progress < 0.8:
            continue  # where the breath turns it hardly moves, and a cell says little about the time
        key = (height, cue.phase)
        if key not in tables:
            areas = np.array([_cover(frame(cols, height, cue.phase, f), STEPS) for f in fills])
            tables[key] = (areas, fills)
        areas, _ = tables[key]
        fits = fills[np.abs(areas - drawn) < 1e-6]
        if not len(fits):
            continue  # a frame that came in two pieces
        fill = float(fits.mean())
        x = (fill - cue.fill_from) / (cue.fill_to - cue.fill_from)
        if 0 < x < 1:
            shown = start + cue.length_ms * float(np.arccos(1 - 2 * x)) / np.pi
            yield shown - at


def _cover(rows: Any, steps: int) -> float:
    """Pixels that the disc covers."""
    return float(sum(n * sum(i for i in (up, low) if 0 < i <= steps) / steps for row in rows for n, up, low in row))


def _row(screen: pyte.Screen, y: int, ink: dict[str, int], steps: int) -> tuple[float, bool]:
    """(pixels that the disc covers in one row, whether any of the circle is in it)."""
    total, any_ink = 0.0, False
    for x in range(screen.columns):
        cell = screen.buffer[y][x]
        low = ink.get(cell.bg, 0)
        up = ink.get(cell.fg, 0) if cell.data == "▀" else low
        any_ink = any_ink or bool(up or low)
        total += sum(i for i in (up, low) if 0 < i <= steps) / steps
    return total, any_ink


def table(results: list[tuple[str, Heard]]) -> str:
    """A Markdown table of what was heard and seen."""
    lines = [
        "| sink, load | cues found | spread ms | drift ppm | holes | residual dBFS | against the rendered file dBFS"
        " | sight p50 / p95 / max ms | first sound s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, h in results:
        seen = " / ".join(f"{h.seen(p):.0f}" for p in (50, 95, 100)) if h.seen_ms else "-"
        lines.append(
            f"| {name} | {len(h.cues)}/{len(h.cues) + len(h.missing)} | {h.spread_ms:.3f} | {h.drift_ppm:+.1f} | {h.holes}"
            f" | {h.residual_db:.0f} | {h.file_db:.0f} | {seen} ({len(h.seen_ms)} frames) | {h.first_sound_s:.2f} |"
        )
    return "\n".join(lines)
