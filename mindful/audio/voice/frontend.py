"""From a phrase to the numbers of its sounds, and from durations back to words. Called by the engines.

hibari-tts brings the English front end (a dictionary, rules, a small net for unknown words), American and British. Its
letters for sounds and their numbers are those of Kokoro, from which it was made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mindful.audio.voice.engine import Word

RATE = 24_000
UNIT_S = 600 / RATE
"""What durations are counted in."""
LEAD_S = 0.1
"""The sound comes this much before the durations say; measured, even over a sentence."""

_GIVEN = re.compile(r"(?<=\]\(/)[^)]*(?=/\))")
"""The sounds in `[word](/sounds/)`."""
_BRITISH = {"O": "Q", "æ": "a", "T": "t", "ᵻ": "ɪ", "ɑ": "ɑː", "ɔ": "ɔː", "u": "uː", "ˈi": "ˈiː", "ˌi": "ˌiː"}


class FrontEnd:
    """One accent of it. Loading takes a third of a second; raises whatever the package does."""

    def __init__(self, british: bool = False) -> None:
        from hibari.g2p import G2P
        from hibari.tts import ASSETS

        self.vocab: dict[str, int] = json.loads(Path(ASSETS, "vocab.json").read_text(encoding="utf-8"))
        self._g2p = G2P(british=british)
        self._british = british

    def groups(self, text: str, most: int) -> Iterator[list[Any]]:
        """The words and marks of each sentence, in groups of `most` phonemes at the most."""
        from hibari.g2p.normalize import normalize
        from hibari.tts import Hibari

        if self._british:
            text = _GIVEN.sub(lambda m: british(m[0]), text)
        for sentence in Hibari.split_sentences(text):
            tokens = self._g2p.phonemize_tokens(self._g2p.tokenize(normalize(sentence)))
            yield from _groups(tokens, self.vocab, most)

    def ids(self, tokens: list[Any]) -> tuple[list[int], list[int]]:
        """Phoneme numbers with a pad on both sides, and which token each belongs to (-1: none)."""
        return _ids(tokens, self.vocab)


def british(sounds: str) -> str:
    """Sounds in the American letters (`lexicon.phonemes`) in the British ones."""
    for a, b in _BRITISH.items():
        sounds = sounds.replace(a, b)
    return sounds


def _groups(tokens: list[Any], vocab: dict[str, int], most: int) -> list[list[Any]]:
    """The tokens of one sentence, cut after a mark wherever it would be too long for the model at once."""
    groups: list[list[Any]] = [[]]
    length, mark = 0, 0
    for token in tokens:
        size = sum(c in vocab for c in token.phonemes or "") + bool(token.whitespace)
        if length + size > most and groups[-1]:
            cut = mark or len(groups[-1])
            rest = groups[-1][cut:]
            del groups[-1][cut:]
            groups.append(rest)
            length, mark = sum(len(t.phonemes or "") + 1 for t in rest), 0
        groups[-1].append(token)
        length += size
        if token.text in {",", ";", ":", "—"}:
            mark = len(groups[-1])
    return [g for g in groups if g]


def _ids(tokens: list[Any], vocab: dict[str, int]) -> tuple[list[int], list[int]]:
    """Phoneme numbers with a pad on both sides, and which token each belongs to (-1: none)."""
    ids, owner = [0], [-1]
    for k, token in enumerate(tokens):
        for c in token.phonemes or "":
            if c in vocab:
                ids.append(vocab[c])
                owner.append(k)
        if token.whitespace and len(ids) > 1 and k + 1 < len(tokens):
            ids.append(vocab[" "])
            owner.append(-1)
    return [*ids, 0], [*owner, -1]


def word_times(tokens: list[Any], owner: list[int], durations: Any, frames: int, at: float) -> list[Word]:
    """When each token is heard; none where the durations do not add up to the sound."""
    if len(durations) != len(owner) or abs(float(durations.sum()) * UNIT_S - frames / RATE) > 1e-3:
        return []
    edges = [0.0]
    for d in durations:
        edges.append(edges[-1] + float(d) * UNIT_S)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for i, k in enumerate(owner):
        if k >= 0:
            first.setdefault(k, i)
            last[k] = i
    shift = at - LEAD_S
    return [Word(tokens[k].text, max(0.0, edges[first[k]] + shift), edges[last[k] + 1] + shift) for k in first]
