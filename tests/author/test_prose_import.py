"""A therapist's prose becomes a script: every word is kept, the pauses are found, and what was guessed is said.

The ten texts in `prose/` mark their pauses in ten different ways.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.author.prose import marks
from mindful.author.prose.pieces import pieces, spoken, words
from mindful.author.prose.scripted import Scripted, scripted
from mindful.script.load import loads
from mindful.script.values import CONTROL
from mindful.timeline.speech import unmarked

TEXTS = Path(__file__).parent / "prose"
FOUND: dict[str, tuple[list[float], int, list[str]]] = {
    # the seconds of every pause that is marked, in order; bells; what is not said
    "01_brackets_with_seconds.txt": ([10, 5, 8, 10, 15, 60], 0, []),
    "02_dots.md": ([2, 2, 2, 4, 4, 2], 0, []),
    "03_stage_directions.txt": (
        [5, 4, 12, 15], 2,
        ["Title:", "Author: a colleague", "Duration: 6 minutes", "Narrator:", "[slowly]", "Narrator:", "[music fades]",
         "Therapist (softer):"],
    ),
    "04_breaths_between_dashes.txt": ([30, 18, 60], 0, []),
    "05_break_tags.txt": ([2, 1.5, 10, 4, 30], 0, []),
    "06_stars_and_slashes.md": ([5, 30, 15, 3, 5, 5], 0, []),
    "07_lines_like_verse.txt": ([120], 0, []),
    "08_a_transcript.txt": (
        [10, 18, 120], 1,
        ["00:00", "Guide:", "00:12", "Guide:", "00:40", "Guide:", "01:10", "Guide:", "03:20", "Guide:"],
    ),
    "09_numbered_steps.md": ([15, 15, 5], 0, ["1.", "2.", "-", "-", "-", "-"]),
    "10_deutsch.txt": ([3, 20, 2, 10, 30, 60], 1, ["Sprecherin:"]),
}  # fmt: skip


def said_words(text: str) -> list[str]:
    """The words of all `say` steps of a script, in order."""
    script = loads(text).script
    assert script is not None
    return [w for s in script.steps if s.say and s.say.text for w in words(unmarked(s.say.text.source()))]


def prose_words(prose: str) -> list[str]:
    """The words of a prose text without those of its marks."""
    return [w for p in pieces(prose) if p.kind == "words" for w in words(spoken(p.source))]


def made(name: str) -> tuple[str, Scripted]:
    prose = (TEXTS / name).read_text(encoding="utf-8")
    return prose, scripted(prose, title="A text", origin=name)


def test_there_are_ten_habits() -> None:
    assert sorted(FOUND) == sorted(p.name for p in TEXTS.iterdir())


@pytest.mark.parametrize("name", FOUND)
def test_nothing_of_the_text_is_lost_when_it_is_taken_apart(name: str) -> None:
    prose, _ = made(name)
    assert [w for p in pieces(prose) for w in words(p.source)] == words(prose)


@pytest.mark.parametrize("name", FOUND)
def test_every_word_is_said_but_those_of_marks(name: str) -> None:
    prose, script = made(name)
    assert said_words(script.text) == prose_words(prose)
    assert script.said == len(prose_words(prose)) > 20


@pytest.mark.parametrize("name", FOUND)
def test_the_pauses_and_bells_are_found(name: str) -> None:
    prose, script = made(name)
    pauses, bells, unsaid = FOUND[name]
    found = pieces(prose)
    assert [p.mark.ms / 1000 for p in found if p.kind == "mark" and p.mark.ms] == pauses
    assert (script.pauses, script.bells) == (len(pauses), bells)
    assert [p.source for p in found if p.kind in ("label", "note")] == unsaid


@pytest.mark.parametrize("name", FOUND)
def test_the_script_has_no_problem_and_names_every_guess_at_its_line(name: str) -> None:
    prose, script = made(name)
    assert not [p for p in loads(script.text).problems if p.severity == "error"]
    comments = "\n".join(row for row in script.text.splitlines() if row.lstrip().startswith("#"))
    for guess in script.guesses:
        assert guess.source in prose
        if guess.taken != "the title" and words(guess.source) and len(guess.source) < 60:
            assert f"line {guess.line}: “{guess.source}”" in comments
        assert guess.source.split()[0] in prose.split("\n")[guess.line - 1]


def test_the_seconds_are_those_of_the_session() -> None:
    _, script = made("01_brackets_with_seconds.txt")
    steps = yaml.safe_load(script.text)["steps"]
    assert [s.get("pause") for s in steps] == ["5 s", "10 s", "15 s", "1 min", "4 s"]
    assert "[pause 10 s] Your eyes" in steps[0]["say"]


def test_a_bell_is_a_step_and_rings_before_the_next_words() -> None:
    steps = yaml.safe_load(made("10_deutsch.txt")[1].text)["steps"]
    assert [next(iter(s)) for s in steps] == ["say", "bell", "pause", "say", "say"] and steps[1]["bell"] == "bowl"
    steps = yaml.safe_load(made("03_stage_directions.txt")[1].text)["steps"]
    assert steps[-1] == {"bell": {"sound": "bell", "strokes": 3}}


def test_headings_become_labels_and_directions_become_notes() -> None:
    steps = yaml.safe_load(made("09_numbered_steps.md")[1].text)["steps"]
    assert [s["label"] for s in steps if "label" in s] == ["Step 1: Stop", "Step 2: Look", "Step 3: Choose"]
    assert [s["note"] for s in yaml.safe_load(made("03_stage_directions.txt")[1].text)["steps"] if "note" in s] == [
        "[music fades]"
    ]


def test_words_that_speak_of_a_time_without_a_pause_are_pointed_out() -> None:
    script = scripted("Now breathe quietly for two minutes.\n\nThank you.", title="A", origin="a.txt")
    assert [g.words() for g in script.guesses] == [
        "the words speak of “two minutes”, but no pause is marked behind them"
    ]
    marked = scripted("Now breathe quietly for two minutes. (2 min)\n\nThank you.", title="A", origin="a.txt")
    assert marked.guesses == ()


@pytest.mark.parametrize(
    ("source", "seconds"),
    [
        ("(pause 10 sec)", 10), ("(pause)", 5), ("[PAUSE]", 5), ("[PAUSE:4]", 4), ("[PAUSE:10]", 10), ("*pause*", 5),
        ("// pause 30s //", 30), ("- 5 breaths -", 30), ("(Pause for 3 breaths)", 18), ("[10 second pause]", 10),
        ('<break time="4s"/>', 4), ("<break time=“500ms” />", 0.5), ("(2-3 minutes)", 150), ("(10 to 20 seconds)", 15),
        ("[half a minute of silence]", 30), ("(long pause)", 15), ("{pause 8 s}", 8), ("— pause —", 5), ("(1:30)", 90),
        ("[a few moments]", 15), ("(wait)", 5), ("(beat)", 1.5), ("[Stille, 2 Minuten]", 120), ("…", 2), ("......", 4),
        ("(pause here and let them settle)", 5), ("(very long pause)", 30), ("(...)", 2), ("_pause 3 s_", 3),
        ("(take 3 slow deep breaths)", 18), ("(pause 1 minute or so)", 60), ("== pause ==", 5), ("|pause|", 5),
    ],
)  # fmt: skip
def test_a_pause_mark(source: str, seconds: float) -> None:
    marked = [p for p in pieces(f"Sit down {source} and rest.") if p.kind == "mark"]
    assert [(p.source.strip(), p.mark.ms / 1000) for p in marked] == [(source, seconds)]


@pytest.mark.parametrize(
    ("source", "sound", "strokes", "ms"),
    [
        ("[bell]", "bell", 1, 0), ("(ring bell)", "bell", 1, 0), ("*gong*", "gong", 1, 0), ("[bell x3]", "bell", 3, 0),
        ("(strike the singing bowl twice)", "bowl", 2, 0), ("(Klangschale)", "bowl", 1, 0),
        ("[ring the bell, then 10 seconds of silence]", "bell", 1, 10_000), ("(three bells)", "bell", 3, 0),
    ],
)  # fmt: skip
def test_a_bell_mark(source: str, sound: str, strokes: int, ms: int) -> None:
    (found,) = [p.mark for p in pieces(f"Sit. {source} Rest.") if p.kind == "mark"]
    assert (found.bell, found.strokes, found.ms) == (sound, strokes, ms)


@pytest.mark.parametrize(
    "said",
    [
        "Rest your hands (palms up or down) on your legs.",
        "You may pause whenever you like, and the bell will wait.",
        "Is it three breaths, or four?",
        "Your well-being matters - more than you think - to them.",
        "Ring someone (a friend, say) if it stays hard.",
        "A second thought may come, and a third.",
        "Take a *long* breath, and a **slow** one.",
        "Let [your own word] be the anchor.",
        "Wait and see. Hold nothing.",
    ],
)
def test_what_is_no_mark_is_said(said: str) -> None:
    assert [p.kind for p in pieces(said)] == ["words"]


def test_a_line_without_brackets_is_a_mark_only_where_nobody_would_say_it() -> None:
    assert marks.alone("Pause.") == marks.Mark(5000, guess="how long is not said")
    assert marks.alone("Two minutes of silence.") == marks.Mark(120_000)
    assert marks.alone("Pause 20 seconds") == marks.Mark(20_000)
    for said in ("Rest.", "Breathe.", "Five breaths, and you are there.", "Silence is not the goal.", "Wait."):
        assert marks.alone(said) is None


def test_the_language_is_heard() -> None:
    assert "language: de" in made("10_deutsch.txt")[1].text
    assert "language: en" in made("01_brackets_with_seconds.txt")[1].text
    assert "language: de" in scripted("Sit.", title="A", origin="a", language="de").text


def test_a_text_without_words_makes_no_script() -> None:
    for empty in ("", "  \n\n", "(pause)\n---\n", "# Only a heading\n"):
        with pytest.raises(ValueError, match=r"no words|nothing"):
            scripted(empty, title="A", origin="a.txt")


_BITS = st.sampled_from(
    ["(pause)", "...", "…", "[bell]", "- 5 breaths -", "*soft*", "**", "#", "Narrator: ", "{name}", "[", "]", "(", ")", '"',
     "'", "“quote”", ": ", " - ", "\n", "\n\n", "\n\n\n", "---", "<break time='2s'/>", "//", "\\", "& ", "! ", "% ", "@",
     "true", "null", "1.", "10:30 ", "PAUSE", "it’s", "_x_", "`", "|", ">", "\u00a0", "\t", "Ä", "，", "🙂", "[pause", "pause 3"]
)  # fmt: skip
_WORDS = st.text(alphabet="abcdefghij ABC,.?!", max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(_BITS, _WORDS), max_size=40).map("".join))
def test_whatever_is_written_no_word_is_lost_and_the_script_is_sound(prose: str) -> None:
    assert [w for p in pieces(prose) for w in words(p.source)] == words(prose)
    try:
        script = scripted(prose, title="A text", origin="a.txt")
    except ValueError:
        assert not prose_words(prose)
        return
    loaded = loads(script.text)
    assert loaded.script is not None, (script.text, [p.message for p in loaded.problems])
    assert said_words(script.text) == prose_words(prose)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(prose: str) -> None:
    plain = CONTROL.sub(" ", prose.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        script = scripted(prose, title="A text", origin="a.txt")
    except ValueError:
        return
    assert loads(script.text).script is not None
    assert re.sub(r"\s", "", "".join(said_words(script.text))) == re.sub(r"\s", "", "".join(prose_words(plain)))
