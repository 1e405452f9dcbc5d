"""How the bundled sessions speak: inviting, unhurried, with a way out, and never promising."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from mindful import assets
from mindful.script.model import Script, Step
from mindful.timeline.speech import chunks, sentences
from tests.sessions.conftest import READING

SESSIONS = sorted(assets.session_files())
BREATHING = [
    "alternate-nostril", "bedtime", "box", "coherent", "cyclic-sighing", "five-minute-breath", "four-seven-eight", "humming",
    "long-exhale-glide", "resonant", "long-exhale", "pursed-lip", "equal", "triangle", "diaphragmatic", "gentle-box",
    "breath-from-my-pace", "wim-hof-rounds", "cyclic-hyperventilation", "paced-breathing-crisis", "pain-breathing",
]  # fmt: skip

HELD = ["box", "four-seven-eight", "five-minute-breath", "triangle"]

COMMANDS_AND_PROMISES = re.compile(
    r"\b(must|should|shall|have to|has to|need to|needs to|make sure|try harder|concentrate|do not move|don'?t|cures?|curing|"
    r"heals?|healing|guaranteed?s?|proven|detox\w*|miracle|instant\w*|you will|you'll|perfect\w*|fail\w*|correctly|properly|"
    r"deep breaths?|breathe deeply|relax|calm down|let go|surrender|empty your mind|clear your mind|just relax)\b",
    re.IGNORECASE,
)


def _texts(steps: tuple[Step, ...]) -> Iterator[str]:
    """Every word that a client reads or hears in these steps, in order."""
    for s in steps:
        if s.label:
            yield s.label.source()
        for text in (
            s.say and s.say.text, s.wait and s.wait.text, s.ask and s.ask.text, s.rate and s.rate.ask,
            s.learn and s.learn.title, s.learn and s.learn.text, s.choose and s.choose.ask,
        ):  # fmt: skip
            if text:
                yield text.source()
        if s.learn:
            for item in s.learn.quiz:
                yield from (
                    item.ask.source(),
                    *(o.source() for o in item.options),
                    *([item.why.source()] if item.why else []),
                )
        if s.ask:
            yield from (o.source() for o in s.ask.options)
        if s.choose:
            for option in s.choose.options:
                yield option.label.source()
                yield from _texts(option.steps)
        if s.repeat:
            yield from _texts(s.repeat.steps)


def _spoken(steps: tuple[Step, ...]) -> list[str]:
    return [text.source() for s in steps if (text := (s.say and s.say.text) or (s.wait and s.wait.text))]


def test_the_list_finds_what_it_is_for() -> None:
    for wrong in (
        "You must sit still.",
        "This cures worry.",
        "Take a deep breath.",
        "You will feel calm.",
        "Now relax.",
    ):
        assert COMMANDS_AND_PROMISES.search(wrong), wrong
    assert not COMMANDS_AND_PROMISES.search("If you like, let your breath find its own way.")


@pytest.mark.parametrize("name", SESSIONS)
def test_nothing_commands_and_nothing_promises(name: str, session: Callable[[str], Script]) -> None:
    script = session(name)
    assert script.summary is not None
    for text in (script.title.source(), script.summary.source(), *script.suits, *_texts(script.steps)):
        found = COMMANDS_AND_PROMISES.search(text)
        assert found is None, f"“{found and found.group()}” in: {text}"


@pytest.mark.parametrize("name", [n for n in SESSIONS if n not in READING])
def test_early_on_the_eyes_may_be_open_and_one_may_leave(name: str, session: Callable[[str], Script]) -> None:
    early = " ".join(_spoken(session(name).steps)[:6])
    assert re.search(
        r"\beyes (may be |may stay )?open\b|\bopen your eyes\b|\beyes resting\b|keep your eyes open", early, re.I
    )
    assert re.search(r"\b(leave|stop) (at |any|out any|whenever|listening|or)|move, or leave|stopping is", early, re.I)


@pytest.mark.parametrize("name", BREATHING)
def test_breathing_is_gentle_and_dizziness_has_an_answer(name: str, session: Callable[[str], Script]) -> None:
    words = " ".join(_spoken(session(name).steps))
    assert re.search(r"\bgentl[ey]|\bsmall|\bsoft|\bquiet", words, re.I)
    assert re.search(r"dizzy|head feels light", words, re.I)
    assert re.search(r"look around|breathe as (you always do|usual)|hear the rain|let your hand sink", words, re.I)


@pytest.mark.parametrize("name", HELD)
def test_a_hold_is_offered_with_a_way_round_it(name: str, play: Callable) -> None:
    run = play(name)
    first_hold = next(at for at, cue in run.phases if cue.phase in ("hold", "rest"))
    before = " ".join(cue.text for at, cue in run.said if at < first_hold)
    assert re.search(r"if you would rather not hold, simply breathe on|or breathe on without it", before, re.I)


def test_no_other_session_has_holds(play: Callable) -> None:
    holding = {n for n in SESSIONS if any(cue.phase in ("hold", "rest") for _, cue in play(n).phases)}
    assert holding == set(HELD)


@pytest.mark.parametrize("name", SESSIONS)
def test_sentences_are_short_enough_to_follow_with_eyes_closed(name: str, session: Callable[[str], Script]) -> None:
    for line in _spoken(session(name).steps):
        for chunk in chunks(line):
            for sentence in sentences(chunk.text):
                assert len(sentence.split()) <= 22, sentence


@pytest.mark.parametrize(
    "name", [n for n in SESSIONS if n not in ("settle", "one-sigh", *READING)]
)  # a minute has no room
def test_words_are_followed_by_quiet(name: str, session: Callable[[str], Script]) -> None:
    quiet = [
        step.pause_after.ms
        for step in session(name).steps
        if step.say is not None and step.pause_after is not None and step.pause_after.ms is not None
    ]
    said = [step for step in session(name).steps if step.say is not None]
    assert len(quiet) == len(said)  # every line has its silence
    assert min(quiet) >= 2000
    assert sorted(quiet)[len(quiet) // 2] >= 3000


def test_the_stop_exercise_is_not_for_the_road(session: Callable[[str], Script]) -> None:
    summary = session("stop-pause").summary
    assert summary is not None
    assert "not at the wheel" in summary.source()


def test_the_breathing_space_points_to_people_first_in_a_crisis(session: Callable[[str], Script]) -> None:
    summary = session("breathing-space").summary
    assert summary is not None
    assert "safety plan" in summary.source()
