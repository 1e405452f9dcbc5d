"""A secret key locked by a passphrase. Called by `sealing`.

scrypt (RFC 7914) with fixed costs makes 32 bytes of the passphrase; they are an age key, and to that key the journal's
is encrypted. age has a way of its own to do this, whose costs follow how busy the machine is at that moment: what was
locked in a quiet hour may then be refused in a busy one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import unicodedata
from typing import Any

VERSION = 1
COSTS = {"n": 1 << 17, "r": 8, "p": 1}
"""128 MB and about half a second; as OWASP's Password Storage Cheat Sheet has it for scrypt."""
_MOST_MEMORY = 1 << 29
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX = "age-secret-key-"


def lock(secret: str, passphrase: str, age: Any, costs: dict[str, int] | None = None) -> bytes:
    """The key, for whoever knows the passphrase. `age` is the library."""
    salt, costs = secrets.token_bytes(16), costs or COSTS
    to = age.x25519.Identity.from_str(_key(passphrase, salt, costs)).to_public()
    locked = base64.b64encode(age.encrypt(secret.encode(), [to])).decode()
    known = {"mindful_key": VERSION, "kdf": "scrypt", **costs, "salt": salt.hex(), "age": locked}
    return json.dumps(known, indent=1).encode() + b"\n"


def unlock(data: bytes, passphrase: str, age: Any) -> str:
    """The key. Raises ValueError where the passphrase does not fit, or this is no locked key."""
    try:
        known = json.loads(data)
        if known["mindful_key"] != VERSION or known["kdf"] != "scrypt":
            raise ValueError("another version")
        costs = {name: int(known[name]) for name in COSTS}
        if not (2 <= costs["n"] <= 1 << 20 and 1 <= costs["r"] <= 16 and 1 <= costs["p"] <= 8):
            raise ValueError("other costs")
        own = age.x25519.Identity.from_str(_key(passphrase, bytes.fromhex(known["salt"]), costs))
        secret: str = age.decrypt(base64.b64decode(known["age"]), [own]).decode()
    except Exception as error:  # the library has several, and no base of its own
        raise ValueError("it does not fit") from error
    return secret


def _key(passphrase: str, salt: bytes, costs: dict[str, int]) -> str:
    words = unicodedata.normalize("NFKC", passphrase).encode()  # however a keyboard writes an accent
    made = hashlib.scrypt(words, salt=salt, **costs, maxmem=_MOST_MEMORY, dklen=32)
    return bech32(_PREFIX, made).upper()


def bech32(prefix: str, data: bytes) -> str:
    """Bytes as age writes keys (BIP 173)."""
    bits, held, values = 0, 0, []
    for byte in data:
        bits, held = (bits << 8 | byte) & 0xFFF, held + 8
        while held >= 5:
            held -= 5
            values.append(bits >> held & 31)
    if held:
        values.append(bits << (5 - held) & 31)
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    return prefix + "1" + "".join(_LETTERS[v] for v in values)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    return check
