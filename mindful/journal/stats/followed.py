"""Where statistics get a plan from: whoever knows one. Called by `mindful stats` and reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mindful.journal.stats.adherence import Adherence

Plan = Callable[[Path, date], Adherence | None]
"""(the journal, the last day that counts): how the plan that is followed was followed; None without one."""

PLANS: list[Plan] = []
"""Asked in turn; the first that answers counts. A room that knows plans puts its function in when it is imported."""


def adherence(journal: Path, until: date) -> Adherence | None:
    """How the plan that is followed now was followed."""
    from mindful.journal.programme.telling import adherence as of_programme

    return next((found for plan in (*PLANS, of_programme) if (found := plan(journal, until)) is not None), None)
