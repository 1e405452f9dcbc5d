"""`if` and `until`: comparisons of names, numbers and strings, joined by and, or, not. Never evaluated as code.

A name without a value (a question left open) makes every comparison with it false. Where several options were chosen,
`==` holds when the other side is among them, and `!=` when it is not; they have no order. A name alone holds where it
has a value that is not nothing, zero or "no".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mindful.script.values import NAME, Values

_TOKEN = re.compile(
    r"""\s*(?:(?P<op>==|!=|<=|>=|<|>|\(|\))|(?P<number>-?\d+(?:\.\d+)?)|(?P<string>"[^"]*"|'[^']*')|(?P<word>"""
    + NAME
    + r"))"
)
_MAX_DEPTH = 50
_MAX_TOKENS = 400
_ANSWERS = {"yes": "yes", "no": "no", "true": "yes", "false": "no"}
"""Words that are answers to a yes-no question, not names."""


class ConditionError(ValueError):
    """A condition that cannot be read; `column` counts from 0 within it."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | float


@dataclass(frozen=True, slots=True)
class Compare:
    left: Name | Literal
    op: str
    right: Name | Literal


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class Join:
    op: str
    left: Node
    right: Node


Node = Compare | Not | Join | Name | Literal


def _value(node: Name | Literal, values: Values) -> Any:
    return node.value if isinstance(node, Literal) else values.get(node.name)


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    return None


def _compare(a: object, op: str, b: object) -> bool:
    if a is None or b is None:
        return False
    if isinstance(a, bool):
        a = "yes" if a and isinstance(b, str) else a if not isinstance(b, str) else "no"
    if isinstance(a, list | tuple) or isinstance(b, list | tuple):
        inside = any(_compare(x, "==", y) for x in _several(a) for y in _several(b))
        return inside if op == "==" else not inside if op == "!=" else False
    x, y = _number(a), _number(b)
    if x is None or y is None:
        left, right = str(a).casefold(), str(b).casefold()
        return {"==": left == right, "!=": left != right}.get(op, False)
    return {"==": x == y, "!=": x != y, "<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}[op]


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def alike(a: object, b: object) -> bool:
    """Whether two values count as equal in a condition: 5 and "5" do, and so do Rest and rest."""
    return _compare(a, "==", b)


def _holds(node: Node, values: Values) -> bool:
    if isinstance(node, Compare):
        return _compare(_value(node.left, values), node.op, _value(node.right, values))
    if isinstance(node, Not):
        return not _holds(node.part, values)
    if isinstance(node, Join):
        if node.op == "and":
            return _holds(node.left, values) and _holds(node.right, values)
        return _holds(node.left, values) or _holds(node.right, values)
    return bool(_value(node, values)) and _value(node, values) != "no"


def _names(node: Node) -> list[str]:
    if isinstance(node, Name):
        return [node.name]
    if isinstance(node, Compare | Join):
        return _names(node.left) + _names(node.right)
    return _names(node.part) if isinstance(node, Not) else []


def alone(node: Node, negated: bool = False) -> Iterator[tuple[str, bool]]:
    """Every name that stands alone, compared with nothing, and whether it is negated."""
    if isinstance(node, Name):
        yield node.name, negated
    elif isinstance(node, Not):
        yield from alone(node.part, not negated)
    elif isinstance(node, Join):
        yield from alone(node.left, negated)
        yield from alone(node.right, negated)


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while source[at:].strip():
            m = _TOKEN.match(source, at)
            if m is None:
                at += len(source[at:]) - len(source[at:].lstrip())
                raise ConditionError(f"“{source[at:].split()[0]}” is not understood here", at)
            kind = str(m.lastgroup)
            self.tokens.append((kind, m.group(kind), m.start(kind)))
            if len(self.tokens) > _MAX_TOKENS:
                raise ConditionError("this condition is too long", m.start(kind))
            at = m.end()
        self.end = len(source)
        self.i = 0
        self.depth = 0

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.i] if self.i < len(self.tokens) else ("end", "", self.end)

    def take(self) -> tuple[str, str, int]:
        token = self.peek()
        self.i += 1
        return token

    def either(self, op: str) -> bool:
        if self.peek()[:2] == ("word", op):
            self.i += 1
            return True
        return False

    def any_of(self) -> Node:
        node = self.all_of()
        while self.either("or"):
            node = Join("or", node, self.all_of())
        return node

    def all_of(self) -> Node:
        node = self.negated()
        while self.either("and"):
            node = Join("and", node, self.negated())
        return node

    def negated(self) -> Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ConditionError("this condition is nested too deeply", self.peek()[2])
        try:
            if self.either("not"):
                return Not(self.negated())
            if self.peek()[:2] == ("op", "("):
                self.take()
                node = self.any_of()
                kind, text, at = self.take()
                if text != ")" or kind != "op":
                    raise ConditionError("a closing ) is missing", at)
                return node
            left = self.operand()
            kind, op, at = self.peek()
            if kind == "op" and op != "(" and op != ")":
                self.take()
                return Compare(left, op, self.operand())
            if isinstance(left, Literal):
                raise ConditionError("a comparison is wanted, such as before >= 60", at)
            return left
        finally:
            self.depth -= 1

    def operand(self) -> Name | Literal:
        kind, text, at = self.take()
        if kind == "number":
            return Literal(float(text))
        if kind == "string":
            return Literal(text[1:-1])
        if kind == "word" and text not in ("and", "or", "not"):
            if text in _ANSWERS:
                return Literal(_ANSWERS[text])
            return Name(text)
        raise ConditionError("a name, a number or a word in quotes is wanted here", at)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, parsed."""

    source: str
    node: Node

    @classmethod
    def parse(cls, value: object) -> Condition:
        """Raises `ConditionError`."""
        if isinstance(value, Condition):
            return value
        if isinstance(value, bool | int | float) or not isinstance(value, str):
            raise ConditionError("a condition compares something, such as before >= 60", 0)
        parser = _Parser(value)
        if not parser.tokens:
            raise ConditionError("the condition is empty", 0)
        node = parser.any_of()
        kind, text, at = parser.peek()
        if kind != "end":
            raise ConditionError(f"“{text}” is not expected here", at)
        return cls(value, node)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids and variables it looks at."""
        return tuple(dict.fromkeys(_names(self.node)))

    def holds(self, values: Values) -> bool:
        return _holds(self.node, values)

    @classmethod
    def _validate(cls, value: object) -> Condition:
        try:
            return cls.parse(value)
        except ConditionError as e:
            raise PydanticCustomError("condition", "{message}", {"message": str(e), "column": e.column}) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.plain_serializer_function_ser_schema(lambda c: c.source)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "description": "A comparison, such as before >= 60 and mood < 4."}


_WORDS = (
    (r"is (?:greater|more|higher|larger|bigger) than or equal to|is at least|=>|≥", ">="),
    (r"is (?:less|lower|smaller|fewer) than or equal to|is at most|=<|≤", "<="),
    (r"(?:is )?(?:greater|more|higher|larger|bigger) than|(?:is )?(?:over|above)", ">"),
    (r"(?:is )?(?:less|lower|smaller|fewer) than|(?:is )?(?:under|below)", "<"),
    (r"is not|<>|≠", "!="),
    (r"is equal to|equals|is|===|(?<![=<>!])=(?!=)", "=="),
    (r"&&?", "and"),
    (r"\|\|?", "or"),
)


PARTED = re.compile(r"(?<![<>!=])([<>!=])\s+=(?!=)")
"""A sign of two characters with a space between them: `> =`."""


def mended_condition(source: str) -> str | None:
    """The condition that was surely meant by `{before} is more than 60 %`; None where that cannot be said."""
    text = re.sub(r"(\d)\s*%", r"\1", re.sub(r"[{}]", " ", source))
    text = re.sub(r"[“”„]", '"', PARTED.sub(r"\1=", text))
    for words, sign in _WORDS:
        text = re.sub(
            rf"(?<![\w-])(?:{words})(?![\w-])" if words[0] in "i(" and "=" not in words[:3] else words,
            f" {sign} ",
            text,
        )
    text = re.sub(r"\b(AND|OR|NOT|And|Or|Not)\b", lambda m: m[0].lower(), text)
    text = re.sub(r"(?<![\w\"'])[A-Z][\w-]*(?=\s*[=<>!])", lambda m: m[0].lower(), text)
    text = " ".join(text.split())
    try:
        Condition.parse(text)
    except ConditionError:
        return None
    return text
