"""Writes the small pieces of YAML that the author's tools put into a script: a sentence, a name, a length of time.

Pure. Called by prose import, by `mindful new` and by the forms of the workbench. What it writes, `mindful.script.load`
reads back as the same text: a property test holds both to it.
"""

from __future__ import annotations

import re

WIDTH = 96
"""A sentence that would reach beyond this column is folded over several lines."""
_BARE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][^\n\t:#\\\"“”„‟«»{}\[\],&*!|>%@`]*\Z")
"""What needs no quotes anywhere, not even within curly brackets."""
_WORD = re.compile(r"(true|false|null|yes|no|on|off|y|n)\Z", re.IGNORECASE)


def scalar(text: str) -> str:
    """The text on one line, with quotes only where it needs them, between brackets or not."""
    text = " ".join(text.split())
    if _BARE.match(text) and not _WORD.match(text) and text == text.strip():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def sentence(text: str) -> str:
    """The text on one line as a value of its own, where a comma or a bracket needs no quotes."""
    text = " ".join(text.split())
    easy = re.sub(r"[,\[\]{}“”]", "", text)
    if text[:1].isalpha() and _BARE.match(easy) and not _WORD.match(text):
        return text
    return scalar(text)


def value(key: str, text: str, indent: int, *, width: int = WIDTH) -> list[str]:
    """`key: text` as lines whose key stands at column `indent`; a long text is folded below `key: >-`."""
    one = f"{' ' * indent}{key}: {sentence(text)}"
    if len(one) <= width:
        return [one]
    inner = indent + 2
    return [f"{' ' * indent}{key}: >-", *(" " * inner + row for row in _fold(text, width - inner))]


def _fold(text: str, width: int) -> list[str]:
    """Rows of words, none longer than `width` but where one word is; `[pause 4 s]` stays in one piece."""
    rows: list[str] = []
    for word in re.findall(r"\[pause [^\]]*\]|\S+", text):
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += " " + word
        else:
            rows.append(word)
    return rows


def seconds(ms: int) -> str:
    """A length of time as an author would write it: `4 s`, `2 min`, `1 min 30 s`."""
    if ms and ms % 60_000 == 0:
        return f"{ms // 60_000} min"
    minutes, rest = divmod(ms, 60_000)
    part = f"{rest / 1000:.2f}".rstrip("0").rstrip(".") + " s"
    return f"{minutes} min {part}" if minutes else part


def name(text: str, fallback: str = "session") -> str:
    """A name from words: `Evening (2)` is evening-2."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9_-]+", "-", plain.casefold()).strip("-_")[:60]
    return made if re.match(r"[a-z]", made) else f"{fallback}-{made}".rstrip("-_")
