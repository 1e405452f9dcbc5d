"""Files that prose comes in: plain text in several encodings, Word documents, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from mindful.author.prose import docx, reading
from mindful.author.prose.reading import UnreadableError, read
from mindful.author.prose.scripted import scripted

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def document(path: Path, body: str, head: str = HEAD, part: str = "word/document.xml") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, f"{head}<w:document {SPACE} {MORE}><w:body>{body}</w:body></w:document>")
    return path


def paragraph(text: str, style: str = "", more: str = "") -> str:
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{about}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>{more}</w:p>"


def test_a_word_document(tmp_path: Path) -> None:
    body = (
        paragraph("A place by the water", "Heading1")
        + paragraph("Sit as you like")
        + paragraph("")
        + paragraph("Listen &amp; rest. (pause 10 sec)")
        + "<w:p><w:r><w:t>One </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>word</w:t><w:tab/><w:t>more</w:t><w:br/><w:t>below</w:t></w:r></w:p>"
        + "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>An entry</w:t></w:r></w:p>"
    )
    found = read(document(tmp_path / "a.docx", body)).text
    assert found.split("\n\n") == [
        "# A place by the water", "Sit as you like", "Listen & rest. (pause 10 sec)", "One word more\nbelow", "- An entry"
    ]  # fmt: skip
    script = scripted(found, title="x", origin="a.docx")
    assert script.pauses == 1 and "title: A place by the water" in script.text


def test_what_was_deleted_in_a_document_and_what_stands_twice_is_left_out(tmp_path: Path) -> None:
    body = (
        paragraph("Stay", more="<w:del><w:r><w:delText>gone</w:delText><w:t>gone too</w:t></w:r></w:del>")
        + "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>"
        + "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>box</w:t></w:r></mc:Choice>"
        + "<mc:Fallback><w:r><w:t>box</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert docx.text(document(tmp_path / "a.docx", body)) == "Stay\n\nadded\n\nbox"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w SYSTEM "http://example.org/w.dtd">',
    ],
)
def test_a_document_with_declarations_is_not_read(tmp_path: Path, head: str) -> None:
    with pytest.raises(UnreadableError, match="declarations"):
        read(document(tmp_path / "a.docx", paragraph("x"), HEAD + head))


def test_a_document_that_unpacks_to_too_much_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_XML", 50_000)
    packed = document(tmp_path / "a.docx", paragraph("a" * 5_000_000))
    assert packed.stat().st_size < 50_000
    with pytest.raises(UnreadableError, match="too large"):
        read(packed)
    monkeypatch.setattr(docx, "MAX_XML", 10_000_000)
    with pytest.raises(UnreadableError, match="too large"):
        read(packed)
    monkeypatch.setattr(docx, "MAX_FILE", 100)
    with pytest.raises(UnreadableError, match="50 MB"):
        read(packed)


def test_documents_that_are_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UnreadableError, match="damaged"):
        read(broken)
    with pytest.raises(UnreadableError, match="no text part"):
        read(document(tmp_path / "sheet.docx", "", part="xl/workbook.xml"))
    with pytest.raises(UnreadableError, match="damaged"):
        read(document(tmp_path / "torn.docx", "<w:p>"))
    renamed = tmp_path / "text.txt"
    renamed.write_bytes(document(tmp_path / "b.docx", paragraph("x")).read_bytes())
    with pytest.raises(UnreadableError, match=r"\.docx"):
        read(renamed)


@pytest.mark.parametrize(
    ("raw", "text", "told"),
    [
        ("Spüren … “ja”".encode(), "Spüren … “ja”", False),
        ("Spüren".encode("utf-8-sig"), "Spüren", False),
        ("Spüren".encode("utf-16"), "Spüren", False),
        ("Spüren … “ja”".encode("cp1252"), "Spüren … “ja”", True),
    ],
)
def test_encodings(tmp_path: Path, raw: bytes, text: str, told: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    found = read(path)
    assert found.text == text and bool(found.remark) == told


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.pdf", b"%PDF", "a PDF"),
        ("a.doc", b"\xd0\xcf", "older format"),
        ("a.txt", b"a\x00b", "not a text file"),
        ("a.txt", b"\xff\xfea", "damaged"),
        ("a.txt", b"a" * (reading.MAX_BYTES + 1), "1 MiB"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UnreadableError, match=said):
        read(tmp_path / name)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    for name, said in (("no.txt", "no such file"), ("no.docx", "no such file"), (".", "folder")):
        with pytest.raises(UnreadableError, match=said):
            read(tmp_path / name)
