"""How fast scripts are checked: `python -m bench.check [RUNS]`, beside PyYAML's C loader on the same files.

In one process: each way goes over all bundled sessions again and again, ways taken in turn, the median of RUNS rounds.
`load` knows the place of every value, checks everything and finds all problems; the C loader builds plain data alone.
Then the command itself, on 1,000 scripts in one run: processor time, clock, and the most memory it had.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from mindful import assets
from mindful.script.load import loads
from mindful.script.nodes import read
from mindful.script.problems import Source

SCRIPTS = 1000


def ways() -> dict[str, Callable[[str], object]]:
    return {
        "PyYAML, C loader: data alone": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
        "PyYAML, its own parser in Python": lambda text: yaml.load(text, Loader=yaml.SafeLoader),
        "read: data and the place of every value": lambda text: read(Source("script.yaml", text)),
        "load: and models and checks": loads,
        "check: and the rules of good practice": lambda text: loads(text, clinical=True),
    }


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    texts = [p.read_text(encoding="utf-8") for p in assets.session_files().values()]
    lines = sum(text.count("\n") for text in texts)
    took: dict[str, list[float]] = {name: [] for name in ways()}
    for k in range(runs + 1):
        for name, way in ways().items():
            began = time.process_time()
            for text in texts:
                way(text)
            if k:  # the first round warms up
                took[name].append(time.process_time() - began)
    print(f"python -m bench.check {runs}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n")
    print(f"{len(texts)} bundled sessions, {lines} lines, processor time:\n")
    print("| what | ms a round | lines a second | times the C loader |\n|---|---|---|---|")
    base = statistics.median(took[next(iter(took))])
    for name, seconds in took.items():
        m = statistics.median(seconds)
        print(f"| {name} | {m * 1e3:.1f} | {lines / m:,.0f} | {m / base:.2f} |")
    with tempfile.TemporaryDirectory() as top:
        names, total = [], 0
        for n in range(SCRIPTS):
            text = texts[n % len(texts)] + f"# {n}\n"
            total += text.count("\n")
            path = Path(top, f"{n}.yaml")
            path.write_text(text, encoding="utf-8")
            names.append(str(path))
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "mindful", "check", *names], capture_output=True, encoding="utf-8", check=False
        )
        seconds = time.monotonic() - began
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = spent.ru_utime + spent.ru_stime
    print(f"\n`mindful check` of {SCRIPTS:,} scripts, {total:,} lines, in one run, start included:")
    print(f"{cpu:.1f} s of processor time ({total / cpu:,.0f} lines a second), {seconds:.1f} s by the clock, ", end="")
    print(f"{spent.ru_maxrss / 1024:.0f} MB; status {done.returncode}: {done.stderr.strip()}")


if __name__ == "__main__":
    main()
