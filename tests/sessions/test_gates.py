"""All flags of the checklist x all bundled sessions: nothing unsafe starts.

The tables here are written from the clinical notes on each practice, by hand, and not from the program. A session is
read here as it stands in its file, by a reader of its own: its most demanding part decides. So a session that is added
later is held to the same table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from mindful import assets
from mindful.cli.host import CliHost, RefusedError, Wishes
from mindful.journal import home, profile
from mindful.script.model import Caution, Script
from mindful.script.patterns import bundled
from mindful.script.profile import FLAGS, NAMES, QUESTIONS, Profile
from mindful.script.safety import PATTERN, verdict, verdict_of_pattern
from mindful.tui.host import Options

SESSIONS = sorted(assets.session_files())

# What the notes say: whom each way of practising is not for. "Box, 4-7-8: pregnancy, uncontrolled blood pressure, heart
# disease, panic triggered by air hunger." "Slow breathing: slow lung disease; cardiac patients with a clinician."
# "Cyclic sighing: recent chest or abdominal surgery, COPD (air trapping)." "Humming: ear infection." "Hyperventilation,
# holds over 8 s, holds that the client ends: never with profile flags." "Muscle relaxation: recent surgery, glaucoma,
# uncontrolled blood pressure." "Interoceptive exposure: seizure, asthma, heart, pregnancy."
NOT_FOR: dict[str, set[str]] = {
    "hold": {"pregnancy", "heart", "blood-pressure", "panic"},
    "slow": {"copd", "heart", "panic"},
    "top-up": {"surgery", "copd"},
    "hum": {"ear"},
    "tense": {"surgery", "glaucoma", "blood-pressure"},
    "interoceptive": {"epilepsy", "asthma", "heart", "pregnancy"},
    "red": {
        "pregnancy", "heart", "blood-pressure", "epilepsy", "asthma", "copd", "glaucoma", "surgery", "panic", "trauma",
        "psychosis", "pain", "injury", "ear", "sleepiness", "other",
    },
}  # fmt: skip

# And by name, so that the reader below is held to something too.
NOT_FOR_PATTERN: dict[str, set[str]] = {
    "box": {"pregnancy", "heart", "blood-pressure", "panic", "copd"},
    "4-7-8": {"pregnancy", "heart", "blood-pressure", "panic", "copd"},
    "triangle": {"pregnancy", "heart", "blood-pressure", "panic"},
    "coherent": set(),
    "resonant": set(),
    "long-exhale": set(),
    "equal": set(),
    "diaphragmatic": set(),
    "pursed-lip": set(),
    "alternate-nostril": set(),
    "cyclic-sigh": {"surgery", "copd"},
    "bhramari": {"ear"},
    "wim-hof-rounds": NOT_FOR["red"],
    "cyclic-hyperventilation": NOT_FOR["red"],
}
NOT_FOR_SESSION: dict[str, set[str]] = {
    "box": NOT_FOR_PATTERN["box"],
    "four-seven-eight": NOT_FOR_PATTERN["4-7-8"],
    "cyclic-sighing": {"surgery", "copd"},
    "humming": {"ear"},
    "settle": set(),
    "bedtime": set(),
    "grounding-steps": set(),
    "sit-10": set(),
    "coherent": set(),
    "stop-pause": set(),
    "breathing-space": set(),
    "exposure-social": set(),
    "exposure-spiders": set(),
    "exposure-worry": set(),
    "exposure-heights": set(),
    "exposure-driving": set(),
    "exposure-health": set(),
    "exposure-contamination": set(),
    "exposure-panic-body": NOT_FOR["interoceptive"],
    "exposure-fast-breathing": NOT_FOR["red"],
}


# A reader of session files that knows nothing of the program.


def _raw(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _steps(steps: list[Any]) -> Iterator[dict[str, Any]]:
    """Every step, also those within others."""
    for step in steps:
        yield step
        for key in ("repeat", "exposure"):
            inner = step.get(key)
            if isinstance(inner, dict):
                yield from _steps(inner.get("steps", []) or inner.get("script", []))
        for option in (step.get("choose") or {}).get("options", []):
            yield from _steps(option.get("steps", []))


def _phases(pattern: Any) -> list[tuple[str, float, str]]:
    if isinstance(pattern, dict):
        order = ("inhale", "top_up", "hold", "exhale", "rest")
        return [(name, float(pattern[name]), "") for name in order if pattern.get(name)]
    return [(name, float(p[name]), p.get("through", "")) for p in pattern for name in p if name != "through"]


def _numbers(value: Any, variables: dict[str, Any]) -> list[float]:
    """What a number of a ramp may be, a variable in it at both its ends."""
    if isinstance(value, int | float):
        return [float(value)]
    found = re.fullmatch(r"\{(\w+)\}", str(value).strip())
    about = variables.get(found[1]) if found else None
    return [float(about[k]) for k in ("default", "min", "max") if k in about] if isinstance(about, dict) else []


def practised(file: Path) -> set[str]:
    """The ways of practising in a session file, named as in `NOT_FOR`."""
    data, named = _raw(file), _raw(assets.sessions() / "patterns.yaml")
    out: set[str] = set()
    for step in _steps(data["steps"]):
        if (included := step.get("include")) is not None:
            name = included if isinstance(included, str) else included["script"]
            out |= practised(assets.session_files()[name])
        if isinstance(wait := step.get("wait"), dict) and wait.get("count"):
            out.add("red")
        if (relax := step.get("relax", 0)) != 0 and not (isinstance(relax, dict) and relax.get("recall")):
            out.add("tense")
        if isinstance(exposure := step.get("exposure"), dict) and exposure.get("mode") == "interoceptive":
            out.add("interoceptive")
        if (breathe := step.get("breathe")) is not None:
            out |= _of_breathing(breathe, data, named)
    return out


def _of_breathing(breathe: Any, data: dict[str, Any], named: dict[str, Any]) -> set[str]:
    body = breathe if isinstance(breathe, dict) and "pattern" in breathe else {"pattern": breathe}
    pattern, out = body["pattern"], set()
    if isinstance(pattern, str):
        own = data.get("patterns", {})
        if pattern not in own and named[pattern].get("rounds"):
            out.add("red")
        pattern = own[pattern] if pattern in own else named[pattern]["phases"]
    phases = _phases(pattern)
    seconds = sum(s for _, s, _ in phases)
    breaths = max(1, sum(a[0] == "exhale" and b[0] != "exhale" for a, b in zip(phases, phases[1:] + phases[:1], strict=True)
                         if b[0] not in ("rest", "hold")) or 1)  # fmt: skip
    own_pace = 60 * breaths / seconds
    ramp = body.get("ramp") or {}
    paces = [p for end in ("from", "to") for p in _numbers(ramp.get(end), data.get("variables", {}))] or [own_pace]
    still = max((s for name, s, _ in phases if name in ("hold", "rest")), default=0.0)
    for pace in paces:
        held = still * own_pace / pace
        if pace > 20.001 or held > 8.001:
            out.add("red")
        if held > 2.001:
            out.add("hold")
        if pace < 3.999:
            out.add("slow")
    if any(name == "top_up" for name, _, _ in phases):
        out.add("top-up")
    if any(through == "hum" for _, _, through in phases):
        out.add("hum")
    return out


def not_for(file: Path) -> set[str]:
    return {flag for way in practised(file) for flag in NOT_FOR[way]}


def having(*flags: str, intense: bool = True) -> Profile:
    """Intense practice counts as switched on, so that only the flags keep anything back."""
    return Profile(frozenset(flags), "2026-11-01", True, "2026-11-01" if intense else None)


# The table itself.


@pytest.mark.parametrize("name", SESSIONS)
def test_nothing_unsafe_starts(name: str, session: Callable[[str], Script]) -> None:
    script, forbidden = session(name), not_for(assets.session_files()[name])
    refused = {flag for flag in FLAGS if verdict(script, having(flag)).refused}
    assert refused == forbidden
    if name in NOT_FOR_SESSION:
        assert refused == NOT_FOR_SESSION[name]


@pytest.mark.parametrize("name", SESSIONS)
def test_what_is_declared_is_said_again(name: str, session: Callable[[str], Script]) -> None:
    script = session(name)
    for flag in script.cautions:
        found = verdict(script, having(flag))
        assert found.refused or flag in found.cautions


@pytest.mark.parametrize("name", sorted(bundled()))
def test_no_unsafe_pattern_starts(name: str) -> None:
    refused = {flag for flag in FLAGS if verdict_of_pattern(bundled()[name], having(flag)).refused}
    if name in NOT_FOR_PATTERN:
        assert refused == NOT_FOR_PATTERN[name]
    data = _raw(assets.sessions() / "patterns.yaml")
    ways = _of_breathing({"pattern": name}, {}, data)
    assert refused == {flag for way in ways for flag in NOT_FOR[way]}


@pytest.mark.parametrize("name", SESSIONS)
def test_every_variant_is_gentle_and_may_begin_itself(name: str, session: Callable[[str], Script]) -> None:
    script = session(name)
    seen: set[tuple[str, frozenset[str]]] = set()
    for flags in [*combinations(FLAGS, 1), *combinations(FLAGS, 2), FLAGS]:
        found = verdict(script, having(*flags))
        if not found.refused:
            assert not found.variant
            continue
        assert found.variant
        if (found.variant, frozenset(flags)) in seen:
            continue
        seen.add((found.variant, frozenset(flags)))
        if found.variant.startswith(PATTERN):
            pattern = bundled()[found.variant.removeprefix(PATTERN)]
            again = verdict_of_pattern(pattern, having(*flags))
            # a variant with a caution only where each one without it is out of the question
            assert not again.refused and again.tier == "green"
        else:
            again = verdict(session(found.variant), having(*flags))
            assert not again.refused and again.tier == "green"


def test_without_any_flag_only_what_is_intense_is_kept_back(session: Callable[[str], Script]) -> None:
    for name in SESSIONS:
        found = verdict(session(name), Profile())
        red = "red" in practised(assets.session_files()[name])
        assert found.refused == red, name
        assert not verdict(session(name), having()).refused
        assert verdict(session(name), having()).acknowledge == red


def test_the_checklist_has_every_caution_of_the_format_and_a_name_for_it() -> None:
    assert set(FLAGS) == set(get_args(Caution)) == NOT_FOR["red"]
    assert set(NAMES) == set(QUESTIONS) == set(FLAGS)


@pytest.mark.parametrize("name", SESSIONS)
def test_the_last_door_is_closed_too(
    name: str, session: Callable[[str], Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever screen or command forgot to ask: the host itself does not begin it."""
    monkeypatch.setenv("MINDFUL_HOME", str(tmp_path))
    for flag in sorted(not_for(assets.session_files()[name])):
        profile.write(home.profile_file(), having(flag))
        host = CliHost(Wishes(mute=True, acknowledged=True))
        with pytest.raises(RefusedError):
            host.begin(session(name), {}, Options(acknowledged=True))
        host.close()
    assert not (tmp_path / "journal").exists()
