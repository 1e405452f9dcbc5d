"""The default voice, "heart": hibari-tts, whose model lies inside its package. Called by the narrator's worker.

The engine takes 0.3 s and 200 MB, so it is loaded when the first phrase has to be said. It is used with care, because
it is young: its model is read from its own folder and checked against a known sum, its class is never made (a voice's
name would be downloaded), and word times, which come out of the inside of its graph, are done without where that inside
is not as expected.
"""

from __future__ import annotations

import hashlib
import importlib.util
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.audio.voice.engine import Clip, EngineError, EngineMissingError, Word
from mindful.audio.voice.frontend import RATE, FrontEnd, word_times
from mindful.audio.voice.graph import INT64, session, with_output

if TYPE_CHECKING:
    from mindful.audio.units import Mono

MODEL_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
_DURATIONS = "/Cast_32_output_0"
"""Inner tensor: frames of 600 samples a phoneme."""
_MOST = 400
"""Phonemes that the model is given at once."""
PACES = (0.5, 2.0)


def missing() -> str | None:
    """Why it cannot be used here, as far as can be seen without loading it; None where nothing is in the way."""
    for module, package in (("hibari", "hibari-tts"), ("onnxruntime", "onnxruntime")):
        try:
            found = importlib.util.find_spec(module)
        except (ImportError, ValueError):
            found = None
        if found is None:
            return f"{package} is not installed"
    return None


def version(package: str, parts: int = 9) -> str:
    """The first parts of a package's version, or `none`."""
    try:
        return ".".join(metadata.version(package).split(".")[:parts])
    except metadata.PackageNotFoundError:
        return "none"


class Heart:
    """`heart`: American English, female."""

    name = "heart"
    languages = ("en",)
    phonemes = True

    def __init__(self) -> None:
        self._session: Any = None
        self._front: FrontEnd | None = None
        self._timed = False
        self._closed = False

    @property
    def revision(self) -> tuple[str, ...]:
        # The same model gives other bytes with another runtime or another Fourier transform, though of the same length.
        transform = "scipy" if importlib.util.find_spec("scipy") else "numpy"
        return (
            f"hibari-tts {version('hibari-tts')}",
            MODEL_SHA256[:16],
            f"onnxruntime {version('onnxruntime', 2)}",
            transform,
        )

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        if self._closed:
            raise EngineError("the voice is closed")
        if self._session is None:
            self._load()
        try:
            return self._speak(text, min(max(pace, PACES[0]), PACES[1]), seed)
        except Exception as e:  # whatever a young engine raises, one phrase must not end a session
            raise EngineError(f"{self.name}: {e or type(e).__name__}") from e

    def close(self) -> None:
        self._closed = True
        self._session = self._front = None

    def _load(self) -> None:
        if why := missing():
            raise EngineMissingError(why)
        try:
            import onnxruntime
            from hibari.tts import ASSETS

            onnxruntime.disable_telemetry_events()
            model = Path(ASSETS, "hibari.onnx").read_bytes()
        except Exception as e:  # no wheel for this machine, a library that does not load, a file that is gone
            raise EngineMissingError(f"hibari-tts cannot be loaded: {e or type(e).__name__}") from e
        if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
            raise EngineMissingError("the model inside hibari-tts is not the one that is known")
        try:
            self._front = FrontEnd()
            try:
                self._session, self._timed = session(with_output(model, _DURATIONS, INT64)), True
            except Exception:  # another graph: the voice is as good, only pauses at commas stay as they come
                self._session, self._timed = session(model), False
        except Exception as e:
            raise EngineMissingError(f"hibari-tts cannot be started: {e or type(e).__name__}") from e

    def _speak(self, text: str, pace: float, seed: int) -> Clip:
        import numpy as np
        from hibari import dsp

        front, running = self._front, self._session
        if front is None or running is None:  # closed meanwhile
            raise EngineError("the voice is closed")
        noise = np.random.default_rng(seed)
        parts: list[Mono] = []
        words: list[Word] = []
        at = 0.0
        for group in front.groups(text, _MOST):
            ids, owner = front.ids(group)
            if len(ids) < 3:
                continue
            feed = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([pace], np.float32)}
            out = running.run(None, feed)
            sound = dsp.synth(*(o[0] for o in out[:6]), noise)
            if self._timed:
                words += word_times(group, owner, np.asarray(out[6]).ravel(), len(sound), at)
            parts.append(np.asarray(sound, np.float32))
            at += len(sound) / RATE
        whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        if not np.isfinite(whole).all():
            raise EngineError("the sound is not finite")
        return Clip(np.clip(whole, -1.0, 1.0), RATE, tuple(words))
