"""A session whose lines are said while it runs: what lies ahead moves to real lengths, what was played stays."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.player.commands import Answer, Back, Stop
from mindful.player.conductor import Conductor
from mindful.player.ports import Mute, Silence
from mindful.player.spoken import PATIENCE_RECORDED_S, PATIENCE_S
from mindful.player.view import View
from mindful.timeline.model import CaptionCue, SayCue, Timeline
from mindful.timeline.speech import Length, Line
from tests.making import HandClock, Memory, script


class HandVoice(Mute):
    """A voice whose lines are said by hand."""

    def __init__(self, **known: int) -> None:
        self.known: dict[str, int] = dict(known)
        self.wanted: list[str] = []
        self.never: set[str] = set()
        self.said = 0

    @property
    def revision(self) -> int:  # type: ignore[override]
        return self.said

    def say(self, text: str, ms: int) -> None:
        self.known[text] = ms
        self.said += 1

    def length(self, line: Line) -> Length:
        ms = self.known.get(line.text)
        return Length(2000) if ms is None else Length(ms, False, (0,))

    def speaks(self, voice: str, language: str) -> bool:
        return True

    def want(self, lines: Sequence[Line]) -> None:
        self.wanted = [line.text for line in lines] + self.wanted

    def settled(self, line: Line) -> bool:
        return line.text in self.known or line.text in self.never


class Carrier(Silence):
    """Remembers each timeline that it was given."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.given: list[Timeline] = []

    def start(self, timeline: Timeline, position_ms: int = 0) -> None:
        super().start(timeline, position_ms)
        self.given.append(timeline)

    def update(self, timeline: Timeline) -> None:
        self.given.append(timeline)


class Rig:
    def __init__(self, voice: HandVoice, *steps: dict[str, Any], fit_ms: int | None = None, **head: Any) -> None:
        self.clock, self.log, self.voice = HandClock(), Memory(), voice
        self.speaker = Carrier(self.clock)
        self.conductor = Conductor(
            script(*steps, **head),
            {},
            clock=self.clock,
            speaker=self.speaker,
            log=self.log,
            voice=voice,
            fit_ms=fit_ms,
        )
        self.view: View = self.conductor.start()

    def forward(self, seconds: float, step: float = 0.04) -> View:
        end = self.clock.at + seconds
        while self.clock.at < end - 1e-9:
            self.clock.at = min(end, self.clock.at + step)
            self.view = self.conductor.tick()
        return self.view

    def said(self) -> list[tuple[int, str, bool]]:
        """(time, words, whether they sound) of every line known so far."""
        return [
            (p.start_ms + c.at_ms, c.text, not c.estimated)
            for p in self.conductor.state.timeline.placed
            for c in p.segment.cues
            if isinstance(c, SayCue)
        ]


THREE = ({"say": "One."}, {"pause": "4 s"}, {"say": "Two."}, {"pause": "4 s"}, {"say": "Three."})


def test_a_session_whose_lines_are_known_begins_at_once() -> None:
    rig = Rig(HandVoice(**{"One.": 1500, "Two.": 2500, "Three.": 1000}), *THREE)
    assert rig.view.status == "playing"
    assert rig.said() == [(0, "One.", True), (5500, "Two.", True), (12_000, "Three.", True)]
    assert rig.voice.wanted == []


def test_it_waits_for_the_first_lines_and_starts_its_time_with_them() -> None:
    rig = Rig(HandVoice(), *THREE)
    assert rig.voice.wanted == ["One.", "Two.", "Three."]
    assert rig.forward(1).status == "ready" and rig.speaker.given == []
    rig.voice.say("One.", 1500)
    assert rig.forward(1).status == "ready", "the second one begins within the first seconds too"
    rig.voice.say("Two.", 2500)
    view = rig.forward(0.04)
    assert view.status == "playing"
    assert view.elapsed_ms == 0
    assert [c for _, c, sounds in rig.said() if sounds] == ["One.", "Two."]


def test_it_does_not_wait_for_ever_and_shows_what_nobody_says() -> None:
    rig = Rig(HandVoice(), *THREE)
    rig.forward(PATIENCE_S + 0.1)
    assert rig.view.status == "playing" and rig.view.caption == "One."
    rig.forward(1)
    rig.voice.say("One.", 9000)
    rig.voice.say("Two.", 3000)
    rig.forward(0.1)
    assert rig.said() == [(0, "One.", False), (6000, "Two.", True), (13_000, "Three.", False)]


def test_it_waits_longer_for_a_recording() -> None:
    rig = Rig(HandVoice(), {"say": {"audio": "a.flac", "text": "One."}})
    assert rig.forward(PATIENCE_S + 1).status == "ready"
    assert rig.forward(PATIENCE_RECORDED_S - PATIENCE_S).status == "playing"


def test_what_is_ahead_moves_and_what_was_played_stays() -> None:
    rig = Rig(HandVoice(**{"One.": 1500, "Two.": 2500}), *THREE, {"pause": "2 s"}, {"say": "Four."})
    rig.forward(7)
    before = rig.view.position_ms
    rig.voice.say("Three.", 500)
    rig.forward(0.04)
    assert rig.view.position_ms == before + 40
    assert rig.said() == [
        (0, "One.", True),
        (5500, "Two.", True),
        (12_000, "Three.", True),
        (14_500, "Four.", False),
    ]
    total = rig.conductor.state.timeline.total_ms
    rig.voice.say("Four.", 700)
    rig.forward(8)
    assert rig.conductor.state.timeline.total_ms == 15_200 != total
    rig.forward(1)
    assert rig.view.ended is not None and rig.view.ended.status == "completed"
    assert rig.log.closed[0]["planned_ms"] == 15_200


def test_a_line_with_an_answer_in_it_is_wanted_as_soon_as_the_answer_is_there() -> None:
    rig = Rig(HandVoice(), {"rate": {"id": "now", "ask": "How tense?"}}, {"say": "It is {now}."}, {"say": "Rest."})
    rig.forward(0.2)
    rig.conductor.do(Answer(30))
    assert rig.voice.wanted[:2] == ["It is 30.", "Rest."]
    rig.voice.say("It is 30.", 1200)
    rig.forward(0.3)
    assert [(w, s) for _, w, s in rig.said()] == [("It is 30.", True), ("Rest.", False)]


def test_whoever_goes_back_hears_what_was_missed() -> None:
    rig = Rig(HandVoice(), *THREE)
    rig.forward(PATIENCE_S + 1)
    rig.voice.say("One.", 1800)
    rig.forward(0.1)
    assert rig.said()[0] == (0, "One.", False)
    rig.conductor.do(Back())
    rig.forward(0.04)
    assert rig.said()[0] == (0, "One.", True)


def test_words_of_the_breath_come_in_when_they_are_there() -> None:
    steps = ({"pause": "15 s"}, {"breathe": {"pattern": "box", "cycles": 2, "cues": "voice"}})
    rig = Rig(HandVoice(), *steps)
    rig.forward(15 + 1.5)
    for text in ("Breathe in", "Hold", "Breathe out", "Rest", "two", "three", "four"):
        rig.voice.say(text, 500)
    rig.forward(0.04)
    sounding = [(t, w) for t, w, s in rig.said() if s]
    assert sounding[0] == (17_000, "three")
    assert (31_000, "Breathe in") in sounding


def test_leaving_while_the_voice_gets_ready_leaves() -> None:
    rig = Rig(HandVoice(), *THREE)
    rig.forward(0.5)
    assert rig.conductor.do(Stop()).ended is not None
    assert rig.log.closed[0]["status"] == "stopped"
    rig.voice.say("One.", 1000)
    rig.forward(PATIENCE_S + 1)
    assert rig.speaker.given == []


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1_000_000))
def test_however_late_lines_are_said_the_past_never_changes(seed: int) -> None:
    rng = random.Random(seed)
    steps: list[dict[str, Any]] = []
    for k in range(6):
        steps += [{"say": f"Line {k}. And more [pause 1 s] of {k}."}, {"breathe": {"pattern": "box", "cycles": 1}}]
    rig = Rig(HandVoice(), *steps)
    texts = [f"Line {k}. And more" for k in range(6)] + [f"of {k}." for k in range(6)]
    heard: list[tuple[int, str]] = []
    while rig.view.ended is None:
        for text in rng.sample(texts, rng.randrange(3)):
            if text not in rig.voice.known:
                rig.voice.say(text, rng.randrange(300, 6000))
        rig.forward(rng.choice((0.04, 1.0, 9.0)), step=rng.choice((0.04, 0.5)))
        cues = rig.conductor.state.timeline.cues_between(0, rig.view.position_ms)
        past = [(t, c.text) for t, c in cues if isinstance(c, CaptionCue)]
        assert past[: len(heard)] == heard
        heard = past
    assert rig.view.ended.status == "completed"


def test_a_wanted_length_is_kept_whatever_the_voice_takes() -> None:
    """Lines take longer than was guessed, one after another while the session runs: the silences ahead give way."""
    voice = HandVoice(**{"One.": 3000})
    voice.never = {"Two."}
    rig = Rig(voice, *THREE, {"pause": "9 s"}, fit={"min": "10 s", "max": "5 min"}, fit_ms=40_000)
    assert rig.view.status == "playing" and rig.conductor.state.timeline.total_ms == 40_000
    first = rig.said()[:2]
    rig.forward(rig.said()[1][0] / 1000 + 1)
    voice.say("Three.", 6000)
    rig.forward(0.1)
    assert rig.said()[:2] == first and rig.said()[2][2], "what has begun stays where it was"
    assert rig.conductor.state.timeline.total_ms == 40_000
    rig.forward(40)
    assert rig.view.ended is not None and rig.log.closed[0]["elapsed_ms"] in range(40_000, 40_041)
