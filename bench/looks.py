"""Every pacer, theme and depth of colour, to look at: `python -m bench.looks FOLDER [SIZE ...] [--screens]`.

The real player, with time by hand, at 40x12, 80x24, 120x40 and 200x60. For each size there is one sheet a depth of
colour, themes from left to right and pacers from top to bottom, and one of reduced motion: SVG, and PNG where there
is `rsvg-convert`. With --screens the screens instead: those of `tests/tui/test_screens_at_three_sizes.py` and the pages
that can be called from all of them, all themes at 80x24, dark and light at the other sizes. With --therapy the therapy
steps, dark, at 40x12, 80x24 and 120x40.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style

from mindful.tui.app import MindfulApp
from mindful.tui.host import Appearance
from mindful.tui.pacers import NAMES
from tests.tui import test_screens_at_three_sizes as scenes
from tests.tui import therapy_scenes
from tests.tui.hosting import HandHost

SIZES = ((40, 12), (80, 24), (120, 40), (200, 60))
LOOKS = ("true", "256", "16", "mono")
THEMES = (("dark", "off"), ("light", "off"), ("contrast", "off"), ("colour-blind", "off"), ("dark", "on"))
SCRIPT = """
mindful: 1
title: Shapes
steps:
  - breathe: {pattern: [{inhale: 4, through: left}, {hold: 3}, {exhale: 6, through: right}, {rest: 2}], cycles: 4}
    label: To look at
"""
MOMENTS = {"moving": 2.4, "held": 5.5}
"""Seconds after the start."""
_CELL = 6.0, 12.0
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


def cells(segments: list[Segment], light: bool) -> Iterator[tuple[int, str, str, str, bool]]:
    """(column, text, foreground, background, bold) of a row."""
    x = 0
    for segment in segments:
        front, back = colours(segment.style, light)
        yield x, segment.text, front, back, bool(segment.style and segment.style.bold)
        x += segment.cell_length


def drawn(rows: list[list[Segment]], light: bool) -> str:
    """A screen as SVG shapes; half blocks are rectangles, so that no font decides how they look."""
    wide, tall = _CELL
    out = []
    for y, segments in enumerate(rows):
        for x, text, front, back, bold in cells(segments, light):
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
                weight = ' font-weight="bold"' if bold else ""
                escaped = text.replace("&", "&amp;").replace("<", "&lt;")
                out.append(
                    f'<text x="{x * wide:g}" y="{(y + 0.78) * tall:g}" fill="{front}" xml:space="preserve" '
                    f'textLength="{len(text) * wide:g}" lengthAdjust="spacingAndGlyphs"{weight}>{escaped}</text>'
                )
    return "".join(out)


def _rect(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1.0) -> str:
    faint = "" if opacity == 1.0 else f' fill-opacity="{opacity:g}"'
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"{faint}/>'


async def pictures(size: tuple[int, int], look: str, theme: str, night: str, calm: bool) -> dict[str, str]:
    """SVG shapes of every pacer, moving and held, side by side."""
    out = {}
    for name in NAMES:
        host = HandHost({"shapes": SCRIPT})
        host.appearance = Appearance(name, theme, night)
        app = MindfulApp(
            host, session="shapes", begin=True, fps=0, look=look, calm=calm, now=host.clock.now, hour=lambda: 12
        )  # type: ignore[arg-type]
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            shapes = []
            for before, after in pairwise((0.0, *MOMENTS.values())):
                host.clock.forward(after - before)
                await app.screen.frame()  # type: ignore[attr-defined]
                await pilot.pause()
                rows = [list(strip) for strip in app.screen._compositor.render_strips()]
                offset = len(shapes) * (size[0] + 1) * _CELL[0]
                shapes.append(f'<g transform="translate({offset:g},0)">{drawn(rows, theme == "light")}</g>')
            out[name] = "".join(shapes)
    return out


async def called_with(key: str, pilot: Any, *more: str) -> None:
    await pilot.press(key)
    await pilot.pause()
    await pilot.press(*more)
    await pilot.pause()


async def checklist(pilot: Any, _: HandHost) -> None:
    await called_with("f5", pilot, "space", "down")


async def evidence(pilot: Any, _: HandHost) -> None:
    await called_with("f6", pilot, "down")


async def evidence_card(pilot: Any, _: HandHost) -> None:
    await called_with("f6", pilot, "enter")


async def support(pilot: Any, _: HandHost) -> None:
    await called_with("f7", pilot)


async def unpleasant(pilot: Any, host: HandHost) -> None:
    await scenes.after_rough(pilot, host)
    await called_with("u", pilot, "down", "down", "space")


PLACES = (
    scenes.home, scenes.home_back, scenes.home_filtered, scenes.home_first_run, scenes.journey_month,
    scenes.journey_ratings, scenes.journey_practices, scenes.settings, scenes.palette, scenes.before, scenes.before_red,
    scenes.paused, scenes.landing, scenes.after_early, scenes.after_rough, unpleasant, scenes.mixer, scenes.rate_chosen,
    scenes.ask_text, scenes.choose, scenes.learn, scenes.tapping, scenes.player_keys, checklist, evidence,
    evidence_card, support,
)  # fmt: skip


async def place(scene: Any, size: tuple[int, int], look: str, theme: str, night: str) -> str:
    """SVG shapes of one screen."""
    host = HandHost()
    host.appearance = Appearance("circle", theme, night)
    app = MindfulApp(host, fps=0, look=look, now=host.clock.now, hour=lambda: 12)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        await scene(pilot, host)
        await pilot.pause()
        rows = [list(strip) for strip in app.screen._compositor.render_strips()]
        return drawn(rows, theme == "light")


async def screens(
    folder: Path, size: tuple[int, int], look: str, themes: Sequence[tuple[str, str]], places: Sequence[Any] = PLACES,
    name: str = "screens", across: int = 3,
) -> Path:  # fmt: skip
    """One file for a size and a depth: screens from top to bottom in so many columns a theme."""
    wide, tall = (size[0] + 2) * _CELL[0], (size[1] + 1) * _CELL[1]
    body = []
    for column, (theme, night) in enumerate(themes):
        for n, scene in enumerate(places):
            x, y = (column * across + n % across) * wide, n // across * tall
            body.append(f'<g transform="translate({x:g},{y:g})">{await place(scene, size, look, theme, night)}</g>')
    high = tall * -(-len(places) // across)
    return written(folder / f"{name}-{size[0]}x{size[1]}-{look}.svg", wide * across * len(themes), high, body)


def written(path: Path, width: float, height: float, body: Sequence[str]) -> Path:
    """The sheet as SVG and, where that can be, as PNG."""
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'font-family="DejaVu Sans Mono" font-size="10"><rect width="100%" height="100%" fill="#808080"/>'
        f"{''.join(body)}</svg>",
        encoding="utf-8",
    )
    if converter := shutil.which("rsvg-convert"):
        zoom = min(1.0, 6000 / max(width, height))
        picture = str(path.with_suffix(".png"))
        subprocess.run([converter, "-z", f"{zoom:g}", "-o", picture, str(path)], check=True)
    return path


async def sheet(folder: Path, size: tuple[int, int], look: str, calm: bool = False) -> Path:
    """One file for a size and a depth."""
    wide, tall = (2 * size[0] + 3) * _CELL[0], (size[1] + 1) * _CELL[1]
    themes = THEMES if look in ("true", "256") else THEMES[:2]
    body = []
    for column, (theme, night) in enumerate(themes):
        made = await pictures(size, look, theme, night, calm)
        for row, name in enumerate(NAMES):
            body.append(f'<g transform="translate({column * wide:g},{row * tall:g})">{made[name]}</g>')
    width, height = wide * len(themes), tall * len(NAMES)
    return written(folder / f"{size[0]}x{size[1]}-{look}{'-calm' if calm else ''}.svg", width, height, body)


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    places, wanted = "--screens" in sys.argv, [a for a in sys.argv[2:] if not a.startswith("--")]
    for size in SIZES:
        if wanted and f"{size[0]}x{size[1]}" not in wanted:
            continue
        if "--therapy" in sys.argv:
            steps = list(therapy_scenes.SCENES.values())
            if size != SIZES[-1]:
                across = 5 if size == SIZES[0] else 3
                made = screens(folder, size, "true", THEMES[:1], steps, "therapy", across)
                print(asyncio.run(made), flush=True)
            continue
        if places:
            themes = THEMES if size == (80, 24) else THEMES[:2]
            for look in LOOKS if size == (80, 24) else ("true",):
                print(asyncio.run(screens(folder, size, look, themes if look == "true" else themes[:1])), flush=True)
            continue
        for look in LOOKS:
            print(asyncio.run(sheet(folder, size, look)), flush=True)
        print(asyncio.run(sheet(folder, size, "true", calm=True)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
