"""Steps that pace or leave the breath, compiled: `breathe` and `sit`. Called by `pieces`."""

from __future__ import annotations

import hashlib
import random
from typing import Any

from mindful.script import patterns
from mindful.script.kinds.breath import Breathe, Sit
from mindful.script.model import Step
from mindful.script.values import Number, UnresolvedError
from mindful.timeline import breath_words, ease
from mindful.timeline.cycles import FASTEST, MOST_CYCLES, SLOWEST, Cycles, Glide, breaths_in
from mindful.timeline.model import AnyCue, KeyPrompt
from mindful.timeline.piece import UNKNOWN_FOR_MS, Context, Piece, strokes_of

UNKNOWN_CYCLES = 6
OPEN_RAMP_MS = 180_000
UNTIL_TEXT = "Breathe like this for as long as you like."
OWN_PACE = 12.0
"""Breaths a minute that a glide begins with where a client's own pace was not told: what is usual at rest."""
SLOWEST_TOLD, FASTEST_TOLD = 4.0, 20.0
"""A pace that a client told, or tapped, is taken within these: no answer makes a practice a strong one."""
OPEN_BELL_MS = 300_000
"""In an open sit, one of its random bells in each five minutes."""
SIT_TEXT = "Sit for as long as you like."
STROKES_APART_MS = 4000
_BELL_EDGE = 0.05
"""Random bells keep away from the ends of a sit by this share of it."""


def breathe(body: Breathe, step: Step, c: Context) -> Piece:
    phases = patterns.phases_of(body.pattern, c.script)
    cues = body.cues or c.script.settings.cues
    voice = c.script.settings.voice
    heard = c.speech.speaks(voice, c.tongue)
    spoken = _spoken(body.speak) if body.speak is not None else MOST_CYCLES if cues in ("voice", "both") else 0
    # Eyes may be closed: what a voice was to say and cannot, a tone tells.
    tones = cues in ("tones", "both") or (cues == "voice" and not heard)
    words = breath_words.Manner(voice, c.tongue, c.speech if heard and cues != "none" else None)
    cycles = Cycles(phases, _glide(body, phases, c))
    if body.until == "key":
        paced = ease.EasedCycles(cycles, c.ease.of(c.path))
        settled = paced.eased_from
        if cycles.glide:
            while paced.start(settled) < cycles.glide.over_ms and settled < MOST_CYCLES:
                settled += 1
        if spoken < MOST_CYCLES:
            settled = max(settled, spoken)  # the cycle that comes again is one that is not spoken
        a, b = round(paced.start(settled)), round(paced.start(settled + 1))
        shown = paced.cues(settled + 1, step=c.path, of=None, tones=tones, spoken=spoken, visual=body.visual)
        return Piece(
            length_ms=None,
            cues=tuple(words.said(shown)),
            loop=(a, b),
            grain_ms=b - a,
            prompt=KeyPrompt(text=UNTIL_TEXT),
        )
    if body.cycles is not None:
        count = min(MOST_CYCLES, max(1, round(c.number(body.cycles, UNKNOWN_CYCLES))))
    elif body.for_ is not None:
        count = cycles.nearest(c.ms(body.for_, UNKNOWN_FOR_MS))
    else:
        assert cycles.glide is not None or body.ramp is not None
        count = cycles.nearest(cycles.glide.over_ms if cycles.glide else UNKNOWN_FOR_MS)
    breath = c.elastic(step, count, cycles)
    count = c.stretch.of(c.path, breath)
    paced = ease.EasedCycles(cycles.stretched(breath.written, count), c.ease.of(c.path))
    count = paced.count(count)
    shown = paced.cues(count, step=c.path, of=count, tones=tones, spoken=spoken, visual=body.visual)
    return Piece(length_ms=round(paced.start(count)), cues=tuple(words.said(shown)), elastic=breath)


def _spoken(speak: str) -> int:
    """How many cycles are spoken: of `always`, `never`, `first 3`."""
    known = {"always": MOST_CYCLES, "never": 0}
    return known[speak] if speak in known else int(speak.removeprefix("first "))


def _glide(body: Breathe, phases: tuple[Any, ...], c: Context) -> Glide | None:
    """The ramp, or None where there is none; of a pace that nobody told, what is usual, at the end the pattern's."""
    if body.ramp is None:
        return None
    own = breaths_in(phases) * 60_000 / sum(p.ms for p in phases)
    start, end = _pace(body.ramp.from_, c, OWN_PACE), _pace(body.ramp.to, c, own)
    if body.ramp.over is not None:
        over = c.ms(body.ramp.over, OPEN_RAMP_MS)
    elif body.for_ is not None:
        over = c.ms(body.for_, UNKNOWN_FOR_MS)
    elif body.cycles is not None:
        breaths = max(1, round(c.number(body.cycles, UNKNOWN_CYCLES))) * Cycles(phases).breaths
        over = round(2 * breaths * 60_000 / (start + end))
    else:
        over = OPEN_RAMP_MS
    return Glide(start, end, over)


def _pace(number: Number, c: Context, default: float) -> float:
    """Breaths a minute; one that a client told stays within its variable's limits, or where anybody can follow."""
    try:
        pace = number.resolve(c.values)
    except UnresolvedError:
        return default
    low, high = SLOWEST, FASTEST
    for name in number.names:
        limits = c.script.variables.get(name)
        low = max(low, SLOWEST_TOLD if limits is None or limits.min is None else limits.min)
        high = min(high, FASTEST_TOLD if limits is None or limits.max is None else limits.max)
    return min(high, max(low, pace))


def sit(body: Sit, step: Step, c: Context) -> Piece:
    warm = 0 if body.warm_up is None else c.ms(body.warm_up, 0)
    bells = body.bells
    silence = None if body.for_ is None else c.elastic(step, c.ms(body.for_, UNKNOWN_FOR_MS))
    length = None if silence is None else c.stretch.of(c.path, silence)
    share = 1.0 if not silence or length is None or not silence.written else length / silence.written
    at: list[int] = []
    loop = None
    if bells is not None:
        every = None if bells.every is None else c.ms(bells.every, UNKNOWN_FOR_MS)
        at = [round(c.ms(d, 0) * share) for d in bells.at]
        if length is None:
            at += _random_bells(bells.random, bells.random * OPEN_BELL_MS, f"{c.seed}/{c.path}")
            if every:
                # The stroke at the end of one round is the one at the start of the next; the rounds begin when the
                # last single bell has had all its strokes.
                first = (max(at, default=0) + (bells.strokes - 1) * STROKES_APART_MS) // every + 1
                at += [k * every for k in range(1, first + 1)]
                loop = (warm + first * every, warm + (first + 1) * every)
        else:
            if every:
                # Bells keep their places in a sit that became longer or shorter, but never run together.
                apart = max(every * share, min(every, bells.strokes * STROKES_APART_MS))
                at += [round(k * apart) for k in range(1, int((length - 1) / apart) + 1)]
            at += _random_bells(bells.random, length, f"{c.seed}/{c.path}")
            at = [t for t in at if t <= length]
    strokes: tuple[AnyCue, ...] = ()
    for t in sorted(set(at)):
        assert bells is not None
        strokes += strokes_of(c.path, warm + t, bells.sound, bells.strokes, STROKES_APART_MS, 0.0)
    strokes = tuple(sorted(strokes, key=lambda cue: cue.at_ms))
    if length is None:
        return Piece(length_ms=None, cues=strokes, loop=loop, prompt=KeyPrompt(text=SIT_TEXT))
    heard = tuple(s for s in strokes if s.at_ms <= warm + length)
    return Piece(length_ms=warm + length, cues=heard, elastic=silence)


def _random_bells(count: int, length: int, seed: str) -> list[int]:
    """`count` times in a sit, apart from its ends and from one another, the same for the same seed."""
    if not count:
        return []
    rng = random.Random(hashlib.sha256(seed.encode()).digest())
    edge = round(length * _BELL_EDGE)
    room = length - 2 * edge
    slot = room / count
    return [round(edge + (k + rng.uniform(0.1, 0.9)) * slot) for k in range(count)]
