"""The answers that a question offers, and what a person meant who wrote one without its quotes or only its first word.

`mindful.script.validate` asks here when a condition cannot be read, `mindful.script.references` for a word that is no
name, and `mindful.script.comparisons` for an answer that nobody can give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mindful.script.conditions import Condition, ConditionError
from mindful.script.problems import near
from mindful.script.values import NAME

Labels = Mapping[str, Sequence[str]]
"""Ids of questions, each with its answers."""

_SIDE = re.compile(rf"(?<![\w-])(?P<name>{NAME})\s*(?P<op>==|!=|=(?!=)|is not\b|is\b)\s*")
_WORDS = re.compile(r"[^\"'()<>=!]+?(?=\s+(?:and|or)\b|\s*\)|\s*$)")
_APOSTROPHE = re.compile(r"'((?:[^'\"]|(?<=\w)'(?=\w))*)'(?!\w)")


OPEN = (
    "", "left open", "open", "empty", "unanswered", "none", "null", "nothing", "missing", "blank", "skipped",
)  # fmt: skip
"""What people write for a question that was left unanswered."""


_OPEN_AS_SAID = (
    (r"(?<![\w-])(?:not answered|unanswered|left open)\s+({names})(?![\w-])", r"\1 is open"),
    (r"(?<![\w-])({names})\s+(?:(?:is|was)\s+)?(?:not answered|unanswered|left open)(?![\w-])", r"\1 is open"),
    (r"(?<![\w-])({names})\s+(?:(?:is|was)\s+)?answered(?![\w-])", r"\1 is not open"),
)
"""Other ways to say it: `before not answered`, `before was answered`."""


def labels_in(steps: Iterable[Any]) -> dict[str, list[str]]:
    """The answers of each question in the plain data of steps, as far as they can be read."""
    found: dict[str, list[str]] = {}
    for step in steps:
        for kind in ("choose", "ask") if isinstance(step, dict) else ():
            body = step.get(kind)
            options = body.get("options") if isinstance(body, dict) else None
            if not isinstance(body, dict) or not isinstance(body.get("id"), str) or not isinstance(options, list):
                continue
            texts = [o.get("label") if isinstance(o, dict) and kind == "choose" else o for o in options]
            words = [w for t in texts for w in (t.values() if isinstance(t, dict) else [t])]
            found[body["id"]] = [str(w) for w in words if isinstance(w, str | int | float)]
    return found


def label_meant(words: str, labels: Sequence[str]) -> str | None:
    """The answer that was meant by its words in other letters, by its first words, or by nearly its words."""
    wanted = " ".join(words.split()).casefold().rstrip(".!?…")
    same = [label for label in labels if label.casefold().rstrip(".!?…") == wanted]
    begun = [label for label in labels if re.match(re.escape(wanted) + r"\b", label.casefold())] if wanted else []
    if same or len(begun) == 1:
        return (same or begun)[0]
    return None if begun else next(iter(near(words, labels)), None)


def quoted_label(label: str) -> str | None:
    """The answer as a condition holds it; None for one with both sorts of quotes in it."""
    sign = next((s for s in "'\"" if s not in label), None)
    return None if sign is None else f"{sign}{label}{sign}"


def in_yaml(condition: str) -> str:
    """A condition as it can stand behind `if:`, between braces as well: in quotes where a label would end it."""
    if re.search(r":(\s|$)|\s#|[,\[\]{}]|^[\"'!&*%@`|>-]", condition):
        return '"' + condition.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return condition


def with_labels(source: str, labels: Labels) -> tuple[str, str] | None:
    """The condition with its bare words put as whole answers in quotes, and the first such words; None if unclear."""
    out, at, first = "", 0, ""
    for m in _SIDE.finditer(source):
        if m.start() < at or m["name"] not in labels:
            continue
        given = _bare(source, m.end(), labels[m["name"]])
        meant = label_meant(given, labels[m["name"]]) if given else None
        if meant is None or (label := quoted_label(meant)) is None:
            continue
        out += f"{source[at : m.start()]}{m['name']} {'!=' if m['op'] in ('!=', 'is not') else '=='} {label}"
        at, first = m.end() + len(given), first or given
    out += source[at:]
    return (in_yaml(out), first) if first and _reads(out) else None


def bare_answer(source: str, labels: Labels, column: int) -> tuple[str, str] | None:
    """The name and the bare words compared with it where a condition stops being read; None where it is not there."""
    for m in _SIDE.finditer(source):
        given = _bare(source, m.end(), labels[m["name"]]) if m["name"] in labels else ""
        if given and m.start() <= column <= m.end() + len(given):
            return m["name"], given
    return None


def listed(labels: Sequence[str]) -> str:
    """Answers as a condition holds them, in a row."""
    return ", ".join(quoted_label(label) or f"“{label}”" for label in labels)


def ratings_in(steps: Iterable[Any]) -> dict[str, float]:
    """The least that each rating in the plain data of steps can be."""
    found: dict[str, float] = {}
    for step in steps:
        body = step.get("rate") if isinstance(step, dict) else None
        if isinstance(body, dict) and isinstance(name := body.get("id"), str):
            scale = body.get("scale")
            least = scale.get("min", 0) if isinstance(scale, dict) else 0
            found[name] = least if isinstance(least, int | float) else 0
    return found


def with_open(source: str, ratings: Mapping[str, float]) -> str | None:
    """The condition with `after is unanswered` put so that it can hold; None where no rating is asked of so."""

    def one(m: re.Match[str]) -> str:
        answered = f"{m['name']} >= {ratings[m['name']]:g}" if m["name"] in ratings else m[0]
        return answered if m["name"] not in ratings or m["op"] in ("!=", "is not") else f"not ({answered})"

    words = "|".join(word for word in OPEN if word)
    mended, names = source, "|".join(map(re.escape, ratings))
    for way, plain in _OPEN_AS_SAID if names else ():
        mended = re.sub(way.replace("{names}", names), plain, mended)
    mended = re.sub(rf"{_SIDE.pattern}(?i:{words})(?![\w-])", one, mended)
    return in_yaml(mended) if mended != source and _reads(mended) else None


def _bare(source: str, at: int, labels: Sequence[str]) -> str:
    """The words without quotes that stand in a condition: a whole label where one does, else up to `and` or `or`."""
    rest = source[at:]
    for label in sorted(labels, key=len, reverse=True):
        if label and rest.casefold().startswith(label.casefold()) and not re.match(r"\w", rest[len(label) :]):
            return rest[: len(label)]
    m = _WORDS.match(rest)
    return m[0] if m and not re.fullmatch(r"-?\d+(\.\d+)?", m[0]) else ""


def with_apostrophes(source: str) -> str | None:
    """The condition with double quotes around a text that has an apostrophe in it; None where that is not the fault."""
    mended = _APOSTROPHE.sub(lambda m: f'"{m[1]}"' if "'" in m[1] else m[0], source)
    return in_yaml(mended) if mended != source and _reads(mended) else None


def _reads(source: str) -> bool:
    try:
        Condition.parse(source)
    except ConditionError:
        return False
    return True
