"""`mindful simulate`: a script played in a moment by made-up clients."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mindful.cli import exits, fitting, scripts
from mindful.cli.say import either, fail, out, tell
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.author.clients import Client


@click.command()
@click.argument("file")
@click.option(
    "--client",
    "names",
    metavar="NAME",
    multiple=True,
    help="calm, distressed, stops, silent, random, or a "
    "file with a client of your own; repeatable. Without it all five.",
)
@click.option("--seed", type=int, default=0, help="Other chances for what is random.")
@click.option("--set", "given", metavar="NAME=VALUE", multiple=True, help="Set a variable of the script; repeatable.")
@click.option("--fit", metavar="TIME", help=fitting.HELP)
@click.option(
    "--journal",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep their records in this folder, marked as simulated.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def simulate(
    file: str,
    names: tuple[str, ...],
    seed: int,
    given: tuple[str, ...],
    fit: str | None,
    journal: Path | None,
    as_json: bool,
) -> int:
    """Play FILE, a script or a bundled session, with made-up clients, in a moment and without sound.

    Shows how long each takes, what is asked and answered, which ways are taken, and which never are.
    """
    from mindful.author import simulation_text
    from mindful.author.simulate import simulate as play
    from mindful.author.simulated import Given
    from mindful.timeline.unfold import Setup

    script = scripts.load(file)
    values = scripts.values(script, given)
    clients = _clients(names)
    fit_ms = fitting.wanted(Setup(script, values), fit)
    found = play(Given(script, values, seed, fit_ms), clients, journal)
    if as_json:
        out(json.dumps(simulation_text.as_json(found), indent=1, ensure_ascii=False))
    else:
        out(simulation_text.text(found).rstrip("\n"))
    if journal is not None:
        kept = sum(run.file is not None for run in found.runs)
        if kept < len(found.runs):
            fail(exits.FAILED, f"{len(found.runs) - kept} of the records could not be written to {printable(journal)}.")
        tell(f"Records kept in {printable(journal)}: {kept}, marked as simulated.")
    return exits.DONE


def _clients(names: tuple[str, ...]) -> list[Client]:
    from mindful.author import clients

    found = []
    for name in names or clients.BUILT_IN:
        if name in clients.BUILT_IN:
            found.append(clients.built_in(name))
            continue
        if not Path(name).is_file():
            known = f"A client is {either(clients.BUILT_IN)}, or a file of your own."
            fail(exits.USAGE, f"There is no made-up client and no file called “{printable(name)}”. {known}")
        try:
            found.append(clients.load(Path(name)))
        except clients.ClientError as error:
            fail(exits.PROBLEMS, printable(str(error), lines=True))
    return found
