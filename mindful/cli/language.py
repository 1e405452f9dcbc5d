"""Which language the program speaks: that of the command line, else of `settings.toml`, else of the environment.

Called by `cli.main` before any room with words is imported, and by the host for the words of sessions. Light:
nothing is read but the one small file, and that only where it is there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from mindful import tongue


def wished(words: Sequence[str]) -> str:
    """A tag, or a locale such as `de_DE.UTF-8`; empty where nobody says."""
    return tongue.asked(words, {}) or setting() or tongue.asked((), os.environ)


def setting() -> str:
    """The language of the settings; empty where they leave it to the computer. Never raises."""
    from mindful.journal import home

    try:
        text = home.settings_file().read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    if "language" not in text:
        return ""
    import tomllib

    try:
        screen = tomllib.loads(text).get("screen")
    except ValueError:
        return ""
    found = screen.get("language") if isinstance(screen, dict) else None
    return found if isinstance(found, str) and found in tongue.LANGUAGES else ""
