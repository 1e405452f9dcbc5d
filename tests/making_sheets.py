"""A sheet for tests: a field of every kind, one that hangs on another, one that is needed."""

from __future__ import annotations

from mindful.timeline.model import SheetPrompt
from mindful.timeline.sheet import SheetField

SHEET = SheetPrompt(
    id="sheet",
    title="Before you begin",
    text="Fill in what you like.",
    fields=(
        SheetField(name="what", ask="What will you do?", required=True, help="One small thing."),
        SheetField(name="belief", ask="How likely is it?", answer="scale", low_word="not at all", high_word="certain"),
        SheetField(name="where", ask="Where?", answer="choice", options=("At home", "Outside")),
        SheetField(name="far", ask="How far?", answer="number", low=0, high=50, when=("where", "==", "Outside")),
        SheetField(name="felt", ask="What do you notice?", answer="choices", options=("Warmth", "Weight")),
        SheetField(name="when", ask="When?", answer="time"),
        SheetField(name="alone", ask="Alone?", answer="yes-no"),
        SheetField(name="more", ask="Anything else?", private=True),
    ),
)
FULL = {
    "what": "walk\nslowly",
    "belief": 60,
    "where": "Outside",
    "far": 3,
    "felt": ["Warmth"],
    "when": "07:30",
    "alone": False,
    "more": "no",
}
