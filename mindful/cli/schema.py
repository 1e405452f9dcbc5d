"""`mindful schema`: the JSON Schema of scripts, so that an editor can help while writing."""

from __future__ import annotations

import json

import click

from mindful.cli.say import out


@click.command()
def schema() -> None:
    """Print the JSON Schema of scripts.

    Save it beside a script and begin the script with: # yaml-language-server: $schema=FILE
    """
    from mindful.script.schema import script_schema

    out(json.dumps(script_schema(), indent=2))
