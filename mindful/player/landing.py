"""The grounding minute: what a client is given who stops and lands. `state` calls `landed`; the words are here.

It is a short script of its own that takes the place of all that was still to come, so that it is said, shown, paused,
skipped and recorded as every other part of a session. Its steps are called `landing[0].say` and so on.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mindful.player.running import State
from mindful.script.model import Script
from mindful.timeline.compile import extend
from mindful.timeline.model import AnyCue, CaptionCue, PhaseCue, Placed, SayCue, Timeline
from mindful.timeline.outline import outline
from mindful.timeline.speech import Line
from mindful.timeline.stretch import AS_WRITTEN
from mindful.timeline.unfold import Cursor, Setup, begin
from mindful.tongue import LANGUAGES, N_, base_of, language, said_in

FADE_MS = 2500
"""What was heard fades out over this time; nothing is said before it is over."""
BASE = "landing"
"""What its steps are called in the record."""

LINES: tuple[tuple[str, float], ...] = (
    (N_("You can stop here. There is nothing left to do."), 2),
    (N_("Let your eyes open, in your own time. The breath comes as it likes."), 3),
    (N_("Feel your feet, or whatever holds you. It goes on holding you."), 4),
    (N_("Look around you. Name three things that you see."), 6),
    (N_("And one thing that you hear."), 4),
    (N_("You might move your fingers and your toes."), 3),
    (N_("You are here. Take all the time you need."), 2),
)
"""(what is said, seconds of quiet after it). With a guide at 110 words a minute it takes about a minute."""


@cache
def _script(voice: str, rate: int, tag: str) -> Script:
    says = [{"say": {"text": said_in(tag, text), "pause": f"{quiet:g} s"}} for text, quiet in LINES]
    return Script.model_validate(
        {
            "mindful": 1,
            "title": said_in(tag, N_("Landing")),
            "id": "landing",
            "language": tag,
            "settings": {"voice": voice, "rate": rate},
            "steps": [
                # Silence from here: the fade of this cue and that of the speaker are one.
                {"sound": {"layer": "silence", "fade": f"{FADE_MS / 1000:g} s"}},
                {"pause": f"{FADE_MS / 1000:g} s"},
                *says,
            ],
        }
    )


def setup_of(setup: Setup) -> Setup:
    """The landing as the session's own guide says it, in the language that the session is given in.

    The guide may not speak the client's: an English session goes on in English on a German computer, and is heard to
    its end. Where we have no words in the session's language, they are in the client's, to read.
    """
    script = setup.script
    title = script.title.tagged(setup.language or script.language, script.language)[0] or script.language
    tag = base_of(title)
    made = _script(script.settings.voice, script.settings.rate, tag if tag in LANGUAGES else language())
    return replace(setup, script=made, variables={}, stretch=AS_WRITTEN)


def lines_of(setup: Setup) -> list[Line]:
    """What is said in it, so that it can be made ready ahead of need."""
    return outline(setup_of(setup)).lines


def landed(state: State) -> State:
    """What was to come is gone, and the landing begins at this moment. The step that ran must have been left."""
    p = state.placed
    assert p is not None
    count = p.segment.index
    here = state.at.position_ms - p.start_ms
    cues = tuple(cue for _, cue in p.segment.cues_between(0, here) if not _sounds_on(cue, here))
    spans = tuple(span for span in p.segment.spans if span.start_ms <= here)
    rest = replace(p.segment, cues=cues, spans=spans, loop=None)
    setup = setup_of(state.setup)
    first = replace(begin(setup), index=count + 1)
    first = Cursor((replace(first.frames[0], base=BASE),), first.index)
    known = Timeline((*state.timeline.placed[:count], Placed(rest, p.start_ms, here)))
    timeline, cursors = extend(setup, known, first, {})
    return replace(
        state,
        setup=setup,
        timeline=timeline,
        cursors=(*state.cursors[: count + 1], *cursors),
        step=None,
        grounding=count + 1,
    )


def _sounds_on(cue: AnyCue, at_ms: int) -> bool:
    """Whether what began before would go on: it is over now."""
    return isinstance(cue, PhaseCue | SayCue | CaptionCue) and cue.at_ms + cue.length_ms > at_ms


def grounding_of(state: State) -> dict[str, int | None]:
    """What of the landing was done by now, for the record."""
    assert state.grounding is not None
    start = state.timeline.placed[state.grounding].start_ms
    total = state.timeline.total_ms
    return {"done_ms": state.at.position_ms - start, "planned_ms": None if total is None else total - start}
