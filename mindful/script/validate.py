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
from mindful.script.kinds.ask import ScaleName
from mindful.script.kinds.breath import PHASES, parse_phases, phase_faults
from mindful.script.labels import bare_answer, labels_in, listed, ratings_in, with_apostrophes, with_labels, with_open
from mindful.script.misplaced import Misplaced, fields_of, owner
from mindful.script.model import KINDS, Script
from mindful.script.nodes import Document, Path
from mindful.script.problems import Problem, Span, near, quote
from mindful.script.sentences import Sentence, flow, sentence
from mindful.script.teachers import MEANT, number_meant
from mindful.script.unplayed import not_played_yet
from mindful.script.values import NAME

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


class _Findings:
    """The problems of one document, each told once."""

    def __init__(self, document: Document) -> None:
        self.doc = document
        self.problems: list[Problem] = []
        self.made: set[Problem] = set()
        self.told: set[Path] = set()
        """Paths below which nothing more need be said."""
        self.judged: set[Path] = set()
        """Values of which it was said what is wrong."""
        self.unplayed: dict[Path, str] = {}
        """Steps of a kind that cannot be played yet, with the kind."""
        self.unknown: set[Path] = set()
        """Keys that nobody knows at their place."""

    def add(self, code: Code, path: Path, message: str, hint: str = "", *, key: bool = False) -> None:
        self.put(code, self.doc.place(path, key), message, hint)

    def put(self, code: Code, span: Span, message: str, hint: str = "") -> None:
        problem = self.doc.source.problem(code, span, message, hint)
        if problem not in self.made:
            self.made.add(problem)
            self.problems.append(problem)

    # What is seen before the models look.

    def step(self, path: Path, step: Any) -> None:
        """Whether an entry of `steps` is a step with one kind; else it is told and the models are not heard on it."""
        if not isinstance(step, dict):
            self.told.add(path)
            self.add(Code.NOT_A_STEP, path, *_not_a_step(step))
            return
        kinds = [k for k in step if k in KINDS]
        if len(kinds) > 1 and set(kinds) != {"say", "pause"} and not self._too_far_left(path, step, *kinds[:2]):
            again = ", and repeat the `if` in it" if "if" in step else ""
            self.add(
                Code.TWO_KINDS,
                (*path, kinds[1]),
                f"this step has two kinds, {quote(kinds[0])} and {quote(kinds[1])}; each step has one",
                f"begin a new step with a dash: `- {kinds[1]}: …`{again}",
                key=True,
            )
            self.told.add((*path, "step_kinds"))
        if isinstance(breathe := step.get("breathe"), dict):
            self._loose_phases((*path, "breathe"), breathe)
        if later := next((k for k in kinds if not KINDS[k].playable), ""):
            self.unplayed[path] = later
        for kind in kinds:
            body = step[kind]
            if not KINDS[kind].playable:
                continue
            if isinstance(body, str) and (round_ := re.fullmatch(r"\(([a-z_]+:\s.*)\)", body, re.DOTALL)):
                self.told.add((*path, kind))
                self.add(
                    Code.WRONG_SHAPE,
                    (*path, kind),
                    "round brackets hold no keys here; curly ones do",
                    f"write `{kind}: {{{round_[1][:80]}}}`",
                )
            if isinstance(body, dict) and len(body) == 1 and KINDS[kind].short:
                self._brace((*path, kind), *next(iter(body.items())))

    def _too_far_left(self, path: Path, step: dict[str, Any], kind: str, second: str) -> bool:
        """Whether the second of two kinds is a field of the first, which has nothing below it: `choose:`, `ask:`."""
        fields = fields_of(KINDS[kind])
        first, other = (self.doc.place((*path, k), key=True) for k in (kind, second))
        if step[kind] not in (None, {}) or second not in fields or first.line == other.line:
            return False
        inner = [k for k in step if k in fields]
        names = ", ".join(f"`{k}`" for k in inner)
        message = f"{quote(second)} belongs inside `{kind}` here, and begins too far to the left"
        hint = f"put these lines further right: 2 more spaces before {names} and before what belongs to them"
        self.add(Code.MISPLACED, (*path, second), message, hint, key=True)
        self.told |= {(*path, k) for k in (kind, *inner)} | {(*path, "step_kinds")}
        return True

    def _loose_phases(self, path: Path, breathe: dict[str, Any]) -> None:
        """Phases beside the length, and not together under `pattern`; also in words that are not the format's."""
        phase = {k: k if k in PHASES else MEANT.get(k.casefold(), "") for k in breathe}
        own = [k for k in breathe if phase[k] in PHASES]
        if "pattern" in breathe or not own or own == list(breathe) == [phase[k] for k in own]:
            return
        seconds = {k: number_meant(breathe[k]) if isinstance(breathe[k], str) else breathe[k] for k in own}
        pattern = "pattern: {" + ", ".join(f"{phase[k]}: {seconds[k] or breathe[k]}" for k in own) + "}"
        names = " and ".join(f"`{k}`" for k in own)
        alone = len(own) == len(breathe)
        hint = f"write `breathe: {{{pattern}, for: 3 min}}`" if alone else f"write `{pattern}` in place of {names}"
        message = "the phases of the breath belong together under `pattern`"
        self.add(Code.MISPLACED, (*path, own[0]), message, hint, key=True)
        self.told |= {(*path, k) for k in own} | {(*path, "pattern")}

    def _brace(self, path: Path, name: str, value: Any) -> None:
        """`say: {name}` without quotes is a map with an empty key."""
        kind = str(path[-1])
        if value is None and name not in fields_of(KINDS[kind]) and re.fullmatch(NAME, name):
            self.told.add(path)
            self.put(
                Code.SPECIAL_START,
                self.doc.values[path],
                "a value that begins with a brace needs quotes around it",
                f'write `{kind}: "{{{name}}}"`',
            )

    # What the models say.

    def error(self, error: ErrorDetails) -> None:
        """One finding of the models, at its place and in plain words."""
        path, rest = self._resolve(error["loc"])
        if any(path[:n] in self.told for n in range(len(path) + 1)) or (*path, *rest[:1]) in self.told:
            return
        kind = error["type"]
        if step := next((path[:n] for n in range(len(path) + 1) if path[:n] in self.unplayed), None):
            later = self.unplayed[step]
            self.add(Code.NOT_PLAYED, (*step, later), *not_played_yet(later), key=True)
            self.told.add(step)
        elif kind == "extra_forbidden":
            self._unknown_key(path)
        elif kind == "missing":
            self._missing(path, str(rest[-1]) if rest else "")
        elif kind == "step_kinds" or (kind == "too_short" and len(self.at(path)) >= error["ctx"]["min_length"]):
            return  # told when the steps were looked at; an entry that is no step is told itself
        elif kind.endswith("_length") and self._misplaced_length(path):
            return
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
        main = f"{_MAIN_FIELDS[kind]}: {flow(str(value))}"
        if any(isinstance(v, dict | list) for v in inner.values()) or kind in ("choose", "repeat"):
            names = " and ".join(f"`{k}`" for k in inner) or "`options`"
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


def _not_a_step(step: Any) -> tuple[str, str]:
    if step is None:
        return "there is a dash with nothing behind it", "delete it, or write a step such as `- say: …`"
    words = str(step)
    kind = re.match(r"([a-z_]+)\b:?\s*(.*)", words) if isinstance(step, str) else None
    if kind and kind[1] in KINDS:
        missing = "a space is" if words[len(kind[1]) :].startswith(":") else "a colon and a space are"
        rest = f" {kind[2][:40]}" if kind[2] else ""
        return (
            f"{quote(words)} is not a step yet: {missing} missing after {quote(words[: kind.start(2)].rstrip())}",
            f"write `- {kind[1]}:{rest or ('' if kind[1] in ('scan', 'ground') else ' …')}`",
        )
    if isinstance(step, str):
        return f"{quote(words)} is not a step: it has no kind", f"if it is to be said, write `- say: {words[:50]}`"
    return "this is not a step; a step is a dash, a kind and a colon", "such as `- say: Sit down.`"


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
