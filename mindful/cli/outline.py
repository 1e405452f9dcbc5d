"""`mindful outline`: a script as a table of times and as a picture, or as the whole timeline in JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from mindful.cli import fitting, scripts
from mindful.cli.say import columns, letters, out, tell
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.script.model import Script
    from mindful.timeline.fit import Limits
    from mindful.timeline.speech import Speech

MOST_COLUMNS = 160
"""A wider picture says no more."""


@click.command()
@click.argument("file")
@click.option("--set", "given", metavar="NAME=VALUE", multiple=True, help="Set a variable of the script; repeatable.")
@click.option("--fit", metavar="TIME", help=fitting.HELP)
@click.option("--picture", "only_picture", is_flag=True, help="Only the picture; on a terminal it is below the table.")
@click.option("--json", "as_json", is_flag=True, help="The whole timeline as JSON, in milliseconds.")
def outline(file: str, given: tuple[str, ...], fit: str | None, only_picture: bool, as_json: bool) -> None:
    """Show FILE, a script or a bundled session, as a table of times, and as a picture along one line of time."""
    from mindful.author.outline import length, rows, table, ways
    from mindful.author.picture import WIDTH, picture
    from mindful.script.tiers import tier_of_script
    from mindful.timeline.as_json import outline_json
    from mindful.timeline.fit import limits
    from mindful.timeline.outline import outline as lay_out
    from mindful.timeline.unfold import Setup

    script = scripts.load(file)
    values = scripts.values(script, given)
    written = Setup(script, values, speech=_lengths(script))
    laid = lay_out(fitting.fitted(written, fit))
    if as_json:
        out(json.dumps(outline_json(script, laid), indent=1))
        return
    found = rows(laid)
    if not only_picture:
        out(table(found).rstrip("\n"))
    if only_picture or sys.stdout.isatty():
        if not only_picture:
            out("")
        width = min(columns() or WIDTH, MOST_COLUMNS)
        out(picture(laid, width, ascii_only=not letters("█▁░═┬", sys.stdout)).rstrip("\n"))
    tell("")
    tier = tier_of_script(script, {**script.defaults(), **values})
    tell(f"{printable(script.title.source(script.language))}: {length(laid)}; tier {tier}.")
    for line in wrap(ways(laid), WIDTH):
        tell(line)
    if fit is None and (found_limits := limits(written)) is not None:
        tell(_fits(found_limits))
    marks = []
    if any(not row.sure for row in found):
        marks.append(
            "a start that depends on what the client does, as early as it can be: after the shortest way of a choice"
        )
    if any(row.estimated for row in found) and not only_picture:
        marks.append("a length guessed from the number of words")
    if marks:
        tell(f"~ is {', or '.join(marks)}.")
    if any(row.estimated for row in found):
        tell(f"To have every length exact, let the lines be said once: mindful bake {printable(file)}")
    for line in silenced(script):
        tell(line)


def _lengths(script: Script) -> Speech:
    """How long lines are, where they have been said before."""
    from mindful.audio.voice.lengths import known
    from mindful.cli import settings
    from mindful.journal import home
    from mindful.timeline.speech import Estimate

    named, command = settings.voice(home.settings_file())
    try:
        return known(script, home.voices(), named, None, command)
    except ValueError:
        return Estimate()


def _fits(found: Limits) -> str:
    """How far it can be stretched, in a sentence."""
    from mindful.timeline.as_clock import clock

    more = ", and what the client decides comes on top" if found.open else ""
    if found.least_ms >= found.most_ms:
        return f"--fit cannot change its length: it stays at {clock(found.least_ms)}{more}."
    return f"With --fit it can take {clock(found.least_ms)} to {clock(found.most_ms)}{more}."


def silenced(script: Script) -> Iterator[str]:
    """What the script leaves on purpose, and its reasons."""
    from mindful.script.codes import BY_CODE

    if script.silence:
        yield "Left on purpose:"
    for each in script.silence:
        where = f" at “{each.step}”" if each.step else ""
        yield f"  {each.code} {BY_CODE[each.code].title}{where}: {printable(each.reason)}"
