"""How long lines were when they were said before, for whoever only looks: no engine, no numpy. Called by `outline`."""

from __future__ import annotations

from pathlib import Path

from mindful.audio.voice import choose, paces
from mindful.audio.voice.cache import Cache
from mindful.audio.voice.engine import speaks_language
from mindful.audio.voice.phrases import line_key, phrase_key, phrases, recording_key
from mindful.script.model import Script
from mindful.timeline.speech import Length, Line, estimate_ms


class Known:
    """A `Speech` out of the cache."""

    def __init__(
        self, script: Script, cache: Path | None, voice: str | None, base: Path | None, command: str | None
    ) -> None:
        if base is None and script.origin.file:
            base = Path(script.origin.file).parent
        self._folders = choose.recording_folders(script, base)
        self._cache = Cache(cache)
        self._lexicon = choose.lexicon(script)
        every = choose.engines(command, cache)
        self._engines = {n: e for n, e in every.items() if n == choose.DEFAULT or choose.missing(n) is None}
        self._default = voice if voice in self._engines else choose.DEFAULT
        self._none = voice == "none"

    def length(self, line: Line) -> Length:
        guess = estimate_ms(line.text, line.wpm)
        if line.audio is not None:
            file = choose.find_recording(self._folders, line.audio)
            key = recording_key(file) if isinstance(file, Path) else None
            found = self._cache.line(key) if key else None
            return Length(guess) if found is None else Length(found[0], estimated=False)
        if self._none or line.voice == "none":
            return Length(guess, estimated=False)
        engine = self._engines.get(line.voice, self._engines[self._default])
        if not speaks_language(engine, line.language):
            return Length(guess, estimated=False)
        found = self._cache.line(line_key(engine, line, phrases(line, self._lexicon, engine.phonemes)))
        return Length(guess) if found is None else Length(found[0], estimated=False, sentences=found[1])

    def ready(self, line: Line) -> bool:
        """Whether a line can be heard at once: it was said before, and its sound is still kept. A recording is ready
        once it was read; a line that is never spoken needs nothing."""
        if self.length(line).estimated:
            return False
        if line.audio is not None or self._none or line.voice == "none":
            return True
        engine = self._engines.get(line.voice, self._engines[self._default])
        if not speaks_language(engine, line.language):
            return True
        pace = paces.CUE_PACE if line.manner == "cue" else paces.pace(line.wpm)
        parts = phrases(line, self._lexicon, engine.phonemes)
        return all(self._cache.has(phrase_key(engine, p.text, pace)) for p in parts if p.text)

    def speaks(self, voice: str, language: str) -> bool:
        if self._none or voice == "none":
            return False
        return speaks_language(self._engines.get(voice, self._engines[self._default]), language)


def known(
    script: Script,
    cache: Path | None,
    voice: str | None = None,
    base: Path | None = None,
    command: str | None = None,
) -> Known:
    """What is known of a script's lines. The other arguments are as in `choose.open_narrator`."""
    return Known(script, cache, voice, base, command)
