"""What the bundled sessions are, read from an index: no script is parsed to list them. No pydantic here.

`sessions/index.json` is written by `python -m mindful.author.index` and held current by a test. Called by
`mindful list`, the home screen and whoever suggests a name. An index that is behind does no harm: a script that is not
in it is listed by its name, one that is gone is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mindful import assets

INDEX = "index.json"
VERSION = 1

Words = Mapping[str, str]
"""A text by language; the first is the script's own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One bundled session."""

    id: str
    title: Words
    summary: Words
    tags: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    trains: tuple[str, ...] = ()
    """What practising it trains."""
    after: tuple[str, ...] = ()
    """Ids of sessions best known before it."""
    tier: str = "green"
    """green, yellow or red."""
    cautions: tuple[str, ...] = ()
    total_ms: int | None = None
    """None where the client decides."""
    min_ms: int = 0
    max_ms: int | None = None
    """None: without a limit."""
    open: bool = False
    """Whether anything is asked or waited for."""
    languages: tuple[str, ...] = ()
    sha256: str = ""
    file: str = ""
    """Within the folder of sessions; of a session in a pack its whole path."""


further: list[Callable[[], Sequence[Entry]]] = []
"""More sessions than the bundled ones: those of packs that were taken in. The command line adds where to look."""


def words(text: Words, language: str = "") -> str:
    """A text in a language, else in its base language, else as the script has it first."""
    return text.get(language) or text.get(language.split("-")[0]) or next(iter(text.values()), "")


def ids() -> list[str]:
    """The names of all sessions: the bundled ones, then those of packs."""
    return [*assets.session_files(), *(entry.id for entry in _further())]


def near(name: str) -> list[str]:
    """Ids that may have been meant, best first: alike in spelling, or with the same word in them."""
    names = ids()
    wanted = name.strip().casefold().replace(" ", "-").replace("_", "-")
    import difflib

    alike = difflib.get_close_matches(wanted, names, 3, 0.6)
    return [*alike, *(n for n in names if len(wanted) > 2 and wanted in n and n not in alike)][:5]


def entries() -> list[Entry]:
    """All bundled sessions, sorted by id, then those of packs. Never raises: without an index only names are known."""
    known = _index()
    found = []
    for name, path in assets.session_files().items():
        data = known.get(name)
        found.append(entry(data) if data is not None else Entry(name, {"": name}, {"": ""}, file=path.name))
    return [*found, *_further()]


def _further() -> list[Entry]:
    return [entry for look in further for entry in look()]


CARD = "psychoeducation"
"""The tag of sessions that are something to read: `mindful learn`."""


def cards() -> list[Entry]:
    """The bundled sessions to read, by title."""
    return sorted((e for e in entries() if CARD in e.tags), key=lambda e: words(e.title, "en").casefold())


def card(name: str) -> Entry | None:
    """The one that is meant by its id, with or without `learn-` before it, or by its title."""
    wanted = _fold(name)
    return next((e for e in cards() if wanted in _names(e)), None)


def near_cards(name: str) -> list[str]:
    """Ids of those that may have been meant, best first."""
    known = {text: e.id for e in cards() for text in _names(e)}
    wanted = _fold(name)
    import difflib

    alike = difflib.get_close_matches(wanted, known, 3, 0.6)
    inside = [text for text in known if len(wanted) > 2 and wanted in text]
    return list(dict.fromkeys(known[text] for text in (*alike, *inside)))[:3]


def _names(entry: Entry) -> list[str]:
    return [_fold(text) for text in (entry.id, entry.id.removeprefix("learn-"), *entry.title.values())]


def _fold(text: str) -> str:
    return text.strip().casefold().replace("-", " ").replace("_", " ")


def _index() -> dict[str, Mapping[str, Any]]:
    try:
        data = json.loads((assets.sessions() / INDEX).read_text(encoding="utf-8"))
        if data["mindful_sessions"] != VERSION:
            return {}
        return {each["id"]: each for each in data["sessions"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def entry(data: Mapping[str, Any]) -> Entry:
    """The session that an index holds as plain data, with an `id` at the least."""
    fields: dict[str, Any] = {"title": {"": data["id"]}, "summary": {"": ""}}
    for name in Entry.__dataclass_fields__:
        if name in data:
            fields[name] = tuple(data[name]) if isinstance(data[name], list) else data[name]
    return Entry(**fields)
