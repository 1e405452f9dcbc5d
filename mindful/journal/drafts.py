"""What a client had begun to write when the program was cut off, until the same session is started again.

While a session runs its drafts are events of its own file. A record holds none: when it is closed as interrupted, here
or by recovery, what was not answered goes to `.drafts/` in the journal, one private file a session, and is offered the
next time. Once the question is answered, or left open, it is gone. Nothing here raises for a disk that refuses.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mindful.journal import names
from mindful.journal.files import write_atomic
from mindful.journal.lines import dumps

FOLDER = ".drafts"


def _file(journal: Path, session: str) -> Path:
    return journal / FOLDER / f"{names.plain_session(session)}.json"


def waiting(journal: Path, session: str) -> dict[str, dict[str, Any]]:
    """By the question's id: {value, private}. Empty where there are none, or none that can be read."""
    try:
        found = json.loads(_file(journal, session).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    drafts = found.get("drafts") if isinstance(found, dict) and found.get("session") == session else None
    if not isinstance(drafts, dict):
        return {}
    return {name: d for name, d in drafts.items() if isinstance(d, dict) and "value" in d}


def keep(journal: Path, session: str, drafts: Mapping[str, Mapping[str, Any]], answered: Iterable[str] = ()) -> None:
    """Keep these with those that wait, less what was answered. An empty rest removes the file."""
    before = waiting(journal, session)
    new = {**before, **{name: dict(d) for name, d in drafts.items()}}
    for name in answered:
        if name not in drafts:
            new.pop(name, None)
    if new == before:
        return
    file = _file(journal, session)
    with contextlib.suppress(OSError):
        if new:
            write_atomic(file, (dumps({"session": session, "drafts": new}, indent=1) + "\n").encode())
        else:
            file.unlink(missing_ok=True)
