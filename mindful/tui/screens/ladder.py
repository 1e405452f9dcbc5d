"""A ladder on the screen: items added, moved, given other words and another SUDS, and an exposure begun with one.

The text of the file is changed as `mindful ladder` changes it, so that its comments stay. Every change is written down
at once; what cannot be is said, and the file stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mindful.script import ladder_text
from mindful.script.ladder import Ladder, loads
from mindful.script.ladder_text import ChangeError
from mindful.tongue import _
from mindful.tui import exposures, keys
from mindful.tui.layout import LIST, middle, moved
from mindful.tui.rows import Row, Span, clean, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_LONGEST = 200
EMPTY = _("Nothing is on it yet. a puts something on it: from easier to harder, best together with your therapist.")
FIXED = _("This ladder comes with the program and stays as it is. c makes a copy of your own.")
ABOUT = _("What is feared, from easier to harder.")
STEP = 5

Writing = Literal["", "add", "words"]


class LadderScreen(Room):
    """Up and down mark; left and right change the SUDS; K and J move; a adds; Enter gives other words; p begins."""

    SCOPE = "ladder"
    BINDINGS = keys.bindings("ladder")
    DEFAULT_CSS = """
    LadderScreen { layout: vertical; }
    LadderScreen Rows, LadderScreen Page { width: 100%; }
    LadderScreen Page { margin: 1 0 0 0; }
    LadderScreen #hints { height: 2; }
    LadderScreen.-short Page { margin: 0; }
    LadderScreen.-short #hints { height: 1; }
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._file = name
        self._text, self._own = "", False
        self._at = 0
        self._writing: Writing = ""
        self._typed = self._said = ""

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._text, self._own, self._said = self.mind.host.ladder(self._file)
        if len(self.mind.screen_stack) == 1:
            self.mind.arrived()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    @property
    def ladder(self) -> Ladder:
        """The ladder as it stands; empty where it cannot be read."""
        return loads(self._text).ladder or Ladder()

    def _words(self, n: int) -> str:
        return self.ladder.items[n].item.say({}, self.mind.host.language, "en")

    # What it shows

    def _lay(self) -> None:
        self.query_one(Page).fill()
        self.query_one(Page).reveal_token("write" if self._writing else f"item:{self._at}")
        if self._writing:
            self.hint(keys.hints("ladder", ("choose", "away"), choose=_("keep")))
        elif not self._own:
            self.hint(keys.hints("ladder", ("begin", "copy", "away", "help")))
        else:
            self.hint(keys.hints("ladder", ("add", "more", "later", "choose", "begin", "away", "help")))

    def left(self, width: int) -> int:
        return middle(width - 1, LIST)[0]

    def _rows(self, width: int) -> list[Row]:
        left, inner = middle(width, LIST)
        ladder = self.ladder
        title = ladder.title.say({}, self.mind.host.language, "en")
        out = [*wrap(clean(title), inner, "strong"), ()]
        if not ladder.items and not self._said:
            out += wrap(EMPTY, inner, "dim")
        for n, each in enumerate(ladder.items):
            token = f"item:{n}"
            if self._writing == "words" and n == self._at:
                out += self._field(inner)
                continue
            here = n == self._at and not self._writing
            out += exposures.item(n + 1, each.suds, self._words(n), inner, here=here, token=token)
        if self._writing == "add":
            out += self._field(inner)
        if not self._own and ladder.items:
            out += [(), *wrap(FIXED, inner, "dim")]
        if self._said:
            out += [(), *wrap(clean(self._said), inner, "warm")]
        return moved(out, left)

    def _field(self, inner: int) -> list[Row]:
        return [
            tuple(Span(s.text.ljust(inner), "field", "write") for s in row)
            for row in wrap(f"› {self._typed}_", inner, "field")
        ]

    # What a client does

    def _change(self, text: str, at: int | None = None) -> None:
        """Keep a text; where that cannot be, say so and show what is kept."""
        self._said = self.mind.host.keep_ladder(self._file, text)
        if not self._said:
            self._text = text
        if at is not None:
            self._at = max(0, min(at, len(self.ladder.items) - 1))
        self._lay()

    def _try(self, how: object) -> None:
        assert callable(how)
        if not self._own:
            self._said = FIXED
            self._lay()
            return
        try:
            text, at = how()
        except ChangeError as error:
            self._said = str(error)
            self._lay()
            return
        self._change(text, at)

    def action_down(self) -> None:
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        count = len(self.ladder.items)
        self._at = max(0, min(count - 1, self._at + by)) if count else 0
        self._said = ""
        self._lay()

    def action_more(self) -> None:
        self._suds(STEP)

    def action_less(self) -> None:
        self._suds(-STEP)

    def _suds(self, by: int) -> None:
        if not self.ladder.items:
            return
        now = self.ladder.items[self._at].suds
        wanted = max(0, min(100, now + by))
        if wanted != now:
            self._try(lambda: (ladder_text.changed(self._text, self._at, suds=wanted), self._at))

    def action_later(self) -> None:
        self._shift(1)

    def action_earlier(self) -> None:
        self._shift(-1)

    def _shift(self, by: int) -> None:
        to = self._at + by
        if 0 <= to < len(self.ladder.items):
            self._try(lambda: (ladder_text.moved(self._text, self._at, to), to))

    def action_add(self) -> None:
        if not self._own:
            self._said = FIXED
        else:
            self._writing, self._typed, self._said = "add", "", ""
        self._lay()

    def action_remove(self) -> None:
        if self.ladder.items:
            self._try(lambda: (ladder_text.removed(self._text, self._at), self._at))

    def action_copy(self) -> None:
        """A copy of one's own, where this one cannot be changed."""
        if self._own:
            return
        self._file, self._said = self.mind.host.copy_ladder(self._file)
        if not self._said:
            self._text, self._own, self._said = self.mind.host.ladder(self._file)
        self._lay()

    def action_choose(self) -> None:
        if self._writing:
            self._written()
        elif self.ladder.items and self._own:
            self._writing, self._typed, self._said = "words", self._words(self._at), ""
            self._lay()

    def _written(self) -> None:
        writing, typed = self._writing, self._typed.strip()
        self._writing = ""
        if not typed:
            self._lay()
        elif writing == "words":
            self._try(lambda: (ladder_text.changed(self._text, self._at, words=typed), self._at))
        else:
            # Beside the one that is marked, and as hard: its SUDS is set with the arrows.
            items = self.ladder.items
            suds = items[self._at].suds if items else 50
            before = self._at + 1 if items else 0
            self._try(lambda: (ladder_text.added(self._text, typed, suds, before=before), before))

    def action_begin(self) -> None:
        """An exposure with the item that is marked."""
        if self.ladder.items:
            self.mind.open(self.mind.host.exposure_of(self._file, self.ladder.items[self._at].key))

    def on_key(self, event: events.Key) -> None:
        """While words are written, keys mean nothing else."""
        if not self._writing or event.key in ("ctrl+c", "ctrl+q", "f7"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self._written()
        elif event.key == "escape":
            self._writing = ""
            self._lay()
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._lay()
        elif event.is_printable and event.character and len(self._typed) < _LONGEST:
            self._typed += event.character
            self._lay()

    def on_paste(self, event: events.Paste) -> None:
        if self._writing:
            self._typed = (self._typed + clean(event.text).replace("\n", " "))[:_LONGEST]
            self._lay()

    def press(self, token: str) -> bool:
        kind, _colon, number = token.partition(":")
        if kind != "item":
            return token == "write"
        self._at = int(number)
        self._lay()
        return True

    def action_away(self) -> None:
        self.mind.away()

    def action_leave(self) -> None:
        self.mind.leave()

    def action_page_down(self) -> None:
        self._move(5)

    def action_page_up(self) -> None:
        self._move(-5)


class Ladders(Room):
    """The client's ladders, and those that come with the program; Enter opens one."""

    SCOPE = "ladders"
    BINDINGS = keys.bindings("ladders")
    DEFAULT_CSS = """
    Ladders { layout: vertical; }
    Ladders Rows, Ladders Page { width: 100%; }
    Ladders Page { margin: 1 0 0 0; }
    Ladders #hints { height: 2; }
    Ladders.-short Page { margin: 0; }
    Ladders.-short #hints { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[str, str, bool]] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._found = list(self.mind.host.ladders())

    def on_screen_resume(self) -> None:
        self._found = list(self.mind.host.ladders())
        self.call_after_refresh(self._lay)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        self.query_one(Page).fill()
        self.query_one(Page).reveal_token(f"row:{self._at}")
        self.hint(keys.hints("ladders", ("choose", "add", "away", "help")))

    def left(self, width: int) -> int:
        return middle(width - 1, LIST)[0]

    def _rows(self, width: int) -> list[Row]:
        left, inner = middle(width, LIST)
        out = [
            *wrap(_("Ladders"), inner, "strong"),
            *wrap(_("What is feared, from easier to harder."), inner, "dim"),
            (),
        ]
        for n, (_name, title, own) in enumerate(self._found):
            whose = _("yours") if own else _("comes with mindful")
            role = "picked" if n == self._at else "text"
            lead = "› " if n == self._at else "  "
            lines = wrap(f"{clean(title)} ({whose})", inner, role, indent="    ", first=lead)
            out += [tuple(Span(s.text.ljust(inner), s.role, f"row:{n}") for s in row) for row in lines]
        return moved(out, left)

    def _move(self, by: int) -> None:
        self._at = max(0, min(len(self._found) - 1, self._at + by))
        self._lay()

    def action_down(self) -> None:
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def action_choose(self) -> None:
        if self._found:
            self.mind.push_screen(LadderScreen(self._found[self._at][0]))

    def action_add(self) -> None:
        """A new one of one's own."""
        name, said = self.mind.host.new_ladder()
        if not said:
            self.mind.push_screen(LadderScreen(name))

    def press(self, token: str) -> bool:
        kind, _colon, number = token.partition(":")
        if kind != "row":
            return False
        self._at = int(number)
        self.action_choose()
        return True

    def action_away(self) -> None:
        self.mind.away()

    def action_leave(self) -> None:
        self.mind.leave()
