"""Six weeks of exposure with three made-up clients: `python -m bench.exposure [WEEKS]`.

Each goes twice a week through the bundled `exposure-social`, with the real player on virtual time and a journal of its
own, and takes what one of the two models suggests. Prints what was rated, what was expected, and what was suggested.
`docs/exposure.md` says what a clinician would make of it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mindful import assets
from mindful.author.clients import Client
from mindful.author.simulate import Given, simulate
from mindful.journal import exposures
from mindful.plain import exposures as lines
from mindful.script.ladder import LadderItem
from mindful.script.load import load
from mindful.timeline.exposure import advice_words
from mindful.timeline.exposure.advice import Model, advise
from mindful.timeline.exposure.known import Known
from mindful.timeline.exposure.runs import courses

START = datetime.fromisoformat("2026-03-03T18:00:00+01:00")
DAYS = (0, 3)
"""Of each week: two exposures."""

Told = tuple[list[int], int, int, str]
"""Ratings, expected before and after (in percent), and whether it happened."""


@dataclass(frozen=True)
class Made:
    """One made-up person."""

    name: str
    follows: Model
    does: Callable[[int, int], Told]
    """(SUDS of the item, how often it was done before) to what they say."""
    ends_after: int | None = None
    until_week: int = 1000


def habituates(suds: int, before: int) -> Told:
    """It falls within each exposure, and from one to the next; what is expected follows slowly."""
    peak = max(10, suds + 15 - 20 * before)
    end = max(5, round(peak * 0.45))
    ratings = [max(5, peak - 15), peak, round((peak * 2 + end) / 3), round((peak + 2 * end) / 3), end]
    return ratings, max(20, 80 - 20 * before), max(10, 65 - 25 * before), "No"


def learns(suds: int, before: int) -> Told:
    """It stays as strong as it was; what is expected less each time is the catastrophe."""
    level = min(95, suds + 20)
    return [level - 10, level, level - 5, level, level], max(15, 85 - 35 * before), max(5, 45 - 30 * before), "No"


def leaves(suds: int, _before: int) -> Told:
    """It rises, and is ended; nothing is found out before that."""
    return [suds + 10, min(95, suds + 40), min(100, suds + 45)], 80, 80, "I cannot tell"


PEOPLE = (
    Made("habituates", "habituation", habituates),
    Made("does not, but learns", "inhibitory", learns),
    Made("drops out", "habituation", leaves, ends_after=2, until_week=3),
)


def client(made: Made, item: LadderItem, words: str, before: int) -> Client:
    ratings, believed, after, happened = made.does(item.suds, before)
    answers: dict[str, Any] = {
        "social.item": f"{words} ({item.suds})",
        "social.before": {"expected": "They laugh, or turn away", "believed": believed, "safety": "My phone"},
        "social.suds": ratings,
        "social.after": {
            "what": "As it was.", "happened": happened, "believed": after, "left_out": "All of them",
            "learned": "Something.", "next": "See below",
        },
    }  # fmt: skip
    return Client.model_validate(
        {"name": made.name, "answers": answers, "ends_exposure": made.ends_after, "holds": "40 s", "reaction": "5 s"}
    )


def course(made: Made, weeks: int, journal: Path) -> None:
    """Go through it, and print it."""
    script = load(assets.session_files()["exposure-social"]).script
    assert script is not None
    step = next(s.exposure for s in script.steps if s.exposure is not None)
    ladder = script.ladder_of(step)
    print(f"## {made.name}, who takes what {advice_words.TERMS[made.follows]} suggests\n")
    print(
        "| week | item (its SUDS) | rated | expected, and after | habituation suggests | inhibitory learning suggests |"
    )
    print("|---|---|---|---|---|---|")
    for week in range(1, min(weeks, made.until_week) + 1):
        for day in DAYS:
            runs = exposures.runs(journal, simulated=True)
            wanted = next(a for a in advise(ladder, runs) if a.model == made.follows)
            item = next(i for i in ladder.items if i.key == wanted.item)
            before = sum(r.item == item.key for r in runs)
            at = START + timedelta(days=7 * (week - 1) + day)
            words = item.item.say({}, "en")
            given = Given(script, known=Known("", runs))
            simulate(given, [client(made, item, words, before)], journal, lambda at=at: at)  # type: ignore[misc]
            done = exposures.runs(journal, simulated=True)
            last = done[-1]
            found = {
                a.model: f"{a.strategy}: {a.item}" + (f" + {a.other}" if a.other else "") for a in advise(ladder, done)
            }
            rated = " ".join(f"{s:g}" for s in last.suds) + (" (ended by choice)" if last.ended == "chosen" else "")
            print(
                f"| {week} | {item.key} ({item.suds}) | {rated} | {last.believed:g} → {last.believes:g} "
                f"| {found['habituation']} | {found['inhibitory']} |"
            )
    print()
    for text in lines.progress(courses(exposures.runs(journal, simulated=True))):
        print(f"    {text}")
    print()


def main() -> None:
    weeks = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    print(f"python -m bench.exposure {weeks}\n")
    for made in PEOPLE:
        with tempfile.TemporaryDirectory() as top:
            course(made, weeks, Path(top))


if __name__ == "__main__":
    main()
