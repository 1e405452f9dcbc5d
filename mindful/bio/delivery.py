"""What of the truth the client is shown. Ordinary sessions show it as it is; research has its controls here.

A training that is compared with nothing shows nothing about training (Ros et al. 2020, Brain 143:1674), so a study
needs feedback that does not come from the client. It is the author's choice, it is never the default, and the record
says it in `mode`: what was measured and what was shown stand side by side there. Called by the engines.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from mindful.bio.ports import TICK_MS, Reading

Mode = Literal["real", "yoked", "sham", "inverted", "delayed"]


class Delivery(Protocol):
    """Turns what was measured into what is shown."""

    mode: Mode

    def shown(self, true: Reading) -> Reading:
        """The reading for the client at this moment."""
        ...

    def data(self) -> dict[str, Any]:
        """For the record."""
        ...


class Real:
    """As it was measured."""

    mode: Mode = "real"

    def shown(self, true: Reading) -> Reading:
        return true

    def data(self) -> dict[str, Any]:
        return {"mode": self.mode}


class Inverted:
    """Rewards what was to be unlearned: the other side of a two-armed study, and the test that the sign is right."""

    mode: Mode = "inverted"

    def shown(self, true: Reading) -> Reading:
        reward = true.quality == "clear" and true.threshold is not None and not true.reward
        return replace(true, value=1 - true.value, reward=reward)

    def data(self) -> dict[str, Any]:
        return {"mode": self.mode}


class Delayed:
    """The truth, late. For studies of latency."""

    mode: Mode = "delayed"

    def __init__(self, delay_ms: int) -> None:
        self._delay = delay_ms
        self._kept: deque[Reading] = deque()

    def shown(self, true: Reading) -> Reading:
        self._kept.append(true)
        old = self._kept[0]
        while len(self._kept) > 1 and self._kept[1].at_ms <= true.at_ms - self._delay:
            self._kept.popleft()
            old = self._kept[0]
        if old.at_ms > true.at_ms - self._delay:
            return replace(true, value=0.0, reward=False)
        return replace(true, value=old.value, reward=old.reward)

    def data(self) -> dict[str, Any]:
        return {"mode": self.mode, "delay_ms": self._delay}


@dataclass(frozen=True, slots=True)
class Moment:
    """One tick of somebody's feedback."""

    value: float
    reward: bool


class Yoked:
    """Another session's feedback, tick by tick, from its beginning; over again when it ends."""

    mode: Mode = "yoked"

    def __init__(self, moments: Sequence[Moment], whose: str, mode: Mode = "yoked") -> None:
        """`whose`: the id of the record that it is from. Raises ValueError where there is nothing."""
        if not moments:
            raise ValueError("there is no feedback in that record")
        self.mode = mode
        self._moments, self._whose = moments, whose
        self._began: int | None = None

    def shown(self, true: Reading) -> Reading:
        if self._began is None:
            self._began = true.at_ms
        moment = self._moments[(true.at_ms - self._began) // TICK_MS % len(self._moments)]
        return replace(true, value=moment.value, reward=moment.reward)

    def data(self) -> dict[str, Any]:
        return {"mode": self.mode, "from": self._whose}


def from_rows(rows: Sequence[dict[str, Any]]) -> list[Moment]:
    """Ticks of what somebody was shown, from their record's rows: each second's share of reward as a run, its value
    throughout. From the first second of training to the last; a rest between them keeps its time, without reward.
    """
    per_second = 1000 // TICK_MS
    trained = [i for i, row in enumerate(rows) if row.get("phase") == "training"]
    out: list[Moment] = []
    for row in rows[trained[0] : trained[-1] + 1] if trained else ():
        value, reward = row.get("shown_value", row.get("value")), row.get("shown_reward")
        if row.get("phase") != "training" or value is None:
            value, reward = 0.0, 0.0
        elif reward is None:
            # Of a row, `reward` is the share of its clear time; in the rest of it there was none.
            reward = (row.get("reward") or 0.0) * (1.0 if row.get("clean") is None else row["clean"])
        rewarded = round(reward * per_second)
        out += [Moment(float(value), i < rewarded) for i in range(per_second)]
    return out


def by_chance(seed: int, seconds: int, reward_share: float = 0.65) -> Yoked:
    """A sham that nobody's brain made: values that drift as an envelope does, rewarded for this share of the time.

    An Ornstein-Uhlenbeck process with the 0.6 s of an alpha spindle, cut at the percentile that gives the share.
    """
    import math
    import random

    chance = random.Random(seed)
    keep = math.exp(-TICK_MS / 600)
    level, levels = chance.gauss(0, 1), []
    for _ in range(max(1, seconds * 1000 // TICK_MS)):
        level = keep * level + math.sqrt(1 - keep * keep) * chance.gauss(0, 1)
        levels.append(level)
    cut = sorted(levels)[min(len(levels) - 1, int(len(levels) * (1 - reward_share)))]
    moments = [Moment(min(1.0, max(0.0, 0.5 + (x - cut) / 4)), x > cut) for x in levels]
    return Yoked(moments, f"chance, seed {seed}", "sham")
