"""A length as people read it, `0:05` or `1:02:00`: in tables of times and wherever a length is said."""

from __future__ import annotations


def clock(ms: int) -> str:
    """`0:05`, `1:02:00`, with tenths where there are some: `0:04.2`."""
    tenths = round(ms / 100)
    seconds, tenth = divmod(tenths, 10)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{text}.{tenth}" if tenth else text
