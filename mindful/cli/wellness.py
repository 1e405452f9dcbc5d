"""`mindful plan wellness`, `edit` and `review`: what keeps one well, as a page and as a file, looked at weekly."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, filled, options
from mindful.cli.editing import in_editor
from mindful.cli.say import fail, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.journal.store import Entry
    from mindful.journal.wellness import Wellness

_ENTRY = re.compile(r"^([-+]|\d{1,3}[.)])\s+")
_MARKUP = str.maketrans(
    {
        "*": "\N{ASTERISK OPERATOR}", "`": "'", "~": "\N{TILDE OPERATOR}",
        "[": "(", "]": ")", "{": "(", "}": ")",
    }
)  # fmt: skip
"""What small Markdown or a script would take for its own, and what is shown in its place."""


@click.command()
@click.option(
    "--edit", "edit_", is_flag=True, help="Fill it in, a question at a time; what is left open stays as it is."
)
@click.option("--review", "review_", is_flag=True, help="The weekly look; the same as mindful plan review.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write it to a file (.txt or .md), to share or print."
)
@filled.ANSWER
@options.playing
def wellness(edit_: bool, review_: bool, output: str | None, answers: tuple[str, ...], **wanted: Any) -> int:
    """What keeps you well: written by you, with your therapist if you like, and looked at once a week."""
    if review_:
        return _review(answers, wanted)
    if edit_:
        step = {"id": "wellness", "plan": {"form": "wellness"}}
        made = {"id": "plan-wellness", "title": _("What keeps me well"), "steps": [step]}
        return filled.play_made(made, wanted, answers)
    found = _plan()
    if found.empty and not found.trouble:
        tell(_("Nothing is written yet. mindful plan wellness --edit begins it."))
        return exits.DONE
    if output is None:
        _told(found)
        for row in _last_look(found):
            out(row)
        return exits.DONE
    from mindful.journal.files import write_atomic

    try:
        write_atomic(Path(output), ("\n".join(_page(found, output.lower().endswith(".md"))) + "\n").encode())
    except OSError as error:
        fail(exits.FAILED, _("It could not be written: {value}.").format(value=error.strerror or ""))
    tell(_("Written: {path}").format(path=output))
    return exits.DONE


@click.command()
def edit() -> None:
    """Open the file of what keeps you well in your editor ($VISUAL or $EDITOR). Without a terminal: say where it is."""
    from mindful.journal import wellness as plans
    from mindful.journal.files import write_atomic

    path = home.wellness_file()
    if not path.exists():
        found = _plan(clear=True)
        try:
            text = plans.begun()
            if found.parts:
                text = plans.changed(text, found.parts, written=found.written, looked=found.looked)
            write_atomic(path, text.encode())
        except OSError as error:
            fail(exits.FAILED, _("It could not be written: {value}.").format(value=error.strerror or ""))
    if not in_editor(path):
        return
    if trouble := plans.read(path).trouble:
        tell(printable(trouble))


@click.command()
@filled.ANSWER
@options.playing
def review(answers: tuple[str, ...], **wanted: Any) -> int:
    """A short look at what keeps you well, once a week or whenever you like: the page, and four questions."""
    return _review(answers, wanted)


def _review(answers: tuple[str, ...], wanted: dict[str, Any]) -> int:
    found = _plan()
    if found.empty:
        tell(_("Nothing is written yet. mindful plan wellness --edit begins it."))
        return exits.DONE
    page = "\n\n".join(_markdown(found)) or _("Your plan is in its file.")
    steps = [{"learn": {"text": page}}, {"id": "wellness", "plan": {"form": "wellness-review"}}]
    made = {"id": "plan-wellness-review", "title": _("Does it still fit?"), "steps": steps}
    return filled.play_made(made, wanted, answers)


def show() -> bool:
    """Tell the plan after the goals, and whether a look is due; whether there is one."""
    from mindful.journal import wellness as plans

    found = _plan()
    if found.empty and not found.trouble:
        return False
    out(plans.TITLE)
    _told(found)
    if found.due(date.today()):
        tell(plans.offer())
    return True


def _told(found: Wellness) -> None:
    for row in _page(found)[2:]:
        out(row)


def _last_look(found: Wellness) -> list[str]:
    """What was said at the last look since it was written: a wish to change something stands there."""
    from mindful.journal import wellness as plans

    looks = [each for each in filled.read(plans.REVIEW) if not found.written or each.when.date() >= found.written]
    if not looks:
        return []
    day = _("At the look on {day}:").format(day=f"{looks[0].when:%Y-%m-%d}")
    return ["", day, *filled.account(looks[0])[1:]]


def _page(found: Wellness, markdown: bool = False) -> list[str]:
    """The plan as lines of words: its title, what stands in each part, and its days."""
    from mindful.journal import wellness as plans

    rows = [f"# {plans.TITLE}" if markdown else plans.TITLE, ""]
    for kind, text in plans.lines(found):
        said = printable(text)
        if markdown:
            rows += [f"## {said}", ""] if kind == "heading" else [said, ""] if kind != "gap" else []
        else:
            rows.append(f"  {said}" if kind == "item" else said)
    days = plans.when(found)
    return [*rows, *(["", days] if days and not markdown else [days] if days else [])]


def _markdown(found: Wellness) -> list[str]:
    """The plan for the page on the screen; nothing that the client wrote is markup there, or a name to fill in."""
    from mindful.journal import wellness as plans

    out = []
    for kind, text in plans.lines(found):
        words = printable(text).translate(_MARKUP).lstrip("#> ").rstrip()
        if words:
            out.append(f"## {words}" if kind == "heading" else _ENTRY.sub("\\1\N{NO-BREAK SPACE}", words))
    return [*out, *([days] if (days := plans.when(found)) else [])]


def _plan(*, clear: bool = False) -> Wellness:
    """The plan of the file; where there is none, what was filled in last.

    A plan that was filled in before there was such a file gets one now, but not where the journal is encrypted: that
    would be the same words in clear. `clear`: the client asked for the file all the same, and it is not written here.
    """
    from mindful.journal import sealing
    from mindful.journal import wellness as plans

    path = home.wellness_file()
    if path.exists():
        return plans.read(path)
    found = filled.read(plans.FORM, plans.REVIEW)
    sheets = [each for each in found if each.form == plans.FORM]
    if not sheets:
        return plans.Wellness()
    parts: dict[str, str] = {}
    for each in reversed(sheets):
        parts |= plans.of_sheet(each.answer)
    looked = next((each.when.date() for each in found if each.form == plans.REVIEW), None)
    written = sheets[0].when.date()
    if parts and not clear and sealing.of(home.journal()) is None:
        with suppress(OSError, ValueError):  # it is shown all the same
            plans.keep(path, parts, written=written, looked=looked)
    return plans.Wellness(parts, written, looked)


def keep(entry: Entry) -> list[str]:
    """Bring the file up to date with what a session asked; what is to be told of it. Never raises."""
    from mindful.journal import filled as sheets

    if entry.record.get("simulated"):
        return []
    found = [each for each in sheets.of(entry) if each.form.startswith("plan-wellness")]
    if not found:
        return []
    from mindful.journal import sealing
    from mindful.journal import wellness as plans

    path, day = home.wellness_file(), entry.started.date()
    if not path.exists() and sealing.of(home.journal()) is not None:
        return []
    parts = {
        name: words for each in found if each.form == plans.FORM for name, words in plans.of_sheet(each.answer).items()
    }
    looked = day if any(each.form == plans.REVIEW for each in found) else None
    if not parts and (looked is None or not path.exists()):
        return []
    try:
        plans.keep(path, parts, written=day if parts else None, looked=looked)
    except OSError as error:
        return [_("The file of your plan could not be written: {value}.").format(value=error.strerror or "")]
    except ValueError:
        return [
            _("The file of your plan cannot be understood and was left as it is. What you wrote is in your journal.")
        ]
    return [_("Your plan is up to date: mindful plan wellness shows it.")] if parts else []
