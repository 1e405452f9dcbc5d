"""A heart or a brain while it is measured, as rows: the beat-to-beat curve, a level, and what they mean in words. Pure.

Nothing here moves faster than the measure itself: the curve grows by a dot a beat, the level by steps of a tenth.
"""

from __future__ import annotations

from rich.cells import cell_len

from mindful.player.checking import CONTACTS
from mindful.player.feedback_view import FeedbackView
from mindful.tongue import _
from mindful.tui.rows import Row, Span, centre

LEAST_SPAN = 12.0
"""Beats a minute from bottom to top: small changes are not blown up."""
WIDEST = 60
SECONDS = 40


def figures(view: FeedbackView, room: int = 80) -> str:
    """The numbers in a few words, in fewer where the columns are few; what is not known is not shown."""
    said = _figures(view, brief=False)
    return said if cell_len(said) <= room else _figures(view, brief=True)


def _figures(view: FeedbackView, *, brief: bool) -> str:
    if not view.source:
        return ""
    parts = []
    if view.simulated:
        parts.append(_("made-up") if brief else _("made-up signal"))
    if view.quality != "clear":
        parts.append(_("no signal yet") if view.quality == "absent" else _("signal unclear"))
    if view.bpm is not None and view.kind == "heart":
        parts.append(_("heart {bpm}").format(bpm=round(view.bpm)))
    if view.lock is not None and view.stretch == "training":
        with_it = _("breath {percent} %") if brief else _("with the breath {percent} %")
        parts.append(with_it.format(percent=round(100 * view.lock)))
    if view.kind == "eeg" and view.stretch == "training" and view.quality == "clear":
        parts.append(_("over the mark") if view.value >= 0.5 else _("under the mark"))
    return " · ".join(parts)


def curve(view: FeedbackView, width: int, height: int) -> list[Row]:
    """The last seconds of the heart, newest at the right; empty where there is too little of it or no room."""
    reach = min(WIDEST, width - 2)
    if height < 3 or reach < 20 or len(view.curve) < 4:
        return []
    values = [bpm for _at, bpm in view.curve]
    middle = (max(values) + min(values)) / 2
    half = max(LEAST_SPAN, (max(values) - min(values)) * 1.1) / 2
    fine = 2 * height
    columns: list[int | None] = [None] * reach
    for at, bpm in view.curve:
        x = round((reach - 1) * (1 + at / (SECONDS * 1000)))
        if 0 <= x < reach:
            columns[x] = max(0, min(fine - 1, round((middle + half - bpm) / (2 * half) * (fine - 1))))
    upper, lower = "\N{UPPER HALF BLOCK}", "\N{LOWER HALF BLOCK}"
    rows: list[Row] = []
    for r in range(height):
        cells = (" " if y is None or y // 2 != r else upper if y % 2 == 0 else lower for y in columns)
        rows.append(centre((Span("".join(cells), "accent"),), width))
    return rows


def level(view: FeedbackView, width: int, height: int) -> list[Row]:
    """How far along, for open eyes: a bar in tenths with its mark; and the electrodes while there is no training."""
    if height <= 0:
        return []
    rows: list[Row] = []
    if view.stretch != "training":
        bad = [f"{label}: {CONTACTS.get(contact, contact)}" for label, contact in view.electrodes if contact != "good"]
        if view.electrodes:
            said = ", ".join(bad[:6]) if bad else _("All electrodes sit well.")
            rows.append(centre((Span(said, "warm" if bad else "dim"),), width))
    else:
        reach = max(10, min(40, width - 4) // 10 * 10)
        filled = round(view.value * 10) * reach // 10
        rows.append(centre((Span("━" * filled, "accent"), Span("─" * (reach - filled), "decor")), width))
        rows.append(centre((Span("▲", "dim"),), width))
        rows.append(centre((Span(_("the mark"), "dim"),), width))
    rows = rows[:height]
    above = (height - len(rows)) // 2
    return [()] * above + rows + [()] * (height - len(rows) - above)
