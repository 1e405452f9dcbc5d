"""The programme on the screens: its next session as a card, opened with what the programme sets; and in the journey."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mindful.cli.host import CliHost, Wishes
from mindful.journal.days import day_of
from mindful.journal.programme.plan import Item, Part, Plan, Thing
from mindful.journal.programme.state import State, write
from tests.cli.conftest import Program
from tests.cli.test_looking_back import NOW
from tests.journal.test_days import put, record

WALK = Item("walk", (Thing({"en": "A walk"}),))


@pytest.fixture
def host() -> CliHost:
    return CliHost(Wishes(mute=True))


@pytest.fixture
def own(tmp_path: Path) -> Thing:
    path = tmp_path / "own.yaml"
    path.write_text(
        "mindful: 1\ntitle: Own\nvariables: {minutes: {default: 2}}\nsteps:\n  - sit: {for: '{minutes} min'}\n",
        encoding="utf-8",
    )
    return Thing({"en": "Own"}, "own", str(path), {"minutes": 4}, "3 min", 180_000)


def follow(data: Path, *items: Item) -> None:
    part = Part("one", {"en": "Arriving"}, items)
    write(data / "programme.json", State().started(Plan("p", {"en": "Two weeks"}, (part,)), day_of(NOW), (), ""))


def test_without_a_programme_there_is_nothing(host: CliHost) -> None:
    assert (host.plan_said(), host.next_in_plan(), host.load("plan:own")[0]) == ((), None, None)
    assert "mindful programme list" in host.plan_page()[0]


def test_what_is_next_is_a_card_and_opens_as_the_programme_has_it(host: CliHost, data: Path, own: Thing) -> None:
    follow(data, WALK, Item("own", (own,)))
    card = host.next_in_plan()
    assert card is not None
    assert (card.id, card.title, card.total_ms) == ("plan:own", "Own", 180_000)
    script, problems = host.load(card.id)
    assert script is not None and not problems
    assert script.defaults() == {"minutes": 4}
    assert host.chosen(script).fit_ms == 180_000
    other, _ = host.load(own.play)
    assert other is not None and host.chosen(other).fit_ms is None
    assert host.plan_said()[0] == "Arriving, day 1: A walk; then Own, 3 min"
    assert "  Own, 3 min  (own)" in host.plan_page()


def test_what_was_done_is_not_next(host: CliHost, data: Path, own: Thing) -> None:
    follow(data, Item("own", (own,)))
    put(data / "journal", record(NOW, "own", 180_000))
    assert host.next_in_plan() is None
    assert host.plan_said() == (
        "Arriving, day 1: nothing more today.",
        f"Two weeks. Since {day_of(NOW)}: one day with practice.",
    )


def test_a_script_that_is_gone_or_broken_is_told(host: CliHost, data: Path, own: Thing) -> None:
    follow(data, Item("own", (own,)))
    Path(own.play).write_text("mindful: 1\n", encoding="utf-8")
    assert "MF031" in host.load("plan:own")[1]
    Path(own.play).unlink()
    assert host.load("plan:own")[0] is None


def test_a_state_of_a_newer_mindful_leaves_the_screens_alone(host: CliHost, data: Path) -> None:
    data.mkdir()
    (data / "programme.json").write_text('{"mindful_programme": 7}', encoding="utf-8")
    assert host.plan_said() == ()


def test_the_journey_says_what_was_done_of_it(program: Program, data: Path, own: Thing) -> None:
    follow(data, Item("own", (own,)))
    put(data / "journal", record(NOW - timedelta(minutes=1), "own", 180_000))
    assert program("journey").stdout.endswith(f"Two weeks. Since {day_of(NOW)}: one day with practice.\n")
