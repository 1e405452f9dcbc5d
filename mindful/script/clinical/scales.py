"""The rule for questionnaires that somebody owns."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from mindful.script.clinical.breath import Findings
from mindful.script.clinical.view import Session
from mindful.script.codes import Code
from mindful.script.problems import quote

OWNED: dict[str, str] = {
    "bdi": "Beck Depression Inventory (BDI)",
    "bai": "Beck Anxiety Inventory (BAI)",
    "stai": "State-Trait Anxiety Inventory (STAI)",
    "panas": "PANAS",
    "y-bocs": "Yale-Brown scale (Y-BOCS)",
    "isi": "Insomnia Severity Index (ISI)",
    "psqi": "Pittsburgh Sleep Quality Index (PSQI)",
    "ors": "Outcome Rating Scale (ORS)",
    "srs": "Session Rating Scale (SRS)",
    "mbi": "Maslach Burnout Inventory (MBI)",
    "wemwbs": "Warwick-Edinburgh scale (WEMWBS)",
    "swemwbs": "Warwick-Edinburgh scale (SWEMWBS)",
    "pss": "Perceived Stress Scale (PSS)",
    "borg": "Borg scale",
    "c-ssrs": "Columbia scale (C-SSRS)",
    "sam": "Self-Assessment Manikin (SAM)",
}
"""Short name, and what it is called. Generic ratings (SUDS, 0 to 10), PHQ, GAD, WHO-5 and K10 are free and not here."""

_NAME = re.compile(r"(?P<stem>[a-z]+)(?:-?(?:ii|\d{1,2}))?(?:-(?:s|sf|state|trait))?$")
_IN_TEXT = re.compile(
    r"\bBDI(?:-?II)?\b|\bSTAI\b|\bPANAS\b|\bY-?BOCS\b|\bPSQI\b|\bS?WEMWBS\b|\bPSS-?(?:4|10|14)\b|\bC-SSRS\b|"
    r"\b(?i:Beck Depression Inventory|Beck Anxiety Inventory|Beck-(?:Depressions|Angst)-Inventar|State-Trait Anxiety|"
    r"Yale-Brown|Insomnia Severity Index|Pittsburgh Sleep Quality|Outcome Rating Scale|Session Rating Scale|"
    r"Maslach Burnout|Warwick-Edinburgh|Perceived Stress Scale|Borg (?:scale|RPE|CR-?10)|Columbia[- ]Suicide)\b"
)


def owned(name: str) -> str | None:
    """The questionnaire that a short name such as `bdi-ii` or `PSS-10` stands for, where somebody owns it."""
    plain = name.casefold().replace("_", "-").replace("ybocs", "y-bocs").replace("cssrs", "c-ssrs")
    match = _NAME.match(plain)
    return OWNED.get(plain) or (OWNED.get(match["stem"]) if match else None)


def licensed(session: Session) -> Findings:
    """A questionnaire that somebody owns is used only with a licence; a script that has one says so in `silence`.

    Source: STAI, PANAS, BDI, Y-BOCS, ISI, PSQI, ORS and SRS, MBI are owned or licensed; WEMWBS wants a licence even
    where it costs nothing; PSS is free for research only; the Borg scale and SAM pictures have owners. Understood so
    in 2026; it is for the author to make sure. SUDS, ratings from 0 to 10, PHQ, GAD, WHO-5 and K10 may be used."""
    hint = "use a free one (PHQ-9, GAD-7, WHO-5, SUDS), or name your licence: `silence: [{code: MF118, reason: …}]`"
    for m in session.moments:
        if not m.own:
            continue
        step = m.step
        if step.questionnaire is not None and (known := owned(PurePosixPath(step.questionnaire.name).stem)):
            message = f"the {known} has an owner, and using it may need a licence"
            yield session.find(Code.LICENSED, (*m.body, "name"), message, hint)
            continue
        question = step.rate or step.ask or step.choose
        if question is None:
            continue
        for said in m.texts():
            if found := _IN_TEXT.search(said.text):
                message = f"{quote(found[0])} has an owner, and using it may need a licence"
                yield session.find(Code.LICENSED, said.path, message, hint, part=found[0])
                break
