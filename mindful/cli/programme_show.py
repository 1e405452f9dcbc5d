"""What programmes there are, what one is made of, and where somebody is in it; and one to begin from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits
from mindful.cli import programme_kept as kept
from mindful.cli.programme import as_data
from mindful.cli.say import fail, out, paragraph, tell
from mindful.journal.printable import printable
from mindful.journal.programme import words
from mindful.journal.programme.looking import followed
from mindful.tongue import _, language

if TYPE_CHECKING:
    from mindful.script.programme.model import Programme


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(as_json: bool) -> None:
    """The programmes that come with mindful or with a pack, and those that you followed."""
    from mindful.cli.programme_files import named

    state = kept.read()
    found = named()
    if as_json:
        rows = [
            {"id": name, "title": p.title.source(language(), p.language), "arms": list(p.arms),
             "stages": len(p.stages), "cautions": list(p.cautions), "tags": list(p.tags)}
            for name, p in found.items()
        ]  # fmt: skip
        running = state.plan.id if state.plan is not None else None
        past = [{"id": p.id, "since": str(p.since), "until": str(p.until)} for p in state.past]
        out(json.dumps({"mindful_programmes": 1, "programmes": rows, "running": running, "past": past}, indent=2))
        return
    for name, each in found.items():
        out(f"{name}  {printable(each.title.source(language(), each.language))}")
        if each.summary is not None:
            paragraph(f"    {printable(each.summary.source(language(), each.language))}")
    if not found:
        tell(_("No programme comes with this installation."))
    if state.plan is not None:
        out("")
        out(_("Running: {title}").format(title=words.text(state.plan.title)))
    for gone in state.past:
        out(_("Earlier: {title}, {since} to {until}").format(
            title=words.text(gone.title), since=gone.since, until=gone.until))  # fmt: skip
    tell("")
    tell(_("mindful programme show NAME tells what it is made of; a file of your therapist's can stand for NAME."))


@click.command()
@click.argument("name", required=False)
@click.option("--arm", metavar="ARM", help="The way through it, where there are several.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(name: str | None = None, arm: str | None = None, as_json: bool = False) -> None:
    """Where you are in your programme; with NAME, what a programme is made of."""
    if name is not None:
        from mindful.cli.programme_files import load, plan_of

        loaded = load(name)
        plans = [plan_of(loaded, a) for a in ((arm,) if arm else tuple(loaded.programme.arms) or ("",))]
        if as_json:
            from mindful.journal.programme.plan import as_data as plan_data

            out(json.dumps({"mindful_programme": 1, "plans": [plan_data(p) for p in plans]}, indent=2))
            return
        for line in about(loaded.programme):
            paragraph(line)
        for plan in plans:
            if plan.arm:
                out("")
                out(f"{plan.arm}: {words.text(plan.arm_title)}")
            for line in words.overview(plan):
                paragraph(line)
        return
    state = kept.renewed(kept.read())
    found = followed(kept.today_now(), state)
    if found is None:
        tell(words.NONE)
        return
    if as_json:
        out(json.dumps(as_data(found, words.today(found.plan, found.position)), indent=2, ensure_ascii=False))
        return
    for line in words.page(found.plan, found.position, found.state.following.since):
        paragraph(line)


def about(of: Programme) -> list[str]:
    """What is read before it is started: what it is, whom it may not suit, what is known."""
    from mindful.tui.words import CAUTIONS

    def said(text: Any) -> list[str]:
        return [printable(line) for line in text.source(language(), of.language).splitlines()] if text else []

    lines = [*said(of.title), *said(of.summary), *said(of.about)]
    lines += [f"- {CAUTIONS[caution]}" for caution in of.cautions]
    return lines + [printable(f"* {known.claim} ({known.strength}). {known.source}") for known in of.evidence]


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(file: str, force: bool) -> None:
    """For therapists: a commented programme to begin from."""
    from mindful import author
    from mindful.author.paper import replace

    path = Path(file)
    if path.exists() and not force:
        fail(exits.USAGE, f"{printable(file)} is there already. --force writes over it.")
    try:
        replace(path, (Path(author.__path__[0]) / "first_programme.yaml").read_bytes(), exclusive=not force)
    except OSError as error:
        fail(exits.FAILED, f"{printable(file)} could not be written: {error.strerror or 'no reason given'}.")
    tell(f"{printable(file)} is written. mindful check {printable(file)} looks for problems, at their lines.")
    tell("mindful schema --programme -o programme.schema.json beside it helps editors that know YAML.")
