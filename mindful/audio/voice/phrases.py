"""What of a line is given to an engine: one phrase a sentence, as it is to be said. Pure, and free of numpy.

A whole sentence is said at once, for its melody. Called by `saying`, and by `lengths` to find what was said before.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mindful.audio.voice import paces, words
from mindful.audio.voice.engine import Engine
from mindful.timeline.speech import Line, sentences


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence as an engine gets it."""

    text: str
    """Empty where nothing of it can be said."""
    words: int
    ellipsis: bool = False
    """Whether a longer silence follows: an ellipsis, or the end of a paragraph."""


def phrases(line: Line, lexicon: Mapping[str, words.Saying], phonemes: bool) -> tuple[Phrase, ...]:
    """One phrase for each of `sentences(line.text)`."""
    found = []
    at = 0
    for sentence in sentences(line.text):
        at = line.text.find(sentence, at) + len(sentence)
        after = line.text[at : at + 40]
        paragraph = "\n" in after[: len(after) - len(after.lstrip())]
        said = words.spoken(sentence, lexicon, phonemes=phonemes, language=line.language)
        if line.manner == "cue":
            said = said.rstrip(".")
        elif said and said[-1].isalnum():
            said += "."
        ellipsis = sentence.rstrip("\"”’')]").endswith(("...", "…"))
        found.append(Phrase(said, words.count(said), ellipsis or paragraph))
    return tuple(found)


def phrase_key(engine: Engine, text: str, pace: float, seed: int = 0) -> str:
    """What the raw sound of a phrase is kept under: a sum over all that decides how it sounds."""
    return _sum({"voice": engine.name, "revision": engine.revision, "text": _plain(text), "pace": pace, "seed": seed})


def line_key(engine: Engine, line: Line, parts: tuple[Phrase, ...]) -> str:
    """What the length of a whole line is kept under."""
    return _sum(
        {
            "delivery": paces.VERSION,
            "voice": engine.name,
            "revision": engine.revision,
            "phrases": [[_plain(p.text), p.words, p.ellipsis] for p in parts],
            "wpm": line.wpm,
            "manner": line.manner,
        }
    )


def recording_key(path: Path) -> str | None:
    """What the length of a recording is kept under: the sum of its bytes. None where it cannot be read."""
    try:
        with path.open("rb") as f:
            content = hashlib.file_digest(f, "sha256").hexdigest()
    except OSError:
        return None
    return _sum({"delivery": paces.VERSION, "recording": content})


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _sum(content: object) -> str:
    canonical = json.dumps({"v": 1, "of": content}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
