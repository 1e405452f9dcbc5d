"""A laid-out script as a table of times for its author. Pure: an outline in, text out. Called by `mindful outline`.

One row a step. Times after something that the client decides are marked with `~`: they are as early as it can be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mindful.script.values import CONTROL
from mindful.timeline.as_clock import clock
from mindful.timeline.model import (
    AnyCue,
    BellCue,
    CaptionCue,
    ExposePrompt,
    KeyPrompt,
    Outline,
    PhaseCue,
    SayCue,
    Segment,
    SoundCue,
    StepSpan,
)

WIDTH = 80
_START, _LENGTH, _KIND = 8, 8, 8
_LOOP = re.compile(r"(until .+?, at most \d+ rounds)(?: and |$)")
_PARTS = {
    "scan": ("region", "regions"),
    "relax": ("group of muscles", "groups of muscles"),
    "move": ("pose", "poses"),
    "ground": ("sense", "senses"),
}
PHASES = {"inhale": "in", "top_up": "top up", "hold": "hold", "exhale": "out", "rest": "rest"}


@dataclass(frozen=True, slots=True)
class Row:
    """One step, or with no kind the condition under which what follows is reached."""

    start_ms: int
    length_ms: int | None
    """None: open."""
    kind: str
    what: str
    sure: bool = True
    """Whether its start depends on nothing that the client decides."""
    estimated: bool = False
    """Whether its length is a guess from the number of words."""
    depth: int = 0
    optional: bool = False
    step: str = ""
    """Path of the step; empty for a condition."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A segment where the table has it."""

    segment: Segment
    start_ms: int
    sure: bool
    """Whether its start depends on nothing that the client decides."""
    depth: int
    """Branches that it stands within."""
    reached: str = ""
    """The condition of its branch, where it is the first of one."""


def laid(outline: Outline) -> Iterator[Laid]:
    """The segments of a script, each at the earliest time at which it can begin."""
    stack: list[str] = []
    sure = True
    for segment, start in zip(outline.segments, outline.starts_ms, strict=True):
        within = set(stack)
        changed = _enter(segment.when or "", stack)
        # A branch that was left and is entered again is told again; one that an inner branch comes back to is not.
        reached = _reached(stack) if segment.when and stack[-1] not in within else ""
        sure = sure and not changed
        yield Laid(segment, start, sure, len(stack), reached)
        sure = sure and not segment.open


def rows(outline: Outline) -> list[Row]:
    """The rows of a script, and one for each branch with its condition."""
    out: list[Row] = []
    for each in laid(outline):
        if each.reached:
            out.append(Row(each.start_ms, None, "", each.reached, depth=each.depth - 1))
        out += _rows(each.segment, each.start_ms, each.sure, each.depth)
    return out


def _reached(stack: list[str]) -> str:
    """Under what the innermost branch is reached, without what the branches around it say already."""
    own = stack[-1].removeprefix(f"{stack[-2]} and ") if len(stack) > 1 else stack[-1]
    parts = [p.removesuffix(" and ") for p in _LOOP.split(visible(own)) if p.removesuffix(" and ")]
    return ", ".join(f"repeat {p}" if _LOOP.match(p) else f"if {p}" for p in parts)


def _enter(when: str, stack: list[str]) -> bool:
    """Move the stack of open branches to `when`; whether anything changed."""
    if when == (stack[-1] if stack else ""):
        return False
    while stack and stack[-1] != when and not when.startswith(stack[-1] + " and "):
        stack.pop()
    if when and (not stack or stack[-1] != when):
        stack.append(when)
    return True


def _rows(segment: Segment, now: int, sure: bool, depth: int) -> Iterator[Row]:
    cues: dict[str, list[AnyCue]] = {}
    for cue in segment.cues:
        cues.setdefault(cue.step, []).append(cue)
    for span in segment.spans:
        mine = cues.get(span.step, [])
        said = [c for c in mine if isinstance(c, SayCue) and c.manner == "guide"]
        yield Row(
            start_ms=now + span.start_ms,
            length_ms=span.length_ms,
            kind=span.kind,
            what=_what(segment, span, mine),
            sure=sure,
            estimated=span.length_ms is not None and any(c.estimated for c in said),
            depth=depth,
            optional=span.optional,
            step=span.step,
        )
    if isinstance(segment.prompt, ExposePrompt):
        yield from _meanwhile(segment, now, depth + 1)


_ONE_ROW_MS = 1500
"""Lines of an exposure that follow each other as soon as this stand in one row."""


def _meanwhile(segment: Segment, now: int, depth: int) -> Iterator[Row]:
    """What is said and heard during an exposure. For the record it is all one step, so its cues are told apart here."""
    rows_: list[Row] = []
    for cue in segment.cues:
        if isinstance(cue, CaptionCue):
            kind, what, length = "say", visible(cue.text), cue.length_ms
        elif isinstance(cue, BellCue | SoundCue):
            kind, what, length = ("bell", cue.sound, 0) if isinstance(cue, BellCue) else ("sound", cue.layer, 0)
        else:
            continue
        at, last = now + cue.at_ms, rows_[-1] if rows_ else None
        if last and last.kind == kind == "say" and at - last.start_ms - (last.length_ms or 0) < _ONE_ROW_MS:
            rows_[-1] = replace(last, what=f"{last.what} {what}", length_ms=at + length - last.start_ms)
        else:
            guessed = any(isinstance(c, SayCue) and c.estimated for c in segment.cues) and kind == "say"
            rows_.append(Row(at, length, kind, what, sure=False, estimated=guessed, depth=depth, step=cue.step))
    yield from rows_


def _what(segment: Segment, span: StepSpan, mine: list[AnyCue]) -> str:
    label = visible(span.label)
    match span.kind:
        case "breathe":
            return f"{label}: {_breath([c for c in mine if isinstance(c, PhaseCue)])}"
        case "bell":
            bells = [c for c in mine if isinstance(c, BellCue)]
            return _beside(label, f"{bells[0].sound}, {bells[0].strokes} times" if len(bells) > 1 else _first(bells))
        case "sound":
            layers = [visible(c.layer) for c in mine if isinstance(c, SoundCue)]
            return _beside(label, layers[0] if layers else "")
        case "say":
            words = " ".join(visible(c.text) for c in mine if isinstance(c, CaptionCue))
            return f"{label}: {words}" if span.named and words else words or label
        case "wait":
            text = visible(segment.prompt.text) if segment.prompt is not None else ""
            most = segment.prompt.at_most_ms if isinstance(segment.prompt, KeyPrompt) else None
            return f"{text} (at most {clock(most)})" if most is not None else text
        case "sit":
            count = sum(isinstance(c, BellCue) for c in mine)
            return f"{label}, {count} bell{'s' if count != 1 else ''}" if count else label
        case "exposure" if isinstance(segment.prompt, ExposePrompt) and segment.prompt.at_most_ms is not None:
            return f"{label} (at most {clock(segment.prompt.at_most_ms)})"
        case "scan" | "relax" | "move" | "ground" if span.parts:
            one, several = _PARTS[span.kind]
            return f"{label}, {len(span.parts)} {one if len(span.parts) == 1 else several}"
    return label


def _first(bells: list[BellCue]) -> str:
    return bells[0].sound if bells else ""


def _beside(label: str, more: str) -> str:
    return f"{label}: {more}" if more and more.casefold() != label.casefold() else label


def _breath(cues: list[PhaseCue]) -> str:
    """`6 times in 4, out 6`; with a change of pace the first cycle and the last."""
    if not cues:
        return "no breath"
    first, last = _cycle(cues, cues[0].cycle), _cycle(cues, cues[-1].cycle)
    change = "" if first == last else f", at the end {last}"
    times = "until a key" if cues[0].cycles is None else f"{cues[0].cycles} times"
    return f"{times} {first}{change}"


def _cycle(cues: list[PhaseCue], number: int) -> str:
    return ", ".join(f"{PHASES[c.phase]} {round(c.length_ms / 1000, 1):g}" for c in cues if c.cycle == number)


def table(found: list[Row], width: int = WIDTH) -> str:
    """The rows as text, none wider than `width`."""
    head = f"{'start':>{_START}} {'length':>{_LENGTH}}  {'step':<{_KIND}}  what"
    return "\n".join([head, *(_line(row, width) for row in found)]) + "\n"


def _line(row: Row, width: int) -> str:
    indent = "  " * row.depth
    if not row.kind:
        return cut(f"{'':{_START + _LENGTH + 3}}{indent}{row.what}:", width)
    start = ("" if row.sure else "~") + clock(row.start_ms)
    length = "open" if row.length_ms is None else "-" if row.length_ms == 0 else clock(row.length_ms)
    length = ("~" if row.estimated else "") + length
    what = row.what + (" (may be left out)" if row.optional else "")
    kind = row.kind if len(row.kind) <= _KIND else row.kind[: _KIND - 1] + "…"
    return cut(f"{start:>{_START}} {length:>{_LENGTH}}  {indent}{kind:<{_KIND}}  {what}".rstrip(), width)


def length(outline: Outline) -> str:
    """How long it takes, in a phrase."""
    low, high, longest = clock(outline.bounds.min_ms), outline.bounds.max_ms, clock(outline.bounds.longest_way_ms)
    if outline.total_ms is not None:
        return clock(outline.total_ms)
    if high is not None:
        return f"{low} to {clock(high)}"
    if low == longest:
        return f"at least {low}, and as long as the client takes"
    return f"{low} to {longest}, and as long as the client takes"


def ways(outline: Outline) -> str:
    """What the shortest and the longest time stand for, where a choice or an answer decides; else empty."""
    low, longest = outline.bounds.min_ms, outline.bounds.longest_way_ms
    if low == longest:
        return ""
    exposed = any(isinstance(segment.prompt, ExposePrompt) for segment in outline.segments)
    ended = "An exposure that is ended at once counts as nothing in the shortest time, and in the longest as its `for`."
    if not any(segment.when for segment in outline.segments):
        return ended if exposed else ""
    return (
        f"{clock(low)} is the shortest way through it: the shortest option of each choice, one round of each repeat "
        f"that an answer ends, and no step whose condition an answer decides. {clock(longest)} is the longest way: "
        "the longest option of each choice, every round, and every step."
        f"{' ' + ended if exposed else ''}"
    )


def visible(text: str) -> str:
    """Other people's text on one line, with nothing in it that a terminal would obey."""
    return " ".join(CONTROL.sub("�", text.replace("\t", " ").replace("\n", " ")).split())


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns."""
    if cells(text) <= width:
        return text
    if text.isascii():
        text = text[: width - 1]
    while text and cells(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def cells(text: str) -> int:
    """The columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
