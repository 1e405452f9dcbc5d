"""`thought_record` as a sheet: five or seven columns, an experiment, what came of one. Called by `pieces`.

Columns: five after A. T. Beck et al. 1979, Cognitive Therapy of Depression (the daily record of dysfunctional
thoughts); seven after Greenberger and Padesky 1995, Mind Over Mood. Experiments after Bennett-Levy et al. 2004, Oxford
Guide to Behavioural Experiments in Cognitive Therapy. All words are our own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mindful.script.kinds.sheets import ThoughtRecord
from mindful.script.model import Step
from mindful.timeline.model import SheetPrompt
from mindful.timeline.piece import Context, Piece
from mindful.timeline.sheet import SheetField
from mindful.tongue import _

NOT_AT_ALL, WHOLLY = _("not at all"), _("completely")
NONE, STRONGEST = _("not there"), _("as strong as can be")

STYLES: tuple[tuple[str, str], ...] = (
    ("all-or-nothing", _("All or nothing: only two ends, nothing between them")),
    ("catastrophising", _("Expecting the worst: as if it were sure to come")),
    ("mind-reading", _("Mind reading: as if I knew what others think")),
    ("fortune-telling", _("Fortune telling: as if I knew how it will go")),
    ("filter", _("Filter: only what went badly is seen")),
    ("discounting", _("What is good does not count")),
    ("overgeneralising", _("Once is always: one time stands for every time")),
    ("shoulds", _("Musts and shoulds: rules that leave no room")),
    ("labelling", _("Labels: one word for a whole person")),
    ("personalising", _("Taking it on: as if it were all because of me")),
    ("feelings-as-facts", _("Feelings as facts: it feels so, so it must be so")),
)
"""Names for ways of thinking that everybody knows, each with what it looks like. (key, words)."""


def thought_record(body: ThoughtRecord, step: Step, c: Context) -> Piece:
    """The sheet of a thought record or an experiment."""
    fields = {"record": _record, "experiment": _experiment, "outcome": _outcome}[body.form](body)
    fields = tuple(_worded(field, body, c) for field in fields)
    five = body.columns in (5, "five")
    about: dict[str, Any] = {"form": f"thought-{body.form}", "asks": {field.name: field.ask for field in fields}}
    if body.of is not None:
        about["of"] = body.of
    if body.form == "record":
        about["columns"] = 5 if five else 7
    prompt = SheetPrompt(
        id=step.id, title=TITLES[body.form], text=FIRST[body.form], private=body.private, fields=fields, about=about
    )
    return Piece(length_ms=None, prompt=prompt)


TITLES = {
    "record": _("A thought, looked at"),
    "experiment": _("An experiment"),
    "outcome": _("What came of it"),
}
FIRST = {
    "record": _("A few words are enough. What does not fit can be left open."),
    "experiment": _("Something small that would show whether it is so."),
    "outcome": _("There is no wrong result: whatever happened says something."),
}


def _worded(field: SheetField, body: ThoughtRecord, c: Context) -> SheetField:
    """The field in the author's words, where there are any."""
    words = next((text for name, text in body.prompts.items() if name == field.name), None)
    return replace(field, private=body.private, ask=field.ask if words is None else c.say(words))


def _scale(name: str, ask: str, *, feeling: bool = False, when: str = "") -> SheetField:
    low, high = (NONE, STRONGEST) if feeling else (NOT_AT_ALL, WHOLLY)
    return SheetField(
        name=name, ask=ask, answer="scale", low=0, high=100, increment=5, low_word=low, high_word=high,
        when=(when, "!=", "") if when else None,
    )  # fmt: skip


def _record(body: ThoughtRecord) -> tuple[SheetField, ...]:
    seven = body.columns in (7, "seven")
    styles = SheetField(
        name="styles",
        ask=_("Does one of these fit the thought?"),
        answer="choices",
        options=tuple(words for _key, words in STYLES),
        help=_("Everybody thinks in these ways at times. None has to fit."),
    )
    thought = (
        SheetField(
            name="thought", ask=_("What went through your mind just then?"), help=_("A sentence, or a picture.")
        ),
        _scale("belief_before", _("How much do you believe it now?"), when="thought"),
    )
    feeling = (
        SheetField(name="emotion", ask=_("What did you feel?"), help=_("One word or several: afraid, sad, angry.")),
        _scale("emotion_before", _("How strong was it?"), feeling=True, when="emotion"),
    )
    weighed = (
        SheetField(name="evidence_for", ask=_("What speaks for the thought?"), help=_("What a camera would see.")),
        SheetField(name="evidence_against", ask=_("What does not fit it, or is left out by it?")),
    )
    return (
        SheetField(name="situation", ask=_("What happened? Where were you, and with whom?")),
        # Mood first in seven columns, the thought first in five, as in their sources.
        *((*feeling, *thought) if seven else (*thought, *feeling)),
        *((styles,) if body.styles else ()),
        *(weighed if seven else ()),
        SheetField(
            name="balanced",
            ask=_("How could one see it that takes all of this into account?"),
            help=_("It need not be cheerful, only fair. What would you say to a friend?"),
        ),
        _scale("balanced_belief", _("How much do you believe that?"), when="balanced"),
        _scale("belief_after", _("And the first thought: how much do you believe it now?"), when="thought"),
        _scale("emotion_after", _("How strong is the feeling now?"), feeling=True, when="emotion"),
        SheetField(name="next", ask=_("Is there something small that you would like to do now?")),
    )


def _experiment(_body: ThoughtRecord) -> tuple[SheetField, ...]:
    return (
        SheetField(name="thought", ask=_("Which thought would you like to try out?")),
        SheetField(
            name="prediction", ask=_("If it were so, what exactly would happen?"), help=_("Something one could see.")
        ),
        _scale("prediction_belief", _("How much do you believe that it will happen?"), when="prediction"),
        SheetField(name="test", ask=_("What could you do to find out?"), help=_("Small enough to be done this week.")),
        SheetField(name="when", ask=_("When and where?")),
        SheetField(
            name="leave_out",
            ask=_("Is there something you usually do to be safe that you could leave out?"),
            help=_("Only if you like, and only where it is no danger."),
        ),
    )


def _outcome(_body: ThoughtRecord) -> tuple[SheetField, ...]:
    return (
        SheetField(name="outcome", ask=_("What happened?"), help=_("What a camera would see.")),
        SheetField(name="learned", ask=_("What does that say about the thought?")),
        _scale("prediction_after", _("How much do you believe now that it happens next time?")),
        SheetField(name="next", ask=_("What would you like to try next?")),
    )
