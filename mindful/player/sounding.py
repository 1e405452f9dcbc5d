"""What a sensor's feedback sounds like: the background follows in small steps, and a reward that lasts is marked.

Made to be pleasant for twenty minutes: nothing here is louder than the session was made, the background rises by no
more than 6 dB a step and falls by no more than 1.5 dB, and a mark is soft and rare. Pure but for what it remembers;
`player.training` asks it, and the mixer makes the sound (`Levels.followed`, and a stroke like any other).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

STEP_MS = 200
"""The background moves no more often; each step is a cross-fade of half of that (`audio.stream_map.SOFT`)."""
UP, DOWN = 0.4, 0.1
"""Of the whole way, at the most, in a step: fuller is heard sooner than less, as late feedback teaches less."""
OVER = 0.2
"""The same where a layer goes over to another."""
FINEST = 0.1
SOFTEST_DB = -15.0
"""How far the background goes down where the value is 0; at 1 it is as the script has it."""
BREAK_MS = 120
"""A reward that stops for no longer has not ended."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one protocol sounds."""

    follows: str
    """`gain`: the background becomes softer and fuller; `layers`: one layer goes over to another."""
    mark: str = ""
    """The bell that marks a reward that lasted; empty for none."""
    level_db: float = -12.0
    held_ms: int = 1_000
    """For so long without a break the reward has to last."""
    apart_ms: int = 8_000
    """Marks are at least so far apart; and there is one at the most for each time that reward begins."""


GAIN = Manner("gain", "chime")
LAYERS = Manner("layers", "gong", -14.0, 2_000, 20_000)
"""For drowsy training, as its studies have it: one water crossing into another, and a low gong (Gruzelier 2009)."""
DROWSY = Manner("gain", LAYERS.mark, LAYERS.level_db, LAYERS.held_ms, LAYERS.apart_ms)
"""The same where the script chose its own sound, which has no other beside it."""
QUIET = Manner("gain")
"""For a heart, whose measure is slow: what lasts for minutes needs no mark."""


def manner_of(kind: str, protocol: str, *, beside: bool) -> Manner:
    """How a step sounds. `protocol`: as in `StretchCue`; `beside`: whether its background has a layer to go over to."""
    if kind == "heart":
        return QUIET
    if beside:
        return LAYERS
    return DROWSY if protocol == "alpha_theta" else GAIN


@dataclass(frozen=True, slots=True)
class Followed:
    """What the background is to be from now on."""

    db: float = 0.0
    """0 or less."""
    crossing: float = 0.0
    """0 to 1."""


class Sounding:
    """One session's feedback in sound."""

    def __init__(self) -> None:
        self.manner = GAIN
        self.marks = 0
        """How many marks since the last `use`."""
        self._soft, self._crossing = 0.0, 0.0
        """How far from as it was made, of 1."""
        self._stepped_ms = -1_000_000
        self._marked_ms = -1_000_000
        self._since: int | None = None
        self._last_ms = 0
        self._spent = False

    def use(self, manner: Manner) -> None:
        """Another step begins."""
        self.manner, self.marks, self._since, self._spent = manner, 0, None, False

    def follow(self, value: float | None, now_ms: int) -> Followed | None:
        """The next step towards a value from 0 to 1, None for as it was made. None where nothing is to change now."""
        if now_ms - self._stepped_ms < STEP_MS:
            return None
        layers = self.manner.follows == "layers"
        far = 0.0 if value is None else round(min(1.0, max(0.0, value)) / FINEST) * FINEST
        soft = _towards(self._soft, 0.0 if value is None or layers else 1 - far, DOWN, UP)
        crossing = _towards(self._crossing, far if layers else 0.0, OVER, DOWN)
        if (soft, crossing) == (self._soft, self._crossing):
            return None
        self._soft, self._crossing, self._stepped_ms = soft, crossing, now_ms
        return Followed(SOFTEST_DB * soft if soft else 0.0, crossing)

    def mark(self, reward: bool, now_ms: int) -> bool:
        """Whether a mark is due now. Asked at each tick of a training, with what the client is shown."""
        if not reward:
            if self._since is not None and now_ms - self._last_ms > BREAK_MS:
                self._since, self._spent = None, False
            return False
        if self._since is None or now_ms - self._last_ms > 1_000:
            self._since, self._spent = now_ms, False
        self._last_ms = now_ms
        m = self.manner
        if not m.mark or self._spent or now_ms - self._since < m.held_ms or now_ms - self._marked_ms < m.apart_ms:
            return False
        self._spent, self._marked_ms = True, now_ms
        self.marks += 1
        return True

    def data(self) -> dict[str, Any]:
        """For the record: what the feedback was made of."""
        return {**asdict(self.manner), "softest_db": SOFTEST_DB, "marks": self.marks}


def _towards(here: float, there: float, up: float, down: float) -> float:
    return round(min(here + up, there) if there > here else max(here - down, there), 3)
