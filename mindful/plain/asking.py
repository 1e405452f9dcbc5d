"""Questions as lines, and typed lines as answers or commands. Pure. Called by the performer.

A prompt never traps: an empty line leaves every question open, and the letters that steer the session work wherever
they cannot be an answer.
"""

from __future__ import annotations

import re
from typing import Any

from mindful.plain import words
from mindful.plain.lines import clean
from mindful.player.commands import (
    Advance,
    Answer,
    Back,
    Command,
    Ease,
    Found,
    Land,
    Pause,
    SayAgain,
    Skip,
    Stop,
    Tap,
    Tapped,
)
from mindful.timeline.model import (
    AnyPrompt,
    AskPrompt,
    ChoosePrompt,
    FindPrompt,
    KeyPrompt,
    LearnPrompt,
    RatePrompt,
    SheetPrompt,
)
from mindful.tongue import _

STEERING: dict[str, Command] = {
    "p": Pause(),
    "s": Skip(),
    "n": Skip(),
    "ss": Skip(whole=True),
    "nn": Skip(whole=True),
    "b": Back(),
    "q": Stop(),
    "land": Land(),
    "e": Ease(),
    "r": SayAgain(),
}
"""The letters, and the word, that work nearly everywhere. `n` is the key of the full screen, which pages tell of."""
ANYWHERE: dict[str, Command] = {"/land": Land()}
"""What works also where any words may be the answer."""


def question(prompt: AnyPrompt) -> list[str]:
    """What is asked, a message each."""
    text = clean(prompt.text)
    match prompt:
        case RatePrompt():
            low, high = f"{prompt.low:g}", f"{prompt.high:g}"
            ends = ""
            if prompt.low_label or prompt.high_label:
                ends = f": {low} {clean(prompt.low_label)}, {high} {clean(prompt.high_label)}"
            told = [text, _("A number from {low} to {high}{ends}.").format(low=low, high=high, ends=ends)]
            between = [f"{n:g} {clean(means)}" for n, means in prompt.anchors if prompt.low < n < prompt.high]
            return [*told, ", ".join(between) + "."] if between else told
        case AskPrompt() if prompt.options:
            return [text, *_numbered(prompt.options)]
        case ChoosePrompt():
            return [text, *_numbered(prompt.options)]
        case LearnPrompt():
            return [*_page(prompt)]
        case SheetPrompt():
            return [clean(part) for part in (prompt.title, prompt.text) if part]
        case FindPrompt():
            return []  # its words are said, and so they are shown
        case _:
            return [text] if text else []


def how(prompt: AnyPrompt) -> str:
    """How to answer, for a person at a keyboard."""
    leave = _("It needs an answer; s goes past it.") if prompt.required else _("Enter alone leaves it open.")
    match prompt:
        case FindPrompt():
            return words.find(prompt.things)
        case KeyPrompt():
            return words.ENTER
        case LearnPrompt():
            return words.LEARN_MORE
        case ChoosePrompt():
            return _("Type a number, then Enter. Enter alone goes on without one.")
        case AskPrompt(answer="choice"):
            return _("Type a number, then Enter. {leave}").format(leave=leave)
        case AskPrompt(answer="choices"):
            return _("Type one or several numbers, such as 1 3, then Enter. {leave}").format(leave=leave)
        case AskPrompt(answer="yes-no"):
            return _("Type y or n, then Enter. {leave}").format(leave=leave)
        case AskPrompt(answer="time"):
            return _("Type a time, such as 21:30, then Enter. {leave}").format(leave=leave)
        case AskPrompt(answer="breaths"):
            return words.tap_how(prompt.for_ms / 1000)
        case AskPrompt(answer="breath-count"):
            return words.count_how(prompt.for_ms / 1000)
        case AskPrompt(answer="text"):
            return _("Write as much as you like on one line, then Enter. {leave} {LAND_WRITING}").format(
                leave=leave, LAND_WRITING=words.LAND_WRITING
            )
        case _:
            return _("Type it, then Enter. {leave}").format(leave=leave)


def takes_words(prompt: AnyPrompt | None) -> bool:
    """Whether any words at all may be the answer, so that no word can mean anything else."""
    return isinstance(prompt, AskPrompt) and prompt.answer == "text"


def steers(word: str, takes_words: bool) -> bool:
    """Whether a line typed on a sheet is for the session: `p`, `q`, `land`; `b` and `s` move on the sheet itself."""
    return word in ANYWHERE or (not takes_words and word in STEERING and word not in ("b", "s", "n"))


def _answers(prompt: AnyPrompt | None, text: str) -> bool:
    """Whether these letters are an answer here, and so cannot steer: any words, the `n` of a yes or no, an option."""
    letter = text.casefold()
    if isinstance(prompt, AskPrompt) and prompt.answer == "yes-no" and letter == "n":
        return True
    options = prompt.options if isinstance(prompt, AskPrompt | ChoosePrompt) else ()
    return takes_words(prompt) or (letter in ("n", "nn") and letter in (clean(o).casefold() for o in options))


def read(prompt: AnyPrompt | None, typed: str) -> Command | None:
    """What a typed line means: an answer, a command, or None where it means nothing."""
    text = typed.strip()
    if (command := ANYWHERE.get(text.casefold())) is not None:
        return command
    if not _answers(prompt, text) and (command := STEERING.get(text.casefold())) is not None:
        return command
    if prompt is None:
        return None
    if isinstance(prompt, FindPrompt):
        number = re.fullmatch(r"\d{1,3}", text)
        return Found() if not text else Found(int(number[0])) if number is not None else None
    if isinstance(prompt, AskPrompt) and prompt.tapped:
        return _tapped(prompt, text)
    if isinstance(prompt, KeyPrompt):
        return Advance() if not text else None
    if isinstance(prompt, LearnPrompt):
        return Answer(None) if not text else None
    if not text:
        return Skip() if isinstance(prompt, ChoosePrompt) else Answer(None)
    if isinstance(prompt, AskPrompt) and prompt.answer == "choices":
        return Answer([part for part in re.split(r"[\s,;]+", text) if part])
    return Answer(text)


def _tapped(prompt: AskPrompt, text: str) -> Command | None:
    """An empty line is a breath; `9` the ninth of a count, `0` a count that was lost; `done` ends it."""
    if not text:
        return Tap()
    if text.casefold() == words.DONE:
        return Tapped()
    if prompt.answer == "breaths":
        return Answer(text)
    return {"9": Tap("ninth"), "0": Tap("lost")}.get(text)


def given(prompt: AnyPrompt, path: str, answers: dict[str, str]) -> Any:
    """The answer that was given beforehand for this prompt, by its id or its path; None where there is none."""
    if isinstance(prompt, SheetPrompt):
        names = [(f"{key}.{field.name}", field.name) for key in (prompt.id, path) for field in prompt.fields]
        found = {name: answers[key] for key, name in names if key in answers}
        return found or None
    for key in (prompt.id, path):
        if key is not None and key in answers:
            value = answers[key]
            if isinstance(prompt, AskPrompt) and prompt.answer == "choices":
                return [part.strip() for part in value.split(",") if part.strip()]
            return value
    return None


def said(value: Any) -> str:
    """An answer as it was typed."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return clean(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _numbered(options: tuple[str, ...]) -> list[str]:
    return [f"{n}. {clean(option)}" for n, option in enumerate(options, 1)]


def _page(prompt: LearnPrompt) -> list[str]:
    """A page to read, paragraph by paragraph, its small Markdown as plain words."""
    out = [clean(prompt.title)] if prompt.title else []
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:[-*+#]|\d+[.)])\s?)", prompt.text)
    out += [text for text in map(plain_text, paragraphs) if text]
    if prompt.source:
        out.append(_("From: {source}").format(source=clean(prompt.source)))
    for item in prompt.quiz:
        out.append(
            _("To think about: {ask} {join}?").format(
                ask=clean(item.ask), join=" / ".join(clean(o) for o in item.options)
            )
        )
        out.append(
            _("The page says: {clean}. {why}")
            .format(clean=clean(item.options[item.right]), why=clean(item.why))
            .rstrip()
        )
    return out


def plain_text(markdown: str) -> str:
    """One paragraph of the small Markdown without its marks; a list's dash stays."""
    text = clean(markdown)
    text = re.sub(r"^#{1,6}\s+", "", text)
    text = re.sub(r"^[*+]\s+", "- ", text)
    text = re.sub(r"\[([^\]]*)\]\(([^)\s]*)\)", r"\1 (\2)", text)
    return re.sub(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
