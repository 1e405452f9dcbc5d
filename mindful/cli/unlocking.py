"""The key of an encrypted journal: from an option, the environment, this login, or the client. Called by commands.

A command asks for the passphrase once, and only at a terminal. `mindful journal unlock` keeps the key until logout, in
a folder that the system keeps in memory (XDG_RUNTIME_DIR), so that the screen, which never asks, can show the journal.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from mindful.journal import sealing
from mindful.journal.files import write_atomic
from mindful.tongue import _

KEY = "MINDFUL_JOURNAL_KEY"
PASSPHRASE = "MINDFUL_JOURNAL_PASSPHRASE"
_TRIES = 3

F = TypeVar("F", bound=Callable[..., Any])


def _given(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        give_file(value)


def key_option(command: F) -> F:
    """`--key FILE`: the key file of an encrypted journal."""
    return click.option(
        "--key",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        expose_value=False,
        callback=_given,
        help="The key file of an encrypted journal; else MINDFUL_JOURNAL_KEY names it, or MINDFUL_JOURNAL_PASSPHRASE "
        "holds the passphrase.",
    )(command)


def give_file(path: Path) -> str:
    """Take a key from a file; its public key. Raises ClickException."""
    try:
        return sealing.give(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise click.ClickException(f"The key file cannot be used: {why}.") from error


def unlock(journal: Path, *, ask: bool = True, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the journal can be read: it is not encrypted, or its key was given, or is found now. Raises OSError.

    Without `ask`, and without a terminal, nothing is asked.
    """
    if not (journal / sealing.FOLDER).is_dir():
        return True
    if _opens(journal):
        return True
    if not sealing.available():
        return False
    if named := environ.get(KEY):
        give_file(Path(named).expanduser())
    kept = held(journal, environ)
    if kept is not None and kept.is_file():
        with contextlib.suppress(OSError, ValueError):
            sealing.give(kept.read_text(encoding="ascii"))
    if _opens(journal):
        return True
    if not sealing.locked_key(journal):
        return sealing.of(journal) is None
    if passphrase := environ.get(PASSPHRASE):
        try:
            sealing.unlock(journal, passphrase)
        except sealing.SealError as error:
            raise click.ClickException(f"{PASSPHRASE}: {error}.") from error
        return True
    return ask and sys.stdin.isatty() and sys.stderr.isatty() and _asked(journal)


def quietly() -> None:
    """Open the journal where that needs no question: a key file, the environment, this login. Never raises."""
    from mindful.journal import home

    with contextlib.suppress(OSError, click.ClickException):
        unlock(home.journal(), ask=False)


def _opens(journal: Path) -> bool:
    seal = sealing.of(journal)
    return seal is not None and seal.opens


def _asked(journal: Path) -> bool:
    for left in range(_TRIES - 1, -1, -1):
        words = click.prompt(_("Passphrase of your journal"), hide_input=True, err=True, default="", show_default=False)
        if not words:
            return False
        try:
            sealing.unlock(journal, words)
        except sealing.SealError as error:
            click.echo(_("Not opened: {error}.").format(error=error), err=True)
            if not left:
                return False
        else:
            return True
    return False


def held(journal: Path, environ: Mapping[str, str] = os.environ) -> Path | None:
    """Where the key of this journal is kept until logout; None where the system has no such place."""
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    seal = sealing.of(journal)
    if not runtime or not Path(runtime).is_dir() or seal is None:
        return None
    return Path(runtime) / "mindful" / f"{seal.recipient[4:20]}.key"


def hold(journal: Path, secret: str) -> Path | None:
    """Keep the key until logout; gives where, or None where that cannot be. Raises OSError."""
    path = held(journal)
    if path is not None:
        write_atomic(path, secret.encode("ascii") + b"\n")
    return path
