"""The pages of the gate: why a session is kept back and what is there instead; and what an intense one is, each time.

Calm on purpose: nothing flashes, nothing blames, and the way back is always marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mindful.script import safety_words
from mindful.tongue import _
from mindful.tui import gating, keys, words
from mindful.tui.layout import middle, moved
from mindful.tui.rows import Row, Span, clean, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.coarse import with_edges
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.script.model import Script
    from mindful.script.safety import Verdict


class Choices(Room):
    """A page to read with a few things to choose below: arrows mark, Enter chooses, Esc goes back."""

    SCOPE = "gate"
    BINDINGS = keys.bindings("gate")
    DEFAULT_CSS = """
    Choices { layout: vertical; }
    Choices Rows, Choices Page { width: 100%; }
    Choices Page { margin: 1 0 0 0; }
    Choices #hints { height: 2; dock: bottom; }
    Choices.-short Page { margin: 0; }
    Choices.-short #hints { height: 1; }
    """

    def __init__(self, script: Script, values: Mapping[str, Any]) -> None:
        super().__init__()
        self.script, self.values = script, dict(values)
        self._at = 0
        self.judged: Verdict | None = None

    def choices(self) -> list[tuple[str, str]]:
        """(token, words) of what can be chosen."""
        raise NotImplementedError

    def text(self, inner: int) -> list[Row]:
        """What is read first."""
        raise NotImplementedError

    def choose(self, token: str) -> None:
        """Do it."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="choices")
        yield Rows(self.looks, name="hints")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self.lay)

    def lay(self) -> None:
        """Everything anew, for the size and the state of now."""
        page, below = self.query_one(Page), self.query_one("#choices", Rows)
        page.fill()
        # What can be chosen is always in sight, however little room there is for the words.
        width, height = self.app.size
        rows = self._choice_rows(width - 1)
        air = 1 if height >= 20 else 0
        below.styles.height = len(rows) + air
        below.show([*rows, *[()] * air])
        room = height - len(rows) - air - (3 if height >= 20 else 1)
        page.styles.height = max(1, min(len(page.rows) + air, room))
        self.hint(keys.hints("gate", ("choose", "next_field", "away", "help", "page_down")))

    def left(self, width: int) -> int:
        return middle(width - 1)[0]

    def _rows(self, width: int) -> list[Row]:
        return self._placed(self.text(self._inner(width)), width)

    def _choice_rows(self, width: int) -> list[Row]:
        inner = self._inner(width)
        out: list[Row] = []
        for i, (token, text) in enumerate(self.choices()):
            here = i == self._at
            lines = wrap(text, inner, "picked" if here else "field", indent="  ", first="› " if here else "  ")
            out += [tuple(Span(s.text.ljust(inner), s.role, token) for s in r) for r in lines]
        return with_edges(self, self._placed(out, width))

    @staticmethod
    def _inner(width: int) -> int:
        return middle(width)[1]

    def _placed(self, out: list[Row], width: int) -> list[Row]:
        return moved(out, middle(width)[0])

    def _move(self, by: int) -> None:
        self._at = (self._at + by) % len(self.choices())
        self.lay()

    def action_next_field(self) -> None:
        self._move(1)

    def action_previous_field(self) -> None:
        self._move(-1)

    def action_choose(self) -> None:
        self.choose(self.choices()[self._at][0])

    def press(self, token: str) -> bool:
        known = [each for each, _ in self.choices()]
        if token not in known:
            return False
        self._at = known.index(token)
        self.choose(token)
        return True

    def action_checklist(self) -> None:
        from mindful.tui.screens.checklist import Checklist

        self.mind.push_screen(Checklist())

    def action_page_down(self) -> None:
        self.query_one(Page).page(1)

    def action_page_up(self) -> None:
        self.query_one(Page).page(-1)

    def action_away(self) -> None:
        self.mind.away()

    def action_leave(self) -> None:
        self.mind.leave()

    def on_screen_resume(self) -> None:
        """The checklist may have been changed: then the session may begin after all, or for another reason not."""
        found = self.mind.host.verdict(self.script, self.values)
        if self.judged is not None and found != self.judged:
            gating.enter(self.mind, self.script, self.values)
        self.judged = found

    def name_of(self, script: Script, values: Mapping[str, Any]) -> str:
        """A session's title."""
        return clean(script.title.say({**script.defaults(), **values}, self.mind.host.language, script.language))


class Refusal(Choices):
    """One session that does not begin for this client."""

    def __init__(self, script: Script, values: Mapping[str, Any], found: Verdict) -> None:
        super().__init__(script, values)
        self._found = found
        self._variant: Script | None = None

    def on_mount(self) -> None:
        self._variant, _ = self.mind.host.load(self._found.variant) if self._found.variant else (None, "")

    def text(self, inner: int) -> list[Row]:
        off = self._found.only_off
        title = _("Intense practice is switched off") if off else _("Not this one, for now")
        rows = [*wrap(self.name_of(self.script, self.values), inner, "dim"), *wrap(title, inner, "strong"), ()]
        for sentence in safety_words.reasons(self._found):
            rows += wrap(sentence, inner)
        if not off:
            rows += wrap(safety_words.KIND, inner, "dim")
        if (variant := self._variant) is not None:
            estimate = self.mind.host.estimate(variant, {})
            long = words.between(estimate.total_ms, estimate.min_ms, estimate.max_ms)
            rows += [(), *wrap(_("What is there instead"), inner, "accent")]
            rows += wrap(f"{self.name_of(variant, {})}, {long}, {words.TIERS[estimate.tier][1]}.", inner)
            if variant.summary is not None:
                rows += wrap(clean(variant.summary.say(variant.defaults(), self.mind.host.language)), inner, "dim")
        return rows

    def choices(self) -> list[tuple[str, str]]:
        out = []
        if self._variant is not None:
            out.append(("variant", _("Begin with: {variant}").format(variant=self.name_of(self._variant, {}))))
        return [*out, ("back", _("Back")), ("checklist", _("Look at my checklist"))]

    def choose(self, token: str) -> None:
        if token == "variant" and self._variant is not None:
            self.mind.gate.variant = self._variant
            gating.enter(self.mind, self._variant, {}, begin=True)
        elif token == "checklist":
            self.action_checklist()
        else:
            self.action_away()


class Acknowledge(Choices):
    """What an intense session is, and the question whether it is right today. Going back is marked first."""

    def __init__(
        self, script: Script, values: Mapping[str, Any], fit_ms: int | None = None, *, begin: bool = False
    ) -> None:
        super().__init__(script, values)
        self._fit_ms, self._begin = fit_ms, begin

    def text(self, inner: int) -> list[Row]:
        rows = [*wrap(self.name_of(self.script, self.values), inner, "dim")]
        rows += [*wrap(_("This one is intense"), inner, "strong"), (), *wrap(words.INTENSE, inner), ()]
        rows += wrap(_("Please leave it, if any of this is so:"), inner, "care")
        for caution in self.script.cautions:
            rows += wrap(words.CAUTIONS[caution], inner, indent="  ", first="- ")
        return rows

    def choices(self) -> list[tuple[str, str]]:
        return [("back", _("Back, and that is fine")), ("yes", words.ACKNOWLEDGE)]

    def choose(self, token: str) -> None:
        if token == "yes":
            self.mind.gate.acknowledged = self.script
            gating.enter(self.mind, self.script, self.values, self._fit_ms, begin=self._begin)
        else:
            self.action_away()
