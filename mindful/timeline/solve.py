"""How a time is shared out among what can change: silences by the millisecond, breathing by whole cycles. For `fit`.

First one change, as a share of every part and times its weight, is found with which all together come to the time, as
if breaths could be cut. Then each breathing gets whole cycles near its share, so that they come near their time
together; and last the silences take up, to the millisecond, what is left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mindful.timeline.stretch import Elastic

_WEIGHED = 6
"""So many breathings are weighed against one another; the others are rounded, each taking on the error so far."""


@dataclass(frozen=True, slots=True)
class Flexible:
    """One part that can change, with a weight above 0."""

    path: str
    elastic: Elastic

    @property
    def written_ms(self) -> int:
        return self.elastic.ms(self.elastic.written)

    @property
    def least_ms(self) -> int:
        return self.elastic.ms(self.elastic.least)


def solve(parts: Sequence[Flexible], wanted_ms: int) -> tuple[float, list[int]]:
    """(change, length of each part in its ms or cycles) so that all come to `wanted_ms`, or as near as can be."""
    change = _change(parts, wanted_ms)
    lengths = [p.elastic.at(change) for p in parts]
    breaths = [i for i, p in enumerate(parts) if p.elastic.cycles is not None]
    silences = [i for i, p in enumerate(parts) if p.elastic.cycles is None]
    quiet = [parts[i] for i in silences]
    if breaths:
        least = sum(p.least_ms for p in quiet)
        cycles = _whole([parts[i] for i in breaths], change, wanted_ms, least if quiet else None)
        for i, n in zip(breaths, cycles, strict=True):
            lengths[i] = n
    left = wanted_ms - sum(parts[i].elastic.ms(lengths[i]) for i in breaths)
    for i, ms in zip(silences, _share(quiet, left), strict=True):
        lengths[i] = ms
    return change, lengths


def _change(parts: Sequence[Flexible], wanted_ms: int) -> float:
    """The change with which all parts come to `wanted_ms`, as if breaths could be cut.

    Where they cannot come down so far, the one at which all are as short as they can be.
    """
    known = [(p.written_ms, p.least_ms, p.elastic.weight) for p in parts]
    # From the change at which a part is as short as it can be, upwards it grows with its weight.
    grows = sorted(((least / ms - 1) / weight, ms, least, weight) for ms, least, weight in known)
    if not grows:
        return 0.0
    base, slope, rest = 0.0, 0.0, float(sum(least for _, _, least, _ in grows))
    for k, (_, ms, least, weight) in enumerate(grows):
        base, slope, rest = base + ms, slope + ms * weight, rest - least
        change = (wanted_ms - rest - base) / slope
        if k + 1 == len(grows) or change <= grows[k + 1][0]:
            return max(change, grows[0][0])
    raise AssertionError("the last part ends the search")


def _share(parts: Sequence[Flexible], wanted_ms: int) -> list[int]:
    """Whole ms for each silence, none below its least, that come to exactly `wanted_ms` wherever they can."""
    if not parts:
        return []
    change = _change(parts, wanted_ms)
    ideal = [p.elastic.ideal(change) for p in parts]
    out = [math.floor(x) for x in ideal]
    left = wanted_ms - sum(out)
    # Most of what is left is less than a ms each: those whose share was cut most get it first.
    order = sorted(range(len(out)), key=lambda i: (out[i] - ideal[i], i))
    for i in order[: max(0, left)]:
        out[i] += 1
    return out


def _whole(parts: Sequence[Flexible], change: float, wanted_ms: int, least_silence: int | None) -> list[int]:
    """Whole cycles for each breathing, near its share; together near what they are to take.

    `least_silence`: what all silences together need; None where there are none to take up the rest.
    """
    shares = [p.elastic.ideal(change) for p in parts]
    aim = sum(p.written_ms * x / p.elastic.written for p, x in zip(parts, shares, strict=True))
    chosen: list[int] = []
    done, ideal = 0, 0.0
    for p, x in zip(parts[:-_WEIGHED], shares[:-_WEIGHED], strict=True):
        per = p.written_ms / p.elastic.written
        chosen.append(p.elastic.within(round(x + (ideal - done) / per)))
        done += p.elastic.ms(chosen[-1])
        ideal += per * x
    # total so far -> (how uneven, cycles): of the ways to one total only the evenest is kept
    ways: dict[int, tuple[float, tuple[int, ...]]] = {done: (0.0, ())}
    for p, x in zip(parts[-_WEIGHED:], shares[-_WEIGHED:], strict=True):
        near = {p.elastic.within(math.floor(x) + k) for k in (-1, 0, 1, 2)}
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for total, (uneven, cycles) in ways.items():
            for n in near:
                found = (uneven + ((n - x) / x) ** 2, (*cycles, n))
                at = total + p.elastic.ms(n)
                if at not in longer or found < longer[at]:
                    longer[at] = found
        ways = longer

    def worth(total: int) -> tuple[float, float, float]:
        left = wanted_ms - total
        # Silences can take up any time that is left, but not give more than they have.
        miss = abs(left) if least_silence is None else max(0, least_silence - left)
        return miss, abs(total - aim), ways[total][0]

    return [*chosen, *ways[min(ways, key=worth)][1]]
