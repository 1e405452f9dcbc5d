"""An exposure from its gate to what could come next: what is asked when, how it ends, and what the record holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.journal.record import Folding
from mindful.player.commands import Advance, Answer, Back, Command, Finish, Land, Pause, Skip, Stop
from mindful.player.conductor import Conductor
from mindful.player.ports import Silence
from mindful.player.view import View
from mindful.script.load import loads
from mindful.script.model import Script
from mindful.timeline.exposure import words
from mindful.timeline.exposure.known import Known
from mindful.timeline.exposure.runs import Run
from mindful.timeline.model import AskPrompt, BellCue, ExposePrompt, LearnPrompt, Prompt, RatePrompt, SheetPrompt
from tests.making import HandClock, Memory, script

LADDER = [{"id": "far", "item": "A dog far off", "suds": 30}, {"id": "near", "item": "A dog close by", "suds": 60}]
DOG = {"ladder": LADDER, "item": "far", "for": "6 min", "ask_every": "2 min"}
AFTER = {"say": "That was it."}


class Walk:
    """An exposure that is gone through by hand; `clock` is virtual."""

    def __init__(self, *steps: dict[str, Any], known: Known | None = None, of: Script | None = None) -> None:
        self.clock, self.log = HandClock(), Memory()
        self.conductor = Conductor(
            of or script(*steps), {}, clock=self.clock, speaker=Silence(self.clock), log=self.log,
            known=known or Known("earlier"), remember=lambda name, value: self.kept.append((name, value)),
        )  # fmt: skip
        self.kept: list[tuple[str, Any]] = []
        self.view: View = self.conductor.start()
        self.tick()

    def tick(self, seconds: float = 0.1) -> View:
        end = self.clock.at + seconds
        while self.clock.at < end - 1e-9:
            self.clock.at = min(end, self.clock.at + (0.1 if seconds < 5 else 1.0))
            self.view = self.conductor.tick()
        return self.view

    def do(self, command: Command) -> View:
        self.view = self.conductor.do(command)
        self.tick(0.7)  # an open step ends half a second after its answer
        return self.view

    def answer(self, value: Any) -> View:
        return self.do(Answer(value))

    @property
    def prompt(self) -> Prompt | None:
        return self.view.prompt

    @property
    def record(self) -> dict[str, Any]:
        folding = Folding()
        folding.add(
            {"event": "start", "t_ms": 0, "at": "2026-01-01T10:00:00.000+01:00", "id": "x", "session": {"id": "x"}}
        )
        for event in self.log.events:
            folding.add(event)
        for closed in self.log.closed:
            folding.add({"event": "end", **closed})
        return folding.record()

    @property
    def data(self) -> dict[str, Any]:
        (step,) = (s for s in self.record["steps"] if s["kind"] == "exposure")
        found = step["data"]
        assert isinstance(found, dict)
        return found


BEFORE = {"expected": "It barks", "believed": 70, "safety": "My hood"}
LEARNED = {"what": "It looked", "happened": "No", "believed": 20, "left_out": "All of them", "learned": "It is slow", "next": "Again"}  # fmt: skip


def through_before(walk: Walk) -> None:
    assert isinstance(walk.prompt, SheetPrompt)
    walk.answer(BEFORE)


def to_the_first_stretch(*steps: dict[str, Any], **more: Any) -> Walk:
    walk = Walk(*(steps or ({"exposure": DOG, "id": "dog"}, AFTER)), **more)
    through_before(walk)
    walk.answer(30)
    assert isinstance(walk.prompt, ExposePrompt)
    return walk


def test_from_the_sheet_before_to_what_could_come_next() -> None:
    walk = to_the_first_stretch()
    for suds in (60, 70, 40):
        walk.tick(121)
        assert isinstance(walk.prompt, RatePrompt) and walk.view.status == "asking"
        walk.answer(suds)
    assert isinstance(walk.prompt, SheetPrompt) and walk.prompt.text == "After it"
    walk.answer(LEARNED)
    assert isinstance(walk.prompt, LearnPrompt) and "inhibitory learning" in walk.prompt.text
    walk.answer(None)
    walk.tick(20)
    assert walk.view.ended is not None and walk.view.ended.status == "completed"
    data = walk.data
    assert data["item"] == {"id": "far", "text": "A dog far off", "suds": 30}
    assert data["before"] == BEFORE and data["agreed"] == "earlier" and data["mode"] == "in-vivo"
    assert [s for _, s in data["ratings"]] == [30, 60, 70, 40]
    assert [round(at / 10_000) for at, _ in data["ratings"]] == [0, 12, 24, 36]
    assert data["ended"] == "time" and abs(data["held_ms"] - 360_000) < 1000
    assert data["after"] == {**LEARNED, "happened": "no", "left_out": "all"}
    assert data["figures"] == {"first": 30, "peak": 70, "end": 40, "within": -30, "gap": 50}


def test_it_is_one_step_of_the_record_and_each_answer_has_its_name() -> None:
    walk = to_the_first_stretch()
    walk.do(Stop())
    assert [s["kind"] for s in walk.record["steps"]] == ["exposure"]
    assert set(walk.record["answers"]) == {"dog.before", "dog.suds.0"}


# The gate


def test_nobody_goes_in_without_saying_that_it_was_agreed() -> None:
    walk = Walk({"exposure": DOG, "id": "dog"}, AFTER, known=Known())
    assert isinstance(walk.prompt, AskPrompt) and walk.prompt.required
    walk.answer(None)
    assert walk.conductor.refused and isinstance(walk.prompt, AskPrompt)
    walk.answer(words.agreed())
    assert isinstance(walk.prompt, SheetPrompt) and walk.kept == [("agreed", True)]
    walk.answer(None)
    walk.do(Stop())
    assert walk.data["ratings"] == [] and walk.record["answers"]["dog.agreed"] == words.agreed()


@pytest.mark.parametrize("way", [Answer(words.not_agreed()), Skip()])
def test_what_was_not_agreed_waits_and_says_so_kindly(way: Command) -> None:
    walk = Walk({"exposure": DOG, "id": "dog"}, AFTER, known=Known())
    walk.do(way)
    assert isinstance(walk.prompt, LearnPrompt) and walk.prompt.title == words.locked_title()
    walk.answer(None)
    walk.tick(15)
    assert walk.view.ended is not None and walk.kept == []
    assert not any(e["id"] == "dog.before" for e in walk.log.of("answer"))
    if isinstance(way, Answer):
        assert walk.data == {"agreed": "no"}


@pytest.mark.parametrize("agreed", ["pack", "earlier", "preview"])
def test_a_pack_or_an_earlier_word_opens_it(agreed: Any) -> None:
    walk = to_the_first_stretch(known=Known(agreed))
    walk.do(Stop())
    assert walk.data["agreed"] == agreed


# The item


def test_the_client_chooses_an_item_and_may_leave_it() -> None:
    walk = Walk({"exposure": {**DOG, "item": None}, "id": "dog"}, AFTER)
    assert isinstance(walk.prompt, AskPrompt) and walk.prompt.options == ("A dog far off (30)", "A dog close by (60)")
    walk.answer("2")
    assert isinstance(walk.prompt, SheetPrompt) and walk.prompt.title == "A dog close by"
    other = Walk({"exposure": {**DOG, "item": None}, "id": "dog"}, AFTER)
    other.answer(None)
    assert other.view.step is not None and other.view.step.kind == "say"


def test_what_was_done_before_stands_beside_the_choice() -> None:
    done = Run(day="2026-01-01", item="far", words="A dog far off", ratings=((0, 30.0), (60_000, 10.0)), held_ms=60_000)
    walk = Walk({"exposure": {**DOG, "item": None}, "id": "dog"}, known=Known("earlier", (done,)))
    assert isinstance(walk.prompt, AskPrompt)
    assert "habituation" in walk.prompt.text and "A dog close by" in walk.prompt.text


def test_an_item_that_may_harm_this_client_is_not_offered() -> None:
    ladder = [{"item": "Spin", "suds": 40, "cautions": ["injury"]}, {"item": "Stare", "suds": 20}]
    step = {"exposure": {"ladder": ladder, "mode": "interoceptive", "for": "2 min"}, "id": "body"}
    walk = Walk(step, known=Known("earlier", flags=frozenset({"injury"})))
    assert isinstance(walk.prompt, AskPrompt) and walk.prompt.options == ("Stare (20)",)
    given = {"exposure": {**step["exposure"], "item": "Spin"}, "id": "body"}  # type: ignore[dict-item]
    walk = Walk(given, known=Known("earlier", flags=frozenset({"injury"})))
    assert isinstance(walk.prompt, AskPrompt) and "Spin" in walk.prompt.text and walk.prompt.options == ("Stare (20)",)
    alone = {"exposure": {"ladder": ladder[:1], "for": "2 min"}, "id": "body"}
    walk = Walk(alone, AFTER, known=Known("earlier", flags=frozenset({"injury"})))
    assert isinstance(walk.prompt, LearnPrompt)
    walk.answer(None)
    assert walk.view.step is not None and walk.view.step.kind == "say"


# How it ends


def test_an_end_by_choice_asks_once_more_and_still_offers_the_sheet() -> None:
    walk = to_the_first_stretch()
    walk.tick(50)
    walk.do(Finish())
    assert isinstance(walk.prompt, RatePrompt)
    walk.answer(90)
    assert isinstance(walk.prompt, SheetPrompt) and walk.prompt.text == words.chosen()
    walk.answer(LEARNED)
    walk.answer(None)
    walk.tick(15)
    assert walk.view.ended is not None and walk.view.ended.status == "completed", "no failure, and nothing was skipped"
    assert walk.data["ended"] == "chosen" and walk.data["figures"]["end"] == 90


def test_the_end_can_be_chosen_while_a_rating_is_open() -> None:
    walk = to_the_first_stretch()
    walk.tick(121)
    walk.do(Finish())
    assert isinstance(walk.prompt, RatePrompt) and walk.view.said == words.LAST
    walk.answer(50)
    assert isinstance(walk.prompt, SheetPrompt) and walk.data["ended"] == "chosen"


def test_before_it_began_there_is_nothing_to_end() -> None:
    walk = Walk({"exposure": DOG, "id": "dog"})
    walk.do(Finish())
    walk.answer(BEFORE)
    walk.do(Finish())
    walk.answer(30)
    assert isinstance(walk.prompt, ExposePrompt)


def test_it_ends_when_what_was_agreed_holds() -> None:
    walk = to_the_first_stretch({"exposure": {**DOG, "until": "fall >= 50 and minutes >= 2"}, "id": "dog"}, AFTER)
    for suds in (80, 40):
        walk.tick(121)
        walk.answer(suds)
    assert isinstance(walk.prompt, SheetPrompt) and walk.data["ended"] == "until"


def test_a_rating_can_be_asked_for_and_the_time_goes_on_from_there() -> None:
    walk = to_the_first_stretch()
    walk.tick(30)
    walk.do(Advance())
    walk.answer(80)
    assert isinstance(walk.prompt, ExposePrompt) and walk.view.exposure is not None
    assert [round(at / 1000) for at, _ in walk.view.exposure.ratings] == [0, 31]
    for _ in range(3):
        walk.tick(121)
        walk.answer(50)
    assert isinstance(walk.prompt, SheetPrompt)
    assert abs(walk.data["held_ms"] - 360_000) < 1500, "what is agreed is the time in it, not the number of ratings"


def test_ratings_left_open_are_no_numbers_and_it_goes_on() -> None:
    walk = to_the_first_stretch()
    walk.tick(121)
    walk.answer(None)
    assert isinstance(walk.prompt, ExposePrompt)
    walk.do(Stop())
    assert [s for _, s in walk.data["ratings"]] == [30] and walk.data["ended"] == "left"


def test_n_goes_to_the_rating_and_shift_n_ends_it_by_choice() -> None:
    walk = to_the_first_stretch()
    walk.do(Skip())
    assert isinstance(walk.prompt, RatePrompt)
    walk.answer(50)
    walk.do(Skip(whole=True))
    walk.answer(50)
    assert isinstance(walk.prompt, SheetPrompt) and walk.data["ended"] == "chosen"


def test_whoever_goes_back_into_it_has_not_ended_it() -> None:
    walk = to_the_first_stretch()
    walk.tick(20)
    walk.do(Finish())
    walk.do(Back())
    assert isinstance(walk.prompt, ExposePrompt)
    walk.tick(121)
    walk.answer(50)
    assert isinstance(walk.prompt, ExposePrompt), "it goes on"


def test_landing_leaves_it_and_the_record_says_so() -> None:
    walk = to_the_first_stretch()
    walk.tick(30)
    walk.do(Land())
    walk.tick(90)
    assert walk.view.ended is not None
    assert walk.data["ended"] == "left" and walk.data["before"] == BEFORE


def test_a_pause_stops_its_time() -> None:
    walk = to_the_first_stretch()
    walk.tick(60)
    walk.do(Pause())
    walk.tick(300)
    assert walk.view.status == "paused" and walk.view.exposure is not None
    assert walk.view.exposure.held_ms < 63_000


def test_without_a_prediction_only_what_was_learned_is_asked() -> None:
    walk = Walk({"exposure": {**DOG, "predict": False}, "id": "dog"})
    assert isinstance(walk.prompt, RatePrompt)
    walk.answer(30)
    walk.do(Finish())
    walk.answer(30)
    assert isinstance(walk.prompt, SheetPrompt)
    assert [f.name for f in walk.prompt.fields] == ["what", "learned", "next"]


# Meanwhile


TOLD = [
    {"say": "The dog comes.", "pause": "20 s"},
    {"say": "It sits down and looks.", "pause": "60 s"},
    {"say": "It goes."},
]


def said(walk: Walk) -> list[str]:
    timeline = walk.conductor.state.timeline
    return [c.text for p in timeline.placed for c in p.segment.cues if type(c).__name__ == "SayCue"]


def test_what_is_said_goes_on_behind_a_rating_and_no_line_is_cut() -> None:
    step = {"exposure": {**DOG, "ask_every": "25 s", "for": "2 min", "script": TOLD}, "id": "dog"}
    walk = to_the_first_stretch(step, AFTER)
    lengths = []
    while isinstance(walk.prompt, ExposePrompt):
        lengths.append(walk.prompt.at_most_ms)
        walk.tick((walk.prompt.at_most_ms or 0) / 1000 + 0.5)
        walk.answer(50)
    assert [t for t in said(walk) if t != "That was it."] == ["The dog comes.", "It sits down and looks.", "It goes."]
    assert lengths[0] is not None and lengths[0] >= 25_000
    for p in walk.conductor.state.timeline.placed:
        if isinstance(p.segment.prompt, ExposePrompt):
            ends = [c.at_ms + c.length_ms for c in p.segment.cues if type(c).__name__ == "SayCue"]  # type: ignore[union-attr]
            assert all(end <= (p.segment.prompt.at_most_ms or 0) for end in ends)


def test_a_line_that_a_rating_cut_is_said_again() -> None:
    step = {"exposure": {**DOG, "script": TOLD}, "id": "dog"}
    walk = to_the_first_stretch(step)
    walk.tick(1)
    walk.do(Advance())
    walk.answer(50)
    assert said(walk).count("The dog comes.") == 2


def test_each_rating_but_the_first_comes_with_a_bell() -> None:
    walk = to_the_first_stretch()
    walk.tick(121)
    asked = [p.segment for p in walk.conductor.state.timeline.placed if isinstance(p.segment.prompt, RatePrompt)]
    assert [any(isinstance(c, BellCue) for c in s.cues) for s in asked] == [False, True]


commands = st.sampled_from(
    [
        Advance(),
        Answer(50),
        Answer(None),
        Answer({"expected": "x"}),
        Back(),
        Finish(),
        Pause(),
        Skip(),
        Skip(whole=True),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(commands, st.sampled_from([0.2, 3.0, 130.0])), max_size=25))
def test_whatever_is_pressed_the_record_is_sound(pressed: list[tuple[Command, float]]) -> None:
    walk = Walk({"exposure": {**DOG, "item": None}, "id": "dog"}, AFTER, known=Known())
    for command, seconds in pressed:
        if walk.view.ended is not None:
            break
        walk.do(command)
        walk.tick(seconds)
    walk.do(Stop())
    walk.do(Stop())
    record = walk.record
    assert record["status"] in ("completed", "stopped")
    for step in record["steps"]:
        if step["kind"] == "exposure" and "ratings" in step["data"]:
            times = [at for at, _ in step["data"]["ratings"]]
            assert times == sorted(times)
            assert step["data"].get("held_ms", 0) <= 6 * 60_000 + 2000 or "chosen" not in step["data"]["ended"]


KNOWN = tuple(
    Run(day="2026-01-01", item=i, words=i, ratings=((0, 50.0),), held_ms=1, believed=80.0, believes=5.0)
    for i in ("far", "near")
)


def through(walk: Walk) -> dict[str, Any]:
    """From the sheet before to the end, by choice; the record's data."""
    walk.answer(BEFORE)
    walk.answer(50)
    walk.do(Finish())
    walk.answer(40)
    walk.answer({"happened": "No", "believed": 5})
    walk.do(Answer(None))
    walk.tick(3)
    return walk.data


def test_two_that_are_known_are_offered_together_and_the_record_names_both() -> None:
    walk = Walk({"exposure": {k: v for k, v in DOG.items() if k != "item"}}, AFTER, known=Known("earlier", KNOWN))
    assert isinstance(walk.prompt, AskPrompt)
    assert walk.prompt.options[-1] == "A dog far off, together with: A dog close by (60)"
    walk.answer(walk.prompt.options[-1])
    data = through(walk)
    assert data["combined"] == [
        {"id": "far", "text": "A dog far off", "suds": 30}, {"id": "near", "text": "A dog close by", "suds": 60},
    ]  # fmt: skip
    assert data["item"] == {"id": "far + near", "text": "A dog far off, together with: A dog close by", "suds": 60}
    assert data["ended"] == "chosen" and [s for _, s in data["ratings"]] == [50, 40]
    assert data["planned_ms"] == 360_000 and data["held_ms"] < 10_000


def test_an_author_can_name_both() -> None:
    walk = Walk({"exposure": {**DOG, "with": "near"}}, AFTER)
    assert isinstance(walk.prompt, SheetPrompt) and walk.prompt.title.endswith("together with: A dog close by")
    assert [each["id"] for each in through(walk)["combined"]] == ["far", "near"]


def test_a_single_item_has_nothing_combined_and_the_checklist_speaks_for_both() -> None:
    walk = Walk({"exposure": DOG}, AFTER)
    assert "combined" not in through(walk)
    ladder = [LADDER[0], {**LADDER[1], "cautions": ["heart"]}]
    flagged = Known("earlier", KNOWN, frozenset({"heart"}))
    walk = Walk({"exposure": {**DOG, "ladder": ladder, "with": "near"}}, AFTER, known=flagged)
    assert isinstance(walk.prompt, AskPrompt) and walk.prompt.options == ("A dog far off (30)",)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"with": "nobody"}, "is not on the ladder"),
        ({"with": "far"}, "the same item"),
        ({"with": "near", "item": None}, "the first is missing"),
    ],
)
def test_a_second_item_that_cannot_be_is_told(more: dict[str, Any], line: str) -> None:
    body = {k: v for k, v in {**DOG, **more}.items() if v is not None}
    found = loads(json.dumps({"mindful": 1, "title": "T", "steps": [{"exposure": body}]}))
    assert found.script is None and any(line in p.message for p in found.problems)
