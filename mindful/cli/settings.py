"""What is remembered from one session to the next: `settings.toml` in the data folder. Called by the host.

A person may write in this file too: what is theirs, comments included, stays as it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DEFAULT_VOLUME = 0.8
_SECTION = re.compile(r"^\s*\[sound\]\s*(?:#.*)?$", re.MULTILINE)
_ANY_SECTION = re.compile(r"^\s*\[", re.MULTILINE)
_VOLUME = re.compile(r"^(\s*volume\s*=\s*)[^#\n]*?(\s*(?:#.*)?)$", re.MULTILINE)


def volume(path: Path) -> float:
    """The loudness last used, 0 to 1; the default where nothing readable says so."""
    found = _section(path, "sound").get("volume")
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
        return DEFAULT_VOLUME
    return float(found)


def voice(path: Path) -> tuple[str | None, str | None]:
    """The voice that the client wants and the command line of their own one: `[voice]` with `name` and `command`."""
    section = _section(path, "voice")
    name, command = section.get("name"), section.get("command")
    return name if isinstance(name, str) else None, command if isinstance(command, str) else None


def _section(path: Path, name: str) -> dict[str, Any]:
    """One section of the settings; empty where nothing readable says so."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    import tomllib  # most clients have no settings, and the first frame waits for this

    try:
        found = tomllib.loads(text).get(name, {})
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def with_volume(text: str, level: float) -> str:
    """The settings with this loudness. Raises ValueError where the text is no TOML, so that nothing of it is lost."""
    import tomllib

    tomllib.loads(text)
    line = f"volume = {round(min(1.0, max(0.0, level)), 2)}"
    section = _SECTION.search(text)
    if section is None:
        new = f"{text.rstrip()}\n\n" if text.strip() else ""
        new += f"[sound]\n{line}\n"
    else:
        start = section.end()
        following = _ANY_SECTION.search(text, start)
        end = following.start() if following else len(text)
        body = text[start:end]
        if _VOLUME.search(body):
            body = _VOLUME.sub(lambda m: f"{m[1]}{line.removeprefix('volume = ')}{m[2]}", body, count=1)
        else:
            body = f"\n{line}{body}"
        new = text[:start] + body + text[end:]
    tomllib.loads(new)
    return new


def remember_volume(path: Path, level: float) -> bool:
    """Write the loudness down; whether that was possible. Never raises: forgetting it does no harm."""
    from mindful.journal.files import write_atomic
    from mindful.journal.home import make_private

    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        new = with_volume(text, level)
        if new != text:
            make_private(path.parent)
            write_atomic(path, new.encode())
    except (OSError, ValueError):
        return False
    return True
