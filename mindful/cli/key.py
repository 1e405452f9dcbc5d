"""`mindful key`: the keys that packs are signed with and summaries are closed to, and the people who are known."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from mindful.cli import exits
from mindful.cli.helped import Group
from mindful.cli.say import fail, interactive, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mindful.handoff.card import Card
    from mindful.handoff.contacts import Person
    from mindful.handoff.keys import Own


_SLOW_MB = 256
"""From here on opening a backup takes seconds, and that is said beforehand."""


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def key(ctx: click.Context) -> None:
    """Your keys, to sign packs and to receive summaries; and the people you exchange them with.

    They are made once and stay on this computer. Only the card, which is public, is for others.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@key.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(as_json: bool = False) -> None:
    """Your name and fingerprint, as you would read them to somebody over the phone."""
    mine = mine_or_end()
    if as_json:
        out(json.dumps({"mindful_key": 1, **mine.card.data(), "fingerprint": mine.card.fingerprint}, indent=1))
        return
    out(printable(mine.card.name))
    out(mine.card.fingerprint)


@key.command()
@click.argument("name", required=False)
@click.option("--replace", is_flag=True, help="In place of the keys that are there; those stay, to open what is old.")
def make(name: str | None, replace: bool) -> None:
    """Make your keys, once. NAME is what others see."""
    from mindful.handoff import keys
    from mindful.handoff.card import BadCardError

    if name is None:
        if not interactive():
            fail(exits.USAGE, _("Say the name that others see: mindful key make NAME."))
        name = str(click.prompt(_("The name that others see"), err=True))
    with troubles():
        try:
            made = keys.make(home.keys(), name, replace=replace)
        except keys.KeysThereError:
            fail(
                exits.USAGE,
                _("You have keys already; mindful key shows them."),
                _("With --replace you get new ones. Everybody who knows the old ones must then be told."),
            )
        except BadCardError as error:
            fail(exits.USAGE, _("That cannot be the name: {why}.").format(why=error))
    out(made.card.fingerprint)
    tell(_("Your keys are made and lie in {folder}.").format(folder=home.keys()))
    tell(_("If this computer is lost they are lost too: mindful key backup -o FILE keeps a closed copy."))


@key.command()
@click.option(
    "-o", "output", metavar="FILE", required=True, help="The card: FILE.mindful-card; - for the standard output."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def card(output: str, force: bool) -> None:
    """Write your card, to give to others. It holds your name and nothing that is secret."""
    from mindful.handoff.keys import CARD_FILE_ENDING

    mine = mine_or_end()
    if output != "-" and not output.endswith(CARD_FILE_ENDING):
        output += CARD_FILE_ENDING
    with troubles():
        _write(output, mine.card_file(), force)
    if output != "-":
        out(output)
        tell(
            _("Written. When you have sent it, read your fingerprint to them: {digits}").format(
                digits=mine.card.fingerprint
            )
        )


@key.command()
@click.option("-o", "output", metavar="FILE", required=True, help="Where to.")
@click.option("--passphrase-file", type=click.Path(dir_okay=False), help="Read the passphrase from this file.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def backup(output: str, passphrase_file: str | None, force: bool) -> None:
    """Keep a copy of your keys, closed with a passphrase."""
    from mindful.handoff import keys

    mine_or_end()
    _free(output, force)
    words = passphrase(passphrase_file, twice=True)
    with troubles():
        _write(output, keys.backup(home.keys(), words), force)
    tell(_("Written. Without the passphrase nobody can open it, and nobody can find it out for you."))


@key.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--passphrase-file", type=click.Path(dir_okay=False), help="Read the passphrase from this file.")
@click.option("--replace", is_flag=True, help="In place of other keys that are there.")
def restore(file: str, passphrase_file: str | None, replace: bool) -> None:
    """Put your keys back from a backup."""
    from mindful.handoff import keys

    with troubles():
        data = Path(file).read_bytes()
        words = passphrase(passphrase_file)
        if _SLOW_MB <= (needed := keys.memory_mb(data)) <= keys.MOST_MB:
            tell(_("An older backup: opening it takes a while, and {needed} MB of memory.").format(needed=needed))
        try:
            found = keys.restore(home.keys(), data, words, replace=replace)
        except keys.WrongPassphraseError:
            fail(exits.PROBLEMS, _("It does not open with this passphrase, or it is no backup of keys."))
        except keys.CostlyError as error:
            fail(
                exits.PROBLEMS,
                _("To open it would take {what}: more than is fit for this computer just now.").format(what=error),
                _(
                    "Where it is yours, and the computer has room: age -d opens it, and what comes out goes to {file}."
                ).format(file=home.keys() / keys.FILE),
            )
        except keys.KeysThereError:
            fail(exits.USAGE, _("There are other keys here already. --replace puts them aside."))
    tell(_("Your keys are back, {name}.").format(name=printable(found.card.name)))
    out(found.card.fingerprint)


@key.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def people(as_json: bool) -> None:
    """Whose keys are known here."""
    found = known()
    if as_json:
        rows = [
            {**p.card.data(), "fingerprint": p.card.fingerprint, "since": p.since, "checked": p.checked} for p in found
        ]
        out(json.dumps({"mindful_people": 1, "people": rows}, indent=1))
        return
    for person in found:
        note = _("compared") if person.checked else _("not compared yet")
        out(f"{printable(person.card.name)}  {person.card.fingerprint}  ({note})")
    if not found:
        tell(_("Nobody yet. They are kept when you take in a pack, or a card: mindful key add FILE."))


@key.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--new-key", is_flag=True, help="Take it in although another key is known under this name.")
def add(file: str, new_key: bool) -> None:
    """Take in somebody's card."""
    from mindful.handoff import card as cards

    with troubles():
        path = Path(file)
        if path.stat().st_size > 10_000:
            fail(exits.PROBLEMS, _("This is no card."))
        try:
            found = cards.load(path.read_bytes())
        except cards.BadCardError as error:
            fail(exits.PROBLEMS, _("This card cannot be taken in: {why}.").format(why=error))
    take_in(found, new_key)
    tell(
        _("{name} is known now. Compare the fingerprint with them, over the phone or face to face:").format(
            name=printable(found.name)
        )
    )
    out(found.fingerprint)
    tell(_("If it is the same: {command}").format(command=f'mindful key compare "{printable(found.name)}" DIGITS'))


@key.command()
@click.argument("who")
@click.argument("digits", nargs=-1, required=True)
def compare(who: str, digits: tuple[str, ...]) -> None:
    """Compare WHO's fingerprint with the DIGITS that they read to you."""
    from mindful.handoff import contacts
    from mindful.handoff.fingerprint import same

    person = one_person(who)
    if not same(person.card.fingerprint, " ".join(digits)):
        fail(
            exits.PROBLEMS,
            _("It is not the same. Known here: {digits}").format(digits=person.card.fingerprint),
            _("Read it once more together. If it stays different, use nothing that came under this name."),
        )
    with troubles():
        contacts.keep(home.keys(), person.card, today(), checked=True)
    tell(_("It is the same. {name} is marked as compared.").format(name=printable(person.card.name)))


@key.command("forget")
@click.argument("who")
def forget_person(who: str) -> None:
    """Leave somebody's keys out from now on."""
    from mindful.handoff import contacts

    person = one_person(who)
    with troubles():
        contacts.forget(home.keys(), person)
    tell(_("{name} is no longer known here.").format(name=printable(person.card.name)))


# What pack, unpack, share and receive need of it


def mine_or_end() -> Own:
    """One's own keys; where there are none the command ends and says how to make them."""
    from mindful.handoff import keys

    with troubles():
        try:
            return keys.own(home.keys())
        except keys.NoKeysError:
            fail(exits.USAGE, _("You have no keys yet. They are made once: mindful key make NAME."))


def known() -> list[Person]:
    """The people whose keys are known."""
    from mindful.handoff import contacts

    with troubles():
        return contacts.people(home.keys())


def one_person(words: str) -> Person:
    """Whom these words mean; ends the command where that is nobody, or not clear."""
    from mindful.handoff import contacts

    everybody = known()
    found = contacts.find(everybody, words)
    if len(found) == 1:
        return found[0]
    lines = [
        _("“{name}” could mean several people:").format(name=printable(words))
        if found
        else _("Nobody is known here as “{name}”.").format(name=printable(words))
    ]
    lines += [_("Known here:")] if everybody and not found else []
    lines += [f"  {printable(p.card.name)}  {p.card.fingerprint}" for p in found or everybody]
    return fail(exits.USAGE, *lines)


def take_in(of: Card, new_key: bool) -> None:
    """Keep a card; another key under a known name only where that was asked for."""
    from mindful.handoff import contacts

    if contacts.standing(known(), of) == "changed" and not new_key:
        another_key(of)
    with troubles():
        contacts.keep(home.keys(), of, today())


def another_key(of: Card) -> NoReturn:
    """Say that a known name comes with another key, and end."""
    old = [p.card for p in known() if p.card.name.casefold() == of.name.casefold()]
    fail(
        exits.PROBLEMS,
        _("{name} is known here, but with another key.").format(name=printable(of.name)),
        *(_("  known: {digits}").format(digits=c.fingerprint) for c in old),
        _("  this:  {digits}").format(digits=of.fingerprint),
        _("People get new keys when they lose a computer; somebody else may also use the name."),
        _("Ask them to read you the new fingerprint. If it is the same as above: the same again, with --new-key."),
    )


def passphrase(file: str | None, *, twice: bool = False) -> str:
    """From a file, from MINDFUL_PASSPHRASE, or asked; ends the command where nobody can be asked."""
    if file is not None:
        words = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    elif (found := os.environ.get("MINDFUL_PASSPHRASE")) is not None:
        words = found
    elif not interactive():
        fail(exits.USAGE, _("A passphrase is needed: --passphrase-file FILE, or MINDFUL_PASSPHRASE."))
    else:
        words = str(click.prompt(_("Passphrase"), hide_input=True, err=True, confirmation_prompt=twice))
    if not words.strip():
        fail(exits.USAGE, _("An empty passphrase closes nothing."))
    return words


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


@contextmanager
def troubles() -> Iterator[None]:
    """The system's refusals, and files of keys that are damaged, in a sentence."""
    from mindful.handoff import contacts, keys

    try:
        yield
    except keys.DamagedKeysError as error:
        fail(exits.PROBLEMS, _("{why}: {file}").format(why=error, file=home.keys() / keys.FILE))
    except contacts.DamagedContactsError as error:
        fail(
            exits.PROBLEMS,
            _("The list of people cannot be read: {file}").format(file=error),
            _("It is left as it is. Move it away to begin a new one."),
        )
    except ImportError as error:
        fail(exits.FAILED, _("A part that this needs is not installed: {name}.").format(name=error.name or error))
    except FileNotFoundError as error:
        fail(exits.FAILED, _("There is no file {path}.").format(path=printable(error.filename or "")))
    except OSError as error:
        fail(
            exits.FAILED,
            _("The system did not let it happen: {why}: {file}").format(
                why=error.strerror or error, file=printable(error.filename or "")
            ),
        )


def _write(output: str, data: bytes, force: bool) -> None:
    from mindful.journal.files import write_atomic

    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    _free(output, force)
    write_atomic(Path(output).expanduser(), data)


def _free(output: str, force: bool) -> None:
    """End the command where a file cannot go: an earlier backup may be the only one that opens with known words."""
    path = Path(output).expanduser()
    if output == "-":
        return
    if not path.parent.is_dir():
        fail(exits.USAGE, _("There is no folder {folder}.").format(folder=printable(path.parent)))
    if path.exists() and not force:
        fail(exits.USAGE, _("{path} is there already. --force writes over it.").format(path=printable(path)))
