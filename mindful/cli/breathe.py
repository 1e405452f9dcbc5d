"""`mindful breathe`: a breathing exercise, now and without a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from mindful.cli import exits, made, options
from mindful.cli.say import either, fail
from mindful.journal.printable import printable

DEFAULT = "long-exhale"
"""In for four, out for six: gentle, and the one that patterns themselves call the usual one to begin with."""


@click.command()
@click.argument("pattern", default=DEFAULT)
@click.option("--for", "time", metavar="TIME", help="How long; 5 means 5 min.  [default: 5 min; with --inline 1 min]")
@click.option(
    "--inline", is_flag=True, help="A few lines under the prompt, gone afterwards; the terminal stays as it was."
)
@click.option("--background", metavar="LAYER", default="ocean", show_default=True, help="What is heard under it: "
              "ocean, rain, stream, wind, pink-noise, brown-noise, drone, or silence.")  # fmt: skip
@options.playing
def breathe(pattern: str, time: str | None, inline: bool, background: str, **wanted: Any) -> int:
    """Breathe now, with PATTERN: a name, or seconds such as 4-4-6-2.

    The numbers are in, hold, out, rest; two numbers are in and out. Without PATTERN: in for 4, out for 6.

    Names: box, 4-7-8, coherent, resonant, long-exhale, cyclic-sigh, alternate-nostril, bhramari, pursed-lip, equal,
    triangle, diaphragmatic.
    """
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)
    long = time or ("1 min" if inline else "5 min")

    def prepare() -> Prepared:
        return Prepared(made.script(exercise(pattern, made.length(long, "--for"), background)), {}, {})

    if inline:
        from mindful.cli.inline import under_the_prompt

        return under_the_prompt(prepare, wishes)

    return perform(prepare, wishes, begin=True)


def exercise(pattern: str, ms: int, background: str) -> dict[str, Any]:
    """The script of a breathing exercise, as data; ends the command where the pattern is none."""
    from mindful.script.kinds.guide import LAYERS
    from mindful.script.patterns import bundled
    from mindful.script.problems import near

    if background not in LAYERS:
        fail(exits.USAGE, f"--background can be {either(LAYERS)}.")
    known = bundled().get(pattern.strip().casefold().replace(" ", "-").replace("_", "-"))
    phases = None if known is not None else made.pattern(pattern)
    if known is None and phases is None:
        lines = [f"There is no pattern called “{printable(pattern)}”."]
        if meant := near(pattern, list(bundled()), 2):
            lines.append(f"Did you mean {either(meant)}?")
        lines.append("A pattern can also be written in seconds: 4-6 is in for 4 and out for 6.")
        fail(exits.USAGE, *lines)
    if known is not None and known.rounds is not None:
        fail(
            exits.USAGE,
            f"{known.title} is done in rounds, with holds that you end yourself. This command cannot guide it.",
            "It needs a script of its own, with its cautions.",
        )
    row = "-".join(f"{n:g}" for n in phases.values()) if phases else ""
    name = known.name if known is not None else row
    title = known.title if known is not None else f"Breathing {row}"
    return {
        "id": f"breathe-{name.replace('.', '_')}",
        "title": title,
        "cautions": list(known.cautions if known is not None else _cautions(phases or {})),
        "settings": {"background": background},
        "steps": [
            {"bell": {"sound": "bowl", "level": -6}, "label": "Bell"},
            {"pause": "2 s"},
            {"breathe": {"pattern": phases or name, "for": made.seconds(ms)}, "label": title},
            {"say": "Now let your breath be as it likes.", "pause": "2 s"},
            {"bell": {"sound": "bowl", "level": -6}, "label": "Bell"},
            {"pause": "6 s"},
        ],
    }


def _cautions(phases: Mapping[str, float]) -> tuple[str, ...]:
    """Whom a pattern in numbers may not suit: as the bundled pattern that asks as much of the breath."""
    from mindful.script.kinds.breath import parse_phases
    from mindful.script.patterns import bundled
    from mindful.script.tiers import tier_of

    like = {"yellow": "box", "red": "cyclic-hyperventilation"}.get(tier_of(parse_phases(dict(phases))))
    return bundled()[like].cautions if like is not None else ()
