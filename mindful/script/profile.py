"""What a client said about their health, as far as it bears on practice: the checklist and its answers. Pure, light.

The flags are the cautions of scripts. Written from the contraindications that studies and teachers of each practice
name. Called by `script.safety`, by the file of it in `journal.profile`, and by the checklist on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from mindful.tongue import _

QUESTIONS: dict[str, str] = {
    "pregnancy": _("I am pregnant, or may be"),
    "heart": _("A heart condition, a pacemaker, a stroke or an aneurysm, now or earlier"),
    "blood-pressure": _("Blood pressure that is too high or too low, or fainting"),
    "epilepsy": _("Seizures or epilepsy, now or earlier"),
    "asthma": _("Asthma"),
    "copd": _("COPD, or another lasting disease of the lungs"),
    "glaucoma": _("Glaucoma, a loose retina, or an operation on the eyes"),
    "surgery": _("An operation lately, above all on chest or belly, or a hernia"),
    "panic": _("Panic, above all when I watch my breath or feel short of air"),
    "trauma": _("Painful memories, or feeling far away, when I turn inward"),
    "psychosis": _("Hearing or seeing things that others do not, now or earlier"),
    "pain": _("Pain that is with me much of the time"),
    "injury": _("An injury, or dizziness when I move"),
    "ear": _("An ear infection, or sounds that hurt"),
    "sleepiness": _("I fall asleep by day, or I often drive or use machines soon after practising"),
    "other": _("Sickle cell or Raynaud's disease, or anything else a doctor told me to be careful with"),
}
"""The checklist: one line to tick for each flag. Nothing in it is a diagnosis."""

FLAGS: tuple[str, ...] = tuple(QUESTIONS)

NAMES: dict[str, str] = {
    "pregnancy": _("pregnancy"),
    "heart": _("the heart"),
    "blood-pressure": _("blood pressure"),
    "epilepsy": _("seizures"),
    "asthma": _("asthma"),
    "copd": _("the lungs"),
    "glaucoma": _("the eyes"),
    "surgery": _("an operation"),
    "panic": _("panic"),
    "trauma": _("painful memories"),
    "psychosis": _("hearing or seeing what others do not"),
    "pain": _("pain"),
    "injury": _("an injury"),
    "ear": _("the ears"),
    "sleepiness": _("sleepiness"),
    "other": _("something a doctor asked you to be careful with"),
}
"""What a flag is called within a sentence."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The answers of one client. Nothing answered is no flag: then every session shows its cautions, as ever."""

    flags: frozenset[str] = frozenset()
    """What was ticked; names of `FLAGS`."""
    asked: str | None = None
    """When the checklist was gone through or skipped, ISO 8601; None: never."""
    answered: bool = False
    """Whether it was answered rather than skipped; no tick at all is an answer too."""
    intense_since: str | None = None
    """When sessions of the red tier were switched on, ISO 8601; None: they are off."""

    @property
    def intense(self) -> bool:
        """Whether sessions of the red tier are switched on."""
        return self.intense_since is not None

    def ticked(self, flags: frozenset[str], intense: bool, now: str) -> Profile:
        """With these answers, at this time. A first tick switches intense practice off; it stays off when that goes."""
        since = (self.intense_since or now) if intense and not flags else None
        return Profile(flags, self.asked or now, True, since)
