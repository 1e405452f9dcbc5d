"""Every screen of the program, each reached as a client would reach it: what `bench.looks` makes its sheets of.

Most are the scenes of the tests of the screen; here are those that have no snapshot of their own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from mindful.journal.trained import Figures
from mindful.player.checking import CheckView
from mindful.script.profile import Profile
from tests.player.test_training import simulated
from tests.tui import test_body_screens as body
from tests.tui import test_ladder_screen as ladders
from tests.tui import test_screens_at_three_sizes as scenes
from tests.tui import therapy_scenes as therapy
from tests.tui.hosting import HandHost, trained_weeks
from tests.tui.test_gate_pages import INTENSE, PREGNANT
from tests.tui.test_learning import READ

Scene = Callable[[Any, HandHost], Awaitable[None]]


async def pressed(pilot: Any, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await scenes.settled(pilot)


async def checklist(pilot: Any, _: HandHost) -> None:
    await pressed(pilot, "f5", "space", "down")


async def evidence(pilot: Any, _: HandHost) -> None:
    await pressed(pilot, "f6", "down")


async def evidence_card(pilot: Any, _: HandHost) -> None:
    await pressed(pilot, "f6", "enter")


async def support(pilot: Any, _: HandHost) -> None:
    await pressed(pilot, "f7")


async def keys_of_home(pilot: Any, _: HandHost) -> None:
    await pressed(pilot, "f1")


async def programme(pilot: Any, host: HandHost) -> None:
    host.planned = ("Week 2 of 8: today is for a body scan, if you like.", "Done so far: 5 of 9.")
    await scenes.again_home(pilot)
    await pressed(pilot, "f9")


async def reading(pilot: Any, host: HandHost) -> None:
    host.cards = READ
    await pressed(pilot, "f8", "down")


async def cannot_open(pilot: Any, _: HandHost) -> None:
    await pressed(pilot, "enter")


async def unpleasant(pilot: Any, host: HandHost) -> None:
    await scenes.after_rough(pilot, host)
    await pressed(pilot, "u", "down", "down", "space")


async def unpleasant_steps(pilot: Any, host: HandHost) -> None:
    await unpleasant(pilot, host)
    await pressed(pilot, *["down"] * 5, "space")


async def after_ratings(pilot: Any, host: HandHost) -> None:
    from mindful.journal.ratings import Pair

    host.pairs = [Pair("tension", 60, 35), Pair("mood", 4, 6)]
    await scenes.after_early(pilot, host)
    await pressed(pilot, "tab", *"quieter")


async def refused(pilot: Any, host: HandHost) -> None:
    await gated(pilot, host, PREGNANT, 1)


async def intense_off(pilot: Any, host: HandHost) -> None:
    await gated(pilot, host, Profile(frozenset(), "2026-11-01", True), 3)


async def intense_asked(pilot: Any, host: HandHost) -> None:
    await gated(pilot, host, INTENSE, 3)


async def gated(pilot: Any, host: HandHost, profile: Profile, downs: int) -> None:
    host.judges, host.profile = True, profile
    await pressed(pilot, *["down"] * downs, "enter")


async def before_fields(pilot: Any, host: HandHost) -> None:
    await scenes.open_box(pilot, host)
    await pressed(pilot, "down", "right")


async def trained_heart(pilot: Any, host: HandHost) -> None:
    figures = [
        Figures("heart", "lock", False, True, "share", None, 0.8, 0.97, swing, 0.81, 0.72, 44.0, 26.0)
        for swing in (12.4, 12.7, 13.0, 10.3, 10.6)
    ]
    one = trained_weeks(host.wall, 1)[0]
    host.journal = [
        replace(one, id=f"h{n}", title="Ten minutes", started=host.wall - timedelta(days=1 + 2 * n), trained=(f,))
        for n, f in enumerate(figures)
    ]
    await pressed(pilot, "j", "tab", "tab", "enter")


async def trained_twice(pilot: Any, host: HandHost) -> None:
    host.journal = trained_weeks(host.wall, 2)
    await pressed(pilot, "j", "tab", "tab", "enter")


async def ladder_list(pilot: Any, host: HandHost) -> None:
    made = ladders.host()
    host.own_ladders, host.fixed_ladders = made.own_ladders, made.fixed_ladders
    await pressed(pilot, "j", *["shift+tab"] * 2, "l")


async def ladder(pilot: Any, host: HandHost) -> None:
    await ladder_list(pilot, host)
    await pressed(pilot, "enter", "down")


async def ladder_writing(pilot: Any, host: HandHost) -> None:
    await ladder(pilot, host)
    await pressed(pilot, "a", *"lead")


async def told(pilot: Any, host: HandHost) -> None:
    """Something is said once while a session plays."""
    await scenes.playing_inhale(pilot, host)
    pilot.app.screen.notices.tell("There is no sound device, so the session plays in silence. Its words are shown.")
    await scenes.pass_time(pilot, host, 1)


async def told_asking(pilot: Any, host: HandHost) -> None:
    await scenes.rate_open(pilot, host)
    pilot.app.screen.notices.tell("There is no sound device, so the session plays in silence. Its words are shown.")
    await scenes.pass_time(pilot, host, 1)


async def nothing_chosen(pilot: Any, host: HandHost) -> None:
    await scenes.asking(pilot, host, 5)
    await pressed(pilot, "enter")


async def dark(pilot: Any, host: HandHost) -> None:
    await scenes.playing_inhale(pilot, host)
    await pressed(pilot, "h")


class Sitting:
    """A look at a headset that stands still."""

    def __init__(self, view: CheckView) -> None:
        self.view = view

    def look(self) -> CheckView:
        return self.view

    def close(self) -> None: ...


def electrodes(view: CheckView) -> Scene:
    async def scene(pilot: Any, host: HandHost) -> None:
        host.check = Sitting(view)  # type: ignore[assignment]
        await scenes.play_box(pilot, host)

    return scene


def measured(kind: str, step: str, seconds: float) -> Scene:
    """A heart or a brain, so many seconds into it. The body is simulated."""

    async def scene(pilot: Any, host: HandHost) -> None:
        if kind:
            host.sensor = simulated(lambda: host.clock, kind)
        await body.playing(pilot, host, f"  - {step}\n  - say: Thank you.\n")
        await scenes.pass_time(pilot, host, seconds, 0.2)

    return scene


HEADSET = tuple((name, "good") for name in ("Fp1", "Fp2", "C3", "C4", "P3", "P4", "O1", "O2"))
POOR = tuple((n, {"O1": "flat", "P4": "noisy", "Fp1": "clipped"}.get(n, c)) for n, c in HEADSET)
HEART = "hrv_biofeedback: {for: 3 min, pace: 6}"
BRAIN = "neurofeedback: {protocol: alpha, for: 2 min, blocks: 1, baseline: 20 s}"

_FIRST = (
    scenes.home, scenes.home_searching, scenes.home_back, scenes.home_plan, scenes.home_filtered, scenes.home_first_run,
    keys_of_home, programme, reading, cannot_open, scenes.palette, scenes.palette_searching, scenes.settings,
    scenes.settings_key, checklist, evidence, evidence_card, support,
)  # fmt: skip
_JOURNEY = (
    scenes.journey_empty, scenes.journey_month, scenes.journey_ratings, scenes.journey_practices,
    scenes.journey_practice, scenes.journey_trained, trained_heart, trained_twice, scenes.journey_records,
    scenes.journey_record, ladder_list, ladder, ladder_writing,
)  # fmt: skip
_BEFORE = (
    scenes.before, before_fields, scenes.before_red, scenes.before_eased, scenes.mixer_before, refused, intense_off,
    intense_asked,
)  # fmt: skip
_PLAYING = (
    scenes.playing_words, scenes.playing_inhale, scenes.playing_hold, scenes.eased, scenes.paused, told,
    scenes.mixer, scenes.grounding, scenes.landing, scenes.player_keys, body.scan_second, body.relax_tense,
    body.relax_let_go, body.move_hold, body.move_breath, body.ground_three,
)  # fmt: skip
_QUESTIONS = (
    scenes.rate_open, told_asking, scenes.rate_chosen, scenes.ask_number, scenes.ask_time, scenes.ask_yes_no,
    scenes.ask_choice, scenes.ask_choices, nothing_chosen, scenes.ask_text, scenes.offered, scenes.choose, scenes.learn,
    scenes.wait, scenes.tapping, scenes.counting,
)  # fmt: skip
_AFTER = (scenes.after_early, scenes.after_rough, after_ratings, unpleasant, unpleasant_steps)


def _named(*found: Scene) -> dict[str, Scene]:
    return {getattr(scene, "__name__", "?").replace("_", " "): scene for scene in found}


SCENES: dict[str, dict[str, Scene]] = {
    "first": _named(*_FIRST),
    "journey": _named(*_JOURNEY),
    "before": _named(*_BEFORE),
    "playing": _named(*_PLAYING),
    "bio": {
        "electrodes, looked for": electrodes(CheckView("opening", "", False)),
        "electrodes, poor": electrodes(CheckView("poor", "OpenBCI Cyton", False, POOR)),
        "electrodes, good": electrodes(CheckView("good", "simulated headset", True, HEADSET)),
        "electrodes, failed": electrodes(CheckView("failed", "", False, (), "The headset is not switched on.")),
        "heart, at rest": measured("heart", HEART, 30),
        "heart, training": measured("heart", HEART, 120),
        "heart, five paces": measured("heart", "hrv_biofeedback: {for: 10 min, assess: true}", 150),
        "brain, at rest": measured("eeg", BRAIN, 12),
        "brain, training": measured("eeg", BRAIN, 60),
        "heart, no sensor": measured("", HEART, 20),
    },
    "questions": _named(*_QUESTIONS),
    "sheets": dict(therapy.SCENES),
    "after": _named(*_AFTER),
}
"""By part of the program and by what is seen."""
