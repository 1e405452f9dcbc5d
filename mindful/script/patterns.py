"""Named breath patterns: the bundled ones of `sessions/patterns.yaml`, and a script's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from mindful import assets
from mindful.script.kinds.breath import Phases, parse_phases
from mindful.script.model import Caution, Script


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


@cache
def bundled() -> Mapping[str, BundledPattern]:
    """The bundled patterns by name."""
    data = yaml.safe_load((assets.sessions() / "patterns.yaml").read_text(encoding="utf-8"))
    return {
        name: BundledPattern(
            name,
            p["title"],
            parse_phases(p["phases"]),
            p.get("note", ""),
            p.get("rounds"),
            tuple(p.get("cautions", ())),
        )
        for name, p in data.items()
    }


def phases_of(ref: str | Phases, script: Script) -> Phases:
    """The phases that a `breathe` step names. Raises LookupError when nobody knows the name."""
    if not isinstance(ref, str):
        return ref
    own = script.own_patterns
    if ref in own:
        return own[ref]
    return bundled()[ref].phases
