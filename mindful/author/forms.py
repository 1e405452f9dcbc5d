"""Forms for a step: choose a kind, fill in a few fields, and the YAML is written. Nobody has to type it.

Pure: fields and their values in, lines out. The workbench shows them; a test loads what each form writes. Only what
most sessions need is asked; everything else can be added in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mindful.author import body_forms, therapy_forms, yaml_text
from mindful.author.context import parse
from mindful.author.form_parts import NAME_HINT, Field, Form, Values, flow, length, listed
from mindful.author.place import entry_at
from mindful.script.load import loads
from mindful.script.patterns import bundled
from mindful.script.values import NAME


def _say(v: Values) -> list[str]:
    body = yaml_text.value("say", v["text"], 2)
    body[0] = "- " + body[0].lstrip()
    return body + ([f"  pause: {length(v['pause'])}"] if v["pause"].strip() else [])


def _pause(v: Values) -> list[str]:
    return [f"- pause: {length(v['for'])}"]


def _bell(v: Values) -> list[str]:
    strokes = "" if v["strokes"] in ("", "1") else v["strokes"]
    return ["- " + flow("bell", ("sound", v["sound"]), ("strokes", strokes), short="sound")]


def _sound(v: Values) -> list[str]:
    return [
        "- " + flow("sound", ("layer", v["layer"]), ("level", "" if v["level"] == "0" else v["level"]), short="layer")
    ]


def _breathe(v: Values) -> list[str]:
    pattern = v["pattern"]
    if (
        "-" in pattern
        and all(part.replace(".", "", 1).isdigit() for part in pattern.split("-"))
        and pattern not in bundled()
    ):
        names = {2: ("inhale", "exhale"), 3: ("inhale", "hold", "exhale"), 4: ("inhale", "hold", "exhale", "rest")}
        parts = pattern.split("-")
        named = zip(names.get(len(parts), ()), parts, strict=False)
        pattern = "{" + ", ".join(f"{n}: {p}" for n, p in named if float(p)) + "}"
    return ["- " + flow("breathe", ("pattern", pattern), ("for", length(v["for"])))]


def _sit(v: Values) -> list[str]:
    bells = f"{{every: {length(v['every'])}}}" if v["every"].strip() else ""
    return ["- " + flow("sit", ("for", length(v["for"])), ("bells", bells), short="for")]


def _rate(v: Values) -> list[str]:
    return ["- " + flow("rate", ("id", v["id"]), ("ask", yaml_text.scalar(v["ask"])), ("scale", v["scale"]))]


def _ask(v: Values) -> list[str]:
    options = listed(v["options"]) if v["answer"] in ("choice", "choices") else ""
    return [
        "- "
        + flow(
            "ask", ("id", v["id"]), ("text", yaml_text.scalar(v["text"])), ("answer", v["answer"]), ("options", options)
        )
    ]


def _wait(v: Values) -> list[str]:
    return ["- wait: " + yaml_text.sentence(v["text"])]


def _learn(v: Values) -> list[str]:
    return ["- learn:", *yaml_text.value("title", v["title"], 4), *yaml_text.value("text", v["text"], 4)]


def _choose(v: Values) -> list[str]:
    out = [
        "- choose:",
        *([f"    id: {v['id']}"] if v["id"] else []),
        *yaml_text.value("ask", v["ask"], 4),
        "    options:",
    ]
    for name in ("first", "second", "third"):
        if v[name].strip():
            words = yaml_text.value("label", v[name], 8)
            out += ["      - " + words[0].lstrip(), *words[1:], "        steps:", "          - pause: 5 s"]
    return out


def _repeat(v: Values) -> list[str]:
    words = yaml_text.value("say", v["text"], 8)
    pause = [f"        pause: {length(v['pause'])}"] if v["pause"].strip() else []
    return ["- repeat:", f"    times: {v['times']}", "    steps:", "      - " + words[0].lstrip(), *words[1:], *pause]


def _include(v: Values) -> list[str]:
    return ["- include: " + yaml_text.sentence(v["script"])]


__all__ = ["BY_KIND", "FORMS", "Field", "Form", "Insertion", "insertion", "problem"]
FORMS: tuple[Form, ...] = (
    Form("say", "words for the client", (
        Field("text", "What is said", hint="[pause 4 s] within the words is a silence"),
        Field("pause", "Silence after it", "4 s", needed=False),
    ), _say),
    Form("pause", "a silence", (Field("for", "How long", "10 s"),), _pause),
    Form("breathe", "paced breathing", (
        Field("pattern", "Pattern", "long-exhale", hint="a name, or seconds: 4-6 (in, out), 4-2-6 (in, hold, out)"),
        Field("for", "How long", "2 min"),
    ), _breathe),
    Form("bell", "a bell", (
        Field("sound", "Sound", "bowl", ("bowl", "bell", "chime", "gong", "wood")),
        Field("strokes", "Strokes", "1", ("1", "2", "3", "4", "5", "6", "7", "8", "9")),
    ), _bell),
    Form("sit", "silent sitting", (
        Field("for", "How long", "5 min"),
        Field("every", "A bell every", "", needed=False, hint="such as 1 min; empty: no bells"),
    ), _sit),
    *body_forms.FORMS,
    Form("rate", "a number from the client", (
        Field("id", "Name of the answer", "now", hint=NAME_HINT),
        Field("ask", "Question", "How tense are you now?"),
        Field("scale", "Scale", "suds", ("suds", "mood", "stress", "pain", "urge", "calm", "energy", "affect")),
    ), _rate),
    Form("ask", "a question", (
        Field("id", "Name of the answer", "answer", hint=NAME_HINT),
        Field("text", "Question"),
        Field("answer", "Kind of answer", "text", ("text", "choice", "choices", "number", "yes-no", "time", "breaths")),
        Field("options", "To choose from", "", needed=False, hint="with commas between; for choice and choices"),
    ), _ask),
    Form("wait", "stays until the client goes on", (Field("text", "What is shown"),), _wait),
    Form("choose", "the client picks a way to go on", (
        Field("ask", "Question", "How would you like to go on?"),
        Field("first", "First way"),
        Field("second", "Second way"),
        Field("third", "Third way", needed=False),
        Field("id", "Name of the answer", "", needed=False, hint=NAME_HINT),
    ), _choose),
    Form("repeat", "the same steps again", (
        Field("times", "How often", "3"),
        Field("text", "Words in each round"),
        Field("pause", "Silence after them", "10 s", needed=False),
    ), _repeat),
    Form("learn", "something to read", (Field("title", "Title"), Field("text", "Text")), _learn),
    *therapy_forms.FORMS,
    Form("sound", "a background from here on", (
        Field("layer", "Sound", "ocean",
              ("ocean", "rain", "stream", "wind", "pink-noise", "brown-noise", "drone", "silence")),
        Field("level", "Louder or softer", "0", ("-12", "-9", "-6", "-3", "0", "3"), hint="in decibels"),
    ), _sound),
    Form("include", "the steps of another script", (
        Field("script", "Script", "settle", hint="a bundled session, or a file beside this one"),
    ), _include),
)  # fmt: skip
BY_KIND = {form.kind: form for form in FORMS}


def problem(form: Form, values: Values) -> str:
    """What is still missing or wrong, in a sentence; empty when the step can be put in."""
    for field in form.fields:
        if field.needed and not values.get(field.name, "").strip():
            return f"“{field.label}” is still empty."
        if field.name == "id" and values.get("id") and not re.fullmatch(NAME, values["id"]):
            return "A name has small letters, digits, - and _, and begins with a letter."
    if form.kind == "ground" and all(values.get(f.name) == "0" for f in form.fields if f.options[:1] == ("0",)):
        return "At least one sense is wanted."
    text = "\n".join(["mindful: 1", "title: A step", "steps:", *(f"  {row}" for row in form.write(values))]) + "\n"
    found = loads(text).problems
    first = next((p for p in found if p.severity == "error" and p.code not in _ELSEWHERE), None)
    return "" if first is None else f"{first.message[:1].upper()}{first.message[1:]}. {first.hint}".strip()


_ELSEWHERE = frozenset({"MF061", "MF062", "MF067", "MF069"})
"""Names and files are known only in the whole script: the list of problems tells of them once the step is in."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Lines to put in, and before which line."""

    row: int
    lines: tuple[str, ...]


def insertion(lines: Sequence[str], row: int, step: Sequence[str]) -> Insertion:
    """Where a step goes: behind the one that the cursor is in, in its list; else at the end of all steps.

    On an entry that is only a dash the step takes the place behind that entry too: the dash is the author's.
    """
    entry = entry_at(lines, row)
    if entry is not None:
        return _at(entry.last + 1, entry.indent, step)
    for number, text in enumerate(lines):
        line = parse(text)
        if line.key == "steps" and line.indent == 0 and not line.dashes:
            if row <= number:
                return _at(number + 1, _indent_below(lines, number), step)
            last = _end(lines, number)
            return _at(last + 1, _indent_below(lines, number), step)
    at = len(lines)
    while at > 0 and not lines[at - 1].strip():
        at -= 1
    return Insertion(at, ("steps:", *(f"  {text}" for text in step)))


def _at(row: int, indent: int, step: Sequence[str]) -> Insertion:
    return Insertion(row, tuple(" " * indent + text for text in step))


def _indent_below(lines: Sequence[str], number: int) -> int:
    for text in lines[number + 1 :]:
        line = parse(text)
        if line.dashes:
            return line.dashes[0]
        if not line.blank:
            break
    return 2


def _end(lines: Sequence[str], number: int) -> int:
    last = number
    for n in range(number + 1, len(lines)):
        line = parse(lines[n])
        if line.blank:
            continue
        if line.indent == 0 and not line.dashes:
            break
        last = n
    return last
