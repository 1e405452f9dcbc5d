"""The JSON Schema of programmes, for editors; `mindful schema --programme` prints it. Built as that of scripts is."""

from __future__ import annotations

from mindful.script.programme.model import Choice, Programme
from mindful.script.schema import DIALECT, Json, tidy


def programme_schema() -> Json:
    """The schema as plain data, the same at each call."""
    schema = Programme.model_json_schema(by_alias=True)
    defs: Json = schema.pop("$defs")
    for name in ("Choice", "Practice"):
        session = {"type": "string", "description": Choice.model_fields["session"].description}
        what = [{"required": ["session"]}, {"required": ["do"]}]
        defs[name] = {"anyOf": [{**defs[name], "oneOf": what}, session]}
    out = tidy({"$schema": DIALECT, **schema, "$defs": dict(sorted(defs.items()))})
    assert isinstance(out, dict)
    return {"$schema": DIALECT, "title": "Programme", **{k: v for k, v in out.items() if k != "$schema"}}
