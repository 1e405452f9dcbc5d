"""Record files of every version stay readable; what cannot be read says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mindful.journal.saving import encode
from mindful.journal.versions import UPGRADES, VERSION, DamagedError, NewerError, check, parse, upgrade

STORED = sorted((Path(__file__).parent / "records").glob("version-*.json"))


@pytest.fixture
def first() -> dict[str, Any]:
    return json.loads(STORED[0].read_text(encoding="utf-8"))


def test_a_file_of_every_version_is_stored() -> None:
    assert [int(p.stem.removeprefix("version-")) for p in STORED] == list(range(1, VERSION + 1))
    assert sorted(UPGRADES) == list(range(1, VERSION))


@pytest.mark.parametrize("path", STORED, ids=lambda p: p.stem)
def test_every_stored_version_reads(path: Path) -> None:
    record = parse(path.read_bytes())
    assert record["mindful_record"] == VERSION
    assert record["answers"]["before"] == 60


def test_this_version_is_written_as_it_is_stored(first: dict[str, Any]) -> None:
    assert encode(first) == STORED[VERSION - 1].read_bytes()


def test_what_this_version_does_not_know_is_kept(first: dict[str, Any]) -> None:
    assert parse(encode(first))["from_a_later_plugin"] == {"kept": True}


def test_upgrades_chain(first: dict[str, Any]) -> None:
    steps = {1: lambda r: r | {"mood": []}, 2: lambda r: r | {"mood": [*r["mood"], "calm"]}}
    new = upgrade(first, steps, 3)
    assert (new["mindful_record"], new["mood"]) == (3, ["calm"])
    assert "mood" not in first, "an upgrade works on a copy"


def test_a_missing_or_failing_upgrade_is_damage(first: dict[str, Any]) -> None:
    with pytest.raises(DamagedError, match="version 1"):
        upgrade(first, {}, 2)
    with pytest.raises(DamagedError, match="version 1"):
        upgrade(first, {1: lambda r: r["gone"]}, 2)


def test_a_newer_record_is_not_damaged(first: dict[str, Any]) -> None:
    with pytest.raises(NewerError, match="version 2"):
        parse(encode(first | {"mindful_record": 2}))


@pytest.mark.parametrize("version", [None, 0, -1, "1", True, 1.5])
def test_a_version_that_is_none(first: dict[str, Any], version: object) -> None:
    with pytest.raises(DamagedError, match="version"):
        parse(encode(first | {"mindful_record": version}))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\n  \n", "empty"),
        (b'{"mindful_record": 1', "not complete JSON"),
        (b"\xff\xfe{}", "not complete JSON"),
        (b"[" * 100_000, "not complete JSON"),
        (b"\x00" * 50, "not complete JSON"),
        (b"[]", "not a record"),
        (b"{}", "version"),
    ],
)
def test_what_is_no_record_says_why(data: bytes, why: str) -> None:
    with pytest.raises(DamagedError, match=why):
        parse(data)


def test_a_byte_order_mark_does_no_harm(first: dict[str, Any]) -> None:
    assert parse(b"\xef\xbb\xbf" + encode(first)) == first


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("id", ""),
        ("session", {"id": "x"}),
        ("session", []),
        ("status", "fine"),
        ("reason", None),
        ("started", "2026-11-22T07:30:00"),
        ("ended", 5),
        ("planned_ms", -1),
        ("elapsed_ms", 1.5),
        ("paused_ms", True),
        ("settings", []),
        ("steps", {}),
        ("steps", [{"step": "a", "kind": "b", "status": "c", "start_ms": 0, "data": {}}]),
        ("answers", None),
        ("private", [1]),
        ("simulated", 0),
        ("note", None),
    ],
)
def test_every_part_has_its_shape(first: dict[str, Any], name: str, wrong: object) -> None:
    with pytest.raises(DamagedError, match=name):
        check(first | {name: wrong})
    with pytest.raises(DamagedError, match=f"`{name}` is missing"):
        check({k: v for k, v in first.items() if k != name})
