"""A thought record that is killed in the middle: what the next start finds. For a short test and for `bench.sheets`."""

from __future__ import annotations

import os
import random
import signal
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
LONGEST_REST_S = 1.7
"""So long at most does somebody stop to think before the program dies: words older than `LOST_MS` are asked for then."""


@dataclass(frozen=True)
class Trial:
    """One kill."""

    keys: int
    """How many keys were pressed."""
    finished: int
    """Fields whose next page was on the screen."""
    owed: str
    """What was typed in the field after them, longer ago than `LOST_MS`."""
    wrong: tuple[str, ...]


def trial(dice: random.Random) -> Trial:
    """Type, kill at a random key, start the recovery, and look.

    Keys come as fast as a quick typist's, so many are typed within the second that may be lost; therefore half of the
    kills come after a rest of up to `LONGEST_REST_S`, when there is something that must be there. Where the last key
    is Enter, nobody waits for the next page: what was written must be there as finished or as being written.
    """
    stop = dice.randrange(1, sum(len(keys) + 1 for _, keys, _ in FIELDS) + 1)
    rest = dice.choice((0.0, 0.05 * dice.random(), LONGEST_REST_S * dice.random(), LONGEST_REST_S * dice.random()))
    with tempfile.TemporaryDirectory() as folder:
        argv = [*MINDFUL, "thoughts", "new", "--columns", "5", "--mute"]
        with Terminal(argv, env={"MINDFUL_HOME": folder, "LANG": "C.UTF-8"}) as terminal:
            terminal.until_text("1 of 11", 60)
            pressed, finished = 0, 0
            history: list[tuple[float, str]] = []
            for number, (_name, keys, _kept) in enumerate(FIELDS, 1):
                history = []
                for n, character in enumerate(keys[: stop - pressed], 1):
                    terminal.send(character)
                    history.append((time.monotonic(), keys[:n]))
                    terminal.pump(0.03 * dice.random())
                pressed += len(history)
                if pressed == stop:
                    break
                terminal.send("\r")
                pressed += 1
                if pressed == stop:
                    break
                terminal.until_text(f"{number + 1} of", 30)
                finished, history = number, []
            terminal.pump(rest)
            now = time.monotonic()
            old = [words for at, words in history if (now - at) * 1000 >= LOST_MS]
            os.kill(terminal.process.pid, signal.SIGKILL)
            terminal.process.wait()
        journal = Path(folder) / "journal"
        recover(journal)
        owed = old[-1] if old else ""
        return Trial(pressed, finished, owed, tuple(_wrong(journal, finished, owed)))


def _wrong(journal: Path, finished: int, owed: str) -> Iterator[str]:
    waiting = drafts.waiting(journal, SESSION).get("record", {}).get("value")
    values = waiting.get("values", {}) if isinstance(waiting, dict) else {}
    for name, _keys, kept in FIELDS[:finished]:
        if values.get(name) != kept:
            yield f"{name} is {values.get(name)!r} and not {kept!r}"
    if not owed:
        return
    name, _keys, kept = FIELDS[finished]
    found = values.get(name, waiting.get("typed") if isinstance(waiting, dict) else None)
    if isinstance(kept, list):
        # a digit chooses an option, which is then the draft
        good = found == kept
    else:
        good = str(found if found is not None else "").startswith(owed.strip())
    if not good:
        yield f"of {name}, {owed!r} was typed a second ago, and there is {found!r}"


def trials(count: int, seed: int) -> Iterator[Trial]:
    """So many trials, the same keys and rests for the same seed."""
    dice = random.Random(seed)
    for _ in range(count):
        yield trial(dice)
