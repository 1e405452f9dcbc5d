"""`mindful schema`: the JSON Schema of scripts or of programmes, so that an editor can help while writing."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mindful.cli import exits
from mindful.cli.say import fail, out, tell
from mindful.journal.printable import printable


@click.command()
@click.option(
    "-o", "--output", metavar="FILE", help="Write it to FILE, such as mindful.schema.json beside your scripts."
)
@click.option("--programme", is_flag=True, help="That of programmes, in place of that of scripts.")
@click.option("--force", is_flag=True, help="Write over a file that is something else.")
def schema(output: str | None, programme: bool, force: bool) -> None:
    """Print the JSON Schema of scripts or of programmes, or write it to a file.

    A script that mindful new wrote names mindful.schema.json in its first line: put it beside the script once, and an
    editor that knows YAML will complete words and underline slips. It needs no network.
    """
    from mindful.script.programme.schema import programme_schema
    from mindful.script.schema import script_schema

    text = json.dumps(programme_schema() if programme else script_schema(), indent=2)
    if output is None:
        out(text)
        return
    path = Path(output)
    if path.exists() and not force and not _a_schema(path):
        fail(exits.USAGE, f"{printable(path)} is there already and is something else. --force writes over it.")
    from mindful.author.paper import replace

    try:
        replace(path, (text + "\n").encode())
    except OSError as error:
        fail(exits.FAILED, f"{printable(path)} could not be written: {(error.strerror or 'no reason given').lower()}.")
    tell(f"{printable(path)} is written.")


def _a_schema(path: Path) -> bool:
    """Whether the file is an earlier schema, which may be renewed."""
    from mindful.script.schema import DIALECT

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return bool(found["$schema"] == DIALECT and found["title"] in ("Session script", "Programme"))
    except (OSError, ValueError, KeyError, TypeError):
        return False
