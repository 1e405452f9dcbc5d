"""From YAML text to plain data, and where each key and value of it stands.

`mindful.script.load` calls `read`. The data stays plain (dict, list, str, int, float, bool, None), so that the models
know nothing of files; positions lie beside it in a map from path to place. Nothing is built from tags and nothing is
expanded unboundedly: it reads the events of `mindful.script.parser` itself, one after another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from mindful.script.codes import Code
from mindful.script.labels import in_yaml
from mindful.script.parser import events, plain_value
from mindful.script.problems import Problem, Source, Span, quote
from mindful.script.raw import HARMFUL, from_word, harmless, join_pairs
from mindful.script.slip import Slip
from mindful.script.slips import explain

Path = tuple[str | int, ...]

MAX_DEPTH = 64
MAX_NODES = 200_000
"""Values in one file, aliases expanded; five thousand steps need a quarter of them."""
MAX_REPAIRS = 20
"""Lines that are mended for the sake of finding the problems behind them."""


@dataclass
class Document:
    """Plain data with the places of its keys and values."""

    source: Source
    data: Any = None
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    first_keys: dict[Path, Span] = field(default_factory=dict)
    """The first key of each map: a map without a key of its own, in a list, is shown there."""
    collections: set[Path] = field(default_factory=set)
    """Paths whose value is a list or map: a problem with one is shown at its key."""
    problems: list[Problem] = field(default_factory=list)
    joined: dict[int, list[int]] = field(default_factory=dict)
    """Lines on which pairs of escapes became one, two characters shorter, with the columns where."""
    _lines: list[int] = field(default_factory=list)
    """Lines on which a value begins, once they are asked for."""
    readable: bool = False
    """Whether `data` is the author's, whole or after a mended line; False where the text could not be read on."""

    def place(self, path: Path, key: bool = False) -> Span:
        """Where the value of `path` stands, or its key; the nearest that has a place where it has none itself."""
        for n in range(len(path), -1, -1):
            at = path[:n]
            if (key or at in self.collections) and at in self.keys:
                return self.keys[at]
            if at in self.first_keys:
                return self.first_keys[at]
            if at in self.values:
                return self.values[at]
        return Span(0, 0)

    def within(self, path: Path, part: str, nth: int = 0) -> Span:
        """Where `part` stands in the text of `path`; the whole value where it is not found on its lines."""
        whole = self.place(path)
        if not self._lines:
            self._lines = sorted({s.line for s in self.values.values()})
        after = bisect_right(self._lines, whole.line)
        last = self._lines[after] if after < len(self._lines) else len(self.source.lines)
        for number in range(whole.line, max(last, whole.line + 1)):
            at = self.source.line(number).find(part, whole.column if number == whole.line else 0)
            while at >= 0 and nth:
                at, nth = self.source.line(number).find(part, at + 1), nth - 1
            if at >= 0:
                return Span(number, at, len(part))
        return whole


def read(source: Source) -> Document:
    """The document in a text. Never raises: what cannot be read is among its problems."""
    document = Document(source)
    text, document.problems = harmless(source)
    if not text.strip():
        document.problems.append(
            source.problem(Code.EMPTY, Span(0, 0), "this file is empty", "a script begins with the line `mindful: 1`")
        )
        return document
    lines = text.split("\n")
    document.problems += from_word(source, lines)
    document.joined = join_pairs(lines)
    for _ in range(MAX_REPAIRS):
        try:
            builder = _Builder(document, "\n".join(lines))
            builder.document()
        except _SlippedError as slipped:
            document.problems.append(slipped.slip.problem)
            if slipped.slip.mended is None:
                return document
            number, line = slipped.slip.mended
            lines[number] = line
        else:
            document.problems += builder.problems
            document.readable = not builder.stopped
            return document
    return document


class _SlippedError(Exception):
    def __init__(self, slip: Slip) -> None:
        super().__init__()
        self.slip = slip


@dataclass
class _Anchor:
    value: Any
    size: int


def _twice(key: str, path: Path, before: dict[str, Any]) -> str:
    """What to do with the second of two equal keys of a map, by the keys before it."""
    if key == "hold" and "exhale" in before:
        return "the stillness after the out-breath is called `rest`"
    if path and isinstance(path[-1], int) and key != "if" and isinstance(before.get("if"), str):
        again = f"write `- if: {in_yaml(before['if'])}` on a line above it, its dash below the dash of the step above"
        return f"for a second step with the same `if`, {again}; else keep one of them"
    return "keep one of them; a new step begins with a dash: `- …`"


class _Builder:
    """One pass over the parser's events. A problem that allows it to go on is kept; another raises `_SlippedError`."""

    def __init__(self, document: Document, text: str) -> None:
        self.doc = document
        self.source = document.source
        self.problems: list[Problem] = []
        self.stopped = False
        self.anchors: dict[str, _Anchor | None] = {}
        self.unused: dict[str, yaml.Event] = {}
        self.nodes = 0
        self.text = text
        document.values.clear()
        document.keys.clear()
        document.first_keys.clear()
        document.collections.clear()
        self.events = self._parse()

    def _parse(self) -> Iterator[yaml.Event]:
        try:
            yield from events(self.text)
        except yaml.MarkedYAMLError as e:
            raise _SlippedError(explain(self.source, self.text.split("\n"), e)) from None

    def document(self) -> None:
        """Builds the data of the first document."""
        next(self.events)  # the stream's start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):  # nothing but comments
            self._problem(
                Code.EMPTY, event, "there is nothing but comments in this file", "a script begins with `mindful: 1`"
            )
            self.stopped = True
            return
        self.doc.data = self._node(next(self.events), ())
        for event in self.unused.values():
            self._problem(
                Code.SPECIAL_START,
                event,
                "a text that begins with an ampersand (&) needs quotes around it: its first word is lost otherwise",
                "write it in straight quotes, or delete the anchor: nothing refers to it",
            )
        next(self.events)  # the document's end
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self._problem(
                Code.DOCUMENTS,
                event,
                "a second document begins here; a file holds one script",
                "delete the line `---`, or move what follows into a file of its own",
            )
            for _ in self.events:  # to find what cannot be read in the rest
                pass

    def _problem(self, code: Code, event: yaml.Event, message: str, hint: str = "") -> None:
        self.problems.append(self.source.problem(code, self._span(event), message, hint))

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        column = self._column(start.line, start.column)
        if end.line == start.line:
            return Span(start.line, column, max(1, self._column(end.line, end.column) - column))
        return Span(start.line, column, max(1, len(self.source.line(start.line).rstrip()) - column))

    def _column(self, line: int, column: int) -> int:
        """The column in the author's line."""
        return column + 2 * sum(at < column for at in self.doc.joined.get(line, ()))

    def _node(self, event: yaml.Event, path: Path) -> Any:
        """The value that begins with `event`."""
        self.doc.values[path] = self._span(event)
        self._count(1, event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self.anchors[anchor] = None
            if isinstance(event, yaml.ScalarEvent):
                self.unused[anchor] = event
        if getattr(event, "tag", None) is not None:
            self._tag(event)
        before = self.nodes
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif len(path) >= MAX_DEPTH:
            raise _SlippedError(
                Slip(
                    self.source.problem(
                        Code.TOO_DEEP,
                        self._span(event),
                        f"this is nested more than {MAX_DEPTH} levels deep",
                        "close a bracket earlier, or put the inner steps into a file of their own and include it",
                    )
                )
            )
        else:
            self.doc.collections.add(path)
            value = self._map(path) if isinstance(event, yaml.MappingStartEvent) else self._list(path)
        if anchor is not None:
            self.anchors[anchor] = _Anchor(value, self.nodes - before + 1)
        return value

    def _count(self, n: int, event: yaml.Event) -> None:
        self.nodes += n
        if self.nodes > MAX_NODES:
            raise _SlippedError(
                Slip(
                    self.source.problem(
                        Code.EXPANDS,
                        self._span(event),
                        f"this file grows to more than {MAX_NODES:,} values here",
                        "write the steps out, or use `repeat`, instead of anchors (&) and aliases (*)",
                    )
                )
            )

    def _alias(self, event: Any) -> Any:
        known = self.anchors.get(event.anchor)
        self.unused.pop(event.anchor, None)
        if known is None:
            inside = event.anchor in self.anchors
            self._problem(
                Code.ALIAS,
                event,
                f"*{event.anchor} stands inside the very thing it refers to"
                if inside
                else f"*{event.anchor} refers to something that is not in this file",
                "a text that begins with * needs quotes around it",
            )
            return f"*{event.anchor}"  # as it was surely meant: nothing more is said about it
        self._count(known.size, event)
        return known.value

    def _tag(self, event: Any) -> None:
        tag = event.tag
        shown = tag if tag.startswith("!") else "!!" + tag.rsplit(":", 1)[-1]
        self._problem(
            Code.TAG,
            event,
            f"{quote(shown)} is a YAML tag, which scripts do not use",
            "a text that begins with ! needs quotes around it; otherwise delete the tag",
        )

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.style and event.tag is None:
            return plain_value(text)
        if event.style == '"' and (found := HARMFUL.search(text)):
            self._problem(
                Code.CONTROL,
                event,
                f"this text holds an invisible control character (U+{ord(found.group()):04X})",
                "delete the code that begins with a backslash",
            )
            return HARMFUL.sub(" ", text)
        return text

    def _list(self, path: Path) -> list[Any]:
        out: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            out.append(self._node(event, (*path, len(out))))
        return out

    def _map(self, path: Path) -> dict[str, Any]:
        out: dict[str, Any] = {}
        again = False
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._problem(
                    Code.COMPLEX_KEY,
                    event,
                    "a key must be a plain word, not a list, a map or a reference",
                    "a text that begins with {, [ or * needs quotes around it",
                )
                self._skip(event)
                self._skip(next(self.events))
                continue
            key, at = str(event.value), (*path, str(event.value))
            if event.tag is not None:
                self._tag(event)
            if HARMFUL.search(key):
                self._problem(Code.CONTROL, event, "this key holds an invisible control character", "delete it")
            if out and (whole := self._decimal(event)):
                last = list(out)[-1]
                out[last] = plain_value(whole)
                self._skip(next(self.events))
                continue
            if at in self.doc.keys:
                first = self.doc.keys[at].line + 1
                message = f"{quote(key)} is given twice; the first is in line {first}"
                hint = "it goes with the line above that is given twice" if again else _twice(key, path, out)
                self._problem(Code.DUPLICATE_KEY, event, message, hint)
                again = True
                self._skip(next(self.events))
                continue
            self.doc.keys[at] = self._span(event)
            self.doc.first_keys.setdefault(path, self.doc.keys[at])
            out[key] = self._node(next(self.events), at)
        return out

    def _decimal(self, event: Any) -> str | None:
        """The number before this key, with it: `{inhale: 5,5}` is read as a key 5 behind the number 5."""
        line, column = (
            self.source.line(event.start_mark.line),
            self._column(event.start_mark.line, event.start_mark.column),
        )
        before = re.search(r"(?<![\w.])(\d+),$", line[:column])
        if not before or not re.fullmatch(r"\d+( ?(s|min|h))?", event.value):
            return None
        whole = f"{before[1]}.{event.value}"
        self.problems.append(
            self.source.problem(
                Code.NUMBER,
                Span(event.start_mark.line, before.start(), len(whole)),
                f"{quote(whole.replace('.', ','))} is no number here: the comma begins a new entry",
                f"write `{whole}`, with a point",
            )
        )
        return whole

    def _skip(self, event: yaml.Event) -> None:
        """Passes over one value."""
        depth = 0
        while True:
            self._count(1, event)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth <= 0:
                return
            event = next(self.events)
