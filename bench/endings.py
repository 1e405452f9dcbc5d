"""How sessions end: `python -m bench.endings [TIMES] [SEED]`.

SIGTERM, SIGHUP, a closed terminal and kill -9 in turn, at random moments of sessions in a real pseudo-terminal.
"""

from __future__ import annotations

import sys
import time

from tests.e2e.endings import WAYS, summary, trials


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    began = time.monotonic()
    wrong, seen = summary(trials(count, seed))
    print(f"python -m bench.endings {count} {seed}   ({time.monotonic() - began:.0f} s)\n")
    statuses = ("completed", "stopped", "interrupted", "no record yet")
    print(f"| way | {' | '.join(statuses)} |\n|---|{'---|' * len(statuses)}")
    for way in WAYS:
        print(f"| {way} | {' | '.join(str(seen[way, s]) for s in statuses)} |")
    print(f"\n{len(wrong)} things wrong")
    for w in wrong:
        print(" ", w)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
