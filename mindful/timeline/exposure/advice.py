"""What could come next, by two models that disagree, each under its own name. Pure; words in `advice_words`.

*Habituation* (emotional processing; Foa and Kozak 1986): stay, and come back, until the distress is low, then take the
next step. It is simple and widely taught; that the fall within one exposure tells who gets better was not confirmed
(Craske et al. 2008; Baker et al. 2010, 44 people afraid of heights: the fall between sessions told of change in the
short term only).

*Inhibitory learning* (Craske et al. 2008, 2014): what counts is how far what came differs from what was expected. It
varies, combines and takes away safety signals. Its strategies come from laboratory work on extinction; as a whole they
were described with case studies, and not tested in a trial of the whole.

Neither decides anything: a client chooses, with a therapist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mindful.script.ladder import Ladder, LadderItem
from mindful.timeline.exposure.runs import Course, Run, courses

Model = Literal["habituation", "inhibitory"]
Strategy = Literal[
    "begin", "again", "step-up", "step-down", "smaller", "top", "talk",
    "expectancy", "shorter", "safety", "variability", "deepened", "reinforced", "contexts",
]  # fmt: skip

LOW = 30
"""A peak at or below this is low enough to go on, out of 100. Custom, not a finding."""
HALF = 50
"""Or an end that is this much lower than the peak, in percent: the usual rule of staying until it halves."""
DOUBT = 25
"""What is expected this weakly or less holds nothing more to find out, out of 100. Custom."""
SMALL_GAP = 10
"""Where the expectation moved less than this, the exposure did not test it."""

APART = 30
"""How far, in SUDS, something quite different is from what was done last: out of order, and no leap. Custom."""
OFTEN = 3
"""Ended before its time so often in a row: neither model goes on before that was talked about. Custom."""

SOURCES: dict[Model, tuple[str, ...]] = {
    "habituation": ("foa-kozak-1986", "baker-2010"),
    "inhibitory": ("craske-2014", "craske-2008"),
}
"""Keys of `sessions/bibliography.json`."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One suggestion."""

    model: Model
    strategy: Strategy
    item: str | None
    """The item's key; None where the ladder has none."""
    other: str | None = None
    """A second one, where two are taken together."""


def advise(ladder: Ladder, runs: Sequence[Run]) -> tuple[Advice, ...]:
    """What each model suggests after these runs of a ladder, oldest first; nothing for a ladder without items."""
    items = sorted(ladder.items, key=lambda i: i.suds)
    if not items:
        return ()
    known = {i.key for i in items}
    alone = [r for r in runs if r.item in known]
    pairs = courses([r for r in runs if r.combined and known.issuperset(r.combined)])
    done = courses(alone)
    last = next(reversed(alone), None)
    if last is None:
        start = _start(items).key
        return (Advice("habituation", "begin", start), Advice("inhibitory", "begin", start))
    course = next(c for c in done if c.item == last.item)
    if course.stopped >= OFTEN and not learned(course):
        return (Advice("habituation", "talk", course.item), Advice("inhibitory", "talk", course.item))
    return (_habituation(items, done, course), _inhibitory(items, done, pairs, course))


def _start(items: Sequence[LadderItem]) -> LadderItem:
    """Where to begin: the easiest that stirs something (20 or more), else the easiest."""
    return next((i for i in items if i.suds >= 20), items[0])


def settled(course: Course) -> bool:
    """By habituation: the last run's peak is low, or the last two ended at half their peak or lower."""
    last = course.runs[-1]
    if last.peak is None or last.ended == "left":
        return False
    if last.peak <= LOW and last.ended != "chosen":
        return True
    two = course.runs[-2:]
    return len(two) == 2 and all((r.fall or 0) >= HALF and r.ended in ("time", "until") for r in two)


def _habituation(items: Sequence[LadderItem], done: Sequence[Course], course: Course) -> Advice:
    order = [i.key for i in items]
    at = order.index(course.item)
    settled_ = {c.item for c in done if settled(c)}
    if course.item not in settled_:
        if course.stopped >= 2:
            return (
                Advice("habituation", "step-down", order[at - 1]) if at else Advice("habituation", "smaller", order[0])
            )
        return Advice("habituation", "again", course.item)
    later = next((k for k in order[at + 1 :] if k not in settled_), None)
    if later is None:
        later = next((k for k in order if k not in settled_), None)
    return Advice("habituation", "top", course.item) if later is None else Advice("habituation", "step-up", later)


def learned(course: Course) -> bool:
    """By inhibitory learning: the same is hardly expected any more."""
    after = course.belief[1]
    return after is not None and after <= DOUBT


def _inhibitory(items: Sequence[LadderItem], done: Sequence[Course], pairs: Sequence[Course], course: Course) -> Advice:
    last = course.runs[-1]
    if last.ended in ("chosen", "left") and not learned(course):
        # What was expected was not put to the test to its end: the same expectation, in a form that can be.
        return Advice("inhibitory", "shorter" if course.stopped >= 2 else "expectancy", course.item)
    if last.happened in ("yes", "partly") and not learned(course):
        return Advice("inhibitory", "expectancy", course.item)
    if last.left_out in ("some", "none"):
        return Advice("inhibitory", "safety", course.item)
    if not learned(course) and (last.gap is None or last.gap < SMALL_GAP or (last.believes or 0) > DOUBT):
        return Advice("inhibitory", "expectancy", course.item)
    known = [c for c in done if learned(c)]
    fresh = [i for i in items if i.key not in {c.item for c in done}]
    if len(known) >= 2 and len(known) % 2 == 0 and _just_learned(course):
        first, second = sorted(known, key=lambda c: c.runs[-1].day)[-2:]
        before = next((c for c in pairs if set(c.runs[-1].combined) == {first.item, second.item}), None)
        # Once is enough, unless it left the expectation of both together where it was.
        if before is None or (not learned(before) and before.stopped < OFTEN):
            return Advice("inhibitory", "deepened", first.item, second.item)
    if fresh:
        # Out of order on purpose, up or down.
        here = next(i.suds for i in items if i.key == course.item)
        other = min(fresh, key=lambda i: (abs(abs(i.suds - here) - APART), -i.suds))
        return Advice("inhibitory", "variability", other.key)
    left = next((c for c in done if not learned(c)), None)
    if left is not None:
        return Advice("inhibitory", "expectancy", left.item)
    oldest = min(done, key=lambda c: c.runs[-1].day)
    # All is known here: elsewhere, and with what is feared happening now and then on purpose, where that does no harm.
    return Advice("inhibitory", "contexts" if len(course.runs) % 2 else "reinforced", oldest.item)


def _just_learned(course: Course) -> bool:
    """Whether the last run was the one that settled it: two are combined once, and not again and again."""
    earlier = [r.believes for r in course.runs[:-1] if r.believes is not None]
    return learned(course) and not (earlier and earlier[-1] <= DOUBT)
