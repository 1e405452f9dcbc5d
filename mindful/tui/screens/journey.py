"""What was done so far: a month of days, ratings from before and after, practices, records. Nothing is a score here.

The journal is read when the first frame is there, a part at a time, the newest first; the pure counting is in
`mindful.journal.days`, the drawings are in `mindful.tui.charts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mindful.journal import days
from mindful.timeline.exposure.runs import courses
from mindful.tongue import month, weekday
from mindful.tui import charts, exposures, keys, trained, words
from mindful.tui.layout import LIST, middle, moved
from mindful.tui.rows import Row, Span, clean, cut, pad, row_width, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.journal.days import Day, Practice, Sat
    from mindful.journal.ratings import Pair
    from mindful.journal.trained import Course

VIEWS = ("month", "ratings", "practices", "exposures", "records")
HINTS: dict[str, tuple[str, ...]] = {
    "month": ("earlier", "later"),
    "practices": ("choose",),
    "records": ("choose",),
    "exposures": ("ladders",),
}
"""Keys of one view alone."""
_LONG_AGO = 7
"""Days without anything after which one is greeted."""


class Journey(Room):
    """Tab goes from view to view; the arrows move in each."""

    BINDINGS = keys.bindings("journey")
    CSS = """
    Journey { layout: vertical; }
    Journey Rows, Journey Page { width: 100%; }
    Journey #head { height: 3; }
    Journey #hints { height: 2; }
    Journey.-short #head, Journey.-short #hints { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._coming: Iterator[Sequence[Sat]] | None = None
        self._sats: Sequence[Sat] = ()
        self._days: dict[date, Day] = {}
        self._practices: list[Practice] = []
        self._view = "month"
        self._at = 0
        self._month = (2000, 1)
        self._only: str | date | None = None
        """The records of one session, or of one day; None: all."""
        self._drawn: dict[tuple[str, int, bool], Row] = {}

    def compose(self) -> ComposeResult:
        yield Rows(self.looks, name="head")
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._today = self.mind.host.today()
        self._month = (self._today.year, self._today.month)
        self._plan: Sequence[str] = ()
        self._streak = bool(self.mind.host.settings().get(("journey", "streak")))
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        await self.mind.handed_over()
        self._plan = self.mind.host.plan_said()[1:]
        self._coming = iter(self.mind.host.sats())
        self._more()

    def _more(self) -> None:
        """A part of the journal, then keys and frames have their turn."""
        if self._coming is None or not self.is_attached:
            return
        found = next(self._coming, None)
        if found is None:
            self._coming = None
        else:
            self._sats = found
            self._days, self._practices = days.by_day(found), days.practices(found)
            self.call_after_refresh(self._more)
        self._lay()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    # What it shows

    def _lay(self) -> None:
        width, height = self.app.size
        left = self.left(width)
        tabs: list[Span] = [Span(" " * left)]
        for view in VIEWS:
            here = view == self._view
            tabs += [Span(f" {words.VIEWS[view]} ", "picked" if here else "dim", f"view:{view}"), Span(" ")]
        # Where they do not all fit, the one of now is among those that do.
        room = width - left
        while row_width(tabs[1:]) > room and tabs[1].token != f"view:{self._view}":
            del tabs[1:3]
        # None is shown in part.
        while row_width(tabs[1:]) > room and len(tabs) > 3:
            del tabs[-2:]
        self.query_one("#head", Rows).show([(), tuple(tabs)] if height >= 20 else [tuple(tabs)])
        self.query_one(Page).fill()
        own = {
            "month": ("earlier", "later"),
            "practices": ("choose",),
            "records": ("choose",),
            "exposures": ("ladders",),
        }.get(self._view, ())
        self.hint(keys.hints("journey", ("away", "view", *own, "help")))

    def left(self, width: int) -> int:
        return middle(width - 1, LIST)[0]

    def _rows(self, width: int) -> list[Row]:
        left, inner = middle(width, LIST)
        if not self._sats and self._view != "exposures":
            empty = words.JOURNEY_LOCKED if self.mind.host.locked() else words.JOURNEY_EMPTY
            text = empty if self._coming is None else words.JOURNEY_COMES
            rows = wrap(text, inner, "dim")
        else:
            rows = getattr(self, f"_{self._view}_rows")(inner)
        return moved(rows, left)

    def _month_rows(self, inner: int) -> list[Row]:
        year, number = self._month
        first = date(year, number, 1)
        own = [d for d in self._days.values() if (d.day.year, d.day.month) == self._month]
        out: list[Row] = []
        last = self._sats[0].day
        if (self._today - last).days > _LONG_AGO:
            out += [*wrap(words.LONG_AGO, inner, "warm"), ()]
        title = f"{month(first.month)} {year}"
        out.append((Span("‹ ", "key", "earlier"), Span(title, "strong"), Span(" ›", "key", "later")))
        out += charts.calendar_rows(year, number, self._days, self._today)
        out += wrap(words.month_said(len(own), sum(d.elapsed_ms for d in own)), inner)
        for said in self._plan:
            out += wrap(clean(said), inner, "dim")
        if self._streak and (count := days.streak(self._days, self._today)):
            out += wrap(words.in_a_row(count), inner, "dim")
        lately = days.lately(self._days, self._today, 28)
        if any(day.elapsed_ms for day in lately):
            tall = 4 if self.size.height >= 20 else 2
            out += [(), *wrap(words.MINUTES, inner, "dim"), *charts.minute_rows(lately, tall, inner)]
        return out

    def _ratings_rows(self, inner: int) -> list[Row]:
        by_name: dict[str, list[Pair]] = {}
        for sat in reversed(self._sats):
            for pair in sat.ratings:
                by_name.setdefault(pair.name, []).append(pair)
        if not by_name:
            return wrap(words.NO_RATINGS, inner, "dim")
        out: list[Row] = wrap(words.RATINGS, inner, "dim")
        for name, pairs in by_name.items():
            out += [(), *self._plot(clean(name) or words.RATED, pairs, inner)]
        return out

    def _plot(self, name: str, pairs: Sequence[Pair], inner: int) -> list[Row]:
        tall = 8 if self.size.height >= 20 else 5
        said = words.rated_last(pairs[-1].before, pairs[-1].after)
        return [*wrap(name, inner, "strong"), *charts.rating_rows(pairs, tall, inner), *wrap(said, inner)]

    def _exposures_rows(self, inner: int) -> list[Row]:
        runs = self.mind.host.exposures()
        if not runs:
            return wrap(words.NO_EXPOSURES, inner, "dim")
        return exposures.rows(courses(runs), inner, 7 if self.size.height >= 20 else 4)

    def _practices_rows(self, inner: int) -> list[Row]:
        out: list[Row] = []
        for i, p in enumerate(self._practices):
            here = i == self._at
            role, dim, token = ("picked" if here else "title"), ("picked-dim" if here else "dim"), f"row:{i}"
            lead = "› " if here else "  "
            name = cut(clean(p.title).replace("\n", " "), inner - 2)
            said = words.practised(p.times, p.elapsed_ms, p.last, self._today)
            out.append(pad((Span(lead + name, role, token),), inner, role))
            out.append(pad((Span("  " + cut(said, inner - 2), dim, token),), inner, dim))
        return out

    def _listed(self) -> list[Sat]:
        if self._only is None:
            return list(self._sats)
        return [s for s in self._sats if self._only in (s.session, s.day)]

    def _records_rows(self, inner: int) -> list[Row]:
        listed = self._listed()
        out = self._above(inner)
        for i, sat in enumerate(listed):
            key = (sat.id, inner, i == self._at)
            if key not in self._drawn:
                self._drawn[key] = self._record_row(sat, inner, i == self._at)
            out.append(self._drawn[key])
        return out

    def _above(self, inner: int) -> list[Row]:
        """What stands over a list of records: of which day, or of which practice, with its ratings."""
        if self._only is None:
            return []
        courses: tuple[Course, ...] = ()
        if isinstance(self._only, date):
            title, pairs = f"{weekday(self._only.weekday())} {words.day_said(self._only)}", []
        else:
            practice = next(p for p in self._practices if p.session == self._only)
            title, pairs, courses = clean(practice.title), list(practice.ratings), practice.courses
        out: list[Row] = [(Span(cut(title, inner - 12), "strong"), Span(f"  {words.ALL_RECORDS}", "key", "all"))]
        if pairs:
            out += wrap(words.RATED_SIGNS, inner, "dim")
            out += [
                *charts.rating_rows(pairs, 5, inner),
                *wrap(words.rated_last(pairs[-1].before, pairs[-1].after), inner),
            ]
        return [*out, *trained.rows(courses, inner, short=self.size.height < 20), ()]

    def _record_row(self, sat: Sat, inner: int, here: bool) -> Row:
        role, token = ("picked" if here else "text"), f"rec:{sat.id}"
        when = f"{sat.started:%Y-%m-%d}" if inner >= 60 else charts.short_day(sat.started.date())
        tail = f"  {words.length(sat.elapsed_ms):>7}"
        more = [words.STATUS[sat.status], words.NOTED if sat.noted else ""] if inner >= 60 else []
        early = "".join(f", {word}" for word in more if word)
        lead = ("› " if here else "  ") + when + "  "
        title = cut(clean(sat.title).replace("\n", " ") + early, max(1, inner - len(lead) - len(tail)))
        # The token is by the record's id, which does not change when more of the journal comes.
        room = max(0, inner - len(lead) - len(tail))
        return pad(
            (Span(lead, role, token), *pad((Span(title, role, token),), room, role), Span(tail, role, token)),
            inner,
            role,
        )

    # What a client does

    def press(self, token: str) -> bool:
        kind, _, what = token.partition(":")
        match kind:
            case "view":
                self._show(what)
            case "all":
                self._show("records")
            case "day":
                self._show("records", date.fromisoformat(what))
            case "row":
                self._at = int(what)
                self.action_choose()
            case "rec":
                self._at = next((i for i, s in enumerate(self._listed()) if s.id == what), 0)
                self.action_choose()
            case _:
                return False
        return True

    def _show(self, view: str, only: str | date | None = None) -> None:
        self._view, self._only, self._at = view, only, 0
        self.query_one(Page).scroll_to(y=0, animate=False)
        self._lay()

    def action_view(self) -> None:
        self._show(VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)])

    def action_view_back(self) -> None:
        self._show(VIEWS[VIEWS.index(self._view) - 1])

    def _turn(self, by: int) -> None:
        if self._view != "month":
            self._show(VIEWS[(VIEWS.index(self._view) + by) % len(VIEWS)])
            return
        at = self._month[0] * 12 + self._month[1] - 1 + by
        if 12 <= at < 9999 * 12 and at <= self._today.year * 12 + self._today.month - 1:
            self._month = (at // 12, at % 12 + 1)
            self._lay()

    def action_earlier(self) -> None:
        self._turn(-1)

    def action_later(self) -> None:
        self._turn(1)

    def _count(self) -> int:
        return {"practices": len(self._practices), "records": len(self._listed())}.get(self._view, 0)

    def _go(self, by: int) -> None:
        page = self.query_one(Page)
        count = self._count()
        if not count:
            page.scroll_relative(y=by, animate=False)
            return
        self._at = min(count - 1, max(0, self._at + by))
        page.fill()
        if self._view == "records":
            page.reveal_token(f"rec:{self._listed()[self._at].id}")
        else:
            page.reveal(2 * self._at, 2 * self._at + 1)
        if self._at == 0:
            page.scroll_to(y=0, animate=False)

    def action_down(self) -> None:
        self._go(1)

    def action_up(self) -> None:
        self._go(-1)

    def action_page_down(self) -> None:
        self._page(1)

    def action_page_up(self) -> None:
        self._page(-1)

    def _page(self, by: int) -> None:
        page = self.query_one(Page)
        each = 2 if self._view == "practices" else 1
        if self._count():
            self._go(by * max(1, page.size.height // each))
        else:
            page.page(by)

    def action_choose(self) -> None:
        if self._at >= self._count():
            return
        if self._view == "practices":
            self._show("records", self._practices[self._at].session)
            return
        from mindful.tui.screens.help import Sheet

        sat = self._listed()[self._at]
        text = "\n".join(clean(line) for line in self.mind.host.record_page(sat.id))
        self.mind.push_screen(Sheet(words.RECORD, text=text, wrapped=True))

    def action_ladders(self) -> None:
        from mindful.tui.screens.ladder import Ladders

        self.mind.push_screen(Ladders())

    def action_away(self) -> None:
        if self._view == "records" and self._only is not None:
            self._show("practices" if isinstance(self._only, str) else "month")
        else:
            self.mind.away()

    def action_leave(self) -> None:
        self.mind.leave()
