"""A page to read at one's own pace, with questions on it that may be left alone."""

from __future__ import annotations

from mindful.timeline.model import LearnPrompt
from mindful.tongue import _
from mindful.tui.forms.base import Form, label
from mindful.tui.markdown import render
from mindful.tui.rows import Row, Span, pad, wrap, wrap_text


class LearnForm(Form):
    """Enter goes on; digits answer the next open question; the page scrolls."""

    prompt: LearnPrompt
    scrolls = True

    def __init__(self, prompt: LearnPrompt) -> None:
        super().__init__(prompt)
        self.chosen: list[int | None] = [None] * len(prompt.quiz)
        self._last: int | None = None

    @property
    def value(self) -> list[int] | None:
        chosen = [c for c in self.chosen if c is not None]
        return chosen if chosen and len(chosen) == len(self.chosen) else None

    @property
    def cursor(self) -> str:
        return "" if self._last is None else f"why:{self._last}"

    def ready(self) -> bool:
        return True

    def may_stay_open(self) -> bool:
        return True

    def offer(self, draft: object) -> None:
        """Answers of another time are no help: a quiz is begun anew."""

    def _choose(self, item: int, option: int) -> None:
        self.chosen[item] = option
        self._last = item

    def key(self, key: str, character: str | None) -> bool:
        if character is None or character not in "123456789" or not character:
            return False
        item = next((i for i, c in enumerate(self.chosen) if c is None), None)
        if item is None or int(character) > len(self.prompt.quiz[item].options):
            return False
        self._choose(item, int(character) - 1)
        return True

    def press(self, token: str) -> bool:
        if not token.startswith("quiz:"):
            return False
        item, option = token[5:].split(":")
        self._choose(int(item), int(option))
        return True

    def question(self, width: int) -> list[Row]:
        return wrap(self.prompt.title, width, "title") if self.prompt.title else []

    def buttons(self) -> Row:
        return (Span(_(" Go on "), "button", "answer"),)

    def body(self, width: int) -> list[Row]:
        rows = render(self.prompt.text, width)
        if self.prompt.source:
            rows += [(), *wrap(_("From: {source}").format(source=label(self.prompt.source)), width, "dim")]
        for i in range(len(self.prompt.quiz)):
            rows += [(), *self._item(i, width)]
        return rows

    def _item(self, i: int, width: int) -> list[Row]:
        item, chosen = self.prompt.quiz[i], self.chosen[i]
        rows = wrap(item.ask, width, "strong")
        for n, text in enumerate(item.options):
            here = chosen == n
            role = "picked" if here else "field"
            lead = ("› " if here else "  ") + f"{n + 1} "
            for k, line in enumerate(wrap_text(label(text), width - len(lead) - 1)):
                span = Span((lead if not k else " " * len(lead)) + line, role)
                rows.append(tuple(Span(s.text, role, f"quiz:{i}:{n}") for s in pad((span,), width)))
        if chosen is not None:
            right = chosen == item.right
            said = _("Yes.") if right else _("It is rather: {label}.").format(label=label(item.options[item.right]))
            told = wrap(f"{said} {label(item.why)}".strip(), width, "accent" if right else "warm")
            # its last row is what must stay in sight
            rows += [*told[:-1], tuple(Span(s.text, s.role, f"why:{i}") for s in told[-1])]
        return rows
