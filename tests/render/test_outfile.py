"""A file is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mindful.render.outfile import InTheWayError, whole


def test_it_takes_its_name_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    with whole(path, replace=False) as file:
        file.write(b"half")
        assert not path.exists()
        file.seek(0)
        file.write(b"whole")
    assert path.read_bytes() == b"whole"
    assert [p.name for p in tmp_path.iterdir()] == ["x.wav"]


@pytest.mark.parametrize("error", [OSError("full"), KeyboardInterrupt(), ValueError("slip")])
def test_it_vanishes_and_what_was_there_stays(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(b"before")
    with pytest.raises(type(error)), whole(path, replace=True) as file:
        file.write(b"half")
        raise error
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["x.wav"]


def test_it_replaces_only_what_it_may(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(b"before")
    with pytest.raises(InTheWayError), whole(path, replace=False):
        pytest.fail("it was opened")
    with whole(path, replace=True) as file:
        file.write(b"after")
    assert path.read_bytes() == b"after"


def test_what_came_in_the_meantime_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    with pytest.raises(InTheWayError), whole(path, replace=False) as file:
        file.write(b"ours")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["x.wav"]


@pytest.mark.skipif(os.name == "nt", reason="links and rights are those of POSIX")
class TestPosix:
    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        real, link = tmp_path / "real.wav", tmp_path / "x.wav"
        real.write_bytes(b"before")
        link.symlink_to(real)
        with whole(link, replace=True) as file:
            file.write(b"after")
        assert link.is_symlink()
        assert real.read_bytes() == b"after"

    def test_its_rights_are_the_usual_ones(self, tmp_path: Path) -> None:
        mask = os.umask(0o027)
        try:
            with whole(tmp_path / "x.wav", replace=False):
                pass
        finally:
            os.umask(mask)
        assert (tmp_path / "x.wav").stat().st_mode & 0o777 == 0o640
