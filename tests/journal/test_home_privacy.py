"""The data folder: where it is, that nothing makes it but writing, and that only its owner can look."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mindful.journal import home
from mindful.journal.files import write_atomic

posix = pytest.mark.skipif(os.name == "nt", reason="chmod means nothing there")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o277, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_the_environment_names_the_folder(tmp_path: Path) -> None:
    assert home.home({"MINDFUL_HOME": str(tmp_path)}) == tmp_path
    assert home.journal({"MINDFUL_HOME": str(tmp_path)}) == tmp_path / "journal"
    assert home.home({"MINDFUL_HOME": "~/quiet"}) == Path.home() / "quiet"
    assert home.home({"MINDFUL_HOME": "here"}) == Path.cwd() / "here"


@pytest.mark.parametrize("environ", [{}, {"MINDFUL_HOME": ""}, {"MINDFUL_HOME": "  "}])
def test_else_the_platform_names_it(environ: dict[str, str]) -> None:
    found = home.home(environ)
    assert found.is_absolute()
    assert found.name == "mindful"


def test_everything_private_lies_in_it(tmp_path: Path) -> None:
    environ = {"MINDFUL_HOME": str(tmp_path / "m")}
    places = [f(environ) for f in (home.journal, home.settings_file, home.profile_file, home.keys, home.cache)]
    assert [p.name for p in places] == ["journal", "settings.toml", "profile.json", "keys", "cache"]
    assert {p.parent for p in places} == {tmp_path / "m"}
    assert not (tmp_path / "m").exists(), "asking where something is must not make it"


@posix
def test_folders_and_files_are_private_under_every_umask(tmp_path: Path, umask: int) -> None:
    record = tmp_path / "data" / "journal" / "2026" / "record.json"
    write_atomic(record, b"{}")
    assert mode(record) == 0o600
    assert [mode(p) for p in list(record.parents)[:3]] == [0o700] * 3


@posix
def test_a_running_session_is_private_too(begin: Callable, umask: int, journal: Path) -> None:
    recorder = begin()
    assert mode(recorder.running_path) == 0o600
    assert mode(journal) == 0o700
    assert mode(recorder.close("completed", "end")) == 0o600


@posix
def test_a_folder_that_is_there_stays_as_its_owner_made_it(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    home.make_private(shared / "below")
    assert (mode(shared), mode(shared / "below")) == (0o755, 0o700)


def test_a_platform_without_chmod_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: int, **more: object) -> None:
        raise NotImplementedError("chmod: not here")

    monkeypatch.setattr(Path, "chmod", refuse)
    write_atomic(tmp_path / "a" / "b.json", b"{}")
    assert (tmp_path / "a" / "b.json").read_bytes() == b"{}"


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(OSError):
        home.make_private(tmp_path / "data")
    with pytest.raises(OSError):
        home.make_private(tmp_path / "data" / "journal")


def test_two_programs_may_make_it_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Path.mkdir

    def other_first(self: Path, mode: int = 0o777, **more: bool) -> None:
        make(self, mode)
        make(self, mode)

    monkeypatch.setattr(Path, "mkdir", other_first)
    home.make_private(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_the_journal_starts_without_heavy_imports() -> None:
    import subprocess

    heavy = {"pydantic", "numpy", "textual", "rich"}
    code = f"import sys, mindful.cli.journal; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
