"""What the player does for an open form: what was entered before, and drafts of what is being entered.

A part of `screens.player`. A draft is handed to the session within a second of the key that changed it, which writes it
to the running file: a program that dies loses no words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mindful.player.commands import Answer, Back, Draft, Shown, Tap, Tapped
from mindful.tui.clean import clean
from mindful.tui.forms.tapped import TapForm
from mindful.tui.screens.ending_keys import EndingKeys
from mindful.tui.widgets.form_view import FormView

if TYPE_CHECKING:
    from mindful.player.view import View
    from mindful.timeline.model import Prompt
    from mindful.tui.forms import Form
    from mindful.tui.host import Session
    from mindful.tui.widgets.writing import Writing

CARRIED_S = 0.5
"""Who skips with quick presses presses once more before the question is seen: for so long that key does nothing."""
DRAFT_S = 0.7
"""A draft that goes on changing is written this often."""


class FormKeys(EndingKeys):
    """What the player lends it."""

    session: Session
    _asked_at: str
    """Path of the step whose question is shown."""
    _drafted: Any = None
    """What was written last of the open form."""
    _drafted_at = 0.0
    _skipped_at = -CARRIED_S
    """When the client last skipped something."""

    def asks_already(self, prompt: Prompt | None, path: str) -> bool:
        """Whether this is the question that is on the screen.

        The timeline is told anew when the voice knows more, and its questions with it: the same one is not asked again,
        or what was chosen and how far was read would be lost."""
        return prompt is self._asked or (prompt is not None and prompt == self._asked and path == self._asked_at)

    def carries(self, key: str) -> bool:
        """Whether a press is one of those that skipped what came before the question."""
        skips = (*self.mind.keys_of("player", "skip"), *self.mind.keys_of("player", "skip_step"))
        return key in skips and self.now() - self._skipped_at < CARRIED_S

    def prepare_form(self, form: Form | None, view: View) -> None:
        """Put in what was begun or answered before, or offer what another session had begun."""
        if form is None:
            return
        form.heading = clean(view.title).replace("\n", " ").strip()
        if view.given is not None:
            form.restore(view.given)
        elif view.offered is not None:
            form.offer(view.offered)
        self._drafted = form.draft

    async def show_support(self) -> None:
        """An answer asks for the client's own plan: it comes up at once, over the form, which waits."""
        await self.action_support()
        self.session.do(Shown())

    async def draft(self, *, now: bool = False) -> None:
        """Write down what has changed in the form, when it is time, or `now`."""
        if self._asked is None:
            return
        entered = self.query_one(FormView).draft
        if entered == self._drafted or (not now and self.now() - self._drafted_at < DRAFT_S):
            return
        self._drafted, self._drafted_at = entered, self.now()
        await self.do(Draft(entered))

    async def on_form_view_tapped(self, message: FormView.Tapped) -> None:
        message.stop()
        await self.do(Tap(message.key))

    async def on_form_view_turned(self, message: FormView.Turned) -> None:
        """A field of a sheet is finished: it is written down at once."""
        message.stop()
        await self.draft(now=True)

    async def taken(self, value: Any) -> None:
        """Hand an answer to the session; of a question that is tapped, the taps."""
        form = self.query_one(FormView).form
        await self.do(Tapped() if value is None and isinstance(form, TapForm) else Answer(value))

    async def action_back(self) -> None:
        if self._asked is not None and self.query_one(FormView).back():
            return
        await self.draft(now=True)
        await self.do(Back())

    def action_leave_open(self) -> None:
        if self._asked is not None:
            self.query_one(FormView).leave_open()

    def on_writing_done(self, message: Writing.Done) -> None:
        message.stop()
        self.query_one(FormView).answer()

    def action_look_over(self) -> None:
        self.query_one(FormView).look_over()

    action_back_writing = action_back

    def action_keep_draft(self) -> None:
        self.query_one(FormView).keep()

    async def keep_written(self) -> None:
        """Ending early loses nothing that was written."""
        kept = self.query_one(FormView).kept
        if self._asked is not None and kept is not None:
            await self.do(Answer(kept))
