"""Chooses what carries the sound. Called when a session starts, and by `mindful doctor`, which only looks.

Order: on Linux simpleaudio where it is installed (its C thread is not disturbed by a screen that paints), then
miniaudio; on macOS and Windows miniaudio first, because simpleaudio's write-ahead stream was never heard there.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mindful.audio.bank import Bank
    from mindful.audio.opening import Way
    from mindful.audio.sinks.base import Now, Sink
    from mindful.audio.transport import Transport

DEVICES = ("simpleaudio", "miniaudio") if sys.platform.startswith("linux") else ("miniaudio", "simpleaudio")
NAMES = ("auto", *DEVICES, "null", "file:PATH")


@dataclass(frozen=True, slots=True)
class SinkInfo:
    """What can be said about a sink without opening it for sound."""

    name: str
    usable: bool
    why: str
    """What it is good for, or what is missing; for a person."""
    provided_by: str
    """The distribution and its version; empty where it is part of mindful."""


def _provider(module: str) -> str:
    names = metadata.packages_distributions().get(module, [])
    return ", ".join(f"{n} {metadata.version(n)}" for n in names)


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def ways(name: str, clock: Now) -> list[Way]:
    """The sinks to try, in order. Raises ValueError for a name that is none, with the names there are."""
    from mindful.audio.opening import Way

    kind, _, where = name.partition(":")
    if kind == "auto":
        return [way for d in DEVICES if _installed(d) for way in ways(d, clock)]
    if kind == "file" and where:
        from mindful.audio.sinks.file import FileSink

        return [Way("file", lambda: FileSink(Path(where), clock))]
    if where or kind not in (*DEVICES, "null"):
        raise ValueError(f"there is no sink “{name}”; there are: {', '.join(NAMES)}")

    def make() -> Sink:
        # Imported when opened: none of this is needed for a session without sound.
        if kind == "simpleaudio":
            from mindful.audio.sinks.simpleaudio import SimpleaudioSink

            return SimpleaudioSink(clock)
        if kind == "miniaudio":
            from mindful.audio.sinks.miniaudio import MiniaudioSink

            return MiniaudioSink(clock)
        from mindful.audio.sinks.null import NullSink

        return NullSink(clock)

    return [Way(kind, make)]


def open_speaker(name: str = "auto", *, clock: Now, base: Path | None = None, bank: Bank | None = None) -> Transport:
    """A speaker for one session. Nothing is opened before its `start`, and then in the background.

    `name`: one of `NAMES`. `base`: the script's folder, for its own sound files. `bank`: where spoken lines are;
    without one they are silent. Raises ValueError for an unknown name.
    """
    from mindful.audio.mixer import Mixer
    from mindful.audio.transport import Transport

    choice = "(the first that opens)" if name == "auto" else "(asked for)"
    return Transport(ways(name, clock), clock=clock, mixer=Mixer(base, bank), choice=choice)


def available(probe: bool = True) -> list[SinkInfo]:
    """Every sink, in the order that `auto` tries them. `probe` opens each device in silence, which takes a second."""
    found = [_look(name, probe) for name in DEVICES]
    found.append(SinkInfo("null", True, "no sound; the session keeps time by the monotonic clock", ""))
    found.append(SinkInfo("file", True, "a WAV file in real time: --sink file:PATH", ""))
    return found


def _look(name: str, probe: bool) -> SinkInfo:
    if not _installed(name):
        extra = " (pip install 'mindful-sessions[simpleaudio]')" if name == "simpleaudio" else ""
        return SinkInfo(name, False, f"not installed{extra}", "")
    by = _provider(name)
    if not probe:
        return SinkInfo(name, True, "installed", by)
    from mindful.audio.sinks.base import SinkError

    sink = ways(name, _Monotonic())[0].make()
    try:
        sink.open()
    except SinkError as e:
        return SinkInfo(name, False, str(e), by)
    sink.close()
    backend = getattr(sink, "backend", "")
    return SinkInfo(name, True, "the device opens" + (f", through {backend}" if backend else ""), by)


class _Monotonic:
    def now(self) -> float:
        import time

        return time.monotonic()
