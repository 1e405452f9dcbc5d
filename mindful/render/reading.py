"""A session as a script to read out: words with their times, pauses named, bells and breathing in words. Pure.

Called by `mindful.render.job`. For a person who leads a group with a sheet of paper and a clock.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mindful.render.clean import clock, one_line, spell
from mindful.render.prompts import spoken, written
from mindful.script.model import Caution, Script
from mindful.timeline.model import (
    BellCue,
    CaptionCue,
    PhaseCue,
    Placed,
    SayCue,
    SheetPrompt,
    SoundCue,
    StepSpan,
    Timeline,
)

WIDTH = 80
MARGIN = 9
QUIET_MS = 2000
"""A silence from this length on is named."""
_BELLS = {"bowl": "singing bowl", "wood": "wood block"}
_PHASES = {"inhale": "in", "top_up": "a little more in", "hold": "hold", "exhale": "out", "rest": "rest"}
_THROUGH = {
    "nose": "through the nose",
    "mouth": "through the mouth",
    "left": "left",
    "right": "right",
    "hum": "humming",
    "pursed": "through pursed lips",
}
_CAUTION = "It may not suit everyone; think first about"
CAUTION_NAMES: dict[Caution, str] = {
    "pregnancy": "pregnancy",
    "heart": "heart conditions",
    "blood-pressure": "high or low blood pressure",
    "epilepsy": "epilepsy",
    "asthma": "asthma",
    "copd": "lung disease such as COPD",
    "glaucoma": "glaucoma and other diseases of the eye",
    "surgery": "a recent operation",
    "panic": "panic attacks",
    "trauma": "experiences that still weigh heavily",
    "psychosis": "psychosis, now or earlier",
    "pain": "pain",
    "injury": "injuries",
    "ear": "diseases of the ear, and ringing in it",
    "sleepiness": "sleepiness, as before driving",
    "other": "what its summary says",
}
"""Each caution as it is read in a row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to read out or to do, from `start_ms` until `end_ms`."""

    start_ms: int
    end_ms: int
    text: str
    order: int = 1
    """Among what begins at one moment: what is heard and done before what is said."""


_BOX = "[\N{NO-BREAK SPACE}]\N{NO-BREAK SPACE}"


def entries(timeline: Timeline) -> list[Entry]:
    """Everything that happens, in order, with the silences between."""
    found = sorted((e for p in timeline.placed for e in _happens(p)), key=lambda e: (e.start_ms, e.order))
    out: list[Entry] = []
    over = 0
    for entry in found:
        if entry.start_ms - over >= QUIET_MS:
            out.append(Entry(over, entry.start_ms, f"(quiet, {spell(entry.start_ms - over)})"))
        out.append(entry)
        over = max(over, entry.end_ms)
    total = timeline.total_ms or 0
    if total - over >= QUIET_MS:
        out.append(Entry(over, total, f"(quiet, {spell(total - over)})"))
    return out


def _happens(p: Placed) -> Iterator[Entry]:
    segment, at = p.segment, p.start_ms
    for span in segment.spans:
        start = at + span.start_ms
        end = start + (span.length_ms or 0)
        mine = [c for c in segment.cues if c.step == span.step]
        if span.kind == "breathe":
            yield Entry(start, end, _breathing(span, [c for c in mine if isinstance(c, PhaseCue)]), 0)
        elif span.kind == "sit":
            yield Entry(start, end, f"({one_line(span.label)}, {spell(end - start)})", 0)
        elif span.parts:
            yield Entry(start, start, f"({one_line(span.label)}, {spell(end - start)})", 0)
            yield from _held(at, span, [c for c in mine if isinstance(c, PhaseCue)])
        yield from _said(at, [c for c in mine if isinstance(c, SayCue | CaptionCue)])
        if segment.prompt is not None and span.step == segment.step and not any(isinstance(c, SayCue) for c in mine):
            for asked in spoken(segment.prompt, span.kind, "")[:1]:
                yield Entry(start, start, f"(not read out) {one_line(asked)}")
        if isinstance(segment.prompt, SheetPrompt) and span.step == segment.step:
            lead = ""
            for field in segment.prompt.fields:
                if field.lead and field.lead != lead:
                    yield Entry(start, start, one_line(field.lead), 3)
                lead = field.lead
                yield Entry(start, start, f"- {one_line(written(field))}", 3)
    for cue in segment.cues:
        if isinstance(cue, SoundCue):
            yield Entry(at + cue.at_ms, at + cue.at_ms, _background(cue), 0)
    bells = [c for c in segment.cues if isinstance(c, BellCue) and not c.sign]
    for strokes in _together(bells):
        yield _bell(at, strokes)


def _held(at: int, span: StepSpan, cues: list[PhaseCue]) -> Iterator[Entry]:
    """What is tensed, held or breathed in the parts of a step."""
    for start, end in (h for part in span.parts for h in part.held):
        inside = [c for c in cues if start <= c.at_ms < end]
        if inside:
            cycles = [list(c) for _, c in groupby(inside, key=lambda c: c.cycle)]
            times = "once" if len(cycles) == 1 else f"{len(cycles)} times"
            yield Entry(at + start, at + end, f"({times}: {_cycle(cycles[0])})", 2)
        else:
            what = "tensed" if span.kind == "relax" else "held"
            yield Entry(at + start, at + end, f"({what}, {spell(end - start)})", 2)


def _said(at: int, cues: list[SayCue | CaptionCue]) -> Iterator[Entry]:
    """Each line of speech as one paragraph, from its captions, which a recording has as well."""
    for k, cue in enumerate(cues):
        if isinstance(cue, SayCue) and cue.manner == "guide":
            shown = []
            for after in cues[k + 1 :]:
                if isinstance(after, SayCue):
                    break
                shown.append(one_line(after.text))
            if shown:
                yield Entry(at + cue.at_ms, at + cue.at_ms + cue.length_ms, " ".join(shown))


def _together(bells: list[BellCue]) -> list[list[BellCue]]:
    """The strokes that were asked for as one: 1, 2, 3 of three."""
    out: list[list[BellCue]] = []
    for cue in bells:
        before = out[-1][-1] if out else None
        if before is not None and before.step == cue.step and cue.stroke == before.stroke + 1 > 1:
            out[-1].append(cue)
        else:
            out.append([cue])
    return out


def _bell(at: int, strokes: list[BellCue]) -> Entry:
    first, last = strokes[0], strokes[-1]
    what = _BELLS.get(first.sound, first.sound)
    if len(strokes) > 1:
        apart = (last.at_ms - first.at_ms) / (len(strokes) - 1)
        what += f", {len(strokes)} strokes, {spell(round(apart))} apart"
    return Entry(at + first.at_ms, at + last.at_ms, f"({what})", 0)


def _background(cue: SoundCue) -> str:
    if cue.layer == "silence":
        return "(the background fades away)"
    name = re.split(r"[\\/]", cue.layer)[-1]
    return f"(background: {one_line(name.replace('-', ' '))})"


def _breathing(span: StepSpan, cues: list[PhaseCue]) -> str:
    label = one_line(span.label)
    if not cues:
        return f"({label})"
    cycles = [list(c) for _, c in groupby(cues, key=lambda c: c.cycle)]
    first, last = _cycle(cycles[0]), _cycle(cycles[-1])
    times = "once" if len(cycles) == 1 else f"{len(cycles)} times"
    change = "" if first == last else f"; changing little by little to: {last}"
    return f"({label}, {times}, {spell(span.length_ms or 0)}: {first}{change})"


def _cycle(cues: list[PhaseCue]) -> str:
    return ", ".join(_phase(c) for c in cues)


def _phase(cue: PhaseCue) -> str:
    through = _THROUGH.get(cue.through or "", "")
    return f"{_PHASES[cue.phase]} {through + ' ' if through else ''}{round(cue.length_ms / 1000, 1):g}"


def text(script: Script, timeline: Timeline, language: str = "") -> str:
    """The whole sheet, rows of at most `WIDTH` characters."""
    tongue = language or script.language
    title = one_line(script.title.source(tongue))
    rows = [*_wrapped(title), "=" * min(WIDTH, len(title))]
    if script.summary is not None:
        rows += _wrapped(one_line(script.summary.source(tongue)))
    about = [one_line(script.author or ""), spell(timeline.total_ms or 0), one_line(script.license or "")]
    rows += ["", *_wrapped(" · ".join(a for a in about if a))]
    if script.cautions:
        rows += _wrapped(f"{_CAUTION}: {'; '.join(CAUTION_NAMES[c] for c in script.cautions)}.")
    rows.append("")
    for entry in entries(timeline):
        quiet = entry.text.startswith("(quiet")
        # The fields of a sheet are all of one moment, and a box to tick stays with its words.
        field = entry.text.startswith("- ")
        stamp = "" if quiet or field else clock(entry.start_ms)
        wrapped = textwrap.wrap(
            entry.text.replace("[ ] ", _BOX),
            WIDTH,
            initial_indent=f"{stamp:>{MARGIN - 2}}  ",
            subsequent_indent=" " * (MARGIN + 2 * field),
            break_on_hyphens=False,
        )
        rows += [row.replace(_BOX, "[ ] ") for row in wrapped]
        if quiet:
            rows.append("")
    while not rows[-1]:
        rows.pop()
    return (
        "\n".join(row.rstrip() for row in [*rows, "", f"{clock(timeline.total_ms or 0):>{MARGIN - 2}}  (end)"]) + "\n"
    )


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, break_on_hyphens=False)
