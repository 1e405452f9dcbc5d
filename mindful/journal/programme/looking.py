"""The programme that is followed, as it stands now: the file, the journal and the walk put together. Never writes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mindful.journal import home
from mindful.journal.programme.done import done
from mindful.journal.programme.plan import Plan
from mindful.journal.programme.progress import Position, position
from mindful.journal.programme.state import State, read


@dataclass(frozen=True, slots=True)
class Followed:
    """A programme and where its client is in it."""

    plan: Plan
    position: Position
    state: State


def followed(today: date, state: State | None = None, journal: Path | None = None) -> Followed | None:
    """What is followed on this day; None where nothing is. Raises `StateError`.

    Whoever looks at the records of somebody else has no programme there: `programme.json` is one's own.
    """
    if state is None and os.environ.get(home.JOURNAL):
        return None
    state = read(home.programme_file()) if state is None else state
    if state.plan is None:
        return None
    journal = home.journal() if journal is None else journal
    doings = [*done(journal, state.plan.sessions, state.following.since), *state.ticked]
    return Followed(state.plan, position(state.plan, state.following, doings, today), state)
