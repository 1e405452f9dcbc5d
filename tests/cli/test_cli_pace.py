"""`mindful pace`, `mindful count`, and the glide that begins at the client's own pace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mindful.author.clients import built_in
from mindful.author.simulate import simulate
from mindful.author.simulated import Given
from mindful.cli import breathe, made, own_pace
from mindful.cli.host import CliHost, Wishes
from mindful.cli.main import run
from mindful.cli.pace import counting, pacing
from mindful.journal import home
from mindful.player.commands import Tap, Tapped
from mindful.script.tiers import tier_of_script
from mindful.tui.host import Options


def tapped(rate: float) -> None:
    own_pace.remember(
        home.pace_file(), {"rate": rate, "regularity": 0.1, "breaths": 12}, datetime(2026, 11, 25, tzinfo=UTC)
    )


@pytest.mark.parametrize("data", [pacing(60_000), counting(300_000)])
def test_they_are_sessions_that_every_made_up_client_can_play(data: dict[str, object]) -> None:
    script = made.script(data)
    runs = simulate(Given(script), [built_in(name) for name in ("calm", "distressed", "silent", "random")]).runs
    assert all(not r.warnings and r.record["status"] == "completed" for r in runs)


def test_without_a_keyboard_it_is_left_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pace", "--plain", "--mute"]) == 0
    assert "left open" in capsys.readouterr().err


def test_what_was_tapped_is_remembered_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    host = CliHost(Wishes(mute=True))
    conductor = host.begin(made.script(pacing(60_000)), {}, Options())
    at = [1000.0]
    monkeypatch.setattr(host.clock, "now", lambda: at[0])
    monkeypatch.setattr(conductor, "_began", 1000.0)
    conductor.start()
    at[0] += 9
    conductor.tick()
    while conductor.state.status != "asking":
        at[0] += 1
        conductor.tick()
    for _ in range(8):
        at[0] += 4
        conductor.do(Tap())
    conductor.do(Tapped())
    host.abort("the test is over")
    host.close()
    found = own_pace.known(home.pace_file())
    assert found is not None and found[0] == 15.0
    assert home.pace_file().stat().st_mode & 0o777 == 0o600


def test_from_my_pace_glides_to_the_pattern(capsys: pytest.CaptureFixture[str]) -> None:
    tapped(14.5)
    script = breathe.exercise("coherent", 300_000, "silence")
    breathe.glide(script, breathe.own_pace())
    [ramp] = [s["breathe"]["ramp"] for s in script["steps"] if "breathe" in s]
    assert ramp == {"from": 14.5, "to": 5.45, "over": "180 s"}
    assert tier_of_script(made.script(script)) == "green"
    assert "14.5 breaths a minute (2026-11-25)" in capsys.readouterr().err


def test_a_quick_pace_is_not_led_on() -> None:
    tapped(27)
    assert breathe.own_pace() == 20


def test_a_pace_below_the_pattern_needs_no_glide() -> None:
    tapped(5)
    script = breathe.exercise("4-6", 300_000, "silence")
    breathe.glide(script, breathe.own_pace())
    assert not any("ramp" in s.get("breathe", {}) for s in script["steps"])


def test_where_nothing_was_tapped_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["breathe", "--from-my-pace", "--plain", "--mute"]) == 2
    assert "mindful pace" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"rate": "x", "at": "y"}', '{"rate": 400, "at": "2026-11-25T08:00:00+00:00"}']
)
def test_a_file_that_is_none_is_nothing(text: str) -> None:
    home.pace_file().parent.mkdir(parents=True, exist_ok=True)
    home.pace_file().write_text(text)
    assert own_pace.known(home.pace_file()) is None
