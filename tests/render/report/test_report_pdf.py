"""The printed report read back by programs that are not ours: whole, on A4, to be read out, and doing nothing."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mindful.render.report import plots, printed
from mindful.render.report.content import Scored, Written
from tests.render.report.test_report import FIRST, NASTY, facts, made

pytestmark = pytest.mark.skipif(
    not (plots.available() and printed.available()), reason="the extra `report` is not installed"
)
A4 = (595.28, 841.89)
ACTIONS = ("/OpenAction", "/AA", "/AcroForm", "/EmbeddedFiles", "/JavaScript", "/Names")
"""What of a document's root could do, ask or carry something."""


@pytest.fixture(scope="module")
def whole() -> bytes:
    """A report with everything in it, over several pages."""
    of = facts(28, more={"hold_ms": [20_000, 25_000]}, effects=True)
    words = [Written(FIRST + timedelta(days=n), "Settle", "thought", f"{n}: {NASTY} " * 3) for n in range(40)]
    scores = [Scored(FIRST + timedelta(days=7 * n), "PHQ-9", 12.0 - n, 27.0) for n in range(6)]
    return printed.pdf(made(of, written=words, scores=scores, name="Zoë Müller, Łódź"))


def test_pypdf_reads_every_page_and_its_words(whole: bytes) -> None:
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(whole), strict=True)
    assert len(reader.pages) >= 3
    for page in reader.pages:
        assert [round(float(side), 1) for side in page.mediabox[2:]] == [round(side, 1) for side in A4]
        assert "/Annots" not in page and "/AA" not in page
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert not [name for name in ACTIONS if name in root]
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Zoë Müller, Łódź" in text and reader.metadata.title.startswith("Zoë Müller, Łódź")
    for words in ("Days with practice", "Before and after", "PHQ-9", "How to read this", "<script>alert(1)</script>"):
        assert words in text
    assert f"{len(reader.pages)} / {len(reader.pages)}" in text


def test_its_fonts_are_in_it_and_its_drawings_have_words(whole: bytes) -> None:
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(whole), strict=True)
    fonts = [o for page in reader.pages for o in page["/Resources"].get("/Font", {}).values()]
    inner = [each.get_object().get("/DescendantFonts", [each])[0].get_object() for each in fonts]
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    assert inner and all(any(f in each["/FontDescriptor"] for f in files) for each in inner)
    figures, stack = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while stack:
        node = stack.pop().get_object()
        if not isinstance(node, dict):
            continue
        if node.get("/S") == "/Figure":
            figures.append(node)
        kids = node.get("/K", [])
        stack += [kid for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")]
    assert len(figures) >= 2 and all(str(each.get("/Alt", "")).strip() for each in figures)


def test_qpdf_finds_no_fault(whole: bytes) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert document.check_pdf_syntax() == []


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not here")
def test_poppler_reads_and_draws_it_without_a_word(whole: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(whole)
    told = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True)
    # it warns of a `Suspects` that is there and false, as PDF 1.7 has it (14.7.1)
    warned = [line for line in told.stderr.splitlines() if "Suspects object is wrong type (boolean)" not in line]
    assert not warned and "Tagged:          yes" in told.stdout and "JavaScript:      no" in told.stdout
    drawn = subprocess.run(
        ["pdftoppm", "-r", "30", "-png", str(file), str(tmp_path / "page")], capture_output=True, check=True
    )
    assert (
        not [each for each in drawn.stderr.splitlines() if b"Suspects" not in each]
        and len(list(tmp_path.glob("page*.png"))) >= 3
    )
