"""The JSON Schema of scripts, for editors: completions, help on each key, and red lines before anything is run.

`mindful schema` prints it and `docs/script.schema.json` holds it. It says what a script looks like; names, amounts and
files are left to `load`, which says more. Built from the models, with what they accept beyond their fields added: short
forms, empty kinds, and exactly one kind in a step.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from mindful.script.kinds.base import Kind
from mindful.script.kinds.breath import PHASES, WAYS
from mindful.script.kinds.guide import LAYERS
from mindful.script.model import KINDS, Script
from mindful.script.patterns import bundled

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]


def script_schema() -> Json:
    """The schema as plain data, the same at each call."""
    schema = Script.model_json_schema(by_alias=True)
    defs: Json = schema.pop("$defs")
    for kind, model in KINDS.items():
        defs[model.__name__] = _kind(kind, model, defs[model.__name__])
    _phases(defs)
    _step(defs["Step"])
    schema["properties"]["patterns"] = {
        "description": "Named patterns of this script, each as in `breathe`.",
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/Phases"},
    }
    schema["properties"]["settings"]["default"] = {}
    out = _tidy({"$schema": DIALECT, **schema, "title": "Session script", "$defs": dict(sorted(defs.items()))})
    assert isinstance(out, dict)
    out["title"] = "Session script"
    return out


def _kind(kind: str, model: type[Kind], body: Json) -> Json:
    """A kind's schema with its short form, and with nothing where nothing is required."""
    forms: list[Json] = []
    if model.short is not None:
        forms.append(body["properties"][model.short])
    forms.append(body)
    if _may_be_empty(model):
        forms.append({"type": "null"})
    return body if len(forms) == 1 else {"description": body.get("description", kind), "anyOf": forms}


def _may_be_empty(model: type[Kind]) -> bool:
    try:
        model.model_validate({})
    except ValidationError:
        return False
    return True


def _phases(defs: Json) -> None:
    seconds = {"type": "number", "minimum": 0, "maximum": 600, "description": "Seconds, in steps of 0.1."}
    phases: Json = dict.fromkeys(PHASES, seconds)
    entry = {
        "type": "object",
        "properties": {**phases, "through": {"enum": list(WAYS)}},
        "minProperties": 1,
        "additionalProperties": False,
    }
    defs.pop("Phase", None)
    defs["Phases"] = {
        "description": "A map of phases in seconds in breath order, or a list of phases.",
        "anyOf": [
            {"type": "object", "properties": phases, "required": ["exhale"], "additionalProperties": False},
            {"type": "array", "items": entry, "minItems": 2, "maxItems": 64},
        ],
    }
    pattern = {
        "description": "A name, a map of phases in seconds, or a list of phases.",
        "anyOf": [{"type": "string", "examples": list(bundled())}, {"$ref": "#/$defs/Phases"}],
    }
    breathe = defs["Breathe"]
    breathe["anyOf"][0] = pattern
    breathe["anyOf"][1]["properties"]["pattern"] = pattern
    sound = next(form for form in defs["Sound"]["anyOf"] if "properties" in form)
    for form in (sound["properties"]["layer"], defs["Sound"]["anyOf"][0]):
        form["examples"] = list(LAYERS)


def _step(step: Json) -> None:
    """Exactly one kind; `pause` may stand beside `say`."""
    for kind, model in KINDS.items():
        step["properties"][kind] = {"$ref": f"#/$defs/{model.__name__}"}
    others = [k for k in KINDS if k not in ("say", "pause")]
    step["oneOf"] = [
        {"required": ["say"], "not": {"anyOf": [{"required": [k]} for k in others]}},
        {"required": ["pause"], "not": {"anyOf": [{"required": [k]} for k in ("say", *others)]}},
        *({"required": [k], "not": {"required": ["say"]}, "properties": {"pause": False}} for k in others),
    ]


def _tidy(node: Any, name: str = "") -> Any:
    """Without the titles that pydantic makes of names, and without null where a key is merely absent."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    out = {k: _tidy(v, k) for k, v in node.items() if k != "title" or name == "properties"}
    choices = out.get("anyOf")
    if isinstance(choices, list) and "default" in out and out["default"] is None:
        rest = [c for c in choices if c != {"type": "null"}]
        del out["default"]
        if len(rest) == 1:
            out = {**rest[0], **{k: v for k, v in out.items() if k != "anyOf"}}
        else:
            out["anyOf"] = rest
    return out
