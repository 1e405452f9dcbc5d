"""The running session. Thin on purpose: the conductor has the state, `stage` says what a moment shows, `forms` ask."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from mindful.player.commands import Advance, Command, Ease, Finish, Found, Pause, Resume, SayAgain, Skip
from mindful.timeline.model import KeyPrompt, Prompt
from mindful.tui import keys, words
from mindful.tui.forms import form_for
from mindful.tui.hints import finds, waits
from mindful.tui.loudness import Loudness
from mindful.tui.notices import Notices
from mindful.tui.rows import clean
from mindful.tui.screens.worded import Worded
from mindful.tui.widgets.form_view import FormView
from mindful.tui.widgets.middle import Middle
from mindful.tui.widgets.pacer import PacerView
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.player.view import View
    from mindful.tui.host import Session


class Player(Worded):
    """`frame()` asks the conductor what time it is and shows what it answers; nothing here keeps time."""

    BINDINGS = keys.bindings("player", "form")
    CSS = """
    Player { layout: vertical; overflow: hidden; }
    Player.-asking > #caption, Player.-asking > #middle, Player.-asking > #phase { display: none; }
    Player > #mixer { display: none; }
    Player.-mixing > #mixer { display: block; }
    Player.-mixing > #status, Player.-mixing.-short > #caption { display: none; }
    Player.-dark > * { display: none; }
    """

    def __init__(
        self, session: Session, *, fps: float, calm: bool, volume: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self.session = session
        self._fps, self._calm, self.loudness = fps, calm, Loudness(volume)
        self._asked: Prompt | None = None
        self._asked_at = ""
        self.notices = Notices(now)
        self.now = now
        self._view: View | None = None
        self._over = False

    def compose(self) -> ComposeResult:
        yield Rows(self.looks, name="head")
        yield Rows(self.looks, name="caption")
        wanted = self.mind.host.appearance.pacer
        yield Middle(self.mind.dress.pens, self.looks, calm=self._calm, wanted=wanted, name="middle")
        yield FormView(self.looks, name="form")
        yield Rows(self.looks, name="phase")
        yield Rows(self.looks, name="mixer")
        yield Rows(self.looks, name="status")
        yield Rows(self.looks, name="hints")

    async def on_mount(self) -> None:
        self.settle()
        await self.show(self.session.start())
        if self._fps > 0:
            self.set_interval(1 / self._fps, self.frame)

    async def frame(self) -> None:
        """One look at the clock."""
        if self._over:
            return
        view = self.session.tick()
        # Where the line is full a frame is left out; never one in which a question comes or the session ends.
        asked = view.prompt if view.status == "asking" else None
        if view.ended is not None or asked is not self._asked or self.mind.may_paint():
            await self.show(view)
        else:
            self.notices.hear(view.notices)
        await self.draft()

    async def on_resize(self, event: events.Resize) -> None:
        self.settle()
        self.call_after_refresh(self.again)

    async def again(self) -> None:
        self.anew()
        if self._view is not None and not self._over:
            await self.show(self._view)

    # What it shows

    async def show(self, view: View) -> None:
        """Put a moment on the screen; only what differs from the last one is painted."""
        self._view = view
        if view.ended is not None:
            self._over = True
            self.mind.ended(view.ended)
            return
        self.notices.hear(view.notices)
        if view.support_due:
            await self.show_support()
        try:
            await self._asking(view)
            if self._asked is None:
                self.query_one(Middle).show(view)
            self.say(view)
        except NoMatches:
            # The screen is being taken down while a frame was under way.
            return

    async def _asking(self, view: View) -> None:
        prompt = view.prompt if view.status == "asking" else None
        self.query_one(FormView).progress(view.taps)
        path = view.step.path if view.step is not None else ""
        answered = prompt is None and view.prompt is None and self._asked is not None
        if answered and view.status == "playing" and path == self._asked_at:
            # Answered; the next step begins in a moment. Two questions in a row need not flash the circle between.
            return
        if not self.asks_already(prompt, path):
            self._asked, self._asked_at = prompt, path
            form = form_for(prompt) if prompt is not None else None
            self.prepare_form(form, view)
            box = self.query_one(FormView)
            self.set_class(form is not None, "-asking")
            if form is None:
                self._form_went = self.now()
                await box.away()
                self.set_focus(None)
            else:
                # Nobody can answer a question in the dark, or while the arrows mix.
                self.remove_class("-dark")
                self.close_mixer()
                box.carries = self.carries
                await box.ask(form)

    # What a client does

    async def do(self, command: Command) -> None:
        """Hand a command to the conductor and show what came of it."""
        if not self._over:
            await self.show(self.session.do(command))

    async def on_key(self, event: events.Key) -> None:
        """In the dark, any key but the ones that act on the session only brings the light back."""
        if self.has_class("-dark"):
            self.remove_class("-dark")
            self.call_after_refresh(self.again)
            if event.key not in ("space", "enter", "q", "escape", "l", "backspace", "ctrl+l"):
                event.stop()
                event.prevent_default()
        else:
            await self.mix_by_key(event)

    async def on_click(self, event: events.Click) -> None:
        """The whole middle of the screen is one large button."""
        if self.has_class("-dark"):
            self.remove_class("-dark")
            self.call_after_refresh(self.again)
        elif self._asked is None and isinstance(event.widget, PacerView | Rows):
            await self.action_space()

    async def action_space(self) -> None:
        if self._view is not None and finds(self._view):
            await self.do(Found())
        elif self._view is not None and waits(self._view):
            await self.do(Advance())
        else:
            await self.action_pause()

    async def action_pause(self) -> None:
        # An open question waits by itself, and nothing that was half answered may go.
        view = self._view
        if view is not None and (view.status != "landing" or view.grounding) and self._asked is None:
            await self.do(Resume() if view.status == "paused" else Pause())

    async def action_support(self) -> None:
        if self._view is not None and self._view.status == "playing":
            await self.action_pause()
        await super().action_support()

    async def action_go_on(self) -> None:
        if self._asked is not None:
            self.query_one(FormView).answer()
        elif self._view is not None and self._view.status == "paused":
            await self.do(Resume())
        elif self._view is not None and isinstance(self._view.prompt, KeyPrompt):
            await self.do(Advance())

    async def action_skip(self) -> None:
        if self._asked is not None:
            self.action_leave_open()
        else:
            self._skipped_at = self.now()
            await self.do(Skip())

    async def action_skip_step(self) -> None:
        if self._asked is None:
            self._skipped_at = self.now()
            await self.do(Skip(whole=True))

    async def action_finish(self) -> None:
        await self.do(Finish())
        if self._asked is not None and self._view is not None and self._view.said:
            self.query_one(FormView).say(self._view.said)

    async def action_say_again(self) -> None:
        await self.do(SayAgain())

    async def action_ease(self) -> None:
        await self.do(Ease())

    def may_mix(self) -> bool:
        return self._asked is None and self._view is not None and self._view.status != "landing"

    def action_hide(self) -> None:
        self.add_class("-dark")

    async def action_shape(self) -> None:
        if self._asked is None:
            name = self.query_one(Middle).next()
            self.mind.host.remember_pacer(name)
            self.notices.tell(f"{words.SHAPE} {words.PACERS[name]}", at_once=True)
            await self.again()

    action_answer = action_go_on

    async def on_form_view_answered(self, message: FormView.Answered) -> None:
        message.stop()
        if self._asked is not None:
            await self.taken(message.value)
            if self.session.refused:
                self.query_one(FormView).say(clean(self.session.refused))

    def press(self, token: str) -> bool:
        return self.press_mixer(token) or ":" in token
