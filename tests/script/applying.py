"""Follows a hint to the letter, as somebody would who knows nothing of YAML: used to see whether hints work.

What is in back-quotes is typed as it stands: over the words that the caret marks, or over the entry whose key it begins
with. `…` stands for what the author had there. It follows only what hints really say; what it cannot follow, it leaves.
"""

from __future__ import annotations

import re

from mindful.script.problems import Problem

_TYPED = re.compile(r"`([^`]*)`")


def applied(text: str, p: Problem) -> str | None:
    """The text after the hint was followed; None where it says nothing that can be typed."""
    lines = text.split("\n")
    at, hint = p.line - 1, p.hint
    if p.hint.endswith(", without the dash"):
        lines[at] = re.sub(r"- +", "", lines[at], count=1)
        return "\n".join(lines)
    if p.hint.startswith("delete this one "):
        lines[at] = lines[at][: p.column - 1] + lines[at][p.column :]
        return "\n".join(lines)
    for follow in (_spaces, _tabs, _ends, _quotes, _dashes, _beside):
        if follow(lines, at, hint):
            return "\n".join(lines)
    typed = _TYPED.findall(hint)
    if not typed:
        return None
    if "leave" in hint and "below it" in hint:
        _below(lines, at, typed)
    elif "did you mean" in hint and not re.search(r"\? (write|put)", hint):
        _over(lines, p, typed[0])
    else:
        _type(lines, p, typed)
    return "\n".join(lines)


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _block(lines: list[str], at: int) -> range:
    """A line and those below that belong to it."""
    end = at + 1
    while end < len(lines) and lines[end].strip() and _lead(lines[end]) > _lead(lines[at]):
        end += 1
    return range(at, end)


def _spaces(lines: list[str], at: int, hint: str) -> bool:
    if m := re.search(r"put (\d+) more spaces? before (this line and those|this line|it)", hint):
        for n in _block(lines, at) if "those" in m[2] else (at,):
            lines[n] = " " * int(m[1]) + lines[n]
        return True
    if "for a new step write" not in hint and (m := re.search(r"put (?:exactly )?(\d+) spaces? before this", hint)):
        lines[at] = " " * int(m[1]) + lines[at].lstrip()
        return True
    return False


def _tabs(lines: list[str], at: int, hint: str) -> bool:
    if m := re.search(r"begin each step with (\d+) spaces, and what belongs to it with (\d+)", hint):
        for n, line in enumerate(lines):
            if re.match(r"[ ]*\t", line):
                lines[n] = " " * int(m[1] if line.lstrip().startswith("-") else m[2]) + line.lstrip()
        return True
    if m := re.search(r"begin it with (\d+) spaces", hint):
        lines[at] = " " * int(m[1]) + lines[at].lstrip()
        return True
    return False


def _ends(lines: list[str], at: int, hint: str) -> bool:
    if m := re.match(r"put (.) at the end of the text as well$|put (.) where it ends", hint):
        lines[at] = lines[at].rstrip() + (m[1] or m[2])
        return True
    if re.match(r"keep one of them|delete (it|this)", hint):
        del lines[at]
        return True
    return False


def _quotes(lines: list[str], at: int, hint: str) -> bool:
    if m := re.match(r'put a straight quote \("\) before “(.+)…” and another one behind “…(.+)”$', hint):
        start, end = lines[at].find(m[1]), lines[at].rfind(m[2]) + len(m[2])
        lines[at] = f'{lines[at][:start]}"{lines[at][start:end]}"{lines[at][end:]}'
        return True
    return False


def _dashes(lines: list[str], at: int, hint: str) -> bool:
    if "write a dash and a space before each step" not in hint:
        return False
    below = [n for n in _block(lines, at) if n > at]
    for n in below:
        if _lead(lines[n]) == _lead(lines[below[0]]):
            lines[n] = " " * _lead(lines[n]) + "- " + lines[n].lstrip()
    return True


def _beside(lines: list[str], at: int, hint: str) -> bool:
    m = re.match(r"put `([\w-]+): …` on a line of its own, in the same column as `([\w-]+)`$", hint)
    found = re.search(rf",?\s*(?<![\w-]){m[1]}:\s", lines[at]) if m else None
    kind = next((n for n in range(at, -1, -1) if m and re.search(rf"(?<![\w-]){m[2]}:", lines[n])), None)
    if m is None or found is None or kind is None:
        return False
    end = _end(lines[at], found.end())
    value = lines[at][found.end() : end].strip()
    lines[at] = lines[at][: found.start()] + lines[at][end:]
    lines.insert(at + 1, " " * lines[kind].index(f"{m[2]}:") + f"{m[1]}: {value}")
    if not lines[at].strip():
        del lines[at]
    return True


def _below(lines: list[str], at: int, typed: list[str]) -> None:
    """`leave repeat: alone on its line; below it, 4 spaces further in, come `times: 3` and …`"""
    lead = _lead(lines[at])
    lines[at] = " " * lead + "- " + typed[0]
    lines.insert(at + 1, " " * (lead + 4) + typed[1])


def _over(lines: list[str], p: Problem, typed: str) -> None:
    """Type over the words that the caret marks; a name in braces is marked with or without them."""
    line = lines[p.line - 1]
    start, end = p.column - 1, p.column - 1 + p.length
    if typed.startswith("{") and line[start : start + 1] != "{" and line[start - 1 : start] == "{":
        start, end = start - 1, end + 1
    lines[p.line - 1] = line[:start] + typed + line[end:]


def _type(lines: list[str], p: Problem, typed: list[str]) -> None:
    words = typed[0] if "such as" not in p.hint or len(typed) == 1 else typed[-1]
    at = p.line - 1
    line = lines[at]
    if p.hint.startswith("write it below `steps:`"):
        return
    if words.startswith("- "):
        _step(lines, at, words, p)
        return
    if m := re.match(r"([\w-]+: .+), ([\w-]+): …$", words):  # a comma that was forgotten
        without = rf"{re.escape(m[1])};? {re.escape(m[2])}:"
        if re.search(without, line):
            lines[at] = re.sub(without, lambda _: f"{m[1]}, {m[2]}:", line, count=1)
            return
    key = re.match(r"([\w-]+):(?: |$)", words)
    if key is None:
        _over(lines, p, words)
        return
    if "as well" in p.hint:
        for n in range(at, max(-1, at - 3), -1):
            if (brace := lines[n].find("{")) >= 0:
                lines[n] = lines[n][: brace + 1] + words + ", " + lines[n][brace + 1 :]
                return
    if p.hint.startswith("swap the two"):
        for each in typed:
            if start := re.search(rf"(?<![\w-]){each.split(':')[0]}:", lines[at]):
                lines[at] = lines[at][: start.start()] + each + lines[at][_end(lines[at], start.end()) :]
        return
    if p.code == "MF031" or (p.code == "MF037" and "setting" in p.message):
        _add(lines, p, words)
        return
    for n in range(at, max(-1, at - 6), -1):
        if found := re.search(rf"(?<![\w-]){re.escape(key[1])}:\s?", lines[n]):
            if n < at:
                del lines[at]  # what stood beside it is now within
            lines[n] = lines[n][: found.start()] + words + lines[n][_end(lines[n], found.end()) :]
            return
    _over(lines, p, words)


def _step(lines: list[str], at: int, words: str, p: Problem) -> None:
    """A step that is typed anew: what it begins with, and what the author had behind it."""
    line = lines[at]
    lead = _lead(line) if line.lstrip().startswith("-") or _lead(line) < 2 else _lead(line) - 2
    if "a dash is missing" in p.message or "bullet" in p.message:
        lead = _lead(line)
    if words.endswith("…"):
        rest = line.split(":", 1)[1].strip() if ":" in line else ""
        words = words.removesuffix("…").rstrip() + (" " + rest if rest else "")
    lines[at] = " " * lead + words


def _add(lines: list[str], p: Problem, words: str) -> None:
    """A key that is missing: into the brackets, or on a line above."""
    line = lines[p.line - 1]
    if p.code == "MF037":
        lines[p.line - 1] = words.replace("…", line.split(":", 1)[1].strip())
    elif (brace := line.find("{")) >= 0:
        lines[p.line - 1] = line[: brace + 1] + words + ", " + line[brace + 1 :]
    else:
        lines.insert(p.line - 1, words)


def _end(line: str, start: int) -> int:
    """Where the entry ends whose value begins at `start`: at its comma or bracket within brackets, else with the line."""
    deep = line.count("{", 0, start) - line.count("}", 0, start)
    if deep <= 0:
        return len(line)
    level = 0
    for n in range(start, len(line)):
        if line[n] in "{[":
            level += 1
        elif line[n] in "}]":
            if level == 0:
                return n
            level -= 1
        elif line[n] == "," and level == 0 and re.match(r",\s*[\w-]+:", line[n:]):
            return n
    return len(line)
