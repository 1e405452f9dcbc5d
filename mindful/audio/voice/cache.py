"""What was said is kept: raw phrases as FLAC, and the lengths of whole lines, under the data folder's `cache/voice`.

A phrase lies in two files, `ab/abcdef.flac` and beside it `.json` with its words and a sum of its samples; a line's
length in `lines/ab/abcdef.json`. Everything can be made again, so nothing here raises: a file that is damaged, short
or foreign is a miss, and what cannot be written is not kept. A script may hold a client's words: files are for the
owner only. Called by `saying`; `lengths` reads the lines, without numpy.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mindful.audio.voice.engine import Clip, Word

MOST_BYTES = 256 * 1024 * 1024
"""More than two hours of speech."""
_KEEP = 0.9
"""What is left of the cap after what was not used for longest was removed."""
_LONGEST = 600
"""No phrase lasts longer, in seconds."""


class Cache:
    """One folder of it. Without a folder nothing is kept and nothing found."""

    def __init__(self, folder: Path | None, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most_bytes
        self._size: int | None = None

    def clip(self, key: str) -> Clip | None:
        """The raw clip kept under a key."""
        if self._folder is None:
            return None
        sound = self._path(key, ".flac")
        try:
            about = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
            found = _decoded(sound, about)
            for path in (sound, sound.with_suffix(".json")):
                os.utime(path)
        except Exception:  # whatever a damaged file makes a decoder raise: it is said anew
            return None
        return found

    def has(self, key: str) -> bool:
        """Whether something is kept under a key; it may still turn out damaged."""
        return self._folder is not None and self._path(key, ".flac").is_file()

    def keep(self, key: str, clip: Clip) -> None:
        """Keep a raw clip, as it is after `settled`."""
        if self._folder is None:
            return
        import io

        ints = _ints(clip.pcm)
        about = {
            "rate": clip.rate,
            "frames": len(ints),
            "crc32": zlib.crc32(ints.tobytes()),
            "words": [[w.text, round(w.start, 4), round(w.end, 4)] for w in clip.words],
        }
        data = io.BytesIO()
        try:
            import soundfile

            soundfile.write(data, ints, clip.rate, format="FLAC", subtype="PCM_16")
        except Exception:  # soundfile cannot be loaded, or libsndfile's own errors: not kept
            return
        path = self._path(key, ".flac")
        text = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
        if self._write(path.with_suffix(".json"), text) and self._write(path, data.getvalue()):
            self._shrink()

    def line(self, key: str) -> tuple[int, tuple[int, ...]] | None:
        """How long a line came out, and where its sentences begin, in ms."""
        if self._folder is None:
            return None
        path = self._path(key, ".json", "lines")
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            ms, starts = found["ms"], found["sentences"]
            if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 86_400_000 for n in (ms, *starts)):
                return None
            return ms, tuple(starts)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep_line(self, key: str, ms: int, sentences: tuple[int, ...]) -> None:
        """Keep how a line came out."""
        if self._folder is not None and self.line(key) != (ms, sentences):
            text = json.dumps({"ms": ms, "sentences": sentences}, separators=(",", ":"))
            self._write(self._path(key, ".json", "lines"), text.encode())

    def _path(self, key: str, suffix: str, *under: str) -> Path:
        assert self._folder is not None
        return self._folder.joinpath(*under, key[:2], key[:40] + suffix)

    def _write(self, path: Path, data: bytes) -> bool:
        temporary = None
        try:
            _private(path.parent)
            handle, temporary = tempfile.mkstemp(".part", "voice-", path.parent)  # 0600 by itself
            with os.fdopen(handle, "wb") as f:
                f.write(data)
            Path(temporary).replace(path)
        except OSError:
            if temporary is not None:
                with contextlib.suppress(OSError):
                    Path(temporary).unlink()
            return False
        if self._size is not None:
            self._size += len(data)
        return True

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        assert self._folder is not None
        for path in self._folder.rglob("*"):
            with contextlib.suppress(OSError):
                about = path.stat()
                if path.is_file() and path.suffix != ".onnx":  # a voice's model (`kokoro_model`) is not what was said
                    yield about.st_mtime, about.st_size, path

    def _shrink(self) -> None:
        if self._size is None:
            self._size = sum(size for _, size, _ in self._files())
        if self._size <= self._most:
            return
        left = 0
        for i, (_, size, path) in enumerate(sorted(self._files(), reverse=True)):  # newest first
            left += size
            if left > self._most * _KEEP and i > 1:
                with contextlib.suppress(OSError):
                    path.unlink()
                    left -= size
        self._size = left


def settled(clip: Clip) -> Clip:
    """The clip as it comes back from the cache, so that a line sounds the same before and after."""
    import numpy as np

    words = tuple(Word(w.text, round(w.start, 4), round(w.end, 4)) for w in clip.words)
    return Clip(_ints(clip.pcm).astype(np.float32) / np.float32(32768), clip.rate, words)


def _ints(pcm: Any) -> Any:
    import numpy as np

    return np.clip(np.rint(pcm * np.float32(32768)), -32768, 32767).astype("<i2")


def _decoded(path: Path, about: dict[str, Any]) -> Clip:
    """The clip in a pair of files. Raises whatever is wrong with them."""
    import numpy as np
    import soundfile

    rate, frames = about["rate"], about["frames"]
    if not isinstance(frames, int) or not 0 <= frames <= _LONGEST * 48_000:
        raise ValueError("not a phrase")
    ints, found_rate = soundfile.read(path, dtype="int16")
    if ints.ndim != 1 or found_rate != rate or len(ints) != frames or zlib.crc32(ints.tobytes()) != about["crc32"]:
        raise ValueError("not what was kept")
    words = tuple(Word(str(w[0]), float(w[1]), float(w[2])) for w in about["words"])
    return Clip(ints.astype(np.float32) / np.float32(32768), rate, words)


def _private(folder: Path) -> None:
    """Make a folder and those missing above it, for its owner only. Raises OSError."""
    missing = []
    at = folder
    while not at.is_dir():
        missing.append(at)
        at = at.parent
    for each in reversed(missing):
        with contextlib.suppress(FileExistsError):
            each.mkdir(mode=0o700)
