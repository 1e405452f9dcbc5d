"""`mindful evidence`: what is known about a practice, how well, and what failed to show."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli.say import columns, either, fail, out, tell
from mindful.journal.printable import printable
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.script.evidence import Card, Finding

NARROWEST, WIDEST = 40, 88
READ = {"record": _("; not read by us, its place is as others give it")}


@click.command()
@click.argument("practice", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def evidence(practice: str | None, as_json: bool) -> None:
    """What is known about PRACTICE: found in whom, how big, what failed to show, with sources.

    PRACTICE is a name from the list, a session or a breath pattern. Without it: the list.
    """
    from mindful.script import evidence as known

    if practice is None:
        _list(as_json)
        return
    card = known.named(practice)
    if card is None:
        meant = known.near(practice)
        lines = [_("There is no card about “{practice}”.").format(practice=printable(practice))]
        lines.append(
            _("Did you mean {meant}?").format(meant=either(meant)) if meant else _("mindful evidence lists them all.")
        )
        fail(exits.USAGE, *lines)
    if as_json:
        out(json.dumps(data(card), ensure_ascii=False, indent=2))
        return
    width = max(NARROWEST, min(WIDEST, columns() or WIDEST))
    for line in text(card, width):
        out(line)


def _list(as_json: bool) -> None:
    from mindful.script.evidence import STRENGTHS, cards

    if as_json:
        everything = {"mindful_evidence": 1, "cards": [data(card) for card in cards().values()]}
        out(json.dumps(everything, ensure_ascii=False, indent=2))
        return
    for card in cards().values():
        out(f"{card.id:<22}  {STRENGTHS[card.strength]:<16}  {card.title}")
    tell("")
    tell(_("To read one: mindful evidence NAME. A card says what failed to show, too."))


def data(card: Card) -> dict[str, object]:
    """A card with its sources written out."""
    from mindful.script.bibliography import sources

    keys = list(dict.fromkeys(key for each in (*card.found, *card.failed) for key in each.source))
    return {**asdict(card), "sources": {key: sources()[key].cited for key in keys}}


def text(card: Card, width: int) -> list[str]:
    """A card, to read."""
    from mindful.script.bibliography import sources
    from mindful.script.evidence import STRENGTHS

    numbers: dict[str, int] = {}
    lines = [card.title, *_wrap(f"{card.in_short} ({STRENGTHS[card.strength]})", width)]
    for heading, findings in ((_("Found"), card.found), (_("Not found, or against it"), card.failed)):
        if findings:
            lines += ["", heading]
            lines += _findings(findings, numbers, width)
    if card.unknown:
        lines += ["", _("Not known"), *_wrap(card.unknown, width, "  ")]
    if numbers:
        lines += ["", _("Sources")]
        for key, number in numbers.items():
            source = sources()[key]
            note = READ.get(source.read, "")
            lines += _wrap(f"[{number}] {source.cited}{note}", width, "      ", "  ")
    return lines


def _findings(findings: Iterable[Finding], numbers: dict[str, int], width: int) -> list[str]:
    lines: list[str] = []
    for each in findings:
        marks = " ".join(f"[{numbers.setdefault(key, len(numbers) + 1)}]" for key in each.source)
        lines += _wrap(f"{each.what}. {marks}", width, "    ", "  - ")
        for part in (each.whom, each.size):
            lines += _wrap(f"{part}.", width, "    ") if part else []
    return lines


def _wrap(said: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(said, width, initial_indent=indent if first is None else first, subsequent_indent=indent)
