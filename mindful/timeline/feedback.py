"""Steps that are guided by the heart or the brain, compiled: when each stretch begins and which pace is breathed.

What is measured is the player's (`player.training`); here is only what will happen when. Called by `pieces`.
"""

from __future__ import annotations

import json

from mindful.script.kinds.breath import Phase
from mindful.script.kinds.therapy import HrvBiofeedback, Neurofeedback
from mindful.script.model import Step
from mindful.timeline import speech
from mindful.timeline.cycles import Cycles
from mindful.timeline.model import AnyCue, BellCue, SoundCue, StretchCue
from mindful.timeline.piece import UNKNOWN_FOR_MS, Context, Piece, captions, say_cue
from mindful.tongue import _

PRESET_PACE = 6.0
"""Breaths a minute where nobody found their own: what most studies used (Lalanza et al. 2023)."""
SLOWEST, FASTEST = 3.5, 12.0
ASSESSED = (6.5, 6.0, 5.5, 5.0, 4.5)
ASSESS_MS = 120_000
"""Each pace of an assessment: two minutes, of which the last 90 s count (Lehrer et al. 2013)."""
INHALE = 0.4
SETTLE_MS = 30_000
"""Before an assessment: breathing as it comes, so that the first pace is not met out of breath."""
HEART_BASELINE_MS = 60_000
BRAIN_BASELINE_MS = 120_000
REST_MS = 15_000
"""Between blocks (Belinskaia et al. 2020)."""
BLOCK_MS = 120_000
REALERT_MS = 90_000
TRAINED_LAYER = "stream"
"""What follows the client where the script does not say: pleasant for twenty minutes, and clearly softer or louder."""
BESIDE = {"alpha_theta": "ocean"}
"""What the stream goes over to instead of becoming softer and fuller: for drowsy training (Gruzelier 2009)."""
FADE_MS = 3_000
AFTER_BELL_MS = 2_500
"""Nobody speaks into a bell."""


def heart(body: HrvBiofeedback, step: Step, c: Context) -> Piece:
    """Paced breathing, with a minute of free breathing before it that it is compared with; or the assessment."""
    if body.assess:
        return _assessment(c)
    name = body.feedback
    own = c.past.resonance()
    asked = own if body.pace is None else c.number(body.pace, own or PRESET_PACE)
    pace = min(FASTEST, max(SLOWEST, asked or PRESET_PACE))
    cues: list[AnyCue] = [
        StretchCue(at_ms=0, step=c.path, stretch="baseline", protocol=name),
        *_told(0, c, _("For a minute, breathe as it comes. There is nothing to do.")),
        StretchCue(at_ms=HEART_BASELINE_MS, step=c.path, stretch="training", per_min=pace, protocol=name),
        *_told(HEART_BASELINE_MS, c, _("Now breathe with the pacer, gently. Less air is fine.")),
    ]
    if body.sound is not None:
        cues.append(SoundCue(at_ms=HEART_BASELINE_MS, step=c.path, layer=body.sound, fade_ms=FADE_MS))
    cycles = _cycles(pace)
    count = cycles.nearest(c.ms(body.for_, UNKNOWN_FOR_MS))
    cues += _breaths(cycles, count, HEART_BASELINE_MS, c)
    end = HEART_BASELINE_MS + round(cycles.start(count))
    if body.sound is not None:
        cues.append(SoundCue(at_ms=end, step=c.path, layer=c.script.settings.background, fade_ms=FADE_MS))
    return Piece(length_ms=end, cues=_sorted(cues))


def _assessment(c: Context) -> Piece:
    cues: list[AnyCue] = [
        StretchCue(at_ms=0, step=c.path, stretch="baseline", protocol="assess"),
        *_told(0, c, _("Breathe as it comes. Then come five paces, two minutes each, a little slower every time.")),
    ]
    at = SETTLE_MS
    for pace in ASSESSED:
        cycles = _cycles(pace)
        count = cycles.nearest(ASSESS_MS)
        cues += [
            StretchCue(at_ms=at, step=c.path, stretch="training", per_min=pace, protocol="assess"),
            BellCue(at_ms=at, step=c.path, sound="chime", level_db=-6.0, sign=True),
            *_told(at + AFTER_BELL_MS, c, _("This pace now. If it feels like too little air, breathe as it comes.")),
        ]
        cues += _breaths(cycles, count, at, c)
        at += round(cycles.start(count))
    return Piece(length_ms=at, cues=_sorted(cues))


def brain(body: Neurofeedback, step: Step, c: Context) -> Piece:
    """A baseline, blocks with rests between them, and where it makes drowsy a while to wake up again."""
    name = body.protocol if isinstance(body.protocol, str) else str(body.protocol.get("preset", ""))
    protocol = protocol_of(body)
    reward = None if body.reward is None else c.number(body.reward, 65.0)
    wanted = BLOCK_MS * 5 if body.for_ is None else c.ms(body.for_, BLOCK_MS * 5)
    blocks = body.blocks or max(1, round(wanted / BLOCK_MS))
    block = max(20_000, wanted // blocks)
    baseline = BRAIN_BASELINE_MS if body.baseline is None else c.ms(body.baseline, BRAIN_BASELINE_MS)
    opened = eyes_of(body) == "open"
    cues: list[AnyCue] = [
        StretchCue(at_ms=0, step=c.path, stretch="baseline", protocol=protocol, reward=reward),
        *_told(
            0,
            c,
            _("First a while of nothing but sitting, with open eyes.")
            if opened
            else _("First a while of nothing but sitting, with closed eyes if that is all right."),
        ),
    ]
    at = baseline
    layer, before = body.sound or TRAINED_LAYER, c.script.settings.background
    beside = BESIDE.get(name) if body.sound is None else None
    for number in range(blocks):
        cues += [
            SoundCue(at_ms=at, step=c.path, layer=layer, fade_ms=FADE_MS, beside=beside),
            BellCue(at_ms=at, step=c.path, sound="chime", level_db=-6.0, sign=True),
            StretchCue(at_ms=at, step=c.path, stretch="training", protocol=protocol, reward=reward),
        ]
        if number == 0:
            follows = _("Now the sound follows you, and a soft tone may say that it lasts. It cannot be forced.")
            cues += _told(at + AFTER_BELL_MS, c, follows)
        at += block
        cues.append(SoundCue(at_ms=at, step=c.path, layer=before, fade_ms=FADE_MS))
        if number + 1 < blocks:
            cues.append(StretchCue(at_ms=at, step=c.path, stretch="rest", protocol=protocol, reward=reward))
            cues += _told(at, c, _("A short rest."))
            at += REST_MS
    if name == "alpha_theta":
        cues += [
            StretchCue(at_ms=at, step=c.path, stretch="after", protocol=protocol, reward=reward),
            BellCue(at_ms=at, step=c.path, sound="bell", level_db=-6.0),
            *_told(
                at + AFTER_BELL_MS, c, _("Slowly back: feel your feet, move your hands, open your eyes, look around.")
            ),
        ]
        at += REALERT_MS
    return Piece(length_ms=at, cues=_sorted(cues))


def protocol_of(body: Neurofeedback) -> str:
    """A preset's name, or a protocol of the script's own as JSON: as in `StretchCue`."""
    return body.protocol if isinstance(body.protocol, str) else json.dumps(body.protocol, sort_keys=True)


def eyes_of(body: Neurofeedback) -> str:
    """Whether a protocol is done with open or closed eyes."""
    if isinstance(body.protocol, dict):
        return str(body.protocol.get("eyes", "closed"))
    return "open" if body.protocol == "smr" else "closed"


def _cycles(pace: float) -> Cycles:
    breath = round(60_000 / pace)
    inhale = round(breath * INHALE)
    return Cycles((Phase(phase="inhale", ms=inhale), Phase(phase="exhale", ms=breath - inhale)))


def _breaths(cycles: Cycles, count: int, at: int, c: Context) -> list[AnyCue]:
    from dataclasses import replace

    shown = cycles.cues(0, count, step=c.path, of=count, tones=True, spoken=0, visual=None)
    return [replace(cue, at_ms=cue.at_ms + at) for cue in shown]


def _told(at: int, c: Context, text: str) -> list[AnyCue]:
    """A line of ours, spoken where there is a voice: eyes may be closed."""
    line = speech.Line(text, c.script.settings.voice, c.script.settings.rate, None, c.tongue)
    length = c.speech.length(line)
    return [say_cue(at, c.path, line, length), *captions(line, at, length, c.path)]


def _sorted(cues: list[AnyCue]) -> tuple[AnyCue, ...]:
    return tuple(sorted(cues, key=lambda cue: cue.at_ms))
