"""Taking a pack in: into a folder of its own first, judged there, then put in its place in one move, or thrown away.

Updates replace the pack's files and nothing else; the journal and all else that a client made lies elsewhere.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from mindful.handoff import container, library
from mindful.handoff.document import kind_of, title_of
from mindful.handoff.manifest import BadPackError, Manifest
from mindful.journal.files import sync_folder, write_all
from mindful.journal.home import create_private, make_private
from mindful.tongue import _

State = Literal["new", "update", "same", "older"]
_HALF = (".new-", ".gone-")
"""Folders that are on their way in or out."""
_HALF_DONE_S = 3600.0
SPARE = 50 * 2**20
"""Bytes that stay free on the disk."""


@dataclass(frozen=True, slots=True)
class Inside:
    """One script or programme in a pack, as it was judged."""

    path: str
    title: str
    kind: Literal["session", "programme", "other"]
    problem: str = ""
    """Why it cannot be played; empty where it can."""
    total_ms: int | None = None
    min_ms: int = 0
    tier: str = "green"
    cautions: tuple[str, ...] = ()


@dataclass
class Offer:
    """What a pack would bring; nothing is in its place yet."""

    manifest: Manifest
    signed: bool
    state: State
    before: Manifest | None
    """The version that is there."""
    inside: list[Inside]
    _staged: Path
    _target: Path
    _index: dict[str, dict[str, Any]] = field(default_factory=dict)


@contextmanager
def offered(file: Path, packs: Path) -> Iterator[Offer]:
    """Look at a pack. What `accept` does not move is gone afterwards. Raises BadPackError, OSError."""
    make_private(packs)
    staged = packs / f".new-{secrets.token_hex(6)}"
    try:
        with container.opened(file) as pack:
            _fits(pack.manifest, packs)
            make_private(staged / library.FILES)
            for each in pack.manifest.files:
                _put(staged / library.FILES, each.path, pack.chunks(each))
            _put(staged, library.LIST, iter([pack.raw]))
            if pack.signed:
                _put(staged, library.SIGNATURE, iter([pack.signature]))
            manifest, signed = pack.manifest, pack.signed
        inside, index = _judged(manifest, staged / library.FILES)
        target = library.place(packs, manifest, signed)
        before = library.read(target)
        yield Offer(
            manifest,
            signed,
            _state(manifest, before.manifest if before else None),
            before.manifest if before else None,
            inside,
            staged,
            target,
            index,
        )
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def accept(offer: Offer) -> library.Installed:
    """Put it in its place. A version that is there makes room only when the new one is whole. Raises OSError."""
    data = {"mindful_sessions": 1, "sessions": offer._index}
    _put(offer._staged, library.INDEX, iter([json.dumps(data, ensure_ascii=False).encode()]))
    old = offer._target.with_name(f"{library.ASIDE}{secrets.token_hex(6)}")
    there = offer._target.exists()
    if there:
        offer._target.rename(old)
    try:
        offer._staged.rename(offer._target)
    except OSError:
        if there:
            old.rename(offer._target)
        raise
    sync_folder(offer._target.parent)
    shutil.rmtree(old, ignore_errors=True)
    found = library.read(offer._target)
    assert found is not None  # it was read from the same bytes a moment ago
    return found


def mend(packs: Path, now: float | None = None) -> None:
    """Put back a pack that a killed update left aside, and clear what it left half done. Never raises.

    Called before packs are looked at for a change: an `.old-…` whose place is empty is the only copy. What is half done
    may be another program's that goes on just now; it is cleared an hour later. `now` is in seconds, as `time.time`.
    """
    try:
        left = [p for p in packs.iterdir() if p.name.startswith((library.ASIDE, *_HALF))]
    except OSError:
        return
    for each in left:
        with suppress(OSError):
            if each.name.startswith(_HALF):
                if each.stat().st_mtime < (time.time() if now is None else now) - _HALF_DONE_S:
                    shutil.rmtree(each, ignore_errors=True)
                continue
            found = library.read(each)
            if found is None:
                continue
            target = library.place(packs, found.manifest, bool(found.signature))
            if target.exists():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.rename(target)


def remove(pack: library.Installed) -> None:
    """Take a pack out again; what was done with it stays in the journal. Raises OSError."""
    gone = pack.folder.with_name(f".gone-{secrets.token_hex(6)}")
    pack.folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _state(new: Manifest, before: Manifest | None) -> State:
    if before is None:
        return "new"
    if new.made == before.made and new.files == before.files:
        return "same"
    return "update" if new.made > before.made else "older"


def _fits(manifest: Manifest, packs: Path) -> None:
    if sum(f.bytes for f in manifest.files) + SPARE > shutil.disk_usage(packs).free:
        raise OSError(28, _("there is too little room on the disk"), str(packs))


def _put(root: Path, path: str, chunks: Iterator[bytes]) -> None:
    import os

    target = root.joinpath(*path.split("/"))
    make_private(target.parent)
    fd = create_private(target)  # O_EXCL: never through a link, never over another file
    try:
        for chunk in chunks:
            write_all(fd, chunk)
        os.fsync(fd)
    finally:
        os.close(fd)


def _judged(manifest: Manifest, files: Path) -> tuple[list[Inside], dict[str, dict[str, Any]]]:
    from mindful.author.index import entry
    from mindful.script.load import load

    found: list[Inside] = []
    index: dict[str, dict[str, Any]] = {}
    for path in manifest.main:
        file = files / path
        if (kind := kind_of(file)) != "session":
            found.append(Inside(path, title_of(file) or path, kind))
            continue
        loaded = load(file)
        if loaded.script is None:
            first = next(p for p in loaded.problems if p.severity == "error")
            found.append(Inside(path, title_of(file) or path, "session", first.message))
            continue
        script = loaded.script
        about = entry(script, path)
        index[path] = about
        found.append(
            Inside(
                path,
                script.title.source(script.language),
                "session",
                "",
                about["total_ms"],
                about["min_ms"],
                about["tier"],
                tuple(about["cautions"]),
            )
        )
    return found, index


__all__ = ["BadPackError", "Inside", "Offer", "accept", "kind_of", "mend", "offered", "remove"]
