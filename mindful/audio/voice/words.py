"""From a sentence as it is written to a sentence as it is said. Pure, free of numpy; called for every phrase.

Numbers, units, abbreviations and patterns are written out, since engines disagree about them; marks that only the eye
reads are left out, so that nothing an author wrote is taken for an engine's markup or read aloud as signs. Words out of
a lexicon are set aside first, as single private letters, so that nothing below touches them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial

from mindful.audio.voice.lexicon import PRACTICE, Saying, phonemes
from mindful.audio.voice.numerals import cardinal, decimal, ordinal, year

__all__ = ["Saying", "count", "spoken"]

_PRIVATE = 0xE000
_MOST_PRIVATE = 0x1900
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

_SIGNS = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "...": "…", "--": "—", "‒": "-", "―": "—",
    "−": "-", "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "×": " times ", "÷": " divided by ",
    "=": " equals ", "+": " plus ", "≥": " at least ", "≤": " at most ", "≈": " about ", "&": " and ",
    "→": ", ", "•": ", ", "·": ", ",
}  # fmt: skip
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_URL = re.compile(r"(?:https?://|www\.)\S*[^\s.,;:!?)]")
_UNSAID = frozenset(("So", "Sk", "Cs", "Co", "Cn", "Cf", "Cc"))
"""Pictures, modifiers and what is not to be seen at all."""
_EYE_ONLY = re.compile(r"[\[\]<>*_|{}\\^~`/=+]+")

_ABBREVIATIONS = {
    r"Dr\.(?= ?[A-Z])": "Doctor", r"Prof\.(?= ?[A-Z])": "Professor", r"Mr\.": "Mister", r"Mrs\.": "Missus",
    r"Ms\.": "Miz", r"St\.(?= ?[A-Z])": "Saint", r"vs\.?": "versus", r"e\. ?g\.,?": "for example,",
    r"i\. ?e\.,?": "that is,", r"etc\.(?=\s+[a-z(]|\s*[,;:!?…)])": "et cetera", r"etc\.?": "et cetera.",
    r"approx\.": "about", r"cf\.": "compare", r"w/o": "without", r"w/(?=\s?\w)": "with ",
    r"[Nn]o\. ?(?=\d)": "number ", r"#(?=\d)": "number ",
}  # fmt: skip
_ABBREVIATION = re.compile(
    "|".join(rf"(?<!\w)(?P<_{i}>{p})" + ("" if p.endswith(")") else r"(?!\w)") for i, p in enumerate(_ABBREVIATIONS))
)
_MEANT = tuple(_ABBREVIATIONS.values())

_UNITS = {
    "s": "second", "sec": "second", "secs": "second", "min": "minute", "mins": "minute", "h": "hour", "hr": "hour",
    "hrs": "hour", "ms": "millisecond", "Hz": "hertz", "kHz": "kilohertz", "bpm": "beats per minute", "dB": "decibel",
    "cm": "centimeter", "mm": "millimeter", "m": "meter", "km": "kilometer", "kg": "kilogram", "g": "gram",
    "mg": "milligram", "ml": "milliliter", "%": "percent",
}  # fmt: skip
_NO_PLURAL = frozenset(("hertz", "kilohertz", "beats per minute", "percent"))
_UNIT_NAMES = "|".join(sorted(_UNITS, key=len, reverse=True))
_UNIT = re.compile(rf"(?<![\w.])({_NUMBER})\s?-?({_UNIT_NAMES})(?![\w/])(\.?)")
_DAY_HALF = re.compile(r"(?<=\d)\s?([AaPp])(?:\.m\.|\.?m\b|M\b)")
_MONEY = re.compile(rf"([$£€])({_NUMBER})(?![\d.]*\d)")
_COINS = {"$": "dollar", "£": "pound", "€": "euro"}
_DECADE = re.compile(r"\b(your|his|her|their|my|our|early|mid|late|the)([ -])(\d0)s\b", re.IGNORECASE)
_PER = re.compile(r"\s?/\s?(s|sec|min|minute|h|hr|hour|day|night|week|month|year)\b")
_DEGREES = re.compile(rf"(?<![\w.])({_NUMBER})\s?°\s?([CF])?(?!\w)")
_SERIES = re.compile(
    r"(?<![\w.,/-])\d{1,3}(?:\s?[-–]\s?\d{1,3}){2,}(?![\w/-])|(?<![\w.,/-])\d{1,2}(?:/\d{1,2}){2,}(?![\w/])"
)
_RANGE = re.compile(rf"(?<![\w.,/-])({_NUMBER})\s?[-–]\s?({_NUMBER})(?![\w/]*[-–]\d)")
_FRACTION = re.compile(r"(?<![\w/.])(?:(\d+) )?(\d{1,2})/(\d{1,2})(?![\w/])(?:\s?(s|secs?|mins?|h|hrs?)\b)?")
_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
_CLOCK = re.compile(r"(?<![\w:])(\d{1,2}):(\d{2})(?![\w:])(?=( A M| P M)?)")
_ORDINAL = re.compile(r"(?<![\w.,])(\d+)(?:st|nd|rd|th)\b")
_YEARS = re.compile(
    r"(?<![\w.,$£€-])(1[1-9]\d\d|20\d\d)(s)?(?![\w,.]*\d)(?!\w)"
    rf"(?!\s?(?:{_UNIT_NAMES}|seconds|minutes|hours|breaths|times|steps|people)(?!\w))"
)
_MINUS = re.compile(r"(?<![\w.,])-(?=\d)")
_ANY_NUMBER = re.compile(_NUMBER)
_LETTER_NUMBER = re.compile(r"(?<=[A-Za-z])-?(?=\d)|(?<=\d)-?(?=[A-Za-z])")
_HUSH = re.compile(r"\bsh{2,}\b", re.IGNORECASE)
_DRAWN = re.compile(r"([A-Za-z])\1{2,}")
_SHOUTED = re.compile(r"\b[A-Z]{5,}\b")


def spoken(text: str, lexicon: Mapping[str, Saying], *, phonemes: bool, language: str = "en") -> str:
    """The sentence with nothing left in it that an engine would stumble over; empty where nothing can be said.

    `lexicon` is the script's, by words in small letters; it goes before the built-in one. With `phonemes`, a word whose
    sound is known comes as `[word](/sound/)`; without, as the word itself. Only English is written out; of another
    language only the marks are taken care of.
    """
    english = language.split("-")[0].casefold() == "en"
    aside: list[str] = []
    out = _signs(text)
    for known in (lexicon, PRACTICE) if english else (lexicon,):
        out = _set_aside(out, known, aside, phonemes)
    if english:
        if phonemes:
            out = _HUSH.sub(lambda m: _put(aside, f"[{m[0]}](/ʃʃʃ/)", m[0]), out)
        out = _DRAWN.sub(r"\1", out)
        out = _SHOUTED.sub(lambda m: m[0].capitalize(), out)
        out = _english(out)
    out = _tidy(out)
    if not any(c.isalnum() or _PRIVATE <= ord(c) < _PRIVATE + _MOST_PRIVATE for c in out):
        return ""
    return re.sub("[\ue000-\uf8ff]", lambda m: aside[ord(m[0]) - _PRIVATE], out)


def count(text: str) -> int:
    """How many words are said."""
    return len(re.findall(r"[\w'’]+", re.sub(r"\]\([^)]*\)", "", text)))


def _signs(text: str) -> str:
    """Without tags, addresses and pictures; typographic signs in their plain form."""
    out = _URL.sub(" ", _LINK.sub(r"\1", _TAG.sub(" ", unicodedata.normalize("NFC", text))))
    for a, b in _SIGNS.items():
        out = out.replace(a, b)
    return " ".join("".join(c if c == "°" or unicodedata.category(c) not in _UNSAID else " " for c in out).split())


def _set_aside(text: str, known: Mapping[str, Saying], aside: list[str], phonemes_taken: bool) -> str:
    if not known:
        return text
    words = "|".join(re.escape(w) for w in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w\ue000-\uf8ff])({words})('s)?(?!\w)", re.IGNORECASE)
    return pattern.sub(partial(_said, known=known, aside=aside, phonemes_taken=phonemes_taken), text)


def _said(m: re.Match[str], known: Mapping[str, Saying], aside: list[str], phonemes_taken: bool) -> str:
    saying, own = known[m[1].casefold()], m[2] or ""
    if saying.say:
        return _put(aside, _tidy(_EYE_ONLY.sub(" ", _signs(saying.say))) + own, m[0])
    sound = phonemes(saying.ipa or "") if phonemes_taken else ""
    return _put(aside, f"[{m[1]}](/{sound}{'z' if own else ''}/)", m[0]) if sound else m[0]


def _put(aside: list[str], said: str, instead: str) -> str:
    if len(aside) >= _MOST_PRIVATE:
        return instead
    aside.append(said)
    return chr(_PRIVATE + len(aside) - 1)


def _english(text: str) -> str:
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_ABBREVIATION, lambda m: _MEANT[int((m.lastgroup or "_0")[1:])]),
        (_DAY_HALF, lambda m: f" {m[1].upper()} M"),
        (_SERIES, lambda m: ", ".join(cardinal(int(n)) for n in re.findall(r"\d+", m[0]))),
        (_FRACTION, _fraction),
        (_PER, lambda m: f" per {_unit_name(m[1])}"),
        (_RANGE, lambda m: f"{m[1]} to {m[2]}" if _value(m[2]) > _value(m[1]) else f"{m[1]}, {m[2]}"),
        (_DEGREES, _degrees),
        (_MONEY, _money),
        (_YEARS, lambda m: re.sub("y$", "ies", year(int(m[1]))) if m[2] else year(int(m[1]))),
        (_DECADE, lambda m: f"{m[1]}{m[2]}{re.sub('y$', 'ies', cardinal(int(m[3]))).replace('ten', 'tens')}"),
        (_UNIT, _unit),
        (_CLOCK, _clock),
        (_ORDINAL, lambda m: ordinal(int(m[1])) if len(m[1]) < 10 else m[0]),
        (_MINUS, lambda m: "minus "),
        (_LETTER_NUMBER, lambda m: " "),
        (_ANY_NUMBER, lambda m: decimal(m[0])),
    )
    for pattern, said in steps:
        text = pattern.sub(said, text)
    return text


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _unit_name(short: str) -> str:
    return _UNITS.get(short, short)


def _unit(m: re.Match[str]) -> str:
    name = _UNITS[m[2]]
    # `30-min` before a noun has no plural, nor has one; a point behind the unit that ends the sentence stays.
    one = _value(m[1]) == 1 or name in _NO_PLURAL or "-" in m[0]
    stop = m[3] if m.end() >= len(m.string.rstrip()) else ""
    return f"{m[1]} {name}{'' if one else 's'}{stop}"


def _money(m: re.Match[str]) -> str:
    return f"{m[2]} {_COINS[m[1]]}{'' if m[2] == '1' else 's'}"


def _degrees(m: re.Match[str]) -> str:
    scale = {"C": " Celsius", "F": " Fahrenheit"}.get(m[2] or "", "")
    return f"{m[1]} {'degree' if m[1] == '1' else 'degrees'}{scale}"


def _fraction(m: re.Match[str]) -> str:
    whole, a, b = m[1], int(m[2]), int(m[3])
    unit = _UNITS.get(m[4] or "", "")
    if not 0 < a < b or b not in _PARTS:
        return f"{m[1] + ' ' if m[1] else ''}{cardinal(a)} of {cardinal(b)} {unit}".rstrip() if b else m[0]
    if whole:
        part = f"a {_PARTS[b]}" if a == 1 else f"{cardinal(a)} {_PARTS[b]}s"
        return f"{cardinal(int(whole))} and {part}" + (f" {unit}s" if unit else "")
    if b == 2:
        return f"half a{'n' if unit == 'hour' else ''} {unit}" if unit else "half"
    part = f"one {_PARTS[b]}" if a == 1 else f"{cardinal(a)} {_PARTS[b]}s"
    return part + (f" of a{'n' if unit == 'hour' else ''} {unit}" if unit else "")


def _clock(m: re.Match[str]) -> str:
    hours, minutes = int(m[1]), int(m[2])
    if minutes > 59 or hours > 24:
        return f"{cardinal(hours)} {cardinal(minutes)}"
    if not hours:
        return f"{cardinal(minutes)} seconds"
    if not minutes:
        return cardinal(hours) + ("" if m[3] else " o'clock")
    return f"{cardinal(hours)} {'oh ' if minutes < 10 else ''}{cardinal(minutes)}"


def _tidy(text: str) -> str:
    """Marks as engines expect them: one at a time, closed up to the word before, none at the beginning."""
    out = re.sub(r"[()]", ", ", text)
    out = _EYE_ONLY.sub(" ", out).replace("#", " ").replace("@", " at ").replace('"', " ")
    out = re.sub(r"\s+([,.;:!?…])", r"\1", " ".join(out.split()))
    out = re.sub(r"\s[-–]\s", " — ", out)
    out = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", out)
    out = re.sub(r"[,;:]+\s*(?=[.!?…])", "", out)
    out = re.sub(r"([.!?…])[.!?…]*(?=[.!?…])", "", out)
    out = re.sub(r",(?=[^\s])", ", ", out)
    return re.sub(r"^[\s,;:.!?…—–-]+", "", out).strip().rstrip(",;:—–- ") if out else ""
