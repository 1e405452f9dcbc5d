"""A form on the screen: gives it keys and presses, and says when it is answered. Used by `screens.player`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from mindful.tui.forms.base import MESSAGE
from mindful.tui.rows import Row, Span
from mindful.tui.widgets.coarse import with_edges
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Pressed, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from mindful.timeline.counting import Key
    from mindful.tui.forms.base import Form
    from mindful.tui.widgets.writing import Writing


class _Sheet(Page, can_focus=True):
    """Takes the keys of a form."""

    DEFAULT_CSS = "_Sheet { height: 1fr; }"

    def on_key(self, event: events.Key) -> None:
        view = self.parent
        assert isinstance(view, FormView)
        if view.carries(event.key) or view.key(event.key, event.character if event.is_printable else None):
            event.stop()
            event.prevent_default()


class FormView(Vertical):
    """`ask(form)` shows it and takes the keys; `Answered` carries what the client gave."""

    DEFAULT_CSS = """
    FormView { height: 1fr; width: 1fr; display: none; }
    """

    class Answered(Message):
        """`value` None: left open."""

        def __init__(self, value: Any) -> None:
            super().__init__()
            self.value = value

    class Turned(Message):
        """A page of a form was turned: what stood there is finished."""

    class Tapped(Message):
        """A breath was tapped, in a question that is answered so."""

        def __init__(self, key: Key) -> None:
            super().__init__()
            self.key = key

    def __init__(self, styles: dict[str, Style], *, name: str | None = None) -> None:
        super().__init__(id=name)
        self._looks = styles
        self.form: Form | None = None
        self._writing: Writing | None = None
        self._page = 0
        """The page of the form that is shown."""
        self.carries: Callable[[str], bool] = lambda _key: False
        """Whether a key is still that which led to this question, pressed once too often: it answers nothing."""

    def compose(self) -> ComposeResult:
        yield _Sheet(self._looks, self._rows)

    @property
    def sheet(self) -> _Sheet:
        return self.query_one(_Sheet)

    def _rows(self, width: int) -> list[Row]:
        if self.form is None:
            return []
        self.form.room = self.size.height - 2
        rows = with_edges(self, self.form.rows(width))
        # A short question stands a little above the middle, where a resting eye is.
        above = self.size.height // 8 if self.form.writes else (self.size.height - self.form.quiet) // 3
        return [()] * max(1 if self.size.height > 8 else 0, above) + rows

    async def ask(self, form: Form) -> None:
        """Show a form as it is: with nothing chosen, or with what was entered before."""
        await self.away()
        self.form, self._page = form, form.page
        self.display = True
        self.sheet.fill()
        self.sheet.scroll_to(y=0, animate=False)
        if form.may_write:
            from mindful.tui.widgets.writing import Writing

            self._writing = Writing(form.text)
            self._writing.carries = self.carries
            await self.mount(self._writing, Rows(self._looks, name="buttons"))
        self._take_keys()

    def _take_keys(self) -> None:
        """Give the keys to the field for words where there is something to write, else to the form itself."""
        form, writing = self.form, self._writing
        writes = form is not None and form.writes and writing is not None
        self.sheet.styles.height = "auto" if writes else "1fr"
        if writing is not None:
            writing.display = writes
            self.query_one("#buttons", Rows).display = writes
        if writes and writing is not None:
            writing.focus()
            self._fit()
        else:
            self.sheet.focus(scroll_visible=False)

    def _turn(self) -> None:
        """Another page of the form: its own words, from the top."""
        form = self.form
        if form is None or form.page == self._page:
            return
        self._page = form.page
        if self._writing is not None:
            self._writing.text = form.text
            self._writing.move_cursor(self._writing.document.end)
        self._take_keys()
        self.sheet.scroll_to(y=0, animate=False)
        self.post_message(self.Turned())

    async def away(self) -> None:
        """Nothing is asked any more."""
        self.form = None
        self.display = False
        if self._writing is not None:
            self.sheet.styles.height = "1fr"
            await self._writing.remove()
            await self.query("#buttons").remove()
            self._writing = None

    def _fit(self) -> None:
        """The question takes what it needs, the field for words the rest, up to its own limit."""
        if self._writing is None or not self.size.height or self.form is None or not self.form.writes:
            return
        from mindful.tui.forms.base import place

        width, height = self.size
        airy = 1 if height > 12 else 0
        need = min(len(self.sheet.rows), max(1, height - 3))
        if self.form is not None:
            self.form.tall = height - need >= 10
        buttons = self.form.button_rows() if self.form is not None else [()]
        self.sheet.styles.height = need
        self._writing.styles.height = max(1, min(8, height - need - 1 - len(buttons) - airy))
        left, inner = place(max(1, width - 1))
        self._writing.styles.width = inner
        self._writing.styles.margin = (0, 0, airy, left)
        if self.form is not None:
            foot = self.query_one("#buttons", Rows)
            foot.styles.height = len(buttons)
            foot.show(with_edges(self, [(Span(" " * left), *row) for row in buttons]))

    def on_resize(self) -> None:
        self.sheet.fill()
        self._fit()

    def say(self, text: str) -> None:
        """A quiet line under the form."""
        if self.form is not None:
            self.form.message = text
            self._show()

    def written(self) -> str:
        """What stands in the field for words."""
        writes = self._writing is not None and self.form is not None and self.form.writes
        return self._writing.words if writes and self._writing is not None else ""

    def progress(self, taps: tuple[int, int, int] | None) -> None:
        """How far tapping has come."""
        if self.form is not None and taps is not None and self.form.progress(taps):
            self._show()

    @property
    def draft(self) -> Any:
        """What is entered so far; None: nothing."""
        if self.form is None:
            return None
        self.form.text = self.written()
        return self.form.draft

    @property
    def kept(self) -> Any:
        """What ending here keeps as an answer; None: nothing."""
        if self.form is None:
            return None
        self.form.text = self.written()
        return self.form.kept

    def back(self) -> bool:
        """Back within the form; False where it has no page before this one."""
        return self._page_by("back")

    def look_over(self) -> bool:
        """To where all answers of the form stand."""
        return self._page_by("look_over")

    def _page_by(self, way: Literal["back", "look_over"]) -> bool:
        if self.form is None:
            return False
        self.form.text = self.written()
        done = self.form.back() if way == "back" else self.form.look_over()
        self._show()
        return done

    def keep(self) -> None:
        """Take what had been begun another time."""
        if self.form is None or not self.form.keep():
            return
        self._turn()
        if self._writing is not None:
            self._writing.text = self.form.text
            self._writing.move_cursor(self._writing.document.end)
        self._show()

    def key(self, key: str, character: str | None) -> bool:
        """A key for the form; True: it was one."""
        form = self.form
        if form is None:
            return False
        if (tap := form.tap_of(key)) is not None:
            self.post_message(self.Tapped(tap))
            return True
        if form.key(key, character):
            self._show()
            return True
        if form.scrolls and key in ("up", "down", "pageup", "pagedown", "space"):
            if key in ("up", "down"):
                self.sheet.scroll_relative(y=1 if key == "down" else -1, animate=False)
            else:
                self.sheet.page(-1 if key == "pageup" else 1)
            return True
        return False

    def _show(self) -> None:
        self._turn()
        self.sheet.fill()
        self._fit()
        if self.form is not None and self.form.cursor:
            self.sheet.reveal_token(self.form.cursor)
        if self.form is not None and self.form.message:
            self.sheet.reveal_token(MESSAGE)

    def answer(self) -> None:
        """Enter: go on if the form is ready."""
        if self.form is None:
            return
        self.form.text = self.written()
        if self.form.ready():
            self.post_message(self.Answered(self.form.value))
        else:
            self._show()

    def leave_open(self) -> None:
        """Go on without an answer."""
        if self.form is None:
            return
        self.form.text = self.written()
        if self.form.may_stay_open():
            self.post_message(self.Answered(self.form.left))
        else:
            self._show()

    def on_writing_full(self, message: Writing.Full) -> None:
        from mindful.player.answers import too_long

        message.stop()
        self.say(too_long())

    def on_pressed(self, message: Pressed) -> None:
        """A press on an option, on the line, or on a button."""
        if message.token.startswith("tap:") and self.key(message.token[4:], None):
            message.stop()
            return
        if self.form is not None and self.form.press(message.token):
            message.stop()
            self._show()
