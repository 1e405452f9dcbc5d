"""The JSON Schema of scripts, for editors: completions, help on each key, and red lines before anything is run.

`mindful schema` prints it and `docs/script.schema.json` holds it. It says what a script looks like; names, amounts and
files are left to `load`, which says more. Built from the models, with what they accept beyond their fields added: short
forms, empty kinds, and exactly one kind in a step. It is shaped for what editors make of it (tried with
yaml-language-server 1.25): a default stands in the help, because editors type defaults of their own accord, and forms
have titles, because editors show those.
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
    out = tidy({"$schema": DIALECT, **schema, "$defs": dict(sorted(defs.items()))})
    assert isinstance(out, dict)
    _titles(out)
    return {"$schema": DIALECT, "title": "Session script", **{k: v for k, v in out.items() if k != "$schema"}}


def _titles(schema: Json) -> None:
    """What editors call a form: the kind whose fields it has."""
    kinds = {model.__name__: kind for kind, model in KINDS.items()}
    for name, body in schema["$defs"].items():
        title = kinds.get(name, name.lower())
        for form in [body] if "properties" in body else body.get("anyOf", []):
            if "properties" in form:
                form["title"] = title
    for form in schema["$defs"]["Phases"]["anyOf"]:
        form["title"] = "phases in seconds"
    _title_words(schema)


def _title_words(node: Any) -> None:
    """Texts in several languages, wherever they stand."""
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if isinstance(each, dict) and each.get("additionalProperties") == {"type": "string"} and "title" not in each:
            each["title"] = "words by language"
        _title_words(each)


def _kind(kind: str, model: type[Kind], body: Json) -> Json:
    """A kind's schema with its short form, and with nothing where nothing is required."""
    forms: list[Json] = [body]
    if model.short is not None:
        # a wrong word is told with the words that are right where the short form stands first
        forms.insert(0, body["properties"][model.short])
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
    breathe["anyOf"][1]["properties"]["pattern"] = pattern
    breathe["anyOf"] = [breathe["anyOf"][1], pattern, *breathe["anyOf"][2:]]  # fields are offered before phases
    for form in (defs["Sound"]["anyOf"][1]["properties"]["layer"], defs["Sound"]["anyOf"][0]):
        form["examples"] = list(LAYERS)


def _step(step: Json) -> None:
    """Exactly one kind; `pause` may stand beside `say`."""
    for kind, model in KINDS.items():
        step["properties"][kind] = {"$ref": f"#/$defs/{model.__name__}"}
    said = {"errorMessage": "A step has one kind, such as say, breathe or bell; only pause may stand beside say."}
    step["anyOf"] = [
        {"required": [kind], "properties": {k: False for k in KINDS if k not in (kind, beside)}, **said}
        for kind in KINDS
        for beside in ["pause" if kind == "say" else ""]
    ]


def tidy(node: Any, name: str = "") -> Any:
    """Without the titles that pydantic makes of names, and without null where a key is merely absent."""
    if isinstance(node, list):
        return [tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    out = {k: tidy(v, k) for k, v in node.items() if k != "title" or name == "properties"}
    if name != "properties" and not isinstance(out.get("default", {}), dict | list) and out["default"] is not None:
        default = out.pop("default")
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        if isinstance(default, int | float):
            out["defaultSnippets"] = [{"label": shown, "body": default}]  # typed only where its key is chosen
        out["description"] = f"{out.get('description', '').rstrip()} Unless given: {shown}.".strip()
    elif name != "properties" and isinstance(out.get("default"), dict | list):
        del out["default"]
    choices = out.get("anyOf")
    if isinstance(choices, list) and "default" in out and out["default"] is None:
        rest = [c for c in choices if c != {"type": "null"}]
        del out["default"]
        if len(rest) == 1:
            out = {**rest[0], **{k: v for k, v in out.items() if k != "anyOf"}}
        else:
            out["anyOf"] = rest
    return out
