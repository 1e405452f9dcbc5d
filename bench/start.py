"""From exec to the first frame: `python -m bench.start [RUNS]`, each beside a bare Textual app in the same run."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from mindful.assets import session_files
from tests.terminal import MINDFUL, Terminal

BARE = """
from textual.app import App
from textual.widgets import Static
class A(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static('READY-MARK')
A().run()
"""
MUTE = ["play", "settle", "--begin", "--mute"]


def first(argv: list[str], seen: Callable[[bytes], bool], env: dict[str, str]) -> float:
    """Seconds from exec until `seen(output)`."""
    with Terminal(argv, env=env) as terminal:
        terminal.until(lambda t: seen(t.output), 20)
        # More may have come while it was looked at.
        outputs = accumulate(data for _, data in terminal.chunks)
        times = (at for at, _ in terminal.chunks)
        return next(at for at, output in zip(times, outputs, strict=True) if seen(output)) - terminal.started


def cases(bare: Path, script: Path) -> dict[str, tuple[list[str], Callable[[bytes], bool]]]:
    return {
        "bare Textual app, one line": ([sys.executable, str(bare)], lambda o: b"READY-MARK" in o),
        "mindful: the home screen": (MINDFUL, lambda o: b"Settle" in o),
        "mindful play settle: the first frame": ([*MINDFUL, *MUTE], lambda o: b"One moment" in o),
        "mindful play FILE: the first frame": ([*MINDFUL, "play", str(script)], lambda o: b"One moment" in o),
        "mindful breathe: the first frame": ([*MINDFUL, "breathe", "--mute"], lambda o: b"One moment" in o),
        "mindful play settle: the session itself": ([*MINDFUL, *MUTE], lambda o: b"left" in o),
        "the same with sound, --sink null": ([*MINDFUL, *MUTE[:-1], "--sink", "null"], lambda o: b"left" in o),
        "mindful --help": ([*MINDFUL, "--help"], lambda o: b"journal" in o),
        "mindful list": ([*MINDFUL, "list"], lambda o: b"settle" in o),
        "mindful check settle": ([*MINDFUL, "check", "settle"], lambda o: len(o) > 0),
    }


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as top:
        bare, script = Path(top, "bare.py"), Path(top, "own.yaml")
        bare.write_text(BARE, encoding="utf-8")
        shutil.copy(session_files()["settle"], script)
        table = cases(bare, script)
        took: dict[str, list[float]] = {name: [] for name in table}
        for k in range(runs + 1):
            for name, (argv, seen) in table.items():
                seconds = first(argv, seen, {"MINDFUL_HOME": str(Path(top, "home"))})
                if k:  # the first round writes bytecode
                    took[name].append(seconds)
    base = statistics.median(took["bare Textual app, one line"])
    print(f"python -m bench.start {runs}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n")
    print("| what | median ms | min | max | times bare |\n|---|---|---|---|---|")
    for name, seconds in took.items():
        m = statistics.median(seconds)
        print(f"| {name} | {m * 1e3:.0f} | {min(seconds) * 1e3:.0f} | {max(seconds) * 1e3:.0f} | {m / base:.2f} |")


if __name__ == "__main__":
    main()
