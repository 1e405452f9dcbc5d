"""What a client had begun to write when the program was cut off, until the same session is started again.

While a session runs its drafts are events of its own file. A record holds none: when it is closed as interrupted, here
or by recovery, what was not answered goes to `.drafts/` in the journal, one private file a session, and is offered the
next time. Once the question is answered, or left open, it is gone. In an encrypted journal each time is a sealed file
of its own, whose name says nothing of the session; without the key they wait. But for `rewrite` nothing here raises for
a disk that refuses.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mindful.journal import names, sealing
from mindful.journal.files import write_atomic
from mindful.journal.lines import dumps

FOLDER = ".drafts"
_SEALED = ".age"


def _file(journal: Path, session: str) -> Path:
    return journal / FOLDER / f"{names.plain_session(session)}.json"


def waiting(journal: Path, session: str) -> dict[str, dict[str, Any]]:
    """By the question's id: {value, private}. Empty where there are none, or none that can be read."""
    return _folded(part for _, part in _parts(journal, session))


def keep(journal: Path, session: str, drafts: Mapping[str, Mapping[str, Any]], answered: Iterable[str] = ()) -> None:
    """Keep these with those that wait, less what was answered. An empty rest removes the file."""
    gone = [name for name in answered if name not in drafts]
    with contextlib.suppress(OSError):
        seal = sealing.of(journal)
        if seal is not None and not seal.opens:
            if drafts or (gone and any(files(journal))):
                _write(journal, session, {"drafts": drafts, "gone": gone})
            return
        parts = list(_parts(journal, session))
        before = _folded(part for _, part in parts)
        new = _folded([{"drafts": before}, {"drafts": drafts, "gone": gone}])
        if new == before and len(parts) <= 1:
            return
        _rewrite(journal, session, new, [path for path, _ in parts])


def rewrite(journal: Path, session: str) -> None:
    """Put what waits of one session into the form that the journal has now. Raises OSError."""
    parts = list(_parts(journal, session))
    _rewrite(journal, session, _folded(part for _, part in parts), [path for path, _ in parts])


def _rewrite(journal: Path, session: str, new: Mapping[str, Any], old: Iterable[Path]) -> None:
    written = _write(journal, session, {"drafts": new}) if new else None
    for path in old:
        if path != written:
            path.unlink(missing_ok=True)


def files(journal: Path) -> Iterator[Path]:
    """All files of drafts."""
    with contextlib.suppress(OSError):
        yield from sorted(p for p in (journal / FOLDER).iterdir() if p.suffix in (".json", _SEALED) and p.is_file())


def session_of(path: Path) -> str | None:
    """Whose drafts are in a file; None where that cannot be read."""
    found = _read(path)
    return found["session"] if found is not None else None


def _write(journal: Path, session: str, what: Mapping[str, Any]) -> Path:
    data = (dumps({"session": session, **what}, indent=1) + "\n").encode()
    seal = sealing.of(journal)
    path = _file(journal, session)
    if seal is not None:
        data, name = seal.seal(data), f"{time.time_ns():020}_{secrets.token_hex(3)}{_SEALED}"
        path = path.with_name(name)
    write_atomic(path, data)
    return path


def _parts(journal: Path, session: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The files about one session, oldest first; one that was written in clear is older than all that are sealed."""
    found = [_file(journal, session)] + [p for p in files(journal) if p.suffix == _SEALED]
    for path in found:
        part = _read(path)
        if part is not None and part["session"] == session:
            yield path, part


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(sealing.read(path))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("session"), str) else None


def _folded(parts: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for part in parts:
        drafts, gone = part.get("drafts"), part.get("gone")
        for name in gone if isinstance(gone, list | tuple) else ():
            out.pop(name, None)
        if isinstance(drafts, Mapping):
            out |= {n: dict(d) for n, d in drafts.items() if isinstance(d, Mapping) and "value" in d}
    return out
