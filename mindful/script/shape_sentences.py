"""What is said of a value of the wrong shape: a list for a text, a word for a map; and how to write it rightly.

Called by `mindful.script.sentences`.
"""

from __future__ import annotations

import re
from typing import Any

from mindful.script.codes import Code
from mindful.script.said import Sentence, flow
from mindful.script.teachers import duration_meant


def shape(kind: str, value: Any, owner: str, given: str) -> Sentence:
    """The sentence for a value (`given`, in words) that `owner` does not take."""
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


_ONE_STEP = ("steps", "script")
"""Lists of steps: words alone in their place are to be said."""

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
    if owner == "ladder" and text:
        return f"write `{{{in_ladder(text)}}}`, with how hard it is, from 0 to 100, behind `suds`"
    if owner == "silence" and text:
        return f"write `{{code: {flow(text)}, reason: …}}`, with the reason why it does not fit here"
    if kind in ("tuple_type", "list_type"):
        if text.startswith("-") and owner in _ONE_STEP:
            return f"put it on a line of its own below `{owner}:`, with two spaces before the dash"
        if text and owner in _ONE_STEP:
            return f"write `{owner}: [{{say: {flow(text)}}}]`"
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
        if owner == "fit" and (ends := _ends(text)):
            return f"write `fit: {{min: {ends[0]}, max: {ends[1]}}}`"
        if whole := _in_braces(owner, value):
            return f"write `{whole}`"
        return f"write it as in `{_EXAMPLES.get(owner, f'{owner}: {{key: value}}')}`"
    if owner == "reason":
        return "say why it does not fit here, in a few words"
    if owner == "include":
        return "include one script in each step: `- include: arriving`"
    return "write a word or a sentence here"


def in_ladder(text: str, suds: str = "") -> str:
    """An item of a ladder as its keys, from the words for it; the number is taken from them where one stands last."""
    if not suds and (m := re.fullmatch(r"(.*\S)\s*[-–:,(]\s*(\d{1,3})\s*(?:%|SUDS)?\)?", text, re.I)):
        text, suds = m[1], m[2]
    return f"item: {flow(text)}, suds: {suds or '50'}"


def _ends(text: str) -> tuple[str, str] | None:
    """Both lengths in `12 to 20 min`, each with its unit; None where there are not two."""
    m = re.fullmatch(r"(?:from\s+|between\s+)?(.+?)\s*(?:-|–|to|until|and|bis|,)\s*(.+)", text, re.I)
    if m is None or (last := duration_meant(m[2])) is None:
        return None
    first = f"{m[1]} {last.split()[-1]}" if re.fullmatch(r"\d+(\.\d+)?", m[1]) else m[1]
    least = duration_meant(first)
    return None if least is None else (least, last)


def _entries(text: str) -> list[str]:
    """The parts of a list that was written as words with commas between; a whole sentence is one part."""
    if re.search(r"[.!?]$", text):
        return [text]
    return [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", text) if part]


_LISTS = {"relax": "groups", "scan": "regions"}
"""The list that each of these kinds is about."""


def _in_braces(owner: str, value: Any) -> str:
    """What stands straight after a kind, with its key: `relax: 4` is `relax: {groups: 4}`. Empty where unclear."""
    text = str(value).strip()
    if owner == "move" and isinstance(value, str) and text:
        return f"move: {{poses: [{{say: {flow(text)}, hold: 5 s}}]}}"
    if owner not in _LISTS or not value or isinstance(value, dict | bool):
        return ""
    if owner == "relax" and (m := re.fullmatch(r"(16|7|4)(\s+groups?)?", text)):
        return f"relax: {{groups: {m[1]}}}"
    if owner == "scan" and not isinstance(value, list) and (length := duration_meant(text)):
        return f"scan: {{each: {length}}}"
    entries = value if isinstance(value, list) else _entries(text) if isinstance(value, str) else [value]
    if not all(isinstance(e, str) for e in entries):
        return ""
    return f"{owner}: {{{_LISTS[owner]}: [{', '.join(flow(e.strip()) for e in entries)}]}}"
