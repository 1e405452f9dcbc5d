"""Packs that somebody tampered with: each is refused in words, and nothing of it is left on the disk."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mindful.handoff import container, keys, library, taking
from mindful.handoff import manifest as manifests
from mindful.handoff.gather import gather
from mindful.handoff.keys import Own
from mindful.handoff.making import Wanted, make
from mindful.handoff.manifest import BadPackError, Manifest, Packed
from tests.handoff.conftest import AT, SCRIPT

Members = list[tuple[zipfile.ZipInfo, bytes]]


def refused(data: bytes, tmp_path: Path) -> str:
    """The words in which a pack is refused; it must leave no trace."""
    file, packs = tmp_path / "bad.mindful-pack", tmp_path / "packs"
    file.write_bytes(data)
    with pytest.raises(BadPackError) as error, taking.offered(file, packs) as offer:
        taking.accept(offer)
    assert not list(packs.iterdir()) if packs.exists() else True
    assert not list(tmp_path.glob("escaped*"))
    return str(error.value)


def members(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def zipped(found: Members) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in found:
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return to.getvalue()


def signed(own: Own, files: dict[str, bytes], change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """A pack of any contents under a right signature: what a hostile maker with keys of their own could send."""
    listed = tuple(Packed(p, len(d), hashlib.sha256(d).hexdigest()) for p, d in files.items())
    raw = manifests.dump(Manifest("homework", "Homework", AT, own.card, listed, tuple(files)[:1]))
    if change is not None:
        data = json.loads(raw)
        change(data)
        raw = json.dumps(data).encode()
    seal = json.dumps({"ed25519": own.sign(manifests.DOMAIN + raw).hex()}).encode()
    found: Members = [(zipfile.ZipInfo(container.LIST), raw), (zipfile.ZipInfo(container.SIGNATURE), seal)]
    return zipped(found + [(zipfile.ZipInfo("files/" + path), data) for path, data in files.items()])


@pytest.mark.parametrize(
    "path",
    [
        "../escaped.yaml",
        "a/../../escaped.yaml",
        "/escaped.yaml",
        "C:/escaped.yaml",
        "a\\..\\escaped.yaml",
        "~/escaped.yaml",
        ".hidden.yaml",
        "a/./b.yaml",
        "a//b.yaml",
        "con.yaml",
        "a/NUL.yaml",
        "dot./a.yaml",
        "x\x1b[31m.yaml",
        "x\u202egepj.yaml",
        "x\n.yaml",
        "a/b/c/d/e/f/g/h/i.yaml",
        "x" * 300 + ".yaml",
        "run.py",
        "run.sh",
        "plain",
        "a.exe",
        "",
    ],
)
def test_a_name_that_leads_out_or_deceives_is_refused(path: str, tmp_path: Path, therapist: Own) -> None:
    words = refused(signed(therapist, {path: SCRIPT.encode()}), tmp_path)
    assert any(word in words for word in ("name", "pack", "folder", "kind"))
    assert "\x1b" not in words and "\u202e" not in words


def test_two_files_of_one_name_but_for_capitals_are_refused(tmp_path: Path, therapist: Own) -> None:
    assert "one name" in refused(signed(therapist, {"a.yaml": b"1", "A.yaml": b"2"}), tmp_path)


def test_a_file_where_a_folder_must_be_is_refused(tmp_path: Path, therapist: Own) -> None:
    assert "one name" in refused(signed(therapist, {"a.yaml": b"1", "a.yaml/b.yaml": b"2"}), tmp_path)


def test_a_changed_file_is_refused(packed: Path, tmp_path: Path) -> None:
    found = [
        (i, d.replace(b"Sit", b"Run") if i.filename.startswith("files/") else d)
        for i, d in members(packed.read_bytes())
    ]
    assert "not the one that was signed" in refused(zipped(found), tmp_path)


def test_a_changed_list_is_refused(packed: Path, tmp_path: Path) -> None:
    found = [(i, d.replace(b"Homework", b"Homewerk")) for i, d in members(packed.read_bytes())]
    assert "signature is not right" in refused(zipped(found), tmp_path)


def test_a_signature_of_another_pack_is_refused(packed: Path, source: Path, tmp_path: Path, therapist: Own) -> None:
    other = tmp_path / "other.mindful-pack"
    make(other, gather([source / "short.yaml"]), Wanted("other", "Other"), therapist, AT)
    seal = next(d for i, d in members(other.read_bytes()) if i.filename == container.SIGNATURE)
    found = [(i, seal if i.filename == container.SIGNATURE else d) for i, d in members(packed.read_bytes())]
    assert "signature is not right" in refused(zipped(found), tmp_path)


def test_a_signature_by_another_key_is_refused(packed: Path, tmp_path: Path, client: Own) -> None:
    parts = members(packed.read_bytes())
    raw = next(d for i, d in parts if i.filename == container.LIST)
    seal = json.dumps({"ed25519": client.sign(manifests.DOMAIN + raw).hex()}).encode()
    found = [(i, seal if i.filename == container.SIGNATURE else d) for i, d in parts]
    assert "signature is not right" in refused(zipped(found), tmp_path)


@pytest.mark.parametrize("seal", [b"", b"{}", b'{"ed25519": "zz"}', b'{"ed25519": "00"}', b"[" * 5000, b"\xff"])
def test_a_signature_that_is_none_is_refused(seal: bytes, packed: Path, tmp_path: Path) -> None:
    found = [(i, seal if i.filename == container.SIGNATURE else d) for i, d in members(packed.read_bytes())]
    if seal:
        assert "signature cannot be read" in refused(zipped(found), tmp_path)
    else:  # an empty one is as good as none: the pack is unsigned, and the command refuses it
        file = tmp_path / "unsigned.mindful-pack"
        file.write_bytes(zipped(found))
        with taking.offered(file, tmp_path / "packs") as offer:
            assert not offer.signed


def test_a_signature_for_another_purpose_is_refused(packed: Path, tmp_path: Path, therapist: Own) -> None:
    parts = members(packed.read_bytes())
    raw = next(d for i, d in parts if i.filename == container.LIST)
    seal = json.dumps({"ed25519": therapist.sign(raw).hex()}).encode()
    found = [(i, seal if i.filename == container.SIGNATURE else d) for i, d in parts]
    assert "signature is not right" in refused(zipped(found), tmp_path)


def test_a_file_more_than_the_list_has_is_refused(packed: Path, tmp_path: Path) -> None:
    extra = (zipfile.ZipInfo("files/extra.yaml"), b"x")
    assert "not in its list" in refused(zipped([*members(packed.read_bytes()), extra]), tmp_path)


def test_a_file_that_the_list_has_and_the_pack_has_not_is_refused(packed: Path, tmp_path: Path) -> None:
    assert "not in it" in refused(zipped(members(packed.read_bytes())[:2]), tmp_path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_links_and_devices_are_refused(kind: int, packed: Path, tmp_path: Path) -> None:
    found = members(packed.read_bytes())
    found[2][0].external_attr = (kind | 0o777) << 16
    assert "a link, a folder or a device" in refused(zipped(found), tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, therapist: Own) -> None:
    bomb = b"\0" * (50 * 2**20)
    assert "grows too much" in refused(signed(therapist, {"bomb.wav": bomb}), tmp_path)


def test_a_bomb_that_lies_about_its_size_is_read_no_further_than_it_says(tmp_path: Path, therapist: Own) -> None:
    data = bytearray(signed(therapist, {"bomb.wav": b"\0" * 60_000}, lambda d: d["files"][0].update(bytes=10)))
    assert "longer than it says" in refused(bytes(data), tmp_path)


def test_more_than_the_disk_or_the_limit_is_refused(tmp_path: Path, therapist: Own) -> None:
    def huge(data: dict[str, Any]) -> None:
        data["files"] = [{"path": f"{i}.wav", "bytes": 190 * 2**20, "sha256": "0" * 64} for i in range(7)]
        data["main"] = []

    assert "larger than 1 GiB" in refused(signed(therapist, {"a.yaml": b"x"}, huge), tmp_path)


def test_a_script_of_many_megabytes_is_refused(tmp_path: Path, therapist: Own) -> None:
    import random

    noise = random.Random(1).randbytes(2 * 2**20)
    assert "too large" in refused(signed(therapist, {"a.yaml": noise}), tmp_path)


def test_a_part_of_a_pack_is_refused_wherever_it_was_cut(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    for cut in range(0, len(whole), max(1, len(whole) // 40)):
        refused(whole[:cut], tmp_path)


def test_bits_that_flipped_are_refused_or_change_nothing(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        data = bytearray(whole)
        data[at] ^= 0x40
        file = tmp_path / "flipped"
        file.write_bytes(bytes(data))
        try:
            with taking.offered(file, tmp_path / "packs") as offer:
                # what is left can only be in fields of the ZIP that mean nothing here
                assert offer.signed and (offer._staged / "files/short.yaml").read_text() == SCRIPT
        except BadPackError:
            continue


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(mindful_pack=2), "newer"),
        (lambda d: d.update(id="../x"), "not whole"),
        (lambda d: d.update(title="x\x1b[2J"), "control characters"),
        (lambda d: d.update(title="x" * 500), "too long"),
        (lambda d: d.update(note="a\x07"), "control characters"),
        (lambda d: d["by"].update(name="Ada\u202e"), "name"),
        (lambda d: d["by"].update(encrypt="age1x"), "keys are not whole"),
        (lambda d: d.update(made="yesterday"), "not whole"),
        (lambda d: d.update(made="2026-11-24T09:00:00"), "when it was made"),
        (lambda d: d["files"][0].update(bytes=-1), "not whole"),
        (lambda d: d["files"][0].update(bytes=True), "not whole"),
        (lambda d: d["files"][0].update(sha256="0"), "not whole"),
        (lambda d: d.update(files=[]), "nothing in it"),
        (lambda d: d.update(files=[d["files"][0]] * 2001), "too long"),
        (lambda d: d.update(main=["other.yaml"]), "not in it"),
        (lambda d: d.update(files={"a": 1}), "not whole"),
        (lambda d: d.pop("by"), "not whole"),
    ],
)
def test_a_list_that_says_odd_things_is_refused(
    change: Callable[[dict[str, Any]], None], words: str, tmp_path: Path, therapist: Own
) -> None:
    assert words in refused(signed(therapist, {"a.yaml": SCRIPT.encode()}, change), tmp_path)


def test_what_is_no_pack_at_all_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"PK", b"mindful: 1\n", b"\0" * 1000, zipped([(zipfile.ZipInfo("x"), b"y")])):
        assert "pack" in refused(data, tmp_path)


def test_an_older_pack_is_known_as_one_and_the_same_as_the_same(source: Path, tmp_path: Path, therapist: Own) -> None:
    packs, gathered = tmp_path / "packs", gather([source / "short.yaml"])
    files = []
    for number in range(3):
        to = tmp_path / f"{number}.mindful-pack"
        make(to, gathered, Wanted("homework", f"Week {number}"), therapist, AT + timedelta(days=number))
        files.append(to)
    with taking.offered(files[1], packs) as offer:
        assert offer.state == "new"
        taking.accept(offer)
    for file, state in zip(files, ("older", "same", "update"), strict=True):
        with taking.offered(file, packs) as offer:
            assert offer.state == state


def test_another_maker_cannot_take_the_place_of_a_pack(packed: Path, source: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    with taking.offered(packed, packs) as offer:
        first = taking.accept(offer)
    stranger = keys.make(tmp_path / "stranger", "Dr. Ada Example")
    other = tmp_path / "other.mindful-pack"
    make(other, gather([source / "short.yaml"]), Wanted("homework", "Homework"), stranger, AT + timedelta(days=9))
    with taking.offered(other, packs) as offer:
        assert offer.state == "new"
        assert taking.accept(offer).folder != first.folder
    assert first.folder.exists()


def test_an_update_that_was_cut_off_leaves_the_version_from_before(
    source: Path, tmp_path: Path, therapist: Own
) -> None:
    """Killed between the two moves: until `unpack` mends it, lists show what is there, where it lies."""
    packs, gathered = tmp_path / "packs", gather([source / "short.yaml"])
    file = tmp_path / "good.mindful-pack"
    make(file, gathered, Wanted("homework", "Week 1"), therapist, AT)
    with taking.offered(file, packs) as offer:
        folder = taking.accept(offer).folder
    aside = folder.with_name(".old-0123")
    folder.rename(aside)
    assert [p.folder for p in library.installed(packs)] == [aside]
    (entry,) = library.entries(packs)
    assert Path(entry.file).is_file() and library.came_with(packs, Path(entry.file)) is not None
    taking.mend(packs)
    assert [p.folder for p in library.installed(packs)] == [folder] and not aside.exists()
    half = packs / ".new-89ab"
    half.mkdir()
    taking.mend(packs)
    assert half.exists()  # another program may be at it just now
    taking.mend(packs, half.stat().st_mtime + 4_000)
    assert not half.exists()
    (packs / ".old-4567").mkdir()  # what is no pack is none here either
    assert len(library.installed(packs)) == 1
