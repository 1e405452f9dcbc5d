"""EEG headsets and boards through BrainFlow: `brainflow:BOARD[,option=value...]`. Needs `brainflow`.

It runs in a process of its own (`beside`), as its Bluetooth library ends the process where the system's bus goes away.
Its calls block, some for as long as their timeout, so all of them are made on this source's thread; its own messages,
which would tear the screen, are switched off. Its focus score is not used anywhere: on eyes-closed rest it reads 0.
Called by `opening`.
"""

from __future__ import annotations

import contextlib
import platform
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from mindful.bio.ports import Chunk, Kind, Now, SourceError, clean_name
from mindful.bio.sources.base import Threaded
from mindful.bio.sources.boards import Board, parse
from mindful.tongue import N_, _

POLL_S = 0.02
SILENT_S = 3.0
AGAIN_S = (1.0, 2.0, 5.0, 10.0)
SYNTHETIC = -1
BUFFERED = 45_000
LOW_BATTERY = 15
LOST = N_("The headset is out of reach. It is looked for, and the session goes on without it.")
BACK = N_("The headset is back.")


def library() -> Any:
    """BrainFlow, quiet. Raises `SourceError` where it is not here or cannot run on this machine."""
    if sys.platform.startswith("linux") and platform.machine() not in ("x86_64", "AMD64"):
        raise SourceError(
            _("BrainFlow's libraries for Linux are for x86-64; this machine is {machine}.").format(
                machine=platform.machine()
            )
        )
    try:
        import brainflow
        from brainflow import BoardShim

        BoardShim.disable_board_logger()
        _hush_bluetooth(Path(brainflow.__file__).parent / "lib")
    except ImportError as error:
        raise SourceError(_("This needs BrainFlow: pip install 'mindful-sessions[eeg]'")) from error
    except Exception as error:  # its libraries do not load here
        raise SourceError(_("BrainFlow is installed but cannot be loaded here.")) from error
    return brainflow


def _hush_bluetooth(folder: Path) -> None:
    """Its Bluetooth library has a log of its own, which goes to stderr and knows no switch in BrainFlow."""
    import ctypes

    for name in ("libsimpleble-c.so", "libsimpleble-c.dylib", "simpleble-c.dll"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(str(folder / name)).simpleble_logging_set_level(0)
            return


class BrainFlowSource(Threaded):
    """See `ports.Source`."""

    kind: Kind = "eeg"

    def __init__(self, clock: Now, spec: str) -> None:
        """Raises `SourceError` where the board is none or BrainFlow is not here."""
        self.board: Board = parse(spec)
        super().__init__(clean_name(self.board.about), clock)
        self._lib = library()
        shim = self._lib.BoardShim
        number = int(self.board.options.get("master_board", self.board.number))
        try:
            self._rows: list[int] = shim.get_eeg_channels(number)
            self._time_row = int(shim.get_timestamp_channel(number))
            self._count_row = int(shim.get_package_num_channel(number))
            self.rate_hz = float(shim.get_sampling_rate(number))
            description = shim.get_board_descr(number)
        except self._lib.BrainFlowError as error:
            raise SourceError(_("BrainFlow knows no EEG of the board “{name}”.").format(name=self.name)) from error
        names = str(description.get("eeg_names", "")).split(",") if description.get("eeg_names") else []
        names = list(self.board.channels) or names or [f"ch{i + 1}" for i in range(len(self._rows))]
        if len(names) > len(self._rows):
            raise SourceError(
                _("The board has {count} channels, and {named} are named.").format(
                    count=len(self._rows), named=len(names)
                )
            )
        self._rows = self._rows[: len(names)]
        self.labels = tuple(clean_name(n) for n in names)
        self.simulated = number == SYNTHETIC
        self._battery_row = description.get("battery_channel") if number != SYNTHETIC else None
        self._last_count: int | None = None

    def work(self) -> None:
        if self.simulated:
            self.say("simulated", _("This signal is made up. Nobody is measured."))
        tries = 0
        while not self._stop.is_set():
            shim = self._opened()
            if shim is not None:
                tries = 0
                try:
                    self._carry(shim)
                except self._lib.BrainFlowError:
                    pass
                finally:
                    self._close(shim)
                if self._stop.is_set():
                    return
                self.went(_(LOST))
            else:
                tries += 1
            self._stop.wait(AGAIN_S[min(tries, len(AGAIN_S) - 1)])

    def _opened(self) -> Any:
        """A prepared and streaming board; None where it is not there now."""
        parameters = self._lib.BrainFlowInputParams()
        parameters.timeout = self.board.timeout_s
        for name, value in self.board.options.items():
            setattr(parameters, name, value)
        shim = self._lib.BoardShim(self.board.number, parameters)
        try:
            shim.prepare_session()
            shim.start_stream(BUFFERED)
        except self._lib.BrainFlowError as error:
            self._close(shim)
            if not self._ever:
                self._state = "failed"
            self.say("failed", _why(error, self.name), once="open", error=str(error)[:200])
            return None
        self._last_count = None
        return shim

    def _close(self, shim: Any) -> None:
        try:
            if shim.is_prepared():
                shim.release_session()
        except self._lib.BrainFlowError:
            return

    def _carry(self, shim: Any) -> None:
        """Give on what comes until it stops coming."""
        heard = time.monotonic()
        while not self._stop.wait(POLL_S):
            data = shim.get_board_data()
            if not data.shape[1]:
                if time.monotonic() - heard > SILENT_S:
                    return
                continue
            heard = time.monotonic()
            self.came(_(BACK))
            self._battery(data)
            self._missing(data[self._count_row])
            shift = self.clock.now() - time.time()
            at = np.minimum(np.asarray(data[self._time_row], np.float64) + shift, self.clock.now())
            self._waiting.append(Chunk(np.maximum.accumulate(at), data[self._rows].astype(np.float32)))

    def _missing(self, counts: Any) -> None:
        """Packages that never came, by their numbers; boards count to 255 at most, some count samples of a packet."""
        numbers = counts.astype(int)
        if self._last_count is not None:
            numbers = np.concatenate([[self._last_count], numbers])
        self._last_count = int(numbers[-1])
        steps = np.diff(numbers)
        lost = int(steps[(steps > 1) & (steps < 128)].sum() - ((steps > 1) & (steps < 128)).sum())
        if lost > 0:
            self.say(
                "gap", _("The headset's signal has small holes. A dongle, or less distance, may help."), samples=lost
            )

    def _battery(self, data: Any) -> None:
        if self._battery_row is None:
            return
        level = float(data[self._battery_row][-1])
        if 0 < level <= LOW_BATTERY:
            self.say(
                "battery",
                _("The headset's battery is at {percent} percent.").format(percent=round(level)),
                percent=level,
            )


def _why(error: Any, name: str) -> str:
    code = getattr(error, "exit_code", None)
    if code == 2:
        return _("“{name}” cannot be opened: no such port, or Bluetooth is off, or it is in use.").format(name=name)
    if code in (7, 17):
        return _("“{name}” does not answer. Is it on, charged and near?").format(name=name)
    if code == 14:
        return _("BrainFlow cannot use “{name}” on this system.").format(name=name)
    if code == 13:
        return _("“{name}” wants options that were not given, such as a port.").format(name=name)
    return _("“{name}” cannot be opened.").format(name=name)
