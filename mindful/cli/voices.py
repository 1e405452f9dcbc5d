"""The voice that a command shall use: the option, else the client's settings. Called by play, render and bake."""

from __future__ import annotations

import difflib

from mindful.cli import exits, settings
from mindful.cli.say import fail
from mindful.journal.printable import printable


def chosen(option: str | None) -> tuple[str | None, str | None]:
    """(the voice's name or None for the session's own, the command line of the client's own voice).

    Ends the command where there is no such voice.
    """
    from mindful.audio.voice.choose import DEFAULT, engines, missing
    from mindful.journal import home

    named, command = settings.voice(home.settings_file())
    voice = option or named
    try:
        names = ["none", *engines(command)]
    except ValueError as error:
        fail(exits.USAGE, f"The command of your own voice, in settings.toml, cannot be understood: {error}.")
    if voice is not None and voice not in names and voice != "guide":
        near = difflib.get_close_matches(voice, names, 1)
        meant = f" Did you mean {near[0]}?" if near else " mindful doctor lists them."
        fail(exits.USAGE, f"There is no voice called “{printable(voice)}”.{meant}")
    # Asked for by name just now, it is not silently another; in the settings it is, so that a session still begins.
    if option is not None and option != DEFAULT and (why := missing(option)):
        fail(exits.USAGE, f"The voice “{option}” is not here: {why}.")
    return voice, command
