"""What the player wishes of a running stream, and the change of its map that this makes. Called by the transport.

Nothing here touches a device or a clock: a wish, a map and a frame go in, a new map comes out.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from mindful.audio.differences import differences
from mindful.audio.levels import Levels
from mindful.audio.limiter import REACH
from mindful.audio.mixer import Mixer
from mindful.audio.stream_map import FADE, SOFT, StreamMap
from mindful.audio.units import FRAMES_PER_MS, RATE
from mindful.timeline.model import Timeline

RAMP = RATE // 12
"""Frames of a change of volume."""
REACH_BACK = RATE
"""A sound that should have begun this far behind what can still be changed is played from its beginning; an older one
is history, and what is still to be heard of it comes in beneath a cross-fade."""
STOPPED_FADE_MS = 4000
"""Fade of a session that ends where its timeline does not: nothing would ring out by itself."""
QUIET = RATE // 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for and is not yet carried out; None is no wish."""

    timeline: Timeline | None = None
    soft_ms: int | None = None
    """How long the old sound takes to fade into that of the new timeline."""
    target: int | None = None
    """Session frame to go to."""
    playing: bool | None = None
    gain: float | None = None
    levels: Levels | None = None
    fade_ms: int | None = None
    """Finish: 0 lets things ring out."""


NOTHING = Wish()


def without(wish: Wish, done: Wish) -> Wish:
    """What is still to be done of `wish` after `done`."""
    kept = {f.name: getattr(wish, f.name) for f in fields(Wish) if getattr(wish, f.name) != getattr(done, f.name)}
    return Wish(**kept)


def changed_by(wish: Wish, stream: StreamMap, at: int, written: int, mixer: Mixer) -> tuple[StreamMap, int | None]:
    """The map after `wish`, of which frame `at` is the first that can still be changed.

    Returns it with the stream frame from where it must be written again; None where what was written still holds.
    """
    new, before = stream.copy(), stream.last
    timeline = wish.timeline or before.timeline
    playing = before.playing if wish.playing is None else wish.playing
    since: int | None = None
    if wish.target is not None or playing != before.playing:
        session = round(stream.session_at(at)) if wish.target is None else wish.target
        new.cut(at, session, playing, timeline, wish.levels)
        since = at
    elif timeline is not before.timeline:
        since = _softly(new, timeline, at, wish.soft_ms) if wish.soft_ms else _retell(new, timeline, at, written, mixer)
    if wish.levels is not None and wish.levels != new.last.levels:
        new.flow(at, levels=wish.levels)
        since = at
    if wish.gain is not None and wish.gain != stream.goal:
        new.ramp(at, wish.gain, RAMP)
        since = at
    if wish.fade_ms is not None and (fade := _fade(wish, new)):
        new.ramp(at, 0.0, fade)
        since = at
    return new, since


def _retell(stream: StreamMap, timeline: Timeline, at: int, written: int, mixer: Mixer) -> int | None:
    """Follow another timeline, from the first frame at which it sounds different."""
    last, here = stream.last, round(stream.session_at(at))
    if not last.playing:
        stream.retell(timeline)
        return None
    # What begins may turn down what is heard shortly before it.
    until = round(stream.session_at(max(at, written))) + REACH
    differ = differences(mixer.score(last.timeline), mixer.score(timeline), here - REACH_BACK, until)
    if differ.first is None or differ.first - REACH >= here:
        stream.retell(timeline)
        return None if differ.first is None else stream.stream_of(differ.first - REACH)
    if differ.onset is not None and differ.onset < here + FADE:
        # What follows begins where the old sound has already been handed over: step back, so that it begins whole.
        stream.cut(at, min(here, differ.onset), True, timeline)
    else:
        room = SOFT if differ.onset is None else differ.onset - here
        stream.flow(at, min(SOFT, room), timeline=timeline)
    return at


def _softly(stream: StreamMap, timeline: Timeline, at: int, soft_ms: int) -> int | None:
    """Follow another timeline in a long cross-fade: what was playing goes on beneath it until it is gone."""
    if not stream.last.playing:
        stream.retell(timeline)
        return None
    stream.flow(at, soft_ms * FRAMES_PER_MS, timeline=timeline)
    return at


def _fade(wish: Wish, stream: StreamMap) -> int:
    """Frames of the fade of a finish; 0 where things ring out by themselves."""
    ms = wish.fade_ms or 0
    if ms == 0 and not stream.last.timeline.complete:
        ms = STOPPED_FADE_MS
    return max(RAMP, ms * FRAMES_PER_MS) if ms else 0


def end_of(wish: Wish, stream: StreamMap, at: int, mixer: Mixer) -> int:
    """The stream frame after which a finished session is silent."""
    if not stream.last.playing:
        return at
    if fade := _fade(wish, stream):
        return at + fade + QUIET
    end = mixer.end_frame(stream.last.timeline)
    return at if end is None else max(at, stream.stream_of(end)) + QUIET
