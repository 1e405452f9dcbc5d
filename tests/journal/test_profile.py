"""The checklist on disk: private, whole, and careful where it cannot be read."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from mindful.journal.profile import UnreadError, careful, forget, read, write
from mindful.script.profile import FLAGS, Profile

KEPT = Profile(frozenset({"heart", "ear"}), "2026-11-01T10:00:00+01:00", True)


def test_it_comes_back_as_it_was_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "profile.json"
    assert read(path) == Profile()
    write(path, KEPT)
    assert read(path) == KEPT
    assert json.loads(path.read_text())["mindful_profile"] == 1
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["profile.json"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"mindful_profile": 2, "flags": []}', '{"mindful_profile": 1, "flags": "heart"}', "\udc80"],
)
def test_what_cannot_be_read_counts_as_every_flag(text: str, tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UnreadError):
        read(path)
    profile, told = careful(path)
    assert profile.flags == set(FLAGS) and not profile.intense
    assert "mindful profile forget" in told


def test_a_flag_of_another_version_is_still_a_flag(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_text('{"mindful_profile": 1, "flags": ["heart", "kidneys"], "intense_since": "2026-01-01"}')
    assert read(path).flags == {"heart", "other"}


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    write(path, KEPT)
    assert forget(path) and not forget(path)
    assert list(tmp_path.iterdir()) == []


def test_the_first_tick_switches_intense_practice_off_and_it_does_not_come_back_by_itself() -> None:
    on = Profile().ticked(frozenset(), True, "2026-11-01")
    assert on.intense and on.answered and on.asked == "2026-11-01"
    off = on.ticked(frozenset({"panic"}), True, "2026-11-02")
    assert not off.intense
    assert not off.ticked(frozenset(), off.intense, "2026-11-03").intense
    assert on.ticked(frozenset(), True, "2026-11-04").intense_since == "2026-11-01"
