"""The default voice, "heart": hibari-tts, whose model lies inside its package. Called by the narrator's worker.

The engine takes 0.3 s and 200 MB, so it is loaded when the first phrase has to be said. It is used with care, because
it is young: its model is read from its own folder and checked against a known sum, its class is never made (a voice's
name would be downloaded), and word times, which come out of the inside of its graph, are done without where that inside
is not as expected.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.audio.voice.engine import Clip, EngineError, EngineMissingError, Word

if TYPE_CHECKING:
    from mindful.audio.units import Mono

MODEL_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
RATE = 24_000
LEAD_S = 0.1
"""The sound comes this much before the durations say; measured, even over a sentence."""
_DURATIONS = "/Cast_32_output_0"
"""Inner tensor: frames of 600 samples a phoneme."""
_UNIT_S = 600 / RATE
_INT64 = 7
PACES = (0.5, 2.0)


def missing() -> str | None:
    """Why it cannot be used here, as far as can be seen without loading it; None where nothing is in the way."""
    for module, package in (("hibari", "hibari-tts"), ("onnxruntime", "onnxruntime")):
        try:
            found = importlib.util.find_spec(module)
        except (ImportError, ValueError):
            found = None
        if found is None:
            return f"{package} is not installed"
    return None


def _version(package: str, parts: int = 9) -> str:
    try:
        return ".".join(metadata.version(package).split(".")[:parts])
    except metadata.PackageNotFoundError:
        return "none"


class Heart:
    """`heart`: American English, female."""

    name = "heart"
    languages = ("en",)
    phonemes = True

    def __init__(self) -> None:
        self._session: Any = None
        self._g2p: Any = None
        self._vocab: dict[str, int] = {}
        self._timed = False
        self._closed = False

    @property
    def revision(self) -> tuple[str, ...]:
        # The same model gives other bytes with another runtime or another Fourier transform, though of the same length.
        transform = "scipy" if importlib.util.find_spec("scipy") else "numpy"
        return (
            f"hibari-tts {_version('hibari-tts')}",
            MODEL_SHA256[:16],
            f"onnxruntime {_version('onnxruntime', 2)}",
            transform,
        )

    def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
        if self._closed:
            raise EngineError("the voice is closed")
        if self._session is None:
            self._load()
        try:
            return self._speak(text, min(max(pace, PACES[0]), PACES[1]), seed)
        except Exception as e:  # whatever a young engine raises, one phrase must not end a session
            raise EngineError(f"{self.name}: {e or type(e).__name__}") from e

    def close(self) -> None:
        self._closed = True
        self._session = self._g2p = None

    def _load(self) -> None:
        if why := missing():
            raise EngineMissingError(why)
        try:
            import onnxruntime
            from hibari.g2p import G2P
            from hibari.tts import ASSETS

            onnxruntime.disable_telemetry_events()
            model = Path(ASSETS, "hibari.onnx").read_bytes()
        except Exception as e:  # no wheel for this machine, a library that does not load, a file that is gone
            raise EngineMissingError(f"hibari-tts cannot be loaded: {e or type(e).__name__}") from e
        if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
            raise EngineMissingError("the model inside hibari-tts is not the one that is known")
        try:
            self._vocab = json.loads(Path(ASSETS, "vocab.json").read_text(encoding="utf-8"))
            self._g2p = G2P()
            try:
                self._session, self._timed = _session(with_output(model, _DURATIONS, _INT64)), True
            except Exception:  # another graph: the voice is as good, only pauses at commas stay as they come
                self._session, self._timed = _session(model), False
        except Exception as e:
            raise EngineMissingError(f"hibari-tts cannot be started: {e or type(e).__name__}") from e

    def _speak(self, text: str, pace: float, seed: int) -> Clip:
        import numpy as np
        from hibari import dsp
        from hibari.g2p.normalize import normalize
        from hibari.tts import Hibari

        noise = np.random.default_rng(seed)
        parts: list[Mono] = []
        words: list[Word] = []
        at = 0.0
        for sentence in Hibari.split_sentences(text):
            tokens = self._g2p.phonemize_tokens(self._g2p.tokenize(normalize(sentence)))
            for group in _groups(tokens, self._vocab):
                ids, owner = _ids(group, self._vocab)
                if len(ids) < 3:
                    continue
                feed = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([pace], np.float32)}
                out = self._session.run(None, feed)
                sound = dsp.synth(*(o[0] for o in out[:6]), noise)
                if self._timed:
                    words += _word_times(group, owner, np.asarray(out[6]).ravel(), len(sound), at)
                parts.append(np.asarray(sound, np.float32))
                at += len(sound) / RATE
        whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        if not np.isfinite(whole).all():
            raise EngineError("the sound is not finite")
        return Clip(np.clip(whole, -1.0, 1.0), RATE, tuple(words))


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # two are slower
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


_MOST = 400
"""Phonemes that the model is given at once."""


def _groups(tokens: list[Any], vocab: dict[str, int]) -> list[list[Any]]:
    """The tokens of one sentence, cut after a mark wherever it would be too long for the model at once."""
    groups: list[list[Any]] = [[]]
    length, mark = 0, 0
    for token in tokens:
        size = sum(c in vocab for c in token.phonemes or "") + bool(token.whitespace)
        if length + size > _MOST and groups[-1]:
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


def _word_times(tokens: list[Any], owner: list[int], durations: Any, frames: int, at: float) -> list[Word]:
    """When each token is heard; none where the durations do not add up to the sound."""
    if len(durations) != len(owner) or abs(float(durations.sum()) * _UNIT_S - frames / RATE) > 1e-3:
        return []
    edges = [0.0]
    for d in durations:
        edges.append(edges[-1] + float(d) * _UNIT_S)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for i, k in enumerate(owner):
        if k >= 0:
            first.setdefault(k, i)
            last[k] = i
    shift = at - LEAD_S
    return [Word(tokens[k].text, max(0.0, edges[first[k]] + shift), edges[last[k] + 1] + shift) for k in first]


def with_output(model: bytes, tensor: str, element: int) -> bytes:
    """The same ONNX model with one of its inner tensors as a further output.

    A protobuf reader merges what is appended into the message before it: so a second ModelProto that holds only
    `graph {output {name, type {tensor_type {elem_type}}}}` (fields 7, 12, 1, 2, 1, 1 of onnx.proto) adds an output.
    """
    kind = _field(2, _field(1, bytes([8, element])))
    return model + _field(7, _field(12, _field(1, tensor.encode()) + kind))


def _field(number: int, payload: bytes) -> bytes:
    """One length-delimited protobuf field."""
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
