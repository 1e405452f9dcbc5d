"""Writes `sessions/index.json`, so that listing the bundled sessions parses no script.

`python -m mindful.author.index` runs it, after a change of a script; a test says when it was forgotten.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from mindful import assets
from mindful.script import catalogue
from mindful.script.load import load
from mindful.script.model import Script
from mindful.script.tiers import tier_of_script
from mindful.script.values import Text
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup


def entry(script: Script, file: str) -> dict[str, Any]:
    """What the index holds of a script."""
    laid = outline(Setup(script))
    return {
        "id": script.id,
        "title": _words(script.title, script.language),
        "summary": {"": ""} if script.summary is None else _words(script.summary, script.language),
        "tags": list(script.tags),
        "suits": list(script.suits),
        "trains": list(script.trains),
        "after": list(script.after),
        "tier": tier_of_script(script),
        "cautions": list(script.cautions),
        "total_ms": laid.total_ms,
        "min_ms": laid.bounds.min_ms,
        "max_ms": laid.bounds.max_ms,
        "open": any(segment.open for segment in laid.segments),
        "languages": sorted({tag or script.language for tag, _ in script.title.languages}),
        "sha256": script.origin.sha256,
        "file": file,
    }


def build() -> str:
    """The text of the index. Raises ValueError, with the problems, for a script that cannot be played."""
    found, folder = [], assets.sessions()
    for name, path in assets.session_files().items():
        loaded = load(path)
        if loaded.script is None:
            raise ValueError(f"{path.name}: {'; '.join(p.message for p in loaded.problems)}")
        if loaded.script.id != name:
            raise ValueError(f"{path.name}: its id is {loaded.script.id}, its name says {name}")
        found.append(entry(loaded.script, path.relative_to(folder).as_posix()))
    return json.dumps({"mindful_sessions": catalogue.VERSION, "sessions": found}, ensure_ascii=False, indent=1) + "\n"


def place() -> Path:
    """Where the index is."""
    return assets.sessions() / catalogue.INDEX


def _words(text: Text, language: str) -> dict[str, str]:
    return {tag or language: words for tag, words in text.languages}


def main() -> int:
    """Write the index; with `--check`, only say whether it is current (exit status 1 when it is not)."""
    text = build()
    if "--check" in sys.argv[1:]:
        current = place().exists() and place().read_text(encoding="utf-8") == text
        if not current:
            sys.stderr.write(f"{catalogue.INDEX} is not current; renew it with: make documents\n")
        return not current
    place().write_text(text, encoding="utf-8")
    sys.stderr.write(f"{catalogue.INDEX} is written; sessions in it: {len(json.loads(text)['sessions'])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
