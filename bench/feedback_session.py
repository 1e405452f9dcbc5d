"""Twenty minutes of a training as a whole, with its sound: `python -m bench.feedback_session [STEP...] [--minutes N]`.

The real conductor, engine, mixer and transport on virtual time, 25 ticks a second, into a device that throws its frames
away; a made-up client. STEP is alpha, alpha_theta or heart. CPU is a share of the session's own time; drift is how far
the session has moved against the clock.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from mindful.audio.mixer import Mixer
from mindful.audio.opening import Way
from mindful.audio.transport import Transport
from mindful.audio.units import Block
from mindful.bio.engine import Engine, open_engine
from mindful.bio.protocols import LOCK, PRESETS
from mindful.bio.sources.opening import open_source
from mindful.player.conductor import Conductor
from tests.audio.made import HandClock, MemorySink
from tests.making import Memory, script

TICK_S = 0.04


class Thrown(MemorySink):
    """A device that plays to nobody and keeps nothing."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock, seconds=1)

    def write(self, frame: int, block: Block) -> bool:
        return frame >= self.heard(self._clock.now()) + self.guard // 2


def played(name: str, minutes: int) -> str:
    """A row of the table."""
    step: dict[str, Any] = (
        {"hrv_biofeedback": {"for": f"{minutes} min", "pace": 6, "sound": "stream"}}
        if name == "heart"
        else {"neurofeedback": {"protocol": name, "for": f"{minutes} min", "blocks": minutes // 2, "baseline": "1 min"}}
    )
    clock, log = HandClock(), Memory()
    sink = Thrown(clock)
    transport = Transport([Way("thrown", lambda: sink)], clock=clock, mixer=Mixer(), threaded=False)

    def opened(kind: Any, protocol: str, _reward: float | None) -> Engine:
        return open_engine(open_source("simulated:3", kind, clock), LOCK if kind == "heart" else PRESETS[protocol])

    conductor = Conductor(script(step), {}, clock=clock, speaker=transport, log=log, sensor=opened)
    conductor.start()
    transport.open_now()
    transport.work()
    seconds = 60 * (minutes + 1)
    at_two, offset, began = 0.0, 0.0, time.process_time()
    for i in range(round(seconds / TICK_S) - 50):
        clock.t += TICK_S
        conductor.tick()
        transport.work()
        if i == round(120 / TICK_S):
            at_two, offset = resident(), transport.position(clock.t) - 1000 * clock.t
    used = time.process_time() - began
    drift = transport.position(clock.t) - 1000 * clock.t - offset
    rows = sum(len(e.get("rows", ())) for e in log.of("feedback"))
    cpu, more = 100 * used / seconds, resident() - at_two
    return f"| {name} | {cpu:.1f} | {more:+.1f} | {drift:+.1f} | {rows} | {transport.underruns} |"


def resident() -> float:
    """MiB that this process has in memory now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("steps", nargs="*", default=["alpha", "alpha_theta", "heart"])
    parser.add_argument("--minutes", type=int, default=20)
    wanted = parser.parse_args()
    print("| training | CPU % | memory since the second minute, MiB | drift since then, ms | rows | holes |")
    print("|---|---|---|---|---|---|")
    for name in wanted.steps:
        print(played(name, wanted.minutes), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
