"""What `mindful new` begins from: each text plays as it stands, in both languages, and comments stay."""

from __future__ import annotations

import pytest

from mindful import assets
from mindful.author import yaml_text
from mindful.author.start import LANGUAGES, PRACTICES, SCHEMA_LINE, renamed, starter, title_of
from mindful.cli.new import PRACTICES as OFFERED
from mindful.script.load import loads
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup


def comments(text: str) -> list[str]:
    return [row.strip() for row in text.splitlines() if row.lstrip().startswith("#")]


def test_the_command_offers_what_there_is() -> None:
    assert tuple(PRACTICES) == OFFERED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("practice", PRACTICES)
def test_a_start_has_no_problem_and_can_be_laid_out(practice: str, language: str) -> None:
    text = starter(practice, "A walk: by the sea", "walk", language)
    loaded = loads(text, "walk.yaml")
    assert loaded.script is not None and not loaded.problems
    assert loaded.script.title.source() == "A walk: by the sea" and loaded.script.id == "walk"
    assert loaded.script.language == language and loaded.script.cautions
    assert text.startswith(SCHEMA_LINE + "\n") and len(comments(text)) >= 3
    assert outline(Setup(loaded.script)).bounds.min_ms > 15_000


def test_an_unknown_start() -> None:
    for practice, language in (("dance", "en"), ("sit", "fr"), ("../sit", "en")):
        with pytest.raises(KeyError):
            starter(practice, "A", "a", language)


@pytest.mark.parametrize("name", sorted(assets.session_files()))
def test_every_bundled_session_can_be_begun_from(name: str) -> None:
    text = assets.session_files()[name].read_text(encoding="utf-8")
    made = renamed(text, "My own", "my-own", "Begun from it.")
    loaded = loads(made, "other.yaml", assets.sessions())
    assert loaded.script is not None
    assert (loaded.script.title.source(), loaded.script.id) == ("My own", "my-own")
    assert comments(made) == [SCHEMA_LINE, "# Begun from it.", *comments(text)]
    old = loads(text, f"{name}.yaml", assets.sessions()).script
    assert old is not None and loaded.script.steps == old.steps


def test_titles_over_several_lines_and_in_several_languages_are_replaced_whole() -> None:
    for title in (
        "title: >-\n  A long\n  title\n\n",
        "title:\n  en: A\n  # a remark within\n  de: B\n",
        'title: "A"  # why\n',
    ):
        text = f"# first\nmindful: 1\nid: old\n{title}# kept\nsteps:\n  - bell: bowl\n"
        made = renamed(text, "New", "new")
        script = loads(made).script
        assert script is not None and (script.title.source(), script.id) == ("New", "new")
        assert "# kept" in made and "# first" in made


def test_without_a_new_title_the_old_one_stays_and_windows_line_ends_too() -> None:
    made = renamed("mindful: 1\r\ntitle: Old\r\nsteps:\r\n  - bell: bowl\r\n", "", "x")
    assert made == f"{SCHEMA_LINE}\r\nmindful: 1\r\ntitle: Old\r\nsteps:\r\n  - bell: bowl\r\n"


@pytest.mark.parametrize(("stem", "title"), [("evening-walk_2", "Evening walk 2"), ("ÜBUNG", "ÜBUNG"), ("--", "")])
def test_titles_from_names(stem: str, title: str) -> None:
    assert title_of(stem) == title


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Evening (2)", "evening-2"),
        ("Übung für Größe", "ubung-fur-grosse"),
        ("2 minutes", "session-2-minutes"),
        ("…", "session"),
    ],
)
def test_names_from_words(words: str, name: str) -> None:
    assert yaml_text.name(words) == name


@pytest.mark.parametrize(
    ("ms", "text"),
    [(4000, "4 s"), (1500, "1.5 s"), (60_000, "1 min"), (90_000, "1 min 30 s"), (120_500, "2 min 0.5 s")],
)
def test_lengths_as_an_author_writes_them(ms: int, text: str) -> None:
    assert yaml_text.seconds(ms) == text
