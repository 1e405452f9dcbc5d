"""Performs a session as timed lines: for screen readers, pipes, dumb terminals. Called by `mindful.cli.perform`.

It sleeps until the next cue and wakes for nothing else but a beat a second, a typed line or a signal. Time, lines and
keys are handed in, so a test performs ten minutes in a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mindful.audio.levels import Levels
from mindful.plain import asking, lines, pulse, sound, words
from mindful.plain.keyboard import Heard, Keys, NoMore, Suspended, Told, Typed
from mindful.plain.sheet import PlainSheet
from mindful.player.answers import LONGEST, too_long
from mindful.player.commands import (
    Advance,
    Answer,
    Back,
    Command,
    Draft,
    Ease,
    Finish,
    Found,
    Land,
    Mix,
    Pause,
    Resume,
    SayAgain,
    Shown,
    Skip,
    Stop,
)
from mindful.player.conductor import Conductor
from mindful.player.ports import Clock
from mindful.player.state import BEAT_MS, LANDING_MS, LEAD_MS
from mindful.player.view import Ended, View
from mindful.timeline.model import AnyPrompt, FindPrompt, KeyPrompt, LearnPrompt, Placed, SayCue, SheetPrompt
from mindful.timeline.sheet import drafted
from mindful.timeline.speech import estimate_ms

STUCK_S = 0.1
"""A sound that is not heard yet is asked again after this long."""
FIRST_S = 0.02
"""The beginning is looked at again after this long, so that the record tells when its first cue was really due."""
LEAST_S = 0.005
ON_ITS_OWN_S: dict[str, float] = {"breathe": 180.0, "sit": 300.0}
"""Without a keyboard, open breathing and an open sit go on after this long."""
WAIT_S = 8.0
READING_WPM = 180

REASONS: dict[str, str] = {"terminate": "the system asked it to end", "hangup": "the terminal was closed"}
LOST = "its output went away"
FAILED = "the program failed"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the lines are given."""

    stamps: bool = True
    """The time before each line, also of phases. Off where they are followed live: the word comes first."""
    columns: int | None = None
    """Where lines are wrapped; None: never."""
    keyboard: bool = False
    """Whether somebody can type."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Answers given beforehand, by id or by the path of the step."""
    sound: bool = True
    """Whether a background can be heard."""
    remember: Callable[[Levels], None] = lambda levels: None
    """Keeps the mixer for the next time."""
    support: Callable[[], Sequence[tuple[str, str]]] = tuple
    """The client's own plan and people, a line each, with what it is."""


def perform(conductor: Conductor, clock: Clock, out: Say, aside: Say, keys: Keys, manner: Manner) -> Ended:
    """Perform the session to its end. `out` takes the session's own lines, `aside` what is said about it.

    Whatever is raised on the way (an output that went away, a slip of the program) closes the record as interrupted
    and is raised again.
    """
    performer = _Performer(conductor, clock, out, aside, keys, manner)
    try:
        return performer.run()
    except OSError:
        conductor.abort("interrupted", LOST)
        raise
    except BaseException:
        conductor.abort("interrupted", FAILED)
        raise


class _Performer:
    def __init__(self, conductor: Conductor, clock: Clock, out: Say, aside: Say, keys: Keys, manner: Manner) -> None:
        self._conductor, self._clock, self._keys, self._manner = conductor, clock, keys, manner
        self._out, self._aside = out, aside
        self._keyboard = manner.keyboard
        self._from = 0
        """Everything before this position was said."""
        self._asked: tuple[int, str] | None = None
        self._sheet: PlainSheet | None = None
        self._go_on_ms: int | None = None
        """The position at which an open step goes on by itself."""
        self._notices = 0
        self._landed = self._grounded = False
        self._before: int | None = None
        self._pulse_ms = 0

    def run(self) -> Ended:
        self._conductor.start()
        while True:
            view = self._conductor.tick()
            woke = self._clock.now()
            self._show(view)
            if view.support_due:
                self._show_support()
            if view.ended is not None:
                return view.ended
            if self._ask(view) or self._gone_on(view):
                continue
            heard = self._keys.wait(max(LEAST_S, self._pause(view) - (self._clock.now() - woke)))
            if heard is not None:
                self._hear(heard)

    def _show(self, view: View) -> None:
        """Say everything up to this moment."""
        for notice in view.notices[self._notices :]:
            self._tell(notice)
        self._notices = len(view.notices)
        if view.status == "ready":
            return
        if view.status == "landing" and not view.grounding:
            if not self._landed:
                self._landed = True
                self._put(lines.Line(view.position_ms, view.caption))
                if self._keyboard:
                    self._tell(words.ONCE_MORE)
            return
        until = view.position_ms + 1
        timeline = self._conductor.state.timeline
        for line in lines.between(timeline, self._from, until, sound=self._manner.sound, voice=self._voice(view)):
            self._put(line)
        self._from = max(self._from, until)
        if view.feedback is not None and view.position_ms - self._pulse_ms >= pulse.EVERY_MS:
            self._pulse_ms = view.position_ms
            if told := pulse.sentence(view.feedback):
                self._tell(told)

    def _voice(self, view: View) -> bool:
        """Whether a voice can be heard: there is a device, and nobody turned it off."""
        loud = view.volume > 0 and view.levels.gain("voice") > 0
        return loud and self._manner.sound and self._conductor.heard

    def _put(self, line: lines.Line) -> None:
        stamp = f"[{lines.clock(line.at_ms)}] " if self._manner.stamps else ""
        for row in lines.wrap(stamp + lines.clean(line.text), self._manner.columns):
            self._out(row)

    def _tell(self, text: str) -> None:
        for row in lines.wrap(lines.clean(text), self._manner.columns):
            self._aside(row)

    def _ask(self, view: View) -> bool:
        """Put the question of a new open step. True when it was answered already."""
        p = self._conductor.state.asking
        if p is None or view.prompt is None or view.status not in ("playing", "asking"):
            return False
        key = (p.segment.index, p.segment.step)
        if key == self._asked:
            return False
        self._asked, self._go_on_ms, self._sheet = key, None, None
        if view.exposure is not None and view.exposure.stretching and view.exposure.ratings:
            self._tell(words.curve([suds for _, suds in view.exposure.ratings]))
        for text in asking.question(view.prompt, keyboard=self._keyboard):
            if not (isinstance(view.prompt, SheetPrompt) and text == lines.clean(view.title)):  # said at the start
                self._put(lines.Line(view.position_ms, text))
        if not isinstance(view.prompt, KeyPrompt | LearnPrompt):
            value = asking.given(view.prompt, p.segment.step, dict(self._manner.answers))
            if value is not None and self._answer(value):
                return True
            if not self._keyboard:
                self._tell(words.no_answer())
                return self._leave_open()
        if self._keyboard and isinstance(view.prompt, SheetPrompt):
            self._open_sheet(view, view.prompt)
        elif self._keyboard:
            self._offer(view)
            self._tell(asking.how(view.prompt))
        else:
            self._alone(p, view.prompt)
        return False

    def _offer(self, view: View) -> None:
        """What was answered before, or begun when an earlier session was cut off; a quiz is begun anew."""
        if isinstance(view.prompt, LearnPrompt):
            return
        if view.given is not None:
            self._tell(words.given(asking.said(view.given)))
        elif view.offered is not None:
            hidden = view.prompt is not None and view.prompt.private
            self._tell(words.begun("" if hidden else asking.said(view.offered)))

    def _open_sheet(self, view: View, prompt: SheetPrompt) -> None:
        """A sheet of several questions; what another session had begun is only offered."""
        self._sheet = PlainSheet.begin(prompt, view.given)
        self._tell(self._sheet.how())
        if view.offered is not None:
            self._tell(words.sheet_begun(sum(v is not None for v in drafted(view.offered)[1].values())))
        self._say_sheet(view.position_ms, self._sheet.ask())

    def _say_sheet(self, at_ms: int, said: Sequence[str]) -> None:
        for text in said:
            self._put(lines.Line(at_ms, text))

    def _keep_sheet(self, sheet: PlainSheet) -> None:
        """Whoever leaves in the middle keeps what is finished."""
        self._sheet = None
        if self._conductor.view().status == "asking" and sheet.draft is not None:
            self._conductor.do(Answer(sheet.draft))

    def _on_sheet(self, view: View, sheet: PlainSheet, text: str) -> bool:
        """A line typed on a sheet; False where it is for the session."""
        word = text.strip().casefold()
        if view.offered is not None and word == words.KEEP:
            self._sheet = sheet = PlainSheet.begin(sheet.prompt, view.offered)
            self._say_sheet(view.position_ms, sheet.ask())
        elif asking.steers(word, sheet.takes_words):
            return False
        else:
            turn = sheet.typed(text)
            if self._do(Draft(sheet.draft)).support_due:
                self._show_support()
            self._say_sheet(view.position_ms, turn.said)
            if turn.before:
                self._do(Back())
            elif turn.command is not None:
                self._do(turn.command)
                if self._conductor.refused:
                    self._tell(self._conductor.refused)
                elif turn.command == Answer(None):
                    self._tell(words.LEFT_OPEN)
            return True
        self._do(Draft(sheet.draft))
        return True

    def _alone(self, p: Placed, prompt: AnyPrompt) -> None:
        """Nobody can press a key: say after how long it goes on."""
        if isinstance(prompt, KeyPrompt) and prompt.at_most_ms is not None:
            self._tell(words.on_its_own(prompt.at_most_ms / 1000))
            return
        seconds = ON_ITS_OWN_S.get(p.segment.kind, WAIT_S)
        if isinstance(prompt, FindPrompt):
            seconds = round(prompt.alone_ms / 1000)
        if isinstance(prompt, LearnPrompt):
            read = max((c.at_ms + c.length_ms for c in p.segment.cues if isinstance(c, SayCue)), default=0)
            seconds = round(max(WAIT_S, max(read, estimate_ms(prompt.text, READING_WPM)) / 1000))
        self._tell(words.on_its_own(seconds))
        self._go_on_ms = p.start_ms + round(seconds * 1000)

    def _gone_on(self, view: View) -> bool:
        if self._go_on_ms is None or view.prompt is None or view.position_ms < self._go_on_ms:
            return False
        self._go_on_ms = None
        self._conductor.do(Answer(None) if isinstance(view.prompt, LearnPrompt) else Advance())
        return True

    def _answer(self, value: Any) -> bool:
        self._conductor.do(Answer(value))
        if self._conductor.refused:
            self._tell(self._conductor.refused)
            return False
        return True

    def _leave_open(self) -> bool:
        view = self._conductor.view()
        begun = view.given if isinstance(view.prompt, SheetPrompt) else None
        self._conductor.do(Answer(begun))
        if self._conductor.refused:
            self._conductor.do(Skip())
        return True

    def _pause(self, view: View) -> float:
        """Seconds to the next thing to do."""
        state = self._conductor.state
        beat = max(0, state.beat_ms + BEAT_MS - state.at.now_ms)
        if view.status == "paused":
            return beat / 1000
        if state.landing_since is not None:
            return min(beat, max(0, state.landing_since + LANDING_MS - state.at.now_ms)) / 1000
        position = view.position_ms
        wanted = [t for t in (lines.next_ms(state.timeline, position), self._go_on_ms) if t is not None]
        p = state.asking
        if p is not None and isinstance(p.segment.prompt, KeyPrompt) and p.segment.prompt.at_most_ms is not None:
            wanted.append(p.start_ms + p.segment.prompt.at_most_ms - LEAD_MS)
        if view.taps is not None and view.taps[0]:
            wanted.append(position + view.taps[2] - view.taps[1])
        ahead = [t - position for t in wanted if t > position]
        if view.feedback is not None and view.feedback.source:
            return pulse.TICK_S
        pause = min([beat, *ahead]) / 1000
        if position == 0:
            pause = min(pause, FIRST_S)
        if view.status == "ready":
            return STUCK_S
        stuck, self._before = self._before == position, position
        return max(pause, STUCK_S) if stuck else pause

    def _hear(self, heard: Heard) -> None:
        match heard:
            case Typed(text):
                self._typed(text)
            case Told("interrupt"):
                self._do(Stop())
                if not self._keyboard:
                    self._do(Stop())
            case Told(what):
                self._conductor.abort("interrupted", REASONS[what])
            case Suspended(halt):
                self._do(Pause())
                halt()
                self._tell(words.PAUSED)
            case NoMore():
                self._keyboard, self._asked = False, None

    def _typed(self, text: str) -> None:
        view = self._conductor.tick()
        self._show(view)
        word = text.strip().casefold()
        writes = asking.takes_words(view.prompt) or (self._sheet is not None and self._sheet.takes_words)
        if word == words.SUPPORT[0] or (word in words.SUPPORT and not writes):
            self._support(view)
            return
        if not writes and (mixed := sound.read(text, view.levels)) is not None:
            self._mix(*mixed)
            return
        if self._sheet is not None and view.status == "asking" and self._on_sheet(view, self._sheet, text):
            return
        command = self._meant(view, text)
        if command is None:
            if text.strip():
                self._tell(words.NOTHING_HERE)
            return
        self._do(command)
        if self._conductor.refused:
            self._tell(self._conductor.refused)
        elif isinstance(command, Found) and isinstance(view.prompt, FindPrompt):
            things = view.prompt.things
            self._tell(words.found(min(things, view.found + command.things), things))
        elif isinstance(command, Ease | SayAgain | Finish) and (line := self._conductor.view().said):
            self._tell(line)
        elif isinstance(command, Pause):
            self._tell(words.PAUSED)
        elif isinstance(command, Resume):
            self._tell(words.RESUMED)
        elif command == Answer(text) and asking.takes_words(view.prompt) and len(text) > LONGEST:
            self._tell(too_long())
        elif isinstance(command, Answer) and isinstance(view.prompt, LearnPrompt) and isinstance(command.value, list):
            for line in asking.explained(view.prompt, command.value):
                self._tell(line)
        elif command == Answer(None) and not isinstance(view.prompt, LearnPrompt):
            self._tell(words.LEFT_OPEN)

    def _show_support(self) -> None:
        """An answer asks for the client's own plan: it is said at once, before anything else is asked."""
        self._tell(words.SUPPORT_COMES)
        for kind, text in self._manner.support():
            if kind != "gap":
                self._tell(text)
        self._conductor.do(Shown())

    def _support(self, view: View) -> None:
        """The client's own plan; the session waits meanwhile. A question waits by itself."""
        waits = view.status == "playing"
        if waits:
            self._do(Pause())
        for kind, text in self._manner.support():
            if kind != "gap":
                self._tell(text)
        if waits:
            self._tell(words.PAUSED)

    def _mix(self, levels: Levels, said: str) -> None:
        self._conductor.do(Mix(levels))
        self._manner.remember(levels)
        self._tell(said)

    def _meant(self, view: View, text: str) -> Command | None:
        letter = text.strip().casefold()
        if view.status == "landing" and not view.grounding:
            return Stop() if letter in ("", "q") else None
        if view.status == "paused" and letter in ("", "p"):
            return Resume()
        if view.exposure is not None and letter == words.FINISH:
            return Finish()
        if view.status == "asking" and view.given is not None and not letter:
            return Answer(view.given)
        if view.offered is not None and letter == words.KEEP:
            return Answer(view.offered)
        return asking.read(view.prompt, text)

    def _do(self, command: Command) -> View:
        before = self._conductor.state.at.position_ms
        if self._sheet is not None and isinstance(command, Stop | Land | Skip):
            self._keep_sheet(self._sheet)
        view = self._conductor.do(command)
        if isinstance(command, Land) and view.grounding and not self._grounded:
            self._grounded, self._go_on_ms = True, None
            self._from = view.position_ms
            if self._keyboard:
                self._tell(words.LANDING)
        if isinstance(command, Back):
            self._asked = None
        if isinstance(command, Skip | Back | SayAgain) and view.position_ms != before:
            self._from = view.position_ms
        return view
