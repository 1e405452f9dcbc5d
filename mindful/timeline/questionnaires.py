"""`questionnaire` as a sheet, and a page with the number that comes out. Called by `pieces`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from mindful.script.kinds.sheets import Questionnaire, hours_of
from mindful.script.model import Step
from mindful.script.questionnaires import Definition
from mindful.timeline import scoring
from mindful.timeline.model import LearnPrompt, SheetPrompt
from mindful.timeline.past import Earlier
from mindful.timeline.piece import Context, Piece
from mindful.timeline.sheet import SheetField
from mindful.tongue import _, figure

FORM = "questionnaire"
SAME_TIME_H = 2.0
"""Somebody who answers at breakfast answers next week at breakfast too, and not to the minute later."""


def questionnaire(body: Questionnaire, step: Step, c: Context) -> tuple[Piece, ...]:
    """The sheet and the page with its number; a moment without length where it was answered lately."""
    definition = c.script.questionnaires[body.name]
    earlier = c.past.questionnaire(definition.id)
    hours = hours_of(body.every) if body.every is not None else None
    if hours is not None and earlier is not None and earlier.hours < hours - min(SAME_TIME_H, hours / 4):
        return (Piece(length_ms=0, label=_("Answered lately")),)
    sheet = Piece(length_ms=None, prompt=prompt(definition, body, step, c, earlier))
    if not body.result:
        return (sheet,)
    answer = c.values.get(step.id or c.path)
    if not isinstance(answer, Mapping):
        # Nothing was answered, or the answer is not known yet.
        return (sheet, Piece(length_ms=0, label=_("The number")))
    page = told(definition, answer, c, earlier, bands=body.bands)
    return (
        sheet,
        Piece(length_ms=None, prompt=LearnPrompt(text=page, source=definition.attribution), label=_("The number")),
    )


def prompt(
    definition: Definition, body: Questionnaire, step: Step, c: Context, earlier: Earlier | None = None
) -> SheetPrompt:
    """All its items on one sheet."""
    ask = c.say(definition.ask)
    fields = tuple(
        SheetField(
            name=item.id,
            ask=c.say(item.text),
            lead=ask,
            answer="choice",
            options=tuple(c.say(o.text) for o in definition.options_of(item.id)),
            private=body.private,
            support_from=_support_from(definition, item.id),
        )
        for item in definition.items
    )
    asks = {field.name: field.ask for field in fields}
    about: dict[str, Any] = {"form": FORM, "questionnaire": definition.id, "asks": asks}
    if earlier is not None:
        about["last"] = {"day": earlier.day, "scores": dict(earlier.scores)}
    options = {name: tuple(c.say(o.text) for o in definition.options_of(name)) for name in definition.ids}
    return SheetPrompt(
        id=step.id,
        title=c.say(definition.title),
        text="" if body.result else definition.attribution,
        private=body.private,
        fields=fields,
        about=about,
        works=partial(_worked_out, definition, options, body.bands),
    )


def _support_from(definition: Definition, name: str) -> int | None:
    """The place of the first option from which the client's own plan is shown."""
    item = next(i for i in definition.items if i.id == name)
    if item.support_from is None:
        return None
    places = range(len(definition.options_of(name)))
    return next((k for k in places if scoring.item_score(definition, name, k) >= item.support_from), None)


def _counted(
    definition: Definition, options: Mapping[str, tuple[str, ...]], answer: Mapping[str, Any]
) -> dict[str, Any]:
    chosen = {
        name: options[name].index(said) if (said := answer.get(name)) in options[name] else None
        for name in definition.ids
    }
    return scoring.counted(definition, chosen)


def _worked_out(
    definition: Definition, options: Mapping[str, tuple[str, ...]], bands: bool, answer: Mapping[str, Any]
) -> dict[str, Any]:
    """What each answer counts and the numbers that come out, for the record."""
    counts = _counted(definition, options, answer)
    items = {name: None if count is None else int(count) for name, count in counts.items()}
    return {"items": items, "scores": scoring.as_data(definition, scoring.scores(definition, counts), bands=bands)}


def told(definition: Definition, answer: Mapping[str, Any], c: Context, earlier: Earlier | None, *, bands: bool) -> str:
    """The page with the number and its change: no verdict, and what it is called only where the author asks."""
    options = {name: tuple(c.say(o.text) for o in definition.options_of(name)) for name in definition.ids}
    found = scoring.scores(definition, _counted(definition, options, answer))
    out = [f"# {c.say(definition.title)}"]
    for scale, score in zip(definition.scales, found, strict=True):
        head = f"{c.say(scale.title)}: " if scale.title is not None else ""
        if score.value is None:
            open_ = _("Too many answers were left open for a number. What you answered is kept as it is.")
            out.append(head + open_)
            continue
        higher = (
            _("A higher number means more trouble.")
            if scale.higher == "more trouble"
            else _("A higher number is better.")
        )
        number = _("{value}, on a scale from {least} to {most}.").format(
            value=figure(score.value), least=figure(score.least), most=figure(score.most)
        )
        lines = [f"{head}**{number}** {higher}"]
        if score.prorated:
            lines.append(_("What was left open counts as the mean of the others."))
        before = earlier.scores.get(scale.id) if earlier is not None else None
        if earlier is not None and before is not None:
            lines.append(_change(score.value, before, earlier.day))
        if bands and score.band is not None:
            lines.append(_("In the literature: {band}.").format(band=c.say(scale.bands[score.band].text)))
        out.append(" ".join(lines))
    out.append(_("A number like this is no diagnosis. It is for you, and for whoever you like to talk with about it."))
    return "\n\n".join(out)


def _change(now: float, before: float, day: str) -> str:
    if now == before:
        return _("It was the same on {day}.").format(day=day)
    by = figure(abs(now - before))
    if now > before:
        return _("On {day} it was {before}: {by} more now.").format(day=day, before=figure(before), by=by)
    return _("On {day} it was {before}: {by} less now.").format(day=day, before=figure(before), by=by)
