"""The schema and the reference in docs/ are those of the models, and the schema judges scripts as `load` does."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mindful import assets
from mindful.script.documents import COMMAND, documents, main, write
from mindful.script.load import loads
from mindful.script.model import KINDS
from mindful.script.nodes import read
from mindful.script.problems import Source
from mindful.script.schema import script_schema

SCHEMA = Draft202012Validator(script_schema())
HEAD = "mindful: 1\ntitle: Example\nsteps:\n"


@pytest.mark.parametrize("name", list(documents()))
def test_the_committed_document_is_current(name: str) -> None:
    committed = (assets.root() / "docs" / name).read_text(encoding="utf-8")
    assert committed == documents()[name], f"renew it with `{COMMAND}`"


def test_documents_are_written_only_where_they_differ(tmp_path: Path) -> None:
    assert write(tmp_path) == list(documents())
    assert write(tmp_path) == []
    (tmp_path / "reference.md").write_text("old", encoding="utf-8")
    assert write(tmp_path) == ["reference.md"]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(script_schema())


@pytest.mark.parametrize("path", assets.session_files().values(), ids=lambda p: p.stem)
def test_bundled_sessions_fit_the_schema(path: Path) -> None:
    data = read(Source(path.name, path.read_text(encoding="utf-8"))).data
    assert [e.message for e in SCHEMA.iter_errors(data)] == []


GOOD = [
    "say: Welcome.", "say: {en: Welcome., de: Willkommen.}", "say: {text: Welcome., pause: 4 s}",
    "{say: Welcome., pause: 4 s}", "pause: 90", "pause: 4:30", "bell: bowl", "bell:", "bell: {strokes: 3}", "sound: rain",
    "breathe: {pattern: box, for: 3 min}", "breathe: {pattern: {inhale: 4, exhale: 6}, cycles: 6}",
    "breathe: {pattern: [{inhale: 2, through: nose}, {exhale: 6}], until: key}", "sit: 5 min", "sit: {open: true}",
    "scan:", "ground:", "rate: {id: a, ask: How?, scale: {min: 0, max: 7}}", "wait: Ready?",
    "{if: a > 3, id: b, label: Now, stretch: 2, optional: true, note: x, learn: Read this.}",
    "repeat: {times: 3, steps: [{bell: gong}]}", "include: {script: box, with: {minutes: 3}}",
    "choose: {ask: How?, options: [{label: a}, {label: b, steps: [{pause: 3}]}]}",
]  # fmt: skip


@pytest.mark.parametrize("step", GOOD)
def test_each_form_of_a_step_fits(step: str) -> None:
    data = read(Source("s", HEAD + f"  - {step}\n")).data
    assert [e.message for e in SCHEMA.iter_errors(data)] == []
    assert not {"MF03", "MF04"} & {p.code[:4] for p in loads(HEAD + f"  - {step}\n").problems}


BAD = [
    "brethe: box", "{say: Welcome., bell: bowl}", "{label: x}", "bell: boll", "bell: {strokes: 12}", "sit: {opne: true}",
    "sit: {open: yes}", "breathe: {pattern: {inhale: 4, exale: 6}, cycles: 3}", "rate: {ask: How?}", "{pause: 3, bell: bowl}",
    "repeat: {times: 3, steps: []}", "say:", "just words", "scan: {from: hands}",
]  # fmt: skip


@pytest.mark.parametrize("step", BAD)
def test_what_load_refuses_the_schema_refuses_too(step: str) -> None:
    data = read(Source("s", HEAD + f"  - {step}\n")).data
    assert list(SCHEMA.iter_errors(data))
    assert loads(HEAD + f"  - {step}\n").script is None


def test_every_kind_has_a_part_in_the_reference() -> None:
    page = documents()["reference.md"]
    for kind in KINDS:
        assert f"\n### `{kind}`\n" in page
    assert "| `box` | inhale 4, hold 4, exhale 4, rest 4 | 3.8 | yellow |" in page


def test_checking_the_documents_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], tmp_path) == 1
    assert "make documents" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
