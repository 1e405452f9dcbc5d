"""The plan of a comparison, and its file. Pure but for `begin`, `read` and `keep`.

Pairs of blocks of days: in each pair one block has practice A and the other B, and a lot decides which comes first. So
what changes slowly (a season, a holiday, getting used to it) falls on both alike. The whole order is drawn at the start
and kept, so that nobody, the program included, can choose a day for a practice. (Designs of single-person trials:
Kravitz and Duan, eds., 2014, Design and Implementation of N-of-1 Trials: A User's Guide, AHRQ 13(14)-EHC122-EF.)
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from mindful.journal.files import write_atomic

VERSION = 1
LEAST_PAIRS, MOST_PAIRS = 3, 16
"""With more the exact test takes too long; with fewer than 6 it can tell nothing."""
Measure = Literal["change", "after"]
FOLDER = "comparisons"


@dataclass(frozen=True, slots=True)
class Trial:
    """One comparison."""

    a: str
    b: str
    """Ids of sessions."""
    outcome: str
    """The name of the rating, as pairs are named (`journal.ratings`); empty where scripts name none."""
    measure: Measure
    began: date
    block_days: int
    order: tuple[str, ...]
    """For each pair "AB" or "BA"."""
    settle_days: int = 0
    """So many days at the beginning of each block are not looked at."""
    seed: int = 0
    ended: date | None = None
    """The last day, where the client ended it early."""

    @property
    def days(self) -> int:
        """How long it lasts as planned."""
        return 2 * self.block_days * len(self.order)

    @property
    def last(self) -> date:
        """Its last day as planned, or as the client ended it."""
        planned = self.began + timedelta(days=self.days - 1)
        return planned if self.ended is None else min(planned, self.ended)

    def block(self, day: date) -> tuple[int, str, int] | None:
        """Of a day: its pair from 0, A or B, and which day of the block it is from 0; None outside."""
        at = (day - self.began).days
        if at < 0 or day > self.last:
            return None
        pair, rest = divmod(at, 2 * self.block_days)
        which, into = divmod(rest, self.block_days)
        return pair, self.order[pair][which], into

    def session(self, letter: str) -> str:
        """The session that a letter stands for."""
        return self.a if letter == "A" else self.b


def draw(seed: int, pairs: int) -> tuple[str, ...]:
    """The order of each pair, by lot; the same seed gives the same. Both orders come equally often, or nearly so."""
    chance = random.Random(seed)
    orders = ["AB", "BA"] * (pairs // 2) + ([chance.choice(("AB", "BA"))] if pairs % 2 else [])
    chance.shuffle(orders)
    return tuple(orders)


def as_data(trial: Trial) -> dict[str, Any]:
    """The plan as it is in its file."""
    known = asdict(trial)
    ended = None if trial.ended is None else trial.ended.isoformat()
    known |= {"began": trial.began.isoformat(), "order": list(trial.order), "ended": ended}
    return {"mindful_comparison": VERSION, **known}


def from_data(data: Mapping[str, Any]) -> Trial:
    """The plan from its file's data. Raises ValueError for what is none."""
    try:
        if data["mindful_comparison"] != VERSION:
            raise ValueError("another version")
        order = tuple(data["order"])
        if not order or not all(each in ("AB", "BA") for each in order) or data["measure"] not in ("change", "after"):
            raise ValueError("no order")
        ended = data["ended"]
        return Trial(
            a=str(data["a"]),
            b=str(data["b"]),
            outcome=str(data["outcome"]),
            measure=data["measure"],
            began=date.fromisoformat(data["began"]),
            block_days=_whole(data["block_days"], 1),
            order=order,
            settle_days=_whole(data["settle_days"], 0),
            seed=_whole(data["seed"], 0),
            ended=None if ended is None else date.fromisoformat(ended),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not whole") from error


def _whole(value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(value)
    return value


def latest(folder: Path) -> tuple[Path, Trial] | None:
    """The comparison that was begun last; None without one. Raises OSError, and ValueError for a damaged file."""
    if not folder.is_dir():
        return None
    files = sorted(folder.glob("*.json"))
    return (files[-1], from_data(json.loads(files[-1].read_bytes()))) if files else None


def keep(path: Path, trial: Trial) -> None:
    """Write the plan. Raises OSError."""
    write_atomic(path, json.dumps(as_data(trial), ensure_ascii=False, indent=1).encode() + b"\n")


def begin(folder: Path, trial: Trial) -> Path:
    """Write a new plan under a name of its own. Raises OSError."""
    number = 1
    while (path := folder / f"{trial.began.isoformat()}-{number:02}.json").exists():
        number += 1
    keep(path, trial)
    return path


def end(path: Path, trial: Trial, day: date) -> Trial:
    """End it after a day, early or not; what was rated stays. Raises OSError."""
    ended = replace(trial, ended=day)
    keep(path, ended)
    return ended
