"""What a client hears and sees agrees with the outline (`bench/hearing.py` does it with a five-minute session)."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.hearing import perform
from tests.soundlab import SoundLab, missing

pytestmark = [
    pytest.mark.pty,
    pytest.mark.sound,
    pytest.mark.skipif(sys.platform != "linux", reason="needs PulseAudio and a pseudo-terminal"),
    pytest.mark.skipif(bool(missing()), reason=missing()),
]

SCRIPT = """\
mindful: 1
title: A short sound check
settings: {background: ocean}
steps:
  - bell: {sound: bowl, level: -6}
  - pause: 1 s
  - say: Two slow breaths.
  - breathe: {pattern: {inhale: 2, hold: 1, exhale: 3, rest: 1}, cycles: 1}
  - breathe: {pattern: cyclic-sigh, cycles: 1}
  - bell: {sound: chime, strokes: 2, apart: 2 s, level: -8}
  - pause: 1 s
"""


@pytest.fixture(scope="module")
def lab() -> Iterator[SoundLab]:
    lab = SoundLab()
    lab.start()
    yield lab
    lab.remove()


@pytest.mark.parametrize(("sink", "busy"), [("simpleaudio", 0), ("miniaudio", 0), ("simpleaudio", 2)])
def test_every_cue_is_heard_where_the_outline_puts_it(lab: SoundLab, tmp_path: Path, sink: str, busy: int) -> None:
    if importlib.util.find_spec(sink) is None:
        pytest.skip(f"{sink} is not installed")
    script = tmp_path / "check.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    heard = perform(lab, script, sink, busy=busy)
    assert heard.exit_status == 0
    assert heard.missing == []
    assert len(heard.cues) == 3 + 7 + 1
    assert heard.spread_ms < 1.0, heard.offsets_ms
    assert heard.holes == 0
    # What `mindful render` writes is the same but for the last of 16 bits: dither there, rounding in simpleaudio.
    assert heard.file_db < -85
    assert heard.record["status"] == "completed"
    assert heard.record["audio"]["sink"] == sink
    assert heard.record["timing"]["clock"] == "audio"
    assert len(heard.seen_ms) > 30
    if not busy:  # with both cores taken the screen may be late, the sound may not
        assert heard.seen(95) < 60  # 40 is measured on a quiet machine: docs/performance.md
