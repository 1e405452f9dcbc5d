"""The middle of the player: a pacer, or words and a bar in its place. Used by `screens.player`.

A step's `visual` says which; where it says nothing, the client does. After a client chose one while it runs, theirs is
shown to the end of the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from mindful.timeline.lookup import phases_between
from mindful.tui import pulse, stage
from mindful.tui.pacers import DEFAULT, Moment, after, pacer, word
from mindful.tui.pacers.moment import Line, moment_at
from mindful.tui.widgets.kept import Kept
from mindful.tui.widgets.pacer import PacerView
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import ComposeResult

    from mindful.player.view import View
    from mindful.tui.pens import Pens

ON_THE_WAY_MS = 8
"""A frame reaches the terminal a little after it was asked for (`bench/hearing.py`); it is drawn for that moment, so
that eye and ear agree."""

_QUICKEST_MS = 1000
"""In and out in less time than this would make a figure flicker: none is drawn."""


class Middle(Kept, Vertical):
    """`show(view)` draws a moment of a breath. `calm`: a client who wants no movement at all."""

    DEFAULT_CSS = """
    Middle { height: 1fr; width: 1fr; }
    Middle > Rows { height: 1fr; display: none; }
    Middle.-words > Rows { display: block; }
    Middle.-words > PacerView { display: none; }
    """

    def __init__(
        self, pens: Pens, styles: dict[str, Style], *, calm: bool, wanted: str = DEFAULT, name: str | None = None
    ) -> None:
        super().__init__(id=name)
        self._pens, self._looks, self._calm = pens, styles, calm
        self._wanted = self._now = wanted
        self._insists = False
        """The client chose during this session."""

    def compose(self) -> ComposeResult:
        yield Rows(self._looks, name="bar")
        yield PacerView(self._pens, name="pacer")

    @property
    def now(self) -> str:
        """The name of the pacer of this moment."""
        return self._now

    def next(self) -> str:
        """The client wants another one: its name."""
        self._wanted = self._now = after(self._now)
        self._insists = True
        return self._wanted

    def show(self, view: View) -> None:
        """Draw this moment."""
        phase = view.phase
        if phase is not None:
            # Between breaths the middle stays as it was: nothing comes and goes that the author did not want.
            self._now = self._wanted if self._insists else phase.cue.visual or self._wanted
            if phase.next is not None and phase.cue.length_ms + phase.next.length_ms < _QUICKEST_MS:
                self._now = "none"
        if view.exposure is not None and view.exposure.stretching:
            self.set_class(True, "-words")
            self.query_one(Rows).show(stage.exposure(view.exposure, *self.size))
            return
        if view.feedback is not None and view.feedback.kind == "eeg":
            self.set_class(True, "-words")
            self.query_one(Rows).show(pulse.level(view.feedback, *self.size))
            return
        moment = self._moment(view)
        in_words = self._in_words(moment)
        self.set_class(in_words, "-words")
        if in_words:
            said = view.phase if self._now == "word" else None
            self.query_one(Rows).show(stage.word(said, *self.size) if said else stage.bar(view, *self.size))
        else:
            self.query_one(PacerView).show(self._now, moment)

    def _in_words(self, moment: Moment) -> bool:
        """Whether text does it better than a figure."""
        if self._now == "word":
            return not word.fits(*self.size)
        return moment.still and self._now == DEFAULT

    def _moment(self, view: View) -> Moment:
        now = pacer(self._now)
        line: Line = ()
        if now.seen is not None and view.timeline is not None:
            before, behind = now.seen(Moment(still=self._calm))
            at = view.position_ms
            line = tuple((t - at, cue) for t, cue in phases_between(view.timeline, at - before, at + behind))
        if view.phase is None:
            return Moment(still=self._calm, line=line)
        on_the_way = ON_THE_WAY_MS if view.status == "playing" else 0
        cue, elapsed = view.phase.cue, view.phase.elapsed_ms
        return moment_at(cue, elapsed + on_the_way, view.phase.count, still=self._calm, line=line)
