"""The loop is closed: a simulated client learns from true feedback, and less from anything else.

Short trainings of an eager client, with fixed seeds. docs/bio.md has the long ones; how late feedback is, is tested directly
in test_brain_engine.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mindful.bio.delivery import Delayed, Delivery, Inverted, Real, by_chance
from tests.bio.simulations import learned

SEEDS = (0, 1)
MINUTES = 4


def each(make: Callable[[], Delivery]) -> list[float]:
    """What each client learned."""
    return [learned(make, seed, MINUTES, 0.0012, 20) for seed in SEEDS]


@pytest.fixture(scope="module")
def real() -> list[float]:
    return each(Real)


def test_true_feedback_teaches_every_client(real: list[float]) -> None:
    assert min(real) > 5


@pytest.mark.parametrize(
    ("make", "at_most"), [(Inverted, 0.0), (lambda: by_chance(9, MINUTES * 60), 0.4), (lambda: Delayed(500), 0.8)]
)
def test_anything_else_teaches_less(real: list[float], make: Callable[[], Delivery], at_most: float) -> None:
    other = each(make)
    assert np.mean(other) < at_most * np.mean(real)
