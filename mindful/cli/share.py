"""`mindful share`, `receive` and `clients`: records from client to therapist, chosen, shown, closed to one key."""

from __future__ import annotations

import json
import os
import shlex
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits
from mindful.cli.helped import Group
from mindful.cli.key import another_key, known, mine_or_end, one_person, today, troubles
from mindful.cli.say import fail, interactive, out, paragraph, tell
from mindful.cli.since import day, stretch
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext

if TYPE_CHECKING:
    from mindful.handoff.filing import Client
    from mindful.handoff.summary import Summary
    from mindful.journal.store import Entry

PARTS = ("ratings", "answers", "details", "notes", "effects", "settings")
MEANS: dict[str, str] = {
    "ratings": _("numbers that you gave: ratings, counts"),
    "answers": _("what you chose or wrote"),
    "details": _("what was done of each step"),
    "notes": _("your own notes"),
    "effects": _("what you said was unpleasant"),
    "settings": _("how the session was set"),
}


@click.command()
@click.argument("which", nargs=-1)
@click.option("-o", "output", metavar="FILE", help="The summary: FILE.mindful-summary.")
@click.option("--to", "to", metavar="NAME", help="Whom it is for. Without it: the one person you know.")
@stretch
@click.option("--all", "everything", is_flag=True, help="All records.")
@click.option(
    "--with", "plus", metavar="PART", multiple=True, type=click.Choice(PARTS), help="Also this part; repeatable."
)
@click.option(
    "--without", "minus", metavar="PART", multiple=True, type=click.Choice(PARTS), help="Not this part; repeatable."
)
@click.option("--private", is_flag=True, help="Also answers that are marked as private.")
@click.option("--note", metavar="TEXT", default="", help="A few words to go with it.")
@click.option("--show", "exact", is_flag=True, help="Only show, to the letter, what would go.")
@click.option("--yes", is_flag=True, help="Write it without asking.")
def share(
    which: tuple[str, ...], output: str | None, to: str | None, since: str | None, until: str | None,
    session: str | None, everything: bool,
    plus: tuple[str, ...], minus: tuple[str, ...], private: bool, note: str, exact: bool, yes: bool,
) -> None:  # fmt: skip
    """Give records to your therapist: you choose which, and which parts.

    WHICH are numbers or ids as in `mindful journal`. Parts: ratings, answers, details, effects (these go unless you say
    otherwise), notes and settings (these stay). Answers marked as private always stay, unless you say --private.
    The file can be opened by the one person whom it is for, and by you. Nothing is sent; you send it as you like.
    """
    from mindful.handoff import summary
    from mindful.handoff.selection import USUAL, Choice, cut

    mine = mine_or_end()
    person = _therapist(to)
    chosen = _records(which, since, until, session, everything)
    choice = Choice(frozenset((USUAL | set(plus)) - set(minus)), private)
    records = [cut(entry.record, choice) for entry in chosen]
    with troubles():
        text = summary.plain(records, mine, person.card, datetime.now().astimezone(), note)
        if exact:
            out(text.decode().rstrip("\n"))
            return
        _tell(chosen, records, choice)
        name, digits = printable(person.card.name), person.card.fingerprint
        tell(_("For {name} ({digits}){checked}.").format(
            name=name, digits=digits, checked="" if person.checked else _("; you have not compared these digits yet")
        ))  # fmt: skip
        if not person.checked:
            tell(_("When they were read to you: mindful key compare {name} DIGITS").format(name=shlex.quote(name)))
        if output is None:
            fail(exits.USAGE, _("Nothing is written yet. Say where to: -o FILE. To see every word of it: --show."))
        path = _place(output)
        if not yes:
            if not interactive():
                fail(exits.USAGE, _("Nothing is written yet. Without a question: --yes."))
            if not click.confirm(_("Write it?"), default=False, err=True):
                tell(_("Nothing was written."))
                raise click.exceptions.Exit(exits.STOPPED)
        from mindful.journal.files import write_atomic

        write_atomic(path, summary.seal(text, mine, person.card))
    tell(_("Written. Only {name} and you can open it. Send it as you like.").format(name=name))
    out(str(path))


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--yes", is_flag=True, help="File it without asking, also from somebody who is not known yet.")
@click.option("--look", is_flag=True, help="Only say what is in it.")
@click.option("--new-key", is_flag=True, help="Although the client is known here with another key.")
def receive(file: str, yes: bool, look: bool, new_key: bool) -> None:
    """Take in a summary that a client gave you, and file it under the client.

    Then: mindful --client NAME journal, and the other commands that look at records.
    """
    from mindful.handoff import contacts, filing, keys, summary

    mine = mine_or_end()
    with troubles():
        path = Path(file)
        if path.stat().st_size > summary.MAX_BYTES:
            fail(exits.PROBLEMS, _("This summary is refused: {why}.").format(why=_("it is larger than 64 MiB")))
        try:
            found = summary.open_(path.read_bytes(), keys.identities(home.keys()))
        except summary.NotForUsError as error:
            fail(
                exits.PROBLEMS,
                _("This summary cannot be opened: {why}.").format(why=error),
                _("Your fingerprint is {digits}. If you made new keys, your client needs your new card.").format(
                    digits=mine.card.fingerprint
                ),
                _("If your old keys are in a backup: mindful key restore FILE --replace opens it again."),
            )
        except summary.BadSummaryError as error:
            fail(exits.PROBLEMS, _("This summary is refused: {why}.").format(why=printable(error)))
        standing = contacts.standing(known(), found.by, mine.card)
        _summary(found, standing)
        if look:
            return
        if standing == "changed" and not new_key:
            another_key(found.by)
        if standing == "own":
            fail(exits.USAGE, _("This is your own summary; it is for your therapist."))
        if not yes:
            if not interactive():
                fail(exits.USAGE, _("Nothing is filed yet. Without a question: --yes."))
            if not click.confirm(_("File it?"), default=True, err=True):
                raise click.exceptions.Exit(exits.STOPPED)
        old = (
            [p.card for p in known() if p.card.name.casefold() == found.by.name.casefold()]
            if standing == "changed"
            else []
        )
        filed = filing.file(home.clients(), found, datetime.now().astimezone(), moved_from=old[0] if old else None)
        contacts.keep(home.keys(), found.by, today())
    if filed.again:
        tell(_("This very summary was filed before. Nothing was changed."))
    else:
        parts = (
            (filed.new, _("{count} new")),
            (filed.fuller, _("{count} told more fully than before")),
            (filed.known, _("{count} known already")),
        )
        tell(_("Filed: {parts}.").format(parts=", ".join(said.format(count=n) for n, said in parts if n)))
    out(str(filed.client.folder))
    name = filed.client.folder.name
    tell(_("To read: {command}").format(command=f"mindful --client {name} journal"))
    tell(_("On a page: {command}").format(command=f"mindful --client {name} report -o {name}.html"))


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def clients(ctx: click.Context) -> None:
    """The clients whose summaries you filed."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_clients)


@clients.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_clients(as_json: bool = False) -> None:
    """All of them."""
    from mindful.handoff import filing

    found = filing.clients(home.clients())
    if as_json:
        rows = [
            {"name": c.card.name, "folder": c.folder.name, "sessions": c.count, "received": list(c.received)}
            for c in found
        ]
        out(json.dumps({"mindful_clients": 1, "clients": rows}, indent=1))
        return
    for client in found:
        latest = client.received[-1]["made"][:10] if client.received else ""
        told = _("{sessions}, last told {day}").format(sessions=_count(client.count), day=latest)
        out(f"{client.folder.name}  {printable(client.card.name)}  {told}")
    if not found:
        tell(_("None so far. A summary is filed with: mindful receive FILE."))


@clients.command("export")
@click.option("-o", "out_", metavar="FOLDER", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--private", is_flag=True, help="With the answers that a script marks as private and a client gave.")
def export_all(out_: Path, private: bool) -> None:
    """Write what all clients shared as Parquet tables, a folder for each client."""
    from mindful.handoff import filing
    from mindful.journal import store
    from mindful.journal.export import Choice, as_parquet

    if out_.exists():
        fail(exits.USAGE, _("{path} is there already; nothing is written over it.").format(path=printable(out_)))
    total = 0
    with troubles():
        for client in filing.clients(home.clients()):
            found = [entry.record for entry in store.look(client.journal).entries][::-1]
            written = as_parquet.write_folder(lambda: iter(found), out_, Choice(private), client.folder.name)  # noqa: B023
            total += written.records
    tell(_("Written: {sessions}.").format(sessions=_count(total)))


@clients.command()
@click.argument("which")
@click.option("--yes", is_flag=True, help="Without asking.")
def forget(which: str, yes: bool) -> None:
    """Delete everything that was filed of a client. Their key stays known: mindful key forget."""
    import shutil

    client = one_client(which)
    if not yes and (
        not interactive()
        or not click.confirm(
            _("Delete {sessions} of {name}?").format(sessions=_count(client.count), name=printable(client.card.name)),
            err=True,
        )
    ):
        fail(exits.STOPPED, _("Nothing was deleted. Without a question: --yes."))
    with troubles():
        count = client.count
        shutil.rmtree(client.folder)
    tell(_("Deleted: {sessions} of {name}.").format(sessions=_count(count), name=printable(client.card.name)))


def one_client(words: str) -> Client:
    """The client whom these words mean; ends the command where that is nobody, or not clear."""
    from mindful.handoff import filing

    found = filing.find(home.clients(), words)
    if len(found) != 1:
        names = ", ".join(c.folder.name for c in (found or filing.clients(home.clients())))
        fail(
            exits.USAGE,
            _("Which client is meant? {names}").format(names=names) if names else _("No client is on file here."),
        )
    return found[0]


def look_at(words: str) -> None:
    """Let the commands that follow read this client's journal in place of one's own."""
    os.environ[home.JOURNAL] = str(one_client(words).journal)


def _count(sessions: int) -> str:
    return ngettext("one session", "{count} sessions", sessions).format(count=sessions)


def _therapist(words: str | None) -> Any:
    if words is not None:
        return one_person(words)
    everybody = known()
    if len(everybody) == 1:
        return everybody[0]
    if not everybody:
        fail(
            exits.USAGE,
            _("Nobody's keys are known here. They come with a pack, or with a card: mindful key add FILE."),
        )
    return fail(exits.USAGE, _("Whom is it for? --to NAME:"), *(f"  {printable(p.card.name)}" for p in everybody))


def _records(
    which: tuple[str, ...], since: str | None, until: str | None, session: str | None, everything: bool
) -> list[Entry]:
    from mindful.journal import store
    from mindful.journal.days import day_of

    folder = home.journal()
    if not (which or since or until or session or everything):
        fail(exits.USAGE, _("Which records? Numbers as in mindful journal, --since DATE, --session ID, or --all."))
    with troubles():
        found: dict[str, Entry] = {}
        for each in which:
            try:
                entry = store.find(folder, each)
            except LookupError:
                fail(
                    exits.USAGE,
                    _("There is no record {which}, or several. mindful journal shows what is there.").format(
                        which=printable(each)
                    ),
                )
            found[entry.id] = entry
        if not which:
            last = day(until, "--until") if until else date.max
            listing = store.look(folder, since=day(since, "--since") if since else None, session=session)
            found = {entry.id: entry for entry in listing.entries if day_of(entry.started) <= last}
    chosen = sorted((e for e in found.values() if not e.record["simulated"]), key=lambda e: e.started)
    if not chosen:
        fail(exits.USAGE, _("There is no such record."))
    return chosen


def _tell(chosen: list[Entry], records: list[dict[str, Any]], choice: Any) -> None:
    for entry, record in zip(chosen, records, strict=True):
        title = printable(entry.record["session"]["title"])
        held = record["shared"]["answers_kept_back"]
        kept = (
            "  " + ngettext("({count} answer stays here)", "({count} answers stay here)", held).format(count=held)
            if held
            else ""
        )
        out(f"{entry.started:%Y-%m-%d %H:%M}  {title}{kept}")
    tell("")
    going = [(MEANS[part], part in choice.parts) for part in PARTS] + [(_("answers marked as private"), choice.private)]
    for goes in (True, False):
        for means in (means for means, given in going if given is goes):
            tell(f"  {_('goes') if goes else _('stays')}: {means}")


def _summary(found: Summary, standing: str) -> None:
    first = min((r["started"][:10] for r in found.records), default="")
    last = max((r["started"][:10] for r in found.records), default="")
    name, made = printable(found.by.name), f"{found.made:%Y-%m-%d %H:%M}"
    out(_("From {name}, {digits}, made {made}").format(name=name, digits=found.by.fingerprint, made=made))
    words = {
        "own": _("by your own key"),
        "known": _("known from before; the fingerprint was not compared"),
        "checked": _("known, and you compared the fingerprint"),
        "new": _("not known so far: ask the person to read you these digits, then you can be sure"),
    }
    paragraph("  " + words.get(standing, _("ANOTHER KEY than the one that is known under this name")))
    days = first if first == last else _("{first} to {last}").format(first=first, last=last)
    out(f"  {_count(len(found.records))}, {days}")
    if found.note:
        out(f"  “{printable(found.note)}”")


def _place(output: str) -> Path:
    path = Path(output).expanduser()
    if path.suffix != ".mindful-summary":
        path = path.with_name(path.name + ".mindful-summary")
    if not path.parent.is_dir():
        fail(exits.USAGE, _("There is no folder {folder}.").format(folder=printable(path.parent)))
    return path
