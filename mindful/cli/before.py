"""What stands before a session of plain lines: what it is, whom it does not suit, what can be set. Called by `perform`.

The words are those of the screen's own page, so that nobody is told less.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mindful.cli import exits, gate
from mindful.cli.say import fail
from mindful.cli.scripts import describe
from mindful.journal.printable import printable
from mindful.plain.keyboard import NoMore, Told, Typed
from mindful.plain.words import SUPPORT
from mindful.script.parts import parts_of
from mindful.tongue import _
from mindful.tui import words
from mindful.tui.caution_words import always, caution, tier_means

if TYPE_CHECKING:
    from mindful.cli.host import CliHost
    from mindful.plain.keyboard import Keyboard
    from mindful.script.model import Script


EASED = _("Last time you made the breaths shorter and gentler. To begin like that, type e.")

GENTLER = _("The breaths will be shorter and gentler.")


def lines(host: CliHost, script: Script, values: Mapping[str, Any], fit_ms: int | None = None) -> list[str]:
    """The page, a message each."""
    estimate = host.estimate(script, values, fit_ms)
    sign, tier = words.TIERS[estimate.tier]
    out = [f"{printable(script.title.say({**script.defaults(), **values}, host.language, script.language))}, "
           f"{words.between(estimate.total_ms, estimate.min_ms, estimate.max_ms)}, {tier} ({sign})."]  # fmt: skip
    if script.summary is not None:
        out.append(printable(script.summary.source(host.language, script.language)))
    if estimate.tier != "green":
        out.append(tier_means(script, values))
    own = gate.again(host, script, values)
    out += own
    parts = parts_of(script)
    out += [said for key in script.cautions for said in caution(key, parts) if said not in own]
    out.append(always(parts))
    if host.wishes.ease is None and host.eased(script):
        out.append(EASED)
    if estimate.fit is not None and fit_ms is None and estimate.fit[0] < estimate.fit[1]:
        least, most, _written = estimate.fit
        out.append(
            _('It can take {between}, with --fit "{most}" and the like.').format(
                between=words.between(None, least, most), most=words.length(most)
            )
        )
    open_to_set = {n: v for n, v in script.variables.items() if n not in values}
    if open_to_set:
        out.append(_("You can set, each with --set:"))
        out += [describe(name, variable, host.language, script.language) for name, variable in open_to_set.items()]
    return out


def plainly(
    host: CliHost,
    script: Script,
    values: Mapping[str, Any],
    keyboard: Keyboard,
    *,
    begin: bool,
    tell: Callable[[str], None],
    fit_ms: int | None = None,
) -> bool:
    """Say what the session is and, where somebody can type, wait for Enter; whether it begins.

    A red session is begun only when it was acknowledged: by the option, or here. Without both the command ends.
    """
    red = host.estimate(script, values).tier == "red" and not host.wishes.acknowledged
    if red and not keyboard.there:
        fail(
            exits.USAGE,
            _("This session is intense: fast breathing or long holds. It begins only when you say so."),
            _("If you have read its cautions and it is right for you today, add --acknowledge."),
        )
    if begin and not red:
        for text in gate.again(host, script, values):
            tell(text)
        return True
    for text in lines(host, script, values, fit_ms):
        tell(text)
    if not keyboard.there:
        return True
    if red:
        tell(words.INTENSE)
    tell(
        _("Enter begins, q leaves.")
        if not red
        else _("To begin, type yes. It means: {ACKNOWLEDGE} q leaves.").format(ACKNOWLEDGE=words.ACKNOWLEDGE)
    )
    while True:
        heard = keyboard.wait(None)
        match heard:
            case Told() | NoMore():
                return False
            case Typed(typed):
                answer = typed.strip().casefold()
                if answer in ("q", "no", "n", "nein"):
                    return False
                if answer in SUPPORT:
                    for kind, text in host.support():
                        tell(printable(text) if kind != "gap" else "")
                    continue
                if not red and answer in ("", "y", "yes", "j", "ja"):
                    return True
                if answer == "e" and host.wishes.ease is None and (level := host.eased(script)):
                    host.begin_eased(level)
                    tell(GENTLER)
                    continue
                if red and answer in ("yes", _("yes")):
                    host.acknowledge()
                    return True
                tell(_("Enter begins, q leaves.") if not red else _("yes begins, q leaves."))
