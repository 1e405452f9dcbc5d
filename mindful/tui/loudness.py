"""How loud it is, and how it was before it was muted. Pure; used by the player's screen."""

from __future__ import annotations

from mindful.tongue import _

STEP = 0.1


class Loudness:
    """Level 0 to 1."""

    def __init__(self, level: float) -> None:
        self.level = min(1.0, max(0.0, level))
        self._before = 0.0

    def change(self, steps: int) -> float:
        """Louder or softer by steps of a tenth; also ends a mute."""
        base = self._before if not self.level and self._before and steps > 0 else self.level
        self.level, self._before = min(1.0, max(0.0, round(base + steps * STEP, 2))), 0.0
        return self.level

    def mute(self) -> float:
        """Off, and on again as it was; from silence to half."""
        if self.level:
            self.level, self._before = 0.0, self.level
        else:
            self.level, self._before = self._before or 0.5, 0.0
        return self.level

    @property
    def said(self) -> str:
        """In words."""
        return (
            _("Loudness {round} %").format(round=round(self.level * 100))
            if self.level
            else _("Sound off. s brings it back.")
        )
