"""Nothing to see, for eyes that are closed: the words under it say the phase, and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.tui.pacers.frames import Frame, blank

if TYPE_CHECKING:
    from mindful.tui.pacers.moment import Moment


def frame(width: int, height: int, _moment: Moment) -> Frame:
    """Blank rows."""
    return blank(width, height)
