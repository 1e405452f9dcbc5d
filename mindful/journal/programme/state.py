"""`programme.json`: the programme that is followed, since when, with which pauses; and those that were.

What was done is not in it but in the journal; only what is no session is kept here, as ticks. A file that cannot be
read is moved aside, never written over; one of a newer mindful is left alone.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from mindful.journal.programme.plan import Plan, as_data, from_data
from mindful.journal.programme.progress import Done, Following, Move, Pause

VERSION = 1
_KEY = "mindful_programme"


class StateError(OSError):
    """The file is of a newer mindful, or cannot be read or written; the text says why."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that is no session was done."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Past:
    """A programme that is not followed any more."""

    id: str
    title: dict[str, str]
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class State:
    """What the file holds."""

    plan: Plan | None = None
    """None: none is followed."""
    following: Following = field(default_factory=lambda: Following(date.min))
    ticks: tuple[Tick, ...] = ()
    glanced: str = ""
    """How the programme's file looked when the plan was made of it: size and time."""
    past: tuple[Past, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    """What a later version of this one put beside."""

    @property
    def ticked(self) -> list[Done]:
        """The ticks as doings."""
        return [Done(tick.day, name=tick.name) for tick in self.ticks]

    def started(self, plan: Plan, today: date, rest: tuple[int, ...], glanced: str) -> State:
        """With this plan from today on; one that was followed is among the past ones."""
        return replace(self.stopped(today), plan=plan, following=Following(today, rest=rest), ticks=(), glanced=glanced)

    def stopped(self, today: date) -> State:
        """With none that is followed."""
        if self.plan is None:
            return self
        past = Past(self.plan.id, dict(self.plan.title), self.following.since, today)
        return replace(self, plan=None, ticks=(), glanced="", past=(*self.past, past))

    def paused(self, today: date) -> State:
        """Standing still from today on."""
        if self.following.paused(today) is not None:
            return self
        return self._with(pauses=(*self.following.pauses, Pause(today)))

    def resumed(self, today: date) -> State:
        """Going on from today on; a pause that began today never was."""
        pauses = [p if p.until is not None else Pause(p.since, today) for p in self.following.pauses]
        return self._with(pauses=tuple(p for p in pauses if p.until is None or p.since < p.until))

    def moved(self, today: date, to: str) -> State:
        """At the beginning of another part, from today on."""
        others = tuple(m for m in self.following.moves if m.day != today)
        return self._with(moves=(*others, Move(today, to)))

    def tick(self, today: date, name: str) -> State:
        """With something done today."""
        return replace(self, ticks=(*self.ticks, Tick(today, name)))

    def unticked(self, today: date, name: str) -> State:
        """Without the last such tick of today."""
        at = next((n for n in range(len(self.ticks) - 1, -1, -1) if self.ticks[n] == Tick(today, name)), None)
        return self if at is None else replace(self, ticks=self.ticks[:at] + self.ticks[at + 1 :])

    def _with(self, **changes: Any) -> State:
        return replace(self, following=replace(self.following, **changes))


def read(path: Path) -> State:
    """The state; an empty one where there is no file. A damaged file is moved aside. Raises StateError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise StateError(error.strerror or "it cannot be read") from error
    try:
        found = json.loads(data)
        version = found[_KEY]
        if isinstance(version, int) and version > VERSION:
            raise StateError("a newer mindful wrote it")
        return _state(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        with suppress(OSError):
            path.replace(path.with_name(f"programme-damaged-{path.stat().st_mtime_ns:x}.json"))
        return State()


def write(path: Path, state: State) -> None:
    """Put the state in place. Raises OSError."""
    from mindful.journal.files import write_atomic  # a prompt only reads

    write_atomic(path, json.dumps(_data(state), ensure_ascii=False, indent=1).encode() + b"\n")


def glance(path: Path) -> str:
    """How a file looks from outside; empty where it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_size}-{stat.st_mtime_ns}"


def _state(data: dict[str, Any]) -> State:
    known = (_KEY, "plan", "since", "pauses", "moves", "rest", "ticks", "glanced", "past")
    plan = data.get("plan")
    following = Following(
        since=_day(data["since"]) if plan else date.min,
        pauses=tuple(Pause(_day(p["since"]), _day(p["until"]) if p["until"] else None) for p in data["pauses"]),
        moves=tuple(Move(_day(m["day"]), str(m["to"])) for m in data["moves"]),
        rest=tuple(int(d) for d in data["rest"]),
    )
    return State(
        plan=from_data(plan) if plan else None,
        following=following,
        ticks=tuple(Tick(_day(t["day"]), str(t["name"])) for t in data["ticks"]),
        glanced=str(data["glanced"]),
        past=tuple(Past(p["id"], dict(p["title"]), _day(p["since"]), _day(p["until"])) for p in data["past"]),
        extra={k: v for k, v in data.items() if k not in known},
    )


def _data(state: State) -> dict[str, Any]:
    following = state.following
    return {
        _KEY: VERSION,
        "since": following.since.isoformat(),
        "pauses": [{"since": str(p.since), "until": str(p.until) if p.until else None} for p in following.pauses],
        "moves": [{"day": str(m.day), "to": m.to} for m in following.moves],
        "rest": list(following.rest),
        "ticks": [{"day": str(t.day), "name": t.name} for t in state.ticks],
        "glanced": state.glanced,
        "past": [asdict(p) | {"since": str(p.since), "until": str(p.until)} for p in state.past],
        "plan": as_data(state.plan) if state.plan is not None else None,
        **state.extra,
    }


def _day(text: str) -> date:
    return date.fromisoformat(text)
