"""`mindful sit`: silence, with bells."""

from __future__ import annotations

from typing import Any

import click

from mindful.cli import exits, made, options
from mindful.cli.say import fail
from mindful.tongue import _


@click.command()
@click.argument("time", required=False)
@click.option("--bell-every", metavar="TIME", help="A bell each time so much has passed; 5 means 5 min.")
@options.playing
def sit(time: str | None, bell_every: str | None, **wanted: Any) -> int:
    """Sit in silence for TIME, such as "10 min"; 10 means 10 min.

    A bell begins it, three end it. Without TIME you sit for as long as you like, and a key ends it.
    """
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)

    def prepare() -> Prepared:
        return Prepared(made.script(sitting(time, bell_every)), {}, {})

    return perform(prepare, wishes, begin=True)


def sitting(time: str | None, bell_every: str | None) -> dict[str, Any]:
    """The script of a sit, as data."""
    ms = None if time is None else made.length(time, "TIME")
    every = None if bell_every is None else made.length(bell_every, "--bell-every")
    if every is not None and every < 10_000:
        fail(exits.USAGE, _("--bell-every can be 10 s or more: a bell wants to ring out."))
    step: dict[str, Any] = {"open": True} if ms is None else {"for": made.seconds(ms)}
    if every is not None:
        step["bells"] = {"every": made.seconds(every), "sound": "chime"}
    return {
        "id": "sit",
        "title": _("Sitting in silence"),
        "steps": [
            {"bell": {"sound": "bowl", "level": -6}, "label": _("Bell")},
            {"sit": step, "label": _("Sitting in silence")},
            {"bell": {"sound": "bowl", "strokes": 3, "apart": "5 s", "level": -6}, "label": _("Bells")},
            {"pause": "8 s"},
        ],
    }
