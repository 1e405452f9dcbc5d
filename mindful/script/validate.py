"""From plain data to a script, or to what keeps it from being one, in words for its author.

`mindful.script.load` calls `validate` with a document. The models judge; here each of their findings gets its place in
the file, its code and its sentence. Slips that the models would report in three parts are told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from mindful.script.codes import Code
from mindful.script.entries import Entries
from mindful.script.kinds.ask import ScaleName
from mindful.script.kinds.breath import PHASES, parse_phases, phase_faults
from mindful.script.labels import bare_answer, labels_in, listed, ratings_in, with_apostrophes, with_labels, with_open
from mindful.script.misplaced import Misplaced, fields_of, owner
from mindful.script.model import KINDS, Script
from mindful.script.nodes import Document, Path
from mindful.script.problems import Problem, Span, near, quote
from mindful.script.said import Sentence, flow
from mindful.script.sentences import sentence
from mindful.script.teachers import MEANT, number_meant
from mindful.script.unplayed import not_played_yet

MAX_STEPS = 5000
MOST_TOLD = 1000
"""Problems of shape that are told in one run; whoever has more mends these first."""
_MAIN_FIELDS = {"rate": "ask", "ask": "text", "choose": "ask", "repeat": "times"}
"""What is often written straight after a kind that has no short form."""


def validate(document: Document) -> tuple[Script | None, list[Problem]]:
    """The script that the document holds, and every problem of its shape. No script where there is a problem."""
    data = document.data
    if not isinstance(data, dict):
        return None, [_not_a_map(document)]
    if "programme" in data and "mindful" not in data:
        message, hint = "this is a programme, not a session", "mindful programme start begins it"
        return None, [document.source.problem(Code.NOT_A_MAP, document.place(("programme",), True), message, hint)]
    if "mindful" in data and (problem := _version(document, data["mindful"])):
        return None, [problem]
    found = _Findings(document)
    for count, (path, step) in enumerate(steps_of(data), 1):
        if count > MAX_STEPS:
            found.add(Code.TOO_MANY_STEPS, path, "this is step 5,001; a script has at most 5,000 steps", "use `repeat`")
            return None, found.problems
        found.step(path, step)
    found.own_patterns()
    script: Script | None = None
    try:
        script = Script.model_validate(data)
    except ValidationError as e:
        errors = e.errors(include_url=False)
        found.deeper = {p[:n] for p in map(found.path_of, errors) for n in range(len(p))}
        found.unknown = {found.path_of(error) for error in errors if error["type"] == "extra_forbidden"}
        for n, error in enumerate(errors):
            found.error(error)
            if len(found.problems) >= MOST_TOLD and n + 1 < len(errors):
                found.more(error)
                break
        if not any(p.severity == "error" for p in found.problems):
            found.unexplained(errors[0])
    return (None if found.problems else script), found.problems


def steps_of(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every step in the plain data with its path, those within others too, in the order of the file."""
    if isinstance(data, list):
        for i, item in enumerate(data):
            if (path and path[-1] == "steps") or path[-2:] == ("exposure", "script"):
                yield (*path, i), item
            yield from steps_of(item, (*path, i))
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, dict | list):
                yield from steps_of(value, (*path, key))


def _not_a_map(document: Document) -> Problem:
    if isinstance(document.data, list):
        message = "this file begins with a list; a script begins with keys"
        hint = "put `mindful: 1`, `title: …` and `steps:` above the list"
    else:
        message = f"{quote(document.data)} is not a script"
        hint = "a script has the lines `mindful: 1`, `title: …` and `steps:`, each key with a colon"
    return document.source.problem(Code.NOT_A_MAP, document.values.get((), Span(0, 0)), message, hint)


def _version(document: Document, value: Any) -> Problem | None:
    if value == 1 and isinstance(value, int) and not isinstance(value, bool):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 1:
        message = f"this script is written for version {value:g} of the format; this program reads version 1"
        hint = "a newer version of this program may read it"
    else:
        message = "`mindful` names the version of the format, and that is the number 1"
        hint = "write `mindful: 1`"
    return document.source.problem(Code.VERSION, document.place(("mindful",)), message, hint)


class _Findings(Entries):
    """What the models say of one document, each told once."""

    def error(self, error: ErrorDetails) -> None:
        """One finding of the models, at its place and in plain words."""
        path, rest = self._resolve(error["loc"])
        if any(path[:n] in self.told for n in range(len(path) + 1)) or (*path, *rest[:1]) in self.told:
            return
        kind = error["type"]
        if self.named_by_key(path):
            return
        if step := next((path[:n] for n in range(len(path) + 1) if path[:n] in self.unplayed), None):
            later = self.unplayed[step]
            self.add(Code.NOT_PLAYED, (*step, later), *not_played_yet(later), key=True)
            self.told.add(step)
        elif kind == "extra_forbidden":
            self._unknown_key(path)
        elif kind == "missing":
            self._missing(path, str(rest[-1]) if rest else "")
        elif kind in ("literal_error", "string_type") and isinstance(self.at(path), list) and path in self.deeper:
            return  # a list is taken here as well; what is wrong is one of its entries, and that is told itself
        elif kind == "step_kinds" or (kind == "too_short" and len(self.at(path)) >= error["ctx"]["min_length"]):
            return  # told when the steps were looked at; an entry that is no step is told itself
        elif kind.endswith("_length") and self._misplaced_length(path):
            return
        elif kind == "step_kind" and isinstance(step := self.at(path), dict) and set(step) == {"if"}:
            self._if_alone(path)
        elif kind in ("phase_name", "phase_seconds", "phase_item", "phase_through"):
            self.pattern(path, self.at(path))
        else:
            if path in self.judged:
                return  # the other branches of a union
            self.judged.add(path)
            if kind == "model_type" and (whole := self._whole(path)):
                self.add(Code.WRONG_SHAPE, path, *whole)
                return
            answer = self._answer(path, int(error["ctx"]["column"])) if kind == "condition" else None
            said = answer or sentence(error, self.at(path), path)
            self.put(said.code, self._span(said, path), said.message, said.hint)

    def _if_alone(self, path: Path) -> None:
        """An `if` without a kind: mostly a dash too many stands before what was meant to go with it."""
        at, steps = int(path[-1]), self.at(path[:-1])
        following = steps[at + 1] if at + 1 < len(steps) else None
        key = next(iter(following), None) if isinstance(following, dict) else None
        message = "this step is only an `if`: an `if` belongs to the step that it stands in"
        hint = "write the step below it, in the column of `if`, such as `say: …`"
        if key in KINDS:
            line = self.doc.place((*path[:-1], at + 1, key), key=True).line + 1
            hint = f"the dash before `{key}` in line {line} begins a new step: put a space in its place"
        self.add(Code.NO_KIND, (*path, "if"), message, hint, key=True)

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """The answers of the questions, for conditions that cannot be read."""
        return labels_in(step for _, step in steps_of(self.doc.data))

    @cached_property
    def ratings(self) -> dict[str, float]:
        """The least that each rating can be, for the same."""
        return ratings_in(step for _, step in steps_of(self.doc.data))

    def _answer(self, path: Path, column: int) -> Sentence | None:
        """A condition in which an answer stands without quotes, or with an apostrophe between single ones."""
        source = self.at(path)
        if not isinstance(source, str):
            return None
        if mended := with_apostrophes(source):
            message, hint = "an apostrophe ends a text in single quotes", "put double quotes around it:"
            return Sentence(Code.CONDITION, message, f"{hint} `{path[-1]}: {mended}`")
        if found := with_labels(source, self.labels):
            message = "an answer stands in quotes, with all its words as they are read"
            return Sentence(Code.CONDITION, message, f"write `{path[-1]}: {found[0]}`", found[1])
        if bare := bare_answer(source, self.labels, column):
            message = f"{quote(bare[1])} is not one of the answers to `{bare[0]}`, which stand in quotes"
            hint = f"compare it with one of its answers: {listed(self.labels[bare[0]])}"
            return Sentence(Code.CONDITION, message, hint, bare[1])
        if mended := with_open(source, self.ratings):
            message = "a rating is compared with a number, and where it was left open nothing holds of it"
            return Sentence(Code.CONDITION, message, f"write `{path[-1]}: {mended}`")
        return None

    def more(self, error: ErrorDetails) -> None:
        """That there is more than is told."""
        message = f"from here on there are more problems than the {MOST_TOLD:,} that are told in one run"
        self.add(Code.WRONG_SHAPE, self.path_of(error), message, "mend the first ones, and check again")

    def path_of(self, error: ErrorDetails) -> Path:
        """Where a finding of the models is, as far as the data goes."""
        return self._resolve(error["loc"])[0]

    def unexplained(self, error: ErrorDetails) -> None:
        """A finding that every rule above left to another: what is refused is never refused without a word."""
        path, rest = self._resolve(error["loc"])
        name = f"`{rest[0] if rest else path[-1] if path else 'this script'}`"
        self.add(Code.WRONG_SHAPE, path, f"{name} does not fit here", "compare it with the reference of the format")

    def _whole(self, path: Path) -> tuple[str, str] | None:
        """A value alone where keys are wanted: how to write it with them, and with those that stand beside it."""
        value = self.at(path)
        if isinstance(value, dict | list) or value is None:
            return None
        message = f"`{path[-1]}` does not take {quote(value)} alone: it wants keys with values"
        if path[:-1] == ("variables",):
            return message, f"write `{path[-1]}: {{default: {flow(str(value))}}}`"
        if len(path) < 2 or not isinstance(path[-2], int) or path[-1] not in _MAIN_FIELDS:
            return None
        kind, step = str(path[-1]), self.at(path[:-1])
        inner = {k: v for k, v in step.items() if k in fields_of(KINDS[kind])}
        self.told |= {(*path[:-1], k) for k in inner if k != "id"}
        count = number_meant(str(value)) if kind == "repeat" else None
        main = f"{_MAIN_FIELDS[kind]}: {count or flow(str(value))}"
        if any(isinstance(v, dict | list) for v in inner.values()) or kind in ("choose", "repeat"):
            names = " and ".join(f"`{k}`" for k in inner) or ("`steps`" if kind == "repeat" else "`options`")
            return (
                message,
                f"leave `{kind}:` alone on its line; below it, 4 spaces further in, come `{main}` and {names}",
            )
        if kind == "rate" and value in get_args(ScaleName):
            return message, f"write `rate: {{id: {value}, ask: How is it now?, scale: {value}}}`"
        body = {"id": "before" if kind == "rate" else "answer", **{k: str(v) for k, v in inner.items()}}
        others = [f"{k}: {flow(v)}" for k, v in body.items() if k != "id"]
        held = ", ".join([f"id: {body['id']}", main, *others])
        return message, f"write `{kind}: {{{held}}}`"

    def pattern(self, path: Path, value: Any) -> None:
        """Every fault of a pattern's phases, each at its own place."""
        for inner, fault in phase_faults(value):
            at = (*path, *inner)
            missing = fault.type == "phase_name"
            self.add(Code.PHASE, at, fault.message(), _phase_hint(fault), key=missing)

    def own_patterns(self) -> None:
        """The script's named patterns, which the models keep as they are written."""
        own = self.doc.data.get("patterns")
        for name, value in own.items() if isinstance(own, dict) else ():
            path: Path = ("patterns", name)
            if phase_faults(value):
                self.pattern(path, value)
                continue
            try:
                parse_phases(value)
            except PydanticCustomError as e:
                hint = "write the phases with their seconds, such as `calm: {inhale: 4, exhale: 6}`"
                self.add(Code.PHASE, path, e.message(), hint)

    def at(self, path: Path) -> Any:
        value = self.doc.data
        for part in path:
            value = value[part]
        return value

    def _resolve(self, loc: tuple[int | str, ...]) -> tuple[Path, tuple[int | str, ...]]:
        """The part of a model's path that exists in the data, and what is left of it."""
        value, path = self.doc.data, []
        for n, part in enumerate(loc):
            if part == "[key]":
                continue
            if (isinstance(value, dict) and part in value) or (
                isinstance(value, list) and isinstance(part, int) and part < len(value)
            ):
                value = value[part]  # type: ignore[index]
                path.append(part)
            elif n == len(loc) - 1 or not _is_detour(part, loc[n + 1], value):
                return tuple(path), tuple(loc[n:])
        return tuple(path), ()

    def _misplaced_length(self, path: Path) -> bool:
        """Whether the missing length stands beside the step's kind, which was told."""
        step = self.at(path[:-1])
        return isinstance(step, dict) and any(
            MEANT.get(k, k) in ("for", "cycles", "until", "open", "times", "at_most") for k in step
        )

    def _span(self, said: Sentence, path: Path) -> Span:
        span = self.doc.place(path)
        if said.part and (found := self.doc.within(path, said.part)) != span:
            return found
        if said.column is not None:
            line = self.doc.source.line(span.line)
            quoted = line[span.column : span.column + 1] in ("'", '"')
            column = min(span.column + said.column + quoted, len(line) - 1)
            return Span(span.line, column, 1)
        return span

    def _missing(self, path: Path, field: str) -> None:
        there = self.at(path)
        unknown = [k for k in there if (*path, k) in self.unknown] if isinstance(there, dict) else []
        if field == "label" and any(k in KINDS for k in unknown):
            return  # it was told to be a step
        if any(MEANT.get(k) == field or near(k, [field]) for k in unknown):
            return  # it was told what was meant by that key
        beside = self.at(path[:-1]) if path and path[-1] in KINDS else None
        if isinstance(beside, dict) and field in beside:
            return  # it was told to stand in the wrong place
        where = owner(path)
        if not path:
            example = {"mindful": "mindful: 1", "title": "title: Three quiet minutes", "steps": "steps:"}
            self.put(
                Code.MISSING,
                Span(0, 0, max(1, len(self.doc.source.line(0).rstrip()))),
                f"`{field}` is missing; a script needs mindful, title and steps",
                f"write `{example.get(field, field + ': …')}`"
                + (", and the steps below it" if field == "steps" else ""),
            )
            return
        hint = _FIELD_HINTS.get(field, f"write `{field}: …` in it")
        if field == "id":
            hint = "give the answer a name, such as `id: before`, so that texts and conditions can refer to it"
        self.add(Code.MISSING, path, f"{where} needs `{field}`", hint)

    def _unknown_key(self, path: Path) -> None:
        key, parent = str(path[-1]), path[:-1]
        at = Misplaced(self.doc, parent, self.at(parent), key)
        if at.goes_on:
            return
        code, message, hint = at.told()
        self.add(code, path, message, hint, key=True)
        if code is Code.UNKNOWN_KIND:
            self.told.add(parent)


def _is_detour(part: int | str, following: int | str, value: Any) -> bool:
    """Whether `part` is no key of the data but a branch of a union or a short form that the models went through."""
    if isinstance(value, dict):
        return following in value or following == "[key]"
    return isinstance(part, str) and isinstance(value, list) and isinstance(following, int)


_FIELD_HINTS = {
    "options": "such as `options: [{label: Breathe}, {label: Rest}]`; an option may have `steps` of its own",
    "ask": "write the question: `ask: How tense are you?`",
    "text": "write the words: `text: …`",
    "pattern": "write a pattern, such as `pattern: box` or `pattern: {inhale: 4, exhale: 6}`",
    "for": "write how long, such as `for: 3 min`",
    "steps": "write `steps:` in it, and the steps below, each with a dash",
    "reason": "say why, such as `reason: They fall asleep with it.`",
    "default": "write its value, such as `default: 5`",
}


def _phase_hint(fault: PydanticCustomError) -> str:
    name = str((fault.context or {}).get("name", ""))
    if fault.type == "phase_name":
        known = MEANT.get(name.casefold()) or next(iter(near(name, PHASES)), "")
        listed = "the phases are inhale, top_up, hold, exhale, rest"
        return f"did you mean `{known}`?" if known in PHASES else listed
    if fault.type == "phase_through":
        ways = ("nose", "mouth", "left", "right", "hum", "pursed")
        way = next(iter(near(name, ways)), "")
        return f"did you mean `{way}`?" if way else f"it is one of {', '.join(ways)}"
    phase, meant = (fault.context or {}).get("phase", "inhale"), number_meant((fault.context or {}).get("source", ""))
    if fault.type == "phase_seconds" and meant and re.fullmatch(r"\d+(\.\d)?", meant):
        return f"write `{phase}: {meant}`"
    return "write seconds, such as `inhale: 4` or `exhale: 5.5`"
