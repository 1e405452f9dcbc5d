"""Where everything that belongs to the client lies, and how it is kept private.

Called by whatever reads or writes under the data folder. Nothing here creates anything but `make_private` and
`create_private`, so `--help` and a first look leave no trace.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
JOURNAL = "MINDFUL_JOURNAL"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn \n into \r\n


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder: `MINDFUL_HOME` where it is set, else the platform's own. Absolute; it need not exist."""
    if named := environ.get("MINDFUL_HOME", "").strip():
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("mindful", appauthor=False)


def journal(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of records: `MINDFUL_JOURNAL` where it is set, else `journal` below the data folder."""
    if named := environ.get(JOURNAL, "").strip():
        return Path(named).expanduser().absolute()
    return home(environ) / "journal"


def settings_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The client's settings, TOML."""
    return home(environ) / "settings.toml"


def choices_file(environ: Mapping[str, str] = os.environ) -> Path:
    """What the client chose for each session the last time, JSON."""
    return home(environ) / "choices.json"


def profile_file(environ: Mapping[str, str] = os.environ) -> Path:
    """What the client said about their health, JSON."""
    return home(environ) / "profile.json"


def plan_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The client's own plan and people, TOML."""
    return home(environ) / "plan.toml"


def wellness_file(environ: Mapping[str, str] = os.environ) -> Path:
    """What keeps the client well, YAML."""
    return home(environ) / "wellness.yaml"


def patterns_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The client's own breath patterns, YAML."""
    return home(environ) / "patterns.yaml"


def programme_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The programme that the client follows, JSON."""
    return home(environ) / "programme.json"


def pace_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The client's own pace, as it was tapped last, JSON."""
    return home(environ) / "pace.json"


def agreed_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Which exposures the client said were agreed on with a therapist, JSON."""
    return home(environ) / "agreed.json"


def ladders(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the client's own ladders."""
    return home(environ) / "ladders"


def resonance_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The pace at which the client's heart swings most, as it was found last, JSON."""
    return home(environ) / "resonance.json"


def keys(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of keys for packs and summaries."""
    return home(environ) / "keys"


def packs(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of packs that were taken in."""
    return home(environ) / "packs"


def clients(environ: Mapping[str, str] = os.environ) -> Path:
    """The therapist's folder of summaries that were received, one below it for each client."""
    return home(environ) / "clients"


def cache(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of what can be made again."""
    return home(environ) / "cache"


def voices(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of what was said."""
    return cache(environ) / "voice"


def make_private(folder: Path) -> None:
    """Make a folder, and every missing one above it, that only its owner can enter.

    A folder that is already there stays as its owner made it. Raises OSError.
    """
    missing = []
    at = folder
    while not at.is_dir():
        missing.append(at)
        if at.parent == at:
            break
        at = at.parent
    for each in reversed(missing):
        try:
            each.mkdir(mode=FOLDER_MODE)
        except FileExistsError:
            if not each.is_dir():
                raise
            continue  # another program made it in this moment
        with contextlib.suppress(OSError, NotImplementedError):
            each.chmod(FOLDER_MODE)  # an odd umask may have taken the owner's own rights


def create_private(path: Path, *, append: bool = False) -> int:
    """Create a file that only its owner can read; gives its descriptor, to be closed by the caller.

    Raises FileExistsError when it is there already, else OSError.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | _BINARY | (os.O_APPEND if append else 0)
    fd = os.open(path, flags, FILE_MODE)
    with contextlib.suppress(OSError, NotImplementedError):  # means nothing on Windows and on some shared disks
        path.chmod(FILE_MODE)
    return fd


def open_existing(path: Path) -> int:
    """Open a file for reading and locking; gives its descriptor. Raises OSError."""
    return os.open(path, os.O_RDWR | _BINARY)
