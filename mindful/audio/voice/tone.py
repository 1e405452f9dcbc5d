"""A voice of soft tones, one a syllable: instant, the same each time, without an engine. For tests and for looking."""

from __future__ import annotations

import re

from mindful.audio.voice.engine import Clip, Word

RATE = 24_000
SYLLABLE_S = 0.16
"""A syllable at pace 1, its short gap included."""
EDGE_S = 0.2
"""Silence before and after, as a real engine has it."""
MARK_S = 0.06
_PIECE = re.compile(r"[\w'’]+|[^\w\s]")
_VOWELS = re.compile(r"[aeiouyäöüéèáà]+", re.IGNORECASE)


def syllables(word: str) -> int:
    """About how many syllables a word has; at least one."""
    return max(1, len(_VOWELS.findall(word)))


class Tone:
    """`tone`: speaks every language alike."""

    name = "tone"
    languages = ("*",)
    phonemes = False
    revision = ("tone 1",)

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        import numpy as np

        parts = [np.zeros(round(EDGE_S * RATE), np.float32)]
        words: list[Word] = []
        at = EDGE_S
        for piece in _PIECE.findall(text):
            begin = at
            if piece[0].isalnum():
                for k in range(syllables(piece)):
                    n = round(SYLLABLE_S / pace * RATE)
                    hz = 180 + 20 * ((len(piece) + k + seed) % 5)
                    swell = np.sin(np.pi * np.arange(n) / n) ** 0.5
                    parts.append((0.3 * swell * np.sin(2 * np.pi * hz * np.arange(n) / RATE)).astype(np.float32))
                    at += n / RATE
            else:
                n = round(MARK_S * RATE)
                parts.append(np.zeros(n, np.float32))
                at += n / RATE
            words.append(Word(piece, begin, at))
        parts.append(np.zeros(round(EDGE_S * RATE), np.float32))
        return Clip(np.concatenate(parts), RATE, tuple(words))

    def close(self) -> None:
        pass
