"""Every sentence and figure of speech that the screen adds by itself, in one place: to read aloud and to translate.

Invitations, never orders; no promise, no blame. Called by all screens.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

CAUTIONS: dict[str, str] = {
    "pregnancy": "If you are pregnant, please ask your midwife or doctor first, and leave out holding the breath.",
    "heart": "If you have a heart condition, please ask your doctor first, or choose a session without holds.",
    "blood-pressure": "If your blood pressure is high or low, please ask your doctor first, and stand up slowly.",
    "epilepsy": "If you have had seizures, please ask your doctor first, and have someone near you.",
    "asthma": "If you have asthma, keep your reliever near, breathe gently, and stop if your chest feels tight.",
    "copd": "If you have a lung disease such as COPD, please ask your doctor first, and let each out-breath be easy.",
    "glaucoma": "If you have glaucoma or had eye surgery, please ask your doctor first, and leave out straining.",
    "surgery": "If you had surgery lately, please ask your doctor first, and leave out whatever pulls or hurts.",
    "panic": "If watching your breath brings on panic, you may keep your eyes open and listen to the room instead.",
    "trauma": "If something painful is touched, you may leave that part out, open your eyes, or stop. All are fine.",
    "psychosis": "If you hear or see things that others do not, please speak with the person who treats you first.",
    "pain": "If something hurts, you may change your position or leave that part out.",
    "injury": "If you have an injury, leave out every movement that pulls at it.",
    "ear": "If you have an ear infection or loud sounds trouble you, turn the sound down or off.",
    "sleepiness": "This can make you sleepy. Please do not drive or use machines during it or right after it.",
    "other": "If you are not sure whether this suits you, please ask the person who treats you.",
}
"""One careful sentence for each caution that a script can name."""

ALWAYS = (
    "Sit or lie somewhere safe: not while driving, not in or near water. If you feel dizzy, tingling, or unwell, "
    "let your breath come as it likes, open your eyes and look around. You can stop at any time."
)

TIERS: dict[str, tuple[str, str]] = {
    "green": ("+", "gentle"),
    "yellow": ("++", "moderate"),
    "red": ("+++", "intense"),
}
"""Safety tier: a sign and a word, so that colour is never the only one to say it."""

TIER_MEANS: dict[str, str] = {
    "green": "No holding of the breath, an easy pace.",
    "yellow": "Short holds or a very slow pace.",
    "red": "Fast breathing or long holds.",
}

ACKNOWLEDGE = "I have read this. I am somewhere safe, and none of it speaks against it for me today."
ACKNOWLEDGE_FIRST = (
    "This one is intense. If it is right for you today, please tick the line above with Space. Esc goes back, and "
    "that is fine too."
)

INTENSE = (
    "Fast breathing and long holds can make anyone faint without warning; people have drowned after them. Never in or "
    "near water, not in the bath or the shower either, never while driving or with machines, never standing. Sit or "
    "lie down, on something soft, and let somebody be near. Tingling, cramps, a pounding heart, or fear: let your "
    "breath come as it likes, open your eyes and look around. You can stop at any time."
)
"""Before every intense session, each time."""

PHASES: dict[str, str] = {
    "inhale": "Breathe in",
    "top_up": "A little more",
    "hold": "Hold",
    "exhale": "Breathe out",
    "rest": "Rest",
}

THROUGH: dict[str, str] = {
    "nose": "through the nose",
    "mouth": "through the mouth",
    "left": "through the left nostril",
    "right": "through the right nostril",
    "hum": "humming",
    "pursed": "through pursed lips",
}

THROUGH_SHORT: dict[str, str] = {
    "mouth": "by mouth",
    "left": "left",
    "right": "right",
    "hum": "humming",
    "pursed": "pursed lips",
}
"""Where there is only one line for phase and way; through the nose need not be said there."""

SHAPE = "The breath is shown as:"
PACERS: dict[str, str] = {
    "circle": "circle",
    "wave": "wave",
    "column": "column",
    "ring": "ring",
    "petals": "petals",
    "word": "word",
    "none": "nothing, for closed eyes",
}

KINDS: dict[str, str] = {
    "say": "a few words",
    "pause": "quiet",
    "bell": "bell",
    "sound": "sound",
    "breathe": "breathing",
    "sit": "sitting",
    "scan": "through the body",
    "relax": "letting go",
    "move": "movement",
    "ground": "the senses",
    "rate": "a question",
    "ask": "a question",
    "wait": "at your pace",
    "learn": "reading",
    "choose": "a choice",
    "repeat": "again",
    "include": "next part",
}
"""What a step without a label is called."""

TENSED = "Tense, gently"
RELEASED = "Let go"
HELD = "Stay"
"""Muscles that are tensed, and those that were; a pose that is held."""

PAUSED = "Paused. Take the time you need."
ENDING = "Coming to an end, softly."
GROUNDING = "Landing. After it, the session is over."
VOICE_COMES = "In a moment. The voice is getting ready."
SPACE_GOES_ON = "Space or Enter, when you are ready"
ENTER_GOES_ON = "Enter goes on when you are ready"
HIDDEN = "The screen goes dark. Any key brings it back."
NOTHING_CHOSEN = "Nothing chosen, and that is fine. Enter once more leaves it open."
TAP, TAP_COUNT, TAP_NINTH, TAP_LOST = "Breath", "Breath 1-8", "Ninth", "Lost it"
TAP_HOW = "Space each time a breath in begins. It ends by itself. There is no pace to keep."
COUNT_HOW = (
    "Space with each breath, one to eight; Enter with the ninth, then one again. Backspace if the count was lost."
)
KEEP = "Keep it"
NEEDED = "The session needs this one to go on. You can also end here with Esc."
NOT_UNDERSTOOD = {
    "number": "A number, such as 7 or 2.5.",
    "time": "A time, such as 22:30.",
}
HOW_WAS_IT = "How was that for you?"
FEELINGS = ("rough", "not so good", "all right", "good", "very good")
"""1 to 5."""
ROUGH = (
    "Thank you for saying so. Practice can stir things up. Feel your feet on the floor, look around the room, and let "
    "your breath be as it is. Next time something shorter may suit you better. If it stays with you, please tell "
    "someone you trust, or the person who treats you."
)
UNPLEASANT = "What may help, now and next time (u)"
CRASHED = "Something went wrong in the program, not with you. What you did up to here is kept in your journal."


def found(count: int, of: int) -> str:
    """`3 of 5`; what is found is a gain, and what is not is no lack."""
    return f"{count} of {of}"


def part(name: str, number: int, of: int, room: int) -> str:
    """`the left foot, 3 of 14`; without the name where it does not fit or says nothing new."""
    place = f"{number} of {of}"
    full = f"{name} · {place}"
    return full if name and len(full) <= room else place


def begun(excerpt: str) -> str:
    """What is offered of a draft; private words are not shown unasked."""
    what = f"You had begun to write: “{excerpt}”." if excerpt else "You had begun to write something here."
    return f"{what} Keep it? Ctrl+K"


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
        return "open"
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
        return length(total) if high is not None else f"about {length(total)}"
    if high is None:
        return f"{length(low)} or longer" if low >= 60_000 else "as long as you like"
    a, b = length(low), length(high)
    if a == b:
        return a
    short = a.removesuffix(" min") if a.endswith(" min") and b.endswith(" min") else a
    return f"{short} to {b}"


def tier(name: str) -> str:
    """`+ gentle`."""
    sign, word = TIERS.get(name, ("", name))
    return f"{sign} {word}".strip()


def ended(status: str, elapsed_ms: int) -> str:
    """The first line after a session."""
    spent = length(elapsed_ms)
    if status == "completed":
        return f"That was {spent}, from beginning to end."
    if status == "stopped":
        return f"You stopped after {spent}. That is fine."
    return f"The session was cut off after {spent}. What happened up to there is kept."


QUICK: tuple[tuple[str, str, str, str], ...] = (
    ("quick:minute", "a minute to breathe", "breathe 1 min", "breathe"),
    ("quick:breathe", "five minutes to breathe", "5 min", "5 min"),
    ("quick:quiet", "ten minutes of quiet", "10 min quiet", "quiet"),
)
"""(what `Host.load` knows it by, its name, shorter ones) of what one key begins, from 1 on."""
AGAIN = "again: "
AGAIN_SHORT = "again"
NEXT = "your plan: "
NEXT_SHORT = "plan"
SEARCH = "Type to search: sleep, calm, seated"
SEARCH_ALL = "Every key is a letter now. Esc goes back."
NOTHING_FOUND = "Nothing by that name. Fewer letters find more."
FIRST = "F5, if you like: a few questions, so that nothing begins that may not be safe for you. It can wait."
NOTHING_FITS = "Nothing fits all of that. F2, F3 and F4 show more again."
WELCOME = "Welcome. Press 1 for a minute of breathing. Nothing has to be set up."
SHAPES = {
    "breath": "breath",
    "held": "with holds",
    "voice": "words",
    "bell": "bell",
    "quiet": "quiet",
    "ask": "a question",
}
"""What the marks of a session's shape are, in the order of the legend."""

SETTINGS = "Settings"
SETTINGS_IN = "What is changed here is written at once into this file, where it can be changed too:"
SETTINGS_KEYS = "What a key does. Enter, then the new key; Delete gives back the usual one. q and Ctrl+C always end."
PRESS_A_KEY = "press a key"
EMPTY = "(empty)"


VIEWS = {"month": "Month", "ratings": "Ratings", "practices": "Practices", "records": "Records"}
JOURNEY_EMPTY = "Nothing here yet, and nothing is missing. What you do from now on shows here, for you alone."
JOURNEY_COMES = "One moment"
LONG_AGO = "Good to see you. It is fine to begin again, any day, as often as you like."
MINUTES = "Minutes a day, the last four weeks"
NO_RATINGS = "Some sessions ask the same question before and after. The answers are drawn here, side by side."
RATINGS = "o before, x after, * the same; the oldest left. Which way is better only you can say."
RATED_SIGNS = "o before, x after, the oldest left"
RATED = "How it was"
RECORD = "What the record holds"
NOTED = "with a note"
ALL_RECORDS = "all records"
STATUS = {"completed": "", "stopped": "ended early", "interrupted": "cut short"}


PALETTE = "What would you like to do?"
OPEN = "Open: "


def day_said(day: date) -> str:
    """`22 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def month_said(count: int, elapsed_ms: int) -> str:
    """What a month holds."""
    if not count:
        return "Nothing in this month."
    return f"{'One day' if count == 1 else f'{count} days'} in this month, {length(elapsed_ms)}."


AS_MADE = "as made"
NO_VOICE = "none, only shown"
LENGTH, VOICE, BACKGROUND = "Length", "Voice", "Background"
SIDE_BY_SIDE = "Side by side"
RECORD_KEY = "r shows everything that it holds."


def in_a_row(count: int) -> str:
    """Only where a client asked to have it counted."""
    return "One day in a row." if count == 1 else f"{count} days in a row."


def rated(before: float, after: float) -> str:
    """Two ratings side by side, without a judgement."""
    return f"{before:g} before, {after:g} after"


def rated_last(before: float, after: float) -> str:
    """The last pair of a row."""
    return f"The last time: {rated(before, after)}."


def practised(times: int, elapsed_ms: int, last: date, today: date) -> str:
    """One practice in a line."""
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    days = (today - last).days
    day = f"{last.day} {last:%B}" if last.year == today.year else day_said(last)
    when = "today" if days <= 0 else "yesterday" if days == 1 else f"on {day}"
    return f"{often}, {length(elapsed_ms)}, last {when}"


def greeting(title: str, at: datetime, now: datetime, elapsed_ms: int) -> str:
    """One line about what was done last. A long time in between is no matter, and is not counted."""
    day, today = ((x.replace(tzinfo=None) - timedelta(hours=4)).date() for x in (at, now))
    part = "morning" if 4 <= at.hour < 12 else "afternoon" if 12 <= at.hour < 18 else "evening"
    spent = length(elapsed_ms)
    days = (today - day).days
    if days <= 0:
        return f"Earlier today: {title}, {spent}."
    if days == 1:
        return f"Yesterday {part}: {title}, {spent}."
    if days < 7:
        return f"On {at:%A}: {title}, {spent}."
    return f"Good to see you. Last time it was {title}."
