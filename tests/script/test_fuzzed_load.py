"""A few hundred of the made inputs of `bench.fuzz`, and those that once went wrong. Half a million: `python -m bench.fuzz`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.fuzz import WAYS, answer, corpus, judge, made
from mindful.script.validate import MOST_TOLD

GOOD = corpus()


@pytest.mark.parametrize("number", range(0, 400, 8))
def test_made_inputs_are_answered(number: int, tmp_path: Path) -> None:
    for n in range(number, number + 8):
        _, text, raw = made(3, n, GOOD)
        judge(answer(text, raw, tmp_path))


def test_an_input_follows_from_its_seed_and_number() -> None:
    assert [made(3, n, GOOD) for n in range(8)] == [made(3, n, GOOD) for n in range(8)]
    assert {made(3, n, GOOD)[0] for n in range(8)} == {way.__name__ for way in WAYS}


STEPS = "mindful: 1\ntitle: x\nsteps:\n"
LARGE = {
    "one word for eyes": STEPS + "  - say: " + "eyes " * 200_000,
    "one order": STEPS + "  - say: " + "you must " * 110_000,
    "counts": STEPS + "  - breathe: {pattern: box, cycles: 3}\n  - say: " + "in for " * 140_000,
    "pause marks": STEPS + '  - say: "' + "[pause x] " * 100_000 + '"',
    "keys that nobody knows": "mindful: 1\ntitle: x\n" + "".join(f"k{i}: 1\n" for i in range(80_000)),
    "steps of no kind": STEPS + "  - brethe: box\n" * 4900,
    "steps with a wrong word": STEPS + "  - bell: boll\n" * 4900,
    "steps with words": STEPS + "  - say: Feel your hands, and let them rest.\n    pause: 4 s\n" * 4900,
    "brackets": STEPS + "  - say: " + "{" * 900_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_is_answered_in_seconds(name: str, tmp_path: Path) -> None:
    """About a megabyte each; the first list of keys took more than eight minutes once, so a minute of a busy machine tells."""
    began = time.process_time()
    loaded = answer(LARGE[name], None, tmp_path)
    assert time.process_time() - began < 60
    assert len(loaded.problems) <= MOST_TOLD + 10


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
