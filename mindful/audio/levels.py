"""The client's mixer: how loud the voice, the breath tone, the bells and the background are against one another.

Known to the player, the screen and the settings, so it needs no numpy. The mixer renders with it; a session's script
has levels of its own, which these come on top of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

OFF, HIGHEST = -60.0, 6.0
"""Decibels. At `OFF` and below nothing is heard."""
SOFTEST, STEP = -30.0, 3.0
"""One step below `SOFTEST` is off."""
GROUPS = ("voice", "cues", "bells", "background")
"""What the client can make louder or softer by itself."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Decibels from `OFF` to `HIGHEST`; what lies outside is brought inside."""

    voice: float = 0.0
    """Everything that is spoken."""
    cues: float = 0.0
    """The breath tone."""
    bells: float = 0.0
    background: float = 0.0
    crossing: float = 0.0
    """0 to 1, no level of the client's: how far the background has gone over from its layer to the one beside it
    (`SoundCue.beside`), which a sensor's feedback moves."""

    def __post_init__(self) -> None:
        crossing = float(self.crossing)
        object.__setattr__(self, "crossing", min(1.0, max(0.0, crossing)) if crossing == crossing else 0.0)
        for group in GROUPS:
            db = float(getattr(self, group))
            object.__setattr__(self, group, min(HIGHEST, max(OFF, db)) if db == db else 0.0)

    def gain(self, group: str) -> float:
        """The factor of a group; 0 where it is off."""
        db = float(getattr(self, group))
        return 0.0 if db <= OFF else float(10 ** (db / 20))

    def followed(self, db: float, crossing: float) -> Levels:
        """What a sensor's feedback makes of it: the background so much softer, and so far gone over."""
        return replace(self, background=self.background + db, crossing=crossing)

    def changed(self, group: str, db: float) -> Levels:
        """With another level of one group."""
        return replace(self, **{group: db})

    def moved(self, group: str, steps: int) -> Levels:
        """One group louder or softer by steps; below the softest it is off, above off comes the softest."""
        rungs = [OFF, *(SOFTEST + STEP * k for k in range(round((HIGHEST - SOFTEST) / STEP) + 1))]
        here = getattr(self, group)
        at = min(range(len(rungs)), key=lambda i: abs(rungs[i] - here))
        return self.changed(group, rungs[min(len(rungs) - 1, max(0, at + steps))])


AS_MADE = Levels()
