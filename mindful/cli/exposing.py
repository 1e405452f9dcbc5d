"""What the host knows of exposures: who agreed on a script, and what was done before. Kept in `agreed.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.journal import home
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.script.model import Script
    from mindful.timeline.exposure.known import Agreed, Known
    from mindful.timeline.exposure.runs import Run

MOST = 500
"""Scripts that are remembered."""


def has_exposure(script: Script, deep: int = 0) -> bool:
    """Whether there is an exposure in it, or in what it includes."""
    from mindful.script.where import all_steps

    if any(placed.step.exposure is not None for placed in all_steps(script)):
        return True
    return deep < 12 and any(has_exposure(inner, deep + 1) for inner in script.included.values())


def known(script: Script, flags: frozenset[str], *, preview: bool = False, runs: bool = True) -> Known:
    """What the client brings to the exposures of a script; nothing for a script without one, and nothing is read."""
    from mindful.timeline.exposure.known import NOTHING, Known

    if not has_exposure(script):
        return NOTHING
    from mindful.journal import exposures

    agreed: Agreed = "preview" if preview else _agreed(script)
    return Known(agreed, exposures.runs(home.journal()) if runs else (), flags)


def _agreed(script: Script) -> Agreed:
    """Who unlocked it before. A script that was changed since is asked about anew."""
    if from_pack(script):
        return "pack"
    return "earlier" if script.origin.sha256 and script.origin.sha256 in _read(home.agreed_file()) else ""


def from_pack(script: Script) -> bool:
    """Whether a therapist's pack brought it: it lies where packs are unpacked to."""
    try:
        return Path(script.origin.file).resolve().is_relative_to(home.packs().resolve())
    except (OSError, ValueError):
        return False


def remember(script: Script, at: datetime) -> None:
    """The client said that this script was agreed on. Never raises: then it is asked once more."""
    from mindful.journal.files import write_atomic

    if not script.origin.sha256:
        return
    found = {**_read(home.agreed_file()), script.origin.sha256: at.isoformat(timespec="seconds")}
    kept = dict(list(found.items())[-MOST:])
    with suppress(OSError):
        write_atomic(home.agreed_file(), (json.dumps({"mindful_agreed": 1, "scripts": kept}) + "\n").encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        scripts = found["scripts"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return dict(scripts) if isinstance(scripts, dict) else {}


class Ladders:
    """See `mindful.tui.host.Host`: the ladders and exposures of a client."""

    _exposures: tuple[Run, ...] | None = None

    @property
    def language(self) -> str:
        """The tag of the client's language."""
        raise NotImplementedError

    def add(self, script: Script) -> str:
        """Make a script playable; the name to load it by."""
        raise NotImplementedError

    def exposures(self) -> Sequence[Run]:
        from mindful.journal import exposures

        if self._exposures is None:
            self._exposures = exposures.runs(home.journal())
        return self._exposures

    def ladders(self) -> Sequence[tuple[str, str, bool]]:
        from mindful.cli.ladder import bundled
        from mindful.script.ladder import load

        out = []
        for folder, own in ((home.ladders(), True), (bundled(), False)):
            for path in sorted(folder.glob("*.yaml")):
                found = load(path).ladder
                title = path.stem if found is None else found.title.say({}, self.language, "en")
                out.append((str(path), title, own))
        return out

    def ladder(self, name: str) -> tuple[str, bool, str]:
        from mindful.cli.ladder import bundled
        from mindful.script.ladder import load

        read = load(Path(name))
        said = "" if read.ladder is not None else "\n".join(f"{p.line}: {p.message}" for p in read.problems)
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            text = ""
        return text, Path(name).parent != bundled() and read.ladder is not None, said

    def keep_ladder(self, name: str, text: str) -> str:
        from mindful.journal.files import write_atomic

        try:
            write_atomic(Path(name), text.encode("utf-8"))
        except OSError as error:
            return _("It could not be written: {value}.").format(value=error.strerror or _("the system refused"))
        return ""

    def new_ladder(self) -> tuple[str, str]:
        from mindful.script import ladder_text

        path = _free(_("my-ladder"))
        return str(path), self.keep_ladder(str(path), ladder_text.begun(_("My ladder")))

    def copy_ladder(self, name: str) -> tuple[str, str]:
        path = _free(Path(name).stem)
        said = self.keep_ladder(str(path), self.ladder(name)[0])
        return (name, said) if said else (str(path), "")

    def exposure_of(self, name: str, item: str) -> str:
        from mindful.cli import made
        from mindful.cli.exposure import EVERY_MS, FOR_MS, script_of
        from mindful.script.ladder import Ladder, load

        ladder = load(Path(name)).ladder or Ladder()
        self._exposures = None  # there will be another
        return self.add(made.script(script_of(ladder, item, FOR_MS, EVERY_MS)))


def _free(stem: str) -> Path:
    """The first path of this name among the client's ladders that is not taken."""
    names = (f"{stem}{'' if n == 1 else f'-{n}'}.yaml" for n in range(1, 10_000))
    return next(path for name in names if not (path := home.ladders() / name).exists())
