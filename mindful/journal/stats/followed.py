"""Where statistics get a plan from: whoever knows one. Called by `mindful stats` and reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mindful.journal.stats.adherence import Adherence

Plan = Callable[[Path, date], Adherence | None]
"""(the journal, the last day that counts): how the plan that is followed was followed; None without one."""


def _programme(journal: Path, until: date) -> Adherence | None:
    from mindful.journal.programme import telling

    return telling.adherence(journal, until)


PLANS: list[Plan] = [_programme]
"""Asked in turn; the first that answers counts."""


def adherence(journal: Path, until: date) -> Adherence | None:
    """How the plan that is followed now was followed."""
    from mindful.journal.programme.telling import adherence as of_programme

    return next((found for plan in (*PLANS, of_programme) if (found := plan(journal, until)) is not None), None)
