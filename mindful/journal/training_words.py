"""Words for trainings with a heart or a brain, the same in a record's page and in a report. Pure."""

from __future__ import annotations

from mindful.journal import trainings
from mindful.journal.printable import printable
from mindful.journal.trainings import Training
from mindful.tongue import _

NAMES = {
    "alpha": _("alpha"),
    "alpha_theta": _("theta over alpha"),
    "smr": _("SMR"),
    "frontal_theta": _("theta at the front"),
    "asymmetry": _("asymmetry"),
}
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
    if training.paces:
        return _("Looking for the own pace")
    if training.kind == "heart":
        return _("Breathing with the heart")
    return _("Neurofeedback, {protocol}").format(
        protocol=NAMES.get(training.protocol, printable(training.protocol) or _("own protocol"))
    )


def percent(share: float | None) -> str:
    """`62 %`."""
    return "–" if share is None else f"{round(100 * share)} %"
