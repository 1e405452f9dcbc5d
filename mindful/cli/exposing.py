"""What the host knows of exposures: who agreed on a script, and what was done before. Kept in `agreed.json`."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.journal import home

if TYPE_CHECKING:
    from mindful.script.model import Script
    from mindful.timeline.exposure.known import Agreed, Known

MOST = 500
"""Scripts that are remembered."""


def has_exposure(script: Script, deep: int = 0) -> bool:
    """Whether there is an exposure in it, or in what it includes."""
    from mindful.script.where import all_steps

    if any(placed.step.exposure is not None for placed in all_steps(script)):
        return True
    return deep < 12 and any(has_exposure(inner, deep + 1) for inner in script.included.values())


def known(script: Script, flags: frozenset[str], *, preview: bool = False, runs: bool = True) -> Known:
    """What the client brings to the exposures of a script; nothing for a script without one, and nothing is read."""
    from mindful.timeline.exposure.known import NOTHING, Known

    if not has_exposure(script):
        return NOTHING
    from mindful.journal import exposures

    agreed: Agreed = "preview" if preview else _agreed(script)
    return Known(agreed, exposures.runs(home.journal()) if runs else (), flags)


def _agreed(script: Script) -> Agreed:
    """Who unlocked it before. A script that was changed since is asked about anew."""
    if from_pack(script):
        return "pack"
    return "earlier" if script.origin.sha256 and script.origin.sha256 in _read(home.agreed_file()) else ""


def from_pack(script: Script) -> bool:
    """Whether a therapist's pack brought it: it lies where packs are unpacked to."""
    try:
        return Path(script.origin.file).resolve().is_relative_to(home.packs().resolve())
    except (OSError, ValueError):
        return False


def remember(script: Script, at: datetime) -> None:
    """The client said that this script was agreed on. Never raises: then it is asked once more."""
    from mindful.journal.files import write_atomic

    if not script.origin.sha256:
        return
    found = {**_read(home.agreed_file()), script.origin.sha256: at.isoformat(timespec="seconds")}
    kept = dict(list(found.items())[-MOST:])
    with suppress(OSError):
        write_atomic(home.agreed_file(), (json.dumps({"mindful_agreed": 1, "scripts": kept}) + "\n").encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        scripts = found["scripts"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return dict(scripts) if isinstance(scripts, dict) else {}
