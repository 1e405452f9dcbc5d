"""A single bell, to hear whether there is sound. Called by the host, and by `mindful doctor --sound`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.audio.transport import Transport
    from mindful.player.ports import Clock

AT_ONCE_S = 0.2
"""How long a key press may take to show what it did."""
_BELL = "mindful: 1\ntitle: Sound check\nsteps:\n  - bell: {sound: bowl, level: -6}\n  - pause: 1 s\n"


def ring(sink: str, clock: Clock, volume: float, patience_s: float = AT_ONCE_S) -> tuple[Transport | None, str]:
    """Strike a bell; what carries it (to be closed by the caller) and what to say, within about `patience_s`."""
    from mindful.audio.choose import open_speaker
    from mindful.script.load import loads
    from mindful.timeline.compile import compile_timeline
    from mindful.timeline.unfold import Setup

    script = loads(_BELL, "sound-check").script
    assert script is not None
    speaker = open_speaker(sink, clock=clock)
    speaker.volume(volume)
    speaker.start(compile_timeline(Setup(script)))
    speaker.finish(0)
    until = clock.now() + patience_s
    while speaker.chosen == "not opened yet" and clock.now() < until:
        time.sleep(0.01)
    return speaker, words(speaker.chosen, volume)


def words(chosen: str, volume: float) -> str:
    """What a person is told, from what the speaker says about its choice."""
    if chosen == "not opened yet":
        return _("A bell is on its way. If you hear nothing, mindful doctor says why.")
    if chosen.startswith("no sound device"):
        return _("No sound device was found. The session also works without sound.")
    name = chosen.split(" ", 1)[0].rstrip(";")
    if name in ("null", "file"):
        return _("The sound goes to “{name}” this time, so no bell is heard.").format(name=name)
    if volume <= 0:
        return _("The sound goes through {name}, and is turned off.").format(name=name)
    return _("You should hear a bell, through {name}.").format(name=name)
