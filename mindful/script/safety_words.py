"""The sentences of a refusal, in one place: to read aloud and to translate. Plain and kind: nobody is at fault.

Called by the gate on the screen and in plain lines, and by `mindful render`.
"""

from __future__ import annotations

from mindful.script.model import Script
from mindful.script.profile import FLAGS, NAMES, Profile
from mindful.script.safety import Reason, Verdict, verdict
from mindful.tongue import _

ASKS: dict[str, str] = {
    "too-long": _("It holds the breath for longer than a minute and a half, which this program guides for nobody."),
    "intense": _("It breathes very fast, or holds the breath for long."),
    "hold": _("It holds the breath."),
    "very-slow": _("It breathes slower than four breaths a minute."),
    "top-up": _("It takes a second breath in on top of the first, which fills the chest a lot."),
    "hum": _("It hums, which is felt in the ears."),
    "tense": _("It tenses muscles hard."),
    "interoceptive": _("It brings on strong feelings in the body on purpose."),
}
OFF = _(
    "Intense practices, with fast breathing or long holds, are off until you switch them on. They have made people "
    "faint, and they are not needed for calm."
)
ON_PURPOSE = _("To switch them on, answer the checklist first: mindful profile set --intense on")
KIND = _("Nothing is wrong with you for it. What your checklist says stays on this computer.")
AGAIN = _("Your checklist says {flags}, so this comes first:")
CHANGE = _("If your checklist is no longer right: mindful profile set")


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *more, last = names
    return _("{more} and {last}").format(more=", ".join(more), last=last) if more else last


def flags(found: tuple[str, ...]) -> str:
    """Flags as they are said within a sentence."""
    return listed([NAMES[f] for f in found])


def reason(found: Reason) -> str:
    """Why a practice is refused, as a sentence or two."""
    if found.why == "off":
        return OFF
    if not found.flags:
        return ASKS[found.why]
    return _("{ASKS} Your checklist speaks against that: {flags}.").format(
        ASKS=ASKS[found.why], flags=flags(found.flags)
    )


def reasons(found: Verdict) -> list[str]:
    """All reasons of a refusal. That intense practice is off is said only where nothing else speaks against it."""
    return [reason(r) for r in found.reasons if r.why != "off" or found.only_off]


def again(found: Verdict) -> str:
    """What leads to the cautions that are said again; empty where there are none."""
    return AGAIN.format(flags=flags(found.cautions)) if found.cautions else ""


def for_authors(script: Script) -> str:
    """Who would be kept from this script, in a sentence for whoever writes it; empty where nobody would."""
    on = "switched on"
    kept = [f for f in FLAGS if verdict(script, Profile(frozenset({f}), intense_since=on)).refused]
    if len(kept) == len(FLAGS):
        return _(
            "Clients with anything ticked on their checklist do not begin this; the others switch it on and are asked."
        )
    return (
        _("Clients who ticked {flags} do not begin this; a gentler one is offered.").format(flags=flags(tuple(kept)))
        if kept
        else ""
    )
