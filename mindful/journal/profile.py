"""The client's profile on disk: `profile.json` in the data folder, private, versioned, written whole or not at all.

Called by `mindful profile`, by the host for every start, and by the checklist on the screen. A file that cannot be read
is never taken for an empty one: then the careful answer counts (`UnreadError`), until it is put right or forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mindful.journal.files import write_atomic
from mindful.script.profile import FLAGS, Profile

VERSION = 1
_KEY = "mindful_profile"


class UnreadError(ValueError):
    """The file is there and cannot be understood. Its text says why, in plain words."""


def read(path: Path) -> Profile:
    """The profile; an empty one where there is no file. Raises `UnreadError`."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Profile()
    except (OSError, ValueError) as error:
        raise UnreadError("your checklist cannot be read") from error
    if not isinstance(data, dict) or not isinstance(data.get(_KEY), int):
        raise UnreadError("your checklist cannot be understood")
    if data[_KEY] > VERSION:
        raise UnreadError("your checklist was written by a newer version of mindful")
    return _profile(data)


def _profile(data: Mapping[str, Any]) -> Profile:
    flags, intense, asked = data.get("flags", []), data.get("intense_since"), data.get("asked")
    if not isinstance(flags, list) or not all(isinstance(f, str) for f in flags):
        raise UnreadError("your checklist cannot be understood")
    known = frozenset(f for f in flags if f in FLAGS)
    if len(known) < len(set(flags)):
        known |= {"other"}  # a flag that this version does not know is still one
    return Profile(
        known,
        asked if isinstance(asked, str) else None,
        data.get("answered") is True,
        intense if isinstance(intense, str) and intense else None,
    )


def careful(path: Path) -> tuple[Profile, str]:
    """The profile as a start needs it, and what is to be said about it; never raises.

    An unreadable file counts as every flag: what was ticked is not known.
    """
    try:
        return read(path), ""
    except UnreadError as error:
        return Profile(frozenset(FLAGS)), f"It seems that {error}, so mindful is careful. {PUT_RIGHT}"


PUT_RIGHT = "To begin it anew: mindful profile forget"


def write(path: Path, profile: Profile) -> None:
    """Keep the profile. Raises OSError; then what was there before still is."""
    data = {
        _KEY: VERSION,
        "flags": [f for f in FLAGS if f in profile.flags],
        "answered": profile.answered,
        "asked": profile.asked,
        "intense_since": profile.intense_since,
    }
    write_atomic(path, (json.dumps(data, indent=1) + "\n").encode())


def forget(path: Path) -> bool:
    """Delete the profile; whether there was one. Raises OSError where it cannot be deleted."""
    with suppress(FileNotFoundError):
        path.unlink()
        return True
    return False
