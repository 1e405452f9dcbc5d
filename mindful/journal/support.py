"""The client's own plan for hard hours, and the people in it: `plan.toml` in the data folder, theirs to write.

Nothing in it is ever guessed: no number is filled in, no country assumed. Called by `mindful support`, by the page on
the screen and by the word `plan` in plain lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindful.journal.files import write_atomic
from mindful.tongue import _

MOST_BYTES = 256 * 1024

TEMPLATE = """\
# Your own plan for hard hours. It is yours: change it, leave out what you like. It stays on this computer.
# It is best written in a calm hour, and with the person who treats you, if there is one.
# Write between the quotation marks. A line that begins with # is not read.

# How I notice that it gets hard: thoughts, feelings, what I do.
signs = [
  # "I stop answering messages.",
]

# What helps me by myself, for a while.
helps = [
  # "A walk round the block.",
]

# Places and company that take my mind off it.
places = [
  # "The library.",
]

# What makes my surroundings safer, and who can help with it.
safer = [
  # "Someone else keeps the tablets.",
]

# What is worth going on for.
reasons = [
]

# People I can turn to. Copy these lines for each of them, without the # signs.
# [[people]]
# name = ""
# phone = ""
# note = ""

# Professionals, and the number to call in danger where I live. Look numbers up while all is well.
# [[professionals]]
# name = ""
# phone = ""
# note = ""
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, as the client wrote it."""

    name: str
    phone: str = ""
    note: str = ""

    @property
    def line(self) -> str:
        """`Ana, 0123 456, after six`."""
        return ", ".join(part for part in (self.name, self.phone, self.note) if part)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the client wrote; empty where nothing is written yet."""

    signs: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    safer: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    people: tuple[Contact, ...] = ()
    professionals: tuple[Contact, ...] = ()
    trouble: str = ""
    """Why the file, or a part of it, could not be read; in plain words."""
    text: str = ""
    """The file as it stands, where it could not be understood: even then it can be read."""

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return not (any(getattr(self, name) for name, _ in HEADINGS) or self.text)


HEADINGS: tuple[tuple[str, str], ...] = (
    ("people", _("People I can turn to")),
    ("professionals", _("Professionals")),
    ("helps", _("What helps me")),
    ("places", _("Places and company")),
    ("safer", _("What makes it safer here")),
    ("reasons", _("What is worth going on for")),
    ("signs", _("How I notice that it gets hard")),
)
"""The parts in the order in which they are shown: people first, for whoever opens this in a bad hour."""

DANGER = _("If you or someone else is in danger, call the emergency number of the place where you are.")
EMPTY = _("Nothing is written here yet. In a calm hour you can write down what helps you and whom you can call.")
HOW = _("mindful support edit opens it in your editor; it is a plain text file.")


def read(path: Path) -> Plan:
    """The plan. Never raises: what cannot be understood is shown as it stands."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return Plan(trouble=_("Your plan is too long to be shown here. Any editor opens it."))
        text = path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return Plan()
    except OSError as error:
        return Plan(
            trouble=_("Your plan could not be opened: {value}.").format(value=error.strerror or _("the system refused"))
        )
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        odd_file = _("Something in the file is not written as it should be ({error}). Here it is as it stands:")
        return Plan(trouble=odd_file.format(error=error), text=_without_comments(text))
    known = {name for name, _ in HEADINGS}
    lists: dict[str, Any] = {
        name: _contacts(data.get(name)) if name in ("people", "professionals") else _texts(data.get(name))
        for name in known
    }
    odd = sorted(set(data) - known)
    return Plan(
        **lists, trouble=_("Not read, for nobody knows what it is: {odd}.").format(odd=", ".join(odd)) if odd else ""
    )


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(str(item).strip() for item in items if isinstance(item, str | int | float) and str(item).strip())


def _contacts(value: object) -> tuple[Contact, ...]:
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            # A number without quotation marks is a number of TOML, and still a phone number.
            parts = {name: str(item.get(name, "")).strip() for name in ("name", "phone", "note")}
            if any(parts.values()):
                found.append(Contact(**parts))
        else:
            found += [Contact(text) for text in _texts(item)]
    return tuple(found)


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def lines(plan: Plan) -> list[tuple[str, str]]:
    """The plan to show, each line with what it is: `danger`, `heading`, `item`, `note` or `gap`."""
    out = [("danger", DANGER)]
    if plan.trouble:
        out += [("gap", ""), ("note", plan.trouble)]
    out += [("item", line) for line in plan.text.splitlines()]
    for name, heading in HEADINGS:
        if items := getattr(plan, name):
            out += [("gap", ""), ("heading", heading)]
            out += [("item", item.line if isinstance(item, Contact) else item) for item in items]
    if plan.empty:
        out += [("gap", ""), ("note", EMPTY), ("note", HOW)]
    return out


def begin(path: Path) -> bool:
    """Write the commented file to begin from, where there is none; whether it was written. Raises OSError."""
    if path.exists():
        return False
    write_atomic(path, TEMPLATE.encode())
    return True
