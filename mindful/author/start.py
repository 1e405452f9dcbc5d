"""The text of a new script: a commented one to begin from, or a bundled session under another title.

Pure but for the reading of what lies in the package. Called by `mindful new`, and by the workbench for a file that is
not there yet. The texts in `starts/` are scripts themselves: a test plays each.
"""

from __future__ import annotations

import re
from pathlib import Path

from mindful.author import yaml_text
from mindful.script.nodes import read
from mindful.script.problems import Source

SCHEMA = "mindful.schema.json"
"""What the schema beside a script is called. A bare name: scripts are handed over, and a home's paths are private."""
SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA}"
PRACTICES: dict[str, str] = {
    "breath": "paced breathing, with a few words around it",
    "sit": "silent sitting, with bells",
    "body": "attention through the body",
    "ground": "grounding through the senses, at the client's pace",
    "talk": "guided words alone, such as a relaxation",
    "choices": "a rating, a choice, and what follows from it",
    "exposure": "a step of a ladder, agreed on beforehand, with ratings",
}
"""What there is to begin from, and what it is for."""
LANGUAGES = ("en", "de")
_FOLDER = Path(__file__).parent / "starts"
_KEPT = re.compile(r"\s*#\s*yaml-language-server:.*$")


def starter(practice: str, title: str, session_id: str, language: str = "en") -> str:
    """A commented script that plays as it stands. Raises KeyError for a practice or language that is none."""
    if practice not in PRACTICES or language not in LANGUAGES:
        raise KeyError(f"{practice}.{language}")
    text = (_FOLDER / f"{practice}.{language}.yaml").read_text(encoding="utf-8")
    return renamed(text, title, session_id)


def renamed(text: str, title: str, session_id: str, remark: str = "") -> str:
    """A script's text with the editor's line before it and another title; every comment stays.

    Where the text has an id of its own, `session_id` takes its place; without one a session is called like its file.
    `title`: empty leaves the text's own. `remark` becomes a comment at the top.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n").split("\n")
    places = read(Source("script.yaml", "\n".join(lines)))
    if title:
        lines = _replaced(lines, _extent(places.keys.get(("title",)), lines), yaml_text.value("title", title, 0))
        places = read(Source("script.yaml", "\n".join(lines)))
    own = _extent(places.keys.get(("id",)), lines)
    if own is not None:
        lines = _replaced(lines, own, [f"id: {session_id}"])
    body = [line for line in lines if not _KEPT.match(line)]
    return newline.join([SCHEMA_LINE, *([f"# {remark}"] if remark else []), *body]) + newline


def title_of(stem: str) -> str:
    """A title from a file's name: `evening-walk` is Evening walk."""
    words = " ".join(re.split(r"[\s_-]+", stem)).strip()
    return words[:1].upper() + words[1:] if words else ""


def _extent(key: object, lines: list[str]) -> tuple[int, int] | None:
    """The lines of a top-level entry, from its key to before the next entry; comments behind it stay out."""
    line = getattr(key, "line", None)
    if line is None:
        return None
    end = line + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t"):
        end += 1
    while end > line + 1 and not lines[end - 1].strip():
        end -= 1
    return line, end


def _replaced(lines: list[str], extent: tuple[int, int] | None, new: list[str]) -> list[str]:
    if extent is None:
        return lines
    first, end = extent
    return [*lines[:first], *new, *lines[end:]]
