"""Small drawings of the journey as rows: a month, minutes a day, ratings before and after. Pure; called by its screen.

Every mark is also a sign or a word, never a colour alone; the signs of ratings are plain letters, which every font has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mindful import tongue
from mindful.journal.days import Day, month
from mindful.journal.ratings import Pair
from mindful.tongue import _, figure
from mindful.tui.rows import Row, Span

STEPS = " ▁▂▃▄▅▆▇█"
WEEKDAYS = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))
CELL = 5
"""Columns of a day."""
BEFORE, AFTER, BOTH = "o", "x", "*"


def calendar_rows(year: int, number: int, days: Mapping[date, Day], today: date) -> list[Row]:
    """A month: a day on which something was done has a mark and its minutes can be pressed; today is in brackets."""
    head: Row = tuple(Span(f"{name:^{CELL}}", "dim") for name in WEEKDAYS)
    return [head, *(tuple(_cell(day, days, today) for day in week) for week in month(year, number))]


def _cell(day: date | None, days: Mapping[date, Day], today: date) -> Span:
    if day is None:
        return Span(" " * CELL)
    there = day in days
    text = f"{day.day}{'•' if there else ' '}"
    text = f"[{text.strip()}]" if day == today else f" {text}"
    return Span(f"{text:>{CELL}}", "strong" if there else "dim", f"day:{day.isoformat()}" if there else "")


def short_day(day: date) -> str:
    """` 4 Nov`, in a column with others; German ` 4. Nov`."""
    return _("{day} {month}").format(day=f"{day.day:>2}", month=tongue.month(day.month)[:3])


def bars(values: Sequence[float], height: int, width: int = 1) -> list[str]:
    """Bars from the bottom, `width` columns each, the highest value as high as there is room; what is not 0 is seen."""
    top = max(values, default=0)
    rows = []
    for row in reversed(range(height)):
        line = ""
        for value in values:
            eighths = 0 if top <= 0 or value <= 0 else max(1, round(value / top * height * 8))
            line += STEPS[min(8, max(0, eighths - row * 8))] * width
        rows.append(line)
    return rows


def minute_rows(days: Sequence[Day], height: int, width: int) -> list[Row]:
    """Minutes a day as bars, with the highest figure beside the top and the first and last day beneath."""
    minutes = [day.elapsed_ms / 60_000 for day in days]
    each = max(1, min(3, (width - 8) // max(1, len(days))))
    top = f"{round(max(minutes, default=0))} min"
    drawn = bars(minutes, height, each)
    rows: list[Row] = [
        (Span(f"{top if i == 0 else '':>7} ", "dim"), Span(line, "accent")) for i, line in enumerate(drawn)
    ]
    if days:
        first, last = (short_day(d.day).strip() for d in (days[0], days[-1]))
        rows.append((Span(" " * 8 + first + last.rjust(each * len(days) - len(first)), "dim"),))
    return rows


def rating_rows(pairs: Sequence[Pair], height: int, width: int) -> list[Row]:
    """Ratings over time, oldest left, as many as fit: `o` before, `x` after, `*` where they are the same."""
    shown = pairs[-max(1, (width - 7) // 2) :]
    if not shown or height < 2:
        return []
    low = min(min(p.before, p.after) for p in shown)
    high = max(max(p.before, p.after) for p in shown)
    span = (high - low) or 1.0

    def row_of(value: float) -> int:
        return round((high - value) / span * (height - 1)) if high > low else 0

    tall = height if high > low else 1
    grid = [[(" ", "text")] * (2 * len(shown)) for _ in range(tall)]
    for k, pair in enumerate(shown):
        a, b = row_of(pair.before), row_of(pair.after)
        for r in range(min(a, b) + 1, max(a, b)):
            grid[r][2 * k] = ("│", "decor")
        grid[a][2 * k] = (BEFORE, "dim")
        grid[b][2 * k] = (BOTH if a == b else AFTER, "accent")
    rows: list[Row] = []
    for r, cells in enumerate(grid):
        label = f"{high:g}" if r == 0 else f"{low:g}" if r == tall - 1 else ""
        rows.append((Span(f"{label:>5} ", "dim"), *_joined(cells)))
    return rows


def course_rows(values: Sequence[float], height: int, width: int) -> list[Row]:
    """Figures over time, oldest left, as many as fit: an `x` each, and dots along zero where it lies between them."""
    shown = values[-max(1, (width - 7) // 2) :]
    if not shown or height < 2:
        return []
    low, high = min(shown), max(shown)
    tall = height if high > low else 1

    def row_of(value: float) -> int:
        return round((high - value) / (high - low) * (tall - 1)) if high > low else 0

    grid = [[(" ", "text")] * (2 * len(shown)) for _ in range(tall)]
    if low < 0 < high:
        grid[row_of(0)] = [("·", "decor") if k % 2 == 0 else (" ", "text") for k in range(2 * len(shown))]
    for k, value in enumerate(shown):
        grid[row_of(value)][2 * k] = (AFTER, "accent")
    rows: list[Row] = []
    for r, cells in enumerate(grid):
        label = figure(round(high if r == 0 else low, 1)).replace("-", "−") if r in (0, tall - 1) else ""
        label = "0" if not label and low < 0 < high and r == row_of(0) else label
        rows.append((Span(f"{label:>5} ", "dim"), *_joined(cells)))
    return rows


def _joined(cells: Sequence[tuple[str, str]]) -> Row:
    """Neighbours of one role in one span."""
    out: list[Span] = []
    for mark, role in cells:
        if out and out[-1].role == role:
            out[-1] = Span(out[-1].text + mark, role)
        else:
            out.append(Span(mark, role))
    return tuple(out)
