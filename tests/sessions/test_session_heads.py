"""What every bundled session says of itself: whole, honest, and with the cautions that the practice asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

import pytest
import yaml

from mindful import assets
from mindful.script.load import load
from mindful.script.model import KINDS, Caution, Script, Step
from tests.sessions.conftest import READING

SESSIONS = sorted(assets.session_files())

FIRST_DAY = {
    "settle", "box", "four-seven-eight", "coherent", "cyclic-sighing", "long-exhale-glide", "breathing-space", "sit-10",
    "body-scan-steps", "bedtime", "stop-pause", "grounding-steps", "alternate-nostril", "humming", "five-minute-breath",
    "arriving",
}  # fmt: skip

# Whom each practice may not suit, from the clinical notes the sessions were written by; a session may name more.
CAUTIONS: dict[str, set[str]] = {
    "box": {"pregnancy", "heart", "blood-pressure", "panic"},
    "four-seven-eight": {"pregnancy", "heart", "blood-pressure", "panic"},
    "coherent": {"copd", "heart"},
    "long-exhale-glide": {"copd", "heart"},
    "cyclic-sighing": {"copd", "surgery", "panic"},
    "alternate-nostril": {"other"},
    "humming": {"ear"},
    "body-scan-steps": {"trauma", "pain", "psychosis"},
    "breathing-space": {"other"},
    "sit-10": {"trauma", "psychosis"},
    "bedtime": {"sleepiness"},
}
NO_CAUTION_KNOWN = {"stop-pause", "grounding-steps", "focus-before-work", "between-tasks"}

# Trials of these exist or may exist, and none has been weighed for the script: nothing is said rather than guessed.
NOTHING_SAID = {
    "loving-kindness-3", "loving-kindness-10", "self-kindness-5", "urge-surfing", "mindful-eating", "between-tasks",
}  # fmt: skip
MOVES = {"injury", "surgery", "pain", "blood-pressure"}
STRAINS = {"injury", "surgery", "glaucoma", "blood-pressure", "pain"}
CAUTIONS |= {
    "body-scan-5": {"trauma", "pain", "psychosis"},
    "body-scan-20": {"trauma", "pain", "psychosis", "sleepiness"},
    "body-scan-45": {"trauma", "pain", "psychosis", "sleepiness"},
    "muscle-relaxation-16": STRAINS,
    "muscle-relaxation-7": STRAINS,
    "muscle-relaxation-4": STRAINS,
    "chair-yoga": MOVES | {"pregnancy"},
    "standing-stretches": MOVES | {"pregnancy"},
    "seated-movement": MOVES,
    "moving-with-pain": MOVES,
    "shaking": MOVES | {"pregnancy", "trauma"},
    "orienting": {"injury"},
    "somatic-grounding": {"trauma", "injury"},
    "cold-water": {"heart", "blood-pressure", "pregnancy", "other"},
    "paced-breathing-crisis": {"copd", "panic"},
    "pain-room-around": {"pain", "trauma"},
    "pain-breathing": {"pain", "copd"},
    "belly-boat": {"asthma"},
    "five-finger-star": {"asthma"},
    "hot-chocolate": {"asthma"},
    "big-feelings": {"trauma"},
    "seated-arriving": {"sleepiness"},
    "evening-ease": {"sleepiness"},
}
FEARS = {"panic", "trauma", "psychosis"}
CAUTIONS |= {
    "exposure-social": FEARS,
    "exposure-spiders": FEARS,
    "exposure-panic-body": FEARS | {"pregnancy", "heart", "epilepsy", "asthma", "blood-pressure", "glaucoma", "injury"},
    "exposure-fast-breathing": FEARS | {"pregnancy", "heart", "epilepsy", "asthma", "copd", "surgery", "glaucoma"},
    "exposure-worry": FEARS | {"other"},
    "exposure-heights": FEARS | {"injury"},
    "exposure-driving": FEARS | {"sleepiness"},
    "exposure-health": FEARS | {"pain"},
    "exposure-contamination": FEARS | {"other"},
}
NO_CAUTION_KNOWN |= {"hands-and-feet", "five-senses", "grounding-crisis"}
NO_CAUTION_KNOWN |= {"sleep-diary", "daily-check-in"}
CAUTIONS |= {
    "something-to-do": {"other"},
    "thought-record": {"trauma"},
    "small-experiment": {"trauma"},
    "last-two-weeks": {"other"},
}


def test_what_a_client_wants_on_the_first_day_is_there() -> None:
    assert set(SESSIONS) >= FIRST_DAY


@pytest.mark.parametrize("name", SESSIONS)
def test_a_colleague_has_nothing_to_say_against_it(name: str) -> None:
    loaded = load(assets.session_files()[name], clinical=True)
    assert loaded.problems == ()
    assert loaded.script is not None
    assert loaded.script.id == name
    assert all(len(silence.reason.split()) >= 6 for silence in loaded.script.silence)


@pytest.mark.parametrize("name", SESSIONS)
def test_head_is_complete(name: str, session: Callable[[str], Script]) -> None:
    script = session(name)
    written = yaml.safe_load(assets.session_files()[name].read_text(encoding="utf-8"))
    assert written["id"] == name  # written, not derived: a copy of the file keeps its name
    assert "cautions" in written  # none is a decision, not an omission
    assert script.summary is not None
    assert 40 <= len(script.summary.source()) <= 260
    assert script.author == "The mindful authors"
    assert script.license == "CC-BY-4.0"
    assert script.language == "en"
    assert script.tags
    assert script.suits
    assert 100 <= script.settings.rate <= 115
    assert (script.cautions == ()) == (name in NO_CAUTION_KNOWN | READING)
    assert set(script.cautions) >= CAUTIONS.get(name, set())


@pytest.mark.parametrize("name", SESSIONS)
def test_evidence_can_be_looked_up_or_says_that_there_is_none(name: str, session: Callable[[str], Script]) -> None:
    evidence = session(name).evidence
    assert bool(evidence) != (name in NOTHING_SAID)
    for finding in evidence:
        assert finding.claim
        assert finding.strength
        known_none = re.search(r"\bno (sound )?trial known to us\b", finding.source)
        cited = re.fullmatch(r"[A-ZÖ][\w ,.&:'()-]+? (19|20)\d\d, .+, doi:10\.\d{4,9}/\S+", finding.source)
        assert known_none or cited, finding.source


def _steps(steps: tuple[Step, ...]) -> list[Step]:
    found = []
    for step in steps:
        inner = step.repeat.steps if step.repeat else step.exposure.script if step.exposure else ()
        branches = [o.steps for o in step.choose.options] if step.choose else []
        found += [step, *_steps(inner), *(s for b in branches for s in _steps(b))]
    return found


@pytest.mark.parametrize("name", SESSIONS)
def test_every_step_can_be_played_by_this_version(name: str, session: Callable[[str], Script]) -> None:
    refused = {s.kind for s in _steps(session(name).steps) if not KINDS[s.kind].playable}
    assert refused == set()


def test_all_that_can_be_played_is_shown_by_some_session(session: Callable[[str], Script]) -> None:
    shown = {s.kind for name in SESSIONS for s in _steps(session(name).steps)}
    assert shown == {kind for kind, model in KINDS.items() if model.playable}


def test_cautions_of_the_table_are_in_the_fixed_list() -> None:
    assert set().union(*CAUTIONS.values()) <= set(get_args(Caution))
