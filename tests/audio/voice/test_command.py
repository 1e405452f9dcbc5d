"""A voice that is another program: what it is given, what it may answer, and that it never holds up a session."""

from __future__ import annotations

import shlex
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from mindful.audio.voice.choose import open_narrator
from mindful.audio.voice.command import Command
from mindful.audio.voice.engine import EngineError, EngineMissingError
from mindful.timeline.speech import Line
from tests.making import script

SAY = """
import sys, wave, struct
text = sys.stdin.read()
open(sys.argv[1], "w").write(text + "|" + " ".join(sys.argv[2:]))
out = sys.stdout.buffer
n = 1600 * len(text.split())
frames = b"".join(struct.pack("<h", 8000 if i // 40 % 2 else -8000) for i in range(n))
size = {size}
out.write(b"RIFF" + struct.pack("<I", min(size + 36, 0xffffffff)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 16000, 32000, 2, 16))
out.write(b"data" + struct.pack("<I", size) + frames)
"""


def program(tmp_path: Path, code: str, *arguments: str) -> str:
    (tmp_path / "say.py").write_text(code)
    return shlex.join([sys.executable, str(tmp_path / "say.py"), str(tmp_path / "got"), *arguments])


@pytest.mark.parametrize("size", ["len(frames)", "0xffffffff", "0x7ffff000"])
def test_text_goes_in_and_sound_comes_out(tmp_path: Path, size: str) -> None:
    """Programs that write to a pipe do not know the length beforehand."""
    voice = Command(program(tmp_path, SAY.replace("{size}", size), "--pace={pace}", "{stretch}"))
    clip = voice.speak('Rest; "now" $HOME `ls`', pace=0.8)
    assert clip.rate == 16_000 and len(clip.pcm) == 1600 * 4 and clip.pcm.dtype == np.float32
    assert (tmp_path / "got").read_text() == 'Rest; "now" $HOME `ls`\n|--pace=0.8 1.250'


@pytest.mark.parametrize(
    ("code", "why"),
    [("raise SystemExit(3)", "status 3"), ("print('no sound')", "no WAV"), ("", "no WAV")],
)
def test_a_program_that_fails_is_told_as_such(tmp_path: Path, code: str, why: str) -> None:
    with pytest.raises(EngineError, match=why):
        Command(program(tmp_path, code)).speak("Rest.")


def test_a_program_that_is_not_there_or_takes_too_long(tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError, match="no program"):
        Command("no-such-program-here --say").speak("Rest.")
    with pytest.raises(EngineError, match="took longer"):
        Command(program(tmp_path, "import time; time.sleep(60)"), timeout_s=0.2).speak("Rest.")
    for wrong in ("", "'open"):
        with pytest.raises(ValueError):
            Command(wrong)


def test_closing_ends_the_program_that_is_speaking(tmp_path: Path) -> None:
    code = "import sys, time\nopen(sys.argv[1], 'w').close()\ntime.sleep(60)"
    voice = Command(program(tmp_path, code))
    failed: list[Exception] = []

    def speak() -> None:
        try:
            voice.speak("Rest.")
        except EngineError as e:
            failed.append(e)

    thread = threading.Thread(target=speak)
    thread.start()
    while voice._running is None and thread.is_alive():
        thread.join(0.01)
    voice.close()
    thread.join(20)
    assert not thread.is_alive() and len(failed) == 1
    with pytest.raises(EngineError, match="closed"):
        voice.speak("Rest.")


def test_a_client_may_choose_it_in_any_language(tmp_path: Path) -> None:
    made = script({"say": "Atme ein."}, language="de")
    command = program(tmp_path, SAY.replace("{size}", "len(frames)"))
    narrator = open_narrator(made, cache=None, base=None, voice="command", command=command, threaded=False)
    line = Line("Atme ein.", language="de")
    assert narrator.say_all([line]) == {} and narrator.sound(line) is not None
    assert (tmp_path / "got").read_text().startswith("Atme ein.\n")
