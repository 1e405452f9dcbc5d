"""`mindful render` as a person meets it: files, words, statuses, and nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import mutagen
import pytest
import soundfile

from mindful.cli import exits
from mindful.cli.main import run
from mindful.render import voice as voices
from mindful.render.formats import ENDINGS, TEXTS
from tests.bundled import one_of_each_kind
from tests.render.conftest import Hum, Program

SOUND_ENDINGS = sorted(e for e, kind in ENDINGS.items() if kind not in (*TEXTS, "html"))
TEXT_ENDINGS = sorted(e for e, kind in ENDINGS.items() if kind in TEXTS)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def parts(folder: Path) -> list[str]:
    return [name for name in names(folder) if name.endswith(".part")]


class TestEveryFormat:
    @pytest.mark.parametrize("name", one_of_each_kind())
    def test_every_kind_of_step_to_every_text(
        self, name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        for ending in TEXT_ENDINGS:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                assert run(["render", name, "-o", str(tmp_path / f"x{ending}"), "--breath"]) == exits.DONE
            assert (tmp_path / f"x{ending}").read_text(encoding="utf-8").endswith("\n")
        out, err = capfd.readouterr()
        assert out == ""
        assert "arning" not in err and "Traceback" not in err

    @pytest.mark.parametrize("ending", SOUND_ENDINGS)
    def test_a_short_session_to_every_sound(self, ending: str, tiny: Path, program: Program, tmp_path: Path) -> None:
        done = program(str(tiny), "-o", f"x{ending}")
        assert done.returncode == exits.DONE, done.stderr
        assert done.stdout == b""
        told = done.stderr.decode()
        assert told.startswith(f"x{ending}: 6 s, 2 chapters, ")
        assert "No voice speaks in it" not in told
        sound, rate = soundfile.read(tmp_path / f"x{ending}")
        wav = tmp_path / "as.wav"
        assert program(str(tiny), "-o", "as.wav").returncode == exits.DONE
        assert (len(sound), rate) == (soundfile.info(wav).frames, 48_000)
        assert mutagen.File(tmp_path / f"x{ending}").info.length == pytest.approx(len(sound) / rate, abs=0.001)
        assert 0.01 < abs(sound).max() < 1
        assert parts(tmp_path) == []

    def test_an_ogg_file_may_hold_opus(self, tiny: Path, program: Program, tmp_path: Path) -> None:
        assert program(str(tiny), "-o", "x.ogg", "--codec", "opus").returncode == exits.DONE
        assert soundfile.info(tmp_path / "x.ogg").subtype == "OPUS"
        assert program(str(tiny), "-o", "y.ogg").returncode == exits.DONE
        assert soundfile.info(tmp_path / "y.ogg").subtype == "VORBIS"

    @pytest.mark.parametrize("form", ["vtt", "srt", "txt"])
    def test_texts_go_to_standard_output(self, form: str, tiny: Path, program: Program, tmp_path: Path) -> None:
        done = program(str(tiny), "-o", "-", "--format", form)
        assert done.returncode == exits.DONE
        assert program(str(tiny), "-o", f"x.{form}").returncode == exits.DONE
        assert done.stdout == (tmp_path / f"x.{form}").read_bytes()
        assert done.stderr == b""

    def test_standard_output_is_to_read_out_if_nothing_is_said(self, tiny: Path, program: Program) -> None:
        assert program(str(tiny), "-o", "-").stdout.decode().startswith("Tiny & “small”\n====")


class TestRefusals:
    @pytest.mark.parametrize(
        ("args", "words"),
        [
            (["-o", "x.pdf"], "There is no format for “.pdf”. What there is: sound: .wav"),
            (["-o", "x"], "A file's ending says what it becomes."),
            (["-o", "nowhere/x.wav"], "There is no folder “nowhere”."),
            (["-o", "x.wav", "--codec", "opus"], "--codec chooses between vorbis and opus"),
            (["-o", "x.wav", "--format", "txt"], "--format goes with -o -"),
            (["-o", "x.txt", "--open", "soon"], "--open wants a length of time"),
            (["-o", "x.txt", "--open-breath", "0"], "--open-breath wants a length of time"),
            (["-o", "x.txt", "--open-breath", "5 h"], "up to 4 h"),
            (["-o", "x.txt", "--voice", "nobody"], "There is no voice called “nobody”."),
            (["-o", "x.txt", "--language", "d\nx"], "--language wants a tag"),
            (["-o", "x.txt", "--set", "nope=1"], "This session has nothing to set"),
            (["-o", "x.txt", "--answer", "way"], "--answer wants name=value"),
        ],
    )
    def test_in_plain_words(self, args: list[str], words: str, tiny: Path, program: Program, tmp_path: Path) -> None:
        done = program(str(tiny), *args)
        assert done.returncode == exits.USAGE
        assert words in done.stderr.decode()
        assert names(tmp_path) == ["tiny.yaml"]

    def test_a_folder_is_no_file(self, tiny: Path, program: Program, tmp_path: Path) -> None:
        (tmp_path / "x.wav").mkdir()
        assert "is a folder" in program(str(tiny), "-o", "x.wav").stderr.decode()

    def test_what_is_there_stays_unless_forced(self, tiny: Path, program: Program, tmp_path: Path) -> None:
        (tmp_path / "x.txt").write_text("mine", encoding="utf-8")
        done = program(str(tiny), "-o", "x.txt")
        assert done.returncode == exits.USAGE
        assert "--force replaces it" in done.stderr.decode()
        assert (tmp_path / "x.txt").read_text(encoding="utf-8") == "mine"
        assert program(str(tiny), "-o", "x.txt", "--force").returncode == exits.DONE
        assert "Here we are." in (tmp_path / "x.txt").read_text(encoding="utf-8")

    def test_the_session_itself_is_never_replaced(self, tiny: Path, program: Program, tmp_path: Path) -> None:
        path = tmp_path / "script.txt"
        path.write_bytes(tiny.read_bytes())
        done = program("script.txt", "-o", "script.txt", "--force")
        assert done.returncode == exits.USAGE
        assert path.read_bytes() == tiny.read_bytes()

    def test_a_script_with_problems_shows_them(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "bad.yaml").write_text("mindful: 1\ntitle: Bad\nsteps:\n  - sya: x\n", encoding="utf-8")
        done = program("bad.yaml", "-o", "x.txt")
        assert done.returncode == exits.PROBLEMS
        assert "sya" in done.stderr.decode()


class TestWords:
    def test_choices_and_open_questions_are_told(self, program: Program) -> None:
        done = program("arriving", "-o", "-", "--answer", "nope=1")
        told = done.stderr.decode()
        assert "“What would help you to arrive?” goes on with “A minute of slow breathing”" in told
        assert "--answer way=…" in told
        assert "Left open: before, now, more." in told
        assert "Nothing in this session asks for “nope”." in told

    def test_answers_lead_another_way(self, program: Program) -> None:
        done = program("arriving", "-o", "-", "--answer", "way=2", "--answer", "before=80", "--answer", "more=no")
        assert "Feel your feet." in done.stdout.decode()
        assert "That is a lot to carry." in done.stdout.decode()
        assert "goes on with" not in done.stderr.decode()

    def test_an_answer_that_does_not_fit_is_named(self, program: Program) -> None:
        done = program("arriving", "-o", "-", "--answer", "before=800")
        assert done.returncode == exits.USAGE
        assert "The answer to before" in done.stderr.decode()
        assert done.stdout == b""

    def test_lengths_are_as_wished(self, program: Program, tmp_path: Path) -> None:
        path = tmp_path / "open.yaml"
        path.write_text(
            "mindful: 1\ntitle: Open\nsteps:\n  - rate: {id: now, ask: Now?}\n"
            "  - breathe: {pattern: {inhale: 4, exhale: 6}, until: key}\n",
            encoding="utf-8",
        )
        done = program("open.yaml", "-o", "-", "--prompts", "silent", "--open", "40 s", "--open-breath", "63 s")
        assert "6 times, 1 min" in done.stdout.decode()
        assert "1:40  (end)" in done.stdout.decode()

    def test_cautions_are_passed_on_with_a_sound(self, program: Program) -> None:
        told = program("settle", "-o", "x.wav").stderr.decode()
        assert (
            "Its cautions are not heard in it, so please give them along: lung disease such as COPD; panic attacks."
            in told
        )

    def test_an_intense_session_is_named_so(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").write_text(
            "mindful: 1\ntitle: X\ncautions: [panic]\nsteps:\n  - breathe: {pattern: {inhale: 1, exhale: 1}, cycles: 1}\n",
            encoding="utf-8",
        )
        assert "It is an intense session" in program("x.yaml", "-o", "x.wav").stderr.decode()
        assert "intense" not in program("settle", "-o", "y.wav").stderr.decode()

    def test_a_sound_that_cannot_be_read_is_a_problem(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "bad.wav").write_bytes(b"RIFF")
        (tmp_path / "x.yaml").write_text(
            "mindful: 1\ntitle: X\nsteps:\n  - sound: bad.wav\n  - pause: 1 s\n", encoding="utf-8"
        )
        done = program("x.yaml", "-o", "x.wav")
        assert done.returncode == exits.PROBLEMS
        assert "bad.wav" in done.stderr.decode()
        assert (tmp_path / "x.wav").exists()


class TestVoice:
    @pytest.fixture
    def hum(self, monkeypatch: pytest.MonkeyPatch) -> Hum:
        voice = Hum()
        monkeypatch.setattr(voices, "open_voice", lambda script, base, **wanted: voice)
        return voice

    def test_it_is_heard_of_in_times_and_tags(self, hum: Hum, tiny: Path, tmp_path: Path) -> None:
        assert run(["render", str(tiny), "-o", str(tmp_path / "x.flac"), "--voice", "guide"]) == exits.DONE
        assert [line.voice for line in hum.asked[0]] == ["guide"]
        tags: Any = mutagen.File(tmp_path / "x.flac").tags
        assert tags["comment"] == ["Made with mindful; the voice is synthetic."]
        assert tags["chapter002"] == ["00:00:01.200"]
        assert hum.closed == 1

    def test_what_it_could_not_say_is_told(
        self, hum: Hum, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hum.mute = ["Here we are."]
        assert run(["render", str(tiny), "-o", str(tmp_path / "x.wav")]) == exits.DONE
        assert "“Here we are.” could not be said" in capsys.readouterr().err

    def test_it_is_closed_whatever_happens(self, hum: Hum, tiny: Path, tmp_path: Path) -> None:
        def broken(lines: object, progress: object) -> dict[object, str]:
            raise OSError(5, "Input/output error")

        hum.say_all = broken  # type: ignore[assignment]
        assert run(["render", str(tiny), "-o", str(tmp_path / "x.wav")]) == exits.FAILED
        assert hum.closed == 1


@pytest.mark.skipif(os.name == "nt", reason="signals and limits are those of POSIX")
class TestTrouble:
    @pytest.fixture
    def long(self, tmp_path: Path) -> Path:
        path = tmp_path / "long.yaml"
        path.write_text(
            "mindful: 1\ntitle: Long\nsettings: {background: ocean}\nsteps:\n  - sit: 4 h\n  - bell: bowl\n",
            encoding="utf-8",
        )
        return path

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_a_signal_leaves_nothing_behind(self, number: int, long: Path, tmp_path: Path) -> None:
        (tmp_path / "x.ogg").write_bytes(b"before")
        child = subprocess.Popen(
            [sys.executable, "-m", "mindful", "render", str(long), "-o", "x.ogg", "--force"],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        try:
            until = time.monotonic() + 60
            while not any((tmp_path / name).stat().st_size for name in parts(tmp_path)):
                assert child.poll() is None and time.monotonic() < until, "it never began to write"
                time.sleep(0.02)
            child.send_signal(number)
            _, told = child.communicate(timeout=60)
        finally:
            child.kill()
        assert child.returncode == exits.STOPPED
        assert told.decode() == "Stopped. Nothing was left behind.\n"
        assert parts(tmp_path) == []
        assert (tmp_path / "x.ogg").read_bytes() == b"before"

    @pytest.mark.parametrize("ending", SOUND_ENDINGS)
    def test_a_file_that_cannot_grow_leaves_nothing_behind(self, ending: str, program: Program, tmp_path: Path) -> None:
        import resource

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

        done = program("settle", "-o", f"x{ending}", preexec_fn=limit)
        assert done.returncode == exits.FAILED
        told = done.stderr.decode()
        assert f"“x{ending}” could not be written: File too large. Nothing was left behind." in told
        assert "Traceback" not in told
        assert [name for name in names(tmp_path) if name != "data"] == []

    def test_a_folder_that_nobody_may_write_to(
        self, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from mindful.render import outfile

        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(outfile.os, "open", refuse)
        assert run(["render", str(tiny), "-o", str(tmp_path / "x.txt")]) == exits.FAILED
        assert "could not be written: Permission denied" in capsys.readouterr().err


class TestFit:
    SCRIPT = (
        "mindful: 1\ntitle: F\nfit: {min: 5 s, max: 1 min}\nsteps:\n  - bell: wood\n  - sit: 20 s\n  - pause: 10 s\n"
    )

    def test_a_recording_takes_the_time_that_was_asked_for(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "f.yaml").write_text(self.SCRIPT, encoding="utf-8")
        wanted = ["render", str(tmp_path / "f.yaml"), "-o", str(tmp_path / "f.wav"), "--fit"]
        assert run([*wanted, "12 s"]) == exits.DONE
        assert "f.wav: 12 s" in capsys.readouterr().err
        assert run([*wanted, "2 min", "--force"]) == exits.USAGE
        assert "outside" in capsys.readouterr().err
