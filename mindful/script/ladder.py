"""A ladder: feared situations, each with how hard it is. In a file of its own, or written into the step.

The same door for both ways in: `mindful.script.load` asks for the ladders that a script names, and the client's own
commands and screen read the same files. A file is judged like a script, by line, and nothing that a person wrote
raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.codes import Code
from mindful.script.kinds.base import Strict, Whole
from mindful.script.nodes import Document, read
from mindful.script.nodes import Path as At
from mindful.script.problems import Problem, Source, Span, near, quote
from mindful.script.profile import FLAGS
from mindful.script.values import NAME, Text

Mode = Literal["in-vivo", "imaginal", "interoceptive"]
MODES: tuple[Mode, ...] = ("in-vivo", "imaginal", "interoceptive")
MOST_ITEMS = 60
MAX_BYTES = 256 * 1024


class LadderItem(Strict):
    """One situation, and how hard it is."""

    item: Text
    suds: Whole = Field(ge=0, le=100)
    """How strong the distress is expected to be, 0 to 100."""
    id: str | None = Field(None, pattern=f"^{NAME}$")
    """A name that stays when the words change: the curves of many weeks hang on it."""
    mode: Mode | None = None
    """In place of the whole ladder's."""
    cautions: tuple[str, ...] = ()
    """Words of the cautions (`heart`, `asthma`, …): a client who ticked one of them is not offered this item."""
    note: str | None = None
    """For whoever writes the ladder; never shown while it is done."""

    @field_validator("cautions")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := next((v for v in value if v not in FLAGS), None):
            raise PydanticCustomError("caution", "“{word}” is not a caution", {"word": wrong})
        return value

    @property
    def key(self) -> str:
        """By what its records are found: the id, else its words."""
        return self.id or self.item.languages[0][1]


class Ladder(Strict):
    """A hierarchy of feared situations, as a file holds it."""

    mindful_ladder: Literal[1] = 1
    """The version of the format."""
    title: Text = Text((("", "Ladder"),))
    items: tuple[LadderItem, ...] = Field((), max_length=MOST_ITEMS)
    mode: Mode = "in-vivo"
    note: str | None = None
    """For whoever writes the ladder; never shown while it is done."""

    @model_validator(mode="after")
    def _each_once(self) -> Ladder:
        seen: set[str] = set()
        for n, item in enumerate(self.items):
            if item.key in seen:
                raise ValueError(f"twice:{n}")
            seen.add(item.key)
        return self

    def find(self, wanted: str) -> LadderItem | None:
        """The item of this key, of these words in any language, or of this number from 1."""
        text = wanted.strip().casefold()
        for item in self.items:
            if item.key.casefold() == text or any(w.casefold() == text for _, w in item.item.languages):
                return item
        return self.items[int(text) - 1] if text.isdecimal() and 0 < int(text) <= len(self.items) else None


@dataclass(frozen=True)
class Read:
    """What a ladder's file is, and what is wrong with it."""

    ladder: Ladder | None
    problems: tuple[Problem, ...] = ()
    document: Document | None = None


def load(path: Path, name: str | None = None) -> Read:
    """The ladder in a file; one that cannot be read gives a problem, not an exception."""
    shown = name or str(path)
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
        text = raw.decode("utf-8")
    except (OSError, ValueError) as error:
        reason = (error.strerror or "").lower() if isinstance(error, OSError) else "it is not plain text (UTF-8)"
        return _failed(Source(shown, ""), f"this ladder cannot be read ({reason})")
    if len(raw) > MAX_BYTES:
        return _failed(Source(shown, ""), "this ladder is larger than 256 KiB")
    return loads(text, shown)


def loads(text: str, name: str = "ladder.yaml") -> Read:
    """The ladder in a text."""
    document = read(Source(name, text.removeprefix("\ufeff")))
    if not document.readable or document.problems:
        return Read(None, tuple(document.problems), document)
    data = document.data
    if not isinstance(data, dict) or "mindful_ladder" not in data:
        hint = "a ladder begins with the line `mindful_ladder: 1`"
        return Read(None, (document.source.problem(Code.LADDER, Span(0, 0), "this is no ladder", hint),), document)
    try:
        ladder = Ladder.model_validate(data)
    except ValidationError as error:
        return Read(None, tuple(dict.fromkeys(_faults(document, error))), document)
    return Read(ladder, (), document)


def is_ladder(text: str) -> bool:
    """Whether a text means to be a ladder rather than a script."""
    return any(line.startswith("mindful_ladder:") for line in text.splitlines()[:200])


def _failed(source: Source, message: str) -> Read:
    return Read(None, (source.problem(Code.LADDER, Span(0, 0), message, ""),))


def _faults(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Each fault in plain words, at its place."""
    for fault in error.errors(include_url=False):
        at: At = tuple(fault["loc"])
        message, hint = _words(fault, at)
        if str(fault.get("ctx", {}).get("error", "")).startswith("twice:"):
            at = ("items", int(str(fault["ctx"]["error"]).partition(":")[2]))
        key = fault["type"] in ("extra_forbidden", "too_long")
        yield document.source.problem(Code.LADDER, document.place(at, key), message, hint)


def _words(fault: Any, at: At) -> tuple[str, str]:
    key = next((str(p) for p in reversed(at) if isinstance(p, str)), "")
    known = list((LadderItem if "items" in at[:-1] else Ladder).model_fields)
    match fault["type"]:
        case "extra_forbidden":
            meant = next(iter(near(key, known)), "")
            return (
                f"{quote(key)} is not known here",
                f"did you mean `{meant}`?" if meant else f"it is one of {', '.join(known)}",
            )
        case "missing":
            return f"{quote(key)} is missing here", "an item is `{item: A short walk, suds: 30}`"
        case "literal_error" if key == "mode":
            return f"{quote(fault['input'])} is no way of doing it", f"it is one of {', '.join(MODES)}"
        case "literal_error":
            return "this version reads ladders of version 1", "write `mindful_ladder: 1`"
        case "string_pattern_mismatch":
            return f"{quote(fault['input'])} is not a name: small letters, digits, - and _ only", "such as `short-walk`"
        case "too_long":
            return f"a ladder has at most {MOST_ITEMS} items", "make two ladders of it"
        case "caution":
            return str(fault["msg"]), f"it is one of {', '.join(FLAGS)}"
        case "value_error":
            return "this item stands on the ladder already", "give one of them an `id`, or other words"
        case "greater_than_equal" | "less_than_equal" | "int_parsing" | "int_type" | "int_from_float" | "number":
            return f"{quote(fault['input'])} is no distress from 0 to 100", "write a whole number, such as `suds: 40`"
    return str(fault["msg"]), ""
