"""What was done before, as far as a script asks for it: a port. The journal is behind it where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Earlier:
    """A questionnaire as it was answered the last time."""

    hours: float
    """How long ago."""
    day: str
    """`2026-11-24`."""
    scores: Mapping[str, float | None] = field(default_factory=dict)
    """By scale."""


class Past(Protocol):
    """Asked when a step is compiled; the same question has the same answer for as long as a session runs."""

    def questionnaire(self, name: str) -> Earlier | None:
        """How it was answered last; None where it never was."""
        ...

    def resonance(self) -> float | None:
        """The client's own pace in breaths a minute, as an assessment found it; None where there was none."""
        ...


class NoPast:
    """Nothing was done before: outlines, renders, tests."""

    def questionnaire(self, name: str) -> Earlier | None:
        return None

    def resonance(self) -> float | None:
        return None
