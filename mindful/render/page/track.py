"""What the page shows at each moment of a stretch of sound, as plain data for its script. Pure. Called by `document`.

Times are whole milliseconds from the stretch's own beginning, which is that of its sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mindful.render.clean import one_line
from mindful.render.page.words import THROUGH
from mindful.timeline.breath_words import name
from mindful.timeline.lookup import LINGER_MS
from mindful.timeline.model import CaptionCue, KeyPrompt, PhaseCue, Placed, SayCue, Segment

HELD_BACK_MS = 400
"""A page that waits stops its sound so long before the end of the open step: what comes next is heard whole."""
SIT_AGAIN_MS = 60_000
"""An open sit that nobody ends begins again so long before its end."""


@dataclass(frozen=True, slots=True)
class Stop:
    """An open step on the page, from `start_ms` to `end_ms` of its stretch."""

    start_ms: int
    end_ms: int
    form: int
    """Which of the page's forms it shows."""
    segment: Segment
    ways: tuple[tuple[int, int, int], ...] = ()
    """(option, stretch, ms) where an option goes on elsewhere than here."""
    ranges: tuple[tuple[float, float, int, int], ...] = ()
    """(from, to, stretch, ms) where a rating does."""

    @property
    def again(self) -> int | None:
        """From where it is played again until a key: open breathing from the start of a cycle, an open sit."""
        s, length = self.segment, self.end_ms - self.start_ms
        if s.kind == "breathe":
            return self.start_ms + _same_from(s, length)
        if s.kind == "sit":
            return max(self.start_ms, self.end_ms - SIT_AGAIN_MS)
        return None


def _same_from(segment: Segment, length: int) -> int:
    """Where the cycles begin that are as long as the last one, up to the end, and in which nothing is said."""
    starts: dict[int, int] = {}
    for cue in segment.cues:
        if isinstance(cue, PhaseCue):
            starts.setdefault(cue.cycle, cue.at_ms)
    spoken = max((c.at_ms for c in segment.cues if isinstance(c, SayCue)), default=-1)
    begins = sorted(starts.values())
    first = begins[-1]
    for at, after in zip(begins[-2::-1], begins[:0:-1], strict=True):
        if at <= spoken or abs((after - at) - (length - begins[-1])) > 1:
            break
        first = at
    return first


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments one after another that are one sound of the page."""

    placed: tuple[Placed, ...]
    """Of one timeline, without gaps."""
    stops: tuple[Stop, ...] = ()
    chapters: Sequence[tuple[int, str]] = field(default=())
    """(ms, title)."""
    then: tuple[int, int] | None = None
    """(stretch, ms) where it goes on afterwards; None: the session is over."""

    @property
    def start_ms(self) -> int:
        return self.placed[0].start_ms if self.placed else 0

    @property
    def length_ms(self) -> int:
        return (self.placed[-1].end_ms or 0) - self.start_ms if self.placed else 0


def is_form(segment: Segment) -> bool:
    """Whether an open step covers the pacer with something to answer or to read."""
    return segment.prompt is not None and segment.kind not in ("breathe", "sit")


def data(stretch: Stretch) -> dict[str, Any]:
    """The stretch as lists of numbers and words, in order of time."""
    return {
        "length": stretch.length_ms,
        "phases": [_phase(at - stretch.start_ms, cue) for at, cue in _phases(stretch)],
        "captions": _captions(stretch),
        "chapters": [{"at": at, "title": title} for at, title in stretch.chapters],
        "stops": [_stop(stop) for stop in stretch.stops],
        "then": stretch.then,
    }


def _phases(stretch: Stretch) -> Iterator[tuple[int, PhaseCue]]:
    for p in stretch.placed:
        for cue in p.segment.cues:
            if isinstance(cue, PhaseCue):
                yield p.start_ms + cue.at_ms, cue


def _phase(at: int, cue: PhaseCue) -> dict[str, Any]:
    return {
        "at": at,
        "length": cue.length_ms,
        "from": cue.fill_from,
        "to": cue.fill_to,
        "word": name(cue),
        "through": THROUGH.get(cue.through or "", ""),
        "still": cue.phase in ("hold", "rest"),
        "cycle": cue.cycle,
        "plain": cue.visual == "word",
        "hidden": cue.visual == "none",
    }


def _captions(stretch: Stretch) -> list[dict[str, Any]]:
    """Each until the next one, a while after its words, or an open step, which begins with an empty line."""
    found: list[tuple[int, int, str]] = []
    for p in stretch.placed:
        if is_form(p.segment):
            found.append((p.start_ms, p.start_ms, ""))  # its words stand in its form
            continue
        if p.segment.prompt is not None:
            found.append((p.start_ms, p.start_ms, ""))
        for cue in p.segment.cues:
            if isinstance(cue, CaptionCue):
                at = p.start_ms + cue.at_ms
                found.append((at, at + cue.length_ms + LINGER_MS, one_line(cue.text)))
    nexts = [at for at, _, _ in found[1:]] + [stretch.start_ms + stretch.length_ms + LINGER_MS] * bool(found)
    return [
        {"at": at - stretch.start_ms, "until": min(until, next_) - stretch.start_ms, "text": text}
        for (at, until, text), next_ in zip(found, nexts, strict=True)
        if text and min(until, next_) > at
    ]


def _stop(stop: Stop) -> dict[str, Any]:
    prompt = stop.segment.prompt
    timed = isinstance(prompt, KeyPrompt) and prompt.at_most_ms is not None
    again = stop.again
    return {
        "at": stop.start_ms,
        "until": stop.end_ms,
        "form": stop.form,
        "hold": None if timed or again is not None else stop.end_ms - HELD_BACK_MS,
        "again": again,
        "ways": {str(option): [stretch, ms] for option, stretch, ms in stop.ways},
        "ranges": [list(each) for each in stop.ranges],
    }
