"""A robot that mashes keys on every screen: `python -m bench.robot [MINUTES] [SEED]`. Exit status 1 where any broke.

Resize storms down to one cell and up to 500x200, pastes of a megabyte, clicks and half key sequences are part of it.
It goes on until it has been at every screen.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.e2e.robot import MARKS, Robot


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        report = Robot(seed, Path(folder), minutes * 60, whole=True).run()
    print(f"python -m bench.robot {minutes:g} {seed}   ({report.seconds:.0f} s)\n")
    print("| what | how often |\n|---|---|")
    print(f"| times the program was started | {sum(report.runs.values())} |")
    for name in sorted(report.done):
        print(f"| {name} | {report.done[name]:,} |")
    for name in sorted(report.records):
        print(f"| records {name} | {report.records[name]} |")
    unseen = [name for name in MARKS if not report.seen[name]]
    print(f"| screens seen, of {len(MARKS)} that have a mark | {len(MARKS) - len(unseen)} |")
    print(f"\n{len(report.wrong)} things wrong")
    for what in report.wrong:
        print(" ", what)
    if unseen:
        print("not seen:", ", ".join(unseen))
    return bool(report.wrong)


if __name__ == "__main__":
    sys.exit(main())
