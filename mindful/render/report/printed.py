"""A report as a PDF that can be read out (PDF/UA-1): what stands in it is tagged, and drawings have their text.

Typst sets it, in the process, from a template that is ours alone: everything of the client's comes in as data, as
strings, and no string is ever read as markup. It is given an empty folder, and nothing it could load.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mindful.render.clean import one_line
from mindful.render.report import plots
from mindful.render.report.blocks import Block, Figures, Heading, Report, Table, Words

TEMPLATE = Path(__file__).parent / "report.typ"


class PrintError(RuntimeError):
    """The library that sets PDFs is not installed."""


def available() -> bool:
    """Whether the library is installed."""
    from importlib.util import find_spec

    return find_spec("typst") is not None


def pdf(report: Report) -> bytes:
    """The PDF. Raises PrintError, `plots.PlotError`."""
    try:
        import typst
    except ImportError as error:
        raise PrintError("typst") from error
    data = {"title": _text(report.title), "lang": report.language, "blocks": [_block(b) for b in report.blocks]}
    with TemporaryDirectory() as empty:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            root=empty,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            package_path=empty,
            package_cache_path=empty,
            pdf_standards="ua-1",
        )
    assert isinstance(made, bytes)
    return made


def _text(text: str) -> str:
    return one_line(text)


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": _text(block.text)}
    if isinstance(block, Words):
        return {"kind": "words", "text": _text(block.text), "quiet": block.quiet}
    if isinstance(block, Figures):
        return {"kind": "figures", "rows": [[_text(a), _text(b)] for a, b in block.rows]}
    if isinstance(block, Table):
        return {"kind": "table", **_table(block)}
    return {"kind": "chart", "about": _text(block.about), "svg": plots.svg(block), "table": _table(block.table)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": _text(table.caption),
        "head": [_text(t) for t in table.head],
        "rows": [[_text(t) for t in row] for row in table.rows],
    }
