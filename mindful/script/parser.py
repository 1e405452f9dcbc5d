"""The events of a YAML text, and what its unquoted words are. Called by `mindful.script.nodes`.

Scalars follow the YAML 1.2 core schema, with two rules of the format's own: a number with a leading zero is a word, and
only `true` and `false` are booleans, in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_BASED = re.compile(r"0(?:o[0-7]{1,20}|x[0-9a-fA-F]{1,16})\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,5})?\Z")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_WORDS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


class _Portable(yaml.SafeLoader):
    """PyYAML's own parser, for a machine whose PyYAML was built without libyaml.

    It ends an unquoted sentence within `{ }` at a question mark, where libyaml (and YAML 1.2) go on, and
    `How tense are you?` is just such a sentence. While it scans one, the mark is put before its eyes as a letter.
    """

    _in_sentence = False

    def peek(self, index: int = 0) -> str:
        found = str(super().peek(index))
        return "q" if self._in_sentence and found == "?" else found

    def scan_plain(self) -> Any:
        self._in_sentence = True
        try:
            return super().scan_plain()
        finally:
            self._in_sentence = False


PARSER: Any = getattr(yaml, "CSafeLoader", _Portable)


def events(text: str) -> Iterator[yaml.Event]:
    """The parser's events, one after another. Raises `yaml.MarkedYAMLError` where it cannot go on."""
    loader = PARSER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def plain_value(text: str) -> str | int | float | bool | None:
    """What an unquoted word is, by the YAML 1.2 core schema: `4:30`, `on`, `no`, `010` and dates are words."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.match(text):
        return int(text)
    if _BASED.match(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    if _FLOAT.match(text):
        return float(text)
    if _INFINITE.match(text):
        return float(text.replace(".", ""))
    return text
