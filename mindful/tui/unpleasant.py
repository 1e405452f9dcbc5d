"""What is asked when practice was unpleasant, and the gentle next steps: words, and what comes of the answers. Pure.

Own wording: how strong, and is it still there. The steps are those of trauma-sensitive teaching: shorter, eyes open, an
anchor outside the body, somebody to talk to. They are sensible and not tested; nothing here is a diagnosis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mindful.tongue import _

TITLE = _("Something was unpleasant")
INTRO = _(
    "That happens to many people, and it is good that you noticed. You have done nothing wrong. Whatever you like to "
    "say here helps to choose what suits you next time. Every line can stay open."
)
STRENGTHS: Mapping[str, str] = {"1": _("a little"), "2": _("quite strong"), "3": _("very strong")}
STRONG = _("How strong was it?")
LASTS: Mapping[str, str] = {"gone": _("gone again"), "some": _("a little still"), "there": _("still there")}
LASTING = _("And now?")
STEPS: Mapping[str, str] = {
    "shorter": _("Something shorter next time: a minute or three"),
    "eyes-open": _("With open eyes, looking around the room"),
    "outside": _("With sounds or my hands to rest on, in place of breath or body"),
    "moving": _("Something with movement, or a walk"),
    "talk": _("I tell someone: a person I trust, or who treats me"),
    "pause": _("A few days without practice"),
}
NEXT = _("What might suit you next time?")
NOW = _(
    "For now: feel your feet on the floor. Look around, and name five things that you see. Let your breath be as it "
    "is. Cool water on the hands, or a few steps, may help."
)
PLAN = _("F7 shows your own plan and people.")
"""On the screen; plain lines have a key of their own."""
SEEK = _(
    "If it stays, comes back by itself, or frightens you, please leave practice for the time being and talk with the "
    "person who treats you, or with a doctor. Chest pain, fainting or breathlessness need medical help at once."
)


@dataclass(frozen=True, slots=True)
class Effects:
    """What was said; all of it may be open."""

    strength: str = ""
    lasting: str = ""
    steps: tuple[str, ...] = ()

    def pressed(self, token: str) -> Effects:
        """With one answer given or taken back."""
        kind, _, value = token.partition(":")
        if kind == "strength":
            return Effects("" if self.strength == value else value, self.lasting, self.steps)
        if kind == "lasting":
            return Effects(self.strength, "" if self.lasting == value else value, self.steps)
        chosen = {*self.steps} ^ {value}
        return Effects(self.strength, self.lasting, tuple(step for step in STEPS if step in chosen))

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.strength or self.lasting or self.steps)

    @property
    def calls_for_someone(self) -> bool:
        """Whether it was very strong or has not gone: then somebody else should hear of it."""
        return self.strength == "3" or self.lasting == "there"

    def as_record(self) -> dict[str, object]:
        """As it is kept in the record."""
        out: dict[str, object] = {}
        if self.strength:
            out["strength"] = int(self.strength)
        if self.lasting:
            out["lasting"] = self.lasting
        if self.steps:
            out["next"] = list(self.steps)
        return out
