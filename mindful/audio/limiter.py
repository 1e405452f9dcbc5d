"""Keeps the loudest moments under the ceiling by turning them down a little, early and softly. Called by the mixer.

The gain at a frame depends on the peaks around it and on nothing else, so it is the same in every block: peaks are
taken in hops of a few frames, between the samples too (true peak, at four times the rate), the least gain that is
needed around each hop is taken, and a window smooths it. The way down is over when the peak comes, and no wave is bent:
unlike a clipper it adds no overtones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mindful.audio.units import TILE, Block, Curve, decibels

CEILING = decibels(-1.5)
"""No true peak is above it; half a decibel is left for what a codec adds to stay under -1 dBTP."""
HOP = 64
SPREAD = 30
"""Hops on either side of the window: the way down takes 80 ms, and the way up as long."""
HOPS = TILE // HOP
REACH = (2 * SPREAD + 2) * HOP
"""Frames before and after a peak in which the gain depends on it; less than a tile."""
MARGIN = 16
"""Frames beyond either end of a tile that its peaks between the samples depend on."""

_TIMES = 4
_HALF = MARGIN // 2
_WINDOW = np.hanning(2 * SPREAD + 3)[1:-1]
_WINDOW /= _WINDOW.sum()


def _kernels() -> npt.NDArray[np.float32]:
    """Interpolators for a quarter, a half and three quarters between two samples, (16, 3)."""
    taps = np.arange(-_HALF + 1, _HALF + 1)
    out = []
    for k in range(1, _TIMES):
        x = taps - k / _TIMES
        out.append(np.sinc(x) * np.kaiser(2 * _HALF * 16 + 1, 6.0)[np.round((x + _HALF) * 16).astype(int)])
    found = np.stack(out, axis=1)
    return np.asarray(found / found.sum(axis=0), dtype=np.float32)


_KERNELS = _kernels()
_MOST = float(np.abs(_KERNELS).sum(axis=0).max())
"""No value between samples is larger than this many times the largest sample."""


def needed(x: Block) -> Curve | None:
    """The gain that each hop of a tile needs, (HOPS,), from the tile with `MARGIN` on either side; None: none is."""
    if float(np.abs(x).max(initial=0.0)) * _MOST <= CEILING:
        return None
    peaks = _peaks(np.ascontiguousarray(x.T))
    if peaks.max() <= CEILING:
        return None
    out: Curve = np.minimum(1.0, CEILING / np.maximum(peaks, 1e-9))
    return out


def _peaks(x: npt.NDArray[np.float32]) -> Curve:
    """The true peak of each hop, (HOPS,), over the channels (c, TILE + 2 * MARGIN); 0 where it cannot matter."""
    size = np.abs(x).max(axis=0)
    hops = size[MARGIN : MARGIN + TILE].reshape(HOPS, HOP).max(axis=1).astype(np.float64)
    ends = [size[:MARGIN].max(), *hops, size[-MARGIN:].max()]
    around = np.maximum(np.maximum(ends[:-2], ends[2:]), hops)
    loud = np.flatnonzero(around * _MOST > CEILING)
    first = loud * HOP + MARGIN - _HALF + 1
    piece = x[:, first[:, None] + np.arange(HOP + 2 * _HALF - 1)]
    values = np.zeros((_TIMES - 1, len(x), len(loud), HOP), np.float32)
    for tap in range(2 * _HALF):
        values += _KERNELS[tap, :, None, None, None] * piece[:, :, tap : tap + HOP]
    hops[loud] = np.maximum(hops[loud], np.abs(values).max(axis=(0, 1, 3)))
    return np.asarray(hops, dtype=np.float64)


def gain(before: Curve | None, here: Curve | None, after: Curve | None) -> Curve | None:
    """The gain of each frame of a tile, (TILE,), from what it and its neighbours need; None where it is 1."""
    if before is None and here is None and after is None:
        return None
    need = np.concatenate([np.ones(HOPS) if n is None else n for n in (before, here, after)])
    # One more on either side than the window has: between two hops the gain is on the line from one to the other.
    least = np.lib.stride_tricks.sliding_window_view(np.pad(need, SPREAD + 1, constant_values=1.0), 2 * SPREAD + 3)
    smooth = np.convolve(np.pad(least.min(axis=1), SPREAD, constant_values=1.0), _WINDOW, "valid")
    middle = (np.arange(3 * HOPS) - HOPS + 0.5) * HOP
    out: Curve = np.interp(np.arange(TILE, dtype=np.float64) + 0.5, middle, smooth)
    return out if out.min() < 1.0 else None
