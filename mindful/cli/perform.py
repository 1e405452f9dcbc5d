"""Performs one session, on the screen or as plain lines, and says by its status how it ended.

Called by `play`, `breathe` and `sit`. Signals, a reader that goes away and a slip of the program all close the record.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mindful.cli import exits, failures
from mindful.cli.host import CliHost, Wishes
from mindful.cli.say import columns, dumb, fitting, held, interactive, tell
from mindful.journal.printable import printable
from mindful.tongue import _

RING_OUT_S = 20.0
"""The last sounds are given at most so long."""
LISTEN_S = 0.1

if TYPE_CHECKING:
    from mindful.plain.keyboard import Keyboard, Suspended, Told
    from mindful.script.model import Script
    from mindful.tui.host import Wanted


class Prepared(NamedTuple):
    """A session as the command line wants it."""

    script: Script
    values: Mapping[str, Any]
    """Of its variables."""
    answers: Mapping[str, str]
    """Given beforehand."""
    fit_ms: int | None = None
    """The length that it is to take, which its script must allow."""


def perform(prepare: Callable[[], Prepared], wishes: Wishes, *, begin: bool) -> int:
    """Perform the session that `prepare` gives; the exit status. `begin`: without the page that comes before.

    `prepare` reads and checks, which takes a moment, and ends the command where something is wrong (`say.fail`). Plain
    lines begin after it. The screen is drawn first; what is wrong is told on the plain terminal when it is gone.
    """
    plain = wishes.plain or not interactive() or dumb()
    host = CliHost(replace(wishes, plain=plain))
    try:
        if plain:
            prepared = prepare()
            with _stderr_apart(failures.log() if wishes.keep else Path(os.devnull)):
                return _plain(host, prepared, begin)
        return screen(host, prepare, begin=begin)
    finally:
        host.close()


def _allowed(host: CliHost, script: Script, values: Mapping[str, Any]) -> bool:
    """Whether it may begin unasked: a red one only when it was acknowledged, and one with a caution for this client
    only after the page that says it."""
    found = host.verdict(script, values)
    return not found.refused and not found.cautions and (host.wishes.acknowledged or not found.acknowledge)


def screen(host: CliHost, prepare: Callable[[], Prepared] | None = None, *, begin: bool = False) -> int:
    """The screen: one session, or home. Raises what `prepare` raised."""
    from mindful.tui.run import run

    wrong: list[Exception] = []

    def wanted() -> Wanted | None:
        from mindful.tui.host import Wanted

        assert prepare is not None
        try:
            script, values, _, fit_ms = prepare()
            unasked = begin and _allowed(host, script, values)
            return Wanted(host.add(script), values, unasked, fit_ms, host.wishes.acknowledged)
        except Exception as error:  # goes on its way when the screen is gone
            wrong.append(error)
            return None

    session = wanted if prepare is not None else None
    return drawn(host, lambda: run(host, session=session, calm=host.wishes.calm), wrong)


def drawn(host: CliHost, show: Callable[[], int], wrong: list[Exception] | None = None) -> int:
    """Draw on the terminal, with libraries' noise in the log; the status that `show` gives, and what is to be told.

    Raises the first of `wrong`, which `show` may fill.
    """
    from mindful.audio.stderr import stderr_to

    log = failures.log()
    size = _size(log)
    with held(), _screen_on_stdout(), stderr_to(log):
        status = show()
    if wrong:
        raise wrong[0]
    for text in host.notices():
        tell(printable(text))
    if status == exits.FAILED and b"Traceback" in _since(log, size):
        from mindful.tui.words import CRASHED, CRASHED_KEPT

        tell(f"{CRASHED} {CRASHED_KEPT}" if host.kept else CRASHED)
        tell(_("The details are in {log}").format(log=log))
    return status


@contextmanager
def _screen_on_stdout() -> Iterator[None]:
    """Textual draws on `sys.__stderr__`: give it the terminal of stdout, so that descriptor 2 is free for the log."""
    kept = sys.__stderr__
    with open(os.dup(1), "w", encoding=sys.stdout.encoding, errors="replace") as terminal:  # noqa: PTH123 -- a descriptor
        sys.__stderr__ = terminal  # type: ignore[misc]
        try:
            yield
        finally:
            sys.__stderr__ = kept  # type: ignore[misc]


@contextmanager
def _stderr_apart(log: Path) -> Iterator[None]:
    """Narration stays where it was; what sound libraries write to descriptor 2 goes to the log."""
    from mindful.audio.stderr import stderr_to

    kept = sys.stderr
    try:
        copy = os.dup(kept.fileno())
    except (OSError, ValueError, AttributeError):
        yield
        return
    with open(copy, "w", encoding=kept.encoding, errors="replace") as stderr:  # noqa: PTH123 -- a descriptor
        sys.stderr = stderr
        try:
            with stderr_to(log):
                yield
        finally:
            sys.stderr = kept


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _since(path: Path, size: int) -> bytes:
    with suppress(OSError), path.open("rb") as file:
        file.seek(size)
        return file.read()
    return b""


def _plain(host: CliHost, prepared: Prepared, begin: bool) -> int:
    script, values, answers, fit_ms = prepared
    script = host.given(script)
    from mindful.cli import after, before, electrodes, gate
    from mindful.plain.keyboard import Keyboard
    from mindful.plain.lines import wrap
    from mindful.plain.performer import Manner
    from mindful.plain.performer import perform as perform_plainly
    from mindful.plain.words import farewell, keys
    from mindful.player.state import LANDED
    from mindful.tui.host import Options

    keyboard = Keyboard(keyboard_fd())

    def aside(text: str) -> None:
        for row in wrap(text, columns()):
            tell(row)

    for text in host.notices():
        aside(printable(text))
    with _signals(keyboard):
        passed = gate.plainly(host, script, values, keyboard, aside)
        if passed is None:
            return exits.STOPPED
        if passed.gated:
            script, values, fit_ms, begin = passed.script, passed.values, None, True
        if not before.plainly(host, script, values, keyboard, begin=begin, tell=aside, fit_ms=fit_ms):
            return exits.STOPPED
        if (
            not begin
            and keyboard.there
            and not electrodes.plainly(host.electrodes(script), keyboard, aside, host.clock)
        ):
            return exits.STOPPED
        if keyboard.there:
            aside(keys(breathes=_breathes(script), sound=not host.wishes.mute))
        terminal = sys.stdout.isatty()
        manner = Manner(
            stamps=not terminal,
            columns=columns(),
            keyboard=keyboard.there,
            answers=answers,
            sound=not host.wishes.mute,
            remember=host.remember_levels,
            support=host.support,
        )
        options = Options(volume=host.volume, acknowledged=host.wishes.acknowledged, fit_ms=fit_ms, gated=passed.gated)
        conductor = host.begin(script, values, options)
        try:
            ended = perform_plainly(conductor, host.clock, _line, tell, keyboard, manner)
        except OSError as error:
            if error.filename is not None:
                raise
            _deaf()
            return exits.FAILED
        try:
            _line(farewell(ended.status, ended.elapsed_ms))
        except OSError:
            _deaf()
        for text in host.notices():
            aside(printable(text))
        if host.kept:
            for text in host.told_of_sensors():
                aside(text)
            aside(_("It is in your journal: mindful journal show"))
        stays = ended.status != "completed" or _ring_out(host, keyboard)
        if host.kept and ended.status != "interrupted":
            # Who stopped wants to go: nothing holds them. Who landed, or heard it to its end, is asked how it was.
            asks = keyboard.there and stays and (ended.status == "completed" or ended.reason == LANDED)
            after.plainly(host, keyboard, aside, asks=asks, felt=host.wishes.felt)
            if ended.status == "stopped" and not asks and keyboard.there:
                aside(after.LATER)
            for text in host.notices():
                aside(printable(text))
    return {"completed": exits.DONE, "stopped": exits.STOPPED}.get(ended.status, exits.FAILED)


def _breathes(script: Script) -> bool:
    """Whether breath is paced in it; what it includes may pace some."""
    from mindful.script.where import all_steps

    return any(placed.step.kind in ("breathe", "include") for placed in all_steps(script))


def _ring_out(host: CliHost, keyboard: Keyboard) -> bool:
    """Let the last bell ring to its end. Ctrl+C, another signal or a typed line ends it at once; only a line stays."""
    from mindful.plain.keyboard import NoMore, Typed

    until = host.clock.now() + RING_OUT_S
    while host.clock.now() < until and not host.rung_out(LISTEN_S):
        if not isinstance(heard := keyboard.wait(0), NoMore | None):
            return isinstance(heard, Typed)
    return True


def _line(text: str) -> None:
    sys.stdout.write(fitting(text, sys.stdout) + "\n")
    sys.stdout.flush()


def _deaf() -> None:
    """Nobody reads stdout any longer: what is left in its buffer goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def keyboard_fd() -> int | None:
    """The terminal's descriptor, where a person can type: not in a pipe, and not in the background of a shell."""
    try:
        fd = sys.stdin.fileno()
        if not os.isatty(fd):
            return None
        if hasattr(os, "tcgetpgrp") and os.tcgetpgrp(fd) != os.getpgrp():
            return None
    except (OSError, ValueError, AttributeError):
        return None
    return fd


@contextmanager
def _signals(keyboard: Keyboard) -> Iterator[None]:
    """Turn signals into things that are heard between two lines. A second one of a kind ends at once, as ever."""
    from mindful.plain.keyboard import Suspended, Told

    kept: dict[int, Any] = {}
    seen: set[int] = set()

    def end(number: int, _: object) -> None:
        if number in seen and number != signal.SIGINT:
            raise KeyboardInterrupt
        seen.add(number)
        keyboard.put(told[number])

    def suspend(*_: object) -> None:
        keyboard.put(Suspended(lambda: os.kill(os.getpid(), signal.SIGSTOP)))

    told: dict[int, Told | Suspended] = {signal.SIGINT: Told("interrupt"), signal.SIGTERM: Told("terminate")}
    if hasattr(signal, "SIGHUP"):
        told[signal.SIGHUP] = Told("hangup")
    try:
        for number in told:
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
                kept[number] = signal.signal(number, end)
        if hasattr(signal, "SIGTSTP") and signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL:
            kept[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, suspend)
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
