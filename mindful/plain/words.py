"""Every sentence that the plain performer adds by itself, in one place: to read aloud and to translate.

Said by a screen reader as often as it is read: the word that matters comes first, and nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from mindful.tongue import _, ngettext

PHASES: dict[str, tuple[str, str]] = {
    "inhale": (_("Breathe in"), _("In")),
    "top_up": (_("A little more in"), _("And more")),
    "hold": (_("Hold gently"), _("Hold")),
    "exhale": (_("Breathe out"), _("Out")),
    "rest": (_("Rest, empty"), _("Rest")),
}
"""A phase in full, and in short once it is known."""

THROUGH: dict[str, str] = {
    "nose": _("through the nose"),
    "mouth": _("through the mouth"),
    "left": _("through the left nostril"),
    "right": _("through the right nostril"),
    "hum": _("humming"),
    "pursed": _("through pursed lips"),
}
SIDES: dict[str, str] = {"left": _("left"), "right": _("right")}
"""Said in short lines too: without it the pattern is lost."""

BELLS: dict[str, str] = {"bowl": _("singing bowl"), "wood": _("wood block")}
"""Bells whose name alone would not say what is heard."""


def keys(*, breathes: bool, sound: bool) -> str:
    """What can be typed, at the beginning. Nothing is named that does nothing in this session."""
    return " ".join(
        (
            _("Keys, each with Enter: p pause, s or n next step, b back, q end early. Ctrl+C ends too."),
            _("r: the last line again."),
            *((_("e: shorter, gentler breaths."),) if breathes else ()),
            _("land: stop and come back to the room, for a minute."),
            *((_("Words for the sound: voice -, tone +, bells off, background 0."),) if sound else ()),
            _("! shows your own plan and people."),
        )
    )


GROUPS: dict[str, tuple[str, str]] = {
    "voice": ("voice", _("Voice")),
    "tone": ("cues", _("Breath tone")),
    "bells": ("bells", _("Bells")),
    "background": ("background", _("Background")),
}
"""What is typed for each part of the sound, which it is, and what it is called."""
BREATH_OVER = _("The paced breathing is over.")
"""Said where a voice led it, and so no line did."""
SUPPORT = ("!", "plan")
"""What is typed for the client's own plan; a word only where words are no answer."""
PAUSED = _("Paused. Take the time you need. Enter goes on, q ends, land brings you back to the room.")
LANDING = _("Landing, about a minute. s goes on sooner, q ends at once.")
LAND_WRITING = _("/land stops and lands.")
RESUMED = _("Going on.")
ENTER = _("Enter goes on.")
ONCE_MORE = _("Enter or Ctrl+C ends at once.")
NOTHING_HERE = _("That key does nothing just now. p pauses, s or n goes to the next step, b back, q ends.")
LEFT_OPEN = _("Left open.")
LEARN_MORE = _("Enter goes on when you have read it.")
KEEP = "keep"
DONE = "done"
QUIZ_HOW = _("Enter goes on. If you like to answer first: the numbers of your answers in order, then Enter.")
QUIZ_RIGHT = _("Yes.")
QUIZ_OTHER = _("The page says: {right}.")


SUPPORT_COMES = _("Thank you for answering that. Here is what you wrote down for hard hours, and whom you can turn to:")
SHEET_NEEDED = _("This one is needed before you go on; /skip leaves the whole sheet as it is.")
SHEET_REVIEW = _("To look over:")
SHEET_OPEN = _("(left open)")
SHEET_KEEP = _("Enter keeps it and goes on. A number opens that answer again.")


def sheet_keys(count: int) -> str:
    """How one moves on a sheet."""
    return ngettext(
        "One question. /back goes back, /look reads all answers, /skip leaves it as it is.",
        "{count} questions, one at a time. /back goes back, /look reads all answers, /skip leaves the rest open.",
        count,
    ).format(count=count)


def sheet_place(number: int, of: int) -> str:
    return _("{number} of {of}").format(number=number, of=of)


def sheet_had(answer: str) -> str:
    return _("It says: {answer}. Enter keeps it; what you type takes its place.").format(answer=answer)


def sheet_write(required: bool) -> str:
    """How words are written on a sheet."""
    how = _("Write as much as you like on one line, then Enter.")
    return how if required else _("{how} Enter alone leaves it open.").format(how=how)


def sheet_begun(done: int) -> str:
    """What was not finished another time."""
    what = ngettext("You had begun this sheet: {done} answer.", "You had begun this sheet: {done} answers.", done)
    return _("{what} To go on from there, type {KEEP}.").format(what=what.format(done=done), KEEP=KEEP)


def given(answer: str) -> str:
    """A question that is asked again."""
    return _("You had answered: {answer}. Enter alone keeps it.").format(answer=answer)


def begun(draft: str) -> str:
    """What was not finished another time; private words are not said unasked."""
    what = (
        _("You had begun to write: “{draft}”.").format(draft=draft)
        if draft
        else _("You had begun to write something here.")
    )
    return _("{what} To take it as the answer, type {KEEP}.").format(what=what, KEEP=KEEP)


def tap_how(seconds: float) -> str:
    return _(
        "Press Enter each time a breath in begins, for {seconds}. It ends by itself; {DONE} ends it "
        "sooner. Or type breaths a minute, if you know them. s leaves it open."
    ).format(seconds=spell(seconds), DONE=DONE)


def count_how(seconds: float) -> str:
    return _(
        "Enter with each breath, one to eight; 9 with the ninth, then begin at one again. 0 if the count "
        "was lost. It ends by itself after {seconds}; {DONE} ends it sooner. s leaves it open."
    ).format(seconds=spell(seconds), DONE=DONE)


def on_its_own(seconds: float) -> str:
    """Without a keyboard nobody can press a key."""
    return _("There is no keyboard here, so this goes on by itself after {seconds}.").format(seconds=spell(seconds))


def held(seconds: float) -> str:
    """Behind the words after which something is held."""
    return _("(for {seconds})").format(seconds=spell(seconds))


def find(things: int) -> str:
    """How to count what is found."""
    return _(
        "Enter for each that you find, or a number for several; it goes on at {things}. s goes on before that."
    ).format(things=things)


def found(count: int, of: int) -> str:
    return _("{count} of {of}.").format(count=count, of=of)


def level(name: str, db: float, off: bool) -> str:
    """`Bells at -6 dB.`"""
    return (
        _("{name} off.").format(name=name)
        if off
        else _("{name} at {db:+.0f} dB.").format(name=name, db=db)
        if round(db)
        else _("{name} as made.").format(name=name)
    )


def no_answer() -> str:
    return _("There is no keyboard here, so this is left open.")


def spell(seconds: float) -> str:
    """A length as a person says it: `44 s`, `1 min 30 s`, `10 min`, `1 h 5 min`."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    if hours:
        secs = 0
    parts = [f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (secs, "s")) if n]
    return " ".join(parts) or "0 s"


def count(seconds: float) -> str:
    """The length of a phase, in seconds to the tenth: `4`, `5.5`."""
    return f"{round(seconds, 1):g}"


def farewell(status: str, elapsed_ms: int) -> str:
    """The last line."""
    spent = spell(elapsed_ms / 1000)
    if status == "completed":
        return _("That was {spent}, from beginning to end.").format(spent=spent)
    if status == "stopped":
        return _("You stopped after {spent}. That is fine.").format(spent=spent)
    return _("The session was cut off after {spent}.").format(spent=spent)


FINISH = "x"
"""Ends an exposure, by choice."""


def exposing(seconds: float) -> str:
    """How a stretch of an exposure goes on."""
    return _("It asks again in {time}. Enter: rate it now. x, then Enter: end it here, by choice.").format(
        time=spell(seconds)
    )


def curve(ratings: Sequence[float]) -> str:
    """The ratings of an exposure so far, as numbers."""
    return _("Your ratings so far: {ratings}.").format(ratings=", ".join(f"{r:g}" for r in ratings))
