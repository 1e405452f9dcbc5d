"""How electrodes sit, looked at before a session: on virtual time, with a made headset whose contacts can be moved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mindful.bio.engine import Engine, open_engine
from mindful.bio.ports import SourceError
from mindful.bio.protocols import PRESETS
from mindful.bio.sources.opening import open_source
from mindful.player.checking import FIRST_S, SETTLED_S, Check, CheckView, sentence
from tests.bio.made import Fed, eeg
from tests.bio.time import Clock


class Hands:
    """A headset on a head, and a look at it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.source = Fed(self.clock, labels=("O1", "O2", "Fp1"))
        self.signal = eeg(60, 3, seed=4)
        self.flat: set[int] = set()
        self.sent = 0
        self.check = Check(self.clock, self._open, "alpha")

    def _open(self, kind: str, protocol: str, reward: float | None) -> Engine:
        assert (kind, protocol, reward) == ("eeg", "alpha", None)
        return open_engine(self.source, PRESETS["alpha"])

    def wear(self, seconds: float) -> CheckView:
        view = self.check.look()
        for _ in range(round(seconds * 25)):
            self.clock.ms += 40
            part = self.signal[:, self.sent : self.sent + 10].copy()
            part[sorted(self.flat)] = 0.0
            self.source.put(part)
            self.sent += 10
            view = self.check.look()
        return view


def test_it_waits_until_all_have_sat_well_for_a_while() -> None:
    hands = Hands()
    hands.flat = {0, 1}
    assert hands.wear(0).state == "opening"
    view = hands.wear(FIRST_S + 1)
    assert view.state == "poor" and {label for label, _ in view.poor} == {"O1", "O2"}
    assert "O1 not on the skin" in sentence(view)
    hands.flat = {1}
    assert [label for label, _ in hands.wear(3).poor] == ["O2"]
    hands.flat = set()
    assert hands.wear(2.2).state == "looking"
    assert hands.wear(SETTLED_S + 0.2).state == "good"
    hands.flat = {0}
    assert hands.wear(2.2).state == "poor", "a cable that is let go of"


def test_an_electrode_that_is_not_trained_may_hang() -> None:
    hands = Hands()
    hands.flat = {2}
    view = hands.wear(FIRST_S + SETTLED_S + 1)
    assert view.state == "good" and [label for label, _ in view.electrodes] == ["O1", "O2"]


def test_the_device_is_freed_and_may_be_freed_twice() -> None:
    hands = Hands()
    hands.wear(1)
    hands.check.close()
    hands.check.close()
    assert hands.source.state == "stopped"


@pytest.mark.parametrize("error", [SourceError("The headset is not there."), RuntimeError("boom")])
def test_what_cannot_be_opened_is_said_and_stops_nothing(error: Exception) -> None:
    def refuse(*asked: Any) -> Engine:
        raise error

    check = Check(Clock(), refuse, "alpha")
    assert check.look().state == "failed" and sentence(check.look()) == str(error)
    check.close()


def test_a_headset_without_the_place_is_told() -> None:
    clock = Clock()
    source = Fed(clock, labels=("TP9", "AF7"))
    check = Check(clock, lambda *_: open_engine(source, PRESETS["frontal_theta"]), "frontal_theta")
    for _ in range(100):
        clock.ms += 40
        source.put(np.random.default_rng(1).normal(0, 5, (2, 10)))
        view = check.look()
    assert view.state == "failed" and "Fz" in sentence(view)


def test_a_made_up_one_is_said() -> None:
    clock = Clock()
    check = Check(clock, lambda *_: open_engine(open_source("simulated:3", "eeg", clock), PRESETS["alpha"]), "alpha")
    for _ in range(200):
        clock.ms += 40
        view = check.look()
    assert view.simulated and view.state in ("good", "looking", "poor")
