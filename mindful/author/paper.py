"""A script's file while it is worked on: read, watched, and written so that nobody's words are lost.

Called by `mindful new` and by the workbench. A file that another program changed is never written over unasked; a file
is replaced as a whole or not at all; what is written is the text as it was typed, comments and line ends included.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from mindful.script.load import MAX_BYTES

UNSAVED = ".unsaved"
"""What is added to a script's name for words that were not saved when the program was ended from outside."""
_BOM = "\ufeff"


class ChangedError(Exception):
    """The file is not as it was last read or written: somebody else changed it."""


class UnreadableError(Exception):
    """Why the file cannot be worked on, in words for its author."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What a glance at a file tells; alike stamps are alike files unless somebody means harm."""

    mtime_ns: int
    size: int
    inode: int


class Paper:
    """One file. Nothing is opened before `read`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: _Stamp | None = None
        self._digest = ""
        """Of the bytes last read or written; empty: no file."""
        self._bom = False

    @property
    def there(self) -> bool:
        """Whether the file is on disk, as far as is known here."""
        return bool(self._digest)

    def read(self) -> str | None:
        """The text of now; None where there is no file. Raises UnreadableError."""
        try:
            stamp, raw = self._stamp_now(), self._bytes()
        except FileNotFoundError:
            self._stamp, self._digest = None, ""
            return None
        except OSError as error:
            why = "it is a folder" if self.path.is_dir() else (error.strerror or "no reason given").lower()
            raise UnreadableError(f"{self.path.name} cannot be read ({why}).") from None
        if len(raw) > MAX_BYTES:
            raise UnreadableError(f"{self.path.name} is larger than 1 MiB, which no script is.")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise UnreadableError(
                f"{self.path.name} is not saved as UTF-8 text. Please save it anew as UTF-8."
            ) from None
        self._stamp, self._digest = stamp, _digest(raw)
        self._bom = text.startswith(_BOM)
        return text.removeprefix(_BOM)

    def changed(self) -> bool:
        """Whether the file's content is no longer what was last read or written here; cheap while untouched."""
        try:
            stamp = self._stamp_now()
        except OSError:
            return bool(self._digest)  # it was there, and is gone or out of reach
        if stamp == self._stamp:
            return False
        try:
            digest = _digest(self._bytes())
        except OSError:
            return True
        if digest == self._digest:
            self._stamp = stamp
            return False
        return True

    def save(self, text: str, *, over: bool = False) -> None:
        """Put the text in the file's place. Raises ChangedError (unless `over`) or OSError: then it is as it was."""
        if not over and self.changed():
            raise ChangedError(self.path.name)
        raw = ((_BOM if self._bom else "") + text).encode("utf-8", "surrogatepass")
        target = self.path.resolve()  # a link stays a link
        replace(target, raw, exclusive=not over and not self._digest)
        self._stamp, self._digest = self._stamp_now(), _digest(raw)

    # Words that were not saved

    @property
    def unsaved(self) -> Path:
        """Where words are kept that were not saved when the program was ended from outside."""
        return self.path.with_name(self.path.name + UNSAVED)

    def keep(self, text: str) -> None:
        """Keep unsaved words beside the file; where that is not possible either, nothing more can be done."""
        with contextlib.suppress(OSError):
            replace(self.unsaved, text.encode("utf-8", "surrogatepass"), private=True)

    def kept(self) -> str | None:
        """Words that were kept; None where there are none, or where they are what the file says."""
        try:
            if self.unsaved.stat().st_size > MAX_BYTES:
                return None
            return self.unsaved.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def forget(self) -> None:
        """Delete the kept words."""
        with contextlib.suppress(OSError):
            self.unsaved.unlink()

    def _bytes(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(MAX_BYTES + 1)

    def _stamp_now(self) -> _Stamp:
        found = self.path.stat()
        return _Stamp(found.st_mtime_ns, found.st_size, found.st_ino)


def replace(path: Path, raw: bytes, *, exclusive: bool = False, private: bool = False) -> None:
    """Write a file whole or not at all, with the rights that it had. Raises OSError.

    `exclusive`: FileExistsError where it is there by now. `private`: only its owner may read it.
    """
    mode = 0o600 if private else _mode(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    fd = os.open(
        temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666 if mode is None else mode
    )
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            with contextlib.suppress(OSError):
                temporary.chmod(mode)
        if exclusive:
            _put(temporary, path)
        else:
            temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _put(temporary: Path, path: Path) -> None:
    """Give a file its name only where the name is free."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk without links
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)
        return
    temporary.unlink()


def _mode(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
