"""Records from client to therapist: what goes, what stays, who can open it, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from mindful.handoff import filing, keys, summary
from mindful.handoff.keys import Own
from mindful.handoff.selection import PARTS, Choice, cut
from mindful.journal import store
from mindful.journal.versions import check

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET = "nobody should read this"


def record(**more: Any) -> dict[str, Any]:
    return {
        "mindful_record": 1,
        "id": "20261124T080000Z_a1b2c3",
        "session": {"id": "evening", "title": "Evening", "sha256": "", "format": 1},
        "status": "completed",
        "reason": "",
        "started": "2026-11-24T09:00:00.000+01:00",
        "ended": "2026-11-24T09:05:00.000+01:00",
        "planned_ms": 300_000,
        "elapsed_ms": 300_000,
        "paused_ms": 0,
        "settings": {"voice": "guide"},
        "variables": {"minutes": 5},
        "steps": [
            {
                "step": "steps[0].breathe",
                "kind": "breathe",
                "status": "done",
                "start_ms": 0,
                "end_ms": 9,
                "data": {"cycles": 3},
            },
            {
                "step": "steps[1].ask",
                "kind": "ask",
                "status": "done",
                "start_ms": 9,
                "end_ms": 10,
                "data": {"text": SECRET},
            },
        ],
        "answers": {"before": 60, "after": 30, "thought": SECRET, "sheet": {"a": "open", "b": SECRET}},
        "private": ["thought", "sheet.b"],
        "timing": {"cues": 1},
        "app": "mindful",
        "audio": {"sink": "null"},
        "simulated": False,
        "note": "to myself",
        "path": "/somewhere/of/the/client",
        **more,
    }


def sealed(own: Own, to: Own, *records: dict[str, Any]) -> bytes:
    return summary.seal(summary.plain([cut(r, Choice()) for r in records], own, to.card, AT), own, to.card)


def test_private_answers_and_notes_stay_unless_they_are_chosen() -> None:
    found = cut(record(), Choice())
    assert found["answers"] == {"before": 60, "after": 30, "sheet": {"a": "open"}}
    text = json.dumps(found)
    assert SECRET not in text and "to myself" not in text and "/somewhere" not in text
    assert found["shared"]["answers_kept_back"] == 1 and found["shared"]["note_kept_back"] is True
    assert found["steps"][0]["data"] == {"cycles": 3}
    whole = cut(record(), Choice(frozenset(PARTS), private=True))
    assert (
        whole["answers"]["thought"] == SECRET
        and whole["note"] == "to myself"
        and whole["private"] == ["sheet.b", "thought"]
    )


@given(st.sets(st.sampled_from(PARTS)), st.booleans())
def test_whatever_is_chosen_is_still_a_record_and_never_says_more(parts: set[str], private: bool) -> None:
    found = check(cut(record(), Choice(frozenset(parts), private)))
    assert private or SECRET not in json.dumps(found)
    assert "path" not in found
    if "ratings" not in parts:
        assert "before" not in found["answers"]


def test_only_the_therapist_and_the_client_can_open_it(client: Own, therapist: Own) -> None:
    data = sealed(client, therapist, record())
    assert SECRET.encode() not in data and b"Evening" not in data
    for own in (client, therapist):
        assert summary.open_(data, [own.identity]).records[0]["answers"]["before"] == 60
    with pytest.raises(summary.NotForUsError):
        summary.open_(data, [x25519.Identity.generate()])


def test_what_was_changed_on_the_way_is_refused(client: Own, therapist: Own) -> None:
    data = sealed(client, therapist, record())
    for at in range(0, len(data), max(1, len(data) // 100)):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises(summary.BadSummaryError):
            summary.open_(bytes(changed), [therapist.identity])
        with pytest.raises(summary.BadSummaryError):
            summary.open_(data[:at], [therapist.identity])


def test_a_summary_under_somebody_elses_name_is_refused(client: Own, therapist: Own, tmp_path: Path) -> None:
    forger = keys.make(tmp_path, "Kim")
    text = summary.plain([cut(record(), Choice())], client, therapist.card, AT)
    with pytest.raises(summary.BadSummaryError, match="signature"):
        summary.open_(summary.seal(text, forger, therapist.card), [therapist.identity])


def test_a_summary_that_another_hands_on_is_refused(client: Own, therapist: Own, tmp_path: Path) -> None:
    other = keys.make(tmp_path, "Another therapist")
    inner = bytes(pyrage.decrypt(sealed(client, other, record()), [other.identity]))
    again = bytes(pyrage.encrypt(inner, [x25519.Recipient.from_str(therapist.card.recipient)]))
    with pytest.raises(summary.NotForUsError, match="handed it on"):
        summary.open_(again, [therapist.identity])


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[]", b"[" * 3000, b'{"mindful_summary": 2, "made": "2026-11-24T09:00:00+00:00"}', b"\xff\xfe"],
)
def test_odd_words_under_a_right_signature_are_refused(text: bytes, client: Own, therapist: Own) -> None:
    with pytest.raises(summary.BadSummaryError):
        summary.open_(summary.seal(text, client, therapist.card), [therapist.identity])


def test_a_damaged_record_in_it_is_refused(client: Own, therapist: Own) -> None:
    bad = cut(record(), Choice()) | {"elapsed_ms": "long"}
    data = summary.seal(summary.plain([bad], client, therapist.card, AT), client, therapist.card)
    with pytest.raises(summary.BadSummaryError, match="not whole"):
        summary.open_(data, [therapist.identity])


def test_filing_keeps_the_fuller_and_knows_what_came_before(client: Own, therapist: Own, tmp_path: Path) -> None:
    little = cut(record(), Choice(frozenset()))
    one = summary.open_(
        summary.seal(summary.plain([little], client, therapist.card, AT), client, therapist.card), [therapist.identity]
    )
    full = summary.open_(sealed(client, therapist, record()), [therapist.identity])
    filed = filing.file(tmp_path, one, AT)
    assert (filed.new, filed.fuller, filed.known) == (1, 0, 0)
    filed = filing.file(tmp_path, full, AT)
    assert (filed.new, filed.fuller, filed.known) == (0, 1, 0)
    assert filing.file(tmp_path, full, AT).again
    (entry,) = store.look(filed.client.journal).entries
    assert entry.record["answers"]["before"] == 60
    assert filing.file(tmp_path, one, AT).again and store.look(filed.client.journal).entries[0].record["answers"]


def test_names_and_ids_of_a_hostile_client_lead_nowhere(therapist: Own, tmp_path: Path) -> None:
    hostile = keys.make(tmp_path / "keys", "../../etc passwd")
    bad = record(id="../../../escaped", session={"id": "../../x", "title": "\x1b[2J", "sha256": "", "format": 1})
    found = summary.open_(sealed(hostile, therapist, bad), [therapist.identity])
    filed = filing.file(tmp_path / "clients", found, AT)
    files = [p for p in tmp_path.rglob("*.json") if "keys" not in p.parts]
    assert all(p.is_relative_to(tmp_path / "clients") for p in files) and len(files) == 2
    assert filed.client.folder.parent == tmp_path / "clients"


def test_a_new_key_of_a_known_client_goes_to_the_same_place(client: Own, therapist: Own, tmp_path: Path) -> None:
    filing.file(tmp_path, summary.open_(sealed(client, therapist, record()), [therapist.identity]), AT)
    again = keys.make(tmp_path / "keys", "Kim")
    other = record(id="20261125T080000Z_a1b2c4", started="2026-11-25T09:00:00.000+01:00")
    found = summary.open_(sealed(again, therapist, other), [therapist.identity])
    filed = filing.file(tmp_path, found, AT, moved_from=client.card)
    assert filed.client.count == 2 and [c.card for c in filing.clients(tmp_path)] == [again.card]
