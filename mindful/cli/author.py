"""`mindful author`: the workbench for one script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from mindful.cli import exits
from mindful.cli.say import dumb, fail, interactive
from mindful.journal.printable import printable


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--language", type=click.Choice(("en", "de")), default="en", help="Of the text that a new file begins with."
)
@click.option("--mute", is_flag=True, help="Without sound.")
@click.option("--sink", metavar="NAME", default="auto", help="What carries the sound, as for mindful play.")
def author(file: str, language: str, mute: bool, sink: str) -> int:
    """Write the script in FILE, with problems, outline and sound beside the text.

    A file that is not there yet begins with a short session, and is written when you save. F1 shows the keys.
    """
    path = _place(file)
    if not interactive() or dumb():
        name = printable(file)
        fail(
            exits.USAGE,
            "The workbench is drawn on a terminal, and there is none here.",
            f"Any editor does as well: mindful new {name} begins a script, mindful check {name} says what is wrong.",
        )
    from mindful.author.paper import Paper, UnreadableError
    from mindful.author.start import starter, title_of
    from mindful.author.yaml_text import name as name_of

    paper = Paper(path)
    try:
        text = paper.read()
    except UnreadableError as error:
        fail(exits.USAGE, printable(error))
    if text is None:
        text = starter("breath", title_of(path.stem) or "A session", name_of(path.stem), language)
    from mindful.cli.host import CliHost
    from mindful.cli.options import wishes
    from mindful.cli.perform import drawn
    from mindful.tui.author.run import run

    wanted = wishes(
        mute=mute,
        voice=None,
        language=None,
        plain=False,
        calm=False,
        sink=sink,
        sink_file=None,
        acknowledge=False,
        no_journal=True,
    )
    host = CliHost(replace(wanted, keep_voice=True, preview=True))
    try:
        return drawn(host, lambda: run(host, paper, text))
    finally:
        host.close()


def _place(file: str) -> Path:
    """The file that is meant; ends the command where it can be none."""
    path = Path(file)
    if not path.exists():
        from mindful.script import catalogue

        if file in catalogue.ids():
            fail(
                exits.USAGE,
                f"{file} is a bundled session, which stays as it is.",
                f"To write one like it: mindful new my-{file}.yaml --like {file}",
            )
        if not path.suffix:
            path = path.with_name(path.name + ".yaml")
    if path.is_dir():
        fail(exits.USAGE, f"“{printable(file)}” is a folder. Name the script in it.")
    if path.suffix.casefold() not in (".yaml", ".yml"):
        fail(exits.USAGE, f"A script's name ends with .yaml, such as {printable(path.stem or 'evening')}.yaml")
    if not path.parent.is_dir():
        fail(exits.USAGE, f"There is no folder “{printable(path.parent)}”.")
    return path
