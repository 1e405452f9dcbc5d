"""Which voices there are, and the narrator of a session. Called by the commands that play, render and `bake`.

Nothing heavy is imported: an engine is loaded when its first line has to be said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mindful.audio.voice import hibari, words
from mindful.audio.voice.cache import Cache
from mindful.audio.voice.engine import Engine
from mindful.audio.voice.narrator import Narrator
from mindful.audio.voice.saying import Sayer
from mindful.audio.voice.tone import Tone
from mindful.script.model import Script

DEFAULT = "heart"
"""The voice that `guide` means, unless the client names another."""


@dataclass(frozen=True, slots=True)
class Info:
    """A voice, for a person."""

    name: str
    about: str
    languages: tuple[str, ...]
    usable: bool
    why: str
    """What it is made by, or what is missing."""


def voices() -> list[Info]:
    """Every voice that this program knows, usable here or not. Loads nothing."""
    gone = hibari.missing()
    return [Info("heart", "American English, female", ("en",), gone is None, gone or "hibari-tts, synthetic")]


def engines() -> dict[str, Callable[[], Engine]]:
    """How each voice is made, by its name; `tone` is for tests and not shown to anybody."""
    return {"heart": hibari.Heart, "tone": Tone}


def open_narrator(
    script: Script,
    *,
    cache: Path | None,
    base: Path | None,
    voice: str | None = None,
    threaded: bool = True,
) -> Narrator:
    """The narrator of a script.

    `cache` is the folder for what was said (None: nothing is kept), `base` the folder that recordings are relative to
    (None: there are none), `voice` what the client wants in place of `guide`: a voice's name.
    """
    kept = Cache(cache)
    said = lexicon(script)
    made = {name: Sayer(make(), kept, said) for name, make in engines().items()}
    default = voice if voice in made else DEFAULT
    if default == "heart" and hibari.missing() is not None:
        del made["heart"]
    return Narrator(made, default if default in made else None, threaded=threaded)


def lexicon(script: Script) -> dict[str, words.Saying]:
    """The pronunciations of a script and of those it includes; its own win."""
    found: dict[str, words.Saying] = {}
    for each in (*_included(script), script):
        found.update({word.casefold(): words.Saying(p.ipa, p.say) for word, p in each.lexicon.items()})
    return found


def _included(script: Script) -> Iterator[Script]:
    for inner in script.included.values():
        yield from _included(inner)
        yield inner
