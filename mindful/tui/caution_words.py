"""The sentences of cautions where they depend on what a session holds, and what is said before every session.

`words.CAUTIONS` speaks to somebody who will breathe by a pace. Of an exposure, a body scan or movement other things are
true, so each caution has here what fits those. Called by the page before a session, on the screen and in plain lines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from mindful.script.parts import PARTS, Part
from mindful.tongue import _
from mindful.tui import words

if TYPE_CHECKING:
    from mindful.script.model import Script

COLD = _("Cold on the face, which can slow the heart for a moment.")


def tier_means(script: Script, values: Mapping[str, Any]) -> str:
    """What makes a session as strong as it is: its breath, cold, or both. Of a gentle one, why it is gentle."""
    from mindful.script.tiers import tier_of_breath, uses_cold

    breath, cold = tier_of_breath(script, {**script.defaults(), **values}), uses_cold(script)
    said = [words.TIER_MEANS[breath]] if breath != "green" or not cold else []
    return " ".join([*said, *([COLD] if cold else [])])


_DOCTOR = _("please ask your doctor first")
FOR: dict[str, dict[Part | None, str]] = {
    "pregnancy": {
        "cold": _("If you are pregnant, please leave the cold out, or ask your midwife or doctor first."),
        "breath": _(
            "If you are pregnant, please ask your midwife or doctor first, and breathe no harder than is easy."
        ),
        "move": _("If you are pregnant, please ask your midwife or doctor first, and leave out whatever strains you."),
        "tense": _("If you are pregnant, tense only lightly, and leave your belly out."),
        None: _(
            "If you are pregnant, lie or sit as is easy for you, and ask your midwife or doctor if you are not sure."
        ),
    },
    "heart": {
        "cold": _(
            "If you have a heart condition, or take medicine that slows the heart, please leave the cold out: it can "
            "slow the heart suddenly."
        ),
        "exposure": _(
            "If you have a heart condition, {DOCTOR}: fear can make the heart beat faster for a while."
        ).format(DOCTOR=_DOCTOR),
        "breath": _("If you have a heart condition, {DOCTOR}, and breathe only as slowly as is easy for you.").format(
            DOCTOR=_DOCTOR
        ),
        "move": _(
            "If you have a heart condition, {DOCTOR}, and move no harder than is easy. Rest whenever you like."
        ).format(DOCTOR=_DOCTOR),
        "tense": _(
            "If you have a heart condition, {DOCTOR}, and tense only lightly, without holding your breath."
        ).format(DOCTOR=_DOCTOR),
        None: _("If you have a heart condition and are not sure whether this suits you, please ask your doctor."),
    },
    "blood-pressure": {
        "cold": _("If your blood pressure is high or low, or you faint easily, please leave the cold out."),
        "tense": _("If your blood pressure is high or low, {DOCTOR}, tense only lightly, and stand up slowly.").format(
            DOCTOR=_DOCTOR
        ),
        None: _("If your blood pressure is high or low, please stand up slowly afterwards."),
    },
    "epilepsy": {"cold": _("If you have had seizures, please leave the cold out, or ask your doctor first.")},
    "asthma": {
        "move": _("If you have asthma, keep your reliever near, and rest as soon as your chest feels tight."),
        None: _("If you have asthma, keep your reliever near, and stop if your chest feels tight."),
    },
    "copd": {
        "move": _(
            "If you have a lung disease such as COPD, {DOCTOR}, and rest as soon as you are short of breath."
        ).format(DOCTOR=_DOCTOR),
        None: _("If you have a lung disease such as COPD, sit upright if lying flat is hard for you."),
    },
    "panic": {
        "exposure": _(
            "If you have panic attacks: fear may rise here, and is meant to. Please do this as you agreed with "
            "whoever treats you. You can stop at any time."
        ),
        "move": _("If a faster heart or breath brings on panic, you may move more slowly, or rest and look around."),
        "body": _("If noticing your body brings on panic, you may keep your eyes open and listen to the room instead."),
        None: _("If being still brings on panic, you may keep your eyes open and listen to the room instead."),
    },
    "trauma": {
        "exposure": _(
            "This goes towards something hard on purpose. If old pain is touched, you may stop and look around."
            " Please do it as you agreed with whoever treats you."
        ),
        "move": _("If a position touches something painful, you may leave it, open your eyes, or stop. All are fine."),
    },
    "pain": {"move": _("If a movement hurts, you may make it smaller or leave it out.")},
    "injury": {
        "tense": _("If you have an injury, leave out tensing whatever is near it."),
        "body": _("If you have an injury, lie or sit so that nothing pulls at it."),
        "breath": _("If you have an injury, sit or lie so that nothing pulls at it."),
        None: _("If you have an injury, sit or lie so that nothing pulls at it."),
    },
}
"""By caution and part; None: where no part has a sentence. `words.CAUTIONS` stands for all that is not here."""

OWN: dict[str, frozenset[Part]] = {
    "pregnancy": frozenset({"hold"}),
    "heart": frozenset({"hold"}),
    "blood-pressure": frozenset({"hold", "breath", "move"}),
    "asthma": frozenset({"hold", "breath"}),
    "copd": frozenset({"hold", "breath"}),
    "panic": frozenset({"hold", "breath"}),
    "trauma": frozenset({"hold", "breath", "body", "tense"}),
    "pain": frozenset({"hold", "breath", "body", "tense"}),
    "injury": frozenset({"move"}),
}
"""Parts of which the sentence in `words.CAUTIONS` speaks."""

MOST = 2
"""Sentences of one caution."""
_SAFE = _("Sit or lie somewhere safe: not while driving, not in or near water.")
_ROOM = _("Have some room around you and something firm to hold on to, away from water.")
_BREATH = _("If you feel dizzy, tingling, or unwell, let your breath come as it likes, open your eyes and look around.")
_UNWELL = _("If you feel dizzy or unwell, rest, open your eyes and look around.")
_HARD = _(
    "Be somewhere safe: not while driving, not in or near water. If you feel dizzy or unwell, rest and look around."
)
_STOP = _("You can stop at any time.")


def caution(key: str, parts: Collection[Part]) -> list[str]:
    """What is said of a caution before a session that holds these parts: one sentence, or one each for two of them."""
    whole = words.CAUTIONS[key]
    if key not in FOR:
        return [whole]
    own, others = OWN.get(key, frozenset()), FOR[key]
    # A pace that holds the breath is a pace, too; what is said of the hold says enough.
    here = [p for p in PARTS if p in parts and not (p == "breath" and "hold" in parts)]
    said = [whole if p in own else others[p] for p in here if p in own or p in others]
    return list(dict.fromkeys(said))[:MOST] or [others.get(None, whole)]


def always(parts: Collection[Part]) -> str:
    """What stands before every session, by what it holds."""
    if "breath" in parts:
        return f"{_ROOM} {words.ALWAYS}" if "move" in parts else words.ALWAYS
    if "move" in parts:
        return f"{_ROOM} {_UNWELL} {_STOP}"
    return f"{_HARD} {_STOP}" if "exposure" in parts else f"{_SAFE} {_UNWELL} {_STOP}"
