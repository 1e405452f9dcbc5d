"""The people whose keys are known here, in `keys/people.json`: trusted from the first time on.

The first card under a name is kept. Another key under a known name is never taken in silently: it may be a lost key,
or somebody else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from mindful.handoff import card as cards
from mindful.handoff.card import BadCardError, Card
from mindful.journal.files import write_atomic

FILE = "people.json"

Standing = Literal["own", "checked", "known", "new", "changed"]
"""own: signed by oneself; checked: the fingerprint was compared; known: seen before; new; changed: another key."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose card was taken in."""

    card: Card
    since: str
    """The day, ISO."""
    checked: bool = False
    """Whether the fingerprint was compared with them."""


class DamagedContactsError(ValueError):
    """The file of people is not whole; nothing is trusted from it, and it is not written over."""


def people(folder: Path) -> list[Person]:
    """Everybody, by name. Raises DamagedContactsError, OSError."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return sorted((_person(each) for each in data["people"]), key=lambda p: p.card.name.casefold())
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedContactsError(str(folder / FILE)) from error


def standing(known: Sequence[Person], card: Card, mine: Card | None = None) -> Standing:
    """What is known of whoever holds this card."""
    if mine is not None and (card.sign, card.recipient) == (mine.sign, mine.recipient):
        return "own"
    for person in known:
        if (person.card.sign, person.card.recipient) == (card.sign, card.recipient):
            return "checked" if person.checked else "known"
    return "changed" if any(p.card.name.casefold() == card.name.casefold() for p in known) else "new"


def keep(folder: Path, card: Card, day: str, *, checked: bool | None = None) -> None:
    """Take a card in; a known one keeps its day. A `changed` one takes the place of the old. Raises as `people`."""
    before = people(folder)
    old = next((p for p in before if (p.card.sign, p.card.recipient) == (card.sign, card.recipient)), None)
    new = Person(card, old.since, old.checked) if old else Person(card, day)
    if checked is not None:
        new = replace(new, checked=checked)
    rest = [p for p in before if p is not old and p.card.name.casefold() != card.name.casefold()]
    _write(folder, [*rest, new])


def forget(folder: Path, person: Person) -> None:
    """Leave somebody out from now on. Raises as `people`."""
    _write(folder, [p for p in people(folder) if p != person])


def find(known: Sequence[Person], words: str) -> list[Person]:
    """Who is meant: a whole name, the beginning of one or of a word in it, or the beginning of a fingerprint."""
    wanted = " ".join(words.split()).casefold()
    exact = [p for p in known if p.card.name.casefold() == wanted]
    digits = wanted.replace(" ", "")
    return exact or [
        p
        for p in known
        if wanted
        and (
            f" {wanted}" in f" {p.card.name.casefold()}"
            or (digits.isdecimal() and len(digits) >= 5 and p.card.fingerprint.replace(" ", "").startswith(digits))
        )
    ]


def _write(folder: Path, all_: Sequence[Person]) -> None:
    data = [{**p.card.data(), "since": p.since, "checked": p.checked} for p in all_]
    write_atomic(folder / FILE, (json.dumps({"mindful_people": 1, "people": data}, indent=1) + "\n").encode())


def _person(data: dict[str, Any]) -> Person:
    try:
        card = cards.card(data)
    except BadCardError as error:
        raise ValueError(str(error)) from error
    return Person(card, str(data["since"]), data.get("checked") is True)
