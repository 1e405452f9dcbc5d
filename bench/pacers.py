"""What each pacer costs and how true it is: `python -m bench.pacers [SECONDS] [--peers BIN]`, in a real pty of 120x40.

Frames a second that reach the terminal, CPU with children, bytes a second, and how far the breath on the screen is from
where it should be by the clock: the screen is read back cell by cell and compared with the pacer's pictures of a
breath. `BIN` is the folder with the commands of other pacers (`pip install breathe-cli nafas zenify meditation` in a
venv of their own); those that are not there are left out with a word. Then the same over a line of 20 kB/s that holds
all that is put into it, as ssh does, with the terminal's answers and without.

`--beside FOLDER`: instead, what each pacer costs here and in another checkout, both at the same time, so that what else
runs on the machine bears on both alike.
"""

from __future__ import annotations

import json
import os
import re
import select
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pyte

from bench.running import cpu
from mindful.timeline.model import PhaseCue
from mindful.tui import theme
from mindful.tui.layout import places
from mindful.tui.pacers import NAMES, PACERS, Moment
from mindful.tui.pacers.frames import Frame, opened
from mindful.tui.pacers.moment import moment_at
from tests.terminal import ROOT, Terminal

COLS, ROWS = 120, 40
INHALE, EXHALE, BREATHS = 5000, 5000, 60
GRAIN_MS = 4
WARM_UP = 9.0
"""Until then the wave shows a time before the first breath."""
SECOND_BREATH = 16.0
"""From then on the pictures are those that have been there before, as they are for most of a session."""
SLOW = 20_000
_UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;]*u")
PEERS: tuple[tuple[str, list[str], tuple[tuple[float, str], ...]], ...] = (
    ("breathe-cli 5-5", ["breathe", "--no-sound", "--no-log", "--quiet", "--ratio", "5-5"], ((1, "\r"),)),
    ("nafas", ["nafas", "--silent", "--skip-intro"], ((1, "1\r"), (1, "1\r"), (4, ""))),
    ("zenify", ["zen"], ((1, " "), (4, ""))),
    ("meditation", ["meditation"], ((1, "1\r"), (1, "20\r"), (1, "\r"), (1, "\r"))),
)
"""(name, command, what to type, each after so many seconds)."""


# The program that is measured, as a child: the real app and host, which writes down when the session began.


def child(name: str, beginning: str) -> int:
    """Play breaths of ten seconds with one pacer."""
    from mindful.cli.host import CliHost, Wishes
    from mindful.script.load import loads
    from mindful.tui.run import run

    text = (
        f"mindful: 1\ntitle: Measured\nsteps:\n  - breathe: {{pattern: {{inhale: 5, exhale: 5}}, cycles: {BREATHS}}}\n"
    )
    script = loads(text.replace("cycles", f"visual: {name}, cycles"), "measured.yaml").script
    assert script is not None

    class Told(CliHost):
        def begin(self, *args: Any) -> Any:
            conductor = super().begin(*args)
            start = conductor.start

            def started() -> Any:
                Path(beginning).write_text(json.dumps(time.monotonic()), encoding="utf-8")
                return start()

            conductor.start = started  # type: ignore[method-assign]
            return conductor

    host = Told(Wishes(mute=True, keep=False))
    return run(host, session=host.add(script), begin=True)


# Where a picture belongs on the session's line


def _moment(at: int, name: str) -> Moment:
    cues = []
    for k in range(-4, 8):
        for begin, length, phase, ends in (
            (0, INHALE, "inhale", (0.0, 1.0)),
            (INHALE, EXHALE, "exhale", (1.0, 0.0)),
        ):
            cue = PhaseCue(
                at_ms=0, step="s", phase=phase, length_ms=length, cycle=k + 5, fill_from=ends[0], fill_to=ends[1]
            )  # type: ignore[arg-type]
            cues.append((k * (INHALE + EXHALE) + begin - at, cue))
    begin, cue = next((t, c) for t, c in cues if t <= 0 < t + c.length_ms)
    seen = PACERS[name].seen
    line = tuple(cues) if seen is not None else ()
    left = begin + cue.length_ms
    return moment_at(cue, -begin, -(-left // 1000), line=line)


Key = tuple[tuple[str, ...], ...]


def _keys(frame: Frame, inks: tuple[str, ...]) -> Key:
    """Each row as colours of its pixels, without the blank ones at its ends."""
    return tuple(tuple(f"{inks[up]}{inks[low]}" for up, low in zip(*opened(spans), strict=True)) for spans in frame)


def table(name: str, palette: str) -> dict[Key, list[int]]:
    """The ms of a breath at which each picture is shown."""
    room = places(COLS, ROWS).circle(ROWS)
    inks = theme.inks("true", palette)
    out: dict[Key, list[int]] = {}
    made: dict[Frame, Key] = {}
    for at in range(0, INHALE + EXHALE, GRAIN_MS):
        frame = PACERS[name].frame(COLS, room, _moment(at, name))
        key = made.get(frame)
        if key is None:
            key = made[frame] = _keys(frame, inks)
        out.setdefault(key, []).append(at)
    return out


class Reader:
    """A terminal that is read back: the pixels of the middle, row by row, as they come."""

    def __init__(self, palette: str) -> None:
        self.screen = pyte.Screen(COLS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        p = places(COLS, ROWS)
        self.top, self.room = p.margin + p.head + p.caption, p.circle(ROWS)
        self.ground = theme.inks("true", palette)[0].lstrip("#")
        self.rows: dict[int, tuple[str, ...]] = {}

    def feed(self, data: bytes) -> Key:
        """The picture after these bytes."""
        self.stream.feed(_UNKNOWN.sub(b"", data))
        for y in self.screen.dirty:
            if self.top <= y < self.top + self.room:
                self.rows[y] = tuple(self._cell(y, x) for x in range(COLS))
        self.screen.dirty.clear()
        return tuple(self.rows.get(self.top + y, ()) for y in range(self.room))

    def _cell(self, y: int, x: int) -> str:
        cell = self.screen.buffer[y][x]
        low = self.ground if cell.bg == "default" else cell.bg
        up = cell.fg if cell.data == "▀" else low
        return f"#{up}#{low}"


@dataclass
class Seen:
    """What reached the terminal, and how true it was."""

    fps: float
    lag_ms: list[float]
    level: list[float]
    unknown: int

    def line(self) -> str:
        if not self.lag_ms:
            return f"| {self.fps:.1f} | | |"
        lag, level = sorted(self.lag_ms), sorted(self.level)
        p95 = len(lag) * 95 // 100
        return (
            f"| {self.fps:.1f} | {round(statistics.median(lag))} / {round(lag[p95])} / {round(lag[-1])} "
            f"| {100 * statistics.median(level):.1f} / {100 * level[p95]:.1f} / {100 * level[-1]:.1f} |"
        )


def _level(ms: float) -> float:
    return _moment(int(ms) % (INHALE + EXHALE), "circle").fill


def whole(chunks: list[tuple[float, bytes]]) -> Iterator[tuple[float, bytes]]:
    """What came within 3 ms made one: a picture that is read in two pieces is none."""
    held, last = b"", 0.0
    for t, data in chunks:
        if held and t - last > 0.003:
            yield last, held
            held = b""
        held, last = held + data, t
    if held:
        yield last, held


def judged(chunks: list[tuple[float, bytes]], began: float, since: float, name: str, palette: str) -> Seen:
    """Every picture that was complete, against the moment at which it was there."""
    known, reader = table(name, palette), Reader(palette)
    lags: list[float] = []
    levels: list[float] = []
    frames = unknown = 0
    last: Key = ()
    for t, data in whole(chunks):
        picture = reader.feed(data)
        if picture == last or t < since:
            last = picture
            continue
        last = picture
        moments = known.get(picture)
        if moments is None:
            unknown += 1
            continue
        frames += 1
        at = 1000 * (t - began)
        # The latest moment at which this picture was right: a picture that stays is not late.
        cycle = INHALE + EXHALE
        past = [(at - m) % cycle for m in moments]
        ahead = [(m - at) % cycle for m in moments]
        lag = min(past) if min(past) <= min(ahead) or min(ahead) > 50 else -min(ahead)
        lags.append(lag)
        levels.append(abs(_level(at) - _level(at - lag)))
    span = chunks[-1][0] - since
    return Seen(frames / span, lags, levels, unknown)


# Running


def bursts(chunks: list[tuple[float, bytes]], since: float) -> float:
    """Frames a second where pictures cannot be read: writes that are more than 8 ms apart."""
    times = [t for t, data in chunks if t >= since and data]
    if not times:
        return 0.0
    return (1 + sum(b - a > 0.008 for a, b in pairwise(times))) / (times[-1] - since + 1e-9)


def measured(
    argv: list[str], home: str, typed: tuple[tuple[float, str], ...], seconds: float
) -> tuple[Terminal, float, float, float]:
    """(the terminal, since when, CPU %, bytes a second)."""
    env = {"MINDFUL_HOME": home, "HOME": home}
    with Terminal(argv, cols=COLS, rows=ROWS, env=env) as t:
        for wait, keys in typed:
            t.pump(wait)
            if keys:
                t.send(keys)
        t.pump(WARM_UP if not typed else 3.0)
        process = psutil.Process(t.process.pid)
        used, sent, at = cpu(process), len(t.output), time.monotonic()
        t.pump(seconds)
        span = time.monotonic() - at
        return t, at, 100 * (cpu(process) - used) / span, (len(t.output) - sent) / span


def own(name: str, home: str) -> tuple[list[str], Path]:
    """The command of a pacer of ours, and the file that says when its session began."""
    beginning = Path(home, f"{name}.json")
    return [sys.executable, "-m", "bench.pacers", "--child", name, str(beginning)], beginning


class Slow(Terminal):
    """A line that carries so many bytes a second and holds the rest; a question is answered when it comes through."""

    def __init__(self, *args: Any, rate: float, answers: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.rate, self.answers = rate, answers
        self.held: deque[tuple[float, bytes]] = deque()
        self.free_at = time.monotonic()
        self.most = 0.0

    def pump(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            while self.held and self.held[0][0] <= now:
                self._arrive(*self.held.popleft())
            if select.select([self.master], [], [], 0.005)[0]:
                data = os.read(self.master, 1 << 16)
                for i in range(0, len(data), 512):
                    part = data[i : i + 512]
                    self.free_at = max(self.free_at, time.monotonic()) + len(part) / self.rate
                    self.held.append((self.free_at, part))
                self.most = max(self.most, self.free_at - time.monotonic())

    def _arrive(self, at: float, data: bytes) -> None:
        self.chunks.append((at, data))
        if self.answers:
            for _ in re.findall(rb"\x1b\[6n", data):
                os.write(self.master, b"\x1b[1;1R")


def slow(name: str, home: str, seconds: float, answers: bool, palette: str) -> tuple[Seen, float]:
    """(what was seen, the most seconds that the line was behind) over a line of 20 kB/s."""
    argv, beginning = own(name, home)
    env = {"MINDFUL_HOME": home}
    with Slow(argv, cols=COLS, rows=ROWS, env=env, rate=SLOW, answers=answers) as t:
        t.pump(WARM_UP)
        since = time.monotonic()
        t.pump(seconds)
        began = json.loads(beginning.read_text(encoding="utf-8"))
        return judged(t.chunks, began, since, name, palette), t.most


def rows(seconds: float, peers: Path | None) -> Iterator[str]:
    """The tables, line by line."""
    yield "| pacer | frames/s | CPU % | kB/s | late ms median / p95 / worst | level error % median / p95 / worst |"
    yield "|---|---|---|---|---|---|"
    palette = "dark"
    with tempfile.TemporaryDirectory() as home:
        Path(home, "settings.toml").write_text('[screen]\ntheme = "dark"\nnight = "off"\n', encoding="utf-8")
        for name in NAMES:
            argv, beginning = own(name, home)
            t, since, used, sent = measured(argv, home, (), seconds)
            began = json.loads(beginning.read_text(encoding="utf-8"))
            if name == "none":
                yield f"| {name} | {bursts(t.chunks, since):.1f} | {used:.1f} | {sent / 1000:.1f} | | |"
                continue
            seen = judged(t.chunks, began, since, name, palette)
            fps, rest = seen.line()[2:].split(" |", 1)
            yield f"| {name} | {fps} | {used:.1f} | {sent / 1000:.1f} |{rest}"
        for title, command, typed in PEERS:
            program = peers / command[0] if peers else None
            if program is None or not program.exists():
                yield f"| {title} | not installed here | | | | |"
                continue
            t, since, used, sent = measured([str(program), *command[1:]], home, typed, seconds)
            yield f"| {title} | {bursts(t.chunks, since):.1f} | {used:.1f} | {sent / 1000:.1f} | | |"
        yield ""
        yield "| over 20 kB/s | answers | frames/s | late ms | level error % | most held back s |"
        yield "|---|---|---|---|---|---|"
        for name in ("circle", "wave", "petals"):
            for answers in (True, False):
                seen, most = slow(name, home, seconds, answers, palette)
                yield f"| {name} | {'yes' if answers else 'no'} {seen.line()[:-2]} | {most:.2f} |"


def beside(other: Path, seconds: float) -> Iterator[str]:
    """CPU and bytes of each pacer in the checkout `other` and in this one, while both run."""
    yield "| pacer | CPU % there | CPU % here | kB/s there | kB/s here |"
    yield "|---|---|---|---|---|"
    for name in NAMES:
        with tempfile.TemporaryDirectory() as home, ExitStack() as open_:
            Path(home, "settings.toml").write_text('[screen]\ntheme = "dark"\nnight = "off"\n', encoding="utf-8")
            both = []
            for at in (other, ROOT):
                argv, env = own(name, home)[0], {"MINDFUL_HOME": home, "HOME": home, "PYTHONPATH": str(at)}
                both.append(open_.enter_context(Terminal(argv, cols=COLS, rows=ROWS, env=env, cwd=at)))
            _pumped(both, SECOND_BREATH)
            before = [(cpu(psutil.Process(t.process.pid)), len(t.output)) for t in both]
            began = time.monotonic()
            _pumped(both, seconds)
            span = time.monotonic() - began
            used = [100 * (cpu(psutil.Process(t.process.pid)) - b[0]) / span for t, b in zip(both, before, strict=True)]
            sent = [(len(t.output) - b[1]) / span / 1000 for t, b in zip(both, before, strict=True)]
            yield f"| {name} | {used[0]:.1f} | {used[1]:.1f} | {sent[0]:.1f} | {sent[1]:.1f} |"


def _pumped(terminals: list[Terminal], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for each in terminals:
            each.pump(0.01)


def main() -> int:
    if "--child" in sys.argv:
        return child(*sys.argv[2:4])
    numbers = [a for a in sys.argv[1:] if a.replace(".", "").isdigit()]
    seconds = float(numbers[0]) if numbers else 10.0
    peers = Path(sys.argv[sys.argv.index("--peers") + 1]) if "--peers" in sys.argv else None
    print(f"python -m bench.pacers {seconds:g}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})\n")
    other = Path(sys.argv[sys.argv.index("--beside") + 1]).resolve() if "--beside" in sys.argv else None
    for line in beside(other, seconds) if other else rows(seconds, peers):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
