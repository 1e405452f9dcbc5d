"""What a listener hears: sessions played through a real sound server and recorded, frame against frame."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from mindful.audio import bells, breath_tone
from mindful.audio.choose import _installed, available, open_speaker
from mindful.audio.mixer import Mixer
from mindful.audio.transport import BACK, LOST, NO_DEVICE, Transport
from mindful.audio.units import FRAMES_PER_MS, RATE, Block
from mindful.timeline.model import BellCue, PhaseCue, Timeline
from tests import soundlab
from tests.audio.made import bell, breaths, layer, segment, timeline

pytestmark = pytest.mark.sound

FIVE = (
    ("inhale", 1500, 0.0, 0.8),
    ("top_up", 700, 0.8, 1.0),
    ("hold", 1000, 1.0, 1.0),
    ("exhale", 1900, 1.0, 0.0),
    ("rest", 800, 0.0, 0.0),
)
SESSION = timeline(
    segment(
        layer(0, "rain", -12, 500), bell(0), *breaths(2, FIVE, 200), bell(5030, "chime"), bell(9007, "wood"), ms=12_000
    )
)
LONG = timeline(segment(layer(0, "pink-noise", fade_ms=100), bell(0), *breaths(20), ms=120_000))


class Monotonic:
    def now(self) -> float:
        return time.monotonic()


@pytest.fixture(scope="module")
def lab() -> Iterator[soundlab.SoundLab]:
    if why := soundlab.missing():
        pytest.skip(why)
    made = soundlab.SoundLab()
    before = dict(os.environ)
    os.environ.update(made.env)
    made.start()
    yield made
    made.remove()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(params=["simpleaudio", "miniaudio"])
def sink(request: pytest.FixtureRequest) -> str:
    if not _installed(request.param):
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


def watch(speaker: Transport, seconds: float) -> list[tuple[float, float]]:
    """(time, position) as a screen would ask for it, for so long."""
    seen, end = [], time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        seen.append((now, speaker.position(now)))
        time.sleep(0.02)
    return seen


def position_of(session_frame: int, recording: Block, mixer: Mixer, session: Timeline, around: int, within: int) -> int:
    """Where half a second of the session stands in the recording; it must be there to the last bit of 16."""
    want = mixer.render(session, session_frame, RATE // 2)
    found = soundlab.find(want, recording, around, within)
    at = round(found.frame)
    assert found.likeness > 0.9999
    assert np.abs(recording[at : at + len(want)] - want).max() < 1.1 / 32768
    return at


def test_every_bell_and_every_phase_is_heard_at_its_time(lab: soundlab.SoundLab, sink: str) -> None:
    recorder = lab.record()
    speaker = open_speaker(sink, clock=Monotonic())
    asked = time.monotonic()
    speaker.start(SESSION)
    seen = watch(speaker, 13.5)
    assert (speaker.sink, speaker.clock, speaker.underruns) == (sink, "audio", 0)
    speaker.close()
    x = recorder.stop()

    first = int(np.flatnonzero(np.abs(x).max(axis=1) > 0)[0])
    zero = position_of(RATE, x, Mixer(), SESSION, first + RATE + 1440, RATE) - RATE
    errors = []
    for at_ms, cue in SESSION.cues_between(0, 12_000):
        at = zero + at_ms * FRAMES_PER_MS
        if isinstance(cue, BellCue):
            mono = bells.stroke(cue.sound)[: RATE // 2]
            reference = np.stack((mono, mono), axis=1)
        elif isinstance(cue, PhaseCue):
            reference = breath_tone.render(cue, 0, min(RATE, cue.length_ms * FRAMES_PER_MS))
        else:
            continue
        found = soundlab.find(reference, x, at, RATE // 20)
        errors.append((found.frame - at) / FRAMES_PER_MS)
    assert len(errors) == 13
    assert max(errors) - min(errors) < 1.0, errors
    # Not only the cues: all of it, to the last bit of 16.
    whole = Mixer().render(SESSION, 0, 12 * RATE)
    assert np.abs(x[zero : zero + 12 * RATE] - whole).max() < 1.1 / 32768
    assert soundlab.holes(x, zero + 10, zero + 12 * RATE) == []
    # The position is what is heard, and sound comes soon.
    late = [p - (recorder.frame_at(t) - zero) / FRAMES_PER_MS for t, p in seen if 2000 < p < 11_000]
    assert np.percentile(np.abs(late), 95) < 40
    assert recorder.time_of(zero) - asked < 2.0


def test_pause_resume_and_seek_give_the_very_frames(lab: soundlab.SoundLab, sink: str) -> None:
    recorder = lab.record()
    speaker, mixer = open_speaker(sink, clock=Monotonic()), Mixer()
    speaker.start(LONG, 3000)
    seen = watch(speaker, 2.0)
    speaker.pause()
    seen += watch(speaker, 1.0)
    held = round(speaker.position(time.monotonic()) * FRAMES_PER_MS)
    resumed = time.monotonic()
    speaker.resume()
    seen += watch(speaker, 1.5)
    assert all(b[1] >= a[1] for a, b in pairwise(seen))
    sought = time.monotonic()
    speaker.seek(60_000)
    watch(speaker, 1.5)
    speaker.close()
    x = recorder.stop()

    again = position_of(held, x, mixer, LONG, round(recorder.frame_at(resumed + 0.25)), RATE // 4)
    assert not x[again - RATE // 4 : again - 1500].any()  # it was silent, up to the fade
    there = position_of(60_000 * FRAMES_PER_MS, x, mixer, LONG, round(recorder.frame_at(sought + 0.25)), RATE // 4)
    assert recorder.time_of(there) - sought < 0.5
    assert len(soundlab.holes(x, again, there + RATE)) == 0
    steepest = np.abs(np.diff(mixer.render(LONG, 0, 10 * RATE), axis=0)).max()
    assert np.abs(np.diff(x, axis=0)).max() < 1.3 * steepest


def test_a_server_that_dies_is_survived_and_heard_again_when_it_is_back(sink: str) -> None:
    if why := soundlab.missing():
        pytest.skip(why)
    lab, before = soundlab.SoundLab(), dict(os.environ)
    os.environ.update(lab.env)
    try:
        lab.start()
        speaker = open_speaker(sink, clock=Monotonic())
        speaker.start(LONG)
        seen = watch(speaker, 1.5)
        assert seen[-1][1] > 300 and speaker.clock == "audio"
        lab.stop()
        seen += watch(speaker, 2.0)
        assert speaker.notices() == [LOST]
        assert (speaker.sink, speaker.clock) == ("null", "monotonic")
        lab.start()
        recorder = lab.record()
        seen += watch(speaker, 3.5)
        assert speaker.notices() == [BACK]
        assert speaker.clock == "audio"
        # No jump and no stand: the session's time went on as if nothing had happened.
        steps = [(b[1] - a[1]) - (b[0] - a[0]) * 1000 for a, b in pairwise(seen) if a[1] > 100]
        assert min(b[1] - a[1] for a, b in pairwise(seen)) >= 0
        assert max(map(abs, steps)) < 250
        total = (seen[-1][1] - seen[40][1]) - (seen[-1][0] - seen[40][0]) * 1000
        assert abs(total) < 250
        speaker.close()
        assert np.abs(recorder.stop()).max() > 0.05
    finally:
        lab.remove()
        os.environ.clear()
        os.environ.update(before)


def test_a_suspended_device_is_noticed_and_the_session_goes_on(sink: str) -> None:
    if why := soundlab.missing():
        pytest.skip(why)
    lab, before = soundlab.SoundLab(), dict(os.environ)
    os.environ.update(lab.env)
    try:
        lab.start()
        speaker = open_speaker(sink, clock=Monotonic())
        speaker.start(LONG)
        watch(speaker, 4.0)
        assert speaker.clock == "audio"
        lab.suspend(True)
        at = speaker.position(time.monotonic())
        seen = watch(speaker, 3.0)
        assert speaker.clock == "monotonic" and LOST in speaker.notices()
        # The time stands with the sound for about a second, and then goes on from there.
        stood = 3000 - (seen[-1][1] - at)
        assert -100 < stood < 1800
        assert min(b[1] - a[1] for a, b in pairwise(seen)) >= 0
        lab.suspend(False)
        recorder = lab.record()
        seen = watch(speaker, 8.0)
        assert speaker.clock == "audio" and BACK in speaker.notices()
        speaker.close()
        assert np.abs(recorder.stop()).max() > 0.05
    finally:
        lab.remove()
        os.environ.clear()
        os.environ.update(before)


def test_no_device_at_all_plays_on_and_says_so_once(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    config = tmp_path / "asound.conf"
    config.write_text("")
    for name, value in {
        "PULSE_SERVER": f"unix:{tmp_path / 'nobody'}",
        "ALSA_CONFIG_PATH": str(config),
        "JACK_NO_START_SERVER": "1",
    }.items():
        monkeypatch.setenv(name, value)
    speaker = open_speaker("auto", clock=Monotonic())
    begin = time.monotonic()
    speaker.start(LONG, 5000)
    assert time.monotonic() - begin < 0.1
    told, seen = [], []
    while not told and time.monotonic() - begin < 3.5:
        seen += watch(speaker, 0.1)
        told = speaker.notices()
    assert told == [NO_DEVICE]
    assert (speaker.sink, speaker.clock) == ("null", "monotonic")
    later = watch(speaker, 0.5)
    assert later[-1][1] - later[0][1] == pytest.approx((later[-1][0] - later[0][0]) * 1000, abs=5)
    assert speaker.notices() == []
    assert speaker.chosen.startswith("no sound device; ")
    begin = time.monotonic()
    speaker.close()
    assert time.monotonic() - begin < 1.2


def test_doctor_looks_without_a_sound(lab: soundlab.SoundLab) -> None:
    recorder = lab.record()
    found = {i.name: i for i in available()}
    time.sleep(0.3)  # what was played, if anything, has reached the recorder
    assert not recorder.stop().any()
    for name in ("simpleaudio", "miniaudio"):
        if _installed(name):
            assert found[name].usable and found[name].provided_by.startswith(name)
