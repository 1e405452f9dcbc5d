"""One authored session, the whole program, every kind of sensor: `python -m bench.sensor_sessions [SENSOR...]`.

SENSOR is one of brain, file, synthetic, cyton, muse, lsl, heart, strap; all without. The same script (one for a brain,
one for a heart) is played in a pseudo-terminal, on a sound server without a card, to its end; its record tells what
came of it. Where a burst of 10 Hz can be put in at a known moment, it is told how long after it the first frame and
the first sample moved. CPU is of the program and the driver beside it, memory of the program.

`--minutes N --protocol NAME --core C`: a long training of the simulated client on one core instead, with its CPU and
memory at the second minute and at the end, and how far the feedback's time has moved against the computer's clock.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from bench.latency import COLUMNS, ROWS, SETTINGS, arrivals, bar, late_ones, least_median_most, listening, notices
from bench.made_sensors import SENSORS, Made
from mindful.timeline.feedback import HEART_BASELINE_MS, REST_MS
from tests.soundlab import missing
from tests.terminal import MINDFUL, Terminal

BASELINE_S, BLOCK_S = 30, 55
EEG = """\
mindful: 1
id: on-every-headset
title: On every headset
settings: {voice: none, background: silence, cues: none}
steps:
  - neurofeedback: {protocol: PROTOCOL, baseline: BASELINE s, blocks: BLOCKS, for: FOR s, sound: SOUND}
"""
HEART = """\
mindful: 1
id: on-every-strap
title: On every strap
settings: {voice: none, background: silence, cues: none}
steps:
  - hrv_biofeedback: {for: FOR s, pace: 6, sound: stream}
"""
LONGEST_S = 150
"""How long after its length a session may take to end: that of alpha_theta ends with waking up."""


def script_of(kind: str, protocol: str = "alpha", blocks: int = 2, trained_s: int = 2 * BLOCK_S) -> tuple[str, float]:
    """A script and its length in seconds."""
    if kind == "heart":
        return HEART.replace("FOR", str(trained_s)), HEART_BASELINE_MS / 1000 + trained_s
    sound = "binaural" if trained_s < 300 else "stream"
    text = EEG.replace("PROTOCOL", protocol).replace("BASELINE", str(BASELINE_S)).replace("BLOCKS", str(blocks))
    rests = (blocks - 1) * REST_MS / 1000
    return text.replace("FOR", str(trained_s)).replace("SOUND", sound), BASELINE_S + trained_s + rests


def used(program: int) -> tuple[float, float]:
    """(CPU seconds so far, MiB) of a program; the seconds with those of the drivers beside it."""
    process = psutil.Process(program)
    seconds = sum(process.cpu_times()[:2])
    for child in process.children(recursive=True):
        if "mindful.bio.sources.beside" in child.cmdline():
            seconds += sum(child.cpu_times()[:2])
    return seconds, process.memory_info().rss / 2**20


def trained(home: Path) -> tuple[dict[str, Any], int]:
    """The data of the only step of the only record, and how many holes the sound had."""
    (record,) = home.joinpath("journal").rglob("*.json")
    found: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    assert found["status"] == "completed", (found["status"], found["reason"])
    data: dict[str, Any] = found["steps"][0]["data"]
    return data, int(found["audio"].get("underruns") or 0)


def played(made: Made) -> str:
    """A row of the table."""
    text, length_s = script_of(made.kind)
    with listening() as lab, tempfile.TemporaryDirectory() as home:
        path = Path(home, "session.yaml")
        path.write_text(text, encoding="utf-8")
        Path(home, "settings.toml").write_text(SETTINGS, encoding="utf-8")
        argv = [*MINDFUL, "play", str(path), "--begin", "--sink", "simpleaudio", "--sensor", made.spec]
        recorder = lab.record()
        with Terminal(argv, cols=COLUMNS, rows=ROWS, env={**lab.env, "MINDFUL_HOME": home}) as terminal:
            terminal.pump(12)
            (before, _), began = used(terminal.process.pid), time.monotonic()
            terminal.pump(length_s - 15)
            (after, memory), ended = used(terminal.process.pid), time.monotonic()
            recording = recorder.stop()
            finished(terminal, Path(home))
            chunks = terminal.chunks
        data, holes = trained(Path(home))
        summary = data["feedback"]
        start = summary["at_ms_at_start"] / 1000
        learned = [s["at_ms"] / 1000 for s in summary["stretches"] if s["phase"] == "training"]
        bursts = made.bursts or [start + at for at in made.in_file]
        # Where the burst runs on from a baseline or a rest, nothing tells it from what was before.
        bursts = [t for t in bursts if any(a + 11 < t < min(a + BLOCK_S, ended) - 4 for a in learned)]
        found = arrivals(bursts, bar(chunks), recording, recorder)
        if late := late_ones(bursts, found["seen"]):
            print(f"{made.about}: {late}; {made.said()}; notices {notices(Path(home))}", file=sys.stderr)
    return row(made, data, 100 * (after - before) / (ended - began), memory, found, holes)


def row(made: Made, data: dict[str, Any], cpu: float, memory: float, found: dict[str, list[float]], holes: int) -> str:
    """One sensor in figures."""
    summary = data["feedback"]
    rate = (summary["received"] - 1) / summary["spanned_s"]
    shown = f"{60 * rate:.1f} beats a minute" if made.kind == "heart" else f"{rate:.1f} Hz"
    gaps = sum(n["notice"] == "gap" for n in data.get("notices", ()))
    blocks = [s for s in summary["stretches"] if s["phase"] == "training"]
    clean, reward = (
        sum(b[name] * b["seconds"] for b in blocks if b[name] is not None) / sum(b["seconds"] for b in blocks)
        for name in ("clean", "reward")
    )
    late = summary["latency"]
    ways = [least_median_most(found[name]) for name in ("seen", "seen_half", "heard", "heard_half")]
    if not found["seen"]:
        ways = ["no burst can be put in", "", "", ""]
    cells = [
        *(made.about, shown, str(gaps), f"{100 * clean:.0f}", f"{100 * reward:.0f}"),
        *(f"{cpu:.1f}", f"{memory:.0f}", str(holes)),
        *(f"{late['source_p50']:.0f} / {late['source_p99']:.0f}", f"{late['filter']:.0f}"),
        *(str(len(found["seen"])), *ways),
    ]
    return "| " + " | ".join(cells) + " |"


def finished(terminal: Terminal, home: Path) -> None:
    """Wait for the record of a session that is at its end, and leave."""
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end and not list(home.joinpath("journal").rglob("*.json")):
        terminal.pump(0.5)
    terminal.send("q")
    terminal.pump(1)


def every(names: list[str]) -> None:
    """The table."""
    print(
        "| sensor | seen | gaps | clear % | rewarded % | CPU % | MiB | holes in the sound | "
        "sample's age ms p50 / p99 | filter ms | bursts | first frame | bar over half | first sound | sound half-way |"
    )
    print("|" + "---|" * 15)
    for name in names or SENSORS:
        with SENSORS[name]() as made:
            print(played(made), flush=True)


def long(minutes: int, protocol: str, core: int | None) -> str:
    """A row: CPU seconds and memory at the second minute and at the end, drift, samples."""
    kind = "heart" if protocol == "heart" else "eeg"
    blocks = max(1, minutes // 2 - 1)
    rests_s = 0 if kind == "heart" else (blocks - 1) * REST_MS // 1000
    before_s = HEART_BASELINE_MS // 1000 if kind == "heart" else BASELINE_S
    text, length_s = script_of(kind, protocol, blocks, 60 * minutes - rests_s - before_s)
    with listening() as lab, tempfile.TemporaryDirectory() as home:
        path = Path(home, "session.yaml")
        path.write_text(text, encoding="utf-8")
        argv = [*MINDFUL, "play", str(path), "--begin", "--sink", "simpleaudio", "--sensor", "simulated:1"]
        with Terminal(argv, cols=COLUMNS, rows=ROWS, env={**lab.env, "MINDFUL_HOME": home}) as terminal:
            if core is not None:
                os.sched_setaffinity(terminal.process.pid, {core})
            begun = time.monotonic()
            terminal.pump(120)
            early, first = used(terminal.process.pid), time.monotonic()
            while time.monotonic() < begun + length_s - 5:
                terminal.pump(10)
                terminal.chunks.clear()
            late, last = used(terminal.process.pid), time.monotonic()
            finished(terminal, Path(home))
        data, holes = trained(Path(home))
    summary = data["feedback"]
    starts = [s["at_ms"] for s in summary["stretches"] if s["phase"] == "training"]
    each = 1000 * (60 * minutes - rests_s - before_s) // blocks + REST_MS
    drift = [at - starts[0] - n * each for n, at in enumerate(starts)]
    rate = (summary["received"] - 1) / summary["spanned_s"]
    seconds = data["seconds"]["at_ms"]
    missing_rows = (seconds[-1] - seconds[0]) / 1000 + 1 - len(set(seconds))
    cells = [
        *(protocol, f"{early[0]:.1f}", f"{late[0]:.1f}", f"{100 * (late[0] - early[0]) / (last - first):.1f}"),
        *(f"{early[1]:.1f}", f"{late[1]:.1f}", f"{drift[-1]:+d}", f"{min(drift):+d} to {max(drift):+d}"),
        *(f"{rate:.3f}", f"{summary['latency']['source_p99']:.0f}", f"{missing_rows:.0f} of {len(seconds)}"),
        *(str(sum(n["notice"] == "gap" for n in data.get("notices", ()))), str(holes)),
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("sensors", nargs="*")
    parser.add_argument("--minutes", type=int)
    parser.add_argument("--protocol", default="alpha")
    parser.add_argument("--core", type=int)
    wanted = parser.parse_args()
    if missing():
        print(missing())
        return 0
    if wanted.minutes is None:
        every(wanted.sensors)
        return 0
    print(
        "| training | CPU s, minute 2 | at the end | CPU % between | MiB, minute 2 | at the end | drift ms, last block "
        "| of all blocks | samples a second | sample's age ms p99 | rows missing | gaps | holes in the sound |"
    )
    print("|" + "---|" * 13)
    print(long(wanted.minutes, wanted.protocol, wanted.core), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
