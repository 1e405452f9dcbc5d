"""`mindful thoughts`: thought records and experiments, to write and to read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, filled, options
from mindful.cli.helped import Group
from mindful.cli.say import fail, out, tell
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.journal.filled import Filled

RECORD, EXPERIMENT, OUTCOME = "thought-record", "thought-experiment", "thought-outcome"


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def thoughts(ctx: click.Context) -> None:
    """Thought records and experiments: write one, read and search what you wrote.

    Without a command, the ones that are there are listed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_thoughts)


def _line(each: Filled) -> str:
    a = each.answer
    if each.form == RECORD:
        numbers = ""
        if a.get("belief_before") is not None and a.get("belief_after") is not None:
            numbers = f"  {filled.said(a['belief_before'])} → {filled.said(a['belief_after'])}"
        return filled.short(a.get("thought") or a.get("situation")) + numbers
    if each.form == EXPERIMENT:
        return _("experiment: {text}").format(text=filled.short(a.get("prediction") or a.get("thought")))
    return _("what came of it: {text}").format(text=filled.short(a.get("outcome")))


@thoughts.command("list")
@click.option("--json", "json_", is_flag=True, help="All of it, as JSON.")
def list_thoughts(json_: bool = False) -> None:
    """List them, the latest first."""
    found = filled.read(RECORD, EXPERIMENT, OUTCOME)
    if json_:
        filled.as_json(found)
    else:
        filled.listing(found, _line)


@thoughts.command()
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> None:
    """Those in which all of WORDS stand."""
    from mindful.journal.filled import search as look

    filled.listing(look(filled.read(RECORD, EXPERIMENT, OUTCOME), " ".join(words)), _line)


@thoughts.command()
@click.argument("number", type=click.IntRange(min=1), default=1)
def show(number: int) -> None:
    """Read one again: the latest, or NUMBER from the list."""
    for row in filled.account(filled.pick(filled.read(RECORD, EXPERIMENT, OUTCOME), number)):
        out(row)


@thoughts.command()
@click.option("--columns", type=click.Choice(["5", "7"]), default="7", show_default=True, help="Short or long.")
@filled.ANSWER
@options.playing
def new(columns: str, answers: tuple[str, ...], **wanted: Any) -> int:
    """Write a thought record. Each answer is kept as soon as it is finished."""
    if columns == "7":
        return filled.play("thought-record", wanted, answers)
    step = {"id": "record", "thought_record": {"columns": 5}}
    return filled.play_made(
        {"id": "thought-record-5", "title": _("A thought, looked at"), "steps": [step]}, wanted, answers
    )


@thoughts.command()
@filled.ANSWER
@options.playing
def experiment(answers: tuple[str, ...], **wanted: Any) -> int:
    """Plan a small experiment: what would show whether a thought is so."""
    return filled.play("small-experiment", wanted, answers)


def waiting() -> list[Filled]:
    """Experiments of which nobody has said yet what came of them, the latest first."""
    found = filled.read(EXPERIMENT, OUTCOME)
    told = {each.answer.get("of") or each.data.get("of") for each in found if each.form == OUTCOME}
    return [each for each in found if each.form == EXPERIMENT and each.record not in told]


@thoughts.command()
@click.argument("number", type=click.IntRange(min=1), default=1)
@filled.ANSWER
@options.playing
def outcome(number: int, answers: tuple[str, ...], **wanted: Any) -> int:
    """Say what came of an experiment: the latest that waits, or NUMBER of those that wait."""
    open_ = waiting()
    if not open_:
        tell(_("No experiment waits for its outcome."))
        return exits.DONE
    if number > len(open_):
        fail(exits.USAGE, _("There are {count}; 1 is the latest.").format(count=len(open_)))
    return filled.play_made(outcome_script(open_[number - 1]), wanted, answers)


def outcome_script(experiment_: Filled) -> dict[str, Any]:
    """What came of one experiment, as a script: its prediction is shown again, and its record named."""
    prediction = filled.short(experiment_.answer.get("prediction"), 300).replace("{", "{{").replace("}", "}}")
    words = _("You had predicted: {prediction} What happened?").replace("{prediction}", f"“{prediction}”. ")
    record: dict[str, Any] = {"form": "outcome", "of": experiment_.record}
    if prediction:
        record["prompts"] = {"outcome": " ".join(words.split())}
    return {
        "id": "small-experiment-outcome",
        "title": _("What came of it"),
        "steps": [{"id": "outcome", "thought_record": record}],
    }
