"""After a session that was unpleasant: two small questions and gentle next steps. Called from the page after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.tui import keys, unpleasant
from mindful.tui.layout import margin
from mindful.tui.rows import Row, Span, wrap
from mindful.tui.screens.base import Room
from mindful.tui.unpleasant import Effects
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

_WIDEST = 72


class Unpleasant(Room):
    """Space takes what is marked, Enter keeps and closes, Esc closes."""

    BINDINGS = keys.bindings("unpleasant")
    DEFAULT_CSS = """
    Unpleasant { layout: vertical; }
    Unpleasant Rows, Unpleasant Page { width: 100%; }
    Unpleasant Page { margin: 1 0 0 0; }
    Unpleasant #hints { height: 2; }
    Unpleasant.-short Page { margin: 0; }
    Unpleasant.-short #hints { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said = Effects()
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        self.query_one(Page).fill()
        self.hint(keys.hints("unpleasant", ("tick", "keep", "away", "support")))

    def _stops(self) -> list[str]:
        return [
            *(f"strength:{key}" for key in unpleasant.STRENGTHS),
            *(f"lasting:{key}" for key in unpleasant.LASTS),
            *(f"step:{key}" for key in unpleasant.STEPS),
        ]

    def _rows(self, width: int) -> list[Row]:
        inner = max(1, min(width - 2 * margin(width), _WIDEST))
        rows: list[Row] = [*wrap(unpleasant.TITLE, inner, "strong"), *wrap(unpleasant.INTRO, inner), ()]
        rows += wrap(f"{unpleasant.NOW} {unpleasant.PLAN}", inner, "warm")
        rows += [(), *self._question(unpleasant.STRONG, "strength", unpleasant.STRENGTHS, inner)]
        rows += [(), *self._question(unpleasant.LASTING, "lasting", unpleasant.LASTS, inner)]
        if self._said.calls_for_someone:
            rows += [(), *wrap(unpleasant.SEEK, inner, "care")]
        rows += [(), *self._question(unpleasant.NEXT, "step", unpleasant.STEPS, inner)]
        left = max(0, (width - inner) // 2) if width >= _WIDEST + 20 else margin(width)
        return [(Span(" " * left), *r) if r and left else r for r in rows]

    def _question(self, text: str, kind: str, answers: Mapping[str, str], inner: int) -> list[Row]:
        rows = wrap(text, inner, "accent")
        taken = {f"strength:{self._said.strength}", f"lasting:{self._said.lasting}"}
        taken |= {f"step:{step}" for step in self._said.steps}
        for key, words in answers.items():
            token = f"{kind}:{key}"
            here = self._stops()[self._at] == token
            lead = f"{'› ' if here else '  '}[{'x' if token in taken else ' '}] "
            lines = wrap(words, inner, "picked" if here else "text", indent=" " * len(lead), first=lead)
            rows += [tuple(Span(s.text.ljust(inner), s.role, token) for s in r) for r in lines]
        return rows

    def _move(self, by: int) -> None:
        self._at = (self._at + by) % len(self._stops())
        self._lay()
        page = self.query_one(Page)
        page.reveal(0) if self._at == 0 else page.reveal_token(self._stops()[self._at])

    def action_next_field(self) -> None:
        self._move(1)

    def action_previous_field(self) -> None:
        self._move(-1)

    def action_tick(self) -> None:
        self._said = self._said.pressed(self._stops()[self._at])
        self._lay()

    def press(self, token: str) -> bool:
        if token not in self._stops():
            return False
        self._at = self._stops().index(token)
        self.action_tick()
        return True

    def action_keep(self) -> None:
        if not self._said.empty:
            self.mind.host.add_effects(self._said.as_record())
        self.mind.pop_screen()

    def action_away(self) -> None:
        self.mind.pop_screen()

    def action_page_down(self) -> None:
        self.query_one(Page).page(1)

    def action_page_up(self) -> None:
        self.query_one(Page).page(-1)

    def action_leave(self) -> None:
        self.mind.leave()
