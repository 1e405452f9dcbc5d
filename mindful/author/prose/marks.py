"""What stands between brackets, stars or dashes in a script on paper: a pause, a bell, or a note to the reader.

Pure. Called by `pieces`. A mark is only taken for what it says; how long an unsaid pause is, is a guess, and said so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mindful.author.prose import amounts
from mindful.author.prose.amounts import vocabulary

PAUSE_MS, SHORT_MS, LONG_MS, LONGEST_MS, BEAT_MS = 5000, 3000, 15_000, 30_000, 1500
"""What is meant by a pause of which nothing more is said, a short one, a long one, a very long one, a beat."""

_PAUSE = vocabulary(
    "pause pauses pausing silence silent silently stille quiet quietly wait waiting break beat pausieren schweigen "
    "warten nachspüren still rest hold stay sit innehalten"
)
_SURE = vocabulary("pause pausing silence stille pausieren schweigen innehalten")
"""Words that make a line of its own a mark; the others are more often said."""
_SHORT = vocabulary("short brief small tiny little quick kurz kurze kurzer kleine")
_LONG = vocabulary("long longer extended big lang lange langer längere große")
_FILL = vocabulary(
    "for of about approx approximately around ca circa roughly here hier in the a an to und and full slow deep natural "
    "more allow insert etwa für von another each at least up or bis with let them take give very sehr noch weitere "
    "nach between lines breaths time x"
)
_BELLS = {
    "bell": "bell", "bells": "bell", "ding": "bell", "glocke": "bell", "glöckchen": "bell", "glockenton": "bell",
    "bowl": "bowl", "bowls": "bowl", "klangschale": "bowl", "schale": "bowl", "gong": "gong", "chime": "chime",
    "chimes": "chime", "zimbel": "chime", "zimbeln": "chime", "tingsha": "chime", "woodblock": "wood",
}  # fmt: skip
_RINGING = vocabulary(
    "ring rings ringing rung strike strikes struck sound sounds sounding of the a an singing tibetan tap invite play "
    "times time once twice thrice x mal einmal zweimal dreimal to start end begin close opening closing final first "
    "last again soft softly gentle gently läuten anschlagen schlagen ton beginn ende am zum zu and then here is "
    "slowly low high small large hit"
)
_TIMES = {"once": 1, "twice": 2, "thrice": 3, "einmal": 1, "zweimal": 2, "dreimal": 3}
_BREAK = re.compile(r"<\s*break\b([^>]*?)/?\s*>", re.IGNORECASE)
_STRENGTH = {"none": 0, "x-weak": 500, "weak": 1000, "medium": 2000, "strong": 4000, "x-strong": 8000}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark asks for: a bell, a silence, or both, the bell first."""

    ms: int = 0
    bell: str = ""
    strokes: int = 1
    guess: str = ""
    """What had to be assumed, in words; empty where the mark said it all."""


def within(text: str) -> Mark | None:
    """The mark that stands between brackets; None where these words are no mark."""
    words = amounts.tokens(text)
    if not words or len(words) > 16:
        return None
    bell = _bell(words, strict=len(words) > 7)
    if bell is not None:
        return bell
    length = amounts.amount(words)
    rest = [w for i, w in enumerate(words) if length is None or i not in length.used]
    known = _PAUSE | _SHORT | _LONG | _FILL
    if length is not None and all(w in known for w in rest):
        return Mark(length.ms, guess=_how_long(length))
    if words[0] in _SURE or words[-1] in _SURE or (any(w in _PAUSE for w in words) and all(w in known for w in rest)):
        if length is not None:
            return Mark(length.ms, guess=_how_long(length))
        plain = amounts.bare(words)
        if plain is not None and len(words) <= 3:
            return Mark(plain.ms)
        return Mark(_unsaid(words), guess="how long is not said")
    return None


def alone(text: str) -> Mark | None:
    """The mark that a line without brackets is: `Pause.`, `Two minutes of silence`; None where it may well be said."""
    words = amounts.tokens(text)
    if not words or len(words) > 8 or "?" in text or "!" in text:
        return None
    bell = _bell(words, strict=True)
    if bell is not None and len(words) <= 5:
        return bell
    if not any(w in _SURE for w in words):
        return None
    length = amounts.amount(words)
    rest = [w for i, w in enumerate(words) if length is None or i not in length.used]
    if not all(w in _SURE | _SHORT | _LONG | _FILL for w in rest):
        if words[0] in _SURE and (plain := amounts.bare(words)) is not None and len(words) == 2:
            return Mark(plain.ms)
        return None
    if length is not None:
        return Mark(length.ms, guess=_how_long(length))
    return Mark(_unsaid(words), guess="how long is not said")


def dots(text: str) -> Mark:
    """`...` and `…`: more of them, a longer silence."""
    count = text.count("…") * 3 + text.count(".")
    ms = 2000 if count <= 4 else 4000 if count <= 8 else 8000
    return Mark(ms, guess="dots do not say how long")


def tag(text: str) -> Mark | None:
    """`<break time="4s"/>`, as speech engines have it; with a strength or nothing its usual length."""
    found = _BREAK.fullmatch(text.strip())
    if not found:
        return None
    timed = re.search(r"time\s*=\s*[\"'“”]?\s*([\d.]+)\s*(ms|s)", found[1], re.IGNORECASE)
    if timed:
        ms = float(timed[1]) * (1 if timed[2].lower() == "ms" else 1000)
        return Mark(max(100, min(amounts.MOST_MS, round(ms))))
    strength = re.search(r"strength\s*=\s*[\"'“”]?([a-z-]+)", found[1], re.IGNORECASE)
    ms = _STRENGTH.get(strength[1].lower(), 2000) if strength else 2000
    return Mark(max(ms, 100), guess="how long is not said")


def _how_long(length: amounts.Amount) -> str:
    return "" if length.sure else "breaths and moments differ in length"


def _unsaid(words: list[str]) -> int:
    if any(w in _LONG for w in words):
        return LONGEST_MS if "very" in words or "extended" in words or "sehr" in words else LONG_MS
    if any(w in _SHORT for w in words):
        return SHORT_MS
    return BEAT_MS if "beat" in words else PAUSE_MS


def _bell(words: list[str], *, strict: bool) -> Mark | None:
    """A bell, and the silence after it where one is named."""
    rung = [w for w in words if w in _BELLS]
    if not rung:
        return None
    length = amounts.amount(words)
    rest = [
        w
        for i, w in enumerate(words)
        if w not in _BELLS
        and w not in _RINGING
        and not amounts.is_number(w)
        and (length is None or i not in length.used)
    ]
    if any(w not in _PAUSE | _FILL for w in rest) and (strict or len(rest) > 2 or not set(words) & _RINGING):
        return None
    counted = [w for i, w in enumerate(words) if amounts.is_number(w) and (length is None or i not in length.used)]
    number = next((amounts.number_of(w) for w in counted if w not in ("a", "an", "ein", "eine")), 0)
    strokes = round(number) or next((_TIMES[w] for w in words if w in _TIMES), 1)
    sound = next((_BELLS[w] for w in rung if _BELLS[w] != "bell"), "bell")
    paused = length.ms if length is not None else (_unsaid(words) if set(words) & _SURE else 0)
    return Mark(paused, sound, min(9, max(1, strokes)))
