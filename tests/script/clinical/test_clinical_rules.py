"""The rules of good practice: for each a script that it is for, one that mends it, and near misses that it leaves alone."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from mindful import assets
from mindful.script.clinical import RULES
from mindful.script.codes import Code
from mindful.script.load import loads
from mindful.script.model import ClinicalCode

TOP = "mindful: 1\ntitle: Example\n"
HELD = "{inhale: 4, hold: 4, exhale: 6}"
SLOW = "{inhale: 4, exhale: 6}"
ALL = "cautions: [pregnancy, heart, blood-pressure, epilepsy, glaucoma, surgery, panic, psychosis]\n"
GERMAN = "language: de\n"
BYE = "say: Look around, and take a moment before you stand up."
RATE = "rate: {id: before, ask: How strong is it?}"
AFTER = "rate: {id: after, ask: And now?}"
EXPOSURE = "tags: [exposure]\n"
PROVOKED = "cautions: [pregnancy, heart, epilepsy, asthma]\n"
STOP = "say: You can stop at any time."


def steps(*lines: str, head: str = "") -> str:
    return TOP + head + "steps:\n" + "".join(f"  - {line}\n" for line in lines)


def found(text: str) -> list[tuple[str, int]]:
    """Codes and lines of what the rules say; that a kind is not played yet is not theirs."""
    return [(p.code, p.line) for p in loads(text, clinical=True).problems if p.code != "MF090"]


def codes(text: str) -> set[str]:
    return {code for code, _ in found(text)}


def said(words: str, head: str = "") -> set[str]:
    return codes(steps(f"say: '{words.replace(chr(39), chr(39) * 2)}'", head=head))


def test_each_code_has_its_rule_with_a_source() -> None:
    assert [c.code for c in RULES] == list(get_args(ClinicalCode))
    assert set(RULES) <= set(Code)
    for code, rule in RULES.items():
        assert rule.__doc__ and "Source:" in rule.__doc__, code
        assert code.severity in ("warning", "advice")


def test_without_being_asked_the_rules_are_silent() -> None:
    text = steps("say: You must breathe deeply.")
    assert loads(text).problems == ()
    assert codes(text) == {"MF115", "MF117"}


def test_where_something_cannot_be_read_the_rules_wait() -> None:
    assert [p.code for p in loads(steps("say: You must breathe.", "bell: boll"), clinical=True).problems] == ["MF041"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        # holds
        (steps(f"breathe: {{pattern: {HELD}, cycles: 3}}"), [("MF101", 4), ("MF102", 4)]),
        (steps(f"breathe: {{pattern: {HELD}, cycles: 3}}", head="cautions: [heart, blood-pressure, panic, pregnancy]\n"), [("MF102", 5)]),
        (steps("say: Leave out the holds if you like.", f"breathe: {{pattern: {HELD}, cycles: 3}}", head=ALL), []),
        (steps("say: Hold only as long as it is easy.", f"breathe: {{pattern: {HELD}, cycles: 3}}", head=ALL), []),
        (steps("say: Die Pause darfst du weglassen.", f"breathe: {{pattern: {HELD}, cycles: 3}}", head=ALL + GERMAN), []),
        (steps("say: Halte nun den Atem.", f"breathe: {{pattern: {HELD}, cycles: 3}}", head=ALL + GERMAN), [("MF102", 7)]),
        (steps("say: Tiens bon.", f"breathe: {{pattern: {HELD}, cycles: 3}}", head=ALL + "language: fr\n"), []),  # not judged
        (steps("breathe: {pattern: {inhale: 4, hold: 2, exhale: 6, rest: 2}, cycles: 3}"), []),
        (steps(f"breathe: {{pattern: {HELD}, cycles: 3}}", "say: You may leave out the hold."), [("MF101", 4), ("MF102", 4)]),
        # what an included session says for itself, with its own reason for the pace
        (steps("include: wim-hof-rounds", head=ALL), []),
        (steps("include: cyclic-hyperventilation", head="cautions: [heart]\n"), [("MF104", 5)]),
        # pace
        (steps("breathe: {pattern: {inhale: 2, exhale: 3}, cycles: 6}"), [("MF103", 4)]),
        (steps("breathe: {pattern: {inhale: 2, exhale: 4}, cycles: 6}"), []),
        (steps("breathe: {pattern: long-exhale, cycles: 6, ramp: {from: 14, to: 6}}"), []),
        (steps("breathe: {pattern: long-exhale, cycles: 6, ramp: {from: 14, to: 11}}"), [("MF103", 4)]),
        # strong
        (
            steps("say: Sit down. Never near water.", "breathe: {pattern: {inhale: 1, exhale: 1}, cycles: 9}", head="cautions: [heart]\n"),
            [("MF103", 6), ("MF104", 6)],
        ),
        (steps("breathe: {pattern: {inhale: 1, exhale: 1}, cycles: 9}", head=ALL), [("MF103", 5), ("MF105", 5)]),
        (steps("breathe: {pattern: {inhale: 1, exhale: 1}, cycles: 9}"), [("MF092", 4), ("MF103", 4), ("MF105", 4)]),
        # dizziness
        (steps(f"breathe: {{pattern: {SLOW}, for: 2 min}}"), [("MF119", 4)]),
        (steps("say: If it is too much, breathe as usual.", f"breathe: {{pattern: {SLOW}, for: 2 min}}"), []),
        (steps(f"breathe: {{pattern: {SLOW}, for: 1 min}}"), []),
        # late
        (
            steps(f"breathe: {{pattern: {SLOW}, cycles: 3}}", "say: That was in for four and out for six."),
            [("MF112", 5)],
        ),
        (steps(f"breathe: {{pattern: {SLOW}, cycles: 3}}", "say: If you got dizzy, breathe as usual."), [("MF112", 5)]),
        (
            steps(f"breathe: {{pattern: {SLOW}, cycles: 3}}", "say: In for four, out for six.", f"breathe: {{pattern: {SLOW}, cycles: 3}}"),
            [],
        ),
        (steps("say: In for four, out for six.", f"breathe: {{pattern: {SLOW}, cycles: 3}}", "say: In for four more days."), []),
        # counts
        (steps("say: In for four, and out for eight.", f"breathe: {{pattern: {SLOW}, cycles: 3}}"), [("MF113", 4)]),
        (steps("say: 'Einatmen auf vier, ausatmen auf acht.'", f"breathe: {{pattern: {SLOW}, cycles: 3}}", head=GERMAN), [("MF113", 5)]),
        (steps("say: 'Einatmen auf 4, ausatmen auf 6.'", f"breathe: {{pattern: {SLOW}, cycles: 3}}", head=GERMAN), []),
        (steps("say: In for three, out for eight.", "breathe: {pattern: [{inhale: 2}, {top_up: 1}, {exhale: 8}], cycles: 3}"), []),
        (steps("say: In for four.", f"breathe: {{pattern: {SLOW}, cycles: 3}}"), []),
        # landing
        (steps("sit: 3 min"), [("MF107", 4)]),
        (steps("sit: 3 min", "say: That is the end."), [("MF107", 4)]),
        (steps("sit: 3 min", BYE), []),
        (steps("sit: 3 min", "say: 'Komm langsam zurück, und sieh dich um.'", head=GERMAN), []),
        (steps("sit: 3 min", "say: Gute Reise.", head=GERMAN), [("MF107", 5)]),
        (steps("sit: 3 min", head="settings: {eyes: open}\n"), []),
        (steps("sit: 3 min", "say: Good night.", head="tags: [sleep]\n"), []),
        (steps("sit: {open: true}"), [("MF107", 4)]),
        (steps("sit: 2 min"), []),
        (steps("sit: 3 min", "include: settle"), []),
        # closing
        (steps("say: Hello.", RATE), [("MF114", 5)]),
        (steps(RATE, "bell: bowl", "pause: 3 s"), [("MF114", 4)]),
        (steps(RATE, "if: before > 3\n    say: Thank you."), []),
        (steps(f"repeat: {{times: 2, steps: [{{{RATE}}}]}}"), [("MF114", 4)]),
        (steps("choose: {ask: How?, id: c, options: [{label: a}, {label: b}]}"), [("MF114", 4)]),
        (steps("choose: {ask: How?, options: [{label: a}, {label: b, steps: [{say: Go well.}]}]}"), []),
        (steps(f"choose: {{ask: How?, options: [{{label: a, steps: [{{{RATE}}}]}}, {{label: b}}]}}"), [("MF114", 4)]),
        (steps(RATE, f"breathe: {{pattern: {SLOW}, cycles: 3}}"), []),
        # pace of words
        (steps("say: Hello.", head="settings: {rate: 150}\n"), [("MF111", 3)]),
        (steps("say: {text: Hello., pace: 160}", "say: {text: Hello., pace: 140}"), [("MF111", 4)]),
        # exposure, by hand
        (steps(STOP, RATE, "pause: 60 s", "say: Thank you.", head=EXPOSURE), [("MF108", 6)]),
        (steps(RATE, "pause: 60 s", AFTER, "say: Thank you.", head=EXPOSURE), [("MF109", 5)]),
        (steps(STOP, RATE, f"breathe: {{pattern: {SLOW}, cycles: 3}}", AFTER, "say: Thanks.", head=EXPOSURE), [("MF110", 7)]),
        (steps(STOP, RATE, "say: Breathe slowly.", AFTER, "say: Thanks.", head=EXPOSURE), [("MF110", 7)]),
        (steps(STOP, RATE, "say: Stay. Do not breathe slowly on purpose.", AFTER, "say: Thanks.", head=EXPOSURE), []),
        (steps(STOP, f"breathe: {{pattern: {SLOW}, cycles: 3}}", RATE, "pause: 60 s", AFTER, "say: Thanks.", head=EXPOSURE), []),
        # exposure, of its kind
        (steps(STOP, "exposure: {ladder: [{item: A dog, suds: 40}], for: 20 min}"), []),
        (steps(STOP, "exposure: {ladder: [{item: A dog, suds: 40}], for: 20 min, ask_every: 10 min}"), [("MF108", 5)]),
        (steps("exposure: {ladder: [{item: A dog, suds: 40}], for: 20 min}"), [("MF109", 4)]),
        (steps(STOP, "exposure: {ladder: [{item: A dog, suds: 40}], for: 5 min, script: [{breathe: {pattern: resonant, cycles: 3}}]}"), [("MF110", 5)]),
        (
            steps(STOP, "exposure: {mode: interoceptive, for: 3 min, ladder: [{item: Fast, suds: 40}], script: [{breathe: {pattern: {inhale: 2, exhale: 2}, cycles: 3}}]}"),
            [("MF137", 5)],
        ),
        (steps(STOP, "exposure: {mode: interoceptive, for: 3 min, ladder: [{item: Spin, suds: 40}]}", head=PROVOKED), []),
        (steps(STOP, "exposure: {for: 3 min, ladder: [{item: Spin, suds: 40, mode: interoceptive}]}"), [("MF137", 5)]),
        (steps(STOP, "exposure: {ladder: [{item: A dog, suds: 40}]}"), [("MF138", 5)]),
        (steps(STOP, "exposure: {ladder: [{item: A dog, suds: 40}], until: suds <= 30}"), []),
        (steps(STOP, "exposure: {ladder: [{item: A dog, suds: 40}], for: 5 min, script: [{say: You are safe.}]}"), [("MF122", 5)]),
        (steps(STOP, "exposure: {ladder: [{item: A dog, suds: 40}], for: 5 min, script: [{say: What do you see?}]}"), []),
        # scales
        (steps("questionnaire: BDI-II", "say: Thanks."), [("MF097", 4)]),
        (steps("questionnaire: pss-10", "say: Thanks."), [("MF097", 4)]),
        (steps("questionnaire: phq-9", "questionnaire: gad-7", "questionnaire: who-5", "questionnaire: k10", "say: Thanks."), []),
        (steps("rate: {id: a, ask: 'BDI-II, item 1: how sad?', scale: mood}", "say: Thanks."), [("MF118", 4)]),
        (steps("learn: The BDI is owned.", "say: Thanks."), []),
    ],
)  # fmt: skip
def test_a_script_and_what_is_said_of_it(text: str, problems: list[tuple[str, int]]) -> None:
    assert found(text) == problems


SCAN = [
    "say: Feel your toes and soles.", "say: The ankles and calves.", "say: Knees and thighs.", "say: The hips and the belly.",
    "say: The chest and the shoulders.", "say: The arms and hands.", "say: The neck and the face.", BYE,
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ([], {"MF106"}),
        (["say: Eyes open or closed."], {"MF106"}),
        (["say: Leave out any part you would rather not visit."], {"MF106"}),
        (["say: Eyes open or closed. Leave out any part you like."], set()),
    ],
)
def test_many_lines_on_the_body_are_a_scan(before: list[str], wanted: set[str]) -> None:
    assert codes(steps(*before, *SCAN)) == wanted
    assert codes(steps(*before, "scan: {each: 40 s}", BYE)) == wanted


def test_muscle_relaxation_is_no_body_scan() -> None:
    assert codes(steps("say: Tense each muscle, and relax.", *SCAN)) == set()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("You must sit still.", "MF115"),
        ("You have to follow the tone.", "MF115"),
        ("Don't think.", "MF115"),
        ("Clear your mind.", "MF115"),
        ("And now, relax.", "MF115"),
        ("Relax now.", "MF115"),
        ("Concentrate on the tone.", "MF115"),
        ("You will feel calmer.", "MF116"),
        ("You'll soon fall asleep.", "MF116"),
        ("This will cure your fear.", "MF116"),
        ("It heals.", "MF116"),
        ("Guaranteed rest.", "MF116"),
        ("Take a deep breath.", "MF117"),
        ("Take three slow, deep breaths.", "MF117"),
        ("Breathe in deeply.", "MF117"),
        ("Close your eyes.", "MF120"),
        ("Sit down. Now gently close your eyes.", "MF120"),
    ],
)
def test_english_words_that_are_better_said_otherwise(words: str, code: str) -> None:
    assert said(words) == {code}


@pytest.mark.parametrize(
    "words",
    [
        "You do not have to do anything.",
        "There is nothing you have to do.",
        "All you need to do is listen, if you like.",
        "If you have to cough, cough.",
        "What you must know is here.",
        "You may think of nothing in particular, or of much.",
        "Thoughts come and go. No need to stop them.",
        "Let your shoulders relax a little, if they like.",
        "You will hear a bell.",
        "You will not feel more than this.",
        "It will be three minutes.",
        "Gentle, no deeper than usual.",
        "Not a deep breath, a quiet one.",
        "The deep sea.",
        "Close your eyes, if you like.",
        "You may close your eyes.",
        "Close your eyes. They may be open as well.",
        "Take a breath. One ordinary breath.",
        "Proven recipes.",
    ],
)
def test_english_words_that_are_fine(words: str) -> None:
    assert said(words) == set()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Du musst stillsitzen.", "MF115"),
        ("Jetzt müssen Sie atmen.", "MF115"),
        ("Denk an nichts.", "MF115"),
        ("Leeren Sie Ihren Geist.", "MF115"),
        ("Mach den Kopf frei.", "MF115"),
        ("Entspann dich.", "MF115"),
        ("Entspannen Sie sich jetzt.", "MF115"),
        ("Beruhige dich.", "MF115"),
        ("Du wirst dich besser fühlen.", "MF116"),
        ("Das wird dich heilen.", "MF116"),
        ("Garantiert ruhig.", "MF116"),
        ("Atme tief ein.", "MF117"),
        ("Nehmen Sie einen tiefen Atemzug.", "MF117"),
        ("Schließe die Augen.", "MF120"),
        ("Schließen Sie nun Ihre Augen.", "MF120"),
    ],
)
def test_german_words_that_are_better_said_otherwise(words: str, code: str) -> None:
    assert said(words, GERMAN) == {code}


@pytest.mark.parametrize(
    "words",
    [
        "Du musst nichts erreichen.",
        "Sie müssen dabei nicht stillsitzen.",
        "Nichts musst du leisten.",
        "Wenn du husten musst, huste.",
        "Du wirst eine Glocke hören.",
        "Nicht tief einatmen, nur so wie sonst.",
        "Schließe die Augen, wenn du magst.",
        "Du kannst die Augen schließen oder offen lassen.",
        "Die Schultern dürfen sich entspannen.",
    ],
)
def test_german_words_that_are_fine(words: str) -> None:
    assert said(words, GERMAN) == set()


def test_each_language_of_a_text_is_read_as_its_own() -> None:
    text = steps("say:\n      en: You may sit as you like.\n      de: Du musst stillsitzen.\n      fr: Vous devez.")
    assert found(text) == [("MF084", 2), ("MF115", 6)]


def test_the_very_words_are_shown() -> None:
    (problem,) = loads(steps("say: Sit down. Now you must breathe."), clinical=True).problems
    assert (problem.column, problem.length) == (24, len("you must"))


def test_a_pile_of_steps_is_looked_at_in_good_time() -> None:
    import time

    text = steps(*(["say: Feel your hands, and let them be. " + "Words and words. " * 20] * 4000))
    began = time.process_time()
    loads(text)
    plain = time.process_time() - began
    began = time.process_time()
    loads(text, clinical=True)
    assert time.process_time() - began < 4 * plain + 1


# MF122


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("Stay here. Nothing bad will happen.", ""),
        ("You're completely safe. Look at it.", ""),
        ("It cannot hurt you.", ""),
        ("Nothing here can hurt you.", ""),
        ("Don't worry, just look.", ""),
        ("Everything will be fine.", ""),
        ("There is nothing to be afraid of.", ""),
        ("Es kann dir nichts passieren.", GERMAN),
        ("Du bist ganz sicher.", GERMAN),
        ("Keine Angst, bleib stehen.", GERMAN),
        ("Alles wird gut.", GERMAN),
    ],
)
def test_reassurance_within_an_exposure(words: str, head: str) -> None:
    line = f'say: "{words}"'
    assert "MF122" in codes(steps(STOP, RATE, line, AFTER, BYE, head=EXPOSURE + head))
    assert "MF122" not in codes(steps(STOP, line, RATE, "pause: 2 min", AFTER, BYE, head=EXPOSURE + head))
    assert "MF122" not in codes(steps(STOP, RATE, "pause: 2 min", AFTER, line, BYE, head=EXPOSURE + head))
    assert "MF122" not in codes(steps(STOP, RATE, line, AFTER, BYE, head=head)), "no exposure"


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("See whether nothing bad will happen.", ""),
        ("Nothing bad will happen? That is what you are here to find out.", ""),
        ("Do not tell yourself that you are safe.", ""),
        ("I cannot promise that everything will be fine.", ""),
        ("You are safe to stop whenever you like.", ""),
        ("What is the worst that could happen?", ""),
        ("You can leave at any time.", ""),
        ("Let it be as strong as it is.", ""),
        ("Sieh, ob dir nichts passieren kann.", GERMAN),
        ("Du hast keine Angst mehr? Sieh hin.", GERMAN),
    ],
)
def test_what_is_no_reassurance(words: str, head: str) -> None:
    assert "MF122" not in codes(steps(STOP, RATE, f'say: "{words}"', AFTER, BYE, head=EXPOSURE + head))


def test_a_file_of_ones_own_with_the_name_of_an_owned_questionnaire_is_asked_about(tmp_path: Path) -> None:
    own = (assets.sessions() / "questionnaires" / "phq-2.yaml").read_text(encoding="utf-8")
    (tmp_path / "bdi-ii.yaml").write_text(own, encoding="utf-8")
    problems = loads(steps("questionnaire: bdi-ii.yaml", "say: Thanks."), folder=tmp_path, clinical=True).problems
    assert [p.code for p in problems] == ["MF118"]
