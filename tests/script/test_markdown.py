"""The small Markdown of pages to read, as every performer gets it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.script.load import loads
from mindful.script.markdown import Block, blocks, plain, spans, spoken

PAGE = """# Slow

One line
and its **other** half.

- first
  goes on
- second

2. two

```picture A wave
   .-.
 _.   ._
```
> told
"""


def test_a_page_is_its_parts_in_order() -> None:
    assert blocks(PAGE.strip()) == [
        Block(kind="heading", text="Slow"),
        Block(text="One line and its **other** half.", apart=True),
        Block(kind="entry", text="first goes on", apart=True),
        Block(kind="entry", text="second"),
        Block(kind="entry", text="two", mark="2.", apart=True),
        Block(kind="picture", text="A wave", rows=("  .-.", "_.   ._"), apart=True),
        Block(text="told"),
    ]


def test_a_voice_says_no_picture_and_no_address() -> None:
    said = spoken(PAGE + "See [the page](https://example.org/a).")
    assert said == ["Slow", "One line and its other half.", "first goes on", "second", "two", "told See the page."]


@pytest.mark.parametrize(
    ("fence", "words"),
    [("```picture A wave", "A wave"), ("```picture: A wave", "A wave"), ("``` A wave", "A wave"), ("~~~ A wave", "A wave"),
     ("```", ""), ("```picture", ""), ("```pictures of birds", "pictures of birds")],
)  # fmt: skip
def test_words_behind_the_fence_are_the_pictures(fence: str, words: str) -> None:
    (found,) = blocks(f"{fence}\nx\n{fence[:3]}")
    assert (found.kind, found.text, found.rows, found.closed) == ("picture", words, ("x",), True)


def test_a_picture_without_an_end_takes_the_rest_and_says_so() -> None:
    (found,) = blocks("```picture A wave\nx\n\ny")
    assert found.rows == ("x", "", "y") and not found.closed


def test_what_stands_in_a_picture_is_no_mark() -> None:
    (found,) = blocks("````picture x\n# a\n- b\n```\n````")
    assert found.rows == ("# a", "- b", "```") and found.closed


def test_emphasis_and_links_are_runs_of_words() -> None:
    assert spans("a **b** *c* `d`") == [("a ", ""), ("b", "strong"), (" ", ""), ("c", "thin"), (" ", ""), ("d", "code")]
    assert plain("[x](http://e.org) _y_") == "x (http://e.org) y"
    assert plain("2 * 3 * 4 snake_case_name") == "2 * 3 * 4 snake_case_name"


@given(st.text(alphabet="ab1 .#-*_[]()>\n", max_size=200) | st.text(max_size=200))
def test_nothing_that_anyone_writes_is_an_error_and_no_letter_is_lost(text: str) -> None:
    found = blocks(text)
    assert all("\n" not in b.text for b in found)
    if "```" not in text and "~~~" not in text:
        kept = "".join(b.mark + b.text for b in found)
        assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(p.strip() for p in spoken(text))


def codes(text: str) -> list[tuple[str, str]]:
    page = "".join(f"      {line}\n" for line in text.split("\n"))
    loaded = loads(f"mindful: 1\ntitle: T\nsteps:\n  - learn: |\n{page}")
    return [(p.code, p.severity) for p in loaded.problems]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```picture A wave\n~\n```", []),
        ("```\n~\n```", [("MF140", "warning")]),
        ("```picture A wave\n~", [("MF141", "warning")]),
        ("```picture A wave\n" + "~" * 65 + "\n```", [("MF142", "advice")]),
        ("```picture A wave\n" + "~\n" * 17 + "```", [("MF142", "advice")]),
        ("| a | b |", [("MF143", "advice")]),
        ("a <b>b</b>", [("MF143", "advice")]),
        ("![x](y.png)", [("MF143", "advice")]),
        ("a\n\n---\n\nb", [("MF143", "advice")]),
        ("1 < 2 and 3 > 2; a - b", []),
    ],
)
def test_check_says_what_a_page_cannot_show(text: str, found: list[tuple[str, str]]) -> None:
    assert codes(text) == found
