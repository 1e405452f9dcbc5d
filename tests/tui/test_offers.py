"""What may be done today is said on the home screen, in a line that fits, and only there."""

from __future__ import annotations

import pytest

from mindful.journal import wellness
from mindful.tui.app import MindfulApp
from tests.tui.conftest import screen_text
from tests.tui.hosting import HandHost
from tests.tui.test_screens_at_three_sizes import settled


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)])
async def test_a_weekly_look_is_offered_in_few_rows(size: tuple[int, int]) -> None:
    host = HandHost()
    host.offered = [wellness.offer()]
    app = MindfulApp(host, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        shown = screen_text(app)
        assert wellness.offer() in " ".join(shown.split())
        assert len(wellness.offer()) <= 2 * 38


async def test_where_nothing_is_offered_nothing_is_said() -> None:
    host = HandHost()
    app = MindfulApp(host, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "If you like" not in screen_text(app)
