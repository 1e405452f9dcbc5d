"""The checks of what conditions compare: answers that nobody can give, several answers put in an order, numbers alone.

A condition that can be read may still never hold, and its step would be missing from every session without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mindful.script.codes import Code
from mindful.script.conditions import Compare, Condition, Join, Literal, Name, Node, Not, alike, alone
from mindful.script.kinds.ask import TAPPED, Ask, Rate
from mindful.script.kinds.flow import Choose
from mindful.script.labels import OPEN, in_yaml, label_meant, listed, quoted_label
from mindful.script.model import Script
from mindful.script.problems import Problem, quote
from mindful.script.scope import Question, Scope, scale_ends
from mindful.script.values import shown
from mindful.script.where import Where


def answers_of(question: Question | None) -> list[str] | None:
    """The answers that a question offers, in every language; None where any can be given."""
    if isinstance(question, Ask) and question.answer == "yes-no":
        return ["yes", "no"]
    texts = [o.label for o in question.options] if isinstance(question, Choose) else []
    texts += question.options if isinstance(question, Ask) else ()
    if not texts or any(text.names for text in texts):
        return None
    return [words for text in texts for _, words in text.languages]


def number_wanted(question: Question | None, name: str, op: str, word: str) -> tuple[str, str] | None:
    """Of a question that is answered with a number: what to write for a comparison with a word, and why.

    The first is empty where only the author can know the number. None for other questions.
    """
    if not isinstance(question, Rate) and not (isinstance(question, Ask) and question.answer in ("number", *TAPPED)):
        return None
    ends = scale_ends(question)
    answered = f"{name} >= {ends[0]:g}" if ends else f"{name} < 0 or {name} >= 0"
    if word.strip().casefold() in OPEN and op == "==":
        return f"not ({answered})", "for a question that was left open"
    if word.strip().casefold() in OPEN and op == "!=":
        return (answered if ends else f"({answered})"), "for a question that was answered"
    return "", f"compare it with a number, such as `{name} >= {sum(ends) / 2 if ends else 3:g}`"


def put(source: str, name: str, word: str, new: str, *, whole: bool) -> str | None:
    """The condition with the comparison of a name with a word, or only the word, put anew; None if it is not found."""
    sides = rf"(?<![\w-])(?P<left>{re.escape(name)}\s*(?:[<>=!]=?)\s*)(?P<q>[\"']?){re.escape(word)}(?P=q)(?![\w-])"
    mended, n = re.subn(sides, lambda m: new if whole else m["left"] + new, source)
    return in_yaml(mended) if n else None


def comparisons(script: Script, where: Where) -> Iterator[Problem]:
    """An answer is compared only with what can be answered."""
    scope = Scope.of(script)
    for scene in scope.scenes:
        for path, value in scene.placed.values:
            if not isinstance(value, Condition):
                continue
            for name, op, given in _with_literals(value.node):
                if name in script.variables or name in scene.placed.step.body.holes:
                    continue
                question = scene.known.get(name)
                if question is None and path[-1] == "until":
                    question = scope.asked.get(name, (0, None))[1]
                if said := _never(question, name, op, given):
                    word, key, old = shown(given), path[-1], value.source
                    line = put(old, name, word, said.new, whole=said.whole) if said.new else None
                    hint = f"{said.why + ', ' if said.why else ''}write `{key}: {line}`" if line else said.why
                    yield where.problem(Code.NO_ANSWER, path, said.message, hint, part=word)


def bare_numbers(script: Script, where: Where) -> Iterator[Problem]:
    """A number is compared with something: its name alone does not hold at 0 either, as if it were left open."""
    scope = Scope.of(script)
    for scene in scope.scenes:
        for path, value in scene.placed.values:
            if not isinstance(value, Condition):
                continue
            for name, negated in dict.fromkeys(alone(value.node)):
                question = scene.known.get(name)
                if question is None and path[-1] == "until":
                    question = scope.asked.get(name, (0, None))[1]
                said = None if name in script.variables else _answered(question, name)
                if said is None:
                    continue
                zero, answered = said
                if negated:
                    message = f"`not {name}` holds where it was left open, and also where the answer is 0"
                    hint = f"write `not ({answered})` for left open, or `{name} == 0` for an answer of 0"
                else:
                    message = f"`{name}` alone holds for every answer but 0"
                    hint = f"write `{answered}` for any answer, or `{zero}` for one that is not 0"
                part = f"not {name}" if f"not {name}" in value.source else name
                yield where.problem(Code.BARE_NUMBER, path, message, hint, part=part)


def _answered(question: Question | None, name: str) -> tuple[str, str] | None:
    """Conditions of an answer that is not 0, and of any answer; None where 0 is no answer, or it is no number."""
    if isinstance(question, Rate):
        low, high = scale_ends(question) or (0, 100)
        return (f"{name} != 0", f"{name} >= {low:g}") if low <= 0 <= high else None
    if isinstance(question, Ask) and question.answer == "number":
        return f"{name} != 0", f"{name} < 0 or {name} >= 0"
    return None


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a comparison that can never hold."""

    message: str
    new: str
    """What to write; empty where only the author can know."""
    why: str
    whole: bool
    """Whether it stands for the whole comparison, or for the word in it."""


def _never(question: Question | None, name: str, op: str, given: str | float) -> _Said | None:
    """None where the comparison may hold."""
    word = str(shown(given))
    holds = "always holds once there is an answer" if op == "!=" else "never holds"
    if isinstance(given, str) and not _is_number(given) and (number := number_wanted(question, name, op, given)):
        message = f"`{name}` is answered with a number: compared with {quote(given)}, this {holds}"
        return _Said(message, *number, whole=True)
    if (beyond := _off_the_scale(question, name, op, given)) is not None:
        return beyond
    answers = answers_of(question)
    if answers is None:
        return None
    if op not in ("==", "!=") and isinstance(question, Ask) and question.answer == "choices":
        why = f'write `{name} == "…"` for one that was chosen, `!=` for one that was not'
        return _Said(f"`{name}` is several answers, which are neither less nor more: this {holds}", "", why, whole=True)
    if any(alike(a, given) for a in answers) if op in ("==", "!=") else any(_is_number(a) for a in answers):
        return None
    meant = label_meant(word, answers) if op in ("==", "!=") else None
    new = (quoted_label(meant) if meant else None) or ""
    why = "" if new else f"compare it with one of its answers: {listed(answers)}"
    message = f"{quote(word)} is not one of the answers to `{name}`, and so this {holds}"
    return _Said(message, new, why, whole=False)


def _off_the_scale(question: Question | None, name: str, op: str, given: str | float) -> _Said | None:
    """What is said of a rating that is compared with a number that it cannot reach, or cannot but reach.

    `>=` the least and `<=` the most ask whether there is an answer at all, and so are fine.
    """
    ends = scale_ends(question)
    if not isinstance(question, Rate) or ends is None or not _is_number(str(given)):
        return None
    (low, high), number = ends, float(given)
    never = {
        "==": not low <= number <= high, ">": number >= high, ">=": number > high, "<": number <= low,
        "<=": number < low,
    }  # fmt: skip
    always = {
        "!=": not low <= number <= high, ">": number < low, "<": number > high,
        ">=": number < low,
        "<=": number > high,
    }  # fmt: skip
    if not never.get(op) and not always.get(op):
        return None
    holds = "never holds" if never.get(op) else "always holds once there is an answer"
    example = f"{name} {op if op not in ('==', '!=') else '>='} {(low + high) / 2:g}"
    message = f"`{name}` goes from {low:g} to {high:g}, and so `{name} {op} {shown(given)}` {holds}"
    return _Said(message, "", f"compare it with a number between the two, such as `{example}`", whole=False)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\s*-?\d+(\.\d+)?\s*", text))


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""`10 < before` is `before > 10`."""


def _with_literals(node: Node) -> Iterator[tuple[str, str, str | float]]:
    """Every comparison of a name with a word or number."""
    if isinstance(node, Compare):
        sides = (node.left, node.right)
        name = next((s.name for s in sides if isinstance(s, Name)), None)
        given = next((s.value for s in sides if isinstance(s, Literal)), None)
        if name is not None and given is not None:
            yield name, node.op if isinstance(node.left, Name) else _TURNED.get(node.op, node.op), given
    elif isinstance(node, Join):
        yield from _with_literals(node.left)
        yield from _with_literals(node.right)
    elif isinstance(node, Not):
        yield from _with_literals(node.part)
