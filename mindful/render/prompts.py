"""What is said aloud of an open step in a recording, where nobody can answer. Called by the plan.

A recording goes on by itself, so the words of the program about keys and about how long one likes are left out.
"""

from __future__ import annotations

from mindful.script import markdown
from mindful.timeline.model import (
    AnyPrompt,
    AskPrompt,
    ChoosePrompt,
    KeyPrompt,
    LearnPrompt,
    RatePrompt,
    SheetPrompt,
    question,
)
from mindful.timeline.sheet import SheetField


def spoken(prompt: AnyPrompt, kind: str, language: str, *, choices: bool = False) -> list[str]:
    """The paragraphs said at the start of an open step of this kind; none where it is only waited.

    `choices`: a choice is asked, because somebody is there to make it.
    """
    match prompt:
        case KeyPrompt():
            return [prompt.text] if kind == "wait" and prompt.text else []
        case ChoosePrompt():
            # a recording has chosen already
            return [prompt.text, ". ".join(o.rstrip(".") for o in prompt.options) + "."] if choices else []
        case RatePrompt():
            return [prompt.text, *_ends(prompt, language)]
        case AskPrompt():
            return [prompt.text, *([", ".join(prompt.options) + "."] if prompt.options else [])]
        case LearnPrompt():
            return [p for p in (prompt.title, *markdown.spoken(prompt.text)) if p]
        case SheetPrompt():
            # Its questions are to be read at one's own pace, back and forth: a recording only says what it is.
            return [p for p in (prompt.title, prompt.text) if p]


def written(field: SheetField) -> str:
    """One field of a sheet on paper: the question, what it may be, and room to write."""
    choices = ("yes", "no") if field.answer == "yes-no" else field.options
    if choices:
        return f"{field.ask}  " + "  ".join(f"[ ] {option}" for option in choices)
    if field.answer == "scale":
        asked = question(field)
        assert isinstance(asked, RatePrompt)
        ends = [f"{asked.low:g} {asked.low_label}".strip(), f"{asked.high:g} {asked.high_label}".strip()]
        return f"{field.ask} ({ends[0]} to {ends[1]}) ______"
    return f"{field.ask} " + ("____:____" if field.answer == "time" else "_" * (8 if field.answer == "number" else 40))


def _ends(prompt: RatePrompt, language: str) -> list[str]:
    """The ends of the scale, in the one language that the program speaks itself."""
    if language.split("-")[0].casefold() != "en":
        return []
    low, high = f"{prompt.low:g}", f"{prompt.high:g}"
    if prompt.low_label and prompt.high_label:
        return [f"From {low}, {prompt.low_label.rstrip('.')}, to {high}, {prompt.high_label.rstrip('.')}."]
    return [f"From {low} to {high}."]
