"""Pauses within spoken words: those that are understood, and those that would be read out.

Checks of `mindful.script.checks`. A pause is written `[pause 4 s]`, or beside its `say`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mindful.script.codes import Code
from mindful.script.model import Script
from mindful.script.problems import Problem, quote
from mindful.script.teachers import duration_meant
from mindful.script.values import parse_ms
from mindful.script.where import Where, all_steps

_MARK = re.compile(r"\[\s*(pause)\s*(:?)\s*([^\]]*?)\s*\]|<break\b([^>]*)>", re.IGNORECASE)
_TIME = re.compile(r"""time\s*=\s*["']([^"']*)["']""")

_NUMBER = r"\d+(?:[.,]\d+)?"
_UNIT = r"(?:s|secs?|min|mins|sek)\b\.?"
_UNIT_IN_WORDS = r"(?:seconds?|minutes?|Sekunden?|Minuten?)\b"
_SPOKEN = re.compile(
    # In brackets of another kind, or between stars: `(pause)`, `(long pause)`, `*pause 10 seconds*`.
    r"(?P<round>[(*]+\s*(?:(?:a |eine )?(?:short|long|brief|kurze|lange)\s+)?(?:pause|silence|stille)\b"
    rf"\s*:?\s*(?:(?:for|of|von)\s+)?(?P<a>(?:{_NUMBER}\s*(?:{_UNIT}|{_UNIT_IN_WORDS})?)?)\s*[)*]+)"
    # Bare, with a unit that nobody speaks: `pause 10 s`.
    rf"|(?<![\w\[])pause\s*:?\s*(?P<b>{_NUMBER}\s*{_UNIT})"
    # Bare, as a sentence of its own: `Feel your feet. Pause 10 seconds.`
    rf"|(?:(?<=[.!?…:]\s)|^)pause\s*:?\s*(?P<c>{_NUMBER}(?:\s*{_UNIT_IN_WORDS})?)(?=\s*(?:[.!?…]|$))",
    re.IGNORECASE,
)


def marks(script: Script, where: Where) -> Iterator[Problem]:
    """Pauses within a spoken text are written `[pause 4 s]`."""
    for placed in all_steps(script):
        text = placed.step.say.text if placed.step.say else None
        found = (m for _, words in (text.languages if text else ()) for m in _MARK.finditer(words))
        for m in {m[0]: m for m in found}.values():  # the same mark once in a text
            break_time = _TIME.search(m[4] or "")
            length = m[3] if m[1] else break_time[1] if break_time else ""
            path = (*placed.body, "text")
            meant = _mark(length)
            if "{" in length:
                continue
            if parse_ms(length) is None:
                message = f"{quote(m[0])} does not say how long to pause"
                yield where.problem(Code.BAD_PAUSE_MARK, path, message, f"write `{meant}`", part=m[0])
            elif not m[1] or m[2] or m[1] != "pause":
                message = f"{quote(m[0])} is understood as a pause"
                yield where.problem(Code.PAUSE_MARK, path, message, f"the format writes `{meant}`", part=m[0])


def read_out(script: Script, where: Where) -> Iterator[Problem]:
    """A pause is no word: what is not written as one would be said to the client."""
    for placed in all_steps(script):
        say = placed.step.say
        if say is None or say.text is None or say.audio is not None:
            continue
        found = (m for _, words in say.text.languages for m in _SPOKEN.finditer(words))
        for m in {m[0]: m for m in found}.values():
            length = m["a"] or m["b"] or m["c"] or ""
            yield where.problem(
                Code.SPOKEN_PAUSE,
                (*placed.body, "text"),
                f"{quote(m[0])} is no pause as it stands: it would be shown and read out",
                f"write `{_mark(length)}`; or, for a silence after all the words, a line below `say`, in its column, "
                f"with a colon: `{_mark(length)[1:-1].replace(' ', ': ', 1)}`",
                part=m[0],
            )


def _mark(length: str) -> str:
    """The format's own mark for a length as somebody wrote it; four seconds where that says none."""
    time = duration_meant(length) or (f"{length} s" if re.fullmatch(r"[\d.]+", length) else None) or "4 s"
    return f"[pause {time}]"
