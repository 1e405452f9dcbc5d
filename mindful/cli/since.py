"""Days as a person writes them on the command line, and which records they mean. Called by commands of the journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mindful.journal.days import DAY_BEGINS

if TYPE_CHECKING:
    from mindful.journal.asking import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])


def stretch(command: Command) -> Command:
    """The options that choose records; its function gets `since`, `until` and `session`, to be given to `records`."""
    for option in (
        click.option("--session", metavar="ID", help="Only records of this session."),
        click.option("--until", metavar="DATE", help="Only records up to this day."),
        click.option("--since", metavar="DATE", help="Only records from this day on: 2026-11-22, today, or 14 d."),
    ):
        command = option(command)
    return command


def records(
    since: str | None, until: str | None, session: str | None, *, words: Sequence[str] = (), real: bool = False
) -> Wanted:
    """What the options of `stretch` come to. Raises BadParameter."""
    from mindful.journal.asking import Wanted

    return Wanted(
        moment(since, "--since") if since else None, after(until, "--until") if until else None, session, words, real
    )


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
