"""The workbench, to look at: `python -m bench.workbench FOLDER [SCRIPT]`, SVG, and PNG where there is `rsvg-convert`.

At 80x24, 160x50 and 40x12, dark and light: a script as it stands, with a slip, with words offered, its outline, the
kinds of step, each form with what it fills in by itself, and the question at the end. SCRIPT is a bundled session or a
file; arriving if not said.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.drawing import CELL, drawn, written
from mindful import assets
from mindful.author.forms import FORMS
from mindful.author.live import look
from mindful.author.paper import Paper
from mindful.tui.author.app import AuthorApp
from mindful.tui.host import Appearance
from tests.tui.hosting import HandHost

SIZES = ((80, 24), (160, 50), (40, 12))
SCENES: dict[str, Sequence[str]] = {
    "clean": (),
    "slip": ("end", "colon", "space", "x", "f3"),
    "words": ("ctrl+end", "enter", "minus", "space", "b"),
    "outline": ("f6", "down", "down"),
    "problems": ("end", "colon", "space", "x", "f4"),
    "kinds": ("f2", "down"),
    **{f"form-{form.kind}": ("f2", *["down"] * n, "enter") for n, form in enumerate(FORMS)},
    "leaving": ("x", "ctrl+q"),
    "keys": ("f1",),
}
"""The keys that lead to each."""


def opened(host: HandHost, folder: Path, text: str, depth: str) -> AuthorApp:
    """The workbench on a file of this text in `folder`."""
    path = folder / "evening.yaml"
    path.write_text(text, encoding="utf-8")
    paper = Paper(path)
    read = paper.read()
    assert read is not None
    at_once = {"run": lambda work: work(), "looking": look}
    return AuthorApp(host, paper, read, fps=0, look=depth, now=host.clock.now, **at_once)  # type: ignore[arg-type]


async def walked(pilot: Any, host: HandHost, text: str, keys: Sequence[str]) -> None:
    """Press some keys, each looked at in full, from the first line that is said."""
    await pilot.pause()
    row = next(n for n, line in enumerate(text.split("\n")) if "- say:" in line)
    pilot.app.bench.area.move_cursor((row, 6))
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        host.clock.forward(1.0)
        pilot.app.bench.beat()
        await pilot.pause()
    await pilot.pause()


async def scene(text: str, keys: Sequence[str], size: tuple[int, int], theme: str) -> str:
    """SVG shapes of the workbench after some keys. The file lies in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        host = HandHost()
        host.appearance = Appearance("circle", theme, "off")
        app = opened(host, Path(folder), text, "true")
        async with app.run_test(size=size) as pilot:
            await walked(pilot, host, text, keys)
            rows = [list(strip) for strip in app.screen._compositor.render_strips()]
            return drawn(rows, theme == "light")


async def sheet(folder: Path, text: str, size: tuple[int, int], theme: str, across: int = 3) -> Path:
    """All scenes of one size and theme in one picture, from left to right and from top to bottom."""
    wide, tall = (size[0] + 2) * CELL[0], (size[1] + 1) * CELL[1]
    body = []
    for n, keys in enumerate(SCENES.values()):
        x, y = n % across * wide, n // across * tall
        body.append(f'<g transform="translate({x:g},{y:g})">{await scene(text, keys, size, theme)}</g>')
    high = tall * -(-len(SCENES) // across)
    return written(folder / f"workbench-{size[0]}x{size[1]}-{theme}.svg", wide * across, high, body)


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder, name = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "arriving"
    folder.mkdir(parents=True, exist_ok=True)
    text = (assets.session_files().get(name) or Path(name)).read_text(encoding="utf-8")
    for size in SIZES:
        for theme in ("dark", "light"):
            print(asyncio.run(sheet(folder, text, size, theme)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
