"""`mindful patterns`: the breath patterns, bundled and the client's own; adding, sharing and taking over."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mindful.cli import exits, made
from mindful.cli.helped import Group
from mindful.cli.say import fail, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tui.words import CAUTIONS, TIERS

if TYPE_CHECKING:
    from mindful.script.patterns import BundledPattern
    from mindful.script.tiers import Tier


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def patterns(ctx: click.Context) -> None:
    """Breath patterns: to breathe with one, mindful breathe NAME."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@patterns.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(as_json: bool = False) -> None:
    """All of them: name, seconds (in-hold-out-rest), how strong."""
    found = everything()
    if as_json:
        data = {"mindful_patterns": 1, "patterns": [_data(p) for p in found.values()]}
        out(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for p in found.values():
        out(f"{p.name:<24} {TIERS[tier(p)][0]:<4} {printable(p.title)}{' (yours)' if p.own else ''}: {p.row}")
    tell("")
    tell("The signs mean: + gentle, ++ moderate, +++ intense. To read about one: mindful patterns show NAME.")


@patterns.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(name: str, as_json: bool) -> None:
    """What a pattern is, whom it may not suit, and what is known about it."""
    p = _one(name)
    if as_json:
        out(json.dumps(_data(p), ensure_ascii=False, indent=2))
        return
    sign, word = TIERS[tier(p)]
    out(f"{printable(p.title)} ({p.name}), {word} ({sign})")
    out(f"In seconds: {p.row}")
    for text in (p.note, *(CAUTIONS[c] for c in cautions(p))):
        if text:
            out(printable(text))
    if p.claim:
        out(f"What is known: {p.claim} ({p.strength}). {p.source}")
    elif p.own:
        out("What is known: nothing that we know of; it is your own.")


@patterns.command()
@click.argument("name")
@click.argument("seconds")
@click.option("--title", metavar="TEXT", help="What it is called.")
@click.option("--note", metavar="TEXT", help="What to remember about it.")
@click.option("--force", is_flag=True, help="In place of one of yours with this name.")
def add(name: str, seconds: str, title: str | None, note: str | None, force: bool) -> None:
    """Keep a pattern of your own under NAME.

    SECONDS is in-out, in-hold-out or in-hold-out-rest, such as 4-2-6; else phases as a script writes them, such as
    '[{inhale: 2}, {top_up: 1}, {exhale: 6, through: mouth}]'.
    """  # fmt: skip
    import yaml

    from mindful.script.patterns import PatternError, own_pattern

    try:
        phases = made.pattern(seconds) or yaml.safe_load(seconds)
        new = own_pattern(name, {"phases": phases, "title": title, "note": note})
    except (PatternError, yaml.YAMLError) as error:
        wrong = str(error) if isinstance(error, PatternError) else "the phases cannot be read"
        fail(exits.USAGE, *(printable(line) for line in wrong.splitlines()))
    _keep({new.name: new}, force)
    tell(f"Kept. To breathe with it: mindful breathe {new.name}")


@patterns.command()
@click.argument("names", nargs=-1)
@click.option("-o", "--out", "target", metavar="FILE", default="-", help="The file; standard output if not said.")
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
def export(names: tuple[str, ...], target: str, force: bool) -> None:
    """Write your own patterns (all, or NAMES) as a small file to share."""
    from mindful.script.patterns import as_text

    mine = own()
    chosen = {name: _one(name) for name in names} if names else dict(mine)
    if not chosen:
        fail(exits.USAGE, "You have no patterns of your own yet: mindful patterns add NAME 4-2-6")
    text = as_text(chosen)
    if target == "-":
        out(text.rstrip("\n"))
        return
    path = Path(target)
    if path.exists() and not force:
        fail(exits.USAGE, f"“{printable(path)}” is there already. --force replaces it.")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(exits.FAILED, f"“{printable(path)}” could not be written: {error.strerror or 'the system refused'}.")
    tell(f"{printable(path)}: {len(chosen)} pattern{'s' if len(chosen) != 1 else ''}.")


@patterns.command("import")
@click.argument("file")
@click.option("--force", is_flag=True, help="In place of those of yours with the same names.")
def import_(file: str, force: bool) -> None:
    """Take over the patterns of FILE (- is standard input). All of them, or none where one is wrong."""
    from mindful.script.patterns import PatternError, parse_own

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_bytes().decode("utf-8")
        found = parse_own(text)
    except OSError as error:
        fail(exits.USAGE, f"“{printable(file)}” could not be read: {error.strerror or 'the system refused'}.")
    except PatternError as error:
        fail(exits.PROBLEMS, *(printable(line) for line in str(error).splitlines()))
    except UnicodeDecodeError:
        fail(exits.PROBLEMS, "the file is no text in UTF-8")
    _keep(found, force)
    for p in found.values():
        out(f"{p.name:<24} {TIERS[tier(p)][0]:<4} {printable(p.title)}: {p.row}")


@patterns.command()
@click.argument("name")
def forget(name: str) -> None:
    """Delete one of your own."""
    mine = dict(own())
    if mine.pop(name, None) is None:
        fail(exits.USAGE, f"You have no pattern called “{printable(name)}”.")
    _write(mine)
    tell("It is deleted.")


def own() -> Mapping[str, BundledPattern]:
    """The client's own patterns; ends the command where their file cannot be read."""
    from mindful.script.patterns import PatternError, parse_own

    path = home.patterns_file()
    try:
        return parse_own(path.read_bytes().decode("utf-8")) if path.exists() else {}
    except (OSError, UnicodeDecodeError, PatternError) as error:
        why = str(error) if isinstance(error, PatternError) else "it cannot be read"
        fail(
            exits.PROBLEMS, "Your own patterns are not as they should be:", *map(printable, why.splitlines()), str(path)
        )


def everything() -> dict[str, BundledPattern]:
    """Bundled ones, then the client's own."""
    from mindful.script.patterns import bundled

    return {**bundled(), **own()}


def tier(p: BundledPattern) -> Tier:
    """How strong it is, computed from its phases."""
    from mindful.script.tiers import tier_of

    return "red" if p.rounds else tier_of(p.phases)


def cautions(p: BundledPattern) -> tuple[str, ...]:
    """Whom it may not suit."""
    from mindful.cli.breathe import caution_like

    return caution_like(p.phases) if p.own else p.cautions


def _data(p: BundledPattern) -> dict[str, object]:
    phases = [{p.phase: p.ms / 1000, **({"through": p.through} if p.through else {})} for p in p.phases]
    known = {"claim": p.claim, "source": p.source, "strength": p.strength} if p.claim else None
    return {"name": p.name, "title": p.title, "phases": phases, "tier": tier(p), "cautions": list(cautions(p)),
            "note": p.note, "evidence": known, "own": p.own}  # fmt: skip


def _one(name: str) -> BundledPattern:
    found = everything()
    wanted = re.sub(r"[ _]", "-", name.strip().casefold())
    p = found.get(name) or found.get(wanted)
    if p is None:
        from mindful.script.problems import near

        meant = near(name, list(found), 2)
        fail(exits.USAGE, f"There is no pattern called “{printable(name)}”.",
             f"Did you mean {' or '.join(meant)}?" if meant else "mindful patterns lists them all.")  # fmt: skip
    return p


def _keep(new: Mapping[str, BundledPattern], force: bool) -> None:
    mine = dict(own())
    if (there := sorted(set(mine) & set(new))) and not force:
        fail(exits.USAGE, f"You have these already: {', '.join(there)}. --force replaces them.")
    _write({**mine, **new})


def _write(mine: Mapping[str, BundledPattern]) -> None:
    from mindful.journal.files import write_atomic
    from mindful.script.patterns import MOST_PATTERNS, as_text

    if len(mine) > MOST_PATTERNS:
        fail(exits.USAGE, f"There is room for {MOST_PATTERNS} patterns of your own.")
    path = home.patterns_file()
    try:
        if mine:
            write_atomic(path, as_text(mine).encode())
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        fail(exits.FAILED, f"It could not be kept: {error.strerror or 'the system refused'}.")
