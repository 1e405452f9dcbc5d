"""Plays a bundled session to its end with given answers, as the player would, but at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from mindful.script.catalogue import cards, entries
from mindful.script.model import Script
from mindful.timeline.compile import extend
from mindful.timeline.model import AnyCue, BellCue, ChoosePrompt, PhaseCue, SayCue, Segment, Timeline
from mindful.timeline.unfold import Setup, begin
from tests.bundled import bundled

SKILLS = frozenset(each.id for each in entries() if "skills" in each.tags)
"""Sessions that ask and write more than they guide: what the client decides makes most of their length."""
READING = frozenset(card.id for card in cards())
"""Sessions that are pages to read, with open eyes and at the reader's pace; `test_cards.py` is about them."""


@dataclass(frozen=True)
class Run:
    """What a client with these answers would have met; open steps take no time."""

    timeline: Timeline
    asked: list[str]
    """Ids (or paths) of the questions, in order."""

    @property
    def segments(self) -> list[Segment]:
        return [p.segment for p in self.timeline.placed]

    @property
    def length_ms(self) -> int:
        assert self.timeline.total_ms is not None
        return self.timeline.total_ms

    def cues(self, kind: type[AnyCue]) -> list[tuple[int, Any]]:
        """(time in the session, cue), in order."""
        found = ((p.start_ms + c.at_ms, c) for p in self.timeline.placed for c in p.segment.cues)
        return [(at, c) for at, c in found if isinstance(c, kind)]

    @property
    def phases(self) -> list[tuple[int, PhaseCue]]:
        return self.cues(PhaseCue)

    @property
    def bells(self) -> list[tuple[int, BellCue]]:
        return self.cues(BellCue)

    @property
    def said(self) -> list[tuple[int, SayCue]]:
        return self.cues(SayCue)

    def breaths(self) -> list[list[PhaseCue]]:
        """The phases, cycle by cycle."""
        out: list[list[PhaseCue]] = []
        key = None
        for _, cue in self.phases:
            if (cue.step, cue.cycle) != key:
                out.append([])
                key = (cue.step, cue.cycle)
            out[-1].append(cue)
        return out


Play = Callable[..., Run]


@pytest.fixture(scope="session")
def session() -> Callable[[str], Script]:
    """The bundled script with an id."""
    return bundled


@pytest.fixture(scope="session")
def play(session: Callable[[str], Script]) -> Play:
    """`play("box")`, `play("arriving", {"before": 40, "way": 2}, minutes=3)`: an answer that is a list is used up
    round by round; the answer to a choice is the number of its option, the first where nothing is given.
    A run is never changed, so one without answers is played once."""

    @cache
    def unanswered(name: str, variables: tuple[tuple[str, Any], ...]) -> Run:
        return once(name, {}, dict(variables))

    def run(name: str, answers: Mapping[str, Any] | None = None, **variables: Any) -> Run:
        return once(name, answers, variables) if answers else unanswered(name, tuple(sorted(variables.items())))

    def once(name: str, answers: Mapping[str, Any], variables: Mapping[str, Any]) -> Run:
        setup = Setup(session(name), dict(variables))
        left = {k: list(v) if isinstance(v, list) else v for k, v in answers.items()}
        given: dict[str, Any] = {}
        asked: list[str] = []
        timeline, cursor = Timeline(), begin(setup)
        while True:
            timeline, cursors = extend(setup, timeline, cursor, given)
            cursor = cursors[-1]
            if timeline.complete:
                return Run(timeline, asked)
            segment = timeline.placed[-1].segment
            assert segment.prompt is not None
            key = segment.prompt.id or segment.step
            asked.append(key)
            answer = left.get(key)
            if isinstance(answer, list):
                answer = answer.pop(0)
            if isinstance(segment.prompt, ChoosePrompt):
                answer = segment.prompt.options[answer or 0]
            given[key] = answer
            timeline = timeline.closed(0)
            assert len(asked) < 200, "the session does not end"

    return run
