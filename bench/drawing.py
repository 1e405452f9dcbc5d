"""A screen as a picture: rows of styled cells to SVG, and to PNG where there is `rsvg-convert`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style

CELL = 6.0, 12.0
"""Width and height of a cell in a picture."""
_SIXTEEN = (
    *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
    *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
)
"""As xterm has them."""


def colours(style: Style | None, light: bool) -> tuple[str, str]:
    """(foreground, background) of a cell."""
    front, back = ("#1a1a1a", "#ffffff") if light else ("#cccccc", "#000000")

    def one(colour: Any, default: str) -> str:
        if colour is None or colour.type is ColorType.DEFAULT:
            return default
        if colour.number is not None and colour.number < 16:
            return _SIXTEEN[colour.number]
        red, green, blue = colour.get_truecolor()
        return f"#{red:02x}{green:02x}{blue:02x}"

    if style is None:
        return front, back
    front, back = one(style.color, front), one(style.bgcolor, back)
    return (back, front) if style.reverse else (front, back)


def cells(segments: list[Segment], light: bool) -> Iterator[tuple[int, str, str, str, Style]]:
    """(column, text, foreground, background, style) of a row."""
    x = 0
    for segment in segments:
        front, back = colours(segment.style, light)
        yield x, segment.text, front, back, segment.style or Style.null()
        x += segment.cell_length


def drawn(rows: list[list[Segment]], light: bool) -> str:
    """A screen as SVG shapes; half blocks are rectangles, so that no font decides how they look."""
    wide, tall = CELL
    out = []
    for y, segments in enumerate(rows):
        for x, text, front, back, style in cells(segments, light):
            out.append(_rect(x * wide, y * tall, len(text) * wide, tall, back))
            # A run of one character is a block; words are words.
            if text and set(text) <= set("▀▄█▒"):
                top, high = {"▀": (0.0, 0.5), "▄": (0.5, 0.5)}.get(text[0], (0.0, 1.0))
                for i in range(len(text)) if len(set(text)) > 1 else (0,):
                    n = 1 if len(set(text)) > 1 else len(text)
                    top, high = {"▀": (0.0, 0.5), "▄": (0.5, 0.5)}.get(text[i], (0.0, 1.0))
                    faint = 0.5 if text[i] == "▒" else 1.0
                    out.append(_rect((x + i) * wide, (y + top) * tall, n * wide, high * tall, front, faint))
            elif text.strip():
                weight = ' font-weight="bold"' if style.bold else ""
                weight += ' font-style="italic"' if style.italic else ""
                escaped = text.replace("&", "&amp;").replace("<", "&lt;")
                out.append(
                    f'<text x="{x * wide:g}" y="{(y + 0.78) * tall:g}" fill="{front}" xml:space="preserve" '
                    f'textLength="{len(text) * wide:g}" lengthAdjust="spacingAndGlyphs"{weight}>{escaped}</text>'
                )
    return "".join(out)


def _rect(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1.0) -> str:
    faint = "" if opacity == 1.0 else f' fill-opacity="{opacity:g}"'
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"{faint}/>'


def written(path: Path, width: float, height: float, body: Sequence[str]) -> Path:
    """The sheet as SVG and, where that can be, as PNG."""
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'font-family="DejaVu Sans Mono" font-size="9.966"><rect width="100%" height="100%" fill="#808080"/>'
        f"{''.join(body)}</svg>",
        encoding="utf-8",
    )
    if converter := shutil.which("rsvg-convert"):
        zoom = min(1.0, 6000 / max(width, height))
        picture = str(path.with_suffix(".png"))
        subprocess.run([converter, "-z", f"{zoom:g}", "-o", picture, str(path)], check=True)
    return path
