"""The example of the format's own description loads without a problem."""

from __future__ import annotations

import json

import pytest

from mindful.script.load import loads
from mindful.script.nodes import read
from mindful.script.problems import Source
from mindful.script.tiers import tier_of_script

EXAMPLE = """\
# yaml-language-server: $schema=...
mindful: 1
title: Settle with long out-breaths
summary: Six minutes to come down from a busy day.
author: A. Example
license: CC-BY-4.0
language: en
tags: [breathwork, calming]
suits: [beginners, evening]
cautions: [asthma]
evidence:
  - {claim: "Daily five-minute cyclic sighing raised positive affect more than mindfulness did", source: "Balban et al. 2023, Cell Reports Medicine 4(1):100895", strength: one small trial}
settings: {voice: guide, background: ocean, cues: both}
variables:
  minutes: {default: 5, min: 2, max: 15, label: Minutes of breathing}
fit: {min: 4 min, max: 20 min}
steps:
  - rate: {id: before, ask: How tense are you now?, scale: suds}
  - say: Sit so that your back can be long and your shoulders heavy.
    pause: 4 s
  - bell: bowl
  - breathe: {pattern: cyclic-sigh, for: "{minutes} min", speak: first 2}
  - if: before >= 60
    breathe: {pattern: {inhale: 4, exhale: 8}, cycles: 6}
  - sit: {for: 1 min}
  - rate: {id: after, ask: And now?, scale: suds}
  - say: {text: "From {before} to {after}. Take a moment before you stand up."}
"""


def test_the_example_is_clean_and_means_what_it_says() -> None:
    loaded = loads(EXAMPLE, "long-out-breaths.yaml")
    assert loaded.problems == ()
    script = loaded.script
    assert script is not None
    assert script.id == "long-out-breaths"
    assert [s.kind for s in script.steps] == ["rate", "say", "bell", "breathe", "breathe", "sit", "rate", "say"]
    assert script.steps[1].pause_after is not None
    assert script.steps[1].pause_after.ms == 4000
    assert script.steps[3].body.for_.resolve({"minutes": 7}) == 420_000  # type: ignore[attr-defined]
    assert tier_of_script(script) == "green"


def test_the_example_as_json_is_the_same_script() -> None:
    data = read(Source("x", EXAMPLE)).data
    for text in (json.dumps(data), json.dumps(data, indent=2), json.dumps(data, indent="\t")):
        loaded = loads(text, "long-out-breaths.json")
        assert loaded.problems == ()
        plain = loads(EXAMPLE, "long-out-breaths.yaml").script
        assert loaded.script is not None
        assert plain is not None
        assert loaded.script.model_dump() == plain.model_dump()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_fine(end: str) -> None:
    loaded = loads(EXAMPLE.replace("\n", end) + "x: 1" + end)
    assert [(p.code, p.line, p.column) for p in loaded.problems] == [("MF032", EXAMPLE.count("\n") + 1, 1)]
