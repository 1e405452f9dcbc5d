"""Other people's text, made safe to print. Called by every command that shows a record.

Notes, titles and answers may hold anything. Control codes and escape sequences would drive the terminal, and
bidirectional overrides would show another order of letters than the one that was written.
"""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Everything that must not reach a terminal; tab and newline may."""


def printable(text: object, *, lines: bool = False) -> str:
    """The text with every control character shown as the replacement character.

    With `lines` newlines and tabs stay; without, they become one space, so that the text keeps to its row.
    """
    words = str(text).replace("\r\n", "\n").replace("\r", "\n")
    words = CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)
    return words if lines else re.sub(r"\s*[\n\t]\s*", " ", words)
