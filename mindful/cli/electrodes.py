"""How the electrodes of a headset sit, in plain lines, before a session that needs them. Called by `perform`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mindful.plain.keyboard import NoMore, Suspended, Told, Typed
from mindful.player.checking import sentence
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.plain.keyboard import Keys
    from mindful.player.checking import Check
    from mindful.player.ports import Clock

LOOK_S = 0.1
APART_S = 4.0
"""What has changed is said no more often, so that nobody is talked over."""


def plainly(check: Check | None, keyboard: Keys, tell: Callable[[str], None], clock: Clock) -> bool:
    """Say how they sit until all sit well or the client goes on; whether the session begins. Closes `check`."""
    if check is None:
        return True
    try:
        tell(_("How the headset sits: Enter begins whatever it says, q leaves."))
        said, since = "", -APART_S
        while True:
            view = check.look()
            text, now = sentence(view), clock.now()
            if view.state == "good":
                tell(text)
                return True
            if text != said and now - since >= APART_S:
                tell(text)
                said, since = text, now
            match keyboard.wait(LOOK_S):
                case Typed(line):
                    return line.strip().casefold() not in ("q", "quit")
                case NoMore():
                    return True
                case Told():
                    return False
                case Suspended(halt):
                    halt()
                case None:
                    pass
    finally:
        check.close()
