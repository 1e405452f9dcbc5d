"""The text of a script, to write in: coloured, with problems marked at their lines. Textual's own editor underneath.

What it shows beyond that is handed in (`mark`); it decides nothing. Used by `bench`. Control characters of a file are
shown as signs and never reach the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from mindful.author.context import parse
from mindful.author.highlight import highlight
from mindful.script.values import CONTROL
from mindful.tui.widgets.coarse import thin

if TYPE_CHECKING:
    from textual import events

    from mindful.script.problems import Problem

_SYNTAX = {
    "key": "accent", "kind": "strong", "text": "text", "number": "warm", "quote": "text", "mark": "warm",
    "hole": "warm", "remark": "dim", "sign": "dim",
}  # fmt: skip
_ALL_CONTROL = re.compile(CONTROL.pattern + "|[\ud800-\udfff\ufeff\u200e\u200f]")


class ScriptArea(TextArea):
    """Enter keeps the indentation; Tab asks the screen first whether it completes a word."""

    DEFAULT_CSS = """
    ScriptArea, ScriptArea:focus { border: none; padding: 0; background: $background; }
    ScriptArea .text-area--cursor-line { background: $surface; }
    ScriptArea .text-area--cursor-gutter { background: $surface; color: $foreground; }
    ScriptArea .text-area--gutter { color: $foreground 65%; }
    """
    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("ctrl+home", "first", "to the first line", show=False),
        Binding("ctrl+end", "last", "to the last line", show=False),
    ]

    class Tab(Message):
        """Tab was pressed; the screen completes a word or calls `indent`."""

    def __init__(self, styles: Mapping[str, Style], *, name: str) -> None:
        super().__init__(
            "", soft_wrap=True, show_line_numbers=True, tab_behavior="indent", id=name, max_checkpoints=200
        )
        self.indent_width = 2
        self.match_cursor_bracket = False
        self._looks = styles
        self._problems: dict[int, list[Problem]] = {}
        self._playing: int | None = None
        syntax = {name: _ink(styles[role]) for name, role in _SYNTAX.items()}
        syntax["wrong"] = _ink(styles["care"]) + Style(underline=True)
        syntax["hint"] = Style(underline=True)
        self.register_theme(TextAreaTheme("script", syntax_styles=syntax))
        self.theme = "script"

    def on_mount(self) -> None:
        thin(self)

    # What it shows

    def mark(self, problems: Sequence[Problem], playing: int | None) -> None:
        """Show these problems at their places, and the line (from 0) whose step is playing."""
        found: dict[int, list[Problem]] = {}
        for problem in problems:
            found.setdefault(problem.line - 1, []).append(problem)
        if found != self._problems or playing != self._playing:
            self._problems, self._playing = found, playing
            self._build_highlight_map()
            self.refresh()

    def _build_highlight_map(self) -> None:
        """Textual asks for this after each change; it wants columns as bytes of UTF-8."""
        self._line_cache.clear()
        self._highlights.clear()
        if not hasattr(self, "_problems"):
            return
        lines = self.document.lines
        for row, spans in enumerate(highlight(lines)):
            line = lines[row]
            marks = [
                (p.column - 1, p.column - 1 + p.length, "wrong" if p.severity == "error" else "hint")
                for p in self._problems.get(row, ())
            ]
            found: list[tuple[int, int | None, str]] = [*spans, *marks]
            if not line.isascii():
                found = [(_bytes(line, a), _bytes(line, b), name) for a, b, name in (*spans, *marks)]
            self._highlights[row] = found

    def get_line(self, line_index: int) -> Text:
        """A line with every character that a terminal would obey put as one that it shows."""
        line = self.document.get_line(line_index)
        return Text(_ALL_CONTROL.sub(_shown, line), end="", no_wrap=True)

    def render_line(self, y: int) -> Strip:
        """The line, with a sign in the margin where something is wrong or is playing."""
        strip = super().render_line(y)
        at = self.scroll_offset.y + y
        if at >= self.wrapped_document.height or self.gutter_width < 3:
            return strip
        row, column = self.wrapped_document.offset_to_location(Offset(0, at))
        sign, role = self._sign(row)
        if column or not sign:
            return strip
        width = self.gutter_width
        return Strip.join([strip.crop(0, width - 2), Strip([Segment(sign, self._looks[role])]), strip.crop(width - 1)])

    def _sign(self, row: int) -> tuple[str, str]:
        if row == self._playing:
            return ">", "strong"
        found = self._problems.get(row, ())
        if any(p.severity == "error" for p in found):
            return "!", "care"
        return ("?", "warm") if found else ("", "")

    def problems_at(self, row: int) -> list[Problem]:
        """What is wrong on a line."""
        return self._problems.get(row, [])

    # Writing

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("tab", "escape"):
            event.prevent_default()
            if event.key == "tab":
                event.stop()
                self.post_message(self.Tab())
            return
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            start, end = self.selection
            self._replace_via_keyboard("\n" + " " * self._next_indent(), start, end)
            return
        await super()._on_key(event)

    def action_first(self) -> None:
        self.move_cursor((0, 0))

    def action_last(self) -> None:
        self.move_cursor(self.document.end)

    def go(self, row: int, column: int) -> None:
        """The cursor to a place, as near as there is one, in the middle of the screen; the keys are the text's."""
        row = max(0, min(row, self.document.line_count - 1))
        self.move_cursor((row, min(column, len(self.document.get_line(row)))), center=True)
        self.focus()

    def indent(self) -> None:
        """Spaces to the next even column."""
        start, end = self.selection
        self._replace_via_keyboard(" " * self._find_columns_to_next_tab_stop(), start, end)

    def _next_indent(self) -> int:
        """Where the next line begins: below this one, or further right where its key still has nothing."""
        row, column = min(self.selection)
        text = self.document.get_line(row)[:column]
        line = parse(text)
        if line.key and (not line.value or re.fullmatch(r"[|>][-+0-9]*", line.value)):
            return line.column + 2
        return len(text) - len(text.lstrip())

    def put(self, row: int, lines: Sequence[str]) -> None:
        """Whole lines in before a line; the cursor comes to the first of them."""
        count = self.document.line_count
        if row >= count:
            last = self.document.get_line(count - 1)
            lead = "\n" if last else ""
            self.replace(lead + "\n".join(lines), (count - 1, len(last)), (count - 1, len(last)))
            row = count if lead else count - 1
        else:
            self.replace("\n".join(lines) + "\n", (row, 0), (row, 0))
        self.move_cursor((row, len(lines[0])))
        self.history.checkpoint()

    def renew(self, text: str) -> None:
        """Another text in place of all, as one step that can be taken back; the cursor stays on its line."""
        at = self.cursor_location
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        row = min(at[0], self.document.line_count - 1)
        self.move_cursor((row, min(at[1], len(self.document.get_line(row)))))


def _ink(style: Style) -> Style:
    """Only the letters of a style: the ground belongs to the line."""
    return Style(color=style.color, bold=style.bold, italic=style.italic, reverse=style.reverse)


def _bytes(line: str, column: int) -> int:
    return column if line.isascii() else len(line[:column].encode("utf-8", "surrogatepass"))


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
