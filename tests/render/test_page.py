"""The page without a browser: what stands in it, which ways it has, and that other people's text stays text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from mindful import assets
from mindful.cli import exits
from mindful.cli.main import run
from mindful.cli.page import before, told
from mindful.render.job import Job
from mindful.render.page import words
from mindful.render.page.forms import form
from mindful.render.page.rated import turns
from mindful.render.page.route import Route
from mindful.render.plan import Policy
from mindful.script.load import load
from mindful.timeline.model import PhaseCue, RatePrompt, Segment
from tests.render.conftest import Hum


def job(folder: Path, steps: str, **policy: Any) -> Job:
    path = folder / "x.yaml"
    path.write_text(f"mindful: 1\ntitle: X\nsteps:\n{steps}", encoding="utf-8")
    script = load(path).script
    assert script is not None
    return Job(script, Hum(), Policy(**policy))


def laid_out(folder: Path, steps: str, **policy: Any) -> Route:
    return job(folder, steps, **policy).route(lambda done, whole: None)[0]


def page(folder: Path, steps: str) -> str:
    work = job(folder, steps)
    route, _ = work.route(lambda done, whole: None)
    target = folder / "x.html"
    with target.open("w+b") as file:
        work.page(route, before(work.script, {}), file, lambda done, whole: None)
    return target.read_text(encoding="utf-8")


CHOOSE = """
  - say: A.
  - choose:
      id: way
      ask: Which?
      options:
        - {label: One, steps: [{say: First way.}]}
        - {label: Two, steps: [{say: Second way.}, {rate: {id: r, ask: How?, scale: calm}}, {say: Then.}]}
        - {label: None, steps: []}
  - wait: A stop.
  - say: The end.
"""
RATED = """
  - rate: {id: r, ask: "How loud?", scale: {min: 0, max: 10}}
  - if: r < 7
    say: Quiet.
  - if: r >= 7
    say: Loud.
  - wait: A stop.
  - say: The end.
"""
ROUNDS = """
  - repeat:
      at_most: 9
      until: not more
      steps:
        - say: A round.
        - ask: {id: more, text: More?, answer: yes-no}
  - say: The end.
"""


class TestWays:
    def test_every_option_has_its_way_and_meets_the_main_one(self, tmp_path: Path) -> None:
        route = laid_out(tmp_path, CHOOSE)
        main, two = route.stretches
        choice = main.stops[0]
        wait = main.stops[1]
        assert choice.ways == ((1, 1, 0), (2, 0, wait.start_ms))
        assert two.then == (0, wait.start_ms)
        said = [c.text for p in two.placed for c in p.segment.cues if hasattr(c, "manner")]
        assert said[0] == "Second way." and said[-1] == "Then." and "The end." not in said
        assert [stop.form for stop in two.stops] == [2]

    def test_another_round_is_a_way_back(self, tmp_path: Path) -> None:
        route = laid_out(tmp_path, ROUNDS)
        assert len(route.stretches) == 1
        assert route.stretches[0].stops[0].ways == ((0, 0, 0),)  # yes: from the beginning; no: on

    def test_an_answer_given_beforehand_has_one_way(self, tmp_path: Path) -> None:
        route = laid_out(tmp_path, CHOOSE, answers={"way": "2"})
        assert len(route.stretches) == 1
        assert "Second way." in str(route.stretches[0].placed)

    def test_ways_that_are_too_long_are_left_out_and_that_is_said(self, tmp_path: Path) -> None:
        route = laid_out(tmp_path, CHOOSE.replace("{say: Then.}", "{pause: 20 min}"))
        assert len(route.stretches) == 1
        segment, only = route.forms[0]
        assert only == "One"
        assert "goes on with “One”" in form(0, segment, "en", only=only)
        work = job(tmp_path, CHOOSE)
        assert any("has one way in this page: “One”" in line for line in told(work.script, route))

    def test_a_rating_has_a_way_for_each_range_of_its_scale(self, tmp_path: Path) -> None:
        route = laid_out(tmp_path, RATED)
        main = route.stretches[0]
        rate, wait = main.stops
        assert rate.ranges == ((0, 6, 1, 0), (7, 10, 2, 0))
        assert all(stretch.then == (0, wait.start_ms) for stretch in route.stretches[1:])
        assert "Quiet." in str(route.stretches[1].placed) and "Loud." in str(route.stretches[2].placed)
        assert "Loud." not in str(main.placed)  # as for a client who leaves it open

    @given(turn=st.integers(1, 100), more=st.integers(1, 100))
    def test_the_turns_of_a_long_scale_are_found_to_the_number(self, turn: int, more: int) -> None:
        prompt = RatePrompt(id="r", low=0, high=100, increment=1)
        low, high = sorted((turn, min(100, turn + 5 + more)))
        found = turns(prompt, lambda v: (v >= low) + (v >= high))
        assert [each[0] for each in found] == sorted({0, low, high})
        assert all(a[1] + 1 == b[0] for a, b in pairwise(found)) and found[-1][1] == 100

    def test_one_rating_may_lead_to_several_places_and_several_to_one(self, tmp_path: Path) -> None:
        steps = RATED.replace("if: r < 7", "if: r < 3 or r > 8").replace("if: r >= 7", "if: r >= 3 and r <= 8")
        ranges = laid_out(tmp_path, steps).stretches[0].stops[0].ranges
        assert [each[:3] for each in ranges] == [(0, 2, 1), (3, 8, 2), (9, 10, 1)]

    def test_words_that_tell_the_number_go_as_for_one_left_open_and_that_is_said(self, tmp_path: Path) -> None:
        route = laid_out(tmp_path, RATED.replace("Loud.", "From {r}.").replace("Quiet.", "From {r}."))
        assert len(route.stretches) == 1
        segment, only = route.forms[0]
        assert words.SAME_WAY in form(0, segment, "en", only=only)
        work = job(tmp_path, RATED)
        assert any("whatever is rated" in line for line in told(work.script, route))

    def test_a_rating_that_was_given_beforehand_has_one_way(self, tmp_path: Path) -> None:
        route = laid_out(tmp_path, RATED, answers={"r": "9"})
        assert len(route.stretches) == 1 and "Loud." in str(route.stretches[0].placed)

    @pytest.mark.parametrize("name", ["before-a-test", "arriving", "grounding-steps", "rain", "yoga-nidra"])
    def test_bundled_choices_can_be_made(self, name: str) -> None:
        script = load(assets.session_files()[name]).script
        assert script is not None
        route, _ = Job(script, Hum()).route(lambda done, whole: None)
        for stretch in route.stretches:
            for stop in stretch.stops:
                for *_, k, ms in (*stop.ways, *stop.ranges):
                    assert 0 <= ms <= route.stretches[k].length_ms
            if stretch.then is not None:
                assert stretch.then[1] <= route.stretches[0].length_ms


class TestInThePage:
    def test_only_its_own_script_and_style_may_run(self, tmp_path: Path) -> None:
        text = page(tmp_path, CHOOSE)
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert policy is not None
        script = text[text.rindex("<script>") + 8 : text.rindex("</script>")]
        style = text[text.index("<style>") + 7 : text.index("</style>")]
        for source in (script, style):
            assert base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() in policy[1]
        assert "default-src 'none'" in policy[1] and "unsafe" not in policy[1] and "http" not in policy[1]
        for source in (script, style):
            assert "</" not in source and "http" not in source and "innerHTML" not in source and "eval" not in source

    def test_nothing_points_elsewhere(self, tmp_path: Path) -> None:
        text = page(tmp_path, CHOOSE)
        assert all(a.startswith("data:") for a in re.findall(r'(?:src|href|action)="([^"]{0,20})', text))
        assert "http:" not in text and "https:" not in text

    def test_sounds_are_whole_and_as_long_as_their_stretch(self, tmp_path: Path) -> None:
        text = page(tmp_path, CHOOSE)
        stretches = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]
        sounds = re.findall(r'data:audio/mpeg;base64,([^"]*)"', text)
        assert len(sounds) == len(stretches) == 2
        main, way = (soundfile.info(BytesIO(base64.b64decode(raw))).duration * 1000 for raw in sounds)
        assert stretches[0]["length"] <= main < stretches[0]["length"] + 1000  # the last sound rings out
        assert way == pytest.approx(stretches[1]["length"], abs=1)

    def test_text_of_a_script_never_is_markup(self, tmp_path: Path) -> None:
        text = page(tmp_path, '  - wait: "</script><b onclick=x>\\" &amp;"\n  - say: "</script><i>"\n')
        assert "<b " not in text and "<i>" not in text
        assert "&lt;/script&gt;&lt;b onclick=x&gt;&quot; &amp;amp;" in text
        assert (
            json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])[0]["captions"][0]["text"]
            == "</script><i>"
        )  # type: ignore[index]

    def test_cautions_and_privacy_come_before_the_button(self, tmp_path: Path) -> None:
        text = page(tmp_path, CHOOSE)
        assert text.index("not in or near water") < text.index('id="start"')
        assert "autoplay" not in text
        assert words.KEPT.split(":")[0] in text


class TestOpenBreathing:
    def test_it_comes_again_from_the_start_of_a_breath(self, tmp_path: Path) -> None:
        stop = laid_out(tmp_path, "  - breathe: {pattern: {inhale: 2, exhale: 3}, until: key}\n").stretches[0].stops[0]
        assert stop.again is not None
        assert stop.again in {c.at_ms for c in phases(stop.segment) if c.phase == "inhale"}
        assert (stop.end_ms - stop.again) % 5000 == 0


def phases(segment: Segment) -> list[PhaseCue]:
    return [c for c in segment.cues if isinstance(c, PhaseCue)]


class TestCommand:
    def test_a_page_is_written_and_what_it_cannot_is_said(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        script = tmp_path / "s.yaml"
        script.write_text(f"mindful: 1\ntitle: S\nsteps:{CHOOSE}", encoding="utf-8")
        assert run(["render", str(script), "-o", str(tmp_path / "s.html"), "--voice", "none"]) == exits.DONE
        said = capfd.readouterr().err
        assert "not stored or sent" in said and "whatever is rated" not in said
        assert [p.name for p in tmp_path.glob("*.part")] == []
