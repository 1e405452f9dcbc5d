"""Which voices there are, and the narrator of a session. Called by the commands that play, render and `bake`.

Nothing heavy is imported: an engine is loaded when its first line has to be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mindful.audio.voice import hibari, kokoro, words
from mindful.audio.voice.cache import Cache
from mindful.audio.voice.command import Command
from mindful.audio.voice.engine import Engine
from mindful.audio.voice.narrator import Narrator
from mindful.audio.voice.phrases import recording_key
from mindful.audio.voice.saying import Sayer
from mindful.audio.voice.tone import Tone
from mindful.script.files import inside
from mindful.script.model import Script

if TYPE_CHECKING:
    from mindful.audio.voice.delivery import Delivered

DEFAULT = "heart"
"""The voice that `guide` means, unless the client names another."""


@dataclass(frozen=True, slots=True)
class Info:
    """A voice, for a person."""

    name: str
    about: str
    languages: tuple[str, ...]
    usable: bool
    why: str
    """What it is made by, or what is missing."""


def voices(command: str | None = None) -> list[Info]:
    """Every voice that this program knows, usable here or not; `command` as in `open_narrator`. Loads nothing."""
    gone = hibari.missing()
    found = [Info("heart", "American English, female", ("en",), gone is None, gone or "synthetic, from hibari-tts")]
    gone = kokoro.missing()
    slow = "synthetic, from Kokoro-82M; slow, so say a script's lines ahead of time with mindful bake"
    found += [Info(t.name, t.about, ("en",), gone is None, gone or slow) for t in kokoro.TIMBRES]
    if command is not None:
        try:
            own = Command(command)
            why = own.missing()
        except ValueError as e:
            why = f"its command line cannot be understood ({e})"
        found.append(Info("command", "a program of your own", ("*",), why is None, why or "the command is there"))
    return found


def missing(name: str) -> str | None:
    """What a voice lacks here, and where it can be had, how to get it; None where nothing is seen to be in the way."""
    if name == DEFAULT:
        return hibari.missing()
    return kokoro.missing() if name in {t.name for t in kokoro.TIMBRES} else None


def engines(command: str | None = None, cache: Path | None = None) -> dict[str, Engine]:
    """Every voice by its name, none of them loaded; `tone` is for tests and not shown to anybody.

    `cache` is as in `open_narrator`. Raises ValueError for a command that cannot be taken apart.
    """
    made: list[Engine] = [hibari.Heart(), *kokoro.engines(cache), Tone()]
    if command is not None:
        made.append(Command(command))
    return {engine.name: engine for engine in made}


def open_narrator(
    script: Script,
    *,
    cache: Path | None,
    base: Path | None,
    voice: str | None = None,
    command: str | None = None,
    threaded: bool = True,
) -> Narrator:
    """The narrator of a script.

    `cache` is the folder for what was said (None: nothing is kept), `base` the folder that recordings are relative to
    (None: there are none), `voice` what the client wants: a voice's name in place of `guide`, or `none` for no
    synthetic voice at all. `command` is the command line of the voice named `command`, from the client's own settings.
    Raises ValueError where that cannot be taken apart.
    """
    kept = Cache(cache)
    said = lexicon(script)
    every = engines(command, cache)
    absent = {name: _instead(name, why) for name in every if (why := missing(name)) and name != DEFAULT}
    made = {
        name: Sayer(engine, kept, said)
        for name, engine in every.items()
        if name not in absent and (name != DEFAULT or missing(name) is None)
    }
    default = voice if voice in made or voice == "none" else DEFAULT
    folders = recording_folders(script, base)

    def recorded(name: str) -> Delivered:
        return _recorded(folders, name, kept, cache)

    told = [absent[voice]] if voice in absent else []
    return Narrator(made, default, recorded, threaded=threaded, absent=absent, told=told)


def _instead(name: str, why: str) -> str:
    return f"The voice “{name}” is not here ({why}); the usual one speaks instead."


def recording_folders(script: Script, base: Path | None) -> list[Path]:
    """Where a recording may lie: the script's folder, and those of the scripts it includes."""
    inner = (Path(each.origin.file).parent for each in _included(script) if each.origin.file)
    return list(dict.fromkeys(([] if base is None else [base]) + [p for p in inner if p.is_dir()]))


def find_recording(folders: list[Path], name: str) -> Path | str:
    """The file meant by a line's `audio`, inside one of the folders, or why there is none."""
    why = "there is no folder to look in"
    for folder in folders:
        found = inside(folder, name)
        if isinstance(found, Path):
            return found
        why = found[1]
    return why


def _recorded(folders: list[Path], name: str, kept: Cache, scratch: Path | None) -> Delivered:
    """A recording as it is heard; its length is kept for `outline`. Raises `SoundFileError`."""
    from mindful.audio.voice.recorded import recorded
    from mindful.audio.wavefile import SoundFileError

    path = find_recording(folders, name)
    if isinstance(path, str):
        raise SoundFileError(f"{PurePosixPath(name).name}: {path}")
    said = recorded(path, scratch)
    if key := recording_key(path):
        kept.keep_line(key, said.ms, said.sentences)
    return said


def lexicon(script: Script) -> dict[str, words.Saying]:
    """The pronunciations of a script and of those it includes; its own win."""
    found: dict[str, words.Saying] = {}
    for each in (*_included(script), script):
        found.update({word.casefold(): words.Saying(p.ipa, p.say) for word, p in each.lexicon.items()})
    return found


def _included(script: Script) -> Iterator[Script]:
    for inner in script.included.values():
        yield from _included(inner)
        yield inner
