"""Keeps Python's search for unreachable objects out of the way of frames. Called by `run` and the app.

The start makes some hundred thousand objects that stay: looking through them over and over while they come delays the
first frame, and later each full search would hold up a frame of the session for about 20 ms.
"""

from __future__ import annotations

import gc


def hold_off() -> None:
    """Search no more until `go_on`."""
    gc.disable()


def go_on() -> None:
    """Search again, but leave out what is there by now. Does nothing when the search was not held off."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
