"""The scales of `rate`: generic single ratings that nobody owns, with our own words at the ends."""

from __future__ import annotations

from dataclasses import dataclass

from mindful.tongue import _


@dataclass(frozen=True, slots=True)
class Scale:
    """Ends, step of an arrow key, and what the ends mean."""

    low: float
    high: float
    increment: float
    low_label: str
    high_label: str
    anchors: tuple[tuple[float, str], ...] = ()
    """What some of its numbers mean."""


SUDS: tuple[tuple[float, str], ...] = (
    (0, _("no distress")),
    (25, _("a little, easy to carry")),
    (50, _("clearly there, hard to ignore")),
    (75, _("strong, hard to bear")),
    (100, _("the most you can imagine")),
)
"""Anchors of subjective units of distress (after Wolpe 1969), in our own words."""
SCALES: dict[str, Scale] = {
    "suds": Scale(0, 100, 5, "no distress", "the most you can imagine", SUDS),
    "mood": Scale(0, 10, 1, "very low", "very good"),
    "stress": Scale(0, 10, 1, "none", "as much as can be"),
    "pain": Scale(0, 10, 1, "none", "the worst you can imagine"),
    "urge": Scale(0, 10, 1, "none", "as strong as can be"),
    "calm": Scale(0, 10, 1, "not calm", "very calm"),
    "energy": Scale(0, 10, 1, "none", "very much"),
}
