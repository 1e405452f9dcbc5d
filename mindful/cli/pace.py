"""`mindful pace` and `mindful count`: breaths tapped with a key, for their pace or counted to nine."""

from __future__ import annotations

from typing import Any

import click

from mindful.cli import exits, made, options
from mindful.cli.say import fail
from mindful.tongue import _

LEAST_MS, MOST_MS = 20_000, 30 * 60_000


@click.command()
@click.option("--for", "time", metavar="TIME", default="1 min", show_default=True, help="How long is tapped.")
@options.playing
def pace(time: str, **wanted: Any) -> int:
    """Tap a key with each breath, and see how many breaths a minute that is.

    mindful breathe --from-my-pace then begins at that pace and glides from there.
    """
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)
    return perform(lambda: Prepared(made.script(pacing(_length(time))), {}, {}), wishes, begin=True)


@click.command()
@click.option("--for", "time", metavar="TIME", default="5 min", show_default=True, help="How long is counted.")
@options.playing
def count(time: str, **wanted: Any) -> int:
    """Count your breaths to nine, silently, with a key for each; another key for the ninth.

    A practice of attention. When the count slips away, noticing it is the practice.
    """
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)
    return perform(lambda: Prepared(made.script(counting(_length(time))), {}, {}), wishes, begin=True)


def _length(time: str) -> int:
    ms = made.length(time, "--for")
    if not LEAST_MS <= ms <= MOST_MS:
        fail(exits.USAGE, _("--for can be 20 s to 30 min here."))
    return ms


def pacing(ms: int) -> dict[str, Any]:
    """The script of a minute of tapping, as data."""
    return {
        "id": "pace",
        "title": _("Your own pace"),
        "steps": [
            {
                "say": _("Sit or lie as you like. There is no pace to keep: only notice the breath that comes."),
                "pause": "2 s",
            },
            {
                "ask": {
                    "id": "pace",
                    "text": _("Each time a breath in begins, tap."),
                    "answer": "breaths",
                    "for": made.seconds(ms),
                },
                "label": _("Tapping"),
            },
            {
                "if": "pace > 0",
                "say": _("That is about {pace} breaths a minute. Whatever the number is, it is all right."),
                "pause": "4 s",
            },
        ],
    }


def counting(ms: int) -> dict[str, Any]:
    """The script of counting to nine, as data."""
    return {
        "id": "count",
        "title": _("Counting breaths"),
        "cautions": ["panic"],
        "steps": [
            {
                "say": _("Let the breath come as it likes. Count it silently, from one to nine, and begin again."),
                "pause": "2 s",
            },
            {
                "ask": {
                    "id": "counting",
                    "text": _("A tap with each breath, and the other key with the ninth."),
                    "answer": "breath-count",
                    "for": made.seconds(ms),
                },
                "label": _("Counting"),
            },
            {"say": _("That is the time. You can let the counting go."), "pause": "6 s"},
        ],
    }
