"""Says one line, whatever it takes: from the cache or by the engine, phrase by phrase, then delivered. Not for threads.

Called by the narrator, one line at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mindful.audio.voice import paces, words
from mindful.audio.voice.cache import Cache, settled
from mindful.audio.voice.engine import Clip, Engine
from mindful.audio.voice.phrases import Phrase, line_key, phrase_key, phrases
from mindful.timeline.speech import Line, estimate_ms

if TYPE_CHECKING:
    from mindful.audio.voice.delivery import Delivered


class Sayer:
    """One engine with its cache and the script's pronunciations."""

    def __init__(self, engine: Engine, cache: Cache, lexicon: Mapping[str, words.Saying]) -> None:
        self.engine = engine
        self._cache = cache
        self._lexicon = lexicon

    def say(self, line: Line) -> Delivered:
        """The line as it is heard. Raises `EngineMissingError` or `EngineError`."""
        from mindful.audio.voice import delivery

        parts = phrases(line, self._lexicon, self.engine.phonemes)
        if line.manner == "cue":
            out = delivery.cue(self._clips(parts, paces.CUE_PACE))
            if out.ms > paces.CUE_ROOM_MS and sum(p.words for p in parts) == 1:
                out = delivery.cue(self._clips(parts, paces.CUE_QUICK))
        else:
            out = delivery.guide(self._clips(parts, paces.pace(line.wpm)), parts, line.wpm)
        if not len(out.sound):  # only marks, or nothing came of it: quiet for as long as it takes to read
            out = delivery.Delivered(delivery.silence(estimate_ms(line.text, line.wpm)), out.sentences)
        self._cache.keep_line(line_key(self.engine, line, parts), out.ms, out.sentences)
        return out

    def _clips(self, parts: tuple[Phrase, ...], pace: float) -> list[Clip | None]:
        return [self._clip(p.text, pace) if p.text else None for p in parts]

    def _clip(self, text: str, pace: float) -> Clip:
        key = phrase_key(self.engine, text, pace)
        found = self._cache.clip(key)
        if found is None:
            found = settled(self.engine.speak(text, pace=pace))
            self._cache.keep(key, found)
        return found
