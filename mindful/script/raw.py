"""A script's text before it is parsed: harmless characters, spaces that are spaces, escapes as YAML has them.

Called by `mindful.script.nodes`. Every line keeps its number, so that places stay those of the author's file.
"""

from __future__ import annotations

import re

from mindful.script.codes import Code
from mindful.script.problems import Problem, Source, Span, quote
from mindful.script.values import CONTROL

HARMFUL = re.compile(
    r"[\ud800-\udfff\ufffe\uffff]|\r(?!\n)|" + CONTROL.pattern.replace(r"\x0b-\x1f", r"\x0b\x0c\x0e-\x1f")
)
_NO_BREAK = re.compile("[\u00a0\u2007\u202f\u3000]")
_LEAD = re.compile(
    r"[ \u00a0\u2007\u202f\u3000]*(?:-[ \u00a0\u2007\u202f\u3000]+)*(?:[A-Za-z_][\w-]*:[ \u00a0\u2007\u202f\u3000]*)?"
)
_BULLET = re.compile("(\\s*)([•·▪◦‣–—−])\\s+(?=[a-z_]+:(?:\\s|$))")
_PAIR = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_BLOCK = re.compile(r"(\s*(?:- +)*)[A-Za-z_][\w-]*:\s*[|>][-+0-9]*\s*$")


def from_word(source: Source, lines: list[str]) -> list[Problem]:
    """What a word processor puts in: its spaces that do not break are taken for spaces, its bullets are told.

    Changes `lines` in place. A text below `|` or `>` may have whatever bullets it likes.
    """
    problems: list[Problem] = []
    block: int | None = None
    for number, line in enumerate(lines):
        if not line.isascii():
            lead = _LEAD.match(line)
            if lead:
                line = lines[number] = _NO_BREAK.sub(" ", lead[0]) + line[lead.end() :]
        if block is not None and line.strip() and len(line) - len(line.lstrip()) <= block:
            block = None
        if block is None and (begun := _BLOCK.match(line)):
            block = len(begun[1])
        elif block is None and not line.isascii() and (m := _BULLET.match(line)):
            problems.append(
                source.problem(
                    Code.INDENTATION,
                    Span(number, len(m[1])),
                    f"this line begins with {quote(m[2])}, as word processors write it; a step begins with a dash",
                    f"type a dash and a space in its place: `- {line[m.end() :].strip()[:60]}`",
                )
            )
            lines[number] = f"{m[1]}- {line[m.end() :]}"
    return problems


def join_pairs(lines: list[str]) -> dict[int, list[int]]:
    """JSON writes a rare character as two escapes (an emoji as `\\ud83d\\ude00`), which YAML wants as one.

    Changes `lines` in place, and returns for each changed line the columns where two characters less stand.
    """
    joined: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if '"' in line and (pairs := list(_PAIR.finditer(line))):
            joined[number] = [m.start() - 2 * n for n, m in enumerate(pairs)]
            lines[number] = _PAIR.sub(
                lambda m: f"\\U{0x10000 + ((int(m[1], 16) & 0x3FF) << 10) + (int(m[2], 16) & 0x3FF):08x}", line
            )
    return joined


def harmless(source: Source) -> tuple[str, list[Problem]]:
    """The text with each control character as a space, and a problem for each line that had one."""
    problems: dict[int, Problem] = {}
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    if not HARMFUL.search(text):
        return text, []
    out: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if found := HARMFUL.search(line):
            problems[number] = source.problem(
                Code.CONTROL,
                Span(number, found.start()),
                f"there is an invisible control character here (U+{ord(found.group()):04X})",
                "delete it and type the words around it anew; it often comes along when text is copied",
            )
            lead = len(line) - len(line.lstrip())
            line = HARMFUL.sub(" ", line[: lead + 1]) + HARMFUL.sub("_", line[lead + 1 :])
        out.append(line)
    return "\n".join(out), list(problems.values())
