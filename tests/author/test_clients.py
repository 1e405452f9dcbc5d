"""Clients of one's own: read from a small file, and what is wrong in it said in plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mindful.author.clients import BUILT_IN, Client, ClientError, built_in, load

OWN = """\
mindful_client: 1
summary: Comes in at ninety, leaves at forty, and takes her time.
answers: {way: Quiet, before: [90, 40]}
scales: {suds: [90 %, 40], own: {from: 20 %, to: 4}, any: null}
replies: {yes-no: [true, false], choice: next, text: [A word., Another.]}
chooses: random
leaves_open: 10 %
skips: 0.05
reaction: {from: 2 s, to: 10 s}
holds: 1 min
pauses: [{at: 30 %, for: 20 s}, {at: 2 min, for: 5}]
stops: 40 %
"""


def read(tmp_path: Path, text: str) -> str:
    path = tmp_path / "nina.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClientError) as found:
        load(path)
    return str(found.value)


def test_a_client_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "nina.yaml"
    path.write_text(OWN, encoding="utf-8")
    nina = load(path)
    assert nina.name == "nina" and nina.leaves_open == 0.1 and nina.skips == 0.05
    assert nina.stops is not None and nina.stops.of(100_000) == 40_000
    assert [(p.at.of(100_000), p.for_.ms) for p in nina.pauses] == [(30_000, 20_000), (120_000, 5000)]
    assert nina.reaction.to.ms == 10_000 and nina.holds.from_.ms == 60_000
    assert nina.scales["suds"] == ("90 %", 40) and nina.scales["any"] is None


def test_the_built_in_ones_are_data_of_the_same_model() -> None:
    for name in BUILT_IN:
        assert built_in(name).name == name and built_in(name).summary
    with pytest.raises(KeyError):
        built_in("nobody")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reactions: 5 s", "nina.yaml:1: “reactions” is not known here. Did you mean “reaction”?"),
        ("name: N\nzzz: 1", "nina.yaml:2: “zzz” is not known here. There are: mindful_client, name, summary"),
        ("skips: 2", "nina.yaml:1: “skips” is a chance: 0 to 1, or a percentage."),
        ("leaves_open: often", "“leaves_open”"),
        ("chooses: any", "“any” is not one of 'first', 'last', 'next' or 'random'."),
        ("name: N\nscales: {suds: high}", "nina.yaml:2: “suds”: a number is wanted, or a part of the scale"),
        ("reaction: soon", "“reaction”"),
        ("reaction: {from: 9 s, to: 2 s}", "{from: 2 s, to: 8 s}"),
        ("pauses: [{at: 30 %}]", "nina.yaml:1: “for” is missing."),
        ("stops: 140 %", "“stops”"),
        ("- calm", "a client is a list of properties, such as `reaction: 5 s`"),
        ("name: [", "nina.yaml:1:"),
        ("mindful_client: 2", "“2” is not one of 1."),
    ],
)
def test_faults_in_plain_words(text: str, words: str, tmp_path: Path) -> None:
    said = read(tmp_path, text)
    assert words in said
    assert not any(word in said for word in ("pydantic", "Input", "validation", "Traceback", "Value error"))


def test_all_faults_at_once(tmp_path: Path) -> None:
    assert read(tmp_path, "skips: 2\nchooses: none\nholds: x\n").count("nina.yaml:") == 3


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ClientError, match="cannot be read"):
        load(tmp_path / "nobody.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ClientError, match="not plain text"):
        load(tmp_path / "binary.yaml")


def test_the_client_of_the_therapists_page_is_one(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "therapist.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```\n(summary:.*?)```", page, re.DOTALL)
    path = tmp_path / "nina.yaml"
    path.write_text(text, encoding="utf-8")
    nina = load(path)
    assert nina.answers == {"before": 90, "after": [60, 40]} and nina.stops is not None
    for name in Client.model_fields:
        assert name in ("mindful_client", "name", "seed") or name in text, "every property has its place on the page"
