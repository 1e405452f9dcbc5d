"""The gate in plain lines: why a session does not begin for this client, and what is offered in its place.

Called by `perform` before the page of a session, and by `render`, which only tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from mindful.cli import exits
from mindful.cli.say import fail
from mindful.journal.printable import printable
from mindful.plain.keyboard import NoMore, Told, Typed
from mindful.script import safety_words
from mindful.script.parts import parts_of
from mindful.tongue import _
from mindful.tui import words
from mindful.tui.caution_words import caution

if TYPE_CHECKING:
    from mindful.cli.host import CliHost
    from mindful.plain.keyboard import Keyboard
    from mindful.script.model import Script
    from mindful.script.safety import Verdict

NOT_NOW = _("This session does not begin for you today.")
OFFERED = _("In its place: {title}, {length}, gentle.")


class Passed(NamedTuple):
    """What may begin."""

    script: Script
    values: Mapping[str, Any]
    gated: bool
    """Whether it is the variant of what was wanted."""


def plainly(
    host: CliHost, script: Script, values: Mapping[str, Any], keyboard: Keyboard, tell: Callable[[str], None]
) -> Passed | None:
    """What may begin: what was wanted, or the variant when it is taken; None when neither.

    Where nobody can type, a refusal ends the command, and names the command of the variant.
    """
    found = host.verdict(script, values)
    if not found.refused:
        return Passed(script, values, False)
    said = [NOT_NOW, *safety_words.reasons(found)]
    if found.only_off:
        said.append(safety_words.ON_PURPOSE)
    else:
        said += [safety_words.KIND, safety_words.CHANGE]
    variant, _told = host.load(found.variant)
    if variant is None or not keyboard.there:
        fail(
            exits.USAGE,
            *said,
            *(
                []
                if variant is None
                else [offer(host, variant), _("To begin it: {found}").format(found=command(found))]
            ),
        )
    for text in said:
        tell(text)
    tell(_("{host} Enter begins it, q leaves.").format(host=offer(host, variant)))
    while True:
        match keyboard.wait(None):
            case Told() | NoMore():
                return None
            case Typed(text):
                answer = text.strip().casefold()
                if answer in ("", "y", "yes"):
                    return Passed(variant, {}, True)
                if answer in ("q", "n", "no"):
                    return None
                tell(_("Enter begins it, q leaves."))


def offer(host: CliHost, variant: Script) -> str:
    """The variant, in a sentence."""
    estimate = host.estimate(variant, {})
    title = printable(variant.title.say(variant.defaults(), host.language, variant.language))
    return OFFERED.format(title=title, length=words.between(estimate.total_ms, estimate.min_ms, estimate.max_ms))


def command(found: Verdict) -> str:
    """What to type for the variant."""
    kind, _, name = found.variant.rpartition(":")
    return f"mindful breathe {name}" if kind else f"mindful play {name}"


def again(host: CliHost, script: Script, values: Mapping[str, Any]) -> list[str]:
    """The cautions that are said again to this client, first of all; none where the checklist touches none."""
    found = host.verdict(script, values)
    if found.refused or not found.cautions:
        return []
    parts = parts_of(script)
    return [safety_words.again(found), *(said for flag in found.cautions for said in caution(flag, parts))]


def told(host: CliHost, script: Script, values: Mapping[str, Any]) -> list[str]:
    """For a file that somebody will hear later: what the gate would say here. Nothing is asked, nothing kept back."""
    found = host.verdict(script, values)
    if not found.refused:
        return []
    if found.only_off:
        return []  # that it is intense is told of every such recording
    return [_("Played on this computer it would not begin: the checklist kept here speaks against it."),
            *safety_words.reasons(found)]  # fmt: skip
