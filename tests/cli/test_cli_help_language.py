"""`--help` of every command, in the client's language, down to the last option."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from mindful import tongue
from mindful.author import catalogues
from mindful.cli import helped
from mindful.cli.main import FOR_AUTHORS, cli
from tests.cli.conftest import Program


def commands(command: click.Command = cli, name: str = "mindful") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            inner = command.get_command(context, word)
            assert inner is not None
            yield from commands(inner, f"{name} {word}")


EVERY = dict(commands())


def paragraphs(text: str | None) -> list[str]:
    return [helped.paragraph(part) for part in (text or "").replace("\n    ", "\n").split("\n\n") if part.strip()]


def texts() -> dict[str, str]:
    """Each paragraph that a `--help` can show, with a command that shows it."""
    found = {}
    for name, command in EVERY.items():
        options = [p.help for p in command.params if isinstance(p, click.Option)]
        for text in (command.help, command.short_help, command.epilog, *options):
            found |= dict.fromkeys(paragraphs(text), name)
    return found


@pytest.fixture
def german() -> Iterator[None]:
    tongue.use("de")
    yield
    tongue.use("en")


def test_every_text_of_a_help_is_found_for_the_catalogue() -> None:
    known = {message for _, message in catalogues.texts()}
    assert len(texts()) > 300
    assert {name: text for text, name in texts().items() if text not in known} == {}


@pytest.mark.usefixtures("german")
def test_no_text_of_a_help_is_missing_in_german() -> None:
    assert [text for text in texts() if helped.said(text) == text] == []


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("name", EVERY)
def test_the_page_has_only_german_sentences(name: str) -> None:
    command = EVERY[name]
    context = command.context_class(command, info_name=name, help_option_names=["-h", "--help"])
    context.max_content_width = 10_000
    context.terminal_width = 10_000
    page = " ".join(command.get_help(context).split())
    shown = [text for text in texts() if text in page and len(text.split()) > 2]
    assert not shown and "Show this message" not in page and "Usage:" not in page and "required" not in page


@pytest.mark.parametrize("name", [n for n in EVERY if " " in n])
def test_english_help_is_as_click_writes_it(name: str) -> None:
    command = EVERY[name]
    ours = command.get_help(helped.Context(command, info_name=name))
    assert ours == command.get_help(click.Context(command, info_name=name))


def test_what_click_puts_behind_an_option_is_said_too(german: None) -> None:
    out = helped.Formatter(width=100)
    out.write_dl(
        [("-o", "As JSON.  [default: 20 s; required]"), ("-p", "[required]"), ("-q", "What nobody wrote [yet]")]
    )
    shown = out.getvalue()
    assert "[sonst: 20 s; nötig]" in shown and "required" not in shown and "What nobody wrote [yet]" in shown


@pytest.mark.parametrize("name", ["journal", "check", "ladder"])
def test_a_german_computer_shows_german_help(name: str, program: Program) -> None:
    shown = program("--language", "de", name, "--help").stdout
    assert shown.startswith("Aufruf: mindful " + name) and "Diese Hilfe" in shown
    assert "Usage:" in program("--language", "en", name, "--help").stdout


def test_authors_keep_english_but_for_help(program: Program) -> None:
    assert "check" in FOR_AUTHORS
    assert "no problems found" in program("--language", "de", "check", "settle").stderr
