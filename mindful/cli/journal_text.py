"""Records in words, for people. Called by `mindful.cli.journal`. Pure: entries in, printable text out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mindful.cli import trained
from mindful.journal.asking import Row
from mindful.journal.printable import printable
from mindful.journal.record import GONE
from mindful.journal.store import Entry
from mindful.tongue import _, ngettext, weekday

if TYPE_CHECKING:
    from mindful.journal.filled import Filled

_STATUS = {"completed": _("completed"), "stopped": _("ended early"), "interrupted": _("cut short")}
_STEP = {"done": "", "left": _("in part"), "interrupted": _("cut short")}
_LEAST_TITLE = 12
_SHARED = {
    "ratings": _("ratings and other numbers"),
    "answers": _("what was chosen or written"),
    "details": _("what was done of each step"),
    "effects": _("what was unpleasant"),
    "notes": _("notes"),
    "settings": _("how the session was set"),
}
"""The parts of a record that are given away one by one; see `mindful.handoff.selection`."""


def spell(ms: int) -> str:
    """A length of time in words, to the second."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if n]
    return " ".join(parts) or "0 s"


def clock(ms: int) -> str:
    """A moment in a session, `4:30` or `1:02:00`."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def table(entries: Sequence[Entry | Row], columns: int | None) -> str:
    """One row a record; with `columns` long titles are shortened so that rows fit where they can."""
    rows = [["", _("when"), _("what"), _("how long"), ""]]
    for entry in entries:
        row = Row.of(entry) if isinstance(entry, Entry) else entry
        marks = [_STATUS[row.status]]
        marks += [_("made up")] if row.simulated else []
        marks += [_("note")] if row.noted else []
        when, title = f"{row.started:%Y-%m-%d %H:%M}", printable(row.title)
        rows.append([str(row.number), when, title, spell(row.elapsed_ms), ", ".join(marks)])
    widths = [max(width(row[i]) for row in rows) for i in range(5)]
    if columns is not None:
        over = sum(widths) + 2 * 4 - columns
        widths[2] = max(min(widths[2], _LEAST_TITLE), widths[2] - max(0, over))
    return "\n".join(_row(row, widths) for row in rows)


def account(
    entry: Entry,
    *,
    briefly: bool = False,
    drawn: bool = True,
    asked: Mapping[str, str] | None = None,
    back: Callable[[Filled], str] | None = None,
) -> str:
    """Everything a record tells, as a page to read. `briefly`: of sheets only how much was filled in, and numbers.

    `drawn`: with small drawings of what a sensor measured, made of blocks. `asked`: the questions by their names, where
    they are still known; a record keeps names only. `back` says of a sheet what it looks back on: another record.
    """
    record = entry.record
    lines = [printable(record["session"]["title"]), _when(entry), _how(record)]
    if record["simulated"]:
        lines.append(_("This was a trial run with a made-up client; nobody sat here."))
    lines += _part(_("What was unpleasant"), _effects(record.get("effects")))
    lines += _part(_("Your note"), _indented([record["note"]] if record["note"] else []))
    lines += _part(_("Your answers"), _answers(entry, briefly, asked or {}, back))
    lines += _part(_("With a sensor"), trained.lines(record, drawn=drawn))
    lines += _part(_("Chosen before"), _pairs(record["variables"]))
    lines += _part(_("Steps"), [_step(step) for step in record["steps"]])
    if "shared" in record:
        lines += _part(_("Kept back by whoever shared it"), _indented(_kept_back(record["shared"])))
    if record["timing"] or record["audio"]:
        lines += _part(_("Sound and timing"), _indented(_receipt(record)))
    lines += _part(_("File"), [f"  {printable(entry.path)}"])
    return "\n".join(lines)


def width(text: str) -> int:
    """The columns that a text takes in a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = [_fit(cell, w) for cell, w in zip(cells, widths, strict=True)]
    fitted[0] = " " * (widths[0] - width(cells[0])) + cells[0]
    return "  ".join(fitted).rstrip()


def _fit(text: str, columns: int) -> str:
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text = text.rstrip() + "…"
    return text + " " * (columns - width(text))


def _when(entry: Entry) -> str:
    ended = datetime.fromisoformat(entry.record["ended"]).astimezone(entry.started.tzinfo)
    day = weekday(entry.started.weekday())
    return _("{day} {started:%Y-%m-%d, %H:%M} to {ended:%H:%M}").format(day=day, started=entry.started, ended=ended)


def _how(record: dict[str, Any]) -> str:
    landing = _landing(record)
    played = record["elapsed_ms"] if landing is None else landing["after_ms"]
    length, planned = spell(played), record["planned_ms"]
    of = _(" of {planned}").format(planned=spell(planned)) if planned is not None and planned - played >= 1000 else ""
    reason = printable(record["reason"])
    how = {
        "completed": _("Completed, {length}").format(length=length),
        "stopped": _("You ended it after {length}{of}").format(length=length, of=of),
        "interrupted": _("It was cut short after {length}{of}").format(length=length, of=of),
    }[record["status"]]
    if record["status"] == "interrupted" and reason:
        how += _("; the program was gone before the session ended") if reason == GONE else f" ({reason})"
    if landing is not None:
        how += _(", and landed for {spell}").format(spell=spell(landing["done_ms"]))
    if record["paused_ms"] >= 1000:
        how += _("; paused for {spell}").format(spell=spell(record["paused_ms"]))
    return how + "."


def _landing(record: dict[str, Any]) -> dict[str, int] | None:
    """When the session was left for its landing, and how long that was; None where it was not."""
    known = record.get("landing")
    if not isinstance(known, dict) or not isinstance(known.get("after_ms"), int):
        return None
    done = known.get("done_ms")
    after = known["after_ms"]
    return {"after_ms": after, "done_ms": done if isinstance(done, int) else max(0, record["elapsed_ms"] - after)}


def _answers(
    entry: Entry, briefly: bool, asked: Mapping[str, str], back: Callable[[Filled], str] | None = None
) -> list[str]:
    """Answers, those of a sheet with their questions; and the numbers of questionnaires, of which nothing is said."""
    from mindful.journal.filled import of

    record = entry.record
    sheets = {str(each.data.get("answer") or each.step): each for each in of(entry)}
    plain = {name: value for name, value in record["answers"].items() if name not in sheets}
    lines = [f"  {printable(asked[name])} {printable(_value(plain.pop(name)))}" for name in [*plain] if name in asked]
    lines += _pairs(plain, private=record["private"])
    for name, each in sheets.items():
        mark = _("  (private)") if name in record["private"] else ""
        rows = list(each.words())
        count = ngettext("{count} answer", "{count} answers", len(rows)).format(count=len(rows))
        title = str(each.data.get("questionnaire") or name)
        lines.append(f"  {printable(title)}: {count}{mark}")
        if back is not None and (said := back(each)):
            lines.append(f"    {printable(said)}")
        scores = each.data.get("scores")
        for scale, one in scores.items() if isinstance(scores, dict) else ():
            if isinstance(one, dict) and one.get("score") is not None:
                told = _("{score} of {most}").format(score=f"{one['score']:g}", most=f"{one.get('to', 0):g}")
                lines.append(f"    {printable(str(scale))}: {told}")
        for key, ask, value in () if briefly else rows:
            first, *more = printable(_value(value), lines=True).split("\n")
            lines.append(f"    {printable(ask if ask != key else key)}")
            lines += [f"      {line}" for line in (first, *more)]
    return lines


def _pairs(values: dict[str, Any], private: Iterable[str] = ()) -> list[str]:
    names = {name: printable(name) for name in values}
    wide = max((width(name) for name in names.values()), default=0)
    lines = []
    for key, value in values.items():
        first, *more = printable(_value(value), lines=True).split("\n")
        mark = _("  (private)") if key in private else ""
        lines.append(f"  {names[key]}{' ' * (wide - width(names[key]))}  {first}{mark}")
        lines += [f"  {' ' * wide}  {each}" for each in more]
    return lines


def _value(value: object) -> str:
    if value is None:
        return _("left open")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        if value and all(isinstance(each, dict) and {"ask", "chosen"} <= each.keys() for each in value):
            return "\n".join(_quiz(each) for each in value)
        if value and all(isinstance(each, int) and not isinstance(each, bool) for each in value):
            return ", ".join(
                _("option {value}").format(value=each + 1) for each in value
            )  # a quiz as it was kept before it had its words
        return ", ".join(_value(each) for each in value)
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_value(each)}" for name, each in value.items())
    return str(value)


def _quiz(item: dict[str, Any]) -> str:
    """`What helps? A longer out-breath (as the page has it)`: no mark, no score."""
    page = _("as the page has it") if item.get("right") else _("the page has another answer")
    return f"{item['ask']} {item['chosen']} ({page})"


def _step(step: dict[str, Any]) -> str:
    length = spell(step["end_ms"] - step["start_ms"])
    status = printable(_STEP.get(step["status"], step["status"]))
    return f"  {clock(step['start_ms']):>7}  {printable(step['kind']):<16}  {length:<12}  {status}".rstrip()


def _receipt(record: dict[str, Any]) -> list[str]:
    timing, sink = record["timing"], str(record["audio"].get("sink", "none"))
    lines = [_("Without sound.") if sink == "none" else _("Sound by {sink}.").format(sink=sink)]
    late = timing.get("late_ms")
    if isinstance(late, dict) and isinstance(late.get("max"), int | float) and "p95" in late:
        cues = timing.get("cues")
        lines.append(
            _("{cues} cues: 95 of 100 came within {late} ms of their time, all within {late2} ms.").format(
                cues=cues, late=late["p95"], late2=late["max"]
            )
        )
    if underruns := record["audio"].get("underruns"):
        lines.append(_("The sound had {underruns} short gaps.").format(underruns=underruns))
    return lines


def _kept_back(shared: object) -> list[str]:
    """What is not in a record that was shared, so that an absence is not taken for a no."""
    if not isinstance(shared, dict):
        return []
    lines = []
    if isinstance(held := shared.get("answers_kept_back"), int) and held:
        lines.append(ngettext("One answer.", "{count} answers.", held).format(count=held))
    if shared.get("note_kept_back"):
        lines.append(_("A note."))
    parts = shared.get("parts")
    away = [said for part, said in _SHARED.items() if isinstance(parts, list) and part not in parts]
    if away:
        lines.append(_("Not chosen, whether there were any or not: {parts}.").format(parts="; ".join(away)))
    return lines


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _indented(texts: Iterable[str]) -> list[str]:
    return [f"  {line}" for text in texts for line in printable(text, lines=True).split("\n")]


def _effects(found: object) -> list[str]:
    """What a client said of an unpleasant session; none where nothing readable is there."""
    from mindful.tui.unpleasant import LASTS, STEPS, STRENGTHS

    if not isinstance(found, dict):
        return []
    strength, lasting = STRENGTHS.get(str(found.get("strength"))), LASTS.get(str(found.get("lasting")))
    steps = found.get("next")
    chosen = [STEPS[step] for step in steps if step in STEPS] if isinstance(steps, list) else []
    said = [
        _("  It was {strength}.").format(strength=strength) if strength else "",
        _("  Afterwards: {lasting}.").format(lasting=lasting) if lasting else "",
    ]
    return [line for line in (*said, *(_("  Next time: {step}.").format(step=step) for step in chosen)) if line]
