"""Looks by a process of its own: the same looks, its end with ours, and what happens when it is gone."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from mindful.author.beside import Beside, serve
from mindful.author.live import look, script_of

FILE = Path("evening.yaml")
GOOD = (
    "mindful: 1\ntitle: A\nsteps:\n  - say: Sit down.\n  - choose: {ask: Which?, options: [{label: A}, {label: B}]}\n"
)
BAD = GOOD.replace("say", "sya")


@pytest.fixture
def beside() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.close()


def test_it_looks_as_one_looks_here_and_remembers_the_last_rows(beside: Beside) -> None:
    first = look(GOOD, FILE)
    assert beside.look(GOOD, FILE) == first and first.playable
    assert beside.look(BAD, FILE) == look(BAD, FILE, first)
    assert script_of(first, FILE) is not None and script_of(look(BAD, FILE), FILE) is None


def test_it_ends_when_it_is_closed_and_starts_anew(beside: Beside) -> None:
    beside.look(GOOD, FILE)
    (child,) = [p for p in psutil.Process().children() if "mindful.author.beside" in " ".join(p.cmdline())]
    beside.close()
    assert not child.is_running()
    assert beside.look(GOOD, FILE).playable


def test_when_it_is_gone_the_look_is_made_here(beside: Beside) -> None:
    beside.look(GOOD, FILE)
    for child in psutil.Process().children():
        if "mindful.author.beside" in " ".join(child.cmdline()):
            child.kill()
            child.wait(30)
    assert beside.look(BAD, FILE, look(GOOD, FILE)) == look(BAD, FILE, look(GOOD, FILE))
    assert beside.look(GOOD, FILE).playable


def test_where_no_process_can_be_had_the_look_is_made_here(beside: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    assert beside.look(GOOD, FILE) == look(GOOD, FILE)


def test_a_file_beside_the_script_is_not_taken_for_a_module(
    beside: Beside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "yaml", "mindful"):
        (tmp_path / f"{name}.py").write_text(f"open('{name}-ran', 'w')\n")
    monkeypatch.chdir(tmp_path)
    assert beside.look(GOOD, FILE).playable
    assert not list(tmp_path.glob("*-ran")) and beside._process is not None


def test_it_ends_when_there_is_no_more_to_read() -> None:
    told = io.BytesIO()
    serve(io.BytesIO(b""), told)
    serve(io.BytesIO(b"\0\0"), told)
    assert told.getvalue() == b""
