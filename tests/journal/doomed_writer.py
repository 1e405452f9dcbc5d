"""A program that is killed while it writes. Run by `test_kill_nine`; reads one plan and is told when to go on.

`free`: writes event after event and says the number of each when the recorder has returned from it.
`site N CUT`: stops before the Nth call by which the disk changes (a write first lets CUT bytes through) and waits there.
`record`: finishes normally and says how many such calls there were.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindful.journal.recorder import Recorder
from mindful.journal.syncing import Syncer

EVENTS = 12


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    folder, plan, *more = sys.argv[1:]
    at = int(more[0]) if plan == "site" else -1
    cut = float(more[1]) if plan == "site" else 0.0
    calls = 0

    def watch(name: str) -> None:
        real = getattr(os, name)

        def watched(*args: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == at + 1:
                if name == "write":
                    real(args[0], bytes(args[1])[: int(len(args[1]) * cut)])
                say(f"at {name}")
                sys.stdin.read()  # until killed
            return real(*args, **named)

        setattr(os, name, watched)

    if plan != "free":
        Syncer.ask = lambda self: os.fsync(self._fd)  # at once, so that every run makes the same calls
        for name in ("open", "write", "fsync", "replace", "unlink", "mkdir"):
            watch(name)
    head = {"session": {"id": "box", "title": "Box"}, "planned_ms": 12_000}
    recorder = Recorder.open(Path(folder), head, now=lambda: datetime.now(UTC), token="a1b2c3")
    say("begun")
    count = 0
    while plan == "free" or count < EVENTS:
        count += 1
        recorder.event("beat", t_ms=count * 1000, elapsed_ms=count * 1000, paused_ms=0)
        recorder.event("answer", t_ms=count * 1000, id="n", value=count)
        if plan != "site":
            say(str(count))
    recorder.close("completed", "end", t_ms=EVENTS * 1000, elapsed_ms=EVENTS * 1000, paused_ms=0)
    say(f"closed {calls}")


if __name__ == "__main__":
    main()
