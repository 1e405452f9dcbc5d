"""`mindful list`: what can be played. Reads the index; imports neither models nor screen."""

from __future__ import annotations

import json
import textwrap

import click

from mindful.cli import exits
from mindful.cli.say import columns, either, fail, out, tell
from mindful.journal.printable import printable
from mindful.script import catalogue
from mindful.tongue import _
from mindful.tui.words import TIERS, between

NARROWEST, WIDEST = 40, 80


@click.command("list")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Only sessions with this tag; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_sessions(tags: tuple[str, ...], as_json: bool) -> None:
    """List the sessions that can be played, with how long they take."""
    show(tags, as_json)


def show(tags: tuple[str, ...] = (), as_json: bool = False) -> None:
    """Print the list; ends the command where a tag is on no session."""
    everything = catalogue.entries()
    found = [entry for entry in everything if all(_has(entry, tag) for tag in tags)]
    if not found:
        known = sorted({tag for entry in everything for tag in entry.tags})
        fail(
            exits.USAGE,
            _("No session has the tag {either}.").format(either=either(printable(t) for t in tags)),
            _("Tags: {known}").format(known=", ".join(known)),
        )
    if as_json:
        out(json.dumps({"mindful_sessions": catalogue.VERSION, "sessions": [_data(e) for e in found]}, indent=2))
        return
    width = max(NARROWEST, min(WIDEST, columns() or WIDEST))
    for entry in found:
        out(row(entry, width))
    tell("")
    tell(_("To play one: mindful play NAME. The signs mean: + gentle, ++ moderate, +++ intense."))


def row(entry: catalogue.Entry, width: int) -> str:
    """A session: its name and length, then what it is."""
    about = f"{between(entry.total_ms, entry.min_ms, entry.max_ms)}  {TIERS[entry.tier][0]}"
    head = f"{entry.id}  {about}"
    if len(head) > width:
        head = f"{entry.id}\n  {about}"
    text = catalogue.words(entry.summary) or catalogue.words(entry.title)
    return "\n".join([head, *textwrap.wrap(printable(text), width, initial_indent="  ", subsequent_indent="  ")])


def _has(entry: catalogue.Entry, tag: str) -> bool:
    return tag.strip().casefold() in {t.casefold() for t in entry.tags}


def _data(entry: catalogue.Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in catalogue.Entry.__dataclass_fields__ if name != "file"}
