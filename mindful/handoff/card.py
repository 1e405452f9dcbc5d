"""A person's public card: their name, the key that they sign with, and the one to encrypt to.

A card is signed by itself, so that nobody can put another's name to a key without that key. It is no proof of who
somebody is: that is what reading the fingerprint over the phone is for.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from mindful.handoff.fingerprint import fingerprint
from mindful.journal.printable import CONTROL
from mindful.tongue import _

VERSION = 1
LONGEST_NAME = 60
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}\Z")


class BadCardError(ValueError):
    """These are not the keys of anybody. The text says why, in words for a person."""


@dataclass(frozen=True, slots=True)
class Card:
    """Public keys, and the name that their owner gave them."""

    name: str
    sign: bytes
    """Ed25519 public key, 32 bytes."""
    recipient: str
    """age X25519 recipient, `age1…`."""

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.sign, self.recipient)

    @property
    def short(self) -> str:
        """Its first five digits, for folder names."""
        return self.fingerprint[:5]

    def data(self) -> dict[str, Any]:
        return {"name": self.name, "sign": base64.b64encode(self.sign).decode(), "encrypt": self.recipient}


def name(text: str) -> str:
    """A name as it may stand on a card: one line, no control characters, at most 60 letters. Raises BadCardError."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if (
        not plain
        or CONTROL.search(plain)
        or len(plain) > LONGEST_NAME
        or any(unicodedata.category(c) == "Cf" for c in plain)
    ):
        raise BadCardError(_("a name is one line of at most {most} letters").format(most=LONGEST_NAME))
    return plain


def card(data: object) -> Card:
    """The card in plain data. Raises BadCardError."""
    if not isinstance(data, dict) or not all(isinstance(data.get(k), str) for k in ("name", "sign", "encrypt")):
        raise BadCardError(_("it is no card"))
    try:
        key = base64.b64decode(data["sign"], validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32 or not _RECIPIENT.match(data["encrypt"]):
        raise BadCardError(_("its keys are not whole"))
    return Card(name(data["name"]), key, data["encrypt"])


def signed_bytes(of: Card) -> bytes:
    """What the owner of a card signs."""
    return b"mindful-card-1\0" + json.dumps(of.data(), sort_keys=True, ensure_ascii=True).encode()


def dump(of: Card, signature: bytes) -> bytes:
    """A card as a file."""
    data = {"mindful_card": VERSION, **of.data(), "signature": base64.b64encode(signature).decode()}
    return (json.dumps(data, indent=1) + "\n").encode()


def load(data: bytes) -> Card:
    """The card in a file, its signature checked. Raises BadCardError."""
    if len(data) > 10_000:
        raise BadCardError(_("it is no card"))
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise BadCardError(_("it is no card")) from None
    if not isinstance(found, dict) or "mindful_card" not in found:
        raise BadCardError(_("it is no card"))
    if found["mindful_card"] != VERSION:
        raise BadCardError(_("a newer mindful made it"))
    of = card(found)
    try:
        signature = base64.b64decode(str(found.get("signature")), validate=True)
    except (binascii.Error, ValueError):
        signature = b""
    if not verify(of, signature, signed_bytes(of)):
        raise BadCardError(_("it is not signed by its own key, so somebody changed it"))
    return of


def verify(of: Card, signature: bytes, data: bytes) -> bool:
    """Whether the owner of a card signed these bytes."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(of.sign).verify(data, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True
