"""The first frame is there before anything takes time, and shows only what is so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mindful.tui.app import DONE, FAILED, MindfulApp
from mindful.tui.host import Wanted
from mindful.tui.screens.arriving import ONE_MOMENT
from mindful.tui.screens.before import Before
from mindful.tui.screens.player import Player
from tests.tui.conftest import screen_text
from tests.tui.hosting import HandHost


class Watching(MindfulApp):
    """Keeps what stands on the screen at the moment when a first frame is painted, and what was asked for by then."""

    painted = ""
    asked: Sequence[str] = ()
    host: HandHost

    async def handed_over(self) -> None:  # type: ignore[override]
        self.painted, self.asked = screen_text(self), list(getattr(self.host, "asked", ()))


class Asked(HandHost):
    """Writes down what the screen asks it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def load(self, session):  # type: ignore[no-untyped-def]
        self.asked.append("load")
        return super().load(session)

    def notices(self) -> Sequence[str]:
        self.asked.append("notices")
        return super().notices()


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)])
async def test_the_first_frame_of_home_has_the_sessions_and_waits_for_no_notice(size: tuple[int, int]) -> None:
    host = Asked()
    host.told = ["A session that was cut off is kept in your journal."]
    app = Watching(host, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        for words in ("mindful", "Type to search", "Settle in one minute", "Box breathing", "Enter open"):
            assert words in app.painted
        assert "cut off" not in app.painted and app.asked == []
        assert "cut off" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (7, 2), (1, 1), (10, 1)])
async def test_the_first_frame_of_a_session_is_a_word_in_the_middle(size: tuple[int, int]) -> None:
    host = Asked()
    app = Watching(host, session="box", fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        lines = app.painted.splitlines()
        middle = lines[size[1] // 2] if len(lines) > size[1] // 2 else ""
        assert middle.strip() == ONE_MOMENT.center(size[0])[: size[0]].strip()
        assert "".join(lines).strip() == middle.strip() and app.asked == []
        assert isinstance(app.screen, Before)


async def test_what_is_wanted_is_asked_for_after_the_first_frame() -> None:
    host = Asked()
    app: Watching

    def wanted() -> Wanted:
        assert ONE_MOMENT in app.painted
        return Wanted("box", {"rounds": 3}, begin=True)

    app = Watching(host, session=wanted, fps=0, look="mono", now=host.clock.now)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, Player) and host.values["rounds"] == 3 and app.one_session


async def test_where_there_is_none_after_all_the_screen_ends() -> None:
    app = Watching(Asked(), session=lambda: None, fps=0, look="mono")
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_value == FAILED and app.crash is None


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q", "escape"])
async def test_leaving_before_anything_was_read_begins_nothing(key: str) -> None:
    host = Asked()
    app = Watching(host, session="box", begin=True, fps=0, look="mono", now=host.clock.now)

    async def hold() -> None:
        app.simulate_key(key)

    app.handed_over = hold  # type: ignore[method-assign]
    arrived, app.arrived = app.arrived, lambda: None  # type: ignore[method-assign]
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app._exit
        arrived()
    assert host.asked == [] and host.conductor is None and app.return_value == DONE
