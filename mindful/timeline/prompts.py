"""What an open step wants of the client: a rating, words, a choice, a key, a sheet.

Read by way of `mindful.timeline.model`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mindful.script.kinds.ask import TAPPED, AnswerKind
from mindful.timeline.sheet import SheetField, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What an open step wants of the client. `id` is where the answer goes; None for a mere key."""

    id: str | None = None
    text: str = ""
    private: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePrompt(Prompt):
    """Answer: int or float between `low` and `high`, or None."""

    low: float = 0
    high: float = 100
    increment: float = 1
    """The step of an arrow key."""
    low_label: str = ""
    high_label: str = ""
    scale: str = "own"
    better: str = ""
    """`low` or `high`: the end to wish for, where the script says it of a scale of its own."""
    anchors: tuple[tuple[float, str], ...] = ()
    """What some of its numbers mean, in order."""

    def anchor(self, value: float) -> str:
        """What the nearest number with a meaning means; empty where none has one."""
        return min(self.anchors, key=lambda a: abs(a[0] - value))[1] if self.anchors else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPrompt(Prompt):
    """Answer by `answer`: text str; choice str; choices list[str]; number float; yes-no bool; time "HH:MM"; or None.

    breaths float, breaths a minute; breath-count int, rounds of a hundred: both from keys tapped for `for_ms`.
    """

    answer: AnswerKind = "text"
    options: tuple[str, ...] = ()
    for_ms: int = 0

    @property
    def tapped(self) -> bool:
        """Whether it is answered by tapping a key with each breath."""
        return self.answer in TAPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePrompt(Prompt):
    """Answer: one of `options`."""

    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPrompt(Prompt):
    """Goes on at a key: wait, open sit, breathe until key. `count` shows a stopwatch."""

    count: bool = False
    at_most_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPrompt(KeyPrompt):
    """Goes on when `things` were found, or at a key before that: grounding through one of the senses."""

    sense: str
    things: int
    alone_ms: int = 20_000
    """How long it stands where nobody can press a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which exposure it is."""

    ladder: str
    """The ladder's title."""
    key: str
    """The item's id, else its words."""
    words: str
    suds: int
    """As the ladder has it."""
    mode: str
    agreed: str
    """Who unlocked it: `pack`, `earlier`, `preview`, or `confirmed` now."""
    of_ms: int
    """How long it goes on at most, ratings not counted."""
    combined: tuple[tuple[str, str, int], ...] = ()
    """(key, words, SUDS) of both items, where two are met together; `key`, `words` and `suds` are then those of the
    two as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposePrompt(KeyPrompt):
    """A stretch of an exposure: the next rating comes by itself, or at a key; another key ends the exposure."""

    about: About
    number: int
    """Counts from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizItem:
    ask: str
    options: tuple[str, ...]
    right: int
    """Index into `options`."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnPrompt(Prompt):
    """A page to read; `text` is the small Markdown. Answer: list of chosen indices, one for each quiz item, or None."""

    title: str = ""
    source: str = ""
    quiz: tuple[QuizItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPrompt(Prompt):
    """Several questions on one sheet, gone through back and forth. Answer: dict of name to value (None: left open).

    None where nothing at all was filled in. Fields that are not asked (`SheetField.when`) are not in the answer.
    """

    title: str = ""
    """`text` stands beneath it, on the first field."""
    fields: tuple[SheetField, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    """What the record says of the sheet beside its answers, such as which questionnaire it is; plain data."""
    review: bool = True
    """Whether all of it is looked over at the end; a sheet of two questions need not be."""
    works: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    """What can be worked out of an answer, for the record: scores, the figures of a night. Pure."""

    def data(self, answer: Any) -> dict[str, Any]:
        """What the record says of the sheet, and of an answer to it."""
        found = self.works(answer) if self.works is not None and isinstance(answer, Mapping) else {}
        ends = {
            each.name: {"from": each.low or 0, "to": 100 if each.high is None else each.high, **_ends(each)}
            for each in self.fields
            if each.answer == "scale"
        }
        return {**self.about, **({"scales": ends} if ends else {}), **found}

    def known(self, key: str) -> list[str]:
        """All names that `names` may give."""
        return [*(f"{key}_{each.name}" for each in self.fields), *self.names(key, {})]

    def names(self, key: str, answer: Any) -> dict[str, Any]:
        """What conditions and texts may call its parts: `key_field`, and `key_score` of a questionnaire."""
        if not isinstance(answer, Mapping):
            return {}
        parts = {f"{key}_{name}": value for name, value in answer.items()}
        scores = self.data(answer).get("scores", {})
        found = {f"{key}_{scale}": one["score"] for scale, one in scores.items()}
        first = next(iter(scores.values()), None)
        return {**parts, **found, **({} if first is None else {f"{key}_score": first["score"]})}

    def shown(self, values: Mapping[str, Any]) -> tuple[SheetField, ...]:
        """The fields that are asked, given what was filled in."""
        return shown(self.fields, values)

    def named(self, name: str) -> SheetField:
        """The field of this name. Raises KeyError where there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)


def _ends(field: SheetField) -> dict[str, str]:
    """What the ends of a scale mean, where that is said."""
    return {name: said for name, said in (("low", field.low_word), ("high", field.high_word)) if said}


def question(asked: SheetField) -> RatePrompt | AskPrompt:
    """One field of a sheet as a question of its own: forms, lines and made-up clients answer it as they do any."""
    if asked.answer == "scale":
        low = 0.0 if asked.low is None else asked.low
        high = 100.0 if asked.high is None else asked.high
        increment = asked.increment or (1.0 if high - low <= 20 else 5.0)
        return RatePrompt(
            id=asked.name,
            text=asked.ask,
            private=asked.private,
            required=asked.required,
            low=low,
            high=high,
            increment=increment,
            low_label=asked.low_word,
            high_label=asked.high_word,
            scale="suds" if (low, high) == (0, 100) else "own",
        )
    return AskPrompt(
        id=asked.name,
        text=asked.ask,
        private=asked.private,
        required=asked.required,
        answer=asked.answer,
        options=asked.options,
    )


AnyPrompt = RatePrompt | AskPrompt | ChoosePrompt | KeyPrompt | LearnPrompt | SheetPrompt
