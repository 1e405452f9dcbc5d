"""Loading files: never an exception, where a script came from, what it includes, and what it may not reach."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mindful.script
from mindful import assets
from mindful.script.files import inside
from mindful.script.load import Loaded, find, load, loads, suggest

HEAD = "mindful: 1\ntitle: Example\nsteps:\n"
SMALL = HEAD + "  - say: Welcome.\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes(loaded: Loaded) -> list[str]:
    return [p.code for p in loaded.problems]


def test_a_script_knows_where_it_came_from(tmp_path: Path) -> None:
    path = write(tmp_path, "Evening calm (2).yaml", SMALL)
    script = load(path).script
    assert script is not None
    assert script.id == "evening-calm-2"
    assert script.origin.file == str(path)
    assert script.origin.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("file", "name"), [("a.yaml", "a"), ("4-7-8.yaml", "script-4-7-8"), ("Übung.yaml", "bung"), ("___.yaml", "script")]
)
def test_the_default_id_is_a_name(file: str, name: str) -> None:
    script = loads(SMALL, file).script
    assert script is not None
    assert script.id == name


def test_a_given_id_stays() -> None:
    script = loads("id: mine\n" + SMALL, "other.yaml").script
    assert script is not None
    assert script.id == "mine"


def test_a_byte_order_mark_is_no_problem_and_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + b"mindfull: 1\n" + SMALL.split("\n", 1)[1].encode())
    assert [(p.code, p.line, p.column) for p in load(path).problems] == [("MF032", 1, 1)]


def test_letters_that_are_not_utf8_are_told_at_their_place(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes((HEAD + "  - say: Grüße\n").encode("latin-1"))
    problem = load(path).problems[0]
    assert (problem.code, problem.line, problem.column) == ("MF002", 4, 12)


@pytest.mark.parametrize("name", ["no/such/file.yaml", "a\x00b", "x" * 5000])
def test_a_file_that_cannot_be_read_is_a_problem(name: str) -> None:
    assert codes(load(Path(name))) == ["MF001"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may read everything cannot be refused")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", SMALL)
    path.chmod(0)
    assert codes(load(path)) == ["MF001"]


def test_a_refusal_of_the_system_is_told_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.yaml", SMALL)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert "permission denied" in load(path).problems[0].message


def test_too_much_text_is_told_before_it_is_read() -> None:
    assert codes(loads(SMALL + "#" * (1024 * 1024))) == ["MF003"]


def test_find_knows_paths_and_bundled_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "mine.yaml", SMALL)
    bundled, file = next(iter(assets.session_files().items()))
    assert find(str(path)) == path
    assert find(bundled) == file
    assert find("no-such-session") is None
    assert find("") is None
    assert find("a\x00b") is None
    assert bundled in suggest(bundled[:-1])
    assert suggest("") == []
    missing = load(Path(bundled[:-1]))
    assert f"`{bundled}`" in missing.problems[0].hint


def test_every_bundled_session_is_without_error() -> None:
    for name, path in assets.session_files().items():
        assert [p for p in load(path).problems if p.severity == "error"] == [], name


# What a script includes


def test_an_included_script_is_found_under_the_name_of_the_step(tmp_path: Path) -> None:
    write(tmp_path, "parts/end.yaml", SMALL)
    main = write(tmp_path, "main.yaml", HEAD + "  - include: parts/end.yaml\n  - include: parts/end.yaml\n")
    loaded = load(main)
    assert loaded.problems == ()
    assert loaded.script is not None
    assert list(loaded.script.included) == ["parts/end.yaml"]
    assert loaded.script.included["parts/end.yaml"].id == "end"


def test_a_bundled_session_can_be_included_without_a_folder() -> None:
    bundled = next(n for n, p in assets.session_files().items() if not load(p).problems)
    loaded = loads(HEAD + f"  - include: {bundled}\n")
    assert loaded.problems == ()
    assert loaded.script is not None
    assert loaded.script.included[bundled].id == bundled


def test_the_problems_of_an_included_script_have_its_name(tmp_path: Path) -> None:
    write(tmp_path, "part.yaml", HEAD + "  - bell: boll\n")
    main = write(tmp_path, "main.yaml", HEAD + "  - include: part.yaml\n")
    loaded = load(main)
    assert loaded.script is None
    assert [(Path(p.file).name, p.code) for p in loaded.problems] == [("main.yaml", "MF070"), ("part.yaml", "MF041")]
    assert "1 problem of its own" in loaded.problems[0].message


def test_a_ring_of_scripts_is_found_from_each_of_them(tmp_path: Path) -> None:
    for a, b in (("a", "b"), ("b", "c"), ("c", "a")):
        write(tmp_path, f"{a}.yaml", HEAD + f"  - include: {b}.yaml\n")
    for a in "abc":
        found = load(tmp_path / f"{a}.yaml").problems
        assert "MF071" in [p.code for p in found]
    deep = tmp_path / "deep"
    for n in range(12):
        write(deep, f"s{n}.yaml", HEAD + (f"  - include: s{n + 1}.yaml\n" if n < 11 else "  - bell: bowl\n"))
    assert "MF071" in codes(load(deep / "s0.yaml"))


def test_steps_of_included_scripts_count(tmp_path: Path) -> None:
    write(tmp_path, "part.yaml", HEAD + "  - bell: bowl\n" * 2000)
    write(tmp_path, "twice.yaml", HEAD + "  - include: part.yaml\n" * 2)
    assert codes(load(write(tmp_path, "ok.yaml", HEAD + "  - include: twice.yaml\n"))) == []
    many = load(write(tmp_path, "many.yaml", HEAD + "  - include: twice.yaml\n" * 2))
    assert [(p.code, p.line) for p in many.problems] == [("MF023", 5)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../up.yaml", "MF068"), ("/etc/hostname", "MF068"), ("C:\\x.yaml", "MF068"), ("parts\\end.yaml", "MF068"),
        ("~/x.yaml", "MF068"), ("http://a.example/x.yaml", "MF068"), ("link.yaml", "MF068"), ("linked/x.yaml", "MF068"),
        ("gone.yaml", "MF069"), ("folder", "MF069"), ("no-such-session", "MF069"), ("ring", "MF069"),
    ],
)  # fmt: skip
def test_a_path_stays_in_the_scripts_folder(tmp_path: Path, name: str, code: str) -> None:
    here = tmp_path / "here"
    write(tmp_path, "up.yaml", SMALL)
    write(tmp_path, "out/x.yaml", SMALL)
    (here / "folder").mkdir(parents=True)
    (here / "link.yaml").symlink_to(tmp_path / "up.yaml")
    (here / "linked").symlink_to(tmp_path / "out")
    (here / "ring").symlink_to(here / "ring")
    main = write(here, "main.yaml", HEAD + f"  - include: '{name}'\n")
    assert codes(load(main)) == [code]


def test_a_link_within_the_folder_is_fine(tmp_path: Path) -> None:
    write(tmp_path, "real.yaml", SMALL)
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yaml")
    assert isinstance(inside(tmp_path, "link.yaml"), Path)
    assert inside(tmp_path, "rael.yaml") == (inside(tmp_path, "rael.yaml"))
    told = inside(tmp_path, "rael.yaml")
    assert isinstance(told, tuple)
    assert "`real.yaml`" in told[2]
    nowhere = inside(tmp_path / "none", "a.yaml")
    assert isinstance(nowhere, tuple)
    assert "capital" in nowhere[2]
    assert isinstance(inside(tmp_path, "a\x00b"), tuple)


def test_a_text_without_a_folder_can_name_no_files() -> None:
    problems = loads(HEAD + "  - say: {text: Hi, audio: a.ogg}\n").problems
    assert [(p.code, p.hint) for p in problems] == [("MF067", "save the script first")]


# The room's door


def test_the_room_offers_its_names_and_the_module_can_be_called(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", SMALL)
    assert mindful.script.load(path).problems == ()
    assert mindful.script.loads is loads
    assert mindful.script.Loaded is Loaded
    with pytest.raises(AttributeError, match="nothing"):
        mindful.script.nothing  # noqa: B018


def test_the_room_costs_nothing_until_it_is_used() -> None:
    code = (
        "import sys, mindful.script\n"
        "assert not {'pydantic', 'yaml', 'mindful.script.load'} & set(sys.modules)\n"
        "from mindful.script import load, loads, Problem, Script\n"
        "assert callable(load) and Script.__name__ == 'Script' and Problem.__name__ == 'Problem'\n"
        "assert not {'numpy', 'textual', 'rich', 'miniaudio'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("near", ["suits: [evening]", "tags: [x]", "settings: {rate: 100}"])
def test_a_script_without_steps_is_told_also_where_another_key_is_spelt_alike(near: str) -> None:
    assert [p.code for p in loads(f"mindful: 1\ntitle: Example\n{near}\n").problems] == ["MF031"]
