"""What a session sounds like: a pure function of position. Live playback, seeking, export and tests all ask it.

Frame 0 is position 0 of the session's line, at 48 kHz. Sound is mixed in tiles aligned to frame 0, and a block is cut
from them, so any two blocks of a session join to the last bit and a block far into it costs what the first one does.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mindful.audio import bells, breath_tone, ducking, layers, limiter
from mindful.audio.bank import Bank
from mindful.audio.levels import AS_MADE, Levels
from mindful.audio.score import SILENT_LAYERS, Said, Score
from mindful.audio.units import FRAMES_PER_MS, RATE, TILE, Block, Curve, Mono, decibels, rise
from mindful.audio.wavefile import SoundFileError
from mindful.timeline.model import SoundCue, Timeline

ENDING = 6 * RATE
"""Frames in which the background fades after the end of a complete session."""
GAINS_DB = Levels(voice=2.0, cues=2.0, bells=0.0, background=5.5)
"""What each group is mixed with before the client's own levels, so that a session with words over a background comes
out between -20 and -16 LUFS (`bench/loudness.py`). A line that is at -20 LUFS by itself is at -17 on two loudspeakers.
"""
BARE_DB = -2.5
"""What a line gets where nothing lies under it: alone it would be louder than all the rest."""
ENTRY_DB, ENTRY = -5.0, 3 * RATE // 2
"""Words that come into quiet begin this much softer and are at their own level after so many frames."""
KEPT_TILES = 48
"""Tiles remembered, 1.5 MiB, twice that where the limiter works: enough to write again all that is written ahead."""
CUT_SHORT = 120 * FRAMES_PER_MS
"""Frames in which a line fades that its segment's end cuts short."""
Key = tuple[int, Levels, int]
"""Which timeline, which levels, which tile."""
SOON = 120 * RATE
"""Lines are got ready this many frames ahead."""


@dataclass(frozen=True, slots=True)
class _Raw:
    """A tile before the limiter."""

    sound: Block
    needs: Curve | None
    """The gain that each of its hops needs; None: 1 throughout."""
    whole: bool
    """Whether everything is in it: a line that the bank does not have yet may be there next time."""


_NOTHING = _Raw(np.zeros((TILE, 2), np.float32), None, True)


class Mixer:
    """Renders sessions. `base` is the folder that a script's own sound files are relative to; `bank` has the lines."""

    def __init__(self, base: Path | None = None, bank: Bank | None = None) -> None:
        self.base, self.bank = base, bank
        self.problems: list[str] = []
        """Sound files that could not be read, each said once; the session goes on without them."""
        self._lock = threading.RLock()
        self._scores: list[tuple[int, Score]] = []
        self._made = 0
        self._tiles: OrderedDict[Key, Block] = OrderedDict()
        self._raw: OrderedDict[Key, _Raw] = OrderedDict()

    def score(self, timeline: Timeline) -> Score:
        """The timeline, indexed; remembered for the last few, since a change cross-fades from one to the next."""
        return self._indexed(timeline)[1]

    def _indexed(self, timeline: Timeline) -> tuple[int, Score]:
        with self._lock:
            for entry in self._scores:
                if entry[1].timeline is timeline:
                    return entry
            self._made += 1
            entry = (self._made, Score(timeline, self._scores[-1][1] if self._scores else None))
            self._scores = [*self._scores[-2:], entry]
            return entry

    def render(self, timeline: Timeline, first_frame: int, n: int, levels: Levels = AS_MADE) -> Block:
        """Frames `first_frame` to `first_frame + n`, (n, 2) float32, with no true peak above `limiter.CEILING`.

        Frames before 0 are silent. Never raises for what a timeline holds: a sound file that cannot be read is silent.
        """
        out = np.empty((n, 2), np.float32)
        with self._lock:
            serial, score = self._indexed(timeline)
            done = 0
            while done < n:
                number, offset = divmod(first_frame + done, TILE)
                k = min(TILE - offset, n - done)
                out[done : done + k] = self._tile(serial, score, levels, number)[offset : offset + k]
                done += k
        return out

    def warm(self, timeline: Timeline, first_frame: int = 0) -> None:
        """Read and make now what `timeline` will need, so that no block has to wait; of lines, the next few minutes."""
        score = self.score(timeline)
        for said in score.lines(first_frame, first_frame + SOON) if self.bank is not None else ():
            self._clip(said)
        for change in score.changes:
            self._layer(change.cue)
            if change.cue.beside is not None:
                self._named(change.cue.beside, None, None)
        for name in {c.sound for p in score.parts for c in p.bells} & set(bells.NAMES):
            bells.stroke(name)
        for part in score.parts:
            for cue in {c.phase: c for c in part.phases}.values():
                breath_tone.render(cue, 0, 1)

    def end_frame(self, timeline: Timeline) -> int | None:
        """The first frame after which a complete timeline is silent for good; None while more may come."""
        score = self.score(timeline)
        if score.end is None:
            return None
        ends = [score.end + (ENDING if score.changes else 0)]
        ends += [
            s.frame + len(bells.stroke(s.cue.sound))
            for s in score.strokes(score.end - bells.LONGEST, score.end + FRAMES_PER_MS)
            if s.cue.sound in bells.NAMES
        ]
        ends += [b.end + breath_tone.RELEASE for b in score.breaths(score.end - 1, score.end)]
        ends += [s.end + CUT_SHORT for s in score.lines(score.end - 1, score.end)]
        return max(ends)

    def _tile(self, serial: int, score: Score, levels: Levels, number: int) -> Block:
        key = (serial, levels, number)
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
            return tile
        before, here, after = (self._before_limiter(serial, score, levels, n) for n in range(number - 1, number + 2))
        gain = limiter.gain(before.needs, here.needs, after.needs)
        tile = here.sound if gain is None else here.sound * gain.astype(np.float32)[:, None]
        tile.setflags(write=False)
        if before.whole and here.whole and after.whole:
            _keep(self._tiles, key, tile)
        return tile

    def _before_limiter(self, serial: int, score: Score, levels: Levels, number: int) -> _Raw:
        if number < 0:
            return _NOTHING
        key = (serial, levels, number)
        raw = self._raw.get(key)
        if raw is None:
            first = number * TILE - limiter.MARGIN
            sound = np.zeros((TILE + 2 * limiter.MARGIN, 2), np.float32)
            whole = self._mix(score, levels, first, sound)
            raw = _Raw(sound[limiter.MARGIN : -limiter.MARGIN], limiter.needed(sound), whole)
            if whole:
                _keep(self._raw, key, raw)
        else:
            self._raw.move_to_end(key)
        return raw

    def _mix(self, score: Score, levels: Levels, first: int, out: Block) -> bool:
        """Add to silence all that is heard from frame `first` on; whether everything was there."""
        last = first + len(out)
        guide: Curve | float = 0.0
        words: Curve | float = 0.0
        if voice := _gain(levels, "voice"):
            guide = ducking.depth(score.spoken("guide", first, last), first, len(out))
            words = ducking.depth(score.spoken("cue", first, last), first, len(out))
        if background := _gain(levels, "background"):
            self._background(score, first, out, levels.crossing)
            _times(out, background * ducking.gain(np.maximum(ducking.GUIDE_DB * guide, ducking.WORD_DB * words)))
        if cues := _gain(levels, "cues"):
            self._breaths(score, first, out, cues * ducking.gain(ducking.TONES_DB * guide))
        if struck := _gain(levels, "bells"):
            for stroke in score.strokes(first - bells.LONGEST, last):
                if stroke.cue.sound in bells.NAMES:
                    gain = struck * decibels(min(6.0, max(-60.0, stroke.cue.level_db)))
                    _add(out, first, bells.stroke(stroke.cue.sound), stroke.frame, gain)
        return self._lines(score, first, out, voice, bare=not background)

    def _lines(self, score: Score, first: int, out: Block, voice: float, *, bare: bool) -> bool:
        """Add what is spoken; whether the bank had it all. `bare`: the client wants no background."""
        if self.bank is None or not voice:
            return True
        whole = True
        for said in score.lines(max(0, first), first + len(out), CUT_SHORT):
            clip = self._clip(said)
            if clip is None:
                whole = False
            else:
                how = score.surroundings(said)
                gain = voice * decibels(BARE_DB) if bare or how.bare else voice
                _add(out, first, clip, said.frame, gain, said.end, fresh=how.fresh)
        return whole

    def _clip(self, said: Said) -> Mono | None:
        return None if self.bank is None else self.bank.sound(said.cue.line)

    def _breaths(self, score: Score, first: int, out: Block, gain: Curve | float) -> None:
        """Add the phases of the breath."""
        sounding = list(score.breaths(max(0, first), first + len(out), breath_tone.RELEASE))
        if not sounding:
            return
        tones = np.zeros_like(out)
        for breath in sounding:
            tone = breath_tone.render(breath.cue, first - breath.frame, len(out), breath.end - breath.frame)
            if breath.cue.level_db:
                tone = tone * decibels(breath.cue.level_db)
            tones += tone
        _times(tones, gain)
        out += tones

    def _background(self, score: Score, first: int, out: Block, crossing: float = 0.0) -> None:
        """Add the layer of the moment; while one fades into the next, both; after the end, its fade.

        `crossing`: how far a layer with one beside it has gone over to that, at equal power.
        """
        end, last = score.end, first + len(out)
        if end is not None and first >= end + ENDING:
            return
        frames = np.arange(first, last, dtype=np.float64)
        left: Curve | float = 1.0
        changes = list(score.changes_before(last - 1))
        for i, change in enumerate(changes):
            before = changes[i + 1].cue if i + 1 < len(changes) else None
            fade = max(change.cue.fade_ms * FRAMES_PER_MS, 20 * FRAMES_PER_MS)
            x = np.clip((frames - change.frame) / fade, 0.0, 1.0)
            same = before is not None and _key(before) == _key(change.cue)
            # Two different sounds cross at equal power; the same one at another level would swell that way.
            up, down = (x, 1 - x) if same else (np.sin(np.pi / 2 * x), np.sin(np.pi / 2 * (1 - x)))
            weight = np.asarray(left * up) * decibels(min(6.0, max(-60.0, change.cue.level_db)))
            if weight.any() and _key(change.cue)[0] != "silence":
                if end is not None and last > end:
                    weight = weight * (1 - rise((frames - end) / ENDING))
                if first < 0:
                    weight = weight * (frames >= 0)
                sound = self._layer(change.cue).render(first, len(out))
                if crossing and change.cue.beside is not None:
                    over = self._named(change.cue.beside, None, None).render(first, len(out))
                    sound = np.cos(np.pi / 2 * crossing) * sound + np.sin(np.pi / 2 * crossing) * over
                out += (weight[:, None] * sound).astype(np.float32)
            left = left * down
            if x[0] >= 1.0:
                return

    def _layer(self, cue: SoundCue) -> layers.Layer:
        return self._named(*_key(cue))

    def _named(self, name: str, hz: float | None, beat: float | None) -> layers.Layer:
        try:
            return layers.layer(name, hz, beat, self.base)
        except SoundFileError as e:
            if str(e) not in self.problems:
                self.problems.append(str(e))
            return layers.Silence()


def _key(cue: SoundCue) -> tuple[str, float | None, float | None]:
    return ("silence" if cue.layer in SILENT_LAYERS else cue.layer), cue.hz, cue.beat


def _keep(kept: OrderedDict[Key, Any], key: Key, value: Any) -> None:
    """Remember it, and forget what was not wanted for longest."""
    kept[key] = value
    if len(kept) > KEPT_TILES:
        kept.popitem(last=False)


def _gain(levels: Levels, group: str) -> float:
    return GAINS_DB.gain(group) * levels.gain(group)


def _times(sound: Block, gain: Curve | float) -> None:
    """Louder or softer, in place."""
    if isinstance(gain, np.ndarray):
        sound *= gain.astype(np.float32)[:, None]
    elif gain != 1.0:
        sound *= np.float32(gain)


def _add(
    out: Block, first: int, sound: Mono, at: int, gain: float, end: int | None = None, *, fresh: bool = False
) -> None:
    """Add `sound`, which begins at frame `at`, to a block that begins at `first`; from `end` on it fades.

    `fresh`: it comes into quiet, and rises to its level, evenly in decibels.
    """
    a, b = max(at, first), min(at + len(sound), first + len(out))
    if a >= b:
        return
    heard = np.float32(gain) * sound[a - at : b - at]
    if fresh and a < at + ENTRY:
        n = min(b, at + ENTRY) - a
        heard[:n] *= (10 ** (ENTRY_DB * (1 - rise(np.arange(a - at, a - at + n) / ENTRY)) / 20)).astype(np.float32)
    if end is not None and b > end:
        heard = heard * rise((end + CUT_SHORT - np.arange(a, b, dtype=np.float64)) / CUT_SHORT).astype(np.float32)
    out[a - first : b - first] += heard[:, None]
