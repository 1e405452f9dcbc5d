"""Runs the screen and says how it ended. Called by the command line, which hands in the host."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mindful.tui.host import Host


def run(
    host: Host,
    *,
    session: str | None = None,
    values: Mapping[str, Any] | None = None,
    begin: bool = False,
    calm: bool = False,
    fit_ms: int | None = None,
    fps: float = 24,
) -> int:
    """Show the home screen, or one `session` (an id or a file) with `values`; `begin` goes straight to the player.

    `fit_ms` is the length that this session is to take, which its script must allow.

    The exit status: 0 done, 3 stopped early by the client, 4 something failed or the program was told to end.
    """
    from mindful.tui import words
    from mindful.tui.app import FAILED, MindfulApp

    app = MindfulApp(host, session=session, values=values, begin=begin, calm=calm, fit_ms=fit_ms, fps=fps)
    try:
        status = app.run()
    finally:
        # However it ended: no record stays open.
        app.abort("the screen ended")
    if app.crash is not None:
        sys.stderr.write(words.CRASHED + "\n")
        traceback.print_exception(app.crash, file=sys.stderr)
        return FAILED
    if app.return_code:
        return int(app.return_code)
    return app.status if status is None else status
