"""What was said is kept and comes back to the bit; what is damaged is a miss; a full folder loses the oldest."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from mindful.audio.voice.cache import Cache, settled
from mindful.audio.voice.engine import Clip, Word
from mindful.audio.voice.phrases import phrase_key, phrases
from mindful.audio.voice.saying import Sayer
from mindful.timeline.speech import Line
from tests.audio.voice.voices import Counting

KEY = "ab" + "0" * 62


def clip(seed: int = 1, n: int = 24_000) -> Clip:
    noise = np.random.default_rng(seed).uniform(-0.5, 0.5, n).astype(np.float32)
    return settled(Clip(noise, 24_000, (Word("Hum", 0.1, 0.42), Word(",", 0.42, 0.5))))


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_a_clip_comes_back_as_it_was(tmp_path: Path) -> None:
    cache, was = Cache(tmp_path / "voice"), clip()
    assert cache.clip(KEY) is None and not cache.has(KEY)
    cache.keep(KEY, was)
    now = Cache(tmp_path / "voice").clip(KEY)
    assert now is not None and cache.has(KEY)
    np.testing.assert_array_equal(now.pcm, was.pcm)
    assert now.rate == was.rate and now.words == was.words and now.pcm.dtype == np.float32


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache" / "voice")
    cache.keep(KEY, clip())
    cache.keep_line(KEY, 1000, (0,))
    assert len(files(tmp_path)) == 3
    for path in files(tmp_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


@pytest.mark.parametrize("suffix", [".flac", ".json"])
@pytest.mark.parametrize("harm", ["gone", "empty", "short", "garbled", "foreign"])
def test_a_damaged_file_is_a_miss(tmp_path: Path, suffix: str, harm: str) -> None:
    cache = Cache(tmp_path)
    cache.keep(KEY, clip())
    (path,) = (p for p in files(tmp_path) if p.suffix == suffix)
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    elif harm == "foreign":
        cache.keep("cd" + KEY[2:], clip(2, 12_000))
        other = next(p for p in files(tmp_path) if p.suffix == suffix and p.parent.name == "cd")
        path.write_bytes(other.read_bytes())
    else:
        half = len(data) // 2
        path.write_bytes(
            {"empty": b"", "short": data[:half], "garbled": data[:half] + b"\xff" * (len(data) - half)}[harm]
        )
    assert cache.clip(KEY) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"ms": "1", "sentences": []}', '{"ms": 5}', '{"ms": -1, "sentences": [0]}']
)
def test_a_damaged_length_is_a_miss(tmp_path: Path, text: str) -> None:
    cache = Cache(tmp_path)
    cache.keep_line(KEY, 1234, (0, 600))
    assert cache.line(KEY) == (1234, (0, 600))
    (path,) = files(tmp_path)
    path.write_text(text)
    assert cache.line(KEY) is None


def test_a_full_folder_loses_what_was_not_used_for_longest(tmp_path: Path) -> None:
    one = clip(n=4000)
    probe = Cache(tmp_path / "probe")
    probe.keep(KEY, one)
    size = sum(p.stat().st_size for p in files(tmp_path / "probe"))
    cap = size * 5 + 2000
    cache = Cache(tmp_path / "voice", most_bytes=cap)
    keys = [f"{i:02x}" + "0" * 62 for i in range(5)]
    for i, key in enumerate(keys):
        cache.keep(key, clip(i, 4000))
        for path in files(tmp_path / "voice"):
            if path.parent.name == key[:2]:
                os.utime(path, (1000 + i, 1000 + i))
    assert cache.clip(keys[0]) is not None  # used just now
    cache.keep("ff" + "0" * 62, clip(9, 4000))
    assert cache.has(keys[0]) and not cache.has(keys[1]) and cache.has("ff" + "0" * 62)
    assert sum(p.stat().st_size for p in files(tmp_path / "voice")) <= cap


def test_without_a_folder_or_with_one_that_cannot_be_written_nothing_is_kept(tmp_path: Path) -> None:
    nothing = Cache(None)
    nothing.keep(KEY, clip())
    nothing.keep_line(KEY, 1, ())
    assert nothing.clip(KEY) is None and nothing.line(KEY) is None and not nothing.has(KEY)
    (tmp_path / "file").write_text("in the way")
    blocked = Cache(tmp_path / "file" / "voice")
    blocked.keep(KEY, clip())
    blocked.keep_line(KEY, 1, ())
    assert blocked.clip(KEY) is None and blocked.line(KEY) is None


def test_without_soundfile_lines_are_said_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "soundfile", None)
    engine = Counting()
    sayer = Sayer(engine, Cache(tmp_path), {})
    assert sayer.say(Line("Rest.")).ms and sayer.say(Line("Rest.")).ms
    assert len(engine.asked) == 2  # nothing could be kept


def test_a_line_said_from_the_cache_sounds_as_when_it_was_made(tmp_path: Path) -> None:
    line = Line("Let your shoulders soften, and rest. Good.")
    first, second = Counting(), Counting()
    fresh = Sayer(first, Cache(tmp_path), {}).say(line)
    again = Sayer(second, Cache(tmp_path), {}).say(line)
    assert len(first.asked) == 2 and second.asked == []
    np.testing.assert_array_equal(fresh.sound, again.sound)
    assert fresh.sentences == again.sentences


def test_the_key_knows_all_that_decides_the_sound() -> None:
    class Newer(Counting):
        revision = ("tone 2",)

    one = Counting()
    keys = {
        phrase_key(one, "Rest.", 0.7),
        phrase_key(one, "rest.", 0.7),
        phrase_key(one, "Rest.", 0.71),
        phrase_key(one, "Rest.", 0.7, 1),
        phrase_key(Newer(), "Rest.", 0.7),
    }
    assert len(keys) == 5
    assert phrase_key(one, "Cafe\u0301  now", 1.0) == phrase_key(one, "Caf\u00e9 now", 1.0)
    assert len(phrases(Line("One. Two... Three"), {}, False)) == 3
