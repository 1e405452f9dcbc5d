"""A whole session as one closed timeline, decided beforehand: for a recording, its captions and its text.

Where a client would answer or press a key, a `Policy` says how long it is waited and what is answered. Pure: the same
script, policy and lengths of speech give the same plan. Called by `mindful.render.job`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from mindful.player.answers import RefusedError, accept
from mindful.render.prompts import spoken
from mindful.script.model import Script
from mindful.timeline.model import (
    AnyCue,
    AnyPrompt,
    AskPrompt,
    BellCue,
    ChoosePrompt,
    FindPrompt,
    KeyPrompt,
    LearnPrompt,
    PhaseCue,
    Placed,
    RatePrompt,
    SayCue,
    Segment,
    SheetPrompt,
    Timeline,
)
from mindful.timeline.piece import captions, say_cue
from mindful.timeline.speech import Length, Line, chunks
from mindful.timeline.unfold import Setup, begin, unfold

LONGEST_MS = 6 * 60 * 60 * 1000
"""A recording is at most so long: 4 GiB, all that a WAV file can hold, are six hours and twelve minutes."""
CHOSEN_MS = 1000
"""What a `choose` takes: it is decided beforehand."""
AFTER_BELL_MS = 3000
"""A question that a bell opens is asked after so long."""
BETWEEN_MS = 700
"""Between two paragraphs of a question."""


Way = tuple[str, int]
"""(id or path of a question, which time it is asked, from 1)."""


class PlanError(ValueError):
    """The session cannot be laid out like this; the words are for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What takes the place of a client."""

    open_ms: int = 20_000
    """Silence for a question, a page and a `wait` without `at_most`."""
    breath_ms: int = 120_000
    """Open breathing (in whole cycles) and an open sit."""
    prompts: Literal["spoken", "silent"] = "spoken"
    """Whether questions are asked aloud."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Answers as typed, by id or by the path of the step."""
    ways: Mapping[Way, str] = field(default_factory=dict)
    """Answers as typed to one asking of a question; they stand before `answers`."""
    ask_choices: bool = False
    """Whether a `choose` is asked aloud and left `open_ms`, as where somebody can answer it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A session without anything open."""

    timeline: Timeline
    """Complete; every segment closed."""
    values: Mapping[str, Any]
    """Variables and answers at the end."""
    left_open: tuple[str, ...] = ()
    """Ids of questions that have no answer."""
    chosen: tuple[tuple[str, str, str], ...] = ()
    """(id or path, question, option) where the first option was taken because nobody said which."""
    unused: tuple[str, ...] = ()
    """Names of answers that no question wanted."""

    @property
    def total_ms(self) -> int:
        return self.timeline.total_ms or 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is said, each line once, in the order of its first use."""
        cues = (c for p in self.timeline.placed for c in p.segment.cues)
        return tuple(dict.fromkeys(c.line for c in cues if isinstance(c, SayCue)))


def plan(setup: Setup, policy: Policy) -> Plan:
    """Lay the whole session out. Raises `PlanError` for an answer that does not fit and for more than six hours.

    It always ends: `unfold` plays a bounded number of steps, however a script repeats.
    """
    cursor = begin(setup)
    placed: list[Placed] = []
    given: dict[str, Any] = {}
    left_open: dict[str, None] = {}
    chosen: dict[str, tuple[str, str, str]] = {}
    times: dict[str, int] = {}

    def typed(key: str) -> str | None:
        times[key] = times.get(key, 0) + 1
        return policy.ways.get((key, times[key]), policy.answers.get(key))

    at = 0
    while True:
        segment, cursor = unfold(setup, cursor, given)
        if segment is None:
            break
        if segment.prompt is not None:
            key = segment.prompt.id or segment.step
            answer = given[key] = _answer(segment.prompt, key, typed(key))
            if answer is None and isinstance(segment.prompt, ChoosePrompt):
                given[key] = segment.prompt.options[0]
                chosen[key] = (key, segment.prompt.text, segment.prompt.options[0])
            elif answer is None and isinstance(segment.prompt, RatePrompt | AskPrompt | SheetPrompt):
                left_open[key] = None
            segment = _closed(segment, _Words(setup, cursor.frames[-1].script), policy)
        assert segment.length_ms is not None
        placed.append(Placed(segment, at, segment.length_ms))
        at += segment.length_ms
        if at > LONGEST_MS:
            raise PlanError("This would be longer than six hours, which is more than one file can hold.")
    return Plan(
        timeline=Timeline(tuple(placed), complete=True),
        values={**setup.script.defaults(), **setup.variables, **{k: v for k, v in given.items() if v is not None}},
        left_open=tuple(left_open),
        chosen=tuple(chosen.values()),
        unused=tuple(k for k in policy.answers if k not in given),
    )


def _answer(prompt: AnyPrompt, key: str, typed: str | None) -> Any:
    try:
        return accept(replace(prompt, required=False), typed)
    except RefusedError as error:
        raise PlanError(f"The answer to {key}, “{prompt.text}”, does not fit. {error}") from None


@dataclass(frozen=True, slots=True)
class _Words:
    """Says the questions of one script in its own voice."""

    setup: Setup
    script: Script

    def said(self, segment: Segment, at: int, choices: bool) -> tuple[list[AnyCue], int]:
        """The cues of what is said of an open step from `at` on, and when that is over."""
        language = self.setup.language or self.script.language
        cues: list[AnyCue] = []
        assert segment.prompt is not None
        for k, text in enumerate(spoken(segment.prompt, segment.kind, language, choices=choices)):
            at += BETWEEN_MS if k else 0
            for chunk in chunks(text):
                if chunk.text:
                    settings = self.script.settings
                    line = Line(chunk.text, settings.voice, settings.rate, None, language)
                    length = self.setup.speech.length(line)
                    cues += [say_cue(at, segment.step, line, length), *captions(line, at, length, segment.step)]
                    at += length.ms
                at += chunk.pause_ms
        return cues, at


def _closed(segment: Segment, words: _Words, policy: Policy) -> Segment:
    """An open step as a closed segment: its words, and then the time that the policy gives it."""
    cues: list[AnyCue] = []
    over = 0
    read = [c for c in segment.cues if isinstance(c, SayCue) and isinstance(segment.prompt, LearnPrompt)]
    if read:  # the script has it read aloud already
        over = max(c.at_ms + c.length_ms for c in read)
        for cue in read:
            cues += captions(cue.line, cue.at_ms, Length(cue.length_ms, cue.estimated), segment.step)
    elif policy.prompts == "spoken":
        after = AFTER_BELL_MS if any(isinstance(c, BellCue) for c in segment.cues) else 0
        cues, over = words.said(segment, after, policy.ask_choices)
    length = (over if cues else 0) + _time(segment, policy)
    cues += [cue for _, cue in segment.cues_between(0, length)]
    return replace(
        segment,
        open=False,
        length_ms=length,
        loop=None,
        grain_ms=0,
        cues=tuple(sorted(cues, key=lambda cue: cue.at_ms)),
        spans=tuple(
            span if span.length_ms is not None else replace(span, length_ms=length - span.start_ms)
            for span in segment.spans
        ),
    )


def _time(segment: Segment, policy: Policy) -> int:
    """How long nobody answers."""
    prompt = segment.prompt
    if isinstance(prompt, ChoosePrompt):
        return policy.open_ms if policy.ask_choices else CHOSEN_MS
    if isinstance(prompt, FindPrompt):
        return prompt.alone_ms
    if segment.kind == "breathe":
        return whole_cycles(segment, policy.breath_ms)
    if segment.kind == "sit":
        return policy.breath_ms
    if isinstance(prompt, KeyPrompt) and prompt.at_most_ms is not None:
        return prompt.at_most_ms
    return policy.open_ms


def whole_cycles(segment: Segment, wanted_ms: int) -> int:
    """The end of a cycle of open breathing that is nearest to `wanted_ms`; at least one cycle."""
    assert segment.loop is not None
    end = segment.loop[1]
    firsts = {c.cycle: c.at_ms for c in reversed(segment.cues) if isinstance(c, PhaseCue)}
    ends = [at for cycle, at in firsts.items() if cycle > 1]
    more = max(0, round((wanted_ms - end) / segment.grain_ms))
    return min([*ends, end + more * segment.grain_ms], key=lambda t: (abs(t - wanted_ms), t))
