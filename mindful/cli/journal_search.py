"""`mindful journal search`: records by the words in them. Called by `mindful.cli.journal`."""

from __future__ import annotations

import click

from mindful.cli.journal import stream, width
from mindful.cli.journal_access import opened, tell, unread
from mindful.cli.journal_text import table
from mindful.cli.say import out
from mindful.cli.since import records, stretch
from mindful.journal import asking, columns, store
from mindful.journal.printable import printable
from mindful.journal.versions import DamagedError, NewerError
from mindful.tongue import _

_LATEST = 20
_AROUND = 30


@click.command()
@click.argument("words", nargs=-1, required=True)
@stretch
@click.option("--limit", type=click.IntRange(min=0), help="At most so many; 0 for all. For people 20, with --json all.")
@click.option("--lines", is_flag=True, help="Also show the places where the words stand.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; without answers and notes.")
def search(
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    session: str | None,
    limit: int | None,
    lines: bool,
    as_json: bool,
) -> None:
    """Find the records in which all WORDS stand, the latest first.

    Looked through are titles, notes, answers and what you chose; a part of a word is enough, in small letters or large.
    """
    limit = limit if limit is not None else (0 if as_json else _LATEST)
    wanted = records(since, until, session, words=[word for word in words if word.strip()])
    with opened() as index:
        if as_json:
            stream(asking.each(index, wanted, limit or None))
            unread(index.unread)
            return
        rows = asking.rows(index, wanted, limit + 1 if limit else None)
    shown = rows[:limit] if limit else rows
    if not shown:
        tell(_("No record has these words."))
    else:
        head, *each = table(shown, width()).splitlines()
        out(head)
        for text, row in zip(each, shown, strict=True):
            out(text)
            for place in _places(row, words) if lines else ():
                out(place)
        if len(rows) > len(shown):
            tell(_("There are earlier ones; --limit 0 shows all."))
    unread(index.unread)


def _places(row: asking.Row, words: tuple[str, ...]) -> list[str]:
    """Where the words stand in a record, a line each."""
    try:
        record = store.read(row.path).record
    except (OSError, DamagedError, NewerError):
        return []
    found = []
    for name, passage in columns.passages(record):
        text = printable(passage)
        low = columns.folded(text)
        at = min((low.find(columns.folded(word)) for word in words if columns.folded(word) in low), default=-1)
        if at >= 0:
            begin = max(0, at - _AROUND)
            part = text[begin : at + 2 * _AROUND]
            before, after_ = "…" if begin else "", "…" if at + 2 * _AROUND < len(text) else ""
            found.append(f"      {printable(name)}: {before}{part}{after_}")
    return found
