"""The colours that the program wears: by the terminal, the client's settings and the hour. Held by the app."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from mindful.tui import theme

if TYPE_CHECKING:
    from rich.style import Style
    from textual.theme import Theme

    from mindful.tui.host import Appearance
    from mindful.tui.pens import Pens


def hour_of_day() -> int:
    """0 to 23, by the clock on the wall."""
    return time.localtime().tm_hour


def detected() -> theme.Look:
    """How much colour this terminal has."""
    from rich.console import Console

    return theme.look_of(os.environ, Console(file=sys.__stdout__).color_system)


class Dress:
    """`styles` is one dict for as long as the program runs: widgets hold it, and a change of colours changes it."""

    def __init__(
        self,
        appearance: Appearance,
        look: theme.Look | None = None,
        hour: Callable[[], int] = hour_of_day,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.look: theme.Look = look or detected()
        self._hour, self._environ = hour, environ
        self.palette = self._choose(appearance)
        self.styles: dict[str, Style] = theme.roles(self.look, self.palette)

    def _choose(self, appearance: Appearance) -> str:
        return theme.chosen(appearance.theme, appearance.night, self._hour(), self._environ)

    def change(self, appearance: Appearance) -> bool:
        """Put on what is wanted now; whether anything differs."""
        palette = self._choose(appearance)
        if palette == self.palette:
            return False
        self.palette = palette
        self.styles.update(theme.roles(self.look, palette))
        return True

    @property
    def pens(self) -> Pens:
        """For the figures of a session, which the first screen does without."""
        from mindful.tui.pens import Pens

        return Pens(self.look, self.palette)

    @property
    def theme(self) -> Theme:
        """For Textual's own widgets."""
        return theme.textual_theme(self.look, self.palette)
