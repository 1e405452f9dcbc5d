"""What a client typed, made into the answer that its prompt wants. Nothing that anyone types is an error."""

from __future__ import annotations

import re
from typing import Any

from mindful.player import units
from mindful.script.values import CONTROL
from mindful.timeline.model import (
    AnyPrompt,
    AskPrompt,
    ChoosePrompt,
    KeyPrompt,
    LearnPrompt,
    RatePrompt,
    SheetPrompt,
    question,
)
from mindful.timeline.sheet import SheetField, drafted, is_draft
from mindful.tongue import _, figure

LONGEST = 20_000
"""Characters of a text answer that are kept, wherever it was written: some ten pages."""
_TIME = re.compile(r"(\d{1,2})\s*[:.h ]?\s*([0-5]\d)?\s*(?:(am|pm|a\.m\.|p\.m\.)|uhr|h)?\Z")


class RefusedError(ValueError):
    """The answer does not fit; the words are for the client."""


def accept(prompt: AnyPrompt, value: Any) -> Any:
    """The answer as it is kept; None where the question is left open. Raises `RefusedError` in kind words."""
    if value is None or value == "" or isinstance(prompt, KeyPrompt):
        if prompt.required and not isinstance(prompt, KeyPrompt):
            raise RefusedError(_("The session needs an answer here to go on."))
        return None
    if isinstance(prompt, RatePrompt):
        return _number(value, prompt.low, prompt.high, prompt.text, prompt.low_label, prompt.high_label)
    if isinstance(prompt, ChoosePrompt):
        return _option(prompt.options, value)
    if isinstance(prompt, LearnPrompt):
        return [v for v in value if isinstance(v, int)] if isinstance(value, list | tuple) else None
    if isinstance(prompt, SheetPrompt):
        return _sheet(prompt, value)
    return _asked(prompt, value)


def accept_field(field: SheetField, value: Any) -> Any:
    """The answer to one field of a sheet as it is kept. Raises `RefusedError`."""
    kept = accept(question(field), value)
    if kept == []:
        kept = None
    if field.answer == "number" and kept is not None:
        low, high = field.low, field.high
        if (low is not None and kept < low) or (high is not None and kept > high):
            raise RefusedError(_bounds(low, high))
    return kept


def too_long() -> str:
    """Said where more was written than is kept."""
    return _("One answer holds {count} characters. What came after them is not kept.").format(count=LONGEST)


def _bounds(low: float | None, high: float | None) -> str:
    if high is None:
        return _("A number from {low} on.").format(low=figure(low or 0))
    if low is None:
        return _("A number up to {high}.").format(high=figure(high))
    return _("A number from {low} to {high}.").format(low=figure(low), high=figure(high))


def _sheet(prompt: SheetPrompt, value: Any) -> dict[str, Any] | None:
    """What was filled in, field by field; what hangs on another answer only where that was given.

    A draft (`timeline.sheet.drafted`) is taken as far as it has come: whoever ends early loses nothing.
    """
    at, given, typed = drafted(value)
    partly = is_draft(value)
    if at is not None and isinstance(typed, str):
        given[at] = typed
    kept: dict[str, Any] = {}
    for field in prompt.fields:
        if not field.holds(kept):
            continue
        try:
            kept[field.name] = accept_field(field, given.get(field.name))
        except RefusedError as refused:
            if not partly:
                raise RefusedError(f"{field.ask} {refused}") from None
            kept[field.name] = None
    if all(v is None for v in kept.values()):
        if prompt.required:
            raise RefusedError(_("The session needs an answer here to go on."))
        return None
    return kept


def _asked(prompt: AskPrompt, value: Any) -> Any:
    match prompt.answer:
        case "number":
            return _number(value, None, None, prompt.text)
        case "breaths":
            return _number(value, 1, 60, prompt.text)
        case "breath-count":
            return _number(value, 0, 100, prompt.text)
        case "choice":
            return _option(prompt.options, value)
        case "choices":
            values = value if isinstance(value, list | tuple) else [value]
            return [_option(prompt.options, v) for v in values]
        case "yes-no":
            if isinstance(value, bool):
                return value
            word = str(value).strip().casefold()
            if word in ("y", "yes", "j", "ja", "true", "1"):
                return True
            if word in ("n", "no", "nein", "false", "0"):
                return False
            raise RefusedError(_("Yes or no?"))
        case "time":
            return _time(str(value))
    return CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def _number(value: Any, low: float | None, high: float | None, *words: str) -> int | float:
    """`words` are those of the question, which may name a unit."""
    try:
        number = units.read(str(value), *words)
    except ValueError as why:
        raise RefusedError(str(why) or _("A number, please.")) from None
    if not abs(number) < 1e9:
        raise RefusedError(_("A number, please."))
    if low is not None and high is not None and not low <= number <= high:
        raise RefusedError(_("A number from {low} to {high}.").format(low=figure(low), high=figure(high)))
    return int(number) if number.is_integer() else number


def _time(typed: str) -> str:
    """`HH:MM` of what people write at night: 22:45, 2245, 22.45, 23, 7 uhr, 11 pm."""
    found = _TIME.match(typed.strip().casefold())
    hours = int(found[1]) if found else 24
    half = (found[3] or "")[:1] if found else ""
    if half:
        hours = hours % 12 + (12 if half == "p" else 0) if 1 <= hours <= 12 else 24
    if found is None or hours > 23:
        raise RefusedError(_("A time of day, such as 21:30."))
    return f"{hours:02d}:{found[2] or '00'}"


def _option(options: tuple[str, ...], value: Any) -> str:
    text = str(value).strip()
    for option in options:
        if option.casefold() == text.casefold():
            return option
    if text.isdecimal() and 1 <= int(text) <= len(options):
        return options[int(text) - 1]
    raise RefusedError(_("One of the options, by its number or its words."))
