"""All figures over a stretch of the journal. Pure: facts in, figures out; called by `mindful stats` and reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from mindful.journal.asking import Facts
from mindful.journal.columns import HEART
from mindful.journal.stats.adherence import Adherence
from mindful.journal.stats.uncertainty import Mean, Middle, mean, middle


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday."""

    monday: date
    days: int
    """On which something was done."""
    sessions: int
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class Practice:
    """One session over the stretch."""

    session: str
    title: str
    """As the latest record has it."""
    times: int
    days: int
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was rated before and after."""

    name: str
    session: str | None
    """Of which session; None: of all, which is left out where they have different scales."""
    before: Mean
    after: Mean
    change: Mean
    """After less before, within each session."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a stretch of days."""

    since: date
    until: date
    days: int
    """Days on which something was done."""
    of_days: int
    sessions: int
    status: dict[str, int]
    """How many were completed, stopped, interrupted."""
    elapsed_ms: int
    usual_ms: float | None
    """The median length of a session."""
    weeks: Sequence[Week]
    """Every week of the stretch, oldest first."""
    practices: Sequence[Practice]
    """The most frequent first."""
    changes: Sequence[Change]
    """Over all sessions, and of each session that has pairs of its own where there are several."""
    holds: Middle | None
    """Breath holds, in ms."""
    heart: dict[str, tuple[Middle, Mean]]
    """By figure: RMSSD and SDNN in ms, beats a minute."""
    effects: int
    """Sessions with which the client wrote down something unpleasant."""
    adherence: Adherence | None = None


def summary(facts: Iterable[Facts], since: date | None, until: date, adherence: Adherence | None = None) -> Summary:
    """The figures from `since` (None: the first day on which something was done) to `until`, both included."""
    first = since.toordinal() if since is not None else 0
    all_ = [f for f in facts if first <= f.day <= until.toordinal()]
    begin = since if since is not None else date.fromordinal(min((f.day for f in all_), default=until.toordinal()))
    status = Counter(f.status for f in all_)
    return Summary(
        since=begin,
        until=until,
        days=len({f.day for f in all_}),
        of_days=(until - begin).days + 1,
        sessions=len(all_),
        status={name: status[name] for name in ("completed", "stopped", "interrupted")},
        elapsed_ms=sum(f.elapsed_ms for f in all_),
        usual_ms=median(f.elapsed_ms for f in all_) if all_ else None,
        weeks=_weeks(all_, begin, until),
        practices=_practices(all_),
        changes=_changes(all_),
        holds=middle([float(ms) for f in all_ for ms in f.more.get("holds", ())]),
        heart=_heart(all_),
        effects=sum(f.effects for f in all_),
        adherence=adherence,
    )


def _weeks(facts: Sequence[Facts], since: date, until: date) -> list[Week]:
    days: dict[int, set[int]] = {}
    sums: dict[int, list[int]] = {}
    for f in facts:
        monday = f.day - (f.day - 1) % 7  # ordinal 1 was a Monday
        days.setdefault(monday, set()).add(f.day)
        entry = sums.setdefault(monday, [0, 0])
        entry[0] += 1
        entry[1] += f.elapsed_ms
    out = []
    at = since - timedelta(days=min(since.weekday(), since.toordinal() - 1))
    while at <= until:
        sessions, spent = sums.get(at.toordinal(), (0, 0))
        out.append(Week(at, len(days.get(at.toordinal(), ())), sessions, spent))
        if at > date.max - timedelta(days=7):
            break
        at += timedelta(days=7)
    return out


def _practices(facts: Sequence[Facts]) -> list[Practice]:
    found: dict[str, list[Facts]] = {}
    for f in facts:
        found.setdefault(f.session, []).append(f)
    out = [
        Practice(name, each[-1].title, len(each), len({f.day for f in each}), sum(f.elapsed_ms for f in each))
        for name, each in found.items()
    ]
    return sorted(out, key=lambda p: (-p.times, -p.elapsed_ms, p.session))


def _changes(facts: Sequence[Facts]) -> list[Change]:
    found: dict[tuple[str, str | None], list[tuple[int, float, float]]] = {}
    for f in facts:
        for pair in f.ratings:
            for session in (None, f.session):
                found.setdefault((pair.name, session), []).append((f.day, pair.before, pair.after))
    names = dict.fromkeys(name for name, _ in found)
    out = []
    for name in names:
        sessions = [s for n, s in found if n == name and s is not None]
        every = [None] if len({_wide(found[name, s]) for s in sessions}) == 1 else []
        for session in (*every, *(sessions if len(sessions) > 1 else ())):
            each = found[name, session]
            before, after = mean((d, b) for d, b, _ in each), mean((d, a) for d, _, a in each)
            out.append(Change(name, session, before, after, mean((d, a - b) for d, b, a in each)))
    return out


def _wide(pairs: Sequence[tuple[int, float, float]]) -> bool:
    """Whether a scale goes beyond 10. Records do not tell scales; ratings to 10 and to 100 are not put together."""
    return max(max(before, after) for _, before, after in pairs) > 10


def _heart(facts: Sequence[Facts]) -> dict[str, tuple[Middle, Mean]]:
    out = {}
    for name in HEART:
        values = [(f.day, f.more["heart"][name]) for f in facts if name in f.more.get("heart", {})]
        around = middle([v for _, v in values])
        if around is not None:
            out[name] = (around, mean(values))
    return out
