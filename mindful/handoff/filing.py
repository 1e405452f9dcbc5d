"""The therapist's side: summaries filed under the client they came from, a journal for each below `clients/`.

Nothing that was filed is taken away by a later summary: of two tellings of one session the fuller one is kept.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mindful.handoff import card as cards
from mindful.handoff.card import BadCardError, Card
from mindful.handoff.summary import Summary
from mindful.journal import names, saving
from mindful.journal.files import write_atomic
from mindful.journal.store import record_files

FILE = "client.json"


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody whose summaries were filed."""

    folder: Path
    card: Card
    received: tuple[dict[str, str], ...]
    """Of each summary: `id`, `made`, `filed` (a day), in the order in which they came."""

    @property
    def journal(self) -> Path:
        return self.folder / "journal"

    @property
    def count(self) -> int:
        """Sessions on file."""
        return sum(1 for _ in record_files(self.journal))


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a summary."""

    client: Client
    new: int
    fuller: int
    """Sessions that were on file and are told more fully now."""
    known: int
    again: bool
    """Whether this very summary was filed before; then nothing was changed."""


def clients(folder: Path) -> list[Client]:
    """All clients, by name. A folder that cannot be read is left out; nothing is raised."""
    try:
        folders = sorted(p for p in folder.iterdir() if p.is_dir())
    except OSError:
        return []
    found = [client for each in folders if (client := _client(each)) is not None]
    return sorted(found, key=lambda c: c.card.name.casefold())


def find(folder: Path, words: str) -> list[Client]:
    """Whom these words mean: a whole name or folder, else the beginning of one or of a word in it."""
    wanted = " ".join(words.split()).casefold()
    known = clients(folder)
    exact = [c for c in known if wanted in (c.card.name.casefold(), c.folder.name)]
    return exact or [
        c
        for c in known
        if wanted and (f" {wanted}" in f" {c.card.name.casefold()}" or c.folder.name.startswith(wanted))
    ]


def file(folder: Path, summary: Summary, at: datetime, *, moved_from: Card | None = None) -> Filed:
    """File a summary. `moved_from` is the client's former card where a new key took its place. Raises OSError."""
    client = (
        _of(folder, summary.by)
        or (moved_from and _of(folder, moved_from))
        or Client(folder / _name(summary.by), summary.by, ())
    )
    place = client.folder
    if any(r["id"] == summary.id for r in client.received):
        return Filed(client, 0, 0, len(summary.records), True)
    new = fuller = 0
    for record in summary.records:
        path = _path(client.journal, record)
        there = path.exists()
        if saving.save(path, record, client.journal):
            new, fuller = new + (not there), fuller + there
    entry = {"id": summary.id, "made": summary.made.isoformat(), "filed": at.isoformat(timespec="seconds")}
    client = Client(place, summary.by, (*client.received, entry))
    data: dict[str, Any] = {"mindful_client": 1, **summary.by.data(), "received": list(client.received)}
    write_atomic(place / FILE, (json.dumps(data, indent=1) + "\n").encode())
    return Filed(client, new, fuller, len(summary.records) - new - fuller, False)


def _of(folder: Path, card: Card) -> Client | None:
    keys = (card.sign, card.recipient)
    return next((c for c in clients(folder) if (c.card.sign, c.card.recipient) == keys), None)


def _client(folder: Path) -> Client | None:
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        received = tuple({k: str(r[k]) for k in ("id", "made", "filed")} for r in data["received"])
        return Client(folder, cards.card(data), received)
    except (OSError, ValueError, KeyError, TypeError, BadCardError, RecursionError):
        return None


def _name(card: Card) -> str:
    plain = unicodedata.normalize("NFKD", card.name).encode("ascii", "ignore").decode().casefold()
    return f"{re.sub('[^a-z0-9]+', '-', plain).strip('-')[:40] or 'client'}-{card.short}"


def _path(journal: Path, record: dict[str, Any]) -> Path:
    """Where a record lies, by its own words; a made-up id gives a harmless name."""
    started = datetime.fromisoformat(record["started"])
    token = re.sub("[^0-9a-f]", "", str(record["id"])[-6:]).rjust(6, "0")[:6]
    stem = names.stem(journal, started, record["session"]["id"], token)
    return stem.with_name(stem.name + names.CLOSED)
