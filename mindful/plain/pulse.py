"""A heart or a brain in a sentence, every now and then. Called by the line performer."""

from __future__ import annotations

from mindful.player.feedback_view import FeedbackView
from mindful.tongue import _

EVERY_MS = 30_000
"""Seldom enough that a screen reader does not talk over the practice."""
TICK_S = 0.04
"""A sensor is asked this often, whatever there is to say."""


def sentence(view: FeedbackView) -> str:
    """What is known at this moment; empty where nothing is."""
    if not view.source:
        return ""
    said = _("Made-up signal. ") if view.simulated else ""
    if view.quality == "absent":
        return said + _("No signal from the sensor just now.")
    if view.quality == "unclear":
        return said + _("The signal is unclear just now.")
    if view.kind == "eeg":
        if view.stretch != "training":
            return said + _("The signal is clear.")
        return said + (_("Over the mark.") if view.value >= 0.5 else _("Under the mark."))
    if view.bpm is None:
        return said.rstrip()
    if view.lock is None or view.stretch != "training":
        return said + _("Heart {bpm} a minute.").format(bpm=round(view.bpm))
    return said + _("Heart {bpm} a minute; {percent} % of its swing goes with the breath.").format(
        bpm=round(view.bpm), percent=round(100 * view.lock)
    )
