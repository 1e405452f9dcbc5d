"""A field to write in, for open questions and the note afterwards. Textual's own editor, imported only when wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

from mindful.tui.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

MAX_CHARACTERS = 20_000


class Writing(TextArea):
    """Enter is done, Ctrl+J (or Shift+Enter, where the terminal tells it apart) begins a new line."""

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
        return clean(self.text).strip()[:MAX_CHARACTERS]

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
            self.insert("\n")
            return
        await super()._on_key(event)
