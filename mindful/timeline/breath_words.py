"""The words that go with the phases of a breath: what to do, and the seconds counted. Called by the breath compiler.

They are lines like any other, of the manner `cue`: the voice says them in time, the screen and the plain lines show the
phase anyway. Only languages that are listed here are spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mindful.timeline.model import AnyCue, PhaseCue, SayCue
from mindful.timeline.speech import Line, Speech

PACE = 150
"""Words a minute of a cue: brisk, but not sharp."""
ROOM_MS = 650
"""A number is counted only where this much of its phase is left: nothing is said into the next phase."""
COUNTED_MS = 2500
"""Phases from this length on are counted."""
LONG_MS = 2200
"""From this length on a phase has time for its long name."""

_LONG = {"inhale": "Breathe in", "top_up": "And a little more", "hold": "Hold", "exhale": "Breathe out", "rest": "Rest"}
_SHORT = {"inhale": "In", "top_up": "More", "hold": "Hold", "exhale": "Out", "rest": "Rest"}
_SIDES = {"left": "left", "right": "right"}
_COUNT = (
    *("two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)


def name(cue: PhaseCue) -> str:
    """What is said at the beginning of a phase, in English."""
    if cue.through == "hum" and cue.phase == "exhale":
        return "Hum"
    long = cue.length_ms >= (1000 if cue.phase == "top_up" else LONG_MS)
    words = (_LONG if long else _SHORT)[cue.phase]
    side = _SIDES.get(cue.through or "")
    return f"{words}, {side}" if side and long else words


def moved(cue: AnyCue, ms: int) -> AnyCue:
    """The same cue, this much later."""
    return replace(cue, at_ms=cue.at_ms + ms)


@dataclass(frozen=True, slots=True)
class Manner:
    """Who says the words, and in which language. `speech` is None where nobody does."""

    voice: str
    language: str
    speech: Speech | None

    def said(self, cues: Iterable[PhaseCue]) -> Iterator[AnyCue]:
        """The phases, and behind each that is spoken its words, in order of time."""
        quiet = self.speech is None or self.language.split("-")[0].casefold() != "en"
        for cue in cues:
            yield cue
            if cue.speak and not quiet:
                yield from self._of(cue)

    def _of(self, cue: PhaseCue) -> Iterator[SayCue]:
        yield self._word(cue, 0, name(cue))
        if cue.length_ms >= COUNTED_MS:
            for k, number in enumerate(_COUNT, 1):
                if k * 1000 + ROOM_MS > cue.length_ms:
                    break
                yield self._word(cue, k * 1000, number)

    def _word(self, cue: PhaseCue, after: int, text: str) -> SayCue:
        assert self.speech is not None
        line = Line(text, self.voice, PACE, None, self.language, "cue")
        length = self.speech.length(line)
        return SayCue(
            at_ms=cue.at_ms + after,
            step=cue.step,
            text=text,
            length_ms=length.ms,
            estimated=length.estimated,
            voice=self.voice,
            wpm=PACE,
            language=self.language,
            manner="cue",
        )
