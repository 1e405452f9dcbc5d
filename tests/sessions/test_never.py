"""What no bundled text does: diagnose, promise, shame, give a dosage or a crisis number. The patterns are in `never.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

from mindful import assets
from mindful.script.parser import PARSER

NEVER: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "never.yaml").read_text(encoding="utf-8")
)
ALLOWED = NEVER.pop("allowed")
PATTERNS = [(group, each) for group, patterns in NEVER.items() for each in patterns]
NOT_READ = {"source", "id", "license", "author", "doi", "note", "pattern", "session", "script", "if", "until", "file"}
"""Keys whose values nobody reads as words: names, places of works, conditions, notes to authors."""
CATALOGUES = sorted((assets.root() / "mindful" / "locale").glob("*/LC_MESSAGES/mindful.po"))


def leaves(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for each in data:
            yield from leaves(each)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in NOT_READ:
                yield from leaves(value)


def texts() -> Iterator[tuple[str, str]]:
    """(where, text) of everything that comes with the program to be read or heard."""
    for path in sorted(assets.sessions().rglob("*.yaml")):
        name = path.relative_to(assets.sessions()).as_posix()
        yield from ((name, text) for text in leaves(yaml.load(path.read_text(encoding="utf-8"), PARSER)))
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                for said in (message.id, message.string):
                    for text in said if isinstance(said, tuple | list) else (said,):
                        if text:
                            yield f"words ({path.parts[-3]})", text


ALL = list(texts())


@pytest.mark.parametrize(("group", "each"), PATTERNS, ids=lambda x: x if isinstance(x, str) else x["pattern"][:24])
def test_a_pattern_finds_what_it_is_for_and_spares_what_is_right(group: str, each: dict[str, Any]) -> None:
    pattern = re.compile(each["pattern"], re.IGNORECASE)
    assert each["finds"] and each["spares"], group
    for text in each["finds"]:
        assert pattern.search(text), text
    for text in each["spares"]:
        assert not pattern.search(text), text


@pytest.mark.parametrize(("group", "each"), PATTERNS, ids=lambda x: x if isinstance(x, str) else x["pattern"][:24])
def test_no_bundled_text_does_it(group: str, each: dict[str, Any]) -> None:
    pattern = re.compile(each["pattern"], re.IGNORECASE)
    found = [
        (where, match.group(), text[max(0, match.start() - 60) : match.end() + 60])
        for where, text in ALL
        for match in pattern.finditer(" ".join(text.split()))
        if not any(a["words"] in text for a in ALLOWED)
    ]
    assert found == [], group


def test_all_kinds_of_text_were_looked_at() -> None:
    places = {where for where, _ in ALL}
    assert len(ALL) > 5_000 and any(where.startswith("words") for where in places)
    assert {"settle.yaml", "learn/learn-food.yaml", "evidence/box-breathing.yaml", "patterns.yaml"} <= places


def test_what_is_allowed_is_still_there_and_says_why() -> None:
    for each in ALLOWED:
        assert any(each["words"] in text for _, text in ALL), each["words"]
        assert len(each["why"].split()) >= 4
