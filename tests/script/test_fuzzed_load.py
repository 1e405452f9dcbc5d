"""A few hundred of the made inputs of `bench.fuzz`, and those that once went wrong. Half a million: `python -m bench.fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.fuzz import WAYS, answer, corpus, judge, made

GOOD = corpus()


@pytest.mark.parametrize("number", range(0, 400, 8))
def test_made_inputs_are_answered(number: int, tmp_path: Path) -> None:
    for n in range(number, number + 8):
        _, text, raw = made(3, n, GOOD)
        judge(answer(text, raw, tmp_path))


def test_an_input_follows_from_its_seed_and_number() -> None:
    assert [made(3, n, GOOD) for n in range(8)] == [made(3, n, GOOD) for n in range(8)]
    assert {made(3, n, GOOD)[0] for n in range(8)} == {way.__name__ for way in WAYS}


FOUND = {
    "cut off before its steps, with a key that is spelt alike": "mindful: 1\ntitle: x\nsuits: [evening]\nevidence:\n  - {claim: a",
    "the same in JSON": '{"mindful": 1, "title": "x", "suits": []}',
}
"""Inputs that once failed: refused without a word."""


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_stays_mended(name: str, tmp_path: Path) -> None:
    loaded = answer(FOUND[name], None, tmp_path)
    judge(loaded)
    assert loaded.script is None and loaded.problems
