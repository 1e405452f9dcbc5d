"""What a voice says in time with the breath: a name for the phase, then its seconds, never into the next phase."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.timeline.compile import compile_timeline
from mindful.timeline.model import CaptionCue, PhaseCue, SayCue
from mindful.timeline.speech import Estimate, Length, Line
from mindful.timeline.unfold import Setup
from tests.making import script


def breathe(language: str = "en", speech: Estimate | None = None, **body: Any) -> list[Any]:
    """The cues of one breathing step."""
    made = script({"breathe": {"cycles": 1, "cues": "voice", **body}}, language=language)
    return list(compile_timeline(Setup(made, speech=speech or Estimate())).placed[0].segment.cues)


def said(cues: list[Any]) -> list[tuple[int, str]]:
    return [(c.at_ms, c.text) for c in cues if isinstance(c, SayCue)]


def test_four_seven_eight_is_counted() -> None:
    heard = said(breathe(pattern="4-7-8"))
    assert heard[:4] == [(0, "Breathe in"), (1000, "two"), (2000, "three"), (3000, "four")]
    assert heard[4:6] == [(4000, "Hold"), (5000, "two")]
    assert [t for t, _ in heard if t >= 11_000] == list(range(11_000, 19_000, 1000))
    assert heard[-1] == (18_000, "eight")


def test_no_number_reaches_into_the_next_phase() -> None:
    heard = said(breathe(pattern={"inhale": 5.5, "exhale": 5.5}))
    assert [w for t, w in heard if t < 5500] == ["Breathe in", "two", "three", "four", "five"]


def test_a_short_phase_has_a_short_name_and_no_numbers() -> None:
    assert said(breathe(pattern={"inhale": 2, "exhale": 2})) == [(0, "In"), (2000, "Out")]


def test_sides_hum_and_top_up_are_named() -> None:
    sides = said(breathe(pattern=[{"inhale": 4, "through": "left"}, {"exhale": 4, "through": "right"}]))
    assert [w for _, w in sides if "," in w] == ["Breathe in, left", "Breathe out, right"]
    assert "Hum" in [w for _, w in said(breathe(pattern=[{"inhale": 4}, {"exhale": 8, "through": "hum"}]))]
    assert "And a little more" in [w for _, w in said(breathe(pattern="cyclic-sigh"))]


def test_words_are_cues_without_a_caption() -> None:
    cues = breathe(pattern="box")
    assert {c.manner for c in cues if isinstance(c, SayCue)} == {"cue"}
    assert not [c for c in cues if isinstance(c, CaptionCue)]
    assert [c.at_ms for c in cues] == sorted(c.at_ms for c in cues)


@pytest.mark.parametrize("speak", ["never", "first 1"])
def test_the_step_says_how_often(speak: str) -> None:
    cues = breathe(pattern="box", cycles=3, speak=speak)
    assert [t for t, w in said(cues) if w == "Breathe in"] == ([] if speak == "never" else [0])


class Nobody(Estimate):
    """There is no voice."""

    def speaks(self, voice: str, language: str) -> bool:
        return False


def test_what_no_voice_can_say_a_tone_tells() -> None:
    cues = breathe(pattern="box", speech=Nobody())
    assert said(cues) == []
    assert all(c.tones for c in cues if isinstance(c, PhaseCue))


def test_words_are_only_in_languages_that_are_known() -> None:
    assert said(breathe(pattern="box", language="de")) == []


class Known(Estimate):
    """Every line has been said and takes four seconds, its second sentence at 3 s."""

    def length(self, line: Line) -> Length:
        return Length(4000, False, (0, 3000))


def test_captions_stand_where_the_voice_begins_a_sentence() -> None:
    made = script({"say": "One. Two and three and four."})
    cues = compile_timeline(Setup(made, speech=Known())).placed[0].segment.cues
    assert [(c.at_ms, c.length_ms) for c in cues if isinstance(c, CaptionCue)] == [(0, 3000), (3000, 1000)]
    assert [c.estimated for c in cues if isinstance(c, SayCue)] == [False]


def test_a_recording_is_one_line_and_its_marks_are_not_shown() -> None:
    made = script({"say": {"audio": "a.wav", "text": "One. [pause 3 s] Two."}})
    cues = compile_timeline(Setup(made)).placed[0].segment.cues
    assert [(c.text, c.audio) for c in cues if isinstance(c, SayCue)] == [("One. Two.", "a.wav")]
