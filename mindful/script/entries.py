"""What is seen of each step before the models look: whether it is one, and slips that they would tell in three parts.

`mindful.script.validate` begins with it and goes on with what the models say; both tell each problem once.
"""

from __future__ import annotations

import re
from typing import Any

from mindful.script.codes import Code
from mindful.script.kinds.breath import PHASES
from mindful.script.kinds.flow import Option
from mindful.script.ladder import LadderItem
from mindful.script.misplaced import fields_of
from mindful.script.model import KINDS
from mindful.script.nodes import Document, Path
from mindful.script.problems import Problem, Span, quote
from mindful.script.said import flow
from mindful.script.shape_sentences import in_ladder
from mindful.script.teachers import MEANT, number_meant
from mindful.script.values import NAME


class Entries:
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
        self.deeper: set[Path] = set()
        """Values within which something is wrong: the models tell it of each form that the whole could have."""

    def add(self, code: Code, path: Path, message: str, hint: str = "", *, key: bool = False) -> None:
        self.put(code, self.doc.place(path, key), message, hint)

    def put(self, code: Code, span: Span, message: str, hint: str = "") -> None:
        problem = self.doc.source.problem(code, span, message, hint)
        if problem not in self.made:
            self.made.add(problem)
            self.problems.append(problem)

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

    def named_by_key(self, path: Path) -> bool:
        """Whether the path is in an option or an item of a ladder whose words stand where its first key belongs."""
        for n in range(3, len(path) + 1):
            entry, list_ = path[:n], path[n - 3 : n - 1]
            if not isinstance(path[n - 1], int) or list_ not in (("choose", "options"), ("exposure", "ladder")):
                continue
            data = self.doc.data
            for part in entry:
                data = data[part]
            if not isinstance(data, dict) or len(data) != 1 or entry in self.told:
                return False
            words, value = next(iter(data.items()))
            if not isinstance(words, str) or words in (*fields_of(Option), *fields_of(LadderItem), *KINDS):
                return False
            self.told.add(entry)
            if "ladder" in list_:
                hint = f"write `{{{in_ladder(words, number_meant(value) or '')}}}` behind the dash"
            elif isinstance(value, list):
                hint = (
                    f"write `label: {flow(words)}` in its place, and a line `steps:` below it, in the column of `label`"
                )
            else:
                hint = f"write `label: {flow(words)}`, and what follows it below `steps:`"
            self.add(Code.MISPLACED, (*entry, words), f"{quote(words)} stands where a key belongs", hint, key=True)
            return True
        return False

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
