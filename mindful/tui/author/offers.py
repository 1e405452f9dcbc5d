"""The words that could stand where the cursor is, in a small list at the cursor. Used by `bench`.

While a word is begun they are only shown, and Tab takes the first: typing goes on as ever. Asked for (F9), the arrows
and Enter belong to the list until one is taken or Esc closes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.author.complete import Offer, offer
from mindful.tui.author import parts
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from rich.style import Style

    from mindful.tui.author.editor import ScriptArea


class Offers(Rows):
    """`look` finds the words for the cursor's place, `take` puts one in."""

    DEFAULT_CSS = """
    Offers { layer: above; display: none; width: 1; height: 1; }
    Offers.-open { display: block; }
    """

    def __init__(self, styles: dict[str, Style], *, name: str) -> None:
        super().__init__(styles, name=name)
        self._offer = Offer("")
        self._marked = 0
        self.picking = False
        """Whether the arrows and Enter are for the list."""

    @property
    def open(self) -> bool:
        return bool(self._offer.candidates)

    def look(self, area: ScriptArea, *, always: bool) -> None:
        """Offer what could be typed: while a word is begun, or `always`."""
        row, column = area.cursor_location
        behind = area.document.get_line(row)[column : column + 1]
        found = Offer("")
        if area.has_focus and area.selection.start == area.selection.end and not behind.isalnum():
            found = offer(area.document.lines, row, column)
            if not always and not found.prefix:
                found = Offer("")
        self._offer, self._marked, self.picking = found, 0, False
        self._paint(area)

    def pick(self, area: ScriptArea) -> None:
        """From now on the keys are for the list."""
        self.picking = self.open
        self._paint(area)

    def move(self, area: ScriptArea, by: int) -> None:
        self._marked = max(0, min(self._marked + by, len(self._offer.candidates) - 1))
        self._paint(area)

    def take(self, area: ScriptArea, number: int | None = None) -> None:
        """Put a word in the place of what is typed of it."""
        found = self._offer.candidates[self._marked if number is None else number]
        row, column = area.cursor_location
        rest = area.document.get_line(row)[column:]
        word = found.insert.rstrip(": ") if rest.startswith(":") else found.insert
        start = (row, column - len(self._offer.prefix))
        self.close(area)
        area.history.checkpoint()
        area.replace(word, start, (row, column), maintain_selection_offset=False)

    def close(self, area: ScriptArea) -> None:
        self._offer, self.picking = Offer(""), False
        self._paint(area)

    def _paint(self, area: ScriptArea) -> None:
        found = self._offer.candidates
        self.set_class(bool(found), "-open")
        if not found:
            return
        width, height = self.app.size
        across = parts.offer_width(found, width)
        rows = parts.offer_rows(found, self._marked, self.picking, across)
        x, y = area.cursor_screen_offset
        fits = y + 1 + len(rows) <= height - 1
        left = max(0, min(x - len(self._offer.prefix) - 1, width - across))
        self.styles.width, self.styles.height = across, len(rows)
        self.styles.offset = (left, y + 1 if fits else max(0, y - len(rows)))
        self.show(rows)
