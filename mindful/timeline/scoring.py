"""What comes out of a questionnaire: the numbers of its scales, with what was missing. Pure.

A number is a sum, multiplied as the definition says. Where answers are missing and the definition allows it, each
counts as the mean of the others of its scale; else there is no number. Nothing here says what a number means for
a person.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mindful.script.questionnaires import Definition, Scale


@dataclass(frozen=True, slots=True)
class Score:
    """One scale of one answer."""

    scale: str
    value: float | int | None
    """None: too much was missing."""
    least: float
    most: float
    missing: tuple[str, ...]
    """Items without an answer."""
    band: int | None
    """Index into the definition's bands of the scale."""

    @property
    def prorated(self) -> bool:
        """Whether missing answers were made up from the others."""
        return self.value is not None and bool(self.missing)


def half_up(number: float) -> int:
    """Rounded as people round: 2.5 is 3."""
    return math.floor(number + 0.5)


def _whole(number: float) -> float | int:
    return int(number) if float(number).is_integer() else round(number, 2)


def item_score(definition: Definition, name: str, chosen: int) -> float:
    """What an answer counts; `chosen` is the place of the option from 0."""
    options = definition.options_of(name)
    value = options[chosen].score
    item = next((i for i in definition.items if i.id == name), None)
    if item is not None and item.reverse:
        scores = [o.score for o in options]
        return max(scores) + min(scores) - value
    return value


def scale_score(definition: Definition, scale: Scale, counted: Mapping[str, float | None]) -> Score:
    """The number of one scale; `counted` holds what each answer counts, None where it is missing."""
    names = definition.scored(scale)
    there = [v for name in names if (v := counted.get(name)) is not None]
    missing = tuple(name for name in names if counted.get(name) is None)
    ends = [[o.score for o in definition.options_of(name)] for name in names]
    least, most = (sum(f(e) for e in ends) * scale.multiply for f in (min, max))
    value: float | int | None = None
    if there and len(missing) <= scale.missing:
        whole = sum(there) if not missing else half_up(sum(there) / len(there) * len(names))
        value = _whole(whole * scale.multiply)
    band = None
    if value is not None:
        band = next((k for k, b in enumerate(scale.bands) if b.from_ <= value <= b.to), None)
    return Score(scale.id, value, _whole(least), _whole(most), missing, band)


def scores(definition: Definition, counted: Mapping[str, float | None]) -> tuple[Score, ...]:
    """All numbers, in the order of the definition."""
    return tuple(scale_score(definition, scale, counted) for scale in definition.scales)


def counted(definition: Definition, chosen: Mapping[str, int | None]) -> dict[str, float | None]:
    """What each answer counts; `chosen` holds places of options from 0."""
    out: dict[str, float | None] = {}
    for name in definition.ids:
        place = chosen.get(name)
        out[name] = None if place is None else item_score(definition, name, place)
    return out


def as_data(definition: Definition, found: tuple[Score, ...], *, bands: bool = False) -> dict[str, Any]:
    """The numbers as plain data for the record: by scale; what they are called only where the author asks."""
    out: dict[str, Any] = {}
    for scale, score in zip(definition.scales, found, strict=True):
        one: dict[str, Any] = {"score": score.value, "from": score.least, "to": score.most, "higher": scale.higher}
        if score.missing:
            one["missing"] = list(score.missing)
            one["prorated"] = score.prorated
        if bands and score.band is not None:
            one["band"] = scale.bands[score.band].text.source(definition.language)
        out[scale.id] = one
    return out
