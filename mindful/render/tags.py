"""What a sound file says of itself. Pure. Called by the job; each container writes it in its own words.

No date: two recordings of one session are the same to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mindful.render.chapters import Chapter
from mindful.render.clean import one_line
from mindful.script.model import Script

ALBUM = "mindful"
MADE = "Made with mindful."
SYNTHETIC = "Made with mindful; the voice is synthetic."


@dataclass(frozen=True, slots=True)
class Tags:
    """Each on one line; empty where the script does not say it."""

    title: str
    artist: str = ""
    summary: str = ""
    comment: str = MADE
    language: str = "en"
    """A language tag, as in a script: `en`, `de-AT`."""
    licence: str = ""
    chapters: tuple[Chapter, ...] = field(default=())
    album: str = ALBUM

    @property
    def description(self) -> str:
        """The summary and how it was made."""
        return f"{self.summary} {self.comment}".strip()


def tags(script: Script, chapters: list[Chapter], *, language: str = "", synthetic: bool) -> Tags:
    """The tags of a script's recording. `synthetic`: whether a voice that is no person's is heard in it."""
    tongue = language or script.language
    return Tags(
        title=one_line(script.title.source(tongue)),
        artist=one_line(script.author or ""),
        summary=one_line(script.summary.source(tongue)) if script.summary is not None else "",
        comment=SYNTHETIC if synthetic else MADE,
        language=tongue,
        licence=one_line(script.license or ""),
        chapters=tuple(chapters),
    )
