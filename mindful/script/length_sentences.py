"""What is said of lengths that cannot be read, are missing, or stand twice. Called by `mindful.script.sentences`."""

from __future__ import annotations

import re
from typing import Any

from mindful.script.codes import Code
from mindful.script.kinds.breath import PHASES
from mindful.script.patterns import bundled
from mindful.script.problems import quote
from mindful.script.said import Sentence, flow, name_meant
from mindful.script.teachers import duration_meant, length_in, pattern_meant

_ONE_END = (
    "delete `until`, or write `at_most` in place of `times`: it is done until the condition holds, so often at most"
)


def duration(kind: str, value: Any, owner: str, given: str) -> Sentence:
    """The sentence for a length of time that is none, or too long."""
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


def length(kind: str, value: Any, context: dict[str, Any]) -> Sentence:
    """The sentence for a `breathe`, `sit` or `repeat` that does not say how long, or says it twice."""
    if kind == "breathe_length":
        if given := context.get("given"):
            return Sentence(
                Code.LENGTH, f"the breathing has more than one length: {' and '.join(given)}", "keep one of them"
            )
        if isinstance(value, str) and value not in bundled() and (only := _only_length(value)):
            return Sentence(
                Code.LENGTH,
                f"{quote(value)} is a length, and how to breathe is missing",
                f"write `breathe: {{pattern: long-exhale, {only}}}`, or another pattern in it",
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
