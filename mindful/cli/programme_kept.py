"""The programme that is followed, for the commands: read, changed, kept; and the day that it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from mindful.cli import exits
from mindful.cli.say import fail
from mindful.journal import home
from mindful.journal.day import day_of
from mindful.journal.printable import printable
from mindful.journal.programme import state as files
from mindful.journal.programme import words
from mindful.journal.programme.looking import Followed, followed
from mindful.journal.programme.state import State, StateError
from mindful.tongue import _


def today_now() -> date:
    """The day that it is; it begins at 04:00."""
    return day_of(datetime.now().astimezone())


def read() -> State:
    """The state; ends the command where it cannot be read."""
    try:
        return files.read(home.programme_file())
    except StateError as error:
        fail(exits.FAILED, _("Your programme could not be read: {why}.").format(why=printable(str(error))))


def keep(state: State) -> None:
    """Write it down; ends the command where that cannot be done."""
    try:
        files.write(home.programme_file(), state)
    except OSError as error:
        why = error.strerror or _("the system refused")
        fail(exits.FAILED, _("It could not be written: {value}.").format(value=why))


def current() -> Followed:
    """What is followed, renewed where its file was changed; ends the command where nothing is."""
    state = renewed(read())
    found = followed(today_now(), state)
    if found is None:
        fail(exits.USAGE, words.NONE)
    return found


def renewed(state: State) -> State:
    """The state with its plan made anew where the programme's file was changed. What was done stays."""
    from mindful.cli.programme_files import again

    return again(state) if state.plan is not None else state


def changed(change: Callable[[State, date], State]) -> Followed:
    """Change what is followed, keep it, and give what it is now."""
    found = current()
    new = change(found.state, today_now())
    keep(new)
    after = followed(today_now(), new)
    assert after is not None
    return after
