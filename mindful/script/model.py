"""A whole script: its head, its settings, its steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, PrivateAttr, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.conditions import Condition
from mindful.script.kinds import flow, therapy
from mindful.script.kinds.ask import Ask, Learn, Rate, Wait
from mindful.script.kinds.base import Kind, Real, Strict, Whole
from mindful.script.kinds.body import Ground, Move, Relax, Scan
from mindful.script.kinds.breath import Breathe, Phases, Sit, parse_phases
from mindful.script.kinds.flow import Choose, Include, Repeat
from mindful.script.kinds.guide import Bell, Pause, Say, Sound
from mindful.script.kinds.sheets import Plan, Questionnaire, ThoughtRecord
from mindful.script.kinds.therapy import Exposure, HrvBiofeedback, Neurofeedback
from mindful.script.ladder import Ladder, Mode
from mindful.script.questionnaires import Definition
from mindful.script.values import NAME, Duration, Scalar, Text

Caution = Literal[
    "pregnancy", "heart", "blood-pressure", "epilepsy", "asthma", "copd", "glaucoma", "surgery", "panic",
    "trauma", "psychosis", "pain", "injury", "ear", "sleepiness", "other",
]  # fmt: skip

ClinicalCode = Literal[
    "MF101", "MF102", "MF103", "MF104", "MF105", "MF106", "MF107", "MF108", "MF109", "MF110", "MF111", "MF112", "MF113",
    "MF114", "MF115", "MF116", "MF117", "MF118", "MF119", "MF120", "MF122", "MF137", "MF138",
]  # fmt: skip
"""The rules of `mindful.script.clinical`, which a script may silence."""

KINDS: dict[str, type[Kind]] = {
    "say": Say,
    "pause": Pause,
    "bell": Bell,
    "sound": Sound,
    "breathe": Breathe,
    "sit": Sit,
    "scan": Scan,
    "relax": Relax,
    "move": Move,
    "ground": Ground,
    "rate": Rate,
    "ask": Ask,
    "wait": Wait,
    "learn": Learn,
    "questionnaire": Questionnaire,
    "thought_record": ThoughtRecord,
    "exposure": Exposure,
    "plan": Plan,
    "hrv_biofeedback": HrvBiofeedback,
    "neurofeedback": Neurofeedback,
    "choose": Choose,
    "repeat": Repeat,
    "include": Include,
}
"""Every kind of step, in the order of the format."""


class Step(Strict):
    """One entry of a script: exactly one kind, and what any step may have."""

    id: str | None = Field(None, pattern=f"^{NAME}$")
    """A name of its own, unique in the script."""
    if_: Condition | None = Field(None, alias="if")
    """The step is left out unless this holds."""
    label: Text | None = None
    """What the table of times, chapters and screens call this step; captions and readings have its words alone."""
    stretch: Real = Field(1, ge=0, le=10)
    """How much of the time that `--fit` adds or takes falls on this step."""
    optional: StrictBool = False
    """The client may skip it without it counting as skipped."""
    note: str | None = None
    """For the author; never shown."""

    say: Say | None = None
    pause: Pause | None = None
    bell: Bell | None = None
    sound: Sound | None = None
    breathe: Breathe | None = None
    sit: Sit | None = None
    scan: Scan | None = None
    relax: Relax | None = None
    move: Move | None = None
    ground: Ground | None = None
    rate: Rate | None = None
    ask: Ask | None = None
    wait: Wait | None = None
    learn: Learn | None = None
    questionnaire: Questionnaire | None = None
    thought_record: ThoughtRecord | None = None
    exposure: Exposure | None = None
    plan: Plan | None = None
    hrv_biofeedback: HrvBiofeedback | None = None
    neurofeedback: Neurofeedback | None = None
    choose: Choose | None = None
    repeat: Repeat | None = None
    include: Include | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_kinds(cls, data: Any) -> Any:
        """`- scan:` with nothing behind it is a scan with its defaults, not an absent key."""
        if isinstance(data, dict):
            return {k: ({} if v is None and k in KINDS else v) for k, v in data.items()}
        return data

    @model_validator(mode="after")
    def _one_kind(self) -> Step:
        kinds = [k for k in KINDS if getattr(self, k) is not None]
        if kinds == ["say", "pause"]:
            return self
        if len(kinds) > 1:
            raise PydanticCustomError(
                "step_kinds", "this step has more than one kind: {kinds}", {"kinds": ", ".join(kinds)}
            )
        if not kinds:
            raise PydanticCustomError("step_kind", "this step has no kind: say, breathe, bell, …")
        return self

    @cached_property
    def kind(self) -> str:
        """The name of the step's kind."""
        return next(k for k in KINDS if getattr(self, k) is not None)

    @property
    def body(self) -> Kind:
        """The fields of the step's kind."""
        body = getattr(self, self.kind)
        assert isinstance(body, Kind)
        return body

    @property
    def pause_after(self) -> Duration | None:
        """The silence after a `say`, wherever it was written."""
        if self.say is None:
            return None
        return self.pause.for_ if self.pause is not None else self.say.pause


class Evidence(Strict):
    """One finding that speaks for the practice, and how strong it is."""

    claim: str
    """What was found."""
    source: str
    """Where it was published."""
    strength: str
    """How far it carries, such as `one small trial`."""


class Settings(Strict):
    """How the session is given unless the client chooses otherwise."""

    voice: str = "guide"
    """`guide`, a voice's name, or `none`."""
    rate: Whole = Field(110, ge=90, le=180)
    """Words a minute."""
    background: str = "silence"
    """A layer, as in `sound`."""
    cues: Literal["tones", "voice", "both", "none"] = "tones"
    """How the phases of the breath are heard."""
    eyes: Literal["open", "closed", "either"] = "either"
    """What the session suits; open eyes are always fine."""
    captions: StrictBool = True
    """Whether spoken words are shown."""


class Variable(Strict):
    """Something the client may set before the session."""

    default: Scalar
    """Its value unless the client sets another."""
    min: Real | None = None
    max: Real | None = None
    label: Text | None = None
    """What it is called where the client sets it."""


class Fit(Strict):
    """The lengths the session can be stretched to."""

    min: Duration
    max: Duration


class Pronunciation(Strict):
    """How a word is said."""

    ipa: str | None = None
    """In the International Phonetic Alphabet."""
    say: str | None = None
    """Or written as it sounds: `M B S R`."""


class Silence(Strict):
    """A rule of good practice that this script leaves on purpose, and why. Outlines show it."""

    code: ClinicalCode
    """The rule, as `mindful check` calls it."""
    reason: str = Field(min_length=3)
    """Why it does not fit here, in words that a colleague understands."""
    step: str | None = Field(None, pattern=f"^{NAME}$")
    """Only at the step with this `id`; everywhere where absent."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a script came from."""

    file: str
    sha256: str


class Script(Strict):
    """A session script, format version 1."""

    mindful: Literal[1]
    """The version of the format."""
    title: Text
    steps: tuple[Step, ...] = Field(min_length=1)
    """What happens, in order."""
    id: str | None = Field(None, pattern=f"^{NAME}$")
    """The session's name in records; the file's name where absent."""
    summary: Text | None = None
    author: str | None = None
    license: str | None = None
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    """The language of texts without a language of their own."""
    tags: tuple[str, ...] = ()
    """What it is, for the search."""
    suits: tuple[str, ...] = ()
    """Whom or when it suits: beginners, evening."""
    trains: tuple[str, ...] = ()
    """What practising it trains, in a few words each: attention to the breath, saying no to an urge."""
    after: tuple[str, ...] = ()
    """Ids of sessions that are best known before this one."""
    lexicon: dict[str, Pronunciation] = {}
    """How words are said: `{MBSR: {say: M B S R}}`."""
    cautions: tuple[Caution, ...] = ()
    """For whom it may not be right; shown before it begins."""
    evidence: tuple[Evidence, ...] = ()
    """What is known about it, and how well."""
    settings: Settings = Settings()
    variables: dict[str, Variable] = {}
    """What the client may set: `{minutes: {default: 5, min: 2, max: 15}}`."""
    fit: Fit | None = None
    patterns: dict[str, Any] = {}
    """Named patterns of this script, each as in `breathe`."""
    silence: tuple[Silence, ...] = ()
    """Advice of `mindful check` that is not to be given here: `[{code: MF107, reason: They fall asleep.}]`."""

    _origin: Origin = PrivateAttr(default=Origin("", ""))
    _included: dict[str, Script] = PrivateAttr(default_factory=dict)
    _ladders: dict[str, Ladder] = PrivateAttr(default_factory=dict)
    _questionnaires: dict[str, Definition] = PrivateAttr(default_factory=dict)

    @property
    def origin(self) -> Origin:
        return self._origin

    @property
    def included(self) -> dict[str, Script]:
        """The scripts that `include` steps name, by the name they are included under."""
        return self._included

    def ladder_of(self, exposure: Exposure) -> Ladder:
        """The ladder of such a step, from its file or its own items; empty where its file could not be read."""
        if isinstance(exposure.ladder, str):
            return self._ladders.get(exposure.ladder, Ladder())
        return Ladder.model_construct(items=exposure.ladder, mode=exposure.mode or "in-vivo")

    def modes_of(self, exposure: Exposure) -> frozenset[Mode]:
        """Every way in which such a step may be done: that of each item that can come."""
        ladder = self.ladder_of(exposure)
        usual: Mode = exposure.mode or ladder.mode
        chosen = None if exposure.item is None else ladder.find(exposure.item.languages[0][1])
        other = None if exposure.with_ is None else ladder.find(exposure.with_.languages[0][1])
        items = ladder.items if chosen is None else (chosen, *((other,) if other is not None else ()))
        return frozenset(i.mode or usual for i in items) | ({usual} if not items else set())

    @property
    def questionnaires(self) -> dict[str, Definition]:
        """The questionnaires that steps name, by the name they are used under."""
        return self._questionnaires

    @property
    def own_patterns(self) -> dict[str, Phases]:
        return {name: parse_phases(value) for name, value in self.patterns.items()}

    def defaults(self) -> dict[str, Scalar]:
        """The variables as they stand before anyone set them."""
        return {name: v.default for name, v in self.variables.items()}


for _kinds in (flow, therapy):
    # Step holds these kinds and they hold steps: their `tuple[Step, ...]` can only be understood now.
    _kinds.Step = Step  # type: ignore[attr-defined]
for _model in (flow.Option, Choose, Repeat, Exposure, Step, Script):
    _model.model_rebuild(force=True)
