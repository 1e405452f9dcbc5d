"""The program behind the screen and behind the plain lines: scripts, sound, record and settings in one place.

By shape it is a `mindful.tui.host.Host`. It opens nothing before it is asked, and closes what it opened.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mindful.audio.levels import Levels
from mindful.cli import exposing, settings
from mindful.cli.choosing import Choosing
from mindful.cli.wishes import Unkept, Wishes
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.audio.bank import Bank
    from mindful.audio.transport import Transport
    from mindful.journal.recorder import Recorder
    from mindful.player.checking import Check
    from mindful.player.conductor import Conductor
    from mindful.player.ports import Speaker, Voice
    from mindful.player.training import Opening
    from mindful.script.model import Script
    from mindful.timeline.past import Past
    from mindful.tui.host import Options


__all__ = ["CliHost", "Monotonic", "RefusedError", "Unkept", "Wishes"]


class Monotonic:
    """The clock of the program."""

    def now(self) -> float:
        return time.monotonic()


class RefusedError(Exception):
    """A session was begun that the gate keeps back. The pages before it ask the gate first: nobody should meet this."""


class CliHost(Choosing, exposing.Ladders):
    """See `mindful.tui.host.Host`."""

    def __init__(self, wishes: Wishes | None = None) -> None:
        self.wishes = wishes or Wishes()
        self.clock = Monotonic()
        self._made = {}
        self._volume: float | None = None
        self._levels: Levels | None = None
        self._notices: list[str] = []
        self._speaker: Speaker | None = None
        self._recorder: Recorder | None = None
        self._conductor: Conductor | None = None
        self._check: Transport | None = None
        self._narration: tuple[Script, Voice] | None = None
        self._spoken_by: str | None = None
        """The voice that was chosen for the session of now."""

    # A session

    def _guard(self, script: Script, values: Mapping[str, Any], acknowledged: bool) -> None:
        """The last door before a session starts, whichever way it came. Raises `RefusedError`."""
        if self.wishes.preview:
            return
        found = self.verdict(script, values)
        if found.refused or (found.acknowledge and not acknowledged):
            raise RefusedError(f"“{script.id}” is kept back for this client")

    def prepare(self, script: Script, values: Mapping[str, Any], voice: str | None = None) -> None:
        """Have the lines of a session said while its first page is read. Returns at once."""
        from mindful.player.landing import lines_of
        from mindful.timeline.outline import outline
        from mindful.timeline.unfold import Setup

        self._speak_by(voice)
        narrator = self._voice(script)
        setup = Setup(script, dict(values), self.language, speech=narrator)
        # What is wanted later is said earlier: the landing is there when it is needed, after all else.
        narrator.want(lines_of(setup))
        narrator.want(outline(setup).lines)

    def _speak_by(self, voice: str | None) -> None:
        """The voice that is chosen for this session; another one than before needs a narrator of its own."""
        if voice != self._spoken_by:
            self._spoken_by = voice
            if self._narration is not None:
                self._narration[1].close()
                self._narration = None

    def _voice(self, script: Script) -> Voice:
        """Who says the lines of this script; one narrator for as long as it is the same script."""
        if self._narration is not None:
            if self._narration[0] is script:
                return self._narration[1]
            self._narration[1].close()
        if self.wishes.mute:
            from mindful.player.ports import Mute

            voice: Voice = Mute()
        else:
            from mindful.audio.voice.choose import open_narrator

            named, command = settings.voice(home.settings_file())
            cache = home.voices() if self.wishes.keep_voice else None
            wanted = self._spoken_by or self.wishes.voice or named
            try:
                voice = open_narrator(script, cache=cache, base=_folder(script), voice=wanted, command=command)
            except ValueError as error:
                self._notices.append(
                    _("The voice command in your settings cannot be understood: {printable}").format(
                        printable=printable(str(error))
                    )
                )
                voice = open_narrator(script, cache=cache, base=_folder(script))
        self._narration = (script, voice)
        return voice

    def acknowledge(self) -> None:
        """The client said that an intense session is right for them today; it belongs in the record."""
        self.wishes = replace(self.wishes, acknowledged=True)

    def begin(self, script: Script, values: Mapping[str, Any], options: Options) -> Conductor:
        from mindful.player.conductor import Conductor

        self._guard(script, values, self.wishes.acknowledged or options.acknowledged)
        self._free()
        self._recover_once()
        seed = int.from_bytes(os.urandom(4))
        self.prepare(script, values, options.voice)
        voice = self._voice(script)
        if options.background is not None:
            script = _beneath(script, options.background)
            self._narration = (script, voice)  # its lines are the same
        speaker = self._open_speaker(script, voice)
        self._speaker = speaker
        volume = 0.0 if self.wishes.mute else options.volume
        log = self._open_log(script, values, options, seed, volume) if self.wishes.keep else Unkept()
        self._conductor = Conductor(
            script,
            values,
            clock=self.clock,
            speaker=speaker,
            log=log,
            language=self.language,
            seed=seed,
            volume=volume,
            voice=voice,
            levels=self.levels,
            fit_ms=options.fit_ms,
            ease=self._ease(options),
            offers=self._offers(script),
            past=self._past(script),
            sensor=self._sensor(),
            remember=lambda name, value: self._remember(script, name, value),
            known=exposing.known(script, self.profile.flags, preview=self.wishes.preview),
        )
        return self._conductor

    def _ease(self, options: Options) -> int:
        return options.ease if self.wishes.ease is None else self.wishes.ease

    def _offers(self, script: Script) -> dict[str, Any]:
        """What was begun in this session when it was cut off."""
        from mindful.journal.drafts import waiting

        found = waiting(home.journal(), script.id or "session") if self.wishes.keep else {}
        return {name: draft["value"] for name, draft in found.items()}

    def _past(self, script: Script) -> Past | None:
        """The journal, where the script asks what was done before."""
        if not script.questionnaires and not _measures(script):
            return None
        from mindful.journal.past import Journal

        return Journal(home.journal(), datetime.now().astimezone())

    def _sensor(self) -> Opening:
        from mindful.cli.sensing import opening

        def record() -> Path | None:
            wanted = self.wishes.keep_raw and self.wishes.keep and self._recorder is not None
            return self._recorder.stem if wanted and self._recorder is not None else None

        return opening(self.wishes.sensor, self.clock, self.wishes.sham, record, self.wishes.yoked)

    def electrodes(self, script: Script) -> Check | None:
        from mindful.script.kinds.therapy import Neurofeedback
        from mindful.script.where import all_steps

        bodies = (placed.step.body for placed in all_steps(script))
        trained = next((body for body in bodies if isinstance(body, Neurofeedback)), None)
        named = self.wishes.sensor or settings.sensors(home.settings_file()).get("eeg", "")
        if trained is None or not named:
            return None
        from mindful.player.checking import Check
        from mindful.timeline.feedback import protocol_of

        return Check(self.clock, self._sensor(), protocol_of(trained))

    def begin_eased(self, level: int) -> None:
        """The client wants to begin with gentler breaths."""
        self.wishes = replace(self.wishes, ease=level)

    def eased(self, script: Script) -> int:
        return settings.eased(home.settings_file(), script.id or "")

    def _remember(self, script: Script, name: str, value: Any) -> None:
        """What the player found out and is to be offered the next time."""
        if name == "eased" and self.wishes.keep:
            settings.remember_eased(home.settings_file(), script.id or "", int(value))
        if name == "agreed" and self.wishes.keep and not self.wishes.preview:
            exposing.remember(script, datetime.now().astimezone())
        if name == "resonance" and self.wishes.keep:
            from mindful.journal.resonance import keep

            with contextlib.suppress(OSError):
                keep(home.resonance_file(), value, datetime.now().astimezone())
        if name == "pace" and self.wishes.keep:
            from mindful.cli import own_pace

            own_pace.remember(home.pace_file(), value, datetime.now().astimezone())

    def _open_speaker(self, script: Script, voice: Voice) -> Speaker:
        if self.wishes.mute:
            from mindful.player.ports import Silence

            return Silence(self.clock)
        from mindful.audio.choose import open_speaker

        # A narrator is the mixer's bank as well as the player's voice.
        bank = cast("Bank", voice)
        return open_speaker(self.wishes.sink, clock=self.clock, base=_folder(script), bank=bank)

    def _open_log(
        self, script: Script, values: Mapping[str, Any], options: Options, seed: int, volume: float
    ) -> Recorder:
        from mindful.cli.record_head import head as head_of
        from mindful.journal.recorder import Recorder

        assert self._speaker is not None
        head = head_of(
            script,
            values,
            options,
            self.wishes,
            language=self.language,
            seed=seed,
            volume=volume,
            ease=self._ease(options),
            planned_ms=self.estimate(script, values, options.fit_ms).total_ms,
            speaker=self._speaker,
        )
        self._recorder = Recorder.open(
            home.journal(), head, now=lambda: datetime.now().astimezone(), tell=self._tell_of_journal
        )
        return self._recorder

    def _tell_of_journal(self, text: str) -> None:
        """The recorder has trouble: during the session the client is told at once, else at the next chance."""
        if self._conductor is not None and self._conductor.state.ended is None:
            self._conductor.notice(text)
        else:
            self._notices.append(text)

    def abort(self, reason: str) -> None:
        """Close what is still open: the record as interrupted, the sound at once."""
        if self._conductor is not None:
            self._conductor.abort("interrupted", reason)

    def rung_out(self, seconds: float) -> bool:
        """Wait at most so long for the last sounds; whether they were heard to their end."""
        wait = getattr(self._speaker, "wait", None)
        return wait is None or bool(wait(seconds))

    def close(self) -> None:
        """Free every device. May be called twice."""
        self._free()
        if self._check is not None:
            self._check.close()
            self._check = None
        if self._narration is not None:
            self._narration[1].close()
            self._narration = None

    def _free(self) -> None:
        if self._speaker is not None:
            self._speaker.close()
            self._speaker = None

    # Around it

    def sound_check(self, volume: float) -> str:
        if self.wishes.mute:
            return _("Sound is off (--mute).")
        from mindful.cli.sound_check import ring

        if self._check is not None:
            self._check.close()
        self._check, words = ring(self.wishes.sink, self.clock, volume)
        return words

    @property
    def volume(self) -> float:
        if self._volume is None:
            self._volume = settings.volume(home.settings_file())
        return self._volume

    def remember_volume(self, level: float) -> None:
        if not self.wishes.mute and round(level, 2) != round(self.volume, 2):
            self._volume = level
            settings.remember_volume(home.settings_file(), level)

    @property
    def levels(self) -> Levels:
        if self._levels is None:
            self._levels = settings.levels(home.settings_file())
        return self._levels

    def remember_levels(self, levels: Levels) -> None:
        if levels != self.levels:
            self._levels = levels
            settings.remember_levels(home.settings_file(), levels)


def _beneath(script: Script, background: str) -> Script:
    """The script with another layer beneath it than it was written with; what its steps set stays."""
    return script.model_copy(update={"settings": script.settings.model_copy(update={"background": background})})


def _folder(script: Script) -> Path | None:
    """The folder that a script's own files are relative to; None for one that is in no file."""
    file = Path(script.origin.file)
    return file.parent if file.is_file() else None


def _measures(script: Script) -> bool:
    """Whether a step of it may breathe at the client's own resonance pace."""
    from mindful.script.where import all_steps

    return any(placed.step.kind == "hrv_biofeedback" for placed in all_steps(script))
