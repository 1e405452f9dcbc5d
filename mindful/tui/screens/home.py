"""The first screen: what one key begins, the sessions, a line to search them by typing.

It must come fast, so it imports little, and asks the journal only when it is there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.widgets import Input

from mindful.tongue import _
from mindful.tui import keys, words
from mindful.tui.layout import hint_row, margin
from mindful.tui.rows import Row, Span, beside, clean, cut, wrap
from mindful.tui.screens.base import Room
from mindful.tui.screens.home_rows import WIDEST, card_rows, filter_row, quick_row, shape_rows
from mindful.tui.search import Filters, search
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.tui.host import Card, Last

MOST_TYPED = 100
"""Letters of a search. A text that is pasted letter by letter would be searched for at each of them."""
_BUDGET_S = 0.012
"""Time for reading cards between two frames."""
_REST_S = 0.2
"""How long a mark rests before the shape of its session is looked up."""
_LETTERS = ("quick_1", "quick_2", "quick_3", "quick_4", "journey", "settings", "write", "keys")
"""Actions whose keys can be typed as well."""
_SIGNS = ("comma", "slash", "question_mark", "full_stop", "minus", "plus", "space")


class Home(Room):
    """Typing searches, up and down mark, Enter opens. While nothing is typed some keys begin something at once."""

    BINDINGS = keys.bindings("home")
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    Home { layout: vertical; }
    Home Rows, Home Page { width: 100%; }
    Home #head { height: 6; }
    Home Input { border: none; height: 1; padding: 0; margin: 0 3 0 3; width: 100%; background: $surface; }
    Home Input:focus { border: none; background-tint: transparent; }
    Home Input>.input--placeholder { color: $foreground 65%; }
    Home #filters { height: 2; }
    Home #hints { height: 5; }
    Home.-short #head { height: 2; }
    Home.-short #filters, Home.-short #hints { height: 1; }
    Home.-tiny #filters { display: none; }
    Home.-tiny #head { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._found: list[Card] = []
        self._at = 0
        self._coming: Iterator[Card] | None = None
        self._query = ""
        self._writing = False
        """Whether keys that begin something are letters too."""
        self._filters = Filters()
        self._notices: list[str] = []
        self._shown = False
        """Whether the first frame is on the screen."""
        self._greeting = ""
        self._last: Last | None = None
        self._next: Card | None = None
        self._shapes: dict[tuple[str, int], Sequence[tuple[str, str]]] = {}
        self._wanted: tuple[str, int] | None = None

    def compose(self) -> ComposeResult:
        yield Rows(self.looks, name="head")
        field = Input(placeholder=words.SEARCH, compact=True, max_length=MOST_TYPED)
        # As long as nothing is typed, keys that begin something are the screen's.
        self._consumes = field.check_consume_key
        field.check_consume_key = self._is_text  # type: ignore[method-assign]
        yield field
        yield Rows(self.looks, name="filters")
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._coming = iter(self.mind.host.catalogue())
        self._more()
        self._lay()
        self.call_after_refresh(self._opened)

    async def _opened(self) -> None:
        """The first frame is painted; what there is to tell may take time to find out."""
        await self.mind.handed_over()
        self._shown = True
        self._look_back()
        self._notices += [clean(n) for n in (*self.mind.host.notices(), *self.mind.host.offers())]
        self._lay()
        self.mind.arrived()
        if self.mind.host.first_run():
            self.first_run()
        self._shape_soon()

    def first_run(self) -> None:
        """Nobody has been here before, and the first frame is on the screen: the place for what is asked only once."""
        self._greeting = words.WELCOME
        self._notices.append(words.FIRST)
        self._lay()

    def action_checklist(self) -> None:
        from mindful.tui.screens.checklist import Checklist, wanted

        self.mind.push_screen(Checklist(first=wanted(self.mind.host)))

    def _look_back(self) -> None:
        """What was done last, and what is next."""
        host = self.mind.host
        self._last, self._next = host.last_done(), host.next_in_plan()
        if self._last is not None:
            title = clean(self._last.title).replace("\n", " ")
            self._greeting = words.greeting(title, self._last.started, host.now(), self._last.elapsed_ms)
        if plan := host.plan_said():
            self._greeting = clean(plan[0])

    def _more(self) -> None:
        """Take cards for a moment, then let keys and frames have their turn."""
        if self._coming is None:
            return
        end = time.perf_counter() + _BUDGET_S
        for card in self._coming:
            self._cards.append(card)
            if time.perf_counter() > end:
                self.call_after_refresh(self._more)
                break
        else:
            self._coming = None
        self._search()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.set_class(event.size.height < 8, "-tiny")
        self.call_after_refresh(self._lay)

    def on_screen_resume(self) -> None:
        if self._shown:
            self._look_back()
            self._notices = [clean(n) for n in self.mind.host.notices()] or self._notices
        self.call_after_refresh(self._lay)

    def begin_anew(self) -> None:
        """After a session: what was searched for then would only stand in the way of what is typed next."""
        self.query_one(Input).value = ""
        self._write(False)

    # What it shows

    def _lay(self) -> None:
        width, height = self.app.size
        side = margin(width, WIDEST)
        self.query_one(Input).styles.margin = (0, side, 0, side)
        inner = max(1, width - 2 * side)
        left = (Span(" " * side),) if side else ()
        tall = height >= 20
        greeting = (Span(cut(self._greeting, max(1, inner - (0 if tall else 10))), "dim"),) if self._greeting else ()
        name: Row = (Span("mindful", "strong"),)
        quick = (*left, *quick_row(self._fourth(), inner))
        top = [(), (*left, *name), (*left, *greeting), (), quick, ()] if tall else [
            (*left, *beside(name, greeting, inner)), quick
        ]  # fmt: skip
        self.query_one("#head", Rows).show(top)
        told: list[Row] = []
        for text in self._notices:
            told += [(*left, *r) for r in wrap(text, inner, "warm")]
        told = told[: max(0, height // 4)]
        # One widget for both, as every widget costs the first frame a few milliseconds.
        beneath = [
            (*left, *filter_row(self._filters, inner)),
            *([()] if tall and told else []),
            *told,
            *([()] if tall else []),
        ]
        filters = self.query_one("#filters", Rows)
        if told or filters.styles.has_rule("height"):
            filters.styles.height = len(beneath)
        filters.show(beneath)
        self._foot()

    def _fourth(self) -> tuple[str, str, str, str] | None:
        """What the key 4 opens: (its id, what it is called, shorter names)."""
        found = self._next or next((c for c in self._cards if self._last and c.id == self._last.session), None)
        if found is None:
            return None
        lead, short = (words.NEXT, words.NEXT_SHORT) if self._next else (words.AGAIN, words.AGAIN_SHORT)
        title = clean(found.title).replace("\n", " ")
        return found.id, lead + cut(title, 24), lead + cut(title, 14), short

    def _search(self) -> None:
        marked = self._found[self._at].id if self._at < len(self._found) else ""
        self._found = [c for c in search(self._cards, self._query) if self._filters.fits(c)]
        ids = [c.id for c in self._found]
        self._at = ids.index(marked) if marked in ids and not self._query else 0
        self._marked()

    def _marked(self) -> None:
        page = self.query_one(Page)
        page.fill()
        page.reveal(*self._span_of(self._at))
        self._foot()
        self._shape_soon()

    def _gap(self) -> int:
        return 1 if self.size.height >= 30 else 0

    def _rows(self, width: int) -> list[Row]:
        out: list[Row] = []
        for i, card in enumerate(self._found):
            out += card_rows(card, width, i == self._at)
            out += [()] * self._gap()
        if not self._found and self._coming is None and (self._query or self._filters.any):
            side = margin(width + 1, WIDEST)
            text = words.NOTHING_FITS if self._filters.any else words.NOTHING_FOUND
            out = [(Span(" " * side), *r) for r in wrap(text, max(1, width - 2 * side), "dim")]
        return out

    def _span_of(self, i: int) -> tuple[int, int]:
        each = 2 + self._gap()
        return i * each, i * each + 1

    # The shape of what is marked, when the mark has rested a moment

    def _shape_soon(self) -> None:
        if not self._shown or self.mind.still or self.app.size.height < 20 or self._at >= len(self._found):
            return
        self._wanted = (self._found[self._at].id, self._shape_width())
        if self._wanted not in self._shapes:
            self.set_timer(_REST_S, self._shape_now)

    def _shape_width(self) -> int:
        width = self.app.size.width
        return max(10, width - 2 * margin(width, WIDEST) - 4)

    async def _shape_now(self) -> None:
        wanted = self._wanted
        if wanted is None or wanted in self._shapes:
            return
        self._wanted = None
        # Reading the models takes a third of a second the first time: keys go on meanwhile.
        self._shapes[wanted] = await asyncio.to_thread(self.mind.host.shape, *wanted)
        if self.is_attached:
            self._foot()

    def _foot(self) -> None:
        """The shape of what is marked, where there is room, and the hints."""
        clear = _("clear") if self._query or self._writing else _("leave")
        hints = self.named(keys.hints("home", ("choose", "journey", "settings", "help", "clear"), clear=clear))
        tall = self.app.size.height >= 20
        foot = hint_row(hints, self.app.size.width, margin(self.app.size.width, WIDEST))
        above = [*self._shape_rows(), (), (), (), ()][:4] if tall else []
        self.query_one("#hints", Rows).show([*above, foot])

    def _shape_rows(self) -> list[Row]:
        rows: list[Row] = []
        if self._at < len(self._found):
            cells = self._shapes.get((self._found[self._at].id, self._shape_width()), ())
            rows = shape_rows(cells, margin(self.app.size.width, WIDEST) + 2)
        return rows

    # What a client does

    def _go(self, to: int) -> None:
        if not self._found:
            return
        self._at = min(max(0, to), len(self._found) - 1)
        self._marked()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, letters are letters."""
        if action in _LETTERS and (self._query or self._writing):
            return self.standing and not self._typed_keys(action)
        return super().check_action(action, parameters)

    def _is_text(self, key: str, character: str | None) -> bool:
        """Whether a key is text before it is anything else."""
        return (self._writing or bool(self._query)) and self._consumes(key, character)

    def _typed_keys(self, action: str) -> bool:
        return any(len(key) == 1 or key in _SIGNS for key in self.mind.keys_of("home", action))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as the client types."""
        self._query = event.value
        self._search()
        self._lay()

    def on_input_submitted(self) -> None:
        self.action_choose()

    def press(self, token: str) -> bool:
        if not token.startswith("card:"):
            return False
        wanted = token[5:]
        self._go(next(i for i, c in enumerate(self._found) if c.id == wanted))
        self.action_choose()
        return True

    def action_down(self) -> None:
        self._go(self._at + 1)

    def action_up(self) -> None:
        self._go(self._at - 1)

    def action_page_down(self) -> None:
        self._go(self._at + max(1, self.query_one(Page).size.height // (2 + self._gap())))

    def action_page_up(self) -> None:
        self._go(self._at - max(1, self.query_one(Page).size.height // (2 + self._gap())))

    def action_choose(self) -> None:
        if self._at < len(self._found):
            self.mind.open(self._found[self._at].id)

    def action_quick_1(self) -> None:
        self.mind.open(words.QUICK[0][0], begin=True)

    def action_quick_2(self) -> None:
        self.mind.open(words.QUICK[1][0], begin=True)

    def action_quick_3(self) -> None:
        self.mind.open(words.QUICK[2][0], begin=True)

    def action_quick_4(self) -> None:
        if fourth := self._fourth():
            self.mind.open(fourth[0])

    def _turn(self, name: str) -> None:
        self._filters = self._filters.turned(name)
        self._search()
        self._lay()

    def action_length(self) -> None:
        self._turn("length")

    def action_effort(self) -> None:
        self._turn("effort")

    def action_need(self) -> None:
        self._turn("need")

    def action_learn(self) -> None:
        from mindful.tui.screens.learning import Learning

        self.mind.push_screen(Learning())

    def action_programme(self) -> None:
        from mindful.tui.screens.help import Sheet

        lines = self.mind.host.plan_page()
        self.mind.push_screen(Sheet(words.PROGRAMME, text="\n".join(clean(line) for line in lines), wrapped=True))

    def action_journey(self) -> None:
        from mindful.tui.screens.journey import Journey

        self.mind.push_screen(Journey())

    def action_settings(self) -> None:
        from mindful.tui.screens.settings import Settings

        self.mind.push_screen(Settings())

    def action_keys(self) -> None:
        self.action_help()

    def _write(self, on: bool) -> None:
        field = self.query_one(Input)
        self._writing = on
        field.placeholder = words.SEARCH_ALL if on else words.SEARCH
        self._lay()

    def action_write(self) -> None:
        self._write(True)

    def action_clear(self) -> None:
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        elif not self._writing:
            self.mind.leave()
        self._write(False)

    def action_leave(self) -> None:
        self.mind.leave()
