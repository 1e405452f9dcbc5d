"""A model's finding about a value, said to the author: what is wrong, and what to write instead.

`mindful.script.validate` has found the place; here are the words, those of conditions, lengths and shapes in rooms of
their own beside it. Each sentence is meant to be read aloud to somebody
who has never seen YAML.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import ErrorDetails

from mindful.script.codes import Code
from mindful.script.condition_sentences import condition
from mindful.script.length_sentences import duration, length
from mindful.script.model import KINDS
from mindful.script.problems import near, quote
from mindful.script.said import Sentence, name_meant
from mindful.script.shape_sentences import shape
from mindful.script.teachers import (
    CAUTIONS_MEANT,
    CHOICES_MEANT,
    LANGUAGES_MEANT,
    SCALES_MEANT,
    number_meant,
    pattern_meant,
)


def sentence(error: ErrorDetails, value: Any, path: tuple[str | int, ...]) -> Sentence:
    """The sentence for one error of pydantic or of the small values, at `value`."""
    kind = error["type"]
    value = str(value).lower() if isinstance(value, bool) else value
    context: dict[str, Any] = error.get("ctx", {})
    owner = next((str(p) for p in reversed(path) if isinstance(p, str)), "script")
    given = quote(value) if not isinstance(value, dict | list) else "a list" if isinstance(value, list) else "a map"
    if isinstance(value, str) and len(value) > 1 and value[0] in "“„" and kind != "condition":
        return Sentence(
            Code.QUOTES,
            "curly quotes do not count as quotes here; they are taken for letters",
            f"write `{value.strip('“”„')}` without them",
        )
    if kind in ("duration", "duration_range"):
        return duration(kind, value, owner, given)
    if kind == "condition":
        return condition(value, str(error["msg"]), int(context.get("column", 0)), owner)
    if kind == "literal_error":
        return _choice(str(context.get("expected", "")), value, owner, given)
    if kind in ("bool_type", "bool_parsing"):
        wrong = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}.get(
            str(value).casefold(), ""
        )
        return Sentence(
            Code.BOOLEAN,
            f"`{owner}` is true or false, not {given}",
            f"write `{owner}: {wrong}`" if wrong else f"write `{owner}: true` or `{owner}: false`",
        )
    if kind in ("number", "int_type", "int_parsing", "int_from_float", "float_type", "float_parsing", "finite_number"):
        whole = "whole " if kind.startswith("int") else ""
        return Sentence(Code.NUMBER, f"`{owner}` wants a {whole}number, not {given}", _digits(owner, value))
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        limit = next((v for k, v in context.items() if k in ("ge", "le", "gt", "lt")), "")
        word = "at least" if kind.startswith("greater") else "at most"
        return Sentence(Code.RANGE, f"`{owner}` is {word} {limit:g}, not {value}", _AMOUNTS.get(owner, ""))
    if kind in ("too_short", "too_long"):
        return _how_many(kind, context, owner)
    if kind == "string_pattern_mismatch":
        return _pattern(str(context.get("pattern", "")), value, owner, given)
    if kind in ("text", "text_empty", "text_control"):
        return _text(kind, value, owner, str(error["msg"]))
    if kind in ("step_kind",):
        return Sentence(
            Code.NO_KIND, "this step has no kind", f"a step needs one of {', '.join(list(KINDS)[:6])}, … as its key"
        )
    if kind == "say_nothing":
        return Sentence(Code.MISSING, "there is nothing to say here", "write the words after `say:`")
    if kind in ("breathe_length", "sit_length", "repeat_end"):
        return length(kind, value, context)
    if kind in ("ask_options", "scale_order"):
        code = Code.OPTIONS if kind == "ask_options" else Code.RANGE
        return Sentence(code, str(error["msg"]), _OPTIONS.get(str(error["msg"]), ""))
    if kind == "pattern" and isinstance(value, int) and (known := pattern_meant(str(value))):
        return Sentence(Code.PHASE, f"{given} is a number, not a pattern", f"write `pattern: {known}`")
    if kind in ("pattern", "pattern_breath"):
        return Sentence(Code.PHASE, str(error["msg"]), "such as `pattern: {inhale: 4, exhale: 6}` or `pattern: box`")
    return shape(kind, value, owner, given)


_OPTIONS = {
    "a choice needs at least two options": "write `options: [first, second]`",
    "options belong to answer: choice or choices": "write `answer: choice` as well",
    "min must be below max": "the smaller number is `min`",
}


_AMOUNTS = {
    "level": "write decibels in digits, such as -6; minus is softer, plus is louder, up to 6",
    "rate": "write the words a minute in digits, from 90 to 180; 110 is usual, 95 is slow",
    "pace": "write the words a minute in digits, from 90 to 180; 110 is usual, 95 is slow",
}
"""Where not every small number is allowed, or where its sign decides."""


def _digits(owner: str, value: Any) -> str:
    text = str(value)
    meant = number_meant(text)
    return f"write only the number: `{meant}`" if meant else _AMOUNTS.get(owner, "write digits, such as 3")


_FURTHER = {"groups": " or a list such as `[arms, face, Draw your toes up a little.]`"}
"""What a field takes besides a few fixed values."""


def _choice(expected: str, value: Any, owner: str, given: str) -> Sentence:
    options = re.findall(r"'([^']*)'", expected) or re.findall(r"-?\d+", expected)
    further = _FURTHER.get(owner, "")
    if isinstance(value, dict | list) or value is None:
        shown = "nothing" if value is None else given
        if further:
            return Sentence(Code.NOT_A_CHOICE, f"`{owner}` wants {', '.join(options)}{further}, not {shown}")
        return Sentence(Code.NOT_A_CHOICE, f"`{owner}` wants one of {', '.join(options)}, not {shown}")
    meant = next(iter(near(str(value), options)), "")
    said = CHOICES_MEANT.get("bell" if owner == "sound" else owner, {})
    meant = meant or said.get(str(value).strip().casefold(), "")
    if owner == "cautions":
        meant = meant or CAUTIONS_MEANT.get(str(value).strip().casefold().replace("-", " "), "")
    if owner == "scale":
        meant = meant or SCALES_MEANT.get(str(value).strip().casefold(), "")
    if owner == "scale" and (m := re.match(r"(-?\d+)\s*(?:-|–|to|bis|\.\.)\s*(\d+)$", str(value).strip())):
        return Sentence(
            Code.NOT_A_CHOICE,
            f"{given} is not a known scale",
            f"write `scale: {{min: {m[1]}, max: {m[2]}}}`" + ("; or `scale: suds`" if m[2] == "100" else ""),
        )
    if owner in ("bell", "sound") and (m := re.match(r"(\d)\s*(?:x|times|×)?\s*(\w*)$", str(value).strip())):
        name = m[2] if m[2] in options else "bowl"
        return Sentence(
            Code.NOT_A_CHOICE, f"{given} is not a known sound", f"write `bell: {{sound: {name}, strokes: {m[1]}}}`"
        )
    if owner == "code" and options[:1] == ["MF101"]:
        return Sentence(
            Code.NOT_A_CHOICE,
            f"{given} cannot be silenced: only the rules of good practice can",
            f"they are {options[0]} to {options[-1]}, but MF121; mend what {str(value)[:12]} is about",
        )
    what = {"cautions": "a known caution", "sound": "a known sound", "bell": "a known sound", "scale": "a known scale"}
    listed = f"it is one of {', '.join(options)}{further}"
    if owner == "until" and options == ["key"]:
        listed = "write `until: key`: the breathing goes on until a key is pressed"
    if owner == "scale":
        listed += ", or a map of your own: {min: 0, max: 10, low: none, high: very much}"
    if owner == "cautions" and not meant:
        listed += "; write `other` where none fits"
    return Sentence(
        Code.NOT_A_CHOICE,
        f"{given} is not {what.get(owner, f'a possible value of `{owner}`')}",
        f"did you mean `{meant}`?" if meant and meant != "other" else f"write `{meant}`" if meant else listed,
    )


def _how_many(kind: str, context: dict[str, Any], owner: str) -> Sentence:
    if kind == "too_long":
        return Sentence(Code.RANGE, f"`{owner}` has at most {context.get('max_length')} entries")
    n = context.get("min_length")
    if owner in ("steps", "poses", "goals"):
        return Sentence(
            Code.MISSING, f"there is nothing in `{owner}`", "write at least one entry below it, with a dash"
        )
    return Sentence(Code.OPTIONS, f"`{owner}` needs at least {n} entries", "write one entry a line, each with a dash")


def _pattern(pattern: str, value: Any, owner: str, given: str) -> Sentence:
    if "always" in pattern:
        return Sentence(
            Code.NOT_A_CHOICE,
            f"{given} is not a possible value of `speak`",
            "write `always`, `never`, or `first 3` for the first three cycles",
        )
    if owner == "language":
        known = LANGUAGES_MEANT.get(str(value).strip().casefold())
        hint = f"write `language: {known}`" if known else "write one such as en, de or pt-BR"
        return Sentence(Code.NAME, f"{given} is not a language tag", hint)
    meant = name_meant(str(value))
    return Sentence(
        Code.NAME,
        f"{given} is not a name: small letters, digits, - and _ only, beginning with a letter",
        f"write `{meant}`" if meant else "such as `before`",
    )


_ENTRIES = {
    "groups": "write a name such as `face`, or a whole sentence that says how to tense: `Frown a little.`",
    "regions": "write a name such as `left-foot`, words of your own, or a whole sentence",
}
"""What may stand in a list of texts in which many would write a place and what to do there as two things."""


def _text(kind: str, value: Any, owner: str, message: str) -> Sentence:
    if kind == "text_empty":
        return Sentence(Code.TEXT, "this text is empty", f"write the words after `{owner}:`, or delete the line")
    if kind == "text_control":
        return Sentence(Code.CONTROL, message, "delete it and type the words around it anew")
    if isinstance(value, dict) and len(value) == 1 and next(iter(value.values())) is None:
        name = next(iter(value))
        return Sentence(
            Code.SPECIAL_START,
            "a text that begins with a brace needs quotes around it",
            f'write `{owner}: "{{{name}}}"`',
        )
    if value is None:
        return Sentence(Code.TEXT, f"there are no words after `{owner}:`", "write a sentence behind it")
    if isinstance(value, list):
        return Sentence(
            Code.TEXT,
            "a text is wanted here, not a list",
            "put quotes around a sentence that begins with a bracket; for several sentences write several steps",
        )
    if owner in _ENTRIES:
        return Sentence(Code.TEXT, f"this entry of `{owner}` is not a text", _ENTRIES[owner])
    return Sentence(
        Code.TEXT, "this is not a text", "write a sentence, or one for each language: `{en: Welcome, de: Willkommen}`"
    )
