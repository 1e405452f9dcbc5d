"""A text as people write it, taken apart: words that are said, and marks that are not, in the order of the text.

Pure. Called by `scripted`. Nothing is dropped: the sources of all pieces, one after another, have every word of the
text (a property test holds it to that). Whatever is no mark for certain is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from mindful.author.prose import marks
from mindful.author.prose.marks import Mark

Kind = Literal["words", "mark", "gap", "heading", "note", "label"]
GAP_MS, WIDE_GAP_MS, LINE_GAP_MS = 4000, 8000, 2000
"""Silence between paragraphs, at a wider gap, and between lines where each line stands for itself."""


_NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. `label`: who speaks, a number of a list, a time; `note`: a direction for the reader."""

    kind: Kind
    source: str
    line: int
    """From 1."""
    mark: Mark = _NO_MARK
    """Of a mark or a gap."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    gap: int
    """Empty lines before it."""


_SPEAKERS = (
    r"narrator|therapist|guide|voice(?:[ -]?over)?|speaker|facilitator|teacher|leader|coach|host|reader|instructor|"
    r"sprecher(?:in)?|therapeut(?:in)?|erzähler(?:in)?|anleitung|stimme|lehrer(?:in)?|leitung"
)
_SPEAKER = re.compile(
    rf"\s*(?:\*\*|__|\*)?(?:(?i:{_SPEAKERS})(?:\s?\d+)?(?:\s*\([^)]*\))?|[TN]|VO)\s*(?:\*\*|__|\*)?\s*:(?:\*\*|__|\*)?\s+"
)
_BULLET = re.compile(r"\s*(?:[-*•–+▪·]\s+|\d{1,2}[.)]\s+|>\s?)")
_TIME = re.compile(r"\s*[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?(?:\s*[-–—]+\s*|\s+|$)")
_RULE = re.compile(r"\s*([-*_=~•#.]\s*){3,}\s*$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,})\s*$")
_MARKED_HEADING = re.compile(r"\s*(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)([^*_]+)\1\s*:?\s*$")
_PART = re.compile(
    r"\s*(?i:part|step|section|stage|phase|teil|schritt|abschnitt)\s+(\d+|[IVX]+|[A-Z])\b(\s*[:.–—-].{0,60})?$"
)
_ABOUT = re.compile(
    r"\s*(?i:author|by|written by|script by|duration|length|time|source|copyright|version|date|level|audience|props|"
    r"autor(?:in)?|dauer|quelle|von|stand)\s*:\s*\S"
)
_TITLE = re.compile(r"\s*(?i:title|titel)\s*:\s+")
_ENCLOSED = re.compile(
    r"<\s*break\b[^>]*>|\[[^\[\]]{1,240}\]|\([^()]{1,240}\)|\*{1,3}[^*]{1,80}\*{1,3}|(?<!\w)_{1,2}[^_]{1,80}_{1,2}(?!\w)|"
    r"//[^/]{1,80}//|\{[^{}]{1,80}\}|<[^<>]{1,80}>|~[^~]{1,80}~|\|+[^|]{1,80}\|+|(?<!\S)={1,3}[^=]{1,80}={1,3}(?!\S)|"
    r"(?<!\w)[-–—]{1,3}\s*[^-–—]{1,60}?\s*[-–—]{1,3}(?!\w)|(?:\.\s?){2,}\.|…[….]*"
)
_STARS = re.compile(r"\*+(?=\S)|(?<=\S)\*+|(?<!\w)_+(?=\w)|(?<=[\w.!?,])_+(?!\w)|`+")
_HALF = re.compile(r"[\[<](?=\s*(?:pause|break))", re.IGNORECASE)
"""A bracket before `pause` that is closed nowhere: a script would take it for a mark of its own."""
WORDS = re.compile(r"\w+(?:['’]\w+)*")


def words(text: str) -> list[str]:
    """The words of a text, as the promise to keep every one counts them."""
    return [w for w in (m.strip("_") for m in WORDS.findall(text)) if w]


def pieces(text: str) -> list[Piece]:
    """The text taken apart."""
    lines = _lines(text)
    usual = Counter(line.gap for line in lines if line.gap).most_common(1)
    wide = (usual[0][0] if usual else 1) + 1
    verse = _verse(lines)
    out: list[Piece] = []
    skip = False
    for i, line in enumerate(lines):
        if skip:
            skip = False
            continue
        if out and (line.gap or verse or any(p.match(line.text) for p in (_BULLET, _SPEAKER, _TIME))):
            ms = WIDE_GAP_MS if line.gap >= wide else GAP_MS if line.gap else LINE_GAP_MS
            why = "a wide gap" if line.gap >= wide else "a new paragraph" if line.gap else "a new line"
            out.append(Piece("gap", "", line.number, Mark(ms, guess=why)))
        below = lines[i + 1] if i + 1 < len(lines) else None
        if below is not None and not below.gap and _UNDERLINE.match(below.text) and words(line.text):
            out.append(Piece("heading", line.text.strip(), line.number))
            skip = True
            continue
        out += _of_line(line, first=not any(p.kind != "gap" for p in out), top=i < 8)
    return _joined(out)


def _lines(text: str) -> list[_Line]:
    out: list[_Line] = []
    gap = 0
    for number, line in enumerate(re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text), 1):
        if line.strip():
            out.append(_Line(number, line.replace("\t", " ").replace("\u00a0", " "), gap))
            gap = 0
        else:
            gap += 1
    return out


def _verse(lines: list[_Line]) -> bool:
    """Whether each line is a sentence of its own: then a new line is a small silence, else only the edge of a page."""
    inner = [a for a, b in pairwise(lines) if not b.gap]
    said = [line.text.rstrip(" *_)]") for line in inner if len(words(line.text)) > 1]
    if len(said) < 2:
        return False
    ended = sum(text[-1:] in ".!?…,;:" for text in said)
    return ended >= 0.8 * len(said)


def _of_line(line: _Line, *, first: bool, top: bool) -> Iterator[Piece]:
    text, number = line.text, line.number
    if _RULE.match(text) and not words(text) and not re.fullmatch(r"\s*(\.\s?){3,}\s*", text):
        yield Piece("mark", text.strip(), number, Mark(marks.PAUSE_MS, guess="a dividing line"))
        return
    if found := _MARKED_HEADING.match(text):
        yield Piece("heading", found[2], number)
        return
    if (found := _BOLD_LINE.match(text)) and marks.within(found[2]) is None:
        yield Piece("heading", found[2].strip(), number)
        return
    if top and (found := _TITLE.match(text)):
        yield Piece("label", found[0].strip(), number)
        yield Piece("heading", text[found.end() :].strip(), number)
        return
    if top and _ABOUT.match(text) and len(words(text)) <= 14:
        yield Piece("note", text.strip(), number)
        return
    if _capitals(text) or _PART.match(text) or (first and _a_title(text)):
        yield Piece("heading", text.strip(), number)
        return
    for pattern in (_TIME, _SPEAKER, _BULLET, _SPEAKER):
        match = pattern.match(text)
        if match and match.end() and not _whole_mark(text):
            yield Piece("label", match[0].strip(), number)
            text = text[match.end() :]
    if text.strip():
        yield from _said(text, number)


def _whole_mark(text: str) -> bool:
    """`- 5 breaths -` begins like an entry of a list, but is a mark."""
    found = _ENCLOSED.fullmatch(text.strip())
    return found is not None and _mark(found[0]) is not None


def _capitals(text: str) -> bool:
    """A line in capitals is a heading, unless it is a mark such as PAUSE."""
    found = words(text)
    letters = [c for c in text if c.isalpha()]
    shouted = len(letters) > 3 and all(c.isupper() for c in letters) and len(found) <= 9
    return shouted and text.strip()[0] not in "[(*<{/" and marks.alone(text) is None and text.strip()[-1] not in ".!?…"


def _a_title(text: str) -> bool:
    """The very first line, where it is short and ends like a title."""
    plain = text.strip()
    return 0 < len(words(plain)) <= 9 and plain[0].isalpha() and plain[-1] not in ".!?…,;:)]*-" and "..." not in plain


def _said(text: str, number: int) -> Iterator[Piece]:
    """A line: words, with the marks in them."""
    bare = text.strip()
    if not _ENCLOSED.search(bare) and (mark := marks.alone(bare)) is not None:
        yield Piece("mark", bare, number, mark)
        return
    at = 0
    for found in _ENCLOSED.finditer(text):
        if found.start() < at:
            continue
        source = found[0]
        mark = _mark(source)
        kind: Kind = "mark"
        if mark is None:
            if not _direction(text, found):
                continue
            kind, mark = "note", Mark()
        if before := text[at : found.start()]:
            yield Piece("words", before, number)
        yield Piece(kind, source, number, mark)
        at = found.end()
    if rest := text[at:]:
        yield Piece("words", rest, number)


def _mark(source: str) -> Mark | None:
    if not re.sub(r"[….\s]", "", source):
        return marks.dots(source)
    if source[0] == "<" and (timed := marks.tag(source)) is not None:
        return timed
    inner = source.strip("[](){}<>*_/~|=-–— ")
    if not inner.strip("….") and inner:
        return marks.dots(inner)
    return marks.within(inner)


def _direction(text: str, found: re.Match[str]) -> bool:
    """Whether brackets hold a direction for the reader, not words for the listener.

    Square brackets do, unless a sentence runs through them; round ones only where nothing else stands on the line, or
    where they open it and a sentence begins behind them.
    """
    source, before, after = found[0], text[: found.start()].rstrip(), text[found.end() :].lstrip()
    if not words(source):
        return False
    if source[0] == "[":
        runs_on = bool(before) and before[-1] not in ".!?…:;)]*" and after[:1].islower()
        return not runs_on
    return source[0] == "(" and not words(before) and (not words(after) or after[:1].isupper())


def _joined(found: list[Piece]) -> list[Piece]:
    """Words that follow each other on lines of one paragraph, as one piece."""
    out: list[Piece] = []
    for piece in found:
        if piece.kind == "words" and out and out[-1].kind == "words":
            out[-1] = replace(out[-1], source=f"{out[-1].source.rstrip()} {piece.source.lstrip()}")
        else:
            out.append(piece)
    return out


def spoken(source: str) -> str:
    """Words as they are said: without the stars that make them bold and half of a mark's brackets, on one line."""
    return " ".join(_HALF.sub("", _STARS.sub("", source)).split())
