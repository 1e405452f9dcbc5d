"""The pages to read: whole, honest, easy to read, and the same to whoever cannot see their pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import textstat

from mindful import assets
from mindful.script import catalogue
from mindful.script.bibliography import find
from mindful.script.kinds.ask import Learn
from mindful.script.load import load
from mindful.script.markdown import blocks, spoken
from mindful.script.model import Script
from tests.sessions.conftest import READING

WANTED = {
    "learn-neuroplasticity", "learn-stress", "learn-vagus", "learn-amygdala", "learn-extinction", "learn-avoidance",
    "learn-wandering", "learn-interoception", "learn-sleep", "learn-exercise", "learn-food", "learn-neurofeedback",
}  # fmt: skip
GRADE = 9
"""The school year whose pupils can read it, by Flesch and Kincaid."""
CARDS = sorted(READING)


def pages(script: Script) -> list[Learn]:
    return [step.learn for step in script.steps if step.learn is not None]


def test_what_belongs_to_this_field_is_there() -> None:
    assert set(CARDS) >= WANTED


@pytest.mark.parametrize("name", CARDS)
def test_a_colleague_has_nothing_to_say_against_it(name: str) -> None:
    loaded = load(assets.session_files()[name], clinical=True)
    assert loaded.problems == () and loaded.silenced == ()


@pytest.mark.parametrize("name", CARDS)
def test_it_is_pages_with_a_title_a_source_and_questions_that_explain(
    name: str, session: Callable[[str], Script]
) -> None:
    found = pages(session(name))
    assert len(found) == len(session(name).steps) >= 2
    assert all(page.title is not None for page in found)
    assert found[-1].source and found[-1].quiz
    for item in (q for page in found for q in page.quiz):
        assert item.why is not None and len(item.why.source().split()) >= 8
        assert isinstance(item.answer, int)


@pytest.mark.parametrize("name", CARDS)
def test_it_says_how_sure_it_is_and_its_sources_were_read(name: str, session: Callable[[str], Script]) -> None:
    script = session(name)
    assert script.evidence
    read = [find(each.source) for each in script.evidence]
    assert all(source is not None for source in read)
    # What was not read by us is named in words as such.
    for source, each in zip(read, script.evidence, strict=True):
        assert source is not None
        assert source.read == "abstract" or "not read by us" in each.strength
    named = pages(script)[-1].source or ""
    for source in read:
        assert source is not None and source.families[0] in named and str(source.year) in named
    words = " ".join(text.source() for page in pages(script) for text in (page.title, page.text) if text is not None)
    assert re.search(r"how sure|what is known|too simple|what it shows|do not agree|has support|what research|"
                     r"a bit too strong", words, re.I)  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_its_pictures_have_words_and_stand_on_a_narrow_page(name: str, session: Callable[[str], Script]) -> None:
    drawn = [b for page in pages(session(name)) for b in blocks(page.text.source()) if b.kind == "picture"]
    assert drawn
    for picture in drawn:
        assert len(picture.text.split()) >= 8 and picture.closed
        assert max(map(len, picture.rows)) <= 60
        assert all(row.isascii() for row in picture.rows)  # seen alike in every terminal


def sentences(script: Script) -> Iterator[str]:
    """What is read, each part closed by a point, as a reader would take it."""
    for page in pages(script):
        parts = spoken(page.text.source())
        for item in page.quiz:
            parts += [item.ask.source(), *(o.source() for o in item.options), item.why.source() if item.why else ""]
        yield from (p if p.endswith((".", "?", "!")) else f"{p.rstrip(':,')}." for p in parts if p)


@pytest.mark.parametrize("name", CARDS)
def test_it_can_be_read_by_whoever_left_school_early(name: str, session: Callable[[str], Script]) -> None:
    text = " ".join(sentences(session(name)))
    assert 250 <= len(text.split()) <= 600  # about three minutes
    assert textstat.flesch_kincaid_grade(text) <= GRADE
    assert textstat.gunning_fog(text) <= GRADE + 1
    longest = max(text.replace("?", ".").split("."), key=lambda s: len(s.split()))
    assert len(longest.split()) <= 32, longest


def test_the_measure_knows_hard_words_from_easy_ones() -> None:
    hard = (
        "Allostatic overload necessitates multidimensional conceptualisation of neuroendocrinological regulation. " * 3
    )
    assert textstat.flesch_kincaid_grade(hard) > GRADE


@pytest.mark.parametrize("name", CARDS)
def test_it_is_found_by_its_short_name_and_by_its_title(name: str, session: Callable[[str], Script]) -> None:
    for asked in (name, name.removeprefix("learn-"), session(name).title.source().upper()):
        found = catalogue.card(asked)
        assert found is not None and found.id == name


def test_a_name_that_is_nearly_one_leads_to_it() -> None:
    assert catalogue.card("box") is None
    assert catalogue.near_cards("vagsu") == ["learn-vagus"]
    assert "learn-sleep" in catalogue.near_cards("inner clock")
