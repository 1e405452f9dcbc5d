"""Which keys the player names at this moment. Pure; the first ones are those that a small screen still shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.timeline.model import KeyPrompt
from mindful.tui import keys

if TYPE_CHECKING:
    from mindful.player.view import View
    from mindful.tui.forms import Form

Hint = tuple[str, str, str]
"""(key, words, action name)."""


def waits(view: View) -> bool:
    """Whether the session stands still until a key; then even the largest key goes on."""
    return (
        view.status == "playing"
        and isinstance(view.prompt, KeyPrompt)
        and view.step is not None
        and view.step.kind == "wait"
    )


def player_hints(view: View, form: Form | None) -> list[Hint]:
    """For the footer; `form` is the one on the screen."""
    if view.status == "landing":
        return keys.hints("player", ("end",), end="end now")
    if view.status == "paused":
        return keys.hints("player", ("space", "end", "help"), space="go on", end="end here")
    if form is not None:
        open_ = () if form.prompt.required else ("leave_open",)
        end = keys.hints("player", ("stop" if form.writes else "end",), stop="end")
        if form.types:
            end = [("Esc", *each[1:]) for each in end]
        return keys.hints("form", ("answer",)) + end + keys.hints("form", open_)
    if waits(view):
        return keys.hints("player", ("space", "end", "back", "help"), space="go on")
    if isinstance(view.prompt, KeyPrompt):
        return keys.hints("player", ("go_on", "space", "end", "back", "louder", "hide", "help", "mix", "shape"))
    return keys.hints("player", ("space", "end", "skip", "back", "louder", "hide", "help", "mix", "shape"))
