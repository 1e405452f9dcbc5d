"""Runs the workbench and says how it ended. Called by `mindful author`, which hands in host, file and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mindful.author.paper import Paper
    from mindful.tui.host import Host


def run(host: Host, paper: Paper, text: str, *, fps: float = 12) -> int:
    """Show the workbench with this text in it; the exit status: 0, or 4 when something failed or it was told to end."""
    from mindful.author.beside import Beside
    from mindful.tui.author.app import AuthorApp
    from mindful.tui.run import carry

    beside = Beside()
    try:
        return carry(AuthorApp(host, paper, text, fps=fps, looking=beside.look))
    finally:
        beside.close()
