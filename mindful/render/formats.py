"""Which file a name asks for, by its ending. For `mindful render`. A container is imported when it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol

if TYPE_CHECKING:
    from mindful.audio.units import Block
    from mindful.render.tags import Tags

Kind = Literal["wav", "flac", "vorbis", "opus", "mp3", "vtt", "srt", "txt", "html"]
ENDINGS: dict[str, Kind] = {
    ".wav": "wav",
    ".flac": "flac",
    ".ogg": "vorbis",
    ".opus": "opus",
    ".mp3": "mp3",
    ".vtt": "vtt",
    ".srt": "srt",
    ".txt": "txt",
    ".html": "html",
}
TEXTS: tuple[Kind, ...] = ("vtt", "srt", "txt")
LIST = "sound: .wav .flac .ogg .opus .mp3; captions: .vtt .srt; a script to read out: .txt; a page for a browser: .html"


class FormatError(ValueError):
    """No such format; the words are for the person who asked."""


@dataclass(frozen=True, slots=True)
class Format:
    """What is to be written."""

    kind: Kind

    @property
    def is_text(self) -> bool:
        return self.kind in TEXTS


def of(ending: str, codec: str | None = None) -> Format:
    """The format of an ending with its point. `codec` chooses between those that share `.ogg`. Raises `FormatError`."""
    kind = ENDINGS.get(ending.lower())
    if kind is None:
        what = f"There is no format for “{ending}”." if ending else "A file's ending says what it becomes."
        raise FormatError(f"{what} What there is: {LIST}.")
    if codec is not None:
        if ending.lower() == ".ogg" and codec in ("vorbis", "opus"):
            return Format("opus" if codec == "opus" else "vorbis")
        if codec != kind:
            raise FormatError(f"--codec chooses between vorbis and opus in an .ogg file; {ending} has no such choice.")
    return Format(kind)


class Container(Protocol):
    """A sound file in the making."""

    def write(self, block: Block) -> None:
        """The next frames, (n, 2) float32. Raises OSError."""
        ...

    def close(self) -> None:
        """The end of the sound; not of the file. Raises OSError."""
        ...


def container(kind: Kind, file: BinaryIO, frames: int, tags: Tags) -> Container:
    """A sound file of `frames` frames that is written to `file`, which is empty and can be sought in."""
    match kind:
        case "wav":
            from mindful.render.containers.wav import Wav

            return Wav(file, frames, tags)
        case "flac":
            from mindful.render.containers.flac import Flac

            return Flac(file, frames, tags)
        case "vorbis" | "opus":
            from mindful.render.containers.ogg import Ogg

            return Ogg(file, frames, tags, kind)
        case "mp3":
            from mindful.render.containers.mp3 import Mp3

            return Mp3(file, frames, tags)
    raise ValueError(f"{kind} is no sound")
