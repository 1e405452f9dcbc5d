"""What of a record goes out. Called by every format. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mindful.journal.export import Choice


def chosen(record: Mapping[str, Any], choice: Choice) -> tuple[dict[str, Any], int]:
    """The record as it may be given away, and how many private answers were left out of it.

    `private` keeps naming those that are in; a step's data never holds an answer.
    """
    out = dict(record)
    if not choice.notes:
        out["note"] = ""
        out.pop("effects", None)
    if not choice.answers:
        return out | {"answers": {}, "private": []}, 0
    if choice.private:
        return out, 0
    hidden = set(record["private"])
    kept = {name: value for name, value in record["answers"].items() if name not in hidden}
    return out | {"answers": kept, "private": []}, len(record["answers"]) - len(kept)
