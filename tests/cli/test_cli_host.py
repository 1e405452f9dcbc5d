"""The program behind the screen: sessions, sound, record, settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mindful.assets import session_files
from mindful.audio.levels import Levels
from mindful.cli import before, settings, sound_check
from mindful.cli.host import CliHost, Wishes
from mindful.journal import home
from mindful.player.commands import Answer, Ease, Stop
from mindful.player.ports import Silence
from mindful.script.model import Script
from mindful.tui.host import Host, Options
from tests.killed import killed
from tests.making import script


@pytest.fixture
def host() -> Iterator[CliHost]:
    made = CliHost(Wishes(mute=True))
    yield made
    made.abort("the test is over")
    made.close()


def tiny(**head: object) -> Script:
    return script({"bell": "bowl"}, {"pause": "1 s"}, id="tiny", **head)


def test_it_is_a_host() -> None:
    checked: Host = CliHost()
    assert checked.language


@pytest.mark.parametrize(
    ("given", "language"),
    [("de_AT.UTF-8", "de-AT"), ("en_US", "en-US"), ("C", "en"), ("C.UTF-8", "en"), ("POSIX", "en")],
)
def test_the_language_of_the_client(given: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", given)
    assert CliHost().language == language


def test_the_catalogue_is_every_session(host: CliHost) -> None:
    cards = list(host.catalogue())
    assert sorted(card.id for card in cards) == sorted(session_files())
    assert all(card.title and card.summary and card.file for card in cards)


def test_loading(host: CliHost, tmp_path: Path) -> None:
    loaded, problems = host.load("settle")
    assert loaded is not None and loaded.id == "settle" and problems == ""
    assert host.load("nosuch")[0] is None and "nosuch" in host.load("nosuch")[1]
    bad = tmp_path / "bad.yaml"
    bad.write_text("mindful: 1\ntitle: Bad\nsteps: [{brethe: box}]\n")
    loaded, problems = host.load(str(bad))
    assert loaded is None and "breathe" in problems
    own = tiny()
    assert host.load(host.add(own)) == (own, "")


def test_pages_are_read_aloud_to_whoever_wants_it(host: CliHost, data: Path) -> None:
    def aloud(made: CliHost) -> list[bool]:
        loaded, _ = made.load("learn-sleep")
        assert loaded is not None
        return [step.learn.aloud for step in loaded.steps if step.learn is not None]

    assert aloud(host) == [False, False]
    assert aloud(CliHost(Wishes(mute=True, aloud=True))) == [True, True]
    data.mkdir(exist_ok=True)
    home.settings_file().write_text("[voice]\npages = true\n")
    assert aloud(host) == [True, True]
    made = script({"learn": {"text": "A page."}}, id="made")
    again, _ = host.load(host.add(made))
    assert again is not None and again.steps[0].learn is not None and again.steps[0].learn.aloud


def test_an_estimate_follows_the_values(host: CliHost) -> None:
    made = script({"sit": "{minutes} min"}, variables={"minutes": {"default": 2, "min": 1, "max": 9}})
    assert host.estimate(made, {}).total_ms == 120_000
    assert host.estimate(made, {"minutes": 5}).total_ms == 300_000
    assert host.estimate(made, {}).tier == "green"
    held = script({"breathe": {"pattern": {"inhale": 4, "hold": 9, "exhale": 6}, "cycles": 2}})
    assert host.estimate(held, {}).tier == "red"


def test_a_record_begins_with_everything_that_was_chosen(host: CliHost, data: Path) -> None:
    made = script({"sit": "{minutes} min"}, id="sits", variables={"minutes": {"default": 2}, "name": {"default": "x"}})
    conductor = host.begin(made, {"minutes": 3}, Options(volume=0.5, acknowledged=True, calm=True))
    conductor.start()
    (path,) = (data / "journal").rglob("*.jsonl")
    start = json.loads(path.read_text().splitlines()[0])
    assert start["session"]["id"] == "sits" and start["planned_ms"] == 180_000
    assert start["variables"] == {"minutes": 3, "name": "x"}
    assert start["settings"]["acknowledged"] is True and start["settings"]["calm"] is True
    assert start["settings"]["performer"] == "screen" and start["simulated"] is False
    assert start["clock"] == "monotonic" and start["audio"] == {"sink": "none", "rate": 48000}
    assert path.stat().st_mode & 0o077 == 0


def test_each_session_has_its_own_seed(host: CliHost, data: Path) -> None:
    seeds = set()
    for _ in range(3):
        host.begin(tiny(), {}, Options()).start()
        host.abort("next")
    for path in (data / "journal").rglob("*.json"):
        seeds.add(json.loads(path.read_text())["settings"]["seed"])
    assert len(seeds) == 3


def test_mute_is_a_session_without_a_device(host: CliHost) -> None:
    conductor = host.begin(tiny(), {}, Options(volume=0.8))
    assert isinstance(conductor._speaker, Silence) and conductor.state.volume == 0.0


def test_without_a_record_nothing_is_written(data: Path) -> None:
    host = CliHost(Wishes(mute=True, keep=False))
    conductor = host.begin(tiny(), {}, Options())
    conductor.start()
    conductor.abort("interrupted", "enough")
    assert not data.exists() and not host.kept
    assert host.recorded() == ["This session was not written down."]
    host.add_note("nothing happens", 3)
    host.close()


def test_what_was_recorded_and_a_note_in_it(host: CliHost, data: Path) -> None:
    conductor = host.begin(script({"rate": {"id": "now", "ask": "How?"}}, id="asks"), {}, Options())
    conductor.start()
    conductor.do(Answer(40))
    conductor.do(Stop())
    conductor.do(Stop())
    assert host.kept
    lines = host.recorded()
    assert any("How?" in line and "40" in line for line in lines)
    host.add_note("It was\nquiet.", 4)
    host.add_note("", None)
    (path,) = (data / "journal").rglob("*.json")
    assert json.loads(path.read_text())["note"] == "How it was: good (4 of 5).\nIt was\nquiet."


def test_a_note_that_cannot_be_written_is_told(host: CliHost, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host.begin(tiny(), {}, Options()).start()
    host.abort("over")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mindful.journal.store.add_note", full)
    host.add_note("lost", None)
    assert "could not be written" in next(iter(host.notices()))
    assert list(host.notices()) == []


def test_a_journal_that_cannot_be_written_is_told_and_the_session_goes_on(host: CliHost, data: Path) -> None:
    data.mkdir()
    (data / "journal").write_text("a file where the folder should be")
    conductor = host.begin(tiny(), {}, Options())
    conductor.start()
    assert conductor.tick().status == "playing"
    told = [*host.notices(), *conductor.view().notices]
    assert any("journal" in text for text in told)


def test_recovery_is_told_once(data: Path) -> None:
    first = CliHost(Wishes(mute=True))
    first.begin(tiny(title="Cut"), {}, Options()).start()
    recorder = first._recorder
    assert recorder is not None
    killed(recorder)
    second = CliHost()
    second.recover()
    (told,) = second.notices()
    assert told.startswith("A session that was cut off, Cut, ") and told.endswith("as interrupted.")
    second.recover()
    assert list(second.notices()) == []


def test_the_volume_is_remembered() -> None:
    loud = CliHost()
    assert loud.volume == settings.DEFAULT_VOLUME
    loud.remember_volume(0.4)
    assert loud.volume == 0.4 and CliHost().volume == 0.4


def test_a_muted_session_forgets_nothing(host: CliHost) -> None:
    host.remember_volume(0.1)
    assert CliHost().volume == settings.DEFAULT_VOLUME and not home.settings_file().exists()


def test_sound_check_without_sound(host: CliHost) -> None:
    assert host.sound_check(0.5) == "Sound is off (--mute)."
    silent = CliHost(Wishes(sink="null"))
    assert "null" in silent.sound_check(0.5)
    silent.sound_check(0.5)
    silent.close()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("not opened yet", "on its way"),
        ("no sound device; simpleaudio: none", "also works without sound"),
        ("simpleaudio (the first that opens)", "a bell, through simpleaudio."),
        ("miniaudio (asked for); x", "a bell, through miniaudio."),
    ],
)
def test_what_a_sound_check_says(chosen: str, words: str) -> None:
    assert words in sound_check.words(chosen, 0.5)
    if "through" in words:
        assert "turned off" in sound_check.words(chosen, 0.0)


def test_the_page_before_names_what_can_be_set(host: CliHost) -> None:
    made = script(
        {"sit": "{minutes} min"},
        summary="Just sit.",
        cautions=["asthma"],
        variables={"minutes": {"default": 2, "min": 1, "max": 9, "label": "Minutes of sitting"}},
    )
    told = before.lines(host, made, {})
    assert told[0] == "A test, 2 min, gentle (+)." and told[1] == "Just sit."
    assert any("asthma" in line for line in told)
    assert told[-1] == "minutes=2  Minutes of sitting, 1 to 9"
    assert "--set" not in " ".join(before.lines(host, made, {"minutes": 3}))


def test_the_page_before_says_what_makes_it_strong(host: CliHost) -> None:
    held = script({"breathe": {"pattern": {"inhale": 4, "hold": 7, "exhale": 8}, "cycles": 2}})
    told = before.lines(host, held, {})
    assert "moderate (++)" in told[0] and "Short holds or a very slow pace." in told


def test_the_mixer_is_remembered_and_the_next_session_begins_with_it() -> None:
    host = CliHost(Wishes(mute=True, keep=False))
    assert host.levels == Levels()
    host.remember_levels(Levels(background=-9))
    again = CliHost(Wishes(mute=True, keep=False))
    assert again.levels == Levels(background=-9)
    assert again.begin(tiny(), {}, Options()).state.levels == Levels(background=-9)


def test_gentler_breaths_are_remembered_for_their_own_session(host: CliHost) -> None:
    made = script({"breathe": {"pattern": "box", "cycles": 9}}, id="tiny-box")
    assert host.eased(made) == 0
    host.begin(made, {}, Options()).start()
    host._conductor.do(Ease())  # type: ignore[union-attr]
    assert host.eased(made) == 1 and host.eased(tiny()) == 0
    assert settings.eased(home.settings_file(), "tiny-box") == 1
    host.begin(made, {}, Options(ease=1)).start()
    assert host._recorder is not None and host._recorder.record["settings"]["ease"] == 1


def test_without_a_record_nothing_is_remembered() -> None:
    secret = CliHost(Wishes(mute=True, keep=False))
    made = script({"breathe": {"pattern": "box", "cycles": 9}}, id="tiny-box")
    secret.begin(made, {}, Options()).start()
    secret._conductor.do(Ease())  # type: ignore[union-attr]
    secret.close()
    assert CliHost().eased(made) == 0
