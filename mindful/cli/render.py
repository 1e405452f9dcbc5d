"""`mindful render`: a session as a sound file, as captions, as a script to read out, or as a page for a browser."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from mindful.cli import exits, scripts, voices
from mindful.cli import fitting as lengths
from mindful.cli.say import fail, fitting, out, tell
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.render.formats import Format
    from mindful.render.job import Job
    from mindful.render.plan import Plan
    from mindful.timeline.speech import Line


@click.command()
@click.argument("session")
@click.option(
    "-o",
    "--out",
    "target",
    metavar="OUT",
    required=True,
    help="The file; its ending says what it becomes: "
    ".wav .flac .ogg .opus .mp3, .vtt .srt, .txt, or .html. - writes text to standard output.",
)
@click.option("--force", is_flag=True, help="Replace OUT where it is there already.")
@click.option("--set", "given", metavar="NAME=VALUE", multiple=True, help="Set something of the session; repeatable.")
@click.option(
    "--answer", "answers", metavar="ID=VALUE", multiple=True, help="Answer a question of the session; repeatable."
)
@click.option(
    "--open",
    "open_",
    metavar="TIME",
    default="20 s",
    show_default=True,
    help="Silence for a question, a page, or a wait without a limit.",
)
@click.option(
    "--open-breath",
    metavar="TIME",
    default="2 min",
    show_default=True,
    help="Length of breathing and sitting that would go on until a key; whole breaths.",
)
@click.option(
    "--prompts",
    type=click.Choice(["spoken", "silent"]),
    default="spoken",
    show_default=True,
    help="Whether questions are asked aloud.",
)
@click.option("--fit", metavar="TIME", help=lengths.HELP)
@click.option("--voice", metavar="NAME", help="Another voice than the session's, or none.")
@click.option("--language", metavar="TAG", default="", help="For a session in several languages.")
@click.option("--breath", is_flag=True, help="Captions also for the phases of the breath.")
@click.option(
    "--codec",
    type=click.Choice(["vorbis", "opus"]),
    help="What an .ogg file holds; vorbis if not said.",
)
@click.option("--format", "form", type=click.Choice(["vtt", "srt", "txt"]), help="What - writes; txt if not said.")
def render(
    session: str,
    target: str,
    force: bool,
    given: tuple[str, ...],
    fit: str | None,
    answers: tuple[str, ...],
    open_: str,
    open_breath: str,
    prompts: str,
    voice: str | None,
    language: str,
    breath: bool,
    codec: str | None,
    form: str | None,
) -> int:
    """Write SESSION, a bundled session or a file, to OUT: to hear, to read along, to read out, or to open in a browser.

    Nobody can answer a recording. Questions are asked and left a silence, a choice takes its first option, and what
    goes on until a key goes on for a while: the options say otherwise. A page (.html) stops, asks and waits.
    """  # fmt: skip
    from mindful.journal import home
    from mindful.render.job import Job, base
    from mindful.render.plan import Policy
    from mindful.render.voice import open_voice
    from mindful.script.values import LANGUAGE
    from mindful.timeline.unfold import Setup

    wanted, path = _wanted(target, codec, form)
    if path is not None:
        _writable(path, session, force)
    if language and not LANGUAGE.match(language):
        fail(exits.USAGE, f"--language wants a tag such as en or de-AT, not “{printable(language)}”.")
    policy = Policy(
        open_ms=_duration("--open", open_),
        breath_ms=_duration("--open-breath", open_breath),
        prompts="silent" if prompts == "silent" else "spoken",
        answers=scripts.pairs(answers, "--answer"),
    )
    voice, command = voices.chosen(voice)
    script = scripts.load(session)
    values = scripts.values(script, given)
    speaker = open_voice(script, base(script), wanted=voice, command=command, cache=home.voices())
    fit_ms = lengths.wanted(Setup(script, values, language), fit)
    job = Job(script, speaker, policy, values, language, fit_ms)
    try:
        return _render(job, wanted, path, breath=breath, force=force, voice=voice)
    finally:
        job.voice.close()


def _wanted(target: str, codec: str | None, form: str | None) -> tuple[Format, Path | None]:
    """The format and the file; None for standard output."""
    from mindful.render import formats

    if target == "-":
        return formats.of(f".{form or 'txt'}"), None
    if form is not None:
        fail(exits.USAGE, "--format goes with -o -; the ending of a file says what it becomes.")
    path = Path(target)
    try:
        return formats.of(path.suffix, codec), path
    except formats.FormatError as error:
        fail(exits.USAGE, printable(error))


def _writable(path: Path, session: str, force: bool) -> None:
    """End the command now where the file could not be written in the end."""
    try:
        if path.is_dir():
            fail(exits.USAGE, f"“{printable(path)}” is a folder. Name a file in it.")
        if not path.parent.is_dir():
            fail(exits.USAGE, f"There is no folder “{printable(path.parent)}”.")
        if path.exists():
            if Path(session).is_file() and path.samefile(session):
                fail(exits.USAGE, "That would replace the session itself. Name another file.")
            if not force:
                _in_the_way(path)
    except ValueError:
        fail(exits.USAGE, f"“{printable(path)}” cannot be a file's name.")


def _in_the_way(path: Path) -> NoReturn:
    fail(exits.USAGE, f"“{printable(path)}” is there already. --force replaces it.")


def _duration(option: str, text: str) -> int:
    from mindful.script.values import MAX_MS, parse_ms

    ms = parse_ms(text)
    if ms is None or not 0 < ms <= MAX_MS:
        fail(
            exits.USAGE,
            f"{option} wants a length of time up to 4 h, such as “20 s” or “2 min”, not “{printable(text)}”.",
        )
    return ms


def _render(job: Job, form: Format, path: Path | None, *, breath: bool, force: bool, voice: str | None) -> int:
    from mindful.cli import gate
    from mindful.cli.host import CliHost
    from mindful.cli.progress import Bar, stoppable
    from mindful.render.outfile import InTheWayError, whole
    from mindful.render.plan import PlanError
    from mindful.script.tiers import tier_of_script

    script = job.script
    if voice not in (None, "none") and not job.voice.speaks(str(voice), job.language or script.language):
        fail(exits.USAGE, f"There is no voice “{printable(voice)}” here. --voice none renders without one.")
    try:
        with stoppable() as stopped:
            if form.kind == "html":
                assert path is not None
                return _page(job, path, force=force, voice=voice, stopped=stopped)
            plan, failed = job.plan(Bar("Saying the words", stopped))
            _tell_choices(plan)
            for text in gate.told(CliHost(), script, plan.values):
                tell(text)
            if form.is_text:
                words = job.text(plan, form, breath=breath)
                if path is None:
                    _print(words)
                    return exits.DONE
                with whole(path, replace=force) as file:
                    file.write(words.encode())
                _tell_written(path, plan, "")
                return exits.DONE
            assert path is not None
            with whole(path, replace=force) as file:
                problems = job.sound(plan, form, file, Bar("Mixing", stopped))
    except PlanError as error:
        fail(exits.USAGE, printable(error))
    except KeyboardInterrupt:
        fail(exits.STOPPED, "Stopped. Nothing was left behind.")
    except InTheWayError:
        assert path is not None
        _in_the_way(path)
    except OSError as error:
        if path is None or isinstance(error, BrokenPipeError):
            raise
        _unwritten(path, error)
    found = len(job.chapters(plan))
    _tell_written(path, plan, f", {found} chapter{'s' if found != 1 else ''}")
    _tell_silence(job, plan, voice, failed)
    if tier_of_script(script, plan.values) == "red":
        tell("It is an intense session, and a recording asks nobody first whether it is right for them today.")
    if script.cautions:
        from mindful.render.reading import CAUTION_NAMES

        names = "; ".join(CAUTION_NAMES[each] for each in script.cautions)
        tell(f"Its cautions are not heard in it, so please give them along: {names}.")
    for problem in problems:
        tell(printable(problem))
    return exits.PROBLEMS if problems else exits.DONE


def _page(job: Job, path: Path, *, force: bool, voice: str | None, stopped: Callable[[], bool]) -> int:
    """A page for a browser, and what the person who hands it out should know."""
    from mindful.cli.page import before, told
    from mindful.cli.progress import Bar
    from mindful.render.outfile import whole

    route, failed = job.route(Bar("Saying the words", stopped))
    with whole(path, replace=force) as file:
        problems = job.page(route, before(job.script, route.plans[0].values), file, Bar("Mixing", stopped))
    _tell_written(path, route.plans[0], "")
    _tell_silence(job, route.plans[0], voice, failed)
    for words in (*told(job.script, route), *problems):
        tell(printable(words))
    return exits.PROBLEMS if problems else exits.DONE


def _unwritten(path: Path, error: OSError) -> NoReturn:
    why = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror or "the system refused"
    fail(exits.FAILED, f"“{printable(path)}” could not be written: {why}. Nothing was left behind.")


def _print(words: str) -> None:
    """Captions are UTF-8 wherever they go; only a terminal gets the letters that it has."""
    if sys.stdout.isatty():
        out(fitting(words.rstrip("\n"), sys.stdout))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(words.encode())
    sys.stdout.buffer.flush()


def _tell_choices(plan: Plan) -> None:
    """What was decided because nobody said otherwise, and what may have been a slip."""
    for key, question, option in plan.chosen:
        tell(f"“{printable(question)}” goes on with “{printable(option)}”. Another way: --answer {key}=…")
    if plan.left_open:
        tell(f"Left open: {printable(', '.join(plan.left_open))}. To answer: --answer {plan.left_open[0]}=…")
    for key in plan.unused:
        tell(f"Nothing in this session asks for “{printable(key)}”.")


def _tell_written(path: Path, plan: Plan, more: str) -> None:
    from mindful.render.clean import spell

    size = path.stat().st_size
    shown = f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"
    tell(f"{printable(path)}: {spell(plan.total_ms)}{more}, {shown}.")


def _tell_silence(job: Job, plan: Plan, voice: str | None, failed: Mapping[Line, str]) -> None:
    """Where words are not heard, the person who hands the file out should know."""
    lines = [line for line in plan.lines if line.manner == "guide" and line.voice != "none"]
    unheard = job.unheard(plan)
    if not lines or not unheard or voice == "none":
        return
    which = "No voice speaks in it" if unheard == len(plan.lines) else f"{unheard} of its lines have no voice"
    tell(f"{which}: those words keep their time in silence. Captions (.vtt, .srt) carry them.")
    for why in dict.fromkeys(failed.values()):
        tell(printable(why))
