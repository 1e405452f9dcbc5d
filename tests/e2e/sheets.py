"""A thought record that is killed in the middle: what the next start finds. For a short test and for `bench.sheets`."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindful.journal import drafts
from mindful.journal.recovery import recover
from tests.terminal import MINDFUL, Terminal

SESSION = "thought-record-5"
FIELDS: tuple[tuple[str, str, Any], ...] = (
    ("situation", "In the canteen, at lunch", "In the canteen, at lunch"),
    ("thought", "They laugh at me", "They laugh at me"),
    ("belief_before", "80", 80),
    ("emotion", "ashamed, angry", "ashamed, angry"),
    ("emotion_before", "70", 70),
    ("styles", "3", ["Mind reading: as if I knew what others think"]),
    ("balanced", "Perhaps it was about something else", "Perhaps it was about something else"),
    ("balanced_belief", "50", 50),
    ("belief_after", "40", 40),
)
"""(field, keys, what is kept)."""
LOST_MS = 1000
"""At most so much typing may be lost."""


@dataclass(frozen=True)
class Trial:
    """One kill."""

    keys: int
    """How many keys were pressed."""
    finished: int
    """Fields whose next page was on the screen."""
    wrong: tuple[str, ...]


def trial(dice: random.Random) -> Trial:
    """Type, kill at a random key, start the recovery, and look."""
    whole = sum(len(keys) + 1 for _, keys, _ in FIELDS)
    stop = dice.randrange(1, whole)
    with tempfile.TemporaryDirectory() as folder:
        env = {"MINDFUL_HOME": folder, "LANG": "C.UTF-8"}
        argv = [*MINDFUL, "thoughts", "new", "--columns", "5", "--mute"]
        with Terminal(argv, env=env) as terminal:
            terminal.until_text("1 of 11", 60)
            pressed, finished, typed = 0, 0, ("", 0.0)
            history: list[tuple[float, str]] = []
            for number, (_name, keys, _kept) in enumerate(FIELDS, 1):
                history = []
                for character in keys:
                    terminal.send(character)
                    history.append((time.monotonic(), history[-1][1] + character if history else character))
                    terminal.pump(0.01 + 0.05 * dice.random())
                    pressed += 1
                    if pressed >= stop:
                        break
                if pressed >= stop:
                    break
                terminal.send("\r")
                terminal.until_text(f"{number + 1} of", 30)
                finished, pressed, history = number, pressed + 1, []
                if pressed >= stop:
                    break
            now = time.monotonic()
            old = [words for at, words in history if (now - at) * 1000 >= LOST_MS]
            typed = (old[-1] if old else "", now)
            os.kill(terminal.process.pid, 9)
            terminal.process.wait()
        journal = Path(folder) / "journal"
        recover(journal)
        return Trial(pressed, finished, tuple(_wrong(journal, finished, typed[0])))


def _wrong(journal: Path, finished: int, typed: str) -> Iterator[str]:
    waiting = drafts.waiting(journal, SESSION).get("record", {}).get("value")
    values = waiting.get("values", {}) if isinstance(waiting, dict) else {}
    for name, _keys, kept in FIELDS[:finished]:
        if values.get(name) != kept:
            yield f"{name} is {values.get(name)!r} and not {kept!r}"
    name, keys, _kept = FIELDS[min(finished, len(FIELDS) - 1)]
    now = waiting.get("typed") if isinstance(waiting, dict) else None
    if typed and finished < len(FIELDS) and keys.isprintable() and not keys.isdigit():
        said = now if isinstance(now, str) else values.get(name) if isinstance(values.get(name), str) else ""
        if not str(said).startswith(typed.strip()):
            yield f"of {name}, {typed!r} was typed a second ago, and there is {said!r}"


def trials(count: int, seed: int) -> Iterator[Trial]:
    dice = random.Random(seed)
    for _ in range(count):
        yield trial(dice)
