"""How words of practice are said, and how a phonetic spelling becomes the letters that engines take. Pure.

The built-in words are those whose sounds the default voice does not guess by itself. They are written in the
International Phonetic Alphabet, as authors write theirs in a script's `lexicon`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """How a word is said: in the phonetic alphabet, or written as it sounds."""

    ipa: str | None = None
    say: str | None = None


PRACTICE: dict[str, Saying] = {
    word: Saying(ipa=ipa)
    for word, ipa in {
        "anapana": "ˌɑnəˈpɑnə",
        "anapanasati": "ˌɑnəˌpɑnəˈsɑti",
        "anulom": "ˈʌnuloʊm",
        "bhastrika": "ˈbɑstrɪkə",
        "bhavana": "ˈbɑvənə",
        "bhramari": "ˈbrɑməri",
        "brahmari": "ˈbrɑməri",
        "chi": "ˈtʃi",
        "dhyana": "ˈdjɑnə",
        "hara": "ˈhɑrə",
        "kabat-zinn": "ˈkɑbət ˈzɪn",
        "kapalabhati": "kəˌpɑləˈbɑti",
        "kapalbhati": "kəˌpɑlˈbɑti",
        "karuna": "kəˈrunə",
        "kumbhaka": "ˈkʊmbəkə",
        "mudita": "ˈmudɪtə",
        "mudra": "ˈmudrə",
        "mudras": "ˈmudrəz",
        "nadi": "ˈnɑdi",
        "qi": "ˈtʃi",
        "samatha": "ˈsɑmətə",
        "satipatthana": "ˌsɑtipəˈtɑnə",
        "shamatha": "ˈʃɑmətə",
        "sheetali": "ˈʃitəli",
        "shitali": "ˈʃitəli",
        "shodhana": "ˈʃoʊdənə",
        "sitali": "ˈʃitəli",
        "sukhasana": "suˈkɑsənə",
        "ujjayi": "uˈdʒaɪi",
        "upekkha": "uˈpɛkə",
        "vilom": "vɪˈloʊm",
        "viloma": "vɪˈloʊmə",
    }.items()
}
"""By the word in small letters."""

_PAIRS = {
    "dʒ": "ʤ", "tʃ": "ʧ", "eɪ": "A", "aɪ": "I", "oʊ": "O", "əʊ": "O", "aʊ": "W", "ɔɪ": "Y", "ɜː": "ɜɹ", "ɝ": "ɜɹ",
    "ɚ": "əɹ", "d͡ʒ": "ʤ", "t͡ʃ": "ʧ",
}  # fmt: skip
_SINGLE = {
    "r": "ɹ", "g": "ɡ", "a": "ɑ", "ɒ": "ɑ", "e": "ɛ", "o": "O", "ɐ": "ʌ", "ɾ": "T", "x": "k", "y": "u", "ʋ": "v",
    "ʂ": "ʃ", "ʈ": "t", "ɖ": "d", "ɳ": "n", "ɽ": "ɹ", "ɲ": "n", "c": "k", "'": "ˈ",
}  # fmt: skip
_TAKEN = frozenset("AIOWYTbdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹʃʊʌʒʤʧˈˌθᵊᵻ ")
"""The letters that the American voices know."""
_STRESS_FIRST = re.compile("([ˈˌ])([^AIOWYiuæɑɔəɛɜɪʊʌᵊᵻ ˈˌ]+)")


def phonemes(ipa: str) -> str:
    """A spelling in the phonetic alphabet in the letters that the voices take; empty where nothing of it is known.

    Diphthongs and affricates are one letter there, and the stress mark stands before the vowel, not the syllable. What
    already is in those letters comes out as it is.
    """
    out = unicodedata.normalize("NFC", ipa).strip().strip("/[]").strip()
    for a, b in _PAIRS.items():
        out = out.replace(a, b)
    out = "".join(c for c in (_SINGLE.get(c, c) for c in out) if c in _TAKEN)
    return _STRESS_FIRST.sub(r"\2\1", " ".join(out.split()))
