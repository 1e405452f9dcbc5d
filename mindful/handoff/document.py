"""What a file is, by its first words. Called when a pack is made and when one is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

Kind = Literal["session", "programme", "other"]


def kind_of(file: Path) -> Kind:
    """What a file in a pack is, by its first key. Never raises."""
    data = _data(file)
    if "mindful" in data:
        return "session"
    return "programme" if "programme" in data else "other"


def title_of(file: Path) -> str:
    """Its title; empty where it has none. Never raises."""
    title = _data(file).get("title")
    return title if isinstance(title, str) else ""


def _data(file: Path) -> dict[str, Any]:
    from mindful.script.nodes import read
    from mindful.script.problems import Source

    try:
        data = read(Source(file.name, file.read_text(encoding="utf-8"))).data
    except (OSError, UnicodeDecodeError):
        return {}
    return data if isinstance(data, dict) else {}
