"""Rules for what is said about a practice: before it rather than after, and with the counts that it has."""

from __future__ import annotations

import re

from mindful.script.clinical import words
from mindful.script.clinical.breath import Findings
from mindful.script.clinical.view import Session
from mindful.script.codes import Code
from mindful.script.kinds.breath import Phases

_NUMBERS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    "de": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"],
}
_NUMBER = r"(\d+(?:[.,]\d+)?|" + "|".join(w for words_ in _NUMBERS.values() for w in words_) + r")\b"
_MORE = (
    r"(?!\s+(?:more|minutes?|min|hours?|days?|weeks?|breaths?|times|rounds?|"
    r"Minuten?|Stunden?|Tage?|Atemzüge?|Mal|Runden?))"
)
_COUNTS = {
    "en": re.compile(
        r"\b(in|inhale|out|exhale|hold)\b(?! of)[^.!?;\d]{0,24}?\b(?:for|to)\s+(?:a count of |the count of )?"
        + _NUMBER
        + _MORE,
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(ein|einatmen|aus|ausatmen|halten|anhalten)\b[^.!?;\d]{0,24}?\b(?:für|auf|bis)\s+" + _NUMBER + _MORE,
        re.IGNORECASE,
    ),
}
_PHASE = {
    "in": "inhale", "inhale": "inhale", "ein": "inhale", "einatmen": "inhale", "out": "exhale", "exhale": "exhale",
    "aus": "exhale", "ausatmen": "exhale", "hold": "hold", "halten": "hold", "anhalten": "hold",
}  # fmt: skip


def _counts(text: str, language: str) -> dict[str, float]:
    """Seconds by phase as a line says them: `In for four, out for six`."""
    out: dict[str, float] = {}
    for word, number in _COUNTS[language].findall(text):
        names = _NUMBERS[language]
        value: float | None = names.index(number.casefold()) if number.casefold() in names else None
        if value is None and re.fullmatch(r"[\d.,]+", number):
            value = float(number.replace(",", "."))
        if value is not None:
            out.setdefault(_PHASE[word.casefold()], float(value))
    return out


def _has(phases: Phases, counts: dict[str, float]) -> bool:
    """Whether a pattern has these counts."""
    have = {name: sum(p.ms for p in phases if p.phase == name) / 1000 for name in ("inhale", "hold", "exhale")}
    top_up = sum(p.ms for p in phases if p.phase == "top_up") / 1000
    return all(
        abs(have[name] - count) < 0.05 or (name == "inhale" and abs(have[name] + top_up - count) < 0.05)
        for name, count in counts.items()
    )


def too_late(session: Session) -> Findings:
    """What is said about a breathing practice is said before it: how it goes, and what to do when it is too much.

    Source: with eyes closed nobody can look back; an instruction that comes after its practice explains nothing, and
    a stop rule that comes after it has protected nobody."""
    breaths = [m for m, _, _ in session.breaths()]
    if not breaths:
        return
    first, last = breaths[0], breaths[-1]
    for look, what in ((words.HOW_TO, "how the breath goes"), (words.DIZZY, "what to do when it is too much")):
        if session.finds(look, 0, first.index):
            continue
        for m, said, found in session.hits(look, last.index + 1):
            if m.own and m.step.kind != "learn":
                yield session.find(
                    Code.TOO_LATE,
                    said.path,
                    f"this says {what}, and the breathing is over by then",
                    f"move it before the `breathe` in line {session.where.document.place(first.body, True).line + 1}",
                    part=found[0].strip(" ,"),
                )
            break


def other_counts(session: Session) -> Findings:
    """A line that names the counts of a breath (“in for four, out for six”) names those of a pattern that is played.

    Source: reasoning: who hears one count and is paced at another follows neither, and believes to be doing it wrong.
    """
    patterns = [phases for _, _, phases in session.breaths()]
    if not patterns or any(breathe.ramp is not None for _, breathe, _ in session.breaths()):
        return
    for m in session.moments:
        if not m.own or m.step.kind not in ("say", "wait"):
            continue
        for said in m.spoken():
            if said.language not in _COUNTS:
                continue
            counts = _counts(said.text, said.language)
            if len(counts) < 2 or any(_has(phases, counts) for phases in patterns):
                continue
            told = ", ".join(f"{name} {seconds:g}" for name, seconds in counts.items())
            played = " or ".join(
                dict.fromkeys(", ".join(f"{p.phase} {p.ms / 1000:g}" for p in phases) for phases in patterns[:2])
            )
            yield session.find(
                Code.OTHER_COUNTS,
                said.path,
                f"this says {told}, and what is played is {played}",
                "let the words and the pattern say the same",
            )
