"""Steps that pace or leave the breath: breathe, sit; and the phases they are made of."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

from pydantic import Field, StrictBool, field_validator, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.kinds.base import Kind, Strict, Whole
from mindful.script.kinds.guide import BellSound
from mindful.script.values import Duration, Number

PhaseName = Literal["inhale", "top_up", "hold", "exhale", "rest"]
Through = Literal["nose", "mouth", "left", "right", "hum", "pursed"]
WAYS: tuple[Through, ...] = ("nose", "mouth", "left", "right", "hum", "pursed")
PHASES: tuple[PhaseName, ...] = ("inhale", "top_up", "hold", "exhale", "rest")


class Phase(Strict):
    """One respiratory phase of a pattern."""

    phase: PhaseName
    ms: int = Field(ge=100, le=600_000)
    """Length in milliseconds, a multiple of 100."""
    through: Through | None = None


Phases = tuple[Phase, ...]


def _tenths(name: str, value: object) -> int:
    """Milliseconds of a phase length in seconds, in steps of 0.1 s."""
    if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?\s*(s|sec|seconds?)", value):
        value = float(value.rstrip("secondSECOND ").strip())
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError(
            "phase_seconds",
            "{phase} wants a number of seconds, not “{source}”",
            {"phase": name, "source": str(value)},
        )
    tenths = value * 10
    if not 0 <= value <= 600 or abs(tenths - round(tenths)) > 1e-6:
        raise PydanticCustomError(
            "phase_seconds",
            "{phase} is in seconds, 0 to 600, in steps of 0.1",
            {"phase": name, "source": str(value)},
        )
    return round(tenths) * 100


def _entry(item: object) -> tuple[PhaseName, object, object]:
    """Name, seconds and way of one entry of a list of phases."""
    if not isinstance(item, dict):
        raise PydanticCustomError("phase_item", "each phase is a map such as {{inhale: 4, through: nose}}")
    kinds = [k for k in item if k != "through"]
    for name in kinds:
        if name not in PHASES:
            raise PydanticCustomError("phase_name", "“{name}” is not a breath phase", {"name": str(name)})
    if len(kinds) != 1:
        raise PydanticCustomError("phase_item", "each entry of the list is one phase, with its seconds")
    through = item.get("through")
    if through is not None and through not in WAYS:
        raise PydanticCustomError("phase_through", "“{name}” is not a way to breathe", {"name": str(through)})
    return kinds[0], item[kinds[0]], through


def phase_faults(value: object) -> list[tuple[tuple[str | int, ...], PydanticCustomError]]:
    """What is wrong with the single phases of a map or list: the path within it, and the fault."""
    faults: list[tuple[tuple[str | int, ...], PydanticCustomError]] = []
    if isinstance(value, dict):
        for name, secs in value.items():
            try:
                if name not in PHASES:
                    raise PydanticCustomError("phase_name", "“{name}” is not a breath phase", {"name": str(name)})
                if secs is not None:
                    _tenths(name, secs)
            except PydanticCustomError as e:
                faults.append(((str(name),), e))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            try:
                name, secs, _ = _entry(item)
                _tenths(name, secs)
            except PydanticCustomError as e:
                context = e.context or {}
                key = context.get("name", context.get("phase"))
                key = "through" if e.type == "phase_through" else key
                faults.append(((i, str(key)) if isinstance(item, dict) and key in item else (i,), e))
    return faults


def parse_phases(value: object) -> Phases:
    """Phases of a map in breath order or of a list of phases. Raises `PydanticCustomError`."""
    for _, fault in phase_faults(value):
        raise fault
    out: list[Phase] = []
    if isinstance(value, dict):
        for name, secs in value.items():
            if secs is not None and (ms := _tenths(name, secs)):
                out.append(Phase(phase=name, ms=ms))
        out.sort(key=lambda p: PHASES.index(p.phase))
    elif isinstance(value, list):
        for item in value:
            phase, length, through = _entry(item)
            if ms := _tenths(phase, length):
                out.append(Phase.model_validate({"phase": phase, "ms": ms, "through": through}))
    else:
        raise PydanticCustomError("pattern", "a pattern is a name, a map of phases in seconds, or a list of phases")
    if len(out) > 64:
        raise PydanticCustomError("pattern", "a pattern has at most 64 phases")
    if not any(p.phase in ("inhale", "top_up") for p in out) or not any(p.phase == "exhale" for p in out):
        raise PydanticCustomError("pattern_breath", "a pattern needs at least an inhale and an exhale")
    return tuple(out)


class Ramp(Strict):
    """A change of pace, keeping the pattern's proportions."""

    from_: Number = Field(alias="from")
    """Breaths a minute at the start."""
    to: Number
    """Breaths a minute at the end."""
    over: Duration | None = None
    """Time it takes; the whole step where absent."""


class Breathe(Kind):
    """Paced breathing."""

    short: ClassVar[str | None] = "pattern"

    pattern: str | Phases
    """A name, a map of phases in seconds, or a list of phases."""
    for_: Duration | None = Field(None, alias="for")
    """About how long; ends with the whole cycle nearest to it."""
    cycles: Number | None = None
    """Or how many cycles."""
    until: Literal["key"] | None = None
    """`key`: goes on until the client presses a key."""
    ramp: Ramp | None = None
    """A pace that changes."""
    cues: Literal["tones", "voice", "both", "none"] | None = None
    """How the phases are heard; as in settings where absent."""
    speak: str | None = Field(None, pattern=r"^(always|never|first [1-9][0-9]?)$")
    """Whether phases are spoken: `always`, `never`, or `first 3` cycles. Absent: always where `cues` has the voice."""
    visual: Literal["circle", "wave", "column", "ring", "petals", "word", "none"] | None = None

    @classmethod
    def _is_short_map(cls, data: dict[Any, Any]) -> bool:
        """A map with a phase in it is a pattern, though another of its keys be misspelt."""
        fields = {f.alias or n for n, f in cls.model_fields.items()}
        return any(k in PHASES for k in data) and not any(k in fields for k in data)

    @field_validator("pattern", mode="before")
    @classmethod
    def _pattern(cls, value: object) -> object:
        if isinstance(value, str) or (isinstance(value, tuple) and all(isinstance(p, Phase) for p in value)):
            return value
        return parse_phases(value)

    @model_validator(mode="after")
    def _one_length(self) -> Breathe:
        given = [n for n, v in (("for", self.for_), ("cycles", self.cycles), ("until", self.until)) if v is not None]
        if len(given) > 1:
            raise PydanticCustomError(
                "breathe_length", "only one of for, cycles and until may be given", {"given": given}
            )
        if not given and (self.ramp is None or self.ramp.over is None):
            raise PydanticCustomError("breathe_length", "how long? give for, cycles or until: key", {"given": given})
        return self


class SitBells(Strict):
    """Bells during a sit."""

    every: Duration | None = None
    """A bell each time this long has passed."""
    at: tuple[Duration, ...] = ()
    """Bells at these times."""
    random: Whole = Field(0, ge=0, le=60)
    """This many bells at times nobody can foresee; in an open sit, one in each five minutes."""
    sound: BellSound = "bowl"
    strokes: Whole = Field(1, ge=1, le=9)


class Sit(Kind):
    """Silent sitting."""

    short: ClassVar[str | None] = "for"

    for_: Duration | None = Field(None, alias="for")
    """How long."""
    open: StrictBool = False
    """Goes on until the client ends it."""
    bells: SitBells | None = None
    """Bells within the sit."""
    warm_up: Duration | None = None
    """Time to settle before the sit begins."""

    @model_validator(mode="after")
    def _one_length(self) -> Sit:
        if (self.for_ is None) == (not self.open):
            raise PydanticCustomError("sit_length", "a sit has either a length (for) or is open: true")
        return self
