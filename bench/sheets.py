"""Thought records killed in the middle: `python -m bench.sheets [TIMES] [SEED]`; `scoring` prints a table instead.

The program runs in a real pseudo-terminal, keys are typed, and at a random key, in half of the trials after a rest, it
gets SIGKILL.
"""

from __future__ import annotations

import sys
import time

from mindful.script.questionnaires import Definition, bundled, bundled_names
from mindful.timeline import scoring


def scoring_table() -> None:
    """What comes out at the ends, in the middle, and with answers missing."""
    print(
        "| name | scale | all lowest | all highest | every second option | one missing | two missing | three missing |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name in bundled_names():
        d = bundled(name)
        assert isinstance(d, Definition)
        for k, scale in enumerate(d.scales):
            order = sorted({o.score for o in d.options})
            full = dict.fromkeys(d.ids, order[0]), dict.fromkeys(d.ids, order[-1]), dict.fromkeys(d.ids, order[1])
            cells = [scoring.scores(d, dict(c))[k].value for c in full]
            for missing in (1, 2, 3):
                some: dict[str, float | None] = dict.fromkeys(d.ids, order[1])
                some |= dict.fromkeys(d.scored(scale)[:missing])
                cells.append(scoring.scores(d, some)[k].value)
            print(f"| {name} | {scale.id} | " + " | ".join("none" if c is None else f"{c:g}" for c in cells) + " |")


def main() -> int:
    if sys.argv[1:2] == ["scoring"]:
        scoring_table()
        return 0
    from tests.e2e.sheets import trials

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    began, wrong, fields, owed = time.monotonic(), [], 0, 0
    for number, t in enumerate(trials(count, seed), 1):
        fields += t.finished
        owed += bool(t.owed)
        wrong += [f"{number}, after {t.keys} keys: {w}" for w in t.wrong]
    print(f"python -m bench.sheets {count} {seed}   ({time.monotonic() - began:.0f} s)\n")
    print(
        f"{count} kills, {fields} fields finished before them, {owed} with words older than a second in the "
        f"field that was open; {len(wrong)} things lost or wrong"
    )
    for each in wrong:
        print(" ", each)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
