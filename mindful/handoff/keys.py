"""One's own keys: made once, kept in `keys/` of the data folder, never sent. Ed25519 by PyNaCl, age by pyrage.

A key that is lost cannot be made again: what was encrypted to it stays closed, and the others see a stranger under
the same name until the new fingerprint was read to them. `backup` and `restore` are for that day.
"""

from __future__ import annotations

import json
import re
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
_AGE = b"age-encryption.org/"
_WORK = re.compile(rb"\A[^\n]*\n-> scrypt [A-Za-z0-9+/]+ ([0-9]{1,3})\n")
MOST_MB = 1024
"""What opening a backup may take of memory. The costs that age chooses by itself stay below it on any computer."""


class NoKeysError(LookupError):
    """There are no keys of one's own yet."""


class KeysThereError(FileExistsError):
    """There are keys already; they are not written over by accident."""


class WrongPassphraseError(ValueError):
    """The backup does not open with these words."""


class CostlyError(ValueError):
    """The backup asks for more work or memory than is fit for this computer; the text says how much."""


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
    """Put keys from a backup back.

    Raises WrongPassphraseError, CostlyError, DamagedKeysError, KeysThereError, OSError.
    """
    raw = _opened(data, passphrase)
    found = _own(raw)
    file = folder / FILE
    if file.exists() and file.read_bytes() != raw:
        if not replace:
            raise KeysThereError(str(file))
        _keep_old(file)
    write_atomic(file, raw)
    return found


def memory_mb(data: bytes) -> int:
    """What opening an earlier backup, a whole age file, takes of memory in MB; 0 for those that are made now.

    scrypt takes 128 r N bytes, with r = 8 in age, and its time grows alike.
    """
    found = _WORK.match(data[:200]) if data.startswith(_AGE) else None
    return 1 << int(found[1]) >> 10 if found is not None else 0


def _opened(data: bytes, passphrase: str) -> bytes:
    """What is in a backup. Earlier ones are whole age files, at the cost that age chose on the day."""
    import pyrage

    if (needed := memory_mb(data)) > MOST_MB:
        # The library's own bound is a multiple of what it measures in this moment, and knows nothing of memory.
        raise CostlyError(_("{needed} MB of memory").format(needed=needed if needed < 1 << 30 else "2^30"))
    try:
        if not data.startswith(_AGE):
            return passphrases.unlock(data, passphrase, pyrage).encode()
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except (pyrage.DecryptError, ValueError) as error:
        if seconds := re.search(r"work parameter.*?(\d+)\W*seconds", str(error), re.DOTALL):
            raise CostlyError(_("about {seconds} s of work").format(seconds=seconds[1])) from error
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
