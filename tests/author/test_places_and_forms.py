"""Steps and lines, playing from a step on, and steps that a form writes into the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mindful import assets
from mindful.author.forms import BY_KIND, FORMS, insertion, problem
from mindful.author.highlight import highlight
from mindful.author.live import QUIET_S, Look, Rest, look, script_of
from mindful.author.outline import rows
from mindful.author.place import entry_at, line_of, path_of, rest_from, step_at, steps_of
from mindful.script.load import loads
from mindful.script.model import KINDS
from mindful.script.nodes import read
from mindful.script.problems import Source
from mindful.timeline.compile import compile_timeline
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup
from tests.making import HandClock

TEXT = """mindful: 1
title: A
settings: {background: rain}
steps:
  - say: One
    pause: 2 s
  # a remark
  - sound: ocean
  - repeat:
      times: 2
      steps:
        - say: Two

        - bell: bowl
  - choose:
      ask: Which?
      options:
        - label: A
          steps:
            - say: Three
        - label: B
  - if: 1 == 2
    say: Four
  - include: settle
  - say: Five
"""
LINES = TEXT.split("\n")


def index(text: str = TEXT) -> tuple[tuple[tuple[str | int, ...], int], ...]:
    return steps_of(read(Source("a.yaml", text)))


def said(path: tuple[str | int, ...]) -> list[str]:
    script = loads(TEXT).script
    assert script is not None
    return [s.say.text.source() for s in rest_from(script, path).steps if s.say and s.say.text]


@pytest.mark.parametrize(
    ("row", "path"),
    [
        (2, None), (4, ("steps", 0)), (5, ("steps", 0)), (6, ("steps", 0)), (8, ("steps", 2)), (9, ("steps", 2)),
        (11, ("steps", 2, "repeat", "steps", 0)), (13, ("steps", 2, "repeat", "steps", 1)), (16, ("steps", 3)),
        (19, ("steps", 3, "choose", "options", 0, "steps", 0)), (24, ("steps", 6)),
    ],
)  # fmt: skip
def test_the_step_under_the_cursor(row: int, path: tuple[str | int, ...] | None) -> None:
    assert step_at(index(), row) == path


def test_the_line_of_a_step_of_the_outline() -> None:
    script = loads(TEXT).script
    assert script is not None
    found = [(r.kind, line_of(index(), r.step)) for r in rows(outline(Setup(script))) if r.step]
    assert found[:5] == [("say", 4), ("sound", 7), ("say", 11), ("bell", 13), ("say", 11)]
    assert all(LINES[line].strip().startswith(("- " + kind, "- include")) for kind, line in found if line is not None)
    assert path_of("steps[4].repeat#2.steps[0].say") == ("steps", 4, "repeat", "steps", 0)
    assert path_of("steps[1].include.steps[3].say") == ("steps", 1)


def test_every_row_of_every_bundled_session_has_its_line() -> None:
    for path in assets.session_files().values():
        text = path.read_text(encoding="utf-8")
        seen = look(text, path)
        assert seen.playable and seen.current
        for placed in seen.rows:
            if placed.row.kind:
                assert placed.line is not None
                assert text.split("\n")[placed.line].lstrip().startswith("-"), (path, placed)


def test_what_plays_from_a_step_on() -> None:
    assert said(("steps", 0))[0] == "One"
    assert said(("steps", 2, "repeat", "steps", 0)) == ["Two", "Four", "Five"]
    assert said(("steps", 3, "choose", "options", 0, "steps", 0)) == ["Three", "Four", "Five"]
    script = loads(TEXT).script
    assert script is not None
    rest = rest_from(script, ("steps", 4))
    assert rest.steps[0].if_ is None and rest.settings.background == "ocean" and rest.included
    assert rest_from(script, ("steps", 0)).settings.background == "rain"
    with pytest.raises(KeyError):
        rest_from(script, ("steps", 99))


def test_from_every_step_of_every_bundled_session_something_plays() -> None:
    for path in assets.session_files().values():
        seen = look(path.read_text(encoding="utf-8"), path)
        script = script_of(seen, path)
        assert script is not None
        for found, _ in seen.steps:
            assert compile_timeline(Setup(rest_from(script, found))).placed


@pytest.mark.parametrize(
    ("row", "first", "last", "indent"),
    [(4, 4, 5, 2), (5, 4, 5, 2), (6, 4, 5, 2), (8, 8, 13, 2), (12, 11, 11, 8), (13, 13, 13, 8), (17, 14, 20, 2), (20, 14, 20, 2), (19, 19, 19, 12)],
)  # fmt: skip
def test_the_lines_of_the_step_under_the_cursor(row: int, first: int, last: int, indent: int) -> None:
    found = entry_at(LINES, row)
    assert found is not None and (found.first, found.last, found.indent) == (first, last, indent)


def test_lists_that_are_no_steps_have_no_step() -> None:
    assert entry_at(["mindful: 1", "tags:", "  - a", "  - b", "steps:", "  - say: x"], 3) is None


FILLED = {
    "say": {"text": "Notice: your feet, {now}", "pause": "5"},
    "pause": {"for": "3"},
    "ask": {"id": "where", "text": "Where are you?", "answer": "choice", "options": "Home, Work: office"},
    "wait": {"text": "Press a key: when you like."},
    "choose": {"ask": "Which way?", "first": "Left, or so", "second": "Right", "third": "", "id": "way"},
    "learn": {"title": "Why", "text": "Because: it is so. " * 12},
    "repeat": {"times": "2", "text": "Again, #2", "pause": ""},
    "breathe": {"pattern": "4-2-6", "for": "1 min"},
    "sit": {"for": "90", "every": "30"},
    "bell": {"sound": "gong", "strokes": "3"},
    "sound": {"layer": "rain", "level": "-6"},
    "scan": {"regions": "left-foot, the place where: it rests, face", "each": "20"},
    "relax": {"groups": "right-hand, face", "tense": "5", "release": "20 s"},
    "move": {"first": "Lift, slowly: both arms.", "second": "Turn your head.", "hold": "8", "sides": "both"},
    "ground": {"see": "3", "taste": "0", "advance": "timed"},
}


@pytest.mark.parametrize("kind", BY_KIND)
def test_what_a_form_writes_is_a_sound_step_wherever_the_cursor_is(kind: str) -> None:
    form = BY_KIND[kind]
    values = {f.name: f.value for f in form.fields} | FILLED.get(kind, {})
    assert problem(form, values) == "" or kind == "say"
    step = form.write(values)
    for row in range(len(LINES)):
        found = insertion(LINES, row, step)
        made = [*LINES[: found.row], *found.lines, *LINES[found.row :]]
        text = "\n".join(made).replace("{now}", "x")
        loaded = loads(text)
        assert loaded.script is not None, (row, [p.message for p in loaded.problems], text)
        assert [line for line in made if line not in found.lines] == [line for line in LINES if line not in found.lines]
        entry = entry_at(LINES, row)
        if entry is not None:
            assert found.row == entry.last + 1 and found.lines[0].index("-") == entry.indent


def test_every_kind_has_one_form() -> None:
    assert [f.kind for f in FORMS] == list(BY_KIND) and BY_KIND.keys() == KINDS.keys()


def test_a_step_into_a_script_that_has_none() -> None:
    step = BY_KIND["bell"].write({"sound": "bowl", "strokes": "1"})
    for text in (
        "mindful: 1\ntitle: A\n",
        "mindful: 1\ntitle: A\nsteps:\n",
        "mindful: 1\ntitle: A\nsteps:\ntags: [a]\n",
    ):
        lines = text.split("\n")
        found = insertion(lines, 0, step)
        loaded = loads("\n".join([*lines[: found.row], *found.lines, *lines[found.row :]]))
        assert loaded.script is not None and loaded.script.steps[0].kind == "bell"


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("say", {"text": "", "pause": ""}, "still empty"),
        ("rate", {"id": "My Name", "ask": "A?", "scale": "suds"}, "small letters"),
        ("pause", {"for": "long"}, "length of time"),
        ("breathe", {"pattern": "bx", "for": "1 min"}, "pattern"),
        ("ask", {"id": "a", "text": "A?", "answer": "choice", "options": ""}, "options"),
    ],
)
def test_a_form_says_what_is_missing(kind: str, values: dict[str, str], said: str) -> None:
    assert said in problem(BY_KIND[kind], values)


def test_a_look_keeps_the_last_outline_while_the_text_is_broken() -> None:
    good = look(TEXT, Path("a.yaml"))
    assert good.playable and good.current and not good.errors
    bad = look(TEXT.replace("say: One", "say: One: two"), Path("a.yaml"), good)
    assert not bad.playable and bad.rows == good.rows and not bad.current and bad.errors == 1
    assert bad.verdict.startswith("1 problem")
    assert look("", Path("a.yaml"), Look("")).rows == ()


def test_the_text_is_looked_at_when_the_keys_rest() -> None:
    clock = HandClock()
    rest = Rest(clock.now)
    assert not rest.due()
    rest.touch()
    clock.forward(QUIET_S * 0.7)
    assert not rest.due()
    rest.touch()
    clock.forward(QUIET_S * 0.7)
    assert not rest.due()
    clock.forward(QUIET_S)
    assert rest.due() and not rest.due()


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("# why", {"# why": "remark"}),
        ("title: A # why", {"title": "key", "A": "text", "# why": "remark"}),
        ("  - say: Hi [pause 3 s] {you}", {"-": "sign", "say": "kind", "[pause 3 s]": "mark", "{you}": "hole"}),
        ("  - breathe: {pattern: box, for: 2 min}", {"breathe": "kind", "pattern": "key", "2 min": "number"}),
        ('ask: "a # b"', {'"a # b"': "quote"}),
        ("    pause: 1 min 30 s", {"pause": "kind", "1 min 30 s": "number"}),
    ],
)
def test_colours(line: str, spans: dict[str, str]) -> None:
    (found,) = highlight([line])
    named = {line[a:b]: name for a, b, name in found}
    for part, name in spans.items():
        assert named[part] == name


def test_words_below_a_block_sign_are_words() -> None:
    found = highlight(["a: |", "  title: {x}", "", "b: 1"])
    assert found[1] == ((0, 12, "text"), (9, 12, "hole")) and found[3][0] == (0, 1, "key")


@pytest.mark.parametrize(
    ("kind", "values", "written"),
    [
        ("scan", {}, ["- scan: {each: 30 s}"]),
        ("scan", {"from": "head"}, ["- scan: {each: 30 s, from: head}"]),
        ("scan", {"regions": "feet, hands", "from": "head"}, ["- scan: {regions: [feet, hands], each: 30 s}"]),
        ("relax", {}, ["- relax: {groups: 7, tense: 6 s, release: 30 s}"]),
        ("relax", {"groups": "arms, face"}, ["- relax: {groups: [arms, face], tense: 6 s, release: 30 s}"]),
        ("ground", {}, ["- ground: {senses: {see: 5, touch: 4, hear: 3, smell: 2, taste: 1}}"]),
        ("ground", {"smell": "0", "taste": "0", "advance": "timed"},
         ["- ground: {senses: {see: 5, touch: 4, hear: 3}, advance: timed}"]),
        ("move", {"first": "Lift your arms.", "second": "Turn, slowly."},
         ["- move:", "    poses:", "      - {say: Lift your arms., hold: 10 s}", '      - {say: "Turn, slowly.", hold: 10 s}']),
        ("move", {"first": "Turn.", "hold": "", "sides": "both"},
         ["- move:", "    poses:", "      - {say: Turn., sides: both}"]),
    ],
)  # fmt: skip
def test_forms_of_the_body(kind: str, values: dict[str, str], written: list[str]) -> None:
    form = BY_KIND[kind]
    filled = {f.name: f.value for f in form.fields} | values
    assert problem(form, filled) == "" and form.write(filled) == written


@pytest.mark.parametrize(
    ("kind", "values", "written"),
    [
        ("exposure", {"items": "Stand in it 40, Ride one floor: 60; Ride (80)"},
         ["- exposure:", "    ladder:", "      - {item: Stand in it, suds: 40}", "      - {item: Ride one floor, suds: 60}",
          "      - {item: Ride, suds: 80}", "    mode: in-vivo", "    for: 20 min", "    ask_every: 2 min"]),
        ("exposure", {"items": "The yard, The street, Floor 7 of it", "id": "out"},
         ["- exposure:", "    ladder:", "      - {item: The yard, suds: 30}", "      - {item: The street, suds: 55}",
          "      - {item: Floor 7 of it, suds: 80}", "    mode: in-vivo", "    for: 20 min", "    ask_every: 2 min", "  id: out"]),
        ("thought_record", {"form": "outcome"}, ["- id: record", "  thought_record: {form: outcome}"]),
        ("hrv_biofeedback", {}, ["- hrv_biofeedback: {for: 10 min}"]),
        ("hrv_biofeedback", {"pace": "5.5", "feedback": "coherence", "sound": "ocean"},
         ["- hrv_biofeedback: {for: 10 min, pace: 5.5, feedback: coherence, sound: ocean}"]),
        ("hrv_biofeedback", {"assess": "yes", "pace": "5"}, ["- hrv_biofeedback: {for: 10 min, assess: true}"]),
        ("neurofeedback", {"blocks": "4", "protocol": "smr"},
         ["- neurofeedback: {protocol: smr, for: 10 min, blocks: 4, baseline: 2 min, sound: stream}"]),
    ],
)  # fmt: skip
def test_forms_of_a_therapy(kind: str, values: dict[str, str], written: list[str]) -> None:
    form = BY_KIND[kind]
    filled = {f.name: f.value for f in form.fields} | values
    assert problem(form, filled) == "" and form.write(filled) == written


def test_a_form_of_a_therapy_says_what_cannot_be() -> None:
    form = BY_KIND["exposure"]
    filled = {f.name: f.value for f in form.fields}
    assert "at most 100" in problem(form, filled | {"items": "Ride 400"})
    form = BY_KIND["hrv_biofeedback"]
    filled = {f.name: f.value for f in form.fields}
    assert "number" in problem(form, filled | {"pace": "slow"})


def test_a_grounding_wants_a_sense() -> None:
    form = BY_KIND["ground"]
    none = {f.name: "0" if f.options[:1] == ("0",) else f.value for f in form.fields}
    assert problem(form, none) == "At least one sense is wanted."
