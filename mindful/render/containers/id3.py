"""An ID3v2.4 tag with chapters, by hand. Called by the MP3 container.

Formats: the informal standards "ID3 tag version 2.4.0" (structure and frames) and "ID3v2 Chapter Frame Addendum".
"""

from __future__ import annotations

import struct

from mindful.render.chapters import MOST
from mindful.render.tags import Tags

UTF8 = b"\x03"
NO_OFFSET = 0xFFFFFFFF
TOP_LEVEL, ORDERED = 2, 1
UNKNOWN = "und"
_LANGUAGES = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est",
    "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "it": "ita", "ja": "jpn",
    "ko": "kor", "lt": "lit", "lv": "lav", "nb": "nob", "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol",
    "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe", "th": "tha", "tr": "tur",
    "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip
"""ISO 639-2 codes, which ID3 wants, of the two-letter codes that scripts have."""


def tag(tags: Tags) -> bytes:
    """The whole tag, to stand before the first frame of sound."""
    language = _language(tags.language)
    frames = _text("TIT2", tags.title) + _text("TPE1", tags.artist) + _text("TALB", tags.album)
    frames += _text("TLAN", "" if language == UNKNOWN else language)
    if tags.licence:
        frames += _frame("TXXX", UTF8 + b"LICENSE\0" + tags.licence.encode())
    frames += _frame("COMM", UTF8 + language.encode() + b"\0" + tags.description.encode())
    frames += _chapters(tags)
    return b"ID3\x04\x00\x00" + _synchsafe(len(frames)) + frames


def _chapters(tags: Tags) -> bytes:
    """CTOC, which lists them, and a CHAP for each; times in milliseconds."""
    if not tags.chapters:
        return b""
    assert len(tags.chapters) <= MOST
    names = [f"ch{k}".encode() + b"\0" for k in range(1, len(tags.chapters) + 1)]
    out = _frame("CTOC", b"toc\0" + bytes([TOP_LEVEL | ORDERED, len(names)]) + b"".join(names))
    for name, c in zip(names, tags.chapters, strict=True):
        times = struct.pack(">IIII", c.start_ms, c.end_ms, NO_OFFSET, NO_OFFSET)
        out += _frame("CHAP", name + times + _text("TIT2", c.title))
    return out


def _language(code: str) -> str:
    """Three letters, as ID3 wants them."""
    base = code.split("-")[0].lower()
    return base if len(base) == 3 else _LANGUAGES.get(base, UNKNOWN)


def _text(name: str, text: str) -> bytes:
    return _frame(name, UTF8 + text.encode()) if text else b""


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + _synchsafe(len(body)) + b"\0\0" + body


def _synchsafe(n: int) -> bytes:
    """28 bits, seven to a byte."""
    return bytes(n >> shift & 0x7F for shift in (21, 14, 7, 0))
