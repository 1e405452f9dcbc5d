"""What an exposure says and asks. It does not calm and does not reassure: that would answer what is to be found out."""

from __future__ import annotations

from typing import Literal

from mindful.tongue import N_, _

Stage = Literal["gate", "item", "before", "rating", "stretch", "after", "next"]
_LABELS: dict[Stage, str] = {
    "gate": N_("Agreed with a therapist"),
    "item": N_("Which step today"),
    "before": N_("Before it"),
    "rating": N_("How strong it is"),
    "stretch": N_("Staying with it"),
    "after": N_("After it"),
    "next": N_("What could come next"),
}


def label(stage: Stage) -> str:
    """What a part of an exposure is called."""
    return _(_LABELS[stage])


def gate() -> str:
    return _(
        "This is an exposure: you meet something on purpose that you fear. It belongs in a plan that you made together "
        "with a therapist. How is it with this one?"
    )


def agreed() -> str:
    return _("I agreed on this exposure with my therapist")


def not_agreed() -> str:
    return _("Not agreed, or I am not sure")


def locked_title() -> str:
    return _("Then it waits")


def locked() -> str:
    return _(
        "That is a good reason to wait. An exposure is worth planning with somebody who knows you. You could show them "
        "this one. Other sessions are there for you now."
    )


def in_a_file() -> str:
    """In place of an exposure, in a file that can ask nothing."""
    return _(
        "Here an exposure comes that you agreed on with your therapist. It asks what you expect, how strong it is, and "
        "what came, so it is done with the program itself and not with this file:"
    )


def together(one: str, other: str) -> str:
    """Two items that are met at once, as one."""
    return _("{one}, together with: {other}").format(one=one, other=other)


def which() -> str:
    return _("Which step would you like to take today?")


def not_this(item: str) -> str:
    return _(
        "“{item}” is not offered to you: your checklist names something that it may harm. Is there another one that "
        "you agreed on?"
    ).format(item=item)


def none_fits() -> str:
    return _(
        "None of these is offered to you: your checklist names something that they may harm. Please talk to your "
        "therapist or doctor about it first."
    )


def rating(number: int) -> str:
    return _("How strong is the distress now?") if number else _("Before you begin: how strong is the distress now?")


def chosen() -> str:
    """To whoever ended it by the key."""
    return _("You ended it here, by your own choice. What you found out counts all the same.")


LAST = N_("After this rating it is over.")
"""To whoever chose the end while a rating is open."""
