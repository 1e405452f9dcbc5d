"""Runs the screen and says how it ended. Called by the command line, which hands in the host."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mindful.tui import memory

if TYPE_CHECKING:
    from mindful.tui.app import MindfulApp
    from mindful.tui.host import Host, Wanted


def run(
    host: Host,
    *,
    session: str | Callable[[], Wanted | None] | None = None,
    values: Mapping[str, Any] | None = None,
    begin: bool = False,
    calm: bool = False,
    fps: float = 24,
) -> int:
    """Show the home screen, or one `session` (an id or a file) with `values`; `begin` goes straight to the player.

    `session` may be a function that says which and how. It is called when the first frame is on the screen, and may
    take a moment; where it gives None the screen ends, and its caller has the words for it.

    The exit status: 0 done, 3 stopped early by the client, 4 something failed or the program was told to end.
    """
    memory.hold_off()
    try:
        from mindful.tui.app import MindfulApp

        return carry(MindfulApp(host, session=session, values=values, begin=begin, calm=calm, fps=fps))
    finally:
        memory.go_on()


def run_ladder(host: Host, name: str) -> int:
    """A ladder on the screen; the exit status."""
    from mindful.tui.app import MindfulApp

    return carry(MindfulApp(host, ladder=name))


def carry(app: MindfulApp) -> int:
    """Run an app to its end; the exit status. However it ends, no record stays open."""
    from mindful.tui.app import ENDED, FAILED

    if "TEXTUAL_DRIVER" not in os.environ:
        # Where a shell exports them they are believed more than the terminal, and no change of its size is seen. In a
        # browser they are how the size is told.
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)
    try:
        status = app.run()
    finally:
        app.abort(ENDED)
    if app.crash is not None:
        from mindful.tui import words

        sys.stderr.write(words.CRASHED + "\n")
        traceback.print_exception(app.crash, file=sys.stderr)
        return FAILED
    if app.return_code:
        return int(app.return_code)
    return app.status if status is None else status
