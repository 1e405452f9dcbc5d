"""Rules for exposure: written as the step of that kind, or by hand in a script that calls itself one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mindful.script.clinical import words
from mindful.script.clinical.breath import Findings
from mindful.script.clinical.view import Moment, Session
from mindful.script.codes import Code
from mindful.script.model import Caution
from mindful.script.parts import CALLED_EXPOSURE
from mindful.script.problems import quote

MOST_BETWEEN_MS = 300_000
"""Ratings are at most this far apart."""


@dataclass(frozen=True)
class _Exposure:
    """Where an exposure is."""

    start: Moment
    inner: list[Moment]
    """What is played meanwhile."""
    made: bool
    """Whether it is a step of that kind, which asks for ratings by itself."""


def _exposures(session: Session) -> Iterator[_Exposure]:
    steps = [m for m in session.moments if m.step.exposure is not None]
    for m in steps:
        yield _Exposure(
            m, [n for n in session.moments[m.index + 1 :] if n.path[: len(m.path)] == m.path and n.exposed], True
        )
    script = session.script
    called = (*script.tags, *(w for _, w in script.title.languages))
    if not steps and any(CALLED_EXPOSURE.search(each) for each in called):
        rated = [m.index for m in session.moments if m.step.rate is not None]
        inner = session.moments[rated[0] + 1 : rated[-1]] if rated else []
        yield _Exposure(session.moments[rated[0] if rated else 0], inner, False)


def _modes(e: _Exposure) -> frozenset[str]:
    body = e.start.step.exposure
    return frozenset() if body is None else frozenset(e.start.script.modes_of(body))


def rating(session: Session) -> Findings:
    """An exposure asks how strong the distress is: before, meanwhile at least every five minutes, and at the end.

    Source: in vivo, SUDS at the start, each two to five minutes, and at the end; in prolonged exposure every five
    minutes. Without ratings neither the expectation nor what came of it can be looked at afterwards (Craske et al.
    2014, Behaviour Research and Therapy 58:10-23)."""
    for e in _exposures(session):
        body = e.start.step.exposure
        if body is not None:
            every, whole = body.ask_every.ms, body.for_.ms if body.for_ is not None else None
            if every is None or (every <= MOST_BETWEEN_MS and (whole is None or every < whole)):
                continue
            message = f"within this exposure it is asked only every {body.ask_every.source} how strong the distress is"
            yield session.find(
                Code.EXPOSURE_RATING,
                (*e.start.body, "ask_every"),
                message,
                "write `ask_every: 2 min`, or another time up to 5 min",
            )
            continue
        rates = [m for m in session.moments if m.step.rate is not None]
        again = any(
            m.step.repeat is not None and any(s.rate is not None for s in m.step.repeat.steps) for m in session.moments
        )
        if len(rates) >= 2 or again:
            continue
        yield session.find(
            Code.EXPOSURE_RATING,
            e.start.body,
            "this calls itself an exposure, and the distress is not rated before and after",
            "add a rating before it and one after it: `- rate: {id: before, ask: How strong is it now?, scale: suds}`",
            key=True,
        )


def way_out(session: Session) -> Findings:
    """Before an exposure it is said that, and how, one can stop.

    Source: only with an agreed plan, and with consent that can be taken back at any moment; stopping is a choice that
    can be spoken about, not a failure."""
    if not (session.readable or session.silent):
        return
    for e in _exposures(session):
        end = (e.inner[-1].index if e.inner else e.start.index) + 1
        if not session.finds(words.WAY_OUT, 0, end):
            yield session.find(
                Code.EXPOSURE_WAY_OUT,
                e.start.body,
                "before this exposure nothing says that one can stop",
                session.proposal("before", "stop"),
                key=True,
            )


def calming(session: Session) -> Findings:
    """Within an exposure nothing calms the breath or the body, unless the plan says so.

    Source: inhibitory learning wants the expectation to be tested, and a calming technique used meanwhile can become
    a safety behaviour that takes the credit (Craske et al. 2014, Behaviour Research and Therapy 58:10-23). Before and
    after it is another matter; so is breathing that is itself what is feared (interoceptive exposure)."""
    for e in _exposures(session):
        for m in e.inner:
            if m.exposed == "interoceptive":
                continue
            hit = next(session.hits(words.CALMING, m.index, m.index + 1), None)
            if m.step.breathe is None and (
                hit is None or words.NOT[hit[1].language].search(hit[1].text[: hit[2].start()])
            ):
                continue
            at, part = (
                (m.body, "") if m.step.breathe is not None or hit is None or not m.own else (hit[1].path, hit[2][0])
            )
            yield session.find(
                Code.EXPOSURE_CALMING,
                at,
                "this calms in the midst of an exposure, and may become a way to avoid it",
                "move it behind the exposure, or leave it out",
                key=not part,
                part=part,
            )


PROVOKED: tuple[Caution, ...] = ("pregnancy", "heart", "epilepsy", "asthma")
"""Whom bringing on bodily fear may harm: those whom `script.safety` keeps from it."""


def cautions(session: Session) -> Findings:
    """A script that brings on feared sensations names those whom that may harm: pregnancy, heart, epilepsy, asthma.

    Source: interoceptive exercises provoke with exertion, spinning and fast breathing; protocols exclude or clear
    these first (Craske & Barlow, Mastery of Your Anxiety and Panic)."""
    missing = [c for c in PROVOKED if c not in session.script.cautions]
    for e in _exposures(session):
        if e.made and missing and "interoceptive" in _modes(e):
            named = ", ".join((*session.script.cautions, *missing))
            yield session.find(
                Code.EXPOSURE_CAUTIONS,
                e.start.body,
                f"this brings on feared sensations, and the cautions do not name {', '.join(missing)}",
                f"write `cautions: [{named}]`",
                key=True,
            )


def end(session: Session) -> Findings:
    """An exposure says how long it goes on, or until what; else it ends only by the client's key, or after 90 minutes.

    Source: what is to be found out is agreed beforehand, and so is when it is found out (Craske et al. 2014)."""
    for e in _exposures(session):
        body = e.start.step.exposure
        if body is not None and body.for_ is None and body.until is None:
            message = "nothing says when this exposure is over: it ends by the client's key, or after 90 minutes"
            yield session.find(Code.EXPOSURE_END, e.start.body, message, "write `for: 20 min`, or `until: …`", key=True)


def reassurance(session: Session) -> Findings:
    """Within an exposure nothing reassures: what is feared is to be found out there, not talked away.

    Source: what is learned is the difference between what was expected and what came; to be told that nothing will
    happen makes it smaller, and a voice that reassures can become a sign of safety without which it is not tried
    (Craske et al. 2014, Behaviour Research and Therapy 58:10-23: argued from that model and from studies of signs of
    safety, not tested for single words). A question about it is none, and before and after it is another matter."""
    for e in _exposures(session):
        for m in e.inner:
            for said in m.spoken() if m.own else ():
                look = words.REASSURING.get(said.language)
                for found in look.finditer(said.text) if look is not None else ():
                    sentence = _sentence(said.text, found.start(), found.end())
                    if sentence.endswith("?") or words.OPEN_WHETHER[said.language].search(sentence):
                        continue
                    instead = "“Stay, and see what happens.”"
                    if said.language == "de":
                        instead = "„Bleib dabei, und sieh, was geschieht.“"
                    yield session.find(
                        Code.REASSURANCE,
                        said.path,
                        f"{quote(found[0])} reassures in the midst of an exposure, where the client is to find out",
                        f"leave it out, or say such as {instead}",
                        part=found[0],
                    )


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place, with the sign that ends it."""
    begun = max(text.rfind(sign, 0, start) for sign in ".!?…\n") + 1
    over = min((at for sign in ".!?…\n" if (at := text.find(sign, end)) >= 0), default=len(text) - 1)
    return text[begun : over + 1].strip()
