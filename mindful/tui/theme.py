"""How roles and inks look: which theme, at which depth of colour. Called by the app, the widgets and `pens`.

Themes (`palettes`): a warm, dark one, a light one, high contrast, one for eyes that see red and green alike, and dim
ones for the night. Depths, called looks: `true` colours; `256`, colours that the terminal has exactly; `16` and `mono`,
which keep the terminal's own background: figures are block characters there, so that they are seen without any colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from rich.style import Style
from textual.theme import Theme

from mindful.tui.palettes import NIGHTS, PALETTES

Look = Literal["true", "256", "16", "mono"]

THEMES = ("auto", "dark", "light", "contrast", "colour-blind")
"""What a client can choose. `auto`: as light as the terminal says that it is, else dark."""
NIGHT = ("auto", "on", "off")
"""Whether the dim colours of the night are used; `auto`: from 21:00 to 06:00."""
_EVENING, _MORNING = 21, 6


def chosen(theme: str, night: str, hour: int, environ: Mapping[str, str]) -> str:
    """The palette for what a client chose, at this `hour` of the day (0 to 23). Unknown words mean `auto`."""
    name = theme if theme in THEMES[1:] else "light" if _is_light(environ) else "dark"
    if night == "on" or (night != "off" and not _MORNING <= hour < _EVENING):
        return NIGHTS.get(name, name)
    return name


def _is_light(environ: Mapping[str, str]) -> bool:
    """Some terminals tell their colours as `foreground;background`; 7 and 15 are white."""
    return environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")


ROLES: dict[str, tuple[str, str, str]] = {
    # role: (foreground, background, attributes)
    "text": ("text", "ground", ""),
    "title": ("text", "ground", "bold"),
    "dim": ("dim", "ground", ""),
    "accent": ("accent", "ground", ""),
    "strong": ("accent", "ground", "bold"),
    "warm": ("warm", "ground", ""),
    "care": ("care", "ground", ""),
    "decor": ("decor", "ground", ""),
    "key": ("warm", "ground", ""),
    "picked": ("text", "picked", "bold"),
    "picked-dim": ("dim", "picked", ""),
    "picked-accent": ("accent", "picked", "bold"),
    "field": ("text", "raised", ""),
    "field-dim": ("dim", "raised", ""),
    "button": ("ground", "accent", "bold"),
    "bar": ("disc", "ground", ""),
    "emphasis": ("text", "ground", "italic"),
}

_ANSI: dict[str, str] = {
    "text": "", "title": "bold", "dim": "", "accent": "cyan", "strong": "bold cyan", "warm": "yellow", "care": "yellow",
    "decor": "", "key": "yellow", "picked": "reverse", "picked-dim": "reverse", "picked-accent": "reverse bold",
    "field": "", "field-dim": "", "button": "reverse bold", "bar": "cyan", "emphasis": "italic",
}  # fmt: skip

_LIGHT_ANSI = {"cyan": "blue", "yellow": "magenta"}
"""Of the 16 colours, those that can be read on white in place of those that cannot."""


COARSE: tuple[Look, ...] = ("16", "mono")
"""Looks without grounds of their own: what can be pressed has an edge there instead (`rows.edged`)."""


def look_of(environ: Mapping[str, str], colour_system: str | None) -> Look:
    """Which look fits the terminal. `colour_system` is rich's: truecolor, 256, standard, windows or None."""
    if "NO_COLOR" in environ or colour_system is None:
        return "mono"
    return {"truecolor": "true", "256": "256"}.get(colour_system, "16")  # type: ignore[return-value]


def ansi(word: str, palette: str) -> str:
    """One of the 16 colours, for dark or light ground."""
    return _LIGHT_ANSI.get(word, word) if palette == "light" else word


def roles(look: Look, palette: str = "dark") -> dict[str, Style]:
    """A style for every role."""
    if look in ("true", "256"):
        c = PALETTES[palette][look]
        return {
            role: Style(color=c[fg], bgcolor=c[bg], bold="bold" in attrs or None, italic="italic" in attrs or None)
            for role, (fg, bg, attrs) in ROLES.items()
        }
    strip = {"cyan", "yellow"} if look == "mono" else set()
    return {
        role: Style.parse(" ".join(ansi(w, palette) for w in s.split() if w not in strip)) for role, s in _ANSI.items()
    }


def inks(look: Look, palette: str = "dark") -> tuple[str, ...]:
    """The colour of every ink of a pacer; only for looks that have colours of their own."""
    from mindful.tui.pacers.frames import HELD, INKS, RING, SOFT, STEPS

    c = PALETTES[palette][look]
    out = [c["ground"]] * INKS
    for base, name in ((0, "disc"), (RING, "ring"), (HELD, "held"), (SOFT, "soft")):
        for i in range(1, STEPS + 1):
            mixed = mix(c["ground"], c[name], i / STEPS)
            # Between two of 256 colours there may be none: then the nearer of what there is.
            out[base + i] = mixed if look == "true" or i == STEPS else near(mixed, c["ground"], c[name])
    return tuple(out)


def mix(a: str, b: str, share: float) -> str:
    """A colour on the way from one to another."""
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(_parts(a), _parts(b), strict=True))


def near(colour: str, low: str, high: str) -> str:
    """The nearest of the 240 fixed colours of 256 that is no further from grey than `high`, and between the two."""
    want, ends = _parts(colour), sorted((sum(_parts(low)), sum(_parts(high))))
    colourful = max(_parts(high)) - min(_parts(high))
    fitting = (c for c in _FIXED if ends[0] <= sum(c) <= ends[1] and max(c) - min(c) <= colourful)
    best = min(fitting, key=lambda c: sum((x - y) ** 2 for x, y in zip(c, want, strict=True)), default=want)
    return "#" + "".join(f"{x:02x}" for x in best)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


_LEVELS = (0, 95, 135, 175, 215, 255)
_FIXED = [
    *((r, g, b) for r in _LEVELS for g in _LEVELS for b in _LEVELS),
    *((grey, grey, grey) for grey in range(8, 239, 10)),
]
"""The colours that every terminal of 256 has alike: a cube and a row of greys."""


def textual_theme(look: Look, palette: str = "dark") -> Theme:
    """The theme for Textual's own widgets: fields to write in, scroll bars."""
    if look not in ("true", "256"):
        from textual.theme import BUILTIN_THEMES

        return BUILTIN_THEMES["ansi-light" if palette == "light" else "ansi-dark"]
    c = PALETTES[palette][look]
    return Theme(
        name=f"mindful-{palette}-{look}",
        primary=c["accent"],
        secondary=c["warm"],
        warning=c["care"],
        error=c["care"],
        success=c["accent"],
        accent=c["accent"],
        foreground=c["text"],
        background=c["ground"],
        surface=c["raised"],
        panel=c["picked"],
        boost=c["raised"],
        dark=palette != "light",
        variables={
            "scrollbar": c["decor"],
            "scrollbar-hover": c["dim"],
            "scrollbar-active": c["dim"],
            "scrollbar-background": c["ground"],
            "scrollbar-background-hover": c["ground"],
            "scrollbar-background-active": c["ground"],
            "scrollbar-corner-color": c["ground"],
            "input-cursor-background": c["accent"],
            "input-cursor-foreground": c["ground"],
            "input-selection-background": c["decor"],
        },
    )
