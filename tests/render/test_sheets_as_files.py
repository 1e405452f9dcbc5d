"""Thought records, questionnaires, plans and two-axis mood as files: a sheet to read out, and a form for a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mindful.cli import exits
from mindful.cli.main import run
from mindful.render.page.forms import form
from mindful.render.plan import Policy, plan
from mindful.render.reading import WIDTH, text
from mindful.script.load import loads
from mindful.script.model import Script
from mindful.timeline.model import SheetPrompt
from mindful.timeline.unfold import Setup, begin, unfold

STEPS = {
    "five": "id: s\n    thought_record: {columns: 5, private: true}",
    "seven": "id: s\n    thought_record: {columns: 7}",
    "experiment": "id: s\n    thought_record: {form: experiment}",
    "questionnaire": "id: s\n    questionnaire: phq-9",
    "goal": "id: s\n    plan: {goals: [sleep, 'x <b>y</b>'], ask: [what, when]}",
    "wellness": "id: s\n    plan: {form: wellness}",
    "diary": "id: s\n    plan: {form: sleep-diary}",
    "affect": "rate: {id: s, ask: How is your mood?, scale: affect}",
}


def made(name: str) -> Script:
    found = loads(f"mindful: 1\ntitle: A sheet\nsteps:\n  - {STEPS[name]}\n  - say: Thank you.\n")
    assert found.script is not None, found.problems
    return found.script


def prompt_of(name: str) -> SheetPrompt:
    setup = Setup(made(name))
    segment, _ = unfold(setup, begin(setup), {})
    assert segment is not None and isinstance(segment.prompt, SheetPrompt)
    return segment.prompt


def page(name: str) -> str:
    setup = Setup(made(name))
    segment, _ = unfold(setup, begin(setup), {})
    assert segment is not None
    return form(1, segment, "en")


@pytest.mark.parametrize("name", STEPS)
def test_every_question_stands_on_the_sheet_to_read_out(name: str) -> None:
    script = made(name)
    shown = text(script, plan(Setup(script), Policy()).timeline)
    words = " ".join(shown.split())
    for field in prompt_of(name).fields:
        assert field.ask in words
        assert all(option in words for option in field.options)
    assert all(len(row) <= WIDTH for row in shown.splitlines())
    assert not any(row.rstrip().endswith("[") or row.lstrip().startswith("]") for row in shown.splitlines())
    leads = {field.lead for field in prompt_of(name).fields if field.lead}
    assert all(words.count(lead) == 1 for lead in leads), "what leads to several questions stands once"
    assert shown.endswith("(end)\n")


@pytest.mark.parametrize("name", STEPS)
def test_every_question_is_a_field_of_its_own_with_a_name_of_its_own(name: str) -> None:
    fields = prompt_of(name).fields
    shown = page(name)
    assert shown.count('<div class="field"') == len(fields)
    names = re.findall(r'<(?:input|textarea)[^>]* name="([^"]+)"', shown)
    assert set(names) == {f"answer-1-{k}" for k in range(len(fields))}
    assert "<b>" not in shown
    assert "required" not in shown, "a sheet can always be left"
    for field in fields:
        assert f'data-asked="{field.ask}"' in shown or "&lt;b&gt;" in shown


def test_of_a_thought_record_scales_choices_and_words_are_what_they_should_be() -> None:
    shown = page("five")
    assert shown.count('type="range"') == 5 and shown.count("<textarea") == 5
    assert shown.count('type="checkbox"') == len(prompt_of("five").named("styles").options)
    assert shown.count(" data-private") >= len(prompt_of("five").fields)
    assert "data-private" not in page("seven")
    assert "<span>0: not at all</span> <span>100: completely</span>" in shown


def test_of_a_questionnaire_each_item_has_its_four_answers_and_no_number_is_shown() -> None:
    shown = page("questionnaire")
    assert shown.count('type="radio"') == 9 * 4
    assert shown.count("Over the last 2 weeks") == 9
    assert not re.search(r"\bscore|\bmild|\bsevere", shown)


def test_mood_on_two_axes_is_two_scales_with_ends() -> None:
    shown = page("affect")
    assert shown.count('type="radio"') == 22
    for words in ("very unpleasant", "very pleasant", "very quiet", "very stirred up", "How is your mood?"):
        assert words in shown


@pytest.mark.parametrize("session", ["thought-record", "last-two-weeks"])
def test_a_bundled_session_with_a_sheet_becomes_a_file(session: str, tmp_path: Path) -> None:
    file = tmp_path / "sheet.txt"
    assert run(["render", session, "-o", str(file)]) == exits.DONE
    assert file.read_text(encoding="utf-8").count("\n         - ") >= 5
