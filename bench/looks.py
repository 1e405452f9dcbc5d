"""Every screen and every pacer, to look at: `python -m bench.looks FOLDER [SIZE ...]`.

The real program, with time by hand, at 40x12, 80x24, 120x40 and 200x60 (SIZE: only these). A sheet of pacers is made
for each size and depth of colour, themes from left to right and pacers from top to bottom, moving and held, and one of
reduced motion. The screens of `bench.scenes` and the workbench go onto sheets of several, each with its name above it:
a set for each size, theme and depth of colour. --pacers and --screens make only these, --only WORD the screens whose
part or name has that word, --depth those of one depth. SVG, and PNG where there is `rsvg-convert`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import scenes, workbench
from bench.drawing import CELL, drawn, written
from mindful import assets
from mindful.tui.app import MindfulApp
from mindful.tui.host import Appearance
from mindful.tui.pacers import NAMES
from mindful.tui.widgets.pacer import PacerView
from tests.tui.hosting import HandHost

SIZES = {(40, 12): (6, 8), (80, 24): (3, 5), (120, 40): (4, 5), (200, 60): (3, 4)}
"""Columns and rows of the terminal: screens beside and beneath one another on a sheet."""
DEPTHS = ("true", "256", "16", "mono")
THEMES = (("dark", "off"), ("light", "off"), ("contrast", "off"), ("colour-blind", "off"), ("dark", "on"))
NARROW = THEMES[:2]
"""Themes for depths at which others look the same, or are looked at often enough."""
SCRIPT = """
mindful: 1
title: Shapes
steps:
  - breathe: {pattern: [{inhale: 4, through: left}, {hold: 3}, {exhale: 6, through: right}, {rest: 2}], cycles: 4}
    label: To look at
"""
MOMENTS = {"moving": 2.4, "held": 5.5}
"""Seconds after the start."""
WORKBENCH = ("clean", "slip", "words", "outline", "problems", "kinds", "form-breathe", "form-rate", "leaving", "keys")
_WIDEST = 1500
"""Pixels of a sheet of screens: what most programs show without making it smaller."""


def themes(depth: str) -> Sequence[tuple[str, str]]:
    return THEMES if depth == "true" else THEMES[:1] if depth == "mono" else NARROW


def shapes(app: MindfulApp, theme: str) -> str:
    """SVG shapes of what an app shows."""
    rows = [list(strip) for strip in app.screen._compositor.render_strips()]
    return drawn(rows, theme == "light")


# Pacers


async def pictures(size: tuple[int, int], depth: str, theme: str, night: str, calm: bool) -> dict[str, str]:
    """SVG shapes of every pacer, moving and held, side by side."""
    out = {}
    for name in NAMES:
        host = HandHost({"shapes": SCRIPT})
        host.appearance = Appearance(name, theme, night)
        app = MindfulApp(
            host, session="shapes", begin=True, fps=0, look=depth, calm=calm, now=host.clock.now, hour=lambda: 12
        )  # type: ignore[arg-type]
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            made: list[str] = []
            for before, after in pairwise((0.0, *MOMENTS.values())):
                host.clock.forward(after - before)
                await app.screen.frame()  # type: ignore[attr-defined]
                await pilot.pause()
                made.append(placed(len(made) * (size[0] + 1) * CELL[0], 0, shapes(app, theme)))
            out[name] = "".join(made)
    return out


async def pacers(folder: Path, size: tuple[int, int], depth: str, calm: bool = False) -> Path:
    """One file for a size and a depth."""
    wide, tall = (2 * size[0] + 3) * CELL[0], (size[1] + 1) * CELL[1]
    body = []
    for column, (theme, night) in enumerate(THEMES if depth in ("true", "256") else NARROW):
        made = await pictures(size, depth, theme, night, calm)
        body += [placed(column * wide, row * tall, made[name]) for row, name in enumerate(NAMES)]
    width, height = wide * (5 if depth in ("true", "256") else 2), tall * len(NAMES)
    path = folder / f"pacers-{size[0]}x{size[1]}-{depth}{'-calm' if calm else ''}.svg"
    return written(path, width, height, body)


def placed(x: float, y: float, shapes: str, zoom: float = 1.0) -> str:
    scale = f" scale({zoom:g})" if zoom != 1.0 else ""
    return f'<g transform="translate({x:g},{y:g}){scale}">{shapes}</g>'


# Screens


@asynccontextmanager
async def standing(
    part: str, name: str, size: tuple[int, int], depth: str, theme: tuple[str, str] = THEMES[0]
) -> AsyncIterator[tuple[Any, HandHost]]:
    """The program at one of the screens."""
    host = HandHost()
    host.appearance = Appearance("circle", *theme)
    if part == "workbench":
        with tempfile.TemporaryDirectory() as folder:
            text = assets.session_files()["arriving"].read_text(encoding="utf-8")
            app = workbench.opened(host, Path(folder), text, depth)
            async with app.run_test(size=size) as pilot:
                await workbench.walked(pilot, host, text, workbench.SCENES[name])
                yield pilot, host
        return
    app = MindfulApp(host, fps=0, look=depth, now=host.clock.now, hour=lambda: 12)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        await scenes.SCENES[part][name](pilot, host)
        await pilot.pause()
        yield pilot, host


async def screen(part: str, name: str, size: tuple[int, int], depth: str) -> list[str]:
    """SVG shapes of one screen, in each theme of a depth. It is reached once and then changes its clothes.

    The workbench is opened anew for each: nobody can change the theme while it is open.
    """
    out = []
    if part == "workbench":
        for theme in themes(depth):
            async with standing(part, name, size, depth, theme) as (pilot, _):
                out.append(shapes(pilot.app, theme[0]))
        return out
    async with standing(part, name, size, depth) as (pilot, host):
        app = pilot.app
        for theme, night in themes(depth):
            host.appearance = Appearance("circle", theme, night)
            app.redress()
            for each in app.screen.query(PacerView):
                each.dip(app.dress.pens)
            await pilot.pause()
            app.screen.refresh()
            for widget in app.screen.query("*"):
                widget.refresh()
            await pilot.pause()
            out.append(shapes(app, theme))
    return out


def wanted(only: str) -> Iterator[tuple[str, str]]:
    """(part, name) of the screens."""
    for part, found in (*scenes.SCENES.items(), ("workbench", WORKBENCH)):
        yield from ((part, name) for name in found if only in f"{part}: {name}")


async def screens(folder: Path, size: tuple[int, int], depth: str, only: str = "") -> list[Path]:
    """The sheets of one size and one depth of colour."""
    made: list[tuple[str, list[str]]] = []
    for part, name in wanted(only):
        made.append((f"{part}: {name}", await screen(part, name, size, depth)))
    out = []
    for n, (theme, night) in enumerate(themes(depth)):
        called = f"{theme}-night" if night == "on" else theme
        stem = f"screens-{size[0]}x{size[1]}-{depth}-{called}"
        out += sheets(folder, stem, size, [(name, each[n]) for name, each in made])
    return out


def sheets(folder: Path, stem: str, size: tuple[int, int], made: Sequence[tuple[str, str]]) -> list[Path]:
    """As many sheets as these screens need, each screen with its name above it."""
    across, down = SIZES[size]
    wide, high = (size[0] + 2) * CELL[0], size[1] * CELL[1]
    zoom = min(1.0, _WIDEST / (wide * across))
    wide, high = wide * zoom, high * zoom + 18
    out = []
    for page, first in enumerate(range(0, len(made), across * down), 1):
        body = []
        for n, (name, each) in enumerate(made[first : first + across * down]):
            x, y = n % across * wide + 4, n // across * high
            body.append(f'<text x="{x:g}" y="{y + 12:g}" fill="#ffffff">{name}</text>')
            body.append(placed(x, y + 15, each, zoom))
        rows = -(-len(made[first : first + across * down]) // across)
        out.append(written(folder / f"{stem}-{page}.svg", wide * across + 4, high * rows, body))
    return out


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("sizes", nargs="*")
    asked.add_argument("--pacers", action="store_true")
    asked.add_argument("--screens", action="store_true")
    asked.add_argument("--only", default="")
    asked.add_argument("--depth", choices=DEPTHS)
    got = asked.parse_args()
    got.folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        if got.sizes and f"{size[0]}x{size[1]}" not in got.sizes:
            continue
        depths = [depth for depth in DEPTHS if got.depth in (None, depth)]
        if not got.screens and not got.only:
            for depth in depths:
                print(asyncio.run(pacers(got.folder, size, depth)), flush=True)
            print(asyncio.run(pacers(got.folder, size, "true", calm=True)), flush=True)
        if not got.pacers:
            for depth in depths:
                for path in asyncio.run(screens(got.folder, size, depth, got.only)):
                    print(path, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
