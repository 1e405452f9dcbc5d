"""The page as a client meets it: opened from a file in Chromium, by keyboard alone, with the network watched.

One small session holds a bit of everything, so that the whole module takes well under a minute.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mindful.cli.page import before
from mindful.render.job import Job
from mindful.render.plan import Policy
from mindful.script.load import load
from mindful.timeline.breath import fill_at
from mindful.timeline.model import PhaseCue
from tests.render.browser import Browser
from tests.render.conftest import Hum

pytestmark = pytest.mark.browser

SCRIPT = """
mindful: 1
title: A bit of <b>everything</b> & “more”
summary: "</script><script>document.title='taken'</script> {{x}}"
author: <img src=x onerror=alert(1)>
cautions: [asthma]
settings: {cues: tones}
steps:
  - say: Welcome </script> here.
    pause: 500 ms
  - rate: {id: before, ask: "How tense <i>now</i>?", scale: stress}
  - breathe: {pattern: {inhale: 2, hold: 1, exhale: 2, rest: 1}, cycles: 2}
    label: Breathing
  - choose:
      id: way
      ask: Which way?
      options:
        - label: The short way
          steps: [{say: Short., pause: 1 s}]
        - label: The other way
          steps: [{say: Other., pause: 2 s}]
  - ask: {id: word, text: "A word?", answer: text, private: true}
  - wait: Feel your feet.
  - breathe: {pattern: {inhale: 2, exhale: 2}, until: key}
    label: As you like
  - say: The end.
    pause: 1 s
"""
RATED = """
mindful: 1
title: Rated
settings: {background: silence}
steps:
  - rate: {id: r, ask: "How loud?", scale: SCALE}
  - if: r < 7
    say: Quiet.
    pause: 1 s
  - if: r >= 7
    say: Loud.
    pause: 1 s
  - wait: A stop.
  - say: The end.
    pause: 1 s
"""
RED = SCRIPT.replace(
    "{pattern: {inhale: 2, hold: 1, exhale: 2, rest: 1}, cycles: 2}",
    "{pattern: {inhale: 2, hold: 9, exhale: 2}, cycles: 1}",
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def made(folder: Path, text: str = SCRIPT, name: str = "page") -> Path:
    """The page of a script, said by a voice that hums."""
    source = folder / f"{name}.yaml"
    source.write_text(text, encoding="utf-8")
    script = load(source).script
    assert script is not None
    job = Job(script, Hum(), Policy(prompts="silent", breath_ms=4000))
    route, _ = job.route(lambda done, whole: None)
    target = folder / f"{name}.html"
    with target.open("w+b") as file:
        job.page(route, before(script, route.plans[0].values), file, lambda done, whole: None)
    return target


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    one = Browser(tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(tmp_path_factory.mktemp("page")).as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Browser:
    browser.like()
    browser.open(address)
    return browser


STATE = "document.body.dataset.state"
POSITION = "document.querySelector('audio').currentTime"


def shown(kind: str) -> str:
    """Whether a form with such a field is there to see."""
    return f"!!document.querySelector('form.step:not([hidden]) {kind}')"


def to_first_form(page: Browser) -> None:
    page.run("document.getElementById('start').focus()")
    page.key("Enter")
    page.until(shown("input[type=radio]"))


class TestAlone:
    def test_nothing_is_asked_for_and_nothing_goes_wrong(self, page: Browser, address: str) -> None:
        to_first_form(page)
        assert [a for a in page.asked if not a.startswith(("data:", "file:"))] == []
        assert [a for a in page.asked if a.startswith("file:")] == [address[:100]]
        assert page.errors == []

    def test_words_of_a_script_are_only_words(self, page: Browser) -> None:
        assert page.run("document.title") == "A bit of <b>everything</b> & “more”"
        assert page.run("document.querySelectorAll('b, i, img, main script').length") == 0
        assert "</script><script>document.title" in page.run("document.querySelector('main').innerText")
        to_first_form(page)
        assert page.run("document.querySelector('#form-0 legend').textContent") == "How tense <i>now</i>?"

    def test_the_policy_stops_other_scripts_and_addresses(self, page: Browser) -> None:
        page.run(
            "(() => { const s = document.createElement('script'); s.textContent = 'window.taken = 1'; document.body.append(s); })()"
        )
        assert page.run("window.taken === undefined")
        assert page.run("fetch('http://127.0.0.1:1/').then(() => 'reached', (e) => 'kept')") == "kept"
        page.run(
            "Object.assign(document.body.appendChild(document.createElement('img')), {src: 'http://127.0.0.1:1/x.png'}), 1"
        )
        page.until("true")
        refused = [error for error in page.errors if "Content Security Policy" in error]
        for what in ("script-src", "default-src", "img-src"):  # the script, the address, the picture
            assert any(f"directive '{what}" in r or f'directive: "{what}' in r for r in refused), page.errors

    def test_nothing_plays_before_it_is_wanted(self, page: Browser) -> None:
        assert page.run("[...document.querySelectorAll('audio')].every((a) => a.paused && a.currentTime === 0)")
        assert page.run("getComputedStyle(document.getElementById('start')).height") >= "44px"
        said = page.run("document.getElementById('before').innerText")
        assert "asthma" in said and "not while driving, not in or near water" in said and "not stored" in said


class TestBreath:
    def test_the_curve_is_that_of_the_timeline(self, page: Browser) -> None:
        source = (Path(__file__).parents[2] / "mindful" / "render" / "page" / "breath.js").read_text(encoding="utf-8")
        cue = PhaseCue(at_ms=0, step="x", phase="exhale", length_ms=5500, cycle=1, fill_from=0.9, fill_to=0.1)
        times = [-10, 0, 1, 500, 2750, 4321, 5499, 5500, 6000]
        phase = {"at": 700, "length": 5500, "from": 0.9, "to": 0.1}
        found = page.run(f"(() => {{ {source}; return {times}.map((t) => fillAt({json.dumps(phase)}, t + 700)); }})()")
        assert found == pytest.approx([fill_at(cue, t) for t in times], abs=1e-12)

    def test_the_pacer_is_where_the_sound_is(self, page: Browser) -> None:
        """Sampled in the page in each frame for two seconds of an in-breath: error in time, from the curve turned round."""
        to_first_form(page)
        page.key("Enter")
        page.until(
            "document.getElementById('word').textContent.startsWith('In') || document.getElementById('word').textContent === 'Breathe in'"
        )
        samples = page.run(
            """new Promise((done) => {
              const found = [], sound = document.querySelector('audio'), pacer = document.getElementById('pacer');
              const look = () => {
                const word = document.getElementById('word').textContent;
                if (word !== 'Breathe in' && word !== 'In') { done(found); return; }
                found.push([sound.currentTime * 1000, Number(pacer.dataset.fill)]);
                requestAnimationFrame(look);
              };
              look();
            })"""
        )
        first = json.loads(page.run("document.getElementById('data').textContent"))[0]["phases"][0]
        errors = [
            abs(first["at"] + math.acos(1 - 2 * fill) / math.pi * first["length"] - at)
            for at, fill in samples
            if 0.05 < fill < 0.95
        ]
        assert len(errors) > 20
        assert sorted(errors)[len(errors) // 2] < 20
        assert sorted(errors)[len(errors) * 95 // 100] < 50

    def test_reduced_motion_has_words_in_place_of_the_circle(self, page: Browser, address: str) -> None:
        page.like(prefers_reduced_motion="reduce")
        page.open(address)
        to_first_form(page)
        page.key("Enter")
        page.until(
            "document.getElementById('word').textContent === 'Hold' || document.getElementById('word').textContent.includes('n')"
        )
        assert page.run("getComputedStyle(document.getElementById('pacer')).display") == "none"
        assert "●" in page.until("document.getElementById('beats').textContent")
        page.run("document.getElementById('moving').click()")
        page.until("getComputedStyle(document.getElementById('pacer')).display !== 'none'")


class TestByKeyboardAlone:
    def test_from_beginning_to_end(self, page: Browser) -> None:
        """Tab to Begin, captions, pause, every kind of form, the other way, open breathing, the end."""
        for _ in range(10):
            page.key("Tab")
            if page.run("document.activeElement.id") == "start":
                break
        page.key("Enter")
        assert page.until("document.getElementById('caption').textContent") == "Welcome </script> here."
        assert page.run("document.getElementById('caption').getAttribute('aria-live')") == "polite"
        page.key(" ")
        page.until("document.querySelector('audio').paused && document.getElementById('pause').textContent === 'Go on'")
        at = page.run(POSITION)
        page.key(" ")
        page.until(f"{POSITION} > {at} + 0.1")
        page.until(shown("input[type=radio]"))
        assert page.run("document.activeElement.name") == "answer-0"
        page.until("document.querySelector('audio').paused", 30)  # it waits
        at = page.run(POSITION)
        page.key(" ")  # picks the first
        page.key("ArrowRight")
        page.key("ArrowRight")
        assert page.run(POSITION) == at
        page.key("Enter")
        page.until(f"!document.querySelector('audio').paused && {POSITION} > {at} + 0.5")
        page.key("ArrowRight")  # past the breathing
        page.until("document.querySelector('form.step:not([hidden])')?.dataset.asked === 'Which way?'")
        page.key("ArrowDown")
        page.until("document.querySelector('form.step:not([hidden]) input:checked')?.value === '1'")
        page.key("Enter")
        page.until("document.getElementById('caption').textContent === 'Other.'")
        page.until("!!document.querySelector('form.step:not([hidden]) textarea')")
        for letter in "secret q":
            page.key(letter)
        assert page.run("document.querySelector('textarea').value") == "secret q"
        page.key("Tab")
        page.key("Enter")
        page.until("document.querySelector('form.step:not([hidden])')?.innerText.includes('Feel your feet')")
        page.key("Enter")
        page.until("document.querySelector('form.step:not([hidden])')?.innerText.includes('breath')")
        page.until("document.getElementById('word').textContent === 'Out'")
        page.run("document.querySelector('form.step:not([hidden]) button').focus()")
        page.key("Enter")
        page.until("document.getElementById('caption').textContent === 'The end.'")
        page.until(f"{STATE} === 'after'")
        told = page.run("document.getElementById('after').innerText")
        assert "from beginning to end" in told
        assert "The other way" in told and "How tense" in told and "\n2\n" in told
        assert "secret" not in told
        assert page.errors == []

    def test_escape_ends_with_a_word_and_it_can_go_on(self, page: Browser) -> None:
        to_first_form(page)
        page.key("Escape")
        page.until(f"{STATE} === 'after'")
        assert "feel your feet" in page.run("document.getElementById('after').innerText")
        page.until("document.querySelector('audio').paused")
        assert page.run("document.activeElement.id") == "over"
        page.run("document.getElementById('resume').focus()")
        page.key("Enter")
        page.until(f"{STATE} === 'playing' && !document.querySelector('audio').paused")
        page.key("Escape")
        page.run("document.getElementById('again').click()")
        assert page.run(STATE) == "before"

    def test_captions_can_be_switched_off(self, page: Browser) -> None:
        page.run("document.getElementById('captions').click()")
        to_first_form(page)
        assert page.run("document.getElementById('caption').textContent") == ""


class TestStrong:
    def test_an_intense_session_is_acknowledged_first(self, browser: Browser, tmp_path: Path) -> None:
        browser.open(made(tmp_path, RED).as_uri())
        browser.click("#start")
        assert browser.run(STATE) == "before"
        assert "intense" in browser.until("document.getElementById('not-yet').textContent")
        browser.key(" ")
        browser.click("#start")
        browser.until(f"{STATE} === 'playing'")


class TestRated:
    @pytest.mark.parametrize(
        ("scale", "number", "comes"),
        [
            ("{min: 0, max: 10}", "3", "Quiet."),
            ("{min: 0, max: 10}", "8", "Loud."),
            ("{min: 0, max: 10}", None, "A stop."),
            ("{min: 0, max: 100}", "5", "Quiet."),
            ("{min: 0, max: 100}", "10", "Loud."),
        ],
    )
    def test_what_is_rated_decides_what_comes(
        self, browser: Browser, tmp_path: Path, scale: str, number: str | None, comes: str
    ) -> None:
        browser.like()
        browser.open(made(tmp_path, RATED.replace("SCALE", scale)).as_uri())
        browser.run("document.getElementById('start').focus()")
        browser.key("Enter")
        browser.until(shown("input"))
        if number is None:
            browser.click("form.step:not([hidden]) button.leave")
        else:
            field = f"input[type=radio][value='{number}'], form.step:not([hidden]) input[type=range]"
            browser.run(
                f"(() => {{ const field = document.querySelector({f'form.step:not([hidden]) {field}'!r});"
                f"if (field.type === 'radio') field.click(); else {{ field.value = {number};"
                " field.dispatchEvent(new Event('input', { bubbles: true })); } })(), 1"
            )
            browser.click("form.step:not([hidden]) button.main")
        if comes != "A stop.":
            browser.until(f"document.getElementById('caption').textContent === '{comes}'")
        browser.until("document.querySelector('form.step:not([hidden])')?.innerText.includes('A stop.')")
        browser.key("Enter")
        browser.until("document.getElementById('caption').textContent === 'The end.'")
        browser.until(f"{STATE} === 'after'")
        assert browser.errors == []


class TestForEveryone:
    @pytest.mark.parametrize("width", [320, 1000])
    def test_nothing_is_wider_than_the_window(self, page: Browser, width: int) -> None:
        page.like(width, 640)
        for enlarged in ("100%", "200%"):
            page.run(f"document.documentElement.style.fontSize = '{enlarged}', 1")
            assert page.run("document.documentElement.scrollWidth") <= width
        to_first_form(page)
        assert page.run("document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize("scheme", ["dark", "light"])
    def test_axe_finds_nothing_serious(self, page: Browser, scheme: str) -> None:
        page.like(prefers_color_scheme=scheme)
        source = axe()
        page.run(f"(() => {{ {source}\n }})(), 1")
        assert audit(page) == []
        to_first_form(page)
        assert audit(page) == []
        page.key("Enter")
        page.until("document.getElementById('word').textContent !== ''")
        assert audit(page) == []
        page.key("Escape")
        page.until(f"{STATE} === 'after'")
        assert audit(page) == []


def audit(page: Browser) -> list[Any]:
    """What axe-core calls serious or critical, with where it is."""
    return page.run(
        f"axe.run(document, {{runOnly: {json.dumps(AXE_TAGS)}}}).then((r) => r.violations"
        ".filter((v) => ['serious', 'critical'].includes(v.impact))"
        ".map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 90))]))"
    )


def axe() -> str:
    """axe-core (MPL-2.0) from an installed package; it is not carried along."""
    if shutil.which("npm") is None:
        pytest.skip("there is no npm here to look for axe-core with")
    root = subprocess.run(["npm", "root", "-g"], capture_output=True, text=True, check=False).stdout.strip()
    file = Path(root) / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.skip("axe-core is not installed (npm install -g axe-core)")
    return file.read_text(encoding="utf-8")
