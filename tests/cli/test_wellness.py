"""`mindful plan wellness`, `edit` and `review`: the sheet, the file that comes of it, the page, the weekly look."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.cli import exits, made
from mindful.cli.host import CliHost
from mindful.cli.main import run
from mindful.cli.wellness import _markdown
from mindful.journal import home
from mindful.journal import wellness as plans
from mindful.journal.filled import find
from tests.playing_sheets import write

NOW = datetime.fromisoformat("2026-11-20T18:00:00+01:00")
SHEET = "id: w\n    plan: {form: wellness}"
NASTY = "- *loud* {name} # no\x1b[2J"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> tuple[str, str]:
        capsys.readouterr()
        assert run([*words]) == exits.DONE
        captured = capsys.readouterr()
        assert "\x1b" not in captured.out + captured.err
        return captured.out, captured.err

    return call


def edited(said, *answers: str) -> str:
    return said("plan", "wellness", "--edit", "--mute", *(a for each in answers for a in ("--answer", each)))[1]


def test_the_sheet_becomes_a_file_and_what_is_left_open_later_stays(said) -> None:
    assert "Your plan is up to date" in edited(said, "wellness.well=I sing", f"wellness.then={NASTY}")
    path = home.wellness_file()
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text(path.read_text() + "\n# ours\nMusic: [Bach]\n")
    edited(said, "wellness.well=I sing again")
    found = plans.read(path)
    assert found.parts == {"well": "I sing again", "then": "- *loud* {name} # no[2J", "Music": "Bach"}
    assert "# ours" in path.read_text()
    assert found.written == date.today()
    page = said("plan", "wellness")[0]
    assert "I sing again" in page and "Music" in page and "I sing again" in said("plan")[0]


def test_the_review_shows_the_page_and_keeps_the_day_of_the_look(said) -> None:
    edited(said, "wellness.well=I sing", f"wellness.then={NASTY}")
    path = home.wellness_file()
    old = date.today() - timedelta(days=8)
    path.write_text(path.read_text().replace(f"written: {date.today()}", f"written: {old}"))
    assert "mindful plan review" in said("plan")[1]
    out, _err = said("plan", "review", "--mute", "--answer", "wellness.kept=7")
    assert "I sing" in out and "loud∗ (name) # no" in out and "Written on" in out
    assert plans.read(path).looked == date.today() and plans.read(path).written == old
    (look,) = find(home.journal(), plans.REVIEW)
    assert look.answer["kept"] == 7
    assert "mindful plan review" not in said("plan")[1]


def test_nothing_to_review_yet_and_no_empty_file(said) -> None:
    for words in (["review"], ["wellness"], ["wellness", "--review"]):
        out, err = said("plan", *words)
        assert out == "" and "Nothing is written yet" in err
    edited(said)
    assert not home.wellness_file().exists()


def test_a_look_is_offered_on_the_home_screen_only_when_it_is_due(said) -> None:
    host = CliHost.__new__(CliHost)
    host.__dict__["now"] = lambda: NOW
    assert list(host.offers()) == []
    plans.keep(home.wellness_file(), {"well": "I sing"}, written=NOW.date() - timedelta(days=6))
    assert list(host.offers()) == []
    plans.keep(home.wellness_file(), {}, written=NOW.date() - timedelta(days=7))
    assert list(host.offers()) == [plans.offer()]
    path = home.wellness_file()
    path.write_text(path.read_text().replace("every: 7 days", "every: never"))
    assert list(host.offers()) == []


def test_a_sheet_of_before_becomes_the_file_when_it_is_looked_at(said) -> None:
    write(home.journal(), NOW, SHEET, {"well": "I sing", "others": "Ana"})
    write(home.journal(), NOW + timedelta(days=1), SHEET, {"well": "I dance"})
    assert not home.wellness_file().exists()
    said("plan")
    assert plans.read(home.wellness_file()).parts == {"well": "I dance", "others": "Ana"}


def test_edit_without_a_terminal_says_where_the_file_is_and_begins_it(said) -> None:
    out, err = said("plan", "edit")
    assert out.strip() == str(home.wellness_file()) and "Any editor" in err
    assert plans.read(home.wellness_file()) == plans.Wellness()


def test_a_file_that_is_broken_is_shown_as_it_stands_and_never_overwritten(said, tmp_path: Path) -> None:
    broken = "well: [I sing\nthen: x\n"
    home.wellness_file().parent.mkdir(parents=True, exist_ok=True)
    home.wellness_file().write_text(broken)
    out, _err = said("plan", "wellness")
    assert "well: [I sing" in out and "not written as it should be" in out
    assert "cannot be understood" in edited(said, "wellness.well=I dance")
    assert home.wellness_file().read_text() == broken
    (sheet,) = find(home.journal(), plans.FORM)
    assert sheet.answer["well"] == "I dance"


def test_an_encrypted_journal_gets_no_file_in_clear(said, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home.journal(), NOW, SHEET, {"well": "I sing"})
    monkeypatch.setattr("mindful.journal.sealing.of", lambda _journal: object())
    assert "I sing" in said("plan", "wellness")[0]
    assert not home.wellness_file().exists()


def test_it_stands_beneath_the_plan_for_hard_hours(said) -> None:
    plans.keep(home.wellness_file(), {"signs": "No sleep"})
    out, _err = said("support")
    assert out.index("call the emergency number") < out.index("What keeps me well") < out.index("No sleep")


def test_written_out_as_markdown(said, tmp_path: Path) -> None:
    plans.keep(home.wellness_file(), {"signs": "No sleep"}, written=NOW.date())
    said("plan", "wellness", "-o", str(tmp_path / "plan.md"))
    text = (tmp_path / "plan.md").read_text()
    assert text.startswith("# What keeps me well\n") and "## How do I notice early" in text
    assert text.rstrip().endswith("Written on 2026-11-20.")


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60) | st.sampled_from(["```", "# x", "> x", "- x", "[a](b)", "{a}", "__x__", "\\"]))
def test_whatever_stands_in_the_plan_its_page_can_be_played(words: str) -> None:
    page = "\n\n".join(_markdown(plans.Wellness({"well": words, words: "x"}, text=words)))
    steps = [{"learn": {"text": page}}]
    assert made.script({"id": "x", "title": "T", "steps": steps}).steps
