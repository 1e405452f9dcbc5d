"""Days as a person writes them on the command line. Called by the commands of the journal."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import click

from mindful.journal.days import DAY_BEGINS


def moment(text: str, option: str) -> datetime:
    """The midnight with which a day begins: `2026-11-22`, `today`, `14 d`, `2 weeks`. Raises BadParameter."""
    return _at(text, option, 0)


def after(text: str, option: str) -> datetime:
    """The midnight with which a day ends."""
    return _at(text, option, 1)


def day(text: str, option: str) -> date:
    """The day itself, as the journal counts days: before 04:00 today is still yesterday. Raises BadParameter."""
    shift = timedelta(hours=DAY_BEGINS)
    return _at(text, option, 0, datetime.now() - shift).date()


def _at(text: str, option: str, more: int, now: datetime | None = None) -> datetime:
    words = text.strip().lower()
    today = (now or datetime.now()).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    try:
        if words == "today":
            found = today
        elif days := re.fullmatch(r"(\d{1,5}) ?(d|days?|w|weeks?)", words):
            found = today - timedelta(days=int(days[1]) * (7 if days[2].startswith("w") else 1))
        else:
            found = datetime.strptime(words, "%Y-%m-%d")
        return (found + timedelta(days=more)).astimezone()
    except (ValueError, OverflowError, OSError):
        raise click.BadParameter("Write a day as 2026-11-22, today, or 14 d.", param_hint=option) from None
