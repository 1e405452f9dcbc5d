"""`plan` as a sheet: goals, the daily check-in, the sleep diary, activities, what keeps one well. Called by `pieces`.

If-then plans after Gollwitzer 1999, Am Psychol 54:493-503; naming the obstacle first after Oettingen and Gollwitzer
2010. Predicted and actual pleasure and mastery after Beck et al. 1979. The sleep diary has the items of the consensus
sleep diary's core (Carney et al. 2012) in words of our own.
"""

from __future__ import annotations

from mindful.script.kinds.sheets import Plan, field_of
from mindful.script.model import Step
from mindful.timeline.model import SheetPrompt
from mindful.timeline.piece import Context, Piece
from mindful.timeline.sheet import SheetField
from mindful.timeline.sleep import night
from mindful.tongue import _

GOAL_NAMES = {
    "sleep": _("Sleep"),
    "activity": _("Doing things"),
    "nutrition": _("Food"),
    "movement": _("Movement"),
    "stress": _("Stress"),
    "connection": _("People"),
}
TITLES = {
    "goal": _("A plan"),
    "check-in": _("How today was"),
    "sleep-diary": _("Last night"),
    "activity": _("Something to do"),
    "activity-review": _("How it was"),
    "wellness": _("What keeps me well"),
    "wellness-review": _("Does it still fit?"),
}
FIRST = {
    "goal": _("One small thing is more than a large one that never begins."),
    "check-in": _("A minute. Nothing here is good or bad."),
    "sleep-diary": _("Guesses are fine: no need to look at a clock at night."),
    "activity": _("Small is fine. Feeling like it often comes with doing it, not before."),
    "activity-review": _("However it was, it is worth knowing."),
    "wellness": _("Written together, if you like, and read again when it is needed."),
    "wellness-review": _("Once a week, a short look."),
}


def plan(body: Plan, step: Step, _c: Context) -> Piece:
    """The sheet of a plan or a diary."""
    form = body.form
    fields: tuple[SheetField, ...]
    if form == "goal":
        fields = tuple(f for goal in body.goals for f in _goal(goal, body))
    elif form == "check-in":
        fields = _check_in(body)
    else:
        fields = {
            "sleep-diary": SLEEP, "activity": ACTIVITY, "activity-review": ACTIVITY_REVIEW,
            "wellness": WELLNESS, "wellness-review": WELLNESS_REVIEW,
        }[form]  # fmt: skip
    about = {"form": f"plan-{form}" if form != "sleep-diary" else form, "asks": {f.name: f.ask for f in fields}}
    if body.of is not None:
        about["of"] = body.of
    if body.goals:
        about["goals"] = list(body.goals)
    return Piece(
        length_ms=None,
        prompt=SheetPrompt(
            id=step.id,
            title=TITLES[form],
            text=FIRST[form],
            private=body.private,
            fields=fields,
            about=about,
            works=night if form == "sleep-diary" else None,
        ),
    )


def goal_name(goal: str) -> str:
    """What a goal is called; the author's own words as they are."""
    return GOAL_NAMES.get(goal, goal)


def _goal(goal: str, body: Plan) -> tuple[SheetField, ...]:
    name = goal_name(goal)
    asks = {
        "what": (_("{goal}: what would you like to do?"), EXAMPLES.get(goal, "")),
        "when": (_("{goal}: when?"), _("A day and a time, or after something that you do anyway.")),
        "where": (_("{goal}: where?"), ""),
        "obstacle": (_("{goal}: what in you could get in the way?"), _("A thought, a feeling, a habit.")),
        "if-then": (_("{goal}: if that comes, what then?"), _("If it rains, then I walk round the flat.")),
    }
    first = field_of(goal, "what")
    return tuple(
        SheetField(
            name=field_of(goal, part),
            ask=asks[part][0].format(goal=name),
            help=asks[part][1],
            private=body.private,
            when=(first, "!=", "") if part != "what" and "what" in body.ask else None,
        )
        for part in body.ask
    )


EXAMPLES = {
    "sleep": _("Getting up at the same time, for example."),
    "activity": _("Something that was pleasant once, or that is waiting to be done."),
    "nutrition": _("A regular meal, or one thing that is good for you."),
    "movement": _("Ten minutes of walking count."),
    "stress": _("A pause, a no, a smaller load."),
    "connection": _("A message, a call, a cup of tea with somebody."),
}


def _check_in(body: Plan) -> tuple[SheetField, ...]:
    kept = tuple(
        SheetField(
            name=field_of(goal, "done"),
            ask=_("{goal}: how did it go?").format(goal=goal_name(goal)),
            answer="choice",
            options=(_("as planned"), _("partly"), _("not today"), _("something else instead")),
        )
        for goal in body.goals
    )
    return (
        SheetField(
            name="mood", ask=_("How was your mood today?"), answer="scale", low=0, high=10,
            low_word=_("very low"), high_word=_("very good"),
        ),
        SheetField(
            name="energy", ask=_("How much energy was there?"), answer="scale", low=0, high=10,
            low_word=_("none"), high_word=_("very much"),
        ),
        *kept,
        SheetField(name="good", ask=_("Was there something, however small, that was all right?")),
        SheetField(name="tomorrow", ask=_("Is there one thing for tomorrow?")),
    )  # fmt: skip


SLEEP = (
    SheetField(name="in_bed", ask=_("When did you get into bed?"), answer="time"),
    SheetField(name="tried", ask=_("When did you begin to try to sleep?"), answer="time"),
    SheetField(
        name="latency", ask=_("About how many minutes until you slept?"), answer="number", low=0, high=720
    ),
    SheetField(
        name="awakenings", ask=_("How many times did you wake, the last time not counted?"), answer="number",
        low=0, high=60,
    ),
    SheetField(
        name="awake", ask=_("How many minutes were you awake then, all together?"), answer="number", low=0, high=900,
        when=("awakenings", ">", 0),
    ),
    SheetField(name="woke", ask=_("When did you wake for the last time?"), answer="time"),
    SheetField(name="up", ask=_("When did you get up for the day?"), answer="time"),
    SheetField(
        name="quality", ask=_("How was your sleep?"), answer="scale", low=1, high=5, low_word=_("very poor"),
        high_word=_("very good"),
    ),
    SheetField(name="note", ask=_("Anything about the night?"), help=_("Noise, a child, pain, medicine.")),
)  # fmt: skip

ACTIVITY = (
    SheetField(name="what", ask=_("What would you like to do?"), required=True, help=EXAMPLES["activity"]),
    SheetField(name="when", ask=_("When?")),
    SheetField(name="where", ask=_("Where, and with whom?")),
    SheetField(name="pleasure_expected", ask=_("How pleasant do you think it will be?"), answer="scale", low=0, high=10,
               low_word=_("not at all"), high_word=_("very")),
    SheetField(name="mastery_expected", ask=_("How much will it feel like having managed something?"), answer="scale",
               low=0, high=10, low_word=_("not at all"), high_word=_("very much")),
    SheetField(name="obstacle", ask=_("What could get in the way?")),
    SheetField(name="if_then", ask=_("If that comes, what then?"), when=("obstacle", "!=", "")),
)  # fmt: skip
ACTIVITY_REVIEW = (
    SheetField(name="done", ask=_("Did you do it?"), answer="choice",
               options=(_("yes"), _("partly"), _("not this time"), _("something else instead"))),
    SheetField(name="pleasure", ask=_("How pleasant was it?"), answer="scale", low=0, high=10,
               low_word=_("not at all"), high_word=_("very")),
    SheetField(name="mastery", ask=_("How much did it feel like having managed something?"), answer="scale", low=0,
               high=10, low_word=_("not at all"), high_word=_("very much")),
    SheetField(name="learned", ask=_("What would you like to remember of it?")),
)  # fmt: skip
WELLNESS = (
    SheetField(name="well", ask=_("How am I when I am well?")),
    SheetField(name="daily", ask=_("What keeps me well from day to day?")),
    SheetField(name="sometimes", ask=_("What do I need now and then?")),
    SheetField(name="strains", ask=_("What strains me?")),
    SheetField(name="signs", ask=_("How do I notice early that it is getting less well?")),
    SheetField(name="then", ask=_("What do I do then?")),
    SheetField(name="others", ask=_("Who can help, and with what?")),
    SheetField(name="therapist", ask=_("What did we agree on, my therapist and I?")),
)
WELLNESS_REVIEW = (
    SheetField(name="kept", ask=_("How much of it was there this week?"), answer="scale", low=0, high=10,
               low_word=_("nothing"), high_word=_("all of it")),
    SheetField(name="signs_seen", ask=_("Did you notice an early sign?"), answer="yes-no"),
    SheetField(name="signs_which", ask=_("Which one, and what helped?"), when=("signs_seen", "==", True)),
    SheetField(name="change", ask=_("Is there something to change in the plan?")),
)  # fmt: skip
