"""With no sound device the session plays on the screen, says so once, and the record says `monotonic`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.terminal import MINDFUL, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(
        sys.platform != "linux", reason="needs a pseudo-terminal, and ALSA to be told that nothing is there"
    ),
]

SCRIPT = """\
mindful: 1
title: No device
settings: {background: ocean}
steps:
  - bell: bowl
  - breathe: {pattern: {inhale: 2, exhale: 3}, cycles: 2}
"""


def test_it_plays_says_so_once_and_keeps_monotonic_time(tmp_path: Path) -> None:
    script, home, nothing = tmp_path / "check.yaml", tmp_path / "home", tmp_path / "asound.conf"
    script.write_text(SCRIPT, encoding="utf-8")
    nothing.write_text("pcm.!default { type hw card 77 }\nctl.!default { type hw card 77 }\n", encoding="utf-8")
    env = {
        "MINDFUL_HOME": str(home),
        "ALSA_CONFIG_PATH": str(nothing),
        "PULSE_SERVER": f"unix:{tmp_path}/none",
        "PIPEWIRE_RUNTIME_DIR": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    with Terminal([*MINDFUL, "play", str(script), "--begin"], env=env) as terminal:
        terminal.until_text("without sound", 15)
        terminal.until(lambda _: any((home / "journal").rglob("*.json")), 40)
        terminal.pump(0.3)
        terminal.send("\x1b")
        assert terminal.wait() == 0
        assert terminal.restored() == []
        for noise in (b"ALSA lib", b"Traceback", b"cannot find card"):
            assert noise not in terminal.output
    record = json.loads(next((home / "journal").rglob("*.json")).read_text(encoding="utf-8"))
    assert record["status"] == "completed"
    assert record["timing"]["clock"] == "monotonic"
    assert record["audio"]["sink"] == "null"
    assert record["elapsed_ms"] >= record["planned_ms"] == 10_000
