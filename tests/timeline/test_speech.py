"""How long words take before anyone says them, and where a line pauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.timeline.speech import Chunk, chunks, estimate_ms, sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sit down.", [Chunk("Sit down.", 0)]),
        ("In. [pause 4 s] Out.", [Chunk("In.", 4000), Chunk("Out.", 0)]),
        ("In. [PAUSE:4] Out.", [Chunk("In.", 4000), Chunk("Out.", 0)]),
        ('In. <break time="4s"/> Out.', [Chunk("In.", 4000), Chunk("Out.", 0)]),
        ("In. [pause 1 min 30 s]", [Chunk("In.", 90_000)]),
        ("In. [pause 2 s] [pause 3 s] Out.", [Chunk("In.", 5000), Chunk("Out.", 0)]),
        ("[pause 2 s] In.", [Chunk("", 2000), Chunk("In.", 0)]),
        ("In. [pause] Out.", [Chunk("In.", 3000), Chunk("Out.", 0)]),
        ("In. [pause a little] Out.", [Chunk("In.", 3000), Chunk("Out.", 0)]),
    ],
)
def test_a_line_is_cut_at_its_pauses(text: str, wanted: list[Chunk]) -> None:
    assert chunks(text) == wanted


def test_ten_words_at_a_hundred_a_minute_take_six_seconds() -> None:
    assert estimate_ms("one two three four five six seven eight nine ten", 100) == 6000


def test_a_single_word_still_has_time_to_be_heard() -> None:
    assert estimate_ms("In.", 180) >= 1000


@given(st.integers(90, 179))
def test_a_faster_voice_never_takes_longer(wpm: int) -> None:
    text = "Let the breath come and go as it likes, for a while."
    assert estimate_ms(text, wpm + 1) <= estimate_ms(text, wpm)


@given(st.lists(st.sampled_from(["Sit well.", "Now?", "Yes!", "So it goes…", "no end"]), min_size=1, max_size=8))
def test_sentences_lose_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_sentences_end_at_full_stops_and_not_in_numbers() -> None:
    assert sentences("Count to 5.5 slowly. Then rest. “Good.” Stay.") == [
        "Count to 5.5 slowly.",
        "Then rest.",
        "“Good.”",
        "Stay.",
    ]


def test_a_line_is_in_the_language_that_its_words_are_in() -> None:
    """A client with another language gets the words there are, and they are not to be spoken as if in theirs."""
    from mindful.timeline.model import SayCue
    from mindful.timeline.outline import outline
    from mindful.timeline.unfold import Setup
    from tests.making import script

    made = script({"say": "Rest."}, {"say": {"text": {"en": "Good.", "de": "Gut."}}}, {"say": {"text": {"fr": "Bon."}}})
    cues = [c for s in outline(Setup(made, language="de-AT")).segments for c in s.cues if isinstance(c, SayCue)]
    assert [(c.text, c.language) for c in cues] == [("Rest.", "en"), ("Gut.", "de"), ("Bon.", "fr")]
