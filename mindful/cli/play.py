"""`mindful play`: a bundled session by its name, or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, fitting, options, scripts
from mindful.cli.say import fail
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.cli.perform import Prepared

TO_BEGIN = _("To begin: mindful play settle (one minute).")


@click.command()
@click.argument("session", required=False, metavar="SESSION")
@click.option("--set", "given", metavar="NAME=VALUE", multiple=True, help="Set something of the session; repeatable.")
@click.option("--fit", "fit", metavar="TIME", help=fitting.HELP)
@click.option("--begin", "--yes", is_flag=True, help="Begin at once, without the page that comes before.")
@click.option(
    "--answer", "answers", metavar="ID=VALUE", multiple=True, help="Answer a question beforehand, with --plain or "
    "without a terminal; repeatable."
)  # fmt: skip
@options.playing
def play(
    session: str | None,
    given: tuple[str, ...],
    fit: str | None,
    begin: bool,
    answers: tuple[str, ...],
    **wanted: Any,
) -> int:
    """Play SESSION: a bundled session by its name, or a file.

    You can pause, skip a step, go back or end at any time. mindful list shows what there is.
    """
    from mindful.cli.perform import perform

    if session is None:
        fail(exits.USAGE, _("Which session would you like? mindful list shows them all."), TO_BEGIN)
    wishes = options.wishes(**wanted)
    scripts.find(session)  # a name that means nothing needs no screen to say so

    def prepare() -> Prepared:
        from mindful.cli.host import CliHost
        from mindful.cli.perform import Prepared
        from mindful.timeline.unfold import Setup

        script = scripts.load(session)
        values = scripts.values(script, given)
        fit_ms = fitting.wanted(Setup(script, values, CliHost(wishes).language), fit)
        return Prepared(script, values, scripts.pairs(answers, "--answer"), fit_ms)

    return perform(prepare, wishes, begin=begin)
