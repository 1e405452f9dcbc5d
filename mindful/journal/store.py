"""Reading the journal, and the one thing that changes a record: a note. Called by `mindful journal` and the screens.

Sync tools leave copies (`… sync-conflict …json`, `… (2).json`). They hold the same id; the one that knows most is
shown, and none is deleted.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from mindful.journal import locks, names, sealing
from mindful.journal.days import day_of
from mindful.journal.files import DAMAGED, set_aside
from mindful.journal.found import Unread
from mindful.journal.saving import encode, richness
from mindful.journal.versions import DamagedError, NewerError, parse

_RENAMED = "~"


class NotFoundError(LookupError):
    """No record is meant by these words."""


class AmbiguousError(LookupError):
    """Several records are meant; the second argument holds them, newest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record and where it lies."""

    path: Path
    record: dict[str, Any]
    number: int = 0
    """Its place in the journal, 1 for the latest; 0 when it was read by itself."""

    @property
    def id(self) -> str:
        return str(self.record["id"])

    @property
    def started(self) -> datetime:
        """With the offset of the place where it was played."""
        return datetime.fromisoformat(self.record["started"])


@dataclass(slots=True)
class Listing:
    """What a look into the journal found."""

    entries: list[Entry] = field(default_factory=list)
    """Newest first."""
    unread: list[Unread] = field(default_factory=list)
    more: bool = False
    """Whether it stopped at the limit: older ones may be there."""


def read(path: Path) -> Entry:
    """One record from its file, also where that was sealed or opened meanwhile.

    Raises OSError, DamagedError, NewerError.
    """
    try:
        return Entry(path, parse(sealing.read(path)))
    except FileNotFoundError:
        at = sealing.here(path)
        return Entry(at, parse(sealing.read(at)))


def is_record(path: Path) -> bool:
    """Whether a file is called as records are."""
    return path.name.endswith((names.CLOSED, sealing.CLOSED))


def look(journal: Path, *, since: date | None = None, session: str | None = None, limit: int | None = None) -> Listing:
    """The records in the journal, newest first: all, or those from the day `since` on, of one session, at most `limit`.

    Reads from the newest file backwards and stops when it has enough. Damaged files on the way are moved to
    `damaged/`, where that can be done, and told. A journal that is not there is empty. Raises OSError when the folder
    is there and cannot be read.
    """
    found = Listing()
    kept: dict[str, Entry] = {}
    enough, last, oldest = 0, "", _before(since) if since is not None else ""
    for stamp, path in _newest_first(journal):
        if stamp < oldest:
            break
        if stamp != last and limit is not None and enough >= limit:
            found.more = True
            break
        last = stamp
        entry = _entry(path, journal, found)
        if entry is not None:
            kept[entry.id] = _fuller(kept.get(entry.id), entry)
            enough += stamp != _RENAMED and _wanted(kept[entry.id], since, session)
    ordered = sorted(kept.values(), key=lambda e: (e.started, e.id), reverse=True)
    numbered = [Entry(e.path, e.record, number) for number, e in enumerate(ordered, 1)]
    wanted = [e for e in numbered if _wanted(e, since, session)]
    found.entries = wanted[:limit]
    found.more = found.more or len(found.entries) < len(wanted)
    return found


def find(journal: Path, which: str) -> Entry:
    """The record that these words mean.

    A number of up to four digits counts from the latest, 1; else a path to a file, or the beginning of a record's
    id, of its six-digit token, or of its file's name. Raises NotFoundError, AmbiguousError, and for a path what `read`
    raises.
    """
    if which.isascii() and which.isdigit() and len(which) <= 4:
        entries = look(journal, limit=int(which)).entries
        if not 1 <= int(which) <= len(entries):
            raise NotFoundError(which)
        return entries[-1]
    entries = look(journal).entries
    exact = [e for e in entries if which in (e.id, sealing.stem(e.path.name), e.path.name)]
    if exact:
        return exact[0]
    path = Path(which).expanduser()
    if is_record(path) and path.is_file():
        return read(path)
    near = [e for e in entries if which and any(t.startswith(which) for t in (e.id, e.id[-6:], e.path.name))]
    if not near:
        raise NotFoundError(which)
    if len(near) > 1:
        raise AmbiguousError(which, near)
    return near[0]


def add_note(entry: Entry, text: str, *, replace: bool = False) -> Entry:
    """Write a note into a record: after what is there, or in its place. Gives the record as it is now.

    The file is read again first, so what another program wrote meanwhile stays. Raises as `read`, and OSError when it
    cannot be written; then the record is as it was.
    """
    with locks.held(entry.path):
        return _noted(entry, text, replace)


def _noted(entry: Entry, text: str, replace: bool) -> Entry:
    record = read(entry.path).record
    words = text.replace("\r\n", "\n").strip()
    before = "" if replace else record["note"]
    note = "\n".join(part for part in (before, words) if part)
    return _written(entry, record | {"note": note})


def add_effects(entry: Entry, effects: Mapping[str, object]) -> Entry:
    """Write what was unpleasant into a record, in place of what was said of it before. Raises as `add_note`."""
    with locks.held(entry.path):
        return _written(entry, read(entry.path).record | {"effects": dict(effects)})


def _written(entry: Entry, record: dict[str, Any]) -> Entry:
    path = sealing.write(entry.path, encode(record), sealing.above(entry.path))
    return Entry(path, record, entry.number)


def record_files(journal: Path, *endings: str) -> Iterator[Path]:
    """The files with these endings, in the order of their names; without any: records, sealed or not.

    Hidden folders and `damaged/` are left out.
    """
    if not journal.exists():
        return
    wanted = endings or (names.CLOSED, sealing.CLOSED)
    for folder, below, files in os.walk(journal, onerror=raising):
        top = Path(folder) == journal
        below[:] = sorted(d for d in below if not d.startswith(".") and not (top and d == DAMAGED))
        for name in sorted(files):
            if name.endswith(wanted) and not name.startswith("."):
                yield Path(folder, name)


def raising(error: OSError) -> None:
    """For `os.walk`: a folder that cannot be looked into is told; one that is gone meanwhile is not."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _newest_first(journal: Path) -> list[tuple[str, Path]]:
    """Files with the start that their name tells. Those that were renamed may be of any time, and come first."""
    told = [(names.started_in(sealing.stem(path.name)) or _RENAMED, path) for path in record_files(journal)]
    return sorted(told, key=lambda pair: pair[0], reverse=True)


def _entry(path: Path, journal: Path, found: Listing) -> Entry | None:
    try:
        return read(path)
    except FileNotFoundError:
        pass  # moved by another program between looking and reading
    except sealing.SealError as error:
        found.unread.append(Unread(path, str(error), set_aside=False, locked=True))
    except DamagedError as error:
        found.unread.append(_aside(path, journal, str(error)))
    except NewerError as error:
        found.unread.append(Unread(path, str(error), set_aside=False))
    except OSError as error:
        found.unread.append(Unread(path, error.strerror or "it cannot be read", set_aside=False))
    return None


def _wanted(entry: Entry, since: date | None, session: str | None) -> bool:
    return (since is None or day_of(entry.started) >= since) and session in (None, entry.record["session"]["id"])


def _before(day: date) -> str:
    """A moment before a day begins anywhere, as names tell it."""
    return names.utc(datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)) if day.year > 1 else ""


def _fuller(one: Entry | None, other: Entry) -> Entry:
    if one is None:
        return other
    ranks = [(richness(e.record), names.started_in(sealing.stem(e.path.name)) is not None) for e in (one, other)]
    if ranks[0] != ranks[1]:
        return other if ranks[1] > ranks[0] else one
    return min(one, other, key=lambda e: names.nearest(os.fsencode(e.path.parent), os.fsencode(e.path.name)))


def _aside(path: Path, journal: Path, why: str) -> Unread:
    with contextlib.suppress(OSError):
        return Unread(set_aside(path, journal), why, set_aside=True)
    return Unread(path, why, set_aside=False)
