"""Rules for how a session speaks: pace, orders, promises, deep breaths."""

from __future__ import annotations

from re import Match

from mindful.script.clinical import words
from mindful.script.clinical.breath import Findings
from mindful.script.clinical.view import Moment, Said, Session, Words
from mindful.script.codes import Code
from mindful.script.problems import quote

MOST_WORDS = 140
"""Spoken words a minute."""


def fast_words(session: Session) -> Findings:
    """No line is spoken at more than 140 words a minute.

    Source: lectures have 100 to 120 words a minute, conversation 120 to 150, and what is slow enough to be followed
    with eyes closed is under 120; a voice that slows down over a session relaxed more than a conversational one
    (Knowlton and Larkin 2006, Applied Psychophysiology and Biofeedback 31:173-185)."""
    hint = "between 100 and 120 is usual for guidance: `{}: 110`"
    script = session.script
    if script.settings.rate > MOST_WORDS:
        message = f"{script.settings.rate} words a minute are as fast as lively conversation"
        yield session.find(Code.FAST_WORDS, ("settings", "rate"), message, hint.format("rate"))
    for m in session.moments:
        if m.own and m.step.say is not None and (m.step.say.pace or 0) > MOST_WORDS:
            message = f"{m.step.say.pace} words a minute are as fast as lively conversation"
            yield session.find(Code.FAST_WORDS, (*m.body, "pace"), message, hint.format("pace"))


def _each(session: Session, look: Words, *, spoken: bool) -> list[tuple[Moment, Said, Match[str]]]:
    """Where such words stand in a script's own texts: in each text, the same words once."""
    out: list[tuple[Moment, Said, Match[str]]] = []
    for m in session.moments:
        if not m.own:
            continue  # told where that script is checked
        for said in m.spoken() if spoken else m.texts():
            if (pattern := look.get(said.language)) is None:
                continue
            seen: set[str] = set()
            for match in pattern.finditer(said.text):
                if (words_ := match[0].casefold()) not in seen:
                    seen.add(words_)
                    out.append((m, said, match))
    return out


def _denied(said: Said, found: Match[str]) -> bool:
    return bool(words.NOT[said.language].search(said.text, max(0, found.start() - 120), found.start()))


def _part(found: Match[str]) -> str:
    return found[0].strip(" .!?:;,")


_INSTEAD = {
    "en": "“you may”, “if you like”, “as far as it suits you”",
    "de": "„du darfst“, „wenn du magst“, „so weit es dir passt“",
}


def command(session: Session) -> Findings:
    """Guidance invites; it does not order: no “you must”, “don't think”, “clear your mind”, “relax now”.

    Source: an order cannot be obeyed by trying (an emptied mind, relaxing at a word), and who fails at it blames
    themselves; trauma-sensitive teaching leaves each step to the client's choice. “And relax” after tensing a muscle
    is a step of its own."""
    tensed = session.finds(words.TENSE) or any(m.step.relax is not None for m in session.moments)
    found = _each(session, words.COMMAND, spoken=False)
    found += [] if tensed else _each(session, words.RELAX, spoken=True)
    for _, said, match in found:
        part = _part(match)
        message = f"{quote(part)} is an order, and guidance invites"
        yield session.find(Code.COMMAND, said.path, message, f"such as {_INSTEAD[said.language]}", part=part)


def promise(session: Session) -> Findings:
    """Nothing promises what the client will feel, or that it heals.

    Source: effects of breathing and mindfulness are small to medium on average (Fincham et al. 2023, Scientific
    Reports 13:432), and in one careful study 58 of 100 met something unpleasant (Britton et al. 2021); a promise that
    fails makes the client the one who failed. “You will hear a bell” is none."""
    for _, said, match in _each(session, words.PROMISE, spoken=False):
        if _denied(said, match):
            continue
        message = f"{quote(_part(match))} promises what nobody can know"
        instead = (
            "“you may notice”, “something may ease”"
            if said.language == "en"
            else "„vielleicht merkst du“, „manches wird leichter“"
        )
        yield session.find(Code.PROMISE, said.path, message, f"such as {instead}", part=_part(match))


def deep(session: Session) -> Findings:
    """Breaths are called gentle and quiet, not deep.

    Source: an instruction against over-breathing (shallow, gentle) lessened the fall of carbon dioxide and its
    symptoms at a slow pace (Szulczewski 2019, Applied Psychophysiology and Biofeedback 44:247-256)."""
    for _, said, match in _each(session, words.DEEP, spoken=True):
        if said.path[-2:-1] == ("learn",) or "learn" in said.path or _denied(said, match):
            continue
        message = f"{quote(_part(match))}: slow and deep together make beginners dizzy"
        instead = (
            "“gentle and quiet, no deeper than usual”"
            if said.language == "en"
            else "„sanft und leise, nicht tiefer als sonst“"
        )
        yield session.find(Code.DEEP, said.path, message, f"such as {instead}", part=_part(match))
