"""Named breath patterns: the bundled ones of `sessions/patterns.yaml`, a script's own, and those of a client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from pydantic_core import PydanticCustomError

from mindful import assets
from mindful.script.kinds.breath import Phases, parse_phases, phase_faults
from mindful.script.model import Caution, Script
from mindful.script.values import NAME


@dataclass(frozen=True, slots=True)
class BundledPattern:
    """A pattern that anyone may name."""

    name: str
    title: str
    phases: Phases
    note: str = ""
    rounds: int | None = None
    """Rounds with user-ended holds between; such a pattern cannot be paced as a plain cycle."""
    cautions: tuple[Caution, ...] = ()
    """Whom it may not suit; from the same list as a script's."""
    claim: str = ""
    """What was found; with its source and how strong it is. Empty for a client's own."""
    source: str = ""
    strength: str = ""
    own: bool = False
    """Whether a client added it."""

    @property
    def row(self) -> str:
        """`4-4-6-2` in seconds, where in, hold, out, rest can say it; else the phases by name."""
        order = [p.phase for p in self.phases]
        plain = len(set(order)) == len(order) and "top_up" not in order and order[0] == "inhale"
        if plain and not any(p.through for p in self.phases):
            seconds = {p.phase: f"{p.ms / 1000:g}" for p in self.phases}
            row = [seconds.get(name, "0") for name in ("inhale", "hold", "exhale", "rest")]
            if row[3] == "0":
                row = [row[0], row[2]] if row[1] == "0" else row[:3]
            return "-".join(row)
        parts = (
            f"{p.phase.replace('_', '-')} {p.ms / 1000:g}{f' {p.through}' if p.through else ''}" for p in self.phases
        )
        return ", ".join(parts)


@cache
def bundled() -> Mapping[str, BundledPattern]:
    """The bundled patterns by name."""
    data = yaml.safe_load((assets.sessions() / "patterns.yaml").read_text(encoding="utf-8"))
    return {name: _bundled(name, p) for name, p in data.items()}


def _bundled(name: str, p: Mapping[str, Any]) -> BundledPattern:
    known = p.get("evidence", {})
    return BundledPattern(
        name,
        p["title"],
        parse_phases(p["phases"]),
        p.get("note", ""),
        p.get("rounds"),
        tuple(p.get("cautions", ())),
        claim=str(known.get("claim", "")),
        source=str(known.get("source", "")),
        strength=str(known.get("strength", "")),
    )


def phases_of(ref: str | Phases, script: Script) -> Phases:
    """The phases that a `breathe` step names. Raises LookupError when nobody knows the name."""
    if not isinstance(ref, str):
        return ref
    own = script.own_patterns
    if ref in own:
        return own[ref]
    return bundled()[ref].phases


MOST_BYTES, MOST_PATTERNS, MOST_TITLE, MOST_NOTE = 64 * 1024, 200, 80, 600
_KEY = "mindful_patterns"


class PatternError(ValueError):
    """A file of patterns, or one of them, is not as it should be. Its text says what, for whoever wrote it."""


def parse_own(text: str) -> dict[str, BundledPattern]:
    """The patterns of a client's file or of one that was shared. Raises `PatternError`, with all that is wrong.

    `{mindful_patterns: 1, patterns: {NAME: {title, phases, note}}}`; phases as in `breathe`.
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise PatternError(f"the file is larger than {MOST_BYTES // 1024} KiB")
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" in line {place.line + 1}" if place is not None else ""
        raise PatternError(
            f"this is no YAML{where}: {getattr(error, 'problem', None) or 'it cannot be read'}"
        ) from error
    if not isinstance(data, dict) or data.get(_KEY) != 1:
        raise PatternError(f"a file of patterns begins with {_KEY}: 1")
    found = data.get("patterns")
    if not isinstance(found, dict) or not 0 < len(found) <= MOST_PATTERNS:
        raise PatternError(f"under `patterns` stand 1 to {MOST_PATTERNS} of them, each with its name")
    out: dict[str, BundledPattern] = {}
    wrong: list[str] = []
    for name, value in found.items():
        try:
            out[str(name)] = own_pattern(str(name), value)
        except PatternError as error:
            wrong.append(str(error))
    if wrong:
        raise PatternError("\n".join(wrong))
    return out


def own_pattern(name: str, data: object) -> BundledPattern:
    """One pattern of a client's own, judged by the rules of the format. Raises `PatternError`."""
    if not re.fullmatch(NAME, name) or name in bundled():
        why = (
            "there is a bundled one of that name" if name in bundled() else "small letters, digits, - and _ make a name"
        )
        raise PatternError(f"{name}: {why}")
    if not isinstance(data, dict):
        data = {"phases": data}
    if unknown := sorted(map(str, set(data) - {"title", "phases", "note"})):
        raise PatternError(f"{name}: a pattern has a title, phases and a note, and no {', '.join(unknown)}")
    title, note = str(data.get("title") or name), str(data.get("note") or "")
    if len(title) > MOST_TITLE or len(note) > MOST_NOTE or not (title + note).replace("\n", "").isprintable():
        raise PatternError(f"{name}: title and note are plain text, up to {MOST_TITLE} and {MOST_NOTE} letters")
    faults = [fault.message() for _, fault in phase_faults(data.get("phases"))]
    try:
        phases = () if faults else parse_phases(data.get("phases"))
    except PydanticCustomError as error:
        faults, phases = [error.message()], ()
    if faults:
        raise PatternError("\n".join(f"{name}: {fault}" for fault in faults))
    return BundledPattern(name, title, phases, note, own=True)


def as_text(patterns: Mapping[str, BundledPattern]) -> str:
    """A file of patterns, to keep or to share."""
    data = {
        name: {
            "title": p.title,
            "phases": [
                {phase.phase: phase.ms / 1000, **({"through": phase.through} if phase.through else {})}
                for phase in p.phases
            ],
            **({"note": p.note} if p.note else {}),
        }
        for name, p in patterns.items()
    }
    written: str = yaml.safe_dump(
        {_KEY: 1, "patterns": data}, sort_keys=False, allow_unicode=True, default_flow_style=None
    )
    return written
