"""With a voice the plan has its lengths, the file its sound, and the tags say so."""

from __future__ import annotations

import io
from typing import Any

import mutagen
import numpy as np
import pytest
import soundfile

from mindful.audio.mixer import Mixer
from mindful.render import job as jobs
from mindful.render.formats import Format, of
from mindful.render.job import BLOCK, Job
from mindful.render.plan import PlanError, Policy
from mindful.render.tags import MADE, SYNTHETIC
from mindful.timeline.model import SayCue
from tests.making import script
from tests.render.conftest import Hum, Unspoken


def quiet(done: int, whole: int) -> None:
    """Nobody looks on."""


SCRIPT = script({"say": "Sit."}, {"say": "Rest now.", "pause": 1}, {"wait": {"text": "Go on.", "at_most": 2}})


def test_all_lines_are_said_once_and_the_plan_has_their_lengths() -> None:
    voice = Hum()
    found, failed = Job(SCRIPT, voice).plan(quiet)
    assert [[line.text for line in lines] for lines in voice.asked] == [["Sit.", "Rest now.", "Go on."]]
    cues = [c for p in found.timeline.placed for c in p.segment.cues if isinstance(c, SayCue)]
    assert [(c.length_ms, c.estimated) for c in cues] == [(400, False), (900, False), (600, False)]
    assert found.total_ms == 400 + 900 + 1000 + 600 + 2000
    assert failed == {}


def test_what_cannot_be_said_is_told_and_keeps_its_guess() -> None:
    made = Job(SCRIPT, Hum(mute=["Sit."]))
    found, failed = made.plan(quiet)
    assert list(failed.values()) == ["“Sit.” could not be said"]
    assert found.total_ms == 1000 + 900 + 1000 + 600 + 2000
    assert made.unheard(found) == 1


def test_the_tags_say_that_a_voice_is_synthetic_only_where_one_spoke() -> None:
    for voice, comment in ((Hum(), SYNTHETIC), (Unspoken(), MADE), (Hum(mute=["Sit.", "Rest now.", "Go on."]), MADE)):
        made = Job(SCRIPT, voice)
        assert made.tags(made.plan(quiet)[0], 9000).comment == comment


def test_a_recording_of_the_authors_is_no_synthetic_voice() -> None:
    made = Job(script({"say": {"text": "Sit.", "audio": "sit.wav"}}), Hum())
    assert made.tags(made.plan(quiet)[0], 9000).comment == MADE


def test_the_last_chapter_lasts_until_the_last_bell_has_rung_out() -> None:
    made = Job(script({"sit": 2, "label": "Quiet"}, {"bell": "bowl"}), Unspoken())
    found = made.plan(quiet)[0]
    assert found.total_ms == 2000
    assert [c.end_ms for c in made.tags(found, 15_000).chapters] == [15_000]
    file = io.BytesIO()
    made.sound(found, of(".mp3"), file, quiet)
    file.seek(0)
    read = mutagen.File(file)
    assert read.tags["CHAP:ch1"].end_time == pytest.approx(1000 * read.info.length, abs=2)
    assert read.info.length > 10


def test_the_file_is_what_the_mixer_gives_and_progress_is_told() -> None:
    made = Job(script({"bell": "wood"}, {"breathe": {"pattern": {"inhale": 1, "exhale": 1}, "cycles": 1}}), Unspoken())
    found, told, file = made.plan(quiet)[0], [], io.BytesIO()
    assert made.sound(found, of(".flac"), file, lambda done, whole: told.append((done, whole))) == []
    file.seek(0)
    sound, _ = soundfile.read(file, dtype="float32")
    mixer = Mixer()
    frames = mixer.end_frame(found.timeline)
    assert frames is not None
    assert sound.shape == (frames, 2)
    assert np.abs(sound - mixer.render(found.timeline, 0, frames)).max() < 2 / 32767
    assert told == [(min(frames, k), frames) for k in range(BLOCK, frames + BLOCK, BLOCK)]


def test_what_progress_raises_ends_the_work() -> None:
    def stop(done: int, whole: int) -> None:
        raise KeyboardInterrupt

    made = Job(script({"sit": "1 h"}, {"bell": "bowl"}), Unspoken())
    with pytest.raises(KeyboardInterrupt):
        made.sound(made.plan(quiet)[0], of(".wav"), io.BytesIO(), stop)


def test_nothing_to_hear_is_no_file() -> None:
    made = Job(script({"pause": 0}), Unspoken())
    with pytest.raises(PlanError, match="nothing to hear"):
        made.sound(made.plan(quiet)[0], of(".wav"), io.BytesIO(), quiet)


def test_a_background_that_cannot_be_read_is_told(tmp_path: Any) -> None:
    from mindful.script.load import load

    (tmp_path / "bad.wav").write_bytes(b"RIFF")
    path = tmp_path / "x.yaml"
    path.write_text("mindful: 1\ntitle: X\nsteps:\n  - sound: bad.wav\n  - pause: 1 s\n", encoding="utf-8")
    loaded = load(path).script
    assert loaded is not None
    made = Job(loaded, Unspoken())
    (problem,) = made.sound(made.plan(quiet)[0], of(".wav"), io.BytesIO(), quiet)
    assert "bad.wav" in problem


def test_texts_follow_the_policy_and_the_language() -> None:
    made = script({"wait": {"en": "Go on.", "de": "Weiter."}}, title={"en": "One", "de": "Eins"})
    job = Job(made, Unspoken(), Policy(open_ms=1000), language="de")
    found = job.plan(quiet)[0]
    assert job.text(found, Format("vtt")).startswith(
        "WEBVTT\nLanguage: de\n\nNOTE Eins\n\n00:00:00.000 --> 00:00:01.200\nWeiter."
    )
    assert "Weiter." in job.text(found, Format("srt"))
    assert job.text(found, Format("txt")).startswith("Eins\n====\n")


def test_blocks_are_whole_tiles_and_shorter_than_a_second() -> None:
    assert BLOCK % 4096 == 0
    assert BLOCK <= 48_000
    assert jobs.BLOCK == BLOCK
