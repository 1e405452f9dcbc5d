"""A source from its name, as it stands on a command line or in the settings. Called by whoever plays, and `mindful
devices`.

simulated[:SEED]                 a made-up client; says so
file:PATH                        a recording
ble[:ADDRESS or NAME]            a heart-rate strap over Bluetooth
brainflow:BOARD[,option=value]   an EEG headset or board
lsl[:NAME]                       a stream of the lab streaming layer
auto                             the device that was chosen; never a made-up one by itself
"""

from __future__ import annotations

from pathlib import Path

from mindful.bio.ports import Kind, Now, Source, SourceError, clean_name
from mindful.tongue import _

FORMS = ("simulated[:SEED]", "file:PATH", "ble[:ADDRESS]", "brainflow:BOARD", "lsl[:NAME]", "auto")


def open_source(spec: str, kind: Kind, clock: Now, chosen: str = "") -> Source:
    """A source, not yet started. `kind`: what the step needs; `chosen`: the device of the settings for that kind.

    Nothing is imported, opened or looked for that the name does not ask for. Raises `SourceError` with what is missing
    and what can be done, in words for the client.
    """
    name, colon, rest = spec.strip().partition(":")
    rest = rest.strip()
    match name.strip().lower():
        case "auto" if not colon:
            if not chosen or chosen.strip().lower() == "auto":
                raise SourceError(_nothing_chosen(kind))
            return open_source(chosen, kind, clock)
        case "simulated":
            return _simulated(rest, colon, kind, clock)
        case "file" if rest:
            from mindful.bio.sources.file import FileSource

            return _fits(FileSource(clock, Path(rest).expanduser()), kind)
        case "ble":
            if kind == "eeg":
                raise SourceError(_("A strap measures the heart; this needs an EEG headset, such as brainflow:muse-2."))
            _bleak()
            from mindful.bio.sources.ble import HeartStrap

            return HeartStrap(clock, rest)
        case "brainflow" if rest:
            if kind == "heart":
                raise SourceError(_("A headset measures the brain; this needs a heart-rate strap, such as ble."))
            from mindful.bio.sources.beside import BesideSource

            return BesideSource(clock, rest)
        case "brainflow":
            from mindful.bio.sources.boards import BOARDS

            raise SourceError(
                _("Which board? brainflow:BOARD, where BOARD is {names}.").format(names=", ".join(BOARDS))
            )
        case "lsl":
            from mindful.bio.sources.lsl import LslSource

            return LslSource(clock, rest, kind)
    raise SourceError(
        _("“{spec}” is no sensor. A sensor is one of: {forms}").format(spec=clean_name(spec), forms=", ".join(FORMS))
    )


def kind_of(spec: str) -> Kind | None:
    """What a name measures, where the name alone (or the file) says it; None for `simulated`, `lsl` and `auto`."""
    name, _colon, rest = spec.strip().partition(":")
    match name.strip().lower():
        case "ble":
            return "heart"
        case "brainflow":
            return "eeg"
        case "file":
            from mindful.bio.recordings import read

            return read(Path(rest.strip()).expanduser()).kind
    return None


def _simulated(rest: str, colon: str, kind: Kind, clock: Now) -> Source:
    from mindful.bio.sources.simulated import SimulatedBrainSource, SimulatedHeartSource

    if (colon and not rest) or (rest and not (rest.isdecimal() and len(rest) < 10)):
        raise SourceError(_("A simulated client is a whole number: simulated:3"))
    seed = int(rest or 0)
    return SimulatedHeartSource(clock, seed) if kind == "heart" else SimulatedBrainSource(clock, seed)


def _fits(source: Source, kind: Kind) -> Source:
    if source.kind == kind:
        return source
    raise SourceError(
        _("“{name}” is a recording of a heart, and this needs EEG.").format(name=source.name)
        if kind == "eeg"
        else _("“{name}” is a recording of EEG, and this needs heartbeats.").format(name=source.name)
    )


def _bleak() -> None:
    from importlib.util import find_spec

    if find_spec("bleak") is None:
        raise SourceError(_("This needs bleak: pip install 'mindful-sessions[heart]'"))


def _nothing_chosen(kind: Kind) -> str:
    if kind == "heart":
        return _(
            "No heart-rate strap is chosen. “mindful devices” shows what is there, and “mindful devices choose ble” "
            "takes the first strap. To try it without one: --sensor simulated, or --sensor file:PATH."
        )
    return _(
        "No EEG headset is chosen. “mindful devices” shows what is there, and “mindful devices choose "
        "brainflow:muse-2” takes one. To try it without one: --sensor simulated, or --sensor file:PATH."
    )
