"""Making a pack: gather, list, sign, write. Called by `mindful pack`."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mindful.handoff import container
from mindful.handoff import manifest as manifests
from mindful.handoff.gather import CannotPackError, Gathered, packed
from mindful.handoff.keys import Own
from mindful.handoff.manifest import BadPackError, Manifest


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the maker says of a pack."""

    id: str
    title: str
    note: str = ""


def plain_id(text: str) -> str:
    """A pack's id out of a title or a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60].strip("-") or "pack"


def make(to: Path, gathered: Gathered, wanted: Wanted, own: Own, at: datetime) -> Manifest:
    """Write a signed pack in place of what is there. Raises CannotPackError, OSError; then nothing is changed.

    What is written is read back as a client's program would, so no pack leaves that `unpack` refuses.
    """
    files = tuple(packed(name, file) for name, file in gathered.files.items())
    manifest = Manifest(wanted.id, wanted.title, at, own.card, files, gathered.main, wanted.note)
    raw = manifests.dump(manifest)
    temporary = to.with_name(f".{to.name}.{secrets.token_hex(4)}.tmp")
    try:
        manifests.load(raw)
        with temporary.open("xb") as f:
            container.write(f, raw, own.sign(manifests.DOMAIN + raw), iter(gathered.files.items()))
        with container.opened(temporary) as pack:
            for file in pack.manifest.files:
                for _ in pack.chunks(file):
                    pass
        temporary.replace(to)
    except BadPackError as error:
        raise CannotPackError(str(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return manifest
