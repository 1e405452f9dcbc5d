"""Simulated clients from beginning to end: what tests look at with few of them, and measurements with many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mindful.bio.body.brain import BrainBody, SimulatedBrain
from mindful.bio.body.heart import SimulatedHeart
from mindful.bio.cleaning import Cleaner
from mindful.bio.delivery import Delivery
from mindful.bio.engine import open_engine
from mindful.bio.protocols import PRESETS
from mindful.bio.resonance import Assessment, Resonance
from mindful.bio.sources.simulated import SimulatedBrainSource
from tests.bio.time import Clock, run


def learned(make: Callable[[], Delivery], seed: int, minutes: float, eagerness: float, baseline_s: float) -> float:
    """Spindles of alpha a minute that a client is readier to make after a training than before it."""
    clock = Clock()
    body = replace(BrainBody.of(seed), eagerness=eagerness)
    source = SimulatedBrainSource(clock, seed, SimulatedBrain(seed, body))
    engine = open_engine(source, PRESETS["alpha"], make())
    source.start()
    engine.begin("baseline", clock.ms)
    run(engine, clock, baseline_s)
    engine.begin("training", clock.ms)
    run(engine, clock, minutes * 60)
    return 60 * (source.brain.alpha.per_s - body.per_s)


def assessed(seed: int) -> tuple[Resonance, float]:
    """What the stepped assessment says of a heart, and its resonance, breaths a minute."""
    heart, cleaner, assessment = SimulatedHeart(seed), Cleaner(), Assessment(5.0)
    for at, rr in heart.advance(5.0):
        cleaner.push(at, rr)
    for at, rr in heart.advance(assessment.end_s, assessment.pace):
        assessment.add(cleaner.push(at, rr))
    return assessment.result(), heart.body.resonance_per_min
