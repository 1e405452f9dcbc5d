"""A voice that is another program: text on its standard input, a WAV on its standard output. Called by the worker.

So a client can use any voice of their machine, under its own licence and in its own process. The command comes from the
client's settings or command line and never from a script: scripts are other people's text.
"""

from __future__ import annotations

import hashlib
import io
import shlex
import shutil
import subprocess
import threading
from typing import Any

from mindful.audio.voice.engine import Clip, EngineError, EngineMissingError

TIMEOUT_S = 60.0
MOST_BYTES = 64 * 1024 * 1024
"""A phrase that is larger than this is none."""


class Command:
    """`command`: whatever language it speaks. In its arguments `{pace}` is the pace and `{stretch}` its reciprocal.

    Raises ValueError for a command line that cannot be taken apart.
    """

    name = "command"
    languages = ("*",)
    phonemes = False

    def __init__(self, command: str, timeout_s: float = TIMEOUT_S) -> None:
        self._argv = shlex.split(command)
        if not self._argv:
            raise ValueError("the command is empty")
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def revision(self) -> tuple[str, ...]:
        return ("command 1", hashlib.sha256("\0".join(self._argv).encode()).hexdigest()[:16])

    def missing(self) -> str | None:
        """Why it cannot be used here; None where its program is there."""
        return None if shutil.which(self._argv[0]) else f"there is no program “{self._argv[0]}”"

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        program = shutil.which(self._argv[0])
        if program is None:
            raise EngineMissingError(self.missing() or "its program is gone")
        arguments = [a.replace("{pace}", f"{pace:g}").replace("{stretch}", f"{1 / pace:.3f}") for a in self._argv[1:]]
        with self._lock:
            if self._closed:
                raise EngineError("the voice is closed")
            try:
                running = subprocess.Popen(
                    [program, *arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as e:
                raise EngineMissingError(f"“{self._argv[0]}” cannot be started: {e.strerror}") from e
            self._running = running
        try:
            sound, _ = running.communicate(text.encode() + b"\n", self._timeout_s)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            raise EngineError(f"“{self._argv[0]}” took longer than {self._timeout_s:g} seconds") from None
        finally:
            with self._lock:
                self._running = None
        if running.returncode:
            raise EngineError(f"“{self._argv[0]}” failed with status {running.returncode}")
        return _clip(sound, self._argv[0])

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.kill()


def _clip(data: bytes, program: str) -> Clip:
    import numpy as np
    import soundfile

    if len(data) > MOST_BYTES:
        raise EngineError(f"“{program}” gave more sound than a phrase can be")
    try:
        found: tuple[Any, int] = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except Exception as e:  # libsndfile's own error
        raise EngineError(f"“{program}” gave no WAV") from e
    sound, rate = found
    if not len(sound) or not 4000 <= rate <= 192_000 or not np.isfinite(sound).all():
        raise EngineError(f"“{program}” gave no usable sound")
    return Clip(np.asarray(np.clip(sound.mean(axis=1), -1, 1), np.float32), rate)
