"""Which end of a scale of the author's own is the good one: as the script says, else as its words tell. Pure.

Called by `author.answering`: a made-up client in distress is to be so on `how calm are you` as well.
"""

from __future__ import annotations

import re
from typing import Literal

from mindful.timeline.model import RatePrompt

End = Literal["low", "high"]

_GOOD = re.compile(
    r"\b(calm\w*|relaxed|at ease|easy|rested|well|good|great|best|fine|happy|safe\w*|comfortable|awake|alert|fresh|"
    r"clear|energy|lively|loose|soft|content\w*|peaceful\w*|present|grounded|steady|strong|hopeful|confident|connected|quiet|"
    r"ruhig\w*|entspannt\w*|gut|wohl|sicher|wach|klar|erholt|locker|zufrieden|glücklich|geerdet|da|zuversichtlich|Energie|Kraft|lebendig)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(tens\w+|tight\w*|anxi\w+|afraid|fear\w*|scared|panic\w*|bad|worse|worst|awful|terrible|stress\w*|worr\w+|pain\w*|"
    r"hurt\w*|sad|low|exhausted|tired|restless|unbearable|bear|distress\w*|upset|overwhelm\w*|angry|lonely|numb|nervous|"
    r"angespannt|verspannt|schlecht|schlimm\w*|Angst|ängstlich|Schmerz\w*|müde|erschöpft|traurig|unerträglich|unruhig|"
    r"gestresst|nervös|einsam|wütend|verkrampft)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(not|no|never|without|nicht|kein\w*|ohne|gar nicht|hardly|kaum)\b[^.;]{0,20}$", re.IGNORECASE)


def better_end(prompt: RatePrompt) -> End | None:
    """The end of a scale of the author's own that a client would wish for; None where nothing tells."""
    if prompt.better:
        return "high" if prompt.better == "high" else "low"
    worth = _worth(prompt.high_label) - _worth(prompt.low_label)
    if not worth:  # the question may tell where the ends are only `not at all` and `very much`
        worth = _worth(prompt.text)
    return None if not worth else "high" if worth > 0 else "low"


def _worth(words: str) -> int:
    """Above 0: what is wished for; below: what is not; 0: nobody knows."""
    worth = 0
    for look, sign in ((_GOOD, 1), (_BAD, -1)):
        for found in look.finditer(words):
            worth += -sign if _NOT.search(words[: found.start()]) else sign
    return worth
