"""Runs the real player with a made-up client, on virtual time. Called by `mindful simulate`.

Nothing waits: the clock is set to the next moment at which something happens (a cue, a step, what the client does), and
the conductor is asked. It is the player that a client gets, with its states, its answers and its record; only the sound
and the person are made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import mindful
from mindful.author.answering import Answering
from mindful.author.branches import Stop, branches, plain_path
from mindful.author.clients import Client
from mindful.author.simulated import Asked, Given, Run, Simulation
from mindful.journal.record import Folding, stamp
from mindful.journal.recorder import Recorder
from mindful.player.commands import Advance, Answer, Command, Finish, Found, Pause, Resume, Skip
from mindful.player.commands import Stop as End
from mindful.player.conductor import Conductor
from mindful.player.ports import Log, Silence
from mindful.player.state import ASLEEP_MS, LEAD_MS
from mindful.player.view import View
from mindful.timeline.as_json import session_json
from mindful.timeline.exposure.stages import base_of
from mindful.timeline.model import (
    AnyPrompt,
    ChoosePrompt,
    ExposePrompt,
    FindPrompt,
    KeyPrompt,
    LearnPrompt,
    SheetPrompt,
)

PARTS = ("agreed", "item", "before", "suds", "after")
"""What an exposure asks: an answer of a client is named after its step and one of these."""
MOST_MS = 24 * 60 * 60 * 1000
"""A session that is not over by then does not end."""
_LEAP_MS = ASLEEP_MS - 1000
"""The player takes a longer silence of its clock for a computer that slept."""


class Clock:
    """Virtual time, moved by hand, in whole ms."""

    ms = 0

    def now(self) -> float:
        return self.ms / 1000


def simulate(
    given: Given, clients: list[Client], journal: Path | None = None, now: Callable[[], datetime] = datetime.now
) -> Simulation:
    """Play the session with each client; with `journal` their records are kept there, as ended at `now`."""
    ways, stops = branches(given.script, given.values)
    runs = []
    for client in clients:
        patient = client.model_copy(update={"stops": None, "pauses": ()})
        # Shares of the session are shares of the time that this client would take who stayed to the end.
        known = _shares(client) or journal is not None
        whole = _Playing(given, patient, stops, 0).play().record["elapsed_ms"] if known else 0
        if journal is None:
            runs.append(_Playing(given, client, stops, whole).play())
            continue
        lasted = _Playing(given, client, stops, whole).play().record
        began = now().astimezone() - timedelta(milliseconds=lasted["elapsed_ms"] + lasted["paused_ms"])
        runs.append(_Playing(given, client, stops, whole, began, journal).play())
    return Simulation(given.script, tuple(runs), tuple(ways), given.values)


def _shares(client: Client) -> bool:
    moments = [client.stops, *(p.at for p in client.pauses)]
    return any(at is not None and at.share is not None for at in moments)


def _chosen(prompt: LearnPrompt, answer: Any) -> list[str] | None:
    """The options that were chosen in a quiz, in words."""
    return None if answer is None else [q.options[k] for q, k in zip(prompt.quiz, answer, strict=False)]


class _Twofold:
    """A log that goes to the record in memory, and to the journal where there is one."""

    def __init__(self, folding: Folding, recorder: Log | None, at: Callable[[], datetime]) -> None:
        self._folding, self._recorder, self._at = folding, recorder, at

    def event(self, event: str, **data: Any) -> None:
        self._folding.add({"event": event, **data})
        if self._recorder is not None:
            self._recorder.event(event, **data)

    def close(self, status: str, reason: str, **data: Any) -> None:
        end = {"event": "end", "status": status, "reason": reason, "at": stamp(self._at()), **data}
        self._folding.add(end)
        if self._recorder is not None:
            self._recorder.close(status, reason, **data)


class _Playing:
    """One run."""

    def __init__(
        self,
        given: Given,
        client: Client,
        stops: list[Stop],
        whole_ms: int,
        began: datetime | None = None,
        journal: Path | None = None,
    ) -> None:
        self._given, self._client, self._journal = given, client, journal
        self._began = began or datetime(2000, 1, 1).astimezone()
        self._stops = {stop.path: stop for stop in stops}
        self._clock = Clock()
        self._dice = random.Random(f"{given.seed}/{client.seed}/{client.name}")
        self._answering = Answering(client, self._dice)
        self._end_ms = None if client.stops is None else client.stops.of(whole_ms)
        self._pauses = sorted((p.at.of(whole_ms), p.for_.ms or 0) for p in client.pauses)
        self._asked: list[Asked] = []
        self._sheets: set[str] = set()
        self._visited: set[str] = set()
        self._chosen: set[str] = set()
        self._warnings: dict[str, None] = {}
        self._open: tuple[int, int] | None = None
        self._act_ms = 0
        """When the client acts on the open step that runs, in elapsed time."""
        self._step = ""
        self._skip_ms: int | None = None
        self._resume_ms = 0

    def _wall(self) -> datetime:
        return self._began + timedelta(milliseconds=self._clock.ms)

    def play(self) -> Run:
        """Play to the end."""
        given, head = self._given, self._head()
        folding = Folding()
        folding.add({"event": "start", "t_ms": 0, "at": stamp(self._began), "id": "simulated", **head})
        recorder = None if self._journal is None else Recorder.open(self._journal, head, now=self._wall)
        self._conductor = Conductor(
            given.script,
            given.values,
            clock=self._clock,
            speaker=Silence(self._clock),
            log=_Twofold(folding, recorder, self._wall),
            seed=given.seed,
            fit_ms=given.fit_ms,
            known=given.known,
        )
        view = self._conductor.start()
        while view.ended is None:
            if self._clock.ms >= MOST_MS:
                self._warn("The session was not over after 24 hours.")
                self._conductor.abort("interrupted", "no end in 24 hours")
                break
            view = self._on(view)
        self._unasked()
        file = recorder.path if recorder is not None and recorder.saved else None
        return Run(
            self._client,
            folding.record(),
            tuple(self._asked),
            frozenset(self._visited),
            frozenset(self._chosen),
            tuple(self._warnings),
            self._stops[plain_path(self._step)].label,
            file,
        )

    def _head(self) -> dict[str, Any]:
        """What the record begins with."""
        given, script = self._given, self._given.script
        settings: dict[str, Any] = {**script.settings.model_dump(mode="json"), "seed": given.seed}
        settings |= {"performer": "simulated", "client": self._client.name}
        if given.fit_ms is not None:
            settings["fit_ms"] = given.fit_ms
        return {
            "session": session_json(script),
            "planned_ms": given.planned(),
            "settings": settings,
            "variables": {**script.defaults(), **given.values},
            "app": f"mindful {mindful.__version__}",
            "audio": {"sink": "none", "rate": 48000},
            "clock": "monotonic",
            "simulated": True,
        }

    def _warn(self, words: str) -> None:
        self._warnings[words] = None

    def _on(self, view: View) -> View:
        """To the next moment, and what is done then."""
        self._notice(view)
        ahead = self._ahead(view)
        due, act = min(self._doings(view), key=lambda doing: doing[0], default=(ahead + 1, self._conductor.tick))
        self._clock.ms += max(0, min(due, ahead))
        return act() if due <= ahead else self._conductor.tick()

    def _ahead(self, view: View) -> int:
        """Milliseconds until something happens by itself: a cue, a step, an end; at most what a player may wait."""
        state = self._conductor.state
        if view.status == "landing":
            return 1000
        if view.status == "paused":
            return _LEAP_MS
        at, p = state.at.position_ms, state.placed
        if p is None or not at:
            return 1  # what stands at the very beginning is taken in right after it
        moments = [at + _LEAP_MS]
        moments += [t for t, _ in self._first_cue(at)]
        moments += [start for s in p.segment.spans if (start := p.start_ms + s.start_ms) > at][:1]
        if p.end_ms is not None:
            moments.append(p.end_ms)
        elif isinstance(p.segment.prompt, KeyPrompt) and p.segment.prompt.at_most_ms is not None:
            moments.append(p.start_ms + p.segment.prompt.at_most_ms - LEAD_MS)
        return max(1, min(moments) - at)

    def _first_cue(self, at: int) -> list[tuple[int, Any]]:
        found = next(self._conductor.state.timeline.cues_between(at + 1, at + _LEAP_MS), None)
        return [] if found is None else [found]

    def _doings(self, view: View) -> list[tuple[int, Callable[[], View]]]:
        """(in how many ms, what) the client is about to do."""
        if view.status == "landing":
            return []
        if view.status == "paused":
            return [(self._resume_ms - self._clock.ms, lambda: self._do(Resume()))]
        now = view.elapsed_ms
        out: list[tuple[int, Callable[[], View]]] = []
        # At one moment the first of these comes first.
        if self._end_ms is not None:
            out.append((self._end_ms - now, lambda: self._do(End())))
        if self._pauses:
            out.append((self._pauses[0][0] - now, self._pause))
        if self._skip_ms is not None:
            out.append((self._skip_ms - now, self._skip))
        if view.prompt is not None:
            prompt = view.prompt
            out.append((self._act_ms - now, lambda: self._answer(prompt)))
        return out

    def _do(self, command: Command) -> View:
        return self._conductor.do(command)

    def _pause(self) -> View:
        _, length = self._pauses.pop(0)
        self._resume_ms = self._clock.ms + length
        return self._do(Pause())

    def _skip(self) -> View:
        self._skip_ms = None
        asking = self._conductor.state.asking
        if asking is not None and asking.segment.prompt is not None:
            self._tell(asking.segment.step, asking.segment.prompt, None)
        return self._do(Skip())

    def _notice(self, view: View) -> None:
        """Take in where the session is: a new step, a new open one."""
        state = self._conductor.state
        if view.step is not None and view.step.path != self._step:
            self._enter(view.step.path, view.elapsed_ms)
        p = state.asking
        if p is not None and view.prompt is not None:
            key = (p.segment.index, p.start_ms)
            if key != self._open:
                self._open = key
                waits = isinstance(view.prompt, KeyPrompt) and not isinstance(view.prompt, FindPrompt)
                span = self._client.holds if waits else self._client.reaction
                self._act_ms = view.elapsed_ms + self._time(span.from_.ms or 0, span.to.ms or 0)
                if isinstance(view.prompt, ExposePrompt) and not self._ends(view):
                    self._act_ms = MOST_MS  # it goes on by itself
        else:
            self._open = None

    def _ends(self, view: View) -> bool:
        """Whether this client ends the exposure in this stretch."""
        most = self._client.ends_exposure
        return most is not None and view.exposure is not None and len(view.exposure.ratings) >= most

    def _time(self, low: int, high: int) -> int:
        return low if low == high else self._dice.randint(low, high)

    def _enter(self, path: str, now: int) -> None:
        self._step = path
        self._visited.update(s.step for s in self._begun())
        self._skip_ms = None
        if self._client.skips and self._dice.random() < self._client.skips:
            span = self._client.reaction
            self._skip_ms = now + self._time(span.from_.ms or 0, span.to.ms or 0)
        stop = self._stops.get(plain_path(path))
        if stop is None:
            return
        answers = self._conductor.state.answers
        for name in stop.names:
            if name not in stop.variables and answers.get(name) is None:
                self._warn(f"“{stop.label}” says {{{name}}}, which was left open: an ellipsis stands there.")

    def _begun(self) -> list[Any]:
        """The steps of this segment that have begun: several may begin at one instant."""
        state = self._conductor.state
        p = state.placed
        return [] if p is None else [s for s in p.segment.spans if p.start_ms + s.start_ms <= state.at.position_ms]

    def _answer(self, prompt: AnyPrompt) -> View:
        if isinstance(prompt, FindPrompt):
            return self._find()
        if isinstance(prompt, ExposePrompt):
            return self._do(Finish())
        if isinstance(prompt, KeyPrompt):
            return self._do(Advance())
        here = self._conductor.state.asking
        assert here is not None
        path = here.segment.step
        value = self._answering.answer(prompt, prompt.id or plain_path(path))
        view = self._do(Answer(value))
        if self._conductor.refused and value is not None:
            self._warn(f"The answer {value!r} to “{prompt.text}” is not taken: {self._conductor.refused}")
            value, view = None, self._do(Answer(None))
        if self._conductor.refused:
            self._warn(f"“{prompt.text}” cannot be left open: whoever does not answer can only skip it or end here.")
            view = self._do(Skip())
        kept = self._conductor.state.answers.get(prompt.id or path)
        self._tell(path, prompt, kept)
        if isinstance(prompt, ChoosePrompt) and kept in prompt.options:
            self._chosen.add(f"{plain_path(path)}.options[{prompt.options.index(kept)}]")
        return view

    def _find(self) -> View:
        """One more thing found, and the next after as long as an answer takes; who leaves questions open finds none."""
        client = self._client
        if client.leaves_open and self._dice.random() < client.leaves_open:
            return self._do(Advance())
        self._act_ms += self._time(client.reaction.from_.ms or 0, client.reaction.to.ms or 0)
        return self._do(Found())

    def _tell(self, path: str, prompt: AnyPrompt, kept: Any) -> None:
        """Note what became of a question; a key and a page without a quiz are none."""
        if isinstance(prompt, LearnPrompt):
            if prompt.quiz:
                self._asked.append(Asked(path, prompt.id, prompt.title or prompt.quiz[0].ask, _chosen(prompt, kept)))
        elif isinstance(prompt, SheetPrompt):
            self._sheets.add(prompt.id or plain_path(path))
            for field in prompt.shown(kept or {}):
                private = prompt.private or field.private
                name = f"{prompt.id or plain_path(path)}.{field.name}"
                self._asked.append(Asked(path, name, field.ask, (kept or {}).get(field.name), private))
        elif not isinstance(prompt, KeyPrompt):
            self._asked.append(Asked(path, prompt.id, prompt.text, kept, prompt.private))

    def _unasked(self) -> None:
        for text in self._answering.guessed:
            self._warn(
                f"Which end of the scale of “{text}” is the better one is not known; answered as if it were low. "
                "`better: high` in the scale says otherwise, `better: low` that it is so."
            )
        known = {stop.question for stop in self._stops.values()} | self._sheets
        known |= {
            f"{base_of(s.step, s.path)}.{part}" for s in self._stops.values() if s.step.exposure for part in PARTS
        }
        for name in self._client.answers:
            if name not in known and name.partition(".")[0] not in known:
                self._warn(f"The client has an answer to “{name}”, but no question has that id.")
