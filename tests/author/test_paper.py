"""A script's file while it is worked on: nobody's words are lost, and a file is whole at every moment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mindful.author import paper as papers
from mindful.author.paper import ChangedError, Paper, UnreadableError

TEXT = "# a remark\nmindful: 1  # and another\r\ntitle: Ünï\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(TEXT.encode())
    return path


def test_what_is_saved_is_what_was_typed_to_the_byte(path: Path) -> None:
    paper = Paper(path)
    assert paper.read() == TEXT and paper.there
    paper.save(TEXT + "# more")
    assert path.read_bytes() == (TEXT + "# more").encode()
    assert not paper.changed() and [p.name for p in path.parent.iterdir()] == ["a.yaml"]


def test_a_mark_at_the_start_of_the_file_stays(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    paper = Paper(path)
    assert paper.read() == TEXT
    paper.save(TEXT)
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()


def test_a_file_that_another_program_changed_is_not_written_over(path: Path) -> None:
    paper = Paper(path)
    paper.read()
    path.write_text("theirs")
    assert paper.changed()
    with pytest.raises(ChangedError):
        paper.save("mine")
    assert path.read_text() == "theirs"
    paper.save("mine", over=True)
    assert path.read_text() == "mine" and not paper.changed()


def test_a_file_that_was_only_touched_is_not_changed(path: Path) -> None:
    paper = Paper(path)
    paper.read()
    os.utime(path, (1, 1))
    assert not paper.changed()
    paper.save("mine")
    assert path.read_text() == "mine"


def test_a_file_that_went_away_is_changed(path: Path) -> None:
    paper = Paper(path)
    paper.read()
    path.unlink()
    assert paper.changed()
    with pytest.raises(ChangedError):
        paper.save("mine")
    assert not path.exists()


def test_a_new_file_is_not_put_over_one_that_came_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new.yaml"
    paper = Paper(path)
    assert paper.read() is None and not paper.there and not path.exists()
    path.write_text("theirs")
    with pytest.raises(ChangedError):
        paper.save("mine")
    monkeypatch.setattr(paper, "changed", lambda: False)  # it comes between the look and the writing
    with pytest.raises(FileExistsError):
        paper.save("mine")
    assert path.read_text() == "theirs" and len(list(tmp_path.iterdir())) == 1


def test_a_disk_without_links_still_writes_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    Paper(tmp_path / "new.yaml").save("mine")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["mine"]


def test_when_the_disk_is_full_the_old_file_is_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper(path)
    paper.read()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(papers.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        paper.save("mine")
    assert path.read_bytes() == TEXT.encode() and len(list(path.parent.iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_rights_and_links_stay(path: Path) -> None:
    path.chmod(0o640)
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    paper = Paper(link)
    paper.read()
    paper.save("mine")
    assert link.is_symlink() and path.read_text() == "mine"
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_worked_on_is_told(tmp_path: Path, path: Path) -> None:
    path.write_bytes(b"\xff\xfeT\x00")
    with pytest.raises(UnreadableError, match="UTF-8"):
        Paper(path).read()
    path.write_bytes(b"a" * (1024 * 1024 + 1))
    with pytest.raises(UnreadableError, match="1 MiB"):
        Paper(path).read()
    with pytest.raises(UnreadableError, match="folder"):
        Paper(tmp_path).read()


def test_unsaved_words_are_kept_beside_the_file_and_private(path: Path) -> None:
    paper = Paper(path)
    paper.read()
    assert paper.kept() is None
    paper.keep("half a sentence")
    assert Paper(path).kept() == "half a sentence"
    if os.name != "nt":
        assert paper.unsaved.stat().st_mode & 0o077 == 0
    paper.forget()
    paper.forget()
    assert paper.kept() is None and path.read_bytes() == TEXT.encode()
