"""From exec to the first frame: `python -m bench.start [RUNS]`, each beside a bare Textual app in the same run."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
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


def first(argv: list[str], seen: Callable[[bytes], bool], env: dict[str, str]) -> tuple[float, float]:
    """Seconds from exec until `seen(output)`, and of CPU that the program had used by then (Linux; else nan)."""
    with Terminal(argv, env=env) as terminal:
        while not seen(terminal.output):
            assert terminal.process.poll() is None or terminal.output, "it ended without a word"
            assert time.monotonic() - terminal.started < 20, terminal.screen()
            terminal.pump(0.001)
        return terminal.chunks[-1][0] - terminal.started, _cpu(terminal.process.pid)


def _cpu(pid: int) -> float:
    try:
        return sum(int(p.read_text().split()[0]) for p in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
    except (OSError, IndexError):
        return float("nan")


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
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in table}
        for k in range(runs + 1):
            for name, (argv, seen) in table.items():
                both = first(argv, seen, {"MINDFUL_HOME": str(Path(top, "home"))})
                if k:  # the first round writes bytecode
                    took[name].append(both)
    print(f"python -m bench.start {runs}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n")
    print("| what | median ms | min | max | times bare | CPU ms | times bare |\n|---|---|---|---|---|---|---|")
    bare_wall, bare_cpu = (statistics.median(each) for each in zip(*took["bare Textual app, one line"], strict=True))
    for name, found in took.items():
        walls, cpus = zip(*found, strict=True)
        wall, cpu = statistics.median(walls), statistics.median(cpus)
        spread = f"{wall * 1e3:.0f} | {min(walls) * 1e3:.0f} | {max(walls) * 1e3:.0f}"
        print(f"| {name} | {spread} | {wall / bare_wall:.2f} | {cpu * 1e3:.0f} | {cpu / bare_cpu:.2f} |")


if __name__ == "__main__":
    main()
