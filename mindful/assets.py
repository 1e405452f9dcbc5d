"""Where the bundled `sessions/` and `audio/` are: at the top of a checkout, inside the package in a wheel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder that holds `sessions/` and `audio/`."""
    carried = _PACKAGE / "_data"
    return carried if carried.is_dir() else _PACKAGE.parent


def sessions() -> Path:
    """The folder of bundled scripts; patterns lie in `patterns.yaml` in it."""
    return root() / "sessions"


def audio() -> Path:
    """The folder of bundled sounds."""
    return root() / "audio"


def docs() -> Path:
    """The folder of the pages that the program itself can show; an installed program carries only those."""
    return root() / "docs"


_NOT_SCRIPTS = ("evidence", "programmes", "ladders", "questionnaires", "cards")
"""Folders of `sessions/` that hold other things."""


def session_files() -> dict[str, Path]:
    """Every bundled script by its id (the file's stem), sorted by id."""
    top = sessions()
    found = (
        p for p in top.rglob("*.yaml") if p.name != "patterns.yaml" and p.relative_to(top).parts[0] not in _NOT_SCRIPTS
    )
    return {p.stem: p for p in sorted(found, key=lambda p: p.stem)}


further: list[Callable[[], Mapping[str, Path]]] = []
"""More scripts by their names, such as those of packs that were taken in: the command line adds where to look."""


def find(name: str) -> Path | None:
    """The script that a person means by a path, a bundled session's id, or that of one in a pack. It is not opened."""
    try:
        path = Path(name)
        if path.is_file():
            return path
    except (OSError, ValueError):
        return None
    bundled = session_files().get(name)
    return bundled or next((found[name] for found in (look() for look in further) if name in found), None)
