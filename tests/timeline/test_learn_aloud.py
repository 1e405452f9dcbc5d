"""Pages that are read aloud: by the script's wish, by the client's, or from a recording."""

from __future__ import annotations

import wave
from itertools import pairwise
from pathlib import Path
from typing import Any

from mindful.render.plan import Policy, plan
from mindful.script.aloud import read_aloud
from mindful.script.load import loads
from mindful.script.model import Script
from mindful.timeline.model import CaptionCue, SayCue, Segment
from mindful.timeline.unfold import Setup, begin, unfold

PAGE = """
mindful: 1
title: T
settings: {rate: 120}
steps:
  - learn:
      title: Waves
      MORE
      text: |
        They come. [pause 3 s] They go.

        ```picture A wave
        ~
        ```

        - one
        - two
      source: A book
      quiz: [{ask: Which?, options: [a, b], answer: 1}]
  - say: Thank you.
"""


def script(more: str = "aloud: false", text: str = PAGE, folder: Path | None = None) -> Script:
    if folder is not None:
        with wave.open(str(folder / "page.wav"), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(bytes(1600))
    found = loads(text.replace("MORE", more), folder=folder).script
    assert found is not None
    return found


def first(made: Script) -> Segment:
    segment, _ = unfold(Setup(made), begin(Setup(made)), {})
    assert segment is not None and segment.open
    return segment


def said(segment: Segment) -> list[str]:
    return [c.text for c in segment.cues if isinstance(c, SayCue)]


def test_a_page_is_silent_unless_it_is_wanted_aloud() -> None:
    assert first(script()).cues == ()


def test_the_voice_reads_title_and_words_and_leaves_out_picture_source_and_quiz() -> None:
    segment = first(script("aloud: true"))
    assert said(segment) == ["Waves", "They come.", "They go.", "one", "two"]
    assert not [c for c in segment.cues if isinstance(c, CaptionCue)]  # the words stand on the page
    cues: list[Any] = list(segment.cues)
    assert cues[0].at_ms > 0  # the page is seen first
    for before, after in pairwise(cues):
        assert after.at_ms >= before.at_ms + before.length_ms
    assert cues[2].at_ms - (cues[1].at_ms + cues[1].length_ms) == 3_000


def test_a_recording_is_one_line_that_begins_with_the_page(tmp_path: Path) -> None:
    segment = first(script("audio: page.wav", folder=tmp_path))
    (cue,) = (c for c in segment.cues if isinstance(c, SayCue))
    assert cue.audio == "page.wav"
    assert cue.text == "Waves They come. They go. one two"


def test_a_client_has_every_page_read_wherever_it_stands(tmp_path: Path) -> None:
    text = """
mindful: 1
title: T
steps:
  - learn: One.
  - repeat: {times: 1, steps: [{learn: Two.}]}
  - choose: {ask: Which?, options: [{label: A, steps: [{learn: Three.}]}, {label: B}]}
  - learn: {text: Four., audio: page.wav}
  - say: End.
"""
    made = script(text=text, folder=tmp_path)
    read = read_aloud(made)
    bodies = [read.steps[0].learn, read.steps[1].repeat.steps[0].learn, read.steps[2].choose.options[0].steps[0].learn]  # type: ignore[union-attr]
    assert [b is not None and b.aloud for b in bodies] == [True, True, True]
    assert read.steps[3] is made.steps[3]  # a recording is heard anyway
    assert made.steps[0].learn is not None and not made.steps[0].learn.aloud
    assert (read.id, read.origin) == (made.id, made.origin)


def test_a_script_without_pages_stays_the_one_it_was() -> None:
    made = script(text="mindful: 1\ntitle: T\nsteps: [{say: Hello.}]")
    assert read_aloud(made) is made


def test_a_sound_file_has_a_page_once_with_its_captions() -> None:
    made = plan(Setup(script("aloud: true")), Policy())
    segment = made.timeline.placed[0].segment
    assert said(segment) == ["Waves", "They come.", "They go.", "one", "two"]
    assert [c.text for c in segment.cues if isinstance(c, CaptionCue)] == said(segment)
    last = max(c.at_ms + c.length_ms for c in segment.cues if isinstance(c, SayCue))
    assert segment.length_ms is not None and segment.length_ms > last
