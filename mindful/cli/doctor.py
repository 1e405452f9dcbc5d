"""`mindful doctor`: what is there, what is not, and why. Looks only; with `--sound` it rings a bell."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import mindful
from mindful.cli import exits
from mindful.cli.say import dumb, out, tell

RING_S = 20.0


@click.command()
@click.option("--sound", is_flag=True, help="Ring a bell.")
@click.option("--sink", metavar="NAME", default="auto", help="What should carry the bell; as in play.")
def doctor(sound: bool, sink: str) -> int:
    """Terminal, sound and folders: what is there, what is not, and why."""
    for line in (*_program(), *_terminal(), *_folders()):
        out(line)
    for line in _voices():
        out(line)
    usable = False
    for line, ready in _sound():
        out(line)
        usable = usable or ready
    if sound:
        usable = _bell(sink)
    return exits.DONE if usable else exits.PROBLEMS


def _program() -> Iterator[str]:
    yield f"mindful     {mindful.__version__}"
    yield f"Python      {platform.python_version()} ({platform.python_implementation()}), {sys.executable}"
    yield f"System      {platform.system()} {platform.release()}, {platform.machine()}"


def _terminal() -> Iterator[str]:
    size = shutil.get_terminal_size(fallback=(0, 0))
    at = f"{size.columns} columns, {size.lines} rows" if size.columns else "size not known"
    if not sys.stdout.isatty():
        yield "Terminal    none here: sessions are played as plain lines"
    elif dumb():
        yield f"Terminal    {at}; it cannot be drawn on, so sessions are played as plain lines"
    else:
        small = "" if size.columns >= 40 and size.lines >= 12 else "; 40 by 12 would be better"
        yield f"Terminal    {at}{small}"
    yield f"Colours     {_colours()}"
    encoding = sys.stdout.encoding or "not known"
    plain = "" if encoding.lower().replace("-", "") == "utf8" else "; some signs are shown in plainer letters"
    yield f"Letters     {encoding}{plain}"
    yield f"Language    {locale.getlocale()[0] or 'not set'}"


def _colours() -> str:
    if os.environ.get("NO_COLOR"):
        return "off (NO_COLOR)"
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million"
    term = os.environ.get("TERM", "")
    return "256" if "256" in term else f"few ({term or 'TERM is not set'})"


def _folders() -> Iterator[str]:
    from mindful import assets
    from mindful.journal import home

    folder = home.home()
    if not folder.exists():
        state = "not there yet; the first session makes it"
    else:
        state = "can be written" if os.access(folder, os.W_OK) else "CANNOT be written: records will be lost"
    yield f"Your data   {folder} ({state})"
    yield f"Sessions    {len(assets.session_files())} in {assets.sessions()}"


def _sound() -> Iterator[tuple[str, bool]]:
    """Each sink with its reason, and whether it is a device that works."""
    from mindful.audio.choose import available
    from mindful.audio.stderr import stderr_to

    with stderr_to(Path(os.devnull)):  # a device that does not open is told below, in one line instead of thirty
        found = available()
    for info in found:
        by = f"; from {info.provided_by}" if info.provided_by else ""
        state = "ready" if info.usable else "not usable"
        yield f"Sound       {info.name}: {state}, {info.why}{by}", info.usable and bool(info.provided_by)


def _voices() -> Iterator[str]:
    from mindful.audio.voice.choose import voices
    from mindful.cli import settings
    from mindful.journal import home

    for info in voices(settings.voice(home.settings_file())[1]):
        languages = "any language" if "*" in info.languages else ", ".join(info.languages)
        state = "ready" if info.usable else "not usable"
        yield f"Voice       {info.name}: {state}, {info.why}; {info.about}; {languages}"


def _bell(sink: str) -> bool:
    """Ring a bell to its end; whether a device carried it."""
    from mindful.cli.host import Monotonic
    from mindful.cli.sound_check import ring

    speaker, words = ring(sink, Monotonic(), 0.8, patience_s=5.0)
    tell(words)
    if speaker is None:
        return False
    speaker.wait(RING_S)
    heard = speaker.sink != "null"
    out(f"Bell        {speaker.chosen}")
    speaker.close()
    return heard
