"""Days as a person writes them on the command line, and which records they mean. Called by commands of the journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mindful.journal.days import day_of

if TYPE_CHECKING:
    from mindful.journal.asking import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])


def stretch(command: Command) -> Command:
    """The options that choose records; its function gets `since`, `until` and `session`, to be given to `records`."""
    for option in (
        click.option("--session", metavar="ID", help="Only records of this session."),
        click.option("--until", metavar="DATE", help="Only records up to this day, and the night after it to 04:00."),
        click.option(
            "--since",
            metavar="DATE",
            help="Only records from this day on: 2026-11-22, today, or 14 d. A day begins at 04:00.",
        ),
    ):
        command = option(command)
    return command


def records(
    since: str | None, until: str | None, session: str | None, *, words: Sequence[str] = (), real: bool = False
) -> Wanted:
    """What the options of `stretch` come to. Raises BadParameter."""
    from mindful.journal.asking import Wanted

    first, last = (day(since, "--since") if since else None), (day(until, "--until") if until else None)
    return Wanted(first, last, session, words, real)


def day(text: str, option: str) -> date:
    """A day as the journal counts: `2026-11-22`, `today`, `14 d`, `2 weeks`. Before 04:00 today is still yesterday.

    Raises BadParameter.
    """
    words = text.strip().lower()
    today = day_of(datetime.now())
    try:
        if words == "today":
            return today
        if days := re.fullmatch(r"(\d{1,5}) ?(d|days?|w|weeks?)", words):
            return today - timedelta(days=int(days[1]) * (7 if days[2].startswith("w") else 1))
        return datetime.strptime(words, "%Y-%m-%d").date()
    except (ValueError, OverflowError):
        raise click.BadParameter("Write a day as 2026-11-22, today, or 14 d.", param_hint=option) from None
