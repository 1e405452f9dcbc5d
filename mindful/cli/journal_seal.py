"""`mindful journal encrypt`, `decrypt`, `unlock` and `lock`. Called by `mindful.cli.journal`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from mindful.cli import exits
from mindful.cli.journal_access import fail, failures, recover, tell
from mindful.cli.say import out
from mindful.cli.unlocking import PASSPHRASE, held, hold, key_option, unlock
from mindful.journal import changeover, home, index, sealing
from mindful.journal.changeover import Changed
from mindful.journal.home import create_private
from mindful.tongue import _, ngettext

_SHORT = 12
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@key_option
@click.option("--new-key", type=_FILE, help="Make a key, and write it into this file.")
@click.option("--passphrase-file", type=_FILE, help="Read the passphrase from this file.")
@click.option("--new-passphrase", is_flag=True, help="Give an encrypted journal another passphrase.")
def encrypt(new_key: Path | None, passphrase_file: Path | None, new_passphrase: bool) -> None:
    """Encrypt your journal: with a passphrase, or with a key in a file.

    Each record becomes a file of its own in the age format, which other programs open too. New records are encrypted
    when they are written; nothing is asked for that. Without the passphrase, or the key, nobody can read the records
    any more, you included, and mindful cannot help. May be cut off at any moment: the same command goes on.

    Your settings, checklist and plan are not encrypted, and what a disk keeps of removed files is beyond mindful.
    """
    if not sealing.available():
        fail(exits.FAILED, _("This needs the library pyrage: pip install pyrage"))
    folder = home.journal()
    with failures():
        recover(folder)
        seal = sealing.of(folder)
        if seal is None and sealing.locked_key(folder):  # a decryption was cut off: what is sealed needs the same key
            if not unlock(folder):
                fail(exits.USAGE, _("A decryption was cut off; its passphrase is needed."))
            sealing.begin(folder, sealing.given()[0])
        elif seal is None or new_passphrase:
            if seal is None and (given := sealing.given()) and new_key is None:
                sealing.begin(folder, given[0])
            elif new_key is not None:
                sealing.begin(folder, _made(new_key))
            else:
                _by_passphrase(folder, passphrase_file, seal)
        if not unlock(folder):
            fail(exits.USAGE, _("It is encrypted already, and its key is needed to go on."))
        done = changeover.encrypt(folder, _counting())
        for table in index.tables(home.cache()):
            table.unlink(missing_ok=True)
    said = ngettext("One file is encrypted now.", "{count} files are encrypted now.", done.files)
    tell(said.format(count=done.files))
    for path in done.other:
        tell(_("No record, and left as it is: {path}").format(path=path))
    _left(done)


@click.command()
@key_option
def decrypt() -> None:
    """Take the encryption off your journal. May be cut off at any moment: the same command goes on."""
    folder = home.journal()
    with failures():
        if not unlock(folder):
            fail(exits.USAGE, _("Its key is needed: the passphrase, or --key FILE."))
        recover(folder)
        place = held(folder)
        done = changeover.decrypt(folder, _counting())
        if place is not None and not done.left:
            place.unlink(missing_ok=True)
        for table in index.tables(home.cache()):
            table.unlink(missing_ok=True)
    tell(ngettext("One file is in clear now.", "{count} files are in clear now.", done.files).format(count=done.files))
    _left(done)


@click.command("unlock")
@key_option
@click.option("--write", type=_FILE, help="Write the key into this file instead, for other age programs or as a copy.")
def unlock_now(write: Path | None) -> None:
    """Keep the journal's key until you log out, so that nothing asks for it.

    It is kept in a folder in memory that only your account can open. `mindful journal lock` takes it away.
    """
    folder = home.journal()
    with failures():
        if sealing.of(folder) is None:
            tell(_("Your journal is not encrypted."))
            return
        if not unlock(folder):
            fail(exits.USAGE, _("Its key is needed: the passphrase, or --key FILE."))
        if write is not None:
            _keep(write, sealing.secret(folder))
            return
        place = hold(folder, sealing.secret(folder))
    if place is None:
        fail(
            exits.FAILED,
            _("This system has no place for that (XDG_RUNTIME_DIR). Name a key file in MINDFUL_JOURNAL_KEY instead."),
        )
    tell(_("Your journal is open until you log out, or until `mindful journal lock`."))


@click.command("lock")
def lock_now() -> None:
    """Take the journal's key away again."""
    with failures():
        place = held(home.journal())
        if place is not None:
            place.unlink(missing_ok=True)
    tell(_("Your journal is locked."))


def _by_passphrase(folder: Path, file: Path | None, seal: sealing.Seal | None) -> None:
    if seal is not None and not unlock(folder):
        fail(exits.USAGE, _("The old passphrase is needed first."))
    words = _passphrase(file, other=seal is not None)
    if len(words) < _SHORT:
        tell(_("That is short. Several words that nobody would guess protect better; --new-passphrase changes it."))
    public, secret = sealing.new_key() if seal is None else (seal.recipient, sealing.secret(folder))
    sealing.begin(folder, public, secret, words)
    sealing.give(secret)


def _passphrase(file: Path | None, *, other: bool) -> str:
    if file is not None:
        try:
            words = file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            raise click.ClickException(f"The passphrase file cannot be read: {file}") from error
    elif PASSPHRASE in os.environ and not other:
        words = os.environ[PASSPHRASE]
    elif sys.stdin.isatty():
        tell(_("Without the passphrase nobody can read your records any more. Write it down where it is safe."))
        words = str(click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True, err=True))
    else:
        raise click.UsageError(f"Say the passphrase: --passphrase-file FILE, or {PASSPHRASE}; or --new-key FILE.")
    if not words:
        raise click.UsageError("The passphrase is empty.")
    return words


def _made(path: Path) -> str:
    """A new key in a file of its own; its public key."""
    public, secret = sealing.new_key()
    _keep(path, secret)
    tell(_("Keep this file, and a copy of it elsewhere: without it nobody can read your records any more."))
    return public


def _keep(path: Path, secret: str) -> None:
    """Write a key into a file that is not there yet."""
    public = sealing.give(secret)
    try:
        fd = create_private(path)
    except FileExistsError:
        raise click.UsageError(f"{path} is there already; --key uses the key in it.") from None
    with os.fdopen(fd, "w", encoding="ascii") as file:
        file.write(f"# public key: {public}\n{secret}\n")
        file.flush()
        os.fsync(file.fileno())
    out(str(path))


def _counting() -> changeover.Told:
    def told(count: int) -> None:
        if count % 5000 == 0:
            tell(_("{count} files …").format(count=count))

    return told


def _left(done: Changed) -> None:
    for path, why in done.left:
        tell(_("Left as it was: {path}: {why}").format(path=path, why=why))
    if done.left:
        fail(exits.PROBLEMS)
