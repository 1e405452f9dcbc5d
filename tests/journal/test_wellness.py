"""The file of what keeps one well: read whatever is in it, brought up to date without touching what is one's own."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.journal import wellness as plans
from mindful.journal.wellness import Wellness, changed, keep, lines, read, understood, when

DAY = date(2026, 11, 30)
BY_HAND = """\
mindful_wellness: 1
every: 2 weeks
# Ana and I, in May
well: I sing
signs: |-
  No sleep
    and no music

# a remark of mine
then:
Music that helps:
- Bach
- Nina
"""


def test_what_was_written_by_hand_is_read() -> None:
    found = understood(BY_HAND)
    assert found == Wellness(
        {"well": "I sing", "signs": "No sleep\n  and no music", "Music that helps": "Bach\nNina"}, every=14
    )
    assert lines(found)[:2] == [("heading", "How am I when I am well?"), ("item", "I sing")]
    assert ("heading", "Music that helps") in lines(found)


def test_a_sheet_changes_what_was_filled_in_and_nothing_else() -> None:
    after = changed(BY_HAND, {"signs": "Late nights\nand: # no", "then": "Call Ana"}, written=DAY)
    assert understood(after).parts == {
        "well": "I sing", "signs": "Late nights\nand: # no", "then": "Call Ana", "Music that helps": "Bach\nNina",
    }  # fmt: skip
    rows = after.splitlines()
    assert {row for row in BY_HAND.splitlines() if row not in rows} == {"  No sleep", "    and no music", "then:"}
    assert "# Ana and I, in May" in after and "# a remark of mine" in after
    again = changed(after, {}, looked=DAY + timedelta(days=7))
    assert understood(again).looked == DAY + timedelta(days=7) and understood(again).written == DAY


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80) | st.sampled_from(
    ["- a", "# no", "a: b", "|-", '"', "'", "{x}", "\t tab", "  blank", "a\n\n\nb", "---", "...", "%YAML", "!!x", "&a *a",
     "\u2028", "\x85", "\ufeff", "\x1b[2J", "~", "null", "yes", "1"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(plans.HEADINGS)), WORDS), st.dictionaries(
    st.sampled_from(sorted(plans.HEADINGS)), WORDS))  # fmt: skip
def test_whatever_is_written_comes_back_and_drives_no_terminal(one: dict[str, str], two: dict[str, str]) -> None:
    first = changed("", one, written=DAY)
    text = changed(first, two, looked=DAY)
    assert not plans.CONTROL.search(text)
    found = understood(text)
    assert not found.trouble and (found.written, found.looked) == (DAY, DAY)
    for name in plans.HEADINGS:
        last = plans._clean(two.get(name, "")) or plans._clean(one.get(name, ""))
        assert found.parts.get(name, "").split() == last.split()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.sampled_from([BY_HAND[:n] for n in range(0, len(BY_HAND), 7)]))
def test_any_file_is_read_and_one_that_cannot_be_understood_is_left_alone(text: str) -> None:
    found = understood(text)
    lines(found), when(found), found.due(DAY)
    if found.text:
        assert found.trouble and any(kind == "item" for kind, _ in lines(found)) == bool(text.splitlines())
        with pytest.raises(ValueError, match="understood"):
            changed(text, {"well": "x"})


@pytest.mark.parametrize(
    ("every", "days", "trouble"),
    [("7 days", 7, False), ("2 weeks", 14, False), ("10", 10, False), ("never", None, False), ("no", None, False),
     ("often", 7, True), ("", None, False)],
)  # fmt: skip
def test_how_often_a_look_is_offered(every: str, days: int | None, trouble: bool) -> None:
    found = understood(f"every: {every}\nwell: x\nwritten: 2026-11-01\n")
    assert (found.every, bool(found.trouble)) == (days, trouble)
    if days is not None:
        assert not found.due(date(2026, 11, 1) + timedelta(days=days - 1))
        assert found.due(date(2026, 11, 1) + timedelta(days=days))
    else:
        assert not found.due(date(2036, 1, 1))


def test_nothing_is_due_where_nothing_is_written_or_no_day_is_known() -> None:
    assert not Wellness().due(DAY)
    assert not understood("well: x\n").due(DAY)
    assert not understood("written: 2020-01-01\n").due(DAY)
    assert understood("well: x\nwritten: soon\n").trouble


def test_the_file_is_private_and_a_long_or_missing_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "wellness.yaml"
    assert read(path).empty
    keep(path, {"well": "I sing"}, written=DAY)
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("well: " + "x" * plans.MOST_BYTES)
    assert read(path).trouble and read(path).empty
    with pytest.raises(ValueError, match="long"):
        keep(path, {"well": "x"})
    path.write_bytes(b"well: \xff\xfe\n")
    assert read(path).parts["well"]
