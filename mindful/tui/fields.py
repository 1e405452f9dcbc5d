"""What a client can set before a session: the script's variables as small fields. Pure; used by `screens.before`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mindful.tongue import _, figure, pgettext
from mindful.tui.rows import clean
from mindful.tui.words import LENGTH, between, length

if TYPE_CHECKING:
    from mindful.script.model import Script, Variable


LAYERS = {
    "ocean": _("ocean"),
    "rain": _("rain"),
    "stream": pgettext("a background", "stream"),
    "wind": _("wind"),
    "pink-noise": _("pink noise"),
    "brown-noise": _("brown noise"),
    "drone": _("drone"),
    "binaural": _("binaural tone"),
    "isochronic": _("isochronic tone"),
    "silence": _("silence"),
}
"""What is heard beneath a session, by the names that scripts have for it."""


def layer(name: str) -> str:
    """A background's name for the client; that of a file of the author's own is as it is."""
    return LAYERS.get(name, name)


SWITCH = ("yes", "no")
"""Two words that are turned like a switch: nobody shall type `nein` and be taken to mean yes."""


def _number(value: float) -> str:
    return figure(value)


class Field:
    """One variable and its value of now."""

    def __init__(self, name: str, label: str, variable: Variable, value: Any) -> None:
        self.name, self.label = name, label
        self.low, self.high = variable.min, variable.max
        default = variable.default
        switch = isinstance(default, bool) or default in SWITCH
        self.kind = "switch" if switch else "text" if isinstance(default, str) else "number"
        bounds = [n for n in (default, self.low, self.high) if isinstance(n, int | float)]
        self.whole = self.kind == "number" and all(float(n).is_integer() for n in bounds)
        self._default = default
        self._typed = ""
        self.value: Any = value

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        if self._typed:
            return self._typed
        if self.kind == "switch":
            return _("yes") if self.value in (True, "yes") else _("no")
        return _number(float(self.value)) if self.kind == "number" else clean(str(self.value))

    @property
    def range(self) -> str:
        """`2 to 15`, `at least 2`, or nothing."""
        if self.kind != "number":
            return ""
        if self.low is not None and self.high is not None:
            return _("{low} to {high}").format(low=_number(self.low), high=_number(self.high))
        if self.low is not None:
            return _("at least {low}").format(low=_number(self.low))
        return _("at most {high}").format(high=_number(self.high)) if self.high is not None else ""

    @property
    def share(self) -> float | None:
        """Where the value is between the two ends, 0 to 1; None where there are none to be between."""
        if self.kind != "number" or self.low is None or self.high is None or self.high <= self.low:
            return None
        return (float(self.value) - self.low) / (self.high - self.low)

    def place(self, share: float) -> None:
        """Set it by its place between the two ends."""
        if self.low is not None and self.high is not None:
            number = self.low + share * (self.high - self.low)
            self._keep(round(number) if self.whole else round(number * 2) / 2)

    def _clamp(self, number: float) -> float:
        if self.low is not None:
            number = max(self.low, number)
        return min(self.high, number) if self.high is not None else number

    def _keep(self, number: float) -> None:
        number = round(self._clamp(number), 3)
        self.value = round(number) if self.whole else number

    def step(self, direction: int) -> bool:
        """One more or one less; a switch is turned."""
        self.settle()
        if self.kind == "text":
            return False
        if self.kind == "switch":
            # A script may write its default as the words yes and no: then it compares with words.
            words = isinstance(self._default, str)
            self.value = SWITCH[self.value == "yes"] if words else not self.value
            return True
        self._keep(float(self.value) + direction * (1 if self.whole else 0.5))
        return True

    def type(self, character: str) -> bool:
        """A typed character; numbers are taken when they are in range, else at `settle`."""
        if self.kind == "text" and character.isprintable() and len(str(self.value)) < 200:
            self.value = str(self.value) + character
            return True
        if self.kind != "number" or character not in ("0123456789-" if self.whole else "0123456789.-"):
            return False
        if len(self._typed) < 9:
            self._typed += character
        return True

    def erase(self) -> bool:
        """Backspace."""
        if self.kind == "text":
            self.value = str(self.value)[:-1]
            return True
        if self._typed:
            self._typed = self._typed[:-1]
            return True
        return False

    def settle(self) -> None:
        """Take what was typed, moved into the range; what is no number is forgotten. An emptied text is its default."""
        typed, self._typed = self._typed, ""
        if typed:
            with suppress(ValueError, OverflowError):
                self._keep(float(typed))
        if self.kind == "text" and not str(self.value).strip():
            self.value = self._default


MINUTE = 60_000


class Length(Field):
    """How long the session is to take, in whole minutes between the limits of its script; as written until changed."""

    name = ""
    label = LENGTH
    kind = "length"

    def __init__(self, fit_ms: int | None) -> None:
        self.value: int | None = fit_ms
        self._limits = (0, 0, 0)

    def within(self, limits: tuple[int, int, int]) -> None:
        """Its limits in ms, and the length as written: they change with what else is set."""
        self._limits = limits
        if self.value is not None:
            self.value = min(limits[1], max(limits[0], self.value))

    @property
    def shown(self) -> str:
        return length(self._limits[2] if self.value is None else self.value)

    @property
    def range(self) -> str:
        return between(None, *self._limits[:2])

    @property
    def share(self) -> float | None:
        least, most, written = self._limits
        return ((written if self.value is None else self.value) - least) / (most - least) if most > least else None

    def place(self, share: float) -> None:
        least, most, _ = self._limits
        minute = round((least + share * (most - least)) / MINUTE) * MINUTE
        self.value = min(most, max(least, minute))

    def step(self, direction: int) -> bool:
        """To the next whole minute, or to the limit."""
        least, most, written = self._limits
        now = written if self.value is None else self.value
        minutes = now // MINUTE + 1 if direction > 0 else -(-now // MINUTE) - 1
        self.value = min(most, max(least, minutes * MINUTE))
        return self.value != now

    def type(self, character: str) -> bool:
        return False

    def erase(self) -> bool:
        return False

    def settle(self) -> None:
        pass


class Breaths(Field):
    """Whether it begins with the gentler breaths that the client came to the last time."""

    name = ""
    label = _("Breaths")
    kind = "breaths"
    range = _("as last time, or as it was written")
    share = None

    def __init__(self, level: int) -> None:
        self._level = level
        self.value: int = level

    @property
    def shown(self) -> str:
        return _("shorter, gentler") if self.value else _("as written")

    def step(self, direction: int) -> bool:
        self.value = 0 if self.value else self._level
        return True

    def type(self, character: str) -> bool:
        return False

    def erase(self) -> bool:
        return False

    def settle(self) -> None:
        pass


class Pick(Field):
    """One of several, such as a voice; the first is as the session was made."""

    name = ""
    kind = "pick"
    range = ""
    share = None

    def __init__(self, label: str, choices: Sequence[tuple[str | None, str]], value: str | None) -> None:
        self.label = label
        self._choices = list(choices)
        self.value: str | None = value if value in [v for v, _ in self._choices] else None

    @property
    def shown(self) -> str:
        return next(text for value, text in self._choices if value == self.value)

    def step(self, direction: int) -> bool:
        """The next one, and after the last the first again."""
        values = [value for value, _ in self._choices]
        self.value = values[(values.index(self.value) + direction) % len(values)]
        return len(values) > 1

    def type(self, character: str) -> bool:
        return False

    def erase(self) -> bool:
        return False

    def settle(self) -> None:
        pass


def fields_of(script: Script, given: Mapping[str, Any], language: str) -> list[Field]:
    """A field for each variable, with `given` values where there are any that fit."""
    out = []
    for name, variable in script.variables.items():
        label = (
            variable.label.source(language, script.language)
            if variable.label
            else name.replace("-", " ").replace("_", " ")
        )
        field = Field(name, clean(label).replace("\n", " "), variable, variable.default)
        if name in given:
            wanted = given[name]
            if field.kind != "number":
                field.value = wanted
            elif isinstance(wanted, int | float):
                field._keep(float(wanted))
        out.append(field)
    return out
