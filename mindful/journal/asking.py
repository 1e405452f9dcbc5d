"""What is asked of the index: lists, searches, one record by its words, copies. Called by commands and screens."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mindful.journal import columns, store
from mindful.journal.days import Sat
from mindful.journal.index import Index
from mindful.journal.ratings import Pair
from mindful.journal.trained import from_kept

_SHOWN = (
    "file, folder, name, id, started, ended, session, title, status, planned_ms, elapsed_ms, paused_ms, "
    "simulated, noted"
)
_IN_ORDER = "ORDER BY utc DESC, id DESC"
"""Newest first; with `best = 1` there is an index for it."""
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000
_FAR = 2
"""Days in UTC beyond which no record of a day can lie, wherever it was played."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record, as far as a list shows it."""

    path: Path
    number: int
    """Its place in the journal, 1 for the latest."""
    id: str
    started: datetime
    """With the offset of the place where it was played."""
    ended: str
    session: str
    title: str
    status: str
    planned_ms: int | None
    elapsed_ms: int
    paused_ms: int
    simulated: bool
    noted: bool

    @classmethod
    def of(cls, entry: store.Entry) -> Row:
        """The row of a record that was read by itself."""
        r = entry.record
        lengths = r["planned_ms"], r["elapsed_ms"], r["paused_ms"]
        session = r["session"]["id"], r["session"]["title"]
        told = r["simulated"], r["note"] != ""
        return cls(
            entry.path, entry.number, entry.id, entry.started, r["ended"], *session, r["status"], *lengths, *told
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are meant. Without anything: all."""

    since: date | None = None
    """From this day on: that of the place where the session was played, from 04:00 (`days.day_of`)."""
    until: date | None = None
    """To this day, itself included."""
    session: str | None = None
    words: Sequence[str] = ()
    """Each must occur in title, note, answers or what was chosen; as a part of a word, in either case."""
    real: bool = False
    """Without trial runs."""

    def where(self) -> tuple[str, list[Any]]:
        """As a condition of SQL and its values, over the table of files."""
        parts: list[str] = ["1"]
        values: list[Any] = []
        for day, sign, away in ((self.since, ">=", -_FAR), (self.until, "<=", _FAR)):
            if day is not None:
                parts += [f"utc {sign} ?", f"day {sign} ?"]  # the first has an index
                values += [(day.toordinal() - _EPOCH + away) * _DAY_MS, day.toordinal()]
        if self.session is not None:
            parts.append("session = ?")
            values.append(self.session)
        if self.real:
            parts.append("simulated = 0")
        for word in self.words:
            parts.append("file IN (SELECT file FROM texts WHERE INSTR(text, ?))")
            values.append(columns.folded(word))
        return " AND ".join(parts), values


def rows(index: Index, wanted: Wanted = Wanted(), limit: int | None = None) -> list[Row]:
    """The records that are meant, newest first."""
    where, values = wanted.where()
    return _rows(index, where, values, limit)


def each(
    index: Index, wanted: Wanted = Wanted(), limit: int | None = None, *, oldest_first: bool = False
) -> Iterator[Row]:
    """The same one after another, so that of a long journal only one is held. The index stays open meanwhile."""
    where, values = wanted.where()
    numbered = f"SELECT *, ROW_NUMBER() OVER ({_IN_ORDER}) AS number FROM files WHERE best = 1"
    order = "DESC" if oldest_first else "ASC"
    text = f"SELECT {_SHOWN}, number FROM ({numbered}) WHERE {where} ORDER BY number {order} LIMIT ?"
    cursor = index.ask(lambda db: db.execute(text, [*values, -1 if limit is None else limit]))
    for *found, number in cursor:
        yield _row(index.journal, tuple(found), number)


def _rows(index: Index, where: str, values: Sequence[Any], limit: int | None = None, skip: int = 0) -> list[Row]:
    """Rows with their numbers; where all are meant, a row's place is its number."""
    text = f"SELECT {_SHOWN} FROM files WHERE best = 1 AND {where} {_IN_ORDER} LIMIT ? OFFSET ?"
    whole = where == "1"

    def work(db: sqlite3.Connection) -> list[Row]:
        found = db.execute(text, [*values, -1 if limit is None else limit, skip]).fetchall()
        if whole:
            places = {row[0]: skip + n for n, row in enumerate(found, 1)}
        elif found:
            every = db.execute(f"SELECT file FROM files WHERE best = 1 {_IN_ORDER}")
            places = {file: n for n, (file,) in enumerate(every, 1)}
        return [_row(index.journal, row, places[row[0]]) for row in found]

    return index.ask(work)


def count(index: Index, wanted: Wanted = Wanted()) -> int:
    """How many are meant."""
    where, values = wanted.where()
    text = f"SELECT COUNT(*) FROM files WHERE best = 1 AND {where}"
    found: int = index.ask(lambda db: db.execute(text, values).fetchone())[0]
    return found


def find(index: Index, which: str) -> store.Entry:
    """The record that these words mean, read from its file. See `store.find`, which says what it raises."""
    if which.isascii() and which.isdigit() and len(which) <= 4:
        near = _rows(index, "1", [], 1, int(which) - 1) if int(which) else []
    else:
        path = Path(which).expanduser()
        near = _near(index, "id = ?", [which]) or [r for r in _near_name(index, which) if which in _names(r.path)]
        if not near and store.is_record(path) and path.is_file():
            return store.read(path)
        if not near and which:
            like = which.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            near = _near(index, "(id LIKE ? ESCAPE '\\' OR SUBSTR(id, -6) LIKE ? ESCAPE '\\')", [like, like])
            near = near or _near_name(index, which)
    if not near:
        raise store.NotFoundError(which)
    if len(near) > 1:
        raise store.AmbiguousError(which, near)
    entry = store.read(near[0].path)
    return store.Entry(entry.path, entry.record, near[0].number)


def _near(index: Index, where: str, values: list[Any]) -> list[Row]:
    return _rows(index, where, values, 50)


def _near_name(index: Index, which: str) -> list[Row]:
    words = os.fsencode(which)
    return _near(index, "SUBSTR(name, 1, ?) = ?", [len(words), words])


def _names(path: Path) -> tuple[str, ...]:
    return path.name, path.stem, path.name.partition(".json")[0]


def sats(index: Index, limit: int | None = None, since: date | None = None) -> list[Sat]:
    """The overview of all records but trial runs, newest first; from the day `since` on."""
    text = (
        "SELECT folder, name, id, started, session, title, status, elapsed_ms, ratings, noted, trained "
        "FROM files WHERE best = 1 AND simulated = 0 AND day >= ? ORDER BY utc DESC, id DESC LIMIT ?"
    )
    values = [-1 if since is None else since.toordinal(), -1 if limit is None else limit]
    return [_sat(index.journal, found) for found in index.ask(lambda db: db.execute(text, values).fetchall())]


@dataclass(frozen=True, slots=True)
class Facts:
    """One record, as far as statistics ask."""

    day: int
    """The ordinal of its day."""
    session: str
    status: str
    elapsed_ms: int
    effects: bool
    """Whether the client wrote down something unpleasant."""
    ratings: tuple[Pair, ...]
    more: Mapping[str, Any]
    title: str = field(compare=False, default="")
    utc_ms: int = 0


def first_day(index: Index) -> date | None:
    """The day of the earliest record that is no trial run; None where there is none."""
    text = "SELECT MIN(day) FROM files WHERE best = 1 AND simulated = 0"
    found = index.ask(lambda db: db.execute(text).fetchone())[0]
    return None if found is None else date.fromordinal(found)


def facts(index: Index, since: date | None = None, until: date | None = None) -> Iterator[Facts]:
    """Of all records but trial runs, oldest first, from the day `since` to the day `until`."""
    text = (
        "SELECT day, session, status, elapsed_ms, effects, ratings, more, title, utc FROM files "
        "WHERE best = 1 AND simulated = 0 AND day >= ? AND day <= ? ORDER BY utc, id"
    )
    values = (-1 if since is None else since.toordinal(), 1 << 40 if until is None else until.toordinal())
    for day, session, status, elapsed, effects, rated, more, title, utc in index.ask(
        lambda db: db.execute(text, values).fetchall()
    ):
        yield Facts(
            day, session, status, elapsed, bool(effects), _pairs(rated), json.loads(more) if more else {}, title, utc
        )


def files_of(index: Index, ids: Sequence[str]) -> list[Path]:
    """All files about these records, copies too."""
    text = "SELECT folder, name FROM files WHERE id = ? ORDER BY best DESC, name"
    found = index.ask(lambda db: [row for each in ids for row in db.execute(text, (each,)).fetchall()])
    return [_path(index.journal, folder, name) for folder, name in found]


def copies(index: Index) -> list[list[Path]]:
    """Files about one session, the one that counts first: what a sync tool left."""
    text = (
        "SELECT id, folder, name FROM files WHERE id IN (SELECT id FROM files WHERE best = 0) "
        "ORDER BY utc DESC, id, best DESC, name"
    )
    found: dict[str, list[Path]] = {}
    for name, folder, file in index.ask(lambda db: db.execute(text).fetchall()):
        found.setdefault(name, []).append(_path(index.journal, folder, file))
    return list(found.values())


def _path(journal: Path, folder: bytes, name: bytes) -> Path:
    return journal / os.fsdecode(folder) / os.fsdecode(name)


def _row(journal: Path, found: tuple[Any, ...], number: int) -> Row:
    _file, folder, name, id_, started, *middle, simulated, noted = found
    path = _path(journal, folder, name)
    ended, session, title, status, planned, elapsed, paused = middle
    at, marks = datetime.fromisoformat(started), (bool(simulated), bool(noted))
    return Row(path, number, id_, at, ended, session, title, status, planned, elapsed, paused, *marks)


def _sat(journal: Path, found: tuple[Any, ...]) -> Sat:
    folder, name, id_, started, session, title, status, elapsed, rated, noted, trained = found
    path, at = _path(journal, folder, name), datetime.fromisoformat(started)
    return Sat(id_, path, at, session, title, status, elapsed, _pairs(rated), bool(noted), from_kept(trained))


def _pairs(rated: str | None) -> tuple[Pair, ...]:
    return tuple(Pair(*each) for each in json.loads(rated)) if rated else ()
