"""What the journal loses when things go wrong: `python -m bench.faults [KILLS]`. It must be nothing that was completed.

Each row is a thing that goes wrong, how often, and what was then missing of what had been said to be kept.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mindful.journal import asking, recovery, sealing, store
from mindful.journal.index import Index
from mindful.journal.recorder import Recorder
from tests.records import put, record

KILLS = 1000
EVENTS = 6


def session(
    folder: Path, number: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> tuple[Recorder, Path]:
    """One session from its beginning to its end, its answers telling which it is."""
    head = {"session": {"id": "box", "title": "Box"}, "planned_ms": EVENTS * 1000}
    recorder = Recorder.open(folder, head, now=now)
    for n in range(1, EVENTS + 1):
        recorder.event("beat", t_ms=n * 1000, elapsed_ms=n * 1000, paused_ms=0)
        recorder.event("answer", t_ms=n * 1000, id="n", value=number)
    return recorder, recorder.close("completed", "end", t_ms=EVENTS * 1000, elapsed_ms=EVENTS * 1000, paused_ms=0)


def whole(folder: Path, number: int) -> Path:
    """A record of such a session, as a file from earlier."""
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    return put(folder, record(at, "box", f"{number:06x}", answers={"n": number}, elapsed_ms=EVENTS * 1000))


def missing(folder: Path, kept: dict[int, Path]) -> tuple[int, int, int]:
    """(of what was kept how many are missing, how many are wrongly completed, files that cannot be read)."""
    recovery.recover(folder)
    found = store.look(folder)
    there = {e.record["answers"].get("n"): e.record for e in found.entries if e.record["status"] == "completed"}
    wrong = sum(r["elapsed_ms"] != EVENTS * 1000 for r in there.values())
    with Index(folder, folder.parent / "cache") as index:
        index.refresh()
        assert asking.count(index) == len(found.entries), "the table says what the files say"
    return len(kept.keys() - there.keys()), wrong, len(found.unread)


def row(what: str, times: object, kept: int, found: tuple[int, int, int]) -> None:
    print(f"| {what} | {times} | {kept} | {found[0]} | {found[1]} | {found[2]} |", flush=True)


def child(work: Callable[[int], None]) -> tuple[int, int]:
    """A program that does it until it is killed; gives its number and where it says what it has kept."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            work(write)
        finally:
            os._exit(0)
    os.close(write)
    return pid, read


def told(read: int) -> list[int]:
    with os.fdopen(read) as file:
        return [int(line) for line in file.read().split("\n")[:-1]]


def cut_off(work: Callable[[int], None], chance: random.Random) -> list[int]:
    """What a program said that it had kept before it was killed: after some of it, and some milliseconds more."""
    pid, read = child(work)
    said = b""
    wanted = chance.randrange(4)
    while said.count(b"\n") < wanted:
        said += os.read(read, 100)
    time.sleep(chance.uniform(0, 0.02))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(read, "rb") as file:
        return [int(line) for line in (said + file.read()).split(b"\n")[:-1]]


def killed(folder: Path, kills: int, chance: random.Random) -> None:
    """Sessions one after the other, the program killed at some moment, again and again."""
    kept: dict[int, Path] = {}
    for kill in range(kills):

        def work(write: int, base: int = kill * 1000) -> None:
            for n in range(1000):
                recorder, _ = session(folder, base + n)
                if recorder.saved:
                    os.write(write, f"{base + n}\n".encode())

        kept |= dict.fromkeys(cut_off(work, chance), folder)
    row("`kill -9` while sessions are kept", kills, len(kept), missing(folder, kept))


def killed_noting(folder: Path, kills: int, chance: random.Random) -> None:
    """Notes written into records, and the table brought up to date, by a program that is killed."""
    kept = {n: whole(folder, n) for n in range(40)}
    said: dict[int, int] = {}
    for kill in range(kills):

        def work(write: int, base: int = kill * 1000) -> None:
            for n in range(1000):
                store.add_note(store.read(kept[n % 40]), f"note {base + n}.")
                os.write(write, f"{base + n}\n".encode())
                with Index(folder, folder.parent / "cache") as index:
                    index.refresh()

        said |= {n: (n % 1000) % 40 for n in cut_off(work, chance)}
    notes = {n: store.read(path).record["note"] for n, path in kept.items()}
    lost = sum(f"note {n}." not in notes[which] for n, which in said.items())
    gone, wrong, unread = missing(folder, kept)
    row("`kill -9` while notes and the table are written", kills, len(said), (lost + gone, wrong, unread))


def killed_changing(folder: Path, kills: int, chance: random.Random) -> None:
    """Encrypted and decrypted, killed on the way."""
    from mindful.journal import changeover

    kept = {n: whole(folder, n) for n in range(200)}
    public, secret = sealing.new_key()
    sealing.give(secret)
    lost = 0
    for kill in range(kills):

        def work(_write: int, way: int = kill // 5 % 2) -> None:
            if way == 0:
                sealing.begin(folder, public)
                changeover.encrypt(folder)
            else:
                changeover.decrypt(folder)

        pid, read = child(work)
        time.sleep(chance.uniform(0, 0.15))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(read)
        lost = max(lost, missing(folder, kept)[0])
    row("`kill -9` while it is encrypted and decrypted", kills, len(kept), (lost, *missing(folder, kept)[1:]))


def killed_updating(folder: Path, kills: int, chance: random.Random) -> None:
    """A pack taken in anew and anew, the program killed on the way: some version of it is always whole."""
    from mindful.handoff import keys, library, taking
    from mindful.handoff.gather import gather
    from mindful.handoff.making import Wanted, make

    folder.mkdir(parents=True)
    script, packs, mine = folder / "short.yaml", folder / "packs", keys.make(folder / "keys", "Dr. Ada Example")
    files = []
    for n in range(10):
        script.write_text(f"mindful: 1\ntitle: Version {n}\nsteps:\n  - pause: {n + 1} s\n", encoding="utf-8")
        files.append(folder / f"{n}.mindful-pack")
        made = datetime(2026, 11, 22, n, tzinfo=UTC)
        make(files[-1], gather([script]), Wanted("homework", f"Version {n}"), mine, made)

    def take(file: Path) -> None:
        taking.mend(packs)
        with taking.offered(file, packs) as offer:
            if offer.state != "same":
                taking.accept(offer)

    take(files[0])
    lost = torn = 0
    for _kill in range(kills):

        def work(_write: int) -> None:
            for n in range(1000):
                take(files[n % 10])

        pid, read = child(work)
        time.sleep(chance.uniform(0, 0.15))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(read)
        there = library.installed(packs)
        lost += len(there) != 1 or len(library.entries(packs)) != 1
        torn += any(library.came_with(packs, file) is None for pack in there for file in pack.session_files())
    row("`kill -9` while a pack is taken in anew", kills, 1, (lost, 0, torn))


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="mindful-disk-"))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        folder.rmdir()
        raise OSError("no disk of its own can be made here (it needs root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
        folder.rmdir()


def full_disk() -> None:
    with small_disk("256k") as disk:
        folder, kept, refused = disk / "data" / "journal", {}, 0
        for n in range(150):
            recorder, path = session(folder, n)
            if recorder.saved:
                kept[n] = path
            else:
                refused += 1
        with Index(folder, disk / "data" / "cache") as index:
            index.refresh()
            assert asking.count(index) == len(store.look(folder).entries)
        row("the disk is full (and says so)", refused, len(kept), missing(folder, kept))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = len(kept)
        for n in range(200, 210):
            recorder, _ = session(folder, n)
            assert not recorder.saved
        row("the disk is read-only", 10, before, missing(folder, kept))


FAULTY = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <stdio.h>
static int bad(void) { return rand() % 40 == 0; }
ssize_t write(int fd, const void *b, size_t n) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) { real = dlsym(RTLD_NEXT, "write"); srand(atoi(getenv("SEED"))); }
  if (fd > 2 && bad()) { errno = EIO; return -1; }
  return real(fd, b, n);
}
int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  if (bad()) { errno = EIO; return -1; }
  return real(fd);
}
int rename(const char *a, const char *b) {
  static int (*real)(const char *, const char *);
  if (!real) real = dlsym(RTLD_NEXT, "rename");
  if (bad()) { errno = EIO; return -1; }
  return real(a, b);
}
"""
SICK = """
import sys
from pathlib import Path
from bench.faults import session
for n in range(200):
    recorder, _ = session(Path(sys.argv[1]), int(sys.argv[2]) * 1000 + n)
    if recorder.saved:
        print(int(sys.argv[2]) * 1000 + n, flush=True)
"""


def sick_disk(folder: Path, rounds: int = 5) -> None:
    """Every fortieth write, sync and rename fails."""
    library = folder.parent / "faulty.so"
    library.parent.mkdir(parents=True, exist_ok=True)
    (folder.parent / "faulty.c").write_text(FAULTY)
    build = ["cc", "-shared", "-fPIC", "-o", str(library), str(folder.parent / "faulty.c"), "-ldl"]
    if shutil.which("cc") is None or subprocess.run(build, capture_output=True, check=False).returncode:
        print("| the disk reports errors | no compiler here | | | | |")
        return
    kept: dict[int, Path] = {}
    for n in range(rounds):
        env = {**os.environ, "LD_PRELOAD": str(library), "SEED": str(n + 1)}
        done = subprocess.run(
            [sys.executable, "-c", SICK, str(folder), str(n)], env=env, capture_output=True, text=True, check=True
        )
        kept |= dict.fromkeys((int(word) for word in done.stdout.split()), folder)
    row(
        "the disk reports errors (EIO, each fortieth call)",
        f"{rounds * 200} sessions",
        len(kept),
        missing(folder, kept),
    )


def jumping_clock(folder: Path, chance: random.Random) -> None:
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def now() -> datetime:
        return at + timedelta(seconds=chance.choice((0, 1, -3600, 3600, 86_400, -86_400 * 400, 86_400 * 4000)))

    kept = {n: session(folder, n, now)[1] for n in range(300)}
    row("the clock jumps by an hour, a day, years, either way", "300 sessions", len(kept), missing(folder, kept))


def many_writers(folder: Path) -> None:
    children = []
    shared = whole(folder, 1_000_000)
    for which in range(4):

        def work(write: int, base: int = which * 1000) -> None:
            for n in range(60):
                recorder, path = session(folder, base + n)
                store.add_note(store.read(path), "own")
                store.add_note(store.read(shared), f"{base + n};")
                if recorder.saved:
                    os.write(write, f"{base + n}\n".encode())
                with Index(folder, folder.parent / "cache") as index:
                    index.refresh()

        children.append(child(work))
    kept = {}
    for pid, read in children:
        kept |= dict.fromkeys(told(read), folder)
        os.waitpid(pid, 0)
    notes = store.read(shared).record["note"].split()
    lost = len({f"{n};" for n in kept} - set(notes))
    gone, wrong, unread = missing(folder, kept)
    row("four programs at once, all noting in one record", "240 sessions", len(kept), (gone + lost, wrong, unread))


def copies(folder: Path, chance: random.Random) -> None:
    kept = {n: session(folder, n)[1] for n in range(200)}
    for n, path in kept.items():
        text = path.read_text()
        poor = text.replace('"status": "completed"', '"status": "interrupted"')
        name = chance.choice(
            ("{}.sync-conflict-20261122-080000-ABCDEFG.json", "{} (2).json", "{} (conflicted copy).json")
        )
        other = path.with_name(name.format(path.stem))
        whole, cut = chance.choice(((text, poor), (text, text), (text, text[: len(text) // 2])))
        first, second = (path, other) if n % 2 else (other, path)
        first.write_text(whole)
        second.write_text(cut)
    row("a sync tool's copies: poorer, alike, or cut in half", 200, len(kept), missing(folder, kept))


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    chance = random.Random(20261122)
    print("| what goes wrong | how often | said to be kept | lost | wrongly completed | unreadable files |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="mindful-faults-") as top:
        killed(Path(top, "a", "journal"), kills, chance)
        killed_noting(Path(top, "b", "journal"), kills // 4, chance)
        if sealing.available():
            killed_changing(Path(top, "c", "journal"), kills // 10, chance)
            sealing.forget_keys()
        if sealing.available():
            killed_updating(Path(top, "h"), kills // 5, chance)
        try:
            full_disk()
        except OSError as error:
            print(f"| the disk is full, or read-only | not tried: {error} | | | | |")
        sick_disk(Path(top, "d", "journal"))
        jumping_clock(Path(top, "e", "journal"), chance)
        many_writers(Path(top, "f", "journal"))
        copies(Path(top, "g", "journal"), chance)
    return 0


if __name__ == "__main__":
    sys.exit(main())
