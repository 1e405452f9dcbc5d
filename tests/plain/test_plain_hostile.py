"""A hostile client at the lines: megabytes, escape sequences, nothing at all, back and forth; the record stays sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from mindful.plain.keyboard import Told
from mindful.plain.sheet import READ_BACK
from mindful.player.answers import LONGEST, too_long
from mindful.script.load import loads
from mindful.script.questionnaires import Definition, load
from mindful.script.values import CONTROL
from tests.hostile import TEXTS, record_of
from tests.plain.stage import Performance, play

STEPS = {
    "thought record": "thought_record: {columns: 7}",
    "experiment": "thought_record: {form: experiment}",
    "goal": "plan: {goals: [sleep, 'my own'], ask: [what, when, where, obstacle, if-then]}",
    "wellness plan": "plan: {form: wellness}",
    "sleep diary": "plan: {form: sleep-diary}",
    "check-in": "plan: {form: check-in, goals: [sleep]}",
    "questionnaire": "questionnaire: {name: phq-9}",
    "question": "ask: {id: x, text: What is it?}",
    "mood": "rate: {id: x, ask: How is it?, scale: affect}",
    "exposure": "exposure: {ladder: [{item: A short walk, suds: 40}], item: A short walk, for: 4 min}",
}


def typed(step: str, *lines: str, seconds: float = 90.0) -> Performance:
    head = "" if step.startswith(("ask", "rate")) else "id: s\n    "
    script = loads(f"mindful: 1\ntitle: Hostile\nsteps:\n  - {head}{step}\n  - say: Thank you.\n").script
    assert script is not None
    planned = [(1.0 + k, line) for k, line in enumerate(lines)]
    p = play(script, *planned, (seconds, Told("interrupt")), (seconds + 1, Told("interrupt")))
    for line in (*p.lines, *p.asides):
        assert CONTROL.search(line) is None and "\n" not in line, line[:80]
    return p


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", STEPS)
def test_a_megabyte_typed_at_every_question(name: str, kind: str) -> None:
    text = TEXTS[kind]
    record = record_of(typed(STEPS[name], "1", text, text, "/back", text, "/look", "1", text, "", "").log.events)
    assert record["steps"], "nothing was begun"


def test_what_is_too_long_is_told_and_read_back_in_short() -> None:
    p = typed(STEPS["thought record"], "y" * (LONGEST + 1), "/look", "1")
    assert p.lines.count(too_long()) == 1
    review = next(line for line in p.lines if line.startswith("1. "))
    assert len(review) < READ_BACK + 100 and review.endswith("…")
    assert any("y" * LONGEST in line for line in p.lines), "opened again it is read whole"
    assert too_long() in typed(STEPS["question"], "y" * (LONGEST + 1)).asides


def test_emoji_and_letters_of_the_other_direction_are_kept_as_they_are() -> None:
    record = record_of(typed(STEPS["thought record"], "🧘‍♀️ שלום", "/skip").log.events)
    assert record["answers"]["s"]["situation"] == "🧘‍♀️ שלום"


@pytest.mark.parametrize("name", [n for n in STEPS if n != "exposure"])
def test_nothing_at_all(name: str) -> None:
    p = typed(STEPS[name], *[""] * 60)
    assert p.ended.status == "completed"
    assert all(value is None for value in record_of(p.log.events)["answers"].values())


def test_words_of_an_author_with_control_characters_are_refused_where_they_stand(tmp_path: Path) -> None:
    found = loads('mindful: 1\ntitle: Goals\nsteps:\n  - plan: {goals: ["x\\ey"]}\n')
    assert found.script is None and [p.line for p in found.problems] == [4]
    own = tmp_path / "own.yaml"
    own.write_text(
        'questionnaire: 1\nid: own\ntitle: Own\nabout: A week.\ndays: 7\nsource: me\nlicence: CC0-1.0\nask: "How \\e[2J often?"\n'
        "options: [{text: never, score: 0}, {text: often, score: 1}]\n"
        "items: [{id: a, text: One}]\nscales: [{id: total}]\n"
    )
    assert isinstance(load("own.yaml", tmp_path), tuple)
    own.write_text(own.read_text().replace("\\e[2J", ""))
    assert isinstance(load("own.yaml", tmp_path), Definition), "it was refused for something else"


def test_forth_and_back_for_ever_ends_where_it_began() -> None:
    p = typed(STEPS["thought record"], "here", *["/back", "/look", "/back", "/back", ""] * 12, "/skip")
    assert record_of(p.log.events)["answers"]["s"]["situation"] == "here"
