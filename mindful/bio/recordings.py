"""Recordings read from files: EDF+ and BDF+, XDF, CSV, and lists of beats. Called by the file source and reports.

A recording of EEG is channels in microvolts at one rate; one of a heart is beat times and intervals. What a file
holds is told from what is in it, not from its name alone.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mindful.bio.ports import Kind, SourceError, clean_name
from mindful.tongue import _

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES = 2_000_000_000
UNITS = {"uv": 1.0, "µv": 1.0, "μv": 1.0, "mv": 1e3, "v": 1e6}
RR_NAMES = ("rr", "rr_ms", "rri", "nn", "ibi", "interval")
TIME_NAMES = ("time", "t", "seconds", "time_s", "timestamp")


@dataclass(frozen=True, slots=True)
class Recording:
    """What a file holds."""

    kind: Kind
    labels: tuple[str, ...]
    rate_hz: float
    data: NDArray[np.float32]
    """(channels, n) microvolts; for a heart (1, n) intervals in ms."""
    at_s: NDArray[np.float64]
    """(n,) seconds from the start."""
    notes: tuple[tuple[float, str], ...] = ()
    """Annotations: seconds and text."""
    simulated: bool = False
    """Where the file says that nobody was measured."""


def read(path: Path) -> Recording:
    """Raises `SourceError` where there is no such file, or nothing in it that can be used."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SourceError(_("“{name}” is no file.").format(name=clean_name(path.name)))
    except OSError as error:
        raise SourceError(_("There is no file “{name}”.").format(name=clean_name(path))) from error
    if size > MOST_BYTES:
        raise SourceError(_("“{name}” is too large to be played back.").format(name=clean_name(path.name)))
    ending = path.suffix.lower()
    readers = {".edf": _edf, ".bdf": _edf, ".xdf": _xdf, ".csv": _table, ".tsv": _table, ".txt": _table}
    if ending not in readers:
        raise SourceError(
            _("Recordings are .edf, .bdf, .xdf, .csv or .txt; “{name}” is none.").format(name=clean_name(path.name))
        )
    try:
        return readers[ending](path)
    except SourceError:
        raise
    except Exception as error:  # whatever a broken file makes a reader do
        raise SourceError(
            _("“{name}” cannot be read: it is damaged, or something else.").format(name=clean_name(path.name))
        ) from error


def beats(rr_ms: Sequence[float] | NDArray[Any], simulated: bool = False) -> Recording:
    """Intervals one after another."""
    rr = np.asarray(rr_ms, np.float64)
    return Recording("heart", (), 0.0, rr.astype(np.float32)[None], np.cumsum(rr) / 1000, (), simulated)


def _edf(path: Path) -> Recording:
    from edfio import read_bdf, read_edf

    file: Any = (read_bdf if path.suffix.lower() == ".bdf" else read_edf)(path)
    notes = tuple((float(a.onset), clean_name(a.text)) for a in file.annotations)
    told = [float(text[3:]) for _at, text in notes if text.startswith("RR ")]
    simulated = "SIMULATED" in str(getattr(file, "local_recording_identification", "")).upper()
    if told:
        return beats(told, simulated)
    signals = [s for s in file.signals if str(s.physical_dimension).strip().casefold() in UNITS]
    if not signals:
        raise SourceError(_("“{name}” holds no EEG in volts.").format(name=clean_name(path.name)))
    rate = max(
        (float(s.sampling_frequency) for s in signals), key=lambda r: sum(s.sampling_frequency == r for s in signals)
    )
    signals = [s for s in signals if s.sampling_frequency == rate]
    data = np.stack([np.asarray(s.data) * UNITS[str(s.physical_dimension).strip().casefold()] for s in signals])
    labels = tuple(_label(s.label, i) for i, s in enumerate(signals))
    return Recording("eeg", labels, rate, data.astype(np.float32), np.arange(data.shape[1]) / rate, notes, simulated)


def _label(text: object, i: int) -> str:
    """`EEG Fpz-Cz` and `Fp1-REF` are called by their electrode."""
    label = clean_name(text, f"ch{i + 1}")
    label = label[4:] if label.upper().startswith("EEG ") else label
    head, dash, tail = label.partition("-")
    return head if dash and tail.upper() in ("REF", "LE", "AVG", "A1A2", "M1M2", "AV") else label


def _xdf(path: Path) -> Recording:
    try:
        import pyxdf
    except ImportError as error:
        raise SourceError(_("XDF files need pyxdf: pip install 'mindful-sessions[lsl]'")) from error
    streams, _header = pyxdf.load_xdf(str(path), verbose=False)

    def first(text: Any) -> str:
        return str(text[0]) if isinstance(text, list) and text else str(text)

    for stream in streams:
        info = stream["info"]
        kind = first(info["type"]).upper()
        data = np.asarray(stream["time_series"], np.float64)
        at = np.asarray(stream["time_stamps"], np.float64)
        if data.ndim != 2 or not len(at):
            continue
        if kind in ("RR", "RRI", "IBI"):
            return Recording("heart", (), 0.0, data[:, :1].T.astype(np.float32), at - at[0])
        if kind != "EEG":
            continue
        rate = float(first(info["nominal_srate"])) or (len(at) - 1) / (at[-1] - at[0])
        labels, factors = _described(info, data.shape[1])
        return Recording("eeg", labels, rate, (data * factors).T.astype(np.float32), at - at[0])
    raise SourceError(_("“{name}” holds neither EEG nor beats.").format(name=clean_name(path.name)))


def _described(info: Any, count: int) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    labels, factors = [f"ch{i + 1}" for i in range(count)], np.ones(count)
    try:
        channels = info["desc"][0]["channels"][0]["channel"]
        for i, channel in enumerate(channels[:count]):
            labels[i] = clean_name(channel["label"][0], labels[i])
            unit = str(channel.get("unit", [""])[0] or "").casefold()
            factors[i] = {"volts": 1e6, "v": 1e6, "millivolts": 1e3, "mv": 1e3}.get(unit, 1.0)
    except (KeyError, IndexError, TypeError):
        pass
    return tuple(labels), factors


def _table(path: Path) -> Recording:
    """A column of intervals, or a time column and channels, with a head line or without."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "%"))]
    if not lines:
        raise SourceError(_("“{name}” is empty.").format(name=clean_name(path.name)))
    mark = next((m for m in ("\t", ";", ",") if m in lines[0]), ",")
    rows = list(csv.reader(lines, delimiter=mark))
    head: list[str] = []
    if not _numbers(rows[0]):
        head, rows = [clean_name(c) for c in rows[0]], rows[1:]
    table = np.array([[float(c) for c in row[: len(rows[0])]] for row in rows if _numbers(row)])
    if not len(table):
        raise SourceError(_("“{name}” holds no numbers.").format(name=clean_name(path.name)))
    names = [n.casefold() for n in head]
    for at, name in enumerate(names):
        if name in RR_NAMES:
            return beats(table[:, at])
    if table.shape[1] == 1:
        rr = table[:, 0]
        if np.median(rr) < 5:  # seconds
            rr = rr * 1000
        return beats(rr)
    if (names and names[0] in TIME_NAMES) or not names:
        times = table[:, 0]
        rate = (len(times) - 1) / max(times[-1] - times[0], 1e-9)
        labels = tuple(head[1:]) or tuple(f"ch{i + 1}" for i in range(table.shape[1] - 1))
        return Recording("eeg", labels, float(rate), table[:, 1:].T.astype(np.float32), times - times[0])
    raise SourceError(
        _("“{name}” wants a first column “time” in seconds, or a column “rr” in milliseconds.").format(
            name=clean_name(path.name)
        )
    )


def _numbers(row: list[str]) -> bool:
    try:
        [float(c) for c in row]
    except ValueError:
        return False
    return bool(row)
