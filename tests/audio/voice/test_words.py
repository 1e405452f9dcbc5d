"""What is written becomes what is said: numbers, units, abbreviations, practice words; marks are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.audio.voice.lexicon import PRACTICE, Saying, phonemes
from mindful.audio.voice.numerals import cardinal, decimal, ordinal, year
from mindful.audio.voice.words import count, spoken
from mindful.timeline.speech import sentences


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Rest for 30s.", "Rest for thirty seconds."),
        ("Rest 30 s, then 4 min.", "Rest thirty seconds, then four minutes."),
        ("Sit 1 min", "Sit one minute"),
        ("a 30-min sit", "a thirty minute sit"),
        ("About 6 breaths/min.", "About six breaths per minute."),
        ("6/min", "six per minute"),
        ("The 4-7-8 breath.", "The four, seven, eight breath."),
        ("4 – 7 – 8", "four, seven, eight"),
        ("5-4-3-2-1", "five, four, three, two, one"),
        ("4/7/8", "four, seven, eight"),
        ("Hold for 4-6 seconds.", "Hold for four to six seconds."),
        ("From 60 to 40.", "From sixty to forty."),
        ("1/2 the breath", "half the breath"),
        ("1/2 min", "half a minute"),
        ("1 1/2 min", "one and a half minutes"),
        ("¾ full", "three quarters full"),
        ("98% of it", "ninety-eight percent of it"),
        ("20 °C or 90°", "twenty degrees Celsius or ninety degrees"),
        ("-5 degrees", "minus five degrees"),
        ("10,000 breaths", "ten thousand breaths"),
        ("2.5 breaths", "two point five breaths"),
        ("$5", "five dollars"),
        ("x = 5 + 3", "x equals five plus three"),
        ("At 7:30 a.m. we sit.", "At seven thirty A M we sit."),
        ("At 7:00, or 9:05.", "At seven o'clock, or nine oh five."),
        ("The 1st and the 22nd", "The first and the twenty-second"),
        ("MBSR began in 1979.", "MBSR began in nineteen seventy-nine."),
        ("the 1980s", "the nineteen eighties"),
        ("1500 breaths", "one thousand five hundred breaths"),
        ("in your 30s", "in your thirties"),
        ("No. 5 and #3", "number five and number three"),
        ("Dr. Smith vs. Mr. Jones", "Doctor Smith versus Mister Jones"),
        ("Rest, e.g. here, i.e. now.", "Rest, for example, here, that is, now."),
        ("sounds, smells, etc. come", "sounds, smells, et cetera come"),
        ("GAD-7", "GAD seven"),
        ("Wait... and rest", "Wait… and rest"),
        ("Slooowly now!!!", "Slowly now!"),
        ("RELAX", "Relax"),
        ("Breathe in (if you like), and out.", "Breathe in, if you like, and out."),
        ("“Soft,” she said.", "Soft, she said."),
        ("Peace & quiet", "Peace and quiet"),
    ],
)
def test_a_sentence_is_said_right(written: str, said: str) -> None:
    assert spoken(written, {}, phonemes=False) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("*Soften* your _jaw_ and `x` #here", "Soften your jaw and x here"),
        ("Rest <break time='4s'/> now <prosody rate='slow'>softly</prosody>", "Rest now softly"),
        ("[click](/tʃiz/) me", "click me"),
        ("[ujjayi](https://example.org)", "ujjayi"),
        ("See https://example.org/a/b?c=1 now", "See now"),
        ("Smile 🙂 now ✨", "Smile now"),
        ("👩🏽‍🦱 rest\u200b here", "rest here"),
        ("\ue000\ue001 private", "private"),
        ("{name} | a \\ b ~ c ^ d", "name a b c d"),
    ],
)
def test_marks_are_never_read_out_nor_taken_for_markup(written: str, said: str) -> None:
    assert spoken(written, {}, phonemes=False) == said


@pytest.mark.parametrize("nothing", ["", " ", "…", "🙂", "—", "[] () <> //", "?!", "\ue000"])
def test_what_has_no_word_is_not_said(nothing: str) -> None:
    assert spoken(nothing, {}, phonemes=True) == ""


def test_practice_words_come_with_their_sounds_where_the_engine_takes_them() -> None:
    assert (
        spoken("Ujjayi's sound, and tai chi.", {}, phonemes=True) == "[Ujjayi](/uʤˈIiz/) sound, and tai [chi](/ʧˈi/)."
    )
    assert spoken("Ujjayi, and tai chi.", {}, phonemes=False) == "Ujjayi, and tai chi."
    assert spoken("Shhh.", {}, phonemes=True) == "[Shhh](/ʃʃʃ/)."


def test_the_scripts_own_pronunciations_win_and_are_not_touched_again() -> None:
    own = {"mbsr": Saying(say="M B S R"), "ujjayi": Saying(ipa="ˈudʒi"), "4-7-8": Saying(say="the 478 *way*")}
    said = spoken("MBSR, ujjayi and 4-7-8; ujjayis.", own, phonemes=True)
    assert said == "M B S R, [ujjayi](/ˈuʤi/) and the 478 way; ujjayis."
    assert spoken("ujjayi", {"ujjayi": Saying(ipa="???")}, phonemes=True) == "[ujjayi](/uʤˈIi/)"
    assert spoken("MBSR (e.g. 4 s)", own, phonemes=False, language="de") == "M B S R, e.g. 4 s"


def test_phonetic_spellings_become_the_letters_of_the_voice() -> None:
    assert phonemes("/uˈdʒaɪi/") == "uʤˈIi"
    assert phonemes("uʤˈIi") == "uʤˈIi"  # already in them
    assert phonemes("ˈɡreɪt ˈtʃaɪ") == "ɡɹˈAt ʧˈI"
    assert phonemes("♥") == ""


def test_every_built_in_word_has_sounds_and_a_stress() -> None:
    for word, saying in PRACTICE.items():
        assert word == word.casefold() and "ˈ" in phonemes(saying.ipa or ""), word


def test_words_are_counted_without_their_sounds() -> None:
    assert count("[Ujjayi](/uʤˈIiz/) sound, don't rush.") == 4


@given(st.text(max_size=80))
def test_any_text_comes_out_without_anything_an_engine_could_take_for_markup(text: str) -> None:
    said = spoken(text, {}, phonemes=False)
    assert not set(said) & set("[]<>*_{}|\\^~`\n\t") and said == said.strip()
    assert not any("\ue000" <= c <= "\uf8ff" for c in said)


def test_numbers_in_words() -> None:
    assert [cardinal(n) for n in (0, 13, 21, 100, 105, 1000, 1234)] == [
        "zero",
        "thirteen",
        "twenty-one",
        "one hundred",
        "one hundred and five",
        "one thousand",
        "one thousand two hundred and thirty-four",
    ]
    assert cardinal(-4) == "minus four" and cardinal(10**12).startswith("one zero zero")
    assert [ordinal(n) for n in (1, 2, 3, 5, 12, 20, 43, 100)] == [
        *("first", "second", "third", "fifth", "twelfth", "twentieth", "forty-third", "one hundredth")
    ]
    assert [year(n) for n in (1979, 2004, 2026, 1900, 1907)] == [
        *("nineteen seventy-nine", "two thousand and four", "twenty twenty-six", "nineteen hundred"),
        "nineteen oh seven",
    ]
    assert decimal("1,250.05") == "one thousand two hundred and fifty point zero five"


@given(st.integers(0, 10**13))
def test_any_number_has_words(n: int) -> None:
    assert cardinal(n).replace(" ", "").replace("-", "").isalpha() and ordinal(n)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ask Dr. Smith. He knows.", ["Ask Dr. Smith.", "He knows."]),
        ("At 7 a.m. we sit. At 8 p.m. Rest.", ["At 7 a.m. we sit.", "At 8 p.m.", "Rest."]),
        ("J. Kabat-Zinn said so. You and I. Rest.", ["J. Kabat-Zinn said so.", "You and I.", "Rest."]),
        ("Rest, e.g. here. No. Yes", ["Rest, e.g. here.", "No.", "Yes"]),
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
