"""The keys of the screen below, read from the registry; also what a script's problems are shown on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mindful.tongue import _
from mindful.tui import keys
from mindful.tui.layout import margin, middle, moved
from mindful.tui.rows import Row, Span, row_width, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


HEADINGS = {"form": _("While something is asked"), "mixer": _("In the mixer")}


def key_rows(
    scopes: tuple[str, ...], width: int, shown: Callable[[str, str], str] = lambda _name, usual: usual
) -> list[Row]:
    """One entry an action; `shown` names the key of an action that usually has another."""
    rows: list[Row] = []
    for scope in scopes:
        if rows:
            rows += [(), *wrap(HEADINGS[scope], width, "dim")]
        for a in keys.SCOPES[scope]:
            if not a.help:
                continue
            lead = f"{shown(a.name, a.shown):<10} "
            lines = wrap(a.help, max(1, width - len(lead)))
            rows.append((Span(lead, "key"), *lines[0]))
            rows += [(Span(" " * len(lead)), *line) for line in lines[1:]]
    return rows


class Sheet(Room):
    """A heading and rows to read. Esc goes back."""

    BINDINGS = keys.bindings("help")
    CSS = """
    Sheet { layout: vertical; }
    Sheet Rows, Sheet Page { width: 100%; }
    Sheet Page { margin: 1 0 0 0; }
    Sheet #hints { height: 2; }
    Sheet.-short Page { margin: 0; }
    Sheet.-short #hints { height: 1; }
    """

    def __init__(self, heading: str, *, scopes: tuple[str, ...] = (), text: str = "", wrapped: bool = False) -> None:
        super().__init__()
        self._heading, self._scopes, self._text, self._wrapped = heading, scopes, text, wrapped

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(lambda: self.hint(keys.hints("help", ("away",))))

    @property
    def _fixed(self) -> bool:
        return bool(self._text) and not self._wrapped

    def left(self, width: int) -> int:
        return margin(width - 1, width) if self._fixed else middle(width - 1)[0]

    def _rows(self, width: int) -> list[Row]:
        # A caret under a column, and a line of YAML, have the whole width.
        side = self.left(width + 1)
        inner = max(1, width - 2 * side) if self._fixed else middle(width)[1]
        out = [*wrap(self._heading, inner, "strong"), ()]
        if self._text and self._wrapped:
            for line in self._text.split("\n"):
                text = line.lstrip(" ")
                indent = " " * min(len(line) - len(text), inner // 3)
                # Columns stay where they are as long as they fit.
                fits = row_width((Span(line),)) <= inner
                out += [(Span(line),)] if fits else wrap(text, inner, indent=indent) if text else [()]
        elif self._text:
            # A caret under a column must stay where it is: these lines keep their spaces.
            out += [(Span(line),) for line in self._text.split("\n")]
        out += key_rows(self._scopes, inner, self.mind.key_shown)
        return moved(out, side)

    def on_key(self, event: events.Key) -> None:
        moves = {"down": 1, "up": -1}
        page = self.query_one(Page)
        if event.key in moves:
            page.scroll_relative(y=moves[event.key], animate=False)
        elif event.key in ("pagedown", "pageup"):
            page.page(1 if event.key == "pagedown" else -1)

    def action_away(self) -> None:
        self.mind.away()
