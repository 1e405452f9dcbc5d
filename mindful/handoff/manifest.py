"""What a pack says of itself. This text is what is signed; each file is bound to it by its size and SHA-256."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mindful.handoff import card as cards
from mindful.handoff import paths
from mindful.handoff.card import BadCardError, Card
from mindful.journal.printable import CONTROL
from mindful.tongue import _

VERSION = 1
DOMAIN = b"mindful-pack-1\0"
"""Before the signed bytes, so that a signature of one thing is never one of another."""
MAX_FILES = 2_000
MAX_FILE = 200 * 2**20
MAX_SCRIPT = 2**20
MAX_TOTAL = 2**30
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\Z")
_SUM = re.compile(r"[0-9a-f]{64}\Z")


class BadPackError(ValueError):
    """This is no pack that may be taken in. The text says why, in words for a person."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file."""

    path: str
    bytes: int
    sha256: str

    @property
    def kind(self) -> str:
        """script, sound or text."""
        return paths.ENDINGS[paths.ending(self.path)]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A pack's own words."""

    id: str
    title: str
    made: datetime
    """With its offset. Of two packs of one maker and id, the later one is the newer."""
    by: Card
    files: tuple[Packed, ...]
    main: tuple[str, ...]
    """The scripts and programmes that were named; the other files are what these need."""
    note: str = ""


def dump(manifest: Manifest) -> bytes:
    """The bytes that are signed."""
    data = {
        "mindful_pack": VERSION,
        "id": manifest.id,
        "title": manifest.title,
        "made": manifest.made.isoformat(timespec="seconds"),
        "by": manifest.by.data(),
        "note": manifest.note,
        "main": list(manifest.main),
        "files": [{"path": f.path, "bytes": f.bytes, "sha256": f.sha256} for f in manifest.files],
    }
    return (json.dumps(data, indent=1, ensure_ascii=True) + "\n").encode()


def load(raw: bytes) -> Manifest:
    """The manifest in these bytes. Raises BadPackError."""
    try:
        data = json.loads(raw.decode(), object_pairs_hook=_once)
    except BadPackError:
        raise
    except (ValueError, RecursionError):
        raise BadPackError(_("its list of contents cannot be read")) from None
    if not isinstance(data, dict) or "mindful_pack" not in data:
        raise BadPackError(_("it has no list of contents"))
    if data["mindful_pack"] != VERSION:
        raise BadPackError(_("a newer mindful made it; this one cannot read it"))
    try:
        made = datetime.fromisoformat(data["made"])
        found = Manifest(
            id=_matching(_ID, data["id"]),
            title=_line(data["title"], 120),
            made=made,
            by=cards.card(data["by"]),
            files=tuple(_file(f) for f in _list(data["files"], MAX_FILES)),
            main=tuple(str(p) for p in _list(data["main"], MAX_FILES)),
            note=_text(data.get("note", ""), 2_000),
        )
    except BadCardError as error:
        raise BadPackError(_("who made it cannot be read: {why}").format(why=error)) from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise (
            error if isinstance(error, BadPackError) else BadPackError(_("its list of contents is not whole"))
        ) from None
    if made.utcoffset() is None:
        raise BadPackError(_("it does not say when it was made"))
    _judge(found)
    return found


def _judge(found: Manifest) -> None:
    if not found.files:
        raise BadPackError(_("there is nothing in it"))
    for file in found.files:
        if why := paths.wrong(file.path):
            raise BadPackError(f"{why}: {file.path!r}")
        if file.bytes > (MAX_SCRIPT if file.kind != "sound" else MAX_FILE):
            raise BadPackError(_("a file is too large: {name!r}").format(name=file.path))
    if again := paths.twice(f.path for f in found.files):
        raise BadPackError(_("two files have one name: {name!r}").format(name=again))
    if sum(f.bytes for f in found.files) > MAX_TOTAL:
        raise BadPackError(_("it is larger than 1 GiB when unpacked"))
    if missing := set(found.main) - {f.path for f in found.files}:
        raise BadPackError(_("a file that it names is not in it: {name!r}").format(name=min(missing)))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadPackError(_("its list of contents says one thing twice"))
    return found


def _file(data: Any) -> Packed:
    size = data["bytes"]
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise BadPackError(_("its list of contents is not whole"))
    if not isinstance(data["path"], str):
        raise BadPackError(_("its list of contents is not whole"))
    return Packed(data["path"], size, _matching(_SUM, data["sha256"]))


def _matching(pattern: re.Pattern[str], text: Any) -> str:
    if not isinstance(text, str) or not pattern.match(text):
        raise BadPackError(_("its list of contents is not whole"))
    return text


def _list(value: Any, longest: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > longest:
        raise BadPackError(_("its list of contents is not whole, or too long"))
    return value


def _line(value: Any, longest: int) -> str:
    text = _text(value, longest)
    if not text.strip() or "\n" in text or "\t" in text:
        raise BadPackError(_("it has no title"))
    return text


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise BadPackError(_("a text in its list of contents is too long"))
    if CONTROL.search(value):
        raise BadPackError(_("a text in its list of contents holds control characters"))
    return value
