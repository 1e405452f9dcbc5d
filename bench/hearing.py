"""What is heard and seen of a whole session: `python -m bench.hearing [SESSION] [SINK[:BUSY]]...`.

SESSION is a bundled one, a file, or `guided-20`: one of about so many minutes with a voice, made on the spot.

`mindful play` in a real pseudo-terminal, into a sound server with no sound card, recorded; every bell and phase is
looked for where `mindful outline --json` puts it. BUSY is a number of busy loops beside it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench.render import guided
from mindful.script.load import find
from tests.e2e.hearing import Heard, perform, table
from tests.soundlab import SoundLab, missing


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "five-minute-breath"
    ways = sys.argv[2:] or ["simpleaudio", "miniaudio", "simpleaudio:2", "miniaudio:2"]
    made = tempfile.TemporaryDirectory()
    script = guided(Path(made.name), int(name.removeprefix("guided-"))) if name.startswith("guided-") else find(name)
    if script is None or missing():
        print(missing() or f"no session {name}", file=sys.stderr)
        return 2
    print(
        f"python -m bench.hearing {name} {' '.join(ways)}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n"
    )
    results: list[tuple[str, Heard]] = []
    for way in ways:
        sink, _, busy = way.partition(":")
        lab = SoundLab()
        lab.start()
        try:
            heard = perform(lab, script, sink, busy=int(busy or 0))
        finally:
            lab.remove()
        results.append((f"{sink}, {busy or 'no'} busy loops", heard))
        print(table(results[-1:]).splitlines()[-1], heard.missing, file=sys.stderr, flush=True)
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
