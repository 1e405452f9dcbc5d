"""What a running session costs: `python -m bench.running [SECONDS]`. CPU with children, bytes to the terminal."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.terminal import MINDFUL, Terminal

SCRIPT = """\
mindful: 1
title: Measured
settings: {background: ocean}
steps:
  - breathe: {pattern: coherent, for: 10 min}
"""
WARM_UP = 4.0


def cpu(process: psutil.Process) -> float:
    """CPU seconds of a process and of the children it has."""
    total = 0.0
    for p in [process, *process.children(recursive=True)]:
        times = p.cpu_times()
        total += times.user + times.system
    return total


def measure(argv: list[str], cols: int, rows: int, seconds: float) -> tuple[float, float, float]:
    """(CPU in percent of a core, bytes a second, resident MB)."""
    with tempfile.TemporaryDirectory() as home, Terminal(argv, cols=cols, rows=rows, env={"MINDFUL_HOME": home}) as t:
        t.pump(WARM_UP)
        process = psutil.Process(t.process.pid)
        used, sent, at = cpu(process), len(t.output), time.monotonic()
        t.pump(seconds)
        span = time.monotonic() - at
        rss = sum(p.memory_info().rss for p in [process, *process.children(recursive=True)])
        return 100 * (cpu(process) - used) / span, (len(t.output) - sent) / span, rss / 1e6


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    with tempfile.TemporaryDirectory() as top:
        script = Path(top, "measured.yaml")
        script.write_text(SCRIPT, encoding="utf-8")
        play = [*MINDFUL, "play", str(script), "--begin"]
        print(f"python -m bench.running {seconds:g}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n")
        print("| what | size | CPU % of a core | kB/s | MB |\n|---|---|---|---|---|")
        for name, extra in (
            ("no sound", ["--mute"]),
            ("sound mixed, no device", ["--sink", "null"]),
            ("calm mode, no sound", ["--mute", "--calm"]),
            ("plain lines, no sound", ["--mute", "--plain"]),
        ):
            for cols, rows in ((40, 12), (80, 24), (120, 40)):
                used, sent, rss = measure([*play, *extra], cols, rows, seconds)
                print(f"| {name} | {cols}x{rows} | {used:.1f} | {sent / 1000:.1f} | {rss:.0f} |", flush=True)


if __name__ == "__main__":
    main()
