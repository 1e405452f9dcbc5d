"""What a person did who wrote YAML that cannot be read: the parser's words turned into theirs.

`mindful.script.nodes` calls `explain` with the parser's error. A few slips make most of them (a colon in a sentence, a
quote that closes early, a step a column too far); each has its own sentence here. Where it is plain what was meant,
the mended line comes back too, so that the problems behind it are found in the same run.
"""

from __future__ import annotations

import re

import yaml

from mindful.script.brackets import bracket
from mindful.script.codes import Code
from mindful.script.conditions import mended_condition
from mindful.script.problems import Source, Span, quote
from mindful.script.slip import CURLY, ENTRY, At, Slip, mend, quoted, rest, slip, write
from mindful.script.values import parse_ms

_INDENTED_TAB = re.compile(r"[ ]*(?:-[ ]*)*\t")
_START = {
    "*": "an asterisk",
    "&": "an ampersand",
    "@": "an @ sign",
    "%": "a per cent sign",
    "`": "a back-quote",
    "{": "a brace",
    "[": "a bracket",
    "|": "a bar",
    ">": "a > sign",
    "!": "an exclamation mark",
    ",": "a comma",
    "?": "a question mark",
    "-": "a dash",
    "}": "a brace",
    "]": "a bracket",
}


_KEYS = frozenset((
    "mindful", "title", "summary", "author", "license", "language", "tags", "suits", "cautions", "settings",
    "variables", "fit", "steps", "id", "if", "label", "note", "optional", "stretch", "say", "pause", "bell",
    "sound", "breathe", "sit", "rate", "ask", "wait", "learn", "choose", "repeat", "include", "text", "for",
    "pattern", "cycles", "scale", "options", "answer", "times", "until", "at_most",
))  # fmt: skip
"""Keys that are known at once where the space after their colon is missing."""


_HEAD_KEYS = frozenset((
    "mindful", "title", "summary", "author", "license", "language", "tags", "suits", "cautions", "evidence", "settings",
    "variables", "fit", "patterns", "lexicon", "silence", "trains", "after",
))  # fmt: skip
"""Keys of the head, which have no dash."""


def explain(source: Source, lines: list[str], error: yaml.MarkedYAMLError) -> Slip:
    """The problem behind a parser's error, and the mended line where there is one."""
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    number = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    said = f"{error.context or ''} {error.problem or ''}"
    start = (context.line, context.column) if context and context.line < len(lines) else None
    at = At(source, lines, number, column, said, start)
    for recogniser in _RECOGNISERS:
        if found := recogniser(at):
            return found
    return Slip(
        source.problem(
            Code.SYNTAX,
            rest(lines, number, column),
            "the script cannot be understood from here on",
            "compare this line and the one above with an example: each step is a dash, a kind, a colon and a value",
        )
    )


def _no_script(at: At) -> Slip | None:
    """A letter or a list of notes: nothing in it is a key of a script."""
    if any(re.match(r"[\"']?(mindful|title|steps)[\"']?\s*:", line) for line in at.lines):
        return None
    first = next((n for n, line in enumerate(at.lines) if line.strip() and not line.startswith("#")), 0)
    if at.lines[first].lstrip()[:1] in ("-", "{", "[", "%", "\t") or re.match(r"\s*\S+\s*:", at.lines[first]):
        return None
    return slip(
        at,
        Code.NOT_A_MAP,
        rest(at.lines, first, 0),
        "this is not a script yet: it has none of the lines that every script begins with",
        "begin with the lines `mindful: 1`, `title: …` and `steps:`; below them stand steps: `  - say: Welcome.`",
    )


def _no_steps(at: At) -> Slip | None:
    """A step straight below the label of an option."""
    step = re.match(r"(\s*)- +([a-z_]+):(?:\s|$)", at.line)
    above = next((line for line in reversed(at.lines[: at.number]) if line.strip()), "")
    label = re.match(r"\s*(?:- +)?(?=label:\s)", above)
    if not step or step[2] not in _KEYS or not label or len(step[1]) < label.end():
        return None
    return slip(
        at,
        Code.INDENTATION,
        rest(at.lines, at.number, len(step[1])),
        f"{quote(step[2])} is a step: `steps:` is missing above",
        "put the line `steps:` above it, in the same column as `label`",
    )


def _no_space(at: At) -> Slip | None:
    """`-say: Welcome.` and `title:Rest`, at the line where the parser gave up or shortly above it."""
    for n in range(at.number, max(-1, at.number - 4), -1):
        line = at.lines[n]
        if m := re.match(r"(\s*)-([A-Za-z_]+:(?:\s.*)?)$", line):
            return slip(
                at,
                Code.INDENTATION,
                Span(n, len(m[1]), 1),
                "a space is missing after this dash",
                f"write `- {m[2].strip()[:60]}`",
                f"{m[1]}- {m[2]}",
                number=n,
            )
        if (m := re.match(r"(\s*(?:- +)?)([a-z_]+):([^\s:/].*)$", line)) and m[2] in _KEYS:
            return slip(
                at,
                Code.INDENTATION,
                Span(n, len(m[1]) + len(m[2]), 1),
                "a space is missing after this colon",
                f"write `{m[2]}: {m[3].strip()[:60]}`",
                f"{m[1]}{m[2]}: {m[3]}",
                number=n,
            )
    return None


def _equals(at: At) -> Slip | None:
    """`license = CC-BY-4.0`, at the line where the parser gave up or the one above it."""
    for n in range(at.number, max(-1, at.number - 2), -1):
        m = re.match(r"(?P<lead>\s*(?:- +)?)(?P<key>[a-z_]+)\s*=\s*(?P<value>[^=\s].*)$", at.lines[n])
        if m and m["key"] in _KEYS:
            return slip(
                at,
                Code.INDENTATION,
                Span(n, m.end("key"), max(1, m.start("value") - m.end("key"))),
                "a key is followed by a colon here, not by an equals sign",
                f"write `{m['key']}: {m['value'].strip()[:60]}`",
                f"{m['lead']}{m['key']}: {m['value']}",
                number=n,
            )
    return None


def _ran_on(at: At) -> Slip | None:
    """A quote that was never closed, and so went on to the next quote in the file."""
    for n in range(at.number, -1, -1):
        entry = ENTRY.match(at.lines[n])
        if not entry or (sign := entry["value"][0]) not in "\"'" or sign in entry["value"][1:]:
            continue
        below = next((line for line in at.lines[n + 1 :] if line.strip()), "")
        if below and not re.match(r"\s*(- +)?[A-Za-z_]+:(\s|$)", below):
            continue
        value = entry["value"] + sign
        return slip(
            at,
            Code.QUOTES,
            Span(n, entry.start("value"), len(entry["value"])),
            f"the quote that opens here ({sign}) is never closed",
            f"write `{entry['key']}: {value}`" if len(value) <= 60 else f"put {sign} at the end of the text as well",
            at.lines[n][: entry.start("value")] + value,
            number=n,
        )
    return None


def _tab(at: At) -> Slip | None:
    here = next((n for n in (at.number, at.number - 1) if n >= 0 and _INDENTED_TAB.match(at.lines[n])), None)
    if here is None:
        return None
    more = sum(bool(_INDENTED_TAB.match(line)) for line in at.lines) - 1
    wanted = _step_column(at, here)
    dash = wanted if at.lines[here].strip().startswith("-") else wanted - 2
    others = f" (like {more} more {'line' if more == 1 else 'lines'})" if more else ""
    return slip(
        at,
        Code.TAB,
        Span(here, at.lines[here].index("\t")),
        f"this line{others} is indented with a tab; only spaces count as indentation",
        f"begin each step with {dash} spaces, and what belongs to it with {dash + 2}"
        if more
        else f"begin it with {wanted} spaces",
    )


def _step_column(at: At, number: int) -> int:
    """How many spaces a line wants before it: below the dash above, or behind it."""
    above = next((n for n in range(number - 1, -1, -1) if re.match(r" *- ", at.lines[n])), None)
    dash = 2 if above is None else len(at.lines[above]) - len(at.lines[above].lstrip())
    return dash if at.lines[number].strip().startswith("-") else dash + 2


def _open_quote(at: At) -> Slip | None:
    if "quoted scalar" not in at.said:
        return None
    if "escape" in at.said:
        return slip(
            at,
            Code.QUOTES,
            Span(at.number, max(0, at.line.rfind("\\", 0, at.column + 1)), 2),
            "a backslash has a meaning of its own between double quotes",
            r"write \\ for a backslash, or use single quotes around the text",
        )
    line, column = at.start or (at.number, at.column)
    sign = at.lines[line][column : column + 1]
    return slip(
        at,
        Code.QUOTES,
        rest(at.lines, line, column),
        f"the quote that opens here ({sign}) is never closed",
        f"put {sign} at the end of the text as well",
    )


def _no_colon(at: At) -> Slip | None:
    if "could not find expected ':'" not in at.said:
        return None
    n = at.start[0] if at.start else at.number
    line = at.lines[n]
    lead = len(line) - len(line.lstrip())
    above = next((k for k in range(n - 1, -1, -1) if at.lines[k].strip()), None)
    if (alone := re.fullmatch(r"pause\s+(\S.*)", line.strip())) and parse_ms(alone[1]) is not None:
        return slip(
            at,
            Code.INDENTATION,
            rest(at.lines, n, lead),
            "a colon is missing behind `pause`, and so this line is taken for words",
            f"write `pause: {alone[1]}`",
            f"{' ' * lead}pause: {alone[1]}",
            number=n,
        )
    entry = ENTRY.match(at.lines[above]) if above is not None else None
    if entry and entry["value"][0] not in "\"'{[|>" and (wanted := len(entry["lead"]) + 2) > lead:
        more = wanted - lead
        return slip(
            at,
            Code.INDENTATION,
            rest(at.lines, n, lead),
            "if this line goes on with the sentence above, it begins too far to the left",
            f"put {more} more space{'s' if more > 1 else ''} before it, or write it behind the line above",
            " " * more + line,
            number=n,
        )
    return slip(
        at,
        Code.INDENTATION,
        rest(at.lines, n, lead),
        f"{quote(line.strip())} is neither a key with a colon nor the rest of the sentence above",
        "if it goes on from the line above, put the whole text in quotes; if it is a key, put a colon behind it",
    )


def _colon(at: At) -> Slip | None:
    if "mapping values are not allowed" not in at.said:
        return None
    entry = at.entry
    if not entry or entry.start("value") > at.column:
        return _wrong_column(at)
    if entry["value"][0] in "\"'{[":
        return None
    curly = "; curly quotes do not count as quotes here" if CURLY.search(entry["value"]) else ""
    return slip(
        at,
        Code.COLON,
        Span(at.number, at.column),
        f"this sentence has a colon in it, and so it needs quotes around it{curly}",
        write(entry),
        mend(at, entry, quoted(entry["value"])),
    )


def _started(at: At) -> Slip | None:
    entry = at.entry
    if not entry or (sign := entry["value"][0]) not in _START:
        return None
    if sign == "{" and re.match(r"\{\s*[\w-]+\s*:\s.*\}$", entry["value"]):
        return None  # a map, in which something else is wrong
    if entry["key"] in ("if", "until") and (condition := mended_condition(entry["value"])):
        return slip(
            at,
            Code.CONDITION,
            Span(at.number, entry.start("value"), len(entry["value"])),
            "names in a condition stand without braces",
            f"write `{entry['key']}: {condition}`",
            mend(at, entry, condition),
        )
    if sign in "{[":
        closing = entry["value"].find("}" if sign == "{" else "]")
        if not 0 <= closing < len(entry["value"]) - 1 or at.column <= entry.start("value") + closing:
            return None
    return slip(
        at,
        Code.SPECIAL_START,
        Span(at.number, entry.start("value")),
        f"a text that begins with {_START[sign]} ({sign}) needs quotes around it",
        write(entry),
        mend(at, entry, quoted(entry["value"])),
    )


def _closed_early(at: At) -> Slip | None:
    entry = at.entry
    if not entry or (sign := entry["value"][0]) not in "\"'" or at.column <= entry.start("value") + 1:
        return None
    inner = entry["value"]
    inner = inner[1:-1] if inner.endswith(sign) else inner
    return slip(
        at,
        Code.QUOTES,
        rest(at.lines, at.number, at.column),
        f"the quotes ({sign}) around this text are closed before it ends",
        f"put the whole text in double quotes, and use ' inside: `{entry['key']}: {quoted(inner)}`",
        mend(at, entry, quoted(inner)),
    )


def _closed_twice(at: At) -> Slip | None:
    """`{pattern: box}}`: the parser notices only at what follows."""
    for n in range(at.number, max(-1, at.number - 2), -1):
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", lambda m: "x" * len(m[0]), at.lines[n])
        for opens, closes in ("{}", "[]"):
            if bare.rstrip().endswith(closes * 2) and bare.count(closes) == bare.count(opens) + 1 and opens in bare:
                last = bare.rindex(closes)
                return slip(
                    at,
                    Code.BRACKETS,
                    Span(n, last),
                    f"this {closes} closes a bracket that was not opened",
                    f"delete this one {closes}",
                    at.lines[n][:last] + at.lines[n][last + 1 :],
                    number=n,
                )
    return None


def _indented(at: At) -> Slip | None:
    block = "block" in at.said or "document start" in at.said
    return _wrong_column(at) if block else None


def _wrong_column(at: At) -> Slip:
    """A line that begins where nothing can begin: told by the dash above it."""
    line, number = at.line, at.number
    column = len(line) - len(line.lstrip())
    above = next((n for n in range(number - 1, -1, -1) if at.lines[n].lstrip().startswith("- ")), None)
    dash = len(at.lines[above]) - len(at.lines[above].lstrip()) if above is not None else -1
    head = re.match(r"- +([a-z_]+:(?:\s.*)?)$", line)
    if dash < 0 and head and head[1].partition(":")[0] in _HEAD_KEYS:
        message = "a dash begins a step, and this is a key of the head"
        hint = f"write `{head[1].strip()[:60]}`, without the dash"
        return slip(at, Code.INDENTATION, Span(number, 0), message, hint, head[1])
    if dash < 0:
        message = f"this line begins in column {column + 1}, where nothing fits"
        hint = "keys that belong together begin in the same column; a step begins with a dash"
    elif line.lstrip().startswith("-") and column > dash and (step := IF_ALONE.match(at.lines[above or 0])):
        message = f"steps cannot stand below `if: {step['if'][:40]}`: an `if` belongs to one step"
        hint = (
            "give each step its own `if`; or, for all at once, put three lines below the `if`, in its column, "
            f"`repeat:`, `  times: 1` and `  steps:`, and {max(1, dash + 6 - column)} more spaces before these steps"
        )
    elif line.lstrip().startswith("-"):
        message = f"this dash stands in column {column + 1}; the dash above stands in column {dash + 1}"
        where = f"exactly {dash} space{'s' if dash != 1 else ''}" if dash else "no space"
        hint = f"dashes of one list stand exactly below each other: put {where} before this one"
    elif column == dash:
        message = "a dash is missing here, or this line begins too far to the left"
        hint = _dash_missing(line.strip(), dash, _if_of(at.lines[above or 0 : number]))
    else:
        message = f"this line begins in column {column + 1}, where nothing fits"
        hint = f"the keys of the step above begin in column {dash + 3}: put {dash + 2} spaces before this line"
    return slip(at, Code.INDENTATION, rest(at.lines, number, column), message, hint)


IF_ALONE = re.compile(r"\s*- +if:\s+(?P<if>\S.*?)\s*$")


def _if_of(step: list[str]) -> str:
    """The condition of a step, by its lines; empty where it has none."""
    found = (re.match(r"\s*(?:- +)?if:\s+(\S.*?)\s*$", line) for line in step)
    return next((m[1] for m in found if m), "")


def _dash_missing(text: str, dash: int, condition: str) -> str:
    """What to do with a line that stands in the column of the dashes, under a step that may have an `if`."""
    begun = f"write `- {text[:50]}`"
    further = f"put {dash + 2} spaces before this line"
    from mindful.script.model import KINDS  # which itself reads files by way of this module

    if text.partition(":")[0] == "steps":
        return f"{further}: these steps belong to what stands above"
    if not condition:
        return f"for a new step {begun}; to go on with the step above, {further}"
    with_if = f"write `- if: {condition}` on a line above it"
    key = text.partition(":")[0]
    if key in KINDS and key != "pause":
        return f"for a second step with the same `if`, {with_if}, and {further}; for one that always comes, {begun}"
    return f"to go on with the step above, {further}; for a step of its own with the same `if`, {with_if} as well"


_RECOGNISERS = (
    _no_script, _tab, _no_steps, _no_space, _equals, _ran_on, _open_quote, _no_colon, _colon, _started, _closed_early,
    bracket, _closed_twice, _indented,
)  # fmt: skip
