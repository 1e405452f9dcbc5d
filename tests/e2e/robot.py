"""A robot that mashes keys: a real terminal, every screen, resize storms, pastes of a megabyte; then what is left.

What it does follows from its seed alone. It goes to a screen by that screen's own keys and then presses whatever comes.
Used by `tests/e2e/test_robot.py` for seconds and by `bench/robot.py` for minutes.
"""

from __future__ import annotations

import json
import os
import random
import re
import select
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.terminal import MINDFUL, Terminal

SIZES = ((10, 3), (1, 1), (500, 200), (40, 12), (80, 24), (120, 40), (200, 60), (2, 40), (300, 2), (13, 7))
NAMED = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "enter": "\r", "escape": "\x1b", "tab": "\t",
    "shift+tab": "\x1b[Z", "backspace": "\x7f", "delete": "\x1b[3~", "space": " ", "page up": "\x1b[5~",
    "page down": "\x1b[6~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
    "f6": "\x1b[17~", "f7": "\x1b[18~", "ctrl+p": "\x10", "ctrl+k": "\x0b", "ctrl+l": "\x0c", "ctrl+n": "\x0e",
    "ctrl+b": "\x02", "ctrl+r": "\x12", "ctrl+a": "\x01", "ctrl+u": "\x15",
}  # fmt: skip
MOST_SENDING_S = MOST_ENDING_S = 60.0
MOST_COMING_S = 15.0
MOST_TOLD = 3000
"""Letters of a log that are told of."""
LETTERS = "abcdefghiklmnoprstuvwxyz0123456789,?+-=/ABN"
SLIPS = (
    "\x1b[<0;5;3M\x1b[<0;5;3m",
    "\x1b[<64;9;9M",
    "\x1b[<65;9;9M",
    "é",
    "日本",
    "\x1b[200~pasted\x1b[201~",
    "\x1b[I",
    "\x1b[O",
)
MARKS = {
    "home": "F2", "before": "Before you begin", "gate": "Not this one, for now", "checklist": "What is true for you",
    "support": "Your plan", "evidence": "What is known", "after": "How was that for you", "mixer": "Breath tone",
    "settings": "What is changed here", "unpleasant": "Something was unpleasant", "journey": "Practices",
    "keys": "Mark the next session", "palette": "do it", "the text field": "What is on your mind",
    "a rating": "How tense are you", "the pacer": "Breathe in", "breathe --inline": "Breathe in",
}  # fmt: skip
"""Words by which a screen is known in what the terminal was sent."""

FIRST = {
    "before": "before", "gate": "gate", "the text field": "the text field", "a rating": "the text field",
    "the pacer": "the text field", "mixer": "the text field", "after": "after", "unpleasant": "after",
    "breathe --inline": "breathe --inline",
}  # fmt: skip
"""The screen that a start begins with, where it is not the home screen."""

SCRIPT = """\
mindful: 1
title: For the robot
cautions: [panic]
settings: {voice: none, background: silence}
variables:
  minutes: {default: 5, min: 1, max: 9, label: Minutes}
steps:
  - ask: {id: words, text: What is on your mind?, answer: text}
  - rate: {id: before, ask: How tense are you?}
  - ask: {id: many, text: Which of these?, answer: choices, options: [one, two, three]}
  - breathe: {pattern: cyclic-sigh, for: "{minutes} min"}
  - sit: {open: true}
"""
STRONG = """\
mindful: 1
title: Strong, for the robot
cautions: [pregnancy, heart]
steps:
  - breathe: {pattern: {inhale: 1, exhale: 1}, for: 1 min}
"""
"""Kept back by the gate, where the checklist says so."""
CAREFUL = '{"mindful_profile": 1, "flags": ["pregnancy"], "answered": true}'
NEVER_S = 15.0
"""A terminal that takes nothing at all for so long has nobody who reads it."""


def _starts(folder: Path) -> dict[str, tuple[list[str], str]]:
    """What is started, and the keys that lead from there to a screen."""
    play = [*MINDFUL, "play", str(folder / "robot.yaml"), "--sink", "null"]
    begun = [*play, "--begin"]
    home = [*MINDFUL]
    short = [*MINDFUL, "play", str(folder / "short.yaml"), "--begin", "--mute"]
    return {
        "home": (home, ""),
        "home, searching": (home, "breath"),
        "journey": (home, "j"),
        "settings": (home, ","),
        "keys": (home, "?"),
        "palette": (home, NAMED["ctrl+p"]),
        "checklist": (home, NAMED["f5"]),
        "evidence": (home, NAMED["f6"]),
        "support": (home, NAMED["f7"]),
        "before": (play, ""),
        "gate": ([*MINDFUL, "play", str(folder / "strong.yaml")], ""),
        "the text field": (begun, ""),
        "a rating": (begun, NAMED["ctrl+n"]),
        "the pacer": (begun, NAMED["ctrl+n"] * 3),
        "mixer": (begun, NAMED["ctrl+n"] * 3 + "m"),
        "after": (short, ""),
        "unpleasant": (short, "1u"),
        "breathe --inline": ([*MINDFUL, "breathe", "--inline", "--for", "20 s", "--mute"], ""),
    }


@dataclass
class Report:
    """What a robot did, and what was wrong."""

    seconds: float = 0.0
    runs: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Robot:
    """One seed's worth of mashing, run after run, for `seconds`."""

    seed: int
    folder: Path
    seconds: float
    each: float = 8.0
    """How long one run lasts at most."""
    whole: bool = False
    """Whether it goes on until it has been everywhere, however slow the machine."""
    report: Report = field(default_factory=Report)

    def run(self) -> Report:
        (self.folder / "robot.yaml").write_text(SCRIPT, encoding="utf-8")
        (self.folder / "strong.yaml").write_text(STRONG, encoding="utf-8")
        (self.folder / "short.yaml").write_text("mindful: 1\ntitle: Short\nsteps: [{pause: 0.1 s}]\n", encoding="utf-8")
        (self.folder / "careful").mkdir(exist_ok=True)
        (self.folder / "careful" / "profile.json").write_text(CAREFUL, encoding="utf-8")
        dice, began = random.Random(self.seed), time.monotonic()
        starts = _starts(self.folder)
        names = list(starts)
        dice.shuffle(names)
        while time.monotonic() - began < self.seconds or (self.whole and sum(self.report.runs.values()) < len(names)):
            name = names[sum(self.report.runs.values()) % len(names)]
            self._one(name, *starts[name], dice, min(self.each, self.seconds))
        self._records()
        self.report.seconds = time.monotonic() - began
        return self.report

    def _one(self, name: str, argv: list[str], keys: str, dice: random.Random, seconds: float) -> None:
        report, home = self.report, self.folder / ("careful" if name == "gate" else "home")
        report.runs[name] += 1
        env = {"MINDFUL_HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONFAULTHANDLER": "1"}
        # Some runs start in a terminal that is nothing like one.
        cols, rows = SIZES[dice.randrange(len(SIZES))] if dice.random() < 0.2 else (80, 24)
        if name == "gate":
            cols, rows = 80, 24  # what says that it was seen is not in every size
        with Terminal(argv, env=env, cols=cols, rows=rows) as terminal:
            # On a machine with much other work a program takes its time to come: the mashing begins where it is meant to.
            self._arrive(terminal, FIRST.get(name, "home"))
            for key in re.findall(r"\x1b[\[O][^A-Za-z~]*[A-Za-z~]|.", keys, re.DOTALL):
                self._send(terminal, key, "way")
                terminal.pump(0.3)
            if name in MARKS:
                self._arrive(terminal, name)
            end = time.monotonic() + seconds
            while time.monotonic() < end and terminal.process.poll() is None:
                self._something(terminal, dice)
                terminal.pump(dice.choice((0.0, 0.0, 0.01, 0.05, 0.2)))
            ended_itself = terminal.process.poll() is not None
            if not ended_itself:
                terminal.pump(0.3)
                if terminal.process.poll() is None:
                    terminal.process.send_signal(signal.SIGTERM)
            try:
                status = terminal.wait(MOST_ENDING_S)
            except AssertionError:
                used = sum(map(int, Path(f"/proc/{terminal.process.pid}/stat").read_text().split()[13:15]))
                said = len(terminal.output)
                terminal.process.send_signal(signal.SIGABRT)  # it tells then where its threads are
                terminal.pump(3)
                terminal.process.kill()
                where = terminal.output[said:].decode("utf-8", "replace")[-MOST_TOLD:]
                report.wrong.append(
                    f"{name}: it did not end on SIGTERM in {MOST_ENDING_S:.0f} s (CPU {used} ticks):\n{where}"
                )
                return
            out = terminal.output.decode("utf-8", "replace")
            report.done["ended by a key" if ended_itself else "ended by SIGTERM"] += 1
            for screen, mark in MARKS.items():
                report.seen[screen] += mark in out
            if "Traceback" in out or "Something went wrong" in out:
                report.wrong.append(f"{name}: a traceback, status {status}")
            # On a busy machine some are told to end before they have begun; then nothing was drawn either.
            begun = "\x1b[?2004h" in out or "\x1b[?25l" in out
            if status not in ((0, 3) if ended_itself else (0, 3, 4)) and (begun or status != -signal.SIGTERM):
                report.wrong.append(f"{name}: ended with status {status}: {out[-MOST_TOLD:]!r}")
            report.wrong += [f"{name}: {what} was not put back" for what in terminal.restored()]
        for log in home.rglob("*.log"):
            if "Traceback" in (told := log.read_text(encoding="utf-8", errors="replace")):
                report.wrong.append(f"{name}: a traceback in {log.name}:\n{told[-MOST_TOLD:]}")
                log.rename(log.with_suffix(f".{sum(report.runs.values())}.seen"))

    def _arrive(self, terminal: Terminal, screen: str) -> None:
        """Wait for a screen, though not for ever: some terminals are too small for its words."""
        limit, mark = time.monotonic() + MOST_COMING_S, MARKS[screen]
        while mark not in terminal.output.decode("utf-8", "replace") and time.monotonic() < limit:
            if terminal.process.poll() is not None or (terminal.cols < 40 or terminal.rows < 12):
                terminal.pump(1.6)
                return
            terminal.pump(0.1)
        terminal.pump(0.2)

    def _something(self, terminal: Terminal, dice: random.Random) -> None:
        what = dice.random()
        if what < 0.02:
            for _ in range(dice.randint(5, 25)):
                terminal.resize(*SIZES[dice.randrange(len(SIZES))])
                self.report.done["resizes"] += 1
                terminal.pump(dice.choice((0.0, 0.0, 0.03)))
            terminal.resize(80, 24)
        elif what < 0.025:
            text = "a breath, and another line\n" * 38_837  # 1 MiB
            self._send(terminal, f"\x1b[200~{text}\x1b[201~", "megabytes pasted")
            terminal.pump(0.5)
        elif what < 0.6:
            self._send(terminal, dice.choice(tuple(NAMED.values())), "keys")
        elif what < 0.95:
            self._send(terminal, dice.choice(LETTERS), "keys")
        else:
            self._send(terminal, dice.choice(SLIPS), "clicks, wide letters and the like")

    def _send(self, terminal: Terminal, text: str, what: str) -> None:
        """In pieces and reading meanwhile: two ends that only write would wait for each other for ever.

        A paste whose brackets a half escape sequence broke comes as keys, which are held back until they are handled.
        """
        data, limit = text.encode(), time.monotonic() + MOST_SENDING_S
        taken = time.monotonic()
        while data and terminal.process.poll() is None:
            if time.monotonic() - taken > NEVER_S:
                self.report.wrong.append(f"no byte of {len(data):,} was taken in {NEVER_S:.0f} s")
                return
            if time.monotonic() > limit:
                self.report.done[f"{what}, held back after {MOST_SENDING_S:.0f} s"] += 1
                return
            if select.select([], [terminal.master], [], 0)[1]:
                try:
                    data = data[os.write(terminal.master, data[:1024]) :]
                except OSError:
                    return
                taken = time.monotonic()
            if data:
                terminal.pump(0.002)
        self.report.done[what] += 1

    def _records(self) -> None:
        """Every record can be read, and says how it ended; nothing lies about unfinished."""
        for home in ("home", "careful"):
            self._records_of(self.folder / home / "journal")

    def _records_of(self, journal: Path) -> None:
        for path in journal.rglob("*.json"):
            try:
                record = json.loads(path.read_text(encoding="utf-8"))
                if "mindful_record" not in record:
                    continue  # a draft, of answers that were begun
                self.report.records[record["status"]] += 1
                if path.stat().st_mode & 0o077:
                    self.report.wrong.append(f"{path.name} can be read by others")
            except (ValueError, KeyError) as error:
                self.report.wrong.append(f"{path.name} is damaged: {error}")
        for path in journal.rglob("*.jsonl"):
            self.report.wrong.append(f"{path.name} was not closed")
        if (journal / "damaged").exists():
            self.report.wrong.append("a record was set aside as damaged")
