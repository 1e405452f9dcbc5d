"""File descriptor 2 while the screen runs: libraries that print from C must not scribble on it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from mindful.audio.stderr import stderr_to


def test_what_c_prints_lands_in_the_log_and_then_on_the_screen_again(tmp_path: Path, capfd) -> None:
    log = tmp_path / "deep" / "log"
    with stderr_to(log):
        os.write(2, b"ALSA lib pcm.c: underrun\n")
        print("from Python", file=sys.stderr)  # noqa: T201
    os.write(2, b"after\n")
    assert "ALSA lib" in log.read_text()
    assert capfd.readouterr().err.endswith("after\n")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_it_nests_and_survives_an_error(tmp_path: Path, capfd) -> None:
    outer, inner = tmp_path / "outer", tmp_path / "inner"
    with pytest.raises(KeyError), stderr_to(outer):
        with stderr_to(inner):
            os.write(2, b"in\n")
        os.write(2, b"out\n")
        raise KeyError
    os.write(2, b"screen\n")
    assert (inner.read_text(), outer.read_text()) == ("in\n", "out\n")
    assert capfd.readouterr().err == "screen\n"


def test_it_adds_to_a_log_that_is_there(tmp_path: Path, capfd) -> None:
    log = tmp_path / "log"
    for word in (b"one\n", b"two\n"):
        with stderr_to(log):
            os.write(2, word)
    assert log.read_text() == "one\ntwo\n"


def test_a_log_that_cannot_be_written_still_keeps_the_screen_clean(tmp_path: Path, capfd) -> None:
    (tmp_path / "file").write_text("")
    with stderr_to(tmp_path / "file" / "log"):
        os.write(2, b"lost\n")
    assert capfd.readouterr().err == ""


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0

    before = count()
    for _ in range(20):
        with stderr_to(tmp_path / "log"):
            pass
    assert count() == before


@pytest.mark.parametrize("how", ["os.close(2)", "os.close(2); sys.stderr = None", "sys.stderr.close()"])
def test_a_closed_stderr_does_no_harm(how: str, tmp_path: Path) -> None:
    code = f"""
        import os, sys
        from pathlib import Path
        from mindful.audio.stderr import stderr_to
        {how}
        with stderr_to(Path({str(tmp_path / "log")!r})):
            pass
        os.write(1, b"went on")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, timeout=60)
    assert done.stdout == b"went on" and done.returncode == 0
