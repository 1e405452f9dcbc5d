"""A host for tests of the screen: sessions from text, time by hand, a record in memory. Nothing here touches a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.audio.levels import Levels
from mindful.journal.days import Sat
from mindful.journal.preferences import DECLARED, Wrong
from mindful.journal.ratings import Pair
from mindful.journal.trained import Figures
from mindful.player.checking import Check
from mindful.player.conductor import Conductor
from mindful.player.ports import Silence
from mindful.script import ladder_text
from mindful.script.load import loads
from mindful.script.model import Script
from mindful.script.profile import Profile
from mindful.script.safety import Verdict, verdict
from mindful.timeline.exposure.runs import Run
from mindful.timeline.fit import fitted, limits
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup
from mindful.tui.host import Appearance, Card, Chosen, Estimate, Last, Options
from tests.making import HandClock, Memory

if TYPE_CHECKING:
    from mindful.bio.engine import Engine

CARDS = (
    Card("settle", "Settle in one minute", "One minute to arrive where you are.", ("calming", "short"), (), "green", 60_000, 60_000, 60_000),
    Card("box", "Box breathing", "Four even sides: in, hold, out, rest.", ("breathwork", "focus"), ("work",), "yellow", 300_000, 300_000, 300_000),
    Card("bedtime", "Bedtime", "Longer and longer out-breaths, then quiet, so that sleep may come by itself when it likes.", ("sleep", "evening"), ("night",), "green", None, 720_000, 1_200_000),
    Card("wim-hof", "Rounds with long holds", "Fast breathing and long holds, for those who know it.", ("breathwork", "activating"), (), "red", 900_000, 600_000, None),
    Card("sit", "Sit", "Open-ended silence with a bell when you end it.", ("meditation",), ("experienced",), "green", None, 0, None),
    Card("bodyscan", "Corps attentif", "Un chemin à travers le corps.", ("français", "corps"), (), "green", 600_000, 600_000, 600_000),
)  # fmt: skip

BOX = """
mindful: 1
title: Box breathing
summary: Four even sides. Gentle and quiet, not deep.
cautions: [heart, pregnancy]
evidence:
  - {claim: "Mood improved, no more than with mindfulness", source: "Balban et al. 2023, Cell Reports Medicine 4(1):100895", strength: one small trial}
variables:
  rounds: {default: 4, min: 1, max: 12, label: Rounds}
steps:
  - say: Sit so that your back can be long.
    pause: 4 s
  - breathe: {pattern: {inhale: 4, hold: 4, exhale: 4, rest: 4}, cycles: "{rounds}"}
    label: Four sides
  - sit: {for: 1 min}
"""

RED = """
mindful: 1
title: Rounds with long holds
cautions: [epilepsy]
steps:
  - breathe: {pattern: {inhale: 2, hold: 20, exhale: 2}, cycles: 2}
"""

ASKING = """
mindful: 1
title: Questions
steps:
  - rate: {id: before, ask: How tense are you now?, scale: suds}
  - ask: {id: hours, text: How many hours did you sleep?, answer: number}
  - ask: {id: bed, text: When did you go to bed?, answer: time}
  - ask: {id: pills, text: Did you take your medicine?, answer: yes-no}
  - ask: {id: place, text: Where are you?, answer: choice, options: [At home, At work, Outside]}
  - ask: {id: felt, text: What did you notice?, answer: choices, options: [Warmth, Weight, Nothing much]}
  - ask: {id: words, text: What is on your mind?, answer: text, private: true}
  - choose: {id: way, ask: How would you like to go on?, options: [{label: Quiet}, {label: With a bell, steps: [{bell: bowl}]}]}
  - learn:
      title: Why longer out-breaths
      text: "# Slow is enough\\n\\nThe heart **slows** a little with every out-breath.\\n\\n- no force\\n- no hurry"
      quiz: [{ask: What helps?, options: [Force, A longer out-breath], answer: 2, why: It slows the heart.}]
  - wait: {text: Press a key when you are ready., count: true}
  - say: Thank you.
"""


def some_weeks(now: datetime) -> list[Sat]:
    """A journal of some weeks, with gaps, newest first."""
    out = []
    for k, back in enumerate((1, 1, 2, 5, 6, 9, 10, 11, 16, 23, 24, 40)):
        session, title = (("box", "Box breathing"), ("bedtime", "Bedtime"), ("settle", "Settle in one minute"))[k % 3]
        rated = (Pair("", 60 - k, 40 - 2 * k),) if session != "settle" else ()
        status = "stopped" if k == 3 else "completed"
        at = now - timedelta(days=back, hours=k % 5)
        out.append(
            Sat(f"r{k:02}", Path(f"r{k:02}.json"), at, session, title, status, (k % 4 + 1) * 300_000, rated, k == 1)
        )
    return out


def trained_weeks(now: datetime, count: int = 10) -> list[Sat]:
    """A practice of neurofeedback on ten days, newest first; on the second last it was a made-up signal."""
    one = replace(some_weeks(now)[0], session="brain-first", title="The first time with a headset", ratings=())
    changes = (0.2, 0.31, 0.08, 0.15, -0.04, 0.11, 0.02, 0.14, -0.07, 0.06)
    out = []
    for n, change in enumerate(changes[:count]):
        figures = Figures("eeg", "alpha", False, n != 1, "uV", change, 0.64, 0.93)
        out.append(replace(one, id=f"t{n}", started=now - timedelta(days=1 + n), trained=(figures,)))
    return out


MINUTE = """
mindful: 1
id: minute
title: A minute
steps:
  - breathe: {pattern: {inhale: 4, exhale: 6}, for: 1 min}
"""


class HandHost:
    """`scripts` by id; `clock` is the only time there is."""

    def __init__(self, scripts: Mapping[str, str] | None = None, cards: Sequence[Card] = CARDS) -> None:
        self.scripts = {"box": BOX, "wim-hof": RED, "asking": ASKING, "quick:minute": MINUTE, **(scripts or {})}
        self.cards = cards
        self.clock = HandClock()
        self.log = Memory()
        self.speaker = Silence(self.clock)
        self.conductor: Conductor | None = None
        self.options: Options | None = None
        self.values: dict[str, Any] = {}
        self.notes: list[tuple[str, int | None]] = []
        self.bells: list[float] = []
        self.remembered: list[float] = []
        self.levels = Levels()
        self.told: list[str] = []
        self.tier: str | None = None
        self.lines: list[str] = []
        self.offered: list[str] = []
        self.profile = Profile()
        self.judges = False
        """Whether the gate is closed to whom it should be; most tests are about something else."""
        self.full = ""
        """Why the profile cannot be kept."""
        self.ease = 0
        self.kept: list[tuple[str, Any]] = []
        self.appearance = Appearance(night="off")
        self.shapes: list[str] = []
        self.wall = datetime.fromisoformat("2026-11-25T18:30:00+01:00")
        self.last: Last | None = None
        self.runs: list[Run] = []
        self.own_ladders: dict[str, str] = {}
        self.fixed_ladders: dict[str, str] = {}
        self.fresh = False
        self.plan: Card | None = None
        self.planned: tuple[str, ...] = ()
        self.journal: list[Sat] = []
        self.pairs: list[Pair] = []
        self.choices: dict[str, Chosen] = {}
        self.set: dict[tuple[str, str], Any] = {}
        self.wrong: list[Wrong] = []
        self.refusal = ""
        self.keys: dict[str, tuple[str, ...]] = {}
        self.check: Check | None = None
        self.sensor: Callable[..., Engine] | None = None

    language = "en"
    volume = 0.8

    def catalogue(self) -> Iterable[Card]:
        return iter(self.cards)

    def electrodes(self, script: Script) -> Check | None:
        return self.check

    # Exposure

    def exposures(self) -> Sequence[Run]:
        return self.runs

    def ladders(self) -> Sequence[tuple[str, str, bool]]:
        return [*((n, n, True) for n in self.own_ladders), *((n, n, False) for n in self.fixed_ladders)]

    def ladder(self, name: str) -> tuple[str, bool, str]:
        return {**self.fixed_ladders, **self.own_ladders}[name], name in self.own_ladders, ""

    def keep_ladder(self, name: str, text: str) -> str:
        if not self.full:
            self.own_ladders[name] = text
        return self.full

    def new_ladder(self) -> tuple[str, str]:
        self.own_ladders["new"] = ladder_text.begun("My ladder")
        return "new", ""

    def copy_ladder(self, name: str) -> tuple[str, str]:
        self.own_ladders["copy"] = self.fixed_ladders[name]
        return "copy", ""

    def exposure_of(self, name: str, item: str) -> str:
        self.kept.append(("exposure", item))
        return "box"

    def load(self, session: str) -> tuple[Script | None, str]:
        text = self.scripts.get(session)
        if session.startswith("pattern:"):
            name = session.removeprefix("pattern:")
            text = f"mindful: 1\ntitle: Breathing {name}\nsteps:\n  - breathe: {{pattern: {name}, for: 5 min}}\n"
            session = f"breathe-{name}"
        if text is None:
            return None, f"{session}:1:1: error MF001\n    there is no such session\n    ^^^^^"
        loaded = loads(text, f"{session}.yaml")
        return loaded.script, "\n".join(p.message for p in loaded.problems)

    def estimate(self, script: Script, values: Mapping[str, Any], fit_ms: int | None = None) -> Estimate:
        setup = Setup(script, dict(values))
        ends = limits(setup)
        found = outline(setup if fit_ms is None else fitted(setup, fit_ms).setup)
        tier = self.tier or ("red" if script.id == "wim-hof" else "yellow" if script.id == "box" else "green")
        fit = None if ends is None else (ends.least_ms, ends.most_ms, ends.written_ms)
        return Estimate(found.total_ms, found.bounds.min_ms, found.bounds.max_ms, tier, fit)

    def keep_profile(self, profile: Profile) -> str:
        if not self.full:
            self.profile = profile
        return self.full

    def support(self) -> Sequence[tuple[str, str]]:
        return [("danger", "If you are in danger, call."), ("heading", "People"), ("item", "Ana, 0123 [b]456[/b]")]

    def verdict(self, script: Script, values: Mapping[str, Any]) -> Verdict:
        if not self.judges:
            return Verdict("green")
        return verdict(script, self.profile, {**script.defaults(), **values})

    def eased(self, script: Script) -> int:
        return self.ease

    def prepare(self, script: Script, values: Mapping[str, Any], voice: str | None = None) -> None:
        self.prepared = script.id if voice is None else f"{script.id} by {voice}"

    def begin(self, script: Script, values: Mapping[str, Any], options: Options) -> Conductor:
        self.options, self.values, self.log = options, dict(values), Memory()
        self.conductor = Conductor(
            script,
            values,
            clock=self.clock,
            speaker=self.speaker,
            log=self.log,
            levels=self.levels,
            fit_ms=options.fit_ms,
            ease=options.ease,
            remember=lambda name, value: self.kept.append((name, value)),
            sensor=self.sensor,
        )
        return self.conductor

    def sound_check(self, volume: float) -> str:
        self.bells.append(volume)
        return "Played on the null device."

    def recorded(self) -> Sequence[str]:
        return self.lines

    def add_note(self, text: str, feeling: int | None = None) -> None:
        self.notes.append((text, feeling))

    def add_effects(self, effects: Mapping[str, object]) -> None:
        self.effects = dict(effects)

    def offers(self) -> Sequence[str]:
        return self.offered

    def notices(self) -> Sequence[str]:
        told, self.told = self.told, []
        return told

    def remember_volume(self, level: float) -> None:
        self.remembered.append(level)

    def remember_levels(self, levels: Levels) -> None:
        self.levels = levels

    def remember_pacer(self, name: str) -> None:
        self.shapes.append(name)

    def now(self) -> datetime:
        return self.wall

    def today(self) -> date:
        return self.wall.date()

    def last_done(self) -> Last | None:
        return self.last

    def first_run(self) -> bool:
        return self.fresh

    def next_in_plan(self) -> Card | None:
        return self.plan

    def plan_said(self) -> Sequence[str]:
        return self.planned

    def plan_page(self) -> Sequence[str]:
        return ["Two weeks", *self.planned]

    def shape(self, session: str, columns: int) -> Sequence[tuple[str, str]]:
        marks = [("o", "bell"), ("▪", "voice"), *[("▄", "breath")] * 6, ("▅", "held"), ("·", "quiet")]
        return [marks[i * len(marks) // columns] for i in range(columns)]

    def sats(self) -> Iterable[Sequence[Sat]]:
        yield self.journal

    def locked(self) -> bool:
        return False

    def record_page(self, record: str) -> Sequence[str]:
        return [f"Record {record}".strip(), "Completed, 5 min.", "", "Your answers", "  before  60", "  after   40"]

    def rated(self) -> Sequence[Pair]:
        return self.pairs

    def voices(self) -> Sequence[str]:
        return ["heart"]

    def backgrounds(self) -> Sequence[str]:
        return ["ocean", "rain"]

    def chosen(self, script: Script) -> Chosen:
        return self.choices.get(script.id, Chosen())

    def remember_chosen(self, script: Script, chosen: Chosen) -> None:
        self.choices[script.id] = chosen

    def settings(self) -> Mapping[tuple[str, str], Any]:
        return {(s.section, s.name): self.set.get((s.section, s.name), s.default) for s in DECLARED}

    def wrong_settings(self) -> Sequence[Wrong]:
        return self.wrong

    def keep_setting(self, section: str, name: str, value: Any) -> str:
        if not self.refusal:
            self.set[section, name] = value
            if section == "keys" and value is not None:
                self.keys[name] = (value,)
            elif section == "keys":
                self.keys.pop(name, None)
        return self.refusal

    def settings_place(self) -> str:
        return "/home/you/.local/share/mindful/settings.toml"

    def keymap(self) -> Mapping[str, tuple[str, ...]]:
        return self.keys
