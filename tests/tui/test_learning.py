"""What there is to read, from the home screen; and pages with a quiz as they are read."""

from __future__ import annotations

from dataclasses import replace

from mindful.timeline.model import LearnPrompt, QuizItem
from mindful.tui.forms.learn import LearnForm
from mindful.tui.host import Card
from mindful.tui.rows import plain
from mindful.tui.screens.learning import Learning
from mindful.tui.screens.player import Player
from mindful.tui.widgets.form_view import FormView
from tests.tui.hosting import CARDS, HandHost
from tests.tui.test_home_before_after import at_home, settle
from tests.tui.test_player_keys import playing

PAGE = """
mindful: 1
title: Waves
tags: [psychoeducation]
steps:
  - learn: {title: Waves, text: They come and go.}
"""
READ = (
    *CARDS,
    Card("waves", "Waves", "Why they come. Two minutes.", ("psychoeducation",), (), "green", None, 0, None),
    Card("tides", "Ebb and flow", "Why they go.", ("psychoeducation",), (), "green", None, 0, None),
)


async def test_f8_lists_what_there_is_to_read_by_title_and_enter_reads_it() -> None:
    async with at_home(HandHost({"waves": PAGE}, READ)) as d:
        await d.press("f8")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Learning)
        assert "Ebb and flow" in d.text and "Why they come. Two minutes." in d.text and "Box breathing" not in d.text
        assert d.text.index("Ebb and flow") < d.text.index("Waves")
        await d.press("down", "enter")
        await settle(d.pilot)
        assert "They come and go." in d.text


async def test_escape_goes_back_and_nothing_to_read_is_said() -> None:
    async with at_home() as d:
        await d.press("f8")
        await settle(d.pilot)
        assert "There is nothing to read here yet." in d.text
        await d.press("down", "enter", "escape")
        await settle(d.pilot)
        assert "Box breathing" in d.text


PAGE_AND_WORDS = """
mindful: 1
title: Waves
steps:
  - learn: {title: Waves, text: They come and go., quiz: [{ask: Which?, options: [This, That], answer: 1}, {ask: And?, options: [Yes, No], answer: 1}]}
  - say: Thank you.
"""


async def test_a_page_keeps_its_place_when_the_voice_has_news() -> None:
    async with playing("waves", waves=PAGE_AND_WORDS) as d:
        await d.run(0.5)
        await d.press("2")
        screen = d.app.screen
        assert isinstance(screen, Player)
        form, view = screen.query_one(FormView).form, screen._view
        assert view is not None and view.prompt is not None and isinstance(form, LearnForm)
        assert form.chosen == [1, None]
        await screen.show(replace(view, prompt=replace(view.prompt)))  # the timeline was told anew
        assert screen.query_one(FormView).form is form and form.chosen == [1, None]


QUIZ = LearnPrompt(
    text="A page.",
    quiz=(
        QuizItem(ask="Which?", options=("This", "That"), right=1, why="It is so."),
        QuizItem(ask="And?", options=("Yes", "No"), right=0, why="Because."),
    ),
)


def shown(form: LearnForm) -> str:
    return "\n".join(map(plain, form.body(50)))


def test_a_quiz_explains_whichever_option_was_chosen_and_may_be_left() -> None:
    form = LearnForm(QUIZ)
    assert form.ready() and form.value is None and "It is so." not in shown(form)
    assert form.key("1", "1") and "It is rather: That. It is so." in shown(form)
    assert form.value is None  # the second is still open
    assert form.key("1", "1") and "Yes. Because." in shown(form)
    assert form.value == [0, 0] and not form.key("1", "1")
    assert form.press("quiz:0:1") and form.value == [1, 0]


def test_answers_of_another_time_are_not_offered() -> None:
    form = LearnForm(QUIZ)
    form.offer([1, 0])
    assert form.message == "" and not form.keep() and form.chosen == [None, None]


def test_the_explanation_is_what_must_stay_in_sight() -> None:
    form = LearnForm(QUIZ)
    assert form.cursor == ""
    form.key("2", "2")
    tokens = [s.token for row in form.body(50) for s in row]
    assert form.cursor == "why:0" and "why:0" in tokens
    assert not form.press("why:0")
