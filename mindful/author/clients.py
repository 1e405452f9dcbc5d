"""Made-up clients: how somebody answers, waits, pauses, skips and stops. Data only; `author.simulate` plays them.

Five are built in. A therapist's own is a small YAML or JSON file of the same model (`docs/therapist.md`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.kinds.base import Real, Strict, Whole
from mindful.script.nodes import read
from mindful.script.problems import Source, near, quote, render
from mindful.script.values import Duration

MAX_BYTES = 1024 * 1024


class ClientError(ValueError):
    """This file is no client; the words are for its author."""


def _share(value: object) -> float | None:
    """0.4 of `40 %`; None where it is no share."""
    text = str(value).strip()
    if isinstance(value, bool) or not text.endswith("%"):
        return None
    try:
        share = float(text[:-1]) / 100
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _chance(value: object) -> object:
    return value if (share := _share(value)) is None else share


Chance = Annotated[Real, BeforeValidator(_chance), Field(ge=0, le=1)]
"""0 to 1, or `20 %`."""


class At(Strict):
    """A moment of a session: a share of the whole, or a time since it began."""

    share: float | None = None
    ms: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, dict | At):
            return value
        if (share := _share(value)) is not None:
            return {"share": share}
        return {"ms": Duration.parse(value).ms}

    def of(self, whole_ms: int) -> int:
        """Milliseconds since the beginning of a session that takes `whole_ms`."""
        return self.ms if self.ms is not None else round((self.share or 0) * whole_ms)


class Span(Strict):
    """A length of time, always the same or between two."""

    from_: Duration = Field(alias="from")
    to: Duration

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, dict | Span):
            return value
        length = Duration.parse(value)
        return {"from": length, "to": length}

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.from_.ms is None or self.to.ms is None or self.from_.ms > self.to.ms:
            raise PydanticCustomError("span", "a time is wanted, such as 3 s, or two: {{from: 2 s, to: 8 s}}")
        return self


class Range(Strict):
    """Any number between two, ends included."""

    from_: Real | str = Field(alias="from")
    to: Real | str


def _level(value: Any) -> Any:
    """`40 %` stays a word that says so; other words are no levels."""
    if isinstance(value, str) and _share(value) is None:
        raise PydanticCustomError(
            "level", "a number is wanted, or a part of the scale such as 40 %, or nothing to leave it open"
        )
    return value


Level = Annotated[Real | str | Range | None, BeforeValidator(_level)]
"""A number, a share of the scale, a range of either, or nothing: left open."""
Levels = Level | tuple[Level, ...]
"""One for all times, or one after another; the last stays."""
ScaleName = Literal["suds", "mood", "stress", "pain", "urge", "calm", "energy", "own", "any"]
Way = Literal["first", "last", "next", "random"]


class Pausing(Strict):
    """One pause."""

    at: At
    for_: Duration = Field(alias="for")


class Replies(Strict):
    """What this client says to questions that `answers` says nothing about."""

    text: str | tuple[str, ...] = "A few words."
    number: Levels = 5
    yes_no: bool | Literal["random"] | tuple[bool, ...] = Field(False, alias="yes-no")
    time: str = "21:30"
    breaths: Levels = 14
    """Tapped breaths a minute."""
    breath_count: Levels = Field(80, alias="breath-count")
    """Rounds of a hundred that came out at nine."""
    choice: Way = "first"
    """Of `choice` and `choices`, and of quizzes: which option."""


class Client(Strict):
    """One made-up client."""

    mindful_client: Literal[1] = 1
    name: str = ""
    summary: str = ""
    answers: dict[str, Any] = {}
    """By a question's id; a list is one answer after another, nothing leaves it open."""
    scales: dict[ScaleName, Levels] = {"any": "50 %"}
    """Ratings by scale; `any` for all that are not named. A scale of the author's own is `own`, else `calm` where
    its high end is the good one."""
    replies: Replies = Replies()
    chooses: Way = "first"
    """Of `choose`: which way. `next`: each time another."""
    leaves_open: Chance = 0
    """How likely a question is left open."""
    skips: Chance = 0
    """How likely a step is skipped."""
    reaction: Span = Span.model_validate("3 s")
    """From a question to its answer."""
    holds: Span = Span.model_validate("20 s")
    """From the beginning of a `wait`, an open sit or breathing until a key, to that key."""
    pauses: tuple[Pausing, ...] = ()
    stops: At | None = None
    """When this client ends the session early."""
    ends_exposure: Whole | None = None
    """Ends each exposure by choice after so many ratings, the one before it counted; nothing: stays to its end."""
    seed: Whole = 0

    @model_validator(mode="before")
    @classmethod
    def _a_map(cls, value: Any) -> Any:
        if not isinstance(value, dict | Client):
            raise PydanticCustomError("client", "a client is a list of properties, such as `reaction: 5 s`")
        return value


def _scales(burden: list[str], ease: list[str]) -> dict[str, list[str]]:
    """Scales on which high means much distress, with others on which it means the contrary."""
    names = {"suds": burden, "stress": burden, "pain": burden, "urge": burden, "any": burden}
    return names | {"mood": ease, "calm": ease, "energy": ease}


_BUILT_IN: dict[str, dict[str, Any]] = {
    "calm": {
        "summary": "Answers everything at ease, takes the first way, and stays to the end.",
        "scales": _scales(["30 %", "20 %", "10 %"], ["60 %", "80 %"]),
        "reaction": {"from": "2 s", "to": "5 s"},
    },
    "distressed": {
        "summary": "Rates distress high and calm low, takes time to answer, pauses once, and wants more.",
        "scales": _scales(["90 %", "95 %", "80 %"], ["10 %", "20 %"]),
        "replies": {
            "number": 18,
            "breaths": 22,
            "breath-count": 30,
            "yes-no": [True, True, True, False],
            "choice": "last",
        },
        "chooses": "next",
        "reaction": {"from": "6 s", "to": "20 s"},
        "holds": "6 s",
        "pauses": [{"at": "30 %", "for": "45 s"}],
    },
    "stops": {
        "summary": "Ends the session at 40 % of its time.",
        "scales": {"any": "50 %"},
        "chooses": "last",
        "stops": "40 %",
    },
    "silent": {
        "summary": "Says nothing: leaves every question open that can be left open.",
        "leaves_open": 1,
        "reaction": "30 s",
        "holds": "1 min",
    },
    "random": {
        "summary": "Answers at random, leaves some open, skips a step now and then. Always the same for one --seed.",
        "scales": {"any": {"from": "0 %", "to": "100 %"}},
        "replies": {
            "number": {"from": 0, "to": 30},
            "breaths": {"from": 6, "to": 24},
            "yes-no": "random",
            "choice": "random",
        },
        "chooses": "random",
        "leaves_open": 0.1,
        "skips": 0.05,
        "reaction": {"from": "1 s", "to": "30 s"},
        "holds": {"from": "2 s", "to": "2 min"},
    },
}
BUILT_IN = tuple(_BUILT_IN)
"""Their names, in the order in which they are played."""


def built_in(name: str) -> Client:
    """One of `BUILT_IN`. Raises KeyError for another name."""
    return Client.model_validate({"name": name, **_BUILT_IN[name]})


def load(path: Path) -> Client:
    """The client in a file, named by its `name`, else by the file. Raises ClientError, with all that is wrong."""
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
        text = raw.decode("utf-8")
    except (OSError, ValueError) as error:
        reason = (error.strerror or "").lower() if isinstance(error, OSError) else "it is not plain text (UTF-8)"
        raise ClientError(f"{path.name} cannot be read: {reason}.") from None
    if len(raw) > MAX_BYTES:
        raise ClientError(f"{path.name} is larger than 1 MiB; a client is a few lines.")
    document = read(Source(path.name, text.removeprefix("\ufeff")))
    if document.problems:
        raise ClientError("\n\n".join(render(problem) for problem in document.problems))
    try:
        client = Client.model_validate(document.data)
    except ValidationError as error:
        faults: dict[tuple[int | str, ...], str] = {}
        for fault in error.errors(include_url=False):
            place = _place(document.data, fault["loc"])
            # Of several ways in which a value could have been right, the first says it.
            faults.setdefault(place, f"{path.name}:{document.place(place).line + 1}: {_words(fault, place)}")
        raise ClientError("\n".join(faults.values())) from None
    return client if client.name else client.model_copy(update={"name": path.stem})


def _place(data: Any, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The part of a fault's place that is really there: a missing key and the ways to read a value are not."""
    out: list[int | str] = []
    for part in loc:
        inside = isinstance(data, dict) and part in data
        if not inside and not (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            break
        out.append(part)
        data = data[part]
    return tuple(out)


def _words(fault: Any, place: tuple[int | str, ...]) -> str:
    """One fault of pydantic's in plain words."""
    key = next((str(p) for p in reversed(place) if isinstance(p, str)), "")
    match fault["type"]:
        case "extra_forbidden":
            known = [f.alias or n for n, f in Client.model_fields.items()]
            meant = near(key, known)
            more = f"Did you mean {quote(meant[0])}?" if meant else f"There are: {', '.join(known)}."
            return f"{quote(key)} is not known here. {more if len(place) == 1 else ''}".rstrip()
        case "missing":
            return f"{quote(fault['loc'][-1])} is missing."
        case "literal_error":
            return f"{quote(fault['input'])} is not one of {fault['ctx']['expected']}."
        case "greater_than_equal" | "less_than_equal":
            return f"{quote(key)} is a chance: 0 to 1, or a percentage."
        case kind if kind.endswith(("_parsing", "_type")):
            return f"{quote(fault['input'])} does not fit at {quote(key)}."
    return f"{quote(key)}: {fault['msg']}." if key else f"{fault['msg']}."
