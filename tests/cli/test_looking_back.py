"""What the host knows beyond one session: the last one, choices, settings, keys; and `mindful journey` in plain lines."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mindful.cli.host import CliHost, Wishes
from mindful.cli.looking_back import quick
from mindful.journal import days
from mindful.tui.host import Chosen, Options
from tests.cli.conftest import Program
from tests.journal.test_days import put, record
from tests.journal.test_trainings import brain, whole
from tests.making import script

NOW = datetime.now().astimezone().replace(microsecond=0)


@pytest.fixture
def host() -> CliHost:
    return CliHost(Wishes(mute=True))


def test_what_was_done_last_and_whether_this_is_the_first_time(host: CliHost, data: Path) -> None:
    assert host.last_done() is None and host.first_run() and host.next_in_plan() is None
    put(data / "journal", record(NOW - timedelta(hours=3), "box", 300_000))
    put(data / "journal", record(NOW, "settle", simulated=True))
    last = host.last_done()
    assert last is not None and (last.session, last.title, last.elapsed_ms) == ("box", "Box", 300_000)
    assert not host.first_run() and host.today() == days.day_of(host.now())


def test_what_one_key_begins_can_be_played_and_is_gentle(host: CliHost) -> None:
    for name, ms in (("minute", 60_000), ("breathe", 300_000), ("quiet", 600_000)):
        found, problems = host.load(f"quick:{name}")
        assert found is not None and not problems
        estimate = host.estimate(found, {})
        assert estimate.tier == "green" and estimate.total_ms is not None and ms <= estimate.total_ms <= ms + 40_000
    assert quick("nothing") is None and host.load("quick:nothing")[0] is None


def test_choices_are_kept_privately_by_session_and_only_what_differs(host: CliHost, data: Path) -> None:
    one = script({"pause": 5}, id="one", variables={"n": {"default": 4}})
    assert host.chosen(one) == Chosen()
    host.remember_chosen(one, Chosen({"n": 4}))
    assert not (data / "choices.json").exists()
    wanted = Chosen({"n": 6}, 300_000, "none", "rain")
    host.remember_chosen(one, wanted)
    assert CliHost().chosen(one) == wanted and (data / "choices.json").stat().st_mode & 0o077 == 0
    other = script({"pause": 5}, id="other")
    assert host.chosen(other) == Chosen()
    host.remember_chosen(one, Chosen({"n": 4}))
    assert host.chosen(one) == Chosen() and json.loads((data / "choices.json").read_text())["sessions"] == {}


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"mindful_choices": 2, "sessions": {}}', '{"mindful_choices": 1, "sessions": 3}',
             '{"mindful_choices": 1, "sessions": {"one": 3}}',
             '{"mindful_choices": 1, "sessions": {"one": {"values": 3, "fit_ms": true, "voice": 1, "gone": {}}}}'],
)  # fmt: skip
def test_choices_that_cannot_be_read_were_not_made(text: str, host: CliHost, data: Path) -> None:
    data.mkdir(exist_ok=True)
    (data / "choices.json").write_text(text)
    assert host.chosen(script({"pause": 5}, id="one")) == Chosen()


def test_the_background_that_was_chosen_is_the_one_that_is_played_and_recorded(data: Path) -> None:
    host = CliHost(Wishes(mute=True))
    conductor = host.begin(script({"pause": "1 s"}, id="one"), {}, Options(background="rain", voice="none"))
    view = conductor.start()
    assert view.layer == "rain"
    conductor.abort("interrupted", "test")
    (path,) = (data / "journal").rglob("*.json")
    settings = json.loads(path.read_text())["settings"]
    assert settings["background"] == "rain" and settings["voice"] == "none"


def test_settings_are_written_keep_comments_and_take_effect(host: CliHost, data: Path) -> None:
    assert host.volume == 0.8
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text("# mine\n[sound]\nvolume = 0.5  # evening\n")
    assert host.keep_setting("sound", "volume", 0.25) == "" and host.volume == 0.25
    assert host.keep_setting("journey", "streak", True) == "" and host.settings()["journey", "streak"] is True
    assert host.keep_setting("keys", "mute", "z") == "" and host.keymap() == {"mute": ("z",)}
    assert host.keep_setting("keys", "mute", None) == "" and host.keymap() == {}
    assert host.keep_setting("sound", "volume", None) == "" and host.volume == 0.8
    text = (data / "settings.toml").read_text()
    assert "# mine" in text and "volume" not in text and "streak = true" in text
    (data / "settings.toml").write_text("sound = {volume = 0.9}\n")
    assert "left as you wrote it" in host.keep_setting("sound", "volume", 0.1)
    assert (data / "settings.toml").read_text() == "sound = {volume = 0.9}\n"


def test_what_is_wrong_in_the_file_is_told_once_with_its_line(host: CliHost, data: Path) -> None:
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text(
        '[sound]\nvolume = 9\n\n[keys]\nmute = "n"\nfly = "x"\nhide = 3\npause = ["g"]\n'
    )
    told = list(host.notices())
    assert [t.partition(": ")[0] for t in told] == [f"settings.toml, line {n}" for n in (2, 5, 6, 7)]
    assert "“skip”" in told[1] and "no action" in told[2] and "in quotes" in told[3]
    assert list(host.notices()) == [] and host.keymap() == {"pause": ("g",)}


def test_ratings_and_the_page_of_the_session_that_just_ended(data: Path, host: CliHost) -> None:
    assert list(host.rated()) == [] and list(host.record_page("")) == ["There is no record of it."]
    path = put(data / "journal", record(NOW, answers={"before": 60, "after": 40}))
    identity = json.loads(path.read_text())["id"]
    assert "Your answers" in list(host.record_page(identity))
    assert list(host.record_page("nothing")) == ["There is no record of it."]


def test_the_shape_of_a_bundled_session_has_its_width_and_all_its_parts(host: CliHost) -> None:
    cells = host.shape("five-minute-breath", 60)
    assert len(cells) == 60 and {"breath", "voice", "bell", "quiet"} <= {kind for _, kind in cells}
    assert list(host.shape("nothing-like-it", 60)) == []


def test_the_journey_in_plain_lines(program: Program, data: Path) -> None:
    done = program("journey")
    assert done.returncode == 0 and done.stdout == "" and "nothing is missing" in done.stderr
    put(data / "journal", record(NOW - timedelta(days=2), "box", 300_000, answers={"before": 60, "after": 40}))
    put(data / "journal", record(NOW - timedelta(days=2, minutes=10), "settle"))
    put(data / "journal", record(NOW - timedelta(days=90), "bedtime"))
    done = program("journey")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].endswith("6 min.") and any("Box: 60 before, 40 after" in line for line in lines)
    assert "in a row" not in done.stdout and "Bedtime" not in done.stdout and "once, 5 min, last on" in done.stdout
    found = json.loads(program("journey", "--json", "--days", "365").stdout)
    assert len(found["practices"]) == 3 and found["ratings"][0]["after"] == 40


def test_trainings_are_told_in_plain_lines_and_as_data(program: Program, data: Path) -> None:
    put(data / "journal", record(NOW - timedelta(days=2), "brain-first", steps=whole(brain())))
    put(data / "journal", record(NOW - timedelta(days=1), "brain-first", steps=whole(brain(simulated=True))))
    lines = program("journey").stdout.splitlines()
    at = lines.index("Trainings")
    assert lines[at + 1] == "  Brain-First: Neurofeedback, alpha"
    assert lines[at + 2].endswith(": +25 % against the quiet minutes before, rewarded 50 % of 90 % clear time")
    assert "too few" in lines[at + 3] and "One is left out" in lines[at + 4] and "no diagnosis" in lines[at + 5]
    found = json.loads(program("journey", "--json").stdout)["trainings"]
    assert [(f["own"], f["change"]) for f in found] == [(True, 0.25), (False, 0.25)]
