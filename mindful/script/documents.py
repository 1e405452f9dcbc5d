"""Renews the documents that are made from the models: `python -m mindful.script.documents [--check]` in a checkout.

A test compares them with what is committed and names this command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from mindful import assets
from mindful.script.programme.schema import programme_schema
from mindful.script.reference import reference
from mindful.script.schema import script_schema

COMMAND = "python -m mindful.script.documents"


def documents() -> dict[str, str]:
    """Name in `docs/` and text of each generated document."""
    return {
        "script.schema.json": json.dumps(script_schema(), indent=1, ensure_ascii=False) + "\n",
        "programme.schema.json": json.dumps(programme_schema(), indent=1, ensure_ascii=False) + "\n",
        "reference.md": reference(),
    }


def stale(folder: Path) -> list[str]:
    """Names of the documents that are not what the models say now."""
    return [
        name
        for name, text in documents().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]


def write(folder: Path) -> list[str]:
    """Writes the documents that differ; returns their names."""
    changed = stale(folder)
    for name in changed:
        (folder / name).write_text(documents()[name], encoding="utf-8")
    return changed


def main(arguments: Sequence[str], folder: Path) -> int:
    """Renew the documents; with `--check` only say which are stale (exit status 1 when any is)."""
    if "--check" not in arguments:
        write(folder)
        return 0
    names = stale(folder)
    for name in names:
        sys.stderr.write(f"docs/{name} is not current; renew it with: make documents\n")
    return bool(names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], assets.root() / "docs"))
