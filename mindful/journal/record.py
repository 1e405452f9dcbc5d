"""From events to the record of one session. Called by the recorder while it runs and by recovery after a crash.

Pure: no clock, no disk. Both callers fold the same events the same way, so a recovered record differs from a closed
one only in what was never written. All times in events and record are whole milliseconds. `t_ms`, `start_ms` and
`end_ms` count from the start on the wall, pauses included; `elapsed_ms` leaves pauses out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from mindful.journal.timing import Timing, whole
from mindful.journal.versions import VERSION

STATUSES = ("completed", "stopped", "interrupted")
ONE_STEP = ("exposure",)
"""Kinds whose open parts are told as one step."""
GONE = "program gone"
"""The reason of a record whose program never came to its end."""


class NothingWrittenError(ValueError):
    """The events have no start, so nothing can be said about the session."""


def fold(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The record of these events. Raises NothingWrittenError when there is no `start` among them; nothing else."""
    folding = Folding()
    for event in events:
        folding.add(event)
    return folding.record()


def moment(text: object) -> datetime | None:
    """A time with its offset, or None."""
    try:
        at = datetime.fromisoformat(str(text))
        return at if at.utcoffset() is not None else None
    except ValueError:
        return None


def stamp(at: datetime) -> str:
    """A time as records hold it: local, to the millisecond, with its offset."""
    return at.isoformat(timespec="milliseconds")


class Folding:
    """The record as far as it is known. `add` each event as it comes; `record` may be asked at any moment."""

    def __init__(self) -> None:
        self._start: dict[str, Any] | None = None
        self._end: Mapping[str, Any] | None = None
        self._last = self._elapsed = self._paused = 0
        self._pausing = False
        self._steps: list[dict[str, Any]] = []
        self._answers: dict[str, Any] = {}
        self._private: dict[str, bool] = {}
        self._sound: dict[str, Any] = {}
        self._landing: dict[str, int | None] = {}
        self._eased: int | None = None
        self._tapped: dict[str, dict[str, Any]] = {}
        self._drafts: dict[str, dict[str, Any]] = {}
        self._support: list[dict[str, Any]] = []
        self._timing = Timing()

    @property
    def ended(self) -> bool:
        """Whether the session itself said how it ended."""
        return self._end is not None

    @property
    def drafts(self) -> dict[str, dict[str, Any]]:
        """By the question's id, what was begun and not answered: {value, private}. Never part of the record."""
        return {name: dict(draft) for name, draft in self._drafts.items()}

    @property
    def answered(self) -> list[str]:
        """The ids of the questions that were answered or left open."""
        return list(self._answers)

    def add(self, event: Mapping[str, Any]) -> None:
        """Take in one event. An event that this version does not know only moves the time on."""
        self._move_to(event)
        handler = getattr(self, f"_on_{event.get('event')}", None)
        if handler is not None:
            handler(event)

    def record(self) -> dict[str, Any]:
        """The record of the events so far: plain data, a copy. Raises NothingWrittenError before `start`."""
        if self._start is None:
            raise NothingWrittenError("no start")
        head, end = self._start, self._end or {}
        status = end.get("status", "interrupted")
        started = moment(head["at"])
        assert started is not None  # _on_start took it only then
        said, ended = moment(end.get("at")), _later(started, self._last)
        if said is not None and said > ended:  # the machine slept; a wall clock that was set back says nothing
            ended = said
        audio, planned = _map(head.get("audio")) | self._sound, whole(head.get("planned_ms"))
        if planned is not None:  # the length of spoken lines may have been a guess at the start
            told = whole(end.get("planned_ms"))
            planned = planned if told is None else told
        return {
            "mindful_record": VERSION,
            "id": head["id"],
            "session": _session(head.get("session")),
            "status": status,
            "reason": str(end.get("reason") or "") if end else GONE,
            "started": stamp(started),
            "ended": stamp(ended),
            "planned_ms": None if planned is None else max(0, planned),
            "elapsed_ms": self._elapsed,
            "paused_ms": self._paused,
            "settings": _map(head.get("settings")),
            "variables": _map(head.get("variables")),
            "steps": [self._closed(step, status) for step in self._steps],
            "answers": dict(self._answers),
            "private": [name for name, private in self._private.items() if private],
            "timing": self._timing.summary(self._last),
            "app": str(head.get("app") or ""),
            "audio": {"sink": self._carrier(audio), "rate": whole(audio.pop("rate", None)), **audio},
            "simulated": head.get("simulated") is True,
            "note": "",
            **({"support": [dict(each) for each in self._support]} if self._support else {}),
            **({"landing": dict(self._landing)} if self._landing else {}),
            **({"tapped": {name: dict(found) for name, found in self._tapped.items()}} if self._tapped else {}),
            **({"eased": self._eased} if self._eased is not None else {}),
        }

    def _carrier(self, audio: dict[str, Any]) -> str:
        """What carried most of the session; `changes` stays in `audio` only where there was more than one."""
        said = str(audio.pop("sink", "") or "none")
        changes = audio.pop("changes", [])
        if len(changes) > 1:
            audio["changes"] = changes
        ends = [*(c["t_ms"] for c in changes[1:]), self._last]
        spans: dict[str, int] = {}
        for change, end in zip(changes, ends, strict=False):
            name = change.get("sink", said)
            spans[name] = spans.get(name, 0) + end - change["t_ms"]
        return max(spans, key=lambda name: spans[name], default=said)

    # one method an event

    def _on_start(self, event: Mapping[str, Any]) -> None:
        if self._start is None:
            if moment(event.get("at")) is None or not isinstance(event.get("id"), str):
                return
            self._start = dict(event)
        else:  # who plays may know more than who opened the file; when and which session it was stays
            self._start |= {k: v for k, v in event.items() if k not in ("at", "id")}
        self._timing.clock(event.get("clock"), self._last)

    def _on_step(self, event: Mapping[str, Any]) -> None:
        path, phase, data = str(event.get("step") or ""), event.get("phase"), _map(event.get("data"))
        entry = next((s for s in reversed(self._steps) if s["step"] == path and s["end_ms"] is None), None)
        last = self._steps[-1] if self._steps else None
        if entry is None and last is not None and last["step"] == path and last["kind"] in ONE_STEP:
            entry = last  # its parts are asked one by one, and are one step of the record
            entry.update(end_ms=None)
            phase = "on" if phase == "start" else phase
        if phase == "start" or entry is None:
            if entry is not None:  # begun again without an end: the client went back
                entry.update(status="left", end_ms=self._last)
            kind = str(event.get("kind") or path.rpartition(".")[2])
            entry = {"step": path, "kind": kind, "status": "", "start_ms": self._last, "end_ms": None, "data": {}}
            self._steps.append(entry)
        entry["data"] = entry["data"] | data
        if phase not in ("start", "on"):
            entry.update(status=str(event.get("status") or "done"), end_ms=self._last)

    def _on_answer(self, event: Mapping[str, Any]) -> None:
        if isinstance(name := event.get("id"), str) and name:
            self._answers[name] = event.get("value")
            self._drafts.pop(name, None)
            self._private[name] = event.get("private") is True

    def _on_ease(self, event: Mapping[str, Any]) -> None:
        level = whole(event.get("level"))
        self._eased = self._eased if level is None else level

    def _on_landing(self, event: Mapping[str, Any]) -> None:
        names = ("at_ms", "of_ms", "after_ms", "done_ms", "planned_ms")
        self._landing |= {name: whole(event.get(name)) for name in names if name in event}

    def _on_tapped(self, event: Mapping[str, Any]) -> None:
        if isinstance(name := event.get("id"), str) and name:
            self._tapped[name] = {k: v for k, v in event.items() if k not in ("event", "t_ms", "id")}

    def _on_feedback(self, event: Mapping[str, Any]) -> None:
        """What a sensor told in a step: rows a second as columns, and at its end what it came to."""
        entry = self._entry(event)
        if entry is None:
            return
        data = entry["data"]
        if isinstance(summary := event.get("summary"), Mapping):
            data["feedback"] = {**_map(data.get("feedback")), **summary}
        rows = event.get("rows")
        if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
            columns = data.setdefault("seconds", {})
            known = max((len(values) for values in columns.values()), default=0)
            for place, row in enumerate(rows):
                for name in row:
                    columns.setdefault(name, [None] * (known + place))
                for name, values in columns.items():
                    values.append(row.get(name))

    def _on_sensor(self, event: Mapping[str, Any]) -> None:
        """A gap, a device that went or came back."""
        entry = self._entry(event)
        if entry is not None:
            said = {k: v for k, v in event.items() if k not in ("event", "step")}
            entry["data"]["notices"] = [*entry["data"].get("notices", []), said]

    def _entry(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        path = str(event.get("step") or "")
        return next((s for s in reversed(self._steps) if s["step"] == path), None)

    def _on_draft(self, event: Mapping[str, Any]) -> None:
        if isinstance(name := event.get("id"), str) and name:
            value = event.get("value")
            if value in (None, "", []):
                self._drafts.pop(name, None)
            else:
                self._drafts[name] = {"value": value, "private": event.get("private") is True}

    def _on_support(self, event: Mapping[str, Any]) -> None:
        if event.get("phase") == "due":
            fields = event.get("fields")
            names = [str(name) for name in fields] if isinstance(fields, list) else []
            step = str(event.get("step") or "")
            self._support.append({"step": step, "fields": names, "due_ms": self._last, "shown_ms": None})
        for each in self._support if event.get("phase") == "shown" else ():
            if each["shown_ms"] is None:
                each["shown_ms"] = self._last

    def _on_pause(self, event: Mapping[str, Any]) -> None:
        self._pausing = True

    def _on_resume(self, event: Mapping[str, Any]) -> None:
        self._pausing = False

    def _on_beat(self, event: Mapping[str, Any]) -> None:
        for name in ("elapsed", "paused"):
            if (known := whole(event.get(f"{name}_ms"))) is not None and known >= 0:
                setattr(self, f"_{name}", known)

    def _on_cues(self, event: Mapping[str, Any]) -> None:
        self._timing.late(event.get("late_ms"))

    def _on_timing(self, event: Mapping[str, Any]) -> None:
        self._timing.told(event)

    def _on_sound(self, event: Mapping[str, Any]) -> None:
        now = {k: event[k] for k in ("sink", "clock") if isinstance(event.get(k), str)}
        if (rate := whole(event.get("rate"))) is not None:
            self._sound["rate"] = rate
        if (underruns := whole(event.get("underruns"))) is not None:
            self._sound["underruns"] = underruns
        before = self._sound.get("changes", [])
        if now and (not before or {k: before[-1].get(k) for k in now} != now):
            self._sound["changes"] = [*before, {"t_ms": self._last, **now}]
        self._timing.clock(event.get("clock"), self._last)

    def _on_end(self, event: Mapping[str, Any]) -> None:
        if event.get("status") in STATUSES:
            self._end = event
            self._on_beat(event)
            self._on_landing(_map(event.get("landing")))

    def _move_to(self, event: Mapping[str, Any]) -> None:
        at = whole(event.get("t_ms"))
        if at is None or at <= self._last:
            return
        if self._pausing:
            self._paused += at - self._last
        else:
            self._elapsed += at - self._last
        self._last = at

    def _closed(self, step: dict[str, Any], status: str) -> dict[str, Any]:
        copy = step | {"data": dict(step["data"])}
        if copy["end_ms"] is None:
            copy |= {"status": "interrupted" if status == "interrupted" else "left", "end_ms": self._last}
        return copy


def _later(started: datetime, by_ms: int) -> datetime:
    try:
        return started + timedelta(milliseconds=by_ms)
    except OverflowError:
        return started


def _map(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _session(value: object) -> dict[str, Any]:
    given = _map(value)
    name = str(given.get("id") or "session")
    known = {"id": name, "title": str(given.get("title") or name), "sha256": str(given.get("sha256") or "")}
    return known | {"format": whole(given.get("format")) or 1}
