"""Says the lines of a session ahead of time, in the background, and holds their sound for the mixer.

The narrator is two things by shape: the player's `Voice` (what is wanted, how long it takes) and the mixer's `Bank`
(the sound). A line once given keeps its sound and its length for the whole session. Nothing that goes wrong with a line
ends a session: the words are on the screen, and once, in plain words, it is told why they are not heard.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mindful.audio.voice.engine import Engine, EngineError, EngineMissingError, speaks_language
from mindful.audio.voice.saying import Sayer
from mindful.audio.voice.spool import Spool
from mindful.timeline.speech import Length, Line, estimate_ms
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.audio.units import Mono
    from mindful.audio.voice.delivery import Delivered

CANNOT_LOAD = _("The voice cannot be loaded here; the words are shown.")
NOT_SPOKEN = _("Some words could not be spoken; they are shown.")
CLOSE_S = 2.0
"""How long closing waits for the phrase that is being said."""


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What became of a line. Without sound it is only shown."""

    length: Length
    sound: int | None = None
    """Its number in the spool."""
    why: str = ""


class Narrator:
    """One session's voice. All methods may be called from any thread.

    `sayers` are the voices by name; `default` is the one meant by `guide`, which need not be there; where it is `none`,
    every voice is. `recorded` reads a recording, and raises `SoundFileError`. With `threaded=False` nothing is said
    until `work()` is called. `absent` are voices that a script may name but that are not here, each with what is told
    of it when a line wants it; `told` are notices from the beginning.
    """

    def __init__(
        self,
        sayers: Mapping[str, Sayer],
        default: str,
        recorded: Callable[[str], Delivered] | None = None,
        *,
        threaded: bool = True,
        absent: Mapping[str, str] | None = None,
        told: Iterable[str] = (),
    ) -> None:
        self._sayers = dict(sayers)
        self._default = default
        self._recorded = recorded
        self._threaded = threaded
        self._lock = threading.Condition()
        self._at_work = threading.Lock()
        """Held while a line is said: engines are not for threads."""
        self._wanted: list[Line] = []
        self._said: dict[Line, _Said] = {}
        self._spool = Spool()
        self._dead: set[str] = set()
        """Engines that could not be loaded."""
        self._absent = absent or {}
        self._told: dict[str, bool] = dict.fromkeys(told, False)
        """Notices in order, and whether each was given."""
        self._revision = 0
        self._closed = False
        self._thread: threading.Thread | None = None

    # What the player asks.

    @property
    def revision(self) -> int:
        return self._revision

    def length(self, line: Line) -> Length:
        with self._lock:
            said = self._said.get(line)
            return said.length if said is not None else self._guess(line)

    def speaks(self, voice: str, language: str) -> bool:
        engine = self._engine(voice)
        return engine is not None and engine.name not in self._dead and speaks_language(engine, language)

    def want(self, lines: Sequence[Line]) -> None:
        with self._lock:
            if self._closed:
                return
            new = [line for line in dict.fromkeys(lines) if not self._settle_unsaid(line)]
            first = set(new)
            self._wanted = [*new, *(line for line in self._wanted if line not in first)]
            if self._wanted and self._threaded and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="mindful-voice", daemon=True)
                self._thread.start()
            self._lock.notify_all()

    def settled(self, line: Line) -> bool:
        with self._lock:
            return self._closed or self._settle_unsaid(line)

    def notices(self) -> list[str]:
        with self._lock:
            new = [text for text, given in self._told.items() if not given]
            self._told.update(dict.fromkeys(new, True))
            return new

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._wanted = []
            self._lock.notify_all()
            thread = self._thread
        for sayer in self._sayers.values():
            sayer.engine.close()
        if thread is not None and thread is not threading.current_thread():
            thread.join(CLOSE_S)
        self._spool.close()

    # What the mixer asks.

    def sound(self, line: Line) -> Mono | None:
        said = self._said.get(line)  # one look into a dict: the mixer never waits for the worker
        return None if said is None or said.sound is None else self._spool.get(said.sound)

    # What tools ask.

    def say_all(self, lines: Iterable[Line], progress: Callable[[int, int], None] | None = None) -> dict[Line, str]:
        """Say all of them now, in order; `progress` gets how many of how many are done. What has no sound, and why.

        A line that is to have none (voice `none`) is not among them.
        """
        wanted = list(dict.fromkeys(lines))
        if progress is not None:
            progress(0, len(wanted))
        for i, line in enumerate(wanted, 1):
            with self._lock:
                done = self._settle_unsaid(line)
            if not done:
                self._say(line)
            if progress is not None:
                progress(i, len(wanted))
        return {line: self._said[line].why for line in wanted if self._said[line].why}

    def work(self) -> bool:
        """Say the next wanted line in this thread; False where nothing is wanted."""
        with self._lock:
            line = self._next()
        if line is None:
            return False
        self._say(line)
        return True

    # The work itself.

    def _run(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._closed or self._wanted)
                if self._closed:
                    return
                line = self._next()
            if line is not None:
                self._say(line)

    def _next(self) -> Line | None:
        while self._wanted:
            line = self._wanted.pop(0)
            if not self._settle_unsaid(line):
                return line
        return None

    def _say(self, line: Line) -> None:
        with self._at_work:
            if line in self._said:
                return
            try:
                said = self._recording(line) if line.audio is not None else self._spoken(line)
            except Exception as e:  # the last door: a line is never fatal
                said = self._failed(line, NOT_SPOKEN, str(e) or type(e).__name__)
        with self._lock:
            if not self._closed and line not in self._said:
                self._said[line] = said
                self._revision += said.sound is not None

    def _spoken(self, line: Line) -> _Said:
        sayer = self._sayers[self._engine_name(line.voice)]
        try:
            return self._kept(sayer.say(line))
        except EngineMissingError as e:
            with self._lock:
                self._dead.add(sayer.engine.name)
                self._revision += 1  # what stands in for a voice, such as tones, now does
            return self._failed(line, CANNOT_LOAD, str(e))
        except EngineError as e:
            return self._failed(line, NOT_SPOKEN, str(e))

    def _recording(self, line: Line) -> _Said:
        from mindful.audio.wavefile import SoundFileError

        assert line.audio is not None
        if self._recorded is not None:
            try:
                return self._kept(self._recorded(line.audio))
            except SoundFileError as e:
                why = str(e)
        else:
            why = "there is no folder to look in"
        text = replace(line, audio=None)
        spoken = bool(line.text) and self.speaks(line.voice, line.language)
        instead = _("the words are spoken instead") if spoken else _("the words are shown")
        self._tell(_("A recording could not be read ({why}); {instead}.").format(why=why, instead=instead))
        return self._spoken(text) if spoken else self._silent(line, why)

    def _kept(self, line: Delivered) -> _Said:
        length = Length(line.ms, estimated=False, sentences=line.sentences)
        return _Said(length, self._spool.put(line.sound))

    def _failed(self, line: Line, notice: str, why: str) -> _Said:
        self._tell(notice)
        return self._silent(line, why)

    @staticmethod
    def _silent(line: Line, why: str = "") -> _Said:
        """A line that is only shown, for as long as it takes to say: no guess any more, it will be so."""
        return _Said(Length(estimate_ms(line.text, line.wpm), estimated=False), why=why)

    def _tell(self, notice: str) -> None:
        with self._lock:
            if not self._closed:
                self._told.setdefault(notice, False)

    def _settle_unsaid(self, line: Line) -> bool:
        """Whether a line is settled; one that nobody will ever say is settled by looking at it. Lock held."""
        if line in self._said:
            return True
        if line.audio is None and line.voice in self._absent and self._default != "none":
            self._told.setdefault(self._absent[line.voice], False)
        never = self._never(line)
        if never is None:
            return False
        why, notice = never
        if notice:
            self._told.setdefault(notice, False)
        self._said[line] = self._silent(line, why)
        return True

    def _never(self, line: Line) -> tuple[str, str] | None:
        """Why nobody will ever say a line, and what is told of it; None where somebody may."""
        if line.audio is not None:
            return None
        if self._engine_name(line.voice) == "none":
            return "", ""
        engine = self._engine(line.voice)
        if engine is None or engine.name in self._dead:
            return _("there is no voice"), CANNOT_LOAD
        if not speaks_language(engine, line.language):
            return _("no voice speaks {language}").format(language=line.language), _(
                "No voice here speaks “{language}”; the words are shown."
            ).format(language=line.language)
        return None

    def _guess(self, line: Line) -> Length:
        return Length(estimate_ms(line.text, line.wpm), estimated=self._never(line) is None)

    def _engine_name(self, voice: str) -> str:
        """The engine meant by a voice's name; one that is not known is the session's own."""
        if "none" in (voice, self._default):
            return "none"
        return voice if voice in self._sayers else self._default

    def _engine(self, voice: str) -> Engine | None:
        sayer = self._sayers.get(self._engine_name(voice))
        return None if sayer is None else sayer.engine
