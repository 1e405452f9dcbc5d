"""The packs that were taken in, a folder each below `packs/` of the data folder, and the sessions in them.

Light: listing them reads one small file a pack, and loads neither models nor the libraries of keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mindful import assets
from mindful.handoff import manifest as manifests
from mindful.handoff.manifest import BadPackError, Manifest
from mindful.script import catalogue

LIST, SIGNATURE, INDEX, FILES = "mindful-pack.json", "mindful-pack.sig", "index.json", "files"
ASIDE = ".old-"
"""How a version is called while another takes its place."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack that was taken in."""

    folder: Path
    manifest: Manifest
    raw: bytes
    signature: bytes
    """64 bytes; empty where the client took it in unsigned."""

    @property
    def files(self) -> Path:
        return self.folder / FILES

    def session_files(self) -> list[Path]:
        """The scripts and programmes that were named when it was made."""
        return [self.files / path for path in self.manifest.main]


def installed(packs: Path) -> list[Installed]:
    """All that can be read, by title. What is no pack, or damaged, is left out; nothing is raised.

    When a program was killed in the middle of an update, the version from before stands in for it where it lies.
    """
    try:
        folders = sorted(p for p in packs.iterdir() if p.is_dir())
    except OSError:
        return []
    found = [one for p in folders if not p.name.startswith(".") and (one := read(p)) is not None]
    for aside in (p for p in folders if p.name.startswith(ASIDE)):
        one = read(aside)
        if one is not None and not place(packs, one.manifest, bool(one.signature)).exists():
            found.append(one)
    return sorted(found, key=lambda p: (p.manifest.title.casefold(), p.folder.name))


def place(packs: Path, manifest: Manifest, signed: bool) -> Path:
    """The folder of a pack: a maker's own, so that nobody's takes the place of another's."""
    return packs / f"{manifest.id}-{manifest.by.short if signed else 'unsigned'}"


def read(folder: Path) -> Installed | None:
    """The pack in a folder; None where there is none."""
    try:
        raw = (folder / LIST).read_bytes()
        seal = folder / SIGNATURE
        return Installed(folder, manifests.load(raw), raw, seal.read_bytes() if seal.exists() else b"")
    except (OSError, BadPackError):
        return None


def entries(packs: Path) -> list[catalogue.Entry]:
    """The sessions of all packs, as the list of sessions has them; each with its whole path in `file`."""
    taken, found = set(assets.session_files()), []
    for pack in installed(packs):
        for path, data in _index(pack).items():
            entry = catalogue.entry(data)
            name = entry.id if entry.id not in taken else f"{pack.manifest.id}/{entry.id}"
            if name in taken:
                name = f"{pack.folder.name}/{entry.id}"
            taken.add(name)
            found.append(replace(entry, id=name, file=str(pack.files / path)))
    return sorted(found, key=lambda e: e.id)


def session_files(packs: Path) -> dict[str, Path]:
    """By its name, each session of the packs."""
    return {entry.id: Path(entry.file) for entry in entries(packs)}


def came_with(packs: Path, script: Path) -> Manifest | None:
    """The pack that this file came with, unchanged and signed; None for every other file. Checks the signature."""
    from mindful.handoff.card import verify

    try:
        file = script.resolve(strict=True)
        for pack in installed(packs):
            root = pack.files.resolve()
            if not file.is_relative_to(root):
                continue
            path = file.relative_to(root).as_posix()
            listed = next((f for f in pack.manifest.files if f.path == path), None)
            if listed is None or hashlib.sha256(file.read_bytes()).hexdigest() != listed.sha256:
                return None
            right = verify(pack.manifest.by, pack.signature, manifests.DOMAIN + pack.raw)
            return pack.manifest if right else None
    except (OSError, ValueError):
        return None
    return None


def _index(pack: Installed) -> Mapping[str, dict[str, object]]:
    try:
        data = json.loads((pack.folder / INDEX).read_text(encoding="utf-8"))
        return {path: each for path, each in data["sessions"].items() if isinstance(each, dict) and "id" in each}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
