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
from mindful.timeline.exposure.known import FILE
from mindful.timeline.fit import fitted
from mindful.timeline.speech import Line
from mindful.timeline.unfold import Setup

if TYPE_CHECKING:
    from mindful.audio.mixer import Mixer
    from mindful.render.page.document import Before
    from mindful.render.page.route import Route
    from mindful.timeline.model import Timeline

BLOCK = 11 * 4096
"""Frames mixed at once: whole tiles of the mixer, and less than the second that an encoder is given."""

PAGE_OPEN_MS = 4000
"""Silence after a question in a page: the page waits within it, and a bell that opens the question rings out."""


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
        setup = Setup(self.script, self.variables, self.language, speech=self.voice, known=FILE)
        return setup if self.fit_ms is None else fitted(setup, self.fit_ms).setup

    def plan(self, progress: Progress) -> tuple[Plan, Mapping[Line, str]]:
        """The session with every line said, and which could not be, with the reason. Raises `PlanError`."""
        said: set[Line] = set()
        failed: dict[Line, str] = {}
        return self._said(self.policy, said, failed, progress), failed

    def _said(self, policy: Policy, said: set[Line], failed: dict[Line, str], progress: Progress) -> Plan:
        while True:
            found = plan(self._setup(), policy)
            new = [line for line in found.lines if line not in said]
            if not new:
                return found
            said.update(new)
            failed.update(self.voice.say_all(new, progress))

    def route(self, progress: Progress) -> tuple[Route, Mapping[Line, str]]:
        """Every way that a page has, with every line said, and which could not be. Raises `PlanError`."""
        from mindful.render.page.route import route

        said: set[Line] = set()
        failed: dict[Line, str] = {}
        policy = replace(self.policy, open_ms=PAGE_OPEN_MS, ask_choices=True)
        found = route(
            lambda ways: self._said(replace(policy, ways=ways), said, failed, progress),
            frozenset(policy.answers),
            lambda plan: [(c.start_ms, c.title) for c in self.chapters(plan)],
        )
        return found, failed

    def page(self, route: Route, before: Before, file: BinaryIO, progress: Progress) -> list[str]:
        """Write a page; what could not be heard in it, in words. Raises OSError."""
        from mindful.audio.units import FRAMES_PER_MS
        from mindful.render.containers.mp3 import Mp3
        from mindful.render.page import document, forms

        mix = mixer(base(self.script), self.voice)
        language = self.language or self.script.language
        main = route.plans[0]
        ends = [
            mix.end_frame(plan.timeline) or 0
            if stretch.placed[-1:] == plan.timeline.placed[-1:]
            else (stretch.start_ms + stretch.length_ms) * FRAMES_PER_MS
            for stretch, plan in zip(route.stretches, route.plans, strict=True)
        ]
        starts = [stretch.start_ms * FRAMES_PER_MS for stretch in route.stretches]
        whole = sum(ends) - sum(starts)

        def encode(k: int, out: BinaryIO) -> None:
            before_ = sum(ends[:k]) - sum(starts[:k])
            made = self.tags(main, main.total_ms)
            sound = Mp3(out, ends[k] - starts[k], replace(made, chapters=()), constant=True)
            mixed(
                mix, route.plans[k].timeline, ends[k], sound, lambda n, _: progress(before_ + n, whole), first=starts[k]
            )

        page = document.Page(
            tags=self.tags(main, main.total_ms),
            before=before,
            stretches=route.stretches,
            forms=[forms.form(k, segment, language, only=only) for k, (segment, only) in enumerate(route.forms)],
            total_ms=main.total_ms,
            language=language,
        )
        document.write(page, file, encode)
        return mix.problems

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


def mixed(
    mix: Mixer, timeline: Timeline, frames: int, out: formats.Container, progress: Progress, *, first: int = 0
) -> None:
    """Mix the frames from `first` up to `frames`, block by block, into `out`, and close it."""
    for at in range(first, frames, BLOCK):
        n = min(BLOCK, frames - at)
        out.write(mix.render(timeline, at, n))
        progress(at + n - first, frames - first)
    out.close()
