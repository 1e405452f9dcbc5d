"""What could be typed where the cursor stands: kinds of step, their fields, the values they take, and names.

Pure. Everything comes from the schema of the models and from the text itself, so that it cannot fall behind. Called by
the workbench. Lines and columns count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mindful import assets
from mindful.author.context import ITEM, Context, blocks, context, parse
from mindful.script.kinds.guide import LAYERS
from mindful.script.model import KINDS
from mindful.script.patterns import bundled
from mindful.script.schema import script_schema

Json = Mapping[str, Any]
_ID = re.compile(r"(?:^|[\s{,])id:\s*([a-z][a-z0-9_-]*)")
_HOLE = re.compile(r"(?<!\{)\{\s*([a-z0-9_-]*)\Z")
_LATER = frozenset(name for name, kind in KINDS.items() if not kind.playable)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could be typed."""

    word: str
    insert: str
    """What takes the place of the prefix."""
    about: str = ""
    """What it is for, in a few words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be typed, and how much of it is there already."""

    prefix: str
    candidates: tuple[Candidate, ...] = ()


@cache
def _schema() -> Json:
    return script_schema()


def offer(lines: Sequence[str], row: int, column: int) -> Offer:
    """What could be typed at a place, the likeliest first."""
    here = context(lines, row, column)
    text = lines[row][:column] if row < len(lines) else ""
    if (hole := _HOLE.search(text)) and here.at == "text":
        return _matching(hole[1], [Candidate(n, n, about) for n, about in names(lines).items()])
    if here.at == "text":
        return Offer("")
    if here.path[-1:] in (("if",), ("until",)) and here.at == "value" and "breathe" not in here.path[-2:]:
        word = re.search(r"[a-z0-9_-]*\Z", here.prefix)
        return _matching(word[0] if word else "", [Candidate(n, n, about) for n, about in names(lines).items()])
    found = list(_keys(here)) if here.at == "key" else []
    if here.at == "value" or not found:
        found += _values(here, lines)
    return _matching(here.prefix, found)


def _matching(prefix: str, found: Sequence[Candidate]) -> Offer:
    typed = prefix.casefold()
    first = [c for c in found if c.word.casefold().startswith(typed)]
    later = [c for c in found if typed and c not in first and typed in c.word.casefold()]
    offered = tuple(dict.fromkeys((*first, *later)))
    if [c.word for c in offered] == [prefix]:
        return Offer(prefix)  # it stands there already
    return Offer(prefix, offered)


def names(lines: Sequence[str]) -> dict[str, str]:
    """The names that a text, a condition or an amount may use: answers and variables, with where they come from."""
    out: dict[str, str] = {}
    within = blocks(lines)
    inside = False
    for number, text in enumerate(lines):
        if within[number]:
            continue
        line = parse(text)
        if line.key and line.indent == 0 and not line.dashes:
            inside = line.key == "variables"
        elif inside and line.key and line.indent > 0:
            if re.match(r"\s{1,4}\S", text) and line.key not in ("default", "min", "max", "label"):
                out[line.key] = "a variable"
        elif (found := _ID.search(text)) is not None and not text.lstrip().startswith("#"):
            out[found[1]] = "an answer"
        if not line.dashes and line.indent == 0 and line.key == "id":
            out.pop(line.value, None)  # the session's own
    return out


def _resolved(schema: Json) -> Iterator[Json]:
    """The shapes that a value may have."""
    if "$ref" in schema:
        yield from _resolved(_schema()["$defs"][schema["$ref"].rsplit("/", 1)[-1]])
        return
    choices = [*schema.get("anyOf", ()), *(c for c in schema.get("oneOf", ()) if "$ref" in c or "type" in c)]
    if choices and "properties" not in schema:
        for choice in choices:
            yield from _resolved(choice)
        return
    yield schema


def shapes(path: tuple[str, ...]) -> list[Json]:
    """The schemas of what stands under a path."""
    found: list[Json] = [_schema()]
    for part in path:
        inner: list[Json] = []
        for schema in found:
            for shape in _resolved(schema):
                if part == ITEM:
                    inner += [shape["items"]] if "items" in shape else []
                elif part in shape.get("properties", {}):
                    inner.append(shape["properties"][part])
                elif isinstance(shape.get("additionalProperties"), dict):
                    inner.append(shape["additionalProperties"])
        found = inner
    return [shape for schema in found for shape in _resolved(schema)]


def _keys(here: Context) -> Iterator[Candidate]:
    """Keys that are not there yet; in a step the kinds first, those that cannot be played yet last."""
    properties: dict[str, Json] = {}
    found = sorted((s["properties"] for s in shapes(here.path) if "properties" in s), key=len, reverse=True)
    fitting = [each for each in found if here.present <= each.keys()] if here.present else found
    for each in fitting or found:
        properties.update(each)
    step = "say" in properties and "breathe" in properties
    kinds = [k for k in KINDS if k in properties] if step else []
    taken = here.present & set(kinds)
    order = list(properties)
    if taken:
        order = [k for k in properties if k not in KINDS or (k == "pause" and taken == {"say"})]
    elif step:
        playable = [k for k in kinds if k not in _LATER]
        order = [*playable, *(k for k in properties if k not in kinds), *(k for k in kinds if k in _LATER)]
    for name in order:
        if name not in here.present:
            later = "not played yet: " if name in _LATER and step else ""
            about = KINDS[name].__doc__ if name in KINDS and step else _about(properties[name])
            yield Candidate(name, f"{name}: ", later + _first(about or ""))


def _values(here: Context, lines: Sequence[str]) -> Iterator[Candidate]:
    """Values that are known beforehand."""
    last = here.path[-1] if here.path else ""
    seen: set[str] = set()
    for word, about in _named(here, last, lines):
        seen.add(word)
        yield Candidate(word, word, about)
    for shape in shapes(here.path):
        options = [*shape.get("enum", ()), *([shape["const"]] if "const" in shape else [])]
        if shape.get("type") == "boolean":
            options += [True, False]
        options += shape.get("examples", ())
        for option in options:
            word = str(option).lower() if isinstance(option, bool) else str(option)
            if word not in seen and "{" not in word:
                seen.add(word)
                yield Candidate(word, word)


def _named(here: Context, last: str, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    if here.path[-1:] == ("breathe",) or here.path[-2:] == ("breathe", "pattern"):
        for word in _own_patterns(lines):
            yield word, "a pattern of this script"
        for word, pattern in bundled().items():
            yield word, ", ".join(f"{p.phase.replace('_', ' ')} {p.ms / 1000:g}" for p in pattern.phases[:6])
    elif last in ("background", "layer") or (here.path[-1:] == ("sound",) and here.path[-2:-1] == (ITEM,)):
        for word in LAYERS:
            yield word, ""
    elif last == "include" or here.path[-2:] == ("include", "script"):
        for word in assets.session_files():
            yield word, "a bundled session"
    elif here.path == ("language",):
        yield from (("en", "English"), ("de", "German"))


def _own_patterns(lines: Sequence[str]) -> Iterator[str]:
    inside, within = False, blocks(lines)
    for number, text in enumerate(lines):
        line = parse(text)
        if within[number] or not line.key:
            continue
        if line.indent == 0:
            inside = line.key == "patterns"
        elif inside and line.indent <= 4:
            yield line.key


def _about(schema: Json) -> str:
    """What the models say about a key."""
    text = schema.get("description") or next((s.get("description", "") for s in _resolved(schema)), "")
    return str(text)


def _first(text: str) -> str:
    """Its first sentence, without a full stop."""
    return re.split(r"(?<=[.;])\s", " ".join(text.split()))[0].rstrip(".;").replace("`", "")
