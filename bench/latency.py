"""From a burst in the signal to the first changed frame of the screen and the first changed sample of the sound.

`python -m bench.latency [SOURCE:SINK]...` with lsl, cyton or muse, and simpleaudio or miniaudio; those of lsl and
cyton without. The program itself, in a pseudo-terminal and on a sound server without a sound card, with its real
drivers: a stream of the lab streaming layer, or a made Cyton on a pseudo-terminal read by BrainFlow. A burst is 10 Hz
and begins at a moment known by the monotonic clock, as the sample is handed to the driver. The background is a steady
tone, so that the first step of it is seen in the recording to a few milliseconds. What came over half a second late is
told on stderr, with what the sensor had to say. With `--hold MS` the process of a headset's driver is stopped for so
long as each burst begins, as on a computer that is busy: its samples then come late and all at once, and none is lost.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pyte

from bench.made_sensors import SENSORS
from tests.soundlab import RATE, Recorder, Sound, SoundLab, missing
from tests.terminal import MINDFUL, Terminal

BASELINE_S, BLOCK_S = 12, 118
SCRIPT = f"""\
mindful: 1
title: Latency
settings: {{voice: none, background: silence, cues: none}}
steps:
  - neurofeedback: {{protocol: alpha, baseline: {BASELINE_S} s, blocks: 1, for: {BLOCK_S} s, sound: binaural}}
"""
SETTINGS = '[screen]\ntheme = "dark"\nnight = "off"\n[sound]\nbells_db = -60.0\nbackground_db = 0.0\n'
CHANGED_DB = 0.3
COLUMNS, ROWS = 120, 40


def held_up(program: int, bursts: list[float], ms: int, ended: threading.Event) -> None:
    """Stop the driver beside a program for a while, each time that a burst begins."""
    done = len(bursts)
    while not ended.wait(0.002):
        if len(bursts) == done:
            continue
        done = len(bursts)
        for child in psutil.Process(program).children():
            if "mindful.bio.sources.beside" in child.cmdline():
                os.kill(child.pid, signal.SIGSTOP)
                time.sleep(ms / 1000)
                os.kill(child.pid, signal.SIGCONT)


def measured(way: str, sink: str, hold_ms: int = 0) -> dict[str, list[float]]:
    """Milliseconds of every burst: first and half-way, seen and heard."""
    with SENSORS[way]() as made, listening() as lab, tempfile.TemporaryDirectory() as home:
        script = Path(home, "latency.yaml")
        script.write_text(SCRIPT, encoding="utf-8")
        Path(home, "settings.toml").write_text(SETTINGS, encoding="utf-8")
        env = {**lab.env, "MINDFUL_HOME": home}
        argv = [*MINDFUL, "play", str(script), "--begin", "--sink", sink, "--sensor", made.spec]
        recorder = lab.record()
        with Terminal(argv, cols=COLUMNS, rows=ROWS, env=env) as terminal:
            ended = threading.Event()
            if hold_ms:
                told = (terminal.process.pid, made.bursts, hold_ms, ended)
                threading.Thread(target=held_up, args=told, daemon=True).start()
            terminal.pump(BASELINE_S + BLOCK_S + 4)
            ended.set()
            recording = recorder.stop()
            terminal.send("q")
            terminal.pump(1)
            chunks = terminal.chunks
        bursts = [t for t in made.bursts if t > chunks[0][0] + BASELINE_S + 12 and t < chunks[-1][0] - 8]
        found = arrivals(bursts, bar(chunks), recording, recorder)
        if late := late_ones(bursts, found["seen"]):
            print(f"{way}, {sink}: {late}; {made.said()}; notices {notices(Path(home))}", file=sys.stderr)
    return found


@contextmanager
def listening() -> Iterator[SoundLab]:
    """A sound server without a card."""
    lab = SoundLab()
    lab.start()
    try:
        yield lab
    finally:
        lab.remove()


def arrivals(
    bursts: list[float], frames: list[tuple[float, int]], recording: Sound, recorder: Recorder
) -> dict[str, list[float]]:
    """Milliseconds from each burst to the first frame and sample that move, and to half of the way; NaN where
    there is none, or where what is heard moved already.
    """
    out: dict[str, list[float]] = {"seen": [], "seen_half": [], "heard": [], "heard_half": []}
    hop = RATE // 500
    n = len(recording) // hop
    level = np.sqrt((recording[: n * hop, 0].reshape(n, hop).astype(float) ** 2).mean(axis=1))
    level = 20 * np.log10(np.convolve(level, np.ones(5) / 5, "valid") + 1e-9)  # 10 ms: two cycles of the tone
    at = recorder.time_of(5 * hop) + np.arange(len(level)) * hop / RATE
    for t in bursts:
        last = next((length for when, length in reversed(frames) if when <= t), 0)
        quiet = max([last, *(length for when, length in frames if t - 1 < when <= t)])  # noise moves it, too
        for name, least in (("seen", quiet + 1), ("seen_half", 20)):
            found = next((when for when, length in frames if t < when < t + 3 and length >= least), None)
            out[name].append(float("nan") if found is None else 1000 * (found - t))
        still = level[(at > t - 0.3) & (at < t)]
        steady = len(still) > 0 and float(np.ptp(still)) <= CHANGED_DB  # else nothing tells what moved it now
        before = float(np.median(still)) if steady else 0.0
        after = (at > t) & (at < t + 3)
        for name, least_db in (("heard", CHANGED_DB), ("heard_half", 7.5)):
            found_at = at[after][level[after] > before + least_db] if steady else ()
            out[name].append(1000 * (float(found_at[0]) - t) if len(found_at) else float("nan"))
    return out


def least_median_most(values: list[float]) -> str:
    """`113 / 145 / 174`."""
    known = [v for v in values if v == v]
    return f"{min(known):.0f} / {np.median(known):.0f} / {max(known):.0f}" if known else "-"


def late_ones(bursts: list[float], seen: list[float]) -> str:
    """Those that came over half a second late, to be looked into."""
    late = [f"burst at {t:.2f} s seen after {ms:.0f} ms" for t, ms in zip(bursts, seen, strict=True) if not ms < 500]
    return "; ".join(late)


def notices(home: Path) -> list[str]:
    """What the sensor had to say, from the only record of a data folder, with the monotonic time of each."""
    out = []
    for record in home.joinpath("journal").rglob("*.json"):
        for step in json.loads(record.read_text(encoding="utf-8"))["steps"]:
            data = step["data"]
            start = data.get("feedback", {}).get("at_ms_at_start", 0) / 1000
            out += [f"{n['notice']} {start + n['t_ms'] / 1000:.2f} {n}" for n in data.get("notices", ())]
    return out


def bar(chunks: list[tuple[float, bytes]]) -> list[tuple[float, int]]:
    """(when, cells) each time that the bar of the level has another length, of 40."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    out: list[tuple[float, int]] = []
    for when, data in chunks:
        stream.feed(data)
        if "━".encode()[:2] not in data:
            continue  # no line was drawn
        lines = screen.display
        for y in range(8, ROWS - 8):
            if lines[y + 1].strip() == "▲" and set(lines[y].strip()) <= {"━", "─"} and lines[y].strip():
                cells = lines[y].count("━")
                if not out or out[-1][1] != cells:
                    out.append((when, cells))
    return out


def main() -> int:
    """A row a way: least / median / most."""
    asked = argparse.ArgumentParser()
    asked.add_argument("ways", nargs="*")
    asked.add_argument("--hold", type=int, default=0)
    got = asked.parse_args()
    if missing():
        print(missing())
        return 0
    print(
        "| source, sound | bursts | first frame that moves | bar over half | first sample that moves | sound half-way |"
    )
    print("|---|---|---|---|---|---|")
    for each in got.ways or ["lsl:simpleaudio", "lsl:miniaudio", "cyton:simpleaudio", "cyton:miniaudio"]:
        way, _, sink = each.partition(":")
        found = measured(way, sink, got.hold)
        cells = [least_median_most(found[name]) for name in ("seen", "seen_half", "heard", "heard_half")]
        print(f"| {way}, {sink} | {len(found['seen'])} | " + " | ".join(cells) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
