"""A report as one page: no script, nothing loaded from anywhere, readable on a screen, printed, and read out.

A Content-Security-Policy forbids everything but the page's own style. Drawings are SVG in the page, each with its
sentence and, beneath it, the same as a table.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from mindful.render.clean import one_line
from mindful.render.report import plots
from mindful.render.report.blocks import Block, Chart, Figures, Heading, Report, Table, Words

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1d2430;
  font: 17px/1.55 "Liberation Sans", Arial, Helvetica, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; font-weight: 600; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .6rem; padding-top: 1.1rem; border-top: 1px solid #d8dce2; font-weight: 600; }
p { margin: .5rem 0; max-width: 38rem; }
.quiet, .when { color: #4d5665; }
.quiet { font-size: .93rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; margin: .75rem 0; }
dt { color: #4d5665; }
dd { margin: 0; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; }
figcaption { max-width: 38rem; margin-bottom: .5rem; }
.drawn svg { display: block; max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: .75rem 0; font-size: .93rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: #4d5665; padding-bottom: .25rem; }
th, td { text-align: right; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid #e6e9ee; font-weight: normal; }
th:first-child, td:first-child { text-align: left; }
table.text td { text-align: left; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
thead th { color: #4d5665; border-bottom-color: #b9c0ca; }
details > summary { cursor: pointer; color: #4d5665; font-size: .93rem; padding: .2rem 0; }
@page { size: A4; margin: 18mm 16mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  figure, table, dl, tr { break-inside: avoid; }
  details:not([open]) { display: none; }
}
"""


def page(report: Report, *, drawn: bool = True) -> str:
    """The page. With `drawn` the charts are drawn, else their tables stand alone. Raises `plots.PlotError`."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = (
        f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_safe(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    numbers = count(1)
    body = "".join(part for block in report.blocks for part in _block(block, drawn, numbers))
    return f"{head}<h1>{_safe(report.title)}</h1>\n{body}</main>\n</body>\n</html>\n"


def _safe(text: str) -> str:
    return html.escape(one_line(text))


def _block(block: Block, drawn: bool, numbers: Iterator[int]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h2>{_safe(block.text)}</h2>\n"
    elif isinstance(block, Words):
        kind = ' class="quiet"' if block.quiet else ""
        yield f"<p{kind}>{_safe(block.text)}</p>\n"
    elif isinstance(block, Figures):
        rows = "".join(f"<dt>{_safe(name)}</dt><dd>{_safe(value)}</dd>" for name, value in block.rows)
        yield f"<dl>{rows}</dl>\n"
    elif isinstance(block, Table):
        yield _table(block)
    elif drawn:
        yield from _figure(block, next(numbers))
    else:
        # Its caption says what it is beside the drawing, and there is none.
        yield f"<p>{_safe(block.about)}</p>\n{_table(replace(block.table, caption=''))}"


def _figure(chart: Chart, number: int) -> Iterator[str]:
    label = f"about-{number}"
    yield f'<figure aria-labelledby="{label}">\n<figcaption id="{label}">{_safe(chart.about)}</figcaption>\n'
    yield f'<div class="drawn">{plots.svg(chart)}</div>\n'
    yield f"<details><summary>{_safe(chart.table.caption)}</summary>\n{_table(chart.table)}</details>\n</figure>\n"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_safe(name)}</th>' for name in table.head)
    rows = "".join(
        f'<tr><th scope="row">{_safe(row[0])}</th>' + "".join(f"<td>{_safe(cell)}</td>" for cell in row[1:]) + "</tr>\n"
        for row in table.rows
    )
    caption = f"<caption>{_safe(table.caption)}</caption>\n" if table.caption else ""
    return f"<table>\n{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
