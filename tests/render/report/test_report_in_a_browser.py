"""The report's page as Chromium shows it: it asks for nothing, fits every window, and axe-core finds nothing serious."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mindful.render.report import plots
from mindful.render.report.content import Written
from mindful.render.report.page import page as text_of
from tests.render.browser import Browser
from tests.render.report.test_report import FIRST, NASTY, facts, made
from tests.render.test_page_in_a_browser import audit, axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not plots.available(), reason="vl-convert-python is not installed"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    of = made(facts(28, more={"heart": {"rmssd_ms": 41.0}}), name=NASTY, written=(Written(FIRST, NASTY, NASTY, NASTY),))
    path = tmp_path / "report.html"
    path.write_text(text_of(of), encoding="utf-8")
    return path


@pytest.fixture
def browser(tmp_path: Path, file: Path) -> Iterator[Browser]:
    browser = Browser(tmp_path / "profile")
    browser.open(file.as_uri())
    yield browser
    browser.close()


def test_axe_finds_nothing_serious_also_with_the_tables_open(browser: Browser) -> None:
    browser.run(f"(() => {{ {axe()}\n }})(), 1")
    assert audit(browser) == []
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true }), 1")
    assert audit(browser) == []


@pytest.mark.parametrize("width", [320, 1000])
def test_nothing_is_wider_than_the_window(browser: Browser, width: int) -> None:
    browser.like(width, 640)
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true }), 1")
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_it_asks_for_nothing_but_itself_and_its_own_style_holds(browser: Browser, file: Path) -> None:
    assert set(browser.asked) <= {file.as_uri()}
    assert browser.run("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    assert browser.run("document.scripts.length") == 0
    assert browser.run("document.querySelectorAll('svg').length") == 3
