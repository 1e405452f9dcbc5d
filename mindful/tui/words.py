"""Every sentence and figure of speech that the screen adds by itself, in one place: to read aloud and to translate.

Invitations, never orders; no promise, no blame. Called by all screens.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mindful.tongue import _, figure, month, ngettext, pgettext, weekday
from mindful.tui.clean import clean

if TYPE_CHECKING:
    from datetime import date, datetime

CAUTIONS: dict[str, str] = {
    "pregnancy": _("If you are pregnant, please ask your midwife or doctor first, and leave out holding the breath."),
    "heart": _("If you have a heart condition, please ask your doctor first, or choose a session without holds."),
    "blood-pressure": _("If your blood pressure is high or low, please ask your doctor first, and stand up slowly."),
    "epilepsy": _("If you have had seizures, please ask your doctor first, and have someone near you."),
    "asthma": _("If you have asthma, keep your reliever near, breathe gently, and stop if your chest feels tight."),
    "copd": _(
        "If you have a lung disease such as COPD, please ask your doctor first, and let each out-breath be easy."
    ),
    "glaucoma": _("If you have glaucoma or had eye surgery, please ask your doctor first, and leave out straining."),
    "surgery": _("If you had surgery lately, please ask your doctor first, and leave out whatever pulls or hurts."),
    "panic": _("If watching your breath brings on panic, you may keep your eyes open and listen to the room instead."),
    "trauma": _("If something painful is touched, you may leave that part out, open your eyes, or stop. All are fine."),
    "psychosis": _("If you hear or see things that others do not, please speak with the person who treats you first."),
    "pain": _("If something hurts, you may change your position or leave that part out."),
    "injury": _("If you have an injury, leave out every movement that pulls at it."),
    "ear": _("If you have an ear infection or loud sounds trouble you, turn the sound down or off."),
    "sleepiness": _("This can make you sleepy. Please do not drive or use machines during it or right after it."),
    "other": _("If you are not sure whether this suits you, please ask the person who treats you."),
}
"""One careful sentence for each caution that a script can name."""

ALWAYS = _(
    "Sit or lie somewhere safe: not while driving, not in or near water. If you feel dizzy, tingling, or unwell, "
    "let your breath come as it likes, open your eyes and look around. You can stop at any time."
)

TIERS: dict[str, tuple[str, str]] = {
    "green": ("+", _("gentle")),
    "yellow": ("++", _("moderate")),
    "red": ("+++", _("intense")),
}
"""Safety tier: a sign and a word, so that colour is never the only one to say it."""

TIER_MEANS: dict[str, str] = {
    "green": _("No holding of the breath, an easy pace."),
    "yellow": _("Short holds or a very slow pace."),
    "red": _("Fast breathing or long holds."),
}

ACKNOWLEDGE = _("I have read this. I am somewhere safe, and none of it speaks against it for me today.")
ACKNOWLEDGE_FIRST = _(
    "This one is intense. If it is right for you today, please tick the line above with Space. Esc goes back, and "
    "that is fine too."
)

INTENSE = _(
    "Fast breathing and long holds can make anyone faint without warning; people have drowned after them. Never in or "
    "near water, not in the bath or the shower either, never while driving or with machines, never standing. Sit or "
    "lie down, on something soft, and let somebody be near. Tingling, cramps, a pounding heart, or fear: let your "
    "breath come as it likes, open your eyes and look around. You can stop at any time."
)
"""Before every intense session, each time."""

PHASES: dict[str, str] = {
    "inhale": _("Breathe in"),
    "top_up": _("A little more"),
    "hold": _("Hold"),
    "exhale": _("Breathe out"),
    "rest": _("Rest"),
}

THROUGH: dict[str, str] = {
    "nose": _("through the nose"),
    "mouth": _("through the mouth"),
    "left": _("through the left nostril"),
    "right": _("through the right nostril"),
    "hum": _("humming"),
    "pursed": _("through pursed lips"),
}

THROUGH_SHORT: dict[str, str] = {
    "mouth": _("by mouth"),
    "left": _("left"),
    "right": _("right"),
    "hum": _("humming"),
    "pursed": _("pursed lips"),
}
"""Where there is only one line for phase and way; through the nose need not be said there."""

SHAPE = _("The breath is shown as:")
PACERS: dict[str, str] = {
    "circle": _("circle"),
    "wave": _("wave"),
    "column": _("column"),
    "ring": _("ring"),
    "petals": _("petals"),
    "word": _("word"),
    "none": _("nothing, for closed eyes"),
}

KINDS: dict[str, str] = {
    "say": _("a few words"),
    "pause": _("quiet"),
    "bell": _("bell"),
    "sound": _("sound"),
    "breathe": _("breathing"),
    "sit": _("sitting"),
    "scan": _("through the body"),
    "relax": _("letting go"),
    "move": _("movement"),
    "exposure": _("exposure"),
    "ground": _("the senses"),
    "rate": _("a question"),
    "ask": _("a question"),
    "wait": _("at your pace"),
    "learn": _("reading"),
    "choose": _("a choice"),
    "questionnaire": _("questions"),
    "thought_record": _("a thought"),
    "plan": _("a plan"),
    "hrv_biofeedback": _("breath and heart"),
    "neurofeedback": _("brain and sound"),
    "repeat": _("again"),
    "include": _("next part"),
}
"""What a step without a label is called."""

TENSED = _("Tense, gently")
RELEASED = _("Let go")
HELD = _("Stay")
"""Muscles that are tensed, and those that were; a pose that is held."""

PAUSED = _("Paused. Take the time you need.")
ENDING = _("Coming to an end, softly.")
GROUNDING = _("Landing. After it, the session is over.")
VOICE_COMES = _("In a moment. The voice is getting ready.")
SPACE_GOES_ON = _("Space or Enter, when you are ready")
ENTER_GOES_ON = _("Enter goes on when you are ready")
NO_EXPOSURES = _("No exposure so far. They belong in a plan with a therapist; l shows the ladders.")
ASKS_IN = _("asks again in {time}")
RATE_OR_END = _("Enter rates it now · x ends it here, by choice")
HIDDEN = _("The screen goes dark. Any key brings it back.")
NOTHING_CHOSEN = _("Nothing chosen, and that is fine. Enter once more leaves it open.")
TAP, TAP_COUNT, TAP_NINTH, TAP_LOST = _("Breath"), _("Breath 1-8"), _("Ninth"), _("Lost it")
TAP_HOW = _("Space each time a breath in begins. It ends by itself. There is no pace to keep.")
COUNT_HOW = _(
    "Space with each breath, one to eight; Enter with the ninth, then one again. Backspace if the count was lost."
)
KEEP = _("Keep it")
NEEDED = _("The session needs this one to go on. You can also end here with Esc.")
NOT_UNDERSTOOD = {
    "number": _("A number, such as 7 or 2.5."),
    "time": _("A time, such as 22:30."),
}
HOW_WAS_IT = _("How was that for you?")
FEELINGS = (_("rough"), _("not so good"), _("all right"), _("good"), _("very good"))
"""1 to 5."""
ROUGH = _(
    "Thank you for saying so. Practice can stir things up. Feel your feet on the floor, look around the room, and let "
    "your breath be as it is. Next time something shorter may suit you better. If it stays with you, please tell "
    "someone you trust, or the person who treats you."
)
UNPLEASANT = _("What may help, now and next time (u)")
CRASHED = _("Something went wrong in the program, not with you.")
CRASHED_KEPT = _("What you did up to here is kept in your journal.")


def found(count: int, of: int) -> str:
    """`3 of 5`; what is found is a gain, and what is not is no lack."""
    return _("{count} of {of}").format(count=count, of=of)


def part(name: str, number: int, of: int, room: int) -> str:
    """`the left foot, 3 of 14`; without the name where it does not fit or says nothing new."""
    place = _("{number} of {of}").format(number=number, of=of)
    full = f"{name} · {place}"
    return full if name and len(full) <= room else place


def begun(excerpt: str) -> str:
    """What is offered of a draft; private words are not shown unasked."""
    what = (
        _("You had begun to write: “{excerpt}”.").format(excerpt=excerpt)
        if excerpt
        else _("You had begun to write something here.")
    )
    return _("{what} Keep it? Ctrl+K").format(what=what)


SHEET_NEEDED = _("This one is needed before you go on. You can also end here: Ctrl+C.")
SHEET_REVIEW = _("to look over")


def sheet_begun(done: int) -> str:
    """What is offered of a sheet that was begun another time; what was written in it is not shown unasked."""
    what = ngettext("You had begun this sheet: {done} answer.", "You had begun this sheet: {done} answers.", done)
    return _("{what} Keep it? Ctrl+K").format(what=what.format(done=done))


def sheet_place(number: int, of: int) -> str:
    """`3 of 9 · 6 more`."""
    place = _("{number} of {of}").format(number=number, of=of)
    if number >= of:
        return place
    return _("{place} · {left} more").format(place=place, left=of - number)


def sheet_said(value: object) -> str:
    """An answer on the page where a sheet is looked over, on one line."""
    if value is None:
        return _("left open")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return clean(", ".join(map(str, value))).replace("\n", " ")
    if isinstance(value, int | float):
        return figure(value)
    return clean(str(value)).replace("\n", " ")


def clock(ms: float) -> str:
    """`4:05`, `1:02:00`. Whole seconds, rounded up, so that it says 0:00 only when nothing is left."""
    total = max(0, -(-int(ms) // 1000))
    hours, rest = divmod(total, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def stopwatch(ms: float) -> str:
    """Time gone by: whole seconds, rounded down."""
    return clock(max(0, int(ms)) // 1000 * 1000)


def length(ms: int | None) -> str:
    """`45 s`, `6 min`, `1 h 5 min`; an open one is `open`. Above two minutes the seconds are left out."""
    if ms is None:
        return pgettext("a length", "open")
    secs = round(ms / 1000)
    if secs < 60:
        return f"{secs} s"
    if secs < 120 and secs % 60:
        return f"1 min {secs % 60} s"
    minutes = round(secs / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def between(total: int | None, low: int, high: int | None) -> str:
    """How long a session takes, as far as it is known: `6 min`, `5 to 12 min`, `4 min or longer`.

    Under a minute the least of an open session is only its fixed words: no length that anyone would plan by.
    """
    if total is not None and (high is None or length(low) == length(high) or low == high):
        return length(total) if high is not None else _("about {total}").format(total=length(total))
    if high is None:
        return _("{low} or longer").format(low=length(low)) if low >= 60_000 else _("as long as you like")
    a, b = length(low), length(high)
    if a == b:
        return a
    short = a.removesuffix(" min") if a.endswith(" min") and b.endswith(" min") else a
    return _("{short} to {b}").format(short=short, b=b)


def tier(name: str) -> str:
    """`+ gentle`."""
    sign, word = TIERS.get(name, ("", name))
    return f"{sign} {word}".strip()


def ended(status: str, elapsed_ms: int) -> str:
    """The first line after a session."""
    spent = length(elapsed_ms)
    if status == "completed":
        return _("That was {spent}, from beginning to end.").format(spent=spent)
    if status == "stopped":
        return _("You stopped after {spent}. That is fine.").format(spent=spent)
    return _("The session was cut off after {spent}. What happened up to there is kept.").format(spent=spent)


QUICK: tuple[tuple[str, str, str, str], ...] = (
    ("quick:minute", _("a minute to breathe"), _("breathe 1 min"), _("breathe")),
    ("quick:breathe", _("five minutes to breathe"), "5 min", "5 min"),
    ("quick:quiet", _("ten minutes of quiet"), _("10 min quiet"), _("quiet")),
)
"""(what `Host.load` knows it by, its name, shorter ones) of what one key begins, from 1 on."""
AGAIN = _("again: ")
AGAIN_SHORT = _("again")
NEXT = _("your plan: ")
NEXT_SHORT = _("plan")
PROGRAMME = _("Your programme")
SEARCH = _("Type to search: sleep, calm, seated")
SEARCH_ALL = _("Every key is a letter now. Esc goes back.")
NOTHING_FOUND = _("Nothing by that name. Fewer letters find more.")
FIRST = _("F5, if you like: a few questions, so that nothing begins that may not be safe for you. It can wait.")
NOTHING_FITS = _("Nothing fits all of that. F2, F3 and F4 show more again.")
WELCOME = _("Welcome. Press 1 for a minute of breathing. Nothing has to be set up.")
SHAPES = {
    "breath": _("breath"),
    "held": _("with holds"),
    "voice": _("words"),
    "bell": _("bell"),
    "quiet": _("quiet"),
    "ask": _("a question"),
}
"""What the marks of a session's shape are, in the order of the legend."""

SETTINGS = _("Settings")
SETTINGS_IN = _("What is changed here is written at once into this file, where it can be changed too:")
SETTINGS_KEYS = _("What a key does. Enter, then the new key; Delete gives back the usual one. q and Ctrl+C always end.")
PRESS_A_KEY = _("press a key")
EMPTY = _("(empty)")


VIEWS = {
    "month": _("Month"),
    "ratings": _("Ratings"),
    "practices": _("Practices"),
    "exposures": _("Exposure"),
    "records": _("Records"),
}
JOURNEY_EMPTY = _("Nothing here yet, and nothing is missing. What you do from now on shows here, for you alone.")
JOURNEY_LOCKED = _("Your journal is encrypted and locked. What you do is kept. `mindful journal unlock` opens it.")
JOURNEY_COMES = _("One moment")
LONG_AGO = _("Good to see you. It is fine to begin again, any day, as often as you like.")
MINUTES = _("Minutes a day, the last four weeks")
NO_RATINGS = _("Some sessions ask the same question before and after. The answers are drawn here, side by side.")
RATINGS = _("o before, x after, * the same; the oldest left. Which way is better only you can say.")
RATED_SIGNS = _("o before, x after, the oldest left")
RATED = _("How it was")
RECORD = _("What the record holds")
NOTED = _("with a note")
ALL_RECORDS = _("all records")
STATUS = {"completed": "", "stopped": _("ended early"), "interrupted": _("cut short")}


PALETTE = _("What would you like to do?")
OPEN = _("Open: ")


def day_said(day: date) -> str:
    """`22 November 2026`."""
    return _("{day} {month} {year}").format(day=day.day, month=month(day.month), year=day.year)


def month_said(count: int, elapsed_ms: int) -> str:
    """What a month holds."""
    if not count:
        return _("Nothing in this month.")
    found = ngettext("One day in this month, {spent}.", "{count} days in this month, {spent}.", count)
    return found.format(count=count, spent=length(elapsed_ms))


AS_MADE = _("as made")
NO_VOICE = _("none, only shown")
LENGTH, VOICE, BACKGROUND = _("Length"), _("Voice"), _("Background")
SIDE_BY_SIDE = _("Side by side")
RECORD_KEY = _("r shows everything that it holds.")


def in_a_row(count: int) -> str:
    """Only where a client asked to have it counted."""
    return _("One day in a row.") if count == 1 else _("{count} days in a row.").format(count=count)


def rated(before: float, after: float) -> str:
    """Two ratings side by side, without a judgement."""
    return _("{before} before, {after} after").format(before=figure(before), after=figure(after))


def rated_last(before: float, after: float) -> str:
    """The last pair of a row."""
    return _("The last time: {before}.").format(before=rated(before, after))


def practised(times: int, elapsed_ms: int, last: date, today: date) -> str:
    """One practice in a line."""
    often = {1: _("once"), 2: _("twice")}.get(times, _("{times} times").format(times=times))
    days = (today - last).days
    day = (
        _("{day} {month}").format(day=last.day, month=month(last.month)) if last.year == today.year else day_said(last)
    )
    when = _("today") if days <= 0 else _("yesterday") if days == 1 else _("on {day}").format(day=day)
    return _("{often}, {elapsed_ms}, last {when}").format(often=often, elapsed_ms=length(elapsed_ms), when=when)


def greeting(title: str, at: datetime, now: datetime, elapsed_ms: int) -> str:
    """One line about what was done last. A long time in between is no matter, and is not counted."""
    day, today = ((x.replace(tzinfo=None) - timedelta(hours=4)).date() for x in (at, now))
    part = _("morning") if 4 <= at.hour < 12 else _("afternoon") if 12 <= at.hour < 18 else _("evening")
    spent = length(elapsed_ms)
    days = (today - day).days
    if days <= 0:
        return _("Earlier today: {title}, {spent}.").format(title=title, spent=spent)
    if days == 1:
        return _("Yesterday {part}: {title}, {spent}.").format(part=part, title=title, spent=spent)
    if days < 7:
        return _("On {day}: {title}, {spent}.").format(day=weekday(at.weekday()), title=title, spent=spent)
    return _("Good to see you. Last time it was {title}.").format(title=title)
