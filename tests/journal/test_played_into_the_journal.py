"""The player and the recorder fit: a session played on a handed-in clock is in the journal as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mindful.journal.recorder import Recorder
from mindful.journal.recovery import recover
from mindful.journal.store import read
from mindful.player.commands import Answer, Stop
from mindful.player.conductor import Conductor
from mindful.player.ports import Log, Silence
from mindful.script.load import loads

if TYPE_CHECKING:

    def fits(recorder: Recorder) -> Log:
        return recorder


SCRIPT = """
mindful: 1
title: Short
steps:
  - rate: {id: before, ask: How tense are you?, scale: suds}
  - breathe: {pattern: {inhale: 2, exhale: 3}, for: 20 s}
  - sit: 10 s
"""


class Clock:
    seconds = 100.0

    def now(self) -> float:
        return self.seconds


def play(recorder: Recorder, until_s: float, *, stop: bool = False) -> None:
    loaded = loads(SCRIPT, "short.yaml")
    assert loaded.script is not None, loaded.problems
    clock = Clock()
    conductor = Conductor(loaded.script, {}, clock=clock, speaker=Silence(clock), log=recorder)
    view, answered = conductor.start(), False
    while view.ended is None and clock.seconds < 100 + until_s:
        clock.seconds += 0.05
        view = conductor.tick()
        if view.status == "asking" and not answered:
            view, answered = conductor.do(Answer(60)), True
    if stop:
        view = conductor.do(Stop())
        view = conductor.do(Stop())
        assert view.ended is not None


def test_played_to_the_end(begin: Callable[..., Recorder]) -> None:
    recorder = begin()
    play(recorder, 120)
    record = read(recorder.path).record
    assert record["status"] == "completed"
    assert record["answers"] == {"before": 60}
    assert [s["kind"] for s in record["steps"]] == ["rate", "breathe", "sit"]
    assert [s["status"] for s in record["steps"]] == ["done", "done", "done"]
    assert 30_000 <= record["elapsed_ms"] <= 31_000
    assert record["timing"]["cues"] > 0
    assert record["timing"]["late_ms"]["max"] <= 60
    assert record["timing"]["clock"] == "monotonic"


def test_ended_early(begin: Callable[..., Recorder]) -> None:
    recorder = begin()
    play(recorder, 12, stop=True)
    record = read(recorder.path).record
    assert record["status"] == "stopped"
    assert [s["status"] for s in record["steps"]] == ["done", "left"]


def test_cut_short(begin: Callable[..., Recorder], crash: Callable[[Recorder], Path], journal: Path) -> None:
    recorder = begin()
    play(recorder, 12)
    crash(recorder)
    assert recover(journal) == [recorder.path]
    record = read(recorder.path).record
    assert record["status"] == "interrupted"
    assert record["answers"] == {"before": 60}
    assert 11_000 <= record["elapsed_ms"] <= 12_100, "at most the last second is unknown"
