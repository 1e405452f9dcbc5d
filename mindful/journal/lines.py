"""Events as lines of JSON, and back. Called by the recorder, which writes them, and by recovery, which reads them.

A line is complete when it ends with a newline. The last one may be torn by a crash; a torn or foreign line in the
middle (a disk that was full for a while) costs that line and nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mindful.journal.printable import CONTROL

_DEPTH = 40
_LARGEST = 1 << 63


def plain(value: Any, depth: int = 0) -> Any:
    """The value as JSON knows it. Never raises: what has no JSON form becomes text, and a number beyond it null."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < _LARGEST else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, date):
        return value.isoformat()
    if depth < _DEPTH:
        if isinstance(value, Mapping):
            return {str(plain(str(k))): plain(v, depth + 1) for k, v in value.items()}
        if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
            return [plain(v, depth + 1) for v in value]
    return plain(str(value))


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON that a person can read, and that cannot drive a terminal when it is printed as it is."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def line(event: Mapping[str, Any]) -> bytes:
    """One event as one line, newline and all."""
    return dumps(event).encode() + b"\n"


def parse(data: bytes) -> Iterator[dict[str, Any]]:
    """The events in the bytes of a `.jsonl`, in order; what is torn or no event is left out."""
    for raw in data.split(b"\n"):
        if not raw.strip():
            continue
        try:
            event = json.loads(raw)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict) and isinstance(event.get("event"), str):
            yield event
