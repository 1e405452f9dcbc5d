"""How roles and inks look: one warm, dark palette in four looks. Called by the app and the widgets.

`true` colours, `256` (colours that the terminal has exactly), `16` and `mono` (the terminal's own background and
attributes; the circle is drawn with block characters, so that it is there without any colour). Text on its background
has a contrast of at least 4.5 (WCAG AA); a test computes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from rich.style import Style
from textual.theme import Theme

Look = Literal["true", "256", "16", "mono"]

COLOURS: dict[str, dict[str, str]] = {
    "true": {
        "ground": "#191613",
        "raised": "#24201c",
        "picked": "#322b25",
        "text": "#e9dfd2",
        "dim": "#a99d8f",
        "accent": "#94c4b2",
        "warm": "#dcae7c",
        "care": "#e3a58c",
        "decor": "#4a423a",
        "disc": "#86b8a6",
        "ring": "#3f3a33",
        "held": "#c79a68",
    },
    "256": {
        "ground": "#1c1c1c",
        "raised": "#262626",
        "picked": "#303030",
        "text": "#e4e4e4",
        "dim": "#a8a8a8",
        "accent": "#87afaf",
        "warm": "#d7af87",
        "care": "#d7af87",
        "decor": "#4e4e4e",
        "disc": "#87afaf",
        "ring": "#3a3a3a",
        "held": "#af875f",
    },
}

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
    "field": "underline", "field-dim": "underline", "button": "reverse bold", "bar": "cyan", "emphasis": "italic",
}  # fmt: skip

_RAMP_256 = ("#1c1c1c", "#303030", "#3a3a3a", "#4e4e4e", "#5f8787", "#5f8787", "#87afaf")
"""From ground to disc in colours of the 256 that grow evenly."""


def look_of(environ: Mapping[str, str], colour_system: str | None) -> Look:
    """Which look fits the terminal. `colour_system` is rich's: truecolor, 256, standard, windows or None."""
    if "NO_COLOR" in environ or colour_system is None:
        return "mono"
    return {"truecolor": "true", "256": "256"}.get(colour_system, "16")  # type: ignore[return-value]


def roles(look: Look) -> dict[str, Style]:
    """A style for every role."""
    if look in COLOURS:
        c = COLOURS[look]
        return {
            role: Style(color=c[fg], bgcolor=c[bg], bold="bold" in attrs or None, italic="italic" in attrs or None)
            for role, (fg, bg, attrs) in ROLES.items()
        }
    strip = {"cyan", "yellow"} if look == "mono" else set()
    return {role: Style.parse(" ".join(w for w in s.split() if w not in strip)) for role, s in _ANSI.items()}


def _mix(a: str, b: str, share: float) -> str:
    one, two = (tuple(int(h[i : i + 2], 16) for i in (1, 3, 5)) for h in (a, b))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(one, two, strict=True))


def inks(look: Look) -> tuple[str, ...]:
    """The colour of every ink of the pacer; only for looks that have colours of their own."""
    from mindful.tui.pacer import HELD, INKS, RING, STEPS

    c = COLOURS[look]
    out = [c["ground"]] * INKS
    for i in range(1, STEPS + 1):
        out[i] = _RAMP_256[i] if look == "256" else _mix(c["ground"], c["disc"], i / STEPS)
        for base, name in ((RING, "ring"), (HELD, "held")):
            share = i / STEPS
            if look == "256":
                out[base + i] = c[name] if share > 0.5 else c["ground"]
            else:
                out[base + i] = _mix(c["ground"], c[name], share)
    return tuple(out)


def textual_theme(look: Look) -> Theme:
    """The theme for Textual's own widgets: fields to write in, scroll bars."""
    if look not in COLOURS:
        from textual.theme import BUILTIN_THEMES

        return BUILTIN_THEMES["ansi-dark"]
    c = COLOURS[look]
    return Theme(
        name=f"mindful-{look}",
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
        dark=True,
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
