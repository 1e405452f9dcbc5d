"""Lengths of lines that were said before are known without an engine and without numpy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mindful.audio.voice.choose import open_narrator
from mindful.audio.voice.lengths import known
from mindful.timeline.speech import Length, Line, estimate_ms
from tests.making import script

LINE = Line("Let your shoulders soften, and rest. Good.")


def test_a_line_is_guessed_until_it_was_said_and_then_known(tmp_path: Path) -> None:
    made = script({"say": LINE.text})
    before = known(made, tmp_path, "tone")
    assert before.length(LINE) == Length(estimate_ms(LINE.text, 110))
    narrator = open_narrator(made, cache=tmp_path, base=None, voice="tone", threaded=False)
    assert narrator.say_all([LINE]) == {}
    assert known(made, tmp_path, "tone").length(LINE) == narrator.length(LINE)
    assert not narrator.length(LINE).estimated


def test_another_pronunciation_is_another_line(tmp_path: Path) -> None:
    plain, own = script({"say": "MBSR."}), script({"say": "MBSR."}, lexicon={"MBSR": {"say": "em bee ess are"}})
    line = Line("MBSR.")
    open_narrator(plain, cache=tmp_path, base=None, voice="tone", threaded=False).say_all([line])
    assert not known(plain, tmp_path, "tone").length(line).estimated
    assert known(own, tmp_path, "tone").length(line).estimated


def test_what_is_never_said_is_no_guess(tmp_path: Path) -> None:
    speech = known(script({"say": "Hi."}), tmp_path)
    assert speech.length(Line("Hi.", voice="none")) == Length(1200, estimated=False)
    assert speech.speaks("guide", "en-GB") and not speech.speaks("guide", "de") and not speech.speaks("none", "en")


def test_looking_up_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from mindful.audio.voice.choose import open_narrator, voices\n"
        "from mindful.audio.voice.lengths import known\n"
        "from mindful.script.load import loads\n"
        "from mindful.timeline.speech import Line\n"
        "script = loads('mindful: 1\\ntitle: T\\nsteps:\\n  - say: Hello.\\n').script\n"
        f"known(script, Path({str(tmp_path)!r})).length(Line('Hello.'))\n"
        f"n = open_narrator(script, cache=Path({str(tmp_path)!r}), base=None)\n"
        "n.length(Line('Hello.')); n.speaks('guide', 'en'); voices(); n.close()\n"
        "bad = {'numpy', 'soundfile', 'onnxruntime', 'hibari', 'textual'} & set(sys.modules)\n"
        "sys.exit(f'imported: {bad}' if bad else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
