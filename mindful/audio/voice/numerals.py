"""Numbers as English words. Pure; called by `words`."""

from __future__ import annotations

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
LARGEST = 10**12
"""Numbers from here on are said digit by digit."""


def cardinal(n: int) -> str:
    """`n` in words; digit by digit where it is too large to be followed by ear."""
    if n < 0:
        return f"minus {cardinal(-n)}"
    if n >= LARGEST:
        return digits(str(n))
    if n < 20:
        return _SMALL[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_SMALL[n % 10]}" if n % 10 else "")
    size, name = next(pair for pair in _LARGE if n >= pair[0])
    head, rest = divmod(n, size)
    between = " and " if size == 100 or 0 < rest < 100 else " "
    return f"{cardinal(head)} {name}" + (f"{between}{cardinal(rest)}" if rest else "")


def ordinal(n: int) -> str:
    """`n` as a place in a row: first, twenty-second."""
    words = cardinal(n)
    cut = max(words.rfind("-"), words.rfind(" ")) + 1
    head, last = words[:cut], words[cut:]
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(n: int) -> str:
    """A year of four digits: nineteen seventy-nine, two thousand and four, twenty twenty-six."""
    if n % 1000 < 10:
        return cardinal(n)
    head, rest = divmod(n, 100)
    if not rest:
        return f"{cardinal(head)} hundred"
    return f"{cardinal(head)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decimal(text: str) -> str:
    """A number as written, `1,250` or `2.5`, in words."""
    whole, _, part = text.replace(",", "").partition(".")
    words = cardinal(int(whole or "0"))
    return f"{words} point {digits(part)}" if part else words


def digits(text: str) -> str:
    """Digit by digit."""
    return " ".join(_SMALL[int(c)] for c in text)
