"""Every sample to disk while it comes, and an EDF+ file of it at the end. Only where the client wants it.

Raw EEG and beats are personal data: a private file beside the record, never sent. While it runs, samples are appended
to `NAME.raw` (float32, frame by frame; for hearts time and interval) and what is noted to `NAME.notes`, so `kill -9`
loses less than a second; `close` makes `NAME.edf` of both, and `recover` does so for what a killed program left.
Called by the engines.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from mindful.bio.ports import Beats, Chunk, Source, clean_name

RAW, NOTES, DONE = ".raw", ".notes", ".edf"
VERSION = 1
WIDEST_UV = 20_000.0
"""EDF has 16 bits: a channel that spans more is cut around its median, which is said in the file."""
TACHOGRAM_HZ = 4
HOLE_S = 0.25
LONGEST_HOLE_S = 3600.0


class RawRecorder:
    """Appends; never raises for a full disk: what could not be written is said in `close`."""

    def __init__(self, folder: Path, name: str, source: Source, started: datetime) -> None:
        """`folder` is made private. Raises OSError where nothing can be written there."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._base = folder / name
        self._source = source
        self._first: float | None = None
        self._last = 0.0
        self._failed = ""
        self._head = {
            "mindful_raw": VERSION,
            "kind": source.kind,
            "source": source.name,
            "simulated": source.simulated,
            "started": started.isoformat(timespec="milliseconds"),
        }
        self._raw = _create(folder / (name + RAW))
        self._notes = _create(folder / (name + NOTES))
        self._written = False

    def add(self, chunk: Chunk | Beats) -> None:
        """Samples or beats."""
        if self._failed or not len(chunk.host_s):
            return
        try:
            if not self._written:
                self._begin(float(chunk.host_s[0]))
            if isinstance(chunk, Beats):
                pairs = np.stack([chunk.host_s - (self._first or 0.0), chunk.rr_ms], axis=1)
                self._raw.write(np.ascontiguousarray(pairs, "<f4").tobytes())
            else:
                self._fill(chunk)
                self._raw.write(np.ascontiguousarray(chunk.data.T, "<f4").tobytes())
            self._last = float(chunk.host_s[-1])
            self._raw.flush()
        except OSError as error:
            self._failed = error.strerror or "the disk refused"

    def _fill(self, chunk: Chunk) -> None:
        """A hole is filled with what stood at its end, so that all after it keeps its time. Samples that only came
        late, all at once, leave none.
        """
        rate = self._source.rate_hz
        missing = float(chunk.host_s[-1]) - self._last - len(chunk.host_s) / max(rate, 1.0)
        if self._last and float(chunk.host_s[0]) - self._last > HOLE_S + 1 / max(rate, 1.0) and missing > HOLE_S:
            n = round(min(missing, LONGEST_HOLE_S) * rate)
            self._raw.write(np.ascontiguousarray(np.repeat(chunk.data[:, :1].T, n, axis=0), "<f4").tobytes())
            self.note(self._last, f"no signal for {missing:.1f} s")

    def note(self, at_s: float, text: str) -> None:
        """An annotation, at a time of the source's clock."""
        if self._failed:
            return
        try:
            line = json.dumps({"at_s": at_s, "text": clean_name(text)}, ensure_ascii=False)
            self._notes.write(line.encode() + b"\n")
            self._notes.flush()
        except OSError as error:
            self._failed = error.strerror or "the disk refused"

    def close(self) -> dict[str, Any] | None:
        """Make the EDF+ file; what the record says of it (`file`, `sha256`, `seconds`), `error`, or None for
        nothing.
        """
        for file in (self._raw, self._notes):
            with contextlib.suppress(OSError):
                file.close()
        if not self._written:
            _remove(self._base)
            return None
        try:
            return finish(self._base) | ({"error": self._failed} if self._failed else {})
        except (OSError, ValueError) as error:
            return {"error": str(error) or self._failed}

    def _begin(self, first_s: float) -> None:
        self._first, self._written = first_s, True
        head = self._head | {
            "first_s": first_s,
            "labels": list(self._source.labels),
            "rate_hz": self._source.rate_hz,
        }
        self._notes.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
        self._notes.flush()


def finish(base: Path) -> dict[str, Any]:
    """`NAME.raw` and `NAME.notes` to `NAME.edf`, then without them. Raises OSError and ValueError; then they stay."""
    head, notes = _read_notes(_with(base, NOTES))
    values = np.fromfile(_with(base, RAW), "<f4")
    data, seconds = _edf(head, notes, values)
    target = _with(base, DONE)
    _write_private(target, data)
    _remove(base)
    return {"file": target.name, "sha256": hashlib.sha256(data).hexdigest(), "seconds": round(seconds, 1)}


def recover(folder: Path, taken: frozenset[str] = frozenset()) -> list[str]:
    """Make EDF+ files of what killed programs left in a folder and below; their names. Never raises.

    `taken`: names that another program is still writing.
    """
    out = []
    for path in sorted(folder.rglob("*" + NOTES)) if folder.is_dir() else []:
        base = path.with_name(path.name.removesuffix(NOTES))
        if base.name in taken or not _with(base, RAW).exists():
            continue
        with contextlib.suppress(OSError, ValueError, KeyError):
            out.append(str(finish(base)["file"]))
    return out


def _with(base: Path, ending: str) -> Path:
    return base.with_name(base.name + ending)


def _create(path: Path) -> IO[bytes]:
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(fd, "wb")


def _remove(base: Path) -> None:
    for ending in (RAW, NOTES):
        with contextlib.suppress(OSError):
            _with(base, ending).unlink()


def _read_notes(path: Path) -> tuple[dict[str, Any], list[tuple[float, str]]]:
    """The head and what was noted, in seconds from the first sample; a torn last line is left out."""
    head: dict[str, Any] = {}
    notes: list[tuple[float, str]] = []
    for line in path.read_bytes().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if "mindful_raw" in entry:
            head = entry
        elif isinstance(entry.get("at_s"), int | float):
            notes.append((float(entry["at_s"]), str(entry.get("text", ""))))
    if not head:
        raise ValueError("there is no head")
    return head, [(max(0.0, at - float(head["first_s"])), text) for at, text in notes]


def _edf(head: dict[str, Any], notes: list[tuple[float, str]], values: NDArray[Any]) -> tuple[bytes, float]:
    """The bytes of an EDF+ file, and its seconds."""
    from edfio import Edf, EdfAnnotation, EdfSignal, Recording

    if head["kind"] == "heart":
        pairs = values[: len(values) // 2 * 2].reshape(-1, 2).astype(float)
        if len(pairs) < 2:
            raise ValueError("too few beats")
        notes = [*notes, *((max(0.0, at), f"RR {rr:.1f}") for at, rr in pairs)]
        whole = max(1, int(pairs[-1, 0]) + 1)
        grid = np.arange(whole * TACHOGRAM_HZ) / TACHOGRAM_HZ
        signals = [
            EdfSignal(
                np.clip(np.interp(grid, pairs[:, 0], pairs[:, 1]), 0, 3000),
                TACHOGRAM_HZ,
                label="RR",
                physical_dimension="ms",
                physical_range=(0, 3000),
            )
        ]
    else:
        labels, rate = list(head["labels"]), float(round(head["rate_hz"]))  # EDF's records hold whole samples
        frames = values[: len(values) // len(labels) * len(labels)].reshape(-1, len(labels)).T.astype(float)
        whole = int(frames.shape[1] // rate)
        if whole < 1:
            raise ValueError("shorter than a second")
        n = round(whole * rate)
        signals = [_signal(frames[i, :n], rate, label) for i, label in enumerate(labels)]
    started = datetime.fromisoformat(str(head["started"]))
    file = Edf(
        signals,
        recording=Recording(
            startdate=started.date(),
            equipment_code="SIMULATED" if head.get("simulated") else _code(head["source"]),
            additional=(f"started_{started:%H:%M:%S.%f}"[:-3],),
        ),
        # A fraction here is added to every onset; sums such as 1.5859999999999999 make other readers refuse the file.
        starttime=started.time().replace(tzinfo=None, microsecond=0),
        annotations=[EdfAnnotation(round(at, 3), None, text) for at, text in sorted(notes) if at <= whole],
        data_record_duration=1,
    )
    buffer = io.BytesIO()
    file.write(buffer)
    return buffer.getvalue(), float(whole)


def _signal(x: NDArray[Any], rate_hz: float, label: str) -> Any:
    from edfio import EdfSignal

    middle = float(np.median(x))
    low, high = float(x.min()), float(x.max())
    cut = high - low > WIDEST_UV
    if cut:
        low, high = middle - WIDEST_UV / 2, middle + WIDEST_UV / 2
    # EDF holds the limits in eight characters; whole numbers outside of the signal always fit.
    low, high = float(np.floor(low)) - 1, float(np.ceil(high)) + 1
    return EdfSignal(
        np.clip(x, low, high),
        rate_hz,
        label=label.encode("ascii", "replace").decode()[:16],
        physical_dimension="uV",
        physical_range=(low, high),
        prefiltering="none; cut off where it went too far" if cut else "none",
    )


def _code(name: object) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in str(name))[:20] or "X"


def _write_private(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    with _create(temporary) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
