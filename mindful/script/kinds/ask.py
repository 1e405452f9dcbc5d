"""Steps that the client answers or reads: rate, ask, wait, learn."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, StrictBool, Tag, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.kinds.base import Kind, Real, Strict
from mindful.script.values import NAME, Duration, Text

ScaleName = Literal["suds", "mood", "stress", "pain", "urge", "calm", "energy", "affect"]


AnswerKind = Literal["text", "choice", "choices", "number", "yes-no", "time", "breaths", "breath-count"]
TAPPED: tuple[AnswerKind, ...] = ("breaths", "breath-count")
"""Answers that are tapped, breath by breath."""


class OwnScale(Strict):
    """A scale of the author's own."""

    min: Real = 0
    max: Real = 10
    low: Text | None = None
    high: Text | None = None
    better: Literal["low", "high"] | None = None
    """Which end is the one to wish for; `mindful simulate` answers by it."""

    @model_validator(mode="after")
    def _ordered(self) -> OwnScale:
        if not self.min < self.max:
            raise PydanticCustomError("scale_order", "min must be below max")
        return self


def _named_or_own(value: Any) -> str:
    return "own" if isinstance(value, dict | OwnScale) else "name"


class Rate(Kind):
    """A number from the client."""

    id: str = Field(pattern=f"^{NAME}$")
    """The answer's name in texts and conditions."""
    ask: Text
    """The question."""
    scale: Annotated[
        Annotated[ScaleName, Tag("name")] | Annotated[OwnScale, Tag("own")],
        Discriminator(_named_or_own),
    ] = "suds"
    """A named scale, or a map of your own: `{min, max, low, high, better}`. `affect` asks two: how pleasant, and how
    much energy; texts and conditions know them as `id_pleasant` and `id_energy`."""
    required: StrictBool = False
    """Whether the session waits for an answer; else the question may be left open."""
    private: StrictBool = False
    """Never in a summary unless the client chooses it."""


class Ask(Kind):
    """A question."""

    id: str = Field(pattern=f"^{NAME}$")
    """The answer's name in texts and conditions."""
    text: Text
    """The question."""
    answer: AnswerKind = "text"
    """`breaths`: a key is tapped with each breath, and the answer is breaths a minute. `breath-count`: breaths are
    counted to nine with keys, and the answer is how many rounds of a hundred came out. Both end after `for`."""
    options: tuple[Text, ...] = ()
    """The answers to choose from; for choice and choices."""
    for_: Duration | None = Field(None, alias="for")
    """How long is tapped; for breaths (1 min) and breath-count (5 min)."""
    required: StrictBool = False
    """Whether the session waits for an answer; else the question may be left open."""
    private: StrictBool = False
    """Never in a summary unless the client chooses it."""

    @model_validator(mode="after")
    def _options(self) -> Ask:
        chooses = self.answer in ("choice", "choices")
        if chooses and len(self.options) < 2:
            raise PydanticCustomError("ask_options", "a choice needs at least two options")
        if self.options and not chooses:
            raise PydanticCustomError("ask_options", "options belong to answer: choice or choices")
        if self.for_ is not None and self.answer not in TAPPED:
            raise PydanticCustomError("ask_for", "for belongs to answer: breaths or breath-count")
        return self


class Wait(Kind):
    """Goes on when the client presses a key."""

    short: ClassVar[str | None] = "text"
    texts: ClassVar[bool] = True

    text: Text
    at_most: Duration | None = None
    """Goes on by itself after this time."""
    count: StrictBool = False
    """Shows a stopwatch, for holds that the client ends."""


class Quiz(Strict):
    """One question on what was read, with an explanation."""

    ask: Text
    options: tuple[Text, ...] = Field(min_length=2)
    answer: int | Text
    """The right option: its number from 1, or its words."""
    why: Text | None = None
    """Why it is so; told whichever option was chosen."""


class Learn(Kind):
    """Something to read, at the reader's pace; a small Markdown."""

    short: ClassVar[str | None] = "text"
    texts: ClassVar[bool] = True

    title: Text | None = None
    text: Text
    """Headings, lists, emphasis, links as text, and pictures in plain characters between lines of `~~~`."""
    audio: str | None = None
    """A recording of the text, beside the script; it begins with the page, and ends when the reader goes on."""
    aloud: StrictBool = False
    """Whether the voice reads the page; the client can also ask for it. The reader goes on at any time."""
    source: str | None = None
    """Where it is from; shown below the text."""
    quiz: tuple[Quiz, ...] = ()
    """Questions that may be left alone."""
