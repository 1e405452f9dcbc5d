"""Sixty broken scripts, and what is asked of the answer to each. `python -m bench.broken` counts; a test holds it.

Half are bundled sessions with one thing wrong in them, half are small scripts with the slips of people who are new to
YAML. Each is labelled by hand: the words on the line where the slip is, the code, and words of the cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mindful import assets


@dataclass(frozen=True)
class Broken:
    """One script with one slip."""

    name: str
    """What went wrong, in words."""
    text: str
    at: str
    """Words on the line of the slip, which stand on no line before it."""
    code: str
    cause: str
    """A pattern for the message."""

    @property
    def line(self) -> int:
        return next(n for n, line in enumerate(self.text.split("\n"), 1) if self.at in line)


@cache
def _bundled(name: str) -> str:
    return assets.session_files()[name].read_text(encoding="utf-8")


def _changed(name: str, session: str, old: str, new: str, at: str, code: str, cause: str) -> Broken:
    text = _bundled(session)
    assert old in text, (name, old)
    return Broken(f"{name} (in `{session}`)", text.replace(old, new, 1), at, code, cause)


_HEAD = "mindful: 1\ntitle: A quiet evening\nsteps:\n"
_ASKED = '  - rate: {id: before, ask: "How tense are you?"}\n'
_BYE = "  - say: Thank you.\n"


def _small(name: str, steps: str, at: str, code: str, cause: str, head: str = "") -> Broken:
    return Broken(name, _HEAD.replace("steps:", head + "steps:") + steps, at, code, cause)


SAY = "  - say: Let the box go."
BOX7 = "  - breathe: {pattern: box, cycles: 7}"

CASES: tuple[Broken, ...] = (
    # a bundled session with one thing wrong
    _changed("kind misspelt", "box", BOX7, "  - brethe: {pattern: box, cycles: 7}", "brethe", "MF033", "not a kind"),
    _changed("kind in another word", "between-tasks", "  - say: Now go", "  - speak: Now go", "speak:", "MF033", "not a kind"),
    _changed("pause a column too far left", "box", "    pause: 20 s", "   pause: 20 s", "pause: 20 s", "MF013", "column"),
    _changed("pause two columns too far left", "box", "    pause: 20 s", "  pause: 20 s", "pause: 20 s", "MF013", "dash is missing"),
    _changed("pause too far right", "box", "    pause: 20 s", "      pause: 20 s", "pause: 20 s", "MF013|MF011", "column|colon"),
    _changed("a tab before pause", "box", "    pause: 20 s", "\tpause: 20 s", "\tpause", "MF005", "tab"),
    _changed("a colon in a sentence", "box", SAY, "  - say: Now: let the box go.", "Now: let", "MF011", "colon"),
    _changed("curly quotes and a colon", "box", SAY, "  - say: “Now: let the box go.”", "“Now", "MF011", "colon.*curly"),
    _changed("dash forgotten", "box", BOX7, "  breathe: {pattern: box, cycles: 7}", "  breathe: {pattern: box", "MF013", "dash is missing"),
    _changed("two kinds in a step", "box", "    pause: 20 s", "    bell: bowl", "    bell: bowl", "MF035", "two kinds"),
    _changed("unit forgotten", "sit-10", "sit: {for: 10 min", "sit: {for: 10", "sit: {for: 10,", "MF078", "seconds"),
    _changed("German decimal comma", "breathing-space", "pause: 4.4 s", "pause: 4,4 s", "4,4 s", "MF045", "length of time"),
    _changed("decimal comma in brackets", "four-seven-eight", "hold: 3.5", "hold: 3,5", "hold: 3,5", "MF043", "comma begins"),
    _changed("bracket not closed", "box", BOX7, "  - breathe: {pattern: box, cycles: 7", "cycles: 7", "MF014", "not closed"),
    _changed("comma forgotten in brackets", "box", BOX7, "  - breathe: {pattern: box cycles: 7}", "box cycles", "MF014", "comma is missing"),
    _changed("no space after a colon", "box", SAY, "  - say:Let the box go.", "say:Let", "MF013|MF036", "space is"),
    _changed("no space after a dash", "box", BOX7, "  -breathe: {pattern: box, cycles: 7}", "-breathe", "MF013", "space is missing"),
    _changed("a key given twice", "box", "    pause: 20 s", "    pause: 20 s\n    pause: 15 s", "pause: 15 s\n".strip(), "MF016", "given twice"),
    _changed("a German key", "box", "title: Box breathing", "titel: Box breathing", "titel", "MF032", "not a key"),
    _changed("a key misspelt", "box", "cautions: [pregnancy", "cuations: [pregnancy", "cuations", "MF032", "not a key"),
    _changed("language as a word", "box", "language: en", "language: English", "English", "MF048", "language tag"),
    _changed("a caution in own words", "box", "cautions: [pregnancy,", "cautions: [anxiety,", "anxiety", "MF041", "known caution"),
    _changed("a sound misspelt", "box", "  - bell: {sound: bowl,", "  - bell: {sound: boll,", "boll", "MF041", "known sound"),
    _changed("a background misspelt", "box", "background: stream", "background: steam", "steam", "MF066", "background"),
    _changed("a pattern misspelt", "box", "{pattern: box,", "{pattern: boxx,", "boxx", "MF065", "pattern"),
    _changed("minutes in German", "coherent", '"{minutes} min"', "10 Minuten", "10 Minuten", "MF045", "length of time"),
    _changed("one = in a condition", "arriving", "now == before", "now = before", "now = before", "MF049", "one ="),
    _changed("a condition as it is spoken", "arriving", "before >= 70", "before is at least 70", "is at least", "MF049", "not known"),
    _changed("a name in capitals", "arriving", "From {before} to {now}. Something", "From {Before} to {now}. Something", "{Before}", "MF061|MF048", "Before"),
    _changed("a name misspelt", "arriving", "From {before} to {now}. Something", "From {befor} to {now}. Something", "{befor}", "MF061", "befor"),
    # slips of people who are new to it
    _small("an id twice", _ASKED + '  - rate: {id: before, ask: "And now?"}\n' + _BYE, '"And now?"', "MF060", "used already"),
    _small("a question without id", '  - rate: {ask: "How tense are you?"}\n' + _BYE, "rate:", "MF031", "needs `id`"),
    _small("an id with a capital and a space", '  - rate: {id: Vor dem Üben, ask: "Wie?"}\n' + _BYE, "Vor dem", "MF048", "not a name"),
    _small("yes for true", "  - sit: {open: yes}\n" + _BYE, "yes", "MF042", "true or false"),
    _small("a number as a word", "  - bell: {sound: bowl, strokes: three}\n", "three", "MF043", "number"),
    _small("minutes with an s", "  - sit: 5 mins\n" + _BYE, "5 mins", "MF045", "length of time"),
    _small("a length in words", "  - sit: five minutes\n" + _BYE, "five minutes", "MF045", "length of time"),
    _small("an apostrophe in single quotes", "  - say: 'Don't hurry.'\n", "Don't", "MF012", "closed before"),
    _small("a quote left open", '  - say: "Welcome.\n  - bell: bowl\n', "Welcome", "MF012", "never closed"),
    _small("a text that begins with a bracket", "  - say: [pause 4 s] Now begin.\n", "[pause", "MF015", "begins with a bracket"),
    _small("a text that begins with a star", "  - say: *gently* breathe on.\n", "*gently*", "MF015|MF018", "asterisk|refers"),
    _small("steps without dashes", "  say: Welcome.\n  bell: bowl\n", "steps:", "MF040", "list"),
    Broken("the first line forgotten", "title: A quiet evening\nsteps:\n  - say: Welcome.\n", "title:", "MF031", "mindful"),
    Broken("steps in the singular", "mindful: 1\ntitle: Evening\nstep:\n  - say: Welcome.\n", "step:", "MF032", "not a key"),
    _small("bullets of a word processor", "  • say: Welcome.\n  • bell: bowl\n", "• say", "MF013", "bullet|dash"),
    _small("how long is missing", "  - breathe: box\n", "box", "MF051", "how long"),
    _small("for beside breathe", "  - breathe: box\n    for: 3 min\n", "for: 3 min", "MF037", "inside `breathe`"),
    _small("repeat with steps beside it", "  - repeat: 3\n    steps:\n      - bell: bowl\n", "repeat: 3", "MF040", "does not take"),
    _small("a pattern as it is spoken", "  - breathe: {pattern: in 4 out 6, for: 1 min}\n", "in 4 out 6", "MF065|MF050", "pattern"),
    _small("seconds as a word", "  - breathe: {pattern: {inhale: four, exhale: 6}, for: 1 min}\n", "four", "MF050", "number of seconds"),
    _small("an included script misspelt", "  - include: arrivng\n" + _BYE, "arrivng", "MF069", "neither"),
    _small("a pause mark in words", '  - say: "In. [pause a little] Out."\n', "a little", "MF080", "how long"),
    _small("a sentence that goes on at the margin", "  - say: Sit down\nand rest.\n", "and rest", "MF013", "too far to the left|neither"),
    _small("a comma in a sentence in brackets", "  - rate: {id: now, ask: Right now, how tense are you?}\n" + _BYE, "Right now", "MF032", "comma"),
    _small("a default out of range", "  - sit: '{m} min'\n" + _BYE, "m: {default", "MF072", "default|max|min", head="variables:\n  m: {default: 30, min: 1, max: 20}\n"),
    _small("a setting at the top", "  - say: Welcome.\n", "rate: 100", "MF037", "setting", head="rate: 100\n"),
    _small("a scale from 0 to 10", "  - rate: {id: now, ask: How is it?, scale: 0-10}\n" + _BYE, "0-10", "MF041", "scale"),
    _small("options as bare words", "  - choose:\n      id: way\n      ask: How to go on?\n      options:\n        - Rest\n        - Breathe\n" + _BYE, "- Rest", "MF040", "options"),
    _small("a step without a colon", "  - pause 5 s\n", "pause 5 s", "MF036", "not a step"),
    _small("a sentence without say", "  - Welcome to this evening.\n", "Welcome to", "MF036", "no kind"),
)  # fmt: skip

HARDER: tuple[Broken, ...] = (
    _changed("a key in capitals","coherent","title: Coherent","Title: Coherent","Title","MF032","not a key"),
    _changed("Steps in capitals","coherent","steps:\n","Steps:\n","Steps:","MF032","not a key"),
    _changed("equals sign for colon","coherent","license: CC-BY-4.0","license = CC-BY-4.0","license =","MF013|MF010","colon"),
    _changed("comma for colon in brackets","coherent","{default: 10, min: 3","{default, 10, min: 3","{default","MF032|MF040|MF031","default"),
    _changed("semicolons in brackets","coherent","default: 10, min: 3, max: 20","default: 10; min: 3; max: 20","default: 10;","MF014|MF011","comma|colon"),
    _changed("list without brackets","coherent","cautions: [copd, heart, panic]","cautions: copd, heart, panic","cautions","MF040","list|does not take"),
    _changed("round brackets","coherent","{pattern: equal, cycles: 4, speak: first 2}","(pattern: equal, cycles: 4)","(pattern","MF011|MF037|MF065|MF040","colon|pattern|brackets"),
    _changed("a brace too many","coherent",'cycles: 4, speak: first 2}','cycles: 4, speak: first 2}}',"2}}","MF014|MF010","bracket|}"),
    _changed("speak in words","coherent","speak: first 2","speak: twice","twice","MF041","speak"),
    _changed("min and max swapped","coherent","min: 3, max: 20","min: 20, max: 3","min: 20","MF072","min"),
    _changed("a dash in front of a head key","coherent","language: en\n","- language: en\n","- language","MF013|MF010","dash|column|nothing fits"),
    _changed("step dash doubled","coherent","  - bell: {sound: bowl, level: -6}\n","  - - bell: {sound: bowl, level: -6}\n","- - bell","MF036|MF040|MF013","step"),
    _changed("ask without id","long-exhale-glide",'ask: {id: pace, text: ','ask: {text: ',"- ask:","MF031","needs `id`"),
    _small("question mark key","  - say: Sit.\n  - ?\n","- ?","MF036|MF015|MF033|MF010|MF034","step|mark|nothing"),
    _small("hours","  - sit: 1 hour 5\n"+_BYE,"1 hour 5","MF045","length of time"),
    _small("negative pause","  - say: Sit.\n    pause: -5 s\n","-5 s","MF046","negative"),
    _small("percent","  - rate: {id: a, ask: How?, scale: percent}\n"+_BYE,"percent","MF041","scale"),
    _small("one option","  - choose: {ask: How?, id: w, options: [{label: Rest}]}\n"+_BYE,"Rest","MF052","options|entries"),
    _small("nothing to say","  - say: \n  - bell: bowl\n","say:","MF047|MF031|MF040","nothing|words|missing"),
    _small("if inside the kind",_ASKED+"  - say: {text: Slowly., if: before > 5}\n","if:","MF037","beside"),
    _small("repeat endless","  - repeat: {until: a > 3, steps: [{rate: {id: a, ask: Now?}}]}\n"+_BYE,"repeat","MF051","never end"),
    _small("through misspelt","  - breathe: {pattern: [{inhale: 4, through: nase}, {exhale: 6}], cycles: 3}\n","nase","MF050","way to breathe"),
    _small("both lengths","  - breathe: {pattern: box, for: 3 min, cycles: 4}\n","breathe","MF051","more than one"),
)  # fmt: skip
"""Rarer slips, written down after the sixty had been counted, and before anything was done about them."""
