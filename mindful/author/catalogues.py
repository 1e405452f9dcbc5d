"""`python -m mindful.author.catalogues [--check]`: the catalogues of `mindful/locale/` follow what the code says.

It finds every text that the code gives to `tongue`, brings each language's `.po` up to date and compiles the `.mo` that
the program reads. A text that is new there is empty until somebody writes it; one that is gone goes. For whoever works
on the program: it needs Babel, which is among the tools of development, and nothing that a client runs imports it.
"""

from __future__ import annotations

import ast
import io
import re
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mindful import tongue

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGE = Path(tongue.__file__).resolve().parent
Message = str | tuple[str, str]
"""A text, or its forms for one and for more."""
Keyed = tuple[str | None, Message]
"""With its context, where the same English has two senses."""
_SIGN = re.compile(r"\W+|F\d+|\w|\w \W|\W \W")
"""Keys that are called alike in every language: `j`, `F5`, `n →`."""
_COMMAND = re.compile(r"(?:^|\.)(?:command|group)\b")
"""How a function is made a command."""
_ENGLISH = ("bench", "insert", "question")
"""Scopes of keys in `tui/keys.py` that only the workbench has."""


def texts() -> dict[Keyed, list[str]]:
    """Every text that the code wants in the client's language, with the files that have it, in their order."""
    found: dict[Keyed, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        command = "@click." in source or "click.option(" in source
        if not command and "mindful.tongue" not in source and path.name != "tongue.py":
            continue
        here = f"mindful/{path.relative_to(PACKAGE).as_posix()}"
        for keyed in _in(ast.parse(source)):
            places = found.setdefault(keyed, [])
            if here not in places:
                places.append(here)
    return found


def _in(tree: ast.AST) -> Iterator[Keyed]:
    english = {id(n) for table in ast.walk(tree) for part in _workbench(table) for n in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("_DAYS", "_MONTHS"):
            yield from ((None, text) for text in _given(list(ast.walk(node.value))))
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "COMMANDS":
            rows = node.value.values if isinstance(node.value, ast.Dict) else []
            yield from ((None, _given(row.elts)[-1]) for row in rows if isinstance(row, ast.Tuple))
        yield from ((None, text) for text in _help(node))
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        given = _given(node.args)
        if node.func.id in ("_", "N_") and given:
            yield None, given[0]
        elif node.func.id == "ngettext" and len(given) == 2:
            yield None, (given[0], given[1])
        elif node.func.id == "pgettext" and len(given) == 2:
            yield given[0], given[1]
        elif node.func.id == "Action" and id(node) not in english:
            # (name, keys as a tuple, the key as it is called, the hint, the help)
            _name, shown, *said = given
            yield from (
                (None, text) for text in (shown, *said) if text and not (text is shown and _SIGN.fullmatch(text))
            )


def _help(node: ast.AST) -> Iterator[str]:
    """What `--help` shows: the text of an option, and each paragraph of what is said of a command."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("option"):
        yield from (" ".join(t.split()) for k in node.keywords if k.arg == "help" for t in _given([k.value]))
    if isinstance(node, ast.FunctionDef) and any(_COMMAND.search(ast.unparse(d)) for d in node.decorator_list):
        parts = re.split(r"\n\s*\n", ast.get_docstring(node) or "")
        yield from (" ".join(part.split()) for part in parts if part.strip())


def _given(nodes: Sequence[ast.AST]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _workbench(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.Dict):
        return []
    pairs = zip(node.keys, node.values, strict=True)
    return [value for key, value in pairs if isinstance(key, ast.Constant) and key.value in _ENGLISH]


def renewed(language: str) -> Catalog:
    """The catalogue of a language with the texts of now; what was translated stays, word for word."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = po(language)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, domain=tongue.DOMAIN)
    else:
        catalog = Catalog(language, tongue.DOMAIN)
    template = Catalog(domain=tongue.DOMAIN)
    for (context, message), files in texts().items():
        template.add(message, locations=[(file, 0) for file in files], context=context)
    # A guess from a similar text would be taken for a translation: whoever translates writes it.
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def po(language: str) -> Path:
    """The file in which people write."""
    return tongue.FOLDER / language / "LC_MESSAGES" / f"{tongue.DOMAIN}.po"


def written(catalog: Catalog) -> bytes:
    """As a `.po` file. Lines are not numbered: every edit of the code would change them."""
    from babel.messages.pofile import write_po

    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_by_file=False, include_lineno=False)
    # Which Babel wrote it is no news, and would change the file from one machine to the next.
    return re.sub(rb'"Generated-By: .*\n', b"", out.getvalue())


def compiled(catalog: Catalog) -> bytes:
    """As a `.mo` file: what GNU gettext describes, without a table of hashes, and the same from every Babel."""
    head = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {catalog.plural_forms}\n"
    pairs = {b"": head.encode()}
    for m in catalog:
        ids = m.id if isinstance(m.id, list | tuple) else (m.id,)
        strings = m.string if isinstance(m.string, list | tuple) else (m.string or "",)
        if ids[0] and all(strings) and not m.fuzzy:
            key = "\0".join(ids) if m.context is None else f"{m.context}\4{ids[0]}"
            pairs[key.encode()] = "\0".join(strings).encode()
    count, words = len(pairs), sorted(pairs.items())
    at, tables, texts_ = 28 + 16 * count, b"", b""
    for column in (0, 1):
        for pair in words:
            tables += struct.pack("<II", len(pair[column]), at + len(texts_))
            texts_ += pair[column] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28) + tables + texts_


def main(arguments: list[str]) -> int:
    """Write what is not as it should be, or only tell it; 1 where something was told."""
    status = 0
    for language in tongue.LANGUAGES[1:]:
        catalog = renewed(language)
        for path, content in ((po(language), written(catalog)), (po(language).with_suffix(".mo"), compiled(catalog))):
            if path.exists() and path.read_bytes() == content:
                continue
            if "--check" in arguments:
                print(f"{path.relative_to(PACKAGE.parent)} is not up to date. To renew it: make documents")  # noqa: T201
                status = 1
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        if empty := [m.id for m in catalog if m.id and not (all(m.string or ("",)) if m.pluralizable else m.string)]:
            print(f"{language}: {len(empty)} texts are not translated, such as {empty[0]!r}")  # noqa: T201
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
