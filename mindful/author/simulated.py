"""What is simulated, and what came of it: plain values. `author.simulate` makes them, `simulation_text` words them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mindful.author.branches import Branch, taken
from mindful.author.clients import Client
from mindful.script.model import Script
from mindful.script.values import Scalar
from mindful.timeline.exposure.known import NOTHING, Known
from mindful.timeline.fit import fitted
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that came up, and what became of it."""

    step: str
    id: str | None
    text: str
    answer: Any
    """None: left open."""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One client in one session."""

    client: Client
    record: Mapping[str, Any]
    asked: tuple[Asked, ...]
    visited: frozenset[str]
    chosen: frozenset[str]
    """Paths of the options that were taken, without rounds."""
    warnings: tuple[str, ...]
    last: str
    """The step in which it ended."""
    file: Path | None = None
    """Where the record was kept."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """All clients in one session."""

    script: Script
    runs: tuple[Run, ...]
    branches: tuple[Branch, ...]
    values: Mapping[str, Scalar] = field(default_factory=dict)
    """Variables that were set; all others were as they stand in the script."""

    @property
    def defaults(self) -> dict[str, Scalar]:
        """The variables that were at their defaults: ways that depend on them were tried with one value only."""
        return {name: value for name, value in self.script.defaults().items() if name not in self.values}

    def taken(self, run: Run) -> list[Branch]:
        """The ways that one run took."""
        return taken(list(self.branches), run.visited, run.chosen)

    @property
    def never(self) -> list[Branch]:
        """The ways that none of them took."""
        reached = {way for run in self.runs for way in self.taken(run)}
        return [way for way in self.branches if way not in reached]


@dataclass(frozen=True, slots=True)
class Given:
    """The session as all clients get it."""

    script: Script
    values: Mapping[str, Scalar] = field(default_factory=dict)
    seed: int = 0
    fit_ms: int | None = None
    known: Known = NOTHING
    """What the clients bring to an exposure."""

    def planned(self) -> int | None:
        """How long it takes, where that is known beforehand."""
        setup = Setup(self.script, self.values, seed=self.seed)
        return outline(setup if self.fit_ms is None else fitted(setup, self.fit_ms).setup).total_ms
