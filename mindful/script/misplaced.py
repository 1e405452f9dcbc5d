"""A key that nobody knows at its place: what was meant by it, and where it belongs.

`mindful.script.validate` asks here, once for each such key.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from pydantic import BaseModel

from mindful.script.codes import Code
from mindful.script.conditions import mended_condition
from mindful.script.kinds.ask import OwnScale, Quiz
from mindful.script.kinds.body import Pose
from mindful.script.kinds.breath import PHASES, Ramp, SitBells
from mindful.script.kinds.flow import Option
from mindful.script.labels import in_yaml
from mindful.script.ladder import LadderItem
from mindful.script.model import KINDS, Evidence, Fit, Pronunciation, Script, Settings, Silence, Variable
from mindful.script.nodes import Document, Path
from mindful.script.patterns import bundled
from mindful.script.problems import near, quote
from mindful.script.said import flow
from mindful.script.teachers import KINDS_MEANT, MEANT, duration_meant, pattern_meant
from mindful.script.unplayed import instead
from mindful.script.values import parse_ms

_ELSE = ("else", "otherwise", "elif", "elseif", "elsif")
_STEP_FIELDS = ("id", "if", "label", "stretch", "optional", "note")


def owner(path: Path) -> str:
    """What a path is part of, as a person would call it."""
    for part in reversed(path):
        if isinstance(part, str) and part not in ("steps",):
            return f"`{part}`"
    return "this step"


_MODELS: dict[str, type[BaseModel]] = {
    "settings": Settings,
    "fit": Fit,
    "ramp": Ramp,
    "bells": SitBells,
    "scale": OwnScale,
    "poses": Pose,
    "quiz": Quiz,
    "ladder": LadderItem,
    "evidence": Evidence,
    "variables": Variable,
    "lexicon": Pronunciation,
    "options": Option,
    "silence": Silence,
}


class Misplaced:
    """A map with a key that nobody knows: what was meant by it."""

    def __init__(self, document: Document, path: Path, data: dict[str, Any], key: str) -> None:
        self.doc = document
        self.path = path
        self.data = data
        self.key = key

    def told(self) -> tuple[Code, str, str]:
        """Code, message and hint for the unknown key."""
        if self._is_step() and re.sub(r"[\s_-]", "", self.key.casefold()) in _ELSE:
            return self._else()
        if " " in self.key.strip() or "?" in self.key:
            return self._sentence()
        name, colon, value = self.key.partition(":")
        if colon and name.strip("\"'") == name and value and self.data.get(self.key) is None:
            return (
                Code.INDENTATION,
                f"a space is missing after the colon in {quote(self.key)}",
                f"write `{name}: {value}`",
            )
        if self.key.startswith("-"):
            return (
                Code.INDENTATION,
                f"a space is missing after the dash in {quote(self.key)}",
                f"write `- {self.key[1:]}: …`",
            )
        if not self.path:
            return self._top()
        if self._is_step():
            return self._step()
        return self._body()

    @property
    def goes_on(self) -> bool:
        """Whether it is the third or later part of a sentence with several commas: the second was told."""
        if not self._part(self.key):
            return False
        keys = list(self.data)
        at = keys.index(self.key)
        return at > 0 and self._part(keys[at - 1])

    def _part(self, key: str) -> bool:
        return self.data.get(key) is None and " " in key.strip()

    def _sentence(self) -> tuple[Code, str, str]:
        hint = "if it belongs to a sentence, put the whole sentence in quotes"
        if self.data.get(self.key) is None:
            hint = self._whole() or hint
            return Code.UNKNOWN_KEY, f"a comma within {{ }} begins a new entry, and {quote(self.key)} is none", hint
        return Code.UNKNOWN_KEY, f"{quote(self.key)} is not a key that is known here", hint

    def _whole(self) -> str:
        """The sentence that a comma cut in pieces, in quotes behind its key."""
        keys = list(self.data)
        at = keys.index(self.key)
        if at == 0 or not isinstance(first := self.data[keys[at - 1]], str):
            return ""
        parts = [first, self.key]
        parts += list(takewhile(self._part, keys[at + 1 :]))
        whole = flow(", ".join(parts))
        if len(whole) > 80 or "\n" in whole:
            return f"put straight quotes around the whole sentence, from “{first[:20]}” on"
        return f"write it in straight quotes: `{keys[at - 1]}: {whole}`"

    def _is_step(self) -> bool:
        return (
            bool(self.path)
            and isinstance(self.path[-1], int)
            and (self.path[-2:-1] == ("steps",) or self.path[-3:-1] == ("exposure", "script"))
        )

    def _meant(self, names: list[str]) -> str:
        own = {n: n for n in names}
        everyday = MEANT.get(self.key.casefold(), "")
        if everyday in own:
            return everyday
        return next(iter(near(self.key, names)), "")

    def _top(self) -> tuple[Code, str, str]:
        alone = isinstance(self.data.get(self.key), int | float)
        if self.key in Settings.model_fields and (alone or self.key not in KINDS):
            value = flow(str(self.data.get(self.key)))
            return Code.MISPLACED, f"{quote(self.key)} is a setting", f"write `settings: {{{self.key}: {value}}}`"
        if self.key in KINDS:
            return (
                Code.MISPLACED,
                f"{quote(self.key)} is a step; it belongs in the list under `steps`",
                f"write it below `steps:`, with two spaces and a dash before it: `  - {self.key}: …`",
            )
        names = fields_of(Script)
        return Code.UNKNOWN_KEY, f"{quote(self.key)} is not a key of a script", self._hint(names)

    def _else(self) -> tuple[Code, str, str]:
        """What is to be done where the condition of this step, or of the step before, does not hold."""
        kind = next((k for k in self.data if k in KINDS), None)
        before = self._sibling(-1)
        condition = self.data.get("if", before.get("if") if isinstance(before, dict) else None)
        opposite = f"not ({condition})" if mended_condition(str(condition)) == str(condition) else "not (before >= 60)"
        own = self.data.get(self.key)
        if isinstance(own, str) and mended_condition(own) == own:
            opposite += f" and ({own})"
        return (
            Code.UNKNOWN_KEY if kind else Code.UNKNOWN_KIND,
            f"{quote(self.key)} is not known here: a step has one `if`, and nothing for where it does not hold",
            f"write a second step with the opposite `if`: `if: {in_yaml(opposite)}`",
        )

    def _sibling(self, by: int) -> Any:
        """The entry of the same list that stands so many before or behind this one; None where there is none."""
        value: Any = self.doc.data
        for part in self.path[:-1]:
            value = value[part]
        at = self.path[-1]
        return value[at + by] if isinstance(at, int) and 0 <= at + by < len(value) else None

    def _step(self) -> tuple[Code, str, str]:
        kind = next((k for k in self.data if k in KINDS), None)
        if self.key == "quiz" and kind != "learn":
            code = Code.MISPLACED if kind else Code.UNKNOWN_KIND
            return code, "`quiz` belongs inside `learn`", "write `learn: {text: …, quiz: …}`"
        if kind is None:
            if "if" in self.data and self.key in ("steps", "then") and not isinstance(self.data[self.key], str):
                return (
                    Code.UNKNOWN_KIND,
                    f"{quote(self.key)} is not a kind of step, and an `if` belongs to one step",
                    "give each of these steps its own `if`, or make them one step beside this `if`: "
                    "`repeat: {times: 1, steps: […]}`",
                )
            names = [*KINDS]
            others = [k for k in self.data if k not in _STEP_FIELDS]
            if self.key == others[0]:
                if self.key in ("type", "kind", "step", "action"):
                    value = str(self.data[self.key])
                    word = value if value in KINDS else "say"
                    return Code.UNKNOWN_KIND, "the kind of a step is its key", f"write `- {word}: …`"
                everyday = KINDS_MEANT.get(self.key.casefold(), "")
                meant = everyday or next(iter(near(self.key, names)), "")
                hint = f"did you mean `{meant}`?" if meant else f"the kinds are {', '.join(KINDS)}"
                if meant and not KINDS[meant].playable:
                    hint += f" It cannot be played yet: use {instead(meant)} in its place"
                return Code.UNKNOWN_KIND, f"{quote(self.key)} is not a kind of step", hint
            kind = ""
        if kind == "pause" and self.key == next(iter(self.data)):  # a pause may stand beside `say` alone
            everyday = KINDS_MEANT.get(self.key.casefold(), "") or next(iter(near(self.key, ["say"])), "")
            if everyday == "say" or self.key.casefold() == "text":  # alone it is a text to read
                return Code.UNKNOWN_KIND, f"{quote(self.key)} is not a kind of step", "did you mean `say`?"
        if kind and self.key in fields_of(KINDS[kind]):
            return (
                Code.MISPLACED,
                f"{quote(self.key)} belongs inside `{kind}`, not beside it",
                self._into(kind, self.key),
            )
        inner = fields_of(KINDS[kind]) if kind else []
        beside = [*_STEP_FIELDS, "pause"] if kind == "say" else [*_STEP_FIELDS]
        names = list(dict.fromkeys([*beside, *inner]))
        meant = self._meant(names)
        if meant not in beside and meant in inner and kind:
            hint = self._into(kind, meant)
            return (
                Code.UNKNOWN_KEY,
                f"{quote(self.key)} is not known beside `{kind}`",
                f"did you mean `{meant}`? {hint}",
            )
        return Code.UNKNOWN_KEY, f"{quote(self.key)} is not known beside `{kind or 'this'}`", self._hint(names)

    def _into(self, kind: str, meant: str) -> str:
        """How to get a key that stands beside its kind into it."""
        body, value = self.data.get(kind), _value_meant(self.key, meant, self.data.get(self.key))
        at, key = (*self.path, kind), self.doc.place((*self.path, self.key), key=True)
        inner = self.doc.first_keys.get(at)
        block = inner is not None and inner.line > self.doc.keys[at].line
        if block or (body in (None, {}) and key.line > self.doc.keys[at].line and meant == self.key):
            more = (inner.column if block and inner else self.doc.keys[at].column + 2) - key.column
            if more > 0:
                whole = isinstance(self.data.get(self.key), dict | list)
                lines = "this line and those that belong to it" if whole else "this line"
                name = "" if meant == self.key else f"write `{meant}: {value}`, and "
                return f"{name}put {more} more space{'s' if more > 1 else ''} before {lines}"
        own = self.doc.data.get("patterns") if isinstance(self.doc.data, dict) else None
        if kind == "breathe" and isinstance(body, str) and not (isinstance(own, dict) and body in own):
            body = pattern_meant(body, bundled()) or body
        return _inside(kind, body, meant, value)

    def _body(self) -> tuple[Code, str, str]:
        name = next((p for p in reversed(self.path) if isinstance(p, str)), "")
        if name == "options" and self.key in KINDS and isinstance(self.path[-1], int):
            return Code.MISPLACED, f"{quote(self.key)} is a step: `steps:` is missing above", self._option()
        if len(self.path) > 1 and self.path[0] in ("variables", "lexicon") and len(self.path) == 2:
            name = str(self.path[0])
        model: type[BaseModel] | None = (
            KINDS.get(name) if isinstance(self.path[-2] if len(self.path) > 1 else None, int) else None
        )
        model = model or _MODELS.get(name)
        whose = owner(self.path)
        if model in KINDS.values() and self.key in _STEP_FIELDS:
            return (
                Code.MISPLACED,
                f"{quote(self.key)} stands beside {whose}, not inside it",
                f"put `{self.key}: …` on a line of its own, in the same column as {whose}",
            )
        names = fields_of(model) if model else []
        return Code.UNKNOWN_KEY, f"{quote(self.key)} is not a field of {whose}", self._hint(names)

    def _option(self) -> str:
        """How to put a step among the steps of its option; it stands beside the label, or in the list of options."""
        key = self.doc.place((*self.path, self.key), key=True)
        above = "put the line `steps:` above it, in the same column as `label`"
        if "label" in self.data:
            label = self.doc.place((*self.path, "label"), key=True)
            if label.line == key.line:
                return f"write `steps: [{{{self.key}: …}}]`"
            return f"{above}, and begin this one with `  - {self.key}:`"
        before, first = self._sibling(-1), self.doc.first_keys.get((*self.path[:-1], int(self.path[-1]) - 1))
        if not isinstance(before, dict) or first is None or first.line == key.line:
            return f"an option has a label, and what follows it: `{{label: …, steps: [{{{self.key}: …}}]}}`"
        more = "put 4 more spaces before this line and those that belong to it"
        return f"{above}, and {more}" if "label" in before else more

    def _hint(self, names: list[str]) -> str:
        meant = self._meant(names)
        if meant:
            value, given = _value_meant(self.key, meant, self.data.get(self.key)), self.data.get(self.key)
            if meant == "for" and not isinstance(given, dict | list) and given is not None:
                return f"write `for: {value}`"
            return f"did you mean `{meant}`?"
        return f"known here: {', '.join(names)}" if names else "check the spelling and the indentation"


def fields_of(model: type[BaseModel]) -> list[str]:
    """The keys of a model as the format writes them."""
    return [f.alias or name for name, f in model.model_fields.items()]


def _value_meant(key: str, meant: str, value: Any) -> Any:
    """The value as it belongs to what was meant by the key: `minutes: 5` is `for: 5 min`."""
    unit = {"minutes": "min", "mins": "min", "min": "min", "seconds": "s", "hours": "h"}.get(key.casefold())
    if meant == "with" and (m := re.fullmatch(r"([a-z][\w-]*)\s*[=:]\s*(\S.*)", str(value))):
        return f"{{{m[1]}: {m[2]}}}"
    if meant != "for" or isinstance(value, dict | list) or value is None:
        return value
    if unit and re.fullmatch(r"\d+(\.\d+)?", str(value)):
        return f"{value} {unit}"
    if unit and re.search(r"\{", str(value)):
        return f'"{value} {unit}"'
    return value if parse_ms(str(value)) else duration_meant(str(value)) or value


def _inside(kind: str, body: Any, key: str, value: Any) -> str:
    short = KINDS[kind].short
    held = "" if body in (None, {}) or isinstance(body, list) else str(body)
    if isinstance(body, dict):
        held = ", ".join(f"{k}: {v}" for k, v in body.items())
        if kind == "breathe" and "pattern" not in body and all(k in PHASES for k in body):
            return f"write `breathe: {{pattern: {{{held}}}, {key}: {value}}}`"
    elif held and short:
        held = f"{short}: {flow(held)}"
    shown = "…" if isinstance(value, dict | list) or value is None else str(value)
    if len(held) + len(shown) > 60 or re.search(r"[\[\]'\"?]|:.*: |, .*, [^:]*$", held):
        held = f"{short or ''}: …" if short else "…"
    return f"write `{kind}: {{{held + ', ' if held else ''}{key}: {shown}}}`"
