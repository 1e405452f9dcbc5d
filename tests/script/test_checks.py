"""The checks of a whole script: each rule with an example that breaks it, at its place, and one that does not."""

from __future__ import annotations

import re
import wave
from pathlib import Path

import pytest

from mindful.script.checks import CHECKS
from mindful.script.conditions import Condition
from mindful.script.load import loads

TOP = "mindful: 1\ntitle: Example\n"


def found(text: str, folder: Path | None = None) -> list[tuple[str, int, int]]:
    return [(p.code, p.line, p.column) for p in loads(text, folder=folder).problems]


def steps(*lines: str, head: str = "") -> str:
    return TOP + head + "steps:\n" + "".join(f"  - {line}\n" for line in lines)


def test_each_check_says_its_rule() -> None:
    assert all(check.__doc__ for check in CHECKS)
    assert len(set(CHECKS)) == len(CHECKS)


RATE = "rate: {id: before, ask: How?}"
ASK_NUMBER = "ask: {id: before, text: How many?, answer: number}"
NEAR = "ask: {id: near, text: What?, answer: choices, options: [Sea, Wood]}"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        # ids
        (steps("{id: a, rate: {id: a, ask: How?}}"), []),
        (steps("{id: a, bell: bowl}", "{id: a, bell: bowl}"), [("MF060", 5, 10)]),
        (steps("rate: {id: not, ask: How?}"), [("MF048", 4, 16)]),
        # names
        (steps(RATE, "say: '{before} {{before}}'"), []),
        (steps("say: '{  gone  }'"), [("MF061", 4, 11)]),
        (steps("say: |\n      First line.\n      Then {gone}."), [("MF061", 6, 12)]),
        (TOP.replace("Example", "'{gone}'") + "steps: [{bell: bowl}]\n", [("MF061", 2, 9)]),
        (steps("repeat: {until: a > 3, at_most: 5, steps: [{rate: {id: a, ask: How?}}]}"), []),
        (steps("repeat: {times: 2, steps: [{say: '{a}'}, {rate: {id: a, ask: How?}}]}"), []),
        (steps("repeat: {until: b > 3, at_most: 5, steps: [{bell: bowl}]}"), [("MF061", 4, 21)]),
        (steps("choose: {id: way, ask: How?, options: [{label: x, steps: [{say: '{way}'}]}, {label: y}]}"), []),
        (steps("if: not (gone)\n    bell: bowl"), [("MF061", 4, 14)]),
        (steps("if: before > 3 and x == low\n    bell: bowl", RATE), [("MF062", 4, 9), ("MF061", 4, 24), ("MF061", 4, 29)]),
        (steps("include: {script: box, with: {nosuch: '{gone}'}}"), [("MF061", 4, 35), ("MF061", 4, 44)]),
        # patterns
        (steps("breathe: {pattern: mine, cycles: 3}", head="patterns: {mine: {inhale: 4, exhale: 6}}\n"), []),
        (steps("bell: bowl", head="patterns: {Mine: {inhale: 4, exhale: 6}}\n"), [("MF048", 3, 12)]),
        (steps("bell: bowl", head="patterns: {mine: {inhale: 4, exale: 6}, other: box}\n"), [("MF050", 3, 30), ("MF050", 3, 48)]),
        (steps("bell: bowl", head="patterns: {mine: {inhale: 4}}\n"), [("MF050", 3, 12)]),
        (steps("breathe: {pattern: zzz, cycles: 3}"), [("MF065", 4, 24)]),
        # lengths and counts
        (steps("pause: 0", "say: {text: Hi., pause: 0}", "{say: Hi., pause: 0}", "sit: {for: 1 min, bells: {at: [0]}}"), []),
        (steps("sit: 0 min", "sound: {layer: rain, fade: 0}"), [("MF046", 4, 10), ("MF046", 5, 32)]),
        (steps("sit: '{m} min'", head="variables: {m: {default: 5, min: 0, max: 9}}\n"), [("MF046", 5, 10)]),
        (steps("sit: '{m} min'", head="variables: {m: {default: 5, max: 999}}\n"), [("MF046", 5, 10)]),
        (steps("sit: '{m} min'", head="variables: {m: {default: few}}\n"), [("MF064", 5, 10)]),
        (steps("sit: '{m} mins'", head="variables: {m: {default: 5}}\n"), [("MF064", 5, 10)]),
        (steps("breathe: {pattern: box, cycles: '{m}'}", head="variables: {m: {default: few}}\n"), [("MF064", 5, 37)]),
        (steps("breathe: {pattern: box, cycles: '{m}'}", head="variables: {m: {default: 5, min: 0}}\n"), [("MF044", 5, 37)]),
        (steps("breathe: {pattern: box, cycles: '{m}'}", head="variables: {m: {default: 5, min: 1, max: 5.5}}\n"), [("MF044", 5, 37)]),
        (steps("repeat: {times: 0, steps: [{bell: bowl}]}"), [("MF044", 4, 21)]),
        (steps("bell: bowl", head="fit: {min: 0, max: 4 min}\n"), [("MF046", 3, 12)]),
        (steps("sit: 60", "sit: 61", "sit: 60 s", "breathe: {pattern: box, for: 3}"), [("MF078", 4, 10), ("MF078", 7, 34)]),
        # answers as amounts
        (steps("rate: {id: m, ask: How?, scale: {min: 1, max: 9}, required: true}", "sit: '{m} min'"), []),
        (steps("ask: {id: m, text: Long?, answer: number}", "sit: '{m} min'", head="variables: {m: {default: 5}}\n"), []),
        (steps("ask: {id: m, text: Long?, answer: number}", "sit: '{m} min'"), [("MF063", 5, 11)]),
        (steps("ask: {id: m, text: Long?}", "sit: '{m} min'"), [("MF064", 5, 11)]),
        (steps("ask: {id: m, text: Long?, answer: choice, options: [2, 5]}", "sit: '{m} min'"), [("MF063", 5, 11)]),
        (steps("choose: {id: m, ask: Long?, options: [{label: two}, {label: 5}]}", "sit: '{m} min'"), [("MF064", 5, 11)]),
        (steps("rate: {id: m, ask: Mood?, scale: mood, required: true}", "sit: '{m} min'"), [("MF046", 5, 10)]),
        # variables
        (steps("bell: bowl", head="variables: {m: {default: 5, min: 9, max: 2}}\n"), [("MF072", 3, 34)]),
        (steps("bell: bowl", head="variables: {m: {default: few, max: 2}}\n"), [("MF072", 3, 26)]),
        (steps("bell: bowl", head="variables: {m: {default: true, max: 2}}\n"), [("MF072", 3, 26)]),
        (steps("bell: bowl", head="variables: {m: {default: 1, min: 2}}\n"), [("MF072", 3, 26)]),
        # voices, languages, marks
        (steps("breathe: {pattern: box, cycles: 3, cues: voice, speak: always}", head="settings: {voice: none}\n"),
         [("MF076", 5, 46), ("MF076", 5, 60)]),
        (steps("say: {de: Hallo.}", head="language: de-AT\n"), []),
        (steps("say: {en: Hello., de: Hallo.}", "say: {de-AT: Servus., en-GB: Hello.}", "say: Bye."),
         [("MF084", 2, 8), ("MF084", 6, 10)]),
        (steps("say: {en: Hello., de: Hallo.}", "say: {en: Hello., fr: Bonjour.}", head="summary: x\n"),
         [("MF084", n, m) for n, m in ((2, 8), (3, 10), (5, 5), (6, 5))]),
        (steps("bell: bowl", head="summary: {fr: Bonjour.}\n"), [("MF074", 3, 1)]),
        (steps("say: 'Hi. [pause 4 s] So.'", "say: '[pause {m} s] So.'", head="variables: {m: {default: 5}}\n"), []),
        (steps("say: 'Hi. <break time=\"4s\"/> So.'", "say: 'Hi <break/> [Pause 2 s]'"),
         [("MF079", 4, 15), ("MF080", 5, 14), ("MF079", 5, 23)]),
        # fields without effect
        (steps("{say: {text: Hi., pause: 3}, pause: 4}"), [("MF077", 4, 23)]),
        (steps("sit: {for: 1 min, bells: {at: [30 s, 2 min]}}"), [("MF077", 4, 42)]),
        (steps("choose: {ask: How?, options: [{label: a}, {label: b}]}"), [("MF077", 4, 25)]),
        # options
        (steps("ask: {id: a, text: How?, answer: choice, options: [x, y, x]}"), [("MF052", 4, 62)]),
        (steps("choose: {id: a, ask: How?, options: [{label: x}, {label: x}]}"), [("MF052", 4, 62)]),
        (steps("learn: {text: T, quiz: [{ask: Q, options: [a, b], answer: a}, {ask: Q, options: [a, b], answer: 2}]}"), []),
        (steps("learn: {text: T, quiz: [{ask: Q, options: [a, b], answer: c}]}"), [("MF052", 4, 63)]),
        # the body
        (steps("scan: {regions: [left-foot, Right Hand, 'the lips', lips, 'Rest here.', left-fot, big-toe, lft hand]}"),
         [("MF088", 4, 77), ("MF088", 4, 87), ("MF088", 4, 96)]),
        (steps("relax: {groups: [right-hand, face-and-nec, the toes]}"), [("MF088", 4, 34)]),
        (steps("scan: {regions: [hands], from: head}"), [("MF077", 4, 30)]),
        (steps("scan: {text: Rest here.}"), [("MF077", 4, 18)]),
        (steps("relax: {recall: true, rounds: 2}"), [("MF077", 4, 27)]),
        # conditions and playing
        (steps("if: not 1 > 2\n    bell: bowl"), [("MF075", 4, 9)]),
        (steps(RATE, "if: before\n    bell: bowl"), [("MF087", 5, 9)]),
        (steps(RATE, "if: not before\n    bell: bowl"), [("MF087", 5, 9)]),
        (steps(RATE, "if: before > 3 and not (before or before == 0)\n    bell: bowl"), [("MF087", 5, 9)]),
        (steps("rate: {id: a, ask: How?, scale: {min: 1, max: 9}}", "if: not a\n    bell: bowl"), []),
        (steps("ask: {id: n, text: How many?, answer: number}", "if: not n\n    bell: bowl"), [("MF087", 5, 9)]),
        (steps("ask: {id: ok, text: Well?, answer: yes-no}", "if: not ok\n    bell: bowl"), []),
        (steps("repeat: {until: a, at_most: 3, steps: [{rate: {id: a, ask: How?}}]}"), [("MF087", 4, 21)]),
        (steps(NEAR, "if: near == 'sea' and near != 'Wood'\n    bell: bowl", "if: not near\n    bell: bowl"), []),
        (steps(NEAR, "if: near != 'Hill'\n    bell: bowl", "if: near < 3\n    bell: bowl"), [("MF085", 5, 18), ("MF085", 7, 16)]),
        (steps("breathe: {pattern: wim-hof-rounds, cycles: 3}", head="cautions: [heart]\n"), [("MF090", 5, 24)]),
        (steps("scan: {text: 'Now {region}.'}"), []),
        (steps("scan: {text: 'Now {place}.'}"), [("MF061", 4, 23)]),
        (steps("exposure: {ladder: [{item: x, suds: 4}], until: suds < 3, script: [{say: '{gone}'}]}"),
         [("MF061", 4, 79)]),
        (steps("relax: {groups: [hands, feet]}", "ground:", "plan: {goals: [sleep]}", "thought_record:"), []),
        (steps("questionnaire: phq9"), [("MF097", 4, 20)]),
        (steps("questionnaire: {name: dass-21}"), [("MF099", 4, 27)]),
        (steps("questionnaire: {name: phq-9, every: 3 days}"), [("MF131", 4, 41)]),
        (steps("thought_record: {form: experiment, prompts: {balanced: Well?}}"), [("MF132", 4, 50)]),
        (steps("plan: {form: check-in, goals: [sleep], ask: [what]}"), [("MF133", 4, 44)]),
        (steps("plan: {goals: [sleep, sleep]}"), [("MF133", 4, 12)]),
        (steps("id: phq\n    questionnaire: phq-9", "if: phq_score > 9 and phq_dead == 'Not at all'\n    say: So {phq_total}."), []),
        (steps("id: tr\n    thought_record: {columns: 5}", "say: 'From {tr_belief_before}.'"), []),
        (steps("id: tr\n    thought_record: {columns: 5}", "say: 'From {tr_belief}.'"), [("MF061", 6, 16)]),
    ],
)  # fmt: skip
def test_a_rule_and_where_it_is_broken(text: str, problems: list[tuple[str, int, int]]) -> None:
    assert found(text) == problems


@pytest.mark.parametrize("rate", [RATE, RATE.replace("How?", "How?, scale: {min: -5, max: 5}"), ASK_NUMBER])
@pytest.mark.parametrize("condition", ["before", "not before"])
def test_what_to_write_for_a_number_alone_has_no_problem_and_holds_as_it_is_said(rate: str, condition: str) -> None:
    (problem,) = loads(steps(rate, f"if: {condition}\n    bell: bowl")).problems
    for mended in (proposed := re.findall("`([^`]+)`", problem.hint)):
        assert loads(steps(rate, f"if: {mended}\n    bell: bowl")).problems == ()
    first, second = ([Condition.parse(c).holds({"before": n}) for n in (None, 0, 3)] for c in proposed)
    if condition == "before":  # any answer; one that is not 0
        assert (first, second) == ([False, True, True], [False, False, True])
    else:  # left open; an answer of 0
        assert (first, second) == ([True, False, False], [False, True, False])


def test_recordings_are_played_wherever_they_may_stand(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "rain.wav"), "wb") as f:
        f.setparams((1, 2, 8000, 0, "NONE", ""))
        f.writeframes(bytes(1600))
    text = steps(
        "sound: rain.wav",
        "learn: {text: T, audio: rain.wav}",
        "say: {text: T, audio: rain.wav}",
        head="settings: {background: rain.wav}\n",
    )
    assert found(text, tmp_path) == []
    assert found(steps("learn: {text: T, audio: gone.wav}"), tmp_path) == [("MF067", 4, 29)]


def test_a_sound_file_that_cannot_be_heard_whole_is_told_wherever_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "rain.ogg").write_bytes(b"OggS")
    (tmp_path / "empty.wav").write_bytes(b"")
    text = steps("sound: rain.ogg", "say: {audio: empty.wav}", head="settings: {background: rain.ogg}\n")
    assert found(text, tmp_path) == [("MF081", 3, 24), ("MF081", 5, 12), ("MF081", 6, 18)]
    assert loads(text, folder=tmp_path).script is not None, "the session can be played all the same"


def test_a_voice_that_is_not_known_is_told_with_what_was_meant(tmp_path: Path) -> None:
    text = steps("say: {text: T, voice: hart}", "say: {text: T, voice: none}", head="settings: {voice: zarathustra}\n")
    problems = loads(text).problems
    assert [(p.code, p.line) for p in problems] == [("MF083", 3), ("MF083", 5)]
    assert "guide, none, heart" in problems[0].hint and "`heart`" in problems[1].hint
