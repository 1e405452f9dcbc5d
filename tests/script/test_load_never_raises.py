"""Whatever is written, `loads` answers: random text, random YAML, and good scripts with something broken in them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mindful import assets
from mindful.script.load import Loaded, loads
from mindful.script.model import KINDS, Step
from mindful.script.problems import as_json, render
from mindful.script.values import CONTROL

GOOD = [p.read_text(encoding="utf-8") for n, p in assets.session_files().items() if not n.startswith("exposure-")]
"""Whole scripts; an exposure names a ladder beside it, and these are texts without a folder."""


def holds(loaded: Loaded, text: str) -> None:
    """What is true of every answer."""
    errors = [p for p in loaded.problems if p.severity == "error"]
    assert (loaded.script is None) == bool(errors)
    for p in loaded.problems:
        assert p.line >= 1
        assert p.column >= 1
        assert p.length >= 1
        shown = render(p)
        assert not CONTROL.search(shown)
        assert not CONTROL.search(p.message + p.hint)
        json.dumps(as_json(p))
        shown.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    holds(loads(text), text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab:-{}[]\"' \n\t#&*!|>%@`?,1=<\\\x1b\ud800“”", max_size=80))
def test_any_text_of_the_signs_that_yaml_knows(text: str) -> None:
    holds(loads("mindful: 1\ntitle: x\nsteps:\n  - say: " + text), text)
    holds(loads(text), text)


WORDS = st.sampled_from(
    ["", "box", "4:30", "5 min", "{a}", "{minutes} min", "first 2", "before >= 60", "not a", "nose", "../x", "x.ogg", "en",
     "yes", "1e9999", "9" * 400, "\x1b[2J", "key", "([", "=", "not " * 80 + "a", "suds", "[pause x]", "<break>"]
)  # fmt: skip
KEYS = st.sampled_from(
    [*KINDS, *Step.model_fields, "for", "if", "pattern", "cycles", "ramp", "from", "to", "steps", "times", "until", "at_most",
     "options", "ask", "text", "scale", "min", "max", "default", "inhale", "exhale", "hold", "script", "with", "layer",
     "bells", "at", "every", "quiz", "answer", "en", "mindful", "title", "variables", "patterns", "settings", "voice", "fit",
     "lexicon", "evidence", "cautions", "language", "tags", "voice", "senses", "ladder", "brethe", "a b?", "-say", "<<"]
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats() | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4), st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=4))
def test_any_data_in_the_place_of_a_script(head: dict[str, Any], steps: list[dict[str, Any]]) -> None:
    text = json.dumps({"mindful": 1, "title": "x", "steps": steps, **head})
    holds(loads(text), text)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(GOOD), st.data())
def test_a_good_script_with_something_broken_in_it(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 6))
        text = text[:at] + data.draw(WORDS | st.text(alphabet=":-{}[]\"' \n\t#&*,", max_size=3)) + text[at + cut :]
    holds(loads(text), text)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(GOOD), st.data())
def test_a_good_script_without_one_of_its_lines(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    del lines[data.draw(st.integers(0, len(lines) - 1))]
    holds(loads("\n".join(lines)), text)


def test_the_good_scripts_are_good() -> None:
    assert len(GOOD) >= 10
    for text in GOOD:
        assert loads(text).script is not None
