"""`--help` in the client's language: what click writes passes through here on its way to the page.

Texts of options and commands stay English where they are written; `author.catalogues` finds them there. Each paragraph
is looked up alone. Called by `cli.main` and by every group of commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from mindful import tongue
from mindful.tongue import N_, _

_OWN = (
    *(N_("Options"), N_("Commands"), N_("Usage:")),
    *(N_("Show this message and exit."), N_("Show the version and exit.")),
)
"""What click writes by itself."""
_EXTRA = re.compile(r"(?:(?P<help>.*?)  )?\[(?P<extra>[^\[\]]*)\]$", re.DOTALL)
"""`[default: 20 s; required]`, which click puts behind the text of an option."""


def paragraph(text: str) -> str:
    """A paragraph on one line, as the catalogue has it."""
    return " ".join(text.split())


def said(text: str) -> str:
    """A help text in the language in use, paragraph by paragraph."""
    return "\n\n".join(_(paragraph(part)) for part in re.split(r"\n\s*\n", text) if part.strip())


def _record(text: str) -> str:
    """The text of an option, with what click adds to it."""
    whole = said(text)
    if whole != paragraph(text) or (m := _EXTRA.fullmatch(text)) is None:
        return whole
    parts = []
    for part in m["extra"].split("; "):
        name, colon, value = part.partition(": ")
        if name == "default" and colon:
            parts.append(_("default: {value}").format(value=value))
        else:
            parts.append(_("required") if part == "required" else part)
    extra = f"[{'; '.join(parts)}]"
    return f"{said(m['help'])}  {extra}" if m["help"] else extra


class Formatter(click.HelpFormatter):
    """Writes help in the language in use; English passes as it is."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{_('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_(heading))

    def write_text(self, text: str) -> None:
        super().write_text(said(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _record(text)) for name, text in rows], col_max, col_spacing)


class Context(click.Context):
    """A context whose help is written by `Formatter`."""

    formatter_class = Formatter


def spoken(command: click.Command) -> click.Command:
    """The command, with its help in the language in use."""
    command.context_class = Context
    return command


class Group(click.Group):
    """A group of commands with all its help in the language in use."""

    context_class = Context

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        return None if command is None else spoken(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does it; in another language each command with its whole first sentence."""
        if tongue.language() == "en":
            super().format_commands(ctx, formatter)
            return
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, first_sentence(said(c.help or ""))) for name, c in found if c is not None and not c.hidden]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


def first_sentence(text: str) -> str:
    """The first sentence of a help text, without its full stop."""
    return re.split(r"(?<=[^.\s]{2})\.(?:\s|$)", text, maxsplit=1)[0].partition("\n\n")[0]
