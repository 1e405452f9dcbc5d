"""Every form answered by keyboard and by mouse, and every one left open; the answers are read from the record."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import TextArea

from mindful.tui.rows import plain, token_at
from mindful.tui.screens.player import Player
from mindful.tui.widgets.form_view import FormView, _Sheet
from tests.tui.test_player_keys import Driver, playing

HEAD = "mindful: 1\ntitle: Questions\nsteps:\n"
END = "  - say: Thank you.\n"
ASKS: dict[str, str] = {
    "rate": "  - rate: {id: a, ask: How tense are you?, scale: suds}\n",
    "boxes": "  - rate: {id: a, ask: How much?, scale: {min: 0, max: 10, low: none, high: all}}\n",
    "number": "  - ask: {id: a, text: How many hours?, answer: number}\n",
    "time": "  - ask: {id: a, text: When?, answer: time}\n",
    "yes-no": "  - ask: {id: a, text: Did you?, answer: yes-no}\n",
    "choice": "  - ask: {id: a, text: Where?, answer: choice, options: [Home, Work, Outside]}\n",
    "choices": "  - ask: {id: a, text: What?, answer: choices, options: [Warm, Heavy, Nothing]}\n",
    "text": "  - ask: {id: a, text: What is on your mind?, answer: text}\n",
    "choose": "  - choose: {id: a, ask: Which way?, options: [{label: Quiet}, {label: Bell}]}\n",
    "learn": (
        "  - id: a\n    learn: {title: Why, text: Read this., quiz: [{ask: What helps?, options: [Force, Ease], answer: 2}]}\n"
    ),
    "required": "  - rate: {id: a, ask: How tense are you?, scale: suds, required: true}\n",
}


def asked(name: str) -> Any:
    return playing("asked", asked=HEAD + ASKS[name] + END)


def answers(d: Driver) -> list[Any]:
    """Those that were given: a question left open is written down as null."""
    return [e["value"] for e in d.host.log.of("answer") if e["value"] is not None]


def gone_on(d: Driver) -> bool:
    return "Thank you." in d.text


@pytest.mark.parametrize(
    ("name", "keys", "value"),
    [
        ("rate", ["6", "0"], 60),
        ("rate", ["1", "0", "0"], 100),
        ("rate", ["7", "9", "9"], 9),
        ("rate", ["right"], 50),
        ("rate", ["right", "right", "up", "left"], 55),
        ("rate", ["home"], 0),
        ("rate", ["end", "down"], 95),
        ("boxes", ["7"], 7),
        ("boxes", ["1", "0"], 10),
        ("boxes", ["left", "up"], 6),
        ("number", ["7", ".", "5"], 7.5),
        ("number", ["8", "x", "backspace", "backspace", "6"], 6),
        ("number", ["up", "up"], 2),
        ("time", ["2", "2", "3", "0"], "22:30"),
        ("time", ["7"], "07:00"),
        ("time", ["up", "up"], "12:15"),
        ("yes-no", ["y"], True),
        ("yes-no", ["down", "down"], False),
        ("choice", ["2"], "Work"),
        ("choice", ["up"], "Outside"),
        ("choice", ["down", "down"], "Work"),
        ("choices", ["1", "3"], ["Warm", "Nothing"]),
        ("choices", ["down", "space", "down", "space", "1"], ["Heavy"]),
        ("text", [*"so so"], "so so"),
        ("text", ["a", "ctrl+j", "b"], "a\nb"),
        ("choose", ["2"], "Bell"),
        ("learn", ["2"], [{"ask": "What helps?", "chosen": "Ease", "right": True}]),
    ],
)
async def test_answered_by_keyboard(name: str, keys: list[str], value: Any) -> None:
    async with asked(name) as d:
        await d.press(*keys)
        assert not gone_on(d)
        await d.press("enter")
        await d.run(1)
        assert answers(d) == [value]
        assert gone_on(d)


async def press_on(d: Driver, token: str) -> None:
    """Click on the first cell that carries `token`."""
    view = d.player.query_one(FormView)
    for widget in (d.player.query_one(_Sheet), *view.query("#buttons")):
        rows = widget.rows  # type: ignore[attr-defined]
        for y, spans in enumerate(rows):
            width = sum(len(s.text) for s in spans)
            for x in range(width):
                if token_at(spans, x) == token:
                    await d.pilot.click(widget, offset=(x, y - int(widget.scroll_offset.y)))
                    await d.pilot.pause()
                    return
    raise AssertionError(f"nothing to press for {token}")


@pytest.mark.parametrize(
    ("name", "tokens", "value"),
    [
        ("boxes", ["rate:7"], 7),
        ("yes-no", ["option:1"], False),
        ("choice", ["option:0", "option:2"], "Outside"),
        ("choices", ["option:0", "option:1", "option:0"], ["Heavy"]),
        ("choose", ["option:0"], "Quiet"),
        ("learn", ["quiz:0:0"], [{"ask": "What helps?", "chosen": "Force", "right": False}]),
    ],
)
async def test_answered_by_mouse(name: str, tokens: list[str], value: Any) -> None:
    async with asked(name) as d:
        for token in tokens:
            await press_on(d, token)
        await press_on(d, "answer")
        await d.run(1)
        assert answers(d) == [value]
        assert gone_on(d)


async def test_the_line_of_a_rating_takes_the_mouse_anywhere() -> None:
    async with asked("rate") as d:
        sheet = d.player.query_one(_Sheet)
        line = next(y for y, spans in enumerate(sheet.rows) if any(s.token == "rate:0" for s in spans))
        xs = [x for x in range(80) if token_at(sheet.rows[line], x)]
        await d.pilot.click(sheet, offset=(xs[-1], line))
        assert d.player.query_one(FormView).form.value == 100  # type: ignore[union-attr]
        await d.pilot.click(sheet, offset=(xs[len(xs) // 2], line))
        assert abs(d.player.query_one(FormView).form.value - 50) <= 2  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["rate", "number", "time", "yes-no", "choice", "choices", "text", "learn"])
async def test_every_question_can_be_left_open(name: str) -> None:
    async with asked(name) as d:
        await d.press("ctrl+n")
        await d.run(1)
        assert answers(d) == [] and gone_on(d)


@pytest.mark.parametrize("name", ["rate", "choice", "text"])
async def test_it_can_be_left_open_by_mouse(name: str) -> None:
    async with asked(name) as d:
        await press_on(d, "leave_open")
        await d.run(1)
        assert answers(d) == [] and gone_on(d)


@pytest.mark.parametrize("name", ["rate", "number", "time", "yes-no", "choice", "choices", "text"])
async def test_enter_with_nothing_chosen_asks_once_more(name: str) -> None:
    async with asked(name) as d:
        await d.press("enter")
        await d.run(1)
        assert "Enter once more leaves it open" in d.said and not gone_on(d)
        await d.press("enter")
        await d.run(1)
        assert answers(d) == [] and gone_on(d)


@pytest.mark.parametrize("name", ["rate", "boxes", "choice", "choices", "yes-no"])
async def test_nothing_is_chosen_until_the_client_chooses(name: str) -> None:
    async with asked(name) as d:
        form = d.player.query_one(FormView).form
        assert form is not None and form.value is None
        await d.press("1" if name != "yes-no" else "y", "backspace")
        if name != "yes-no":
            assert form.value is None


async def test_a_required_answer_is_asked_for_kindly_and_the_session_can_still_be_ended() -> None:
    async with asked("required") as d:
        await d.press("enter", "enter", "ctrl+n")
        await d.run(1)
        assert not gone_on(d) and "end here with Esc" in d.said
        await d.press("escape")
        assert d.status == "landing"


async def test_what_is_no_number_is_said_in_plain_words() -> None:
    async with asked("number") as d:
        await d.press("-", "enter")
        await d.press("minus", "enter")
        assert "A number, such as" in d.text and not gone_on(d)


async def test_what_is_no_time_is_said_in_plain_words() -> None:
    async with asked("time") as d:
        await d.press(*"2599", "enter")
        assert "A time, such as 22:30." in d.text and not gone_on(d)


async def test_letters_are_written_and_do_not_steer_the_session() -> None:
    async with asked("text") as d:
        await d.press(*"q n b h m p", "question_mark")
        assert d.status == "asking"
        assert d.player.query_one(TextArea).text == "q n b h m p?"


async def test_ending_early_loses_nothing_that_was_written() -> None:
    async with asked("text") as d:
        await d.press(*"half a thought", "ctrl+c")
        await d.run(1)
        assert answers(d) == ["half a thought"]


async def test_pasted_escape_sequences_are_made_harmless() -> None:
    async with asked("text") as d:
        d.player.query_one(TextArea).insert("red \x1b[31m and \u202e back")
        await d.press("enter")
        await d.run(1)
        assert answers(d) == ["red [31m and  back"]


async def test_two_questions_in_a_row_do_not_flash_the_circle_between() -> None:
    async with playing("two", two=HEAD + ASKS["yes-no"] + ASKS["rate"].replace("id: a", "id: b") + END) as d:
        await d.press("y", "enter")
        seen = []
        for _ in range(12):
            await d.run(0.1, step=0.1)
            seen.append(d.player.query_one("#middle").display)
        assert not any(seen)
        assert "How tense" in d.text


@pytest.mark.parametrize(("name", "typed"), [("number", "about seven"), ("time", "half past eight, boq?h m")])
async def test_no_letter_of_a_typed_answer_is_a_key_of_the_session(name: str, typed: str) -> None:
    async with asked(name) as d:
        await d.press(
            *("space" if c == " " else "comma" if c == "," else c for c in typed if c != "?"), "question_mark"
        )
        assert answers(d) == [] and not gone_on(d)
        assert d.status == "asking" and isinstance(d.app.screen, Player)
        assert "such as" in d.text and "Esc end" in d.text
        await d.press("escape")
        assert d.status == "landing"


async def test_the_screen_still_goes_dark_after_a_question() -> None:
    async with asked("yes-no") as d:
        await d.press("y", "enter")
        await d.run(1)
        await d.press("h")
        assert d.text.strip() == ""
        await d.press("x")
        assert gone_on(d)


async def test_back_from_a_question_asks_it_anew() -> None:
    async with playing("two", two=HEAD + "  - say: Hello there.\n" + ASKS["rate"] + END) as d:
        await d.run(5)
        assert "How tense" in d.text
        await d.press("5", "b", "b")
        await d.run(0.5)
        assert isinstance(d.app.screen, Player)
        assert "Hello there." in d.text


async def test_a_question_brings_back_the_light() -> None:
    async with playing("two", two=HEAD + "  - pause: 3 s\n" + ASKS["rate"] + END) as d:
        await d.press("h")
        assert d.text.strip() == ""
        await d.run(4)
        assert "How tense" in d.text


async def test_a_long_page_scrolls_with_the_arrows() -> None:
    long = "\\n\\n".join(f"Paragraph {i}." for i in range(40))
    async with playing("page", page=HEAD + f'  - learn: {{title: Long, text: "{long}"}}\n' + END) as d:
        assert "Paragraph 39." not in d.text
        await d.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        assert "Paragraph 39." in d.text
        await d.press("up", "down", "enter")
        await d.run(1)
        assert gone_on(d)


async def test_markup_in_a_question_is_only_letters() -> None:
    script = HEAD + '  - ask: {id: a, text: "[bold]Is[/] [@click=app.quit]this[/] safe?", answer: yes-no}\n' + END
    async with playing("markup", markup=script) as d:
        assert "[bold]Is[/] [@click=app.quit]this[/] safe?" in d.text


async def test_a_choice_of_ways_may_be_left_open_and_then_none_is_taken() -> None:
    ways = "{id: a, ask: Which way?, options: [{label: Quiet, steps: [{say: Sit.}]}, {label: Bell}]}"
    async with playing("asked", asked=f"{HEAD}  - choose: {ways}\n{END}") as d:
        assert "Leave it open" in d.text
        await d.press("enter")
        await d.run(1)
        assert "Enter once more leaves it open" in d.said and not gone_on(d)
        await d.press("enter")
        await d.run(1)
        assert answers(d) == [] and gone_on(d)


async def test_a_unit_may_stand_behind_a_number_and_another_one_is_told() -> None:
    async with asked("number") as d:
        await d.press(*"7 min", "enter")
        await d.run(1)
        assert "This asks for hours" in d.text and not gone_on(d)
        await d.press("backspace", "backspace", "backspace", *"hours", "enter")
        await d.run(1)
        assert answers(d) == [7] and gone_on(d)


@pytest.mark.parametrize("name", ["choice", "choices", "yes-no", "choose"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 16), (40, 12)])
async def test_what_is_said_under_a_form_moves_nothing_above_it(name: str, size: tuple[int, int]) -> None:
    async with playing("asked", size=size, asked=HEAD + ASKS[name] + END) as d:
        await d.run(1)

        def seen() -> list[tuple[int, str]]:
            sheet = d.app.screen.query_one(FormView).sheet
            options = [y for y, row in enumerate(sheet.rows) if any(s.token.startswith("option:") for s in row)]
            return [(y - sheet.scroll_offset.y, plain(sheet.rows[y])) for y in range(options[0], options[-1] + 1)]

        before = seen()
        await d.press("enter")
        await d.run(1)
        if size != (40, 12):  # there it scrolls, so that what is said can be read
            assert seen() == before
        assert "Enter once more" in " ".join(d.text.split())
