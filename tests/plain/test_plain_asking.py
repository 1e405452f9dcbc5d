"""Questions as lines, typed lines as answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mindful.plain.asking import explained, given, how, question, read
from mindful.player.commands import Advance, Answer, Back, Command, Pause, Skip, Stop
from mindful.timeline.model import AnyPrompt, AskPrompt, ChoosePrompt, KeyPrompt, LearnPrompt, QuizItem, RatePrompt

RATE = RatePrompt(id="r", text="How tense?", low=0, high=10, low_label="not at all", high_label="very")
TEXT = AskPrompt(id="t", text="Why?", answer="text")
CHOICE = AskPrompt(id="c", text="Which?", answer="choice", options=("Red", "Blue"))
CHOICES = AskPrompt(id="m", text="Which ones?", answer="choices", options=("Red", "Blue"))
YES = AskPrompt(id="y", text="More?", answer="yes-no")
TIME = AskPrompt(id="w", text="When?", answer="time")
CHOOSE = ChoosePrompt(id="o", text="What now?", options=("Breath", "Quiet"))
KEY = KeyPrompt(text="In your own time.")
PAGE = LearnPrompt(text="# Breath\n\nIt *goes* on.\n- one\n- two", title="A page", source="A book")


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        (RATE, ["How tense?", "A number from 0 to 10: 0 not at all, 10 very."]),
        (RatePrompt(text="How?", low=1, high=5), ["How?", "A number from 1 to 5."]),
        (TEXT, ["Why?"]),
        (CHOICE, ["Which?", "1. Red", "2. Blue"]),
        (CHOOSE, ["What now?", "1. Breath", "2. Quiet"]),
        (KEY, ["In your own time."]),
        (KeyPrompt(), []),
        (PAGE, ["A page", "Breath", "It goes on.", "- one", "- two", "From: A book"]),
    ],
)
def test_what_is_asked(prompt: AnyPrompt, lines: list[str]) -> None:
    assert question(prompt) == lines


def test_a_quiz_is_something_to_think_about() -> None:
    page = LearnPrompt(
        text="Text.", quiz=(QuizItem(ask="Which is slower?", options=("4", "6"), right=0, why="It is."),)
    )
    assert question(page)[1:] == ["To think about: Which is slower? 4 / 6?", "The page says: 4. It is."]


@pytest.mark.parametrize("prompt", [RATE, TEXT, CHOICE, CHOICES, YES, TIME, CHOOSE, KEY, PAGE])
def test_every_prompt_says_how_to_go_on(prompt: AnyPrompt) -> None:
    assert "Enter" in how(prompt)


def test_a_question_that_needs_an_answer_says_how_to_get_past_it() -> None:
    assert "s goes past it" in how(RatePrompt(text="How?", required=True))


@pytest.mark.parametrize(
    ("prompt", "typed", "meant"),
    [
        (None, "p", Pause()),
        (None, "P", Pause()),
        (None, " s ", Skip()),
        (None, "b", Back()),
        (None, "q", Stop()),
        (None, "", None),
        (None, "hello", None),
        (RATE, "60", Answer("60")),
        (RATE, "", Answer(None)),
        (RATE, "q", Stop()),
        (TEXT, "q", Answer("q")),
        (TEXT, "p", Answer("p")),
        (TEXT, "it is\tlate", Answer("it is\tlate")),
        (TEXT, "", Answer(None)),
        (CHOICE, "2", Answer("2")),
        (CHOICES, "1, 2", Answer(["1", "2"])),
        (CHOICES, "1 2", Answer(["1", "2"])),
        (CHOICES, "", Answer(None)),
        (YES, "y", Answer("y")),
        (TIME, "21:30", Answer("21:30")),
        (CHOOSE, "1", Answer("1")),
        (CHOOSE, "", Answer(None)),
        (KEY, "", Advance()),
        (KEY, "x", None),
        (KEY, "s", Skip()),
        (None, "n", Skip()),
        (None, "NN", Skip(whole=True)),
        (KEY, "n", Skip()),
        (RATE, "n", Skip()),
        (CHOOSE, "n", Skip()),
        (YES, "n", Answer("n")),
        (TEXT, "n", Answer("n")),
        (replace(CHOICE, options=("Y", "N")), "n", Answer("n")),
        (PAGE, "", Answer(None)),
        (PAGE, "x", None),
    ],
)
def test_what_a_typed_line_means(prompt: AnyPrompt | None, typed: str, meant: Command | None) -> None:
    assert read(prompt, typed) == meant


def test_given_answers_are_found_by_id_or_path() -> None:
    assert given(RATE, "steps[0].rate", {"r": "5"}) == "5"
    assert given(CHOOSE, "steps[1].choose", {"steps[1].choose": "Quiet"}) == "Quiet"
    assert given(CHOICES, "steps[2].ask", {"m": "Red, Blue"}) == ["Red", "Blue"]
    assert given(RATE, "steps[0].rate", {"other": "5"}) is None


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("## A head", "A head"),
        ("* item", "- item"),
        ("**bold** and _soft_ and `code`", "bold and soft and code"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[a link](https://example.org/x)", "a link (https://example.org/x)"),
        ("1. first", "1. first"),
        ("```picture A rising line\n  /\n /\n```", "In the picture: A rising line"),
    ],
)
def test_small_markdown_becomes_plain(markdown: str, plain: str) -> None:
    assert question(LearnPrompt(id=None, text=markdown)) == [plain]


QUIZ = LearnPrompt(
    id=None,
    text="A page.",
    quiz=(
        QuizItem(ask="Which?", options=("This", "That"), right=1, why="It is so."),
        QuizItem(ask="And?", options=("Yes", "No", "Maybe"), right=0),
    ),
)


def test_a_quiz_keeps_its_answers_for_whoever_can_answer_and_tells_them_to_a_pipe() -> None:
    assert question(QUIZ, keyboard=True) == [
        "A page.", "To think about: Which?", "1. This", "2. That", "To think about: And?", "1. Yes", "2. No", "3. Maybe",
    ]  # fmt: skip
    assert question(QUIZ)[1:3] == ["To think about: Which? This / That?", "The page says: That. It is so."]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("", Answer(None)), ("2 1", Answer([1, 0])), ("1,3", Answer([0, 2])), ("2", Answer([1])), ("3 1", None), ("0", None),
     ("1 2 3", None), ("perhaps", None)],
)  # fmt: skip
def test_numbers_answer_a_quiz_in_its_order(typed: str, meant: Command | None) -> None:
    assert read(QUIZ, typed) == meant


def test_every_answer_is_explained() -> None:
    assert explained(QUIZ, [1, 2]) == ["Which? Yes. It is so.", "And? The page says: Yes."]
    assert explained(QUIZ, [0]) == ["Which? The page says: That. It is so."]
