"""From the engine's sentences to a line as it is heard: trimmed, with its pauses, at the voice's loudness, at 48 kHz.

Pauses are widened where the engine itself is silent, at the quietest point around a comma; nothing is stretched and no
sound is cut. Called by `saying` for voices, and in parts by `recorded`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mindful.audio.units import FRAMES_PER_MS, RATE, Mono, decibels
from mindful.audio.voice import loudness, paces
from mindful.audio.voice.engine import Clip
from mindful.audio.voice.phrases import Phrase
from mindful.audio.wavefile import resample

VOICE_LUFS = -20.0
"""Loudness of every line; the mixer expects it."""
PEAK = 0.89
"""No sample of a line is beyond this; a line whose peaks would be is left softer."""
EDGE_DB, KEEP_S, TAIL_S = -45.0, 0.03, 0.08
"""Where a line begins and ends, below its loudest 10 ms; and how much is kept before and after."""
CUE_EDGE_DB, CUE_KEEP_S = -40.0, 0.01
FADE_IN_S, FADE_OUT_S, CUT_S = 0.005, 0.03, 0.005
_MOST_GAIN = decibels(30)
_PAUSES = frozenset(",;:—–")
_ELLIPSES = frozenset(("…", "..."))


@dataclass(frozen=True, slots=True, eq=False)
class Delivered:
    """A line ready to be mixed."""

    sound: Mono
    """(n,) at 48 kHz; n is a whole number of milliseconds."""
    sentences: tuple[int, ...]
    """Where each sentence begins, in ms."""

    @property
    def ms(self) -> int:
        return len(self.sound) // FRAMES_PER_MS


def guide(clips: Sequence[Clip | None], phrases: Sequence[Phrase], wpm: int) -> Delivered:
    """A line of guidance: one clip a phrase, None where a phrase has nothing to be said."""
    cut = [None if clip is None else _at_pauses(clip) for clip in clips]
    heard = [c for c in cut if c is not None]
    speech = sum(len(piece) for c in heard for piece in c.pieces) / RATE
    ends = [p.ellipsis for p, c in zip(phrases, cut, strict=True) if c is not None]
    inner = [e for c in heard for e in c.ellipses]
    k = paces.stretch(
        speech,
        sum(p.words for p in phrases),
        wpm,
        len(inner) - sum(inner),
        len(ends) - sum(ends),
        sum(ends) + sum(inner),
    )
    parts: list[Mono] = []
    starts: list[int] = []
    at = 0
    for phrase, c in zip(phrases, cut, strict=True):
        starts.append(at // FRAMES_PER_MS)
        if c is None:
            continue
        for i, piece in enumerate(c.pieces):
            if i < len(c.ellipses):
                pause = paces.ELLIPSIS_S if c.ellipses[i] else paces.COMMA_S
            else:
                pause = paces.ELLIPSIS_S if phrase.ellipsis else paces.STOP_S
            rest = _silence(len(piece), round(pause * k * 1000))
            parts += [piece, rest]
            at += len(piece) + len(rest)
    return Delivered(levelled(_joined(parts)), tuple(starts))


def cue(clips: Sequence[Clip | None]) -> Delivered:
    """Words in time with the breath: close together, without a pause before or after."""
    parts: list[Mono] = []
    starts: list[int] = []
    at = 0
    for clip in clips:
        starts.append(at // FRAMES_PER_MS)
        if clip is None:
            continue
        sound = trimmed(clip.pcm, clip.rate, CUE_EDGE_DB, CUE_KEEP_S, CUE_KEEP_S)
        piece = faded(_to_mixer(sound, clip.rate), FADE_IN_S, 0.02)
        rest = _silence(len(piece), 0)
        parts += [piece, rest]
        at += len(piece) + len(rest)
    return Delivered(levelled(_joined(parts)), tuple(starts))


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """One sentence in pieces at 48 kHz, and after each but the last whether an ellipsis stood there."""

    pieces: list[Mono]
    ellipses: list[bool]


def _at_pauses(clip: Clip) -> _Cut:
    """A sentence, its edges trimmed, cut at the silence of each comma, colon, dash and ellipsis inside it."""
    begin, end = _edges(clip.pcm, clip.rate, EDGE_DB, KEEP_S, TAIL_S)
    at, ellipses = [begin], []
    for i, word in enumerate(clip.words[:-1]):
        following = next((w for w in clip.words[i + 1 :] if any(c.isalnum() for c in w.text)), None)
        if following is None or not (word.text in _ELLIPSES or set(word.text) <= _PAUSES):
            continue
        frame = quietest(
            clip.pcm, round((word.start - 0.05) * clip.rate), round(following.start * clip.rate), clip.rate
        )
        if at[-1] + clip.rate // 10 < frame < end - clip.rate // 10:
            at.append(frame)
            ellipses.append(word.text in _ELLIPSES)
    at.append(end)
    pieces = []
    for i, (a, b) in enumerate(pairwise(at)):
        last = i + 2 == len(at)
        piece = _to_mixer(clip.pcm[a:b], clip.rate)
        pieces.append(faded(piece, CUT_S, FADE_OUT_S if last else CUT_S))
    return _Cut(pieces, ellipses)


def quietest(sound: Mono, low: int, high: int, rate: int) -> int:
    """The middle of the quietest 10 ms of (n,) between two frames."""
    low, high = max(0, low), min(len(sound), high)
    n = rate // 100
    if high - low <= n:
        return (low + high) // 2
    sums = np.concatenate(([0.0], np.cumsum(np.square(sound[low:high], dtype=np.float64))))
    return low + int(np.argmin(sums[n:] - sums[:-n])) + n // 2


def _edges(sound: Mono, rate: int, db: float, before_s: float, after_s: float) -> tuple[int, int]:
    n = rate // 100
    whole = len(sound) // n * n
    if not whole:
        return 0, len(sound)
    power = np.mean(np.square(sound[:whole].reshape(-1, n), dtype=np.float64), axis=1)
    heard = np.flatnonzero(power > power.max() * decibels(db) ** 2)
    if not len(heard):
        return 0, 0
    begin = int(heard[0]) * n - round(before_s * rate)
    return max(0, begin), min(len(sound), (int(heard[-1]) + 1) * n + round(after_s * rate))


def trimmed(sound: Mono, rate: int, db: float = EDGE_DB, before_s: float = KEEP_S, after_s: float = KEEP_S) -> Mono:
    """(n,) without its silent edges: what lies `db` below its loudest 10 ms, less what is kept. Empty for silence."""
    begin, end = _edges(sound, rate, db, before_s, after_s)
    return sound[begin:end]


def faded(sound: Mono, in_s: float, out_s: float) -> Mono:
    """(n,) at 48 kHz with soft ends; a copy."""
    out = sound.copy()
    for seconds, backwards in ((in_s, False), (out_s, True)):
        n = min(round(seconds * RATE), len(out) // 2)
        if n:
            ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(n) + 0.5) / n)).astype(np.float32)
            if backwards:
                out[-n:] *= ramp[::-1]
            else:
                out[:n] *= ramp
    return out


def levelled(sound: Mono) -> Mono:
    """(n,) at 48 kHz at the voice's loudness, or softer where its peaks would not fit; silence stays silence."""
    now = loudness.lufs(sound, RATE)
    if now <= loudness.SILENT or not len(sound):
        return sound
    return sound * gain(now, float(np.abs(sound).max()))


def gain(now: float, peak: float) -> np.float32:
    """What brings a sound of that loudness to the voice's, or less where its peak would not fit."""
    return np.float32(min(decibels(VOICE_LUFS - now), _MOST_GAIN, PEAK / peak))


def _to_mixer(sound: Mono, rate: int) -> Mono:
    return resample(sound[:, None], rate)[:, 0]


def silence(ms: int) -> Mono:
    """So much of nothing."""
    return np.zeros(ms * FRAMES_PER_MS, np.float32)


def _silence(after: int, ms: int) -> Mono:
    """Silence of `ms` after a piece of so many frames, and what it lacks to a whole millisecond."""
    return np.zeros(ms * FRAMES_PER_MS + -after % FRAMES_PER_MS, np.float32)


def _joined(parts: list[Mono]) -> Mono:
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)
