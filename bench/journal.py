"""A long journal: `python -m bench.journal [--keep FOLDER] [COUNT ...]`. Made-up records over ten years.

Each command runs as a process of its own. With --keep the records stay in the folder, and are used again the next time.

"first" has no table of records yet, "then" has it. Beside them: one program that reads every file with orjson and sums,
and DuckDB over the files. Files are in the system's cache in all of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.records import put, years

COUNTS = (1000, 10_000, 100_000)
RUNS = 3
MINDFUL = (sys.executable, "-m", "mindful")
COMMANDS = {
    "journal list": ("journal", "list"),
    "journal list, all, as JSON": ("journal", "list", "--json"),
    "journal search rain bus": ("journal", "search", "rain", "bus"),
    "journal show 1": ("journal", "show", "1"),
    "stats": ("stats",),
    "report, 13 weeks": ("report",),
    "report, all": ("report", "--since", "all"),
    "journal export, JSON lines": ("journal", "export", "--format", "jsonl"),
    "journey": ("journey",),
}
ORJSON = """
import sys, orjson
from pathlib import Path
n = ms = 0
for p in Path(sys.argv[1]).rglob("*.json"):
    r = orjson.loads(p.read_bytes()); n += 1; ms += r["elapsed_ms"]
print(n, ms)
"""
DUCKDB = """
import sys, duckdb
print(duckdb.sql(f"select count(*), sum(elapsed_ms) from read_json('{sys.argv[1]}/**/*.json', "
                 "columns={'elapsed_ms': 'BIGINT', 'started': 'VARCHAR'})").fetchall())
"""


def run(argv: Sequence[str], home: Path) -> tuple[float, float, float]:
    """Seconds, seconds of CPU, MB at the most."""
    began = time.perf_counter()
    env = {**os.environ, "MINDFUL_HOME": str(home)}
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, used = os.wait4(process.pid, 0)
    spent = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{argv}: {process.returncode}")
    return spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def best(argv: Sequence[str], home: Path, runs: int = RUNS) -> tuple[float, float, float]:
    """The run with the least wall time: others are on the machine, too."""
    return min(run(argv, home) for _ in range(runs))


def row(name: str, found: tuple[float, float, float]) -> None:
    print(f"| {name} | {found[0]:.2f} | {found[1]:.2f} | {found[2]:.0f} |", flush=True)


def measure(count: int, home: Path) -> None:
    if not (home / "journal").exists():
        for record in years(count):
            put(home / "journal", record)
    shutil.rmtree(home / "cache", ignore_errors=True)
    print(f"\n{count:,} records\n\n| | s | s of CPU | MB |\n|---|---|---|---|")
    row("journal list, first", run((*MINDFUL, *COMMANDS["journal list"]), home))
    run((*MINDFUL, "journal", "list"), home)  # what was just written is read again
    for name, argv in COMMANDS.items():
        row(name, best((*MINDFUL, *argv), home))
    newest = max((home / "journal").rglob("*.json"))
    newest.write_bytes(newest.read_bytes())
    row("journal list, one file changed", run((*MINDFUL, *COMMANDS["journal list"]), home))
    for name, code in (("orjson over all files", ORJSON), ("DuckDB over all files", DUCKDB)):
        try:
            row(name, best((sys.executable, "-c", code, str(home / "journal")), home, 2))
        except RuntimeError:
            print(f"| {name} | failed, or not installed | | |")
    table = sum(p.stat().st_size for p in (home / "cache").glob("journal-*"))
    files = sum(p.stat().st_size for p in (home / "journal").rglob("*.json"))
    print(f"\nThe table has {table / 1e6:.1f} MB, the files {files / 1e6:.1f} MB.")


def main() -> int:
    words = sys.argv[1:]
    kept = Path(words[1]) if words[:1] == ["--keep"] else None
    for count in [int(word) for word in words[2 if kept else 0 :]] or COUNTS:
        if kept is not None:
            measure(count, kept / str(count))
            continue
        home = Path(tempfile.mkdtemp(prefix="mindful-journal-"))
        try:
            measure(count, home)
        finally:
            shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
