"""After a session: what it was, one gentle question that may stay open, a note. Nothing is counted or praised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mindful.tongue import _
from mindful.tui import keys, words
from mindful.tui.layout import middle, moved
from mindful.tui.rows import Row, Span, clean, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.coarse import with_edges
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows
from mindful.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.journal.ratings import Pair
    from mindful.player.view import Ended


class After(Room):
    """Digits or clicks answer; what is written is kept on the way out."""

    BINDINGS = keys.bindings("after")
    CSS = """
    After { layout: vertical; }
    After Rows, After Page { width: 100%; }
    After Page { margin: 1 0 0 0; }
    After #hints { dock: bottom; }
    After Writing, After Writing:focus { height: 4; max-height: 6; margin: 0 3 1 3; }
    After #hints { height: 2; }
    After.-short Page { margin: 0; }
    After.-short #hints { height: 1; }
    After.-short Writing, After.-short Writing:focus { height: 2; margin: 0 1; }
    After.-tiny Writing, After.-tiny #hints { display: none; }
    """

    def __init__(self, title: str, ended: Ended, recorded: list[str]) -> None:
        super().__init__()
        self._title, self._ended = title, ended
        self._recorded = [clean(line) for line in recorded]
        self._feeling: int | None = None
        self._pairs: Sequence[Pair] = ()

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Writing(name="note", placeholder=_("A note for yourself, if you like"))
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._pairs = self.mind.host.rated()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.set_class(event.size.height < 8 or event.size.width < 12, "-tiny")
        width = event.size.width
        side = max(1 if width < 70 else 3, middle(width - 1)[0])
        self.query_one(Writing).styles.margin = (0, side, 0 if event.size.height < 20 else 1, side)
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        self._fill()
        writing = self.focused is not None
        done = _("go on") if self.mind.one_session else _("home")
        self.hint(
            keys.hints(
                "after",
                ("done", "next_field", "leave") if writing else ("done", "next_field", "record", "close"),
                done=done,
                next_field=_("question") if writing else _("note"),
            )
        )

    def _fill(self) -> None:
        """The page takes what it needs, so that the note stands right under it."""
        page = self.query_one(Page)
        page.fill()
        height = self.size.height
        below = 0 if height < 8 else 3 if height < 20 else 8
        need = len(page.rows) + (height >= 20)
        # A row between the two, where nothing has to give way for it.
        need += 1 if height >= 20 and need < height - below else 0
        page.styles.height = max(1, min(need, height - below))

    def left(self, width: int) -> int:
        return middle(width - 1)[0]

    def _rows(self, width: int) -> list[Row]:
        left, inner = middle(width)
        airy: list[Row] = [()] if self.size.height >= 6 else []
        out = [
            *wrap(self._title, inner, "dim"),
            *wrap(words.ended(self._ended.status, self._ended.elapsed_ms), inner, "title"),
        ]
        if self._pairs:
            out += [*airy, *self._side_by_side(inner)]
        out += [*airy, *self._question(inner)]
        if self._feeling is not None and self._feeling <= 2:
            out += [*airy, *wrap(words.ROUGH, inner, "warm")]
            out.append((Span(f" {words.UNPLEASANT} ", "button", "unpleasant"),))
        if self._recorded:
            out += [*airy, *wrap(_("In your journal"), inner, "accent")]
            for line in self._recorded:
                out += wrap(line, inner, "dim", indent="  ")
            out += [
                tuple(Span(s.text, s.role, "record") for s in r)
                for r in wrap(words.RECORD_KEY, inner, "dim", indent="  ")
            ]
        return with_edges(self, moved(out, left))

    def _side_by_side(self, inner: int) -> list[Row]:
        """What was rated before and after. Whether that is better is not for a program to say."""
        rows: list[Row] = []
        for pair in self._pairs:
            name = clean(pair.name).capitalize()
            lead = f"{name}: " if name else ""
            rows += wrap(lead + words.rated(pair.before, pair.after), inner, "title")
        return rows

    def _question(self, inner: int) -> list[Row]:
        rows = wrap(words.HOW_WAS_IT, inner)
        line: list[Span] = []
        for i, text in enumerate(words.FEELINGS, 1):
            here = i == self._feeling
            shown = f" {'›' if here else ' '}{i} {text} "
            if line and sum(len(s.text) for s in line) + len(shown) + 1 > inner:
                rows.append(tuple(line))
                line = []
            line += [Span(shown, "picked" if here else "field", f"feeling:{i}"), Span(" ")]
        return [*rows, tuple(line)]

    def press(self, token: str) -> bool:
        kind, _, number = token.partition(":")
        if kind != "feeling":
            return False
        value = int(number)
        self._feeling = None if self._feeling == value else value
        self._fill()
        if self._feeling is not None and self._feeling <= 2:
            # What may help is never below the edge; the page has its new length only after this.
            self.call_after_refresh(self.query_one(Page).reveal_token, "unpleasant")
        return True

    def on_key(self, event: events.Key) -> None:
        """1 to 5 answer the question, where no note is being written."""
        if self.focused is not None:
            return
        if event.character and event.character in "12345":
            self.press(f"feeling:{event.character}")
        elif event.key in ("up", "down", "pageup", "pagedown"):
            self.query_one(Page).page(1 if event.key in ("down", "pagedown") else -1)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_writing_done(self, message: Writing.Done) -> None:
        message.stop()
        self.action_done()

    def action_next_field(self) -> None:
        self.set_focus(None if self.focused is not None else self.query_one(Writing))
        self._lay()

    def action_unpleasant(self) -> None:
        from mindful.tui.screens.unpleasant import Unpleasant

        self.mind.push_screen(Unpleasant())

    def action_record(self) -> None:
        from mindful.tui.screens.help import Sheet

        text = "\n".join(clean(line) for line in self.mind.host.record_page(""))
        self.mind.push_screen(Sheet(words.RECORD, text=text, wrapped=True))

    def _keep(self) -> None:
        note = self.query_one(Writing).words
        if note or self._feeling is not None:
            self.mind.host.add_note(note, self._feeling)

    def action_done(self) -> None:
        self._keep()
        self.mind.home()

    def action_leave(self) -> None:
        self._keep()
        self.mind.leave()

    action_close = action_leave
