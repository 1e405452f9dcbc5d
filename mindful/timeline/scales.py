"""The scales of `rate`: generic single ratings that nobody owns, with our own words at the ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Ends, step of an arrow key, and what the ends mean."""

    low: float
    high: float
    increment: float
    low_label: str
    high_label: str


SCALES: dict[str, Scale] = {
    "suds": Scale(0, 100, 5, "no distress", "the most you can imagine"),
    "mood": Scale(0, 10, 1, "very low", "very good"),
    "stress": Scale(0, 10, 1, "none", "as much as can be"),
    "pain": Scale(0, 10, 1, "none", "the worst you can imagine"),
    "urge": Scale(0, 10, 1, "none", "as strong as can be"),
    "calm": Scale(0, 10, 1, "not calm", "very calm"),
    "energy": Scale(0, 10, 1, "none", "very much"),
}
