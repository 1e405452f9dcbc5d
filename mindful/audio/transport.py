"""Carries a session's sound to a sink, and tells which moment of the session is heard. The player's `Speaker`.

The player's calls only note what is wanted; a worker thread carries it out: it opens the device, mixes ahead of the
listener, and makes each change as a cut at the nearest frame that can still be changed. A cut whose moment passed while
it was being mixed is made again further on, so no half of it is ever heard.

Nothing here raises to the player. Without a device, or when it goes away, the position runs on from the same place on
the monotonic clock, the client is told once, and the device is tried again.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Sequence
from dataclasses import replace

from mindful.audio.changes import NOTHING, changed_by, end_of, without
from mindful.audio.levels import AS_MADE, Levels
from mindful.audio.mixer import Mixer
from mindful.audio.opening import Opening, Way
from mindful.audio.sinks.base import ClockKind, Now, Sink
from mindful.audio.sinks.null import NullSink
from mindful.audio.stream_map import FADE, Piece, StreamMap
from mindful.audio.units import RATE, TILE, frame_of, ms_of
from mindful.timeline.model import Timeline
from mindful.tongue import _

LEAD = 2 * RATE
"""Frames written ahead of the listener."""
RETURN = RATE
"""Frames in which the sound of a device that came back fades in."""
OPEN_S, RETRY_S, RETRY_SLOW_S = 3.0, 2.0, 15.0
SLOW_AFTER = 30
"""Tries at a device before they become rarer."""
STILL_S, ROUND_S = 0.6, 0.25
"""A device that stands still for so long does not play (it was suspended); of a round of work at most so much counts,
so that it is the device that stood still and not this program."""
PROVE_S, PROVE_FROM_S = 1.3, 0.9
"""A device that went away and opens again is believed when it has played for so long, its time moving at the end."""
WORK_S = 0.1
TRIES = 8

NO_DEVICE = _("No sound device was found: the session plays without sound.")
LOST = _("The sound device went away; the session goes on in silence.")
BACK = _("Sound is back.")
FOUND = _("A sound device was found; the sound fades in.")

_log = logging.getLogger(__name__)


class Transport:
    """See `mindful.player.ports.Speaker`, whose shape this has.

    `ways` are tried in order. With `threaded` false nothing runs by itself: a test calls `work()`, and `open_now()`
    where a device is to be opened.
    """

    def __init__(
        self, ways: Sequence[Way], *, clock: Now, mixer: Mixer | None = None, threaded: bool = True, choice: str = ""
    ) -> None:
        self._clock, self._threaded = clock, threaded
        self._mixer = mixer or Mixer()
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._done = threading.Event()
        self._worker: threading.Thread | None = None
        self._opening = Opening(ways, choice, self._wake.set)
        self._sink_now: Sink | None = None
        self._map: StreamMap | None = None
        self._written = 0
        self._wish = NOTHING
        self._gain, self._levels = 1.0, AS_MADE
        self._hold: tuple[int, int] | None = None
        self._floor = 0.0
        self._give_up = 0.0
        self._retry_at: float | None = None
        self._tries = 0
        self._had_sound = False
        self._doubtful = False
        """Whether a device went away: one that opens may be the same, and still not play."""
        self._trial: tuple[Sink, float, float] | None = None
        """(a device that is to prove itself, since when, frame heard at `PROVE_FROM_S`)."""
        self._moved = (-1.0, 0.0, 0.0)
        """(frame heard at the last look, when that was, seconds that it has not moved)."""
        self._close_at: float | None = None
        self._closed = False
        self._past_underruns = 0
        self._notices: list[str] = []
        self._told_files = 0
        self.sink = ""
        """The name of what carries the sound; `null` when nothing does; empty until that is decided."""
        self.clock: ClockKind = "monotonic"
        """`audio` while a device plays."""
        self.rate = RATE

    # What the player sees.

    @property
    def chosen(self) -> str:
        """Which sink plays, and why not the others; for `mindful doctor` and the log."""
        return self._opening.chosen

    @property
    def underruns(self) -> int:
        """Holes heard so far, as far as the sinks can tell."""
        sink = self._sink_now
        return self._past_underruns + (sink.underruns if sink is not None else 0)

    @property
    def ahead_ms(self) -> int:
        """How far beyond what is heard the sound is already with the device."""
        with self._lock:
            sink = self._sink_now
            if sink is None or not sink.wants_frames:
                return 0
            now = self._clock.now()
            return max(0, round(ms_of(sink.edge(now) - sink.heard(now))))

    @property
    def finished(self) -> bool:
        """Whether everything has been heard and the device is free."""
        return self._done.is_set()

    def start(self, timeline: Timeline, position_ms: int = 0) -> None:
        """Begin to play at `position_ms`. The device is opened in the background, within `OPEN_S` seconds."""
        self._ask(timeline=timeline, target=frame_of(position_ms), playing=True)
        self._give_up = self._clock.now() + OPEN_S
        if self._threaded and self._worker is None and not self._closed:
            self._open_in_background()
            self._worker = threading.Thread(target=self._run, daemon=True, name="mindful-sound")
            self._worker.start()

    def update(self, timeline: Timeline, fade_ms: int = 0) -> None:
        """What comes next has changed. Nothing is touched where it sounds the same; with `fade_ms` all fades over."""
        self._ask(timeline=timeline, **({"soft_ms": fade_ms} if fade_ms else {}))

    def pause(self) -> None:
        """Fade out; the position stands where the fade began."""
        self._ask(playing=False)

    def resume(self) -> None:
        """Fade in; the frame where the pause began is heard next."""
        self._ask(playing=True)

    def seek(self, position_ms: int) -> None:
        """Go to `position_ms`, also while paused."""
        self._ask(target=max(0, frame_of(position_ms)))

    def volume(self, level: float) -> None:
        """Loudness, 0 to 1; the gain is its square, which is nearer to what ears call half as loud."""
        self._ask(gain=min(1.0, max(0.0, level)) ** 2)

    def levels(self, levels: Levels) -> None:
        """How loud voice, breath tone, bells and background are; heard soon, in a short cross-fade. Time runs on."""
        self._ask(levels=levels)

    def position(self, now: float) -> float:
        """The position heard at `now`, in ms."""
        with self._lock:
            if self._wish.target is not None:
                self._floor = float(self._wish.target)
                return ms_of(self._floor)
            sink, stream = self._sink_now, self._map
            if sink is None or stream is None:
                return ms_of(self._floor)
            heard = sink.heard(now)
            if self._hold is not None and heard < self._hold[0]:
                self._floor = max(self._floor, float(self._hold[1]))
            else:
                self._hold = None
                self._floor = max(self._floor, stream.session_at(heard))
            return ms_of(self._floor)

    def notices(self) -> list[str]:
        """What the client should be told; each once."""
        with self._lock:
            for problem in self._mixer.problems[self._told_files :]:
                self._notices.append(_("A background sound is left out: {problem}.").format(problem=problem))
            self._told_files = len(self._mixer.problems)
            out, self._notices = self._notices, []
            return out

    def finish(self, fade_ms: int = 0) -> None:
        """Let the last sounds ring out, or fade; then close, in the background."""
        self._ask(fade_ms=fade_ms)

    def wait(self, seconds: float) -> bool:
        """Wait until what `finish` lets ring has been heard, at most so long. Returns whether it has."""
        return self._done.wait(seconds)

    def close(self) -> None:
        """Fade at once and free the device."""
        with self._lock:
            self._closed = True
        self._wake.set()
        worker = self._worker
        if worker is not None and worker is not threading.current_thread():
            worker.join(1.0)
        elif worker is None:
            self._shut()

    # What the worker does.

    def work(self) -> None:
        """One round: adopt a device, notice a loss, carry out wishes, mix ahead."""
        now = self._clock.now()
        self._adopt(now)
        self._watch(now)
        if self._sink_now is None:
            return
        self._carry_out()
        self._fill()
        if self._close_at is not None:
            self._ring_out()

    def open_now(self) -> None:
        """Try the ways in order, on this thread. The first that opens is adopted by the next round."""
        self._opening.attempt()

    def _ask(self, **what: object) -> None:
        with self._lock:
            self._wish = replace(self._wish, **what)  # type: ignore[arg-type]
        self._wake.set()

    def _open_in_background(self) -> None:
        if not self._threaded:
            return
        self._opening.begin()

    def _run(self) -> None:
        warmed: Timeline | None = None
        while not self._closed and not self._done.is_set():
            self._wake.wait(WORK_S)
            self._wake.clear()
            try:
                timeline = self._wish.timeline
                if timeline is not None and timeline is not warmed:
                    warmed = timeline
                    self._mixer.warm(timeline, int(self._floor))
                self.work()
            except Exception:
                _log.exception("the sound stops, the session goes on")
                if self._wish.fade_ms is not None:
                    break  # it was to end anyway
                self._lose(self._clock.now())
                self._wish = NOTHING
        self._shut()

    def _shut(self) -> None:
        with self._lock:
            sinks = [self._opening.end(), self._sink_now, self._trial[0] if self._trial else None]
            self._trial = None
            self._past_underruns = self.underruns
            # `sink` and `clock` stay: the record asks for them when it is closed.
            self._sink_now, self._map, self._closed = None, None, True
        for sink in sinks:
            if sink is not None:
                with contextlib.suppress(Exception):
                    sink.close()
        self._done.set()

    def _take(self, sink: Sink, stream: StreamMap) -> None:
        """From now on the session is heard through `sink`."""
        if self._sink_now is not None:
            self._past_underruns += self._sink_now.underruns
        self._sink_now, self._map = sink, stream
        self.sink, self.clock = sink.name, sink.clock
        self._moved = (-1.0, 0.0, 0.0)

    def _adopt(self, now: float) -> None:
        """Take over a device that has been opened; with none, fall back to silence."""
        sink, refused = self._opening.result()
        if self._doubtful and sink is not None:
            self._trial = sink, now, -1.0
        if self._trial is not None:
            sink = self._proven(now)
        if sink is None:
            if self._sink_now is None and (refused or now >= self._give_up):
                self._silent(now, NO_DEVICE)
            elif refused:
                self._retry_at = now + (RETRY_S if self._tries < SLOW_AFTER else RETRY_SLOW_S)
            return
        with self._lock:
            old, wish = self._sink_now, self._wish
            if old is None:
                at = wish.target or 0
                self._gain = self._gain if wish.gain is None else wish.gain
                self._levels = wish.levels or self._levels
                stream = StreamMap(Piece(-FADE, at, False, wish.timeline or Timeline(), self._levels), self._gain)
                self._floor, self._written = float(at), sink.edge(now)
            else:
                stream = self._welcome_back(sink, old, now)
            self._take(sink, stream)
            self._retry_at, self._tries, self._had_sound, self._doubtful = None, 0, True, False

    def _proven(self, now: float) -> Sink | None:
        """The device on trial, once its time has been seen to move; one that fails is closed and tried again later."""
        assert self._trial is not None
        sink, since, heard = self._trial
        if now - since < PROVE_S:
            if heard < 0 and now - since >= PROVE_FROM_S:
                self._trial = sink, since, sink.heard(now)
            return None
        self._trial = None
        if sink.alive(now) and sink.heard(now) > heard >= 0:
            return sink
        with contextlib.suppress(Exception):
            sink.close()
        self._retry_at = now + (RETRY_S if self._tries < SLOW_AFTER else RETRY_SLOW_S)
        return None

    def _welcome_back(self, sink: Sink, old: Sink, now: float) -> StreamMap:
        """The session goes on as it was, unheard up to the first frame that can be written, then fades in."""
        assert self._map is not None
        here, heard = self._map.session_at(old.heard(now)), sink.heard(now)
        last, at = self._map.last, sink.edge(now) + RATE // 20
        # A pause holds; what plays stands where it would be heard had the sound never gone.
        session = round(here - (heard if last.playing else 0))
        stream = StreamMap(Piece(-FADE, session, last.playing, last.timeline, self._levels), 0.0)
        stream.knots = [(float(at), 0.0), (float(at + RETURN), self._gain)]
        self._written, self._hold = at, None
        self._notices.append(BACK if self._had_sound else FOUND)
        return stream

    def _watch(self, now: float) -> None:
        """Notice a device that went away, and try again when it is time."""
        sink = self._sink_now
        if sink is not None and sink.wants_frames and (not sink.alive(now) or self._stands_still(sink, now)):
            self._lose(now)
        elif self._opening.busy or self._trial is not None:
            pass
        elif self._retry_at is not None and now >= self._retry_at and not self._closed:
            self._retry_at = None
            self._tries += 1
            self._open_in_background()

    def _stands_still(self, sink: Sink, now: float) -> bool:
        heard = sink.heard(now)
        before, at, still = self._moved
        still = still + min(now - at, ROUND_S) if heard == before else 0.0
        self._moved = heard, now, still
        return still >= STILL_S

    def _lose(self, now: float) -> None:
        lost = self._sink_now
        ended = lost is not None and lost.heard(now) >= lost.limit
        self._doubtful = not ended
        self._silent(now, "" if ended else LOST)
        if ended:
            self._retry_at = now
        if lost is not None and lost.wants_frames:
            with contextlib.suppress(Exception):
                lost.close()

    def _silent(self, now: float, notice: str) -> None:
        """Go on from here without sound."""
        with self._lock:
            old, stream = self._sink_now, self._map
            wish = self._wish
            null = NullSink(self._clock)
            null.open()
            if old is None or stream is None:
                at, playing = wish.target or 0, wish.playing is not False
                timeline = wish.timeline or Timeline()
                self._wish = replace(wish, target=None, timeline=None, playing=None)
            else:
                # A seek that was on its way to be heard is where the session goes on, not where it came from.
                at = round(max(self._floor, frame_of(self.position(now))))
                playing, timeline = stream.last.playing, stream.last.timeline
            self._hold, self._floor = None, float(at)
            self._take(null, StreamMap(Piece(-FADE, at, playing, timeline, self._levels), self._gain))
            self._written = 0
            self._retry_at = now + RETRY_S if self._opening.ways else None
            if notice and notice not in self._notices:
                self._notices.append(notice)

    def _carry_out(self) -> None:
        """Make the wishes so far one change of the stream, at the nearest frame that can still be changed."""
        with self._lock:
            wish = self._wish
        if wish == NOTHING:
            return
        for _last in range(TRIES):
            sink, stream = self._sink_now, self._map
            if sink is None or stream is None:
                return
            at = sink.edge(self._clock.now())
            changed, since = changed_by(wish, stream, at, self._written, self._mixer)
            written = self._written
            if since is not None:
                written = since + TILE
                if sink.wants_frames and not sink.write(since, changed.content(self._mixer.render, since, TILE)):
                    continue  # the moment passed meanwhile: further on
            with self._lock:
                last = changed.last
                if wish.target is not None or (last.playing and last.stream == at and not last.flows):
                    self._hold = (last.stream + FADE, last.session)
                if wish.target is not None:
                    self._floor = float(wish.target)
                self._gain = self._gain if wish.gain is None else wish.gain
                self._levels = wish.levels or self._levels
                if wish.fade_ms is not None:
                    self._close_at = end_of(wish, changed, at, self._mixer)
                self._map, self._written = changed, written
                self._wish = without(self._wish, wish)
            break
        if self._wish != NOTHING:
            self._wake.set()

    def _ring_out(self) -> None:
        sink = self._sink_now
        if sink is None or self._close_at is None or sink.heard(self._clock.now()) >= self._close_at:
            self._shut()
        elif not sink.wants_frames:
            self._shut()  # nobody hears it ring

    def _fill(self) -> None:
        """Mix up to `LEAD` ahead of the listener."""
        while not self._closed:
            sink, stream = self._sink_now, self._map
            if sink is None or stream is None or not sink.wants_frames:
                return
            now = self._clock.now()
            heard = sink.heard(now)
            edge = sink.edge(now)
            if self._written < edge:
                self._catch_up(stream, edge)
                stream = self._map
                if stream is None:
                    return
            stream.forget(int(heard) - RATE)
            if self._written >= min(heard + LEAD, sink.limit):
                return
            sink.write(self._written, stream.content(self._mixer.render, self._written, TILE))
            self._written += TILE
            if self._wish != NOTHING:
                self._wake.set()
                return

    def _catch_up(self, stream: StreamMap, edge: int) -> None:
        """We were held up and the device ran dry: go on with what has not been heard instead of leaving it out."""
        with self._lock:
            self._past_underruns += stream.last.playing
            changed = stream.copy()
            changed.cut(edge, round(stream.session_at(self._written)), stream.last.playing, stream.last.timeline)
            self._map, self._written = changed, edge
