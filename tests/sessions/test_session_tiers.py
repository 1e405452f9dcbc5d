"""How strong the bundled sessions and patterns are, by tables written from the clinical notes, not from the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest
import yaml

from mindful import assets
from mindful.script.kinds.breath import Phases
from mindful.script.model import Caution, Script
from mindful.script.patterns import bundled
from mindful.script.tiers import tier_of, tier_of_script

SESSIONS = sorted(assets.session_files())
YELLOW_SESSIONS = {"box", "four-seven-eight", "triangle"}
COLD_SESSIONS = {"cold-water"}
"""Nothing of their breath is strong; cold on the face slows the heart, so they are not called gentle."""
WITHIN = "exposure-fast-breathing"
"""Its breathing is within an exposure, which nobody plays who did not agree on it."""
RED_SESSIONS = {"wim-hof-rounds", "cyclic-hyperventilation", WITHIN}

# Seconds: in, top-up, hold, out, rest; one entry a breath. And the tier.
PATTERNS: dict[str, tuple[list[tuple[float, float, float, float, float]], str]] = {
    "box": ([(4, 0, 4, 4, 4)], "yellow"),
    "4-7-8": ([(4, 0, 7, 8, 0)], "yellow"),
    "coherent": ([(5.5, 0, 0, 5.5, 0)], "green"),
    "resonant": ([(5, 0, 0, 5, 0)], "green"),
    "long-exhale": ([(4, 0, 0, 6, 0)], "green"),
    "cyclic-sigh": ([(2, 1, 0, 6, 0)], "green"),
    "alternate-nostril": ([(4, 0, 0, 6, 0), (4, 0, 0, 6, 0)], "green"),
    "bhramari": ([(4, 0, 0, 8, 0)], "green"),
    "pursed-lip": ([(2, 0, 0, 4, 0)], "green"),
    "equal": ([(4, 0, 0, 4, 0)], "green"),
    "triangle": ([(4, 0, 4, 4, 0)], "yellow"),
    "diaphragmatic": ([(4, 0, 0, 6, 0)], "green"),
    "wim-hof-rounds": ([(1.5, 0, 0, 1.5, 0)], "red"),
    "cyclic-hyperventilation": ([(1.5, 0, 0, 1, 0)], "red"),
}
RED_ABOUT = (
    "faint",
    "water",
    "driving",
    "seizure",
    "heart",
    "blood pressure",
    "panic",
    "psychosis",
    "pregnan",
    "operation",
)
RED_WARNINGS = (
    "faint",
    "water",
    "driving",
    "standing",
    "alone",
    "pregnancy",
    "epilepsy",
    "heart disease",
    "blood pressure",
)


def _tier(phases: list[tuple[str, int]], rounds: bool = False) -> str:
    """The rule of the format, by hand: holds over 2 s or under 4 a minute are yellow; over 8 s or 20 a minute, red."""
    breaths = max(1, sum(name == "exhale" for name, _ in phases))
    a_minute = breaths * 60_000 / sum(ms for _, ms in phases)
    longest = max((ms for name, ms in phases if name in ("hold", "rest")), default=0)
    if rounds or a_minute > 20 or longest > 8_000:
        return "red"
    return "yellow" if longest > 2_000 or a_minute < 4 else "green"


def _table(phases: Phases) -> list[tuple[float, ...]]:
    names = ("inhale", "top_up", "hold", "exhale", "rest")
    rows: list[dict[str, float]] = []
    for p in phases:
        if p.phase == "inhale":
            rows.append(dict.fromkeys(names, 0.0))
        rows[-1][p.phase] += p.ms / 1000
    return [tuple(r[n] for n in names) for r in rows]


def test_every_named_pattern_is_there() -> None:
    assert set(bundled()) == set(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_have_the_counts_they_are_known_by(name: str) -> None:
    counts, tier = PATTERNS[name]
    pattern = bundled()[name]
    assert _table(pattern.phases) == counts
    assert _tier([(p.phase, p.ms) for p in pattern.phases], bool(pattern.rounds)) == tier
    if not pattern.rounds:  # rounds end when the client ends them: red whatever their phases
        assert tier_of(pattern.phases) == tier


@pytest.mark.parametrize("name", SESSIONS)
def test_sessions_are_as_strong_as_the_notes_say(name: str, play: Callable, session: Callable[[str], Script]) -> None:
    tiers = {_tier([(c.phase, c.length_ms) for c in cycle]) for cycle in play(name).breaths()}
    expected = "red" if name in RED_SESSIONS else "yellow" if name in YELLOW_SESSIONS else "green"
    if any(s.kind == "wait" and s.prompt.count for s in play(name).segments):
        tiers.add("red")  # a hold that the client ends
    if name in COLD_SESSIONS:
        assert "cold" in session(name).tags and tiers <= {"green"}
        expected = "yellow"
    elif name != WITHIN:
        assert max(tiers, key=["green", "yellow", "red"].index, default="green") == expected
    assert tier_of_script(session(name)) == expected  # also at the limits of its variables


@pytest.mark.parametrize("pace", [4, 12, 18, 60])
def test_no_pace_makes_the_glide_anything_but_gentle(pace: int, play: Callable) -> None:
    run = play("long-exhale-glide", {"pace": pace})
    assert {_tier([(c.phase, c.length_ms) for c in cycle]) for cycle in run.breaths()} == {"green"}


def test_478_stays_within_eight_breaths(play: Callable) -> None:
    assert len(play("four-seven-eight").breaths()) == 8


@pytest.fixture(scope="module")
def written() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = yaml.safe_load((assets.sessions() / "patterns.yaml").read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_say_what_they_are_and_for_whom_they_are_not(name: str, written: dict[str, dict[str, Any]]) -> None:
    entry = written[name]
    assert len(entry["note"]) > 40
    assert bundled()[name].note == entry["note"]
    assert set(entry["evidence"]) == {"claim", "source", "strength"}
    assert entry["cautions"]
    assert set(entry["cautions"]) <= set(get_args(Caution))
    assert "tier" not in entry  # computed, never declared
    if any(p.phase in ("hold", "rest") for p in bundled()[name].phases):
        assert set(entry["cautions"]) >= {"pregnancy", "heart", "blood-pressure", "panic"}


@pytest.mark.parametrize("name", [n for n, (_, tier) in PATTERNS.items() if tier == "red"])
def test_red_patterns_warn_without_hedging(name: str, written: dict[str, dict[str, Any]]) -> None:
    note = written[name]["note"]
    assert note.startswith("DANGER")
    for word in RED_WARNINGS:
        assert word in note, word
    assert set(written[name]["cautions"]) >= {
        "pregnancy", "heart", "blood-pressure", "epilepsy", "glaucoma", "surgery", "panic", "psychosis",
    }  # fmt: skip


def test_only_the_strong_sessions_use_what_is_strong() -> None:
    red = [n for n, (_, tier) in PATTERNS.items() if tier == "red"]
    for name, path in assets.session_files().items():
        text = path.read_text(encoding="utf-8")
        assert name in RED_SESSIONS or not any(n in text for n in (*red, "count: true")), path.name


@pytest.mark.parametrize("name", sorted(RED_SESSIONS))
def test_strong_sessions_warn_first_and_end_every_hold(name: str, play: Callable) -> None:
    run = play(name, {"again": True, "more": [True, False], "last": True})
    before = " ".join(c.text for at, c in run.said if at < run.phases[0][0])
    asked = next(s for s in run.segments if s.kind == "wait")
    assert asked.prompt is not None and not asked.prompt.count  # an Enter of its own before the first breath
    for word in (*RED_ABOUT, "stop"):
        assert word in before, word
    holds = [s.prompt for s in run.segments if s.kind == "wait" and s.prompt is not None and s.prompt.count]
    assert len(holds) == 3
    assert all(h.at_most_ms is not None and h.at_most_ms <= 45_000 for h in holds)
    assert len([s for s in play(name).segments if s.kind == "wait"]) == 2  # no answer is no further round
