"""Between choosing a session and beginning it: the gate. Called by the app, which has no opinion of its own here.

A session that the rules keep back leads to a calm page that names why and offers a variant; an intense one to a page
that is acknowledged each time. What was acknowledged counts for one beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mindful.tui.host import Options

if TYPE_CHECKING:
    from mindful.script.model import Script
    from mindful.tui.app import MindfulApp
    from mindful.tui.screens.base import Room


@dataclass(slots=True)
class Gate:
    """What the gate remembers between two pages."""

    acknowledged: Script | None = None
    """The session whose intensity was acknowledged, until it begins."""
    variant: Script | None = None
    """The session that was taken in place of a refused one."""


def enter(
    mind: MindfulApp, script: Script, values: Mapping[str, Any], fit_ms: int | None = None, *, begin: bool = False
) -> None:
    """Show what comes before this session: a page of the gate, else its own page; with `begin` the session itself."""
    found = mind.host.verdict(script, values)
    if found.refused:
        from mindful.tui.screens.gate import Refusal

        place(mind, Refusal(script, values, found))
    elif found.acknowledge and mind.gate.acknowledged is not script:
        from mindful.tui.screens.gate import Acknowledge

        place(mind, Acknowledge(script, values, fit_ms, begin=begin))
    elif begin and not found.cautions:
        # One with a caution for this client begins from its page, which says the caution.
        options = Options(mind.volume, calm=mind.calm, fit_ms=fit_ms)
        mind.begin(script, {**script.defaults(), **values}, options)
    else:
        from mindful.tui.screens.before import Before

        place(mind, Before(script, values, fit_ms))


def admitted(mind: MindfulApp, script: Script, values: Mapping[str, Any], options: Options) -> Options | None:
    """The options to begin with, or None where a page of the gate comes first: a variable may have made it stronger."""
    found = mind.host.verdict(script, values)
    options = replace(
        options,
        acknowledged=options.acknowledged or mind.gate.acknowledged is script,
        gated=options.gated or mind.gate.variant is script,
    )
    if not found.refused and (options.acknowledged or not found.acknowledge):
        mind.gate.acknowledged = None
        return options
    enter_again = dict(values)
    mind.gate.acknowledged = None
    enter(mind, script, enter_again, options.fit_ms, begin=True)
    return None


def place(mind: MindfulApp, room: Room) -> None:
    """Show a page: in place of a page of the gate or of the page before the session, else on top."""
    from mindful.tui.screens.before import Before
    from mindful.tui.screens.gate import Acknowledge, Refusal

    if isinstance(mind.screen, Acknowledge | Refusal | Before):
        mind.switch_screen(room)
    else:
        mind.push_screen(room)
