"""What the player shows of a moment, as rows: head, caption, phase, foot. Pure functions of a `View` and a width.

Called by `screens.player`, which only puts the rows in their places.
"""

from __future__ import annotations

import math
from dataclasses import replace

from rich.cells import cell_len

from mindful.player.exposure_view import ExposureView
from mindful.player.view import PartView, PhaseView, StepView, View
from mindful.timeline.breath import fill_at
from mindful.timeline.model import ExposePrompt, FindPrompt, KeyPrompt
from mindful.tongue import _
from mindful.tui import curve, pulse, words
from mindful.tui.hints import waits
from mindful.tui.layout import Places, inset, margin
from mindful.tui.rows import Row, Span, beside, centre, clean, cut, row_width, wrap_text

WIDEST = 60
"""A caption's longest line."""
_LONGEST_NAME = 26
_LEAST_CIRCLE = 5
"""Rows that a long caption leaves to the circle while breathing is paced."""


def name(step: StepView | None) -> str:
    """What a step is called on the screen."""
    if step is None:
        return ""
    label = clean(step.label).replace("\n", " ").strip()
    # Without a label of its own a step is called by its text, which is too long here and told too early.
    if not label or len(label) > _LONGEST_NAME or label.endswith((".", "?", "!", "…")):
        return words.KINDS.get(step.kind, step.kind)
    return label


def moment(view: View) -> tuple[object, ...]:
    """All that the rows here say of a moment: moments of which it is equal have equal rows.

    Everything in the view, but of the times only what is read of them.
    """
    step_left = None if view.step_left_ms is None else words.clock(view.step_left_ms)
    phase = None if view.phase is None else (view.phase.cue, view.phase.count)
    rest = replace(view, position_ms=0, elapsed_ms=0, left_ms=None, step_left_ms=None, step_elapsed_ms=0, phase=None)
    return rest, time_left(view), step_left, words.stopwatch(view.step_elapsed_ms), phase


def time_left(view: View) -> str:
    """Of the whole session; where the client decides, the time gone by."""
    if view.left_ms is None:
        return _("{elapsed_ms} so far").format(elapsed_ms=words.stopwatch(view.elapsed_ms))
    return _("{left_ms} left").format(left_ms=words.clock(view.left_ms))


def head(view: View, width: int) -> list[Row]:
    """Title and time left of the session."""
    inner = width - 2 * margin(width)
    right = (Span(time_left(view), "dim"),)
    title = cut(clean(view.title).replace("\n", " "), max(1, inner - row_width(right) - 2))
    return inset([beside((Span(title, "dim"),), right, inner)], width)


def _caption_text(view: View) -> tuple[str, str]:
    """(previous, now)."""
    if view.status == "paused":
        return "", words.PAUSED
    if view.status == "ready":
        return "", words.VOICE_COMES
    if view.said:
        return "", view.said
    now = view.caption
    if isinstance(view.prompt, KeyPrompt) and view.prompt.text and not now:
        now = view.prompt.text
    if view.exposure is not None:
        return "", now  # what was said before it is no part of it
    return view.previous_caption, now


def _lines(text: str, width: int, height: int) -> list[str]:
    inner = width - 2 * margin(width)
    return wrap_text(text, max(1, inner if height <= 2 else min(inner, WIDEST))) if text else []


def caption_height(view: View, width: int, least: int, circle: int) -> int:
    """Rows for the words of this moment: `least`, or more, at the cost of the `circle`, when they are longer."""
    need = len(_lines(clean(_caption_text(view)[1]).strip(), width, least))
    room = circle if view.phase is None else max(0, circle - _LEAST_CIRCLE)
    return max(least, min(need, least + room)) if least else 0


def caption(view: View, width: int, height: int) -> list[Row]:
    """The words of this moment, centred, at the bottom of `height` rows; those before, dimmed, above them."""
    if height <= 0 or width <= 0:
        return []
    before, now = (clean(text).strip() for text in _caption_text(view))
    if view.feedback is not None and not now and (drawn := pulse.curve(view.feedback, width, min(height, 8))):
        return [()] * (height - len(drawn)) + drawn
    lines = _lines(now, width, height)
    if len(lines) > height:
        lines = [*lines[: height - 1], cut(" ".join(lines[height - 1 :]), max(1, width - 2 * margin(width)))]
    role = "warm" if view.status == "paused" else "text"
    rows = [centre((Span(line, role),), width) for line in lines]
    old = _lines(before, width, height) if before != now else []
    room = height - len(rows) - 1
    if old and rows and room >= len(old):
        rows = [centre((Span(line, "dim"),), width) for line in old] + [(), *rows]
    if 2 < height > len(rows) and rows:
        # Air between the words and the circle.
        rows.append(())
    return [()] * (height - len(rows)) + rows


def phase(view: View, width: int, height: int, shown: str = "circle") -> list[Row]:
    """`Breathe in   4`, and how; or the stopwatch of a wait. `shown`: the pacer above it."""
    if height <= 0:
        return []
    rows: list[Row] = []
    if view.status == "paused":
        rows = []
    elif view.phase is not None:
        name_, way = words.PHASES[view.phase.cue.phase], view.phase.cue.through or ""
        # `word` has it in the middle already; with `none` nothing but the words themselves changes.
        count = () if shown == "none" else (Span("   "), _count(view.phase))
        short = (Span(f"   {words.THROUGH_SHORT[way]}", "dim"),) if height == 1 and way in words.THROUGH_SHORT else ()
        rows = [] if shown == "word" else [centre((Span(name_, "title"), *short, *count), width)]
        if through := words.THROUGH.get(way):
            rows.append(centre((Span(through, "dim"),), width))
    elif isinstance(view.prompt, FindPrompt):
        rows = [centre((Span(words.found(view.found, view.prompt.things), "title"),), width)]
    elif view.part is not None and view.step is not None:
        rows = _part(view.part, view.step.kind, width, height)
    elif isinstance(view.prompt, ExposePrompt):
        ahead = view.exposure.next_ms if view.exposure is not None else None
        asks = words.ASKS_IN.format(time=words.clock(ahead or 0))
        rows = [centre((Span(asks, "title"),), width), centre((Span(words.RATE_OR_END, "dim"),), width)][
            : max(1, height - 1)
        ]
    elif isinstance(view.prompt, KeyPrompt):
        at_most = view.prompt.at_most_ms
        if view.prompt.count:
            shown = words.stopwatch(view.step_elapsed_ms)
            if at_most:
                shown += _(" of at most {at_most}").format(at_most=words.clock(at_most))
            rows = [centre((Span(shown, "title"),), width)]
        else:
            go_on = words.SPACE_GOES_ON if waits(view) else words.ENTER_GOES_ON
            rows = [centre((Span(go_on, "dim"),), width)]
    if height >= 3:
        rows = [(), *rows]
    return rows[:height]


_HOLD_WIDTH = 24
"""Columns of the bar of what is held."""


def _part(part: PartView, kind: str, width: int, height: int) -> list[Row]:
    """What is held and for how long yet, with a bar; else where the step is: `the left foot · 3 of 14`."""
    where = words.part("" if kind == "move" else clean(part.name), part.number, part.of, width - 2 * margin(width))
    place = centre((Span(where, "dim"),), width)
    if part.held_ms is not None:
        left = max(1, math.ceil((part.hold_ms - part.held_ms) / 1000))
        word = words.TENSED if kind == "relax" else words.HELD
        row = centre((Span(word, "title"), Span("   "), Span(str(left), "warm")), width)
        # It moves once a second, as the count does, so that it is calm for whoever wants no movement too.
        done = part.held_ms // 1000 * 1000 / part.hold_ms
        reach = max(1, min(_HOLD_WIDTH, width - 2 * margin(width)))
        filled = round(done * reach)
        bar = centre((Span("━" * filled, "warm"), Span("─" * (reach - filled), "decor")), width)
        return [row, bar][: max(1, height - 1)]
    if part.let_go:
        return [centre((Span(words.RELEASED, "title"),), width), place][: max(1, height - 1)]
    return [place]


def _count(view: PhaseView) -> Span:
    return Span(str(view.count), "warm" if view.cue.phase in ("hold", "rest") else "strong")


def bar(view: View, width: int, height: int) -> list[Row]:
    """Reduced motion: the breath as a bar that moves once a second."""
    if view.phase is None or height <= 0:
        return [()] * max(0, height)
    cue = view.phase.cue
    whole = min(cue.length_ms, view.phase.elapsed_ms // 1000 * 1000)
    reach = max(1, min(width - 2 * margin(width), 40))
    filled = round(fill_at(cue, whole) * reach)
    held = cue.phase in ("hold", "rest")
    line = (Span("━" * filled, "warm" if held else "accent"), Span("─" * (reach - filled), "decor"))
    above = (height - 1) // 2
    return [()] * above + [centre(line, width)] + [()] * (height - above - 1)


def exposure(view: ExposureView, width: int, height: int) -> list[Row]:
    """The curve of distress so far, in the middle; nothing before the second rating but its place."""
    reach = min(curve.WIDEST, max(1, width - 2 * margin(width)))
    tall = min(height, 12)
    drawn = curve.rows(view.ratings, view.of_ms, reach, tall)
    above = max(0, (height - len(drawn)) // 2)
    return [()] * above + [centre(row, width) if len(drawn) == 1 else _left(row, reach, width) for row in drawn]


def _left(row: Row, reach: int, width: int) -> Row:
    """A row of a figure: its left edge stays where it is, whatever is in it."""
    return (Span(" " * max(0, (width - reach) // 2)), *row)


def word(phase: PhaseView, width: int, height: int) -> list[Row]:
    """The phase in the circle's place: its word, and the count under it."""
    rows = [centre((Span(words.PHASES[phase.cue.phase], "title"),), width), centre((_count(phase),), width)]
    if height >= 3:
        rows.insert(1, ())
    rows = rows[: max(0, height)]
    above = (height - len(rows)) // 2
    return [()] * above + rows + [()] * (height - len(rows) - above)


def status(view: View, width: int) -> list[Row]:
    """This step and its time, and what comes next."""
    inner = width - 2 * margin(width)
    if view.status == "landing":
        said = words.GROUNDING if view.grounding else words.ENDING
        return inset([(Span(cut(said, inner), "dim"),)], width)
    if view.status == "asking":
        # The question itself is on the screen.
        return []
    left = name(view.step)
    if view.step is not None and view.step_left_ms is not None:
        left += f"  {words.clock(view.step_left_ms)}"
    clock = cell_len(left) if view.step_left_ms is None else cell_len(words.clock(view.step_left_ms))
    if view.feedback is not None and (told := pulse.figures(view.feedback, inner - clock - 2)):
        # The figures need the room; what the step is stands in the title and was said at its start.
        right, left = told, words.clock(view.step_left_ms) if view.step_left_ms is not None else left
    elif view.next is not None:
        # "a few words, then a few words" says nothing.
        right = "" if name(view.next) == name(view.step) else _("then {next}").format(next=name(view.next))
    else:
        right = "" if view.left_ms is None else _("then the end")
    room = inner - cell_len(left) - 2
    shown = (Span(cut(right, max(8, room)), "dim"),) if right and room >= 8 else ()
    return inset([beside((Span(cut(left, inner), "dim"),), shown, inner)], width)


def told(text: str, share: float, p: Places, width: int, *, mixing: bool) -> dict[str, list[Row]]:
    """Something said once, by the part of the screen that it stands in; never where the keys are.

    Above them where a row is free, with the status' row where it is long; else in that of the status, or of the title.
    What is longer still is shown part by part, by the `share` of its time that is over.
    """
    lines = wrap_text(text, max(1, width - 2 * margin(width))) if text else []
    free = p.hints > 1
    most = 2 if free and not mixing else 1
    parts = [lines[i : i + most] for i in range(0, len(lines), most)]
    if not parts:
        return {}
    now = parts[min(len(parts) - 1, max(0, int(share * len(parts))))]
    rows = inset([(Span(line, "warm"),) for line in now], width)
    if not free:
        return {"status" if p.status and not mixing else "head": rows}
    return {"above": rows[-1:], **({"status": rows[:1]} if len(rows) > 1 else {})}
