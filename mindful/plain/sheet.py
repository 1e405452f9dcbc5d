"""A sheet in plain lines: one field after another, back and forth, and all of it read back at the end.

Pure but for its own state; the performer hands it typed lines, says what it says, and keeps its draft after each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from mindful.plain import asking, words
from mindful.plain.lines import clean
from mindful.player.answers import LONGEST, RefusedError, accept_field, too_long
from mindful.player.commands import Answer, Command
from mindful.timeline.model import SheetPrompt, question
from mindful.timeline.sheet import SheetField, drafted
from mindful.timeline.sheet import place as place_of

BACK, LOOK, PAST = ("/back", "/b"), ("/look", "/l"), ("/skip", "/s")
"""What moves on a sheet; with the stroke it works also where any words may be the answer."""

READ_BACK = 600
"""So many characters of an answer are said where all of them are looked over. Opened again it is said whole."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a typed line: what is said, and the command that ends the sheet or leaves it."""

    said: tuple[str, ...] = ()
    command: Command | None = None
    before: bool = False
    """Back from the first field: the session goes to the step before."""


@dataclass(slots=True)
class PlainSheet:
    """Where one is on a sheet."""

    prompt: SheetPrompt
    values: dict[str, Any] = field(default_factory=dict)
    at: str | None = None
    changing: bool = False

    @classmethod
    def begin(cls, prompt: SheetPrompt, draft: Any = None) -> PlainSheet:
        """At its first field, or where a draft had come to; with an answer that was given, at the end."""
        sheet = cls(prompt)
        at, values, _typed = drafted(draft)
        for each in prompt.fields:
            try:
                kept = accept_field(each, values.get(each.name))
            except (RefusedError, TypeError, ValueError):
                continue
            if kept is not None:
                sheet.values[each.name] = kept
        names = [each.name for each in sheet.fields]
        sheet.at = at if at in names else None if sheet.values else next(iter(names), None)
        return sheet

    @property
    def fields(self) -> tuple[SheetField, ...]:
        return self.prompt.shown(self.values)

    @property
    def answer(self) -> dict[str, Any] | None:
        """What is filled in; None: nothing."""
        given = {each.name: self.values.get(each.name) for each in self.fields}
        return given if any(value is not None for value in given.values()) else None

    @property
    def draft(self) -> dict[str, Any] | None:
        values = {name: value for name, value in self.values.items() if value is not None}
        return {"at": self.at, "values": values} if values else None

    @property
    def takes_words(self) -> bool:
        """Whether any words may be the answer where one is."""
        return self.at is not None and self.prompt.named(self.at).answer == "text"

    def how(self) -> str:
        """How one moves on it, said once."""
        first = self.prompt.fields[0].name if self.prompt.fields else ""
        return words.sheet_keys(place_of(self.prompt.fields, self.values, first)[1])

    def ask(self) -> list[str]:
        """The field, or all answers at the end."""
        if self.at is None:
            return self._review()
        each = self.prompt.named(self.at)
        place = words.sheet_place(*place_of(self.prompt.fields, self.values, self.at))
        asked = question(each)
        first, *rest = asking.question(asked)
        before = next(
            (f for f in reversed(self.prompt.fields[: self.prompt.fields.index(each)]) if f in self.fields), None
        )
        lead = [clean(each.lead)] if each.lead and (before is None or before.lead != each.lead) else []
        out = [*lead, f"{place}: {first}", *([clean(each.help)] if each.help else []), *rest]
        if (had := self.values.get(self.at)) is not None:
            out.append(words.sheet_had(asking.said(had)))
        else:
            out.append(asking.how(asked) if each.answer != "text" else words.sheet_write(each.required))
        return out

    def _review(self) -> list[str]:
        out = [words.SHEET_REVIEW]
        for number, each in enumerate(self.fields, 1):
            value = self.values.get(each.name)
            said = words.SHEET_OPEN if value is None else asking.said(value)
            said = said if len(said) <= READ_BACK else said[:READ_BACK].rstrip() + "…"
            out.append(f"{number}. {clean(each.ask)} {said}")
        return [*out, words.SHEET_KEEP]

    def typed(self, text: str) -> Turn:
        """What a typed line means here."""
        word = text.strip().casefold()
        letters = not self.takes_words
        if word in BACK or (letters and word == "b"):
            return self._back()
        if word in LOOK or (letters and word == "look"):
            self.at, self.changing = None, False
            return Turn(tuple(self.ask()))
        if word in PAST or (letters and word == "s"):
            return Turn(command=Answer(self.draft))
        return self._over(word) if self.at is None else self._take(text.strip())

    def _over(self, word: str) -> Turn:
        """At the end: a number opens that answer again, an empty line is the answer."""
        if not word:
            missing = next((f for f in self.fields if f.required and self.values.get(f.name) is None), None)
            if missing is not None and self.answer is not None:
                self.at, self.changing = missing.name, True
                return Turn((words.SHEET_NEEDED, *self.ask()))
            return Turn(command=Answer(self.answer))
        if re.fullmatch(r"\d{1,3}", word) and 1 <= int(word) <= len(self.fields):
            self.at, self.changing = self.fields[int(word) - 1].name, True
            return Turn(tuple(self.ask()))
        return Turn((words.SHEET_KEEP,))

    def _take(self, text: str) -> Turn:
        assert self.at is not None
        each = self.prompt.named(self.at)
        told = (too_long(),) if each.answer == "text" and len(text) > LONGEST else ()
        if text:
            value: Any = text
            if each.answer == "choices":
                value = [part for part in re.split(r"[\s,;]+", text) if part]
            if text == "-" and each.answer != "text":
                value = None
            try:
                self.values[self.at] = accept_field(each, value)
            except RefusedError as refused:
                return Turn((str(refused),))
        if each.required and self.values.get(self.at) is None:
            return Turn((words.SHEET_NEEDED,))
        names = [f.name for f in self.fields]
        after = [] if self.changing or self.at not in names else names[names.index(self.at) + 1 :]
        if not after and not self.changing and not self.prompt.review:
            return Turn(command=Answer(self.answer))
        self.at, self.changing = (after[0] if after else None), False
        return Turn((*told, *self.ask()))

    def _back(self) -> Turn:
        names = [f.name for f in self.fields]
        if self.at is None:
            self.at = names[-1] if names else None
        elif self.changing:
            self.at, self.changing = None, False
        else:
            here = names.index(self.at) if self.at in names else 0
            if here == 0:
                return Turn(before=True)
            self.at = names[here - 1]
        return Turn(tuple(self.ask()))
