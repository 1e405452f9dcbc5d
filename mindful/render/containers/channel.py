"""The door between libsndfile and a file of ours. Called by the containers whose encoder libsndfile holds.

libsndfile calls back into Python, where an exception would be printed and lost, and the encoder would go on over a full
disk. So a `Channel` takes everything, keeps the first error, and gives it when it is asked.
"""

from __future__ import annotations

from typing import BinaryIO, Protocol


class Bytes(Protocol):
    """Where an encoder's bytes go."""

    def write(self, data: bytes) -> int: ...

    def seek(self, offset: int, whence: int = 0) -> int: ...

    def tell(self) -> int: ...


class Channel:
    """What soundfile takes for a file. Nothing it does raises; `check` raises what was kept."""

    def __init__(self, target: Bytes) -> None:
        self._target = target
        self._error: BaseException | None = None
        self._at = 0
        self._end = 0

    def write(self, data: bytes) -> int:
        data = bytes(data)
        if self._error is None:
            try:
                self._target.write(data)
            except BaseException as error:  # also a Ctrl-C: it belongs to the loop that renders
                self._error = error
        self._at += len(data)
        self._end = max(self._end, self._at)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._end)[whence]
        if self._error is None:
            try:
                self._target.seek(self._at)
            except BaseException as error:
                self._error = error
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, n: int = -1) -> bytes:
        """Nothing: an encoder that writes has no business here, but soundfile wants to see it."""
        return b""

    def check(self) -> None:
        """Raise the first error, if there was one."""
        if self._error is not None:
            raise self._error


class Shifted:
    """A file of which the first `offset` bytes are ours already."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file, self._offset = file, offset

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset + self._offset) - self._offset

    def tell(self) -> int:
        return self._file.tell() - self._offset
