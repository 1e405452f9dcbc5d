"""The mixer as rows and keys: voice, breath tone, bells and background, each as a bar. Pure, like the forms.

Used by the player, which shows it under the circle, and by the page before a session, which shows it by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from mindful.audio.levels import GROUPS, HIGHEST, OFF, SOFTEST, STEP, Levels
from mindful.tongue import _
from mindful.tui import keys, layout
from mindful.tui.rows import Row, Span, row_width

NAMES = {"voice": _("Voice"), "cues": _("Breath tone"), "bells": _("Bells"), "background": _("Background")}
RUNGS = round((HIGHEST - SOFTEST) / STEP) + 1
"""Steps of a bar; none of them is off."""
HEIGHT = len(GROUPS)


class Mixing:
    """What is marked, and the levels as they stand."""

    def __init__(self, levels: Levels) -> None:
        self.levels = levels
        self._at = 0
        self._before = dict.fromkeys(GROUPS, 0.0)

    @property
    def group(self) -> str:
        """The one that is marked."""
        return GROUPS[self._at]

    def mark(self, by: int) -> None:
        """Mark another one."""
        self._at = (self._at + by) % len(GROUPS)

    def move(self, steps: int) -> None:
        """Louder or softer by 3 dB."""
        self.levels = self.levels.moved(self.group, steps)

    def off(self) -> None:
        """Off; once more: as it was."""
        here = getattr(self.levels, self.group)
        if here > OFF:
            self._before[self.group] = here
        self.levels = self.levels.changed(self.group, self._before[self.group] if here <= OFF else OFF)

    def press(self, token: str) -> bool:
        """A click on a bar, `mix:bells:7`; whether it was one."""
        kind, _, rest = token.partition(":")
        group, _, rung = rest.partition(":")
        if kind != "mix" or group not in GROUPS:
            return False
        self._at = GROUPS.index(group)
        if rung:
            self.levels = self.levels.changed(group, SOFTEST + STEP * (int(rung) - 1))
        return True

    def rows(self, width: int) -> list[Row]:
        """One a group, under the figure."""
        rows = self.bars(width)
        if width < layout.MEASURE + 20:
            return layout.inset(rows, width)
        left = Span(" " * ((width - row_width(rows[0])) // 2))
        return [(left, *row) for row in rows]

    def bars(self, width: int) -> list[Row]:
        """The same without a margin. Twice as wide a bar where there is room."""
        wide = 2 if width >= 70 else 1
        return [self._row(group, wide) for group in GROUPS]

    def _row(self, group: str, wide: int) -> Row:
        db, here = getattr(self.levels, group), group == self.group
        filled = 0 if db <= OFF else min(RUNGS, max(1, round((db - SOFTEST) / STEP) + 1))
        name = ("› " if here else "  ") + f"{NAMES[group]:<12}"
        cells = [
            Span(("━" if k <= filled else "─") * wide, "accent" if k <= filled else "decor", f"mix:{group}:{k}")
            for k in range(1, RUNGS + 1)
        ]
        value = _("off") if db <= OFF else f"{db:+.0f} dB" if round(db) else "0 dB"
        return (
            Span(name, "strong" if here else "text", f"mix:{group}"),
            *cells,
            Span(f"{value:>8}", "text" if here else "dim"),
        )


def hints() -> list[tuple[str, str, str]]:
    """For the footer while it is open."""
    return keys.hints("mixer", ("mix_done", "mix_next", "mix_more", "mix_off"))


def action_of(key: str, changed: Mapping[str, tuple[str, ...]] = {}) -> str:
    """The mixer's action of a key; empty where it has none. `changed` are the keys that a client changed."""
    return next((a.name for a in keys.SCOPES["mixer"] if key in changed.get(a.name, a.keys)), "")
