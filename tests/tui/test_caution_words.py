"""A caution speaks of what the session holds: of breath where there is breath, and not of breath where there is none."""

from __future__ import annotations

import json
import re
from itertools import combinations
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from mindful.cli.before import lines
from mindful.script.load import loads
from mindful.script.model import Caution
from mindful.script.parts import PARTS, Part, parts_of
from mindful.script.tiers import tier_of_script
from mindful.tui import words
from mindful.tui.caution_words import COLD, FOR, MOST, always, caution, tier_means
from tests.making import script

BREATH = re.compile(r"\b(breath|breathe|out-breath|holds?|holding)\b", re.IGNORECASE)
CALM = {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 6}}
BOX = {"breathe": {"pattern": "box", "cycles": 6}}


@pytest.mark.parametrize(
    ("steps", "parts"),
    [
        ([{"say": "Sit."}, {"sit": "1 min"}, {"wait": "Go on."}], set()),
        ([CALM], {"breath"}),
        ([BOX], {"breath", "hold"}),
        ([{"breathe": {"pattern": "wim-hof-rounds", "cycles": 30}}], {"breath", "hold"}),
        ([{"wait": {"text": "Hold.", "count": True}}], {"breath", "hold"}),
        ([{"if": "x > 1", **CALM}, {"rate": {"id": "x", "ask": "?"}}], {"breath"}),
        ([{"choose": {"ask": "?", "options": [{"label": "a", "steps": [CALM]}, {"label": "b"}]}}], {"breath"}),
        ([{"scan": {}}], {"body"}),
        ([{"relax": {}}], {"body", "tense"}),
        ([{"move": {"poses": [{"say": "Stretch."}]}}, {"repeat": {"times": 2, "steps": [CALM]}}], {"move", "breath"}),
        ([{"exposure": {"ladder": [{"item": "x", "suds": 40}], "script": [{"say": "Stay."}]}}], {"exposure"}),
    ],
)
def test_what_a_session_holds(steps: list[dict[str, Any]], parts: set[Part]) -> None:
    assert parts_of(script(*steps)) == parts


def test_a_script_that_calls_itself_an_exposure_is_one() -> None:
    assert parts_of(script({"say": "Look at the photo."}, tags=["graded exposure", "phobia"])) == {"exposure"}
    assert parts_of(script({"say": "Look at the photo."}, tags=["sun"])) == set()


def test_what_an_included_script_holds_counts() -> None:
    loaded = loads("mindful: 1\ntitle: A\nsteps:\n  - include: box\n")
    assert loaded.script is not None and parts_of(loaded.script) == {"breath", "hold"}


SETS = [frozenset(c) for n in range(len(PARTS) + 1) for c in combinations(PARTS, n) if "hold" not in c or "breath" in c]


@pytest.mark.parametrize("key", get_args(Caution))
def test_each_caution_has_sentences_for_whatever_a_session_holds(key: str) -> None:
    for parts in SETS:
        said = caution(key, parts)
        assert 1 <= len(said) <= MOST and len(set(said)) == len(said)
        assert all(sentence.endswith(".") and len(sentence) <= 150 for sentence in said), said


@pytest.mark.parametrize("key", get_args(Caution))
def test_of_a_breath_that_is_not_in_it_nothing_is_said(key: str) -> None:
    for parts in SETS:
        if not parts & {"breath", "hold", "move", "tense"}:
            assert not [s for s in caution(key, parts) if BREATH.search(s)], parts


def test_of_holds_only_where_the_breath_is_held() -> None:
    for key in ("pregnancy", "heart"):
        (held,) = caution(key, {"breath", "hold"})
        (calm,) = caution(key, {"breath"})
        assert held == words.CAUTIONS[key] and "hold" in held and "hold" not in calm


def test_panic_and_trauma_by_what_is_done() -> None:
    assert caution("panic", {"breath"}) == [words.CAUTIONS["panic"]]
    assert "noticing your body" in caution("panic", {"body"})[0]
    assert "faster heart" in caution("panic", {"move"})[0]
    assert "being still" in caution("panic", set())[0]
    exposure, breath = caution("panic", {"exposure", "breath"})
    assert "meant to" in exposure and "stop at any time" in exposure and breath == words.CAUTIONS["panic"]
    assert "on purpose" in caution("trauma", {"exposure"})[0]
    assert caution("trauma", {"body"}) == [words.CAUTIONS["trauma"]]


def test_what_is_always_said_fits_too() -> None:
    assert always({"breath"}) == words.ALWAYS
    for parts in SETS:
        said = always(parts)
        assert "water" in said and said.endswith("You can stop at any time.")
        assert ("let your breath" in said) == ("breath" in parts)
        assert ("room around you" in said) == ("move" in parts)
        assert ("driving" in said) or "move" in parts


def test_no_sentence_orders_blames_or_promises() -> None:
    bad = re.compile(r"\b(must|should|fail|failed|cure|heal|never)\b", re.IGNORECASE)
    assert [s for by in FOR.values() for s in by.values() if bad.search(s)] == []
    assert set(FOR) <= set(words.CAUTIONS) and {p for by in FOR.values() for p in by if p} <= set(PARTS)


def test_the_plain_page_says_them() -> None:
    class Host:
        language = "en"

        def estimate(self, *_: Any) -> Any:
            from mindful.tui.host import Estimate

            return Estimate(60_000, 60_000, 60_000, "green", None)

        def verdict(self, *_: Any) -> Any:
            from mindful.script.safety import Verdict

            return Verdict("green")

        def eased(self, *_: Any) -> int:
            return 0

        wishes = SimpleNamespace(ease=None)

    said = lines(Host(), script({"sit": "1 min"}, cautions=["panic", "heart"]), {})  # type: ignore[arg-type]
    assert said[1:] == [*caution("panic", set()), *caution("heart", set()), always(set())]


@pytest.mark.parametrize(
    ("steps", "tags", "said"),
    [
        ([{"breathe": {"pattern": "long-exhale", "cycles": 3}}], [], [words.TIER_MEANS["green"]]),
        ([{"pause": 3}], ["cold"], [COLD]),
        ([{"breathe": {"pattern": "box", "cycles": 3}}], ["cold"], [words.TIER_MEANS["yellow"], COLD]),
        ([{"include": "cold-water"}], [], [COLD]),
    ],
)
def test_what_makes_it_as_strong_as_it_is_names_the_cold(steps: list[Any], tags: list[str], said: list[str]) -> None:
    found = loads(json.dumps({"mindful": 1, "title": "A", "tags": tags, "steps": steps}), "a.json").script
    assert found is not None
    assert tier_means(found, {}) == " ".join(said)
    assert (tier_of_script(found) == "green") == (said == [words.TIER_MEANS["green"]])
