"""Every pacer as text, without colours, moving and held: read by people when it changes. Time is handed in.

`MINDFUL_UPDATE_SNAPSHOTS=1` writes them anew. Quiet parts are shades; `bench.looks` draws them with colours.
"""

from __future__ import annotations

import os

import pytest

from mindful.tui.pacers import NAMES, PACERS
from mindful.tui.pacers.frames import Frame
from mindful.tui.pens import Pens
from tests.tui.conftest import FOLDER
from tests.tui.test_every_pacer import moments, timeline_of

PATTERN = "{pattern: [{inhale: 4, through: left}, {hold: 3}, {exhale: 6, through: right}, {rest: 2}], cycles: 3}"
ROOMS = {"40x12": (40, 6), "80x24": (80, 12)}
"""The middle of a screen of that size; larger ones have the same figure with more air."""


def text(made: Frame) -> str:
    pens = Pens("mono")
    return "\n".join("".join(pens.segment(*run).text for run in spans).rstrip() for spans in made)


@pytest.mark.parametrize("size", ROOMS)
def test_the_pacers_are_as_they_were_looked_at(size: str) -> None:
    timeline = timeline_of(PATTERN)
    parts = []
    for name in NAMES:
        for what, ms, still in (("breathing in", 2400, False), ("held", 5500, False), ("standing still", 9500, True)):
            moment = next(moments(name, timeline, ms, ms + 100, still=still))
            parts.append(f"{name}, {what}\n{text(PACERS[name].frame(*ROOMS[size], moment))}\n")
    found, path = "\n".join(parts), FOLDER / f"pacers-{size}.txt"
    if os.environ.get("MINDFUL_UPDATE_SNAPSHOTS"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
