"""From a burst in the signal to the first changed frame of the screen and the first changed sample of the sound.

`python -m bench.latency [SOURCE:SINK]...` with lsl or cyton, and simpleaudio or miniaudio; all four without. The
program itself, in a pseudo-terminal and on a sound server without a sound card, with its real drivers: a stream of the
lab streaming layer, or a made Cyton on a pseudo-terminal read by BrainFlow. A burst is 10 Hz and begins at a moment
known by the monotonic clock, as the sample is handed to the driver. The background is a steady tone, so that the first
step of it is seen in the recording to a few milliseconds.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyte

from tests.soundlab import RATE, SoundLab, missing
from tests.terminal import MINDFUL, Terminal

BASELINE_S, BLOCK_S = 12, 118
ON_S, OFF_S = 8.4, 3.6
"""More on than off: the threshold, which is to be reached 65 % of the time, then lies at the burst's own height."""
UV = 12.0
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


class Streamed(threading.Thread):
    """An EEG stream of 8 channels at 250 Hz, sample by sample."""

    LABELS = ("O1", "O2", "Pz", "C3", "C4", "Cz", "Fz", "F3")

    def __init__(self) -> None:
        super().__init__(daemon=True)
        import pylsl

        self.name_ = f"latency-{os.getpid()}"
        info = pylsl.StreamInfo(self.name_, "EEG", 8, 250, "float32", self.name_)
        channels = info.desc().append_child("channels")
        for label in self.LABELS:
            channel = channels.append_child("channel")
            channel.append_child_value("label", label)
            channel.append_child_value("unit", "microvolts")
        self._out = pylsl.StreamOutlet(info)
        self.spec = f"lsl:{self.name_}"
        self.bursts: list[float] = []
        self.ended = threading.Event()

    def run(self) -> None:
        chance = np.random.default_rng(5)
        begun, n, was = time.monotonic(), 0, False
        while not self.ended.is_set():
            due = int((time.monotonic() - begun) * 250)
            while n < due:
                on = burst_at(n / 250)
                wave = UV * 2**0.5 * np.sin(2 * np.pi * 10 * n / 250) if on else 0.0
                self._out.push_sample((wave + chance.normal(0, 1.5, 8)).astype(np.float32).tolist())
                if on and not was:
                    self.bursts.append(time.monotonic())
                was, n = on, n + 1
            time.sleep(0.001)

    def stop(self) -> None:
        self.ended.set()
        self.join(2)


class Plugged:
    """A Cyton on a pseudo-terminal, whose wave comes and goes."""

    def __init__(self) -> None:
        from tests.bio.fakes.cyton import Cyton

        self.board = Cyton(alpha_uv=0.0)
        self.spec = f"brainflow:cyton,port={self.board.port},channels=O1/O2/Pz/C3/C4/Cz/Fz/F3"
        self.bursts: list[float] = []
        self.ended = threading.Event()
        self._hand = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self.board.start()
        self._hand.start()

    def _run(self) -> None:
        begun, was = time.monotonic(), False
        while not self.ended.wait(0.001):
            on = burst_at(time.monotonic() - begun)
            if on != was:
                self.board.alpha_uv = UV if on else 0.0
                if on:
                    self.bursts.append(time.monotonic())
                was = on

    def stop(self) -> None:
        self.ended.set()
        self._hand.join(2)
        self.board.unplug()


def burst_at(t: float) -> bool:
    """Whether there is a burst so many seconds in; each begins a little later in a tick than the one before."""
    return t % (ON_S + OFF_S + 0.0137) >= OFF_S


def measured(way: str, sink: str) -> dict[str, list[float]]:
    """Milliseconds of every burst: first and half-way, seen and heard."""
    source: Any = Streamed() if way == "lsl" else Plugged()
    source.start()
    lab = SoundLab()
    lab.start()
    try:
        with tempfile.TemporaryDirectory() as home:
            script = Path(home, "latency.yaml")
            script.write_text(SCRIPT, encoding="utf-8")
            Path(home, "settings.toml").write_text(SETTINGS, encoding="utf-8")
            env = {**lab.env, "MINDFUL_HOME": home}
            argv = [*MINDFUL, "play", str(script), "--begin", "--sink", sink, "--sensor", source.spec]
            recorder = lab.record()
            with Terminal(argv, cols=COLUMNS, rows=ROWS, env=env) as terminal:
                terminal.pump(BASELINE_S + BLOCK_S + 4)
                recording = recorder.stop()
                terminal.send("q")
                terminal.pump(1)
                chunks = terminal.chunks
    finally:
        source.stop()
        lab.remove()
    bursts = [t for t in source.bursts if t > chunks[0][0] + BASELINE_S + 12 and t < chunks[-1][0] - 8]
    out: dict[str, list[float]] = {"seen": [], "seen_half": [], "heard": [], "heard_half": []}
    frames = bar(chunks)
    hop = RATE // 500
    n = len(recording) // hop
    level = np.sqrt((recording[: n * hop, 0].reshape(n, hop).astype(float) ** 2).mean(axis=1))
    level = 20 * np.log10(np.convolve(level, np.ones(5) / 5, "valid") + 1e-9)  # 10 ms: two cycles of the tone
    at = np.array([recorder.time_of((i + 5) * hop) for i in range(len(level))])
    for t in bursts:
        quiet = next((length for when, length in reversed(frames) if when <= t), 0)
        for name, least in (("seen", quiet + 1), ("seen_half", 20)):
            found = next((when for when, length in frames if when > t and length >= least), None)
            if found is not None and found < t + 3:
                out[name].append(1000 * (found - t))
        still = level[(at > t - 0.3) & (at < t)]
        before = float(np.median(still))
        if float(np.ptp(still)) > CHANGED_DB:
            continue  # it moved already, so nothing tells what moved it now
        after = (at > t) & (at < t + 3)
        for name, least_db in (("heard", CHANGED_DB), ("heard_half", 7.5)):
            found_at = at[after][level[after] > before + least_db]
            if len(found_at):
                out[name].append(1000 * (float(found_at[0]) - t))
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
            if lines[y + 1].strip() == "│" and set(lines[y].strip()) <= {"━", "─"} and lines[y].strip():
                cells = lines[y].count("━")
                if not out or out[-1][1] != cells:
                    out.append((when, cells))
    return out


def latency(ways: list[str] | None = None) -> None:
    """A row a way: least / median / most."""
    if missing():
        print(missing())
        return
    settings = Path(tempfile.mkdtemp(), "lsl.cfg")
    settings.write_text("[multicast]\nResolveScope = machine\n[log]\nlevel = -3\n")
    os.environ["LSLAPICFG"] = str(settings)
    print(
        "| source, sound | bursts | first frame that moves | bar over half | first sample that moves | sound half-way |"
    )
    print("|---|---|---|---|---|---|")
    for each in ways or ["lsl:simpleaudio", "lsl:miniaudio", "cyton:simpleaudio", "cyton:miniaudio"]:
        way, _, sink = each.partition(":")
        found = measured(way, sink)
        cells = [
            f"{min(v):.0f} / {np.median(v):.0f} / {max(v):.0f}" if v else "-"
            for v in (found["seen"], found["seen_half"], found["heard"], found["heard_half"])
        ]
        print(f"| {way}, {sink} | {len(found['seen'])} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    latency(sys.argv[1:])
