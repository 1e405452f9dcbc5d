"""Voices for tests: one that counts what it is asked, one that fails, one that is not there."""

from __future__ import annotations

from pathlib import Path

from mindful.audio.voice.cache import Cache
from mindful.audio.voice.engine import Clip, EngineError, EngineMissingError
from mindful.audio.voice.narrator import Narrator
from mindful.audio.voice.saying import Sayer
from mindful.audio.voice.tone import Tone


class Counting(Tone):
    """Says everything, and remembers it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.closed = False

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        self.asked.append(text)
        return super().speak(text, pace=pace, seed=seed)

    def close(self) -> None:
        self.closed = True


class English(Counting):
    languages = ("en",)


class Failing(Counting):
    """Cannot say anything with the word `hard`."""

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        if "hard" in text:
            raise EngineError("too hard")
        return super().speak(text, pace=pace, seed=seed)


class Missing(Counting):
    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        self.asked.append(text)
        raise EngineMissingError("not installed")


def narrator(engine: Counting, folder: Path | None = None, threaded: bool = False) -> Narrator:
    return Narrator({"tone": Sayer(engine, Cache(folder), {})}, "tone", threaded=threaded)
