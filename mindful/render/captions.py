"""Captions as WebVTT and SubRip: the sentences with their times, and if wished the phases of the breath. Pure.

Called by `mindful.render.job`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from mindful.render.clean import one_line
from mindful.timeline.breath_words import name
from mindful.timeline.model import CaptionCue, PhaseCue, Timeline

COLUMNS, ROWS = 42, 2
"""What one caption shows at most, as is usual for films."""
LEAST_MS = 200
"""A caption that could be seen for less is left out."""
_TAG = re.compile(r"([<{])(?=[A-Za-z/\\!])")


@dataclass(frozen=True, slots=True)
class Caption:
    """Words that are shown from `start_ms` to `end_ms`."""

    start_ms: int
    end_ms: int
    rows: tuple[str, ...]


def captions(timeline: Timeline, *, breath: bool = False) -> list[Caption]:
    """In order of time, none overlapping another. `breath`: also the phases, as a voice would say them."""
    found: list[tuple[int, int, str]] = []
    for p in timeline.placed:
        for cue in p.segment.cues:
            at = p.start_ms + cue.at_ms
            if isinstance(cue, CaptionCue):
                found += _parts(at, cue.length_ms, one_line(cue.text))
            elif breath and isinstance(cue, PhaseCue):
                found.append((at, at + min(cue.length_ms, (p.length_ms or 0) - cue.at_ms), name(cue)))
    found.sort(key=lambda f: f[0])
    ends = [start for start, _, _ in found[1:]] + [timeline.total_ms or 0] * bool(found)
    return [
        Caption(start, min(end, next_), tuple(_rows(text)))
        for (start, end, text), next_ in zip(found, ends, strict=True)
        if min(end, next_) - start >= LEAST_MS
    ]


def _parts(at: int, length: int, text: str) -> Iterator[tuple[int, int, str]]:
    """A long sentence in parts of about one length, each with its share of the time by letters."""
    parts = _even(text)
    whole, done = sum(map(len, parts)), 0
    for part in parts:
        start = at + length * done // whole
        done += len(part)
        yield start, at + length * done // whole, part


def _even(text: str) -> list[str]:
    count = -(-len(_rows(text)) // ROWS)
    for width in range(len(text) // max(1, count), len(text) + 1):
        parts = textwrap.wrap(text, max(1, width), break_on_hyphens=False)
        if len(parts) <= count:
            if all(len(_rows(part)) <= ROWS for part in parts):
                return parts
            count += 1
    return [text] if text else []


def _rows(text: str) -> list[str]:
    return textwrap.wrap(text, COLUMNS, break_on_hyphens=False)


def vtt(found: list[Caption], title: str = "", language: str = "") -> str:
    """As WebVTT. Nothing in the words is ever markup."""
    head = "WEBVTT" + (f"\nLanguage: {language}" if language else "")
    blocks = [head, *([f"NOTE {_vtt(one_line(title))}"] if title else [])]
    blocks += [f"{_time(c.start_ms, '.')} --> {_time(c.end_ms, '.')}\n" + "\n".join(map(_vtt, c.rows)) for c in found]
    return "\n\n".join(blocks) + "\n"


def srt(found: list[Caption]) -> str:
    """As SubRip. It has no way to write a bracket as words, so one that would begin a tag is kept apart from it."""
    blocks = [
        f"{k}\n{_time(c.start_ms, ',')} --> {_time(c.end_ms, ',')}\n" + "\n".join(map(_srt, c.rows))
        for k, c in enumerate(found, 1)
    ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _time(ms: int, point: str) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{ms:03}"


def _vtt(row: str) -> str:
    return row.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _srt(row: str) -> str:
    return _TAG.sub("\\1\N{WORD JOINER}", row.replace("-->", "→"))
