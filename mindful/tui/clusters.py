"""Where a line of any script may be broken or cut: between what a reader takes for one sign. Called by `rows`.

A cluster is a letter with its marks (Hebrew and Arabic vowels, Devanagari signs), a joined emoji, a flag. The rules are
the part of Unicode UAX #29 and #14 that words on a screen need: Chinese and Japanese may be broken between any two
signs, but a line does not begin with a closing mark or end with an opening one.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_VIRAMA = 9
"""The combining class of the sign that ties a letter to the next one in the scripts of India."""
_NOT_FIRST = frozenset("、。，．・：；？！」』）】〉》〕］｝〜ー…‥々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NOT_LAST = frozenset("「『（【〈《〔［｛")


def clusters(text: str) -> list[str]:
    """The signs of a text, in the order in which it is stored."""
    out: list[str] = []
    flag = False
    for char in text:
        if out and (_marks(char) or out[-1][-1] == _JOINER or unicodedata.combining(out[-1][-1]) == _VIRAMA):
            out[-1] += char
        elif flag and _regional(char):
            out[-1] += char
            flag = False
        else:
            out.append(char)
            flag = _regional(char)
    return out


def units(word: str) -> list[str]:
    """A word without spaces in the parts between which a line may end; most words are one."""
    if word.isascii():
        return [word]
    out: list[str] = []
    last_alone = False
    for sign in clusters(word):
        alone = _anywhere(sign[0])
        within = not alone and not last_alone
        if out and (within or sign[0] in _NOT_FIRST or out[-1][-1] in _NOT_LAST):
            out[-1] += sign
        else:
            out.append(sign)
        last_alone = alone
    return out


def _marks(char: str) -> bool:
    """Whether it belongs to the sign before it."""
    return (
        unicodedata.category(char) in ("Mn", "Mc", "Me")
        or char in (_JOINER, "\u200c")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _anywhere(char: str) -> bool:
    """Whether a line may end after it: Chinese and Japanese; Korean has spaces for that."""
    return unicodedata.east_asian_width(char) in "WF" and not unicodedata.name(char, "").startswith("HANGUL")
