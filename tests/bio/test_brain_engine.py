"""Neurofeedback: from samples to a value. Time is the test's own."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from mindful.bio.brain import BrainEngine, with_channels
from mindful.bio.engine import open_engine
from mindful.bio.ports import Notice, Reading, UnfitError
from mindful.bio.protocols import PRESETS, Band, BrainProtocol, Feature, Inhibit, Term, Threshold
from mindful.bio.sources.file import FileSource
from mindful.bio.sources.simulated import SimulatedBrainSource, SimulatedHeartSource
from tests.bio.made import RATE, Fed, eeg, recording
from tests.bio.time import Clock, run

ALPHA = BrainProtocol("alpha", Feature("amplitude", Term(("O1",), Band(8, 12))))


def played(
    data: np.ndarray, protocol: BrainProtocol = ALPHA, labels: tuple[str, ...] = ("O1",)
) -> tuple[BrainEngine, Clock]:
    """An engine on a made-up recording, started."""
    clock = Clock()
    source = FileSource(clock, recording=recording(data, labels))
    engine = open_engine(source, protocol)
    assert isinstance(engine, BrainEngine)
    source.start()
    return engine, clock


def wave(hz: float, uv: float, seconds: float, rate: float = RATE) -> np.ndarray:
    out: np.ndarray = uv * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return out


@pytest.mark.parametrize("name", ["alpha", "smr", "frontal_theta"])
def test_a_burst_of_its_own_band_is_fed_back_in_time(name: str) -> None:
    # 250 ms for 10 Hz; the narrow bands beside alpha have slower filters, which docs/bio.md says.
    protocol = PRESETS[name]
    band = protocol.feature.up.band
    place = protocol.feature.up.channels[0]
    data = eeg(60, uv=4)
    data[0, 50 * 250 : 55 * 250] += wave((band.low + band.high) / 2, 15, 5)
    engine, clock = played(data, protocol, (place,))
    engine.begin("baseline", clock.ms)
    run(engine, clock, 40)
    engine.begin("training", clock.ms)
    # Count from a moment below the threshold.
    over: list[int] = []

    def look(reading: Reading) -> None:
        if reading.at_ms >= 150_000 and reading.value > 0.75 and reading.reward:
            over.append(reading.at_ms - 150_000)

    run(engine, clock, 14, look)
    assert over
    assert over[0] <= {"alpha": 250, "smr": 450, "frontal_theta": 450}[name]


def test_the_reward_share_is_held_over_real_noise() -> None:
    engine, clock = played(eeg(400, seed=3))
    engine.begin("baseline", clock.ms)
    run(engine, clock, 60)
    engine.begin("training", clock.ms)
    run(engine, clock, 300)
    training = engine.summary()["stretches"][-1]
    assert training["reward"] == pytest.approx(0.65, abs=0.05)
    assert training["clean"] > 0.95


@pytest.mark.parametrize(("mode", "low", "high"), [("baseline", 0.0, 0.25), ("adaptive", 0.45, 0.75)])
def test_a_fixed_bar_shows_a_change_and_an_adaptive_one_hides_it(mode: str, low: float, high: float) -> None:
    quiet = eeg(260, seed=4)
    quiet[0, : 60 * 250] += wave(10, 12, 60)
    protocol = BrainProtocol("x", ALPHA.feature, threshold=Threshold(mode))  # type: ignore[arg-type]
    engine, clock = played(quiet, protocol)
    engine.begin("baseline", clock.ms)
    run(engine, clock, 60)
    engine.begin("training", clock.ms)
    run(engine, clock, 180)
    training = engine.summary()["stretches"][-1]
    assert low <= training["reward"] <= high
    assert training["feature"] < engine.summary()["baseline"]["mean"]


def test_blinks_jaw_flat_and_clipped_take_the_reward_and_hold_the_value() -> None:
    data = eeg(80, seed=5, uv=5)
    t = np.arange(250) / 250
    data[0, 50 * 250 : 51 * 250] += 180 * np.exp(-0.5 * ((t - 0.2) / 0.06) ** 2)
    data[0, 55 * 250 : 57 * 250] += np.random.default_rng(1).normal(0, 15, 500)
    data[0, 60 * 250 : 62 * 250] = 3.0
    data[0, 65 * 250 : 67 * 250] = np.clip(data[0, 65 * 250 : 67 * 250], -2, 2)
    engine, clock = played(data)
    engine.begin("baseline", clock.ms)
    run(engine, clock, 40)
    engine.begin("training", clock.ms)
    seen: dict[str, list[Reading]] = {}
    held: list[tuple[float, float]] = []
    before = 0.0

    def look(reading: Reading) -> None:
        nonlocal before
        seen.setdefault(engine.why, []).append(reading)
        if reading.quality == "unclear":
            held.append((before, reading.value))
        before = reading.value

    run(engine, clock, 39, look)
    assert {"", "movement", "muscle", "flat", "clipped"} <= set(seen)
    for why, readings in seen.items():
        if why:
            assert not any(r.reward for r in readings)
            assert all(r.quality == "unclear" and r.feature is None for r in readings)
    assert held
    assert all(a == b for a, b in held)
    blink = [r.at_ms for r in seen["movement"]]
    assert 150_000 <= blink[0] <= 150_250
    assert 800 <= blink[-1] - blink[0] <= 1400


def test_an_inhibit_takes_the_reward() -> None:
    protocol = BrainProtocol(
        "x", ALPHA.feature, inhibits=(Inhibit("theta", Term(("O1",), Band(4, 7))),), threshold=Threshold("baseline")
    )
    data = eeg(70, seed=6, uv=4)
    data[0, 50 * 250 :] += wave(10, 12, 20)
    data[0, 60 * 250 :] += wave(5.5, 30, 10)
    engine, clock = played(data, protocol)
    engine.begin("baseline", clock.ms)
    run(engine, clock, 48)
    engine.begin("training", clock.ms)
    free: list[bool] = []
    run(engine, clock, 11, lambda r: free.append(r.reward))
    caught: list[Reading] = []
    run(engine, clock, 9, caught.append)
    assert 0.7 < np.mean(free[75:]) < 0.95  # a fifth of the baseline was over its bar
    assert not any(r.reward for r in caught[50:])
    assert caught[-1].value > 0.5
    assert caught[-1].extras["theta"] == pytest.approx(30, rel=0.1)


def test_less_can_be_rewarded_and_a_ratio_and_an_asymmetry_read_as_they_should() -> None:
    data = np.stack([wave(10, 12, 20), wave(10, 6, 20)]) + eeg(20, 2, uv=0.5)
    data[0] += wave(6, 4, 20)
    theta_alpha = Feature("ratio", Term(("F3",), Band(4, 8)), Term(("F3",), Band(8, 12)), "less")
    engine, clock = played(data, BrainProtocol("x", theta_alpha), ("F3", "F4"))
    assert run(engine, clock, 15).feature == pytest.approx(4 / 12, abs=0.08)
    sides = Feature("asymmetry", Term(("F4",), Band(8, 13)), Term(("F3",), Band(8, 13)))
    engine, clock = played(data, BrainProtocol("x", sides), ("F3", "F4"))
    assert run(engine, clock, 15).feature == pytest.approx(math.log(6 / 12), abs=0.08)
    less = BrainProtocol(
        "x", Feature("amplitude", Term(("F3",), Band(8, 12)), rewarded="less"), threshold=Threshold("fixed", value=20)
    )
    engine, clock = played(data, less, ("F3", "F4"))
    engine.begin("training", clock.ms)
    assert run(engine, clock, 10).reward


def test_the_individual_peak_moves_the_band() -> None:
    data = eeg(120, seed=7, uv=5)
    data[0] += wave(8.6, 8, 120)
    engine, clock = played(data, PRESETS["alpha"])
    engine.begin("baseline", clock.ms)
    run(engine, clock, 60)
    engine.begin("training", clock.ms)
    run(engine, clock, 5)
    assert engine.peak_hz == pytest.approx(8.6, abs=0.2)
    summary = engine.summary()
    assert summary["bands_hz"][0][:2] == pytest.approx([engine.peak_hz - 2, engine.peak_hz + 2])
    assert summary["baseline"]["mean"] == pytest.approx(8, rel=0.1)


def test_nothing_is_rewarded_but_in_training_and_before_there_is_a_threshold() -> None:
    engine, clock = played(eeg(60))
    readings: list[Reading] = []
    run(engine, clock, 10, readings.append)
    engine.begin("baseline", clock.ms)
    run(engine, clock, 15, readings.append)
    engine.begin("rest", clock.ms)
    run(engine, clock, 3, readings.append)
    engine.begin("after", clock.ms)
    run(engine, clock, 3, readings.append)
    assert not any(r.reward for r in readings)
    assert [s["phase"] for s in engine.summary()["stretches"]] == ["waiting", "baseline", "rest", "after"]


def test_a_gap_is_told_once_and_pauses_the_feedback() -> None:
    clock = Clock()
    source = Fed(clock, labels=("O1",))
    engine = open_engine(source, ALPHA)
    source.start()
    data = eeg(60)
    at = 0

    def give(seconds: float) -> list[Reading]:
        nonlocal at
        out = []
        for _ in range(round(seconds * 25)):
            clock.ms += 40
            source.put(data[:, at : at + 10])
            at += 10
            out.append(engine.tick(clock.ms))
        return out

    engine.begin("baseline", clock.ms)
    give(10)
    engine.begin("training", clock.ms)
    assert give(3)[-1].quality == "clear"
    notices: list[Notice] = []
    for _ in range(2):
        silent = []
        for _ in range(60):
            clock.ms += 40
            silent.append(engine.tick(clock.ms))
        assert silent[-1].quality == "absent"
        assert silent[-1].value == 0
        after = give(2)
        assert after[0].quality == "unclear"
        assert after[-1].quality == "clear"
        notices += engine.notices()
    gaps = [n for n in notices if n.kind == "gap"]
    assert [n.tell for n in gaps] == [True, False]
    assert gaps[0].data["seconds"] == pytest.approx(2.4, abs=0.1)


def test_a_device_that_lies_about_its_rate_is_measured() -> None:
    clock = Clock()
    source = Fed(clock, labels=("O1",), rate=250)
    engine = open_engine(source, BrainProtocol("x", ALPHA.feature))
    assert isinstance(engine, BrainEngine)
    source.start()
    truly = 200
    data = wave(10, 12, 60, truly)[None] + eeg(60, rate=truly, uv=2)
    for k in range(40 * 25):
        clock.ms += 40
        source.put(data[:, k * 8 : k * 8 + 8])
        engine.tick(clock.ms)
    told = [n for n in engine.notices() if n.kind == "rate"]
    assert [n.tell for n in told] == [True]
    assert engine.rate_hz == pytest.approx(truly, rel=0.01)
    assert engine.last is not None
    assert engine.last.feature == pytest.approx(12, rel=0.1)


def test_a_missing_place_is_told_before_and_when_a_stream_tells_late() -> None:
    clock = Clock()
    with pytest.raises(UnfitError, match=r"Cz, C3, C4.*TP9, AF7"):
        open_engine(Fed(clock, labels=("TP9", "AF7")), PRESETS["smr"])
    with pytest.raises(UnfitError, match="EEG"):
        open_engine(SimulatedHeartSource(clock), PRESETS["smr"])
    late = Fed(clock, labels=())
    engine = open_engine(late, PRESETS["smr"])
    late.start()
    assert engine.tick(clock.ms).quality == "absent"
    late.labels = ("TP9",)
    for _ in range(5):
        clock.ms += 40
        late.put(eeg(0.04))
        assert engine.tick(clock.ms).quality == "absent"
    assert "Cz" in engine.problem
    assert [n.kind for n in engine.notices()] == ["device"]
    slow = Fed(clock, labels=("Cz",), rate=20)
    engine = open_engine(slow, PRESETS["smr"])
    slow.put(eeg(1, rate=20))
    engine.tick(clock.ms)
    assert "too slow" in engine.problem


def test_places_can_be_named_otherwise() -> None:
    moved = with_channels(PRESETS["smr"], ("Fz",))
    assert moved.feature.up.channels == ("Fz",)
    assert moved.inhibits[0].term.channels == ("Fz",)
    with pytest.raises(UnfitError):
        with_channels(PRESETS["asymmetry"], ("Fz",))


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_runs_on_the_simulated_brain_and_its_record_is_whole(name: str) -> None:
    clock = Clock()
    source = SimulatedBrainSource(clock, 2)
    engine = open_engine(source, PRESETS[name])
    source.start()
    engine.begin("baseline", clock.ms)
    run(engine, clock, 30)
    engine.begin("training", clock.ms)
    run(engine, clock, 20)
    rows = engine.rows()
    done = engine.finish()
    assert len(rows) in (50, 51)  # a second in which a stretch begins is two rows
    assert {"phase", "at_ms", "value", "feature", "threshold", "reward", "clean"} <= set(rows[-1])
    assert done["simulated"]
    assert done["delivery"] == {"mode": "real"}
    assert done["stretches"][1]["clean"] > 0.4
    assert done["stretches"][1]["reward"] > 0.3
    assert done["latency"]["filter"] < 500
    assert done["protocol"]["source"]
    assert done["channels"]
    assert not engine.problem


def test_not_a_number_and_nonsense_do_no_harm() -> None:
    data = eeg(30)
    data[0, 1000:1100] = np.nan
    data[0, 2000:2100] = np.inf
    data[0, 3000] = 1e30
    engine, clock = played(data)
    engine.begin("training", clock.ms)
    readings: list[Reading] = []
    run(engine, clock, 29, readings.append)
    assert all(0 <= r.value <= 1 for r in readings)


REST = Path(__file__).parents[2] / ".." / "shared" / "data" / "rest-eyes-closed.edf"


@pytest.mark.skipif(not REST.exists(), reason="the recording of eyes-closed rest is not here")
def test_real_eyes_closed_rest() -> None:
    from mindful.bio.recordings import read
    from mindful.bio.spectrum import alpha_peak, band_power, welch

    found = read(REST)
    o1 = found.data[[found.labels.index("O1")]]
    freqs, power = welch(o1, found.rate_hz)
    share = band_power(freqs, power, 8, 13)[0] / band_power(freqs, power, 1, 40)[0]
    assert share > 0.6
    assert alpha_peak(freqs, power) == pytest.approx(10, abs=1.5)
    clock = Clock()
    source = FileSource(clock, recording=found)
    engine = open_engine(source, PRESETS["alpha"])
    source.start()
    engine.begin("baseline", clock.ms)
    run(engine, clock, 60)
    engine.begin("training", clock.ms)
    run(engine, clock, 120)
    training = engine.summary()["stretches"][-1]
    assert training["reward"] == pytest.approx(0.65, abs=0.06)
    assert training["clean"] > 0.95
