"""Questionnaires: what is asked in which words, how it is scored, and whose it is. One YAML file each.

The bundled ones lie in `sessions/questionnaires/`; a therapist's own lies beside the script. A file may hold no items
where their words may not be given out: then it says where they are to be had, and can only be scored. `load` never
raises on what a person wrote.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, StrictBool, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from mindful import assets
from mindful.script.codes import Code
from mindful.script.files import inside
from mindful.script.kinds.base import Real, Strict, Whole
from mindful.script.nodes import read
from mindful.script.problems import Source, near, quote
from mindful.script.values import NAME, Text

MAX_BYTES = 256 * 1024
FOLDER = "questionnaires"

Wrong = tuple[Code, str, str]
"""Code, message and hint."""


class Choice(Strict):
    """One answer, and the number that it stands for."""

    text: Text
    score: Real


class Item(Strict):
    """One question."""

    id: str = Field(pattern=f"^{NAME}$")
    text: Text
    options: tuple[Choice, ...] = ()
    """Where they are others than those of the whole."""
    reverse: StrictBool = False
    """Counted from the other end of its options."""
    scored: StrictBool = True
    support_from: Real | None = None
    """An answer that counts as much opens the client's own plan and contacts at once."""


class Band(Strict):
    """What the literature calls a stretch of numbers."""

    from_: Real = Field(alias="from")
    to: Real
    text: Text


class Scale(Strict):
    """One number that comes out."""

    id: str = Field(pattern=f"^{NAME}$")
    title: Text | None = None
    items: tuple[str, ...] = ()
    """Their ids; all that are scored where none is named."""
    multiply: Real = 1
    missing: Whole = Field(0, ge=0)
    """How many answers may be missing: each counts as the mean of the others. With more there is no number."""
    bands: tuple[Band, ...] = ()
    higher: Literal["more trouble", "better"] = "more trouble"
    """What a higher number means."""


class Definition(Strict):
    """A questionnaire."""

    questionnaire: Literal[1]
    """The version of this format."""
    id: str = Field(pattern=f"^{NAME}$")
    title: Text
    about: Text
    """What it asks about, in a sentence."""
    source: str
    """Where it was published, and its scoring."""
    licence: str
    """Under what it may be used, and who says so."""
    attribution: str = ""
    """What has to be said where it is shown."""
    audience: Literal["anyone", "clinician"] = "anyone"
    """`clinician`: its makers mean it for use by professionals, who explain what comes out."""
    language: str = "en"
    days: Whole | None = None
    """The stretch of time that it asks about."""
    ask: Text
    """What stands above all items."""
    options: tuple[Choice, ...] = ()
    items: tuple[Item, ...] = ()
    text_from: str = ""
    """Where the words of its items are to be had, where this file has none."""
    item_ids: tuple[str, ...] = ()
    """The ids of the items whose words are missing; scored as those of `items` are."""
    scales: tuple[Scale, ...] = Field(min_length=1)
    missing_rule: str = ""
    """Who says what is done with missing answers."""

    @model_validator(mode="after")
    def _whole(self) -> Definition:
        if bool(self.items) == bool(self.item_ids):
            raise PydanticCustomError("items", "it has `items`, or else `item_ids` and `text_from`")
        ids = self.ids
        if len(set(ids)) < len(ids):
            raise PydanticCustomError("items", "two items have the same id")
        for item in self.items:
            if len(item.options or self.options) < 2:
                raise PydanticCustomError("options", "an item has at least two options: {item}", {"item": item.id})
        for scale in self.scales:
            if unknown := [name for name in scale.items if name not in ids]:
                raise PydanticCustomError("scales", "no item is called {name}", {"name": unknown[0]})
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        """All items."""
        return tuple(item.id for item in self.items) or self.item_ids

    def options_of(self, name: str) -> tuple[Choice, ...]:
        """The answers to an item."""
        item = next((i for i in self.items if i.id == name), None)
        return (item.options if item is not None else ()) or self.options

    def scored(self, scale: Scale) -> tuple[str, ...]:
        """The items that a scale counts."""
        left_out = {item.id for item in self.items if not item.scored}
        return scale.items or tuple(name for name in self.ids if name not in left_out)


def bundled_names() -> list[str]:
    """Those that come with the program, sorted."""
    folder = assets.sessions() / FOLDER
    return sorted(path.stem for path in folder.rglob("*.yaml"))


@cache
def bundled(name: str) -> Definition | Wrong | None:
    """One that comes with the program; None for a name that is none."""
    found = next((p for p in (assets.sessions() / FOLDER).rglob("*.yaml") if p.stem == name), None)
    return None if found is None else _file(found)


def load(name: str, folder: Path | None) -> Definition | Wrong:
    """The questionnaire that a script means: a bundled name, or a file beside it."""
    plain = name.strip().casefold()
    if "." not in name and "/" not in name and "\\" not in name:
        found = bundled(plain)
        if found is not None:
            return found
        meant = next(iter(near(plain, bundled_names())), "")
        hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(bundled_names())}; or name a file"
        return Code.UNKNOWN_QUESTIONNAIRE, f"{quote(name)} is not a questionnaire that is known", hint
    file = inside(folder, name)
    return file if isinstance(file, tuple) else _file(file)


def _file(path: Path) -> Definition | Wrong:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        text = raw.decode("utf-8")
    except (OSError, ValueError):
        return Code.QUESTIONNAIRE_FILE, f"{path.name} cannot be read", "it is plain text, in UTF-8"
    if len(raw) > MAX_BYTES:
        return Code.QUESTIONNAIRE_FILE, f"{path.name} is larger than 256 KiB", "a questionnaire is a page of text"
    document = read(Source(path.name, text.removeprefix("\ufeff")))
    if document.problems:
        first = document.problems[0]
        return Code.QUESTIONNAIRE_FILE, f"{path.name}, line {first.line}: {first.message}", first.hint
    try:
        return Definition.model_validate(document.data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        loc: tuple[int | str, ...] = ()
        data = document.data
        for part in fault["loc"]:
            inside_ = (isinstance(data, dict) and part in data) or (
                isinstance(data, list) and isinstance(part, int) and part < len(data)
            )
            if not inside_:
                break
            loc, data = (*loc, part), data[part]
        where = ".".join(str(part) for part in fault["loc"]) or "the file"
        line = document.place(loc).line + 1
        return (
            Code.QUESTIONNAIRE_FILE,
            f"{path.name}, line {line}: {where}: {fault['msg'][:1].lower()}{fault['msg'][1:]}",
            "docs/questionnaires.md shows how one is written",
        )
