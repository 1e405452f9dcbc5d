"""What a client typed, made into the answer that its prompt wants. Nothing that anyone types is an error."""

from __future__ import annotations

import re
from typing import Any

from mindful.script.values import CONTROL
from mindful.timeline.model import AnyPrompt, AskPrompt, ChoosePrompt, KeyPrompt, LearnPrompt, RatePrompt
from mindful.tongue import _, figure

LONGEST = 100_000
"""Characters of a text answer that are kept."""
_TIME = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)\Z")


class RefusedError(ValueError):
    """The answer does not fit; the words are for the client."""


def accept(prompt: AnyPrompt, value: Any) -> Any:
    """The answer as it is kept; None where the question is left open. Raises `RefusedError` in kind words."""
    if value is None or value == "" or isinstance(prompt, KeyPrompt):
        if prompt.required and not isinstance(prompt, KeyPrompt):
            raise RefusedError(_("The session needs an answer here to go on."))
        return None
    if isinstance(prompt, RatePrompt):
        return _number(value, prompt.low, prompt.high)
    if isinstance(prompt, ChoosePrompt):
        return _option(prompt.options, value)
    if isinstance(prompt, LearnPrompt):
        return [v for v in value if isinstance(v, int)] if isinstance(value, list | tuple) else None
    return _asked(prompt, value)


def _asked(prompt: AskPrompt, value: Any) -> Any:
    match prompt.answer:
        case "number":
            return _number(value, None, None)
        case "breaths":
            return _number(value, 1, 60)
        case "breath-count":
            return _number(value, 0, 100)
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
            found = _TIME.match(str(value).strip())
            if not found:
                raise RefusedError(_("A time of day, such as 21:30."))
            return f"{int(found[1]):02d}:{found[2]}"
    return CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def _number(value: Any, low: float | None, high: float | None) -> int | float:
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        raise RefusedError(_("A number, please.")) from None
    if not abs(number) < 1e9:
        raise RefusedError(_("A number, please."))
    if low is not None and high is not None and not low <= number <= high:
        raise RefusedError(_("A number from {low} to {high}.").format(low=figure(low), high=figure(high)))
    return int(number) if number.is_integer() else number


def _option(options: tuple[str, ...], value: Any) -> str:
    text = str(value).strip()
    for option in options:
        if option.casefold() == text.casefold():
            return option
    if text.isdecimal() and 1 <= int(text) <= len(options):
        return options[int(text) - 1]
    raise RefusedError(_("One of the options, by its number or its words."))
