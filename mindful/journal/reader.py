"""The overview of a journal for a screen: a part at a time, the newest first. Called by the journey."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mindful.journal import asking, store
from mindful.journal.days import Sat
from mindful.journal.index import Index

_FIRST = 500
"""Records that are shown before the rest is fetched."""


class Reader:
    """The records of one journal. It changes none, and what cannot be read is left to `mindful journal`."""

    def __init__(self, journal: Path, cache: Path | None = None) -> None:
        """`cache` is the folder that the index is kept in; None: in memory only."""
        self._journal, self._cache = journal, cache
        self._index: Index | None = None
        self._known: list[Sat] | None = None

    def batches(self, size: int = 200) -> Iterator[list[Sat]]:
        """All that is there so far, newest first, each time some `size` more files were read, and at last everything.

        Trial runs with a made-up client are left out. A journal that cannot be looked into is empty.
        """
        found: list[Sat] = []
        with suppress(OSError):
            index = self._index = self._index or Index(self._journal, self._cache)
            if self._known is None and asking.count(index) > _FIRST:
                yield asking.sats(index, limit=_FIRST)
            grown = size
            last = 0
            for read in index.steps(size):
                # Ever larger parts: each is the whole list anew.
                if read - last >= grown:
                    last, grown = read, max(size, read // 2)
                    yield asking.sats(index)
            if self._known is None or index.changed:
                self._known = asking.sats(index)
            found = self._known
        yield found

    def all(self) -> list[Sat]:
        """Everything at once, newest first."""
        found: list[Sat] = []
        for found in self.batches(1 << 30):  # noqa: B007 -- the last one counts
            pass
        return found

    def find(self, record: str) -> store.Entry:
        """One record by its id. Raises as `store.find`."""
        if self._index is None:
            self.all()
        assert self._index is not None
        return asking.find(self._index, record)

    @property
    def locked(self) -> int:
        """How many records are encrypted, and their key was not given."""
        return sum(each.locked for each in self._index.unread) if self._index is not None else 0
