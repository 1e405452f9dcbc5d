"""What will happen, when: segments of cues and spans in integer milliseconds, and prompts where the client decides.

Everything between two open steps is one segment of fixed length. A segment's times count from its own start; a
`Timeline` places segments one after another on the session's own line, which stands still during a pause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from mindful.script.kinds.ask import TAPPED, AnswerKind
from mindful.timeline.sheet import SheetField, shown
from mindful.timeline.speech import Line

if TYPE_CHECKING:
    from mindful.timeline.stretch import Elastic

REPEATED = "(repeated)"
"""The step of a line that the client asked to hear again: it belongs to no step of the script."""
PhaseName = Literal["inhale", "top_up", "hold", "exhale", "rest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Something at an instant, `at_ms` from the segment's start."""

    at_ms: int
    step: str
    """Path of the step in the script, `steps[3].breathe`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BellCue(Cue):
    """One stroke."""

    sound: str
    stroke: int = 1
    strokes: int = 1
    level_db: float = 0.0
    sign: bool = False
    """It marks a moment that words mark too, such as the start of tension: heard, but not told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseCue(Cue):
    """A respiratory phase begins."""

    phase: PhaseName
    length_ms: int
    cycle: int
    """Counts from 1."""
    cycles: int | None = None
    """None where it goes on until a key."""
    through: str | None = None
    fill_from: float = 0.0
    """How full the lungs are at the start, 0 empty to 1 full."""
    fill_to: float = 0.0
    tones: bool = True
    """Whether the phase sounds."""
    level_db: float = 0.0
    """Louder or softer than the breath tone is elsewhere, in decibels."""
    speak: bool = False
    visual: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayCue(Cue):
    """A spoken line begins."""

    text: str
    length_ms: int
    estimated: bool = True
    """Whether the length is a guess from the number of words."""
    voice: str = "guide"
    wpm: int = 110
    audio: str | None = None
    language: str = "en"
    manner: Literal["guide", "cue"] = "guide"
    """`cue`: a word in time with the breath, which has no caption: the phase itself is shown."""

    @property
    def line(self) -> Line:
        """What is said."""
        return Line(self.text, self.voice, self.wpm, self.audio, self.language, self.manner)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionCue(Cue):
    """Words are shown; they stay until the next caption or `length_ms`."""

    text: str
    length_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundCue(Cue):
    """The background changes; it lasts until the next `SoundCue` of the session."""

    layer: str
    level_db: float = 0.0
    fade_ms: int = 5000
    hz: float | None = None
    beat: float | None = None
    beside: str | None = None
    """A layer that this one goes over to, and back, as a sensor's feedback says (`Levels.crossing`); None: it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchCue(Cue):
    """A stretch of a step that is guided by a sensor begins. Nothing is heard or shown of it by itself."""

    stretch: Literal["baseline", "training", "rest", "after"]
    per_min: float | None = None
    """The pace that is breathed from here on; None where none is."""
    protocol: str = ""
    """What is fed back: `lock`, `coherence`, `assess`, a preset for the brain, or a protocol of one's own as JSON."""
    reward: float | None = None
    """Share of clean moments that is to be rewarded, in percent; None for the protocol's own."""


AnyCue = BellCue | PhaseCue | SayCue | CaptionCue | SoundCue | StretchCue


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something that lasts."""

    start_ms: int
    length_ms: int | None
    """None: until the segment ends."""
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several things that a step goes through: a region, a group of muscles, a pose, a sense."""

    start_ms: int
    """From the segment's start, as are the times of `held`."""
    length_ms: int
    name: str
    """What it is called, as part of a sentence: `the left foot`."""
    held: tuple[tuple[int, int], ...] = ()
    """(from, to) in ms: where muscles are tensed, or a pose is held."""

    def moved(self, ms: int) -> Part:
        """The same, this much later."""
        return replace(self, start_ms=self.start_ms + ms, held=tuple((a + ms, b + ms) for a, b in self.held))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSpan(Span):
    """One step of the script."""

    kind: str
    label: str
    named: bool = False
    """Whether the label is the author's own."""
    optional: bool = False
    id: str | None = None
    when: str | None = None
    """The condition under which it is reached; only in an outline, where answers are not known."""
    parts: tuple[Part, ...] = ()
    """What it goes through, in order, from its start to its end; empty for most kinds."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of fixed length, or one that is open: it ends when the client answers or presses a key."""

    index: int
    step: str
    """Path of its first step."""
    kind: str
    open: bool = False
    length_ms: int | None = None
    """None while open."""
    cues: tuple[AnyCue, ...] = ()
    """Sorted by `at_ms`."""
    spans: tuple[StepSpan, ...] = ()
    """The steps, in order. Phases and captions carry their own length in their cues."""
    prompt: AnyPrompt | None = None
    loop: tuple[int, int] | None = None
    """(from, to) in ms: in an open segment the cues at from <= at_ms < to come again and again."""
    grain_ms: int = 0
    """An open segment ends at the next multiple of this after `loop` began (a cycle is never cut); 0: at once."""
    when: str | None = None
    """Only in an outline: the condition or choice under which this segment is reached."""

    def cues_between(self, start_ms: int, end_ms: int) -> Iterator[tuple[int, AnyCue]]:
        """(time in the segment, cue) for start <= time < end, in order, loops unrolled."""
        if self.loop is None:
            for i in range(bisect_left(self.cues, start_ms, key=_at), len(self.cues)):
                cue = self.cues[i]
                if cue.at_ms >= end_ms:
                    return
                yield cue.at_ms, cue
            return
        a, b = self.loop
        for cue in self.cues:
            if start_ms <= cue.at_ms < min(b, end_ms):
                yield cue.at_ms, cue
        # what was carried in from before this step (a bell that opens it) is not repeated
        body = [cue for cue in self.cues if a <= cue.at_ms < b and cue.step == self.step]
        if not body or b <= a:
            return
        k = max(1, (start_ms - a) // (b - a))
        while a + k * (b - a) < end_ms:
            for cue in body:
                at = cue.at_ms + k * (b - a)
                if start_ms <= at < end_ms:
                    yield at, _in_round(cue, k, at) if isinstance(cue, PhaseCue) else replace(cue, at_ms=at)
            k += 1


def _at(cue: Cue) -> int:
    return cue.at_ms


def _in_round(cue: PhaseCue, k: int, at_ms: int) -> PhaseCue:
    """The same phase `k` loops later, its cycle counted on (a loop is one cycle)."""
    return replace(cue, at_ms=at_ms, cycle=cue.cycle + k)


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment on the session's line."""

    segment: Segment
    start_ms: int
    length_ms: int | None
    """None only for the last segment, while it is open."""

    @property
    def end_ms(self) -> int | None:
        return None if self.length_ms is None else self.start_ms + self.length_ms


@dataclass(frozen=True, slots=True)
class Timeline:
    """The session as far as it is known. Every change gives a new one; times before the change stay the same."""

    placed: tuple[Placed, ...] = ()
    complete: bool = False
    """Whether nothing comes after the last segment."""

    @property
    def total_ms(self) -> int | None:
        """Where the last segment ends; None while it is open."""
        return self.placed[-1].end_ms if self.placed else 0

    @property
    def known_ms(self) -> int:
        """Up to where times are certain: the end, or the start of the open segment."""
        if not self.placed:
            return 0
        last = self.placed[-1]
        return last.start_ms if last.end_ms is None else last.end_ms

    def extended(self, segment: Segment, *, complete: bool) -> Timeline:
        """With `segment` after the last one, which must have ended. Raises ValueError when it is still open."""
        start = self.total_ms
        if start is None:
            raise ValueError("the last segment is still open")
        return Timeline((*self.placed, Placed(segment, start, segment.length_ms)), complete)

    def closed(self, length_ms: int, cues_ms: int | None = None) -> Timeline:
        """With the open last segment ended after `length_ms`, and its loop silent from `cues_ms` on."""
        last = self.placed[-1]
        if last.length_ms is not None:
            raise ValueError("the last segment is not open")
        segment = last.segment
        if cues_ms is not None:
            cues = tuple(cue for _, cue in segment.cues_between(0, cues_ms))
            segment = replace(segment, cues=cues, loop=None)
        return Timeline((*self.placed[:-1], Placed(segment, last.start_ms, max(0, length_ms))), self.complete)

    def until(self, count: int) -> Timeline:
        """Only its first `count` segments."""
        return Timeline(self.placed[:count], False)

    def placed_at(self, at_ms: int) -> Placed | None:
        """The segment at `at_ms`; at a border the later one; None before the first and after the end."""
        for p in reversed(self.placed):
            if at_ms >= p.start_ms:
                end = p.end_ms
                return p if end is None or at_ms < end else None
        return None

    def cues_between(self, start_ms: int, end_ms: int) -> Iterator[tuple[int, AnyCue]]:
        """(time on the session's line, cue) for start <= time < end, in order.

        What stands at the very end of a complete timeline (a last bell) is in it: it rings out after the end.
        """
        for p in self.placed:
            if p.start_ms >= end_ms:
                return
            past = self.complete and p is self.placed[-1]
            end = end_ms if p.end_ms is None else min(end_ms, p.end_ms + past)
            if end > start_ms and end > p.start_ms:
                for at, cue in p.segment.cues_between(max(0, start_ms - p.start_ms), end - p.start_ms):
                    yield p.start_ms + at, cue


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long a script can take, in ms, each choice by its shortest and by its longest way."""

    min_ms: int
    """Open steps as nothing, and without what may be left out."""
    max_ms: int | None
    """None where the client decides without a limit."""
    longest_way_ms: int
    """Every condition holds and every round is played; open steps without a limit as nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole script laid out with no answers known: every branch once, marked with its condition."""

    segments: tuple[Segment, ...]
    starts_ms: tuple[int, ...]
    """The earliest time at which each segment can begin."""
    total_ms: int | None
    bounds: Bounds
    sure_ms: int = 0
    """What is certain to be played, with open steps as nothing and each `repeat until` once."""
    parts: tuple[tuple[str, Elastic], ...] = ()
    """(path, what of it can change) of the steps that are certain to be played, in order."""
    notes: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> list[Line]:
        """Every line that may be said, in order, each once."""
        cues = (c for s in self.segments for c in s.cues)
        return list(dict.fromkeys(c.line for c in cues if isinstance(c, SayCue)))
