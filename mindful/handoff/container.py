"""The file of a pack: a ZIP with the list of contents first, its signature second, then the files.

Any ZIP program can look into one. We never extract with one: names come from the signed list only, each file is read
no further than the list says it is long, and what is not in the list makes the pack invalid.
"""

from __future__ import annotations

import errno
import hashlib
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mindful.handoff import manifest as manifests
from mindful.handoff.card import verify
from mindful.handoff.manifest import BadPackError, Manifest, Packed
from mindful.tongue import _

LIST, SIGNATURE = "mindful-pack.json", "mindful-pack.sig"
MAX_PACK = 2**30
MAX_LIST = 2 * 2**20
MAX_RATIO = 400
"""Times that a file may grow when it is unpacked; text of spaces comes to about 1,000, scripts to under 20."""
_BLOCK = 2**20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    ValueError,
)
"""What the library raises for bytes that are no whole ZIP."""
_EPOCH = (2000, 1, 1, 0, 0, 0)
"""The files' times are not part of a pack; the list says when it was made."""


@dataclass
class Pack:
    """An opened pack whose list is whole and fits its signature, if it has one."""

    manifest: Manifest
    raw: bytes
    """The list as it was signed."""
    signature: bytes
    signed: bool
    """Whether the signature is there and right. A wrong one is an error, not `False`."""
    _archive: zipfile.ZipFile

    def chunks(self, file: Packed) -> Iterator[bytes]:
        """The contents of a file, in pieces of at most 1 MiB. Raises BadPackError at the end where it does not fit."""
        total, digest = 0, hashlib.sha256()
        with (
            _whole(_("a file in it cannot be read: {name!r}").format(name=file.path)),
            self._archive.open("files/" + file.path) as f,
        ):
            while block := f.read(min(_BLOCK, file.bytes - total + 1)):
                total += len(block)
                if total > file.bytes:
                    raise BadPackError(_("a file is longer than it says: {name!r}").format(name=file.path))
                digest.update(block)
                yield block
        if total != file.bytes or digest.hexdigest() != file.sha256:
            raise BadPackError(_("a file is not the one that was signed: {name!r}").format(name=file.path))


def write(to: IO[bytes], raw: bytes, signature: bytes, files: Iterator[tuple[str, Path]]) -> None:
    """A pack of this list. The same contents give the same bytes. Raises OSError."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_info(LIST), raw)
        archive.writestr(_info(SIGNATURE), json.dumps({"ed25519": signature.hex()}).encode())
        for path, file in files:
            with file.open("rb") as source, archive.open(_info("files/" + path), "w", force_zip64=True) as target:
                while block := source.read(_BLOCK):
                    target.write(block)


@contextmanager
def opened(file: Path) -> Iterator[Pack]:
    """A pack to look into. Raises BadPackError, OSError."""
    if file.stat().st_size > MAX_PACK:
        raise BadPackError(_("it is larger than 1 GiB"))
    with _whole(_("it is no pack, or a part of it is missing")):
        archive = zipfile.ZipFile(file)
    with archive:
        yield _pack(archive, file.stat().st_size)


@contextmanager
def _whole(words: str) -> Iterator[None]:
    """Say `words` where the bytes are no whole ZIP. A disk that refuses stays an OSError."""
    try:
        yield
    except BadPackError:
        raise
    except _BROKEN as error:
        raise BadPackError(words) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the file's beginning
            raise
        raise BadPackError(words) from error


def _pack(archive: zipfile.ZipFile, size: int) -> Pack:
    members = archive.infolist()
    names = [m.filename for m in members]
    if len(members) > manifests.MAX_FILES + 2 or len(set(names)) != len(names):
        raise BadPackError(_("it holds a file twice, or too many files"))
    for member in members:
        _plain(member)
    if sum(m.compress_size for m in members) > size:
        raise BadPackError(_("its files lie over each other"))
    raw, seal = _small(archive, LIST), _small(archive, SIGNATURE) if SIGNATURE in names else b""
    found = manifests.load(raw)
    listed = {f"files/{f.path}" for f in found.files}
    if extra := set(names) - listed - {LIST, SIGNATURE}:
        raise BadPackError(_("it holds a file that is not in its list: {name!r}").format(name=min(extra)))
    if missing := listed - set(names):
        raise BadPackError(_("a file that its list names is not in it: {name!r}").format(name=min(missing)))
    signature = _signature(seal) if seal else b""
    if signature and not verify(found.by, signature, manifests.DOMAIN + raw):
        raise BadPackError(_("its signature is not right: somebody changed it after it was signed"))
    return Pack(found, raw, signature, bool(signature), archive)


def _plain(member: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or member.is_dir():
        raise BadPackError(_("it holds a link, a folder or a device: {name!r}").format(name=member.filename))
    if member.flag_bits & 0x1:
        raise BadPackError(_("a file in it is locked with a password"))
    if member.file_size > 2**16 and member.file_size > MAX_RATIO * max(1, member.compress_size):
        raise BadPackError(_("a file grows too much when it is unpacked: {name!r}").format(name=member.filename))


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        raise BadPackError(_("it has no list of contents, so it is no pack"))
    with _whole(_("its list of contents cannot be read")), archive.open(name) as f:
        data = f.read(MAX_LIST + 1)
    if len(data) > MAX_LIST:
        raise BadPackError(_("its list of contents is too long"))
    return data


def _signature(seal: bytes) -> bytes:
    try:
        found = bytes.fromhex(json.loads(seal.decode())["ed25519"])
    except (ValueError, KeyError, TypeError, RecursionError):
        found = b""
    if len(found) != 64:
        raise BadPackError(_("its signature cannot be read"))
    return found


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info
