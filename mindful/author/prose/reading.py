"""Opens the file that a therapist's prose is in: plain text, Markdown, a Word document. For `mindful new --from`.

A file that is none of these is refused in a sentence that says what to do. Nothing is ever run or fetched from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mindful.author.prose import docx

MAX_BYTES = 1024 * 1024
"""Of plain text; an hour of guidance has 50 kB."""
PLAIN = (".txt", ".md", ".markdown", ".text", "")
_OTHERS = {
    ".doc": "Word's older format", ".odt": "an OpenDocument text", ".rtf": "rich text", ".pdf": "a PDF",
    ".pages": "a Pages document", ".html": "a web page", ".htm": "a web page",
}  # fmt: skip


class UnreadableError(Exception):
    """Why a file cannot be read, in words for its author."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What a file says."""

    text: str
    remark: str = ""
    """What had to be assumed about the file."""


def read(path: Path) -> Prose:
    """The prose in a file. Raises UnreadableError, in plain words."""
    kind = path.suffix.casefold()
    if kind in _OTHERS:
        raise UnreadableError(f"This is {_OTHERS[kind]}. Please save it as .docx or .txt first.")
    if path.is_dir():
        raise UnreadableError("This is a folder; please name the file in it.")
    try:
        if kind == ".docx":
            return Prose(docx.text(path))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except docx.DocumentError as error:
        raise UnreadableError(str(error)) from None
    except FileNotFoundError:
        raise UnreadableError("There is no such file.") from None
    except OSError as error:
        raise UnreadableError(f"It cannot be read ({(error.strerror or 'no reason given').lower()}).") from None
    if raw[:4] == b"PK\x03\x04":
        raise UnreadableError(
            "This is a document of a word processor. Please give it the ending .docx, or save it as .txt."
        )
    if len(raw) > MAX_BYTES:
        raise UnreadableError("This file is larger than 1 MiB, which is more than one session holds.")
    return _decoded(raw)


def _decoded(raw: bytes) -> Prose:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return Prose(raw.decode(encoding))
            except UnicodeDecodeError:
                raise UnreadableError("This file is damaged: its letters cannot be read.") from None
    if b"\x00" in raw:
        raise UnreadableError("This is not a text file. Please save your text as .docx or .txt.")
    try:
        return Prose(raw.decode("utf-8"))
    except UnicodeDecodeError:
        remark = (
            "The file is not saved as UTF-8; its letters were read as those of Windows. Look at accents and quotes."
        )
        return Prose(raw.decode("cp1252", "replace"), remark)
