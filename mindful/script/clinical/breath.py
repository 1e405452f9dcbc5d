"""Rules for paced breathing: holds, pace, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator

from mindful.script.clinical import words
from mindful.script.clinical.view import Moment, Session
from mindful.script.codes import Code
from mindful.script.kinds.breath import Breathe, Phases
from mindful.script.model import Caution
from mindful.script.nodes import Path
from mindful.script.problems import Problem
from mindful.script.tiers import (
    HELD_CAUTIONS,
    RED_CAUTIONS,
    SHORT_HOLD_MS,
    breaths_a_minute,
    corners,
    longest_still_ms,
    tiers_of_steps,
)
from mindful.script.values import UnresolvedError

Findings = Iterator[tuple[Code, Path, Problem]]

SHORTEST_CYCLE_MS = 6000
LONG_MS = 120_000
"""Paced breathing of this length or more wants a word for dizziness."""


def _held(session: Session) -> Moment | None:
    """The first step with a hold or rest of more than two seconds."""
    for m, _, phases in session.breaths():
        if longest_still_ms(phases) > SHORT_HOLD_MS:
            return m
    return None


def _missing(session: Session, wanted: tuple[Caution, ...]) -> str:
    return ", ".join(c for c in wanted if c not in session.script.cautions)


def _red(session: Session) -> Path | None:
    return next((placed.body for placed, tier in tiers_of_steps(session.script) if tier == "red"), None)


def _is_red(m: Moment) -> bool:
    """Of a step of an included script: whether it is itself strong, and not only beside one."""
    return any(placed.step is m.step and tier == "red" for placed, tier in tiers_of_steps(m.script))


def hold_caution(session: Session) -> Findings:
    """Where a breath is held for more than two seconds, the head names pregnancy, heart, blood-pressure and panic.

    Source: these are the usual contraindications of box breathing and 4-7-8; air hunger can set off panic.
    """
    m = _held(session)
    if m is None or not (missing := _missing(session, HELD_CAUTIONS)) or _red(session) is not None:
        return
    yield session.find(
        Code.HOLD_CAUTION,
        m.body,
        f"the breath is held here, and `cautions` does not name: {missing}",
        f"write `cautions: [{', '.join(dict.fromkeys((*session.script.cautions, *HELD_CAUTIONS)))}]`",
        key=True,
    )


def hold_way_round(session: Session) -> Findings:
    """Before the first hold of more than two seconds it is said that the hold may be left out.

    Source: beginners and people with panic meet air hunger in a hold; 4-0-4-0 or 4-0-6-0 does in its place.
    Trauma-sensitive teaching offers a way out of each step.
    """
    m = _held(session)
    if m is None or not (session.readable or session.silent) or session.finds(words.HOLD_WAY_ROUND, 0, m.index):
        return
    yield session.find(
        Code.HOLD_WAY_ROUND,
        m.body,
        "the breath is held here, and nothing said before offers a way round it",
        session.proposal("before", "hold"),
        key=True,
    )


def _fastest(m: Moment, breathe: Breathe, phases: Phases) -> float:
    """Breaths a minute, of a ramp where it ends: it may well start from the client's own pace."""
    if breathe.ramp is None:
        return breaths_a_minute(phases)
    paces: list[float] = []
    for values in corners(m.script):
        try:
            paces.append(breathe.ramp.to.resolve(values))
        except UnresolvedError:
            continue
    return max(paces, default=0.0)


def short_cycle(session: Session) -> Findings:
    """A paced breath lasts six seconds or more: ten breaths a minute or fewer.

    Source: of 58 trials of breathing practices those that helped were not fast ones only, and lasted five minutes or
    more (Bentley et al. 2023, Brain Sciences 13(12):1612). A ramp may start faster, from the client's own pace.
    """
    for m, breathe, phases in session.breaths():
        pace = _fastest(m, breathe, phases)
        if pace <= 60_000 / SHORTEST_CYCLE_MS + 1e-6 or m.exposed == "interoceptive":
            continue
        if not m.own and any(s.code == Code.SHORT_CYCLE.code and s.step is None for s in m.script.silence):
            continue  # its author has given the reason, where the step stands
        yield session.find(
            Code.SHORT_CYCLE,
            m.body,
            f"one breath takes {60 / pace:.2g} seconds here: faster than most calming practices",
            "six to ten seconds for each breath are usual, such as `{inhale: 4, exhale: 6}`",
            key=True,
        )


def red_cautions(session: Session) -> Findings:
    """A strong practice (fast, or held long) names all for whom it is known to be a risk.

    Source: the exclusions of teachers of such practices themselves and reports of fainting: epilepsy, pregnancy, heart
    disease, stroke and aneurysm (blood-pressure), glaucoma and retina, panic, psychosis, recent surgery.
    A script that names none at all is told as MF092.
    """
    if not session.script.cautions or (at := _red(session)) is None or not (missing := _missing(session, RED_CAUTIONS)):
        return
    yield session.find(
        Code.RED_CAUTIONS,
        at,
        f"this is a strong practice (very fast, or with long holds), and `cautions` does not name: {missing}",
        f"write `cautions: [{', '.join(dict.fromkeys((*session.script.cautions, *RED_CAUTIONS)))}]`",
        key=True,
    )


def red_words(session: Session) -> Findings:
    """Before a strong practice it is said: sitting or lying, never in or near water, never while driving.

    Source: people have fainted and drowned at hyperventilation with held breath in water.
    """
    if (at := _red(session)) is None or not (session.readable or session.silent):
        return
    within = (m for m in session.moments if m.body[: len(at)] == at and m.step.include is None)
    here = (m for m in within if m.own or _is_red(m))
    end = next((m.index for m in here), len(session.moments))
    if session.finds(words.WATER, 0, end) and session.finds(words.SEATED, 0, end):
        return
    yield session.find(
        Code.RED_WORDS,
        at,
        "before this strong practice nothing is said about a safe place",
        session.proposal("before", "safe"),
        key=True,
    )


def dizzy(session: Session) -> Findings:
    """Paced breathing of two minutes or more says what to do when one feels dizzy or short of air.

    Source: the stop rule of all breath work (dizzy, tingling, chest pain, faint, rising panic: breathe as usual, eyes
    open, look around); six of 16 beginners over-breathed at six breaths a minute on the first day (Szulczewski 2019,
    PLOS ONE 14(6):e0218550).
    """
    breaths = [m for m, _, _ in session.breaths() if not m.exposed]
    if sum(map(session.length_ms, breaths)) < LONG_MS or not (session.readable or session.silent):
        return
    if session.finds(words.DIZZY):
        return
    yield session.find(
        Code.DIZZY,
        breaths[0].body,
        "nothing is said about what to do when someone feels dizzy or short of air",
        session.proposal("before", "dizzy"),
        key=True,
    )
