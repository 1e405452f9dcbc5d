"""What an author is told about single values and keys: code, and the words of the hint that help."""

from __future__ import annotations

import pytest

from mindful.script.load import loads
from mindful.script.problems import Source, Span, near, quote, render, visible

TOP = "mindful: 1\ntitle: Example\n"


def told(step: str, head: str = "") -> list[tuple[str, str]]:
    return [(p.code, p.message + " | " + p.hint) for p in loads(TOP + head + f"steps:\n  - {step}\n").problems]


@pytest.mark.parametrize(
    ("step", "code", "words"),
    [
        ("sit: [5]", "MF045", "not a list"),
        ("sit: {for: }", "MF051", "how long the sit goes on is missing"),
        ("sit: {for: 5 min, open: true}", "MF051", "not both"),
        ("pause:", "MF031", "`pause` needs `for`"),
        ("breathe: {pattern: box, for: 3 min, cycles: 5}", "MF051", "for and cycles"),
        ("breathe: {pattern: {inhale: 4, exhale: 6}}", "MF051", "or `cycles: 10`"),
        ("breathe: {pattern: 5, cycles: 3}", "MF050", "pattern: box"),
        ("breathe: {pattern: {inhale: 4, hold: 4}, cycles: 3}", "MF050", "at least an inhale and an exhale"),
        ("breathe: {pattern: {inhale: 4.25, exhale: 6}, cycles: 3}", "MF050", "steps of 0.1"),
        ("breathe: {pattern: {in: 4, exhale: 6}, cycles: 3}", "MF050", "did you mean `inhale`?"),
        ("breathe: {pattern: {flutter: 4, inhale: 3, exhale: 6}, cycles: 3}", "MF050", "the phases are inhale"),
        ("breathe: {pattern: [{inhale: 4, through: noze}, {exhale: 6}], cycles: 3}", "MF050", "did you mean `nose`?"),
        ("breathe: {pattern: [{inhale: 4, through: ears}, {exhale: 6}], cycles: 3}", "MF050", "it is one of nose"),
        ("breathe: {pattern: [{inhale: 4, exhale: 6}, {exhale: 6}], cycles: 3}", "MF050", "one phase"),
        ("breathe: {pattern: [inhale, {exhale: 6}], cycles: 3}", "MF050", "each phase is a map"),
        ("breathe: {pattern: [{inhale: 1}" + ", {exhale: 1}" * 70 + "], cycles: 3}", "MF050", "at most 64"),
        ("breathe: {pattern: box, until: tired}", "MF041", "until a key is pressed"),
        ("breathe: {pattern: box, cycles: many}", "MF043", "write digits"),
        ("breathe: {pattern: box, cycles: 3, speak: 3}", "MF041", "`first 3`"),
        ("breathe: {pattern: box, cycles: 3, ramp: 6}", "MF040", "ramp: {from: 12, to: 6}"),
        ("bell: {strokes: 3 times}", "MF043", "write only the number: `3`"),
        ("bell: {level: soft}", "MF043", "such as -6; minus is softer"),
        ("sound: {layer: rain, level: 20}", "MF044", "such as -6; minus is softer"),
        ("say: {text: Hi., pace: slow}", "MF043", "from 90 to 180; 110 is usual"),
        ("relax: 4", "MF040", "write `relax: {groups: 4}`"),
        ("relax: 7 groups", "MF040", "write `relax: {groups: 7}`"),
        ("relax: 5", "MF040", "write it as in `relax: {groups: 7}`"),
        ("relax: [hands, Draw your toes up.]", "MF040", "write `relax: {groups: [hands, Draw your toes up.]}`"),
        ("scan: 20 seconds", "MF040", "write `scan: {each: 20 s}`"),
        ("scan: feet", "MF040", "write `scan: {regions: [feet]}`"),
        ("relax: {groups: 5}", "MF041", "it is one of 16, 7, 4 or a list such as `[arms, face"),
        ("relax: {groups: {face: frown}}", "MF041", "or a list such as `[arms, face"),
        ("relax: {groups: [hands, {place: face, how: frown}]}", "MF047", "a whole sentence that says how to tense"),
        ("scan: {regions: [feet, {place: face}]}", "MF047", "this entry of `regions` is not a text"),
        ("bell: {strokes: true}", "MF043", "not “true”"),
        ("bell: {strokes: 1.5}", "MF043", "whole number"),
        ("bell: {level: .nan}", "MF043", "number"),
        ("bell: [bowl]", "MF041", "not a list"),
        ("bell: {sound: }", "MF041", "not nothing"),
        ("sit: {open: maybe}", "MF042", "`open: true` or `open: false`"),
        ("sit: {open: no}", "MF042", "write `open: false`"),
        ("rate: {id: 5, ask: How?}", "MF048", "such as `before`"),
        ("rate: {id: a, ask: How?, scale: {min: 5, max: 2}}", "MF044", "the smaller number is `min`"),
        ("rate: {id: a, ask: How?, scale: furlongs}", "MF041", "a map of your own"),
        ("ask: {id: a, text: How?, options: [x, y]}", "MF052", "write `answer: choice`"),
        ("choose: {ask: How?, options: [{label: a}]}", "MF052", "at least 2"),
        ("choose: {ask: How?, options: [" + "{label: a}, " * 10 + "]}", "MF044", "at most 9"),
        ("repeat: {times: 3, steps: []}", "MF031", "nothing in `steps`"),
        ("repeat: {steps: [{bell: bowl}]}", "MF051", "write `times: 3`"),
        ("repeat: {until: a > 3, steps: [{bell: bowl}]}", "MF051", "at_most"),
        ("repeat: {times: 2, until: a > 3, steps: [{bell: bowl}]}", "MF051", "not both"),
        ("say: []", "MF047", "not a list"),
        ("say: {en: , de: Hallo}", "MF047", "for each language"),
        ("say: ' '", "MF047", "empty"),
        ("say: {text: Hi., voice: {}}", "MF040", "`voice`"),
        ("say: {text: Hi., if: a > 3}", "MF037", "beside `say`"),
        ("say: {textt: Hi.}", "MF032", "did you mean `text`?"),
        ("learn: {text: Hi., quiz: {ask: a}}", "MF040", "`quiz`"),
        ("learn: {text: Hi., source: }", "", ""),
        ("-say: Hi.", "MF013", "write `- say: …`"),
        ("{say: Hi., glow: bright}", "MF032", "known here: id, if"),
        ("{say: Hi., volume: 3}", "MF032", "“volume”"),
        ("{bell: bowl, volume: -3}", "MF032", "write `bell: {sound: bowl, level: -3}`"),
        ("{bell: , strokes: 3}", "MF037", "write `bell: {strokes: 3}`"),
        ("{learn: {text: T}, quiz: [x]}", "MF037", "write `learn: {text: T, quiz: …}`"),
        ("{sit: {for: 5 min}, bells: {every: 1 min}}", "MF037", "write `sit: {for: 5 min, bells: …}`"),
        ("{say: 'It is: so', voice: soft}", "MF037", "voice: soft"),
        ("{meditate: 5 min}", "MF033", "did you mean `sit`?"),
        ("{zzz: 5 min}", "MF033", "the kinds are say, pause"),
        ("{kind: glow}", "MF033", "write `- say: …`"),
        ("[1, 2]", "MF036", "a step is a dash, a kind and a colon"),
        ("scan", "MF036", "write `- scan:`"),
        ("bell", "MF036", "write `- bell: …`"),
        ("Welcome to this session", "MF036", "write `- say: Welcome to this session`"),
        ("say: {x}", "MF015", 'write `say: "{x}"`'),
        ("{label: {x}, bell: bowl}", "MF015", 'write `label: "{x}"`'),
        ("{if: [a], bell: bowl}", "MF049", "compares"),
        ("{if: , bell: bowl}", "", ""),
        ("{if: a > 3 or, bell: bowl}", "MF049", "a name, a number"),
        ("{if: a AND b, bell: bowl}", "MF049", "write `if: a and b`"),
        ("{if: a == “low”, bell: bowl}", "MF049", 'write `if: a == "low"`'),
        ("{if: a || b, bell: bowl}", "MF049", "write `if: a or b`"),
        ("{if: '!a', bell: bowl}", "MF049", "write `if: not a`"),
        ("{if: a ≥ 3, bell: bowl}", "MF049", "write `if: a >= 3`"),
    ],
)  # fmt: skip
def test_a_slip_and_the_words_that_help(step: str, code: str, words: str) -> None:
    answers = told(step)
    if not code:
        assert not [c for c, _ in answers if c < "MF060"]
        return
    assert [c for c, _ in answers] == [code]
    assert words in answers[0][1]


@pytest.mark.parametrize(
    ("head", "code", "words"),
    [
        ("say: Welcome.\n", "MF037", "  - say: …"),
        ("voice: none\n", "MF037", "settings: {voice: none}"),
        ("licence: MIT\n", "MF032", "did you mean `license`?"),
        ("zzz: 3\n", "MF032", "known here: mindful, title"),
        ("language: English\n", "MF048", "`language: en`"),
        ("id: 4-7-8\n", "MF048", "such as `before`"),
        ("cautions: [dragons]\n", "MF041", "write `other`"),
        ("variables: {minutes: 5}\n", "MF040", "`minutes`"),
        ("variables: {minutes: {defualt: 5}}\n", "MF032", "did you mean `default`?"),
        ("lexicon: {MBSR: {spoken: x}}\n", "MF032", "known here: ipa, say"),
        ("fit: {min: 3 min}\n", "MF031", "`fit` needs `max`"),
        ("settings: {captions: 'on'}\n", "MF042", "write `captions: true`"),
        ("settings: {rate: 20}\n", "MF044", "at least 90"),
        ("settings: {rate: 20}\n", "MF044", "from 90 to 180; 110 is usual"),
        ("settings: {rate: slow}\n", "MF043", "from 90 to 180; 110 is usual"),
        ("summary:\n  - one\n", "MF047", "not a list"),
    ],
)
def test_a_slip_at_the_top(head: str, code: str, words: str) -> None:
    answers = told("bell: bowl", head)
    assert [c for c, _ in answers] == [code]
    assert words in answers[0][1]


def test_a_version_that_is_none() -> None:
    for value in ("'1'", "true", "one", "0"):
        (problem,) = loads(f"mindful: {value}\ntitle: x\nsteps: [{{bell: bowl}}]\n").problems
        assert (problem.code, problem.hint) == ("MF030", "write `mindful: 1`")
    assert [p.code for p in loads("just a letter to you").problems] == ["MF022"]
    assert [p.code for p in loads("title: x\n").problems] == ["MF031", "MF031"]


def test_a_problem_is_shown_within_a_hundred_columns_with_the_caret_below_its_place() -> None:
    line = "x" * 150 + "HERE" + "y" * 150
    shown = render(Source("f", line).problem(_code(), Span(0, 150, 4), "m", "h")).split("\n")
    assert len(shown[2]) <= 104
    at = shown[3].index("^")
    assert shown[2][at : at + 4] == "HERE"
    assert shown[3].count("^") == 4


def _code():  # type: ignore[no-untyped-def]
    from mindful.script.codes import Code

    return Code.TEXT


def test_wide_letters_and_marks_keep_the_caret_in_place() -> None:
    shown = render(Source("f", "漢字 e\u0301 HERE").problem(_code(), Span(0, 6, 4), "m")).split("\n")
    assert shown[3] == "  | " + " " * 7 + "^^^^"


def test_control_characters_are_shown_and_never_sent() -> None:
    problem = Source("f\x1b", "a\tb\x1b[2J\u202e").problem(_code(), Span(0, 3, 1), "m\x07", "h\x00")
    shown = render(problem)
    assert "\x1b" not in shown
    assert "a␉b␛[2J�" in shown
    assert shown.startswith("f␛:1:4: MF047 m␇")
    coloured = render(problem, colour=True)
    assert coloured.replace("\x1b[0m", "").count("\x1b[") == 4
    assert visible("a\nb\u200b") == "a b�"


def test_a_place_behind_the_end_is_the_end() -> None:
    p = Source("f", "ab\ncd").problem(_code(), Span(9, 9, 9), "m")
    assert (p.line, p.column, p.length, p.snippet) == (2, 3, 1, "cd")
    assert Source("f", "ab").line(5) == ""


def test_near_reads_over_case_and_hyphens() -> None:
    assert near("Blood Pressure", ["blood-pressure", "heart"]) == ["blood-pressure"]
    assert near("“bowl”", ["bowl", "bell"]) == ["bowl"]
    assert near("zzz", ["bowl"]) == []
    assert quote("x" * 99) == "“" + "x" * 47 + "…”"
