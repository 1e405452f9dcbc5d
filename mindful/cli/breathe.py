"""`mindful breathe`: a breathing exercise, now and without a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, made, options
from mindful.cli.say import either, fail, tell
from mindful.journal.printable import printable
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.cli.host import Wishes
    from mindful.script.kinds.breath import Phases
    from mindful.script.patterns import BundledPattern

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
@click.option("--from-my-pace", "own", is_flag=True, help="Begin at your own pace, as mindful pace found it, and glide "
              "from there.")  # fmt: skip
@options.playing
def breathe(pattern: str, time: str | None, inline: bool, background: str, own: bool, **wanted: Any) -> int:
    """Breathe now, with PATTERN: a name, or seconds such as 4-4-6-2.

    The numbers are in, hold, out, rest; two numbers are in and out. Without PATTERN: in for 4, out for 6.

    Names: box, 4-7-8, coherent, resonant, long-exhale, cyclic-sigh, alternate-nostril, bhramari, pursed-lip, equal,
    triangle, diaphragmatic, and your own: mindful patterns lists them all. wim-hof-rounds is a whole session, in
    rounds, with its cautions first.
    """
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)
    if (session := in_rounds(pattern)) is not None:
        return _rounds(session, [name for name, given in (("--for", time), ("--inline", inline),
                                 ("--from-my-pace", own)) if given], wishes)  # fmt: skip
    long = time or ("1 min" if inline else "5 min")

    def prepare() -> Prepared:
        script = exercise(pattern, made.length(long, "--for"), background)
        if own:
            glide(script, own_pace())
        return Prepared(made.script(script), {}, {})

    if inline:
        from mindful.cli.inline import under_the_prompt

        return under_the_prompt(prepare, wishes)

    return perform(prepare, wishes, begin=True)


def in_rounds(pattern: str) -> str | None:
    """The bundled session of a pattern that is done in rounds, with holds that the client ends; else None."""
    if not any(word in pattern.casefold() for word in ("rounds", "wim", "hof")):
        return None  # most patterns: nothing is loaded before the first frame
    from mindful.script.patterns import bundled

    known = bundled().get(_named(pattern))
    return known.name if known is not None and known.rounds else None


def _rounds(session: str, unfitting: Sequence[str], wishes: Wishes) -> int:
    """The session of that name, with the page that says its cautions first."""
    from mindful.cli import scripts
    from mindful.cli.perform import Prepared, perform

    if unfitting:
        fail(
            exits.USAGE,
            _("These are rounds, with holds that you end yourself; their lengths are their own.")
            + " "
            + _("{option} does not go with them.").format(option=unfitting[0]),
            _("To begin them: mindful breathe {session}").format(session=session),
        )
    return perform(lambda: Prepared(scripts.load(session), {}, {}), wishes, begin=False)


def _named(pattern: str) -> str:
    return pattern.strip().casefold().replace(" ", "-").replace("_", "-")


def own_pace() -> float:
    """Breaths a minute as they were tapped last; ends the command where they never were."""
    from mindful.cli import own_pace as kept
    from mindful.journal import home

    found = kept.known(home.pace_file())
    if found is None:
        fail(exits.USAGE, _("Your own pace is not known yet. To tap it, a minute: mindful pace"))
    rate, day = found
    if rate > kept.FASTEST:
        tell(
            _("Your pace, {rate:g} breaths a minute ({day}), is quick. The glide begins at {FASTEST:g}.").format(
                rate=rate, day=day, FASTEST=kept.FASTEST
            )
        )
        return kept.FASTEST
    tell(_("Beginning at your own pace, {rate:g} breaths a minute ({day}).").format(rate=rate, day=day))
    return rate


GLIDE_SHARE = 0.6
"""Of the time, how long the glide takes; then the pace is that of the pattern."""


def glide(script: dict[str, Any], rate: float) -> None:
    """Let the breathing of an exercise begin at `rate` breaths a minute, where that is quicker than the pattern."""
    from mindful.script.kinds.breath import parse_phases
    from mindful.script.patterns import bundled
    from mindful.script.tiers import breaths_a_minute
    from mindful.script.values import parse_ms

    step = next(s["breathe"] for s in script["steps"] if "breathe" in s)
    pattern = step["pattern"]
    phases = bundled()[pattern].phases if isinstance(pattern, str) else parse_phases(pattern)
    goal = breaths_a_minute(phases)
    if rate > goal:
        over = round((parse_ms(step["for"]) or 0) * GLIDE_SHARE)
        step["ramp"] = {"from": rate, "to": round(goal, 2), "over": made.seconds(over)}


def exercise(pattern: str, ms: int, background: str) -> dict[str, Any]:
    """The script of a breathing exercise, as data; ends the command where the pattern is none."""
    from mindful.script.kinds.breath import parse_phases
    from mindful.script.kinds.guide import LAYERS
    from mindful.script.patterns import bundled
    from mindful.script.problems import near

    if background not in LAYERS:
        fail(exits.USAGE, _("--background can be {LAYERS}.").format(LAYERS=either(LAYERS)))
    wanted = _named(pattern)
    known = bundled().get(wanted)
    own = None if known is not None else _own().get(wanted)
    if own is not None:
        return _script(own.name, own.title, _list(own), caution_like(own.phases), ms, background)
    phases = None if known is not None else made.pattern(pattern)
    if known is None and phases is None:
        names = [*bundled(), *_own()]
        lines = [_("There is no pattern called “{pattern}”.").format(pattern=printable(pattern))]
        if meant := near(pattern, names, 2):
            lines.append(_("Did you mean {meant}?").format(meant=either(meant)))
        lines.append(_("mindful patterns lists them all."))
        lines.append(_("A pattern can also be written in seconds: 4-6 is in for 4 and out for 6."))
        fail(exits.USAGE, *lines)
    if wanted == "resonant" and (kept := _resonance()) is not None:
        half = round(30 / kept, 1)
        title = _("Resonant breathing, at your own pace of {rate} a minute").format(rate=f"{kept:g}")
        return _script(
            "resonant", title, {"inhale": half, "exhale": half}, known.cautions if known else (), ms, background
        )
    row = "-".join(f"{n:g}" for n in phases.values()) if phases else ""
    name = known.name if known is not None else row
    title = known.title if known is not None else _("Breathing {row}").format(row=row)
    cautions = known.cautions if known is not None else caution_like(parse_phases(dict(phases or {})))
    return _script(name, title, phases or name, cautions, ms, background)


def _resonance() -> float | None:
    """The client's own pace, as an assessment with a strap found it."""
    from mindful.journal import home
    from mindful.journal.resonance import kept

    return kept(home.resonance_file())


def _script(name: str, title: str, pattern: Any, cautions: Sequence[str], ms: int, background: str) -> dict[str, Any]:
    return {
        "id": f"breathe-{name.replace('.', '_')}",
        "title": title,
        "cautions": list(cautions),
        "settings": {"background": background},
        "steps": [
            {"bell": {"sound": "bowl", "level": -6}, "label": _("Bell")},
            {"pause": "2 s"},
            {"breathe": {"pattern": pattern, "for": made.seconds(ms)}, "label": title},
            {"say": _("Now let your breath be as it likes."), "pause": "2 s"},
            {"bell": {"sound": "bowl", "level": -6}, "label": _("Bell")},
            {"pause": "6 s"},
        ],
    }


def _own() -> Mapping[str, BundledPattern]:
    """The patterns that the client added; ends the command where their file cannot be read."""
    from mindful.cli.patterns import own

    return own()


def _list(pattern: BundledPattern) -> list[dict[str, Any]]:
    """The phases as a script writes them."""
    return [{p.phase: p.ms / 1000, **({"through": p.through} if p.through else {})} for p in pattern.phases]


def caution_like(phases: Phases) -> tuple[str, ...]:
    """Whom a pattern without cautions may not suit: as the bundled pattern that asks as much of the breath."""
    from mindful.script.patterns import bundled
    from mindful.script.tiers import tier_of

    like = {"yellow": "box", "red": "cyclic-hyperventilation"}.get(tier_of(phases))
    return bundled()[like].cautions if like is not None else ()
