"""The middle of the player: the breathing circle, or words and a bar in its place. Used by `screens.player`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from mindful.timeline.breath import fill_at
from mindful.tui import stage, theme
from mindful.tui.widgets.disc import Disc
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import ComposeResult

    from mindful.player.view import View

ON_THE_WAY_MS = 8
"""A frame reaches the terminal a little after it was asked for (`bench/hearing.py`); it is drawn for that moment, so
that eye and ear agree."""
_STILL = ("word", "none")
"""Ways to show a breath in which nothing moves."""


class Middle(Vertical):
    """`show(view)` draws a moment of a breath. `calm`: a client who wants no movement at all."""

    DEFAULT_CSS = """
    Middle { height: 1fr; width: 1fr; }
    Middle > Rows { height: 1fr; display: none; }
    Middle.-still > Rows { display: block; }
    Middle.-still > Disc { display: none; }
    """

    def __init__(self, look: theme.Look, styles: dict[str, Style], *, calm: bool, name: str | None = None) -> None:
        super().__init__(id=name)
        self._look, self._looks, self._calm = look, styles, calm
        self.set_class(calm, "-still")

    def compose(self) -> ComposeResult:
        yield Rows(self._looks, name="bar")
        yield Disc(self._look, name="disc")

    def show(self, view: View) -> None:
        """Draw this moment."""
        phase = view.phase
        if phase is not None:
            # Between breaths the middle stays as it was: nothing comes and goes that the author did not want.
            self.set_class(self._calm or phase.cue.visual in _STILL, "-still")
        if self.has_class("-still"):
            self.query_one(Rows).show(stage.bar(view, self.size.width, self.size.height))
        elif phase is None:
            self.query_one(Disc).show(None, 0.0)
        else:
            ahead = min(phase.elapsed_ms + ON_THE_WAY_MS, phase.cue.length_ms)
            self.query_one(Disc).show(
                phase.cue.phase, fill_at(phase.cue, ahead) if view.status == "playing" else phase.fill
            )
