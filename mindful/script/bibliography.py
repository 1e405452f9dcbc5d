"""The sources of everything that this program claims: `sessions/bibliography.json`, in CSL JSON.

CSL JSON is plain data, which reference managers read and write. `custom.read` says how far a source was read:
`abstract` (the paper or its abstract) or `record` (only that it exists, with this title and place). Called by evidence
cards, and by the test that every claim points to an entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mindful import assets

NAME = "bibliography.json"
READ = ("abstract", "record")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_DOI = re.compile(r"doi:\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One published work."""

    key: str
    families: tuple[str, ...]
    """Family names of its authors, in order."""
    year: int
    title: str
    container: str
    volume: str = ""
    issue: str = ""
    page: str = ""
    doi: str = ""
    read: str = "record"
    """How far it was read: `abstract` or `record`."""
    more: bool = False
    """Whether it has authors beyond those that are named."""

    @property
    def cited(self) -> str:
        """`Balban et al. 2023, Cell Reports Medicine 4(1):100895, doi:10.1016/…`"""
        first, others = self.families[0], self.families[1:]
        names = first
        if len(others) == 1 and not self.more:
            names = f"{first} and {others[0]}"
        elif others or self.more:
            names = f"{first} et al."
        place = f" {self.volume}" if self.volume else ""
        place += f"({self.issue})" if self.issue else ""
        place += f"{':' if self.volume else ' '}{self.page}" if self.page else ""
        doi = f", doi:{self.doi}" if self.doi else ""
        return f"{names} {self.year}, {self.container}{place}{doi}"


def parse(data: object) -> dict[str, Source]:
    """The sources of CSL JSON, by their keys. Raises ValueError with the entry that is not whole."""
    if not isinstance(data, list):
        raise ValueError("CSL JSON is a list of works")
    found: dict[str, Source] = {}
    for item in data:
        source = _source(item)
        if source.key in found:
            raise ValueError(f"{source.key} is there twice")
        found[source.key] = source
    return found


def _source(item: Any) -> Source:
    try:
        custom: Mapping[str, Any] = item.get("custom", {})
        source = Source(
            key=item["id"],
            families=tuple(author["family"] for author in item["author"]),
            year=int(item["issued"]["date-parts"][0][0]),
            title=item["title"],
            container=item["container-title"],
            volume=item.get("volume", ""),
            issue=item.get("issue", ""),
            page=item.get("page", ""),
            doi=item.get("DOI", ""),
            read=custom.get("read", "record"),
            more="authors" in custom,
        )
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        name = item.get("id", "?") if isinstance(item, dict) else "?"
        raise ValueError(f"{name}: {error} is missing or wrong") from error
    if not source.families or source.read not in READ:
        raise ValueError(f"{source.key}: authors and how far it was read are needed")
    return source


@cache
def sources() -> Mapping[str, Source]:
    """The bundled bibliography, by key."""
    return parse(json.loads((assets.sessions() / NAME).read_text(encoding="utf-8")))


def works(text: str) -> list[str]:
    """The works that a line of sources names, one by one; none where it names no year: `no trial known to us`."""
    return [part.strip() for part in text.split(";") if _YEAR.search(part)]


def find(work: str, known: Mapping[str, Source] | None = None) -> Source | None:
    """The entry of a work such as `Balban et al. 2023, Cell Reports Medicine 4(1):100895, doi:10.1016/…`.

    It matches by the first family name and the year, and by the DOI where one is written: another DOI is no match.
    """
    year = _YEAR.search(work)
    if year is None:
        return None
    before = work[: year.start()].casefold()
    doi = _DOI.search(work)
    for source in (sources() if known is None else known).values():
        name = re.match(rf"{re.escape(source.families[0].casefold())}\b", before)
        if name is None or source.year != int(year[0]):
            continue
        if doi is not None and doi[1].rstrip(".,)").casefold() != source.doi.casefold():
            continue
        return source
    return None
