"""A recording played back as if it were measured now: `file:PATH`. Called by `opening`.

Like the simulated client it makes what is due by the clock, so a clock of one's own plays an hour in seconds. At its
end it says so; it does not begin again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mindful.bio.ports import Beats, Chunk, Now, clean_name
from mindful.bio.recordings import Recording, read
from mindful.bio.sources.base import Base
from mindful.tongue import _


class FileSource(Base):
    """See `ports.Source`."""

    def __init__(self, clock: Now, path: Path | None = None, recording: Recording | None = None) -> None:
        """From a file, or from what was read already. Raises `SourceError`."""
        name = clean_name(path.name) if path is not None else ""
        super().__init__(_("recording {name}").format(name=name).strip(), clock)
        self.recording = recording if recording is not None else read(path or Path())
        self.kind = self.recording.kind
        self.labels, self.rate_hz = self.recording.labels, self.recording.rate_hz
        self.simulated = self.recording.simulated
        self._from = 0.0
        self._given = 0

    def start(self) -> None:
        if self._state == "idle":
            self._from, self._state = self.clock.now(), "on"

    def read(self) -> list[Chunk] | list[Beats]:
        if self._state != "on":
            return []
        at = self.recording.at_s
        due = int(np.searchsorted(at, self.clock.now() - self._from, side="right"))
        start, self._given = self._given, due
        if due >= len(at):
            self._state = "ended"
            self.say("ended", _("The recording is at its end."))
        if due <= start:
            return []
        times, data = self._from + at[start:due], self.recording.data[:, start:due]
        if self.kind == "heart":
            rr = data[0].astype(np.float64)
            return [Beats(times, rr, float(60_000 / rr[-1]))]
        return [Chunk(times, data)]
