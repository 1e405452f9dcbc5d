"""The words of a Word document, by the standard library alone: a .docx is a ZIP file with XML in it.

Called by `reading`. The file is other people's: what is unpacked is bounded, a document type or an entity ends the
reading, and nothing is fetched. Deleted text of tracked changes, fields' codes and repeated text boxes are left out.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

MAX_FILE, MAX_XML, MAX_TEXT = 50 * 1024 * 1024, 20 * 1024 * 1024, 1024 * 1024
"""Bytes of the file (pictures count), of its text as XML, characters of the text itself."""
_PART = "word/document.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SKIP = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "footnoteReference"})
_HEADINGS = ("title", "titel", "heading", "überschrift", "berschrift", "subtitle", "untertitel")


class DocumentError(Exception):
    """Why a document cannot be read, in words for its author."""


def text(path: Path) -> str:
    """The paragraphs of a document with an empty line between; headings marked by `#`.

    Raises DocumentError with words for the author, and OSError."""
    if path.stat().st_size > MAX_FILE:
        raise DocumentError("This document is larger than 50 MB. Please save its text alone, as .txt.")
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PART) as part:
            xml = part.read(MAX_XML + 1)  # counted as it comes: what the archive says of its size is not trusted
    except KeyError:
        raise DocumentError(
            "This is not a Word document: it has no text part. Please save it as .docx or .txt."
        ) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise DocumentError("This document is damaged or locked. Please save it anew, without a password.") from None
    if len(xml) > MAX_XML:
        raise DocumentError("The text of this document is too large for one session.")
    return "\n\n".join(_Reader().read(xml))


class _Reader:
    """One pass over the XML."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._parts: list[str] = []
        self._style = ""
        self._listed = False
        self._skipping = 0
        self._taking = False
        self._size = 0

    def read(self, xml: bytes) -> list[str]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.buffer_text = True
        try:
            parser.Parse(xml, True)
        except expat.ExpatError:
            raise DocumentError("The text of this document is damaged. Please save it anew.") from None
        return self.paragraphs

    def _refuse(self, *_: object) -> None:
        raise DocumentError("This document holds declarations that Word does not write; it is not read.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if self._skipping or name in _SKIP:
            self._skipping += 1
            return
        if space not in (_W, _STRICT):
            return
        value = next((v for k, v in attributes.items() if k.rpartition(" ")[2] == "val"), "")
        match name:
            case "p":
                self._flush()
            case "pStyle":
                self._style = value.casefold()
            case "numPr":
                self._listed = True
            case "t":
                self._taking = True
            case "tab":
                self._parts.append(" ")
            case "br" | "cr":
                self._parts.append("\n")
            case "noBreakHyphen":
                self._parts.append("-")

    def _end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name = tag.rpartition(" ")[2]
        if name == "t":
            self._taking = False
        elif name in ("p", "body"):
            self._flush()

    def _data(self, data: str) -> None:
        if self._taking and not self._skipping:
            self._size += len(data)
            if self._size > MAX_TEXT:
                raise DocumentError("The text of this document is too large for one session.")
            self._parts.append(data)

    def _flush(self) -> None:
        words = "".join(self._parts).strip()
        if words:
            heading = any(self._style.startswith(h) for h in _HEADINGS) and "\n" not in words
            self.paragraphs.append(f"# {words}" if heading else f"- {words}" if self._listed else words)
        self._parts, self._style, self._listed = [], "", False
