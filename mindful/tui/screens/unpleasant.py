"""After a session that was unpleasant: two small questions and gentle next steps. Called from the page after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.tui import keys, unpleasant
from mindful.tui.rows import Row, wrap
from mindful.tui.screens.paged import Marked
from mindful.tui.unpleasant import Effects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Unpleasant(Marked):
    """Space takes what is marked, Enter keeps and closes, Esc closes."""

    BINDINGS = keys.bindings("unpleasant")

    def __init__(self) -> None:
        super().__init__()
        self._said = Effects()

    def hints(self) -> Sequence[tuple[str, str, str]]:
        return keys.hints("unpleasant", ("tick", "keep", "away", "support"))

    def stops(self) -> Sequence[str]:
        return [
            *(f"strength:{key}" for key in unpleasant.STRENGTHS),
            *(f"lasting:{key}" for key in unpleasant.LASTS),
            *(f"step:{key}" for key in unpleasant.STEPS),
        ]

    def content(self, inner: int) -> list[Row]:
        rows: list[Row] = [*wrap(unpleasant.TITLE, inner, "strong"), *wrap(unpleasant.INTRO, inner), ()]
        rows += wrap(f"{unpleasant.NOW} {unpleasant.PLAN}", inner, "warm")
        rows += [(), *self._question(unpleasant.STRONG, "strength", unpleasant.STRENGTHS, inner)]
        rows += [(), *self._question(unpleasant.LASTING, "lasting", unpleasant.LASTS, inner)]
        if self._said.calls_for_someone:
            rows += [(), *wrap(unpleasant.SEEK, inner, "care")]
        rows += [(), *self._question(unpleasant.NEXT, "step", unpleasant.STEPS, inner)]
        return rows

    def _question(self, text: str, kind: str, answers: Mapping[str, str], inner: int) -> list[Row]:
        rows = wrap(text, inner, "accent")
        taken = {f"strength:{self._said.strength}", f"lasting:{self._said.lasting}"}
        taken |= {f"step:{step}" for step in self._said.steps}
        for key, words in answers.items():
            token = f"{kind}:{key}"
            rows += self.line(token, words, inner, lead=f"[{'x' if token in taken else ' '}] ")
        return rows

    def action_tick(self) -> None:
        self._said = self._said.pressed(self.marked)
        self.lay()

    def action_keep(self) -> None:
        if not self._said.empty:
            self.mind.host.add_effects(self._said.as_record())
        self.mind.pop_screen()
