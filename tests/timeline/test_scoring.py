"""What comes out of questionnaires, against the published tables: ends, cut-offs, missing answers, all languages."""

from __future__ import annotations

import hashlib
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.script.kinds.sheets import hours_of
from mindful.script.questionnaires import Definition, bundled, bundled_names
from mindful.timeline import scoring


def one(name: str) -> Definition:
    found = bundled(name)
    assert isinstance(found, Definition)
    return found


def total(name: str, *answers: int | None, scale: int = 0) -> float | None:
    """The number of what each item counts; the last answer stands for all that follow."""
    d = one(name)
    known = [*answers, *[answers[-1]] * (len(d.ids) - len(answers))]
    return scoring.scores(d, dict(zip(d.ids, known, strict=True)))[scale].value


def band(name: str, value: int, scale: int = 0) -> str:
    s = one(name).scales[scale]
    (found,) = [b.text.source("en") for b in s.bands if b.from_ <= value <= b.to]
    return found


# Kroenke 2001 (PHQ-9), Kroenke 2003 (PHQ-2), Spitzer 2006 (GAD-7), Kroenke 2007 (GAD-2), Topp 2015 (WHO-5),
# Kessler 2003 (K6), Andrews and Slade 2001 (K10), Weathers 2013 (PCL-5), Lovibond 1995 (DASS-21).
ENDS = [
    ("phq-9", 9, 0, 27), ("phq-2", 2, 0, 6), ("gad-7", 7, 0, 21), ("gad-2", 2, 0, 6), ("who-5", 5, 0, 100),
    ("k6", 6, 0, 24), ("k10", 10, 10, 50), ("pcl-5", 20, 0, 80), ("dass-21", 21, 0, 42),
]  # fmt: skip


@pytest.mark.parametrize(("name", "items", "least", "most"), ENDS)
def test_the_number_of_items_and_the_ends_of_the_scale(name: str, items: int, least: int, most: int) -> None:
    d = one(name)
    assert len(d.ids) == items
    scores = [o.score for o in d.options]
    lowest, highest = min(scores), max(scores)
    found = scoring.scores(d, dict.fromkeys(d.ids, lowest))[0], scoring.scores(d, dict.fromkeys(d.ids, highest))[0]
    assert [(s.value, s.least, s.most) for s in found] == [(least, least, most), (most, least, most)]


def test_every_bundled_one_is_in_the_table() -> None:
    assert sorted(name for name, *_ in ENDS) == bundled_names()


CUT_OFFS = {
    "phq-9": {4: "minimal", 5: "mild", 9: "mild", 10: "moderate", 14: "moderate", 15: "moderately severe", 19: "moderately severe", 20: "severe", 27: "severe"},
    "gad-7": {4: "minimal", 5: "mild", 9: "mild", 10: "moderate", 14: "moderate", 15: "severe", 21: "severe"},
}  # fmt: skip
DASS = {
    0: {9: "normal", 10: "mild", 13: "mild", 14: "moderate", 20: "moderate", 21: "severe", 27: "severe", 28: "extremely severe"},
    1: {7: "normal", 8: "mild", 9: "mild", 10: "moderate", 14: "moderate", 15: "severe", 19: "severe", 20: "extremely severe"},
    2: {14: "normal", 15: "mild", 18: "mild", 19: "moderate", 25: "moderate", 26: "severe", 33: "severe", 34: "extremely severe"},
}  # fmt: skip


def test_the_published_cut_offs() -> None:
    for name, table in CUT_OFFS.items():
        assert {value: band(name, value) for value in table} == table
    for scale, table in DASS.items():
        assert {value: band("dass-21", value, scale) for value in table} == table
    assert "below" in band("phq-2", 2) and "at or above" in band("phq-2", 3)
    assert "below" in band("k6", 12) and "at or above" in band("k6", 13)


@pytest.mark.parametrize("name", bundled_names())
def test_bands_cover_every_number_that_can_come_out_once(name: str) -> None:
    d = one(name)
    for scale in d.scales:
        if not scale.bands:
            continue
        found = scoring.scale_score(d, scale, dict.fromkeys(d.ids, 0))
        step = int(scale.multiply)
        for value in range(int(found.least), int(found.most) + 1, step):
            assert len([b for b in scale.bands if b.from_ <= value <= b.to]) == 1, value


def test_who_5_is_a_share_of_a_hundred_and_pcl_5_has_its_clusters() -> None:
    assert total("who-5", 3) == 60
    assert total("who-5", 5, 4, 3, 2, 1) == 60
    d = one("pcl-5")
    found = scoring.scores(d, {name: k % 5 for k, name in enumerate(d.ids)})
    items = [k % 5 for k in range(20)]
    assert [s.value for s in found] == [sum(items), sum(items[:5]), sum(items[5:7]), sum(items[7:14]), sum(items[14:])]


def test_dass_21_doubles_and_keeps_its_three_scales_apart() -> None:
    # Lovibond's key: D 3 5 10 13 16 17 21, A 2 4 7 9 15 19 20, S 1 6 8 11 12 14 18
    d = one("dass-21")
    low = {
        f"i{k}": (3 if k in (3, 5, 10, 13, 16, 17, 21) else 1 if k in (2, 4, 7, 9, 15, 19, 20) else 0)
        for k in range(1, 22)
    }
    assert [s.value for s in scoring.scores(d, low)] == [42, 14, 0]


def test_missing_answers_count_as_the_mean_of_the_others_where_that_is_allowed() -> None:
    d = one("phq-9")
    counts: dict[str, float | None] = dict(zip(d.ids, [2, 2, 2, 2, 1, 1, 1, None, None], strict=True))
    (score,) = scoring.scores(d, counts)
    assert (score.value, score.missing, score.prorated) == (14, ("movement", "dead"), True)  # 11 / 7 * 9 = 14.1
    counts["self"] = None
    (score,) = scoring.scores(d, counts)
    assert (score.value, score.prorated) == (None, False)
    assert total("gad-7", None, None, 1, 1, 1, 1, 1) == 7
    assert total("gad-7", None, None, None, 1) is None
    for strict in ("phq-2", "gad-2", "who-5", "k6", "k10", "pcl-5"):
        assert total(strict, None, 1) is None
    dass = one("dass-21")
    got = scoring.scores(dass, {f"i{k}": (None if k == 3 else 1) for k in range(1, 22)})
    assert [s.value for s in got] == [14, 14, 14]


def test_rounding_is_as_people_round() -> None:
    assert [scoring.half_up(n) for n in (0.5, 1.5, 2.5, 2.49)] == [1, 2, 3, 2]


@given(st.lists(st.none() | st.integers(0, 3), min_size=9, max_size=9))
def test_a_phq_9_is_the_sum_or_within_its_ends_or_nothing(answers: list[int | None]) -> None:
    d = one("phq-9")
    (score,) = scoring.scores(d, dict(zip(d.ids, answers, strict=True)))
    there = [a for a in answers if a is not None]
    if len(there) == 9:
        assert score.value == sum(there)
    elif len(there) >= 7:
        assert score.value is not None and sum(there) <= score.value <= sum(there) + 3 * (9 - len(there))
    else:
        assert score.value is None


def test_items_may_be_counted_from_the_other_end() -> None:
    d = Definition.model_validate({
        "questionnaire": 1, "id": "own", "title": "Own", "about": "x", "source": "x", "licence": "x", "ask": "How?",
        "options": [{"text": "a", "score": 1}, {"text": "b", "score": 2}, {"text": "c", "score": 5}],
        "items": [{"id": "one", "text": "1"}, {"id": "two", "text": "2", "reverse": True}, {"id": "three", "text": "3", "scored": False}],
        "scales": [{"id": "total"}],
    })  # fmt: skip
    for first, second in product(range(3), repeat=2):
        counted = scoring.counted(d, {"one": first, "two": second, "three": 0})
        (score,) = scoring.scores(d, counted)
        assert score.value == (1, 2, 5)[first] + (5, 4, 1)[second]


@pytest.mark.parametrize("name", ["phq-9", "phq-2", "gad-7", "gad-2"])
def test_german_words_are_all_there(name: str) -> None:
    d = one(name)
    texts = [d.ask, *(o.text for o in d.options), *(i.text for i in d.items)]
    assert all(t.source("de") != t.source("en") for t in texts)


def test_exact_words() -> None:
    d = one("phq-9")
    assert (
        d.ask.source("en")
        == "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    )
    assert [o.text.source("en") for o in d.options] == [
        "Not at all",
        "Several days",
        "More than half the days",
        "Nearly every day",
    ]
    assert (
        d.items[8].text.source("en") == "Thoughts that you would be better off dead or of hurting yourself in some way"
    )
    assert d.items[8].support_from == 1
    assert [i.id for i in d.items if i.support_from is not None] == ["dead"]
    assert one("gad-7").items[6].text.source("en") == "Feeling afraid as if something awful might happen"
    short = one("phq-2").items
    assert [i.text for i in short] == [i.text for i in d.items[:2]]
    assert [i.text for i in one("gad-2").items] == [i.text for i in one("gad-7").items[:2]]
    k10, k6 = one("k10"), one("k6")
    assert {i.text.source() for i in k6.items} <= {i.text.source() for i in k10.items}


# The words that were compared with published copies (the first lines of each file say with which). Whoever changes one
# compares again, word by word, and then puts the new digest here.
COMPARED = {
    ("gad-2", "en"): "21a3b0027ebf8d93",
    ("gad-2", "de"): "bab30530c7247b68",
    ("gad-7", "en"): "bf7a1e0fa235e4f5",
    ("gad-7", "de"): "0abb45cdf098f2b5",
    ("k10", "en"): "e0370354b53bc00e",
    ("k6", "en"): "173d8dfde14ed163",
    ("pcl-5", "en"): "d618b3bb60ea76b3",
    ("phq-2", "en"): "a10ddf78302a46a9",
    ("phq-2", "de"): "476248cd391ea54f",
    ("phq-9", "en"): "a8b8fa879c29f7fc",
    ("phq-9", "de"): "15c579844823c8cc",
    ("who-5", "en"): "2840c72ce05bcde9",
}


def words(name: str, language: str) -> str:
    d = one(name)
    return "\n".join(t.source(language) for t in (d.ask, *(o.text for o in d.options), *(i.text for i in d.items)))


@pytest.mark.parametrize(("name", "language"), COMPARED)
def test_the_words_are_those_that_were_compared(name: str, language: str) -> None:
    assert hashlib.sha256(words(name, language).encode()).hexdigest()[:16] == COMPARED[name, language]


def test_every_text_was_compared() -> None:
    here = {(name, language) for name in bundled_names() if one(name).items for language in ("en", "de")}
    assert {
        (name, language) for name, language in here if language == "en" or words(name, "de") != words(name, "en")
    } == set(COMPARED)


@pytest.mark.parametrize("name", bundled_names())
def test_each_says_whose_it_is(name: str) -> None:
    d = one(name)
    assert re.search(r"\b(19|20)\d\d\b", d.source)
    assert len(d.licence) > 30
    assert d.missing_rule
    assert d.items or d.text_from


@pytest.mark.parametrize(
    ("every", "hours"),
    [("7 days", 168), ("1 day", 24), ("2 weeks", 336), ("12 h", 12), ("soon", None), ("7", None), ("0 days", 0)],
)
def test_how_often(every: str, hours: int | None) -> None:
    assert hours_of(every) == hours
