"""The therapy steps as they are seen, for `bench.looks` and whoever looks at one of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot

from tests.tui import test_exposure_screens as exposure
from tests.tui.hosting import HandHost
from tests.tui.test_body_screens import playing
from tests.tui.test_screens_at_three_sizes import pass_time, settled

Scene = Callable[[Pilot[Any], HandHost], Awaitable[None]]
LONG = "Perhaps it was about something else, and I only saw the end of it when I came in with my tray"


def keys(step: str, *pressed: str, wait: float = 1) -> Scene:
    """A step, and what is pressed in it; a text of several letters that is no key is typed."""

    async def scene(pilot: Pilot[Any], host: HandHost) -> None:
        await playing(pilot, host, f"  - {step}\n  - say: Thank you.\n")
        await settled(pilot)
        for each in pressed:
            await pilot.press(*(each[1:] if each.startswith("'") else (each,)))
            await settled(pilot)
        await pass_time(pilot, host, wait)

    return scene


def sheet(step: str) -> str:
    return f"id: s\n    {step}"


FIVE, SEVEN = sheet("thought_record: {columns: 5}"), sheet("thought_record: {columns: 7}")
TO_STYLES = (
    "'At lunch",
    "enter",
    "'They laugh at me",
    "enter",
    "8",
    "0",
    "enter",
    "'shame",
    "enter",
    "7",
    "0",
    "enter",
)
WHOLE = (*TO_STYLES, "3", "enter", f"'{LONG}", "enter", "5", "0", "enter", "4", "0", "enter", "3", "0", "enter")
SCENES: dict[str, Scene] = {
    "suds": keys("rate: {id: x, ask: How strong is the distress now?}", "6", "0"),
    "own scale": keys("rate: {id: x, ask: How near was it?, scale: {min: 0, max: 5, low: far, high: near}}", "3"),
    "mood, first axis": keys("rate: {id: x, ask: How is your mood?, scale: affect}", "3"),
    "mood, second axis": keys("rate: {id: x, ask: How is your mood?, scale: affect}", "3", "enter"),
    "ask, words": keys("ask: {id: x, text: What is on your mind?, private: true}", "'rain on the roof"),
    "ask, choices": keys(
        "ask: {id: x, text: Which of these?, answer: choices, options: [Rain, Sun, A wind from the sea that smells of salt]}",
        "1",
    ),
    "choose": keys(
        "choose: {ask: What would do you good?, options: [{label: Breathe, steps: [{say: A}]}, {label: Sit, steps: [{say: B}]}]}",
        "down",
    ),
    "questionnaire": keys(sheet("questionnaire: phq-9"), "2", "enter", "3"),
    "questionnaire, over": keys(sheet("questionnaire: gad-7"), *["2", "enter"] * 7),
    "questionnaire, number": keys(sheet("questionnaire: gad-7"), *["2", "enter"] * 7, "enter", wait=2),
    "five, first": keys(FIVE, "'At lunch"),
    "five, styles": keys(FIVE, *TO_STYLES, "3"),
    "five, over": keys(FIVE, *WHOLE, "'ask one of them", "enter"),
    "five, over, marked": keys(FIVE, *WHOLE, "'ask one of them", "enter", "up", "up", "up"),
    "seven, feeling": keys(SEVEN, "'At lunch", "enter", "'shame", "enter", "7"),
    "seven, against": keys(SEVEN, "'At lunch", "ctrl+n", *["ctrl+n"] * 2, "ctrl+n"),
    "experiment": keys(sheet("thought_record: {form: experiment}"), "'They will laugh", "enter", "'Three will", "enter"),
    "experiment, outcome": keys(sheet("thought_record: {form: outcome, of: x}")),
    "gate": exposure.gate,
    "item": exposure.item,
    "before": exposure.before,
    "during": exposure.stretch,
    "rating": exposure.rating,
    "after": exposure.after,
    "next": exposure.suggestion,
    "goal": keys(sheet("plan: {goals: [sleep], ask: [what, when, where, obstacle, if-then]}"), "'Up at seven", "enter"),
    "activity": keys(sheet("plan: {form: activity}"), "'A walk", "enter", "enter", "enter", "enter", "enter", "6"),
    "wellness": keys(sheet("plan: {form: wellness}"), "'I laugh, and I sleep through", "enter"),
    "review": keys(sheet("plan: {form: wellness-review}"), "7", "enter", "y"),
    "check-in": keys(sheet("plan: {form: check-in, goals: [sleep]}"), "6", "enter", "4", "enter"),
    "sleep diary": keys(sheet("plan: {form: sleep-diary}"), "'2310"),
    "sleep diary, over": keys(
        sheet("plan: {form: sleep-diary}"), "'2310", "enter", "'2330", "enter", "'20", "enter", "'2", "enter", "'25",
        "enter", "'0630", "enter", "'0650", "enter", "4", "enter", "enter", "enter",
    ),
    "learn": keys(
        'learn: {text: "# Worry\\nWords that *come back*.\\n\\n- one\\n- two", quiz: [{ask: Is it so?, options: [Yes, No], answer: 1, why: It is.}]}',
        "1",
    ),
}  # fmt: skip
"""By what is seen."""
