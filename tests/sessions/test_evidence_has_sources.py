"""Every claim points to an entry of the bibliography: of cards, of patterns, and of every bundled session."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
import yaml

from mindful import assets
from mindful.script import bibliography
from mindful.script.bibliography import Source, find, sources, works
from mindful.script.evidence import STRENGTHS, about, cards, named, near, parse
from mindful.script.model import Script

SESSIONS = sorted(assets.session_files())


def _claims() -> Iterator[tuple[str, str]]:
    """(where, source) of every claim of patterns and sessions."""
    patterns = yaml.safe_load((assets.sessions() / "patterns.yaml").read_text(encoding="utf-8"))
    for name, pattern in patterns.items():
        yield f"pattern {name}", pattern["evidence"]["source"]
    for name, path in assets.session_files().items():
        for each in yaml.safe_load(path.read_text(encoding="utf-8")).get("evidence", []):
            yield name, each["source"]


@pytest.mark.parametrize(("where", "source"), sorted(set(_claims())))
def test_every_work_that_is_named_is_in_the_bibliography(where: str, source: str) -> None:
    for work in works(source):
        assert find(work) is not None, f"{where}: {work} has no entry in {bibliography.NAME}"
    if not works(source):  # then it says in words that there is none
        assert re.search(r"\bno\b|\bnot\b|custom|tradition|reasoning", source), f"{where}: {source}"


@pytest.mark.parametrize("name", sorted(cards()))
def test_every_finding_of_a_card_has_sources_that_are_there(name: str) -> None:
    card = cards()[name]
    assert card.strength in STRENGTHS and card.in_short.endswith(".") and card.unknown
    for finding in (*card.found, *card.failed):
        assert finding.source and set(finding.source) <= set(sources()), finding
    for finding in card.found:
        assert finding.whom and finding.size
    # Nothing is called well supported by a single work, and nothing is only praised.
    keys = {key for finding in card.found for key in finding.source}
    assert card.strength != "good" or keys
    assert card.failed or card.strength in ("little", "none")


def test_cards_promise_nothing() -> None:
    words = " ".join(json.dumps(yaml.safe_load(p.read_text())) for p in (assets.sessions() / "evidence").glob("*.yaml"))
    assert not re.search(r"\b(cures?|heals?|guarantee[ds]?|proven|always works|miracle)\b", words, re.IGNORECASE)


def test_every_source_is_used_and_whole() -> None:
    used = {key for card in cards().values() for each in (*card.found, *card.failed) for key in each.source}
    used |= {found.key for _, text in _claims() for work in works(text) if (found := find(work))}
    spare = set(sources()) - used
    assert spare <= {"fincham-2023-stress", "shaffer-2020", "szulczewski-2019-apb", "qaseem-2016"}
    for source in sources().values():
        assert re.fullmatch(r"10\.\d{4,9}/\S+", source.doi), source.key
        assert 1950 < source.year < 2027 and source.title and source.container


def test_the_pages_for_therapists_name_only_known_works() -> None:
    known = {(s.families[0], s.year) for s in sources().values()}
    assert ("Balban", 2023) in known and ("Britton", 2021) in known


BALBAN = Source(
    "b", ("Balban", "Neri"), 2023, "t", "Cell Reports Medicine", "4", "1", "100895", "10.1016/j.xcrm.2022.100895"
)


@pytest.mark.parametrize(
    ("work", "there"),
    [
        ("Balban et al. 2023, Cell Reports Medicine 4(1):100895, doi:10.1016/j.xcrm.2022.100895", True),
        ("Balban et al. 2023, Cell Reports Medicine 4(1):100895", True),
        ("Balban et al. 2023, doi:10.1016/another", False),
        ("Balban et al. 2022, Cell Reports Medicine", False),
        ("Balbano et al. 2023, Cell Reports Medicine", False),
        ("Neri et al. 2023, Cell Reports Medicine", False),
        ("no trial known to us", False),
    ],
)
def test_a_work_is_found_by_name_year_and_doi(work: str, there: bool) -> None:
    assert (find(work, {"b": BALBAN}) is BALBAN) == there


def test_a_work_is_cited_as_session_writers_write_it() -> None:
    assert BALBAN.cited == ("Balban and Neri 2023, Cell Reports Medicine 4(1):100895, doi:10.1016/j.xcrm.2022.100895")
    for source in sources().values():
        assert find(source.cited) == source


@pytest.mark.parametrize(
    "data",
    [[], {"title": "x"}, {"title": "x", "in_short": "y", "strength": "huge"},
     {"title": "x", "in_short": "y", "strength": "good", "found": [{"what": "z"}]},
     {"title": "x", "in_short": "y", "strength": "good", "sure": True}],
)  # fmt: skip
def test_a_card_that_is_not_whole_is_told(data: object) -> None:
    with pytest.raises(ValueError, match=r"^practice: "):
        parse("practice", data)


@pytest.mark.parametrize(
    "data",
    [{}, [{}], [{"id": "a", "author": [], "issued": {"date-parts": [[2020]]}, "title": "t", "container-title": "c"}]],
)
def test_a_bibliography_that_is_not_whole_is_told(data: object) -> None:
    with pytest.raises(ValueError):
        bibliography.parse(data)


def test_a_card_is_found_by_any_of_its_names() -> None:
    assert {named(n).id for n in ("Box breathing", "tactical breathing", "box", "box-breathing")} == {"box-breathing"}  # type: ignore[union-attr]
    assert named("nothing of the kind") is None
    assert near("box breathin")[0] == "box-breathing"


def test_a_session_leads_to_the_cards_of_what_it_asks(session: Callable[[str], Script]) -> None:
    assert about(session("four-seven-eight"))[0].id == "4-7-8"
    assert about(session("grounding-steps"))[0].id == "grounding"
    assert "coherent" in [card.id for card in about(session("coherent"))]
