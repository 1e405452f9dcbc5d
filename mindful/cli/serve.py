"""`mindful serve`: the screen in a browser on this computer."""

from __future__ import annotations

import asyncio
import ipaddress
import shlex
import subprocess
import sys

import click

from mindful.cli import exits
from mindful.cli.say import fail, out, tell
from mindful.journal.printable import printable

LOOPBACK = "127.0.0.1"
NEEDED = "It needs one more library: pip install 'mindful-sessions[browser]'"
WHO = (
    "Whoever has this address and can use this computer can open it, see your records and play sessions. "
    "Sound comes from this computer, not from the browser. Ctrl-C ends it."
)
OTHERS = (
    "This address can be reached from other computers, and what goes to and fro is not encrypted: whoever is on the "
    "same network may read along, the address too. Only do this where you trust everyone on it."
)


@click.command()
@click.option("--host", default=LOOPBACK, show_default=True, metavar="ADDRESS", help="Where it can be reached.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A port; a free one if not said.")
@click.option(
    "--others-may-reach-it", "others", is_flag=True, help="Needed for an address that other computers can reach."
)
def serve(host: str, port: int, others: bool) -> int:
    """Show the screen in a browser on this computer.

    Prints an address with a random word in it, and goes on until Ctrl-C. Every page that opens it is a screen of its
    own; the records are those of this account.
    """
    alone = _loopback(host)
    if not alone and not others:
        fail(
            exits.USAGE,
            f"“{printable(host)}” can be reached from other computers. Your records and answers would be open to them,",
            "unencrypted. If that is what you want, add --others-may-reach-it.",
        )
    try:
        from mindful.tui.web.server import Screen
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("textual_serve", "aiohttp", "aiohttp_jinja2", "jinja2"):
            raise
        fail(exits.FAILED, "mindful serve is not set up here.", NEEDED)

    def ready(address: str) -> None:
        out(address)
        tell(WHO)
        if not alone:
            tell(OTHERS)

    try:
        asyncio.run(Screen(_command(), host, port).run(ready))
    except KeyboardInterrupt:
        pass
    except OSError as error:
        fail(
            exits.FAILED, f"There is no serving at {printable(host)}: {printable(error.strerror or 'it was refused')}."
        )
    tell("Ended.")
    return exits.DONE


def _command() -> str:
    """What is run for each page, for the system's shell."""
    words = [sys.executable, "-m", "mindful.cli.served"]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
