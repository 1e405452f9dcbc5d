"""The words around the pacer of a running session: title, caption, phase, status, notices, keys. Part of `player`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.tui import layout, mixing, stage
from mindful.tui.hints import player_hints
from mindful.tui.screens.form_keys import FormKeys
from mindful.tui.widgets.form_view import FormView
from mindful.tui.widgets.middle import Middle
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from mindful.player.view import View
    from mindful.timeline.model import Prompt
    from mindful.tui.notices import Notices


class Worded(FormKeys):
    """Puts words on the screen only where they differ from those that are there."""

    notices: Notices
    _asked: Prompt | None
    _says: tuple[object, ...] | None = None
    """What the words on the screen say; None: they are to be put there anew."""

    def anew(self) -> None:
        """What is there may be gone, or at another place."""
        self._says = None

    def settle(self) -> None:
        """Heights of the parts for the size of now."""
        width, height = self.app.size
        p = layout.places(width, height)
        for name, rows in (("head", p.head), ("caption", p.caption), ("phase", p.phase), ("status", p.status)):
            self.query_one(f"#{name}", Rows).styles.height = rows
        self.query_one("#hints", Rows).styles.height = p.hints
        self.query_one("#head", Rows).styles.margin = (p.margin, 0, 0, 0)
        self.query_one("#mixer", Rows).styles.height = mixing.HEIGHT
        self.set_class(height < layout.TALL, "-short")

    def say(self, view: View) -> None:
        """Put the words of a moment on the screen."""
        width, height = self.app.size
        p = layout.places(width, height)
        shape = self.query_one(Middle).now
        # While it comes to an end, how to end at once is enough.
        notice = "" if view.status == "landing" and not view.grounding else self.notices.current()
        told = stage.told(notice, self.notices.share, p, width, mixing=self.mixing is not None)
        if self._asked is None and self.mixing is None:
            says = (stage.moment(view), width, height, told, shape, self.mind.changed_keys)
            if says == self._says:
                return
            self._says = says
        else:
            self._says = None
        room = p.circle(height) - (mixing.HEIGHT if self.mixing else 0)
        tall = stage.caption_height(view, width, p.caption, max(0, room))
        caption = self.query_one("#caption", Rows)
        if caption.styles.height is None or caption.styles.height.value != tall:
            caption.styles.height = tall
        caption.show(stage.caption(view, width, tall))
        status = [] if self._asked is not None else stage.status(view, width)
        self.query_one("#phase", Rows).show(stage.phase(view, width, p.phase, shape))
        self.query_one("#head", Rows).show(told.get("head") or stage.head(view, width))
        self.query_one("#status", Rows).show(told.get("status", status))
        if self.mixing is not None:
            self.query_one("#mixer", Rows).show(self.mixing.rows(width))
        known = mixing.hints() if self.mixing else player_hints(view, self.query_one(FormView).form)
        hints = layout.hint_row(self.named(known), width)
        self.query_one("#hints", Rows).show([*(told.get("above", [()]) if p.hints > 1 else []), hints])
