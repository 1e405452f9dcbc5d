"""The loop is closed: a simulated client learns from true feedback, and less from anything else.

Short trainings of an eager client, with fixed seeds. docs/bio.md has the long ones; how late feedback is, is tested directly
in test_brain_engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mindful.bio.body.brain import BrainBody, SimulatedBrain
from mindful.bio.delivery import Delayed, Delivery, Inverted, Real, by_chance
from mindful.bio.engine import open_engine
from mindful.bio.protocols import PRESETS
from mindful.bio.sources.simulated import SimulatedBrainSource
from tests.bio.time import Clock, run

SEEDS = (0, 1)
MINUTES = 4


def learned(make: Callable[[], Delivery]) -> list[float]:
    """Spindles a minute at the end less those at the beginning, as rates that were learned, for each client."""
    out = []
    for seed in SEEDS:
        clock = Clock()
        body = replace(BrainBody.of(seed), eagerness=0.0012)
        source = SimulatedBrainSource(clock, seed, SimulatedBrain(seed, body))
        engine = open_engine(source, PRESETS["alpha"], make())
        source.start()
        engine.begin("baseline", clock.ms)
        run(engine, clock, 20)
        engine.begin("training", clock.ms)
        run(engine, clock, MINUTES * 60)
        out.append(60 * (source.brain.alpha.per_s - body.per_s))
    return out


@pytest.fixture(scope="module")
def real() -> list[float]:
    return learned(Real)


def test_true_feedback_teaches_every_client(real: list[float]) -> None:
    assert min(real) > 5


@pytest.mark.parametrize(
    ("make", "at_most"), [(Inverted, 0.0), (lambda: by_chance(9, MINUTES * 60), 0.4), (lambda: Delayed(500), 0.8)]
)
def test_anything_else_teaches_less(real: list[float], make: Callable[[], Delivery], at_most: float) -> None:
    other = learned(make)
    assert np.mean(other) < at_most * np.mean(real)
