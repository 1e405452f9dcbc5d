"""The report: what is in it, that nothing private is, and that other people's text stays text in every form of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from mindful.journal.asking import Facts
from mindful.journal.ratings import Pair
from mindful.journal.stats.adherence import Adherence
from mindful.journal.stats.summary import Summary, summary
from mindful.render.report import plots, printed
from mindful.render.report.blocks import Chart, Figures, Heading, Report, Table, Words
from mindful.render.report.content import Wish, Written, report
from mindful.render.report.lines import lines
from mindful.render.report.page import page

FIRST, LAST = date(2026, 10, 5), date(2026, 11, 29)
NASTY = '<script>alert(1)</script> #evil() *b* \x1b[31m & "quotes"'

needs_plots = pytest.mark.skipif(not plots.available(), reason="vl-convert-python is not installed")
needs_typst = pytest.mark.skipif(not printed.available(), reason="typst is not installed")


def facts(
    days: int = 20, title: str = "Settle", more: dict[str, object] | None = None, effects: bool = False
) -> list[Facts]:
    return [
        Facts(
            (FIRST + timedelta(days=2 * n)).toordinal(), "settle", "completed" if n % 5 else "stopped", 300_000,
            effects, (Pair("tension", 60 + n % 7, 40 + n % 3),), more or {}, title, n,
        )
        for n in range(days)
    ]  # fmt: skip


def made(of: Sequence[Facts], found: Summary | None = None, **wish: object) -> Report:
    return report(found or summary(of, FIRST, LAST), of, Wish(date(2026, 11, 30), **wish))  # type: ignore[arg-type]


def said(of: Report) -> str:
    return "\n".join(lines(of))


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [v or "" for n, v in attrs if n == "id"]
        self.links += [v or "" for n, v in attrs if n in ("src", "href", "xlink:href", "action", "style")]


def test_it_says_days_times_and_what_changed_with_how_sure_that_is() -> None:
    text = said(made(facts()))
    assert "What was practised, 5 October 2026 to 29 November 2026" in text
    assert "Days with practice                 20 of 56" in text
    text = " ".join(text.split())
    assert re.search(r"average, in 20 sessions on 20 days\. The mean change is −\d", text)
    assert "a certainty of 95 %" in text
    assert "cannot be seen from this" in text


def test_too_few_days_are_told_as_too_few_and_drawn_without_an_interval() -> None:
    few = made(facts(4))
    assert "too few days to say" in " ".join(said(few).split())
    (chart,) = [b for b in few.blocks if isinstance(b, Chart) and b.name.startswith("pairs")]
    assert "hconcat" not in chart.spec
    assert any("hconcat" in b.spec for b in made(facts()).blocks if isinstance(b, Chart))


def test_an_interval_around_nothing_is_said_to_take_in_nothing() -> None:
    even = facts()
    mixed = [
        Facts(
            f.day,
            f.session,
            f.status,
            f.elapsed_ms,
            f.effects,
            (Pair("tension", 50, 50 + (9 if n % 2 else -9)),),
            {},
            f.title,
            n,
        )
        for n, f in enumerate(even)
    ]
    assert "That includes no change at all." in " ".join(said(made(mixed)).split())


def test_an_empty_journal_is_a_short_report() -> None:
    text = said(made([]))
    assert "0 of 56" in text
    assert "Before and after" not in text and "Week by week" not in text


def test_the_programme_heart_and_what_was_unpleasant_have_their_places() -> None:
    of = facts(more={"heart": {"rmssd_ms": 41.0}, "holds": [20_000, 25_000]}, effects=True)
    followed = Adherence("Two weeks", FIRST, LAST, 40, 30)
    text = " ".join(
        said(made(of, summary(of, FIRST, LAST, followed), programme="Arriving, day 3", name="A. B.")).split()
    )
    assert text.startswith("A. B.: What was practised")
    assert "Two weeks: 30 of 40 practices that it suggested" in text and "Arriving, day 3" in text
    assert "RMSSD (ms): half of the values between 41 and 41" in text
    assert "Breath holds: 40" in text
    assert "With 20 sessions something unpleasant was written down." in text
    assert not re.search(r"missed|overdue|failed|only \d|streak", text)


def test_a_long_stretch_is_told_by_months() -> None:
    first = date(2025, 1, 1)
    of = [Facts(first.toordinal() + 9 * n, "a", "completed", 60_000, False, (), {}, "A", n) for n in range(40)]
    text = said(report(summary(of, first, date(2026, 1, 10)), of, Wish(LAST)))
    assert "Month by month" in text and "January 2025" in text


def test_what_was_written_is_in_it_only_where_it_is_handed_in() -> None:
    assert "What was written down is not in it." in " ".join(said(made(facts(), withheld=2)).split())
    assert "2 private answers are not in it." in " ".join(said(made(facts(), withheld=2)).split())
    own = made(facts(), written=(Written(FIRST, "Settle", "word", "soft"), Written(FIRST, "Settle", "", "quiet")))
    assert "2026-10-05, Settle, word: soft" in said(own) and "2026-10-05, Settle: quiet" in said(own)


def test_tables_that_stand_for_drawings_are_short_on_a_terminal() -> None:
    text = said(made(facts(28)))
    assert "(The 16 before are left out.)" in text
    assert len([row for row in text.splitlines() if re.match(r"2026-\d\d-\d\d ", row)]) == 12


def test_bars_are_drawn_with_what_the_terminal_has() -> None:
    assert any("█" in line for line in lines(made(facts())))
    assert not any("█" in line for line in lines(made(facts()), blocks=False))
    assert max(map(len, lines(made(facts()), 40))) <= 60


@needs_plots
def test_the_page_loads_nothing_runs_nothing_and_has_no_id_twice() -> None:
    text = page(
        made(facts(more={"heart": {"rmssd_ms": 41.0}}), written=(Written(FIRST, NASTY, NASTY, NASTY),), name=NASTY)
    )
    found = Tags(text)
    assert "script" not in found.tags and "link" not in found.tags and "img" not in found.tags
    assert [link for link in found.links if not link.startswith("#")] == []
    assert len(found.ids) == len(set(found.ids))
    assert "://" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", text)
    assert found.tags.count("svg") == 3
    assert "\x1b" not in text and "<script>alert" not in text and "&lt;script&gt;" in text
    assert "default-src 'none'" in text and "unsafe-inline" not in text


@needs_plots
def test_nothing_of_the_clients_in_a_drawing_is_markup() -> None:
    of = [
        Facts(f.day, "a", f.status, f.elapsed_ms, False, (Pair(NASTY, 60, 40),), {}, NASTY, n)
        for n, f in enumerate(facts())
    ]
    text = page(made(of))
    assert "script" not in Tags(text).tags
    assert "\x1b" not in text


def test_without_the_library_the_tables_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    with pytest.raises(plots.PlotError):
        page(made(facts()))
    text = page(made(facts()), drawn=False)
    assert "svg" not in Tags(text).tags
    assert text.count("<table>") == 3


@needs_plots
@needs_typst
def test_the_pdf_is_tagged_and_takes_no_text_as_markup() -> None:
    nasty = "#panic() = heading $x$ `raw` @ref <label> \\ / // https://a.b [c] {d} \x1b[31m"
    of = facts(title=nasty)
    whole = printed.pdf(made(of, written=(Written(FIRST, nasty, nasty, nasty),), name=nasty))
    assert whole.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in whole and b"pdfuaid" in whole


def test_the_library_that_sets_pdfs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(printed.PrintError):
        printed.pdf(made([]))


def test_every_block_has_a_form_in_lines_and_page() -> None:
    table = Table("T", ("a", "b"), (("1", "2"),))
    blocks = (
        Heading("H"),
        Words("W"),
        Words("Q", quiet=True),
        Figures((("f", "v"),)),
        table,
        Chart("c", "C", {}, table),
    )
    of = Report("R", "en", FIRST, LAST, blocks)
    assert list(lines(of)) == [
        *("R", "", "H", "-", "W", "", "Q", "", "f  v", "", "T", "a  b", "1  2", "", "C", "a  b", "1  2")
    ]
    assert page(of, drawn=False).count("<table>") == 2
