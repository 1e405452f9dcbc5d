"""The screen comes first, the reading after: what is there before the first frame, and what is told when reading fails."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from mindful.cli import exits, say
from mindful.cli.host import CliHost, Wishes
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal
from tests.killed import killed
from tests.making import script

LEFT = "\x1b[?1049l"
Start = Callable[..., Terminal]

WATCHED = """
import os, sys
from mindful.tui.app import MindfulApp
async def handed_over():
    names = sorted({n if n.startswith("mindful.") else n.partition(".")[0] for n in sys.modules})
    with open(os.environ["SEEN_MODULES"], "w") as file:
        file.write(" ".join(names))
    MindfulApp.app_of_test.exit(0)
def arrived(self):
    pass
make = MindfulApp.__init__
def made(self, *a, **k):
    MindfulApp.app_of_test = self
    make(self, *a, **k)
MindfulApp.__init__, MindfulApp.handed_over, MindfulApp.arrived = made, staticmethod(handed_over), arrived
"""
"""Writes down what is imported at the moment when the first frame is painted, and ends there."""

LATE = {"pydantic", "pydantic_core", "yaml", "numpy", "miniaudio", "simpleaudio", "tomllib"}


@pytest.fixture
def start() -> Iterator[Start]:
    made: list[Terminal] = []

    def begin(*args: str, code: str = "") -> Terminal:
        made.append(Terminal(*args, code=code))
        return made[-1]

    yield begin
    for each in made:
        each.clean_up()


@pytest.mark.pty
@pytest.mark.parametrize(
    "args", [[], ["play", "settle"], ["play", "settle", "--begin"], ["breathe", "box"], ["sit", "10"]], ids=" ".join
)
def test_what_the_first_frame_does_not_need_is_not_there_yet(
    args: list[str], start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "modules.txt"
    monkeypatch.setenv("SEEN_MODULES", str(seen))
    terminal = start(*args, code=WATCHED)
    terminal.status()
    found = set(seen.read_text().split())
    assert "textual" in found and not found & LATE
    assert not {n for n in found if n.startswith(("mindful.journal.rec", "mindful.timeline.", "mindful.plain."))}
    if args:
        assert "mindful.tui.screens.arriving" in found and "mindful.tui.screens.home" not in found


BAD = "mindful: 1\ntitle: Bad\nsteps:\n  - brethe: box\n"


def words(text: str) -> list[str]:
    """The lines, without colours."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).strip().splitlines()]


@pytest.mark.pty
@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["play", "{bad}"], exits.PROBLEMS),
        (["play", "settle", "--set", "minutes=5"], exits.USAGE),
        (["play", "settle", "--set", "minutes"], exits.USAGE),
        (["play", "settle", "--answer", "x"], exits.USAGE),
        (["breathe", "bxo"], exits.USAGE),
        (["sit", "a while"], exits.USAGE),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, list) else str(x),
)
def test_what_is_wrong_is_told_on_the_plain_terminal(
    args: list[str], status: int, start: Start, program: Program, tmp_path: Path, data: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(BAD)
    args = [a.format(bad=bad) for a in args]
    terminal = start(*args)
    assert terminal.status() == status
    drawn, left, after = terminal.everything.rpartition(LEFT)
    assert left and "One moment" in drawn
    plain = program(*args)
    assert plain.returncode == status and words(plain.stderr) == words(re.sub(r"\x1b\[[?<>=][0-9;]*[a-z]", "", after))
    assert not data.exists() or not list(data.rglob("*.json*"))


@pytest.mark.pty
def test_a_name_that_means_nothing_opens_no_screen(start: Start) -> None:
    terminal = start("play", "setle")
    assert terminal.status() == exits.USAGE
    assert "Did you mean settle?" in terminal.everything and "\x1b[?1049h" not in terminal.everything


@pytest.mark.pty
def test_problems_keep_their_colours_and_go_to_stderr_alone(start: Start, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(BAD)
    terminal = start("play", str(bad))
    terminal.status()
    assert "\x1b[1" in terminal.everything.rpartition(LEFT)[2] or "\x1b[3" in terminal.everything.rpartition(LEFT)[2]
    file = tmp_path / "stderr.txt"
    code = f"import os; os.dup2(os.open({str(file)!r}, os.O_WRONLY | os.O_CREAT), 2)"
    terminal = start("play", str(bad), code=code)
    assert terminal.status() == exits.PROBLEMS
    assert "breathe" in file.read_text() and "\x1b" not in file.read_text()
    assert "breathe" not in terminal.everything


SLIP = """
import mindful.script.load as l
def slip(path): raise RuntimeError("hidden cause")
l.load = slip
"""


@pytest.mark.pty
def test_a_slip_while_reading_is_a_sentence_and_a_log(start: Start, data: Path) -> None:
    terminal = start("play", "settle", code=SLIP)
    assert terminal.status() == exits.FAILED
    after = terminal.everything.rpartition(LEFT)[2]
    assert "Something went wrong in the program. The details are in" in after.replace("\r\n", " ")
    assert "hidden cause" not in after and "hidden cause" in (data / "mindful.log").read_text()


def test_narration_waits_while_something_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.exceptions.Exit), say.held():
        say.tell("first")
        say.fail(exits.USAGE, "second")
        raise AssertionError
    assert capsys.readouterr().err == "first\nsecond\n"
    with say.held():
        say.tell("waits")
        assert capsys.readouterr().err == ""
    say.tell("at once")
    assert capsys.readouterr().err == "waits\nat once\n"


def cut_off(title: str) -> None:
    host = CliHost(Wishes(mute=True))
    host.begin(script({"bell": "bowl"}, {"pause": "1 s"}, id="tiny", title=title), {}, _options()).start()
    assert host._recorder is not None
    killed(host._recorder)


def _options() -> object:
    from mindful.tui.host import Options

    return Options()


def running(data: Path) -> list[Path]:
    return list((data / "journal").rglob("*.jsonl"))


def test_what_was_cut_off_is_closed_before_a_record_is_begun(data: Path) -> None:
    cut_off("Cut")
    (left,) = running(data)
    host = CliHost(Wishes(mute=True))
    assert running(data) == [left]
    host.begin(script({"pause": "1 s"}, id="next"), {}, _options()).start()
    (path,) = (data / "journal").rglob("*.json")
    assert json.loads(path.read_text())["status"] == "interrupted"
    assert left not in running(data) and len(running(data)) == 1
    (told,) = host.notices()
    assert "Cut" in told
    host.abort("the test is over")


def test_without_a_record_nothing_is_looked_for(data: Path) -> None:
    cut_off("Cut")
    host = CliHost(Wishes(mute=True, keep=False))
    assert list(host.notices()) == [] and len(running(data)) == 1


@pytest.mark.pty
def test_home_tells_what_was_cut_off(start: Start, data: Path) -> None:
    cut_off("Cut")
    terminal = start()
    terminal.until("A session that was cut off, Cut")
    assert not running(data)
    terminal.type("\x03")
    assert terminal.status() == exits.DONE
