"""Lines wait in a file: what comes back is what was put in, and only the last minute stays in memory."""

from __future__ import annotations

import numpy as np
import pytest

from mindful.audio.voice import spool
from mindful.audio.voice.spool import KEPT_FRAMES, Spool


def made(seed: int, n: int = 480_000) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(n).astype(np.float32)


def test_what_comes_back_is_what_was_put_in_long_after() -> None:
    lines = Spool()
    numbers = [lines.put(made(k)) for k in range(20)]
    assert sum(len(x) for x in lines._kept.values()) <= KEPT_FRAMES
    assert 0 not in lines._kept, "the first has left the memory"
    for k in (0, 19, 7, 0):
        again = lines.get(numbers[k])
        assert np.array_equal(again, made(k)) and not again.flags.writeable
    assert sum(len(x) for x in lines._kept.values()) <= KEPT_FRAMES


def test_a_line_longer_than_what_is_kept_is_still_given() -> None:
    lines = Spool()
    long = np.zeros(KEPT_FRAMES + 1, np.float32)
    assert len(lines.get(lines.put(long))) == len(long)


def test_where_no_file_can_be_made_lines_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.tempfile, "TemporaryFile", full)
    lines = Spool()
    numbers = [lines.put(made(k)) for k in range(8)]
    assert all(np.array_equal(lines.get(n), made(k)) for k, n in enumerate(numbers))


def test_closed_it_holds_no_file_and_what_was_in_it_is_silent() -> None:
    lines = Spool()
    numbers = [lines.put(made(k)) for k in range(10)]
    lines.close()
    lines.close()
    assert np.array_equal(lines.get(numbers[-1]), made(9))
    assert not lines.get(numbers[0]).any() and len(lines.get(numbers[0])) == 480_000
    assert np.array_equal(lines.get(lines.put(made(11))), made(11))
