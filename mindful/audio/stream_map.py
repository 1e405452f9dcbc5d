"""Which frame of the session stands at which frame of a sink's stream. The transport writes its stream from this.

A stream runs on as long as the device plays; the session pauses, jumps and is changed. Each such change is a *cut* at a
stream frame: from there the old sound fades out and the new one in, over `FADE` frames. The new piece starts that much
before the frame that was asked for, so the frame itself, and a bell that stands on it, is heard whole.

Where only the way it sounds changes, the new piece *flows*: the session runs on at the same frames beneath a short
cross-fade, and what sounds alike in both is heard without a seam.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mindful.audio.levels import AS_MADE, Levels
from mindful.audio.units import RATE, Block, Curve, rise
from mindful.timeline.model import Timeline

FADE = 30 * RATE // 1000
SOFT = RATE // 10
"""Frames of the cross-fade in which a piece flows, where nothing begins meanwhile."""
Render = Callable[[Timeline, int, int, Levels], Block]


@dataclass(frozen=True, slots=True)
class Piece:
    """From `stream` on: the session, so that `session` stands at `stream + FADE`; or, not playing, silence."""

    stream: int
    session: int
    playing: bool
    timeline: Timeline
    levels: Levels = AS_MADE
    waits: int | None = None
    """The session's frame before which its position is not said to be; None is `session`. Other where a piece flows."""
    flows: int = 0
    """Frames of the cross-fade in which it flows; 0: it was cut."""

    @property
    def whole(self) -> int:
        """The stream frame from which on nothing of what was before is heard."""
        return self.stream + (self.flows or FADE)

    def at(self, stream: float) -> float:
        """The session's position at a stream frame: while it fades in, where it waits."""
        waits = self.session if self.waits is None else self.waits
        return max(float(waits), self.session + stream - self.stream - FADE) if self.playing else float(self.session)


class StreamMap:
    """The pieces of one stream, and its loudness. `copy()` before a change that may have to be made again."""

    def __init__(self, first: Piece, gain: float) -> None:
        self.pieces = [first]
        self.knots: list[tuple[float, float]] = [(0.0, gain)]

    def copy(self) -> StreamMap:
        """The same, to change."""
        new = StreamMap(self.pieces[0], 1.0)
        new.pieces, new.knots = list(self.pieces), list(self.knots)
        return new

    @property
    def last(self) -> Piece:
        """The piece that goes on."""
        return self.pieces[-1]

    @property
    def goal(self) -> float:
        """The gain that is reached in the end."""
        return self.knots[-1][1]

    def session_at(self, stream: float) -> float:
        """The session frame that stands at a stream frame; in a pause, and while a piece fades in, where it waits."""
        pieces = self.pieces
        piece = next((p for p in reversed(pieces) if p.stream <= stream), pieces[0])
        return piece.at(stream)

    def stream_of(self, session: int) -> int:
        """Where a session frame of the last piece stands."""
        return self.last.stream + FADE + session - self.last.session

    def cut(self, at: int, session: int, playing: bool, timeline: Timeline, levels: Levels | None = None) -> None:
        """From stream frame `at`, go over to `session`, or hold there in silence."""
        kept = [p for p in self.pieces if p.stream < at]
        new = Piece(at, session, playing, timeline, self.last.levels if levels is None else levels)
        self.pieces = [*(kept or [replace(self.pieces[0], stream=at - 1)]), new]

    def retell(self, timeline: Timeline) -> None:
        """The last piece follows another timeline, which is the same up to what can still be changed."""
        self.pieces = [*self.pieces[:-1], replace(self.last, timeline=timeline)]

    def flow(self, at: int, frames: int = SOFT, **other: Any) -> None:
        """From stream frame `at`, the last piece goes on at the same frames but sounds otherwise."""
        last = self.last
        waits = last.session if last.waits is None else last.waits
        moved = at - last.stream if last.playing else 0
        new = replace(last, stream=at, session=last.session + moved, waits=waits, flows=frames, **other)
        kept = [p for p in self.pieces if p.stream < at]
        self.pieces = [*(kept or [replace(last, stream=at - 1, session=new.session - last.playing, waits=waits)]), new]

    def gain_at(self, stream: float) -> float:
        """The gain at a stream frame."""
        return float(self._gain(np.asarray([stream]))[0])

    def _gain(self, frames: Curve) -> Curve:
        x, y = zip(*self.knots, strict=True)
        return np.asarray(np.interp(frames, x, y), dtype=np.float64)

    def ramp(self, at: int, goal: float, frames: int) -> None:
        """From `at` on the gain goes to `goal` over so many frames."""
        here = self.gain_at(at)
        self.knots = [*(k for k in self.knots if k[0] < at), (float(at), here), (float(at + frames), goal)]

    def forget(self, before: int) -> None:
        """Drop what lies wholly before a stream frame; nothing asks for it any more."""
        # New lists: another thread may be looking into the old ones.
        k = sum(1 for p in self.pieces[1:] if p.whole <= before)
        if k:
            self.pieces = self.pieces[k:]
        k = sum(1 for x, _ in self.knots[1:] if x <= before)
        if k:
            self.knots = self.knots[k:]

    def content(self, render: Render, first: int, n: int) -> Block:
        """Frames of the stream as they are to be heard, (n, 2)."""
        last = first + n
        # What lies before this piece has faded by now.
        start = max((i for i, p in enumerate(self.pieces) if p.whole <= first), default=0)
        out = self._own(self.pieces[start], render, first, n)
        for piece in self.pieces[start + 1 :]:
            a = max(first, piece.stream)
            if a >= last:
                break
            frames = np.arange(a, last, dtype=np.float64)
            new = self._own(piece, render, a, last - a)
            w = rise((frames - piece.stream) / (piece.whole - piece.stream)).astype(np.float32)[:, None]
            # In this form, what is alike in both stays as it is to the last bit.
            out[a - first :] = np.where(w < 1.0, out[a - first :] + (new - out[a - first :]) * w, new)
        gain = self._gain(np.arange(first, last, dtype=np.float64))
        if gain.min() < 1.0 or gain.max() > 1.0:
            out *= gain.astype(np.float32)[:, None]
        return out

    @staticmethod
    def _own(piece: Piece, render: Render, first: int, n: int) -> Block:
        if not piece.playing:
            return np.zeros((n, 2), np.float32)
        return render(piece.timeline, piece.session + first - piece.stream - FADE, n, piece.levels)
