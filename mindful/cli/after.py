"""What follows a session of plain lines: the ratings side by side, how it was, and a note; all of it may stay open.

The words are those of the screen's own page, so that nobody is asked less. Called by `perform`, and for the question on
unpleasant effects by `mindful journal unpleasant`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from mindful.journal.printable import printable
from mindful.plain.keyboard import NoMore, Suspended, Told, Typed
from mindful.plain.words import SUPPORT
from mindful.tongue import _
from mindful.tui import unpleasant, words
from mindful.tui.unpleasant import Effects

if TYPE_CHECKING:
    from mindful.cli.host import CliHost
    from mindful.plain.keyboard import Keyboard

SKIP = "skip"
OPEN = _("Enter alone leaves it open.")
LEAVES = _("q leaves, and so does Ctrl+C.")

LATER = _("If something was unpleasant and you would like to say so: mindful journal unpleasant")
"""For who stopped, and is asked nothing."""

Tell = Callable[[str], None]
Lines = Callable[[], Sequence[tuple[str, str]]]


class Left(Exception):  # noqa: N818 -- it is no error: somebody went
    """The client has left; what was answered before stays."""


def plainly(host: CliHost, keyboard: Keyboard, tell: Tell, *, asks: bool, felt: str | None) -> None:
    """Say how the ratings were and ask how it was. Nothing is asked where `asks` is off or `felt` was given."""
    for pair in host.rated():
        name = printable(pair.name).capitalize()
        tell((f"{name}: " if name else "") + words.rated(pair.before, pair.after))
    if felt is not None or not asks:
        if felt is not None and felt != SKIP:
            host.add_note("", int(felt))
        return
    with suppress(Left):
        _asked(host, keyboard, tell)


def _asked(host: CliHost, keyboard: Keyboard, tell: Tell) -> None:
    feelings = dict(enumerate(words.FEELINGS, 1))
    given = choice(keyboard, tell, words.HOW_WAS_IT, {str(n): text for n, text in feelings.items()}, host.support)
    feeling = int(given) if given else None
    if feeling is not None:
        host.add_note("", feeling)
    if feeling is not None and feeling <= 2:
        tell(words.ROUGH)
        said: list[Effects] = [Effects()]
        try:
            effects(keyboard, tell, host.support, said.append)
        finally:
            if not said[-1].empty:
                host.add_effects(said[-1].as_record())
    tell(_("A note for yourself, if you like: one line, then Enter. {OPEN}").format(OPEN=OPEN))
    if note := _typed(keyboard, tell, host.support).strip():
        host.add_note(note)
        tell(_("It is in your record."))


def effects(keyboard: Keyboard, tell: Tell, support: Lines, keep: Callable[[Effects], None]) -> None:
    """The two small questions and the gentle next steps. `keep` is told after each answer. Raises `Left`."""
    said = Effects()
    tell(unpleasant.INTRO)
    tell(unpleasant.NOW)
    tell(_("! shows your own plan and people."))
    for kind, text, answers in (
        ("strength", unpleasant.STRONG, unpleasant.STRENGTHS),
        ("lasting", unpleasant.LASTING, unpleasant.LASTS),
    ):
        if given := choice(keyboard, tell, text, answers, support):
            said = said.pressed(f"{kind}:{given}")
            keep(said)
    if said.calls_for_someone:
        tell(unpleasant.SEEK)
    for step in choices(keyboard, tell, unpleasant.NEXT, unpleasant.STEPS, support):
        said = said.pressed(f"step:{step}")
    keep(said)


def told(strength: str, lasting: str, steps: Sequence[str]) -> dict[str, object] | None:
    """What is to be kept of a session that was unpleasant, by options or else asked; None: nothing was said."""
    from mindful.cli.host import CliHost
    from mindful.cli.perform import keyboard_fd
    from mindful.cli.say import tell
    from mindful.plain.keyboard import Keyboard

    said = [Effects(strength, lasting, tuple(step for step in unpleasant.STEPS if step in steps))]
    if said[0].empty and (fd := keyboard_fd()) is not None:
        with suppress(Left):
            effects(Keyboard(fd), tell, CliHost().support, said.append)
    elif said[0].calls_for_someone:
        tell(unpleasant.SEEK)
    return None if said[-1].empty else said[-1].as_record()


def choice(keyboard: Keyboard, tell: Tell, text: str, answers: Mapping[str, str], support: Lines) -> str:
    """The key of the one answer that was given; empty where it stays open. Raises `Left`."""
    how = _("Type a number, then Enter. {OPEN} {LEAVES}").format(OPEN=OPEN, LEAVES=LEAVES)
    return next(iter(_numbers(keyboard, tell, text, answers, how, support, 1)), "")


def choices(keyboard: Keyboard, tell: Tell, text: str, answers: Mapping[str, str], support: Lines) -> list[str]:
    """The keys of the answers that were given, as many as there are. Raises `Left`."""
    how = _("Type one or several numbers, such as 1 3, then Enter. {OPEN} {LEAVES}").format(OPEN=OPEN, LEAVES=LEAVES)
    return _numbers(keyboard, tell, text, answers, how, support, len(answers))


def _numbers(
    keyboard: Keyboard, tell: Tell, text: str, answers: Mapping[str, str], how: str, support: Lines, most: int
) -> list[str]:
    tell(text)
    for n, each in enumerate(answers.values(), 1):
        tell(f"{n}. {each}")
    tell(how)
    keys = list(answers)
    while True:
        given = _typed(keyboard, tell, support).replace(",", " ").split()
        if given[:1] in (["q"], ["Q"]):
            raise Left
        chosen = [int(word) for word in given if word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= len(keys)]
        if len(chosen) == len(given) <= most:
            return [keys[n - 1] for n in dict.fromkeys(chosen)]
        tell(how)


def _typed(keyboard: Keyboard, tell: Tell, support: Lines) -> str:
    """The next line that is typed; one that asks for the client's own plan is answered first. Raises `Left`."""
    while True:
        match keyboard.wait(None):
            case Told() | NoMore():
                raise Left
            case Suspended(halt):
                halt()
            case Typed(text) if text.strip().casefold() == SUPPORT[0]:
                for kind, line in support():
                    if kind != "gap":
                        tell(printable(line))
            case Typed(text):
                return text
