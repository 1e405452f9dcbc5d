"""The mixer by typed words: `voice -`, `tone +`, `bells off`, `background 0`. Called by the performer."""

from __future__ import annotations

import re

from mindful.audio.levels import OFF, Levels
from mindful.plain import words

_TYPED = re.compile(rf"^({'|'.join(words.GROUPS)})\s*(\++|-+|off|0)$", re.IGNORECASE)


def read(typed: str, levels: Levels) -> tuple[Levels, str] | None:
    """The levels after a typed line, and what to say; None where it is about something else.

    Each sign is a step of 3 dB, `0` is as made.
    """
    found = _TYPED.match(typed.strip())
    if found is None:
        return None
    group, name = words.GROUPS[found[1].casefold()]
    what = found[2].casefold()
    if what in ("off", "0"):
        new = levels.changed(group, OFF if what == "off" else 0.0)
    else:
        new = levels.moved(group, len(what) if what[0] == "+" else -len(what))
    db = getattr(new, group)
    return new, words.level(name, db, db <= OFF)
