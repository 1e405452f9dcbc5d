"""The sensor of a session: opened when a step asks for it, told which stretch runs, asked 25 times a second.

The conductor calls `tick` with each of its own. What a device does or fails to do never stops a session: it is told
once, the breath goes on, and the record says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mindful.player.feedback_view import FeedbackView
from mindful.player.ports import Clock
from mindful.player.running import State
from mindful.player.sounding import Followed, Sounding, manner_of
from mindful.timeline.feedback import ASSESS_MS, ASSESSED
from mindful.timeline.lookup import step_at
from mindful.timeline.model import Segment, SoundCue, StretchCue
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.bio.engine import Engine
    from mindful.bio.resonance import Assessment

Kind = Literal["heart", "eeg"]
KINDS: dict[str, Kind] = {"hrv_biofeedback": "heart", "neurofeedback": "eeg"}
TICK_MS = 36
"""A tick of the engine is due after this; performers ask 20 to 30 times a second."""
WRITE_MS = 5_000
"""Rows are written this often, so that a crash loses no more."""
CURVE_S = 40.0
Opening = Callable[[Kind, str, "float | None"], "Engine"]
"""From (kind, protocol, reward share) of a step to an engine whose source is not yet started. Raises with words."""


class NoSensorError(Exception):
    """There is no sensor for this step; the words are for the client."""


@dataclass
class _Run:
    """One step while it runs."""

    path: str
    kind: Kind
    engine: Engine | None
    problem: str
    began: int
    stretch: StretchCue | None = None
    resting: bool = False
    last_ms: int = -1_000_000
    written_ms: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    assessment: Assessment | None = None
    view: FeedbackView | None = None


class Trainer:
    """Runs the sensor of whatever step is being played."""

    def __init__(
        self,
        clock: Clock,
        opening: Opening | None,
        write: Callable[..., None],
        tell: Callable[[str], None],
        remember: Callable[[str, Any], None],
        sound: Callable[[Followed], None],
        strike: Callable[[str, str, float], None],
    ) -> None:
        """`write(event, **data)` goes to the record, `tell` to the client once, `remember` to the next session.

        `sound`: what the background is to be from now on. `strike(step, bell, dB)`: a stroke now.
        """
        self._clock, self._opening, self._sound, self._strike = clock, opening, sound, strike
        self._sounding = Sounding()
        self._write, self._tell, self._remember = write, tell, remember
        self._run: _Run | None = None

    @property
    def view(self) -> FeedbackView | None:
        """What to show; None outside of such steps."""
        return None if self._run is None else self._run.view

    def tick(self, state: State) -> None:
        """Move on to the moment of this state."""
        found = None if state.ended is not None else self._here(state)
        if self._run is not None and (found is None or found[1] != self._run.path):
            self._finish(state)
        if found is None:
            self._heard(None, round(self._clock.now() * 1000))
            return
        segment, path, kind, offset = found
        if self._run is None:
            self._run = self._open(path, kind, segment, state)
        run = self._run
        now_ms = round(self._clock.now() * 1000)
        if run.engine is None:
            self._heard(None, now_ms)
            return
        if now_ms - run.last_ms < TICK_MS:
            return
        run.last_ms = now_ms
        self._stretch(run, run.engine, segment, offset, now_ms, held=state.status == "paused")
        reading = run.engine.tick(now_ms)
        if run.assessment is not None:
            run.assessment.add(run.engine.beats)  # type: ignore[attr-defined]
        for notice in run.engine.notices():
            self._write("sensor", t_ms=state.at.now_ms, step=path, notice=notice.kind, **dict(notice.data))
            if notice.tell:
                self._tell(notice.text)
        run.rows += run.engine.rows()
        if now_ms - run.written_ms >= WRITE_MS and run.rows:
            run.written_ms = now_ms
            self._write("feedback", t_ms=state.at.now_ms, step=path, rows=run.rows)
            run.rows = []
        training = run.stretch is not None and run.stretch.stretch == "training" and not run.resting
        self._heard(reading.value if training and reading.quality != "absent" else None, now_ms)
        if training:
            self._mark(run, reading.reward, now_ms)
        run.view = self._seen(run, run.engine, reading, now_ms)

    def close(self, state: State) -> None:
        """The session is over or cut off: free the device, write what there is."""
        if self._run is not None:
            self._finish(state)

    def _here(self, state: State) -> tuple[Segment, str, Kind, int] | None:
        p = state.placed
        if p is None or state.status not in ("playing", "paused") or state.grounding is not None:
            return None
        offset = state.at.position_ms - p.start_ms
        span = step_at(p.segment, offset)
        if span is None or span.kind not in KINDS:
            return None
        return p.segment, span.step, KINDS[span.kind], offset

    def _open(self, path: str, kind: Kind, segment: Segment, state: State) -> _Run:
        engine, problem = None, ""
        asked = next(c for c in segment.cues if isinstance(c, StretchCue) and c.step == path)
        beside = any(isinstance(c, SoundCue) and c.step == path and c.beside is not None for c in segment.cues)
        self._sounding.use(manner_of(kind, asked.protocol, beside=beside))
        try:
            if self._opening is None:
                raise NoSensorError(nothing_chosen(kind))
            engine = self._opening(kind, asked.protocol, asked.reward)
            engine.source.start()
        except Exception as error:  # whatever a driver does, the session goes on
            engine, problem = None, str(error) or type(error).__name__
            self._tell(problem)
        self._write(
            "feedback",
            t_ms=state.at.now_ms,
            step=path,
            summary={"sensor": "none", "why": problem}
            if engine is None
            else {"sensor": engine.source.name, "at_ms_at_start": round(self._clock.now() * 1000)},
        )
        view = None
        if engine is None:
            view = FeedbackView(
                kind=kind,
                source="",
                simulated=False,
                stretch="",
                quality="absent",
                value=0,
                reward=False,
                problem=problem,
            )
        return _Run(path, kind, engine, problem, state.at.now_ms, view=view)

    def _stretch(self, run: _Run, engine: Engine, segment: Segment, offset: int, now_ms: int, *, held: bool) -> None:
        """Tell the engine where it is in the step; a pause of the session is a rest."""
        if held:
            if not run.resting:
                run.resting = True
                engine.begin("rest", now_ms)
                if run.assessment is not None:
                    run.assessment = None  # what comes after a pause is not what it would have been
                    self._tell(_("Paused in the middle, so no pace is kept from this. The breathing goes on."))
            return
        cue = None
        for each in segment.cues:
            if isinstance(each, StretchCue) and each.step == run.path and each.at_ms <= offset:
                cue = each
        if cue is None or (cue is run.stretch and not run.resting):
            return
        run.stretch, run.resting = cue, False
        engine.begin(cue.stretch, now_ms)
        if cue.per_min is not None:
            from mindful.bio.pacing import Pace

            start = self._clock.now() - (offset - cue.at_ms) / 1000
            if cue.protocol != "assess":
                engine.guide(Pace(start, cue.per_min))
            elif cue.per_min == ASSESSED[0]:
                from mindful.bio.resonance import Assessment

                run.assessment = Assessment(start, ASSESSED, ASSESS_MS / 1000)
                engine.guide(run.assessment.pace)
        elif cue.stretch != "training":
            engine.guide(None)

    def _heard(self, value: float | None, now_ms: int) -> None:
        """The background follows a value while something is trained; else (None) it goes back to as it was made."""
        followed = self._sounding.follow(value, now_ms)
        if followed is not None:
            self._sound(followed)

    def _mark(self, run: _Run, reward: bool, now_ms: int) -> None:
        if self._sounding.mark(reward, now_ms):
            self._strike(run.path, self._sounding.manner.mark, self._sounding.manner.level_db)

    def _seen(self, run: _Run, engine: Engine, reading: Any, now_ms: int) -> FeedbackView:
        curve = getattr(engine, "curve", None)
        line = tuple((at - now_ms, bpm) for at, bpm, good in curve(CURVE_S) if good) if curve is not None else ()
        return FeedbackView(
            kind=run.kind,
            source=engine.source.name,
            simulated=engine.source.simulated,
            stretch="" if run.stretch is None else run.stretch.stretch,
            quality=reading.quality,
            value=reading.value,
            reward=reading.reward,
            bpm=reading.bpm,
            lock=reading.extras.get("lock"),
            swing_bpm=reading.extras.get("swing_bpm"),
            curve=line,
            electrodes=tuple((e.label, e.contact) for e in engine.electrodes()) if run.kind == "eeg" else (),
            problem=engine.problem,
        )

    def _finish(self, state: State) -> None:
        run, self._run = self._run, None
        assert run is not None
        if run.engine is None:
            return
        summary = run.engine.finish() | {"sound": self._sounding.data()}
        if run.assessment is not None:
            found = run.assessment.result().data()
            summary["resonance"] = found
            if found["per_min"] is not None and not run.engine.source.simulated:
                self._remember("resonance", found)
        rows = [*run.rows, *run.engine.rows()]
        self._write("feedback", t_ms=state.at.now_ms, step=run.path, rows=rows, summary=summary)


def nothing_chosen(kind: Kind) -> str:
    """There is no sensor, and nobody is measured instead."""
    if kind == "heart":
        return _(
            "No heart-rate strap is chosen, so this is plain paced breathing. “mindful devices” finds one; "
            "--sensor simulated shows a made-up heart."
        )
    return _(
        "No EEG headset is chosen, so this is a quiet sit. “mindful devices” finds one; "
        "--sensor simulated shows a made-up client."
    )
