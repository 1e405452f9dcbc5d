"""A field to write in, for open questions and the note afterwards. Textual's own editor, imported only when wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

from mindful.player.answers import LONGEST
from mindful.tui.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events


class Writing(TextArea):
    """Enter is done, Ctrl+J (or Shift+Enter, where the terminal tells it apart) begins a new line.

    It holds `LONGEST` characters, as many as an answer keeps: what is pasted beyond them never gets in, so that a
    megabyte neither holds up the screen nor seems to be there until it is gone.
    """

    DEFAULT_CSS = """
    Writing, Writing:focus { border: none; padding: 0 1; background: $surface; }
    Writing { min-width: 4; height: 5; max-height: 12; }
    Writing .text-area--placeholder { color: $foreground 65%; }
    Writing:ansi, Writing:ansi:focus {
        padding: 0; border-left: solid ansi_default; border-right: solid ansi_default;
    }
    """

    class Done(Message):
        """Enter was pressed."""

    class Full(Message):
        """More came than it holds, and the rest is not in it."""

    def __init__(self, text: str = "", *, name: str | None = None, placeholder: str = "") -> None:
        super().__init__(
            text,
            soft_wrap=True,
            show_line_numbers=False,
            id=name,
            highlight_cursor_line=False,
            placeholder=placeholder,
        )
        self.move_cursor(self.document.end)
        self.carries: Callable[[str], bool] = lambda _key: False
        """Whether a key is still that which led here, and no word."""

    def on_mount(self) -> None:
        from mindful.tui.widgets.coarse import thin

        thin(self)

    @property
    def words(self) -> str:
        """What was written, made safe."""
        return clean(self.text).strip()[:LONGEST]

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._put(clean(event.text.replace("\r\n", "\n").replace("\r", "\n")))

    def _put(self, text: str) -> None:
        """Write at the cursor, or in place of what is selected, as much as there is room for."""
        room = max(0, LONGEST - len(self.text) + len(self.selected_text))
        if text[:room]:
            self.move_cursor(self.replace(text[:room], *self.selection, maintain_selection_offset=False).end_location)
        if len(text) > room:
            self.post_message(self.Full())

    async def _on_key(self, event: events.Key) -> None:
        if self.carries(event.key):
            event.stop()
            event.prevent_default()
            return
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Done())
            return
        if event.key in ("ctrl+j", "shift+enter", "alt+enter"):
            event.stop()
            event.prevent_default()
            self._put("\n")
            return
        if event.is_printable and not self.selected_text and len(self.text) >= LONGEST:
            event.stop()
            event.prevent_default()
            self.post_message(self.Full())
            return
        await super()._on_key(event)
