"""What a recording costs: `python -m bench.render [MINUTES]`. Speed beside the encoders alone, and memory by length.

Speed: a guided session made on the spot, mixed and encoded, and beside it the same frames, mixed before, encoded alone;
both in this process and one after the other. Memory: the whole command in a process of its own, by its highest
resident size.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from mindful.audio.units import RATE
from mindful.render.formats import ENDINGS, TEXTS, Format, container
from mindful.render.job import BLOCK, Job, base, mixed
from mindful.render.plan import Plan
from mindful.render.voice import mixer, open_voice
from mindful.script.load import load

LINES = (
    "If it helps, let your attention rest on {}.",
    "Let {} be as heavy as it likes, without any effort.",
    "Notice {}, and leave it just as it is.",
    "Whatever {} does now is fine. You can leave any step.",
)
PLACES = (
    *("the left foot", "the right foot", "the left knee", "the right knee", "the belly", "the lower back"),
    *("the left hand", "the right hand", "the left shoulder", "the right shoulder", "the jaw", "the forehead"),
)
HEAD = "mindful: 1\ntitle: Guided, {} minutes\nsettings: {{background: ocean}}\nsteps:\n  - bell: bowl\n"
SAY = "  - say: {}\n    pause: 7 s\n"
BREATHE = "  - breathe: {pattern: coherent, cycles: 3}\n  - bell: chime\n"


def quiet(done: int, whole: int) -> None:
    """Nobody looks on."""


def guided(folder: Path, minutes: int) -> Path:
    """A session of about so many minutes, each with two lines, three breaths and a bell; 48 lines and then again."""
    lines = [line.format(place) for line in LINES for place in PLACES]
    text = HEAD.format(minutes)
    for k in range(minutes):
        text += "".join(SAY.format(lines[n % len(lines)]) for n in (2 * k, 2 * k + 1)) + BREATHE
    path = folder / f"guided-{minutes}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(seconds, CPU seconds) of a piece of work. Where others use the machine, the second is the truer one."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def speed(folder: Path, minutes: int) -> None:
    script = load(guided(folder, minutes)).script
    assert script is not None
    job = Job(script, open_voice(script, base(script)))
    found: list[Plan] = []
    saying = timed(lambda: found.append(job.plan(quiet)[0]))
    plan = found[0]
    seconds = plan.total_ms / 1000
    mix = mixer(base(script), job.voice)
    frames = mix.end_frame(plan.timeline)
    assert frames is not None
    pcm = np.memmap(folder / "pcm", np.float32, "w+", shape=(frames, 2))
    print(f"session: {seconds / 60:.1f} min, {len(plan.lines)} lines, voice: {type(job.voice).__name__}\n")
    print("| what | s | CPU s | times real time, by CPU | encoder alone, CPU s | times the encoder |")
    print("|---|---|---|---|---|---|")
    _row("plan, and saying the words", saying, seconds)
    _row("mixing alone", timed(lambda: mixed(mix, plan.timeline, frames, Keep(pcm), quiet)), seconds)
    for ending, kind in ENDINGS.items():
        if kind in TEXTS:
            continue
        with (folder / f"x{ending}").open("w+b") as file:
            whole = timed(partial(job.sound, plan, Format(kind), file, quiet))
        with (folder / f"y{ending}").open("w+b") as file:
            alone = timed(partial(encode, pcm, container(kind, file, frames, job.tags(plan, plan.total_ms))))
        _row(f"mixing and encoding {ending}", whole, seconds, alone[1])


def _row(what: str, took: tuple[float, float], seconds: float, alone: float | None = None) -> None:
    beside = " | " if alone is None else f"{alone:.1f} | {took[1] / alone:.2f}"
    print(f"| {what} | {took[0]:.1f} | {took[1]:.2f} | {seconds / took[1]:.0f} | {beside} |", flush=True)


class Keep:
    """A container that only keeps the frames."""

    def __init__(self, into: np.memmap) -> None:  # type: ignore[type-arg]
        self.into, self.at = into, 0

    def write(self, block: np.ndarray) -> None:  # type: ignore[type-arg]
        self.into[self.at : self.at + len(block)] = block
        self.at += len(block)

    def close(self) -> None:
        pass


def encode(pcm: np.memmap, out: object) -> None:  # type: ignore[type-arg]
    for at in range(0, len(pcm), BLOCK):
        out.write(np.ascontiguousarray(pcm[at : at + BLOCK]))  # type: ignore[attr-defined]
    out.close()  # type: ignore[attr-defined]


LAUNCH = """
import os, sys
pid = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""
"""A process begins with the size of the one that started it, as the system counts; so a small one starts it."""


def peak(session: Path, out: Path) -> float:
    """The highest resident size of `mindful render`, in MB."""
    argv = [sys.executable, "-c", LAUNCH, "-m", "mindful", "render", str(session), "-o", str(out), "--force"]
    told = subprocess.run(argv, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8").stdout
    status, size = map(int, told.split())
    assert status == 0
    return size / (1e6 if sys.platform == "darwin" else 1024)


def memory(folder: Path) -> None:
    short, long = guided(folder, 1), guided(folder, 60)
    print("\n| what | 1 minute MB | 60 minutes MB | more |\n|---|---|---|---|")
    for ending in (".wav", ".flac", ".ogg", ".opus", ".mp3", ".vtt"):
        a, b = peak(short, folder / f"m{ending}"), peak(long, folder / f"m{ending}")
        print(f"| {ending} | {a:.0f} | {b:.0f} | {b - a:+.1f} |", flush=True)


def main() -> None:
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as top:
        print(
            f"python -m bench.render {minutes}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]}), {RATE} Hz\n"
        )
        speed(Path(top), minutes)
        memory(Path(top))


if __name__ == "__main__":
    main()
