"""What the journal knows of questionnaires: the port behind a script's `every`, and the numbers over time.

Everything derives from records; nothing is kept beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mindful.journal import store
from mindful.journal.store import Entry
from mindful.timeline.past import Earlier

LOOKED_BACK = 400
"""Records that are read for the last answer, newest first."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A questionnaire as it was answered once."""

    name: str
    when: datetime
    scores: Mapping[str, Any]
    """By scale: {score, from, to, ...}."""
    items: Mapping[str, Any]
    record: str
    private: bool = False


class Journal:
    """By shape a `mindful.timeline.past.Past`: asked once for each name, at one moment. Never raises."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder, self._now = folder, now
        self._known: dict[str, Earlier | None] = {}

    def questionnaire(self, name: str) -> Earlier | None:
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def resonance(self) -> float | None:
        from mindful.journal import home
        from mindful.journal.resonance import kept

        return kept(home.resonance_file())

    def _find(self, name: str) -> Earlier | None:
        try:
            entries = store.look(self._folder, limit=LOOKED_BACK).entries
        except OSError:
            return None
        for entry in entries:
            for found in answered(entry):
                if found.name == name and any(s.get("score") is not None for s in found.scores.values()):
                    hours = (self._now - found.when).total_seconds() / 3600
                    scores = {scale: one.get("score") for scale, one in found.scores.items()}
                    return Earlier(hours, f"{found.when:%Y-%m-%d}", scores)
        return None


def answered(entry: Entry) -> Iterator[Answered]:
    """The questionnaires in a record, the last first; trial runs hold none."""
    record = entry.record
    if record.get("simulated"):
        return
    for step in reversed(record["steps"]):
        data = step.get("data")
        if step.get("kind") != "questionnaire" or not isinstance(data, Mapping):
            continue
        name, scores = data.get("questionnaire"), data.get("scores")
        if isinstance(name, str) and isinstance(scores, Mapping):
            kept = {str(k): v for k, v in scores.items() if isinstance(v, Mapping)}
            items = data.get("items")
            private = step["step"] in record["private"] or bool(record["private"])
            yield Answered(
                name, entry.started, kept, items if isinstance(items, Mapping) else {}, entry.id, private=private
            )
