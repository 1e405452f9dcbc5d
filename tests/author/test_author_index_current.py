"""The index of bundled sessions is current, and reading it needs no models."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from mindful import assets
from mindful.author import index
from mindful.script import catalogue


def test_the_index_is_what_the_scripts_say() -> None:
    """When this fails: python -m mindful.author.index, and commit sessions/index.json."""
    assert index.place().read_text(encoding="utf-8") == index.build()


def test_its_hashes_are_those_of_the_files() -> None:
    for entry in catalogue.entries():
        assert entry.sha256 == hashlib.sha256((assets.sessions() / entry.file).read_bytes()).hexdigest(), entry.id


def test_every_bundled_session_is_listed_with_its_words() -> None:
    found = {entry.id: entry for entry in catalogue.entries()}
    assert list(found) == list(assets.session_files()) and len(found) >= 10
    for entry in found.values():
        assert catalogue.words(entry.title) and catalogue.words(entry.summary)
        assert entry.tier in ("green", "yellow", "red")
        assert (entry.min_ms > 0 or entry.open) and entry.tags
        assert entry.open or entry.total_ms is not None
    settle = found["settle"]
    assert (settle.total_ms, settle.min_ms, settle.max_ms, settle.open) == (60_000, 60_000, 60_000, False)


def test_the_index_is_no_session() -> None:
    assert "index" not in assets.session_files()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "sessions", lambda: tmp_path)
    (tmp_path / "new.yaml").write_text("mindful: 1\ntitle: New\nsteps: [{pause: 1 s}]\n")
    return tmp_path


def test_a_script_that_is_not_in_the_index_is_listed_by_its_name(folder: Path) -> None:
    (entry,) = catalogue.entries()
    assert (entry.id, catalogue.words(entry.title)) == ("new", "new")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"mindful_sessions": 99, "sessions": []}', '{"mindful_sessions": 1}'])
def test_an_index_that_cannot_be_read_does_no_harm(folder: Path, text: str) -> None:
    (folder / "index.json").write_text(text)
    assert [entry.id for entry in catalogue.entries()] == ["new"]


def test_a_session_that_is_gone_is_left_out(folder: Path) -> None:
    data = {"mindful_sessions": 1, "sessions": [{"id": "old"}, {"id": "new", "title": {"en": "The new one"}}]}
    (folder / "index.json").write_text(json.dumps(data))
    (entry,) = catalogue.entries()
    assert catalogue.words(entry.title) == "The new one"


def test_build_refuses_what_cannot_be_played(folder: Path) -> None:
    (folder / "bad.yaml").write_text("mindful: 1\ntitle: Bad\nsteps: [{paus: 1 s}]\n")
    with pytest.raises(ValueError, match=r"bad\.yaml"):
        index.build()


def test_build_refuses_an_id_that_is_not_the_name(folder: Path) -> None:
    (folder / "new.yaml").write_text("mindful: 1\nid: other\ntitle: New\nsteps: [{pause: 1 s}]\n")
    with pytest.raises(ValueError, match="other"):
        index.build()


def test_main_writes_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index.main()
    assert [e.id for e in catalogue.entries()] == ["new"]
    assert catalogue.entries()[0].total_ms == 1000
    assert capsys.readouterr().err == "index.json is written; sessions in it: 1\n"


def test_words_fall_back() -> None:
    text = {"en": "Hello", "de": "Hallo"}
    assert catalogue.words(text, "de-AT") == "Hallo"
    assert catalogue.words(text, "fr") == "Hello"
    assert catalogue.words({}, "fr") == ""


@pytest.mark.parametrize(
    ("typed", "meant"), [("setle", "settle"), ("Settle", "settle"), ("sit", "sit-10"), ("body scan", "body-scan-steps")]
)  # fmt: skip
def test_near_names(typed: str, meant: str) -> None:
    assert meant in catalogue.near(typed)


def test_nothing_is_near_nonsense() -> None:
    assert catalogue.near("qqqq") == []


def test_checking_the_index_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.sys, "argv", ["index", "--check"])
    (folder / "index.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(index, "build", lambda: '{"sessions": []}\n')
    assert index.main() == 1
    assert (folder / "index.json").read_text(encoding="utf-8") == "{}"
    (folder / "index.json").write_text('{"sessions": []}\n', encoding="utf-8")
    assert index.main() == 0
