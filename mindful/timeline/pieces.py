"""What each kind of step becomes: one small compiler a kind, from the step's body to a piece of timeline.

A piece is either closed (a length) or open (a prompt). `unfold` and `outline` put pieces one after another; a new
playable kind is one function here and one entry in `COMPILERS`.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mindful.script import patterns
from mindful.script.kinds.ask import TAPPED, Ask, Learn, OwnScale, Rate, Wait
from mindful.script.kinds.breath import Breathe, Sit
from mindful.script.kinds.flow import Choose
from mindful.script.kinds.guide import Bell, Pause, Say, Sound
from mindful.script.model import Script, Step
from mindful.script.values import Duration, Number, Text, UnresolvedError
from mindful.timeline import breath_words, ease, speech
from mindful.timeline.cycles import FASTEST, MOST_CYCLES, SLOWEST, Cycles, Glide
from mindful.timeline.model import (
    AnyCue,
    AnyPrompt,
    AskPrompt,
    BellCue,
    CaptionCue,
    ChoosePrompt,
    KeyPrompt,
    LearnPrompt,
    QuizItem,
    RatePrompt,
    SayCue,
    SoundCue,
)
from mindful.timeline.scales import SCALES
from mindful.timeline.stretch import AS_WRITTEN, Elastic, Stretch

UNKNOWN_FOR_MS = 60_000
"""A length that depends on an answer nobody gave is a minute."""
UNKNOWN_CYCLES = 6
TAP_MS = 60_000
COUNT_MS = 300_000
"""How long breaths are tapped and counted where the script does not say."""
OPEN_RAMP_MS = 180_000
UNTIL_TEXT = "Breathe like this for as long as you like."
SIT_TEXT = "Sit for as long as you like."
STROKES_APART_MS = 4000
_BELL_EDGE = 0.05
"""Random bells keep away from the ends of a sit by this share of it."""


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
        return Elastic(written, step.stretch * self.weight, cycles)


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


def _say(body: Say, step: Step, c: Context) -> Piece:
    wpm = body.pace or c.script.settings.rate
    voice = body.voice or c.script.settings.voice
    text, tongue = c.say(body.text), c.tongue if body.text is None else c.tongue_of(body.text)
    # A recording is heard as it is, with the pauses that it has; its text is only shown.
    chunks = speech.chunks(text) if body.audio is None else [speech.Chunk(speech.unmarked(text), 0)]
    cues: list[AnyCue] = []
    at = 0
    for chunk in chunks:
        if chunk.text or body.audio is not None:
            line = speech.Line(chunk.text, voice, wpm, body.audio, tongue)
            length = c.speech.length(line)
            cues.append(say_cue(at, c.path, line, length))
            cues.extend(captions(line, at, length, c.path))
            at += length.ms
        at += chunk.pause_ms
    silence = None
    if pause := step.pause_after:
        silence = c.elastic(step, c.ms(pause, 3000))
        at += c.stretch.of(c.path, silence)
    return Piece(length_ms=at, cues=tuple(cues), elastic=silence)


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


def _pause(body: Pause, step: Step, c: Context) -> Piece:
    silence = c.elastic(step, c.ms(body.for_, 3000))
    return Piece(length_ms=c.stretch.of(c.path, silence), elastic=silence)


def _bell(body: Bell, step: Step, c: Context) -> Piece:
    apart = c.ms(body.apart, 4000)
    return Piece(
        length_ms=(body.strokes - 1) * apart,
        cues=_strokes(c.path, 0, body.sound, body.strokes, apart, body.level),
    )


def _strokes(path: str, at: int, sound: str, strokes: int, apart: int, level: float) -> tuple[AnyCue, ...]:
    if sound == "none":
        return ()
    return tuple(
        BellCue(at_ms=at + k * apart, step=path, sound=sound, stroke=k + 1, strokes=strokes, level_db=level)
        for k in range(strokes)
    )


def _sound(body: Sound, step: Step, c: Context) -> Piece:
    cue = SoundCue(
        at_ms=0,
        step=c.path,
        layer=body.layer,
        level_db=body.level,
        fade_ms=c.ms(body.fade, 5000),
        hz=None if body.hz is None else c.number(body.hz, 220.0),
        beat=None if body.beat is None else c.number(body.beat, 6.0),
    )
    return Piece(length_ms=0, cues=(cue,))


def _breathe(body: Breathe, step: Step, c: Context) -> Piece:
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
    """The ramp, or None where there is none or an end of it is not known."""
    if body.ramp is None:
        return None
    try:
        start, end = (min(FASTEST, max(SLOWEST, n.resolve(c.values))) for n in (body.ramp.from_, body.ramp.to))
    except UnresolvedError:
        return None
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


def _sit(body: Sit, step: Step, c: Context) -> Piece:
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
        strokes += _strokes(c.path, warm + t, bells.sound, bells.strokes, STROKES_APART_MS, 0.0)
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


def _rate(body: Rate, step: Step, c: Context) -> Piece:
    if isinstance(body.scale, OwnScale):
        s, name = body.scale, "own"
        span = s.max - s.min
        low, high, increment = s.min, s.max, 1.0 if span <= 20 else 5.0
        low_label, high_label = c.say(s.low), c.say(s.high)
    else:
        known, name = SCALES[body.scale], body.scale
        low, high, increment = known.low, known.high, known.increment
        low_label, high_label = known.low_label, known.high_label
    return Piece(
        length_ms=None,
        prompt=RatePrompt(
            id=body.id,
            text=c.say(body.ask),
            required=body.required,
            low=low,
            high=high,
            increment=increment,
            low_label=low_label,
            high_label=high_label,
            scale=name,
        ),
    )


def _ask(body: Ask, step: Step, c: Context) -> Piece:
    return Piece(
        length_ms=None,
        prompt=AskPrompt(
            id=body.id,
            text=c.say(body.text),
            private=body.private,
            answer=body.answer,
            options=tuple(c.say(o) for o in body.options),
            for_ms=0 if body.answer not in TAPPED else _tapping_ms(body, c),
        ),
    )


def _tapping_ms(body: Ask, c: Context) -> int:
    usual = TAP_MS if body.answer == "breaths" else COUNT_MS
    return usual if body.for_ is None else c.ms(body.for_, usual)


def _wait(body: Wait, step: Step, c: Context) -> Piece:
    at_most = None if body.at_most is None else c.ms(body.at_most, UNKNOWN_FOR_MS)
    return Piece(
        length_ms=None, prompt=KeyPrompt(id=step.id, text=c.say(body.text), count=body.count, at_most_ms=at_most)
    )


def _learn(body: Learn, step: Step, c: Context) -> Piece:
    quiz = []
    for q in body.quiz:
        options = tuple(c.say(o) for o in q.options)
        if isinstance(q.answer, int):
            right = q.answer - 1
        else:
            answer = c.say(q.answer)
            right = options.index(answer) if answer in options else 0
        quiz.append(QuizItem(ask=c.say(q.ask), options=options, right=right, why=c.say(q.why)))
    return Piece(
        length_ms=None,
        prompt=LearnPrompt(
            id=step.id, title=c.say(body.title), text=c.say(body.text), source=body.source or "", quiz=tuple(quiz)
        ),
    )


def _choose(body: Choose, step: Step, c: Context) -> Piece:
    return Piece(
        length_ms=None,
        prompt=ChoosePrompt(
            id=body.id, text=c.say(body.ask), required=True, options=tuple(c.say(o.label) for o in body.options)
        ),
    )


COMPILERS: dict[str, Callable[[Any, Step, Context], Piece]] = {
    "say": _say,
    "pause": _pause,
    "bell": _bell,
    "sound": _sound,
    "breathe": _breathe,
    "sit": _sit,
    "rate": _rate,
    "ask": _ask,
    "wait": _wait,
    "learn": _learn,
    "choose": _choose,
}


def compile_step(step: Step, c: Context) -> Piece:
    """The piece of one step that holds no others. Raises LookupError for a kind that cannot be played."""
    return COMPILERS[step.kind](step.body, step, c)


def label_of(step: Step, c: Context) -> str:
    """What outlines and screens call a step: its label, else something short from what it is."""
    if step.label is not None:
        return c.say(step.label)
    body = step.body
    match body:
        case Say():
            words = " ".join(c.say(body.text).split())
            return words if len(words) <= 40 else words[:39].rsplit(" ", 1)[0] + "…"
        case Breathe():
            if not isinstance(body.pattern, str):
                return "Breathing"
            known = patterns.bundled().get(body.pattern)
            return known.title if known else body.pattern.replace("-", " ").replace("_", " ").capitalize()
        case Sit():
            return "Sitting in silence"
        case Learn():
            return c.say(body.title) or "Something to read"
        case Rate():
            return c.say(body.ask)
        case Choose():
            return c.say(body.ask)
        case Ask():
            return c.say(body.text)
    return {"pause": "Silence", "bell": "Bell", "sound": "Background", "wait": "In your own time"}.get(
        step.kind, step.kind.replace("_", " ").capitalize()
    )
