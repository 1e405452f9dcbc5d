"""What of a record goes out. Called by every format. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mindful.journal.export import Choice
from mindful.journal.withholding import step_without, steps_without_words


def chosen(record: Mapping[str, Any], choice: Choice) -> tuple[dict[str, Any], int]:
    """The record as it may be given away, and how many private answers were left out of it.

    `private` keeps naming those that are in. A step's data that could tell an answer which is left out is left out too.
    """
    out = dict(record)
    if not choice.notes:
        out["note"] = ""
        out.pop("effects", None)
    if not choice.answers:
        return out | {"answers": {}, "private": [], "steps": steps_without_words(record["steps"])}, 0
    if choice.private:
        return out, 0
    hidden = set(record["private"])
    kept = {name: value for name, value in record["answers"].items() if name not in hidden}
    left = sum(value is not None for name, value in record["answers"].items() if name in hidden)
    for name, value in kept.items():  # a sheet, some of whose fields are private
        if isinstance(value, Mapping) and (fields := {k for k in value if f"{name}.{k}" in hidden}):
            kept[name] = {k: v for k, v in value.items() if k not in fields}
            left += len(fields)
    steps = [step_without(step, hidden) for step in record["steps"]]
    return out | {"answers": kept, "private": [], "steps": steps}, left
