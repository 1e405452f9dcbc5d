"""Where two timelines of one session begin to sound different. Asked so that no more than that is rewritten.

A session's timeline is replaced while it plays: an answer adds what follows, a line that has been said gets its real
length. What is alike in both must be heard without a seam.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from mindful.audio import ducking
from mindful.audio.bells import LONGEST
from mindful.audio.breath_tone import RELEASE
from mindful.audio.score import MANNERS, Score
from mindful.audio.units import FRAMES_PER_MS
from mindful.timeline.model import Timeline


@dataclass(frozen=True, slots=True)
class Differences:
    """Frames of the session's line; None where there is no difference."""

    first: int | None = None
    """From here on the two may sound different."""
    onset: int | None = None
    """The first bell, phase or line that begins in one and not in the other: it is to be heard from its beginning."""


def differences(old: Score, new: Score, since: int, until: int) -> Differences:
    """What differs in since <= frame < until. What differed before and still sounds does so from `since` on."""
    at_ms = _structural(old.timeline, new.timeline)
    if at_ms is None or at_ms * FRAMES_PER_MS >= until:
        return Differences()
    since = max(since, at_ms * FRAMES_PER_MS)
    others, onsets = [*_of_background(old, new, since, until), *_of_ducking(old, new, since, until)], []
    here, there = _sounds(old, since, until), _sounds(new, since, until)
    for key in here.keys() | there.keys():
        a, b = here.get(key), there.get(key)
        if a is not None and b is not None:
            if a != b:
                others.append(min(a, b))  # one of them cuts it short
        elif key[0] >= since:
            onsets.append(key[0])
        else:
            others.append(since)
    if old.end != new.end:
        others += [e for e in (old.end, new.end) if e is not None]
    return Differences(_first([*others, *onsets], since, until), _first(onsets, since, until))


def _first(frames: Iterable[int], since: int, until: int) -> int | None:
    return min((f for f in (max(since, f) for f in frames) if f < until), default=None)


def _sounds(score: Score, since: int, until: int) -> dict[tuple[int, Hashable], int]:
    """Bells, phases and lines heard in since <= frame < until: (frame, what sounds) to the frame of its end."""
    out: dict[tuple[int, Hashable], int] = {}
    for s in score.strokes(since - LONGEST, until):
        out[s.frame, (s.cue.sound, s.cue.level_db)] = s.frame + LONGEST
    for b in score.breaths(since, until, RELEASE):
        c = b.cue
        out[b.frame, (c.phase, c.length_ms, c.through, c.fill_from, c.fill_to, c.level_db)] = b.end
    for line in score.lines(since, until, RELEASE):
        out[line.frame, (line.cue.line, score.surroundings(line))] = line.end
    return out


def _of_background(old: Score, new: Score, since: int, until: int) -> list[int]:
    def heard(score: Score) -> set[tuple[int, Hashable]]:
        out: set[tuple[int, Hashable]] = set()
        for change in score.changes_before(until - 1):
            c = change.cue
            out.add((change.frame, (c.layer, c.level_db, c.fade_ms, c.hz, c.beat, c.beside)))
            if change.frame + c.fade_ms * FRAMES_PER_MS < since:
                break
        return out

    return [frame for frame, _ in heard(old) ^ heard(new)]


def _of_ducking(old: Score, new: Score, since: int, until: int) -> list[int]:
    found = []
    for manner in MANNERS:
        a, b = (dict(s.spoken(manner, since, until)) for s in (old, new))
        for start in a.keys() | b.keys():
            if start in a and start in b:
                if a[start] != b[start]:
                    found.append(min(a[start], b[start]))
            else:
                found.append(start - ducking.ATTACK)
    return found


def _structural(old: Timeline, new: Timeline) -> int | None:
    """Milliseconds up to which both hold the same segments; None where they are the same throughout."""
    for a, b in zip(old.placed, new.placed, strict=False):
        if (a.segment is not b.segment and a.segment != b.segment) or a.start_ms != b.start_ms:
            return min(a.start_ms, b.start_ms)
        if a.length_ms != b.length_ms:
            return a.start_ms + min(x for x in (a.length_ms, b.length_ms) if x is not None)
    if len(old.placed) == len(new.placed):
        if old.complete == new.complete:
            return None
        total = new.total_ms if new.total_ms is not None else old.total_ms
        return total if total is not None else None
    longer = max(old, new, key=lambda t: len(t.placed))
    return longer.placed[min(len(old.placed), len(new.placed))].start_ms
