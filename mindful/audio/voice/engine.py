"""What a voice is, whoever makes it: a phrase in, sound and word times out. The narrator and its tests know only this.

Nothing here imports numpy: whoever only asks which voices there are, or how long a line was, pays for no sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mindful.audio.units import Mono


class EngineMissingError(Exception):
    """The voice cannot be loaded on this machine. The message says why, for `mindful doctor`."""


class EngineError(Exception):
    """This one phrase could not be said; another may be. The message says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a clip, and when it is heard, in seconds from the clip's first frame."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A phrase as an engine made it: edges still silent, level its own."""

    pcm: Mono
    """(n,), float32, full scale 1."""
    rate: int
    """Frames a second."""
    words: tuple[Word, ...] = ()
    """In order, marks included; empty where the engine does not know them."""


class Engine(Protocol):
    """Something that can say a phrase."""

    @property
    def name(self) -> str:
        """What a script calls it."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """Base languages it speaks, such as `en`; `*` for any."""
        ...

    @property
    def phonemes(self) -> bool:
        """Whether it takes `[word](/phonemes/)` for a word."""
        ...

    @property
    def revision(self) -> tuple[str, ...]:
        """Changes whenever the sound of a phrase may change. Known without loading anything heavy."""
        ...

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        """Say one sentence or phrase; `pace` 1 is the voice's own, smaller is slower.

        Loads what it needs when first called. Raises `EngineMissingError` or `EngineError`.
        """
        ...

    def close(self) -> None:
        """Free what was loaded; may be called twice, and from another thread."""
        ...


def speaks_language(engine: Engine, language: str) -> bool:
    """Whether the engine speaks a language tag such as `en-GB`."""
    return "*" in engine.languages or language.split("-")[0].casefold() in engine.languages
