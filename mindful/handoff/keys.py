"""One's own keys: made once, kept in `keys/` of the data folder, never sent. Ed25519 by PyNaCl, age by pyrage.

A key that is lost cannot be made again: what was encrypted to it stays closed, and the others see a stranger under
the same name until the new fingerprint was read to them. `backup` and `restore` are for that day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mindful.handoff import card as cards
from mindful.handoff.card import Card
from mindful.journal import passphrases
from mindful.journal.files import write_atomic
from mindful.journal.home import create_private, make_private
from mindful.tongue import _

if TYPE_CHECKING:
    from nacl.signing import SigningKey
    from pyrage import x25519

FILE = "own.json"
CARD_FILE_ENDING = ".mindful-card"


class NoKeysError(LookupError):
    """There are no keys of one's own yet."""


class KeysThereError(FileExistsError):
    """There are keys already; they are not written over by accident."""


class WrongPassphraseError(ValueError):
    """The backup does not open with these words."""


class DamagedKeysError(ValueError):
    """The file of keys is no longer whole."""


@dataclass(frozen=True)
class Own:
    """The client's or therapist's own keys."""

    card: Card
    signing: SigningKey
    identity: x25519.Identity

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        return bytes(self.signing.sign(data).signature)

    def card_file(self) -> bytes:
        return cards.dump(self.card, self.sign(cards.signed_bytes(self.card)))


def own(folder: Path) -> Own:
    """The keys in this folder. Raises NoKeysError, DamagedKeysError, OSError."""
    try:
        return _own((folder / FILE).read_bytes())
    except FileNotFoundError:
        raise NoKeysError from None


def make(folder: Path, name: str, *, replace: bool = False) -> Own:
    """New keys under this name. Those that are there are kept beside them, as `own-1.json`, where `replace` is asked.

    Raises KeysThereError, BadCardError, OSError.
    """
    import nacl.utils
    from pyrage import x25519

    cards.name(name)
    file = folder / FILE
    if file.exists():
        if not replace:
            raise KeysThereError(str(file))
        _keep_old(file)
    data = {"name": cards.name(name), "sign": nacl.utils.random(32).hex(), "age": str(x25519.Identity.generate())}
    raw = (json.dumps({"mindful_keys": 1, **data}, indent=1) + "\n").encode()
    made = _own(raw)
    write_atomic(file, raw)
    return made


def identities(folder: Path) -> list[x25519.Identity]:
    """The keys to open with: one's own, and those that it replaced. Raises NoKeysError, DamagedKeysError, OSError."""
    found = [own(folder).identity]
    for file in sorted(folder.glob("own-*.json"), reverse=True):
        try:
            found.append(_own(file.read_bytes()).identity)
        except (DamagedKeysError, OSError):
            continue  # an old key that is damaged opens nothing; the present one is what counts
    return found


def backup(folder: Path, passphrase: str) -> bytes:
    """One's keys, closed with a passphrase at a cost that is the same on every computer. Raises as `own`."""
    import pyrage

    own(folder)
    return passphrases.lock((folder / FILE).read_text(encoding="utf-8"), passphrase, pyrage)


def restore(folder: Path, data: bytes, passphrase: str, *, replace: bool = False) -> Own:
    """Put keys from a backup back. Raises WrongPassphraseError, DamagedKeysError, KeysThereError, OSError."""
    raw = _opened(data, passphrase)
    found = _own(raw)
    file = folder / FILE
    if file.exists() and file.read_bytes() != raw:
        if not replace:
            raise KeysThereError(str(file))
        _keep_old(file)
    write_atomic(file, raw)
    return found


def _opened(data: bytes, passphrase: str) -> bytes:
    """What is in a backup. Earlier ones are whole age files, at the cost that age chose on the day."""
    import pyrage

    try:
        if not data.startswith(b"age-encryption.org/"):
            return passphrases.unlock(data, passphrase, pyrage).encode()
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except (pyrage.DecryptError, ValueError) as error:
        raise WrongPassphraseError from error


def _keep_old(file: Path) -> None:
    import os

    make_private(file.parent)
    for number in range(1, 1000):
        target = file.with_name(f"own-{number}.json")
        try:
            os.close(create_private(target))
        except FileExistsError:
            continue
        file.replace(target)
        return
    raise FileExistsError(str(file))


def _own(raw: bytes) -> Own:
    from nacl.signing import SigningKey
    from pyrage import IdentityError, x25519

    try:
        data = json.loads(raw.decode())
        if data["mindful_keys"] != 1:
            raise DamagedKeysError(_("a newer mindful made these keys"))
        signing = SigningKey(bytes.fromhex(data["sign"]))
        identity = x25519.Identity.from_str(data["age"])
        card = Card(cards.name(data["name"]), bytes(signing.verify_key), str(identity.to_public()))
    except (ValueError, KeyError, TypeError, IdentityError) as error:
        if isinstance(error, DamagedKeysError):
            raise
        raise DamagedKeysError(_("the file of your keys is not whole")) from error
    return Own(card, signing, identity)
