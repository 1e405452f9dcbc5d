"""What a third round of new authors wrote: each hint is followed here as it stands, and the script looked at again."""

from __future__ import annotations

import re

import pytest

from mindful.script.load import loads
from mindful.script.problems import Problem

TOP = "mindful: 1\ntitle: Example\nsteps:\n"


def errors(text: str) -> list[Problem]:
    return [p for p in loads(text).problems if p.severity == "error"]


def proposals(text: str) -> list[str]:
    return [found for p in errors(text) for found in re.findall(r"`([^`]*)`", p.hint)]


CHOOSE = TOP + "  - choose:\n      id: way\n      ask: What helps?\n      options:\n"
EXPOSURE = TOP + "  - say: You can stop at any time.\n  - exposure:\n      ladder:\n"
AFTER = "  - say: Thank you. Look around, and take a moment.\n"


@pytest.mark.parametrize(
    ("wrong", "proposed"),
    [
        ("fit: 12 to 20 min", "fit: {min: 12 min, max: 20 min}"),
        ("fit: 12-20 minutes", "fit: {min: 12 min, max: 20 min}"),
        ("fit: between 90 s and 4 min", "fit: {min: 90 s, max: 4 min}"),
        ("fit: as long as it takes", "fit: {min: 4 min, max: 20 min}"),
    ],
)
def test_a_fit_in_words(wrong: str, proposed: str) -> None:
    text = f"mindful: 1\ntitle: Example\n{{}}\nsteps:\n  - say: Hello.\n{AFTER}"
    assert proposals(text.format(wrong)) == [proposed]
    assert errors(text.format(proposed)) == []


@pytest.mark.parametrize(
    ("wrong", "proposed"),
    [
        ("relax: hands, shoulders, face", "relax: {groups: [hands, shoulders, face]}"),
        ("relax: hands, shoulders and face", "relax: {groups: [hands, shoulders, face]}"),
        ("relax: Frown, and press your lips together.", 'relax: {groups: ["Frown, and press your lips together."]}'),
        ("scan: feet and hands", "scan: {regions: [feet, hands]}"),
        ("move: Lift both arms.", "move: {poses: [{say: Lift both arms., hold: 5 s}]}"),
        ("bell: singing bowl", None),
        ("sound: waves", None),
    ],
)
def test_a_kind_with_words_behind_it(wrong: str, proposed: str | None) -> None:
    found = proposals(f"{TOP}  - {wrong}\n{AFTER}")
    kind = wrong.partition(":")[0]
    assert found == [proposed] if proposed else len(found) == 1
    assert errors(f"{TOP}  - {proposed or f'{kind}: {found[0]}'}\n{AFTER}") == []


def test_an_item_of_a_ladder_in_words_alone() -> None:
    text = TOP + "  - exposure: {ladder: [Stand in it, Ride one floor (60)]}\n" + AFTER
    first, second = errors(text)
    assert (first.line, second.line) == (4, 4)
    assert "`{item: Stand in it, suds: 50}`" in first.hint and "`{item: Ride one floor, suds: 60}`" in second.hint
    mended = text.replace("Stand in it", "{item: Stand in it, suds: 50}")
    assert errors(mended.replace("Ride one floor (60)", "{item: Ride one floor, suds: 60}")) == []


def test_an_item_of_a_ladder_with_its_number_behind_a_colon() -> None:
    text = EXPOSURE + "        - Stand in it: 40\n        - Ride one floor: '60'\n" + AFTER
    assert proposals(text) == ["{item: Stand in it, suds: 40}", "{item: Ride one floor, suds: 60}"]
    mended = text.replace("Stand in it: 40", "{item: Stand in it, suds: 40}")
    assert errors(mended.replace("Ride one floor: '60'", "{item: Ride one floor, suds: 60}")) == []


def test_something_wrong_in_a_ladder_is_told_alone() -> None:
    (problem,) = errors(EXPOSURE + "        - {item: Stand in it}\n" + AFTER)
    assert problem.line == 7 and "`ladder` needs `suds`" in problem.message


@pytest.mark.parametrize("inner", ["            - say: Feet.\n", "          - say: Feet.\n"])
def test_an_option_whose_words_are_its_key(inner: str) -> None:
    text = CHOOSE + "        - Feel the feet:\n" + inner + "        - label: Look around\n" + AFTER
    (problem,) = errors(text)
    assert problem.line == 8 and "`label: Feel the feet`" in problem.hint and "column of `label`" in problem.hint
    assert errors(text.replace("Feel the feet:\n", "label: Feel the feet\n          steps:\n")) == []


def test_words_where_steps_belong_are_to_be_said() -> None:
    text = CHOOSE + "        - label: Feet\n          steps: Feel your feet.\n        - label: Other\n" + AFTER
    assert proposals(text) == ["steps: [{say: Feel your feet.}]"]
    assert errors(text.replace("steps: Feel your feet.", "steps: [{say: Feel your feet.}]")) == []
    text = text.replace("steps: Feel", '"steps": "- say: Feel').replace("feet.\n", 'feet."\n')
    assert "on a line of its own below `steps:`" in errors(text)[0].hint
    text = EXPOSURE + "        - {item: A, suds: 40}\n      script: Stay with it.\n" + AFTER
    assert proposals(text) == ["script: [{say: Stay with it.}]"]


def test_steps_of_an_option_too_far_left_are_no_new_step() -> None:
    text = CHOOSE + "        - label: Feet\n        steps:\n          - say: Feel.\n        - label: Other\n" + AFTER
    (problem,) = errors(text)
    assert problem.code == "MF013" and "- steps" not in problem.hint and "put 10 spaces" in problem.hint
    assert errors(text.replace("        steps:", "          steps:")) == []


def test_a_repeat_with_its_number_in_words() -> None:
    (problem,) = errors(TOP + "  - repeat: 3 times\n" + AFTER)
    assert "`times: 3`" in problem.hint and "`steps`" in problem.hint and "options" not in problem.hint


def test_how_much_in_words_is_a_number() -> None:
    text = TOP + "  - rate: {id: before, ask: How is it?}\n  - if: {}\n    say: Slowly.\n" + AFTER
    assert proposals(text.replace("{}", "before is very high")) == ["if: before >= 70"]
    assert errors(text.replace("{}", "before >= 70")) == []


def test_a_bare_number_in_fit_and_exposure_may_mean_minutes() -> None:
    text = (
        "mindful: 1\ntitle: Example\nfit: {min: 12, max: 20}\nsteps:\n  - say: You can stop at any time.\n"
        "  - exposure: {ladder: [{item: A, suds: 40}], ask_every: 2, for: 30}\n" + AFTER
    )
    found = [(p.line, p.hint) for p in loads(text, clinical=True).problems if p.code == "MF078"]
    assert [line for line, _ in found] == [3, 3, 6, 6]
    assert all("min` if minutes are meant" in hint for _, hint in found)
    mended = text.replace("12", "12 s").replace("20}", "20 s}").replace("ask_every: 2", "ask_every: 2 min")
    assert not [p for p in loads(mended.replace("30", "30 min"), clinical=True).problems if p.code == "MF078"]


def test_how_to_breathe_as_it_is_said_becomes_a_pattern_in_one_step() -> None:
    text = TOP + "  - say: Eyes open if you like.\n  - breathe: slowly\n" + AFTER
    assert proposals(text)[0] == "breathe: {pattern: long-exhale, for: 3 min}"
    assert errors(text.replace("breathe: slowly", proposals(text)[0])) == []


@pytest.mark.parametrize(("word", "meant"), [("shut", "closed"), ("both", "either")])
def test_eyes_as_they_are_called(word: str, meant: str) -> None:
    text = f"mindful: 1\ntitle: Example\nsettings: {{eyes: {word}}}\nsteps:\n  - say: Hello.\n"
    assert proposals(text) == [meant]
