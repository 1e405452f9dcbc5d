"""A table of all records, so that a hundred thousand of them list, search and sum at once. It can be thrown away.

The files are the journal; this only saves opening them. Each time it is asked, all files are looked at again (name,
size, inode, time of writing and time of change), and what differs is read anew: what a sync tool or an editor adds,
changes or removes is seen at once. A file that was written within two seconds of being read may have been
written once more without looking different, and is read again the next time; no clock is trusted further than that.

Two programs may use it at once. When it is locked for long, damaged, or cannot be written, the work goes on in memory.
For an encrypted journal it lives in memory, and is kept encrypted to the journal's key (`sealing`): read whole, and
written whole after a change; a hundred thousand records are some sixty megabytes. SQLite itself then writes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from mindful.journal import columns, names, sealing
from mindful.journal.files import TEMPORARY, set_aside, write_atomic
from mindful.journal.found import Unread
from mindful.journal.home import create_private, make_private
from mindful.journal.looking import Folder, Seen, look
from mindful.journal.versions import DamagedError, NewerError, parse

VERSION = 4
"""Of the table; another one is thrown away."""

RACY_NS = 2_000_000_000
"""Written so shortly before it was read that it may have changed since without a trace (FAT keeps two seconds)."""

PATIENCE_S = 2.0
"""How long another program may hold the table."""

BATCH = 2000
"""Files read between two writes."""

_RECORD = ", ".join(f"{name} {'INTEGER' if name in ('utc', 'day') else ''}" for name in columns.NAMES)
_SCHEMA = f"""
CREATE TABLE folders (path BLOB PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
  file INTEGER PRIMARY KEY AUTOINCREMENT, folder BLOB NOT NULL, name BLOB NOT NULL, seen TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL, told INTEGER NOT NULL, best INTEGER NOT NULL, {_RECORD}, UNIQUE (folder, name));
CREATE TABLE texts (file INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE INDEX by_time ON files (utc DESC, id DESC) WHERE best = 1;
CREATE INDEX by_id ON files (id);
CREATE INDEX spare ON files (id) WHERE best = 0;
CREATE INDEX odd ON files (file) WHERE state <> 'record';
PRAGMA user_version = {VERSION};
"""
_INSERT = (
    f"INSERT INTO files (folder, name, seen, state, why, told, best, {', '.join(columns.NAMES)}) "
    f"VALUES (?, ?, ?, ?, ?, ?, ?{', ?' * len(columns.NAMES)})"
)
_NOTHING = (None,) * len(columns.NAMES)

T = TypeVar("T")


class Index:
    """The table of one journal. `refresh` before asking; what is asked is in `mindful.journal.asking`."""

    def __init__(self, journal: Path, cache: Path | None, *, aside: bool = False) -> None:
        """`cache` is the folder for the table; None: in memory only. With `aside` damaged files are put aside."""
        self.journal = journal
        self.unread: list[Unread] = []
        """Files that no record could be read from in the last `refresh`, those put aside included."""
        self.kept = False
        """Whether the table is on disk."""
        self.read = 0
        """Files that were opened by the last `refresh`."""
        self.changed = False
        """Whether the last `refresh` found anything that differs."""
        name = hashlib.sha256(os.fsencode(journal.absolute())).hexdigest()[:12]
        self._file = None if cache is None else cache / f"journal-{name}.sqlite"
        self._aside = aside
        self._seal = sealing.of(journal)
        self._db = self._open()

    # Opening

    def _open(self) -> sqlite3.Connection:
        self.kept = False
        if self._seal is not None:
            if self._file is not None:  # from before it was encrypted, here or on another machine
                with contextlib.suppress(OSError):
                    _remove_open(self._file)
            return self._sealed()
        if self._file is None:
            return _blank()
        for _try in range(2):
            try:
                return self._on_disk(self._file)
            except sqlite3.OperationalError as error:
                if _busy(error):
                    break
                return self._copy()
            except (sqlite3.DatabaseError, ValueError):
                with contextlib.suppress(OSError):
                    remove(self._file)
            except OSError:
                return self._copy()
        return self._copy()

    def _on_disk(self, file: Path) -> sqlite3.Connection:
        make_private(file.parent)
        with contextlib.suppress(FileExistsError):
            os.close(create_private(file))
        db = sqlite3.connect(file, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA secure_delete = ON")  # what is forgotten shall not lie in free pages
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("BEGIN IMMEDIATE")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in _SCHEMA.split(";\n"):
                    db.execute(statement)
            db.execute("COMMIT")
            if version not in (0, VERSION):
                raise ValueError(version)
        except BaseException:
            db.close()
            raise
        self.kept = True
        return db

    def _copy(self) -> sqlite3.Connection:
        """What the table on disk holds, in memory: it cannot be written."""
        self.kept = False
        memory = _memory()
        with contextlib.suppress(sqlite3.Error, OSError):
            uri = f"file:{quote(str(self._file))}?mode=ro"
            source = sqlite3.connect(uri, uri=True, timeout=PATIENCE_S, isolation_level=None)
            with contextlib.closing(source):
                source.execute("BEGIN")
                source.execute("SELECT COUNT(*) FROM folders").fetchone()  # else copying would wait without end
                source.backup(memory)
            if memory.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                return memory
        memory.close()
        return _blank()

    def _sealed(self) -> sqlite3.Connection:
        assert self._seal is not None
        if self._file is not None and self._seal.opens:
            with contextlib.suppress(OSError, sqlite3.Error, sealing.SealError):
                db = _memory()
                db.deserialize(sealing.unseal(self._file.with_suffix(".age").read_bytes()))
                if db.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                    self.kept = True
                    return db
        return _blank()

    def _keep_sealed(self) -> None:
        """Write the table, encrypted; a table that cannot be written is made again the next time."""
        if self._seal is None or self._file is None or not self._seal.opens:
            return
        with contextlib.suppress(OSError, sqlite3.Error, sealing.SealError):
            write_atomic(self._file.with_suffix(".age"), self._seal.seal(self._db.serialize()))
            self.kept = True

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Asking

    def ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """The answer of a query. A table that turns out damaged in the middle is made anew, and asked again."""
        try:
            return work(self._db)
        except sqlite3.DatabaseError:
            self._start_over()
            self.refresh()
            return work(self._db)

    def _start_over(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._db.close()
        if self._file is not None:
            with contextlib.suppress(OSError):
                remove(self._file)
        self._db = self._open()

    # Bringing it up to date

    def refresh(self) -> None:
        """Look at all files, and read what is new or changed. Raises OSError when the journal cannot be looked into."""
        for _ in self.steps():
            pass

    def steps(self, batch: int = BATCH) -> Iterator[int]:
        """As `refresh`, newest first, pausing after each `batch` files with how many were read so far."""
        self.read, self.changed, self.unread = 0, False, []
        try:
            yield from self._steps(batch)
        except sqlite3.OperationalError as error:
            if _busy(error) or _unwritable(error):
                self._db.close()
                self._db = self._copy()
            else:
                self._start_over()
            yield from self._steps(batch)
        except sqlite3.DatabaseError:
            self._start_over()
            yield from self._steps(batch)
        if self.changed:
            self._keep_sealed()

    def _steps(self, batch: int) -> Iterator[int]:
        known: dict[bytes, bytes] = dict(self._db.execute("SELECT path, digest FROM folders"))
        there = look(self.journal, (names.CLOSED, sealing.CLOSED))
        changed = [f for f in there if known.get(f.path) != f.digest]
        for path in known.keys() - {f.path for f in there}:
            self._write(path, list(self._rows(path)), [], known[path], None)
        last = self.read
        for folder in sorted(changed, key=lambda f: f.path, reverse=True):
            before = known.get(folder.path)
            for old, new, digest in self._folder(folder, batch):
                self._write(folder.path, old, new, before, digest)
                before = digest
                if self.read - last >= batch:
                    last = self.read
                    yield self.read
        self._gather_unread()

    def _rows(self, folder: bytes) -> dict[bytes, str]:
        return dict(self._db.execute("SELECT name, seen FROM files WHERE folder = ?", (folder,)))

    def _folder(self, folder: Folder, batch: int) -> Iterator[tuple[list[bytes], list[Any], bytes]]:
        """What is to be removed and to be put in for one folder, in parts; its digest comes with the last."""
        known = self._rows(folder.path)
        old = [name for name in known if name not in folder.files]
        new: list[Any] = []
        settled = True
        for name in sorted(folder.files, reverse=True):
            seen = folder.files[name]
            if known.get(name) == seen.text:
                continue
            old.append(name)
            row = self._one(folder.path, name, seen)
            if row is not None:
                new.append(row)
            settled = settled and row is not None and not row[0][2].endswith("?")
            if len(old) >= batch:
                yield old, new, b""
                old, new = [], []
        # With a file that must be read again the digest is left out, so that the folder is looked at anew.
        yield old, new, folder.digest if settled else b""

    def _one(self, folder: bytes, name: bytes, seen: Seen) -> tuple[tuple[Any, ...], str] | None:
        path = Path(os.fsdecode(os.path.join(os.fsencode(self.journal), folder, name)))  # noqa: PTH118 -- bytes
        told = int(names.started_in(sealing.stem(path.name)) is not None)
        state, why, found, text, again = "record", "", _NOTHING, "", False
        self.read += 1
        try:
            record = parse(sealing.read(path))
            found, text = columns.values(record), columns.text(record)
        except FileNotFoundError:
            return None  # moved by another program between looking and reading
        except sealing.SealError as error:
            state, why, again = "locked", str(error), True
        except NewerError as error:
            state, why = "newer", str(error)
        except DamagedError as error:
            if self._aside:
                with contextlib.suppress(OSError):
                    self.unread.append(Unread(set_aside(path, self.journal), str(error), set_aside=True))
                    return None
            state, why = "damaged", str(error)
        except OSError as error:
            state, why, again = "refused", error.strerror or "it cannot be read", True
        again = again or (state == "damaged" and self._aside) or seen.racy(time.time_ns(), RACY_NS)
        return (folder, name, seen.text + "?" * again, state, why, told, int(state == "record"), *found), text

    def _write(
        self, folder: bytes, old: list[bytes], new: list[Any], before: bytes | None, digest: bytes | None
    ) -> None:
        """Put rows in place of others. Without a digest the folder is gone.

        When another program has written about this folder since it was looked at, `before` is no longer its digest.
        Then what stands there may be of two moments, and the folder is looked at anew the next time.
        """
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            for name in old:
                found = db.execute("SELECT file FROM files WHERE folder = ? AND name = ?", (folder, name)).fetchone()
                if found is not None:
                    db.execute("DELETE FROM files WHERE file = ?", found)
                    db.execute("DELETE FROM texts WHERE file = ?", found)
            for row, text in new:
                file = db.execute(_INSERT, row).lastrowid
                if text:
                    db.execute("INSERT INTO texts VALUES (?, ?)", (file, text))
            now = db.execute("SELECT digest FROM folders WHERE path = ?", (folder,)).fetchone()
            if (None if now is None else now[0]) != before:
                digest = b""
            if digest is None:
                db.execute("DELETE FROM folders WHERE path = ?", (folder,))
            else:
                db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (folder, digest))
            if old or new:
                self.changed = True
                _choose(db)
            db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise

    def _gather_unread(self) -> None:
        rows = self._db.execute("SELECT folder, name, why, state FROM files WHERE state <> 'record' ORDER BY file")
        for folder, name, why, state in rows:
            path = self.journal / os.fsdecode(folder) / os.fsdecode(name)
            self.unread.append(Unread(path, why, set_aside=False, locked=state == "locked"))


def remove(file: Path) -> None:
    """Remove a table and what belongs to it, sealed or not. Raises OSError."""
    _remove_open(file)
    file.with_suffix(".age").unlink(missing_ok=True)


def _remove_open(file: Path) -> None:
    """Remove what of a table is in clear."""
    for each in (file, file.with_name(file.name + "-journal")):
        each.unlink(missing_ok=True)


def tables(cache: Path) -> list[Path]:
    """The files of the tables of all journals in a cache, half-written ones too."""
    whole = [p for p in cache.glob("journal-*") if p.suffix in (".sqlite", ".age") or p.name.endswith("-journal")]
    return sorted([*whole, *(p for p in cache.glob(".journal-*") if TEMPORARY.match(p.name))])


def _memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA temp_store = MEMORY")  # else what it sorts goes through a file in clear when it is much
    return db


def _blank() -> sqlite3.Connection:
    db = _memory()
    db.executescript(_SCHEMA)
    return db


def _choose(db: sqlite3.Connection) -> None:
    """Of several files about one session (a sync tool's copies) the fullest is the record."""
    import json

    db.execute("UPDATE files SET best = 1 WHERE best = 0 AND id IS NOT NULL")
    rows = db.execute(
        "SELECT id, file, rank, told, folder, name FROM files WHERE id IN "
        "(SELECT id FROM files WHERE id IS NOT NULL GROUP BY id HAVING COUNT(*) > 1)"
    ).fetchall()
    rows.sort(key=lambda row: names.nearest(row[4], row[5]))
    best: dict[str, tuple[Any, int]] = {}
    for id_, file, rank, told, *_place in rows:
        key = (json.loads(rank), told)
        if id_ not in best or key > best[id_][0]:
            best[id_] = (key, file)
    losers = [(row[1],) for row in rows if best[row[0]][1] != row[1]]
    db.executemany("UPDATE files SET best = 0 WHERE file = ?", losers)


def _busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _unwritable(error: sqlite3.OperationalError) -> bool:
    codes = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    return error.sqlite_errorcode & 0xFF in codes
