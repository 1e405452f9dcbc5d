"""How good the answers to sixty broken scripts are: `python -m bench.broken` prints the table of docs/checks.md.

Right line: the first problem told stands on the line of the slip. Right cause: it has the code and the words that the
case was labelled with by hand. Fix works: after its hint, and those of what is told next, were followed to the letter
(`tests/script/applying.py`), nothing is left to mend. No figure here comes from a person's judgement of the answer.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from mindful.script.load import loads
from mindful.script.problems import Problem
from tests.script.applying import applied
from tests.script.broken import CASES, HARDER, Broken

ROUNDS = 6
"""Hints that are followed one after another, for one slip."""


@dataclass(frozen=True)
class Outcome:
    """How one case went."""

    case: Broken
    told: Problem | None
    line: bool
    cause: bool
    fix: bool
    mended: str = ""


def outcome(case: Broken) -> Outcome:
    told = _first(case.text)
    if told is None:
        return Outcome(case, None, False, False, False)
    line = told.line == case.line
    cause = told.code in case.code.split("|") and re.search(case.cause, told.message) is not None
    text = case.text
    for _ in range(ROUNDS):
        problem = _first(text)
        if problem is None:
            break
        better = applied(text, problem)
        if better is None or better == text:
            break
        text = better
    return Outcome(case, told, line, line and cause, _first(text) is None, text)


def _first(text: str) -> Problem | None:
    """What is told first: an error where there is one."""
    problems = loads(text).problems
    return next((p for p in problems if p.severity == "error"), problems[0] if problems else None)


def counts(cases: tuple[Broken, ...]) -> tuple[int, int, int]:
    """How many have the right line, the right cause, a fix that works."""
    rows = [outcome(case) for case in cases]
    return sum(r.line for r in rows), sum(r.cause for r in rows), sum(r.fix for r in rows)


def table(cases: tuple[Broken, ...] = CASES) -> str:
    """The cases as a table in Markdown, with the counts at its end."""
    rows = [outcome(case) for case in cases]
    out = ["| slip | told | right line | right cause | fix works |", "|---|---|---|---|---|"]
    for row in rows:
        told = f"{row.told.code} {row.told.message}" if row.told else "nothing"
        marks = " | ".join("yes" if each else "**no**" for each in (row.line, row.cause, row.fix))
        out.append(f"| {row.case.name} | {told.replace('|', chr(92) + '|')} | {marks} |")
    line, cause, fix = counts(cases)
    out.append(f"| **{len(rows)} scripts** | | **{line}** | **{cause}** | **{fix}** |")
    return "\n".join(out) + "\n"


def main() -> int:
    if "--failed" in sys.argv:
        for row in map(outcome, CASES + HARDER):
            if not (row.line and row.cause and row.fix):
                print(f"=== {row.case.name}: line {row.line}, cause {row.cause}, fix {row.fix}; wanted {row.case.line}")
                print(row.told, "\n---", row.mended[-400:], "\n---", _first(row.mended), sep="\n")
        return 0
    print(table())
    print(table(HARDER), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
