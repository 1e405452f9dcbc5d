"""Vorbis comments: the tags of FLAC, Ogg Vorbis and Ogg Opus, with chapters as CHAPTER001 and CHAPTER001NAME.

Called by the containers. Format: https://xiph.org/vorbis/doc/v-comment.html
"""

from __future__ import annotations

import struct

from mindful.render.tags import Tags


def fields(tags: Tags) -> list[tuple[str, str]]:
    """(name, value) pairs; what is empty is left out."""
    found = [
        ("TITLE", tags.title),
        ("ARTIST", tags.artist),
        ("ALBUM", tags.album),
        ("DESCRIPTION", tags.description),
        ("COMMENT", tags.comment),
        ("LANGUAGE", tags.language),
        ("LICENSE", tags.licence),
    ]
    for k, chapter in enumerate(tags.chapters, 1):
        found += [(f"CHAPTER{k:03}", _time(chapter.start_ms)), (f"CHAPTER{k:03}NAME", chapter.title)]
    return [(name, value) for name, value in found if value]


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def body(vendor: bytes, tags: Tags) -> bytes:
    """The comment block without the framing that each container puts around it."""
    entries = [f"{name}={value}".encode() for name, value in fields(tags)]
    out = [struct.pack("<I", len(vendor)), vendor, struct.pack("<I", len(entries))]
    for entry in entries:
        out += [struct.pack("<I", len(entry)), entry]
    return b"".join(out)


def vendor_of(block: bytes) -> bytes:
    """Which library made the stream, from a comment block. Raises ValueError where it is none."""
    if len(block) < 4 or len(block) < 4 + (length := struct.unpack_from("<I", block)[0]):
        raise ValueError("no Vorbis comment")
    return block[4 : 4 + length]
