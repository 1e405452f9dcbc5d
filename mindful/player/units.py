"""A number with the unit that its question asks for: `20 min`, `7 hours`, `30 mins`, `80 %`. Pure.

A question has no unit of its own, so its words are asked: where they name one, an answer may name the same. Another one
would be another number, and what it means is not guessed: it is asked again.
"""

from __future__ import annotations

import re

from mindful.tongue import N_, _

UNITS: dict[str, tuple[str, ...]] = {
    N_("seconds"): ("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"),
    N_("minutes"): ("min", "mins", "minute", "minutes", "minuten"),
    N_("hours"): ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden"),
    N_("days"): ("day", "days", "tag", "tage", "tagen"),
    N_("nights"): ("night", "nights", "nacht", "nächte", "nächten"),
    N_("weeks"): ("week", "weeks", "wk", "wks", "woche", "wochen"),
    N_("times"): ("time", "times", "x", "mal", "male"),
    N_("breaths"): ("breath", "breaths", "atemzug", "atemzüge"),
    N_("percent"): ("%", "percent", "pct", "prozent"),
    N_("points"): ("point", "points", "punkt", "punkte"),
}
"""By what they are called in English: how they are written in the languages that there are words in."""
_OF = {written: unit for unit, all_ in UNITS.items() for written in all_}
_MERE = ("s", "h", "x", "time", "day", "night", "week", "second")
"""Written so in an answer only: in a question these are letters, or words like “the last time”, “that day”."""
_ANSWER = re.compile(r"([-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[-+]?\d+)?)\s*([^\W\d_]*|%)\.?\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|%")


def asked(*texts: str) -> set[str]:
    """The units that a question names, in its own words or in those of its scale."""
    found = (word for text in texts for word in _WORD.findall(text.casefold()))
    return {_OF[word] for word in found if word in _OF and word not in _MERE}


def read(typed: str, *texts: str) -> float:
    """The number in `typed`; `texts` are the words of the question. Raises ValueError, with words for the client.

    The words are empty where it is no number at all. They name the unit where the answer has another, or one that the
    question does not name.
    """
    found = _ANSWER.match(typed.strip())
    if found is None:
        raise ValueError
    number, word = float(found[1].replace(",", ".")), found[2].casefold()
    if not word:
        return number
    units, meant = asked(*texts), _OF.get(word)
    if len(units) == 1:
        (unit,) = units
        if meant == unit:
            return number
        raise ValueError(_("This asks for {unit}: only the number of them, please.").format(unit=_(unit)))
    # Where it names several, such as breaths and minutes, it is not known which of them is asked for.
    raise ValueError(_("Only the number, please, without “{word}”.").format(word=found[2]))
