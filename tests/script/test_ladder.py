"""Ladders: what a file may hold, what is told of it at its line, and how it is changed without losing its comments."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful import assets
from mindful.script import ladder, ladder_text
from mindful.script.ladder import Ladder
from mindful.script.ladder_text import ChangeError
from mindful.script.load import load, loads

DOGS = """\
# Agreed on 3 March.
mindful_ladder: 1
title: Dogs
items:
  - {id: photo, item: A photo of a dog, suds: 20}
  # the brown one next door
  - id: fence   # behind the fence
    item: A dog behind a fence
    suds: 50
    note: ask the neighbour first
  - {item: "Petting, a dog", suds: 90}
# end
"""


def items(text: str) -> list[tuple[str, int]]:
    found = ladder.loads(text)
    assert found.ladder is not None, found.problems
    return [(i.key, i.suds) for i in found.ladder.items]


def told(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.line, p.column) for p in ladder.loads(text, "dogs.yaml").problems]


def test_a_ladder_is_read_with_its_items() -> None:
    assert items(DOGS) == [("photo", 20), ("fence", 50), ("Petting, a dog", 90)]
    found = ladder.loads(DOGS).ladder
    assert found is not None and found.mode == "in-vivo"
    assert found.find("A DOG behind a fence") is found.items[1] and found.find("2") is found.items[1]
    assert found.find("4") is None and found.find("cat") is None


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("mindful_ladder: 1\nitems:\n  - {item: x, suds: 101}\n", [("MF134", 3, 21)]),
        ("mindful_ladder: 1\nitems:\n  - {item: x}\n", [("MF134", 3, 6)]),
        ("mindful_ladder: 1\nitem: 3\n", [("MF134", 2, 1)]),
        ("mindful_ladder: 2\nitems: []\n", [("MF134", 1, 17)]),
        ("mindful_ladder: 1\nmode: vivo\nitems: []\n", [("MF134", 2, 7)]),
        ("mindful_ladder: 1\nitems:\n  - {item: x, suds: 1}\n  - {item: x, suds: 2}\n", [("MF134", 4, 6)]),
        ("mindful_ladder: 1\nitems:\n  - {item: x, suds: 1, cautions: [hart]}\n", [("MF134", 3, 24)]),
        ("title: Dogs\n", [("MF134", 1, 1)]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, problems: list[tuple[str, int, int]]) -> None:
    assert told(text) == problems


def test_nothing_is_raised_for_what_is_no_ladder(tmp_path: Path) -> None:
    for raw in (b"", b"\xff\xfe", b"[", b"x" * 300_000, b"mindful_ladder: [1]\nitems: {a: b}\n"):
        (tmp_path / "x.yaml").write_bytes(raw)
        assert ladder.load(tmp_path / "x.yaml").problems
    assert ladder.load(tmp_path).problems and ladder.load(tmp_path / "none.yaml").problems


def test_a_change_keeps_every_comment() -> None:
    text = ladder_text.added(DOGS, "A puppy: in a basket", 30)
    text = ladder_text.moved(text, 3, 0)
    text = ladder_text.changed(text, 2, suds=35, words='A "small" dog')
    assert items(text) == [
        ("Petting, a dog", 90), ("photo", 20), ("a-puppy-in-a", 35), ("fence", 50),
    ]  # fmt: skip
    for comment in ("# Agreed on 3 March.", "# the brown one next door", "# behind the fence", "# end"):
        assert comment in text
    assert text.index("# the brown one") < text.index("id: fence")
    assert ladder.loads(text).ladder.items[2].item.languages[0][1] == 'A "small" dog'  # type: ignore[union-attr]


def test_a_new_ladder_grows_and_empties() -> None:
    text = ladder_text.begun("Heights: stairs # and bridges")
    for suds, name in ((60, "A bridge"), (20, "A chair"), (20, "A stool")):
        text = ladder_text.added(text, name, suds)
    assert items(text) == [("a-chair", 20), ("a-stool", 20), ("a-bridge", 60)]
    for _ in range(3):
        text = ladder_text.removed(text, 0)
    assert items(text) == [] and items(ladder_text.added(text, "A rope", 5)) == [("a-rope", 5)]


def test_a_change_that_cannot_be_is_refused_in_words() -> None:
    flow = "mindful_ladder: 1\nitems: [{item: a, suds: 1}, {item: b, suds: 2}]\n"
    with pytest.raises(ChangeError, match="line of its own"):
        ladder_text.moved(flow, 0, 1)
    with pytest.raises(ChangeError, match="not on the ladder"):
        ladder_text.removed(DOGS, 7)
    with pytest.raises(ChangeError, match="MF134"):
        ladder_text.changed(DOGS, 0, suds=400)


@given(
    st.lists(
        st.tuples(st.text("ab: #'\"{},-&*!%@`|>é\n\x1b[]", min_size=1, max_size=20), st.integers(0, 100)), max_size=12
    ),
    st.randoms(),
)
def test_any_words_can_be_added_and_moved(given_items: list[tuple[str, int]], dice: object) -> None:
    text = ladder_text.begun("x")
    want = []
    for words, suds in given_items:
        plain = " ".join(words.split())
        try:
            text = ladder_text.added(text, words, suds)
        except ChangeError:
            continue  # control characters and nothing at all are refused
        want.append((plain, suds))
    for _ in range(3):
        if len(want) > 1:
            a, b = dice.randrange(len(want)), dice.randrange(len(want))  # type: ignore[attr-defined]
            text = ladder_text.moved(text, a, b)
    found = ladder.loads(text).ladder
    assert found is not None
    assert sorted((i.item.languages[0][1], i.suds) for i in found.items) == sorted((w.strip(), s) for w, s in want)


def test_a_scripts_ladder_is_judged_with_the_script(tmp_path: Path) -> None:
    (tmp_path / "dogs.yaml").write_text("mindful_ladder: 1\nitems:\n  - {item: x, suds: 400}\n")
    script = tmp_path / "s.yaml"
    script.write_text("mindful: 1\ntitle: T\nsteps:\n  - exposure: {ladder: dogs.yaml, for: 5 min}\n")
    assert [(p.code, p.file.endswith("dogs.yaml"), p.line) for p in load(script).problems] == [
        ("MF134", False, 4), ("MF134", True, 3),
    ]  # fmt: skip
    (tmp_path / "dogs.yaml").write_text(DOGS)
    loaded = load(script).script
    assert loaded is not None and len(loaded.ladder_of(loaded.steps[0].exposure).items) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("item: photo", []),
        ("item: A photo of a dog", []),
        ("item: foto", ["MF135"]),
        ("script: [{say: Look.}, {pause: 5 s}, {bell: bowl}, {repeat: {times: 2, steps: [{say: Stay.}]}}]", []),
        ("script: [{rate: {id: r, ask: How?}}]", ["MF136"]),
        ("script: [{sit: {open: true}}, {wait: Go on.}]", ["MF136", "MF136"]),
        ("script: [{repeat: {until: suds2 > 3, at_most: 2, steps: [{say: x}]}}]", ["MF061", "MF136"]),
        ("script: [{exposure: {ladder: [{item: y, suds: 3}]}}]", ["MF136"]),
        ("until: suds <= 30 and minutes >= 10 or fall >= 50 and peak > 20", []),
        ("until: sudds <= 30", ["MF061"]),
    ],
)
def test_what_an_exposure_may_hold(fields: str, codes: list[str]) -> None:
    text = (
        "mindful: 1\ntitle: T\nsteps:\n  - exposure:\n      ladder: [{id: photo, item: A photo of a dog, suds: 20}]\n"
        f"      {fields}\n"
    )
    assert sorted(p.code for p in loads(text).problems) == codes


def test_every_bundled_ladder_can_be_read_and_goes_upward() -> None:
    files = sorted((assets.sessions() / "ladders").glob("*.yaml"))
    assert len(files) >= 6
    for file in files:
        found = ladder.load(file)
        assert found.ladder is not None, found.problems
        suds = [i.suds for i in found.ladder.items]
        assert suds == sorted(suds) and len(suds) >= 5, file.name
        assert all(i.id for i in found.ladder.items), file.name
        assert all({"en", "de"} <= {tag for tag, _ in i.item.languages} for i in found.ladder.items), file.name


def test_an_empty_ladder_is_a_ladder() -> None:
    assert Ladder().find("x") is None and items(ladder_text.begun("T")) == []
