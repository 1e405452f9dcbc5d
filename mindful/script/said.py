"""What is said to an author of one value, and how values are written in it. Used wherever such words are made."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mindful.script.codes import Code


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say about a value."""

    code: Code
    message: str
    hint: str = ""
    part: str = ""
    """The part of the value that is meant, where it can be found in the file."""
    column: int | None = None
    """Or the column within the value."""


def name_meant(words: str) -> str:
    """The name that comes nearest to some words: `Vor dem Üben` is vor-dem-uben. Empty where there is none."""
    plain = unicodedata.normalize("NFKD", words.strip().casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    meant = re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-")
    return meant if re.match(r"[a-z]", meant) else ""


def flow(text: str) -> str:
    """A value as it can stand within brackets: in quotes where it would not be one otherwise."""
    if re.search(r"[,:{}\[\]#\"'“”]|^[*&!%@`|>?-]", text):
        return '"' + text.replace("\\", "\\\\").replace('"', "'") + '"'
    return text
