"""Keys are made once and never lost by accident; people are known by their first key."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pyrage
import pytest

from mindful.handoff import card as cards
from mindful.handoff import contacts, keys
from mindful.handoff.fingerprint import same
from mindful.handoff.keys import Own
from mindful.journal import passphrases


def test_keys_are_private_made_once_and_kept_when_replaced(tmp_path: Path) -> None:
    first = keys.make(tmp_path / "keys", "Kim")
    file = tmp_path / "keys" / keys.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert keys.own(tmp_path / "keys").card == first.card
    with pytest.raises(keys.KeysThereError):
        keys.make(tmp_path / "keys", "Kim")
    second = keys.make(tmp_path / "keys", "Kim", replace=True)
    assert second.card.sign != first.card.sign
    assert [str(i.to_public()) for i in keys.identities(tmp_path / "keys")] == [
        second.card.recipient,
        first.card.recipient,
    ]


def test_a_backup_brings_the_same_keys_back_and_opens_with_its_words_only(tmp_path: Path) -> None:
    made = keys.make(tmp_path / "old", "Kim")
    data = keys.backup(tmp_path / "old", "four plain words here")
    assert made.card.name.encode() not in data
    with pytest.raises(keys.WrongPassphraseError):
        keys.restore(tmp_path / "new", data, "four plain words")
    with pytest.raises(keys.WrongPassphraseError):
        keys.restore(tmp_path / "new", data[:-5], "four plain words here")
    assert keys.restore(tmp_path / "new", data, "four plain words here").card == made.card
    other = keys.make(tmp_path / "other", "Else")
    with pytest.raises(keys.KeysThereError):
        keys.restore(tmp_path / "other", data, "four plain words here")
    assert keys.own(tmp_path / "other").card == other.card


def test_a_backup_opens_wherever_it_was_made(tmp_path: Path) -> None:
    """The cost is the same on every computer: one that follows the machine's speed is refused by a slower one."""
    keys.make(tmp_path, "Kim")
    backup = json.loads(keys.backup(tmp_path, "four plain words here"))
    assert {name: backup[name] for name in passphrases.COSTS} == passphrases.COSTS


def test_a_backup_of_earlier_days_opens_still(tmp_path: Path) -> None:
    made = keys.make(tmp_path / "old", "Kim")
    earlier = pyrage.passphrase.encrypt((tmp_path / "old" / keys.FILE).read_bytes(), "four plain words here")
    assert 1 <= keys.memory_mb(bytes(earlier)) <= keys.MOST_MB
    assert keys.restore(tmp_path / "new", bytes(earlier), "four plain words here").card == made.card


def costly(work: str) -> bytes:
    """A backup of earlier days that says it takes 2^work."""
    earlier = bytes(pyrage.passphrase.encrypt(b"{}", "words"))
    return re.sub(rb"(-> scrypt \S+ )\d+", rb"\g<1>" + work.encode(), earlier, count=1)


@pytest.mark.parametrize(
    ("work", "said"), [("21", "2048 MB"), ("30", "1048576 MB"), ("64", "2^30 MB"), ("999", "2^30")]
)
def test_a_backup_that_would_take_all_memory_is_refused_at_once(tmp_path: Path, work: str, said: str) -> None:
    """Nothing is worked out for it: 2^64 would never end."""
    with pytest.raises(keys.CostlyError, match=re.escape(said)):
        keys.restore(tmp_path, costly(work), "words")
    assert list(tmp_path.iterdir()) == []


def test_what_the_library_refuses_is_no_wrong_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own bound follows how busy the computer is; its words are held here."""
    monkeypatch.setattr(keys, "MOST_MB", 1 << 60)
    with pytest.raises(keys.CostlyError, match=r"about \d+ s of work"):
        keys.restore(tmp_path, costly("60"), "words")


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b'{"mindful_keys": 1}', b'{"mindful_keys": 1, "name": "x", "sign": "00", "age": "x"}']
)
def test_damaged_keys_are_said_and_left(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / keys.FILE).write_bytes(raw)
    with pytest.raises(keys.DamagedKeysError):
        keys.own(tmp_path)
    assert (tmp_path / keys.FILE).read_bytes() == raw


def test_a_fingerprint_is_thirty_digits_and_compared_however_it_is_spaced(client: Own, therapist: Own) -> None:
    digits = client.card.fingerprint
    assert len(digits.replace(" ", "")) == 30 and digits.replace(" ", "").isdecimal()
    assert same(digits, digits.replace(" ", "-")) and not same(digits, therapist.card.fingerprint)
    assert not same(digits, digits[:-1]) and not same("", "")


def test_a_card_that_somebody_changed_is_refused(client: Own) -> None:
    data = client.card_file()
    assert cards.load(data) == client.card
    changed = json.loads(data) | {"name": "Somebody else"}
    for bad in (json.dumps(changed).encode(), b"", b"[]", b"{}", b"\xff", b"x" * 20_000, data[:-20]):
        with pytest.raises(cards.BadCardError):
            cards.load(bad)


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[2J", "a\u202eb", "x" * 61, "a\u200bb"])
def test_odd_names_are_no_names(name: str) -> None:
    with pytest.raises(cards.BadCardError):
        cards.name(name)


def test_another_key_under_a_known_name_is_noticed(tmp_path: Path, client: Own, therapist: Own) -> None:
    contacts.keep(tmp_path, therapist.card, "2026-11-24")
    known = contacts.people(tmp_path)
    assert contacts.standing(known, therapist.card) == "known"
    assert contacts.standing(known, client.card) == "new"
    assert contacts.standing(known, client.card, client.card) == "own"
    imposter = cards.Card(therapist.card.name.upper(), client.card.sign, client.card.recipient)
    assert contacts.standing(known, imposter) == "changed"
    contacts.keep(tmp_path, therapist.card, "2026-12-01", checked=True)
    (person,) = contacts.people(tmp_path)
    assert person.checked and person.since == "2026-11-24"
    contacts.keep(tmp_path, imposter, "2026-12-02")
    (person,) = contacts.people(tmp_path)
    assert person.card == imposter and not person.checked


def test_a_damaged_list_of_people_is_never_written_over(tmp_path: Path, client: Own) -> None:
    (tmp_path / contacts.FILE).write_text("{")
    with pytest.raises(contacts.DamagedContactsError):
        contacts.keep(tmp_path, client.card, "2026-11-24")
    assert (tmp_path / contacts.FILE).read_text() == "{"


@pytest.mark.parametrize("words", ["ada", "Dr. Ada", "example", "dr"])
def test_somebody_is_found_by_any_word_of_their_name(words: str, client: Own, therapist: Own, tmp_path: Path) -> None:
    for own in (client, therapist):
        contacts.keep(tmp_path, own.card, "2026-11-24")
    assert [p.card for p in contacts.find(contacts.people(tmp_path), words)] == [therapist.card]
    assert not contacts.find(contacts.people(tmp_path), "xample")
