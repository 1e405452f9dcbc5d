"""`mindful learn`: something to read about what practice and therapy rest on, with sources and a question or two."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, options
from mindful.cli.say import columns, either, fail, out, tell
from mindful.journal.printable import printable
from mindful.script import catalogue
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.cli.perform import Prepared

NARROWEST, WIDEST = 40, 80


@click.command()
@click.argument("card", required=False)
@click.option("--json", "as_json", is_flag=True, help="The list as JSON.")
@options.playing
def learn(card: str | None, as_json: bool, **wanted: Any) -> int:
    """Read CARD: how something works, what is known of it and how well, and a question to think about.

    Without CARD: what there is to read. You go on, or leave, whenever you like; --aloud has it read to you.
    """
    if card is None or as_json:
        _list(as_json)
        return exits.DONE
    found = catalogue.card(card)
    if found is None:
        meant = catalogue.near_cards(card)
        lines = [_("There is nothing to read about “{name}”.").format(name=printable(card))]
        lines.append(
            _("Did you mean {meant}?").format(meant=either(meant)) if meant else _("mindful learn lists what there is.")
        )
        fail(exits.USAGE, *lines)
    from mindful.cli.perform import perform

    name = found.id

    def prepare() -> Prepared:
        from mindful.cli import scripts
        from mindful.cli.perform import Prepared

        script = scripts.load(name)
        return Prepared(script, scripts.values(script, ()), {}, None)

    return perform(prepare, options.wishes(**wanted), begin=True)


def _list(as_json: bool) -> None:
    from mindful.tongue import language

    found = catalogue.cards()
    if as_json:
        each = [{"id": e.id, "title": e.title, "summary": e.summary} for e in found]
        out(json.dumps({"mindful_cards": 1, "cards": each}, ensure_ascii=False, indent=2))
        return
    width = max(NARROWEST, min(WIDEST, columns() or WIDEST))
    for entry in found:
        out(f"{entry.id}  {printable(catalogue.words(entry.title, language()))}")
        about = printable(catalogue.words(entry.summary, language()))
        for line in textwrap.wrap(about, width, initial_indent="  ", subsequent_indent="  "):
            out(line)
    tell("")
    tell(_("To read one: mindful learn NAME. To have it read to you: mindful learn NAME --aloud."))
