"""The conductor: hands time and commands to the pure state step, and carries out what it says.

A performer calls `start()`, then `tick()` 20 to 30 times a second, shows the view that it returns, and sends
`do(command)`. When `view.ended` is set, the record is closed. All calls come from one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mindful.audio.levels import AS_MADE, Levels
from mindful.player import state as states
from mindful.player import supporting
from mindful.player.answers import RefusedError, accept
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
    Tap,
    Tapped,
    Volume,
)
from mindful.player.effects import (
    CloseLog,
    Effect,
    FinishSound,
    HoldSound,
    ResumeSound,
    Seek,
    SetLevels,
    SetVolume,
    Tell,
    Update,
    Write,
)
from mindful.player.look import look
from mindful.player.ports import Clock, Log, Mute, Speaker, Voice
from mindful.player.respoken import respoken
from mindful.player.running import Moment, State
from mindful.player.sounding import Followed
from mindful.player.spoken import Spoken
from mindful.player.strikes import SLACK_MS, Strikes
from mindful.player.training import Opening, Trainer
from mindful.player.view import View
from mindful.script.model import Script
from mindful.timeline.ease import MOST
from mindful.timeline.ease import Ease as Eased
from mindful.timeline.exposure import words as exposure_words
from mindful.timeline.exposure.known import NOTHING, Known
from mindful.timeline.fit import fitted
from mindful.timeline.model import KeyPrompt
from mindful.timeline.past import NoPast, Past
from mindful.timeline.unfold import Setup


class Conductor:
    """One run of one script."""

    def __init__(
        self,
        script: Script,
        values: Mapping[str, Any],
        *,
        clock: Clock,
        speaker: Speaker,
        log: Log,
        language: str = "",
        seed: int = 0,
        volume: float = 0.8,
        voice: Voice | None = None,
        levels: Levels = AS_MADE,
        fit_ms: int | None = None,
        ease: int = 0,
        offers: Mapping[str, Any] | None = None,
        past: Past | None = None,
        remember: Callable[[str, Any], None] = lambda name, value: None,
        known: Known = NOTHING,
        sensor: Opening | None = None,
    ) -> None:
        """`fit_ms`: the length it is to take; raises `UnfitError` where the script does not allow it.

        `offers`: by its question, what had been begun in it when this session was cut off another time.
        `known`: what the client brings to an exposure.
        `sensor`: how the strap or headset of a step is opened; None where there is none.
        `past`: what was done before, where a script asks.
        `ease`: the level of gentler breaths that it begins with (`timeline.ease`). `remember` is told what is to be
        offered another time: (`eased`, level), and
        (`pace`, what the taps came to).
        """
        self._title = script.title.source(language, script.language)
        self._clock = clock
        self._speaker = speaker
        self._log = log
        self._notices: tuple[str, ...] = ()
        self._sound: tuple[str, str, int, int] | None = None
        self._began = 0.0
        self.refused = ""
        """Why the last answer was not taken, in words for the client; empty when it was."""
        self._voice = voice or Mute()
        self._spoken = Spoken(self._voice)
        self._waits_until: float | None = None
        self._remember, self._offers = remember, dict(offers or {})
        self._trainer = Trainer(clock, sensor, log.event, self.notice, remember, self._softer, self._strike)
        self._strikes, self._followed = Strikes(), Followed()
        setup = Setup(
            script,
            dict(values),
            language,
            seed,
            self._spoken,
            ease=Eased(max(0, min(MOST, ease))),
            past=past or NoPast(),
            known=known,
        )
        if fit_ms is not None:
            setup = fitted(setup, fit_ms).setup
        ready = states.set_volume(states.ready(setup), volume)[0]
        self._state: State = states.set_levels(ready, levels)[0]

    @property
    def heard(self) -> bool:
        """Whether what is played can be heard: something carries the sound."""
        return self._speaker.sink not in ("", "none", "null")

    @property
    def state(self) -> State:
        """The state of the last call; for tests and for what reads more than the view shows."""
        return self._state

    def start(self) -> View:
        """Start sound and time, as soon as the voice has the first lines; until then the view is `ready`."""
        self._began = self._clock.now()
        self._waits_until = self._began + self._spoken.patience_s(self._state.timeline)
        self._spoken.want(self._state.timeline, 0)
        self._arrive()
        return self.view()

    def tick(self) -> View:
        """Ask the clock what time it is and move the session there."""
        self._arrive()
        self._take(states.tick(self._state, self._moment()))
        self._trainer.tick(self._state)
        self._follow()
        self._listen()
        return self.view()

    def _arrive(self) -> None:
        """Begin, unless the first lines are still being said."""
        if self._waits_until is None or self._state.ended is not None:
            return
        now = self._clock.now()
        if now < self._waits_until and not self._spoken.there(self._state.timeline):
            return
        self._waits_until = None
        self._take(respoken(self._state, 0))
        self._began = now
        self._speaker.volume(self._state.volume)
        self._speaker.levels(self._state.levels)
        self._speaker.start(self._state.timeline, 0)
        self._take(states.start(self._state))

    def _begin_now(self) -> None:
        """Do not wait for the voice any longer."""
        if self._waits_until is not None:
            self._waits_until = self._clock.now()
            self._arrive()

    def _follow(self) -> None:
        """Tell the timeline again where the voice knows more than before."""
        if not self._state.started or self._state.ended is not None:
            return
        border = self._spoken.follow(self._state.timeline, self._state.at.position_ms)
        if border is not None:
            self._take(respoken(self._state, border))

    def view(self) -> View:
        """What to show of the moment of the last call."""
        return look(self._state, self._title, self._notices, self._offers, self._trainer.view)

    def do(self, command: Command) -> View:
        """Carry out what the client wants."""
        self.tick()
        self.refused = ""
        match command:
            case Pause():
                self._take(states.hold(self._state))
            case Resume():
                self._take(states.resume(self._state))
            case Skip(whole):
                self._take(states.skip(self._state, whole=whole))
            case Found(things):
                self._take(states.find(self._state, things))
            case Finish():
                self._take(states.finish(self._state))
            case Back():
                self._take(states.back(self._state))
            case Stop():
                self._take(states.stop(self._state))
            case Ease():
                before = self._state.setup.ease
                self._take(states.ease(self._state))
                if self._state.setup.ease != before:
                    self._remember("eased", self._state.setup.ease.level)
            case Land():
                self._begin_now()
                self._take(states.land(self._state))
            case Volume(level):
                self._take(states.set_volume(self._state, level))
            case Mix(levels):
                self._take(states.set_levels(self._state, levels))
            case SayAgain():
                self._take(states.say_again(self._state))
            case Tap(key):
                self._take(states.tap(self._state, key))
            case Tapped():
                self._take(states.tapped(self._state))
            case Draft(value):
                self._take(supporting.noticed(self._state, value))
                self._take(states.draft(self._state, value))
            case Shown():
                self._take(supporting.shown(self._state))
            case Answer(value):
                self._answer(value)
            case Advance():
                asking = self._state.asking
                if asking is not None and isinstance(asking.segment.prompt, KeyPrompt):
                    self._take(states.answer(self._state, None))
        self._follow()
        return self.view()

    def notice(self, text: str) -> None:
        """Something the client should be told once."""
        if text not in self._notices:
            self._notices = (*self._notices, text)
            if self._state.ended is None:
                self._log.event("notice", t_ms=self._state.at.now_ms, text=text)

    def _levels(self) -> Levels:
        """The client's mixer, and on top of it what a sensor's feedback makes of the background."""
        return self._state.levels.followed(self._followed.db, self._followed.crossing)

    def _softer(self, followed: Followed) -> None:
        self._followed = followed
        self._speaker.levels(self._levels())

    def _strike(self, step: str, sound: str, level_db: float) -> None:
        """A stroke as soon as it can be heard from its beginning."""
        soon = self._state.at.position_ms + self._speaker.ahead_ms + SLACK_MS
        self._strikes.add(soon, step, sound, level_db)
        self._speaker.update(self._strikes.over(self._state.timeline))

    def abort(self, status: str, reason: str) -> None:
        """The program must end now (signal, crash): close the record, free the sound. May be called again."""
        self._take(states.abort(self._state, status, reason))
        self._speaker.close()

    def _moment(self) -> Moment:
        now = self._clock.now()
        return Moment(round((now - self._began) * 1000), round(self._speaker.position(now)))

    def _answer(self, value: Any) -> None:
        asking = self._state.asking
        if asking is None or asking.segment.prompt is None:
            return
        try:
            kept = accept(asking.segment.prompt, value)
        except RefusedError as e:
            self.refused = str(e)
            return
        self._take(supporting.noticed(self._state, kept))
        self._take(states.answer(self._state, kept))

    def _listen(self) -> None:
        """Tell the record and the client what the sound has to say."""
        if self._state.ended is not None:
            return
        sound = (self._speaker.sink, self._speaker.clock, self._speaker.rate, self._speaker.underruns)
        if sound[0] and sound != self._sound:
            self._sound = sound
            sink, clock, rate, underruns = sound
            t_ms = self._state.at.now_ms
            self._log.event("sound", t_ms=t_ms, sink=sink, clock=clock, rate=rate, underruns=underruns)
        for text in (*self._voice.notices(), *self._speaker.notices()):
            self.notice(text)

    def _take(self, stepped: tuple[State, list[Effect]]) -> None:
        self._state, effects = stepped
        for effect in effects:
            match effect:
                case Update(fade):
                    self._spoken.want(self._state.timeline, self._state.at.position_ms)
                    heard = self._strikes.over(self._state.timeline)
                    self._speaker.update(heard, **({"fade_ms": fade} if fade else {}))
                case Seek(position):
                    if self._strikes.clear():
                        self._speaker.update(self._state.timeline)
                    self._speaker.seek(position)
                case HoldSound():
                    self._speaker.pause()
                case ResumeSound():
                    self._speaker.resume()
                case SetVolume(level):
                    self._speaker.volume(level)
                case SetLevels():
                    self._speaker.levels(self._levels())
                case FinishSound(fade):
                    self._speaker.finish(fade)
                case Tell(text):
                    self.notice(text)
                case Write(event, data):
                    self._log.event(event, **data)
                    if event == "tapped" and data.get("rate"):
                        self._remember("pace", data)
                    agreed = event == "answer" and str(data["id"]).endswith(".agreed")
                    if agreed and data["value"] == exposure_words.agreed():
                        self._remember("agreed", True)
                case CloseLog(status, reason, data):
                    self._trainer.close(self._state)
                    self._log.close(status, reason, **data)
