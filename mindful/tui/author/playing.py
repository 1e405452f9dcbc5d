"""Hearing a script from a step on, beside its text: the real conductor and the real sound, without a record.

Used by `bench`, which asks for a frame from time to time. Nothing here keeps time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.author.live import script_of
from mindful.author.place import Index, line_of, path_of, rest_from, step_at
from mindful.player.commands import Advance, Answer, Skip
from mindful.timeline.model import KeyPrompt
from mindful.tui.host import Options

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from mindful.author.live import Look
    from mindful.player.view import View
    from mindful.script.model import Script
    from mindful.script.nodes import Path
    from mindful.tui.host import Host, Session


class Playing:
    """At most one session at a time."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._session: Session | None = None
        self._script: Script | None = None
        self._steps: Index = ()
        self._lines: tuple[int, ...] = ()
        self.view: View | None = None

    @property
    def on(self) -> bool:
        return self._session is not None

    def begin(self, look: Look, file: FilePath, row: int, volume: float) -> None:
        """Play from the step of line `row`, or from the start. Raises ValueError where nothing can be played."""
        whole = script_of(look, file)
        if whole is None:
            raise ValueError("It can be heard once the problems are put right.")
        self.stop()
        path = step_at(look.steps, row)
        script = whole if path is None else rest_from(whole, path)
        self._lines = _lines_of(look.steps, path)
        self._session = self._host.begin(script, script.defaults(), Options(volume))
        self.view = self._session.start()

    def frame(self) -> None:
        """What is heard now; over when the script ends."""
        if self._session is None:
            return
        self.view = self._session.tick()
        if self.view.ended is not None:
            self._session, self.view = None, None

    def next(self) -> None:
        """Go on: to the next step, or over a question as if it were left open."""
        if self._session is None or self.view is None:
            return
        if self.view.status == "asking":
            self._session.do(Answer(None))
            if self._session.refused:
                self._session.do(Skip())
        elif isinstance(self.view.prompt, KeyPrompt):
            self._session.do(Advance())
        else:
            self._session.do(Skip())
        self.frame()

    def stop(self) -> None:
        """Silence, at once."""
        session, self._session, self.view = self._session, None, None
        if session is not None:
            session.abort("stopped", "the author stopped listening")

    @property
    def line(self) -> int | None:
        """The line (from 0) of the step that is heard, in the text as it was when playing began."""
        if self.view is None or self.view.step is None:
            return None
        wanted = path_of(self.view.step.path)
        if len(wanted) >= 2 and isinstance(wanted[1], int) and wanted[1] < len(self._lines):
            inner = line_of(self._steps, self.view.step.path)
            return self._lines[wanted[1]] if inner is None else inner
        return None


def _lines_of(index: Index, path: Path | None) -> tuple[int, ...]:
    """The line of each top-level step of what `rest_from` makes of a script."""
    if path is None:
        return tuple(line for found, line in index if len(found) == 2)
    lines = dict(index)
    out: list[int] = []
    for n in range(len(path), 0, -1):
        at = path[n - 1]
        if isinstance(at, int) and path[n - 2] == "steps":
            first = at if n == len(path) else at + 1
            while (here := lines.get((*path[: n - 1], first))) is not None:
                out.append(here)
                first += 1
    return tuple(out)
