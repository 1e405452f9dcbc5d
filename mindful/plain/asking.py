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
from mindful.script import markdown
from mindful.timeline.model import (
    AnyPrompt,
    AskPrompt,
    ChoosePrompt,
    ExposePrompt,
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


def question(prompt: AnyPrompt, *, keyboard: bool = False) -> list[str]:
    """What is asked, a message each. `keyboard`: somebody can type, so a quiz keeps what it knows until then."""
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
            return _page(prompt, keyboard)
        case SheetPrompt():
            return [clean(part) for part in (prompt.title, prompt.text) if part]
        case ExposePrompt():
            return [text] if prompt.number == 1 else []
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
        case ExposePrompt():
            return words.exposing((prompt.at_most_ms or 0) / 1000)
        case KeyPrompt():
            return words.ENTER
        case LearnPrompt():
            return words.QUIZ_HOW if prompt.quiz else words.LEARN_MORE
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
        return _learned(prompt, text)
    if not text:
        return Answer(None)
    if isinstance(prompt, AskPrompt) and prompt.answer == "choices":
        return Answer([part for part in re.split(r"[\s,;]+", text) if part])
    return Answer(text)


def _learned(prompt: LearnPrompt, text: str) -> Command | None:
    """An empty line goes on; numbers are the options that were chosen, a number a question."""
    if not text:
        return Answer(None)
    parts = re.split(r"[\s,;]+", text)
    if len(parts) > len(prompt.quiz) or not all(part.isdecimal() for part in parts):
        return None
    chosen = [int(part) - 1 for part in parts]
    inside = all(0 <= n < len(item.options) for n, item in zip(chosen, prompt.quiz, strict=False))
    return Answer(chosen) if inside else None


def explained(prompt: LearnPrompt, chosen: list[int]) -> list[str]:
    """What the page says to the options that were chosen, a message a question."""
    out = []
    for item, n in zip(prompt.quiz, chosen, strict=False):
        right = clean(item.options[item.right]).rstrip(".")
        said = words.QUIZ_RIGHT if n == item.right else words.QUIZ_OTHER.format(right=right)
        out.append(f"{clean(item.ask)} {said} {clean(item.why)}".rstrip())
    return out


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
    # The ratings of an exposure are numbered; one answer may be given for all of them.
    alike = None if prompt.id is None else re.sub(r"\.\d+$", "", prompt.id)
    for key in (prompt.id, alike, path):
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


def _page(prompt: LearnPrompt, keyboard: bool) -> list[str]:
    """A page to read, paragraph by paragraph, its small Markdown as plain words."""
    out = [clean(prompt.title)] if prompt.title else []
    out += [text for text in map(_block, markdown.blocks(prompt.text)) if text]
    if prompt.source:
        out.append(_("From: {source}").format(source=clean(prompt.source)))
    for item in prompt.quiz:
        if keyboard:
            out += [_("To think about: {ask}").format(ask=clean(item.ask)), *_numbered(item.options)]
            continue
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


def _block(block: markdown.Block) -> str:
    """One part of a page as a line of plain words; a list's dash stays, a picture is told in its words."""
    words = clean(markdown.plain(block.text))
    match block.kind:
        case "entry":
            return f"{block.mark or '-'} {words}"
        case "picture":
            return _("In the picture: {words}").format(words=words) if words else ""
    return words
