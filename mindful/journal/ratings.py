"""Which ratings of a record stand beside each other: one from before, one from after. Pure; called by the journey.

A script names its questions itself. Two numbers belong together when their names differ only in the word for when:
`before` and `after`, `tension_before` and `tension_after`, `before` and `now`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FIRST = ("before", "start", "first", "pre")
THEN = ("after", "now", "end", "later", "last", "post")
_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to the same question. Which way is better nobody says: that is the client's to know."""

    name: str
    """What was rated, from the names of the questions; empty where they name nothing."""
    before: float
    after: float


def _parts(name: str, when: tuple[str, ...]) -> str | None:
    """What is left of a name without its word for when; None without such a word."""
    words = [w for w in _WORDS.split(name.casefold()) if w]
    there = [w for w in words if w in when]
    return " ".join(w for w in words if w not in when) if len(there) == 1 else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def pairs(answers: Mapping[str, object]) -> Iterator[Pair]:
    """The pairs among the answers of a record, in their order; an answer that was left open makes none."""
    for name, value in answers.items():
        what, before = _parts(name, FIRST), _number(value)
        if what is None or before is None:
            continue
        # In the order of THEN: with an `after` and a `now`, the `after` is meant.
        later = {_rank(other): _number(v) for other, v in answers.items() if _parts(other, THEN) == what}
        found = [later[rank] for rank in sorted(later) if later[rank] is not None]
        if found:
            after = found[0]
            assert after is not None
            yield Pair(what, before, after)


def _rank(name: str) -> int:
    return next(THEN.index(w) for w in _WORDS.split(name.casefold()) if w in THEN)
