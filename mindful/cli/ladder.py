"""`mindful ladder`: feared situations in their order, in a file of their own. The screen has the same (`edit`)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli.helped import Group
from mindful.cli.say import fail, interactive, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, language

if TYPE_CHECKING:
    from mindful.script.ladder import Ladder, LadderItem


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def ladder(ctx: click.Context) -> None:
    """Ladders for exposure: what you fear, from easier to harder. Best written with your therapist.

    LADDER is a file, the name of one of yours, or of one that comes with the program.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@ladder.command("list")
def list_() -> None:
    """Yours, and those that come with the program."""
    from mindful.script.ladder import load

    for folder, whose in ((home.ladders(), _("yours")), (bundled(), _("comes with mindful"))):
        for path in sorted(folder.glob("*.yaml")):
            found = load(path).ladder
            title = _("cannot be read") if found is None else found.title.say({}, language(), "en")
            out(f"{printable(path.stem):<24} {printable(title)} ({whose})")
    tell(_("To see one: mindful ladder show NAME. A new one: mindful ladder new NAME."))


@ladder.command()
@click.argument("name", metavar="LADDER")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(name: str, as_json: bool) -> int | None:
    """Its items with their SUDS, from 0 to 100."""
    _path, _text, found = _read(name)
    if as_json:
        data = found.model_dump(mode="json", exclude_none=True)
        data["title"] = found.title.say({}, language(), "en")
        data["items"] = [_item(i) for i in found.items]
        out(json.dumps(data, ensure_ascii=False, indent=2))
        return None
    out(printable(found.title.say({}, language(), "en")))
    for n, item in enumerate(found.items, 1):
        out(f"{n:>3}. {item.suds:>3}  {printable(item.item.say({}, language(), 'en'))}")
    if not found.items:
        tell(_("Nothing is on it yet: mindful ladder add LADDER TEXT SUDS"))
    return None


def _item(item: LadderItem) -> dict[str, object]:
    return {
        "id": item.id,
        "item": item.item.say({}, language(), "en"),
        "suds": item.suds,
        **({"mode": item.mode} if item.mode else {}),
        **({"cautions": list(item.cautions)} if item.cautions else {}),
    }


@ladder.command()
@click.argument("name", metavar="LADDER")
@click.option("--title", metavar="TEXT", help="What it is called. Without it: its name.")
@click.option(
    "--mode", type=click.Choice(["in-vivo", "imaginal", "interoceptive"]), default="in-vivo", help="How it is done."
)
@click.option("--like", metavar="LADDER", help="Begin with a copy of this one.")
def new(name: str, title: str | None, mode: str, like: str | None) -> None:
    """Begin a ladder: a file, or a name (then it is kept with your data)."""
    from mindful.script import ladder_text

    path = Path(name) if _is_path(name) else home.ladders() / f"{_plain(name)}.yaml"
    if path.exists():
        fail(exits.USAGE, _("“{path}” is there already.").format(path=printable(path)))
    text = _read(like)[1] if like is not None else ladder_text.begun(title or path.stem, mode)
    _write(path, text)
    tell(_("Begun: {path}").format(path=printable(path)))


@ladder.command()
@click.argument("name", metavar="LADDER")
@click.argument("text")
@click.argument("suds", type=click.IntRange(0, 100))
@click.option("--at", type=click.IntRange(1), help="Its place, from 1. Without it: by its SUDS.")
def add(name: str, text: str, suds: int, at: int | None) -> None:
    """Put TEXT on it, with how strong the distress is expected to be, from 0 to 100."""
    from mindful.script import ladder_text

    before = None if at is None else at - 1
    _change(name, lambda old, _n: ladder_text.added(old, text, suds, before=before))


@ladder.command()
@click.argument("name", metavar="LADDER")
@click.argument("item")
@click.argument("to", type=click.IntRange(1))
def move(name: str, item: str, to: int) -> None:
    """Move ITEM (its number, id or words) to the place TO, from 1."""
    from mindful.script import ladder_text

    _change(name, lambda old, n: ladder_text.moved(old, n, to - 1), item)


@ladder.command("set")
@click.argument("name", metavar="LADDER")
@click.argument("item")
@click.option("--suds", type=click.IntRange(0, 100), help="How strong the distress is expected to be.")
@click.option("--text", metavar="TEXT", help="Other words.")
def set_(name: str, item: str, suds: int | None, text: str | None) -> None:
    """Give ITEM another SUDS, or other words."""
    from mindful.script import ladder_text

    _change(name, lambda old, n: ladder_text.changed(old, n, suds=suds, words=text), item)


@ladder.command()
@click.argument("name", metavar="LADDER")
@click.argument("item")
def remove(name: str, item: str) -> None:
    """Take ITEM off it. What was done with it stays in your journal."""
    from mindful.script import ladder_text

    _change(name, lambda old, n: ladder_text.removed(old, n), item)


@ladder.command()
@click.argument("name", metavar="LADDER")
def edit(name: str) -> int:
    """Change it on the screen: add, move, SUDS. Without a terminal: say where it is."""
    path, _text, _found = _read(name, write=True)
    if not interactive():
        tell(_("There is no terminal for a screen here. Any editor opens the file:"))
        out(str(path))
        return exits.DONE
    from mindful.cli.host import CliHost
    from mindful.cli.perform import drawn
    from mindful.tui.run import run_ladder

    host = CliHost()
    try:
        return drawn(host, lambda: run_ladder(host, str(path)))
    finally:
        host.close()


def bundled() -> Path:
    """The folder of those that come with the program."""
    from mindful import assets

    return assets.sessions() / "ladders"


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml", ".json"))


def _plain(name: str) -> str:
    import re

    plain = re.sub(r"[^a-z0-9_-]+", "-", name.casefold()).strip("-")
    if not plain:
        fail(exits.USAGE, _("A ladder wants a name of letters and digits."))
    return plain


def find(name: str) -> Path | None:
    """The file that a person means: a path, one of theirs, or a bundled one."""
    if _is_path(name) or Path(name).is_file():
        return Path(name) if Path(name).is_file() else None
    for folder in (home.ladders(), bundled()):
        path = folder / f"{Path(name).name}.yaml"
        if path.is_file():
            return path
    return None


def _read(name: str, *, write: bool = False) -> tuple[Path, str, Ladder]:
    """The file, its text and its ladder; ends the command where it cannot be read. `write`: it is to be changed."""
    from mindful.script.ladder import load
    from mindful.script.problems import render

    path = find(name)
    if path is None:
        fail(
            exits.USAGE,
            _("There is no ladder called “{name}”. mindful ladder list shows them.").format(name=printable(name)),
        )
    read = load(path)
    if read.ladder is None:
        fail(exits.PROBLEMS, *(printable(render(p), lines=True) for p in read.problems))
    if write and path.parent == bundled():
        fail(
            exits.USAGE,
            _(
                "This one comes with the program and stays as it is. "
                "A copy of your own: mindful ladder new NAME --like {name}"
            ).format(name=printable(name)),
        )
    return path, path.read_text(encoding="utf-8"), read.ladder


def _change(name: str, how: Callable[[str, int], str], item: str | None = None) -> None:
    """Change a ladder's text and put it back, all of it or nothing; then show it."""
    from mindful.script.ladder_text import ChangeError

    path, text, found = _read(name, write=True)
    number = 0
    if item is not None:
        wanted = found.find(item)
        if wanted is None:
            fail(exits.USAGE, _("“{item}” is not on this ladder.").format(item=printable(item)))
        number = found.items.index(wanted)
    try:
        changed = how(text, number)
    except ChangeError as error:
        fail(exits.PROBLEMS, printable(str(error), lines=True))
    _write(path, changed)
    click.get_current_context().invoke(show, name=name, as_json=False)


def _write(path: Path, text: str) -> None:
    from mindful.journal.files import write_atomic

    try:
        write_atomic(path, text.encode("utf-8"))
    except OSError as error:
        fail(
            exits.FAILED,
            _("“{path}” could not be written: {reason}.").format(
                path=printable(path), reason=error.strerror or _("the system refused")
            ),
        )
