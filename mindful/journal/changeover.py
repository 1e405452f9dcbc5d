"""From a journal in clear to an encrypted one, and back. Called by `mindful journal encrypt` and `decrypt`.

One file after another: the new form is written, read again and compared, and only then the old one removed. So at any
moment each record is there in whole, in one form or in both, and either can be read; a change-over that was cut off is
gone on with by the same command. What is written meanwhile already has the new form.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mindful.journal import drafts, names, sealing
from mindful.journal.files import DAMAGED, TEMPORARY, sync_folder, write_atomic
from mindful.journal.store import record_files
from mindful.journal.versions import DamagedError, NewerError, parse

_RESTED_S = 60

Told = Callable[[int], None]
"""Gets how many files were changed so far."""


@dataclass(slots=True)
class Changed:
    """What the change-over did."""

    files: int = 0
    left: list[tuple[Path, str]] = field(default_factory=list)
    """What could not be changed, and why; it is as it was."""
    other: list[Path] = field(default_factory=list)
    """Files in the journal that are no records, and stay as they are."""


def encrypt(journal: Path, told: Told = lambda count: None) -> Changed:
    """Seal every file of a journal whose seal is in place and whose key is given. Raises OSError for the seal."""
    seal = sealing.of(journal)
    assert seal is not None and seal.opens
    done = Changed()
    for path in list(record_files(journal, names.CLOSED)):
        _one(path, _same, _sealed_name, seal.seal, sealing.unseal, done, told)
    for path in _files(journal / DAMAGED, lambda name: not name.endswith(".age")):
        _one(path, _same, _nameless, seal.seal, sealing.unseal, done, told)
    _drafts(journal, ".json", done)
    _sweep(journal)
    done.other = [p for p in record_files(journal, "") if not p.name.endswith((".age", names.CLOSED, names.RUNNING))]
    return done


def decrypt(journal: Path, told: Told = lambda count: None) -> Changed:
    """Open every file of a journal whose key is given, and give the journal up as an encrypted one at the end."""
    sealing.end(journal, last=False)
    done = Changed()
    for path in list(record_files(journal, sealing.CLOSED)):
        _one(path, sealing.unseal, _open_name, _same, _same, done, told)
    for path in _files(journal / DAMAGED, lambda name: name.endswith(".age")):
        _one(path, sealing.unseal, lambda path, _: path.with_suffix(".json"), _same, _same, done, told)
    _drafts(journal, ".age", done)
    if not done.left:
        sealing.end(journal, last=True)
    return done


def _one(
    path: Path,
    opened: Callable[[bytes], bytes],
    named: Callable[[Path, bytes], Path],
    closed: Callable[[bytes], bytes],
    back: Callable[[bytes], bytes],
    done: Changed,
    told: Told,
) -> None:
    """One file in its new form; the old one goes when the new one was read again and holds the same."""
    try:
        plain = opened(path.read_bytes())
        target = named(path, plain)
        if not _there(target, plain):
            while target.exists():  # another record bears this name: a copy of a sync tool that was changed
                stem = sealing.stem(target.name)
                target = target.with_name(target.name.replace(stem, f"{stem}-{secrets.token_hex(2)}", 1))
            write_atomic(target, closed(plain))
            if back(target.read_bytes()) != plain:
                raise OSError(errno.EIO, "what was written cannot be read again")
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return  # removed by another program
    except OSError as error:
        done.left.append((path, error.strerror or "the disk refused"))
        return
    done.files += 1
    told(done.files)


def _same(data: bytes) -> bytes:
    return data


def _drafts(journal: Path, ending: str, done: Changed) -> None:
    for path in [p for p in drafts.files(journal) if p.suffix == ending]:
        session = drafts.session_of(path)
        try:
            if session is None:
                if path.exists():
                    done.left.append((path, "it cannot be read"))
            else:
                drafts.rewrite(journal, session)
        except OSError as error:
            done.left.append((path, error.strerror or "the disk refused"))


def _there(target: Path, plain: bytes) -> bool:
    """Whether the new form is there already, from a change-over that was cut off."""
    with contextlib.suppress(OSError):
        return sealing.read(target) == plain
    return False


def _sealed_name(path: Path, data: bytes) -> Path:
    """A name that tells when it was, and not what."""
    stem = path.name.removesuffix(names.CLOSED)
    started, token = names.started_in(stem), stem[-6:]
    if started is None:
        token = secrets.token_hex(3)
        with contextlib.suppress(DamagedError, NewerError):
            started = names.utc(datetime.fromisoformat(parse(data)["started"]))
    return path.with_name(f"{started or 'record'}_session_{token}{sealing.CLOSED}")


def _nameless(path: Path, _: bytes) -> Path:
    return path.with_name(f"{secrets.token_hex(6)}.age")


def _open_name(path: Path, data: bytes) -> Path:
    """The name that the record would have had."""
    stem = sealing.stem(path.name)
    with contextlib.suppress(DamagedError, NewerError):
        record = parse(data)
        started = names.started_in(stem)
        if started is not None:
            session = names.plain_session(record["session"]["id"])
            return path.with_name(f"{started}_{session}_{stem[-6:]}{names.CLOSED}")
    return path.with_name(stem + names.CLOSED)


def _files(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from sorted(p for p in folder.iterdir() if p.is_file() and wanted(p.name))


def _sweep(journal: Path) -> None:
    """Half-written files in clear; none is the only copy of anything."""
    for folder, _, inside in os.walk(journal):
        for name in inside:
            path = Path(folder, name)
            with contextlib.suppress(OSError):
                if TEMPORARY.match(name) and time.time() - path.stat().st_mtime > _RESTED_S:
                    path.unlink()
