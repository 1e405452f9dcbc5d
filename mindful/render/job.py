"""From a script to a file's contents: plan, say, plan again with the real lengths, write. Called by `mindful render`.

Nothing here asks or prints; what goes on is told to a `Progress`, and what it raises ends the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from mindful.render import captions, formats, reading
from mindful.render.chapters import Chapter, chapters
from mindful.render.clean import one_line
from mindful.render.plan import Plan, PlanError, Policy, plan
from mindful.render.tags import Tags, tags
from mindful.render.voice import Progress, Voice, mixer
from mindful.script.model import Script
from mindful.script.values import Scalar
from mindful.timeline.fit import fitted
from mindful.timeline.speech import Line
from mindful.timeline.unfold import Setup

if TYPE_CHECKING:
    from mindful.audio.mixer import Mixer
    from mindful.timeline.model import Timeline

BLOCK = 11 * 4096
"""Frames mixed at once: whole tiles of the mixer, and less than the second that an encoder is given."""


def base(script: Script) -> Path | None:
    """The folder that a script's own sounds are relative to; None for one that is in no file."""
    file = Path(script.origin.file)
    return file.parent if file.is_file() else None


@dataclass(frozen=True, slots=True)
class Job:
    """A session that becomes a file."""

    script: Script
    voice: Voice
    policy: Policy = field(default_factory=Policy)
    variables: Mapping[str, Scalar] = field(default_factory=dict)
    language: str = ""
    fit_ms: int | None = None
    """The length that it is to take; its script must allow it."""

    @property
    def title(self) -> str:
        return one_line(self.script.title.source(self.language or self.script.language))

    def _setup(self) -> Setup:
        """What is known now of its words, at the length that was asked for."""
        setup = Setup(self.script, self.variables, self.language, speech=self.voice)
        return setup if self.fit_ms is None else fitted(setup, self.fit_ms).setup

    def plan(self, progress: Progress) -> tuple[Plan, Mapping[Line, str]]:
        """The session with every line said, and which could not be, with the reason. Raises `PlanError`."""
        said: set[Line] = set()
        failed: dict[Line, str] = {}
        while True:
            found = plan(self._setup(), self.policy)
            new = [line for line in found.lines if line not in said]
            if not new:
                return found, failed
            said.update(new)
            failed.update(self.voice.say_all(new, progress))

    def chapters(self, plan: Plan) -> list[Chapter]:
        return chapters(self.script, plan.timeline, plan.values, self.language, self.title)

    def tags(self, plan: Plan, end_ms: int) -> Tags:
        """The tags of a recording that ends, its last bell rung out, at `end_ms`."""
        *found, last = self.chapters(plan)
        return tags(
            self.script,
            [*found, replace(last, end_ms=max(end_ms, last.end_ms))],
            language=self.language,
            synthetic=any(line.audio is None and self.voice.sound(line) is not None for line in plan.lines),
        )

    def unheard(self, plan: Plan) -> int:
        """How many of its lines have no sound."""
        return sum(self.voice.sound(line) is None for line in plan.lines)

    def text(self, plan: Plan, form: formats.Format, *, breath: bool = False) -> str:
        """The contents of a text format. `breath`: captions have the phases too."""
        language = self.language or self.script.language
        match form.kind:
            case "vtt":
                return captions.vtt(captions.captions(plan.timeline, breath=breath), self.title, language)
            case "srt":
                return captions.srt(captions.captions(plan.timeline, breath=breath))
            case "txt":
                return reading.text(self.script, plan.timeline, self.language)
        raise ValueError(f"{form.kind} is no text")

    def sound(self, plan: Plan, form: formats.Format, file: BinaryIO, progress: Progress) -> list[str]:
        """Write a sound file; what could not be heard in it, in words. Raises OSError and `PlanError`."""
        from mindful.audio.units import FRAMES_PER_MS

        mix = mixer(base(self.script), self.voice)
        frames = mix.end_frame(plan.timeline) or 0
        if not frames:
            raise PlanError("There is nothing to hear in this session.")
        found = self.tags(plan, -(-frames // FRAMES_PER_MS))
        mixed(mix, plan.timeline, frames, formats.container(form.kind, file, frames, found), progress)
        return mix.problems


def mixed(mix: Mixer, timeline: Timeline, frames: int, out: formats.Container, progress: Progress) -> None:
    """Mix `frames` frames from the beginning, block by block, into `out`, and close it."""
    for first in range(0, frames, BLOCK):
        n = min(BLOCK, frames - first)
        out.write(mix.render(timeline, first, n))
        progress(first + n, frames)
    out.close()
