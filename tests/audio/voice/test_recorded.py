"""Recordings: every usual kind is heard alike, trimmed and level; what cannot be read says so in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from mindful.audio.units import FRAMES_PER_MS, RATE
from mindful.audio.voice import delivery, loudness
from mindful.audio.voice import recorded as module
from mindful.audio.voice.choose import open_narrator
from mindful.audio.voice.lengths import known
from mindful.audio.voice.recorded import recorded
from mindful.audio.wavefile import Resampler, SoundFileError, load, mono, resample, stereo
from mindful.timeline.speech import Line
from tests.making import script

SPEECH_S = 3.0


def speech(rate: int, level: float = 0.2) -> np.ndarray:
    """A second of silence, three of something like speech, two of silence, with a little noise of the room."""
    t = np.arange(round(SPEECH_S * rate)) / rate
    voiced = level * np.sin(2 * np.pi * 180 * t) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * t))
    quiet = (np.zeros(rate), voiced, np.zeros(2 * rate))
    x = np.concatenate(quiet)
    return x + np.random.default_rng(0).normal(0, 1e-4, len(x))


KINDS = [
    ("a.wav", 44_100, 1, "PCM_16"),
    ("b.wav", 8000, 1, "PCM_U8"),
    ("c.wav", 192_000, 2, "PCM_24"),
    ("d.wav", 48_000, 6, "FLOAT"),
    ("e.flac", 44_100, 2, "PCM_16"),
    ("f.ogg", 44_100, 1, "VORBIS"),
    ("g.ogg", 48_000, 1, "OPUS"),
    ("h.mp3", 44_100, 2, "MPEG_LAYER_III"),
    ("i.aiff", 22_050, 1, "PCM_16"),
]


@pytest.mark.parametrize(("name", "rate", "channels", "subtype"), KINDS)
def test_each_kind_is_heard_alike(tmp_path: Path, name: str, rate: int, channels: int, subtype: str) -> None:
    x = speech(rate)
    soundfile.write(tmp_path / name, np.repeat(x[:, None], channels, axis=1), rate, subtype=subtype)
    said = recorded(tmp_path / name)
    assert said.sound.dtype == np.float32 and said.sound.ndim == 1 and len(said.sound) == said.ms * FRAMES_PER_MS
    if subtype != "PCM_U8":  # its steps are louder than -45 dB: there is no silence to be taken off
        assert abs(said.ms - SPEECH_S * 1000) < 150  # what is kept before and after, and a codec's own blur
    assert loudness.lufs(said.sound, RATE) == pytest.approx(delivery.VOICE_LUFS, abs=0.5)
    assert np.abs(said.sound).max() <= delivery.PEAK + 1e-6
    assert load(tmp_path / name).shape[1] == 2


def test_a_file_is_read_by_what_it_is_and_not_by_its_name(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", speech(44_100), 44_100)
    (tmp_path / "a.wav").rename(tmp_path / "a.mp3")
    assert abs(recorded(tmp_path / "a.mp3").ms - 3000) < 100


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("gone.wav", None, "no such file"),
        ("empty.wav", b"", "empty"),
        ("text.wav", b"Dear client, the recording follows.", "not a sound file"),
        ("phone.m4a", b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00" + bytes(200), "save it as wav"),
        ("head.wav", b"RIFF\xff\xff\xff\xffWAVEfmt ", "not a sound file"),
        ("noise.mp3", bytes(range(256)) * 40, "not a sound file"),
    ],
)
def test_a_file_that_is_no_sound_says_so_in_words(tmp_path: Path, name: str, content: bytes | None, why: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SoundFileError, match=rf"^{name}: .*{why}"):
        recorded(tmp_path / name)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_a_file_that_is_cut_off_is_played_as_far_as_it_goes_or_refused(tmp_path: Path, name: str) -> None:
    soundfile.write(tmp_path / name, speech(44_100), 44_100)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    try:
        assert 0 < recorded(tmp_path / name).ms < 3100
    except SoundFileError as e:
        assert "damaged" in str(e)


def test_silence_and_an_endless_file_are_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silent.wav", np.zeros(8000), 8000)
    with pytest.raises(SoundFileError, match="silent"):
        recorded(tmp_path / "silent.wav")
    soundfile.write(tmp_path / "none.wav", np.zeros(0), 8000)
    with pytest.raises(SoundFileError, match="no sound"):
        recorded(tmp_path / "none.wav")
    soundfile.write(tmp_path / "long.wav", np.zeros(8000 * 3 * 3600, np.int16), 8000, subtype="PCM_U8")
    with pytest.raises(SoundFileError, match="longer than an hour"):
        recorded(tmp_path / "long.wav")
    with pytest.raises(SoundFileError, match="longer than ten minutes"):
        load(tmp_path / "long.wav")


def test_a_long_recording_lies_in_a_file_and_sounds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soundfile.write(tmp_path / "a.flac", speech(44_100), 44_100)
    here = recorded(tmp_path / "a.flac")
    monkeypatch.setattr(module, "IN_MEMORY_S", 1)
    there = recorded(tmp_path / "a.flac", tmp_path)
    assert isinstance(there.sound, np.memmap) and not isinstance(here.sound, np.memmap)
    n = min(len(here.sound), len(there.sound))
    np.testing.assert_allclose(here.sound[:n], there.sound[:n], atol=1e-6)
    assert abs(len(here.sound) - len(there.sound)) <= FRAMES_PER_MS


@pytest.mark.parametrize("rate", [8000, 11_025, 44_100, 47_999, 192_000])
def test_resampling_in_stretches_has_no_seams(rate: int) -> None:
    t = np.arange(round(rate * 7.3)) / rate
    x = (0.5 * np.sin(2 * np.pi * 997 * t)).astype(np.float32)[:, None]
    through = Resampler(rate, 1)
    parts = [through.feed(x[i : i + 12_345]) for i in range(0, len(x), 12_345)]
    out = np.concatenate([*parts, through.flush()])[:, 0]
    assert len(out) == round(len(x) * RATE / rate)
    want = 0.5 * np.sin(2 * np.pi * 997 * np.arange(len(out)) / RATE)
    np.testing.assert_allclose(out[4800:-4800], want[4800:-4800], atol=2e-4)
    np.testing.assert_allclose(resample(x, rate)[4800:-4800, 0], want[4800:-4800], atol=2e-3)


def test_channels_are_folded_without_the_low_one() -> None:
    six = np.zeros((4, 6), np.float32)
    six[:, 3] = 1
    assert not stereo(six).any() and not mono(six).any()
    six[:] = 1
    assert stereo(six) == pytest.approx(np.ones((4, 2))) and mono(six) == pytest.approx(np.ones(4))
    assert stereo(np.ones((4, 5), np.float32)).shape == (4, 2)


def test_without_soundfile_the_bells_still_ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    from mindful.audio import bells

    usual = load(bells.folder() / "bowl.wav")
    monkeypatch.setitem(sys.modules, "soundfile", None)
    np.testing.assert_allclose(load(bells.folder() / "bowl.wav"), usual, atol=1e-6)
    (tmp_path / "a.flac").write_bytes(b"fLaC")
    with pytest.raises(SoundFileError, match="only WAV"):
        load(tmp_path / "a.flac")


def test_a_scripts_recording_is_found_beside_it_and_its_length_is_known_afterwards(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "hello.flac", speech(44_100), 44_100)
    (tmp_path.parent / "outside.flac").write_bytes((tmp_path / "hello.flac").read_bytes())
    made = script({"say": {"text": "Hello.", "audio": "hello.flac"}})
    line, gone = Line("Hello.", audio="hello.flac"), Line("", audio="../outside.flac")
    narrator = open_narrator(made, cache=tmp_path / "cache", base=tmp_path, voice="tone", threaded=False)
    assert list(narrator.say_all([line, gone])) == [gone]
    assert narrator.notices() == [
        "A recording could not be read (outside.flac: this path leaves the script's folder); the words are shown."
    ]
    speech_now = known(made, tmp_path / "cache", base=tmp_path)
    assert speech_now.length(line) == narrator.length(line) and narrator.length(line).ms > 2900
