"""A report as plain lines, for a terminal and for ears: every drawing is a row of bars, or its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mindful.render.clean import one_line
from mindful.render.report.blocks import Block, Chart, Figures, Heading, Report, Table, Words
from mindful.tongue import ngettext

_FULL = 30
"""Cells of the longest bar."""
MOST_ROWS = 12
"""Rows of a table that stand for a drawing; of more the last are shown."""
_BLOCKS = " ▏▎▍▌▋▊▉█"


def lines(report: Report, width: int = 80, *, blocks: bool = True) -> Iterator[str]:
    """The report; with `blocks` bars are drawn in eighths of a cell, else with `#`."""
    yield one_line(report.title)
    headed = False
    for block in report.blocks:
        if not headed:
            yield ""
        yield from _block(block, width, blocks)
        headed = isinstance(block, Heading)


def _block(block: Block, width: int, blocks: bool) -> Iterator[str]:
    if isinstance(block, Heading):
        yield one_line(block.text)
        yield "-" * min(width, len(one_line(block.text)))
    elif isinstance(block, Words):
        yield from _wrapped(block.text, width)
    elif isinstance(block, Figures):
        wide = max((len(name) for name, _ in block.rows), default=0)
        for name, value in block.rows:
            yield f"{name:<{wide}}  {one_line(value)}"
    elif isinstance(block, Table):
        yield one_line(block.caption)
        yield from _table(block)
    elif block.bars:
        yield from _wrapped(block.about, width)
        yield from _bars(block, width, blocks)
    else:
        yield from _wrapped(block.about, width)
        left_out = len(block.table.rows) - MOST_ROWS
        if left_out > 0:
            yield ngettext("(The one before is left out.)", "(The {count} before are left out.)", left_out).format(
                count=left_out
            )
        yield from _table(replace(block.table, rows=block.table.rows[-MOST_ROWS:]))


def _wrapped(text: str, width: int) -> Iterator[str]:
    import textwrap

    yield from textwrap.wrap(one_line(text), max(20, width)) or [""]


def _bars(chart: Chart, width: int, blocks: bool) -> Iterator[str]:
    most = max(value for _, value, _ in chart.bars) or 1
    wide = max(len(label) for label, _, _ in chart.bars)
    said = max(len(words) for _, _, words in chart.bars)
    full = max(4, min(_FULL, width - wide - said - 4))
    for label, value, words in chart.bars:
        yield f"{label:<{wide}}  {_bar(value / most, full, blocks):<{full}}  {words}".rstrip()


def _bar(share: float, full: int, blocks: bool) -> str:
    if not blocks:
        return "#" * (round(share * full) or (1 if share else 0))
    eighths = round(share * full * 8) or (1 if share else 0)
    return "█" * (eighths // 8) + (_BLOCKS[eighths % 8] if eighths % 8 else "")


def _table(table: Table) -> Iterator[str]:
    rows: list[Sequence[str]] = [table.head, *([one_line(cell) for cell in row] for row in table.rows)]
    wide = [max(len(row[n]) for row in rows) for n in range(len(table.head))]
    for row in rows:
        cells = [
            f"{cell:<{w}}" if n == 0 else f"{cell:>{w}}" for n, (cell, w) in enumerate(zip(row, wide, strict=True))
        ]
        yield "  ".join(cells).rstrip()
