"""Records encrypted where they lie. Called by everything that reads or writes a file of the journal.

The format is age (age-encryption.org): a sealed record is `<name>.json.age` and any age program opens it with the key.
To write, only the journal's public key is needed, so a session is kept without asking for anything; to read, its secret
key. `.seal/` in the journal holds both, the secret one locked by a passphrase, so that it travels with the journal, or,
for a journal sealed to a key file of the client's own, the public one alone.

A program holds the keys that it was given until it ends. Sealed files and others may lie side by side. Without the
library (`pyrage`) everything else works, and sealed files stay locked.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindful.journal.files import write_atomic
from mindful.tongue import _

FOLDER = ".seal"
CLOSED = ".json.age"
"""The ending of a sealed record."""
_TO = "recipient.txt"
_LOCKED = "key.json"
_MAGIC = b"age-encryption.org/"

_ring: dict[str, Any] = {}
"""The secret keys that this program was given, by their public ones."""
_own: dict[Path, tuple[str, bytes]] = {}
"""What this program has sealed itself, and what is in it: its own record it may read without the key."""
_MOST_OWN = 8


class SealError(OSError):
    """It is sealed, and cannot be opened, or cannot be sealed; the text says why."""

    def __init__(self, text: str) -> None:
        super().__init__(errno.EACCES, text)

    def __str__(self) -> str:
        return str(self.strerror)


@dataclass(frozen=True, slots=True)
class Seal:
    """To whom a journal is sealed."""

    recipient: str
    """`age1...`"""

    @property
    def opens(self) -> bool:
        """Whether this program holds the secret key."""
        return self.recipient in _ring

    def seal(self, data: bytes) -> bytes:
        """The data, for the key's holder only. Raises SealError."""
        age = _age()
        try:
            sealed: bytes = age.encrypt(data, [age.x25519.Recipient.from_str(self.recipient)])
        except Exception as error:  # the library has several, and no base of its own
            raise SealError(_("it cannot be encrypted to the journal's key")) from error
        return sealed

    def line(self, line: bytes, **plain: object) -> bytes:
        """One event's line as a line that tells nothing but `plain`. Raises SealError."""
        event = {"event": "sealed", **plain, "age": base64.b64encode(self.seal(line)).decode()}
        return json.dumps(event, separators=(",", ":")).encode() + b"\n"


def available() -> bool:
    """Whether the library is there."""
    try:
        _age()
    except SealError:
        return False
    return True


def of(journal: Path) -> Seal | None:
    """The seal of a journal; None where it is not encrypted. Raises OSError when that cannot be told.

    An encrypted journal whose public key cannot be read is no open one: nothing may be written into it in clear.
    """
    try:
        text = (journal / FOLDER / _TO).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError:
        text = ""
    if not text.startswith("age1"):
        raise OSError(errno.EIO, "the journal's public key cannot be read", str(journal / FOLDER / _TO))
    return Seal(text)


def read(path: Path) -> bytes:
    """What is in a file, opened where it is sealed. Raises OSError, SealError."""
    data = path.read_bytes()
    if not data.startswith(_MAGIC):
        return data
    if path in _own and _own[path][0] == _state(path):
        return _own[path][1]
    return unseal(data)


def write(path: Path, data: bytes, journal: Path) -> Path:
    """Put a record's file in place, sealed where the journal is; gives where it is then. Raises OSError, SealError.

    `path` may have either ending. A file with the other ending, about the same record, is removed afterwards.
    """
    seal = of(journal)
    plain, sealed = forms(path)
    target, other = (plain, sealed) if seal is None else (sealed, plain)
    write_atomic(target, data if seal is None else seal.seal(data))
    if seal is not None:
        while len(_own) >= _MOST_OWN:
            del _own[next(iter(_own))]
        _own[target] = (_state(target), data)
    with contextlib.suppress(OSError):
        other.unlink(missing_ok=True)
    return target


def here(path: Path) -> Path:
    """The form of a record's file that is there; where neither is, the name as it is."""
    return next((form for form in (path, *forms(path)) if form.exists()), path)


def above(path: Path) -> Path:
    """The journal that a record's file lies in: the folder above it that is sealed, else its own folder."""
    return next((folder for folder in list(path.parents)[:5] if (folder / FOLDER).is_dir()), path.parent)


def forms(path: Path) -> tuple[Path, Path]:
    """The two names that a record's file may have: in clear and sealed."""
    name = path.name.removesuffix(".age")
    return path.with_name(name), path.with_name(name + ".age")


def stem(name: str) -> str:
    """A file's name without its ending, sealed or not."""
    return name.removesuffix(".age").removesuffix(".json")


def unseal(data: bytes) -> bytes:
    """What was sealed, with the keys that this program was given. Raises SealError."""
    if not _ring:
        raise SealError(_("it is encrypted, and its key was not given"))
    age = _age()
    try:
        opened: bytes = age.decrypt(data, list(_ring.values()))
    except Exception as error:
        raise SealError(_("it is encrypted to another key, or damaged")) from error
    return opened


def events(data: bytes) -> bytes:
    """The lines of a running file, opened. Raises SealError when one is sealed and no key fits."""
    if b'"sealed"' not in data:
        return data
    out = []
    for raw in data.split(b"\n"):
        try:
            event = json.loads(raw)
        except (ValueError, RecursionError):
            out.append(raw)
            continue
        if isinstance(event, dict) and event.get("event") == "sealed":
            try:
                sealed = base64.b64decode(event["age"], validate=True)
            except (KeyError, TypeError, ValueError):
                continue
            out.append(unseal(sealed).rstrip(b"\n"))
        else:
            out.append(raw)
    return b"\n".join(out)


# Keys


def new_key() -> tuple[str, str]:
    """A new pair: (public, secret). Raises SealError without the library."""
    identity = _age().x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def give(secret: str) -> str:
    """Let this program read what is sealed to a key: `AGE-SECRET-KEY-1...`, or a key file's text.

    Gives the (first) public key. Raises SealError.
    """
    keys = [line.strip() for line in secret.splitlines() if line.strip().startswith("AGE-SECRET-KEY-1")]
    if not keys:
        raise SealError(_("there is no age key in it"))
    age, given = _age(), []
    for key in keys:
        try:
            identity = age.x25519.Identity.from_str(key)
        except Exception as error:
            raise SealError(_("the age key in it is not a whole one")) from error
        given.append(str(identity.to_public()))
        _ring[given[-1]] = identity
    return given[0]


def given() -> list[str]:
    """The public keys whose secret ones this program holds."""
    return list(_ring)


def secret(journal: Path) -> str:
    """The secret key of a journal, which this program holds. Raises SealError."""
    seal = of(journal)
    if seal is None or not seal.opens:
        raise SealError(_("its key was not given"))
    return str(_ring[seal.recipient])


def forget_keys() -> None:
    """Hold no key any more."""
    _ring.clear()
    _own.clear()


def begin(journal: Path, recipient: str, secret: str | None = None, passphrase: str | None = None) -> None:
    """Make a journal an encrypted one: what is written from now on is sealed. Raises OSError, SealError.

    With `secret` and `passphrase` the secret key is kept in the journal, locked; it is in place before anything is
    sealed to it.
    """
    if secret is not None:
        if not passphrase:
            raise SealError(_("a passphrase is needed"))
        if locked_key(journal) and recipient not in _ring:
            raise SealError(_("it has a key already, which was not given"))
        from mindful.journal import passphrases

        write_atomic(journal / FOLDER / _LOCKED, passphrases.lock(secret, passphrase, _age()))
    write_atomic(journal / FOLDER / _TO, recipient.encode() + b"\n")


def locked_key(journal: Path) -> bool:
    """Whether the journal holds its own secret key, locked by a passphrase."""
    return (journal / FOLDER / _LOCKED).is_file()


def unlock(journal: Path, passphrase: str) -> str:
    """Give this program the journal's own key; gives the secret key's text. Raises OSError, SealError.

    When two machines encrypted one journal apart, a sync tool has kept both keys; each that the passphrase fits counts.
    """
    from mindful.journal import passphrases  # seldom wanted: programs read with a key

    age, found = _age(), []
    for file in sorted((journal / FOLDER).glob("key*.json"), key=lambda p: p.name != _LOCKED):
        data = file.read_bytes()
        with contextlib.suppress(ValueError):
            found.append(passphrases.unlock(data, passphrase, age))
    if not found:
        raise SealError(_("the passphrase does not fit"))
    for secret in found:
        give(secret)
    return "\n".join(found)


def end(journal: Path, *, last: bool) -> None:
    """Make a journal an open one: what is written from now on is in clear. With `last` its key goes too.

    Raises OSError.
    """
    folder = journal / FOLDER
    (folder / _TO).unlink(missing_ok=True)
    if last:
        (folder / _LOCKED).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            folder.rmdir()


def _state(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size} {stat.st_ino}"


def _age() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise SealError(_("the library pyrage is not installed, which opens encrypted journals")) from error
    return pyrage
