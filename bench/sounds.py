"""What each sound is like to hear: `python -m bench.sounds [SECONDS]`. Loudness, peaks, onsets, speed; the ear test.

Loudness after ITU-R BS.1770 (pyloudnorm): integrated, and the loudest 400 ms. True peak: four times oversampled. Onset:
the steepest rise of the level from one hundredth of a second to the next, nothing counting as quieter than -60 dBFS;
bells and cues come out of silence, layers are heard as they go on (a fade brings them in).
The last table is that of `tests/audio/test_eyes_closed.py`: a listener who knows no timeline, at 10 dB over each
background.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pyloudnorm

from mindful.audio import bells, breath_tone, layers
from mindful.audio.units import FRAMES_PER_MS, RATE, TILE, Block
from mindful.timeline.model import PhaseCue
from tests.audio.made import phase

FLOOR_DB = -60.0
CUES: tuple[tuple[str, PhaseCue], ...] = (
    ("inhale 4 s", phase("inhale", 4000)),
    ("inhale 4 s, left", phase("inhale", 4000, through="left")),
    ("top_up 1 s", phase("top_up", 1000)),
    ("hold 4 s", phase("hold", 4000)),
    ("exhale 6 s", phase("exhale", 6000)),
    ("exhale 6 s, mouth", phase("exhale", 6000, through="mouth")),
    ("exhale 6 s, pursed", phase("exhale", 6000, through="pursed")),
    ("exhale 8 s, hum", phase("exhale", 8000, through="hum")),
    ("rest 4 s", phase("rest", 4000)),
)


def decibels(x: float) -> float:
    return 20 * float(np.log10(max(x, 1e-9)))


def integrated(x: Block) -> float:
    """LUFS over the whole; what is shorter than half a second is followed by silence."""
    whole = np.pad(x.astype(np.float64), ((0, max(0, RATE // 2 - len(x))), (0, 0)))
    return float(pyloudnorm.Meter(RATE).integrated_loudness(whole))


def loudest(x: Block) -> float:
    """LUFS of the loudest 400 ms, looked at every tenth of a second."""
    width = RATE * 2 // 5 + 1
    x = np.pad(x, ((0, max(0, width - len(x))), (0, 0)))
    return max(integrated(x[i : i + width]) for i in range(0, len(x) - width + 1, RATE // 10))


def true_peak(x: Block) -> float:
    """Largest value between the frames, too: four times oversampled with a windowed sinc of 24 frames."""
    at = np.arange(-12, 12)
    peak = float(np.abs(x).max())
    for part in (0.25, 0.5, 0.75):
        taps = np.sinc(at + part) * (0.5 + 0.5 * np.cos(np.pi * (at + part) / 12.5))
        for side in (0, 1):
            peak = max(peak, float(np.abs(np.convolve(x[:, side], taps / taps.sum(), "valid")).max()))
    return peak


def onset(x: Block) -> float:
    """The steepest rise in dB per 10 ms."""
    n = RATE // 100
    power = np.square(x[: len(x) // n * n], dtype=np.float64).reshape(-1, n, 2).mean(axis=(1, 2))
    level = np.maximum(10 * np.log10(power + 1e-12), FLOOR_DB)
    return float(np.diff(level).max())


def after_silence(x: Block) -> Block:
    return np.concatenate((np.zeros((RATE // 100, 2), np.float32), x))


def rendered(render: Callable[[int, int], Block], frames: int) -> tuple[Block, float]:
    """(the sound, how many times faster than it plays it was made), in the tiles of the mixer."""
    render(0, 1)  # what is made once is not counted
    begin = time.perf_counter()
    x = np.concatenate([render(i, TILE) for i in range(0, frames, TILE)])
    return x[:frames], frames / RATE / (time.perf_counter() - begin)


def row(kind: str, name: str, x: Block, loud: str, speed: str) -> None:
    rms = float(np.sqrt(np.mean(np.square(x, dtype=np.float64))))
    print(
        f"| {kind} | {name} | {integrated(x):.1f} | {loud} | {decibels(true_peak(x)):.1f} "
        f"| {decibels(float(np.abs(x).max()) / rms):.1f} | {onset(x):.1f} | {speed} |",
        flush=True,
    )


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    warnings.simplefilter("ignore")  # pyloudnorm warns of every peak that would clip after a normalisation
    print(f"python -m bench.sounds {seconds:g}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n")
    print("| kind | sound | LUFS | loudest 0.4 s | true peak dBTP | crest dB | onset dB/10 ms | x real time |")
    print("|---|---|---|---|---|---|---|---|")
    for name in layers.GAIN:
        x, speed = rendered(layers.layer(name).render, int(seconds * RATE))
        row("layer", name, x, "", f"{speed:.0f}")
    for name in bells.NAMES:
        mono = bells.stroke(name)
        x = after_silence(np.stack((mono, mono), axis=1))
        row("bell", f"{name}, {len(mono) / RATE:.1f} s", x, f"{loudest(x):.1f}", "read")
    for name, cue in CUES:
        frames = cue.length_ms * FRAMES_PER_MS + breath_tone.RELEASE
        x, speed = rendered(lambda first, n, cue=cue: breath_tone.render(cue, first, n), frames)  # type: ignore[misc]
        x = after_silence(x)
        row("cue", name, x, f"{loudest(x):.1f}", f"{speed:.0f}")
    print()
    ear()


def ear() -> None:
    """The eyes-closed test: what each phase was taken for."""
    from tests.audio.ear import PHASES
    from tests.audio.test_eyes_closed import BACKGROUNDS, PATTERNS, SNR_DB, table_of

    print(f"Phases of the {len(PATTERNS)} bundled patterns, {SNR_DB:g} dB over each of {', '.join(BACKGROUNDS)}\n")
    print(f"| was \\ taken for | {' | '.join(PHASES)} |\n|---|{'---|' * len(PHASES)}")
    found = [table_of(pattern, SNR_DB, BACKGROUNDS) for pattern in PATTERNS]
    total = np.sum([table for table, _ in found], axis=0)
    for name, taken in zip(PHASES, total, strict=True):
        print(f"| {name} | {' | '.join(map(str, taken))} |")
    windows = np.mean([part for _, part in found])
    print(f"\n{total.trace() / total.sum():.1%} of {total.sum()} phases, {windows:.1%} of windows of 0.6 s")


if __name__ == "__main__":
    main()
