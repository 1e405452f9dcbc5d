"""Every sink, against the one contract; with devices that are made up, so that none is needed."""

from __future__ import annotations

import mmap
import os
import sys
import textwrap
import time
import types
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from mindful.audio.sinks import host
from mindful.audio.sinks.base import Ring, Sink, SinkError
from mindful.audio.sinks.file import FADE, FileSink
from mindful.audio.sinks.miniaudio import PERIOD_MS, SILENT_S, MiniaudioSink
from mindful.audio.sinks.null import NullSink
from mindful.audio.sinks.simpleaudio import GUARD, SAFE, SimpleaudioSink
from mindful.audio.units import RATE, Block
from tests.audio.made import HandClock

PERIOD = PERIOD_MS * RATE // 1000


class Monotonic:
    def now(self) -> float:
        return time.monotonic()


def ramp(first: int, n: int) -> Block:
    """Frames that carry their own number."""
    return np.repeat(((np.arange(first, first + n) % 9973) / 10_000).astype(np.float32)[:, None], 2, axis=1)


def until(ready: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something another process or thread does, and fail when it does not."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


# The ring.


def test_a_ring_gives_back_what_was_written_round_and_round() -> None:
    ring = Ring()
    for first in range(0, 3 * Ring.SIZE, 30_000):
        assert ring.write(first, ramp(first, 30_000))
        np.testing.assert_array_equal(ring.read(30_000), ramp(first, 30_000))
    assert ring.dry == 0


def test_a_ring_takes_a_second_writing_and_refuses_what_was_read_or_is_too_far() -> None:
    ring = Ring()
    ring.write(0, ramp(0, 1000))
    assert ring.write(500, ramp(7000, 500))
    ring.read(400)
    assert not ring.write(399, ramp(0, 10))
    assert not ring.write(400 + Ring.SIZE - 5, ramp(0, 10))
    np.testing.assert_array_equal(ring.read(600), np.concatenate((ramp(400, 100), ramp(7000, 500))))


def test_a_ring_that_runs_dry_gives_silence_and_counts() -> None:
    ring = Ring()
    assert not ring.read(100).any() and ring.dry == 0
    ring.write(100, ramp(1, 50))
    assert not ring.read(100)[50:].any()
    assert ring.dry == 1


def test_a_ring_fades_what_comes_next() -> None:
    ring = Ring()
    ring.write(0, np.ones((5000, 2), np.float32))
    ring.fade(1000)
    x = ring.read(5000)[:, 0]
    assert x[0] == 1.0 and (np.diff(x[:1000]) < 0).all() and not x[1000:].any()


# simpleaudio, with a made-up module of that name in the child.

FAKE = """
    import sys, threading, time
    class SimpleaudioError(Exception): pass
    class Playing:
        def __init__(self): self.end = time.monotonic() + {lasts}
        def is_playing(self): return time.monotonic() < self.end
    def play_buffer(memory, channels, width, rate):
        assert (channels, width, rate) == (2, 2, 48000)
        {on_play}
        return Playing()
"""


@pytest.fixture
def fake_simpleaudio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def put(on_play: str = "pass", lasts: float = 60) -> None:
        (tmp_path / "simpleaudio.py").write_text(textwrap.dedent(FAKE).format(on_play=on_play, lasts=lasts))
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return put


def sa_open(clock: object | None = None) -> SimpleaudioSink:
    sink = SimpleaudioSink(clock or Monotonic())  # type: ignore[arg-type]
    sink.open()
    return sink


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_simpleaudio_plays_shared_memory_from_a_child(fake_simpleaudio: Callable[..., None], tmp_path: Path) -> None:
    """What the parent writes after the start is what the child's player reads."""
    spill = tmp_path / "heard"
    watch = (
        f"threading.Thread(target=lambda: (time.sleep(0.7), open({str(spill)!r}, 'wb')"
        ".write(bytes(memory[4 * 30000:4 * 30010]))), daemon=True).start()"
    )
    fake_simpleaudio(watch)
    sink = sa_open()
    assert sink.write(30_000, ramp(30_000, 10))
    until(lambda: spill.exists() and spill.stat().st_size == 40)
    want = np.rint(ramp(30_000, 10) * 32767).astype("<i2").tobytes()
    assert spill.read_bytes() == want
    sink.close()


def test_simpleaudio_tells_time_from_the_start_of_its_stream(fake_simpleaudio: Callable[..., None]) -> None:
    fake_simpleaudio()
    clock = HandClock(5000.0)  # another clock than the child's
    sink = sa_open(clock)
    assert sink.heard(clock.t) == pytest.approx(0, abs=RATE / 2)
    at = sink.heard(clock.t)
    assert sink.heard(clock.t + 2) - at == pytest.approx(2 * RATE, abs=1)
    assert sink.edge(clock.t) == pytest.approx(at + GUARD, abs=1)
    assert sink.write(int(at + GUARD), ramp(0, 100))
    assert not sink.write(int(at + SAFE) - 10, ramp(0, 100))
    assert sink.limit > 3 * 3600 * RATE
    sink.close()
    assert not sink.write(10**6, ramp(0, 10))


def test_simpleaudio_counts_what_alsa_says_about_holes(fake_simpleaudio: Callable[..., None], capfd) -> None:
    fake_simpleaudio("print('ALSA lib pcm.c:8675:(snd_pcm_recover) underrun occurred', file=sys.stderr, flush=True)")
    sink = sa_open()
    until(lambda: sink.underruns == 1)
    assert "underrun" in sink.log[-1]
    sink.close()
    assert capfd.readouterr().err == ""  # nothing scribbles on the screen


def test_simpleaudio_without_a_device_says_why(fake_simpleaudio: Callable[..., None]) -> None:
    fake_simpleaudio("raise SimpleaudioError('Error opening PCM device. -- CODE: -2')")
    with pytest.raises(SinkError, match=r"no sound device \(-- CODE: -2\)"):
        sa_open()


def test_simpleaudio_that_cannot_be_imported_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "simpleaudio.py").write_text("raise ImportError('built for another Python')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(SinkError, match="another Python"):
        sa_open()
    with pytest.raises(SinkError, match="could not be started"):
        SimpleaudioSink(Monotonic(), python=str(tmp_path / "no-python")).open()


@pytest.mark.parametrize("crash", ["import os; os._exit(9)", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"])
def test_a_child_that_crashes_takes_nobody_along(fake_simpleaudio: Callable[..., None], crash: str) -> None:
    later = f"threading.Timer(0.3, lambda: exec({crash!r})).start()"
    fake_simpleaudio(later)
    sink = sa_open()
    assert sink.alive(time.monotonic())
    until(lambda: not sink.alive(time.monotonic()))
    sink.close()


def test_a_playback_that_ends_is_a_device_lost(fake_simpleaudio: Callable[..., None]) -> None:
    fake_simpleaudio(lasts=0.2)
    sink = sa_open()
    until(lambda: not sink.alive(time.monotonic()))
    sink.close()


def test_closing_is_quick_and_leaves_no_process(fake_simpleaudio: Callable[..., None]) -> None:
    fake_simpleaudio()
    sink = sa_open()
    child = sink._child
    assert child is not None
    begin = time.monotonic()
    sink.close()
    sink.close()
    assert time.monotonic() - begin < 0.2
    until(lambda: gone(child.pid), 5)
    assert child.returncode == 0


def test_the_past_is_given_back(fake_simpleaudio: Callable[..., None]) -> None:
    if not hasattr(__import__("mmap"), "MADV_REMOVE"):
        pytest.skip("this system cannot give shared memory back")
    fake_simpleaudio()
    clock = HandClock(1000.0)
    sink = sa_open(clock)
    for second in range(0, 120, 2):
        clock.t = 1000.0 + second
        frame = sink.edge(clock.t) + RATE
        assert sink.write(frame, np.full((2 * RATE, 2), 0.1, np.float32))
    assert sink._file is not None
    kept = os.fstat(sink._file).st_blocks * 512
    assert kept < 12 * 4 * RATE * 2  # seconds, not minutes
    sink.close()


def test_the_child_fades_what_is_about_to_be_heard() -> None:
    import mmap

    memory = mmap.mmap(-1, 4 * RATE * 5)
    view = np.frombuffer(memory, "<i2").reshape(-1, 2)
    view[:] = 10_000  # type: ignore[misc]
    host.fade(memory, RATE)
    assert (view[:RATE] == 10_000).all()
    falling = view[RATE : RATE + host.FADE, 0].astype(int)
    assert (np.diff(falling) <= 0).all() and falling[0] == 10_000 and falling[-1] < 20
    assert not view[RATE + host.FADE : 4 * RATE].any()
    host.fade(memory, 5 * RATE - 10)  # near the end: nothing breaks
    del view
    memory.close()


# miniaudio, with a made-up module.


class FakeDevice:
    made: list[FakeDevice] = []

    def __init__(self, fmt: object, channels: int, rate: int, period_ms: int, backends: object, app_name: str) -> None:
        assert (channels, rate, period_ms) == (2, RATE, PERIOD_MS)
        self.backend, self.feed, self.closed = "made up", None, 0
        FakeDevice.made.append(self)

    def start(self, feed: Iterator[Block]) -> None:
        self.feed = feed
        self.ask()

    def ask(self) -> Block:
        return self.feed.send(PERIOD)  # type: ignore[union-attr]

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def fake_miniaudio(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    names = ("COREAUDIO", "WASAPI", "DSOUND", "WINMM", "PULSEAUDIO", "ALSA", "JACK", "OSS", "SNDIO", "AUDIO4", "NULL")
    module = types.SimpleNamespace(
        PlaybackDevice=FakeDevice,
        SampleFormat=types.SimpleNamespace(FLOAT32=5),
        Backend=types.SimpleNamespace(**{n: n for n in names}),
    )
    monkeypatch.setitem(sys.modules, "miniaudio", module)
    FakeDevice.made.clear()
    return module


def ma_open(clock: HandClock) -> tuple[MiniaudioSink, FakeDevice]:
    sink = MiniaudioSink(clock)
    sink.open()
    return sink, FakeDevice.made[-1]


def test_miniaudio_hands_over_what_was_written(fake_miniaudio: types.SimpleNamespace) -> None:
    clock = HandClock()
    sink, device = ma_open(clock)
    assert sink.backend == "made up"
    edge = sink.edge(clock.t)
    assert edge > PERIOD
    assert sink.write(edge, ramp(edge, 2 * PERIOD))
    clock.t += 0.2
    got = device.ask()
    np.testing.assert_array_equal(got[edge - PERIOD :], ramp(edge, 2 * PERIOD - edge))
    assert not sink.write(edge, ramp(edge, 10))  # it has been taken


def test_miniaudio_tells_time_by_what_the_device_takes(fake_miniaudio: types.SimpleNamespace) -> None:
    clock = HandClock()
    sink, device = ma_open(clock)
    device.ask()
    device.ask()
    for _ in range(40):
        clock.t += 0.2
        device.ask()
    assert sink.heard(clock.t) == pytest.approx(40 * PERIOD, abs=2)
    assert sink.heard(clock.t + 0.1) == pytest.approx(40.5 * PERIOD, abs=2)


def test_miniaudio_that_falls_silent_is_lost(fake_miniaudio: types.SimpleNamespace) -> None:
    clock = HandClock()
    sink, device = ma_open(clock)
    clock.t += SILENT_S / 2
    assert sink.alive(clock.t)
    clock.t += SILENT_S
    assert not sink.alive(clock.t)
    sink.close()
    until(lambda: device.closed == 1)
    sink.close()
    assert device.closed == 1


def test_miniaudio_counts_a_request_that_comes_too_late(fake_miniaudio: types.SimpleNamespace) -> None:
    clock = HandClock()
    sink, device = ma_open(clock)
    clock.t += 0.2
    device.ask()
    assert sink.underruns == 0
    clock.t += 1.2
    device.ask()
    assert sink.underruns == 1


def test_miniaudio_never_asks_for_the_null_backend(fake_miniaudio: types.SimpleNamespace, monkeypatch) -> None:
    from mindful.audio.sinks.miniaudio import _backends

    for system in ("linux", "darwin", "win32", "freebsd14"):
        monkeypatch.setattr(sys, "platform", system)
        assert _backends(fake_miniaudio) and "NULL" not in _backends(fake_miniaudio)


def test_miniaudio_without_a_device_says_so(fake_miniaudio: types.SimpleNamespace, monkeypatch) -> None:
    def none(*a: object, **k: object) -> None:
        raise RuntimeError("failed to init device")

    fake_miniaudio.PlaybackDevice = none
    with pytest.raises(SinkError, match="found no sound device"):
        MiniaudioSink(HandClock()).open()
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(SinkError, match="not installed"):
        MiniaudioSink(HandClock()).open()


# Silence, and a file.


def test_null_is_real_time(tmp_path: Path) -> None:
    clock = HandClock()
    sink = NullSink(clock)
    sink.open()
    clock.t += 3
    assert sink.heard(clock.t) == pytest.approx(3 * RATE)
    assert not sink.wants_frames and sink.clock == "monotonic" and sink.alive(clock.t)


def read(path: Path) -> np.ndarray:
    with wave.open(str(path)) as f:
        assert (f.getnchannels(), f.getsampwidth(), f.getframerate()) == (2, 2, RATE)
        return np.frombuffer(f.readframes(f.getnframes()), "<i2").reshape(-1, 2)


def test_a_file_holds_what_would_have_been_heard(tmp_path: Path) -> None:
    clock = HandClock()
    sink = FileSink(tmp_path / "a.wav", clock)
    sink.open()
    assert sink.write(0, ramp(0, 2 * RATE))
    clock.t += 1
    assert sink.alive(clock.t)
    assert not sink.write(RATE - 10, ramp(0, 100))  # that has been heard
    assert sink.write(RATE + 4800, np.zeros((RATE, 2), np.float32))  # changed in time
    clock.t += 0.5
    sink.close()
    sink.close()
    x = read(tmp_path / "a.wav")
    assert len(x) == 1.5 * RATE + FADE
    want = np.rint(ramp(0, RATE + 4800) * 32767)
    np.testing.assert_array_equal(x[: RATE + 4800], want)
    assert not x[RATE + 4800 :].any()


def test_a_file_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "no" / "a.wav", HandClock())
    with pytest.raises(SinkError, match=r"a\.wav cannot be written: No such file"):
        sink.open()
    assert not sink.alive(200.0)


def test_a_full_disk_ends_the_file_and_not_the_session(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no full disk to try")
    clock = HandClock()
    sink = FileSink(Path("/dev/full"), clock)
    try:
        sink.open()
    except SinkError:
        return
    clock.t += 5
    sink.alive(clock.t)
    clock.t += 1
    assert not sink.alive(clock.t)
    sink.close()


# The one contract.


@pytest.fixture(params=["null", "file", "miniaudio", "simpleaudio"])
def any_sink(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    fake_miniaudio: types.SimpleNamespace,
    fake_simpleaudio: Callable[..., None],
) -> Iterator[tuple[Sink, HandClock]]:
    fake_simpleaudio()
    clock = HandClock()
    make: dict[str, Callable[[], Sink]] = {
        "null": lambda: NullSink(clock),
        "file": lambda: FileSink(tmp_path / "a.wav", clock),
        "miniaudio": lambda: MiniaudioSink(clock),
        "simpleaudio": lambda: SimpleaudioSink(clock),
    }
    sink = make[request.param]()
    sink.open()
    yield sink, clock
    sink.close()


def test_the_contract(any_sink: tuple[Sink, HandClock]) -> None:
    sink, clock = any_sink
    assert sink.name and sink.clock in ("audio", "monotonic")
    assert sink.underruns == 0
    assert sink.limit > 3 * 3600 * RATE
    assert sink.alive(clock.t)
    first = sink.heard(clock.t)
    assert 0 <= first < RATE
    assert sink.edge(clock.t) > first
    clock.t += 0.1
    assert 0 < sink.heard(clock.t) - first < 0.2 * RATE
    edge = sink.edge(clock.t)
    assert sink.write(edge, ramp(0, 4096))
    assert sink.write(edge + 100, ramp(0, 4096))
    assert sink.write(edge + 2 * RATE, ramp(0, 4096))
    sink.close()
    sink.close()


@pytest.mark.skipif(not Path("/proc/self/pagemap").exists(), reason="only Linux tells which memory has been read")
def test_the_child_sees_how_far_its_memory_has_been_read() -> None:
    file = os.memfd_create("mindful-test")
    try:
        os.ftruncate(file, 64 * host.STRETCH)
        with mmap.mmap(file, 64 * host.STRETCH) as parent:
            parent[:] = b"\x01" * len(parent)  # written ahead by somebody else, as the parent does
            memory = mmap.mmap(file, 64 * host.STRETCH)
            touched = host.Touched(memory)
            assert not touched.look() and touched.frame == 0
            for k in range(5):
                assert memory[k * host.STRETCH] == memory[k * host.STRETCH + 40_000] == 1
                assert touched.look() and not touched.look()
                at = k * host.STRETCH + 40_000
                assert at - 2 * host.STRETCH < 4 * touched.frame <= at
            for k in range(5, 40):
                assert memory[k * host.STRETCH] == 1
            assert not touched.look()  # so much at once is not a device that plays
            assert memory[45 * host.STRETCH] == 1
            assert not touched.look()
    finally:
        os.close(file)
