"""A script as its client meets it, for the rules of good practice: its steps in a row, and all that is said in them.

Repeats stand once, every option of a choice stands, and included scripts stand where they are included; a finding in
one of those is shown at the `include`."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from re import Match, Pattern
from typing import Literal

from mindful.script.codes import Code
from mindful.script.kinds.breath import Breathe, Phases
from mindful.script.model import Script, Step
from mindful.script.nodes import Path
from mindful.script.patterns import phases_of
from mindful.script.problems import Problem
from mindful.script.regions import WHOLE_BODY
from mindful.script.values import Text, UnresolvedError
from mindful.script.where import Placed, Value, Where, children

Words = Mapping[str, Pattern[str]]
"""What to look for, by language. Only English and German are known."""
KNOWN = ("en", "de")
PROPOSALS: dict[str, dict[str, str]] = {
    "hold": {
        "en": "If you would rather not hold, simply breathe on.",
        "de": "Wenn du lieber nicht anhältst, atme einfach weiter.",
    },
    "safe": {
        "en": "Sit or lie down for this. Never in or near water, and never while driving.",
        "de": "Setz oder leg dich dafür hin. Nie im oder am Wasser, und nie beim Fahren.",
    },
    "dizzy": {
        "en": "If you feel dizzy, breathe as usual, and look around.",
        "de": "Wenn dir schwindlig wird, atme wie sonst, und sieh dich um.",
    },
    "eyes": {"en": "Eyes open or closed, as you like.", "de": "Die Augen offen oder geschlossen, wie du magst."},
    "parts": {
        "en": "Leave out any part that you would rather not visit.",
        "de": "Du kannst jede Stelle auslassen, die dir heute nicht gut tut.",
    },
    "landing": {
        "en": "Look around, and take a moment before you stand up.",
        "de": "Sieh dich um, und lass dir Zeit, bevor du aufstehst.",
    },
    "closing": {
        "en": "Thank you. Take a moment before you go on.",
        "de": "Danke. Lass dir einen Moment Zeit, bevor du weitergehst.",
    },
    "stop": {
        "en": "You can stop at any time. If you do, note what you learned.",
        "de": "Du kannst jederzeit aufhören. Halte dann fest, was du gelernt hast.",
    },
}
"""Lines that an author may take as they are."""
MOST_LETTERS = 20_000
"""Of one text that are read: three hours of speech."""
MOST_DEEP = 12
"""Scripts within scripts that are followed."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words at their place in the script that is checked."""

    path: Path
    language: str
    """Its base: `en`, `de`."""
    text: str


@dataclass(frozen=True)
class Moment:
    """One step as it comes."""

    index: int
    step: Step
    script: Script
    """Whose step it is."""
    path: Path
    """Of the step in the script that is checked: its own, or that of the `include` that brings it."""
    own: bool = True
    """Whether it stands in the script that is checked itself."""
    exposed: str = ""
    """The mode of the exposure that it is part of."""
    places: Container[Path] = ()
    """The paths that have a place of their own in the file."""

    @property
    def body(self) -> Path:
        """Where a finding about it is shown."""
        return (*self.path, self.step.kind if self.own else "include")

    @cached_property
    def values(self) -> tuple[tuple[Path, Value], ...]:
        """Every value of the step itself."""
        return Placed(self.path, self.step).values

    def texts(self) -> Iterator[Said]:
        """Every text of it, in every language."""
        for path, value in self.values:
            if isinstance(value, Text):
                for tag, words in value.languages:
                    yield Said(self._place(path, tag), _base(tag or self.script.language), words[:MOST_LETTERS])

    def _place(self, path: Path, tag: str) -> Path:
        """Where the words of one language stand: a short form has them one level higher than the model."""
        if not self.own:
            return self.body
        tagged = ((*path, tag), (*path[:-1], tag)) if tag else ()
        return next((p for p in tagged if p in self.places), path)

    def spoken(self) -> Iterator[Said]:
        """What is said to the listener in it, or stands to be read: not its label, not its questions."""
        if self.step.kind in ("say", "wait", "learn", "scan", "move", "ground", "relax"):
            yield from (said for said in self.texts() if "label" not in said.path[len(self.path) :])


def _base(language: str) -> str:
    return language.split("-")[0].lower()


@dataclass
class Session:
    """A script, ready to be looked at."""

    script: Script
    where: Where
    moments: list[Moment] = field(default_factory=list)

    def __post_init__(self) -> None:
        for i, step in enumerate(self.script.steps):
            self._add(Placed(("steps", i), step), self.script, ("steps", i), True, "", 0)

    def _add(self, placed: Placed, script: Script, path: Path, own: bool, exposed: str, deep: int) -> None:
        step = placed.step
        places = self.where.document.values
        self.moments.append(Moment(len(self.moments), step, script, path, own, exposed, places))
        if step.exposure is not None:
            modes = script.modes_of(step.exposure)
            exposed = "interoceptive" if "interoceptive" in modes else next(iter(sorted(modes)), "in-vivo")
        if step.include is not None and deep < MOST_DEEP:
            inner = script.included.get(step.include.script)
            for i, each in enumerate(inner.steps if inner is not None else ()):
                assert inner is not None
                self._add(Placed(("steps", i), each), inner, path, False, exposed, deep + 1)
        for inner_path, steps in children(placed):
            for i, each in enumerate(steps):
                at = (*inner_path, i)
                self._add(Placed(at, each), script, at if own else path, own, exposed, deep)

    @cached_property
    def readable(self) -> bool:
        """Whether anything is said in a language whose words are known; else no missing word can be missed."""
        return any(said.language in KNOWN for m in self.moments for said in m.spoken())

    @cached_property
    def silent(self) -> bool:
        """Whether nothing is said at all."""
        return not any(True for m in self.moments for _ in m.spoken())

    @cached_property
    def _spoken(self) -> list[list[Said]]:
        return [list(m.spoken()) for m in self.moments]

    def finds(self, words: Words, start: int = 0, end: int | None = None) -> bool:
        """Whether such words are said from moment `start` on, before `end`."""
        return next(self.hits(words, start, end), None) is not None

    def hits(self, words: Words, start: int = 0, end: int | None = None) -> Iterator[tuple[Moment, Said, Match[str]]]:
        """Where such words are said."""
        for i in range(start, len(self.moments) if end is None else end):
            for said in self._spoken[i]:
                look = words.get(said.language)
                if look is not None and (found := look.search(said.text)):
                    yield self.moments[i], said, found

    def breaths(self) -> Iterator[tuple[Moment, Breathe, Phases]]:
        """The steps of paced breathing with their phases, in order."""
        for m in self.moments:
            if m.step.breathe is not None:
                try:
                    yield m, m.step.breathe, phases_of(m.step.breathe.pattern, m.script)
                except LookupError:
                    continue  # told as an unknown pattern

    def length_ms(self, m: Moment) -> int:
        """About how long a step of practice takes, with its variables as they stand at first; 0 where it is open."""
        step, values = m.step, m.script.defaults()
        try:
            if step.breathe is not None:
                breathe = step.breathe
                if breathe.for_ is not None:
                    return breathe.for_.resolve(values)
                if breathe.cycles is not None:
                    cycle = sum(p.ms for p in phases_of(breathe.pattern, m.script))
                    return round(breathe.cycles.resolve(values) * cycle)
                if breathe.ramp is not None and breathe.ramp.over is not None:
                    return breathe.ramp.over.resolve(values)
            if step.sit is not None and step.sit.for_ is not None:
                return step.sit.for_.resolve(values)
            if step.scan is not None:
                return (len(step.scan.regions) or len(WHOLE_BODY)) * step.scan.each.resolve(values)
        except (UnresolvedError, LookupError):
            return 0
        return 0

    def proposal(self, where: Literal["before", "after"], *lines: str) -> str:
        """A hint: what to say before or after it, in the script's own language where that is known."""
        tongue = _base(self.script.language)
        words = " ".join(PROPOSALS[line].get(tongue, PROPOSALS[line]["en"]) for line in lines)
        return f"say {where} it: “{words}”"

    def find(
        self, code: Code, at: Path, message: str, hint: str, *, key: bool = False, part: str = ""
    ) -> tuple[Code, Path, Problem]:
        """A finding, as the rules give them."""
        return code, at, self.where.problem(code, at, message, hint, key=key, part=part)
