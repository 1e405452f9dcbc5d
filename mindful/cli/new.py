"""`mindful new`: a commented script to begin from, a bundled session under another name, or a text made a script."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli.say import either, fail, interactive, tell
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.author.prose.scripted import Scripted

PRACTICES = ("breath", "sit", "body", "ground", "talk", "choices", "exposure")
"""As in `mindful.author.start`; here so that --help imports nothing."""
_SHOWN = 12
"""Guesses that are told here; the file has them all."""


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--like", metavar="SESSION", help="Begin from a bundled session; mindful list shows them.")
@click.option("--practice", type=click.Choice(PRACTICES), help="What kind of session it will be.")
@click.option("--from", "prose", metavar="TEXT", help="Turn a text into a script: .txt, .md or .docx.")
@click.option("--title", metavar="WORDS", help="What the session is called; else as the file.")
@click.option("--language", type=click.Choice(("en", "de")), help="The language of its words and remarks.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(
    file: str,
    like: str | None,
    practice: str | None,
    prose: str | None,
    title: str | None,
    language: str | None,
    force: bool,
) -> None:
    """Write a script to FILE that plays as it stands, and say what to do next.

    With --from, your own text becomes the script: every word is kept, pauses and bells are found, guesses are told.
    """
    if sum(each is not None for each in (like, practice, prose)) > 1:
        fail(exits.USAGE, "--like, --practice and --from are three ways to begin; please choose one.")
    path = _place(file, force)
    made: Scripted | None = None
    if prose is not None:
        made = _from_prose(prose, path, title, language)
        text = made.text
    elif like is not None:
        text = _like(like, path, title)
    else:
        text = _start(practice or _asked(), path, title, language)
    _write(path, text, force)
    if like is not None:
        _beside(like, path)
    if made is not None:
        _guesses(made)
    _next(path, made)


def _place(file: str, force: bool) -> Path:
    """Where the script will be; ends the command where it may not."""
    path = Path(file)
    if path.is_dir():
        fail(
            exits.USAGE,
            f"“{printable(file)}” is a folder. Name the script in it, such as {printable(file)}/evening.yaml",
        )
    if not path.suffix:
        path = path.with_name(path.name + ".yaml")
    if path.suffix.casefold() not in (".yaml", ".yml"):
        fail(exits.USAGE, f"A script's name ends with .yaml, such as {printable(path.stem or 'evening')}.yaml")
    if not path.parent.is_dir():
        fail(exits.USAGE, f"There is no folder “{printable(path.parent)}”.")
    if os.path.lexists(path) and not force:
        fail(exits.USAGE, f"{printable(path)} is there already, and stays as it is.", "--force writes over it.")
    return path


def _title(path: Path, title: str | None) -> str:
    from mindful.author.start import title_of

    return printable(title or "").strip() or title_of(path.stem) or "A session"


def _start(practice: str, path: Path, title: str | None, language: str | None) -> str:
    from mindful.author import yaml_text
    from mindful.author.start import starter

    return starter(practice, _title(path, title), yaml_text.name(path.stem), language or "en")


def _like(name: str, path: Path, title: str | None) -> str:
    from mindful.author import yaml_text
    from mindful.author.start import renamed
    from mindful.cli import scripts
    from mindful.script import catalogue

    if name not in catalogue.ids() and not Path(name).is_file():
        near = catalogue.near(name)
        lines = [f"There is no session called “{printable(name)}”."]
        fail(exits.USAGE, *lines, f"Did you mean {either(near)}?" if near else "mindful list shows every session.")
    source = scripts.find(name)
    script = scripts.load(name)
    who = f" by {printable(script.author)}" if script.author else ""
    terms = f" ({printable(script.license)})" if script.license else ""
    remark = f"Begun from “{printable(script.title.source(script.language))}”{who}{terms}. Please go on naming them."
    return renamed(source.read_text(encoding="utf-8"), _title(path, title), yaml_text.name(path.stem), remark)


def _beside(name: str, path: Path) -> None:
    """What the session needs beside it (a ladder, a recording) comes along; what is there already stays as it is."""
    from shutil import copyfile

    from mindful.cli import scripts
    from mindful.handoff.gather import needs

    source = scripts.find(name)
    queue, seen = [source], {source}
    while queue:
        for file in needs(queue.pop(0)):
            if file in seen or not file.is_file() or not file.is_relative_to(source.parent):
                continue
            seen.add(file)
            if file.suffix in (".yaml", ".yml"):
                queue.append(file)
            part = file.relative_to(source.parent)
            target = path.parent / part
            if target.exists():
                tell(f"{printable(target)} is there already, and stays as it is.")
                continue
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                copyfile(file, target)
            except OSError as error:
                why = (error.strerror or "no reason given").lower()
                fail(exits.FAILED, f"{printable(target)} could not be written: {why}.")
            tell(f"{printable(target)} is written too: the script needs it beside it.")


def _from_prose(name: str, path: Path, title: str | None, language: str | None) -> Scripted:
    from mindful.author.prose.reading import UnreadableError, read
    from mindful.author.prose.scripted import scripted
    from mindful.author.start import SCHEMA, title_of

    source = Path(name)
    if os.path.lexists(path) and path.exists() and source.exists() and path.samefile(source):
        fail(exits.USAGE, "The text and the script cannot be the same file.")
    try:
        prose = read(source)
        found = scripted(
            prose.text,
            title=printable(title or "") or title_of(source.stem) or "A session",
            origin=printable(source.name),
            language=language or "",
            schema=SCHEMA,
        )
    except UnreadableError as error:
        fail(exits.USAGE, f"“{printable(name)}”: {error}")
    except ValueError as error:
        fail(exits.USAGE, f"“{printable(name)}”: {error}.")
    if prose.remark:
        tell(prose.remark)
    return found


def _asked() -> str:
    """The practice, asked where a person can answer; a breathing session where nobody can."""
    from mindful.author.start import PRACTICES as ABOUT

    if not interactive():
        return "breath"
    tell("What will it be? (--practice says so beforehand)")
    names = list(ABOUT)
    for number, name in enumerate(names, 1):
        tell(f"  {number}  {name:<8} {ABOUT[name]}")
    while True:
        typed = click.prompt("Number or name", default="1", err=True, show_default=True).strip().casefold()
        if typed.isdigit() and 1 <= int(typed) <= len(names):
            return names[int(typed) - 1]
        if typed in names:
            return str(typed)
        tell(f"Please type a number from 1 to {len(names)}, or one of the names.")


def _write(path: Path, text: str, force: bool) -> None:
    from mindful.author.paper import ChangedError, Paper

    try:
        Paper(path).save(text, over=force)
    except (ChangedError, FileExistsError):
        fail(exits.USAGE, f"{printable(path)} is there already, and stays as it is.", "--force writes over it.")
    except OSError as error:
        fail(exits.FAILED, f"{printable(path)} could not be written: {(error.strerror or 'no reason given').lower()}.")


def _guesses(made: Scripted) -> None:
    """What was taken for what: for the author to look at."""
    tell(f"{_count(made.said, 'word')} to say, {_count(made.pauses, 'pause')} and {_count(made.bells, 'bell')} found.")
    if not made.guesses:
        return
    tell("Guessed, and marked with # in the script:")
    grouped: dict[str, list[int]] = {}
    for guess in made.guesses:
        grouped.setdefault(printable(guess.words()), []).append(guess.line)
    for words, lines in list(grouped.items())[:_SHOWN]:
        where = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines[:4]))}"
        tell(f"  {where}{' and more' if len(lines) > 4 else ''}: {words}")
    if len(grouped) > _SHOWN:
        tell(f"  and {_count(len(grouped) - _SHOWN, 'more kind')} of guesses; the script has them all")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _next(path: Path, made: Scripted | None) -> None:
    """What to do now, after a look at whether it can be played."""
    from mindful.author.start import SCHEMA
    from mindful.script.load import load

    shown = printable(path)
    name = f'"{shown}"' if " " in str(path) else shown
    loaded = load(path)
    errors = sum(p.severity == "error" for p in loaded.problems)
    state = f"has {_count(errors, 'problem')} to put right" if errors else "can be played as it stands"
    tell(f"{shown} is written, and {state}." if made is None or errors else f"{shown} is written.")
    tell("Next:")
    for command, what in (
        (f"mindful author {name}", "write on, with help beside it (or use any editor)"),
        (f"mindful check {name}", "what is wrong, in plain words"),
        (f"mindful outline {name}", "when everything happens"),
        (f"mindful play {name}", "as your client will get it"),
    ):
        tell(f"  {command:<34} {what}")
    if not (path.parent / SCHEMA).exists():
        where = path.parent / SCHEMA
        tell(f"For help in an editor that knows YAML, once in this folder: mindful schema -o {printable(where)}")
