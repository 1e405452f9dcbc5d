"""Other people's text for files: on one line, without control characters. Called by every writer of this room."""

from __future__ import annotations

import re

from mindful.script.values import CONTROL

_SURROGATES = re.compile(r"[\ud800-\udfff]")


def one_line(text: str) -> str:
    """The text on one line; control characters become spaces, half characters the replacement character."""
    return " ".join(drawn(text).split())


def drawn(text: str) -> str:
    """One row of a picture: the same, with its blanks as they are."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", CONTROL.sub(" ", text))


def clock(ms: int) -> str:
    """`0:05`, `1:02:00`; whole seconds gone by."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def spell(ms: int) -> str:
    """A length as a person says it: `44 s`, `1 min 30 s`, `1 h 5 min`."""
    hours, rest = divmod(round(ms / 1000), 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        seconds = 0
    return " ".join(f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if n) or "0 s"
