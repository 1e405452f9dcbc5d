"""A page to read as HTML: its parts are elements, its picture has words, and nothing in it is ever code."""

from __future__ import annotations

from mindful.render.page.forms import form
from mindful.script.load import loads
from mindful.timeline.unfold import Setup, begin, unfold

SCRIPT = """
mindful: 1
title: T
steps:
  - learn:
      title: Waves
      source: A book
      text: |
        ## Slow
        They **come** and *go*.

        - one
        - two <b>x</b>

        3. three

        ~~~picture A wave & its foam
          <~
         _/
        ~~~
"""


def made() -> str:
    script = loads(SCRIPT).script
    assert script is not None
    segment, _ = unfold(Setup(script), begin(Setup(script)), {})
    assert segment is not None
    return form(1, segment, "en")


def test_parts_are_elements() -> None:
    page = made()
    assert '<h3 lang="en">Slow</h3>' in page
    assert '<p lang="en">They <strong>come</strong> and <em>go</em>.</p>' in page
    assert '<ul lang="en">\n<li>one</li>' in page and "</ul>" in page
    assert '<ol lang="en" start="3">\n<li>three</li>\n</ol>' in page


def test_a_picture_keeps_its_blanks_and_is_read_by_its_words() -> None:
    page = made()
    assert '<pre aria-hidden="true"> &lt;~\n_/</pre>' in page
    assert '<figcaption lang="en">A wave &amp; its foam</figcaption>' in page


def test_nothing_is_code() -> None:
    assert "<b>" not in made() and "&lt;b&gt;x&lt;/b&gt;" in made()
