"""What is said in the steps of the body where a script has no words of its own, to read aloud and to translate.

English. Invitations, never orders, and never the same form over and over. Called by the compilers of `body`.
"""

from __future__ import annotations

SCAN_FORMS = (
    "Bring your attention to {region}.",
    "Now let your attention move on to {region}.",
    "And now {region}.",
    "Notice {region}, and whatever is there, or nothing much.",
    "When you are ready, {region}.",
    "Let your attention rest for a while with {region}.",
    "And on to {region}. Warmth, weight, contact, or hardly anything: all of it is fine.",
)
"""Taken in turn."""
SCAN_WHOLE = "And now the whole body together, just as it is."

RELAX_FIRST = "Tense only as firmly as is comfortable, and leave out any part that hurts."
RECALL_FIRST = "This time nothing is tensed. Only remember how it felt to let go."
RELAX_FORM = "{name}. In a moment, {how}."
RELAX_AGAIN = "Once more, {name}: {how}."
RELAX_OWN = "tense there a little"
"""How, where a script names a group that is not known here."""
TENSE = "And tense."
LET_GO = (
    "And let go.",
    "And let go. Let it be heavy.",
    "And let go. Notice how it is now.",
    "And let go. There is nothing more to do.",
)
"""Taken in turn; the first words are always the same, so that they are a sign."""
RECALL_FORMS = (
    "{name}. Remember how it felt to let go, and let it be so now.",
    "{name}. Let go as if you had just tensed there.",
    "{name}. As you breathe out, a little looser.",
)

OTHER_SIDE = "And now the other side."
ONE_SIDE = {"left": "On the left side.", "right": "On the right side."}

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
SENSES = {
    "see": "Look around, and let your eyes find {things} that you can see.",
    "touch": "Find {things} that you can feel or touch.",
    "hear": "Listen for {things} that you can hear, near or far.",
    "smell": "Find {things} that you can smell, or smells that you like to think of.",
    "taste": "Notice {things} that you can taste, or tastes that you like to think of.",
}
SENSES_ONE = {
    "see": "Look around, and let your eyes find one thing that you can see.",
    "touch": "Find one thing that you can feel or touch.",
    "hear": "Listen for one thing that you can hear, near or far.",
    "smell": "Find one thing that you can smell, or a smell that you like to think of.",
    "taste": "Notice one thing that you can taste, or a taste that you like to think of.",
}
SENSE_NAMES = {
    "see": "to see",
    "touch": "to feel",
    "hear": "to hear",
    "smell": "to smell",
    "taste": "to taste",
}


def things(count: int) -> str:
    """`five things`, `one thing`."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} thing{'' if count == 1 else 's'}"


def sense(name: str, count: int) -> str:
    """What is said for one sense."""
    return SENSES_ONE[name] if count == 1 else SENSES[name].format(things=things(count))


def sense_label(name: str, count: int) -> str:
    """`Five things to see`."""
    words = f"{things(count)} {SENSE_NAMES[name]}"
    return words[0].upper() + words[1:]
