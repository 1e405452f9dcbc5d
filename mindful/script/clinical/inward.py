"""Rules for practice that turns inward, and for how a session ends: eyes, body scans, landings, last words."""

from __future__ import annotations

from collections.abc import Iterator

from mindful.script.clinical import words
from mindful.script.clinical.breath import Findings
from mindful.script.clinical.view import Moment, Session
from mindful.script.codes import Code
from mindful.script.model import Step

LONG_MS = 180_000
"""Inward practice of this length or more wants a landing."""
MANY_PARTS = 6
"""Body parts in as many lines make a body scan."""
_NEUTRAL = ("pause", "bell", "sound")
_QUESTIONS = ("rate", "ask", "questionnaire", "thought_record", "plan", "choose")


def _scan(session: Session) -> Moment | None:
    """The body scan of a session: a `scan`, or the last of many lines about parts of the body."""
    lines: list[Moment] = []
    parts: set[str] = set()
    for m in session.moments:
        if m.step.scan is not None:
            return m
        if m.step.say is not None and not m.exposed:
            found = {
                p.casefold()
                for said in m.spoken()
                if said.language in words.BODY
                for p in words.BODY[said.language].findall(said.text)
            }
            if found - parts:
                lines.append(m)
            parts |= found
    tensed = session.finds(words.TENSE) or any(
        m.step.relax is not None or m.step.move is not None for m in session.moments
    )
    return lines[-1] if len(lines) >= MANY_PARTS and len(parts) >= 2 * MANY_PARTS and not tensed else None


def scan_way_out(session: Session) -> Findings:
    """A body scan says that eyes may stay open, and that a part of the body may be left out.

    Source: attention to the body can bring back trauma and pain; trauma-sensitive teaching allows open eyes, offers
    hands or feet in place of a hard region, and lets each step be left (Britton et al. 2021, Clinical Psychological
    Science 9(6):1185-1204, on harm met in meditation)."""
    m = _scan(session)
    if m is None or not (session.readable or session.silent):
        return
    eyes = session.script.settings.eyes == "open" or session.finds(words.OPEN_EYES, 0, m.index + 1)
    parts = session.finds(words.LEAVE_OUT, 0, m.index + 1)
    if eyes and parts:
        return
    missing = [] if eyes else ["that eyes may stay open"]
    missing += [] if parts else ["that a part may be left out"]
    said = [] if eyes else ["eyes"]
    said += [] if parts else ["parts"]
    yield session.find(
        Code.SCAN_WAY_OUT,
        m.body,
        f"this body scan does not say {' and '.join(missing)}",
        session.proposal("before", *said),
        key=True,
    )


def landing(session: Session) -> Findings:
    """After three minutes or more of breathing, sitting or scanning, the last words bring the person back to the room.

    Source: guided practices close with a landing (whole body, the room, slowly up), so that nobody is left with eyes
    closed and light-headed. A session for falling asleep has none: a tag or `suits` that says sleep or bedtime is
    enough."""
    script = session.script
    inward = [m for m in session.moments if m.step.kind in ("breathe", "sit", "scan") and not m.exposed]
    scan = _scan(session)
    if scan is not None and scan not in inward:
        inward.append(scan)
    long = (
        sum(map(session.length_ms, inward)) >= LONG_MS
        or scan is not None
        or any(m.step.sit and m.step.sit.open for m in inward)
    )
    if not long or script.settings.eyes == "open" or not (session.readable or session.silent):
        return
    if any(words.SLEEP.search(each) for each in (*script.tags, *script.suits)):
        return
    last = max(inward, key=lambda m: m.index)
    # a scan that is made of lines may hold its own landing in its last one
    if session.finds(words.LANDING, last.index + (last.step.say is None)):
        return
    yield session.find(
        Code.LANDING,
        last.body,
        "after this nothing is said that brings the person back to the room",
        session.proposal("after", "landing"),
        key=True,
    )


def no_closing(session: Session) -> Findings:
    """A session does not end on a question: a line after it takes leave.

    Source: a rating sends attention back to distress; a closing line, whatever the answer was, does not leave the
    client alone with it."""
    for last in _last(session.script.steps, session):
        yield session.find(
            Code.NO_CLOSING,
            last.body,
            f"the session ends on this `{last.step.kind}`, with no word after it",
            session.proposal("after", "closing"),
            key=True,
        )


def _last(steps: tuple[Step, ...], session: Session) -> Iterator[Moment]:
    """The questions on which these steps may end."""
    for step in reversed(steps):
        if step.kind in _NEUTRAL:
            continue
        if step.repeat is not None:
            yield from _last(step.repeat.steps, session)
        elif step.include is not None:
            moment = _moment(session, step)
            inner = moment.script.included.get(step.include.script) if moment is not None else None
            if inner is not None and any(True for _ in _last(inner.steps, session)) and moment is not None:
                yield moment
        elif step.choose is not None and any(o.steps for o in step.choose.options):
            for option in step.choose.options:
                yield from _last(option.steps, session) if option.steps else ()
        elif step.kind in _QUESTIONS and (moment := _moment(session, step)) is not None:
            yield moment
        return


def _moment(session: Session, step: Step) -> Moment | None:
    return next((m for m in session.moments if m.step is step), None)


def eyes(session: Session) -> Findings:
    """Where eyes are asked to close, it is an invitation, or it was said that they may stay open.

    Source: trauma-sensitive defaults: eyes open allowed, anchor of choice.
    """
    if session.finds(words.OPEN_EYES):
        return
    for m, said, found in session.hits(words.CLOSE_EYES):
        start = max(said.text.rfind(mark, 0, found.start() + 1) for mark in ".!?") + 1
        ends = [at for mark in ".!?" if (at := said.text.find(mark, found.end())) >= 0]
        if words.AS_YOU_LIKE[said.language].search(said.text, start, min(ends, default=len(said.text))):
            continue
        if m.own:
            yield session.find(
                Code.EYES,
                said.path,
                "eyes are told to close, and nothing says that they may stay open",
                "add: “or leave them open, as you like”"
                if said.language == "en"
                else "füge hinzu: „oder lass sie offen, wie du magst“",
                part=found[0].lstrip(" .!?:;,"),
            )
            return
