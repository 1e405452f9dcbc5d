"""A ladder's file changed by hand or by command: the text stays the author's own, its comments with it.

An item is the block of lines from its dash to the next; a change moves or mends those lines and touches no others.
Every function gives the new text; `settled` refuses what could no longer be read as a ladder.
"""

from __future__ import annotations

import itertools
import re

import yaml

from mindful.script.ladder import Ladder, Read, loads
from mindful.script.problems import render


class ChangeError(ValueError):
    """The change cannot be made; the words are for the person who asked for it."""


def begun(title: str, mode: str = "in-vivo") -> str:
    """A new ladder without items."""
    return f"mindful_ladder: 1\ntitle: {scalar(title)}\nmode: {mode}\nitems: []\n"


def scalar(text: str) -> str:
    """A text as YAML on one line."""
    line = " ".join(text.split())
    plain = yaml.safe_dump(line, width=10**6, allow_unicode=True, default_flow_style=True).strip()
    return plain.removesuffix("...").strip()


def added(text: str, item: str, suds: int, *, id_: str | None = None, before: int | None = None) -> str:
    """With another item: before the item of that number from 0, else by its SUDS, behind those that are as hard."""
    ladder, blocks = _blocks(text)
    known = {i.id for i in ladder.items}
    name = id_ or _name(item, {k for k in known if k})
    row = f"{{id: {name}, item: {_quoted(item)}, suds: {suds}}}"
    if not blocks.items:
        head = re.sub(r"^items:.*$", "items:", "\n".join(blocks.head), count=1, flags=re.MULTILINE)
        if not re.search(r"^items:", head, re.MULTILINE):
            head = head.rstrip("\n") + "\nitems:"
        return settled("\n".join([head.rstrip("\n"), f"  - {row}", *blocks.tail]).rstrip("\n") + "\n")
    at = before if before is not None else sum(i.suds <= suds for i in ladder.items)
    at = min(max(0, at), len(blocks.items))
    blocks.items.insert(at, [f"{' ' * blocks.indent}- {row}"])
    return settled(blocks.text())


def moved(text: str, item: int, to: int) -> str:
    """The item of number `item` at the place `to`, both from 0."""
    _, blocks = _blocks(text)
    _check(item, blocks)
    blocks.items.insert(min(max(0, to), len(blocks.items) - 1), blocks.items.pop(item))
    return settled(blocks.text())


def removed(text: str, item: int) -> str:
    """Without an item; its comments go with it."""
    _, blocks = _blocks(text)
    _check(item, blocks)
    blocks.items.pop(item)
    if not blocks.items:
        blocks.head = [re.sub(r"^items:\s*(#.*)?$", r"items: [] \1", line).rstrip() for line in blocks.head]
    return settled(blocks.text())


def changed(text: str, item: int, *, suds: int | None = None, words: str | None = None) -> str:
    """An item with another SUDS, or other words; what stands beside it stays."""
    read = loads(text)
    if read.ladder is None or read.document is None:
        raise ChangeError(_told(read))
    lines = text.split("\n")
    wanted = [(k, v) for k, v in (("item", None if words is None else _quoted(words)), ("suds", suds)) if v is not None]
    for key, value in wanted:
        span = read.document.values.get(("items", item, key))
        if span is None:
            raise ChangeError("This item is not on the ladder.")
        if key == "item" and len(read.ladder.items[item].item.languages) > 1:
            raise ChangeError("This item has words in several languages: change them in the file.")
        line = lines[span.line]
        lines[span.line] = line[: span.column] + str(value) + line[span.column + span.length :]
        text = "\n".join(lines)
        read = loads(text)
        if read.ladder is None or read.document is None:
            raise ChangeError(_told(read))
    return settled(text)


def settled(text: str) -> str:
    """The text, if it is a ladder. Raises `ChangeError`."""
    read = loads(text)
    if read.ladder is None:
        raise ChangeError(_told(read))
    return text


def _told(read: Read) -> str:
    return "\n\n".join(render(p) for p in read.problems)


def _check(item: int, blocks: _Blocks) -> None:
    if not 0 <= item < len(blocks.items):
        raise ChangeError("This item is not on the ladder.")


class _Blocks:
    """A file by its items: the lines before the first, those of each, those behind the last."""

    def __init__(self, head: list[str], items: list[list[str]], tail: list[str], indent: int) -> None:
        self.head, self.items, self.tail, self.indent = head, items, tail, indent

    def text(self) -> str:
        rows = [*self.head, *(line for block in self.items for line in block), *self.tail]
        return "\n".join(rows).rstrip("\n") + "\n"


def _blocks(text: str) -> tuple[Ladder, _Blocks]:
    read = loads(text)
    if read.ladder is None or read.document is None:
        raise ChangeError(_told(read))
    lines = text.rstrip("\n").split("\n")
    document, count = read.document, len(read.ladder.items)
    if not count:
        at = next((n for n, line in enumerate(lines) if line.startswith("items:")), len(lines) - 1)
        return read.ladder, _Blocks(lines[: at + 1], [], lines[at + 1 :], 2)
    starts = [document.place(("items", n)).line for n in range(count)]
    if len(set(starts)) < count or not all(lines[n].lstrip().startswith("-") for n in starts):
        raise ChangeError("Its items stand on one line: write each on a line of its own, with a dash before it.")
    indent = len(lines[starts[0]]) - len(lines[starts[0]].lstrip())
    # Comments right above an item are about it.
    tops = [_above(lines, n, indent) for n in starts]
    end = starts[-1] + 1
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * (indent + 1))):
        end += 1
    bounds = [*tops, end]
    items = [lines[a:b] for a, b in itertools.pairwise(bounds)]
    return read.ladder, _Blocks(lines[: tops[0]], items, lines[end:], indent)


def _above(lines: list[str], at: int, indent: int) -> int:
    while at > 0 and lines[at - 1].startswith(" " * indent + "#") and lines[at - 1].strip():
        at -= 1
    return at


def _quoted(text: str) -> str:
    """A text within braces: always in double quotes, so that no comma or colon ends it."""
    return yaml.safe_dump(" ".join(text.split()), width=10**6, allow_unicode=True, default_style='"').strip()


def _name(item: str, taken: set[str]) -> str:
    """A name from an item's words that no other has."""
    words = re.findall(r"[a-z0-9]+", item.casefold())[:4]
    base = "-".join(words)[:32].strip("-") or "item"
    base = base if base[0].isalpha() else f"item-{base}"
    name, n = base, 2
    while name in taken:
        name, n = f"{base}-{n}", n + 1
    return name
