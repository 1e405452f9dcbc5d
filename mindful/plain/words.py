"""Every sentence that the plain performer adds by itself, in one place: to read aloud and to translate.

Said by a screen reader as often as it is read: the word that matters comes first, and nothing is said twice.
"""

from __future__ import annotations

PHASES: dict[str, tuple[str, str]] = {
    "inhale": ("Breathe in", "In"),
    "top_up": ("A little more in", "And more"),
    "hold": ("Hold gently", "Hold"),
    "exhale": ("Breathe out", "Out"),
    "rest": ("Rest, empty", "Rest"),
}
"""A phase in full, and in short once it is known."""

THROUGH: dict[str, str] = {
    "nose": "through the nose",
    "mouth": "through the mouth",
    "left": "through the left nostril",
    "right": "through the right nostril",
    "hum": "humming",
    "pursed": "through pursed lips",
}
SIDES: dict[str, str] = {"left": "left", "right": "right"}
"""Said in short lines too: without it the pattern is lost."""

BELLS: dict[str, str] = {"bowl": "singing bowl", "wood": "wood block"}
"""Bells whose name alone would not say what is heard."""

KEYS = (
    "Keys, each with Enter: p pause, s or n next step, b back, q end early. Ctrl+C ends too. "
    "r: the last line again. e: shorter, gentler breaths. land: stop and come back to the room, for a minute. "
    "Words for the sound: voice -, tone +, bells off, background 0. ! shows your own plan and people."
)
GROUPS: dict[str, tuple[str, str]] = {
    "voice": ("voice", "Voice"),
    "tone": ("cues", "Breath tone"),
    "bells": ("bells", "Bells"),
    "background": ("background", "Background"),
}
"""What is typed for each part of the sound, which it is, and what it is called."""
BREATH_OVER = "The paced breathing is over."
"""Said where a voice led it, and so no line did."""
SUPPORT = ("!", "plan")
"""What is typed for the client's own plan; a word only where words are no answer."""
PAUSED = "Paused. Take the time you need. Enter goes on, q ends, land brings you back to the room."
LANDING = "Landing, about a minute. s goes on sooner, q ends at once."
LAND_WRITING = "/land stops and lands."
RESUMED = "Going on."
ENTER = "Enter goes on."
ONCE_MORE = "Enter or Ctrl+C ends at once."
NOTHING_HERE = "That key does nothing just now. p pauses, s or n goes to the next step, b back, q ends."
LEFT_OPEN = "Left open."
LEARN_MORE = "Enter goes on when you have read it."
KEEP = "keep"
DONE = "done"
QUIZ_RIGHT = "Yes."
QUIZ_OTHER = "The page says: {right}."


def given(answer: str) -> str:
    """A question that is asked again."""
    return f"You had answered: {answer}. Enter alone keeps it."


def begun(draft: str) -> str:
    """What was not finished another time; private words are not said unasked."""
    what = f"You had begun to write: “{draft}”." if draft else "You had begun to write something here."
    return f"{what} To take it as the answer, type {KEEP}."


def tap_how(seconds: float) -> str:
    return (
        f"Press Enter each time a breath in begins, for {spell(seconds)}. It ends by itself; {DONE} ends it sooner. "
        "Or type breaths a minute, if you know them. s leaves it open."
    )


def count_how(seconds: float) -> str:
    return (
        f"Enter with each breath, one to eight; 9 with the ninth, then begin at one again. 0 if the count was lost. "
        f"It ends by itself after {spell(seconds)}; {DONE} ends it sooner. s leaves it open."
    )


def on_its_own(seconds: float) -> str:
    """Without a keyboard nobody can press a key."""
    return f"There is no keyboard here, so this goes on by itself after {spell(seconds)}."


def held(seconds: float) -> str:
    """Behind the words after which something is held."""
    return f"(for {spell(seconds)})"


def find(things: int) -> str:
    """How to count what is found."""
    return f"Enter for each that you find, or a number for several; it goes on at {things}. s goes on before that."


def found(count: int, of: int) -> str:
    return f"{count} of {of}."


def level(name: str, db: float, off: bool) -> str:
    """`Bells at -6 dB.`"""
    return f"{name} off." if off else f"{name} at {db:+.0f} dB." if round(db) else f"{name} as made."


def no_answer() -> str:
    return "There is no keyboard here, so this is left open."


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
        return f"That was {spent}, from beginning to end."
    if status == "stopped":
        return f"You stopped after {spent}. That is fine."
    return f"The session was cut off after {spent}."
