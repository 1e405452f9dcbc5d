"""Words for trainings with a heart or a brain, the same in a record's page, a report and the journey. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from mindful.journal import trainings
from mindful.journal.printable import printable
from mindful.journal.stats import uncertainty
from mindful.journal.trained import FEWEST, Course, Figures
from mindful.journal.trainings import Training
from mindful.tongue import _, figure, ngettext

NAMES = {
    "alpha": _("alpha"),
    "alpha_theta": _("theta over alpha"),
    "smr": _("SMR"),
    "frontal_theta": _("theta at the front"),
    "asymmetry": _("asymmetry"),
}
SENSORS = _("What a sensor says can be wrong. More or less of a rhythm is neither good nor bad, and no diagnosis.")
UNITS = {"uV": "µV", "ratio": _("ratio"), "ln ratio": _("ln ratio")}


def shown_instead(training: Training) -> str:
    """What the client was shown where it was not what was measured; empty where it was."""
    match training.mode:
        case trainings.REAL:
            return ""
        case "sham":
            return _("For a study: what was seen and heard came by chance, and not from the person.")
        case "yoked":
            said = _("For a study: what was seen and heard came from the record {record}, and not from the person.")
            return said.format(record=printable(training.whose))
        case "inverted":
            return _("For a study: less was rewarded instead of more.")
        case "delayed":
            return _("For a study: what was seen and heard came late.")
        case other:
            return _("What was seen and heard was not what was measured: {mode}.").format(mode=printable(other))


def name(training: Training) -> str:
    """What was trained."""
    return called(training.kind, training.protocol, assessed=bool(training.paces))


def called(kind: str, protocol: str, *, assessed: bool = False) -> str:
    """A kind of training by its name."""
    if assessed:
        return _("Looking for the own pace")
    if kind == "heart":
        return _("Breathing with the heart")
    return _("Neurofeedback, {protocol}").format(protocol=NAMES.get(protocol, printable(protocol) or _("own protocol")))


def percent(share: float | None) -> str:
    """`62 %`."""
    return "–" if share is None else f"{round(100 * share)} %"


def one(f: Figures) -> str:
    """One training in a line."""
    if f.assessed:
        if f.found_per_min is None:
            return _("no pace could be told")
        return _("the heart swung most at {rate} breaths a minute").format(rate=figure(f.found_per_min))
    parts = []
    if f.kind == "heart":
        if f.swing_bpm is not None:
            parts.append(_("a swing of {swing} beats a minute").format(swing=figure(round(f.swing_bpm, 1))))
        if f.lock is not None:
            parts.append(_("with the breath {percent} %").format(percent=round(100 * f.lock)))
        if f.coherence is not None:
            parts.append(_("coherence {percent} %").format(percent=round(100 * f.coherence)))
        if f.rmssd_ms is not None and f.rmssd_before_ms is not None:
            said = _("RMSSD {during} ms, in the minute before {before} ms")
            parts.append(said.format(during=round(f.rmssd_ms), before=round(f.rmssd_before_ms)))
        elif f.rmssd_ms is not None:
            parts.append(_("RMSSD {during} ms").format(during=round(f.rmssd_ms)))
    elif f.drawn is None:
        parts.append(_("no quiet minutes to compare it with"))
    else:
        parts.append(_("{change} against the quiet minutes before").format(change=_drawn(f.kind, f.unit, f.drawn)))
    if f.reward is not None:
        parts.append(
            _("rewarded {reward} of {clean} clear time").format(reward=percent(f.reward), clean=percent(f.clean))
        )
    return ", ".join(parts)


def course_name(course: Course) -> str:
    """A kind of training by its name."""
    return called(course.kind, course.protocol, assessed=course.assessed)


def what_is_drawn(course: Course) -> str:
    """Over a drawing of a course."""
    if course.assessed:
        return _("The pace that was found, breaths a minute; the oldest left")
    if course.kind == "heart":
        return _("How far the heart swung with the breath, beats a minute; the oldest left")
    if course.unit == "ln ratio":
        return _("Each training less the quiet minutes before it, ln ratio; the oldest left")
    return _("Each training against the quiet minutes before it, percent; the oldest left")


def course_said(course: Course) -> Iterator[str]:
    """How it goes, in sentences: the mean with its uncertainty, or that there are too few to say; what is left out."""
    values = course.values
    if len(values) >= FEWEST:
        mean = uncertainty.mean((day.toordinal(), value) for day, value in values)
        middle, low, high = (_drawn(course.kind, course.unit, v or 0.0) for v in (mean.mean, mean.low, mean.high))
        if course.assessed:
            middle = _("{figure} breaths a minute").format(figure=middle)
        elif course.kind == "heart":
            middle = _("a swing of {swing} beats a minute").format(swing=middle)
        on = ngettext("one day", "{count} days", mean.days).format(count=mean.days)
        if mean.enough:
            yield _("On average {mean}, probably {low} to {high}; {on}.").format(mean=middle, low=low, high=high, on=on)
        else:
            yield _("On average {mean}; {on}, too few to tell how sure that is.").format(mean=middle, on=on)
    elif course.each:
        yield ngettext(
            "One training that can be compared so far: too few to say how it goes.",
            "{count} trainings that can be compared so far: too few to say how it goes.",
            len(values),
        ).format(count=len(values))
    if course.others:
        yield ngettext(
            "One is left out: a made-up signal, or feedback for a study.",
            "{count} are left out: a made-up signal, or feedback for a study.",
            course.others,
        ).format(count=course.others)


def _drawn(kind: str, unit: str, value: float) -> str:
    if kind == "heart":
        return figure(round(value, 1))
    text = f"{value:+.2f}" if unit == "ln ratio" else f"{round(value):+d}"
    text = ("0" if float(text) == 0 else text).replace("-", "−")
    return f"{text} %" if unit != "ln ratio" else text.replace(".", figure(0.5)[1])
