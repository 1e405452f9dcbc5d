"""`mindful exposure`: an exposure from a ladder, what was done so far, and what could come next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, options
from mindful.cli.helped import Group
from mindful.cli.say import fail, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, language

if TYPE_CHECKING:
    from mindful.cli.perform import Prepared
    from mindful.script.ladder import Ladder


FOR_MS, EVERY_MS = 20 * 60_000, 2 * 60_000
"""How long an exposure goes on, and how often it is rated, where nobody says."""


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def exposure(ctx: click.Context) -> None:
    """Exposure, as you agreed on it with your therapist: what you did, and what could come next."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(progress)


@exposure.command()
@click.argument("name", metavar="LADDER", required=False)
@click.option("--item", metavar="ITEM", help="Only this item: its id or its words.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with what was expected and learned.")
@click.option("--simulated", is_flag=True, help="Also the records of made-up clients.")
def progress(name: str | None = None, item: str | None = None, as_json: bool = False, simulated: bool = False) -> None:
    """Every item over time: peak, end, what changed, what was expected and what came. Of LADDER alone, or of all."""
    from mindful.journal import exposures
    from mindful.plain import exposures as lines
    from mindful.timeline.exposure.runs import courses

    runs = exposures.runs(home.journal(), simulated=simulated)
    if name is not None:
        keys = {i.key for i in _ladder(name).items}
        runs = tuple(r for r in runs if keys.issuperset(r.items))
    if item is not None:
        wanted = item.casefold()
        runs = tuple(r for r in runs if wanted in (r.words.casefold(), *(key.casefold() for key in (r.item, *r.items))))
    if as_json:
        out(json.dumps(lines.as_json(courses(runs)), ensure_ascii=False, indent=2))
        return
    if not runs:
        tell(lines.NONE_YET)
        return
    for text in lines.progress(courses(runs)):
        out(printable(text))


@exposure.command("next")
@click.argument("name", metavar="LADDER")
def next_(name: str) -> None:
    """What each of two models suggests for LADDER, after what you did so far."""
    from mindful.journal import exposures
    from mindful.timeline.exposure import advice_words
    from mindful.timeline.exposure.advice import advise

    ladder = _ladder(name)
    for advice in advise(ladder, exposures.runs(home.journal())):
        out(printable(f"{advice_words.head(advice)}:"))
        out(printable(f"  {advice_words.sentence(advice, ladder, language(), 'en')}"))
        out(printable(f"  {_(advice_words.STRENGTH[advice.model])}"))


@exposure.command()
@click.argument("name", metavar="LADDER")
@click.option("--item", metavar="ITEM", help="Its number, id or words. Without it: chosen when it begins.")
@click.option("--with", "other", metavar="ITEM", help="A second one, met together with --item.")
@click.option("--for", "length", metavar="TIME", default="20 min", show_default=True, help="How long at most.")
@click.option("--ask-every", "every", metavar="TIME", default="2 min", show_default=True, help="How often it is rated.")
@click.option("--begin", "--yes", is_flag=True, help="Begin at once, without the page that comes before.")
@click.option(
    "--answer", "answers", metavar="ID=VALUE", multiple=True, help="Answer a question beforehand, with --plain or "
    "without a terminal; repeatable."
)  # fmt: skip
@options.playing
def play(
    name: str,
    item: str | None,
    other: str | None,
    length: str,
    every: str,
    begin: bool,
    answers: tuple[str, ...],
    **wanted: Any,
) -> int:
    """An exposure with an item of LADDER: what you expect, ratings on a bell, what you learned."""
    from mindful.cli import made, scripts
    from mindful.cli.perform import Prepared, perform

    wishes = options.wishes(**wanted)
    ladder = _ladder(name)
    if not ladder.items:
        fail(exits.USAGE, _("Nothing is on it yet: mindful ladder add LADDER TEXT SUDS"))
    for each in (item, other):
        if each is not None and ladder.find(each) is None:
            fail(exits.USAGE, _("“{item}” is not on this ladder.").format(item=printable(each)))
    if other is not None and (item is None or ladder.find(item) == ladder.find(other)):
        fail(exits.USAGE, _("--with names a second item beside --item."))
    times = made.length(length, "--for"), made.length(every, "--ask-every")

    def prepare() -> Prepared:
        return Prepared(
            made.script(script_of(ladder, item, *times, other=other)), {}, scripts.pairs(answers, "--answer")
        )

    return perform(prepare, wishes, begin=begin)


def script_of(
    ladder: Ladder, item: str | None, for_ms: int, every_ms: int, *, other: str | None = None
) -> dict[str, Any]:
    """The script of an exposure with this ladder, as data."""
    from mindful.cli import made

    chosen = None if item is None else ladder.find(item)
    items = [
        {
            "item": dict(i.item.languages) if i.item.languages[0][0] else i.item.languages[0][1],
            "suds": i.suds,
            "id": i.id,
            "mode": i.mode,
            "cautions": list(i.cautions),
        }
        for i in ladder.items
    ]
    step: dict[str, Any] = {
        "ladder": [{k: v for k, v in each.items() if v} | {"suds": each["suds"]} for each in items],
        "mode": ladder.mode,
        "for": made.seconds(for_ms),
        "ask_every": made.seconds(every_ms),
    }
    if chosen is not None:
        step["item"] = chosen.key
    if other is not None and (second := ladder.find(other)) is not None:
        step["with"] = second.key
    asked = {i.mode or ladder.mode for i in ladder.items}
    cautions = ["panic", "trauma", "psychosis"]
    if "interoceptive" in asked:
        cautions = ["pregnancy", "heart", "epilepsy", "asthma", *cautions]
    return {
        "id": "exposure",
        "title": ladder.title.say({}, language(), "en"),
        "tags": ["exposure"],
        "cautions": cautions,
        "steps": [
            {
                "say": _("You can stop at any time: x ends the exposure, q ends all. Either is your own choice."),
                "pause": "2 s",
            },
            {"exposure": step, "id": "exposure"},
            {"say": _("That was it. Take a moment, look around, and go on with your day in your own time.")},
        ],
    }


def _ladder(name: str) -> Ladder:
    from mindful.cli.ladder import _read

    return _read(name)[2]
