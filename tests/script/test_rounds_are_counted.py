"""A script that would play more than 20,000 steps is refused: it would end before its end."""

from __future__ import annotations

import pytest

from mindful.script.load import loads

HEAD = "mindful: 1\ntitle: Rounds\n"


@pytest.mark.parametrize(
    ("steps", "variables", "fine"),
    [
        ("- repeat: {times: 200, steps: [{repeat: {times: 100, steps: [{pause: 1 s}]}}]}", "", True),
        ("- repeat: {times: 200, steps: [{repeat: {times: 100, steps: [{pause: 1 s}]}}]}\n- pause: 1 s", "", False),
        ("- repeat: {times: 1000, steps: [{repeat: {times: 21, steps: [{pause: 1 s}]}}]}", "", False),
        ("- repeat: {until: a > 1, at_most: 900, steps: [{repeat: {times: 30, steps: [{pause: 1 s}]}}, {rate: {id: a, ask: How?}}]}", "", False),
        ("- repeat: {times: '{n}', steps: [{repeat: {times: 100, steps: [{pause: 1 s}]}}]}", "variables: {n: {default: 2, min: 1, max: 300}}\n", False),
        ("- repeat: {times: '{n}', steps: [{repeat: {times: 100, steps: [{pause: 1 s}]}}]}", "variables: {n: {default: 2, min: 1, max: 200}}\n", True),
        ("- repeat: {times: 300, steps: [{choose: {ask: How?, options: [{label: a, steps: [{repeat: {times: 90, steps: [{pause: 1 s}]}}]}, {label: b}]}}]}", "", False),
        ("- repeat: {times: 1000, steps: [{include: settle}]}", "", True),
        ("- repeat: {times: 1000, steps: [{repeat: {times: 3, steps: [{include: settle}]}}]}", "", False),
    ],
)  # fmt: skip
def test_what_is_played_is_bounded(steps: str, variables: str, fine: bool) -> None:
    loaded = loads(HEAD + variables + "steps:\n" + "".join(f"  {line}\n" for line in steps.splitlines()))
    codes = [p.code for p in loaded.problems if p.severity == "error"]
    assert codes == ([] if fine else ["MF023"])
    if not fine:
        assert "plays more than 20,000 steps" in loaded.problems[0].message
