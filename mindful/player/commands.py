"""What a client can do to a running session. `mindful.player.state` decides what each means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mindful.audio.levels import Levels
from mindful.timeline.counting import Key


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold the session; Resume goes on at the very frame."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Go to the next step; within a step of several parts (regions, poses) to its next part, unless `whole`."""

    whole: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """Go to the start of this step, or of the part of it; within its first three seconds, to the one before."""


@dataclass(frozen=True, slots=True)
class Stop:
    """End early, with a landing line. A second Stop ends at once."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    """The last spoken line once more, without taking away what was done since."""


@dataclass(frozen=True, slots=True)
class Ease:
    """Shorter, gentler breaths from the next one on; each time a little more."""


@dataclass(frozen=True, slots=True)
class Land:
    """Stop here and land: what was to come fades away, a grounding minute follows, then the end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to the open step's prompt; None leaves it open (and goes on)."""

    value: Any = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What the open form holds by now, as it was typed or chosen; None: nothing any more."""

    value: Any = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The client's own plan and contacts are on the screen, or were said, as `View.support_due` asked."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A breath, in a question that is answered by tapping; of a count the ninth, or the moment when it was lost."""

    key: Key = "breath"


@dataclass(frozen=True, slots=True)
class Tapped:
    """No more taps: the answer is what was tapped by now."""


@dataclass(frozen=True, slots=True)
class Advance:
    """The key that ends a `wait`, an open sit or a `breathe until: key`. Nothing where no key is wanted."""


@dataclass(frozen=True, slots=True)
class Found:
    """One of the things that a `ground` asks for was found, or several. Nothing where none is asked for."""

    things: int = 1


@dataclass(frozen=True, slots=True)
class Finish:
    """End the exposure that runs, by choice. Nothing where none runs."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Set the loudness, 0 to 1."""

    level: float


@dataclass(frozen=True, slots=True)
class Mix:
    """Set how loud voice, breath tone, bells and background are against one another."""

    levels: Levels


Command = (
    Pause
    | Resume
    | Skip
    | Back
    | Stop
    | SayAgain
    | Ease
    | Land
    | Answer
    | Draft
    | Shown
    | Tap
    | Tapped
    | Advance
    | Found
    | Finish
    | Volume
    | Mix
)
