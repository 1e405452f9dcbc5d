"""Evidence cards: what was found about a practice, in whom, how big, and what failed to show. `sessions/evidence/`.

A card is a YAML file; its name is the practice. Called by `mindful evidence` and by the page on the screen.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from mindful import assets

if TYPE_CHECKING:
    from mindful.script.model import Script

STRENGTHS: dict[str, str] = {
    "good": "good evidence",
    "some": "some evidence",
    "little": "little evidence",
    "none": "not shown",
}
"""How strong the evidence is, in a word or two; the same scale for all cards.

good: several randomised trials or a meta-analysis of them agree. some: they agree in part, or the studies are weak.
little: one or a few small studies. none: looked for and not found, or not looked for.
"""
FOLDER = "evidence"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, or that failed to show."""

    what: str
    source: tuple[str, ...]
    """Keys of the bibliography."""
    whom: str = ""
    """In whom."""
    size: str = ""
    """How big, in the authors' own measure."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one practice."""

    id: str
    title: str
    in_short: str
    strength: str
    """One of `STRENGTHS`."""
    found: tuple[Finding, ...] = ()
    failed: tuple[Finding, ...] = ()
    unknown: str = ""
    """What nobody has looked at, or not well."""
    also: tuple[str, ...] = ()
    """Other names of it."""
    sessions: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Bundled sessions, breath patterns and kinds of step that it is about."""


def parse(name: str, data: Any) -> Card:
    """The card of a file's data. Raises ValueError, in words for whoever wrote it."""
    if not isinstance(data, dict):
        raise ValueError(f"{name}: a card is a map")
    if unknown := set(data) - set(Card.__dataclass_fields__):
        raise ValueError(f"{name}: nobody knows {', '.join(sorted(unknown))}")
    try:
        card = Card(
            id=name,
            title=str(data["title"]),
            in_short=str(data["in_short"]),
            strength=data["strength"],
            found=tuple(_finding(name, each) for each in data.get("found", ())),
            failed=tuple(_finding(name, each) for each in data.get("failed", ())),
            unknown=str(data.get("unknown", "")),
            **{key: tuple(data.get(key, ())) for key in ("also", "sessions", "patterns", "kinds")},
        )
    except KeyError as error:
        raise ValueError(f"{name}: {error} is missing") from error
    if card.strength not in STRENGTHS:
        raise ValueError(f"{name}: strength can be {', '.join(STRENGTHS)}")
    return card


def _finding(name: str, data: Mapping[str, Any]) -> Finding:
    if not data.get("source"):
        raise ValueError(f"{name}: “{data.get('what', '?')}” has no source")
    whom, size = str(data.get("whom", "")), str(data.get("size", ""))
    return Finding(str(data["what"]), tuple(data["source"]), whom, size)


@cache
def cards() -> Mapping[str, Card]:
    """All bundled cards, by practice, in the order of their titles."""
    import yaml

    read = {
        path.stem: parse(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in (assets.sessions() / FOLDER).glob("*.yaml")
    }
    return dict(sorted(read.items(), key=lambda item: item[1].title.casefold()))


def named(practice: str) -> Card | None:
    """The card that a person means by a practice's name, one of its other names, a session or a pattern."""
    wanted = _fold(practice)
    for card in cards().values():
        names = (card.id, card.title, *card.also, *card.sessions, *card.patterns)
        if wanted in map(_fold, names):
            return card
    return None


def near(practice: str) -> list[str]:
    """Cards that may have been meant, best first."""
    names = {_fold(name): card.id for card in cards().values() for name in (card.id, card.title, *card.also)}
    wanted = _fold(practice)
    alike = difflib.get_close_matches(wanted, names, 3, 0.6)
    inside = [name for name in names if len(wanted) > 2 and wanted in name]
    return list(dict.fromkeys(names[name] for name in (*alike, *inside)))[:3]


def about(script: Script) -> list[Card]:
    """The cards of a session: those that name it, then those of the patterns and kinds of step in it."""
    from mindful.script.where import all_steps

    steps = [placed.step for placed in all_steps(script)]
    patterns = {step.breathe.pattern for step in steps if step.breathe and isinstance(step.breathe.pattern, str)}
    kinds = {step.kind for step in steps}
    found = [card for card in cards().values() if script.id in card.sessions]
    found += [card for card in cards().values() if patterns & set(card.patterns)]
    found += [card for card in cards().values() if kinds & set(card.kinds)]
    return list(dict.fromkeys(found))


def _fold(text: str) -> str:
    return text.strip().casefold().replace("-", " ").replace("_", " ")
