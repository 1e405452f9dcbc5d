"""A sound server with no sound card: what is played into it is recorded, frame by frame, as a listener would hear it.

Used by the sound tests and by the end-to-end test of the whole program. `SoundLab` starts a private PulseAudio with a
null sink whose monitor is the listener's ear; ALSA's `default` is routed to it. Nothing of the user's sound is touched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 48_000
SINK = "ear"
Sound = npt.NDArray[np.float32]


def missing() -> str:
    """Why there can be no lab here; empty when there can."""
    absent = [n for n in ("pulseaudio", "parec", "pactl") if shutil.which(n) is None]
    if absent:
        return f"no sound server: {', '.join(absent)} not installed"
    plugins = ("/usr/lib*/alsa-lib", "/usr/lib/*/alsa-lib")
    if not any(list(Path("/").glob(p[1:] + "/libasound_module_pcm_pulse.so")) for p in plugins):
        return "ALSA cannot reach PulseAudio: libasound2-plugins is not installed"
    return ""


class SoundLab:
    """One private sound server. `env` is what a program needs to find it, and nothing else."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ear-"))
        self.folder.chmod(0o700)
        config = self.folder / "asound.conf"
        config.write_text("</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n")
        self._server: subprocess.Popen[bytes] | None = None
        self.env = {
            "PULSE_SERVER": f"unix:{self.folder / 'socket'}",
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_STATE_PATH": str(self.folder),
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "PULSE_SINK": SINK,
            "ALSA_CONFIG_PATH": str(config),
        }

    def full_env(self) -> dict[str, str]:
        """The environment of a program that is to play here."""
        return {**os.environ, **self.env}

    def start(self) -> None:
        """Start the server; returns when it answers."""
        # norewinds: else the monitor misses the first 20 ms of a stream that joins, which the sink itself plays.
        sink = f"module-null-sink sink_name={SINK} format=float32le rate={RATE} channels=2 norewinds=1"
        socket = f"module-native-protocol-unix socket={self.folder / 'socket'} auth-anonymous=1"
        args = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--high-priority=yes"]
        env = {k: v for k, v in self.full_env().items() if k not in ("PULSE_SERVER", "ALSA_CONFIG_PATH")}
        self._server = subprocess.Popen(
            [*args, "--log-level=error", f"--load={socket}", f"--load={sink}"],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # A desktop's sound server has real-time priority. Without it, on a machine whose cores are all taken, it is the
        # server that makes holes, and not what is tested.
        with contextlib.suppress(OSError, AttributeError):
            os.sched_setscheduler(self._server.pid, os.SCHED_RR, os.sched_param(3))
        deadline = time.monotonic() + 10
        while subprocess.run(["pactl", "info"], env=self.full_env(), capture_output=True, check=False).returncode:
            if time.monotonic() > deadline or self._server.poll() is not None:
                self.stop()
                raise RuntimeError("the sound server does not start")
            time.sleep(0.05)

    def suspend(self, on: bool) -> None:
        """Let the device stand still without a word, as one that is unplugged under a sound server, and go on again."""
        subprocess.run(["pactl", "suspend-sink", SINK, str(int(on))], env=self.full_env(), check=True)

    def stop(self) -> None:
        """End exactly this server; to a program that plays here its device goes away."""
        server, self._server = self._server, None
        if server is not None:
            server.terminate()
            try:
                server.wait(3)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def remove(self) -> None:
        """Stop, and leave no file."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def record(self) -> Recorder:
        """Start to listen."""
        return Recorder(self.full_env())


class Recorder:
    """What the sink plays, and when each frame was heard by the monotonic clock."""

    def __init__(self, env: dict[str, str]) -> None:
        command = ["parec", "--raw", "-d", f"{SINK}.monitor", "--format=float32le", f"--rate={RATE}", "--channels=2"]
        self._parec = subprocess.Popen(
            [*command, "--latency-msec=20"], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._data = bytearray()
        self.marks: list[tuple[float, int]] = []
        """(monotonic seconds, frames so far) of every piece that came."""
        self._first = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        if not self._first.wait(10):
            raise RuntimeError("the recorder hears nothing, not even silence")

    def _listen(self) -> None:
        assert self._parec.stdout is not None
        while data := os.read(self._parec.stdout.fileno(), 1 << 16):
            self._data += data
            self.marks.append((time.monotonic(), len(self._data) // 8))
            self._first.set()

    def so_far(self) -> Sound:
        """Everything heard until now, (n, 2)."""
        whole = bytes(self._data[: len(self._data) // 8 * 8])
        return np.frombuffer(whole, np.float32).reshape(-1, 2)

    def stop(self) -> Sound:
        """Stop listening. Returns everything heard, (n, 2)."""
        self._parec.terminate()
        self._thread.join(5)
        self._parec.wait(5)
        return self.so_far()

    def time_of(self, frame: float) -> float:
        """Monotonic time at which a frame was heard. A piece may come late but never early, so the earliest counts."""
        offset = min(t - n / RATE for t, n in self.marks)
        return offset + frame / RATE

    def frame_at(self, t: float) -> float:
        """The frame heard at a monotonic time."""
        return (t - self.time_of(0)) * RATE


@dataclass(frozen=True)
class Found:
    """Where a reference lies in a recording."""

    frame: float
    """Of the recording, where the reference's first frame is; parts of a frame are interpolated."""
    likeness: float
    """Normalised correlation there: 1 is the very same."""


def find(reference: Sound, recording: Sound, around: int, within: int = RATE // 10) -> Found:
    """The place within `around` ± `within` frames where `reference` (n, 2) fits best. Other sounds may lie over it.

    A matched filter for coloured noise: each frequency counts by how much the reference stands out of what else is
    there, so that a bell that rings on, or the phase before, does not draw the place to where it is softer.

    The surest reference is the mix as rendered from the cue's frame on. A cue alone is found as well, but under a
    background at full level a lone quiet one (a rest, the steady ring of a bowl) can be drawn tens of milliseconds away.
    """
    a = max(0, around - within)
    piece = recording[a : around + within + len(reference)].astype(np.float64)
    ref = reference.astype(np.float64)
    n = len(piece) - len(ref) + 1
    if n < 1:
        return Found(float("nan"), 0.0)
    size = 1 << (len(piece) + len(ref) - 1).bit_length()
    score = np.zeros(n)
    for c in range(2):
        heard, wanted = np.fft.rfft(piece[:, c], size), np.fft.rfft(ref[:, c], size)
        power = np.convolve(np.abs(heard) ** 2, np.ones(401) / 401, "same")
        score += np.fft.irfft(heard * np.conj(wanted) / (power + 1e-9 * power.max() + 1e-30), size)[:n]
    best = int(np.argmax(score))
    shift = 0.0
    if 0 < best < n - 1:
        left, mid, right = score[best - 1 : best + 2]
        if (curve := left - 2 * mid + right) < 0:
            shift = 0.5 * (left - right) / curve
    there = piece[best : best + len(ref)]
    likeness = float((there * ref).sum() / np.sqrt(max(float((there**2).sum() * (ref**2).sum()), 1e-24)))
    return Found(a + best + float(np.clip(shift, -0.5, 0.5)), likeness)


def holes(recording: Sound, first: int, last: int, least_ms: float = 3.0) -> list[tuple[int, int]]:
    """Stretches of exact silence of at least `least_ms` between two frames: where something should have sounded."""
    quiet = ~np.any(np.abs(recording[first:last]) > 1e-7, axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(np.int8), [0]))))
    least = least_ms * RATE / 1000
    return [(first + int(a), first + int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]
