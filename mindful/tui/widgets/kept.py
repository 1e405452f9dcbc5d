"""Lines that are made once and painted until they change. Used by the widgets around a pacer.

Not for screens: through their ground another one may be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Kept(Widget):
    """A widget whose lines are asked for more often than they change.

    For each picture Textual asks every widget on the screen for all of its lines, also where one row of another widget
    is new, and looks up style, filters and theme each time. Twenty times a second that is most of what a pacer costs.
    """

    _lines: tuple[Region, list[Strip]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """As they were the last time, unless something of it was to be painted anew meanwhile."""
        if self._lines is None or self._lines[0] != crop:
            self._lines = crop, super().render_lines(crop)
        return self._lines[1]

    def _set_dirty(self, *regions: Region) -> None:
        # The one way by which Textual throws away lines that it keeps itself (refresh, styles, theme, scrolling, size).
        # It has no public name; `tests/tui/test_kept_lines.py` notices where it changes.
        self._lines = None
        super()._set_dirty(*regions)
