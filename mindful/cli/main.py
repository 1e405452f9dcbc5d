"""The command `mindful`. A command's module is imported when it runs, so `--help` starts at once and starts nothing.

`main` is the console command: whatever happens below it ends in a plain sentence and one of the statuses of `exits`.
"""

from __future__ import annotations

import difflib
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

import mindful
from mindful import tongue
from mindful.cli import exits, failures
from mindful.cli.say import tell

COMMANDS: dict[str, tuple[str, str]] = {
    "play": ("mindful.cli.play:play", "Play a session: a bundled one by its name, or a file."),
    "breathe": ("mindful.cli.breathe:breathe", "Breathe now, with a pattern."),
    "sit": ("mindful.cli.sit:sit", "Sit in silence, with bells."),
    "pace": ("mindful.cli.pace:pace", "Your own breaths a minute, tapped with a key."),
    "count": ("mindful.cli.pace:count", "Count breaths to nine, with a key for each."),
    "list": ("mindful.cli.listing:list_sessions", "The sessions that can be played."),
    "journal": ("mindful.cli.journal:journal", "Your records: what you did, and when."),
    "journey": ("mindful.cli.journey:journey", "What you did so far: days, minutes, ratings, practices."),
    "patterns": ("mindful.cli.patterns:patterns", "The breath patterns, and your own."),
    "exposure": ("mindful.cli.exposure:exposure", "Exposure: what you did, and what could come next."),
    "ladder": ("mindful.cli.ladder:ladder", "Ladders for exposure, from easier to harder."),
    "evidence": ("mindful.cli.evidence:evidence", "What is known about a practice, and what is not."),
    "support": ("mindful.cli.support:support", "Your own plan: whom you can call, and what helps."),
    "profile": ("mindful.cli.profile:profile", "Your checklist: which practices suit you."),
    "new": ("mindful.cli.new:new", "A script to begin from, or a text made a script."),
    "author": ("mindful.cli.author:author", "Write a script, with problems, outline and sound beside it."),
    "check": ("mindful.cli.check:check", "Look for problems in scripts."),
    "bake": ("mindful.cli.bake:bake", "Say all lines of a script ahead of time."),
    "outline": ("mindful.cli.outline:outline", "A script as a table of times and a picture."),
    "render": ("mindful.cli.render:render", "A session as a sound file, captions, a page, or to read out."),
    "serve": ("mindful.cli.serve:serve", "The screen in a browser, on this computer."),
    "simulate": ("mindful.cli.simulate:simulate", "A script played in a moment, by made-up clients."),
    "schema": ("mindful.cli.schema:schema", "The JSON Schema of scripts, for editors."),
    "doctor": ("mindful.cli.doctor:doctor", "Terminal, sound and folders: what is there, and what is not."),
}
"""name: (where it is, what it is for). The order is that of `--help`."""


FOR_AUTHORS = frozenset(
    ("new", "author", "check", "bake", "outline", "render", "simulate", "schema", "doctor", "patterns")
)
"""Commands that are English throughout: their `--language` is that of a script."""


class Lazy(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would answer it with a status of its own, that of problems found
            _hush()
            return exits.DONE

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise click.UsageError(_unknown(name), ctx)
        return super().resolve_command(ctx, args)


def _unknown(name: str) -> str:
    from mindful.script import catalogue

    shown = name if name.isprintable() else "that"
    if name in catalogue.ids() or name.endswith((".yaml", ".yml", ".json")):
        return f"To play it: mindful play {shown}"
    near = difflib.get_close_matches(name, [*COMMANDS, *catalogue.ids()], 1)
    if near and near[0] in COMMANDS:
        return f"There is no command “{shown}”. Did you mean {near[0]}?"
    if near := catalogue.near(name):
        return f"There is no command “{shown}”. Did you mean: mindful play {near[0]}?"
    return f"There is no command “{shown}”. mindful --help shows what there is."


@click.group(
    cls=Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="To begin: mindful play settle (one minute). Your records stay on this computer.",
)
@click.option("--language", metavar="TAG", help="Of the screen and of the sessions: en, de.")
@click.version_option(mindful.__version__, prog_name="mindful")
@click.pass_context
def cli(ctx: click.Context, language: str | None) -> None:
    """Guided mindfulness and breathwork sessions, in the terminal.

    Without a command, the home screen opens.
    """
    ctx.obj = language
    if ctx.invoked_subcommand is None:
        import_module("mindful.cli.home").home(language)


def _command(words: list[str]) -> str:
    """The command of a command line; empty where there is none."""
    rest = iter(words)
    for word in rest:
        if word == "--language":
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return ""


def main(args: list[str] | None = None) -> None:
    """The console command. Always ends by SystemExit."""
    words = sys.argv[1:] if args is None else args
    if _command(words) not in FOR_AUTHORS:
        tongue.use(tongue.asked(words, os.environ))
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Carry out a command line; the exit status."""
    try:
        result: Any = cli.main(args, prog_name="mindful", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        _usage(error)
        return exits.USAGE
    except click.ClickException as error:
        tell(error.format_message())
        return exits.USAGE
    except (click.Abort, KeyboardInterrupt):
        tell("")
        return exits.STOPPED
    except BrokenPipeError:
        _hush()
        return exits.DONE
    except Exception as error:  # the last door: a sentence for the person, the rest for the log
        if os.environ.get("MINDFUL_DEBUG") == "1":
            raise
        tell(failures.sentence(error))
        return exits.FAILED
    return result if isinstance(result, int) else exits.DONE


def _usage(error: click.UsageError) -> None:
    tell(error.format_message())
    if error.ctx is not None and error.ctx.parent is not None:
        tell(f"{error.ctx.command_path} --help shows how it is used.")


def _hush() -> None:
    """The reader of stdout went away: what Python still wants to write goes nowhere, without a word."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
