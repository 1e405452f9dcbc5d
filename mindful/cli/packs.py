"""`mindful pack`, `unpack` and `packs`: sessions from therapist to client as one signed file. No server."""

from __future__ import annotations

import json
import shlex
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli.helped import Group
from mindful.cli.key import another_key, known, mine_or_end, today, troubles
from mindful.cli.say import colour, fail, interactive, out, paragraph, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext

if TYPE_CHECKING:
    from mindful.handoff.contacts import Standing
    from mindful.handoff.library import Installed
    from mindful.handoff.manifest import Manifest
    from mindful.handoff.taking import Offer


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("-o", "output", metavar="FILE", required=True, help="The pack: FILE.mindful-pack.")
@click.option("--title", metavar="TEXT", help="What the client sees. Without it: the title of the first FILE.")
@click.option(
    "--id",
    "pack_id",
    metavar="NAME",
    help="The same NAME makes a later pack an update of an earlier one. Without it: FILE's name.",
)
@click.option("--note", metavar="TEXT", default="", help="A few words to the client.")
@click.option("--force", is_flag=True, help="Also with scripts that have problems, and over a file that is there.")
def pack(files: tuple[str, ...], output: str, title: str | None, pack_id: str | None, note: str, force: bool) -> None:
    """Put scripts, and all they need, into one signed file.

    Recordings, included scripts, ladders and the sessions of a programme are found by themselves; they must lie in the
    folder of the script that names them. Each of them is checked first.
    """
    from mindful.handoff.gather import CannotPackError, gather
    from mindful.handoff.making import Wanted, make, plain_id

    mine = mine_or_end()
    to = _place(output, force)
    with troubles():
        paths = [_source(name) for name in files]
        try:
            gathered = gather(paths)
            for name in gathered.main:
                _checked(gathered.files[name], force)
            titles = [_title(path) for path in paths]
            wanted = Wanted(
                plain_id(pack_id or to.name.removesuffix(".mindful-pack")),
                title or next(filter(None, titles), to.stem),
                note,
            )
            made = make(to, gathered, wanted, mine, datetime.now().astimezone())
        except CannotPackError as error:
            fail(exits.PROBLEMS, _("It cannot be packed: {why}.").format(why=printable(error)))
    for file in made.files:
        needed = "" if file.path in made.main else "  " + _("(needed by another)")
        tell(f"  {printable(file.path)}{needed}")
    tell(_("Signed by {name}, {digits}.").format(name=printable(mine.card.name), digits=mine.card.fingerprint))
    out(str(to))
    tell(_("Send it in whatever way you like. It is taken in with: mindful unpack {file}").format(file=to.name))
    tell(_("The first time, read the digits to your client when you talk, so that they know it is from you."))


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--yes", is_flag=True, help="Take it in without asking.")
@click.option("--look", is_flag=True, help="Only say what is in it.")
@click.option("--new-key", is_flag=True, help="Although its maker is known here with another key.")
@click.option("--unsigned", is_flag=True, help="Although nobody signed it.")
@click.option("--older", is_flag=True, help="Although a newer one is here.")
@click.option("--json", "as_json", is_flag=True, help="What is in it, as JSON; nothing is taken in.")
def unpack(file: str, yes: bool, look: bool, new_key: bool, unsigned: bool, older: bool, as_json: bool) -> None:
    """Take in a pack that your therapist gave you.

    First you see who signed it, what is in it, and what it cannot do. An update leaves everything that you did.
    """
    from mindful.handoff import contacts, taking
    from mindful.handoff.keys import NoKeysError, own

    packs = home.packs()
    with troubles():
        taking.mend(packs)
        try:
            mine = own(home.keys()).card
        except NoKeysError:
            mine = None
        try:
            with taking.offered(Path(file), packs) as offer:
                standing = contacts.standing(known(), offer.manifest.by, mine) if offer.signed else None
                if as_json:
                    out(json.dumps(_data(offer, standing), indent=1))
                    return
                _show(offer, standing)
                if look:
                    tell(_("Nothing was taken in; without --look you are asked whether to."))
                    return
                _refuse(offer, standing, new_key, unsigned, older)
                if not yes and not _wanted(offer):
                    tell(_("Nothing was taken in."))
                    raise click.exceptions.Exit(exits.STOPPED)
                found = taking.accept(offer)
                if offer.signed and standing != "own":
                    contacts.keep(home.keys(), offer.manifest.by, today())
        except taking.BadPackError as error:
            fail(
                exits.PROBLEMS,
                _("This pack is refused: {why}.").format(why=printable(error)),
                _("Nothing was taken in."),
            )
    _taken(found, offer)
    if standing in ("new", "known"):
        name = shlex.quote(printable(offer.manifest.by.name))
        tell(_("When the digits were read to you: mindful key compare {name} DIGITS").format(name=name))


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def packs(ctx: click.Context) -> None:
    """The packs that you took in."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@packs.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(as_json: bool = False) -> None:
    """All of them, with their sessions."""
    from mindful.cli.programme_files import named_by
    from mindful.handoff import library
    from mindful.handoff.document import kind_of

    found = library.installed(home.packs())
    names = {entry.file: entry.id for entry in library.entries(home.packs())}
    if as_json:
        rows = [{**_manifest(p.manifest), "signed": bool(p.signature), "folder": p.folder.name} for p in found]
        out(json.dumps({"mindful_packs": 1, "packs": rows}, indent=1))
        return
    for pack in found:
        by = _("by {name}").format(name=printable(pack.manifest.by.name)) if pack.signature else _("not signed")
        out(f"{printable(pack.manifest.title)}  ({pack.folder.name}, {by}, {pack.manifest.made:%Y-%m-%d})")
        for path in pack.session_files():
            programme = kind_of(path) == "programme"
            name = names.get(str(path)) or (named_by(path) if programme else path.name)
            out(f"  {printable(name)}" + (f"  {_('(a programme)')}" if programme else ""))
    if not found:
        tell(_("None so far. A pack is taken in with: mindful unpack FILE."))


@packs.command()
@click.argument("which")
@click.option("--yes", is_flag=True, help="Without asking.")
def remove(which: str, yes: bool) -> None:
    """Take a pack out again. Your records stay."""
    from mindful.handoff import library, taking

    found = [p for p in library.installed(home.packs()) if which in (p.folder.name, p.manifest.id)]
    if len(found) != 1:
        names = ", ".join(p.folder.name for p in (found or library.installed(home.packs())))
        fail(exits.USAGE, _("Which one? {names}").format(names=names or _("There are no packs here.")))
    title = printable(found[0].manifest.title)
    if not yes and (not interactive() or not click.confirm(_("Take out “{title}”?").format(title=title), err=True)):
        fail(exits.STOPPED, _("It stays. Without a question: --yes."))
    with troubles():
        taking.remove(found[0])
    tell(_("“{title}” is no longer here. What you did with it is still in your journal.").format(title=title))


def _show(offer: Offer, standing: Standing | None) -> None:
    m = offer.manifest
    paragraph(printable(m.title))
    paragraph(_("  from {name}, made {day}").format(name=printable(m.by.name), day=f"{m.made:%Y-%m-%d %H:%M}"))
    if standing is None:
        paragraph(_("  NOT SIGNED: anybody can have made it, or changed it."))
    else:
        paragraph(_("  signed: {digits}").format(digits=m.by.fingerprint))
        paragraph("  " + _STANDING[standing])
    if m.note:
        for line in printable(m.note, lines=True).splitlines():
            paragraph(f"  “{line}”")
    out("")
    paragraph(_("In it:"))
    for each in offer.inside:
        paragraph(f"  {printable(each.title)}  {_about(each)}")
    if more := len(m.files) - len(m.main):
        paragraph(
            "  "
            + ngettext("and one file that these need", "and {count} files that these need", more).format(count=more)
        )
    out("")
    paragraph(
        _("What it cannot do: run programs, send anything, read your journal, change your checklist or settings.")
    )
    paragraph(_("Intense practices in it ask you first, each time, as all others do."))
    tell(_STATE[offer.state])


def _about(inside: object) -> str:
    from mindful.handoff.taking import Inside
    from mindful.tui.words import between, tier

    assert isinstance(inside, Inside)
    if inside.problem:
        return _("(cannot be played: {why})").format(why=printable(inside.problem))
    if inside.kind == "programme":
        return _("(a programme)")
    if inside.kind == "other":
        return ""
    return f"{between(inside.total_ms, inside.min_ms, None)}  {tier(inside.tier)}"


def _refuse(offer: Offer, standing: Standing | None, new_key: bool, unsigned: bool, older: bool) -> None:
    if standing is None and not unsigned:
        fail(
            exits.PROBLEMS,
            _("Nobody signed this pack, so nobody can say whom it is from. It is refused."),
            _("If you know where it comes from and want it all the same: --unsigned."),
        )
    if standing == "changed" and not new_key:
        another_key(offer.manifest.by)
    if offer.state == "older" and not older:
        fail(exits.PROBLEMS, _("A newer version of this pack is here already. To go back to this one: --older."))
    if offer.state == "same":
        tell(_("Nothing was changed."))
        raise click.exceptions.Exit(exits.DONE)
    if all(each.problem for each in offer.inside):
        fail(exits.PROBLEMS, _("Nothing in it can be played, so it is not taken in. Please tell whoever made it."))


def _wanted(offer: Offer) -> bool:
    if not interactive():
        fail(exits.USAGE, _("To take it in without a question: --yes."))
    # Whose it is stands in the question: on a small screen the lines above may be gone by now.
    asked = (
        _("Take it in, from {name}?").format(name=printable(offer.manifest.by.name))
        if offer.signed
        else _("Take it in, though nobody signed it?")
    )
    return click.confirm(asked, default=False, err=True)


def _taken(found: Installed, offer: Offer) -> None:
    from mindful.cli.programme_files import named_by
    from mindful.handoff import library

    names = [e.id for e in library.entries(home.packs()) if Path(e.file).is_relative_to(found.files)]
    tell(_("It is in. Its sessions are on the home screen, and:"))
    for name in names:
        out(f"mindful play {name}")
    for each in offer.inside:
        if each.kind == "programme" and not each.problem:
            out(f"mindful programme start {named_by(found.files / each.path)}")


def _data(offer: Offer, standing: Standing | None) -> dict[str, object]:
    rows = [
        {
            "path": i.path,
            "title": i.title,
            "kind": i.kind,
            "problem": i.problem or None,
            "total_ms": i.total_ms,
            "tier": i.tier,
        }
        for i in offer.inside
    ]
    return {
        "mindful_offer": 1,
        **_manifest(offer.manifest),
        "signed": offer.signed,
        "standing": standing,
        "state": offer.state,
        "inside": rows,
    }


def _manifest(m: Manifest) -> dict[str, object]:
    return {
        "id": m.id,
        "title": m.title,
        "made": m.made.isoformat(),
        "by": m.by.data() | {"fingerprint": m.by.fingerprint},
        "note": m.note,
        "files": [{"path": f.path, "bytes": f.bytes, "sha256": f.sha256} for f in m.files],
    }


def _place(output: str, force: bool) -> Path:
    to = Path(output).expanduser()
    if to.suffix != ".mindful-pack":
        to = to.with_name(to.name + ".mindful-pack")
    if not to.parent.is_dir():
        fail(exits.USAGE, _("There is no folder {folder}.").format(folder=printable(to.parent)))
    if to.exists() and not force:
        fail(exits.USAGE, _("{path} is there already. --force writes over it.").format(path=printable(to)))
    return to


def _source(name: str) -> Path:
    from mindful.cli.scripts import find

    return find(name)


def _checked(path: Path, force: bool) -> None:
    """Show what is wrong with a script or programme; ends the command where it cannot be played or followed."""
    from mindful.handoff.document import kind_of
    from mindful.script.load import load
    from mindful.script.problems import render
    from mindful.script.programme.load import load as load_programme

    kind = kind_of(path)
    if kind == "other":
        return
    loaded = load_programme(path) if kind == "programme" else load(path)
    whole = not any(problem.severity == "error" for problem in loaded.problems)
    if whole:
        return
    for problem in loaded.problems:
        tell(render(problem, colour=colour(sys.stderr)))
    if not force:
        said = (
            _("{name} cannot be followed, so it is not packed. With --force it is.")
            if kind == "programme"
            else _("{name} cannot be played, so it is not packed. With --force it is.")
        )
        fail(exits.PROBLEMS, said.format(name=printable(path.name)))


def _title(path: Path) -> str:
    """The title in the document's own language; empty where it cannot be read."""
    from mindful.handoff.document import kind_of, title_of
    from mindful.script.load import load
    from mindful.script.programme.load import load as load_programme

    kind = kind_of(path)
    if kind == "session" and (script := load(path).script) is not None:
        return script.title.source(script.language)
    if kind == "programme" and (programme := load_programme(path).programme) is not None:
        return programme.title.source(programme.language)
    return title_of(path)


_STANDING: dict[str, str] = {
    "own": _("by your own key"),
    "checked": _("known, and you compared the fingerprint"),
    "known": _("known from before; the fingerprint was not compared"),
    "new": _("not known so far: ask the person to read you these digits, then you can be sure"),
    "changed": _("ANOTHER KEY than the one that is known under this name"),
}
_STATE: dict[str, str] = {
    "new": "",
    "update": _("It takes the place of an earlier version. What you did stays."),
    "same": _("This very pack is here already."),
    "older": _("A newer version of it is here."),
}
