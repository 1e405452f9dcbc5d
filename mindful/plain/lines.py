"""What happens at a moment, as lines of words. Pure: a stretch of a timeline in, lines out. Called by the performer.

Each step and each cue of a timeline is one message on one line. Long ones are wrapped by words for a terminal,
and left whole for a pipe. While a voice says the phases of the breath there is no line for them: a screen reader would
talk over it. A line at the beginning of the step and one at its end are enough then.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from mindful.plain import words
from mindful.script.values import CONTROL
from mindful.timeline.model import (
    AnyCue,
    BellCue,
    CaptionCue,
    PhaseCue,
    Placed,
    SayCue,
    SoundCue,
    StepSpan,
    Timeline,
)
from mindful.tongue import _

IN_FULL = 2
"""So many cycles have their phases said in full; then short words do."""
QUIET_MS = 8000
"""A silence from this length on is announced, so that nobody wonders whether it is still going on."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message. A phase is followed live, so on a terminal its time does not stand before its words."""

    at_ms: int
    text: str
    phase: bool = False


def clean(text: str) -> str:
    """Other people's text on one line, without anything that a terminal would obey."""
    return " ".join(CONTROL.sub(" ", text).encode("utf-8", "replace").decode("utf-8").split())


def clock(ms: int) -> str:
    """`0:05`, `1:02:00`; whole seconds gone by."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def between(
    timeline: Timeline, start_ms: int, end_ms: int, *, sound: bool = True, voice: bool = False
) -> Iterator[Line]:
    """The lines of start <= time < end on the session's line, in order.

    `sound`: whether a background is heard; `voice`: whether a voice is, where it has something to say.
    """
    for p in timeline.placed:
        if p.start_ms >= end_ms:
            return
        if p.end_ms is not None and p.end_ms < start_ms:
            continue
        low, high = start_ms - p.start_ms, end_ms - p.start_ms
        found = [(at, -1, 0, words.BREATH_OVER, False) for at in _ends(p)] if voice else []
        found = [each for each in found if low <= each[0] < high]
        if p.length_ms is not None:
            # what stands at the very end of the last segment has no later one to belong to
            high = min(high, p.length_ms + (timeline.complete and p is timeline.placed[-1]))
        here = [(s.start_ms, n, _step(p, s)) for n, s in enumerate(p.segment.spans) if low <= s.start_ms < high]
        found += [(at, n, 0, text, False) for at, n, text in here if text]
        cues = list(p.segment.cues_between(max(0, low), max(0, high)))
        said = {(at, cue.step) for at, cue in cues if voice and _says_phase(cue)}
        for at, cue in cues:
            if isinstance(cue, PhaseCue) and (at, cue.step) in said:
                continue
            if text := _cue(p, at, cue, sound):
                found.append((at, _span_of(p, at, cue), 1, text, isinstance(cue, PhaseCue)))
        # What begins at one instant stays in the order of the script, each step before its own cues: a bell that
        # takes no time comes before the silence that is written after it.
        for at, _span, _kind, text, phase in sorted(found, key=lambda f: f[:3]):
            yield Line(p.start_ms + at, text, phase)


def _span_of(p: Placed, at: int, cue: AnyCue) -> int:
    """The place of the cue's step among those of its segment; before them all for a cue of none."""
    spans = enumerate(p.segment.spans)
    return max((n for n, s in spans if s.step == cue.step and s.start_ms <= at), default=-1)


def next_ms(timeline: Timeline, after_ms: int) -> int | None:
    """When the next line or the end comes, strictly after `after_ms`; None where only the client knows."""
    best: int | None = None
    for p in timeline.placed:
        end = p.end_ms
        if end is not None and end <= after_ms:
            continue
        for span in p.segment.spans:
            if p.start_ms + span.start_ms > after_ms:
                best = _least(best, p.start_ms + span.start_ms)
                break
        if (cue := _next_cue(p, after_ms)) is not None:
            best = _least(best, cue)
        if end is not None:
            best = _least(best, end)
        break
    return best


def _next_cue(p: Placed, after_ms: int) -> int | None:
    segment, offset = p.segment, after_ms - p.start_ms
    far = offset + 1
    if segment.loop is not None:
        far = max(offset, segment.loop[1]) + segment.loop[1] - segment.loop[0] + 1
    elif segment.cues:
        far = segment.cues[-1].at_ms + 1
    return next((p.start_ms + at for at, _ in segment.cues_between(max(0, offset + 1), far)), None)


def _least(a: int | None, b: int) -> int:
    return b if a is None else min(a, b)


def _says_phase(cue: AnyCue) -> bool:
    """Whether a voice says a word in time with the breath here; one whose length is a guess is said by nobody."""
    return isinstance(cue, SayCue) and cue.manner == "cue" and not cue.estimated


def _ends(p: Placed) -> Iterator[int]:
    """Where paced breathing ends whose last phases a voice said."""
    for span in p.segment.spans:
        if span.kind == "breathe" and span.length_ms is not None:
            end = span.start_ms + span.length_ms
            last = next((c for c in reversed(p.segment.cues) if isinstance(c, PhaseCue) and c.step == span.step), None)
            here = (c for c in p.segment.cues if last and c.at_ms == last.at_ms and c.step == span.step)
            if any(_says_phase(c) for c in here):
                yield end


def _step(p: Placed, span: StepSpan) -> str:
    """What is said of a step as it begins; most steps are said by their cues."""
    label = clean(span.label)
    if span.kind == "breathe":
        return _breathing(p, span, label)
    if span.length_ms is None:
        return ""
    length = words.spell(span.length_ms / 1000)
    if span.kind in ("sit", "scan", "relax", "move", "ground"):
        return f"{label}, {length}."
    if span.kind == "pause" and span.length_ms >= QUIET_MS:
        return _("(quiet, {length})").format(length=length)
    return ""


def _breathing(p: Placed, span: StepSpan, label: str) -> str:
    first = next((c for c in p.segment.cues if isinstance(c, PhaseCue) and c.step == span.step), None)
    if first is None or span.length_ms is None:
        return f"{label}."
    times = _("once") if first.cycles == 1 else _("{cycles} times").format(cycles=first.cycles)
    return f"{label}: {times}, {words.spell(span.length_ms / 1000)}."


def _cue(p: Placed, at: int, cue: AnyCue, sound: bool) -> str:
    match cue:
        case PhaseCue():
            return phase(cue)
        case CaptionCue():
            text = clean(cue.text)
            if held := _held_after(p, at, cue):
                return f"{text} {words.held(held / 1000)}"
            quiet = _silence_after(p, at, cue)
            return (
                _("{text} (quiet, {spell})").format(text=text, spell=words.spell(quiet / 1000))
                if quiet >= QUIET_MS
                else text
            )
        case BellCue() if not cue.sign:
            return f"({words.BELLS.get(cue.sound, clean(cue.sound))})"
        case SoundCue() if sound:
            return (
                _("(the background fades away)")
                if cue.layer == "silence"
                else _("(background: {layer})").format(layer=_layer(cue.layer))
            )
    return ""


def _layer(name: str) -> str:
    return clean(re.split(r"[\\/]", name)[-1].replace("-", " "))


def phase(cue: PhaseCue) -> str:
    """One respiratory phase with its length in seconds."""
    full, short = words.PHASES[cue.phase]
    seconds = words.count(cue.length_ms / 1000)
    through = cue.through or ""
    if cue.cycle <= IN_FULL:
        way = words.THROUGH.get(through, "")
        return f"{full} {way}, {seconds}" if way else f"{full}, {seconds}"
    side = words.SIDES.get(through, "")
    return f"{short} {side}, {seconds}" if side else f"{short}, {seconds}"


def _held_after(p: Placed, at: int, cue: CaptionCue) -> int:
    """How long muscles are tensed, or a pose is held, from the end of these words on; 0 where nothing is."""
    end = at + cue.length_ms
    parts = (part for s in p.segment.spans if s.step == cue.step for part in s.parts)
    paced = any(isinstance(c, PhaseCue) for _, c in p.segment.cues_between(end, end + 1))
    return 0 if paced else next((b - a for part in parts for a, b in part.held if a == end), 0)


def _silence_after(p: Placed, at: int, cue: CaptionCue) -> int:
    """How long nothing comes after the words of a caption, within its own step."""
    span = next((s for s in p.segment.spans if s.step == cue.step and s.start_ms <= at), None)
    if span is None or span.length_ms is None:
        return 0
    end = span.start_ms + span.length_ms
    following = next((t for t, c in p.segment.cues_between(at + 1, end) if c.step == cue.step), end)
    return following - at - cue.length_ms


def wrap(text: str, columns: int | None) -> list[str]:
    """The rows of a message; with no columns it stays whole. Words longer than a row are cut."""
    if columns is None or len(text) <= columns:
        return [text]
    return textwrap.wrap(text, max(10, columns), subsequent_indent="  ", break_on_hyphens=False) or [""]
