"""Slips within `{ }` and `[ ]`: a comma forgotten, a bracket not closed, a sentence that needs quotes there.

`mindful.script.slips` asks here when the parser gave up in brackets. The author sees one line and one thing to do.
"""

from __future__ import annotations

import re

from mindful.script.codes import Code
from mindful.script.problems import Span, quote
from mindful.script.slip import At, Slip, quoted, rest, shortened, slip

_KEY = re.compile(r"(?:^|(?<=[{\[,]))\s*(?P<key>[A-Za-z_][\w-]*|\"[^\"]*\")\s*:\s+(?=\S)")
_NEXT = re.compile(r",\s*(?:[A-Za-z_][\w-]*|\"[^\"]*\")\s*:(?:\s|$)")
_FIELDS = frozenset((
    "id", "ask", "scale", "for", "cycles", "until", "pattern", "text", "answer", "options", "label", "steps",
    "pause", "speak", "cues", "sound", "strokes", "apart", "level", "fade", "inhale", "exhale", "hold", "rest",
    "top_up", "through", "min", "max", "default", "over", "from", "to", "times", "at_most", "script", "with",
    "required", "private", "why", "layer", "voice", "pace", "every", "at", "ramp", "visual", "bells", "open",
    "random", "warm_up", "say", "title", "source", "quiz", "hz", "beat", "low", "high", "count",
))  # fmt: skip
_VALUE = re.compile(r"(?:[a-z0-9][\w.-]*(?: (?:s|min|h))?|.*[?.!\"'}\])])\Z")


def bracket(at: At) -> Slip | None:
    """What is wrong within brackets, or None where the parser was not in any."""
    if "expected node content" in at.said and at.line[at.column : at.column + 1] in ("}", "]"):
        return slip(
            at,
            Code.BRACKETS,
            Span(at.number, at.column),
            f"this {at.line[at.column]} closes a bracket that was not opened",
            "delete it, or open the bracket before it",
        )
    if "flow" not in at.said:
        return None
    return _colon(at) or _comma(at) or _sentence(at) or _open(at)


def _text(at: At, within: int) -> tuple[re.Match[str], str, int] | None:
    """The key before a column of the line, its value as it was meant, and where that ends."""
    keys = list(_KEY.finditer(at.line, 0, within))
    if not keys:
        return None
    key = keys[-1]
    following = _NEXT.search(at.line, within)
    end = following.start() if following else len(at.line.rstrip())
    while end > within and ((following is None and at.line[end - 1] in "}]") or at.line[end - 1] == " "):
        end -= 1
    value = at.line[key.end() : end]
    # a bracket that belongs to the sentence comes back: `How is it, {name}`
    while value.count("{") > value.count("}") and at.line[end : end + 1] == "}":
        end += 1
        value = at.line[key.end() : end]
    return (key, value, end) if value and value[0] not in "\"'{[" else None


def _colon(at: At) -> Slip | None:
    if at.line[at.column : at.column + 1] != ":" or not (found := _text(at, at.column)):
        return None
    key, value, end = found
    before = at.line[key.end() : at.column].rstrip()
    head, _, word = before.rpartition(" ")
    if word in _FIELDS and head.rstrip().endswith(";"):
        first = head.rstrip().rstrip("; ")
        return slip(
            at,
            Code.BRACKETS,
            Span(at.number, key.end() + len(head.rstrip()) - 1),
            f"a comma parts the entries within {{ }}, not a semicolon, before `{word}`",
            f"write `{key['key']}: {first.strip()}, {word}: …`",
            f"{at.line[: key.end()]}{first}, {word}{at.line[at.column :]}",
        )
    if word in _FIELDS and _VALUE.match(head.strip()):
        return slip(
            at,
            Code.BRACKETS,
            Span(at.number, at.column - len(word), len(word)),
            f"a comma is missing before `{word}`",
            f"write `{key['key']}: {head.strip()}, {word}: …`",
            f"{at.line[: key.end()]}{head.rstrip()}, {word}{at.line[at.column :]}",
        )
    return slip(
        at,
        Code.COLON,
        Span(at.number, at.column),
        "within { } too, a sentence with a colon in it needs quotes around it",
        shortened(key["key"], value),
        at.line[: key.end()] + quoted(value) + at.line[end:],
    )


def _comma(at: At) -> Slip | None:
    """An entry on a line of its own, with no comma at the end of the line before."""
    above = at.number - 1
    while above >= 0 and not at.lines[above].strip():
        above -= 1
    begun = at.start[0] if at.start else at.number
    before = at.lines[above].rstrip() if above >= 0 else ""
    here = at.line.strip()
    if (
        above < begun
        or "expected ','" not in at.said
        or not before
        or before[-1] in ",{["
        or here[:1] in ("}", "]", "-", "")
    ):
        return None
    if at.line[: at.column].strip() or not re.match(r"[\"'{\[]|[A-Za-z_][\w-]*\s*:", here):
        return None
    last = before.strip()
    return slip(
        at,
        Code.BRACKETS,
        Span(above, len(before) - 1),
        "a comma is missing at the end of this line",
        f"write `{last},`" if len(last) <= 60 else "put a comma behind the last character of the line",
        before + ",",
        number=above,
    )


def _sentence(at: At) -> Slip | None:
    """A sentence with a brace or bracket in it: `{ask: How are you, {name}?}`."""
    start = at.start
    if start is None or start[0] != at.number or not (found := _text(at, at.column)):
        return None
    key, value, end = found
    if not re.search(r"[{}\[\]]", value) or len(value.split()) < 2:
        return None
    return slip(
        at,
        Code.SPECIAL_START,
        Span(at.number, key.end(), len(value)),
        "within { }, a sentence with a comma or a bracket in it needs quotes around it",
        shortened(key["key"], value),
        at.line[: key.end()] + quoted(value) + at.line[end:],
    )


def _open(at: At) -> Slip:
    line, column = at.start or (at.number, at.column)
    while line > 0 and at.lines[line][column : column + 1] not in ("{", "["):
        line, column = (line, column - 1) if column > 0 else (line - 1, len(at.lines[line - 1]))
    sign = at.lines[line][column : column + 1] or "{"
    close = "}" if sign == "{" else "]"
    whole = at.lines[line].rstrip()
    stuck = at.lines[at.number].strip()
    if line < at.number and whole.count(sign) > whole.count(close):
        return slip(
            at,
            Code.BRACKETS,
            rest(at.lines, line, column),
            f"the bracket {sign} that opens here is not closed before {quote(stuck, 30)} in line {at.number + 1}",
            f"put {close} where it ends, or a comma where one is missing",
        )
    return slip(
        at,
        Code.BRACKETS,
        rest(at.lines, line, column),
        f"the bracket {sign} that opens here is not closed, or a comma is missing within",
        f"put {close} where it ends, a comma between its entries, and quotes around sentences in it",
    )
