"""What is kept from frame to frame is what would be made anew: lines of widgets, rows of words, pictures of a pacer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.segment import Segment

from mindful.tui import stage
from mindful.tui.app import MindfulApp
from mindful.tui.hints import player_hints
from mindful.tui.pacers import NAMES
from mindful.tui.screens.player import Player
from mindful.tui.theme import Look
from mindful.tui.widgets.kept import Kept
from mindful.tui.widgets.pacer import PacerView
from mindful.tui.widgets.rows import Rows
from tests.tui.hosting import HandHost

SESSION = """
mindful: 1
title: Much that changes
steps:
  - say: Sit down.
  - breathe: {visual: VISUAL, pattern: [{inhale: 3, through: left}, {hold: 2}, {exhale: 4, through: right}], cycles: 2}
  - pause: 3 s
  - relax: {groups: 4, tense: 3 s, release: 5 s}
  - wait: {text: When you are ready.}
"""
ODD_S = 0.237
"""Frames fall at all parts of a second."""


@asynccontextmanager
async def running(visual: str, look: Look) -> AsyncIterator[tuple[HandHost, Any, Any]]:
    host = HandHost({"much": SESSION.replace("VISUAL", visual)})
    app = MindfulApp(host, session="much", begin=True, fps=0, look=look, now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield host, app, pilot


def seen(app: Any) -> list[list[Segment]]:
    return [list(strip.simplify()) for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize(("visual", "look"), [*((name, "true") for name in NAMES), ("circle", "16"), ("ring", "mono")])
async def test_what_is_kept_looks_like_what_is_made_anew(visual: str, look: Look) -> None:
    async with running(visual, look) as (host, app, pilot):
        for number in range(130):
            host.clock.forward(ODD_S)
            await app.screen.frame()
            if number % 13:
                continue  # several frames in a row, of which each leaves something as it was
            await pilot.pause()
            kept = seen(app)
            assert isinstance(app.screen, Player)
            for widget in app.screen.walk_children():
                widget.refresh()
            await app.screen.again()
            await pilot.pause()
            assert kept == seen(app), f"after {number} frames"


@pytest.mark.parametrize("widget", [Rows, PacerView])
async def test_kept_lines_go_when_something_is_to_be_painted_or_looks_otherwise(widget: type[Any]) -> None:
    """The name by which Textual marks what is dirty is its own affair: where it changes this fails."""
    async with running("circle", "true") as (host, app, pilot):
        for _ in range(12):
            host.clock.forward(ODD_S)
            await app.screen.frame()
        await pilot.pause()
        one = app.screen.query(widget).first()
        crop = one.size.region
        first = one.render_lines(crop)
        assert all(a is b for a, b in zip(first, one.render_lines(crop), strict=True))
        one.refresh()
        assert any(a is not b for a, b in zip(first, one.render_lines(crop), strict=True))
        before = one.render_lines(crop)
        one.styles.tint = "red 50%"
        await pilot.pause()
        assert [list(a) for a in before] != [list(a) for a in one.render_lines(crop)]
        assert Kept not in Player.__mro__, "another screen may be seen through the ground of one"


async def test_moments_that_tell_the_same_have_the_same_rows_and_words_are_made_only_when_they_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []
    head = stage.head
    monkeypatch.setattr(stage, "head", lambda view, width: made.append(view) or head(view, width))
    async with running("circle", "mono") as (host, app, _pilot):
        last: tuple[Any, Any] | None = None
        alike = frames = 0
        made.clear()
        for _ in range(600):
            host.clock.forward(0.041)
            await app.screen.frame()
            view = app.screen.session.view()
            frames += 1
            rows = (
                head(view, 80),
                stage.caption(view, 80, 4),
                stage.caption_height(view, 80, 3, 12),
                stage.phase(view, 80, 3),
                stage.status(view, 80),
                stage.bar(view, 80, 1) if view.phase is None else None,
                player_hints(view, None),
            )
            if last is not None and last[0] == stage.moment(view):
                alike += 1
                assert last[1] == rows
            last = stage.moment(view), rows
        assert alike > frames / 2 and len(made) <= frames - alike + 1
