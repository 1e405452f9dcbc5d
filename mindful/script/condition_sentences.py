"""What is said of a condition that cannot be read: the slip that was most likely made, and the condition without it.

Called by `mindful.script.sentences`.
"""

from __future__ import annotations

import re
from typing import Any

from mindful.script.codes import Code
from mindful.script.conditions import PARTED, mended_condition
from mindful.script.problems import quote
from mindful.script.said import Sentence

_SUM = re.compile(r"(?<=[\w)\"'])\s*(?:[+*/]|(?<=\s)[-−](?=\s))\s*(?=[\w(\"'-])")
"""A sign of arithmetic between two things."""
_LOWER = re.compile(r"\s*([a-z][\w-]*)\s+[-−]\s+([a-z][\w-]*)\s*(<=|>=|<|>)\s*-?[\d.]+\s*")


_AMOUNTS = {"high": ">= 70", "strong": ">= 70", "big": ">= 70", "bad": ">= 70", "low": "<= 30", "weak": "<= 30"}
_HOW_MUCH = re.compile(rf"\s+(?:is\s+)(?:very\s+|too\s+)?({'|'.join(_AMOUNTS)})\s*$", re.I)
"""How much in words, where a number is wanted."""


def _without_sum(owner: str, text: str) -> str:
    """What to write in place of a sum: of two answers, which is higher; else a number for each."""
    if m := _LOWER.fullmatch(text):
        return f"compare the two: `{owner}: {m[1]} {m[3][0]} {m[2]}`; by how much they differ cannot be asked"
    return (
        "work out the number and compare the answer with it, such as `before >= 60`; two answers with each other: "
        "`after < before`"
    )


def condition(value: Any, message: str, column: int, owner: str) -> Sentence:
    """The sentence for the `if` or `until` (`owner`) that stops being understood at `column`, counted from 0."""
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
        if m := _HOW_MUCH.search(text):
            compared = f"{text[: m.start()].strip()} {_AMOUNTS[m[1].casefold()]}"
            hint = f"write from which number on: `{owner}: {compared}`, or another"
        elif better := mended_condition(text):
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
    elif m := _SUM.search(text):
        message = "a condition compares, and cannot calculate"
        hint = _without_sum(owner, text)
        return Sentence(Code.CONDITION, message, hint, "", m.start() + len(m[0]) - len(m[0].lstrip()))
    elif not isinstance(value, str):
        message = "a condition is a comparison in words" if value is None else message
    return Sentence(Code.CONDITION, message, hint, "", column)
