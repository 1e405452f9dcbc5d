"""The door of the screen to the rest of the program: what it asks of whoever runs it. The command line implements it.

The screen knows no files, no devices and no journal; tests hand in a host of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from mindful.audio.levels import Levels
    from mindful.journal.days import Sat
    from mindful.journal.preferences import Wrong
    from mindful.journal.ratings import Pair
    from mindful.player.checking import Check
    from mindful.player.commands import Command
    from mindful.player.view import View
    from mindful.script.model import Script
    from mindful.script.profile import Profile
    from mindful.script.safety import Verdict
    from mindful.timeline.exposure.runs import Run

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """One session on the home screen. Texts in the client's language."""

    id: str
    title: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    tier: str = "green"
    """green, yellow or red."""
    total_ms: int | None = None
    """None where it depends on the client."""
    min_ms: int = 0
    max_ms: int | None = None
    """None: without a limit."""
    file: str = ""
    trains: tuple[str, ...] = ()
    """What practising it trains."""


class Last(NamedTuple):
    """What was done last."""

    session: str
    """Its id, also where it can no longer be played."""
    title: str
    started: datetime
    elapsed_ms: int


class Chosen(NamedTuple):
    """What a client chose for one session; kept for its next time."""

    values: Values = {}
    fit_ms: int | None = None
    voice: str | None = None
    """A voice's name or `none`; None: as the script has it."""
    background: str | None = None
    """A layer or `silence`; None: as the script has it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a session takes with given values, and how careful one has to be."""

    total_ms: int | None
    min_ms: int
    max_ms: int | None
    tier: str = "green"
    fit: tuple[int, int, int] | None = None
    """Where the client may choose the length, in ms: the least, the most, and what it is as written."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the client wants the session given."""

    volume: float = 1.0
    acknowledged: bool = False
    """The client ticked the line of a red session; belongs in the record."""
    calm: bool = False
    fit_ms: int | None = None
    """The length that was chosen; None: as it was written."""
    gated: bool = False
    """It is the safe variant of a session that was refused; the record says only that much."""
    ease: int = 0
    """The level of gentler breaths to begin with; 0: as it was written."""
    voice: str | None = None
    """As in `Chosen`."""
    background: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the client wants the screen. Words that are not known count as the first ones."""

    pacer: str = "circle"
    """How a breath is shown where a script does not say: a name of `tui.pacers`."""
    theme: str = "auto"
    """One of `tui.theme.THEMES`."""
    night: str = "auto"
    """Dim colours: one of `tui.theme.NIGHT`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The one session that the program was started for."""

    session: str
    """A name that `Host.load` knows."""
    values: Values = field(default_factory=dict)
    begin: bool = False
    """Straight to the player, without the page before it."""
    fit_ms: int | None = None
    """The length that it is to take."""
    acknowledged: bool = False
    """An intense session was acknowledged on the command line, this time."""


class Session(Protocol):
    """A running session. `mindful.player.conductor.Conductor` is one; see there."""

    refused: str
    """Why the last answer was not taken; empty when it was."""

    def start(self) -> View: ...

    def tick(self) -> View: ...

    def do(self, command: Command) -> View: ...

    def abort(self, status: str, reason: str) -> None: ...


class Host(Protocol):
    """What the screen needs. All calls come from one thread; none may take longer than a key press is felt."""

    @property
    def language(self) -> str:
        """The client's language, a tag such as `en`."""
        ...

    def catalogue(self) -> Iterable[Card]:
        """Every session that can be played. A generator may take its time: what comes at once is in the first frame."""
        ...

    def load(self, session: str) -> tuple[Script | None, str]:
        """The script of a card's id or of a file, and its problems as text to read ("" when there are none)."""
        ...

    def estimate(self, script: Script, values: Values, fit_ms: int | None = None) -> Estimate:
        """Length and tier with these values, and with a length that the client chose."""
        ...

    @property
    def profile(self) -> Profile:
        """What the client said about their health."""
        ...

    def keep_profile(self, profile: Profile) -> str:
        """Keep it; in plain words why that was not possible, or "" when it was."""
        ...

    def verdict(self, script: Script, values: Values) -> Verdict:
        """Whether it may begin for this client with these values. A variant that it names can be loaded."""
        ...

    def support(self) -> Sequence[tuple[str, str]]:
        """The client's own plan and people, a line each, with what it is: see `mindful.journal.support.lines`."""
        ...

    def eased(self, script: Script) -> int:
        """The level of gentler breaths that the client came to in this session the last time; 0: none."""
        ...

    def prepare(self, script: Script, values: Values, voice: str | None = None) -> None:
        """The client reads about this session: make ready what takes time. Returns at once."""
        ...

    def begin(self, script: Script, values: Values, options: Options) -> Session:
        """A conductor with its speaker and its record; not yet started."""
        ...

    def sound_check(self, volume: float) -> str:
        """Play a bell and return at once. In plain words, what it is played on, or why nothing is heard."""
        ...

    def electrodes(self, script: Script) -> Check | None:
        """A look at the headset of a session that needs one; None where none is needed or none was named."""
        ...

    def recorded(self) -> Sequence[str]:
        """What the journal holds of the session that just ended, a line each."""
        ...

    def add_note(self, text: str, feeling: int | None = None) -> None:
        """To the record of the session that just ended: words, and how it was from 1 (rough) to 5 (very good)."""
        ...

    def add_effects(self, effects: Mapping[str, object]) -> None:
        """To the record of the session that just ended: what was unpleasant, see `tui.unpleasant.Effects`."""
        ...

    def offers(self) -> Sequence[str]:
        """What may be done today and need not be, a sentence each; for the home screen, once a start."""
        ...

    def notices(self) -> Sequence[str]:
        """What to say on the home screen, such as a session that was recovered; each is given once."""
        ...

    @property
    def volume(self) -> float:
        """The loudness last used, 0 to 1."""
        ...

    def remember_volume(self, level: float) -> None:
        """Keep it for the next time."""
        ...

    @property
    def levels(self) -> Levels:
        """The mixer as last set."""
        ...

    def remember_levels(self, levels: Levels) -> None:
        """Keep it for the next time. Sessions that begin after it use it."""
        ...

    @property
    def appearance(self) -> Appearance:
        """Pacer and colours, as the settings say."""
        ...

    def remember_pacer(self, name: str) -> None:
        """Keep it for the next time."""
        ...

    # What was, and what may come

    def last_done(self) -> Last | None:
        """The session that was done last. Asked for after the first frame."""
        ...

    def first_run(self) -> bool:
        """Whether nobody has used the program here before. Asked for after the first frame."""
        ...

    def next_in_plan(self) -> Card | None:
        """What a plan has next; None where there is no plan, or nothing more in it."""
        ...

    def plan_said(self) -> Sequence[str]:
        """What a plan has today, and what was done of it, a line each; empty where there is no plan."""
        ...

    def plan_page(self) -> Sequence[str]:
        """Where the client is in a plan, and what is in it, a line each; how to find one where there is none."""
        ...

    def shape(self, session: str, columns: int) -> Sequence[tuple[str, str]]:
        """A session's course in one line: (mark, what it is) for each column, as `author.picture.shape` has it.

        Empty where there is none. May be called from a thread.
        """
        ...

    def today(self) -> date:
        """The day that it is now, as the journey counts days."""
        ...

    def now(self) -> datetime:
        """The wall clock, with its offset."""
        ...

    def sats(self) -> Iterable[Sequence[Sat]]:
        """The journal for the journey: more with each, the newest first; the last has everything."""
        ...

    def locked(self) -> bool:
        """Whether the journal holds records that are encrypted, and their key was not given. Known after `sats`."""
        ...

    def record_page(self, record: str) -> Sequence[str]:
        """All that one record holds in plain words, a line each; `record` is its id, "" for the one just made."""
        ...

    def rated(self) -> Sequence[Pair]:
        """The ratings from before and after in the session that just ended."""
        ...

    # Exposure

    def exposures(self) -> Sequence[Run]:
        """Every exposure of the journal, oldest first."""
        ...

    def ladders(self) -> Sequence[tuple[str, str, bool]]:
        """(name, title, whether it is the client's own) of every ladder."""
        ...

    def ladder(self, name: str) -> tuple[str, bool, str]:
        """(text of the file, whether it can be changed, what is wrong with it in words or "")."""
        ...

    def keep_ladder(self, name: str, text: str) -> str:
        """Write it down; in plain words why that was not possible, or "" when it was."""
        ...

    def new_ladder(self) -> tuple[str, str]:
        """(name of a new ladder without items, why there is none or "")."""
        ...

    def copy_ladder(self, name: str) -> tuple[str, str]:
        """(name of a copy of the client's own, why there is none or "")."""
        ...

    def exposure_of(self, name: str, item: str) -> str:
        """A session of an exposure with this item of a ladder; the name to open it by."""
        ...

    # What is chosen and set

    def voices(self) -> Sequence[str]:
        """The voices that can speak here, `none` not among them."""
        ...

    def backgrounds(self) -> Sequence[str]:
        """The layers that can be heard beneath a session, `silence` not among them."""
        ...

    def chosen(self, script: Script) -> Chosen:
        """What was chosen for this session the last time, as far as it still fits."""
        ...

    def remember_chosen(self, script: Script, chosen: Chosen) -> None:
        """Keep it for the next time."""
        ...

    def settings(self) -> Mapping[tuple[str, str], Any]:
        """The values of `journal.preferences.DECLARED`, by section and name, with defaults where nothing is set."""
        ...

    def wrong_settings(self) -> Sequence[Wrong]:
        """What in the file of settings cannot be used, each with its line."""
        ...

    def keep_setting(self, section: str, name: str, value: Any) -> str:
        """Write one down, None: take it out; in plain words why that was not possible, or "" when it was."""
        ...

    def settings_place(self) -> str:
        """The path of the file, to show."""
        ...

    def keymap(self) -> Mapping[str, tuple[str, ...]]:
        """Keys that the client wants, by the action's name; only usable ones. Asked for after the first frame."""
        ...
