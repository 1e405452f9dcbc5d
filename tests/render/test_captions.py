"""Captions follow the words, never overlap, and say what was written and nothing else."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful import assets
from mindful.render.captions import COLUMNS, ROWS, Caption, captions, srt, vtt
from mindful.render.plan import Policy, plan
from mindful.timeline.model import CaptionCue, Placed, Segment, Timeline
from mindful.timeline.unfold import Setup
from tests.bundled import bundled
from tests.making import script

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)


def timeline(*cues: tuple[int, int, str], length: int = 100_000) -> Timeline:
    made = tuple(CaptionCue(at_ms=a, step="s", text=t, length_ms=n) for a, n, t in cues)
    return Timeline((Placed(Segment(index=0, step="s", kind="say", length_ms=length, cues=made), 0, length),), True)


def read_vtt(text: str) -> list[tuple[str, str, str]]:
    """(start, end, words) as a player reads them: blocks between blank lines, entities undone."""
    assert text.startswith("WEBVTT\n")
    out = []
    for block in re.split(r"\n\n+", text.strip())[1:]:
        head, *rows = block.split("\n")
        if head.startswith("NOTE"):
            continue
        m = re.fullmatch(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})", head)
        assert m, head
        assert not any("-->" in row or "<" in row for row in rows)
        words = " ".join(rows).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        out.append((m[1], m[2], words))
    return out


def test_each_sentence_has_its_time() -> None:
    found = captions(timeline((0, 900, "Welcome."), (900, 2100, "Sit as you like.")))
    assert found == [Caption(0, 900, ("Welcome.",)), Caption(900, 3000, ("Sit as you like.",))]


def test_overlaps_are_cut_and_blinks_left_out() -> None:
    found = captions(timeline((0, 9000, "One."), (4000, 50, "Two."), (4100, 5000, "Three."), length=6000))
    assert [(c.start_ms, c.end_ms, c.rows[0]) for c in found] == [(0, 4000, "One."), (4100, 6000, "Three.")]


def test_a_long_sentence_is_cut_into_even_parts_in_its_time() -> None:
    text = (
        "If it gets too slow, or you feel dizzy, breathe on in your own way, and look around for as long as you like."
    )
    found = captions(timeline((1000, 9000, text)))
    assert " ".join(row for c in found for row in c.rows) == text
    assert len(found) == 2
    assert (found[0].start_ms, found[-1].end_ms) == (1000, 10_000)
    sizes = [sum(map(len, c.rows)) for c in found]
    assert max(sizes) < 1.5 * min(sizes)


def test_the_breath_only_where_it_is_wanted() -> None:
    made = plan(Setup(script({"breathe": {"pattern": {"inhale": 2, "hold": 1, "exhale": 4}, "cycles": 1}})), Policy())
    assert captions(made.timeline) == []
    assert [(c.start_ms, c.end_ms, c.rows[0]) for c in captions(made.timeline, breath=True)] == [
        (0, 2000, "In"),
        (2000, 3000, "Hold"),
        (3000, 7000, "Breathe out"),
    ]


def test_prompts_are_captioned() -> None:
    made = plan(Setup(script({"wait": "Go on when you are ready."})), Policy())
    assert captions(made.timeline)[0].rows == ("Go on when you are ready.",)


def test_webvtt_as_written() -> None:
    found = [Caption(0, 1500, ("a < b & c",)), Caption(3_601_001, 3_602_000, ("--> {\\an8}", "<i>x</i>"))]
    assert vtt(found, "A --> B", "en") == (
        "WEBVTT\nLanguage: en\n\nNOTE A --&gt; B\n\n00:00:00.000 --> 00:00:01.500\na &lt; b &amp; c\n\n"
        "01:00:01.001 --> 01:00:02.000\n--&gt; {\\an8}\n&lt;i&gt;x&lt;/i&gt;\n"
    )


def test_subrip_as_written_and_nothing_in_it_is_a_tag() -> None:
    found = [Caption(0, 1500, ("a < b & c",)), Caption(3_601_001, 3_602_000, ("--> {\\an8}", "<i>x</i>"))]
    assert srt(found) == (
        "1\n00:00:00,000 --> 00:00:01,500\na < b & c\n\n"
        "2\n01:00:01,001 --> 01:00:02,000\n→ {\u2060\\an8}\n<\u2060i>x<\u2060/i>\n"
    )
    assert srt([]) == ""


@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 9000), WORDS), max_size=12))
@settings(deadline=None)
def test_whatever_is_said_reads_back(cues: list[tuple[int, int, str]]) -> None:
    found = captions(timeline(*cues))
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(found))
    assert all(c.start_ms < c.end_ms and len(c.rows) <= ROWS for c in found)
    assert all(row.strip() and len(row) <= COLUMNS for c in found for row in c.rows)
    read = read_vtt(vtt(found, "\n\nx\n-->\n"))
    assert [words for *_, words in read] == [" ".join(c.rows) for c in found]
    blocks = re.split(r"\n\n", srt(found).strip("\n")) if found else []
    assert [b.split("\n")[0] for b in blocks] == [str(k) for k in range(1, len(found) + 1)]
    assert all("-->" not in row for b in blocks for row in b.split("\n")[2:])


@pytest.mark.parametrize("name", sorted(assets.session_files()))
def test_captions_of_bundled_sessions_say_every_word(name: str) -> None:
    loaded = bundled(name)
    made = plan(Setup(loaded), Policy())
    cues = [c for p in made.timeline.placed for c in p.segment.cues if isinstance(c, CaptionCue)]
    words = " ".join(w for *_, w in read_vtt(vtt(captions(made.timeline)))).split()
    assert words == " ".join(c.text for c in cues).split()
