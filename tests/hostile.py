"""What a hostile client writes, and how a record is looked at that was made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mindful.journal import lines
from mindful.journal.printable import CONTROL
from mindful.journal.record import Folding
from mindful.player.answers import LONGEST

ESCAPES = "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b[0m\x9b1m\x00\x08 [bold]b[/bold] {name} \u202eback\u2066\u2028"
MEGABYTE = 1_000_000
TEXTS: dict[str, str] = {
    "one long word": "x" * MEGABYTE,
    "many lines": "line\r\n" * (MEGABYTE // 6),
    "escape sequences": ESCAPES * (MEGABYTE // len(ESCAPES)),
    "emoji": "🧘‍♀️👩‍👩‍👧‍👦🏴‍☠️ " * (MEGABYTE // 20),
    "right to left": "\u202eשלום עולם ‏مرحبا\u202c " * (MEGABYTE // 20),
    "marks on marks": "a" + "\u0301" * MEGABYTE,
    "wide letters": "冥想" * (MEGABYTE // 2),
    "halves of letters": "\ud83d\udc00\udcff" * 1000,
    "only blanks": " \t\n" * (MEGABYTE // 3),
}
"""By what is nasty about it."""


def texts(value: Any) -> Iterator[str]:
    """Every text in plain data, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for k, v in value.items():
            yield from (*texts(k), *texts(v))
    elif isinstance(value, list | tuple):
        for v in value:
            yield from texts(v)


def record_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    """The record that these events make, through the bytes of their lines and of itself, held to what must be true.

    Each line and the record are JSON; no text in it is longer than an answer may be, or holds what drives a terminal.
    """
    start = {"event": "start", "t_ms": 0, "at": "2026-11-25T18:30:00.000+01:00", "id": "made"}
    data = b"".join(lines.line(event) for event in (start, *events))
    assert CONTROL.search(data.decode().replace("\n", "").replace("\u200f", "")) is None
    folding = Folding()
    read = list(lines.parse(data))
    assert len(read) == len(events) + 1, "a line is no JSON"
    for event in read:
        folding.add(event)
    record: dict[str, Any] = json.loads(lines.dumps(folding.record(), indent=1))
    for draft in [e.get("value") for e in events if e["event"] == "draft"]:
        assert all(len(text) <= LONGEST for text in texts(draft)), "a draft is as long as it likes"
    for text in texts(record):
        assert len(text) <= LONGEST
        found = CONTROL.search(text.replace("\u200f", "").replace("\u200e", ""))
        assert found is None, f"{found!r} in the record"
    return record
