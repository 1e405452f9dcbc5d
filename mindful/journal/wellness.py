"""What keeps the client well: `wellness.yaml` in the data folder, theirs and their therapist's to write.

It begins with what was filled in on the sheet of that name (`plan: {form: wellness}`) and can be changed in any editor;
comments stay. A new sheet changes the parts that were filled in, and a weekly look (`wellness-review`) only its day.
Called by `mindful plan`, by the page of one's own plan on the screen, and when a session is over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mindful.journal.files import write_atomic
from mindful.journal.printable import CONTROL
from mindful.script.kinds.sheets import hours_of
from mindful.script.nodes import read as read_yaml
from mindful.script.problems import Source
from mindful.timeline.lifestyle import WELLNESS
from mindful.tongue import _

MOST_BYTES = 256 * 1024
FORM, REVIEW = "plan-wellness", "plan-wellness-review"
EVERY_DAYS = 7
"""How often a look is offered where nothing else is written."""
HEADINGS: dict[str, str] = {part.name: part.ask for part in WELLNESS}
"""What each part is called where it is shown: its question. A part of the client's own is called as they called it."""
TITLE = _("What keeps me well")
_OWN = ("mindful_wellness", "written", "looked", "every")
_KEY = re.compile(r"(?:\"([^\"]*)\"|'([^']*)'|([^\s#:\"'][^:#]*?))\s*:(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Wellness:
    """The plan as the file has it; empty where there is none."""

    parts: Mapping[str, str] = field(default_factory=dict)
    """By the part's name, in the order of the file; only what is filled in."""
    written: date | None = None
    looked: date | None = None
    """When somebody looked at it last."""
    every: int | None = EVERY_DAYS
    """Days after which a look is offered; None: never."""
    trouble: str = ""
    """Why the file, or a part of it, could not be read; in plain words."""
    text: str = ""
    """The file as it stands, where it could not be understood: even then it can be read."""

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.parts or self.text)

    def due(self, today: date) -> bool:
        """Whether so much time went by that a look may be offered."""
        last = max((day for day in (self.written, self.looked) if day is not None), default=None)
        return bool(self.parts) and self.every is not None and last is not None and (today - last).days >= self.every


def read(path: Path) -> Wellness:
    """The plan. Never raises: what cannot be understood is shown as it stands."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return Wellness(trouble=_("Your plan is too long to be shown here. Any editor opens it."))
        text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    except FileNotFoundError:
        return Wellness()
    except OSError as error:
        why = error.strerror or _("the system refused")
        return Wellness(trouble=_("Your plan could not be opened: {value}.").format(value=why))
    return understood(text)


def understood(text: str) -> Wellness:
    """The plan in a text. Never raises."""
    document = read_yaml(Source("wellness.yaml", text))
    data = document.data
    if document.problems or not document.readable or not isinstance(data, dict | None):
        problem = document.problems[0] if document.problems else None
        where = _("line {line}").format(line=problem.line) if problem else _("it has no parts")
        told = _("Something in the file is not written as it should be ({error}). Here it is as it stands:")
        return Wellness(trouble=told.format(error=where), text=text)
    data = data or {}
    parts = {str(k): said for k, v in data.items() if k not in _OWN and (said := _text(v))}
    every, odd = _every(data.get("every", f"{EVERY_DAYS} days"))
    written, looked = _day(data.get("written")), _day(data.get("looked"))
    wrong = [
        name for name, day in (("written", written), ("looked", looked)) if day is None and data.get(name) is not None
    ]
    wrong += ["every"] if odd else []
    told = _("Not understood: {odd}. A day is written 2026-11-30; `every` is such as 7 days, 2 weeks, or never.")
    return Wellness(parts, written, looked, every, trouble=told.format(odd=", ".join(wrong)) if wrong else "")


def _text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(said for each in value if (said := _text(each)))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        return None


def _every(value: object) -> tuple[int | None, bool]:
    """(days, whether it was not understood)."""
    word = str(value).strip().casefold()
    if value is None or value is False or word in ("never", "no"):
        return None, False
    hours = hours_of(f"{word} days" if word.isdecimal() else word)
    return (max(1, round(hours / 24)), False) if hours else (EVERY_DAYS, True)


def lines(plan: Wellness) -> list[tuple[str, str]]:
    """The plan to show, each line with what it is: `heading`, `item`, `note` or `gap`; nothing where nothing is."""
    out: list[tuple[str, str]] = [("note", plan.trouble), ("gap", "")] if plan.trouble else []
    out += [("item", line) for line in plan.text.splitlines()]
    known = [name for name in HEADINGS if name in plan.parts]
    for name in (*known, *(name for name in plan.parts if name not in HEADINGS)):
        out += [("heading", HEADINGS.get(name, name))]
        out += [("item", line.strip()) for line in plan.parts[name].splitlines() if line.strip()]
        out.append(("gap", ""))
    return out[:-1] if out and out[-1] == ("gap", "") else out


def beneath(path: Path) -> list[tuple[str, str]]:
    """The lines beneath the plan for hard hours, with their title; nothing where nothing is written."""
    found = lines(read(path)) if path.exists() else []
    return [("gap", ""), ("heading", TITLE), ("gap", ""), *found] if found else []


def when(plan: Wellness) -> str:
    """`Written on 2026-11-30, looked at last on 2026-12-07.`; empty where no day is known."""
    if plan.written and plan.looked:
        return _("Written on {day}, looked at last on {looked}.").format(day=plan.written, looked=plan.looked)
    if plan.written or plan.looked:
        told = _("Written on {day}.") if plan.written else _("Looked at last on {day}.")
        return told.format(day=plan.written or plan.looked)
    return ""


def offer() -> str:
    """Said when a look is due: an offer that can be left, and no debt that grows."""
    return _("If you like, a short look at what keeps you well: mindful plan review.")


TEMPLATE_HEAD = _(
    """\
# What keeps me well. It is yours: change it in any editor, alone or with the person who treats you.
# Words of several lines stand below |- and begin two blanks to the right. A line that begins with # is not read.
# A part of your own: write its name, a colon and |-, and its words below.
"""
)


def begun() -> str:
    """The commented file to begin from."""
    head = f"mindful_wellness: 1\n{TEMPLATE_HEAD}" + _("# How often a look is offered: 7 days, 2 weeks, never.\n")
    return head + f"every: {EVERY_DAYS} days\n" + "".join(f"\n# {ask}\n{name}:\n" for name, ask in HEADINGS.items())


def changed(text: str, parts: Mapping[str, str], **days: date | None) -> str:
    """The file with these parts and days (`written`, `looked`) in place of those that it has; all else stays.

    Raises ValueError where the file cannot be understood, or would not be afterwards.
    """
    if understood(text).text:
        raise ValueError("the file cannot be understood")
    rows = (text or begun()).rstrip("\n").split("\n")
    new = {name: _clean(words) for name, words in parts.items() if _clean(words)}
    known = {name: str(day) for name, day in days.items() if day is not None}
    for name, words in new.items():
        block = [f"{name}: |-", *(f"  {line}".rstrip() for line in words.split("\n"))]
        rows = _put(rows, name, block, at_end=True)
    for name, day in known.items():
        rows = _put(rows, name, [f"{name}: {day}"], at_end=False)
    out = "\n".join(rows) + "\n"
    found = understood(out)
    if any(_same(found.parts.get(name)) != _same(words) for name, words in new.items()) or found.text:
        raise ValueError("the file would not be understood")
    return out


def _same(words: str | None) -> list[str]:
    return [line.rstrip() for line in (words or "").split("\n")]


def _clean(words: str) -> str:
    """Words that YAML takes as they are."""
    kept = CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\t", " "))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()


def _put(rows: list[str], name: str, block: list[str], *, at_end: bool) -> list[str]:
    """A key with its value in place of the one that is there, else at the end or behind the version."""
    for n, row in enumerate(rows):
        found = _KEY.match(row)
        if found and next((g for g in found.groups() if g is not None), "").strip() == name:
            end = n + 1
            while end < len(rows) and (rows[end].startswith((" ", "\t", "- ")) or not rows[end].strip()):
                end += 1
            while end > n + 1 and not rows[end - 1].strip():
                end -= 1
            return [*rows[:n], *block, *rows[end:]]
    if at_end:
        return [*rows, "", *block]
    first = next((n + 1 for n, row in enumerate(rows) if row.startswith("mindful_wellness")), 0)
    return [*rows[:first], *block, *rows[first:]]


def keep(path: Path, parts: Mapping[str, str], **days: date | None) -> None:
    """Bring the file up to date; it is begun where there is none. Raises OSError, and ValueError as `changed` does."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("the file is too long")
        before = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    except FileNotFoundError:
        before = ""
    after = changed(before, parts, **days)
    if after != before:
        write_atomic(path, after.encode())


def of_sheet(answer: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in on the sheet."""
    return {name: value for name in HEADINGS if isinstance(value := answer.get(name), str) and value.strip()}
