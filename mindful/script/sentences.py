"""A model's finding about a value, said to the author: what is wrong, and what to write instead.

`mindful.script.validate` has found the place; here are the words. Each sentence is meant to be read aloud to somebody
who has never seen YAML.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from mindful.script.codes import Code
from mindful.script.conditions import PARTED, mended_condition
from mindful.script.kinds.breath import PHASES
from mindful.script.model import KINDS
from mindful.script.patterns import bundled
from mindful.script.problems import near, quote
from mindful.script.teachers import (
    CAUTIONS_MEANT,
    LANGUAGES_MEANT,
    SCALES_MEANT,
    duration_meant,
    length_in,
    number_meant,
    pattern_meant,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say about a value."""

    code: Code
    message: str
    hint: str = ""
    part: str = ""
    """The part of the value that is meant, where it can be found in the file."""
    column: int | None = None
    """Or the column within the value."""


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
        return _duration(kind, value, owner, given)
    if kind == "condition":
        return _condition(value, str(error["msg"]), int(context.get("column", 0)), owner)
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
        return Sentence(Code.NUMBER, f"`{owner}` wants a {whole}number, not {given}", _digits(value))
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        limit = next((v for k, v in context.items() if k in ("ge", "le", "gt", "lt")), "")
        word = "at least" if kind.startswith("greater") else "at most"
        return Sentence(Code.RANGE, f"`{owner}` is {word} {limit:g}, not {value}")
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
        return _length(kind, value, context)
    if kind in ("ask_options", "scale_order"):
        code = Code.OPTIONS if kind == "ask_options" else Code.RANGE
        return Sentence(code, str(error["msg"]), _OPTIONS.get(str(error["msg"]), ""))
    if kind == "pattern" and isinstance(value, int) and (known := pattern_meant(str(value))):
        return Sentence(Code.PHASE, f"{given} is a number, not a pattern", f"write `pattern: {known}`")
    if kind in ("pattern", "pattern_breath"):
        return Sentence(Code.PHASE, str(error["msg"]), "such as `pattern: {inhale: 4, exhale: 6}` or `pattern: box`")
    return _shape(kind, value, owner, given)


_OPTIONS = {
    "a choice needs at least two options": "write `options: [first, second]`",
    "options belong to answer: choice or choices": "write `answer: choice` as well",
    "min must be below max": "the smaller number is `min`",
}


_ONE_END = (
    "delete `until`, or write `at_most` in place of `times`: it is done until the condition holds, so often at most"
)


def _digits(value: Any) -> str:
    text = str(value)
    meant = number_meant(text)
    return f"write only the number: `{meant}`" if meant else "write digits, such as 3"


def _duration(kind: str, value: Any, owner: str, given: str) -> Sentence:
    if kind == "duration_range":
        return Sentence(Code.DURATION_RANGE, f"{given} is longer than 4 hours", "the longest is `4 h`")
    if isinstance(value, dict | list) or value is None:
        return Sentence(
            Code.DURATION, f"`{owner}` wants a length of time, not {given if value is not None else 'nothing'}",
            "write one, such as `90 s`, `2 min` or `1 min 30 s`",
        )  # fmt: skip
    text = str(value)
    if re.match(r"\s*-\s*\d", text):
        return Sentence(
            Code.DURATION_RANGE, f"a length of time cannot be negative: {given}", f"write `{text.strip(' -')}`"
        )
    if m := re.match(r"(\d+)\s*(breaths?|cycles?|times|rounds)$", text.strip(), re.I):
        return Sentence(
            Code.DURATION, f"{given} is not a length of time", f"write `cycles: {m[1]}` in place of `{owner}: …`"
        )
    if (m := re.search(r"\{\s*([^{}]*?)\s*\}", text)) and (name := name_meant(m[1])):
        return Sentence(
            Code.DURATION,
            f"{given} is not a length of time, and the name in it is written in small letters",
            f'write `"{text[: m.start()]}{{{name}}}{text[m.end() :]}"`',
        )
    meant = duration_meant(text)
    hint = f"write `{meant}`" if meant else "write it as `90 s`, `2 min`, `1 min 30 s` or `4:30` (minutes and seconds)"
    return Sentence(Code.DURATION, f"{given} is not a length of time", hint)


def _condition(value: Any, message: str, column: int, owner: str) -> Sentence:
    text = value if isinstance(value, str) else ""
    at = text[column:]
    hint = "a condition compares an id with a value, such as `before >= 60`"
    if "{" in text:
        bare = mended_condition(text) or re.sub("[{}]", "", text)
        return Sentence(Code.CONDITION, "names in a condition stand without braces", f"write `{owner}: {bare}`", "{")
    if parted := PARTED.search(text):
        return Sentence(
            Code.CONDITION,
            f"the two signs of {quote(parted[1] + '=')} stand together, without a space",
            f"write `{owner}: {mended_condition(text) or PARTED.sub(lambda m: m[1] + '=', text)}`",
            parted[0],
        )
    for wrong, right in (
        ("=<", "<="),
        ("=>", ">="),
        ("===", "=="),
        ("≥", ">="),
        ("≤", "<="),
        ("≠", "!="),
        ("<>", "!="),
    ):
        if wrong in text:
            return Sentence(
                Code.CONDITION,
                f"{quote(wrong)} is not a comparison that is known here",
                f"write `{owner}: {text.replace(wrong, right)}`",
                wrong,
            )
    if at.startswith("="):
        message = "one = alone does not compare; two do"
        hint = f"write `{owner}: {text[:column].rstrip()} == {text[column + 1 :].lstrip('= ')}`"
    elif at.startswith(("&", "|", "!")):
        mended = re.sub(r"\s*&&?\s*", " and ", re.sub(r"\s*\|\|?\s*", " or ", re.sub(r"!(?!=)\s*", "not ", text)))
        message, hint = "conditions are joined with the words and, or, not", f"write `{owner}: {mended}`"
    elif m := re.match(r"(AND|OR|NOT|And|Or|Not)\b", at):
        message = f"{quote(m[1])} is written in small letters here"
        hint = f"write `{owner}: {text[:column]}{m[1].lower()}{text[column + len(m[1]) :]}`"
    elif re.match(r"(is|equals|more|less|over|under|above|below)\b", at):
        message, hint = f"{quote(at.split()[0])} is not known here", "write == for is, > for more than, < for less than"
        if better := mended_condition(text):
            hint = f"write `{owner}: {better}`"
    elif at.startswith("%"):
        message, hint = (
            "a number in a condition stands alone, without %",
            f"write `{owner}: {mended_condition(text) or 'before >= 60'}`",
        )
    elif at[:1] in "“”‘’" and at:
        message, hint = (
            "curly quotes do not count as quotes here",
            f"write `{owner}: {re.sub('[“”‘’]', chr(34), text)}`",
        )
    elif m := re.match(r"[A-Z]\w*", at):
        message = f"{quote(m[0])} is not a name: names are written in small letters"
        hint = f"write `{owner}: {text[:column]}{m[0].lower()}{at[len(m[0]) :]}`"
    elif not isinstance(value, str):
        message = "a condition is a comparison in words" if value is None else message
    return Sentence(Code.CONDITION, message, hint, "", column)


def _choice(expected: str, value: Any, owner: str, given: str) -> Sentence:
    options = re.findall(r"'([^']*)'", expected) or re.findall(r"-?\d+", expected)
    if isinstance(value, dict | list) or value is None:
        shown = "nothing" if value is None else given
        return Sentence(Code.NOT_A_CHOICE, f"`{owner}` wants one of {', '.join(options)}, not {shown}")
    meant = next(iter(near(str(value), options)), "")
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
            f"they are {options[0]} to {options[-1]}; mend what {str(value)[:12]} is about",
        )
    what = {"cautions": "a known caution", "sound": "a known sound", "bell": "a known sound", "scale": "a known scale"}
    listed = f"it is one of {', '.join(options)}"
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


def name_meant(words: str) -> str:
    """The name that comes nearest to some words: `Vor dem Üben` is vor-dem-uben. Empty where there is none."""
    plain = unicodedata.normalize("NFKD", words.strip().casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    meant = re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-")
    return meant if re.match(r"[a-z]", meant) else ""


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
    return Sentence(
        Code.TEXT, "this is not a text", "write a sentence, or one for each language: `{en: Welcome, de: Willkommen}`"
    )


def _only_length(words: str) -> str:
    """`for: 1 min` for 1 min, `cycles: 5` for 5 breaths; empty for anything else."""
    if m := re.fullmatch(r"(\d+)\s*(?:breaths?|cycles?|times|rounds)", words.strip(), re.I):
        return f"cycles: {m[1]}"
    time = duration_meant(words)
    return f"for: {time}" if time else ""


def _held(value: Any) -> str:
    """What a `breathe` without its length holds already, as it goes on in braces; empty where that is too much."""
    if not isinstance(value, dict):
        return ""
    body = {"pattern": value} if all(k in PHASES for k in value) else value
    parts = []
    for key, each in body.items():
        if isinstance(each, dict) and not any(isinstance(v, dict | list) for v in each.values()):
            parts.append(f"{key}: {{{', '.join(f'{k}: {v}' for k, v in each.items())}}}")
        elif isinstance(each, dict | list):
            return ""
        elif each is not None:
            parts.append(f"{key}: {flow(str(each))}")
    return ", ".join(parts) + ", " if parts else ""


def _length(kind: str, value: Any, context: dict[str, Any]) -> Sentence:
    if kind == "breathe_length":
        if given := context.get("given"):
            return Sentence(
                Code.LENGTH, f"the breathing has more than one length: {' and '.join(given)}", "keep one of them"
            )
        if isinstance(value, str) and value not in bundled() and (length := _only_length(value)):
            return Sentence(
                Code.LENGTH,
                f"{quote(value)} is a length, and how to breathe is missing",
                f"write `breathe: {{pattern: long-exhale, {length}}}`, or another pattern in it",
            )
        name, time = length_in(value) if isinstance(value, str) else ("", None)
        name = name if name in bundled() else pattern_meant(name, bundled()) or name if name else name
        held = f"pattern: {name}, " if name else _held(value)
        if time:
            return Sentence(
                Code.LENGTH,
                f"{quote(value)} is a pattern and a length in one",
                f"write `breathe: {{{held}for: {time}}}`",
            )
        return Sentence(
            Code.LENGTH,
            "how long the breathing goes on is missing",
            f"write `breathe: {{{held}for: 3 min}}`; or `cycles: 10`, or `until: key`",
        )
    if kind == "sit_length":
        both = isinstance(value, dict) and value.get("open") is True
        return Sentence(
            Code.LENGTH,
            "a sit has a length or is open, not both" if both else "how long the sit goes on is missing",
            "keep `for` or `open: true`"
            if both
            else "write `sit: 5 min`, or `sit: {open: true}` to let the client end it",
        )
    both = isinstance(value, dict) and "times" in value and "until" in value
    if both:
        return Sentence(Code.LENGTH, "a repeat has `times` or `until`, not both", _ONE_END)
    if isinstance(value, dict) and "until" in value:
        return Sentence(Code.LENGTH, "a repeat with `until` might never end", "write `at_most: 5` as well")
    return Sentence(Code.LENGTH, "how often to repeat is missing", "write `times: 3`")


def _shape(kind: str, value: Any, owner: str, given: str) -> Sentence:
    if owner == "steps" and isinstance(value, dict):
        return Sentence(
            Code.WRONG_SHAPE,
            "`steps` is a list: each step begins with a dash",
            "write a dash and a space before each step: `- say: …`",
        )
    if isinstance(value, dict):
        keys = ", ".join(list(value)[:3])
        return Sentence(
            Code.WRONG_SHAPE, f"`{owner}` does not take keys of its own ({keys})", _wanted(kind, owner, value)
        )
    if value is None:
        return Sentence(Code.WRONG_SHAPE, f"there is nothing after `{owner}:`", _wanted(kind, owner, value))
    return Sentence(Code.WRONG_SHAPE, f"`{owner}` does not take {given} here", _wanted(kind, owner, value))


_EXAMPLES = {
    "rate": "rate: {id: before, ask: How tense are you?, scale: suds}",
    "ask": "ask: {id: word, text: Which word fits?}",
    "choose": "choose: {ask: How to go on?, options: [{label: Breathe}, {label: Rest}]}",
    "repeat": "repeat: {times: 3, steps: [{breathe: {pattern: box, cycles: 4}}]}",
    "fit": "fit: {min: 4 min, max: 20 min}",
    "settings": "settings: {voice: guide, cues: tones}",
    "variables": "variables: {minutes: {default: 5}}",
    "ramp": "ramp: {from: 12, to: 6}",
    "bells": "bells: {every: 5 min}",
    "with": "with: {minutes: 5}",
    "silence": "silence: [{code: MF107, reason: They fall asleep with it.}]",
    "patterns": "patterns: {mine: {inhale: 4, exhale: 6}}",
    "quiz": "quiz: [{ask: Which?, options: [one, other], answer: 1}]",
    "poses": "poses: [{say: Lift one arm., hold: 5 s}]",
    "scan": "scan: {each: 30 s}",
    "relax": "relax: {groups: 7}",
    "move": "move: {poses: [{say: Lift one arm., hold: 5 s}]}",
    "ground": "ground: {senses: {see: 5, touch: 4, hear: 3, smell: 2, taste: 1}}",
    "plan": "plan: {goals: [sleep]}",
    "exposure": "exposure: {ladder: [{item: A short walk, suds: 30}]}",
    "thought_record": "thought_record: {columns: 7}",
    "hrv_biofeedback": "hrv_biofeedback: {for: 5 min}",
}


def _wanted(kind: str, owner: str, value: Any) -> str:
    text = "" if isinstance(value, dict | list) or value is None else str(value).strip()
    if owner == "options" and text:
        return f"write `{{label: {flow(text)}}}`"
    if owner == "silence" and text:
        return f"write `{{code: {flow(text)}, reason: …}}`, with the reason why it does not fit here"
    if kind in ("tuple_type", "list_type"):
        if text and owner not in _EXAMPLES:
            parts = [flow(part.strip()) for part in text.split(",")]
            return f"write `{owner}: [{', '.join(parts)}]`"
        if owner == "steps":
            return "write at least one step below it, such as `  - say: Welcome.`"
        return f"write a list: `{owner}: [first, second]`, or one entry a line, each with a dash"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        if owner == "with" and (m := re.match(r"([a-z][\w-]*)\s*[=:]\s*(\S.*)", text)):
            return f"write `with: {{{m[1]}: {m[2]}}}`"
        amounts = re.findall(r"\{[a-z][\w-]*\}|\d+(?:\.\d+)?", text)
        if owner == "ramp" and len(amounts) == 2:
            first, last = (f'"{a}"' if a[0] == "{" else a for a in amounts)
            return f"write `ramp: {{from: {first}, to: {last}}}`"
        return f"write it as in `{_EXAMPLES.get(owner, f'{owner}: {{key: value}}')}`"
    if owner == "reason":
        return "say why it does not fit here, in a few words"
    if owner == "include":
        return "include one script in each step: `- include: arriving`"
    return "write a word or a sentence here"


def flow(text: str) -> str:
    """A value as it can stand within brackets: in quotes where it would not be one otherwise."""
    if re.search(r"[,:{}\[\]#\"'“”]|^[*&!%@`|>?-]", text):
        return '"' + text.replace("\\", "\\\\").replace('"', "'") + '"'
    return text
