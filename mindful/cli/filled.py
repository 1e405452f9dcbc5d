"""What the commands for filled-in sheets share: playing one form, and telling what was written as plain lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits
from mindful.cli.say import fail, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, figure

if TYPE_CHECKING:
    from mindful.journal.filled import Filled

_NAMED = ("what", "prediction", "thought")
"""What a plan or an experiment is called by, the first that was filled in."""

EMPTY = _("Nothing of this kind is in your journal yet.")


def play(session: str, wanted: Mapping[str, Any], answers: tuple[str, ...] = ()) -> int:
    """Play a bundled session, at once; the exit status."""
    from mindful.cli import options, scripts
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)
    given = scripts.pairs(answers, "--answer")
    return perform(lambda: Prepared(scripts.load(session), {}, given), wishes, begin=True)


def play_made(data: Mapping[str, Any], wanted: Mapping[str, Any], answers: tuple[str, ...] = ()) -> int:
    """Play a script that is made on the spot; the exit status."""
    from mindful.cli import made, options, scripts
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)
    given = scripts.pairs(answers, "--answer")
    return perform(lambda: Prepared(made.script(data), {}, given), wishes, begin=True)


ANSWER = click.option(
    "--answer", "answers", metavar="ID=VALUE", multiple=True, help="Answer a question beforehand, with --plain or "
    "without a terminal; repeatable."
)  # fmt: skip


def read(*forms: str) -> list[Filled]:
    """What was filled in, the latest first. Ends the command where the journal cannot be read."""
    from mindful.journal import filled

    try:
        return filled.find(home.journal(), *forms)
    except OSError as error:
        fail(exits.FAILED, _("The journal could not be read: {value}.").format(value=error.strerror or ""))


def pick(found: list[Filled], which: int) -> Filled:
    """The one with this number, 1 for the latest. Ends the command where there is none."""
    if not found:
        fail(exits.USAGE, EMPTY)
    if which > len(found):
        fail(exits.USAGE, _("There are {count}; 1 is the latest.").format(count=len(found)))
    return found[which - 1]


def said(value: object) -> str:
    """An answer as it is read: control characters of other people's text are gone."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "; ".join(said(each) for each in value)
    if isinstance(value, int | float):
        return figure(value)
    return printable(str(value), lines=True)


def back(each: Filled) -> str:
    """What a sheet looks back on, in the client's own words and with its day; nothing where it is no such sheet."""
    from mindful.journal import filled

    of = each.answer.get("of") or each.data.get("of")
    if not isinstance(of, str):
        return ""
    found = filled.target(home.journal(), of)
    if found is None:
        return _("Looks back on something that is no longer in the journal.")
    what = next((found.answer[name] for name in _NAMED if found.answer.get(name)), None)
    return _("Looks back on: {what} ({day})").format(what=short(what) or "…", day=f"{found.when:%Y-%m-%d}")


def account(each: Filled) -> list[str]:
    """All of one sheet, a question and its answer at a time; first what it looks back on."""
    rows = [f"{each.when:%Y-%m-%d %H:%M}", *([said_back] if (said_back := back(each)) else [])]
    for _name, ask, value in each.words():
        first, *more = said(value).split("\n")
        rows += ["", printable(ask), f"  {first}", *(f"  {line}" for line in more)]
    return rows


def listing(found: Iterable[Filled], line: Callable[[Filled], str]) -> None:
    """One line each; says so where there is none."""
    rows = [f"{each.number:>4}  {each.when:%Y-%m-%d}  {line(each)}".rstrip() for each in found]
    for row in rows:
        out(row)
    if not rows:
        tell(EMPTY)


def as_json(found: Iterable[Filled]) -> None:
    """All of it, for programs."""
    rows = [
        {
            "form": f.form,
            "when": f.when.isoformat(),
            "record": f.record,
            "answers": dict(f.answer),
            "data": dict(f.data),
        }
        for f in found
    ]
    out(json.dumps({"mindful_filled": 1, "filled": rows}, ensure_ascii=False, indent=2))


def short(value: object, most: int = 48) -> str:
    """The beginning of an answer, on one line."""
    words = " ".join(said(value).split()) if value is not None else ""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
