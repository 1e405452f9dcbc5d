"""How long words take, before anyone has said them; and where a line of guidance pauses.

`compile` asks a `Speech` for the length of every spoken line. The default guesses from the number of words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from mindful.script.values import parse_ms

_PAUSE = re.compile(
    r"\[\s*pause\s*:?\s*([^\]]*?)\s*\]|<break\s+time\s*=\s*[\"']([^\"']+)[\"']\s*/?>",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"”’')\]]*(?=\s|$)|\n+|$)", re.DOTALL)
_DEFAULT_PAUSE_MS = 3000
SHORTEST_MS = 1200
"""No line is over sooner than this: a single word needs time to be heard."""


class Speech(Protocol):
    """What knows how long a line takes."""

    def length(self, text: str, voice: str, wpm: int) -> tuple[int, bool]:
        """(milliseconds, whether that is an estimate)."""
        ...


class Estimate:
    """The length of a line from its number of words."""

    def length(self, text: str, voice: str, wpm: int) -> tuple[int, bool]:
        return estimate_ms(text, wpm), True


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


def sentences(text: str) -> list[str]:
    """The sentences of `text`, in order; nothing is lost but white space between them."""
    return [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
