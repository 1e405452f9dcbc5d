"""Names of files in a pack: what every system takes, inside the pack's own folder, meaning one file only.

Pure. A pack is made by a stranger's program, so the names in it are judged before anything is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mindful.tongue import _

LONGEST, DEEPEST = 200, 8
ENDINGS = {
    ".yaml": "script",
    ".yml": "script",
    ".json": "script",
    ".wav": "sound",
    ".flac": "sound",
    ".ogg": "sound",
    ".mp3": "sound",
    ".md": "text",
    ".txt": "text",
}
"""What a pack may hold, by ending. Nothing in it is ever run."""
_WINDOWS = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?\Z", re.IGNORECASE)
_BAD = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\]')


def wrong(path: str) -> str:
    """Why this cannot be the name of a file in a pack; empty where it can."""
    if not path or len(path) > LONGEST:
        return _("a name is empty or too long")
    if _BAD.search(path) or any(unicodedata.category(c) in ("Cf", "Cs", "Zl", "Zp", "Cc") for c in path):
        return _("a name holds characters that are not for names")
    if unicodedata.normalize("NFC", path) != path:
        return _("a name is spelled in a way that two systems read differently")
    parts = path.split("/")
    if path.startswith(("/", "~")) or ".." in parts or "." in parts or "" in parts:
        return _("a name leads out of the pack")
    if len(parts) > DEEPEST:
        return _("folders within folders within folders")
    if any(part.startswith((".", " ")) or part.endswith((".", " ")) for part in parts):
        return _("a name is hidden, or ends as no system keeps it")
    if any(_WINDOWS.match(part) for part in parts):
        return _("a name means a device on Windows")
    if ending(path) not in ENDINGS:
        return _("it is not of a kind that a pack may hold")
    return ""


def ending(path: str) -> str:
    """`.yaml` of `a/b.YAML`."""
    last = path.rpartition("/")[2]
    return last[last.rfind(".") :].casefold() if "." in last else ""


def twice(paths: Iterable[str]) -> str | None:
    """A name that another one means as well, where capitals do not count; None where all are apart."""
    seen: set[str] = set()
    for path in paths:
        folded = unicodedata.normalize("NFKC", path).casefold()
        if folded in seen:
            return path
        seen.add(folded)
    whole = {unicodedata.normalize("NFKC", p).casefold() for p in seen}
    for path in whole:
        parent = path.rpartition("/")[0]
        while parent:
            if parent in whole:  # a file where a folder must be
                return path
            parent = parent.rpartition("/")[0]
    return None
