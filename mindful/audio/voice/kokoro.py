"""Two more voices, "michael" and "george": Kokoro-82M with a vector for each. Called by the narrator's worker.

They are an extra: larger, and some seventy times slower than the voice that is always there (half a second of work or
more for a second of speech). So lines are best said ahead of time, by `mindful bake`. The front end is that of
hibari-tts; George is given British phonemes, Michael American ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful import assets
from mindful.audio.voice import hibari, kokoro_model
from mindful.audio.voice.engine import Clip, EngineError, EngineMissingError, Word
from mindful.audio.voice.frontend import RATE, FrontEnd, word_times
from mindful.audio.voice.kokoro_model import Model

if TYPE_CHECKING:
    from mindful.audio.units import Mono

MOST = 200
"""Phonemes that the model is given at once: it takes 4 MB of memory for each, and longer ones are said hurriedly."""
STYLES, STYLE = 510, 256
"""A voice is a vector of 256 for each number of phonemes from 1 to 510."""
PACES = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Timbre:
    """One voice of the model."""

    name: str
    about: str
    file: str
    """In `audio/voices/`."""
    sha256: str
    british: bool
    tempo: float
    """What the model's speed is at pace 1, so that a pace sounds as fast as with "heart"; measured."""


TIMBRES = (
    Timbre(
        "michael",
        "American English, male",
        "am_michael.bin",
        "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
        british=False,
        tempo=1.17,
    ),
    Timbre(
        "george",
        "British English, male",
        "bm_george.bin",
        "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
        british=True,
        tempo=1.3,
    ),
)


def missing() -> str | None:
    """Why these voices cannot be used here, and how to get them; None where nothing is in the way."""
    return kokoro_model.missing()


def engines(cache: Path | None) -> list[Kokoro]:
    """All voices of the model, which they share. `cache` is as in `Model`."""
    model = Model(cache)
    return [Kokoro(timbre, model) for timbre in TIMBRES]


class Kokoro:
    """One voice."""

    languages = ("en",)
    phonemes = True

    def __init__(self, timbre: Timbre, model: Model) -> None:
        self.timbre = timbre
        self._model = model
        self._front: FrontEnd | None = None
        self._styles: Any = None

    @property
    def name(self) -> str:
        return self.timbre.name

    @property
    def revision(self) -> tuple[str, ...]:
        return (
            f"kokoro {kokoro_model.SHA256[:16]}",
            f"{self.timbre.sha256[:16]} {self.timbre.tempo}",
            f"hibari-tts {hibari.version('hibari-tts')}",
            f"onnxruntime {hibari.version('onnxruntime', 2)}",
        )

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        """See `Engine`; `seed` changes nothing, as there is no chance in this model."""
        self._model.load()
        if self._front is None:
            self._load()
        try:
            return self._speak(text, min(max(pace * self.timbre.tempo, PACES[0]), PACES[1]))
        except Exception as e:  # one phrase must not end a session
            raise EngineError(f"{self.name}: {e or type(e).__name__}") from e

    def close(self) -> None:
        self._model.close()
        self._front = self._styles = None

    def _load(self) -> None:
        try:
            self._styles = styles(self.timbre)
            self._front = FrontEnd(self.timbre.british)
        except EngineMissingError:
            raise
        except Exception as e:
            raise EngineMissingError(f"hibari-tts cannot be started: {e or type(e).__name__}") from e

    def _speak(self, text: str, speed: float) -> Clip:
        import numpy as np

        front, rows = self._front, self._styles
        if front is None or rows is None:
            raise EngineError("the voice is closed")
        parts: list[Mono] = []
        words: list[Word] = []
        at = 0.0
        for group in front.groups(text, MOST):
            ids, owner = front.ids(group)
            if len(ids) < 3:
                continue
            sound, durations = self._model.run(ids, style(rows, len(ids) - 2), speed)
            words += word_times(group, owner, durations, len(sound), at)
            parts.append(sound)
            at += len(sound) / RATE
        whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        if not np.isfinite(whole).all():
            raise EngineError("the sound is not finite")
        return Clip(np.clip(whole, -1.0, 1.0), RATE, tuple(words))


def styles(timbre: Timbre) -> Any:
    """The vectors of a voice, float32 (510, 256). Raises `EngineMissingError` where they are not the known ones."""
    import numpy as np

    try:
        data = (assets.audio() / "voices" / timbre.file).read_bytes()
    except OSError as e:
        raise EngineMissingError(f"{timbre.file} cannot be read: {e.strerror or e}") from e
    if hashlib.sha256(data).hexdigest() != timbre.sha256:
        raise EngineMissingError(f"{timbre.file} is not the one that is known")
    return np.frombuffer(data, "<f4").astype(np.float32).reshape(STYLES, STYLE)


def style(rows: Any, phonemes: int) -> Any:
    """The vector for a phrase of so many phonemes, float32 (1, 256), as Kokoro itself chooses it."""
    k = min(max(phonemes, 1), STYLES) - 1
    return rows[k : k + 1]
