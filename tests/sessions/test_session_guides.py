"""What the pages for clients and therapists and the licence say is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mindful import assets
from mindful.journal.wellness import understood
from mindful.script.load import loads
from mindful.script.model import KINDS
from mindful.timeline.compile import compile_timeline
from mindful.timeline.unfold import Setup
from mindful.tui.keys import SCOPES

ROOT = Path(__file__).parents[2]
THERAPIST = (ROOT / "docs" / "therapist.md").read_text(encoding="utf-8")
CLIENT = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")


def test_the_first_script_of_the_therapists_page_plays() -> None:
    example, *pieces = [
        p for p in re.findall(r"```yaml\n(.*?)```", THERAPIST, re.DOTALL) if "mindful_wellness" not in p
    ]
    assert pieces
    for piece in pieces:
        assert loads(piece, "pieces.yaml", ROOT, clinical=True).problems == ()
    loaded = loads(example, "evening.yaml", clinical=True)
    assert loaded.problems == ()
    assert loaded.script is not None
    assert compile_timeline(Setup(loaded.script)).placed[-1].segment.kind == "rate"


def test_the_wellness_plan_of_the_therapists_page_is_read() -> None:
    (example,) = [p for p in re.findall(r"```yaml\n(.*?)```", THERAPIST, re.DOTALL) if "mindful_wellness" in p]
    found = understood(example)
    assert found.every == 7 and set(found.parts) == {"well", "signs", "then", "Music that helps"}


def test_the_script_of_the_first_page_has_no_problem() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    loaded = loads(example, clinical=True)
    assert loaded.script is not None and loaded.problems == ()


def test_the_therapists_page_tells_which_kinds_play_and_which_do_not() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", THERAPIST, re.MULTILINE))
    assert listed == {kind for kind, model in KINDS.items() if model.playable}
    assert all(model.playable for model in KINDS.values()), "what is not played is told on the page"


@pytest.mark.parametrize("page", [THERAPIST, CLIENT])
def test_sessions_that_the_pages_name_exist(page: str) -> None:
    named = set(re.findall(r"mindful play ([a-z0-9-]+)(?![\w.-])", page)) | {
        f.removesuffix(".yaml") for f in re.findall(r"`([a-z0-9-]+\.yaml)`", page)
    }
    assert named - {"evening", "wellness"} <= set(assets.session_files())
    assert named & {"settle", "arriving", "grounding-steps", "body-scan-steps"}


def test_the_keys_of_the_clients_page_are_the_keys_of_the_player() -> None:
    known = {part for a in (*SCOPES["home"], *SCOPES["player"], *SCOPES["form"]) for part in a.shown.split()}
    told = re.findall(r"^\| (`.+?) \|", CLIENT, re.MULTILINE)
    keys = {k for cell in told for k in re.findall(r"`([^`]+)`", cell) if not k.startswith("mindful")}
    assert len(keys) >= 12
    assert keys <= known | {"n", "→", "b", "←", "q", "Esc"}
    actions = {k: a.name for a in SCOPES["player"] for k in a.keys}
    for key, name in {
        "n": "skip",
        "b": "back",
        "q": "end",
        "escape": "end",
        "s": "mute",
        "m": "mix",
        "h": "hide",
    }.items():
        assert actions[key] == name


def test_the_clients_page_says_when_not_to_and_what_is_kept() -> None:
    for words in (
        "water",
        "driving",
        "pregnant",
        "seizures",
        "safety plan",
        "not encrypted",
        "MINDFUL_HOME",
        "q` ends",
    ):
        assert words in CLIENT, words


def test_both_licences_are_named_with_what_they_cover() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License\n\nCopyright (c) 2026 The mindful authors\n" in text
    assert 'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND' in text
    assert "CC-BY-4.0" in text
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
    assert "`sessions/` and `audio/`" in text
