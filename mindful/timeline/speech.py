"""What is said, and how long it takes; and where a line of guidance pauses.

The compiler asks a `Speech` for the length of every line. The default guesses from the number of words; a voice knows
(`mindful.audio.voice`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from mindful.script.values import parse_ms

_PAUSE = re.compile(
    r"\[\s*pause\s*:?\s*([^\]]*?)\s*\]|<break\s+time\s*=\s*[\"']([^\"']+)[\"']\s*/?>",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"”’')\]]*(?=\s|$)|\n+|$)", re.DOTALL)
_UNENDED = re.compile(r"(?:^|[\s(])(?:(?:Dr|Mr|Mrs|Ms|Prof|St|vs|e\.g|i\.e|approx|cf)\.|[A-HJ-Z]\.)$")
"""A point that ends no sentence: a title, an abbreviation, an initial."""
_PERHAPS_ENDED = re.compile(r"(?:^|[\s(\d])(?:etc|[ap]\.m|min|sec|hrs?)\.$", re.IGNORECASE)
"""A point that ends no sentence where a small letter follows."""
_DEFAULT_PAUSE_MS = 3000
SHORTEST_MS = 1200
"""No line is over sooner than this: a single word needs time to be heard."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words as they are to be said, without a pause mark. Two equal lines sound the same within a session."""

    text: str
    voice: str = "guide"
    """`guide`, a voice's name, or `none`."""
    wpm: int = 110
    """Words a minute, pauses between sentences included."""
    audio: str | None = None
    """A recording, relative to the script, which then is heard in place of a voice."""
    language: str = "en"
    manner: Literal["guide", "cue"] = "guide"
    """`cue`: one or two words in time with the breath, said briskly and trimmed."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a line takes."""

    ms: int
    estimated: bool = True
    """Whether it is a guess, because nobody has said the line yet."""
    sentences: tuple[int, ...] = ()
    """Where each of its sentences begins, in ms from its start; empty where that is not known."""


class Speech(Protocol):
    """What knows how long a line takes. Never waits and never raises."""

    def length(self, line: Line) -> Length:
        """The real length where the line has been said, else a guess."""
        ...

    def speaks(self, voice: str, language: str) -> bool:
        """Whether there is a voice of that name for that language."""
        ...


class Estimate:
    """The length of a line from its number of words."""

    def length(self, line: Line) -> Length:
        return Length(estimate_ms(line.text, line.wpm))

    def speaks(self, voice: str, language: str) -> bool:
        return voice != "none"


def estimate_ms(text: str, wpm: int) -> int:
    """Milliseconds for `text` at `wpm` words a minute, pauses between sentences included, in tenths of a second."""
    words = len(re.findall(r"[\w'’]+(?:-\w+)*", text))
    return max(SHORTEST_MS, round(words * 600 / wpm) * 100)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words said in one breath of the voice, and the silence after them."""

    text: str
    pause_ms: int


def chunks(text: str) -> list[Chunk]:
    """A line cut at its `[pause 4 s]` marks. A mark with no readable time is three seconds."""
    out: list[Chunk] = []
    at = 0
    for mark in _PAUSE.finditer(text):
        ms = parse_ms(mark.group(1) or mark.group(2) or "")
        pause = _DEFAULT_PAUSE_MS if ms is None else min(ms, 600_000)
        words = " ".join(text[at : mark.start()].split())
        if words:
            out.append(Chunk(words, pause))
        elif out:
            out[-1] = Chunk(out[-1].text, out[-1].pause_ms + pause)
        else:
            out.append(Chunk("", pause))
        at = mark.end()
    if words := " ".join(text[at:].split()):
        out.append(Chunk(words, 0))
    return out


def unmarked(text: str) -> str:
    """The words of a line without its pause marks."""
    return " ".join(_PAUSE.sub(" ", text).split())


def sentences(text: str) -> list[str]:
    """The sentences of `text`, in order; nothing is lost but white space between them."""
    found: list[str] = []
    begin = 0
    for m in _SENTENCE.finditer(text):
        part = text[begin : m.end()].strip()
        if _UNENDED.search(part) or (_PERHAPS_ENDED.search(part) and text[m.end() :].lstrip()[:1].islower()):
            continue
        if part:
            found.append(part)
        begin = m.end()
    return [*found, rest] if (rest := text[begin:].strip()) else found
