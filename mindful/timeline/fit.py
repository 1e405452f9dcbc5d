"""A session of a wanted length: how much each silence, sit and breathing changes so that the whole takes that time.

`fitted` is for whoever plays, shows or renders a script; `limits` for whoever offers lengths to choose from; `refit`
for the player, which learns while it plays how long the spoken lines really are. All pure: a setup in, a setup out.

Only what is certain to be played is counted: open steps take as long as the client takes, and what an answer decides
is not known. Steps in a branch change by the same share as all others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from mindful.script.values import UnresolvedError
from mindful.timeline.as_clock import clock
from mindful.timeline.outline import outline
from mindful.timeline.solve import Flexible, solve
from mindful.timeline.stretch import AS_WRITTEN, Stretch
from mindful.timeline.unfold import Setup


class UnfitError(ValueError):
    """The script may not be given this length; the words are for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a script can be fitted to, in ms, open steps counted as nothing."""

    least_ms: int
    most_ms: int
    written_ms: int
    """What it takes as it was written."""
    open: bool
    """Whether what the client decides comes on top."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A setup whose session takes the wanted time, or the nearest to it."""

    setup: Setup
    wanted_ms: int
    total_ms: int
    """What it takes now, open steps counted as nothing."""
    open: bool
    why: str
    """In a sentence why it is not exactly what was wanted; empty where it is."""

    @property
    def words(self) -> str:
        """What there is to say about it; empty where it is exactly as was wanted and nothing is open."""
        rest = "What you decide on the way comes on top: questions, choices, open steps." if self.open else ""
        return " ".join(part for part in (self.why, rest) if part)


def limits(setup: Setup) -> Limits | None:
    """What the author of this script lets it be fitted to, as far as it can be; None where there is no `fit`."""
    asked = allowed(setup)
    if asked is None:
        return None
    parts, fixed, written, unsure = _parts(setup, {}, ())
    if not parts:
        return Limits(written, written, written, unsure)
    # Where all of it cannot be as short as the author allows, it can be as short as it can be.
    least = max(asked[0], fixed + sum(p.least_ms for p in parts))
    return Limits(least, max(least, asked[1]), written, unsure)


def fitted(setup: Setup, wanted_ms: int) -> Fitted:
    """The setup with which the session takes `wanted_ms`, exactly where that can be.

    Raises UnfitError where the script has no `fit`, or one that does not reach so far.
    """
    asked = allowed(setup)
    if asked is None:
        raise UnfitError(
            "This session has one length. Its author has not said how far it may be stretched "
            "(that is the line `fit: {min: 4 min, max: 20 min}` in the script)."
        )
    if not asked[0] <= wanted_ms <= asked[1]:
        least, most = (clock(ms) for ms in asked)
        raise UnfitError(f"This session can take {least} to {most}; {clock(wanted_ms)} is outside.")
    parts, fixed, _, unsure = _parts(setup, {}, ())
    change, lengths = solve(parts, wanted_ms - fixed)
    stretch = Stretch(change, _lengths(parts, lengths), wanted_ms)
    total = fixed + sum(p.elastic.ms(n) for p, n in zip(parts, lengths, strict=True))
    return Fitted(replace(setup, stretch=stretch), wanted_ms, total, unsure, _why(parts, fixed, wanted_ms, total))


def refit(setup: Setup, begun: Collection[str]) -> Setup:
    """The same wanted time with what is known now of the spoken lines; the steps at the paths `begun` do not change."""
    old = setup.stretch
    if old.wanted_ms is None:
        return setup
    parts, fixed, _, _ = _parts(setup, old.lengths, begun)
    _, lengths = solve(parts, old.wanted_ms - fixed)
    kept = {path: length for path, length in old.lengths.items() if path in begun}
    return replace(setup, stretch=replace(old, lengths=kept | _lengths(parts, lengths)))


def allowed(setup: Setup) -> tuple[int, int] | None:
    """The least and the most that the author allows, in ms; None where there is no `fit`."""
    fit = setup.script.fit
    if fit is None:
        return None
    values = {**setup.script.defaults(), **setup.variables}
    try:
        return fit.min.resolve(values), fit.max.resolve(values)
    except UnresolvedError:
        return None


def _parts(
    setup: Setup, lengths: Mapping[str, tuple[int, int]], begun: Collection[str]
) -> tuple[list[Flexible], int, int, bool]:
    """(what can change, ms of all else that is certain, ms as written, whether more may come on top)."""
    laid = outline(replace(setup, stretch=AS_WRITTEN))
    parts, fixed = [], laid.sure_ms
    for path, elastic in laid.parts:
        written = elastic.ms(elastic.written)
        if path in begun:
            fixed += elastic.ms(lengths.get(path, (0, elastic.written))[1]) - written
        elif elastic.weight > 0 and elastic.written > 0:
            fixed -= written
            parts.append(Flexible(path, elastic))
    return parts, fixed, laid.sure_ms, laid.total_ms is None


def _lengths(parts: list[Flexible], lengths: list[int]) -> dict[str, tuple[int, int]]:
    return {p.path: (p.elastic.written, n) for p, n in zip(parts, lengths, strict=True)}


def _why(parts: list[Flexible], fixed: int, wanted: int, total: int) -> str:
    if total == wanted:
        return ""
    if not parts:
        return f"Nothing in it can be longer or shorter: it takes {clock(total)}."
    shortest = fixed + sum(p.least_ms for p in parts)
    if wanted < shortest:
        return f"The shortest it can be is {clock(shortest)}."
    return f"Only whole breaths can change here: the nearest is {clock(total)}."
