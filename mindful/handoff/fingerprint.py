"""Thirty digits that stand for a person's keys, short enough to be read aloud over the phone. No library needed."""

from __future__ import annotations

import hashlib

GROUPS, DIGITS = 6, 5


def fingerprint(sign: bytes, recipient: str) -> str:
    """Six groups of five digits (99 bits) of both public keys: `48213 90177 …`.

    Digits, since they are said alike in every language that the two may share, and cannot be misheard for a word.
    """
    number = int.from_bytes(hashlib.sha256(b"mindful-fingerprint-1\0" + sign + recipient.encode()).digest(), "big")
    digits = f"{number % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}d}"
    return " ".join(digits[i : i + DIGITS] for i in range(0, len(digits), DIGITS))


def same(one: str, other: str) -> bool:
    """Whether two fingerprints have the same digits, however they are spaced. An unfinished one is never the same."""
    found = ["".join(c for c in text if c.isdigit() and c.isascii()) for text in (one, other)]
    return len(found[0]) == GROUPS * DIGITS and found[0] == found[1]
