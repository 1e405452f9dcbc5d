"""From plain data to a programme, or to what keeps it from being one, in words for its author. Called by `load`."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mindful.script.codes import Code
from mindful.script.model import Evidence
from mindful.script.nodes import Document, Path
from mindful.script.problems import Problem, Span, near, quote
from mindful.script.programme.model import Arm, Choice, Practice, Programme, Stage
from mindful.script.programme.values import DAY_NAMES, PARTS
from mindful.script.said import Sentence
from mindful.script.sentences import sentence

MOST_TOLD = 200
_FIELDS: dict[str, type[Any]] = {
    "stages": Stage,
    "practices": Practice,
    "or": Choice,
    "arms": Arm,
    "evidence": Evidence,
}
_MEANT = {
    "weeks": "stages", "phases": "stages", "steps": "stages", "sessions": "practices", "exercises": "practices",
    "frequency": "often", "times": "often", "every": "often", "per_week": "often", "days": "on", "when": "at",
    "time": "at", "length": "for", "duration": "for", "alternatives": "or", "instead": "or", "script": "session",
    "play": "session", "task": "do", "activity": "do", "unlock": "opens", "unlocks": "opens", "requires": "opens",
    "after": "opens", "with": "set", "variables": "set", "wait": "waits", "description": "about", "name": "title",
    "rest_days": "rest", "mindful": "programme", "program": "programme",
}  # fmt: skip
"""What is often written for a key, and the key."""
_HINTS = {
    "programme": "write `programme: 1`",
    "title": "write `title: …`",
    "stages": "write `stages:`, and below it each stage with a dash",
    "practices": "write `practices:` in it, and below it each practice with a dash: `- session: box`",
    "claim": "say what was found: `claim: …`",
    "source": "say where it was published: `source: …`",
    "strength": "say how far it carries: `strength: one small trial`",
}
_DAYS_MEANT = {
    "monday": "mon", "tuesday": "tue", "tues": "tue", "wednesday": "wed", "thursday": "thu", "thurs": "thu",
    "friday": "fri", "saturday": "sat", "sunday": "sun", "mo": "mon", "di": "tue", "mi": "wed", "do": "thu",
    "fr": "fri", "sa": "sat", "so": "sun",
}  # fmt: skip


def validate(document: Document) -> tuple[Programme | None, list[Problem]]:
    """The programme that the document holds, and every problem of its shape. No programme where there is a problem."""
    data = document.data
    if not isinstance(data, dict):
        message, hint = "this is not a programme", "it begins with `programme: 1`, `title: …` and `stages:`"
        place = document.values.get((), Span(0, 0))
        return None, [document.source.problem(Code.NOT_A_MAP, place, message, hint)]
    version = data.get("programme", 1)
    if version != 1 or isinstance(version, bool):
        newer = isinstance(version, int | float) and version > 1
        message = "`programme` names the version of the format, and that is the number 1"
        if newer:
            message = f"this programme is written for version {version:g} of the format; this program reads version 1"
        hint = "a newer version of mindful may read it" if newer else "write `programme: 1`"
        return None, [document.source.problem(Code.VERSION, document.place(("programme",)), message, hint)]
    try:
        return Programme.model_validate(data), []
    except ValidationError as e:
        found = _Findings(document)
        for error in e.errors(include_url=False)[:MOST_TOLD]:
            found.error(error)
        return None, found.problems


class _Findings:
    """What the models say of one document, each place told once."""

    def __init__(self, document: Document) -> None:
        self.doc = document
        self.problems: list[Problem] = []
        self._told: set[Path] = set()

    def error(self, error: ErrorDetails) -> None:
        path, missing = self._resolve(error["loc"])
        if error["type"] == "missing":
            self._add(path, self._missing(path, missing), key=True)
        elif path in self._told or (error["type"] == "too_short" and self._at(path)):
            return  # an entry that is none is told itself
        elif error["type"] == "extra_forbidden":
            self._add(path, self._unknown(path), key=True)
        else:
            self._told.add(path)
            self._add(path, _said(error, self._at(path), path))

    def _add(self, path: Path, said: Sentence, *, key: bool = False) -> None:
        problem = self.doc.source.problem(said.code, self.doc.place(path, key), said.message, said.hint)
        if problem not in self.problems:
            self.problems.append(problem)

    def _at(self, path: Path) -> Any:
        value = self.doc.data
        for part in path:
            value = value[part]
        return value

    def _resolve(self, loc: tuple[int | str, ...]) -> tuple[Path, str]:
        """The part of a model's path that exists in the data, and the first name beyond it."""
        value: Any = self.doc.data
        path: list[str | int] = []
        for part in loc:
            if part == "[key]":
                continue
            there = (isinstance(value, dict) and part in value) or (
                isinstance(value, list) and isinstance(part, int) and part < len(value)
            )
            if not there:
                return tuple(path), str(part)
            value = value[part]
            path.append(part)
        return tuple(path), ""

    def _missing(self, path: Path, field: str) -> Sentence:
        what = "a programme" if not path else "it"
        hint = _HINTS.get(field, f"write `{field}: …` in it")
        return Sentence(Code.MISSING, f"`{field}` is missing; {what} cannot do without", hint)

    def _unknown(self, path: Path) -> Sentence:
        key, owner = str(path[-1]), self._owner(path)
        names = _keys(owner)
        meant = _MEANT.get(key.casefold(), "")
        meant = meant if meant in names else next(iter(near(key, names)), "")
        elsewhere = next((place for place, model in _FIELDS.items() if key in _keys(model)), "")
        hint = f"did you mean `{meant}`?" if meant else f"it belongs into `{elsewhere}`" if elsewhere else ""
        return Sentence(Code.UNKNOWN_KEY, f"{quote(key)} is not known here", hint or f"known are {', '.join(names)}")

    def _owner(self, path: Path) -> type[Any]:
        for part in reversed(path[:-1]):
            if isinstance(part, str) and part in _FIELDS:
                return _FIELDS[part]
        return Programme


def _keys(model: type[Any]) -> list[str]:
    """What the format calls the fields of a model."""
    return [f.alias or n for n, f in model.model_fields.items()]


def _said(error: ErrorDetails, value: Any, path: Path) -> Sentence:
    kind, given = error["type"], quote(value)
    if kind in ("often", "often_range"):
        hint = "write daily, 3 a week, 2 a day, every 2 days, once or any time"
        message = str(error["msg"]) if kind == "often_range" else f"{given} does not say how often"
        return Sentence(Code.OFTEN, message, hint)
    if kind in ("days", "days_range"):
        message = str(error["msg"]) if kind == "days_range" else f"{given} is not a number of days or weeks"
        never = ", or `never`" if path[-1] == "waits" else ""
        number = value if isinstance(value, int) and not isinstance(value, bool) else 0
        hint = f"write `{number} days`" if number else "write it as in `1 week` or `10 days`"
        return Sentence(Code.DAYS, message, hint + never)
    if kind == "at":
        hint = f'write {", ".join(PARTS)}, or a time such as `"07:30"`'
        return Sentence(Code.TIME_OF_DAY, f"{given} is no time of the day", hint)
    if kind == "practice_what":
        both = isinstance(value, dict) and "session" in value
        message = "this has `session` and `do`; one is meant" if both else "this has neither `session` nor `do`"
        return Sentence(Code.MISSING, message, "write `session: box`, or `do: A walk` for what is no session")
    if kind == "literal_error" and ("on" in path or "rest" in path):
        day = _DAYS_MEANT.get(str(value).casefold(), "")
        hint = f"write `{day}`" if day else f"the days are {', '.join(DAY_NAMES)}"
        return Sentence(Code.NOT_A_CHOICE, f"{given} is no day of the week here", hint)
    return sentence(error, value, path)
