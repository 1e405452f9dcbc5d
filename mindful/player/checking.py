"""How the electrodes of a headset sit, before a session that needs them: looked at until they do, or until it is left.

The source is opened by the same door as in the session and freed before it begins. Called by the page of the screen and
by plain lines; nothing of it is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mindful.player.ports import Clock
from mindful.player.training import Opening
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.bio.engine import Engine

State = Literal["opening", "looking", "poor", "good", "failed"]
SETTLED_S = 3.0
"""All of them have to sit for so long: a cable that is let go of moves."""
FIRST_S = 2.0
"""Nothing is said of a signal that is younger."""
CONTACTS: dict[str, str] = {
    "good": _("sits well"),
    "noisy": _("noisy"),
    "clipped": _("too strong"),
    "flat": _("not on the skin"),
}


@dataclass(frozen=True, slots=True)
class CheckView:
    """What to show of it."""

    state: State
    source: str
    """The device's name; empty where there is none."""
    simulated: bool
    electrodes: tuple[tuple[str, str], ...] = ()
    """(channel, good | noisy | clipped | flat)."""
    told: str = ""
    """What the device had to say last, or why there is none."""

    @property
    def poor(self) -> tuple[tuple[str, str], ...]:
        """Those that do not sit."""
        return tuple(e for e in self.electrodes if e[1] != "good")


class Check:
    """One look at a headset. `look` is called a few times a second, `close` once."""

    def __init__(self, clock: Clock, opening: Opening, protocol: str) -> None:
        self._clock = clock
        self._engine: Engine | None = None
        self._told = ""
        self._heard_at: float | None = None
        self._good_since: float | None = None
        self._used: frozenset[str] = frozenset()
        """The channels that are trained: of others it does not matter how they sit."""
        try:
            engine = opening("eeg", protocol, None)
            engine.source.start()
            self._engine = engine
        except Exception as error:  # whatever a driver does, the session can still be begun
            self._told = str(error) or type(error).__name__

    def look(self) -> CheckView:
        """The state of this moment."""
        engine, now = self._engine, self._clock.now()
        if engine is None:
            return CheckView("failed", "", False, (), self._told)
        engine.tick(round(now * 1000))
        for notice in engine.notices():
            if notice.tell:
                self._told = notice.text
        self._told = engine.problem or self._told
        if self._heard_at is None and engine.received:
            self._heard_at = now
        state: State = "failed" if engine.source.state == "failed" or engine.problem else "opening"
        found: tuple[tuple[str, str], ...] = ()
        if self._heard_at is not None and engine.source.state == "on":
            state = "looking"
            if now - self._heard_at >= FIRST_S:
                self._used = self._used or frozenset(engine.summary().get("channels", ()))
                found = tuple((e.label, e.contact) for e in engine.electrodes() if e.label in self._used)
                state = "poor" if not found or any(contact != "good" for _label, contact in found) else "good"
        if state != "good":
            self._good_since = None
        elif self._good_since is None:
            self._good_since = now
        if state == "good" and self._good_since is not None and now - self._good_since < SETTLED_S:
            state = "looking"
        return CheckView(state, engine.source.name, engine.source.simulated, found, self._told)

    def close(self) -> None:
        """Free the device, for the session to open it anew. May be called twice."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.source.stop()


def sentence(view: CheckView) -> str:
    """All of it in words, for a screen and for ears."""
    match view.state:
        case "opening":
            return _("Looking for the headset.")
        case "looking":
            return _("Looking at how the electrodes sit.")
        case "good":
            return _("All electrodes sit well.")
        case "failed":
            return view.told or _("The headset does not answer.")
        case _:
            return _("Not yet: {electrodes}.").format(
                electrodes=", ".join(f"{label} {CONTACTS.get(contact, contact)}" for label, contact in view.poor)
            )
