"""The reference of the script format, written from the models: every kind, its fields, types, defaults and help.

`docs/reference.md` holds it; `mindful.script.documents` renews it. Only what the models say stands here, so that it
cannot fall behind them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from mindful.script.kinds.ask import OwnScale, Quiz
from mindful.script.kinds.body import Pose
from mindful.script.kinds.breath import Ramp, SitBells
from mindful.script.kinds.flow import Option
from mindful.script.ladder import LadderItem
from mindful.script.model import KINDS, Evidence, Fit, Pronunciation, Script, Settings, Silence, Step, Variable
from mindful.script.patterns import bundled
from mindful.script.regions import GROUPS, MUSCLES, REGIONS
from mindful.script.schema import script_schema
from mindful.script.tiers import breaths_a_minute, tier_of
from mindful.script.values import Duration, Number, Text

_PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("settings", Settings),
    ("variables", Variable),
    ("fit", Fit),
    ("evidence", Evidence),
    ("lexicon", Pronunciation),
    ("silence", Silence),
)
_INNER: tuple[tuple[str, type[BaseModel]], ...] = (
    ("scale", OwnScale),
    ("quiz", Quiz),
    ("ramp", Ramp),
    ("bells", SitBells),
    ("poses", Pose),
    ("options", Option),
    ("ladder", LadderItem),
)


_PLURAL = {"condition": "conditions", "length of time": "lengths of time", "number": "numbers", "text": "texts"}


def reference() -> str:
    """The whole page, as Markdown."""
    schema = script_schema()
    out = [
        "# Reference of the script format, version 1",
        "",
        "Written from the program's models by `python -m mindful.script.documents`; do not edit it by hand.",
        "",
        "## Values",
        "",
        "- **length of time**: `90 s`, `1.5 min`, `1 h`, `1 min 30 s`, `4:30` (minutes and seconds), `1:02:00`,",
        "  or a bare number of seconds. At most 4 hours.",
        "- **text**: a sentence, or a map of language tag to sentence. `{name}` inserts a variable or an answer.",
        "- **number**: digits, or a `{name}` in quotes that stands for a number.",
        "- **name**: small letters, digits, `-` and `_`, beginning with a letter.",
        "- **condition**: such as `before >= 60 and not (mood < 4)`: names, numbers and texts in quotes, compared with",
        "  `==`, `!=`, `<`, `<=`, `>`, `>=`, joined by `and`, `or`, `not`. Of several answers (`answer: choices`),",
        "  `near == 'A plant'` holds when it is among them, and `near != 'A plant'` when it is not. Nothing that",
        "  is compared with a question left open holds. A name alone holds when it was answered, and not with 0,",
        "  `no` or nothing.",
        "",
        "## A script",
        "",
        *_table(Script, schema),
    ]
    for name, model in _PARTS:
        out += ["", f"### `{name}`", "", _doc(model), "", *_table(model, schema["$defs"][model.__name__])]
    step = [f for f in Step.model_fields if f not in KINDS]
    out += ["", "## Any step", "", _doc(Step), "", *_table(Step, schema["$defs"]["Step"], step), "", "## Kinds of step"]
    for kind, model in KINDS.items():
        body = schema["$defs"][model.__name__]
        body = next((form for form in body.get("anyOf", [body]) if "properties" in form), body)
        out += ["", f"### `{kind}`", "", _doc(model)]
        if model.short:
            out += ["", f"Short form: `{kind}: …` is `{kind}: {{{model.short}: …}}`."]
        if not model.playable:
            out += ["", "Checked, but not played by this version."]
        out += ["", *_table(model, body)]
    out += ["", "## Maps within steps"]
    for name, model in _INNER:
        out += ["", f"### `{name}`", "", _doc(model), "", *_table(model, schema["$defs"][model.__name__])]
    out += ["", "## Parts of the body", "", _BODY, "", *_body()]
    out += [
        "",
        "## Bundled breath patterns",
        "",
        "| name | phases in seconds | breaths a minute | tier |",
        "|---|---|---|---|",
    ]
    for pattern in bundled().values():
        phases = ", ".join(
            f"{p.phase} {p.ms / 1000:g}" + (f" ({p.through})" if p.through else "") for p in pattern.phases
        )
        tier = "red" if pattern.rounds else tier_of(pattern.phases)
        out.append(f"| `{pattern.name}` | {phases} | {breaths_a_minute(pattern.phases):.1f} | {tier} |")
    return "\n".join(out) + "\n"


_BODY = (
    "Names that `regions` of `scan` and `groups` of `relax` know; spaces, capitals and `_` are the same to them. Each "
    "is said as it stands beside it, within the sentence of the step. `relax` also tells how to tense the groups of "
    "the second table; with any other place it says to tense there a little."
)


def _body() -> list[str]:
    """The tables of regions and of groups of muscles."""
    out = ["| name | is said as |", "|---|---|"]
    for name, words in REGIONS.items():
        if name.startswith("right-"):
            continue
        sided = name.startswith("left-")
        shown = f"`{name}`, `right-{name.removeprefix('left-')}`" if sided else f"`{name}`"
        out.append(f"| {shown} | {words.replace('left', 'left, right') if sided else words} |")
    out += ["", "| group of muscles | is said as | how it is tensed | among |", "|---|---|---|---|"]
    for name, muscle in MUSCLES.items():
        among = ", ".join(str(count) for count, names in GROUPS.items() if name in names)
        out.append(f"| `{name}` | {muscle.name} | {muscle.how} | {among} |")
    return out


def _doc(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "").replace("\n", " ")


def _table(model: type[BaseModel], schema: dict[str, Any], names: Iterable[str] | None = None) -> list[str]:
    out = ["| field | value | default | |", "|---|---|---|---|"]
    for name in names if names is not None else model.model_fields:
        info = model.model_fields[name]
        key = info.alias or name
        about = (info.description or "").replace("\n", " ")
        out.append(f"| `{key}` | {_type(schema['properties'][key], info.annotation)} | {_default(info)} | {about} |")
    return out


def _default(info: Any) -> str:
    if info.is_required():
        return "**required**"
    value = info.default
    if value is None or value is PydanticUndefined or value == () or isinstance(value, BaseModel):
        return ""
    if isinstance(value, Duration | Number):
        return f"`{value.source}`"
    if isinstance(value, Text):
        return f"`{value.source()}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return f"`{{{', '.join(f'{k}: {v}' for k, v in value.items())}}}`" if value else ""
    return f"`{', '.join(map(str, value)) if isinstance(value, tuple) else value}`"


def _type(schema: dict[str, Any], annotation: Any = None) -> str:
    """The kind of value in a word or two, from the schema of the field."""
    written = str(annotation)
    listed = written.startswith("tuple") or "tuple[" in written.split("|")[0]
    for word, name in (
        ("Condition", "condition"),
        ("Duration", "length of time"),
        ("Number", "number"),
        ("Text", "text"),
    ):
        if (
            re.search(rf"values\.{word}|conditions\.{word}", written)
            and "Literal" not in written
            and "dict" not in written
        ):
            return f"list of {_PLURAL[name]}" if listed else name
    if "enum" in schema:
        return ", ".join(f"`{v}`" for v in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "$ref" in schema:
        return "a map, see below"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(form) for form in schema[key]))
    limits = [f"{word} {schema[k]:g}" for k, word in (("minimum", "from"), ("maximum", "to")) if k in schema]
    if schema.get("type") == "array":
        of = _type(schema.get("items", {}))
        return "list of texts" if of == "words or a map" else f"list: {of}"
    if schema.get("type") == "object":
        return "a map"
    named = {"integer": "whole number", "number": "number", "boolean": "`true` or `false`", "null": "nothing"}
    word = named.get(schema.get("type", ""), "")
    if schema.get("type") == "string":
        word = "name" if str(schema.get("pattern", "")).startswith("^[a-z][") else "words"
    return " ".join([word or "anything", *limits])
