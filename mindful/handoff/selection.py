"""What of a record a client gives away: whole parts on or off, private answers off unless they are asked for. Pure.

A record that was cut down is still a record, so everything that reads a journal reads it; `shared` in it says what was
left out, so that nobody takes an absence for a no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mindful.journal.withholding import BODILY, step_without

PARTS = ("ratings", "answers", "details", "notes", "effects", "settings")
USUAL = frozenset(("ratings", "answers", "details", "effects"))
"""On unless the client says otherwise; notes are written to oneself."""
_ALWAYS = (
    "mindful_record",
    "id",
    "session",
    "status",
    "reason",
    "started",
    "ended",
    "planned_ms",
    "elapsed_ms",
    "paused_ms",
    "simulated",
)
_DETAILS = ("landing", "eased")


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes, and what stays."""

    parts: frozenset[str] = USUAL
    private: bool = False
    """Also answers that the script marks as private."""


def cut(record: Mapping[str, Any], choice: Choice) -> dict[str, Any]:
    """The record with only what is given. Unknown fields stay behind: what nobody asked about is not sent."""
    private = {str(name) for name in record.get("private", ())}
    answers, held = {}, 0
    for name, value in record.get("answers", {}).items():
        kept = _answer(name, value, private, choice)
        held += kept is _HELD and value is not None
        if kept is not _HELD:
            answers[name] = kept
    details = "details" in choice.parts
    words = "answers" in choice.parts
    hidden = set() if choice.private else private
    out = {name: record[name] for name in _ALWAYS if name in record}
    out |= {
        "settings": dict(record.get("settings", {})) if "settings" in choice.parts else {},
        "variables": dict(record.get("variables", {})) if "settings" in choice.parts else {},
        "steps": [_step(step, details, words, hidden) for step in record.get("steps", ())],
        "answers": answers,
        "private": sorted(n for n in private if n.partition(".")[0] in answers) if choice.private else [],
        "timing": {},
        "app": record.get("app", ""),
        "audio": {},
        "note": str(record.get("note", "")) if "notes" in choice.parts else "",
    }
    if details:
        out |= {name: record[name] for name in _DETAILS if name in record}
        if tapped := {n: t for n, t in record.get("tapped", {}).items() if n not in private or choice.private}:
            out["tapped"] = tapped
    if "effects" in choice.parts and "effects" in record:
        out["effects"] = record["effects"]
    out["shared"] = {
        "parts": sorted(choice.parts & set(PARTS)),
        "answers_kept_back": held,
        "note_kept_back": bool(record.get("note")) and "notes" not in choice.parts,
    }
    return out


_HELD: Any = object()


def _answer(name: str, value: Any, private: set[str], choice: Choice) -> Any:
    if name in private and not choice.private:
        return _HELD
    rating = isinstance(value, int | float) and not isinstance(value, bool)
    if ("ratings" if rating else "answers") not in choice.parts:
        return _HELD
    if isinstance(value, Mapping) and not choice.private:  # a sheet: its fields are private one by one
        return {k: v for k, v in value.items() if f"{name}.{k}" not in private}
    return value


def _step(step: Mapping[str, Any], details: bool, words: bool, hidden: set[str]) -> dict[str, Any]:
    kept = {k: step[k] for k in ("step", "kind", "status", "start_ms", "end_ms")}
    if not details or not (words or step["kind"] in BODILY):
        return {**kept, "data": {}}
    return {**kept, "data": dict(step_without(step, hidden)["data"])}
