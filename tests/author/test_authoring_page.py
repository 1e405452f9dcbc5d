"""`docs/authoring.md` keeps its word: each example can be played, each wrong one gives the code that it claims."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from mindful import assets
from mindful.author import clients, lengths
from mindful.cli.main import COMMANDS, cli
from mindful.script.load import loads
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup
from mindful.tui import keys

PAGE = (assets.root() / "docs" / "authoring.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml(?: wrong (MF\d{3}))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CLIENTS = re.findall(r"^```yaml client\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
GOOD = [text for code, text in BLOCKS if not code]
WRONG = [(code, text) for code, text in BLOCKS if code]
ELSEWHERE = {"simulate", "render"}
"""Commands that are told of here and come with their own parts of the program."""


def whole(text: str) -> str:
    """An example as a script: steps get a head, a head gets a step."""
    if text.startswith("mindful: 1\n"):
        return text
    head = "mindful: 1\ntitle: An example\n"
    if text.startswith("- "):
        return head + "steps:\n" + "".join(f"  {line}\n" for line in text.splitlines())
    return head + text + "steps:\n  - bell: bowl\n"


def test_there_are_examples_of_everything_that_is_taught() -> None:
    assert len(GOOD) >= 14 and len(WRONG) >= 4 and PAGE.count("```") == 2 * (len(BLOCKS) + len(CLIENTS))
    for word in ("say", "pause", "bell", "sound", "breathe", "sit", "rate", "if", "ask", "choose", "repeat", "wait",
                 "variables", "include", "cautions", "evidence", "fit"):  # fmt: skip
        assert any(re.search(rf"(^|[-\s{{]){word}: ", text, re.MULTILINE) or f"{word}:\n" in text for text in GOOD), (
            word
        )


@pytest.mark.parametrize("text", GOOD, ids=lambda t: t.split("\n")[0][:40])
def test_an_example_can_be_played(text: str, tmp_path: Path) -> None:
    loaded = loads(whole(text), "example.yaml", tmp_path, further=lengths.CHECKS)
    assert loaded.script is not None, [p.message for p in loaded.problems]
    assert not [p.message for p in loaded.problems if p.severity == "warning"]
    assert outline(Setup(loaded.script)).segments


@pytest.mark.parametrize("text", CLIENTS)
def test_a_made_up_client_of_the_page_is_one(text: str, tmp_path: Path) -> None:
    file = tmp_path / "nina.yaml"
    file.write_text(text, encoding="utf-8")
    assert clients.load(file).name == "nina"


CONDITIONS = re.findall(
    r"^\| `([^`]+)` \|", PAGE.partition("| written | it holds when |")[2].partition("\n\n")[0], re.MULTILINE
)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_conditions_of_the_table_can_be_written(condition: str) -> None:
    asked = "".join(f"- rate: {{id: {name}, ask: How?, scale: suds}}\n" for name in ("before", "after"))
    assert loads(whole(f"{asked}- if: {condition}\n  bell: bowl\n")).problems == ()
    assert len(CONDITIONS) >= 5


def test_what_is_said_of_a_name_alone_is_so() -> None:
    asked = "- rate: {id: before, ask: How?, scale: suds}\n"
    for condition in ("before", "not before"):
        found = loads(whole(f"{asked}- if: {condition}\n  bell: bowl\n")).problems
        assert [(p.code, p.severity) for p in found] == [("MF087", "advice")]


@pytest.mark.parametrize(("code", "text"), WRONG)
def test_a_wrong_example_gives_the_code_that_it_claims(code: str, text: str) -> None:
    found = [p.code for p in loads(whole(text)).problems if p.severity == "error"]
    assert found == [code]


def test_every_command_is_there_with_its_options() -> None:
    lines = re.findall(r"^    (mindful .+)$", PAGE, re.MULTILINE) + re.findall(r"`(mindful [^`]+)`", PAGE)
    assert len(lines) >= 12
    for line in lines:
        words = shlex.split(re.split(r"\s{3,}", line)[0])[1:]
        if words[0] in ELSEWHERE - COMMANDS.keys():
            continue
        command = cli.get_command(None, words[0])  # type: ignore[arg-type]
        assert command is not None, line
        options = {o for p in command.params for o in p.opts}
        for word in words[1:]:
            assert not word.startswith("-") or word in options | {"--fit"}, line


def test_the_keys_of_the_page_are_those_of_the_workbench() -> None:
    table = PAGE.split("| key |")[1].split("\n\n")[0]
    shown = {a.shown for a in keys.SCOPES["bench"]}
    named = re.findall(r"^\| (Ctrl\+\w|F\d) \|", table, re.MULTILINE)
    assert len(named) == 9 and set(named) <= shown


def test_the_pages_it_points_to_are_there() -> None:
    for name in re.findall(r"\]\(([\w.-]+)\)", PAGE):
        assert (assets.root() / "docs" / name).is_file(), name


def test_what_is_said_of_scales_and_muscle_groups_is_so() -> None:
    from mindful.timeline.body_words import TENSE
    from mindful.timeline.model import RatePrompt, SayCue
    from mindful.timeline.scales import SCALES

    assert all(scale.low_label and scale.high_label for scale in SCALES.values())
    assert {name for name, scale in SCALES.items() if (scale.low, scale.high) == (0, 10)} == SCALES.keys() - {"suds"}
    own = next(text for text in GOOD if "quite loose" in text)
    script = loads(whole(own)).script
    assert script is not None
    (prompt,) = (s.prompt for s in outline(Setup(script)).segments)
    assert isinstance(prompt, RatePrompt) and (prompt.low_label, prompt.high_label) == (
        "quite loose",
        "as tense as can be",
    )
    script = loads(whole(next(text for text in GOOD if "Draw your toes" in text))).script
    assert script is not None
    said = [c.text for s in outline(Setup(script)).segments for c in s.cues if isinstance(c, SayCue)]
    assert said[said.index("Draw your toes up a little.") + 1] == TENSE and said.count(TENSE) == 3
