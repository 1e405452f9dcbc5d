"""The tone that follows the breath, so that it can be followed with eyes shut. The mixer plays it.

Pitch and loudness follow `mindful.timeline.breath`, the curve that the pacer draws. Each phase has a contour and a
rhythm of its own:

    inhale   one touch; rises an octave, swells and opens
    top_up   two touches; a second, short rise, a fifth brighter
    hold     stands still, quiet, with a soft pulse every second, so that it can be counted
    exhale   a low, round touch; falls further than the inhale rose, darker and softer as it goes
    rest     one very soft low mark, then nothing

Air flows under the tone as it does in the breath: strongest in the middle, none where the breath turns; through the
mouth it is a broad "haa", through pursed lips a thin hiss, through a hum there is hardly any. A phase is a voice of its
own: it starts softly at its very frame, and rings for `RELEASE` frames into the next one, so that no border clicks and
each can be found in a recording. It depends on nothing but its cue.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from mindful.audio.noise import band, shaped, take
from mindful.audio.units import FRAMES_PER_MS, RATE, Block, Curve, Mono, rise
from mindful.timeline.model import PhaseCue

RELEASE = 140 * FRAMES_PER_MS
"""Frames that a phase still sounds, fading, after its end."""
ATTACK_S = {"inhale": 0.12, "top_up": 0.07, "hold": 0.18, "exhale": 0.24, "rest": 0.04}
"""In which the tone comes up. What is loud at once, such as an exhale, takes longer than what begins quietly."""
ONSET_S = 0.02
LOW, SPAN = 130.8, 130.8
"""Pitch of empty lungs, and how far full lungs are above it, in hertz: an octave."""
PULSE_HZ = 1.0
"""Of a hold: one a second, to count by."""

_AIR = {
    "inhale": (900.0, 5200.0),
    "top_up": (1500.0, 6500.0),
    "hold": (1200.0, 4200.0),
    "exhale": (300.0, 2200.0),
    "rest": (250.0, 1600.0),
    "mouth": (380.0, 2600.0),
    "pursed": (1900.0, 8000.0),
}
"""Corners of the sound of air in hertz; an exhale through mouth or lips has that of the opening."""
_TOUCH = {"hold": 0.008, "rest": 0.004}
"""Air at the onset of the phases in which no air flows: hardly heard, but it tells the onset from a bell that rings."""
_PITCH = {"inhale": (1.0, 1.0), "top_up": (1.2, 1.5), "hold": (1.0, 1.0), "exhale": (1.0, 0.75), "rest": (0.84, 0.84)}
"""Factors on the pitch of the lungs' fill at the beginning and the end of a phase."""
_BREATHY = {"mouth": 2.2, "pursed": 2.6, "hum": 0.15}
_SIDES = {"left": (1.0, 0.28), "right": (0.28, 1.0)}


@cache
def _air() -> dict[str, Mono]:
    """Loops of the sounds of air, RMS 1, 2.6 s. All at once: none is to be made while a session plays."""
    return {kind: shaped(2 * 5**4 * 10**2, 70 + i, band(*_AIR[kind], -3.0)) for i, kind in enumerate(_AIR)}


def _cycles(t: Curve, length_s: float, f0: float, f1: float) -> Curve:
    """Turns of an oscillator whose pitch goes from f0 to f1 along a half cosine: the exact integral."""
    inside = np.minimum(t, length_s)
    moved = (f1 - f0) * (inside / 2 - length_s / (2 * np.pi) * np.sin(np.pi * inside / length_s))
    return f0 * inside + moved + f1 * (t - inside)


def _partials(turns: Curve, levels: tuple[float | Curve, ...]) -> Curve:
    """A sine and its harmonics; each comes from the two before it, which is quicker than asking for its sine."""
    one, two = np.sin((2 * np.pi) * turns), 2 * np.cos((2 * np.pi) * turns)
    before, harmonic, out = np.zeros(len(turns)), one, np.zeros(len(turns))
    for level in levels:
        out += level * harmonic
        before, harmonic = harmonic, two * harmonic - before
    return out


def _onset(t: Curve, hz: float, level: float, decay_s: float = 0.11) -> Curve:
    """A soft touch at time 0, that marks the beginning of a phase."""
    after = np.maximum(t, 0.0)
    return np.asarray(level * rise(after / ONSET_S) * np.exp(-after / decay_s) * np.sin(2 * np.pi * hz * after))


def _touches(cue: PhaseCue, t: Curve, length_s: float) -> Curve:
    """What marks the onset of each phase, beside its tone."""
    hz = _PITCH[cue.phase][0] * (LOW + SPAN * cue.fill_from)
    if cue.phase == "inhale":
        return _onset(t, 2 * hz, 0.045)
    if cue.phase == "top_up":
        return _onset(t, 2 * hz, 0.045) + _onset(t - min(0.17, length_s / 3), 3 * hz, 0.04, 0.08)
    if cue.phase == "hold":
        return _onset(t, 2 * hz, 0.022)
    if cue.phase == "exhale":
        return _onset(t, hz, 0.03, 0.3) + _onset(t, 2 * hz, 0.035)
    mark = rise(t / ATTACK_S["rest"]) * np.exp(-t / 0.26)
    return np.asarray(0.034 * mark * _partials(hz * t, (0.8, 0.5, 0.25)))


def _tone(cue: PhaseCue, t: Curve, length_s: float) -> Curve:
    """The pitched part, without touch, attack and release, (n,)."""
    a, b = _PITCH[cue.phase]
    f0, f1 = a * (LOW + SPAN * cue.fill_from), b * (LOW + SPAN * cue.fill_to)
    moved = rise(t / length_s)
    fill = cue.fill_from + (cue.fill_to - cue.fill_from) * moved
    turns = _cycles(t, length_s, f0, f1)
    if cue.through == "hum" and cue.phase in ("inhale", "exhale", "top_up"):
        # A bee: many even partials, hardly any change of pitch, a slow waver. It invites to hum along.
        steady = _cycles(t, length_s, 150.0, 132.0) + 0.02 * np.sin(2 * np.pi * 4.6 * t)
        return 0.085 * (0.6 + 0.4 * fill) * _partials(steady, (0.7, 0.6, 0.5, 0.34, 0.2, 0.12, 0.06))
    if cue.phase == "inhale":
        return 0.13 * (0.4 + 0.6 * fill) * _partials(turns, (0.8, 0.15 + 0.3 * fill, 0.05 + 0.2 * fill, 0.1 * fill))
    if cue.phase == "top_up":
        return 0.13 * (0.7 + 0.3 * moved) * _partials(turns, (0.7, 0.42, 0.26, 0.14))
    if cue.phase == "hold":
        pulse = np.cos(2 * np.pi * PULSE_HZ * t)
        return 0.042 * (1 + 0.3 * pulse) * _partials(turns, (0.55, 0.4, 0.0, 0.22))
    if cue.phase == "exhale":
        dark = fill**1.5
        return 0.13 * (0.22 + 0.78 * fill) * _partials(turns, (0.9, 0.1 + 0.16 * dark, 0.08 * dark))
    return np.zeros(len(t))


def _breath(cue: PhaseCue, first: int, t: Curve, length_s: float) -> Curve:
    """The airy part: as strong as the flow, with a little of it at the onset."""
    level: Curve = _TOUCH.get(cue.phase, 0.011) * rise(t / ONSET_S) * np.exp(-t / 0.09)
    through = cue.through or ""
    if cue.phase not in _TOUCH:
        level += 0.009 * np.sin(np.pi * np.clip(t / length_s, 0.0, 1.0))
    kind = through if cue.phase == "exhale" and through in _AIR else cue.phase
    return np.asarray(_BREATHY.get(through, 1.0) * level * take(_air()[kind], first, len(t)))


def render(cue: PhaseCue, first: int, n: int, length: int | None = None) -> Block:
    """Frames `first` to `first + n` of a phase, counted from its onset, (n, 2).

    `length` is how many frames the phase lasts; less than the cue says where its segment ended earlier.
    """
    if not cue.tones:
        return np.zeros((n, 2), np.float32)
    frames = np.arange(first, first + n, dtype=np.float64)
    whole = max(1, cue.length_ms * FRAMES_PER_MS)
    length = whole if length is None else min(length, whole)
    t, length_s = np.maximum(frames, 0.0) / RATE, whole / RATE
    attack = min(ATTACK_S[cue.phase], length_s / 3)
    mono = _tone(cue, t, length_s) * rise(t / attack) + _touches(cue, t, length_s) + _breath(cue, first, t, length_s)
    mono *= rise((length + RELEASE - frames) / RELEASE)
    mono[(frames < 0) | (frames >= length + RELEASE)] = 0.0
    left, right = _SIDES.get(cue.through or "", (1.0, 1.0))
    return np.stack((left * mono, right * mono), axis=1).astype(np.float32)
