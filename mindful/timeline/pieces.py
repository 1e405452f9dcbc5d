"""What each kind of step becomes: one small compiler a kind, from the step's body to a piece of timeline.

A piece is either closed (a length) or open (a prompt). `unfold` and `outline` put pieces one after another; a new
playable kind is one function here and one entry in `COMPILERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mindful.script import markdown, patterns
from mindful.script.demands import CAP_MS
from mindful.script.kinds.ask import TAPPED, Ask, Learn, OwnScale, Rate, Wait
from mindful.script.kinds.body import Ground, Move, Relax, Scan
from mindful.script.kinds.breath import Breathe, Sit
from mindful.script.kinds.flow import Choose
from mindful.script.kinds.guide import Bell, Pause, Say, Sound
from mindful.script.kinds.sheets import Plan, Questionnaire, ThoughtRecord
from mindful.script.kinds.therapy import Exposure, HrvBiofeedback, Neurofeedback
from mindful.script.model import Step
from mindful.timeline import body as bodily
from mindful.timeline import breathing, feedback, lifestyle, questionnaires, speech, thoughts
from mindful.timeline.model import (
    AnyCue,
    AskPrompt,
    ChoosePrompt,
    KeyPrompt,
    LearnPrompt,
    QuizItem,
    RatePrompt,
    SheetPrompt,
    SoundCue,
)
from mindful.timeline.piece import UNKNOWN_FOR_MS, Context, Piece, captions, say_cue, strokes_of
from mindful.timeline.scales import SCALES
from mindful.timeline.sheet import SheetField
from mindful.tongue import _

READ_AFTER_MS = 1_000
"""A page that is read aloud is seen so long before the voice begins."""
PARAGRAPH_MS = 900
"""Quiet between two paragraphs that are read aloud."""
TAP_MS = 60_000
COUNT_MS = 300_000
"""How long breaths are tapped and counted where the script does not say."""


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


def _pause(body: Pause, step: Step, c: Context) -> Piece:
    silence = c.elastic(step, c.ms(body.for_, 3000))
    return Piece(length_ms=c.stretch.of(c.path, silence), elastic=silence)


def _bell(body: Bell, step: Step, c: Context) -> Piece:
    apart = c.ms(body.apart, 4000)
    return Piece(
        length_ms=(body.strokes - 1) * apart,
        cues=strokes_of(c.path, 0, body.sound, body.strokes, apart, body.level),
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


def _affect(body: Rate, c: Context) -> Piece:
    """Mood on two axes, one after the other: how pleasant, and how much energy (Russell 1980)."""
    fields = tuple(
        SheetField(
            name=name, ask=ask, lead=c.say(body.ask), answer="scale", low=0, high=10, low_word=low, high_word=high,
            required=body.required, private=body.private,
        )
        for name, ask, low, high in (
            ("pleasant", _("How pleasant is it?"), _("very unpleasant"), _("very pleasant")),
            ("energy", _("How much energy is in it?"), _("very quiet"), _("very stirred up")),
        )
    )  # fmt: skip
    about = {"form": "affect", "ask": c.say(body.ask), "asks": {field.name: field.ask for field in fields}}
    prompt = SheetPrompt(id=body.id, fields=fields, private=body.private, review=False, about=about)
    return Piece(length_ms=None, prompt=prompt)


def _rate(body: Rate, step: Step, c: Context) -> Piece:
    if body.scale == "affect":
        return _affect(body, c)
    anchors: tuple[tuple[float, str], ...] = ()
    if isinstance(body.scale, OwnScale):
        s, name = body.scale, "own"
        span = s.max - s.min
        low, high, increment = s.min, s.max, 1.0 if span <= 20 else 5.0
        low_label, high_label = c.say(s.low), c.say(s.high)
    else:
        known, name = SCALES[body.scale], body.scale
        low, high, increment = known.low, known.high, known.increment
        low_label, high_label, anchors = known.low_label, known.high_label, known.anchors
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
            private=body.private,
            anchors=anchors,
            better=(body.scale.better or "") if isinstance(body.scale, OwnScale) else "",
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
            required=body.required,
            options=tuple(c.say(o) for o in body.options),
            for_ms=0 if body.answer not in TAPPED else _tapping_ms(body, c),
        ),
    )


def _tapping_ms(body: Ask, c: Context) -> int:
    usual = TAP_MS if body.answer == "breaths" else COUNT_MS
    return usual if body.for_ is None else c.ms(body.for_, usual)


def _wait(body: Wait, step: Step, c: Context) -> Piece:
    at_most = None if body.at_most is None else c.ms(body.at_most, UNKNOWN_FOR_MS)
    if body.count:  # a hold that the client ends does not go on for ever
        at_most = min(at_most or CAP_MS, CAP_MS)
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
        cues=_read(body, c) if body.aloud or body.audio is not None else (),
        prompt=LearnPrompt(
            id=step.id, title=c.say(body.title), text=c.say(body.text), source=body.source or "", quiz=tuple(quiz)
        ),
    )


def _read(body: Learn, c: Context) -> tuple[AnyCue, ...]:
    """A page as it is read aloud. It has no captions: the words stand on the page."""
    settings, tongue = c.script.settings, c.tongue_of(body.text)
    paragraphs = [p for p in (c.say(body.title), *markdown.spoken(c.say(body.text))) if p]
    if body.audio is not None:
        line = speech.Line(speech.unmarked(" ".join(paragraphs)), settings.voice, settings.rate, body.audio, tongue)
        return (say_cue(READ_AFTER_MS, c.path, line, c.speech.length(line)),)
    cues: list[AnyCue] = []
    at = READ_AFTER_MS
    for paragraph in paragraphs:
        for chunk in speech.chunks(paragraph):
            if chunk.text:
                line = speech.Line(chunk.text, settings.voice, settings.rate, None, tongue)
                length = c.speech.length(line)
                cues.append(say_cue(at, c.path, line, length))
                at += length.ms
            at += chunk.pause_ms
        at += PARAGRAPH_MS
    return tuple(cues)


def _choose(body: Choose, step: Step, c: Context) -> Piece:
    return Piece(
        length_ms=None,
        prompt=ChoosePrompt(id=body.id, text=c.say(body.ask), options=tuple(c.say(o.label) for o in body.options)),
    )


COMPILERS: dict[str, Callable[[Any, Step, Context], Piece | tuple[Piece, ...]]] = {
    "say": _say,
    "pause": _pause,
    "bell": _bell,
    "sound": _sound,
    "breathe": breathing.breathe,
    "sit": breathing.sit,
    "scan": bodily.scan,
    "relax": bodily.relax,
    "move": bodily.move,
    "ground": bodily.ground,
    "rate": _rate,
    "ask": _ask,
    "wait": _wait,
    "learn": _learn,
    "choose": _choose,
    "questionnaire": questionnaires.questionnaire,
    "thought_record": thoughts.thought_record,
    "plan": lifestyle.plan,
    "hrv_biofeedback": feedback.heart,
    "neurofeedback": feedback.brain,
}


def compile_step(step: Step, c: Context) -> tuple[Piece, ...]:
    """The pieces of one step that holds no others: one, or several open ones that follow each other.

    Raises LookupError for a kind that cannot be played."""
    made = COMPILERS[step.kind](step.body, step, c)
    return made if isinstance(made, tuple) else (made,)


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
                return _("Breathing")
            known = patterns.bundled().get(body.pattern)
            return known.title if known else body.pattern.replace("-", " ").replace("_", " ").capitalize()
        case Sit():
            return _("Sitting in silence")
        case Scan():
            return _("Through the body")
        case Relax():
            return _("Letting go") if body.recall else _("Tensing and letting go")
        case Move():
            return _("Gentle movement")
        case Ground():
            return _("Through the senses")
        case Learn():
            return c.say(body.title) or _("Something to read")
        case Questionnaire():
            return c.say(c.script.questionnaires[body.name].title)
        case ThoughtRecord():
            return thoughts.TITLES[body.form]
        case Plan():
            return lifestyle.TITLES[body.form]
        case Rate():
            return c.say(body.ask)
        case Choose():
            return c.say(body.ask)
        case Ask():
            return c.say(body.text)
        case Exposure():
            return _("Exposure")
        case HrvBiofeedback():
            return _("Finding your pace") if body.assess else _("Breathing with your heart")
        case Neurofeedback():
            return _("Feedback of the brain's rhythm")
    return {"pause": _("Silence"), "bell": _("Bell"), "sound": _("Background"), "wait": _("In your own time")}.get(
        step.kind, step.kind.replace("_", " ").capitalize()
    )
