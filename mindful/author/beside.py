"""A process of its own that looks at texts, so that whoever types has the interpreter to herself.

A thread would share it: on two busy cores typing was slower with one than without. `mindful.author.examiner` asks here,
on a thread that only waits. Where no process can be had, or it is gone, the look is made on the spot. The process reads
and writes nothing but its two pipes, and ends when they are closed.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from mindful.author.live import Look, look

_LENGTH = 8
"""Bytes that say how many follow."""
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from mindful.author.beside import serve; "
    "serve(sys.stdin.buffer, sys.stdout.buffer)"
)


class Beside:
    """Looks by a process that starts with the first; one look at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lost = False

    def look(self, text: str, file: Path, before: Look | None = None) -> Look:
        """As `mindful.author.live.look`; waits without keeping the interpreter."""
        if not self._lost:
            try:
                return self._asked(text, file)
            except (OSError, EOFError, pickle.UnpicklingError):
                self._lost = True
                self.close()
        return look(text, file, before)

    def _asked(self, text: str, file: Path) -> Look:
        if self._process is None:
            # Only what this program imports from, in its order: a file beside the script is never taken for a module.
            command = [sys.executable, "-P", "-c", _START, json.dumps(sys.path)]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # the keys of the terminal are not for it
            )
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        _write(process.stdin, (text, str(file)))
        found = _read(process.stdout)
        if not isinstance(found, Look):
            raise EOFError
        return found

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def serve(asked: IO[bytes], told: IO[bytes]) -> None:
    """Look at each text that is asked for, until there are no more."""
    before: Look | None = None
    while True:
        try:
            text, file = _read(asked)
        except EOFError:
            return
        before = look(text, Path(file), before)
        _write(told, before)


def _write(pipe: IO[bytes], value: Any) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(_LENGTH, "big") + data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        raise EOFError
    data = pipe.read(length := int.from_bytes(head, "big"))
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)
