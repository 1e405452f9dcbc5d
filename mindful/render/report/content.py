"""What stands in a report: the figures of `journal.stats` in plain words, drawings of them, and how to read them.

Nothing in it is a score. A change is told with how sure it is, and that nobody can see from it what caused it. What a
client wrote is in it only where they asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mindful.journal.asking import Facts
from mindful.journal.stats.adherence import Adherence
from mindful.journal.stats.summary import Change, Summary, Week
from mindful.render.clean import one_line
from mindful.render.report import plots, training
from mindful.render.report.blocks import Block, Chart, Figures, Heading, Report, Table, Words
from mindful.tongue import _, figure, language, month, ngettext

MOST_WEEKS = 26
"""Beyond these a stretch is told by months."""
MOST_PRACTICES = 15
MOST_PAIRS = 400
"""Points of one drawing; of more the latest are drawn."""


@dataclass(frozen=True, slots=True)
class Written:
    """Something that a client wrote or chose, where they asked for it to be in."""

    day: date
    title: str
    question: str
    """Empty for a note."""
    answer: str


@dataclass(frozen=True, slots=True)
class Scored:
    """The number of a questionnaire on one day, where the client asked for it to be in."""

    day: date
    name: str
    """The questionnaire's, and its scale's where it has several."""
    score: float
    most: float
    """The highest that there is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the report is made of beside the figures."""

    today: date
    name: str = ""
    """Whose it is, where that is to stand on it."""
    programme: str = ""
    """Where the client is in a programme, in a line."""
    scores: Sequence[Scored] = ()
    """Oldest first."""
    written: Sequence[Written] = ()
    withheld: int = 0
    """Private answers that are not in it."""
    shared: bool = False
    """Whether these are records that somebody else shared."""
    kept_back: int = 0
    """Answers that whoever shared them kept to themselves."""
    trained: Sequence[training.Trained] = ()
    """Trainings with a heart or a brain, oldest first."""


def report(found: Summary, facts: Sequence[Facts], wish: Wish) -> Report:
    """The whole report."""
    one = found.since == found.until
    title = _("What was practised on {until}") if one else _("What was practised, {since} to {until}")
    title = title.format(since=day(found.since), until=day(found.until))
    if wish.name:
        title = f"{wish.name}: {title}"
    blocks: list[Block] = [*_short(found), *_weeks(found), *_programme(found.adherence, wish), *_practices(found)]
    blocks += [
        *_changes(found, facts),
        *_scores(wish),
        *_body(found, facts),
        *training.blocks(wish.trained),
        *_unpleasant(found),
        *_written(wish),
        *_reading(found, wish),
    ]
    return Report(title, language(), found.since, found.until, tuple(blocks))


def day(of: date) -> str:
    """`22 November 2026`."""
    return _("{day} {month} {year}").format(day=of.day, month=month(of.month), year=of.year)


def length(ms: float) -> str:
    """`45 s`, `6 min`, `1 h 5 min`."""
    secs = round(ms / 1000)
    if secs < 60:
        return f"{secs} s"
    minutes = round(secs / 60)
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if not hours else f"{hours} h {rest} min" if rest else f"{hours} h"


def number(value: float | None) -> str:
    """A figure with at most one digit behind the point."""
    return "–" if value is None else figure(round(value, 1) + 0.0)


def signed(value: float | None) -> str:
    """The same with its sign, which a change has."""
    said = number(value)
    return said.replace("-", "−") if value is None or value <= 0 else f"+{said}"


def _short(found: Summary) -> Iterator[Block]:
    status = found.status
    yield Figures(
        (
            (_("Days with practice"), _("{done} of {days}").format(done=found.days, days=found.of_days)),
            (_("Sessions"), str(found.sessions)),
            (_("Time in all"), length(found.elapsed_ms)),
            (_("A usual session"), length(found.usual_ms or 0)),
            (_("Played to the end"), str(status["completed"])),
            (_("Ended early, which is always fine"), str(status["stopped"] + status["interrupted"])),
        )
    )


def _weeks(found: Summary) -> Iterator[Block]:
    months = len(found.weeks) > MOST_WEEKS
    rows = _by_month(found.weeks) if months else found.weeks
    if not found.sessions:
        return
    yield Heading(_("Month by month") if months else _("Week by week"))
    named = [f"{month(w.monday.month)} {w.monday.year}" if months else day(w.monday) for w in rows]
    with_practice = sum(1 for w in rows if w.sessions)
    said = (
        _("Minutes in each month; something was done in {count} of {all}.")
        if months
        else _("Minutes in each week, from Monday on; something was done in {count} of {all}.")
    )
    table = Table(
        _("The same as a table"),
        (_("Month") if months else _("Week of"), _("Days"), _("Sessions"), _("Time")),
        tuple((name, str(w.days), str(w.sessions), _spent(w)) for name, w in zip(named, rows, strict=True)),
    )
    yield Chart(
        "minutes",
        said.format(count=with_practice, all=len(rows)),
        plots.minutes([(w.monday, w.elapsed_ms / 60_000) for w in rows], months),
        table,
        tuple((name, w.elapsed_ms / 60_000, _spent(w)) for name, w in zip(named, rows, strict=True)),
    )


def _spent(week: Week) -> str:
    return length(week.elapsed_ms) if week.sessions else "–"


def _by_month(weeks: Sequence[Week]) -> list[Week]:
    """Weeks put together by the month that their Monday is in."""
    found: dict[tuple[int, int], Week] = {}
    for w in weeks:
        first = w.monday.replace(day=1)
        had = found.get((first.year, first.month), Week(first, 0, 0, 0))
        found[first.year, first.month] = Week(
            first, had.days + w.days, had.sessions + w.sessions, had.elapsed_ms + w.elapsed_ms
        )
    return list(found.values())


def _programme(found: Adherence | None, wish: Wish) -> Iterator[Block]:
    if found is None and not wish.programme:
        return
    yield Heading(_("Programme"))
    if wish.programme:
        yield Words(wish.programme)
    if found is not None and found.offered:
        said = _("{title}: {done} of {offered} practices that it suggested since {since} were done.")
        yield Words(said.format(title=found.title, done=found.done, offered=found.offered, since=day(found.since)))


def _practices(found: Summary) -> Iterator[Block]:
    if not found.practices:
        return
    yield Heading(_("Practices"))
    shown = found.practices[:MOST_PRACTICES]
    rows = tuple((p.title, str(p.times), str(p.days), length(p.elapsed_ms)) for p in shown)
    rest = len(found.practices) - len(shown)
    caption = _("The most frequent first")
    if rest > 0:
        caption += ngettext("; one more is left out", "; {count} more are left out", rest).format(count=rest)
    yield Table(caption, (_("Practice"), _("Times"), _("Days"), _("Time")), rows)


def _changes(found: Summary, facts: Sequence[Facts]) -> Iterator[Block]:
    if not found.changes:
        return
    yield Heading(_("Before and after"))
    titles = {p.session: p.title for p in found.practices}
    for n, name in enumerate(dict.fromkeys(c.name for c in found.changes)):
        mine = [c for c in found.changes if c.name == name]
        drawn = [c for c in mine if c.session is None] or mine  # of different scales each session by itself
        for m, change in enumerate(drawn):
            yield from _change(change, facts, titles if len(mine) > 1 else {}, f"pairs{n}x{m}")
        if len(mine) > len(drawn):
            yield _by_session([c for c in mine if c.session is not None], titles, _name(name))


def _name(name: str) -> str:
    name = one_line(name) or _("the rating")
    return name[:1].upper() + name[1:]


def _change(change: Change, facts: Sequence[Facts], titles: Mapping[str, str], drawing: str) -> Iterator[Block]:
    """One change in words and drawn; with `titles` it is also said of which sessions."""
    name = _name(change.name)
    where = titles.get(change.session, change.session) if change.session is not None else _("all sessions")
    lead = _("{name}, {where}: ").format(name=name, where=where) if titles else f"{name}: "
    values = [
        (date.fromordinal(f.day), p.before, p.after)
        for f in facts
        for p in f.ratings
        if p.name == change.name and change.session in (None, f.session)
    ][-MOST_PAIRS:]
    if not values:
        return
    mean = change.change
    interval = None
    if mean.mean is not None and mean.low is not None and mean.high is not None:
        interval = mean.mean, mean.low, mean.high
    table = Table(
        _("The same as a table"),
        (_("Day"), _("Before"), _("After")),
        tuple((d.isoformat(), number(b), number(a)) for d, b, a in values),
    )
    yield Chart(drawing, lead + _told(change), plots.pairs(values, interval), table)


def _by_session(changes: Sequence[Change], titles: Mapping[str, str], name: str) -> Table:
    """The same of each session, where several have it."""
    rows = []
    for c in changes:
        mean = c.change
        between = (
            _("{low} to {high}").format(low=signed(mean.low), high=signed(mean.high)) if mean.enough else _("too few")
        )
        session = titles.get(c.session, c.session) if c.session is not None else ""
        rows.append((session, str(mean.days), number(c.before.mean), number(c.after.mean), signed(mean.mean), between))
    head = (_("Practice"), _("Days"), _("Before"), _("After"), _("Change"), _("Sure to 95 %"))
    return Table(_("{name}, by practice").format(name=name), head, tuple(rows))


def _told(change: Change) -> str:
    mean = change.change
    times = ngettext("in one session", "in {count} sessions", mean.n).format(count=mean.n)
    days = ngettext("on one day", "on {count} days", mean.days).format(count=mean.days)
    said = _("{before} before and {after} after on average, {times} {days}.").format(
        before=number(change.before.mean), after=number(change.after.mean), times=times, days=days
    )
    if not mean.enough:
        return said + " " + _("These are too few days to say how sure a mean change is.")
    told = _("The mean change is {mean}; with a certainty of 95 % it lies between {low} and {high}.")
    said += " " + told.format(mean=signed(mean.mean), low=signed(mean.low), high=signed(mean.high))
    if not mean.clear:
        said += " " + _("That includes no change at all.")
    return said


def _scores(wish: Wish) -> Iterator[Block]:
    if not wish.scores:
        return
    yield Heading(_("Questionnaires"))
    for n, name in enumerate(dict.fromkeys(each.name for each in wish.scores)):
        mine = [each for each in wish.scores if each.name == name]
        last = mine[-1]
        said = _("{name}: {score} of {most} on {day}.").format(
            name=name, score=number(last.score), most=number(last.most), day=day(last.day)
        )
        if len(mine) > 1:
            first = mine[0]
            said += " " + _("The first was {score}, on {day}.").format(score=number(first.score), day=day(first.day))
        if len(mine) < 3:
            yield Words(said)
            continue
        rows = tuple((each.day.isoformat(), number(each.score)) for each in mine)
        table = Table(_("The same as a table"), (_("Day"), name), rows)
        drawn = plots.course([(e.day, e.score) for e in mine[-MOST_PAIRS:]], name, most=last.most)
        yield Chart(f"score{n}", said, drawn, table)
    yield Words(_("A number is no diagnosis. What it means is for two people to speak about."), True)


def _body(found: Summary, facts: Sequence[Facts]) -> Iterator[Block]:
    if found.holds is None and not found.heart:
        return
    yield Heading(_("Breath and heart"))
    if found.holds is not None:
        h = found.holds
        said = (
            _("Breath holds: {count}, half of them between {low} and {high} s, the middle one {median} s.")
            if h.n > 1
            else _("Breath holds: one, of {median} s.")
        )
        low, high, median = (number(v / 1000) for v in (h.low, h.high, h.median))
        yield Words(said.format(count=h.n, low=low, high=high, median=median))
    labels = {"rmssd_ms": "RMSSD (ms)", "sdnn_ms": "SDNN (ms)", "heart_bpm": _("Heart, beats a minute")}
    for name, (around, _mean) in found.heart.items():
        values = [
            (date.fromordinal(f.day), float(v)) for f in facts if (v := f.more.get("heart", {}).get(name)) is not None
        ]
        said = _("{label}: half of the values between {low} and {high}, the middle one {median}.").format(
            label=labels[name], low=number(around.low), high=number(around.high), median=number(around.median)
        )
        if len(values) < 3:
            yield Words(said)
            continue
        table = Table(
            _("The same as a table"), (_("Day"), labels[name]), tuple((d.isoformat(), number(v)) for d, v in values)
        )
        yield Chart(name.replace("_", ""), said, plots.course(values[-MOST_PAIRS:], labels[name]), table)


def _unpleasant(found: Summary) -> Iterator[Block]:
    if not found.effects:
        return
    yield Heading(_("What was unpleasant"))
    said = ngettext(
        "With one session something unpleasant was written down.",
        "With {count} sessions something unpleasant was written down.",
        found.effects,
    )
    yield Words(said.format(count=found.effects) + " " + _("It is worth speaking about with somebody who knows."))


def _written(wish: Wish) -> Iterator[Block]:
    if not wish.written:
        return
    yield Heading(_("In your own words"))
    for each in wish.written:
        where = f"{each.day.isoformat()}, {each.title}"
        yield Words(f"{where}, {each.question}: {each.answer}" if each.question else f"{where}: {each.answer}")


def _reading(found: Summary, wish: Wish) -> Iterator[Block]:
    yield Heading(_("How to read this"))
    yield Words(
        _("A day begins at 04:00. Days without practice are neither good nor bad; nothing here is a score."), True
    )
    if found.changes:
        yield Words(
            _(
                "Ratings are what was felt at that moment. What changed them, the practice, the pause, the time of "
                "the day or chance, cannot be seen from this. The interval takes in that several sessions of one day, "
                "and days that follow one another, resemble each other."
            ),
            True,
        )
    left_out = _("What was written down is not in it.") if not wish.written else ""
    if wish.withheld:
        held = ngettext("One private answer is not in it.", "{count} private answers are not in it.", wish.withheld)
        left_out = f"{left_out} {held.format(count=wish.withheld)}".strip()
    if wish.kept_back:
        held = ngettext(
            "One answer was kept back by whoever shared the records.",
            "{count} answers were kept back by whoever shared the records.",
            wish.kept_back,
        )
        left_out = f"{left_out} {held.format(count=wish.kept_back)}".strip()
    source = (
        _("Made on {day} from the records that were shared; nothing was sent anywhere.")
        if wish.shared
        else _("Made on {day} from the records on one computer; nothing was sent anywhere.")
    )
    made = source.format(day=day(wish.today))
    yield Words(f"{made} {left_out}".strip(), True)
