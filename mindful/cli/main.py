"""The command `mindful`. A command's module is imported when it runs, so `--help` starts at once and starts nothing.

`main` is the console command: whatever happens below it ends in a plain sentence and one of the statuses of `exits`.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

import mindful
from mindful import tongue
from mindful.cli import exits, failures
from mindful.cli.helped import Group, spoken
from mindful.cli.language import wished
from mindful.cli.say import tell
from mindful.tongue import _

VOICE_THREAD = "mindful-voice"
"""The thread of `audio.voice.narrator`; not imported from there, as `--help` needs no voice."""

COMMANDS: dict[str, tuple[str, str]] = {
    "play": ("mindful.cli.play:play", "Play a session: a bundled one by its name, or a file."),
    "breathe": ("mindful.cli.breathe:breathe", "Breathe now, with a pattern."),
    "sit": ("mindful.cli.sit:sit", "Sit in silence, with bells."),
    "pace": ("mindful.cli.pace:pace", "Your own breaths a minute, tapped with a key."),
    "count": ("mindful.cli.pace:count", "Count breaths to nine, with a key for each."),
    "list": ("mindful.cli.listing:list_sessions", "The sessions that can be played."),
    "journal": ("mindful.cli.journal:journal", "Your records: what you did, and when."),
    "journey": ("mindful.cli.journey:journey", "What you did so far: days, minutes, ratings, practices."),
    "stats": ("mindful.cli.stats:stats", "Your journal in numbers, with how sure they are."),
    "compare": ("mindful.cli.compare:compare", "Two practices compared for yourself, days by lot."),
    "programme": ("mindful.cli.programme:programme", "A plan over weeks: what is next, and when."),
    "report": ("mindful.cli.report:report", "What you practised, on a page to read, print or give away."),
    "patterns": ("mindful.cli.patterns:patterns", "The breath patterns, and your own."),
    "exposure": ("mindful.cli.exposure:exposure", "Exposure: what you did, and what could come next."),
    "ladder": ("mindful.cli.ladder:ladder", "Ladders for exposure, from easier to harder."),
    "evidence": ("mindful.cli.evidence:evidence", "What is known about a practice, and what is not."),
    "learn": ("mindful.cli.learn:learn", "Something to read: fear, sleep, breath, practice."),
    "thoughts": ("mindful.cli.thoughts:thoughts", "Thought records and experiments: write, search, read again."),
    "plan": ("mindful.cli.lifestyle:plan", "Small plans, a daily check-in, what keeps you well."),
    "sleep": ("mindful.cli.lifestyle:sleep", "A sleep diary, and the last nights."),
    "activities": ("mindful.cli.lifestyle:activities", "Things to do, and how they were."),
    "questionnaires": ("mindful.cli.questionnaires:questionnaires", "Questionnaires, their licences, your numbers."),
    "support": ("mindful.cli.support:support", "Your own plan: whom you can call, and what helps."),
    "profile": ("mindful.cli.profile:profile", "Your checklist: which practices suit you."),
    "key": ("mindful.cli.key:key", "Your keys, and the people you exchange records with."),
    "unpack": ("mindful.cli.packs:unpack", "Take in a pack from your therapist."),
    "packs": ("mindful.cli.packs:packs", "The packs that you took in."),
    "share": ("mindful.cli.share:share", "Give records to your therapist, closed to their key."),
    "new": ("mindful.cli.new:new", "A script to begin from, or a text made a script."),
    "author": ("mindful.cli.author:author", "Write a script, with problems, outline and sound beside it."),
    "check": ("mindful.cli.check:check", "Look for problems in scripts."),
    "bake": ("mindful.cli.bake:bake", "Say all lines of a script ahead of time."),
    "outline": ("mindful.cli.outline:outline", "A script as a table of times and a picture."),
    "render": ("mindful.cli.render:render", "A session as a sound file, captions, a page, or to read out."),
    "pack": ("mindful.cli.packs:pack", "Scripts and all they need as one signed file for a client."),
    "receive": ("mindful.cli.share:receive", "File a summary that a client gave you."),
    "clients": ("mindful.cli.share:clients", "The clients whose summaries you filed."),
    "serve": ("mindful.cli.serve:serve", "The screen in a browser, on this computer."),
    "simulate": ("mindful.cli.simulate:simulate", "A script played in a moment, by made-up clients."),
    "schema": ("mindful.cli.schema:schema", "The JSON Schema of scripts, for editors."),
    "devices": ("mindful.cli.devices:devices", "Heart and brain sensors: find, try and choose one."),
    "doctor": ("mindful.cli.doctor:doctor", "Terminal, sound and folders: what is there, and what is not."),
}
"""name: (where it is, what it is for). The order is that of `--help`."""


FOR_AUTHORS = frozenset(
    (
        "new",
        "author",
        "check",
        "bake",
        "outline",
        "render",
        "simulate",
        "schema",
        "doctor",
        "patterns",
        "pack",
        "receive",
    )
)
"""Commands that are English but for their `--help`: their `--language` is that of a script."""


OF_RECORDS = frozenset(("journal", "journey", "stats", "report", "thoughts", "exposure", "questionnaires"))
"""Commands that `--client` makes look at a client's records; none of them plays."""


class Lazy(Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return spoken(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(help_)) for name, (_where, help_) in COMMANDS.items()])

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

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_("Guided mindfulness and breathwork sessions, in the terminal."))
            formatter.write_paragraph()
            formatter.write_text(_("Without a command, the home screen opens."))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(_("To begin: mindful play settle (one minute). Your records stay on this computer."))


def _unknown(name: str) -> str:
    from mindful.script import catalogue

    shown = name if name.isprintable() else "that"
    if name in catalogue.ids() or name.endswith((".yaml", ".yml", ".json")):
        return _("To play it: mindful play {shown}").format(shown=shown)
    import difflib

    near = difflib.get_close_matches(name, [*COMMANDS, *catalogue.ids()], 1)
    if near and near[0] in COMMANDS:
        return _("There is no command “{shown}”. Did you mean {near}?").format(shown=shown, near=near[0])
    if near := catalogue.near(name):
        return _("There is no command “{shown}”. Did you mean: mindful play {near}?").format(shown=shown, near=near[0])
    return _("There is no command “{shown}”. mindful --help shows what there is.").format(shown=shown)


@click.group(
    cls=Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--language", metavar="TAG", help="Of the screen and of the sessions: en, de.")
@click.option("--client", metavar="NAME", help="For therapists: look at the records that this client gave you.")
@click.version_option(mindful.__version__, prog_name="mindful")
@click.pass_context
def cli(ctx: click.Context, language: str | None, client: str | None) -> None:
    """Guided mindfulness and breathwork sessions, in the terminal.

    Without a command, the home screen opens.
    """
    ctx.obj = language
    if client is not None:
        if ctx.invoked_subcommand not in OF_RECORDS:
            raise click.UsageError(
                f"--client goes with the commands that look at records: {', '.join(sorted(OF_RECORDS))}."
            )
        import_module("mindful.cli.share").look_at(client)
    if ctx.invoked_subcommand is None:
        import_module("mindful.cli.home").home(language)


def _command(words: list[str]) -> str:
    """The command of a command line; empty where there is none."""
    rest = iter(words)
    for word in rest:
        if word in ("--language", "--client"):
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return ""


def main(args: list[str] | None = None) -> None:
    """The console command. Always ends by SystemExit."""
    words = sys.argv[1:] if args is None else args
    _know_packs()
    if _command(words) not in FOR_AUTHORS or {"-h", "--help"} & {*words}:
        tongue.use(wished(words))
    status = run(args)
    _leave_the_voice(status)
    sys.exit(status)


def _leave_the_voice(status: int) -> None:
    """End at once where the voice is still loading or speaking: its library would abort the program on the way out.

    Whatever has to be kept or put back was by now; a thread inside C++ can be neither stopped nor waited for.
    """
    threading = sys.modules.get("threading")
    if threading is None or not any(t.name == VOICE_THREAD for t in threading.enumerate()):
        return
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _pack_sessions() -> list[Any]:
    from mindful.journal import home

    folder = home.packs()
    if not folder.is_dir():
        return []
    from mindful.handoff import library

    return library.entries(folder)


def _pack_files() -> dict[str, Path]:
    return {entry.id: Path(entry.file) for entry in _pack_sessions()}


def _know_packs() -> None:
    """Let sessions of packs be found by name. Nothing is looked up before somebody asks for a name."""
    from mindful import assets
    from mindful.script import catalogue

    if _pack_files not in assets.further:
        assets.further.append(_pack_files)
        catalogue.further.append(_pack_sessions)


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
    tell(_said(error))
    if error.ctx is not None and error.ctx.parent is not None:
        tell(_("{command} --help shows how it is used.").format(command=error.ctx.command_path))


def _said(error: click.UsageError) -> str:
    """What click found wrong, in the client's language; its own words are English."""
    if tongue.language() == "en":
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(sorted(error.possibilities or ()))
        text = _("There is no option {name}.").format(name=error.option_name)
        return f"{text} {_('Did you mean {near}?').format(near=near)}" if near else text
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.MissingParameter):
        return _("{name} is missing.").format(name=name or error.format_message())
    if isinstance(error, click.BadParameter):
        return _("{name} does not fit: {why}").format(name=name, why=error.message)
    return error.format_message()


def _hush() -> None:
    """The reader of stdout went away: what Python still wants to write goes nowhere, without a word."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
