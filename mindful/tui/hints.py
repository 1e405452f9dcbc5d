"""Which keys the player names at this moment. Pure; the first ones are those that a small screen still shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.timeline.model import ExposePrompt, FindPrompt, KeyPrompt
from mindful.tongue import _
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


def finds(view: View) -> bool:
    """Whether the session counts what is found; then the largest key is one more."""
    return view.status == "playing" and isinstance(view.prompt, FindPrompt)


def breathes(view: View) -> bool:
    """Whether breath is paced in this step, and so can be made gentler."""
    return view.phase is not None or (view.step is not None and view.step.kind == "breathe")


_MORE = ("louder", "hide", "help", "mix", "shape")


def player_hints(view: View, form: Form | None) -> list[Hint]:
    """For the footer; `form` is the one on the screen."""
    names: tuple[str, ...]
    if view.status == "landing":
        names = ("end", "space", "skip") if view.grounding else ("end",)
        return keys.hints("player", names, end=_("end now"))
    if view.status == "paused":
        names = ("space", "end") if view.grounding else ("space", "end", "land", "help")
        return keys.hints("player", names, space=_("go on"), end=_("end here"))
    if form is not None:
        open_ = () if form.required or form.scrolls else ("leave_open",)
        end: list[Hint] = keys.hints("player", ("stop" if form.writes else "end",), stop=_("end"))
        if form.types:
            end = [(_("Esc"), said, name) for _key, said, name in end]
        back = keys.hints(*(("form", ("back_writing",)) if form.writes or form.types else ("player", ("back",))))
        land = keys.hints("player", ("land_writing" if form.writes or form.types else "land",))
        answer = keys.hints("form", ("answer",))
        if view.exposure is not None:
            answer += keys.hints("player", ("finish",))
        if form.tap_of("space") is not None:
            # Here the large keys are for breaths.
            ninth = form.tap_of("enter") is not None
            answer = [(_("Space"), _("breath"), "answer"), *([(_("Enter"), _("ninth"), "answer")] if ninth else answer)]
        if form.scrolls:
            answer += [("↓", _("read on"), "")]
        if form.over:
            keep, change = keys.hints("form", ("answer",), answer=_("keep it, go on")), ("↑↓", _("change"), "")
            return [*keep, change, *back, *end, *land]
        if form.pages:
            more = ("look_over",) if form.looks_over else ()
            return answer + back + keys.hints("form", (*open_, *more)) + end + land
        return answer + end + keys.hints("form", open_) + land + back
    if finds(view):
        return keys.hints("player", ("space", "end", "go_on", "back", "help"), space=_("found one"), go_on=_("next"))
    if waits(view):
        return keys.hints("player", ("space", "end", "land", "back", "help"), space=_("go on"))
    if isinstance(view.prompt, ExposePrompt):
        names = ("go_on", "finish", "space", "end", "land", "back", "help")
        return keys.hints("player", names, go_on=_("rate now"), end=_("end all"))
    ease = ("ease",) if breathes(view) else ()
    if isinstance(view.prompt, KeyPrompt):
        return keys.hints("player", ("go_on", "space", "end", "land", *ease, "say_again", "back", *_MORE))
    return keys.hints("player", ("space", "end", "land", *ease, "say_again", "skip", "back", *_MORE))
