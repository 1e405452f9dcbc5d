"""The two sheets of an exposure: what is expected before it, and what came of it after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mindful.timeline.exposure import words
from mindful.timeline.exposure.runs import HAPPENED, LEFT_OUT
from mindful.timeline.model import About, SheetPrompt
from mindful.timeline.sheet import SheetField
from mindful.tongue import N_, _

_HAPPENED = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No"), "unclear": N_("I cannot tell")}
_LEFT_OUT = {"all": N_("All of them"), "some": N_("Some of them"), "none": N_("None of them")}


def _believed(name: str, ask: str) -> SheetField:
    return SheetField(
        name=name,
        ask=ask,
        answer="scale",
        low=0,
        high=100,
        increment=5,
        low_word=_("not at all"),
        high_word=_("completely sure"),
    )


def before(id_: str, about: About) -> SheetPrompt:
    """Prediction, how strongly it is believed, and what is to be left out."""
    return SheetPrompt(
        id=id_,
        title=about.words,
        text=_("Before it"),
        fields=(
            SheetField(
                name="expected",
                ask=_("What do you expect to happen? As exactly as you can, so that you will know whether it did."),
            ),
            _believed("believed", _("How strongly do you believe that it will happen?")),
            SheetField(
                name="safety",
                ask=_("What do you do to feel safer, and will leave out this time?"),
                help=_("Such as holding on, looking away, rehearsing, checking, a phone in the hand."),
            ),
        ),
    )


def _left_out() -> SheetField:
    return SheetField(
        name="left_out",
        ask=_("What you meant to leave out: did you?"),
        answer="choice",
        options=tuple(_(_LEFT_OUT[w]) for w in LEFT_OUT),
    )


def after(id_: str, about: About, *, predict: bool, chosen: bool, safety: bool = True) -> SheetPrompt:
    """What came of it, how strongly it is believed now, what was learned, and what next.

    `safety`: something was to be left out."""
    asked = (
        SheetField(
            name="happened",
            ask=_("Did what you expected happen?"),
            answer="choice",
            options=tuple(_(_HAPPENED[h]) for h in HAPPENED),
        ),
        _believed("believed", _("If you did the same again: how strongly do you believe now that it would happen?")),
    )
    return SheetPrompt(
        id=id_,
        title=about.words,
        text=words.chosen() if chosen else _("After it"),
        fields=(
            SheetField(name="what", ask=_("What happened?")),
            *(asked if predict else ()),
            *((_left_out(),) if predict and safety else ()),
            SheetField(name="learned", ask=_("What did you learn, or what surprised you?")),
            SheetField(name="next", ask=_("What would you like to do next, and when?")),
        ),
    )


def coded(values: Any) -> dict[str, Any]:
    """An after-sheet as a record has it: chosen words as their codes, so that they read alike in every language."""
    if not isinstance(values, Mapping):
        return {}
    out = dict(values)
    for name, table in (("happened", _HAPPENED), ("left_out", _LEFT_OUT)):
        if name in out:
            out[name] = next((code for code, text in table.items() if out[name] in (text, _(text), code)), None)
    return out
