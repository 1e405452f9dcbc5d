"""`mindful bake`: says all lines of a script ahead of time, so that a session starts with every word ready."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, scripts, voices
from mindful.cli.say import out, tell
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.script.model import Script
    from mindful.timeline.speech import Line

_SHOWN = 60
"""Letters of a line that are shown."""
_TELLING, _TELLING_S, _LONG_S = 3, 5.0, 15.0
"""How many lines and seconds must have gone, and how long be to go, before the time that is left is told."""


@click.command()
@click.argument("file")
@click.option("--set", "given", metavar="NAME=VALUE", multiple=True, help="Set a variable of the script; repeatable.")
@click.option("--voice", metavar="NAME", help="The voice in place of the guide; mindful doctor lists them.")
@click.option("--check", "only_check", is_flag=True, help="Say nothing; only tell what is missing (status 1).")
def bake(file: str, given: tuple[str, ...], voice: str | None, only_check: bool) -> int:
    """Say all lines of FILE, a script or a bundled session, ahead of time.

    What was said is kept in your data folder, and is heard at once when the session is played. Lines with an answer in
    them are said during the session.
    """
    from mindful.audio.voice.choose import open_narrator
    from mindful.audio.voice.lengths import known
    from mindful.journal import home

    script = scripts.load(file)
    values = scripts.values(script, given)
    base = Path(script.origin.file).parent if Path(script.origin.file).is_file() else None
    voice, command = voices.chosen(voice)
    all_lines, answered = lines(script, values)
    cache = home.voices()
    if only_check:
        lengths = known(script, cache, voice, base, command)
        missing = {line: "" for line in all_lines if not lengths.ready(line)}
    else:
        narrator = open_narrator(script, cache=cache, base=base, voice=voice, command=command, threaded=False)
        try:
            missing = narrator.say_all(all_lines, Progress())
        finally:
            narrator.close()
        for notice in narrator.notices():
            tell(printable(notice))
    for line, why in missing.items():
        out(_shown(line) + (f" ({printable(why)})" if why else ""))
    tell(_summary(len(all_lines), len(missing), answered, only_check))
    return exits.PROBLEMS if missing else exits.DONE


def lines(script: Script, values: Mapping[str, Any]) -> tuple[list[Line], int]:
    """Every line of every branch that can be said beforehand, in order, and how many cannot."""
    from mindful.timeline.model import SayCue
    from mindful.timeline.outline import outline
    from mindful.timeline.unfold import Setup

    open_texts = _open_texts(script, values)
    found: dict[Line, None] = {}
    answered: set[str] = set()
    for segment in outline(Setup(script, values)).segments:
        for cue in segment.cues:
            if isinstance(cue, SayCue) and re.sub(r"#\d+", "", cue.step) in open_texts and cue.audio is None:
                answered.add(cue.step)
            elif isinstance(cue, SayCue):
                found.setdefault(cue.line)
    return list(found), len(answered)


def _open_texts(script: Script, values: Mapping[str, Any], above: str = "") -> set[str]:
    """Paths of the `say` steps whose words depend on an answer, rounds left out."""
    from mindful.script.where import all_steps

    found: set[str] = set()
    known = {*script.defaults(), *values}
    for placed in all_steps(script):
        path = above + _path(placed.body)
        say, include = placed.step.say, placed.step.include
        if say is not None and say.text is not None and not known.issuperset(say.text.names):
            found.add(path)
        if include is not None:
            found |= _open_texts(script.included[include.script], include.with_, f"{path}.")
    return found


def _path(parts: tuple[str | int, ...]) -> str:
    """`steps[3].repeat.steps[0].say`, as the timeline writes it."""
    out = ""
    for part in parts:
        out += f"[{part}]" if isinstance(part, int) else f"{'.' if out else ''}{part}"
    return out


class Progress:
    """One line that is written over on a terminal, with what is left where that is long; nothing elsewhere."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._began = now()

    def __call__(self, done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{self.text(done, of)}\x1b[K" + ("\n" if done == of else ""))
            sys.stderr.flush()

    def text(self, done: int, of: int) -> str:
        """How far it is; the rest is taken to go as fast as what was done."""
        spent = self._now() - self._began
        left = spent / done * (of - done) if done else 0.0
        if done < _TELLING or spent < _TELLING_S or left < _LONG_S:
            return f"{done} of {of} lines"
        minutes = round(left / 60)
        return f"{done} of {of} lines, about {f'{minutes} min' if minutes else f'{round(left, -1):.0f} s'} to go"


def _shown(line: Line) -> str:
    words = printable(line.audio or line.text)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"


def _summary(of: int, missing: int, answered: int, only_check: bool) -> str:
    kept = of - missing
    line = "line is" if kept == 1 else "lines are"
    what = f"{kept} {line} ready" if not missing else f"{kept} of {of} {'lines are' if of != 1 else 'line is'} ready"
    rest = ""
    if missing and only_check:
        rest = "; mindful bake says the others"
    elif missing:
        rest = "; the others are only shown"
    if answered:
        rest += f"; {answered} with an answer in {'it is' if answered == 1 else 'them are'} said during the session"
    return f"{what}{rest}."
