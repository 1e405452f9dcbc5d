"""How long made-up clients take for three quarters of an hour: `python -m bench.simulate [RUNS]`, from exec to exit."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.terminal import MINDFUL

SCRIPT = """\
mindful: 1
title: Three quarters of an hour
settings: {background: ocean}
steps:
  - repeat:
      times: 9
      steps:
        - say: Sit so that your back can be long. [pause 3 s] There is no hurry here at all.
          pause: 10 s
        - bell: bowl
        - breathe: {pattern: {inhale: 4, exhale: 6}, for: 190 s}
        - sit: 90 s
  - rate: {id: after, ask: "And now?", scale: suds}
"""


def run(*args: str) -> tuple[float, float]:
    """(wall, processor) seconds of one command."""
    began, before = time.perf_counter(), os.times()
    subprocess.run([*MINDFUL, *args], check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, used


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as top:
        script = Path(top, "long.yaml")
        script.write_text(SCRIPT, encoding="utf-8")
        cases = {
            "one client": ["simulate", str(script), "--client", "calm"],
            "all five": ["simulate", str(script)],
            "all five, records kept": ["simulate", str(script), "--journal", str(Path(top, "journal"))],
        }
        print(f"python -m bench.simulate {runs}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n")
        print("| what | wall s, median | min | max | processor s, median |\n|---|---|---|---|---|")
        for name, args in cases.items():
            took = [run(*args) for _ in range(runs + 1)][1:]  # the first writes bytecode
            wall, used = [w for w, _ in took], [u for _, u in took]
            print(
                f"| {name} | {statistics.median(wall):.2f} | {min(wall):.2f} | {max(wall):.2f} "
                f"| {statistics.median(used):.2f} |"
            )


if __name__ == "__main__":
    main()
