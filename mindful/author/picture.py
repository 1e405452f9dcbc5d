"""A session as a picture in the terminal: along one line of time what is said, breathed, struck, left quiet and asked.

Pure: an outline in, text out. Called by `mindful outline`. It stands beside the table and tells times as the table
does; every branch is drawn once, one after another, under a letter. It fits a page of 80 columns and 24 lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mindful.author.outline import Laid, cut, laid
from mindful.timeline.as_clock import clock
from mindful.timeline.model import BellCue, Outline, PhaseCue, SayCue, Segment

WIDTH = 80
_NAME = 9
"""Columns before the line of time."""
_TICK = 12
"""Columns from one time to the next, at least."""
_ROUND = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400)
"""Seconds that may lie between two times."""
_BREATH_ROWS = 3
_BODY_WORDS = {"relax": "muscles tensed", "move": "pose held"}
_MOST_BRANCHES = 6
"""Conditions that are spelt out below."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STEPS = "▁▂▃▄▅▆▇█"
_ASKED = {"rate": "R", "choose": "C", "ask": "?", "wait": "W", "sit": "W", "breathe": "W", "learn": "L", "ground": "F"}
_ASKED_WORDS = {
    "R": "rating",
    "C": "choice",
    "?": "question",
    "W": "until a key",
    "L": "to read",
    "F": "things to find",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs that it is drawn with."""

    voice: str = "█"
    cue: str = "▪"
    bell: str = "•"
    quiet: str = "░"
    held: str = "═"
    body: str = "▬"
    line: str = "─"
    tick: str = "┬"
    steps: str = _STEPS


PLAIN = Marks(voice="#", cue=".", bell="o", quiet="-", held="=", body="~", line="-", tick="+", steps="#")
"""For terminals that have no other letters than ASCII."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A segment with its columns."""

    laid: Laid
    left: float
    scale: float
    """Columns a millisecond; an open one has none, and stands in one column."""

    @property
    def segment(self) -> Segment:
        return self.laid.segment

    def columns(self, start_ms: int, length_ms: int) -> range:
        """The columns that a stretch of it touches: at least one."""
        first = int(self.left + start_ms * self.scale + 1e-9)
        last = int(self.left + (start_ms + length_ms) * self.scale - 1e-9)
        return range(first, max(first, last) + 1)


def picture(outline: Outline, width: int = WIDTH, *, ascii_only: bool = False) -> str:
    """The picture, none of its lines wider than `width` (at least 40)."""
    marks = PLAIN if ascii_only else Marks()
    columns = max(40, width) - _NAME
    drawn = list(_place(list(laid(outline)), columns))
    grid = _Grid(columns, marks)
    for each in drawn:
        grid.draw(each)
    out = [*_axis(drawn, columns, marks), *grid.rows()]
    branches = [(letter, each.laid.reached) for letter, each in _branches(drawn)]
    if branches:
        row = [" "] * columns
        for letter, each in _lettered(drawn):
            for c in _within(each.columns(0, each.segment.length_ms or 0), columns):
                row[c] = letter
        out.append(f"{'only if':<{_NAME}}{''.join(row).rstrip()}")
    out += ["", *_legend(grid, marks)]
    out += [f"{letter}  {reached}" for letter, reached in branches[:_MOST_BRANCHES]]
    if len(branches) > _MOST_BRANCHES:
        out.append(f"and {len(branches) - _MOST_BRANCHES} more; the table has them all")
    return "\n".join(cut(line.rstrip(), max(40, width)) for line in out) + "\n"


def shape(outline: Outline, columns: int) -> list[tuple[str, str]]:
    """The session in one line of `columns` cells: (mark, what it is), for a glance before it is chosen.

    What it is: breath (as high as its pace), held, voice, bell, ask, quiet, or "" where nothing is.
    """
    marks = Marks(voice="▪", bell="o", quiet="·")
    grid = _Grid(columns, marks)
    for each in _place(list(laid(outline)), columns):
        grid.draw(each)
    top = max(6.0, *grid.pace) if columns else 0.0
    return [grid.cell(c, top) for c in range(columns)]


def _place(segments: list[Laid], columns: int) -> Iterator[_Drawn]:
    """Each segment with its columns: open ones have one each while there is room, the others share the rest by time."""
    opened = sum(each.segment.open for each in segments)
    total = sum(each.segment.length_ms or 0 for each in segments)
    for_open = columns if total == 0 else min(opened, columns // 2)
    one = for_open / opened if opened else 0.0
    scale = (columns - for_open) / total if total else 0.0
    left = 0.0
    for each in segments:
        yield _Drawn(each, left, 0.0 if each.segment.open else scale)
        left += one if each.segment.open else (each.segment.length_ms or 0) * scale


def _within(found: Iterable[int], columns: int) -> Iterator[int]:
    return (min(c, columns - 1) for c in found)


def _branches(drawn: list[_Drawn]) -> Iterator[tuple[str, _Drawn]]:
    """The first segment of each branch with its letter."""
    for n, each in enumerate(d for d in drawn if d.laid.reached):
        yield _LETTERS[n % len(_LETTERS)], each


def _lettered(drawn: list[_Drawn]) -> Iterator[tuple[str, _Drawn]]:
    """Every segment within a branch with the letter of the innermost."""
    letters = {each.laid.segment.when: letter for letter, each in _branches(drawn)}
    for each in drawn:
        if each.segment.when:
            yield letters.get(each.segment.when, " "), each


def _axis(drawn: list[_Drawn], columns: int, marks: Marks) -> list[str]:
    """The line of time, with times as the table tells them."""
    times, line = [" "] * columns, [marks.line] * columns
    ticks = _even(drawn) if all(d.laid.sure and not d.segment.open for d in drawn) else _as_they_come(drawn, columns)
    for c, text in ticks:
        if c + len(text) <= columns:
            times[c : c + len(text)] = text
            line[c] = marks.tick
    return [" " * _NAME + "".join(times), " " * _NAME + "".join(line)]


def _even(drawn: list[_Drawn]) -> Iterator[tuple[int, str]]:
    """Columns and times of one unbroken line of time: round ones, evenly apart."""
    total = sum(d.segment.length_ms or 0 for d in drawn)
    scale = max((d.scale for d in drawn), default=0.0)
    step = next((s for s in _ROUND if s * 1000 * scale >= _TICK), _ROUND[-1]) * 1000
    return ((int(ms * scale + 1e-9), clock(ms)) for ms in range(0, total + 1, step))


def _as_they_come(drawn: list[_Drawn], columns: int) -> Iterator[tuple[int, str]]:
    """Columns and times where the client decides: at even columns the time that the table has there."""
    end = drawn[-1].left + (drawn[-1].segment.length_ms or 0) * drawn[-1].scale if drawn else 0
    for c in range(0, min(columns, int(end) + 1), _TICK):
        at = max((d for d in drawn if d.left <= c + 1e-9), key=lambda d: (d.left, d.segment.index), default=None)
        if at is not None:
            ms = at.laid.start_ms + (round((c - at.left) / at.scale) if at.scale else 0)
            yield c, ("" if at.laid.sure else "~") + clock(ms - ms % 1000)


class _Grid:
    """The rows of the picture, while they are drawn."""

    def __init__(self, columns: int, marks: Marks) -> None:
        self.columns = columns
        self.marks = marks
        self.voice = [" "] * columns
        self.bells = [0] * columns
        self.asks = [" "] * columns
        self.held = [False] * columns
        """Breaths that have a hold in them."""
        self.body = [False] * columns
        self.of_body: set[str] = set()
        """The kinds of step in which something of the body is held; its breath goes on."""
        self.pace = [0.0] * columns
        self.busy = [False] * columns
        self.there = [False] * columns

    def draw(self, each: _Drawn) -> None:
        segment = each.segment
        for c in self._at(each, 0, segment.length_ms or 0):
            self.there[c] = True
        for cue in segment.cues:
            if isinstance(cue, SayCue):
                for c in self._at(each, cue.at_ms, cue.length_ms):
                    self.busy[c] = True
                    if cue.manner == "guide" or self.voice[c] == " ":
                        self.voice[c] = self.marks.voice if cue.manner == "guide" else self.marks.cue
            elif isinstance(cue, BellCue) and not cue.sign:
                self.bells[next(iter(self._at(each, cue.at_ms, 0)))] += 1
        self._breath(each)
        for span in segment.spans:
            for a, b in (h for part in span.parts for h in part.held):
                self.of_body.add(span.kind)
                for c in self._at(each, a, b - a):
                    self.body[c] = self.busy[c] = True
        if segment.open:
            c = next(iter(self._at(each, 0, 0)))
            self.asks[c] = _ASKED.get(segment.spans[-1].kind if segment.spans else segment.kind, "?")
            self.busy[c] = True

    def _breath(self, each: _Drawn) -> None:
        cycles: dict[tuple[str, int], list[PhaseCue]] = {}
        for cue in each.segment.cues:
            if isinstance(cue, PhaseCue):
                cycles.setdefault((cue.step, cue.cycle), []).append(cue)
        for phases in cycles.values():
            length = sum(p.length_ms for p in phases)
            breaths = max(
                1, sum(a.phase == "exhale" != b.phase for a, b in zip(phases, [*phases[1:], phases[0]], strict=True))
            )
            still = any(p.phase in ("hold", "rest") for p in phases)
            for c in self._at(each, phases[0].at_ms, length):
                self.busy[c] = True
                self.pace[c] = max(self.pace[c], 60_000 * breaths / length)
                self.held[c] = self.held[c] or still

    def _at(self, each: _Drawn, start_ms: int, length_ms: int) -> Iterator[int]:
        return _within(each.columns(start_ms, length_ms), self.columns)

    def cell(self, c: int, top: float) -> tuple[str, str]:
        """What stands out most in one column; `top` is the pace of the highest bar."""
        if self.asks[c] != " ":
            return "?", "ask"
        if self.bells[c]:
            return self.marks.bell, "bell"
        if self.pace[c]:
            step = max(1, round(self.pace[c] / top * len(self.marks.steps)))
            return self.marks.steps[min(step, len(self.marks.steps)) - 1], "held" if self.held[c] else "breath"
        if self.voice[c] != " ":
            return self.marks.voice, "voice"
        return (self.marks.quiet, "quiet") if self.there[c] else (" ", "")

    @property
    def said(self) -> bool:
        return any(v != " " for v in self.voice)

    @property
    def quiet(self) -> list[bool]:
        return [there and not busy for there, busy in zip(self.there, self.busy, strict=True)]

    def rows(self) -> Iterator[str]:
        """The rows that have something in them, each with its name."""
        if self.said:
            yield self._row("voice", self.voice)
        if any(self.pace):
            yield from self._breath_rows()
        if any(self.held):
            yield self._row("held", [self.marks.held if h else " " for h in self.held])
        if any(self.body):
            yield self._row("body", [self.marks.body if b else " " for b in self.body])
        if any(self.bells):
            yield self._row(
                "bells", [" " if not n else self.marks.bell if n == 1 else str(min(n, 9)) for n in self.bells]
            )
        if any(self.quiet):
            yield self._row("quiet", [self.marks.quiet if q else " " for q in self.quiet])
        if any(a != " " for a in self.asks):
            yield self._row("asks", self.asks)

    def _breath_rows(self) -> Iterator[str]:
        """Bars as high as the pace; beside them the breaths a minute at the top of each row."""
        top = max(6, -(-round(max(self.pace) * 10) // 10))
        top += -top % _BREATH_ROWS
        fine = len(self.marks.steps)
        for row in reversed(range(_BREATH_ROWS)):
            marks = []
            for pace in self.pace:
                share = pace / top * _BREATH_ROWS - row
                n = min(fine, round(share * fine))
                marks.append(" " if pace == 0 or n <= 0 else self.marks.steps[n - 1])
            label = f"{'breath' if row == _BREATH_ROWS - 1 else ''}"
            number = f"{round(top * (row + 1) / _BREATH_ROWS)} "
            yield f"{label:<6}{number:>{_NAME - 6}}{''.join(marks)}".rstrip()

    def _row(self, name: str, marks: list[str]) -> str:
        return f"{name:<{_NAME}}{''.join(marks)}".rstrip()


def _legend(grid: _Grid, marks: Marks) -> list[str]:
    parts = [f"{marks.voice} words"] if marks.voice in grid.voice else []
    if marks.cue in grid.voice:
        parts.append(f"{marks.cue} breath said")
    if any(grid.pace):
        parts.append("breath: how many a minute")
    if any(grid.held):
        parts.append(f"{marks.held} breaths with holds")
    if any(grid.body):
        parts.append(f"{marks.body} {', '.join(_BODY_WORDS.get(kind, 'held') for kind in sorted(grid.of_body))}")
    if any(grid.bells):
        parts.append(f"{marks.bell} bell")
    if any(grid.quiet):
        parts.append(f"{marks.quiet} quiet")
    parts += [f"{m} {_ASKED_WORDS[m]}" for m in dict.fromkeys(a for a in grid.asks if a != " ")]
    lines = [""]
    for part in parts:
        joined = f"{lines[-1]}   {part}" if lines[-1] else part
        if len(joined) > grid.columns + _NAME:
            lines.append(part)
        else:
            lines[-1] = joined
    return lines
