"""Sessions with sheets, played on a handed-in clock into a journal on disk: what the commands and the past read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from mindful.journal.past import Journal
from mindful.journal.recorder import Recorder
from mindful.player.commands import Answer
from mindful.player.conductor import Conductor
from mindful.player.ports import Silence
from mindful.script.load import loads
from mindful.timeline.as_json import session_json
from mindful.timeline.model import SheetPrompt
from tests.making import HandClock

PHQ = "id: phq\n    questionnaire: {name: phq-9, every: 7 days}"
LEVELS = ("Not at all", "Several days", "More than half the days", "Nearly every day")


def phq(*levels: int | None) -> dict[str, Any]:
    """An answer to the PHQ-9 by the places of its options."""
    names = ("interest", "mood", "sleep", "energy", "appetite", "self", "concentration", "movement", "dead")
    return {n: None if k is None else LEVELS[k] for n, k in zip(names, levels, strict=True)}


def write(
    journal: Path, at: datetime, step: str, answer: Mapping[str, Any] | None, *, name: str = "made"
) -> dict[str, Any]:
    """The record of a session with one step and an answer to it."""
    found = loads(f"mindful: 1\ntitle: Made\nid: {name}\nsteps:\n  - {step}\n")
    assert found.script is not None, found.problems
    head = {"session": session_json(found.script, "en"), "planned_ms": None, "settings": {}, "variables": {}}
    recorder = Recorder.open(journal, head, now=lambda: at)
    clock = HandClock()
    past = Journal(journal, at)
    conductor = Conductor(found.script, {}, clock=clock, speaker=Silence(clock), log=recorder, past=past)
    view = conductor.start()
    while view.ended is None:
        clock.forward(0.5)
        view = conductor.tick()
        if view.status == "asking":
            view = conductor.do(Answer(answer if isinstance(view.prompt, SheetPrompt) else None))
            assert not conductor.refused, conductor.refused
    return recorder.record
