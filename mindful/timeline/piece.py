"""What every compiler works with: the context of a step, and the piece of timeline that it becomes.

Called by the compilers of `pieces`, `breathing` and `body`, and by `render.plan`, which says questions aloud.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mindful.script.model import Script, Step
from mindful.script.values import Duration, Number, Text, UnresolvedError
from mindful.timeline import ease, speech
from mindful.timeline.cycles import Cycles
from mindful.timeline.model import AnyCue, AnyPrompt, BellCue, CaptionCue, Part, SayCue
from mindful.timeline.past import NoPast, Past
from mindful.timeline.stretch import AS_WRITTEN, RING_MS, Elastic, Stretch

UNKNOWN_FOR_MS = 60_000
"""A length that depends on an answer nobody gave is a minute."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a step is compiled with."""

    script: Script
    values: Mapping[str, Any]
    path: str
    language: str
    seed: int
    speech: speech.Speech
    stretch: Stretch = AS_WRITTEN
    weight: float = 1.0
    """How much of a change falls on what is inside the steps around this one."""
    ease: ease.Ease = ease.AS_WRITTEN
    """Where the client asked for gentler breaths."""
    past: Past = field(default_factory=NoPast)
    rung: str = ""
    """The bell that was struck right before; empty where none was."""

    @property
    def wanted(self) -> tuple[str, str]:
        """The client's language, and that of the script."""
        return self.language or self.script.language, self.script.language

    @property
    def tongue(self) -> str:
        """The language that the session as a whole is given in."""
        return self.tongue_of(self.script.title)

    def tongue_of(self, text: Text) -> str:
        """The language of the words that are chosen."""
        return text.tagged(*self.wanted)[0] or self.script.language

    def say(self, text: Text | None) -> str:
        return "" if text is None else text.say(self.values, *self.wanted)

    def ms(self, duration: Duration, default: int) -> int:
        try:
            return duration.resolve(self.values)
        except UnresolvedError:
            return default

    def number(self, number: Number, default: float) -> float:
        try:
            return number.resolve(self.values)
        except UnresolvedError:
            return default

    def elastic(self, step: Step, written: int, cycles: Cycles | None = None) -> Elastic:
        """The part of this step that can change: ms of silence, or cycles of breath."""
        alone = step.pause is not None or step.sit is not None  # a silence that begins with its step
        ring = RING_MS.get(self.rung, 0) if alone else 0
        return Elastic(written, step.stretch * self.weight, cycles, ring)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One step, compiled; times from its own start."""

    length_ms: int | None
    """None: open."""
    cues: tuple[AnyCue, ...] = ()
    prompt: AnyPrompt | None = None
    loop: tuple[int, int] | None = None
    grain_ms: int = 0
    elastic: Elastic | None = None
    """What of it can change, as it was written; `length_ms` is what it takes now."""
    parts: tuple[Part, ...] = ()
    """What it is made of, where a client can go from one part to the next: regions, groups of muscles, poses."""
    label: str = ""
    """What this piece is called where a step has several; else the step's own label."""


def say_cue(at: int, path: str, line: speech.Line, length: speech.Length) -> SayCue:
    """The cue of a line that begins `at` ms into a piece."""
    return SayCue(
        at_ms=at,
        step=path,
        text=line.text,
        length_ms=length.ms,
        estimated=length.estimated,
        voice=line.voice,
        wpm=line.wpm,
        audio=line.audio,
        language=line.language,
        manner=line.manner,
    )


def captions(line: speech.Line, at: int, length: speech.Length, path: str) -> list[AnyCue]:
    """The captions of a line that begins `at` ms into a piece, one a sentence.

    A sentence is shown when the voice begins it; where that is not known, with its share of the line's time by letters.
    """
    parts = speech.sentences(line.text)
    starts = list(length.sentences)
    if len(starts) != len(parts):
        whole, done, starts = sum(len(p) for p in parts), 0, []
        for p in parts:
            starts.append(length.ms * done // whole)
            done += len(p)
    ends = [*starts[1:], length.ms]
    return [
        CaptionCue(at_ms=at + a, step=path, text=p, length_ms=b - a)
        for p, a, b in zip(parts, starts, ends, strict=True)
    ]


def strokes_of(path: str, at: int, sound: str, strokes: int, apart: int, level: float) -> tuple[AnyCue, ...]:
    if sound == "none":
        return ()
    return tuple(
        BellCue(at_ms=at + k * apart, step=path, sound=sound, stroke=k + 1, strokes=strokes, level_db=level)
        for k in range(strokes)
    )
