"""What was filled in, read back from the records: thought records, experiments, plans, diaries. Pure but for reading.

Everything derives from records: a step's `data` says which form it was and what was asked, `answers` what was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mindful.journal import names, store
from mindful.journal.store import Entry
from mindful.journal.versions import DamagedError, NewerError


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet that was filled in."""

    form: str
    """`thought-record`, `thought-experiment`, `sleep-diary`, `plan-goal`, ..."""
    when: datetime
    answer: Mapping[str, Any]
    asks: Mapping[str, str]
    data: Mapping[str, Any]
    record: str
    step: str
    number: int = 0
    """Its place among those of its kind, 1 for the latest."""

    def words(self) -> Iterator[tuple[str, str, Any]]:
        """(name, question, answer) of what was filled in, in the order in which it was asked."""
        for name, value in self.answer.items():
            if value is not None:
                yield name, self.asks.get(name, name), value


def of(entry: Entry) -> Iterator[Filled]:
    """The sheets of a record, in the order in which they were filled in."""
    record = entry.record
    for step in record["steps"]:
        data = step.get("data")
        if not isinstance(data, Mapping) or not isinstance(data.get("form"), str):
            continue
        key = data.get("answer")
        answer = record["answers"].get(key if isinstance(key, str) else step["step"])
        if isinstance(answer, Mapping):
            asks = data.get("asks")
            yield Filled(
                data["form"],
                entry.started,
                answer,
                asks if isinstance(asks, Mapping) else {},
                data,
                entry.id,
                step["step"],
            )


def find(journal: Path, *forms: str) -> list[Filled]:
    """All that was filled in of these forms, the latest first; trial runs are left out. Raises OSError."""
    found = [
        each
        for entry in store.look(journal).entries
        if not entry.record.get("simulated")
        for each in reversed(list(of(entry)))
        if each.form in forms
    ]
    return [replace(each, number=number) for number, each in enumerate(found, 1)]


def target(journal: Path, record: str) -> Filled | None:
    """The sheet that another one looks back on, by its record's id. None where it is gone, or cannot be read now."""
    stamp, _, token = record.rpartition("_")
    if names.started_in(f"{stamp}_x_{token}") is None:
        return None
    for path in sorted((journal / stamp[:4] / stamp[4:6]).glob(f"{stamp}_*_{token}*")):
        if not store.is_record(path):
            continue
        with suppress(OSError, DamagedError, NewerError):
            entry = store.read(path)
            if entry.id == record:
                return next(of(entry), None)
    return None


def search(found: list[Filled], words: str) -> list[Filled]:
    """Those in which all these words stand, however they are written."""
    wanted = words.casefold().split()
    return [each for each in found if all(word in _text(each) for word in wanted)]


def _text(each: Filled) -> str:
    return " ".join(str(value) for value in each.answer.values() if value is not None).casefold()
