"""How every command speaks: data on stdout, narration on stderr, in the letters that the terminal has.

Called by all commands. Text from scripts goes through `printable` before it gets here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

import click

_PLAINER = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "→": "->", "×": "x", "·": "-", "≈": "~",
     "•": "*", " ": " "}
)  # fmt: skip


def fitting(text: str, stream: TextIO) -> str:
    """The text in the letters of this stream: typographic ones become plain, others a question mark."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(encoding, "replace").decode(encoding)
    except LookupError:
        return text.translate(_PLAINER).encode("ascii", "replace").decode("ascii")
    return text


def letters(text: str, stream: TextIO) -> bool:
    """Whether this stream has these letters, and a terminal that shows them."""
    return fitting(text, stream) == text and not (stream.isatty() and dumb())


def out(text: str) -> None:
    """A line of data. Raises OSError when its reader went away."""
    _write(text, sys.stdout)


def paragraph(text: str) -> None:
    """A line of data for reading: as `out`, in as many lines as the terminal wants."""
    for line in folded(text, columns()):
        out(line)


def tell(text: str) -> None:
    """A line of narration, between its words in as many as the terminal wants.

    Narration that nobody can get is let go; while the screen is drawn it waits (`held`).
    """
    if _held:
        _held[-1].lines.append(text)
        return
    try:
        for line in folded(text, _width(sys.stderr)):
            _write(line, sys.stderr)
    except OSError:
        return


class _Held:
    """Narration that waits, and whether there will be colours for it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.coloured = colour(sys.stderr)


_held: list[_Held] = []


@contextmanager
def held() -> Iterator[None]:
    """Keep narration off a screen that is drawn on the same terminal: it is told, in its order, when this ends."""
    _held.append(_Held())
    try:
        yield
    finally:
        for text in _held.pop().lines:
            tell(text)


def _write(text: str, stream: TextIO) -> None:
    stream.write(fitting(text, stream) + "\n")
    stream.flush()


def fail(status: int, *lines: str) -> NoReturn:
    """End the command: what is wrong in plain words on stderr, and the exit status."""
    for line in lines:
        tell(line)
    raise click.exceptions.Exit(status)


def colour(stream: TextIO) -> bool:
    """Whether colours are wanted: on a terminal that has them, unless NO_COLOR says otherwise."""
    if _held and stream is not sys.stdout:
        return _held[-1].coloured  # what stands in for stderr meanwhile is no terminal, or says that it is one
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def dumb() -> bool:
    """Whether the terminal cannot be drawn on."""
    return os.name != "nt" and os.environ.get("TERM", "") in ("", "dumb", "unknown")


def interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def columns() -> int | None:
    """The width of the terminal that stdout goes to; None where it goes elsewhere."""
    return _width(sys.stdout)


def _width(stream: TextIO) -> int | None:
    try:
        return os.get_terminal_size(stream.fileno()).columns or None if stream.isatty() else None
    except (OSError, ValueError):
        return None


def folded(line: str, wide: int | None) -> list[str]:
    """A line in as many as fit this width, each as far in as the first; as it is where no width is known.

    What has lines of its own, columns or colours was laid out by whoever made it and is left alone: a command that
    stands in a column is to be copied in one piece.
    """
    if wide is None or len(line) <= wide or "\n" in line or "\x1b" in line or "  " in line.strip():
        return [line]
    from textwrap import wrap

    indent = line[: len(line) - len(line.lstrip())]
    hang = indent + ("  " if line.lstrip().startswith(("- ", "* ")) else "")
    return wrap(line, max(20, wide - 1), subsequent_indent=hang, break_long_words=False, break_on_hyphens=False) or [
        line
    ]


def either(names: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *more, last = names
    return f"{', '.join(more)} or {last}" if more else last
