"""Checks that need to know how long a script takes: whether it is within its own `fit` as it was written.

They are handed to `mindful.script.load` by those who show problems to an author (`mindful check`, the workbench), since
the floor of scripts knows no timeline. Only a script with a `fit` pays for being laid out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from mindful.script.codes import Code
from mindful.script.model import Script
from mindful.script.problems import Problem
from mindful.script.where import Where

GUESSED = 0.25
"""Share of the spoken time by which the guess from the number of words may be wrong: within it, nothing is said."""
_MINUTE = 60_000
_TEN = 10_000


def within_fit(script: Script, where: Where) -> Iterator[Problem]:
    """A script as it was written is within its own `fit`, as far as its length is known.

    Too long is told where even its shortest way is, too short where the client can add nothing without a limit.
    """
    if script.fit is None:
        return
    from mindful.timeline.as_clock import clock
    from mindful.timeline.fit import allowed
    from mindful.timeline.model import SayCue
    from mindful.timeline.outline import outline
    from mindful.timeline.unfold import Setup

    setup = Setup(script)
    asked = allowed(setup)
    if asked is None or asked[0] > asked[1]:
        return
    laid = outline(setup)
    cues = (cue for segment in laid.segments for cue in segment.cues)
    guessed = sum(cue.length_ms for cue in cues if isinstance(cue, SayCue) and cue.estimated and cue.manner == "guide")
    least, most = laid.bounds.min_ms, laid.bounds.max_ms
    about, margin = "about " if guessed else "", GUESSED * guessed
    if least - margin > asked[1]:
        at_least = "" if laid.total_ms is not None else "at least "
        message = f"as written this takes {at_least or about}{clock(least)}, longer than its `fit` allows"
        yield where.problem(Code.OUTSIDE_FIT, ("fit", "max"), message, f"write `max: {_said(_up(least + margin))}`")
    elif most is not None and most + margin < asked[0]:
        at_most = "" if laid.total_ms is not None else "at most "
        message = f"as written this takes {at_most or about}{clock(most)}, shorter than its `fit` allows"
        yield where.problem(Code.OUTSIDE_FIT, ("fit", "min"), message, f"write `min: {_said(_down(most - margin))}`")


def _up(ms: float) -> int:
    """To the next whole minute; below one, to the next ten seconds."""
    step = _MINUTE if ms > _MINUTE else _TEN
    return math.ceil(ms / step) * step


def _down(ms: float) -> int:
    """To the whole minute before it; below one, to ten seconds, and never to nothing."""
    step = _MINUTE if ms >= _MINUTE else _TEN
    return math.floor(ms / step) * step or max(1000, math.floor(ms / 1000) * 1000)


def _said(ms: int) -> str:
    return f"{ms // _MINUTE} min" if ms % _MINUTE == 0 else f"{ms // 1000} s"


CHECKS = (within_fit,)
"""For `further` of `mindful.script.load`."""
