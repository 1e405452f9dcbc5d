"""Attacks on packs, summaries and cards, each tried at the command as a client or therapist would meet it.

Each is refused in a clear sentence, leaves nothing behind, and stands with that sentence in docs/handoff.md.
"""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from click.testing import CliRunner, Result
from pyrage import x25519

from mindful.cli import exits, key, packs, share
from mindful.handoff import contacts, container, keys, selection, summary
from mindful.handoff import manifest as manifests
from mindful.handoff.gather import gather
from mindful.handoff.keys import Own
from mindful.handoff.making import Wanted, make
from tests.handoff.conftest import AT, SCRIPT
from tests.handoff.test_attacks_on_packs import Members, members, signed, zipped
from tests.handoff.test_summaries import record

DOCS = Path(__file__).parents[2] / "docs" / "handoff.md"
BEGIN, END = "<!-- attacks -->\n", "<!-- attacks end -->\n"


@dataclass(frozen=True)
class Scene:
    """Whoever takes part, and a good file of each kind to tamper with."""

    folder: Path
    ada: Own
    kim: Own
    stranger: Own

    @property
    def pack(self) -> bytes:
        return self.packed(self.ada)

    def packed(self, by: Own, days: int = 0, title: str = "Homework", pack_id: str = "homework") -> bytes:
        script, to = self.folder / "short.yaml", self.folder / "made.mindful-pack"
        script.write_text(SCRIPT, encoding="utf-8")
        make(to, gather([script]), Wanted(pack_id, title), by, AT + timedelta(days=days))
        return to.read_bytes()

    def listed(self, pack: bytes) -> bytes:
        return next(d for i, d in members(pack) if i.filename == container.LIST)

    def swapped(self, pack: bytes, name: str, data: bytes) -> bytes:
        return zipped([(i, data if i.filename == name else d) for i, d in members(pack)])

    def summary(self, by: Own, to: Own) -> bytes:
        text = summary.plain([selection.cut(record(), selection.Choice())], by, to.card, AT)
        return summary.seal(text, by, to.card)


Made = Callable[[Scene], bytes]


def named(path: str) -> Made:
    return lambda s: signed(s.ada, {path: SCRIPT.encode()})


def told(change: Callable[[dict[str, Any]], None]) -> Made:
    return lambda s: signed(s.ada, {"a.yaml": SCRIPT.encode()}, change)


def kind(of: int) -> Made:
    def made(s: Scene) -> bytes:
        found = members(s.pack)
        found[2][0].external_attr = (of | 0o777) << 16
        return zipped(found)

    return made


def overlapping(s: Scene) -> bytes:
    """Two names in the directory for one file's bytes, as in bombs that need no nesting."""
    noise = bytes(range(256)) * 40
    to, data = io.BytesIO(), signed(s.ada, {"a.wav": noise, "b.wav": noise, "c.wav": noise})
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for info, each in members(data)[:3]:
            archive.writestr(info.filename, each)
        first = archive.getinfo("files/a.wav")
        for name in ("files/b.wav", "files/c.wav"):
            again = zipfile.ZipInfo(name)
            for field in ("header_offset", "file_size", "compress_size", "CRC"):
                setattr(again, field, getattr(first, field))
            archive.filelist.append(again)
    return to.getvalue()


def twice(s: Scene) -> bytes:
    found: Members = members(s.pack)
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped([*found, found[2]])


def locked(s: Scene) -> bytes:
    data, at = bytearray(s.pack), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def huge(data: dict[str, Any]) -> None:
    data["files"] = [{"path": f"{i}.wav", "bytes": 190 * 2**20, "sha256": "0" * 64} for i in range(7)]
    data["main"] = []


def double(s: Scene) -> bytes:
    raw = s.listed(s.pack).replace(b'"note": ""', b'"note": "", "note": "two"')
    seal = json.dumps({"ed25519": s.ada.sign(manifests.DOMAIN + raw).hex()}).encode()
    return s.swapped(s.swapped(s.pack, container.LIST, raw), container.SIGNATURE, seal)


def other_purpose(s: Scene) -> bytes:
    seal = json.dumps({"ed25519": s.ada.sign(s.listed(s.pack)).hex()}).encode()
    return s.swapped(s.pack, container.SIGNATURE, seal)


def other_key(s: Scene) -> bytes:
    seal = json.dumps({"ed25519": s.stranger.sign(manifests.DOMAIN + s.listed(s.pack)).hex()}).encode()
    return s.swapped(s.pack, container.SIGNATURE, seal)


def other_pack(s: Scene) -> bytes:
    other = s.packed(s.ada, title="Other", pack_id="other")
    seal = next(d for i, d in members(other) if i.filename == container.SIGNATURE)
    return s.swapped(s.pack, container.SIGNATURE, seal)


def forged(s: Scene) -> bytes:
    text = summary.plain([selection.cut(record(), selection.Choice())], s.kim, s.ada.card, AT)
    return summary.seal(text, s.stranger, s.ada.card)


def handed_on(s: Scene) -> bytes:
    inner = bytes(pyrage.decrypt(s.summary(s.kim, s.stranger), [s.stranger.identity]))
    return bytes(pyrage.encrypt(inner, [x25519.Recipient.from_str(s.ada.card.recipient)]))


def said(change: Callable[[dict[str, Any]], None]) -> Made:
    """A summary whose words were changed before it was signed: a hostile client's own program."""

    def made(s: Scene) -> bytes:
        data = json.loads(summary.plain([selection.cut(record(), selection.Choice())], s.kim, s.ada.card, AT))
        change(data)
        return summary.seal(json.dumps(data).encode(), s.kim, s.ada.card)

    return made


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


PACKS: dict[str, tuple[Made, str]] = {
    "a name that climbs out: `../escaped.yaml`": (named("../escaped.yaml"), "a name leads out of the pack"),
    "a name from the root: `/escaped.yaml`": (named("/escaped.yaml"), "a name leads out of the pack"),
    "a name from the home folder: `~/escaped.yaml`": (named("~/escaped.yaml"), "a name leads out of the pack"),
    "Windows' ways out: `C:/escaped.yaml`": (
        named("C:/escaped.yaml"),
        "a name holds characters that are not for names",
    ),
    "a device of Windows: `con.yaml`": (named("con.yaml"), "a name means a device on Windows"),
    "a hidden file: `.profile.yaml`": (named(".profile.yaml"), "a name is hidden, or ends as no system keeps it"),
    "escape sequences in a name": (named("x\x1b[2J.yaml"), "a name holds characters that are not for names"),
    "a name that reads backwards (U+202E)": (
        named("x\u202elmay.yaml"),
        "a name holds characters that are not for names",
    ),
    "a program: `run.sh`": (named("run.sh"), "it is not of a kind that a pack may hold"),
    "two names that differ by capitals only": (
        lambda s: signed(s.ada, {"a.yaml": b"1", "A.yaml": b"2"}),
        "two files have one name",
    ),
    "a link": (kind(stat.S_IFLNK), "it holds a link, a folder or a device"),
    "a device file": (kind(stat.S_IFCHR), "it holds a link, a folder or a device"),
    "a bomb: 50 MB of zeros in 50 kB": (
        lambda s: signed(s.ada, {"bomb.wav": b"\0" * (50 * 2**20)}),
        "a file grows too much when it is unpacked",
    ),
    "a bomb that says it is small": (
        lambda s: signed(s.ada, {"bomb.wav": b"\0" * 60_000}, lambda d: d["files"][0].update(bytes=10)),
        "a file is longer than it says",
    ),
    "more than 1 GiB in all": (told(huge), "it is larger than 1 GiB when unpacked"),
    "files that share their bytes, as in bombs without nesting": (overlapping, "its files lie over each other"),
    "one file twice": (twice, "it holds a file twice, or too many files"),
    "a file locked with a password": (locked, "a file in it is locked with a password"),
    "a file changed after it was signed": (
        lambda s: s.swapped(s.pack, "files/short.yaml", SCRIPT.replace("Sit", "Run").encode()),
        "a file is not the one that was signed",
    ),
    "the list of contents changed after it was signed": (
        lambda s: s.swapped(s.pack, container.LIST, s.listed(s.pack).replace(b"Homework", b"Homewerk")),
        "its signature is not right: somebody changed it after it was signed",
    ),
    "the signature of another pack": (
        other_pack,
        "its signature is not right: somebody changed it after it was signed",
    ),
    "a signature by another key": (other_key, "its signature is not right: somebody changed it after it was signed"),
    "a signature that was made for something else": (
        other_purpose,
        "its signature is not right: somebody changed it after it was signed",
    ),
    "a signature that is none": (
        lambda s: s.swapped(s.pack, container.SIGNATURE, b'{"ed25519": "00"}'),
        "its signature cannot be read",
    ),
    "cut short": (lambda s: s.pack[: len(s.pack) // 2], "it is no pack, or a part of it is missing"),
    "a file that the list does not have": (
        lambda s: zipped([*members(s.pack), (zipfile.ZipInfo("files/extra.yaml"), b"x")]),
        "it holds a file that is not in its list",
    ),
    "a file of the list taken out": (
        lambda s: zipped(members(s.pack)[:2]),
        "a file that its list names is not in it",
    ),
    "one thing said twice, two ways": (double, "its list of contents says one thing twice"),
    "escape sequences in the title": (
        told(lambda d: d.update(title="x\x1b[2J")),
        "a text in its list of contents holds control characters",
    ),
}
"""What is refused before anything is known of who made it: why, as the sentence goes on."""

SUMMARIES: dict[str, tuple[Made, str]] = {
    "closed for another key": (
        lambda s: s.summary(s.kim, s.stranger),
        "it was closed for another key than yours",
    ),
    "one bit changed on the way": (
        lambda s: flipped(s.summary(s.kim, s.ada), -40),
        "it was changed on the way, or a part of it is missing",
    ),
    "cut short": (lambda s: s.summary(s.kim, s.ada)[:-30], "it was changed on the way, or a part of it is missing"),
    "under another's name": (forged, "its signature is not right: it is not from whom it says"),
    "meant for somebody else, who hands it on": (handed_on, "it was meant for somebody else, who handed it on"),
    "not encrypted": (lambda s: b'{"mindful_summary": 1}', "it is no summary: it is not encrypted as they are"),
    "escape sequences in the sender's name": (
        said(lambda d: d["by"].update(name="Kim\x1b[2J")),
        "who sent it cannot be read: a name is one line of at most 60 letters",
    ),
    "a record that is none": (said(lambda d: d["records"][0].update(elapsed_ms="long")), "a record in it is not whole"),
    "more than 50,000 records": (
        said(lambda d: d.update(records=[{}] * 50_001)),
        "it holds no records, or too many",
    ),
    "of a format to come": (said(lambda d: d.update(mindful_summary=2)), "a newer mindful made it"),
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    root = tmp_path_factory.mktemp("people")
    homes = {name: root / name / "keys" for name in ("ada", "kim", "stranger")}
    return Scene(
        root,
        keys.make(homes["ada"], "Dr. Ada Example"),
        keys.make(homes["kim"], "Kim"),
        keys.make(homes["stranger"], "Dr. Ada Example"),
    )


@pytest.fixture
def scene(people: Scene, tmp_path: Path) -> Scene:
    return replace(people, folder=tmp_path)


@pytest.fixture
def run(scene: Scene, people: Scene, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`run("ada", command, data, *options)`: the command, in a home that has the keys of ada or kim."""

    def do(who: str, command: Any, data: bytes, *options: str) -> Result:
        home = scene.folder / f"home-{who}"
        if not (home / "keys").exists():
            (home / "keys").mkdir(parents=True, mode=0o700)
            (home / "keys" / keys.FILE).write_bytes((people.folder / who / "keys" / keys.FILE).read_bytes())
        monkeypatch.setenv("MINDFUL_HOME", str(home))
        file = scene.folder / "attack"
        file.write_bytes(data)
        return CliRunner().invoke(command, [str(file), *options])

    return do


def safe(result: Result) -> str:
    """What was said, on one line; nothing of it may drive a terminal."""
    assert not {"\x1b", "\u202e", "\x07"} & set(result.output + result.stderr)
    return " ".join(result.stderr.split())


def left(scene: Scene, who: str) -> list[Path]:
    """What an attack left behind, keys aside."""
    home = scene.folder / f"home-{who}"
    found = [p for p in home.rglob("*") if p.is_file() and "keys" not in p.parts]
    return found + list(scene.folder.glob("escaped*")) + list(scene.folder.parent.glob("escaped*"))


@pytest.mark.parametrize("attack", PACKS)
def test_a_pack_that_attacks_is_refused_in_words(attack: str, scene: Scene, run: Callable[..., Result]) -> None:
    made, why = PACKS[attack]
    result = run("kim", packs.unpack, made(scene), "--yes", "--unsigned", "--older", "--new-key")
    words = safe(result)
    assert result.exit_code == exits.PROBLEMS
    assert words.startswith(f"This pack is refused: {why}") and words.endswith("Nothing was taken in.")
    assert not left(scene, "kim") and not contacts.people(scene.folder / "home-kim" / "keys")


@pytest.mark.parametrize("attack", SUMMARIES)
def test_a_summary_that_attacks_is_refused_in_words(attack: str, scene: Scene, run: Callable[..., Result]) -> None:
    made, why = SUMMARIES[attack]
    result = run("ada", share.receive, made(scene), "--yes", "--new-key")
    assert result.exit_code == exits.PROBLEMS
    assert f": {why}" in safe(result) and safe(result).startswith("This summary ")
    assert not left(scene, "ada") and not contacts.people(scene.folder / "home-ada" / "keys")


def nobody_signed(scene: Scene, run: Callable[..., Result]) -> Result:
    data = zipped([m for m in members(scene.pack) if m[0].filename != container.SIGNATURE])
    return run("kim", packs.unpack, data, "--yes")


def replayed(scene: Scene, run: Callable[..., Result]) -> Result:
    first, second = scene.packed(scene.ada), scene.packed(scene.ada, days=1)
    assert run("kim", packs.unpack, second, "--yes").exit_code == exits.DONE
    return run("kim", packs.unpack, first, "--yes")


def same_name(scene: Scene, run: Callable[..., Result]) -> Result:
    assert run("kim", packs.unpack, scene.pack, "--yes").exit_code == exits.DONE
    return run("kim", packs.unpack, scene.packed(scene.stranger, days=1), "--yes")


def summary_of_same_name(scene: Scene, run: Callable[..., Result]) -> Result:
    assert run("ada", share.receive, scene.summary(scene.kim, scene.ada), "--yes").exit_code == exits.DONE
    other = keys.make(scene.folder / "other", "Kim")
    return run("ada", share.receive, scene.summary(other, scene.ada), "--yes")


def ones_own(scene: Scene, run: Callable[..., Result]) -> Result:
    return run("ada", share.receive, scene.summary(scene.ada, scene.ada), "--yes")


def changed_card(scene: Scene, run: Callable[..., Result]) -> Result:
    data = json.loads(scene.ada.card_file()) | {"name": "Somebody else"}
    return run("kim", key.add, json.dumps(data).encode())


def card_of_same_name(scene: Scene, run: Callable[..., Result]) -> Result:
    assert run("kim", key.add, scene.ada.card_file()).exit_code == exits.DONE
    return run("kim", key.add, scene.stranger.card_file())


STANDINGS: dict[str, tuple[Callable[..., Result], str]] = {
    "a pack that nobody signed": (
        nobody_signed,
        "Nobody signed this pack, so nobody can say whom it is from. It is refused.",
    ),
    "an old pack, sent again": (replayed, "A newer version of this pack is here already."),
    "a pack by somebody else of the same name": (same_name, "Dr. Ada Example is known here, but with another key."),
    "a summary by somebody else of the same name": (summary_of_same_name, "Kim is known here, but with another key."),
    "one's own summary, sent back": (ones_own, "This is your own summary; it is for your therapist."),
    "a card whose name was changed": (
        changed_card,
        "This card cannot be taken in: it is not signed by its own key, so somebody changed it.",
    ),
    "a card by somebody else of the same name": (
        card_of_same_name,
        "Dr. Ada Example is known here, but with another key.",
    ),
}
"""What is whole, and not to be trusted all the same: the sentence."""


@pytest.mark.parametrize("attack", STANDINGS)
def test_what_is_whole_and_not_to_be_trusted_is_refused(attack: str, scene: Scene, run: Callable[..., Result]) -> None:
    act, sentence = STANDINGS[attack]
    result = act(scene, run)
    assert result.exit_code in (exits.PROBLEMS, exits.USAGE) and sentence in safe(result)


def test_a_summary_sent_again_changes_nothing(scene: Scene, run: Callable[..., Result]) -> None:
    data = scene.summary(scene.kim, scene.ada)
    assert run("ada", share.receive, data, "--yes").exit_code == exits.DONE
    before = {p: p.read_bytes() for p in left(scene, "ada")}
    again = run("ada", share.receive, data, "--yes")
    assert "This very summary was filed before. Nothing was changed." in safe(again)
    assert before == {p: p.read_bytes() for p in left(scene, "ada")} and len(before) == 2


def table() -> str:
    """The attacks as the page for therapists has them."""
    rows = [(attack, f"This pack is refused: {why}") for attack, (_, why) in PACKS.items()]
    rows += [(f"a summary: {attack}", why[0].upper() + why[1:]) for attack, (_, why) in SUMMARIES.items()]
    rows += [(attack, sentence.rstrip(".")) for attack, (_, sentence) in STANDINGS.items()]
    rows += [("a summary, sent again", "This very summary was filed before. Nothing was changed")]
    lines = [f"| {number} | {attack} | {words} |" for number, (attack, words) in enumerate(rows, 1)]
    return "\n".join(["| | attack | what is said |", "|---|---|---|", *lines]) + "\n"


def test_the_page_has_every_attack_with_its_words() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip() == table().strip(), table()
