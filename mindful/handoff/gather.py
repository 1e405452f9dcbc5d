"""Which files a script or programme needs, so that a pack holds them all. Called by `mindful pack`.

Every text in the document that names a file beside it counts, whatever kind of step it stands in: recordings, layers,
included scripts, ladders, questionnaires of one's own, the sessions of a programme. So new kinds need no word here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindful.handoff import paths
from mindful.handoff.document import kind_of
from mindful.handoff.manifest import MAX_SCRIPT, Packed
from mindful.script.files import inside
from mindful.script.nodes import read
from mindful.script.problems import Source
from mindful.tongue import _


class CannotPackError(ValueError):
    """A file cannot go into a pack. The text says which and why."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of a pack: where they lie, and under which name they go."""

    files: dict[str, Path]
    main: tuple[str, ...]


def gather(named: list[Path]) -> Gathered:
    """What was named and all that it needs. Raises CannotPackError, OSError.

    Files keep their places below the deepest folder that holds everything that was named.
    """
    tops = [path.absolute() for path in named]
    for top in list(tops):  # the sessions of a programme are there to be played, like what was named
        if kind_of(top) == "programme":
            tops += [p for p in needs(top) if paths.ENDINGS[paths.ending(p.name)] == "script" and p not in tops]
    base = _common([p.parent for p in tops])
    found: dict[str, Path] = {}
    queue = list(tops)
    while queue:
        file = queue.pop()
        name = _name(file, base)
        if name in found:
            continue
        if why := paths.wrong(name):
            raise CannotPackError(f"{name}: {why}")
        found[name] = file
        if paths.ENDINGS[paths.ending(name)] == "script":
            queue += needs(file)
    if again := paths.twice(found):
        raise CannotPackError(_("{name}: another file has this name but for capitals").format(name=again))
    return Gathered(dict(sorted(found.items())), tuple(sorted(_name(p, base) for p in tops)))


def needs(file: Path) -> list[Path]:
    """Files beside a script that it names. Raises OSError; a text that is no YAML needs none."""
    with file.open("rb") as f:
        raw = f.read(MAX_SCRIPT + 1)
    try:
        document = read(Source(str(file), raw.decode("utf-8").removeprefix("\ufeff")))
    except UnicodeDecodeError:
        return []
    found = []
    for text in _texts(document.data):
        if paths.ending(text) in paths.ENDINGS and len(text) <= paths.LONGEST and "\n" not in text:
            beside = inside(file.parent, text)
            if isinstance(beside, Path):
                found.append(beside)
    return list(dict.fromkeys(found))


def packed(name: str, file: Path) -> Packed:
    """A file with its size and sum. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as f:
        while block := f.read(2**20):
            digest.update(block)
            size += len(block)
    return Packed(name, size, digest.hexdigest())


def _texts(data: Any) -> Iterator[str]:
    stack = [data]
    while stack:
        at = stack.pop()
        if isinstance(at, str):
            yield at
        elif isinstance(at, dict):
            stack += at.values()
        elif isinstance(at, list | tuple):
            stack += at


def _common(folders: list[Path]) -> Path:
    base = folders[0]
    while not all(f.is_relative_to(base) for f in folders):
        base = base.parent
    return base


def _name(file: Path, base: Path) -> str:
    file = file if file.is_relative_to(base) else file.resolve()
    for root in (base, base.resolve()):
        if file.is_relative_to(root):
            return file.relative_to(root).as_posix()
    raise CannotPackError(_("{name}: it lies outside the folder of the script").format(name=file.name))
