"""A long journal: `python -m bench.journal [--keep FOLDER] [--cold] [--encrypted] [COUNT ...]`. Made-up records.

They lie over ten years. Each command runs as a process of its own. With --keep the records stay in the folder, and are
used again the next time. With --cold (Linux, as root) some commands run again after the system's cache of files was
emptied. With --encrypted the journal is encrypted at the end, and the commands run once more with the key.

"first" has no table of records yet, "then" has it. Beside them: one program that reads every file with orjson and sums,
and DuckDB over the files. Files are in the system's cache in all of them but the cold ones.
"""

from __future__ import annotations

import argparse
import multiprocessing
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
COLD = ("journal list", "stats", "report, all")
CACHE = Path("/proc/sys/vm/drop_caches")
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


def make(count: int, journal: Path) -> None:
    for record in years(count):
        put(journal, record)


def measure(count: int, home: Path) -> None:
    if not (home / "journal").exists():
        # In a process of its own: what this one has in memory is counted among the most of those that it starts.
        maker = multiprocessing.get_context("spawn").Process(target=make, args=(count, home / "journal"))
        maker.start()
        maker.join()
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


def emptied(argv: Sequence[str], home: Path) -> tuple[float, float, float]:
    """One run that finds none of its files in memory: neither the records nor Python's own."""
    os.sync()
    CACHE.write_text("3\n", encoding="ascii")
    return run(argv, home)


def cold(home: Path) -> None:
    print("\nwith no file in memory\n\n| | s | s of CPU | MB |\n|---|---|---|---|")
    row("mindful --version", emptied((*MINDFUL, "--version"), home))
    for name in COLD:
        row(name, emptied((*MINDFUL, *COMMANDS[name]), home))
    row("orjson over all files", emptied((sys.executable, "-c", ORJSON, str(home / "journal")), home))


def encrypted(home: Path) -> None:
    """The same commands on a journal that is encrypted with a key file. Its copy is made anew each time."""
    other = home.with_name(home.name + "-encrypted")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(home / "journal", other / "journal")
    key = other / "key"
    print("\nencrypted with a key file\n\n| | s | s of CPU | MB |\n|---|---|---|---|")
    row("journal encrypt", run((*MINDFUL, "journal", "encrypt", "--new-key", str(key)), other))
    os.environ["MINDFUL_JOURNAL_KEY"] = str(key)
    shutil.rmtree(other / "cache", ignore_errors=True)
    row("journal list, first", run((*MINDFUL, *COMMANDS["journal list"]), other))
    for name, argv in COMMANDS.items():
        row(name, best((*MINDFUL, *argv), other))
    del os.environ["MINDFUL_JOURNAL_KEY"]
    shutil.rmtree(other)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.journal")
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--encrypted", action="store_true")
    asked = parser.parse_args()
    for count in asked.counts or COUNTS:
        folder = asked.keep or Path(tempfile.mkdtemp(prefix="mindful-journal-"))
        home = folder / str(count)
        try:
            measure(count, home)
            if asked.cold:
                cold(home)
            if asked.encrypted:
                encrypted(home)
        finally:
            if asked.keep is None:
                shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
