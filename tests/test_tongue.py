"""The words in other languages: every text has one, with the same places to fill in, and English is what it was."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from string import Formatter
from typing import Any

import pytest

from mindful import tongue
from mindful.author import catalogues

OTHERS = tongue.LANGUAGES[1:]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """No other test shall meet another language."""
    yield
    tongue.use("en")


def there(language: str) -> dict[Any, str]:
    """What the compiled catalogue holds."""
    with catalogues.po(language).with_suffix(".mo").open("rb") as file:
        return dict(GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def key(context: str | None, text: str) -> str:
    return text if context is None else f"{context}\x04{text}"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_code_has_one_in_the_language(language: str) -> None:
    found, missing = there(language), []
    for context, message in catalogues.texts():
        if isinstance(message, tuple):
            missing += [message for n in (0, 1) if not found.get((message[0], n))]
        elif not found.get(key(context, message)):
            missing.append(message)
    assert not missing


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_holds_no_text_that_the_code_no_longer_has(language: str) -> None:
    wanted: set[Any] = {""}
    for context, message in catalogues.texts():
        wanted |= {(message[0], n) for n in (0, 1)} if isinstance(message, tuple) else {key(context, message)}
    assert set(there(language)) == wanted


def places(text: str) -> list[str]:
    return sorted(f"{name}:{spec}" for _text, name, spec, _how in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", OTHERS)
def test_each_has_the_places_to_fill_in_that_the_english_has(language: str) -> None:
    found = there(language)
    for context, message in catalogues.texts():
        if isinstance(message, tuple):
            assert {p for n in (0, 1) for p in places(found[message[0], n])} == {p for m in message for p in places(m)}
            continue
        other = found[key(context, message)]
        if "{" in message or "{" in other:
            assert places(other) == places(message), other


@pytest.mark.parametrize("language", OTHERS)
def test_spaces_and_keys_and_commands_stay_as_they_are(language: str) -> None:
    """A button keeps its air; what must be typed is the same word; a key that is named is one that works."""
    found = there(language)
    for context, message in catalogues.texts():
        if isinstance(message, tuple):
            continue
        other = found[key(context, message)]
        assert (message[:1] == " ", message[-1:] == " ") == (other[:1] == " ", other[-1:] == " "), other
        for pattern in (r"--[a-z][a-z-]+", r"mindful [a-z]+(?: set| show| edit| forget)?\b", r"\bF\d+\b", r"/land\b"):
            typed = [word for word in re.findall(pattern, message) if word.split()[-1] in _COMMANDS or word[0] in "-F/"]
            for word in typed:
                assert word in other, (word, other)


_COMMANDS = (
    "pace",
    "patterns",
    "evidence",
    "play",
    "profile",
    "set",
    "forget",
    "breathe",
    "list",
    "doctor",
    "show",
    "edit",
)


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_written_and_what_is_compiled_are_current(language: str) -> None:
    pytest.importorskip("babel", reason="Babel is among the tools of development: pip install -e '.[dev]'")
    catalog = catalogues.renewed(language)
    assert catalogues.po(language).read_bytes() == catalogues.written(catalog)
    assert catalogues.po(language).with_suffix(".mo").read_bytes() == catalogues.compiled(catalog)
    assert not [m.id for m in catalog if m.fuzzy]


def test_german_is_gender_neutral_and_says_du() -> None:
    """Words that would make a person a man or a woman, or an office of the guide."""
    for text in there("de").values():
        assert not re.search(
            r"\b(Sie können|Ihnen|Ihre[nmr]?|Ihr|Arzt|Ärztin|Therapeut\w*|Benutzer|jeder, der)\b", text
        ), text


@pytest.mark.parametrize("tag", ["de", "de-AT", "de_DE.UTF-8", "DE", "de_CH@euro"])
def test_tags_and_names_of_locales_find_their_language(tag: str) -> None:
    assert tongue.use(tag) == "de"
    assert tongue._("Settings") == "Einstellungen"


@pytest.mark.parametrize("tag", ["", "en", "C", "POSIX", "C.UTF-8", "en_GB.UTF-8", "fr", "../de", "del"])
def test_all_others_are_english(tag: str) -> None:
    tongue.use("de")
    assert tongue.use(tag) == "en"
    assert tongue._("Settings") == "Settings"
    assert tongue.pgettext("a length", "open") == "open"
    assert tongue.ngettext("one day", "{count} days", 1) == "one day"
    assert tongue.ngettext("one day", "{count} days", 2) == "{count} days"


def test_a_catalogue_that_cannot_be_read_leaves_it_english(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tongue, "FOLDER", tmp_path)
    assert tongue.use("de") == "en"
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for content in (b"", b"no catalogue", struct.pack("<7I", 0x950412DE, 0, 900, 28, 28, 0, 28)):
        (folder / "mindful.mo").write_bytes(content)
        assert tongue.use("de") == "en"
        assert tongue._("Settings") == "Settings"


def test_numbers_senses_and_days_are_those_of_the_language() -> None:
    assert (tongue.figure(2.5), tongue.weekday(0), tongue.month(3)) == ("2.5", "Monday", "March")
    tongue.use("de")
    assert (tongue.figure(2.5), tongue.weekday(0), tongue.month(3)) == ("2,5", "Montag", "März")
    assert (tongue._("open"), tongue.pgettext("a length", "open")) == ("öffnen", "offen")
    assert tongue.ngettext("one day", "{count} days", 2) == "{count} Tage"


@pytest.mark.parametrize(
    ("arguments", "environ", "found"),
    [
        ([], {}, ""),
        ([], {"LANG": "de_DE.UTF-8"}, "de_DE.UTF-8"),
        ([], {"LANG": "de_DE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en_GB.UTF-8"),
        (["--language", "de", "play", "settle"], {"LANG": "en"}, "de"),
        (["play", "settle", "--language=de"], {}, "de"),
        (["play", "settle", "--language"], {"LANG": "en"}, "en"),
        (["play", "--", "--language", "de"], {}, ""),
    ],
)
def test_the_command_line_asks_before_the_environment(
    arguments: list[str], environ: dict[str, str], found: str
) -> None:
    assert tongue.asked(arguments, environ) == found


def run(code: str, language: str) -> str:
    """What a fresh Python says, in which `use` comes before the words are imported."""
    start = f"from mindful import tongue\ntongue.use({language!r})\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", start],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SCREENS = """
import asyncio, sys
sys.path.insert(0, "tests/tui")
from datetime import UTC, datetime
from mindful.tui import keys, words
from mindful.tui.layout import hint_row
from mindful.tui.search import Filters
def text(row): return "".join(span.text for span in row)
for width in (40, 80):
    print(width, text(hint_row(keys.hints("home", ("choose", "journey", "settings", "help", "clear")), width)))
    print(width, text(hint_row(keys.hints("player", ("space", "end", "land", "ease", "say_again")), width)))
print(" ".join(f"{key} {said}" for key, (_n, said) in zip(("F2", "F3", "F4"), Filters().words)))
print(" ".join(f"{n} {q[3]}" for n, q in enumerate(words.QUICK, 1)))
print(words.length(None), words.between(None, 240_000, None), words.tier("green"))
print(words.day_said(datetime(2026, 3, 5)), "|", words.rated(2.5, 4))
print(words.greeting("Ankommen", datetime(2026, 3, 4, 9, tzinfo=UTC), datetime(2026, 3, 5, 12, tzinfo=UTC), 60_000))
print(keys.action("home", "page_down").shown, keys.action("home", "leave").shown)
"""


def test_rows_of_keys_and_filters_are_german_and_fit_into_forty_columns() -> None:
    lines = run(SCREENS, "de").splitlines()
    assert lines[0].startswith("40  Enter öffnen   j Verlauf")
    assert "Leertaste Pause" in lines[1] and "q Ende" in lines[1] and "l landen" in lines[1]
    assert "Esc beenden" in lines[2] and "r noch mal" in lines[3]
    for line in (*lines[:2],):
        assert len(line.removeprefix("40 ")) <= 40
    assert lines[4] == "F2 Länge F3 Stärke F4 Anlass"
    assert lines[5] == "1 atmen 2 5 min 3 Stille"
    assert lines[6:8] == ["offen 4 min oder länger + sanft", "5. März 2026 | vorher 2,5, nachher 4"]
    assert lines[8] == "Gestern Vormittag: Ankommen, 1 min."
    assert lines[9] == "Bild ab Strg+C"


DRAWN = """
import asyncio
from tests.tui.conftest import screen_text
from tests.tui.hosting import HandHost
from mindful.tui.app import MindfulApp
async def look(size, *keys):
    app = MindfulApp(HandHost())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        return screen_text(app)
for size in ((80, 24), (40, 12)):
    for keys in ((), ("down", "enter"), ("down", "enter", "enter")):
        print(asyncio.run(look(size, *keys)), end="\\f")
"""


def test_home_before_and_player_are_german_at_two_sizes() -> None:
    home, before, player, small_home, small_before, small_player, _end = run(DRAWN, "de").split("\f")
    assert "1 eine Minute atmen   2 fünf Minuten atmen   3 zehn Minuten Stille" in home
    assert "F2 Länge   F3 Stärke   F4 Anlass" in home
    assert "Enter öffnen   j Verlauf   , Optionen" in home and "Esc beenden" in home
    assert "Bevor du beginnst" in before and "Enter beginnen   Esc zurück" in before
    assert "++ mittel" in before and "Beginnen" in before
    assert "Leertaste Pause   q Ende   l landen   r noch mal   n → nächstes" in player and "noch " in player
    assert "1 atmen  2 5 min  3 Stille" in small_home and "Enter öffnen   j Verlauf" in small_home
    assert "Enter beginnen   Esc zurück" in small_before
    assert "Leertaste Pause   q Ende   l landen" in small_player
    for screen in (small_home, small_before, small_player):
        assert all(len(line) <= 40 for line in screen.splitlines())
    for screen in (home, before, player, small_home, small_before, small_player):
        for word in ("Enter open", "begin ", "Before you", "Space ", " left\n", "leave", "Esc back", "any length"):
            assert word not in screen, (word, screen)


def test_the_landing_is_in_the_language_of_the_session_and_so_is_heard() -> None:
    code = """
from mindful.player.landing import lines_of
from mindful.timeline.unfold import Setup
from tests.making import script
STEPS = [{"pause": 3}]
for client in ("de", "en", "de-AT"):
    for head in ({"language": "en"}, {"language": "de"}, {"language": "fr"}, {"title": {"en": "One", "de": "Eins"}}):
        line = lines_of(Setup(script(*STEPS, **head), {}, client))[0]
        print(client, line.language, line.text)
"""
    german = "de Du kannst hier aufhören. Es ist nichts mehr zu tun."
    english = "en You can stop here. There is nothing left to do."
    on_german, on_english = run(code, "de").splitlines(), run(code, "en").splitlines()
    # English and German sessions; a French one, for which the client's own words are there to read; one in both.
    assert on_german[:4] == [f"de {english}", f"de {german}", f"de {german}", f"de {german}"]
    assert on_english[:4] == [f"de {english}", f"de {german}", f"de {english}", f"de {german}"]
    assert on_german[4:8] == [f"en {english}", f"en {german}", f"en {german}", f"en {english}"]
    assert on_german[8:] == [f"de-AT {english}", f"de-AT {german}", f"de-AT {german}", f"de-AT {german}"]


@pytest.mark.parametrize("how", ["option", "before", "environment"])
def test_the_program_speaks_german_to_a_client(how: str, tmp_path: Any) -> None:
    words = {
        "option": ["play", "settle", "--plain", "--mute", "--no-journal", "--language", "de"],
        "before": ["--language", "de", "play", "settle", "--plain", "--mute", "--no-journal"],
        "environment": ["play", "settle", "--plain", "--mute", "--no-journal"],
    }[how]
    env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES")}
    env |= {
        "MINDFUL_HOME": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
        "LANG": "de_DE.UTF-8" if how == "environment" else "C",
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "mindful", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=env,
    )
    try:
        assert program.stdout is not None
        said = ""
        for line in program.stdout:
            said += line
            if "jederzeit aufhören" in line:
                break
    finally:
        program.kill()
        program.wait()
    assert "Wenn du eine Lungenkrankheit wie COPD hast" in said


def test_english_reads_no_catalogue() -> None:
    code = """
import builtins, io, sys
from pathlib import Path
opened = []
real = io.open
def note(file, *a, **k):
    opened.append(str(file))
    return real(file, *a, **k)
io.open = builtins.open = note
from mindful.tui import words
print([name for name in opened if ".mo" in name], words.SETTINGS)
"""
    assert run(code, "en_GB.UTF-8").strip() == "[] Settings"


def test_tools_of_authors_stay_english(tmp_path: Any) -> None:
    script = tmp_path / "x.yaml"
    script.write_text("mindful: 1\ntitle: X\nsteps:\n  - bell: bowl\n", encoding="utf-8")
    env = {**os.environ, "LC_ALL": "de_DE.UTF-8", "MINDFUL_HOME": str(tmp_path / "home"), "PYTHONIOENCODING": "utf-8"}
    code = f"""
import sys
from mindful.cli import main
try:
    main.main(["outline", {str(script)!r}])
except SystemExit:
    pass
from mindful import tongue
print("tongue:", tongue.language())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, timeout=60, check=False
    )
    assert "tongue: en" in done.stdout
