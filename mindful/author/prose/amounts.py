"""How long a pause is in the words of people: `10 sec`, `two minutes`, `3 breaths`, `a few moments`, `1:30`.

Pure. Called by `marks`. English and German, as the marks themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BREATH_MS = 6000
"""One breath of a person at rest is 4 to 6 seconds; one that is attended to is slower."""
MOMENT_MS = 5000
MOST_MS = 60 * 60 * 1000


def vocabulary(words: str) -> frozenset[str]:
    """A set of words, written as a row of them."""
    return frozenset(words.split())


NUMBERS: dict[str, float] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90,
    "half": 0.5, "couple": 2, "few": 3, "several": 4, "some": 3,
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "dreissig": 30,
    "vierzig": 40, "sechzig": 60, "halbe": 0.5, "paar": 3, "einige": 4,
}  # fmt: skip
VAGUE = vocabulary("few several some couple paar einige")
UNITS: dict[str, int] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "count", "counts"), 1000),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten"), 60_000),
    **dict.fromkeys(("breath", "breaths", "breathe", "atemzug", "atemzüge", "atemzügen", "cycles"), BREATH_MS),
    **dict.fromkeys(("moment", "moments", "momente", "momenten", "augenblick", "augenblicke"), MOMENT_MS),
}
_GUESSED = frozenset(u for u, ms in UNITS.items() if ms in (BREATH_MS, MOMENT_MS))
TOKEN = re.compile(r"\d+:\d\d(?!\d)|(?<!\d):\d\d(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time found in words."""

    ms: int
    sure: bool
    """False where it had to be guessed how long a breath or a moment is."""
    used: frozenset[int]
    """Which tokens it was made of."""


def tokens(text: str) -> list[str]:
    """The words and numbers of a mark, in small letters. `30s` is two."""
    return TOKEN.findall(text.casefold())


def amount(words: list[str]) -> Amount | None:
    """The length of time that these tokens name; None where they name none."""
    for i, word in enumerate(words):
        if clock := re.fullmatch(r"(\d*):(\d\d)", word):
            return _of((int(clock[1] or 0) * 60 + int(clock[2])) * 1000, True, {i})
        if word in UNITS:
            found = _before(words, i)
            if found is not None:
                number, used, vague = found
                return _of(number * UNITS[word], word not in _GUESSED and not vague, {i, *used})
    return None


def bare(words: list[str]) -> Amount | None:
    """A number alone, as in `[PAUSE:4]`: seconds."""
    numbers = [i for i, w in enumerate(words) if re.fullmatch(r"\d+(?:[.,]\d+)?", w)]
    if len(numbers) != 1:
        return None
    return _of(number_of(words[numbers[0]]) * 1000, True, {numbers[0]})


def _before(words: list[str], unit: int) -> tuple[float, set[int], bool] | None:
    """The number in front of a unit, over words such as `slow` and `of`; with `10 to 15` the middle of both."""
    used: set[int] = set()
    i = unit - 1
    while i >= 0 and words[i] in {"of", "slow", "deep", "full", "natural", "more", "tiefe", "ruhige", "complete"}:
        used.add(i)
        i -= 1
    if i < 0 or not is_number(words[i]):
        return (1.0, used, True) if words[unit] in ("moment", "augenblick", "minute") else None
    number, vague = number_of(words[i]), words[i] in VAGUE
    used.add(i)
    if number == 1 and words[i] == "a" and i >= 1 and words[i - 1] == "half":
        used.add(i - 1)
        number = 0.5
    elif i >= 1 and words[i - 1] in ("a", "ein"):
        used.add(i - 1)
    elif i >= 1 and is_number(words[i - 1]) and words[i - 1][:1].isdigit() == words[i][:1].isdigit():
        used.add(i - 1)
        return (number + number_of(words[i - 1])) / 2, used, True
    elif i >= 2 and words[i - 1] in ("to", "or", "bis", "oder") and is_number(words[i - 2]):
        used.update((i - 1, i - 2))
        return (number + number_of(words[i - 2])) / 2, used, True
    return number, used, vague


def is_number(word: str) -> bool:
    return word in NUMBERS or bool(re.fullmatch(r"\d+(?:[.,]\d+)?", word))


def number_of(word: str) -> float:
    return NUMBERS[word] if word in NUMBERS else float(word.replace(",", "."))


def _of(ms: float, sure: bool, used: set[int]) -> Amount | None:
    whole = round(ms / 500) * 500
    return Amount(whole, sure, frozenset(used)) if 0 < whole <= MOST_MS else None
