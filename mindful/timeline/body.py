"""Steps of the body, compiled: scan, relax, move, ground. Called by `pieces`.

One rule for all times that such a step names: they count from the end of the words before them, so that no voice,
however slow, takes any of the silence away. `fit` stretches the silences of a scan, those after letting go, those after
a movement with no time of its own, and those of timed grounding; never words, tension or a pose that is held.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mindful.script import regions
from mindful.script.kinds.body import Ground, Move, Pose, Relax, Scan
from mindful.script.kinds.breath import Phases, parse_phases
from mindful.script.model import Step
from mindful.script.values import Text
from mindful.timeline import body_words as words
from mindful.timeline import breath_words, speech
from mindful.timeline.cycles import MOST_CYCLES, Cycles
from mindful.timeline.model import AnyCue, BellCue, FindPrompt, Part
from mindful.timeline.piece import UNKNOWN_FOR_MS, Context, Piece, captions, say_cue

TENSE_DEFAULT_MS, RELEASE_DEFAULT_MS, EACH_DEFAULT_MS = 6000, 35_000, 30_000
AFTER_FIRST_MS = 3000
"""After the words with which muscle relaxation begins."""
READY_MS = 1500
"""Between the words that say how to tense, and the word at which it begins."""
AFTER_MOVE_MS = 8000
"""For a movement with neither a hold nor breaths."""
BEFORE_BREATH_MS = 1000
MOVE_BREATH: Phases = parse_phases({"inhale": 4, "exhale": 6})
"""The breath that a pose is given its time by: six a minute."""
SOFT_DB = -6.0
"""The breath tone of a movement stands back: it is a measure, not the practice."""
CUE_SOUND, CUE_DB = "wood", -12.0
"""A soft sound where tension begins and one where it ends, for closed eyes where no voice is heard."""
_SHORT_NAME = 40


class _Score:
    """The cues of one step while they are laid out, `at` ms from its start."""

    def __init__(self, c: Context) -> None:
        self.c = c
        self.at = 0
        self.cues: list[AnyCue] = []
        self.parts: list[Part] = []
        self._part: tuple[int, str] | None = None
        self._held: list[tuple[int, int]] = []

    def say(self, text: str, tongue: str) -> None:
        """Words, with the pauses that are marked in them."""
        settings = self.c.script.settings
        for chunk in speech.chunks(text):
            if chunk.text:
                line = speech.Line(chunk.text, settings.voice, settings.rate, None, tongue)
                length = self.c.speech.length(line)
                self.cues.append(say_cue(self.at, self.c.path, line, length))
                self.cues.extend(captions(line, self.at, length, self.c.path))
                self.at += length.ms
            self.at += chunk.pause_ms

    def ours(self, text: str) -> None:
        """Words that the program adds."""
        self.say(text, "en")

    def quiet(self, ms: int) -> None:
        self.at += ms

    def hold(self, ms: int) -> None:
        """Time in which something is held."""
        if ms:
            self._held.append((self.at, self.at + ms))
            self.at += ms

    def sound(self) -> None:
        self.cues.append(BellCue(at_ms=self.at, step=self.c.path, sound=CUE_SOUND, level_db=CUE_DB))

    def begin(self, name: str) -> None:
        """Another part begins here, or with what was said just before the first one."""
        self.end()
        self._part = (self.at if self.parts else 0, name)

    def end(self) -> None:
        if self._part is not None:
            start, name = self._part
            self.parts.append(Part(start_ms=start, length_ms=self.at - start, name=name, held=tuple(self._held)))
        self._part, self._held = None, []


def _shares(total: int, count: int) -> list[int]:
    """`count` whole lengths, as even as can be, that come to exactly `total`."""
    at = [total * k // count for k in range(count + 1)]
    return [b - a for a, b in pairwise(at)]


def _piece(score: _Score, step: Step, c: Context, written: int) -> Piece:
    score.end()
    cues = tuple(sorted(score.cues, key=lambda cue: cue.at_ms))
    elastic = c.elastic(step, written) if written else None
    return Piece(length_ms=score.at, cues=cues, elastic=elastic, parts=tuple(score.parts))


def _silences(step: Step, c: Context, each: int, count: int) -> list[int]:
    """The silences of a step that has `count` of `each` ms, as they are now."""
    written = each * count
    return _shares(c.stretch.of(c.path, c.elastic(step, written)), count) if written else [0] * count


def scan(body: Scan, step: Step, c: Context) -> Piece:
    """Region by region: its words, and silence after them."""
    places = _places(body, c)
    each = c.ms(body.each, EACH_DEFAULT_MS)
    score = _Score(c)
    forms = 0
    for (name, said, tongue), silence in zip(places, _silences(step, c, each, len(places)), strict=True):
        score.begin(name)
        if said is not None:
            score.say(said, tongue)
        elif body.text is not None:
            own = body.text.say({**c.values, "region": name}, *c.wanted)
            score.say(own, c.tongue_of(body.text))
        elif name == regions.REGIONS["whole-body"] and score.parts:
            score.ours(words.SCAN_WHOLE)
        else:
            score.ours(words.SCAN_FORMS[forms % len(words.SCAN_FORMS)].format(region=name))
            forms += 1
        score.quiet(silence)
    return _piece(score, step, c, each * len(places))


def _places(body: Scan, c: Context) -> list[tuple[str, str | None, str]]:
    """(how it is called in a sentence, words to be said as they are or None, their language) of each region."""
    if not body.regions:
        names = list(regions.WHOLE_BODY)
        if body.from_ == "head":
            names = [*reversed(names[:-1]), names[-1]]
        return [(regions.REGIONS[name], None, "en") for name in names]
    out: list[tuple[str, str | None, str]] = []
    for text in body.regions:
        own = c.say(text)
        known = regions.REGIONS.get(regions.name_of(own))
        whole = own if known is None and regions.is_sentence(own) else None
        out.append((known or own, whole, c.tongue_of(text)))
    return out


def relax(body: Relax, step: Step, c: Context) -> Piece:
    """Group by group: how to tense, the word to begin, tension, the word to let go, and a long silence.

    With `recall` nothing is tensed: letting go is only remembered."""
    groups = _muscles(body, c)
    rounds = 1 if body.recall else body.rounds
    tense, release = c.ms(body.tense, TENSE_DEFAULT_MS), c.ms(body.release, RELEASE_DEFAULT_MS)
    silences = iter(_silences(step, c, release, len(groups) * rounds))
    score = _Score(c)
    score.ours(words.RECALL_FIRST if body.recall else words.RELAX_FIRST)
    score.quiet(AFTER_FIRST_MS)
    turn = 0
    for name, how, own in groups:
        score.begin(name)
        for round_ in range(rounds):
            title = name[:1].upper() + name[1:]
            if body.recall:
                form = words.RECALL_FORMS[turn % len(words.RECALL_FORMS)]
                _said(score, c, own, form.format(name=title))
            else:
                form = words.RELAX_AGAIN.format(name=name, how=how) if round_ else ""
                _said(score, c, own, form or words.RELAX_FORM.format(name=title, how=how))
                score.quiet(READY_MS)
                score.ours(words.TENSE)
                score.sound()
                score.hold(tense)
                score.sound()
                score.ours(words.LET_GO[turn % len(words.LET_GO)])
            score.quiet(next(silences))
            turn += 1
    return _piece(score, step, c, release * len(groups) * rounds)


def _said(score: _Score, c: Context, own: Text | None, form: str) -> None:
    """An author's own sentence as it stands, else a form."""
    if own is not None:
        score.say(c.say(own), c.tongue_of(own))
    else:
        score.ours(form)


def _muscles(body: Relax, c: Context) -> list[tuple[str, str, Text | None]]:
    """(name, how it is tensed, the author's own sentence or None) of each group."""
    if isinstance(body.groups, int):
        return [(m.name, m.how, None) for m in (regions.MUSCLES[n] for n in regions.GROUPS[body.groups])]
    out: list[tuple[str, str, Text | None]] = []
    for text in body.groups:
        own = c.say(text)
        name = regions.name_of(own)
        if muscle := regions.MUSCLES.get(name):
            out.append((muscle.name, muscle.how, None))
        elif name in regions.REGIONS:
            out.append((regions.REGIONS[name], words.RELAX_OWN, None))
        else:
            out.append((own, words.RELAX_OWN, text if regions.is_sentence(own) else None))
    return out


def move(body: Move, step: Step, c: Context) -> Piece:
    """Pose by pose: its words, then the time that it is held or breathed; on both sides where it has two."""
    bare = [p for p in body.poses if p.hold is None and p.breaths is None]
    sides = sum(2 if p.sides == "both" else 1 for p in bare)
    silences = iter(_silences(step, c, AFTER_MOVE_MS, sides)) if bare else iter(())
    breaths = _Breaths(body.poses, c)
    score = _Score(c)
    for pose in body.poses:
        said, tongue = c.say(pose.say), c.tongue_of(pose.say)
        score.begin(_short(said))
        score.say(said, tongue)
        if pose.sides in ("left", "right"):
            score.ours(words.ONE_SIDE[pose.sides])
        for side in range(2 if pose.sides == "both" else 1):
            if side:
                score.ours(words.OTHER_SIDE)
            if pose.hold is not None:
                score.hold(c.ms(pose.hold, UNKNOWN_FOR_MS))
            if pose.breaths is not None:
                score.quiet(BEFORE_BREATH_MS)
                breaths.into(score, pose.breaths)
            elif pose.hold is None:
                score.quiet(next(silences))
    return _piece(score, step, c, AFTER_MOVE_MS * sides)


class _Breaths:
    """The breaths of a step's poses: counted on from pose to pose, heard as breathing is, but softly."""

    def __init__(self, poses: Sequence[Pose], c: Context) -> None:
        cues, voice = c.script.settings.cues, c.script.settings.voice
        heard = c.speech.speaks(voice, c.tongue)
        self._tones = cues in ("tones", "both") or (cues == "voice" and not heard)
        self._spoken = MOST_CYCLES if cues in ("voice", "both") else 0
        self._manner = breath_words.Manner(voice, c.tongue, c.speech if heard and cues != "none" else None)
        self._all = sum((p.breaths or 0) * (2 if p.sides == "both" else 1) for p in poses)
        self._done = 0
        self._cycles = Cycles(MOVE_BREATH)

    def into(self, score: _Score, count: int) -> None:
        """`count` breaths from where the score stands."""
        first = self._done
        shift = score.at - round(self._cycles.start(first))
        shown = self._cycles.cues(
            first,
            count,
            step=score.c.path,
            of=self._all,
            tones=self._tones,
            spoken=self._spoken,
            visual=None,
            level_db=SOFT_DB,
        )
        score.cues.extend(breath_words.moved(cue, shift) for cue in self._manner.said(shown))
        score.hold(round(self._cycles.start(count)))
        self._done += count


def _short(said: str) -> str:
    plain = speech.unmarked(said)
    return plain if len(plain) <= _SHORT_NAME else plain[: _SHORT_NAME - 1].rsplit(" ", 1)[0] + "…"


def ground(body: Ground, step: Step, c: Context) -> Piece | tuple[Piece, ...]:
    """Sense by sense: what to find, and then either time for it, or an open step in which each find is a key."""
    each = c.ms(body.each, UNKNOWN_FOR_MS)
    if body.advance == "timed":
        score = _Score(c)
        silences = _silences(step, c, each, len(body.senses))
        for (sense, count), silence in zip(body.senses.items(), silences, strict=True):
            score.begin(words.sense_label(sense, count))
            score.ours(words.sense(sense, count))
            score.quiet(silence)
        return _piece(score, step, c, each * len(body.senses))
    pieces: list[Piece] = []
    for sense, count in body.senses.items():
        score = _Score(c)
        score.ours(words.sense(sense, count))
        label = words.sense_label(sense, count)
        prompt = FindPrompt(text=label, sense=sense, things=count, alone_ms=score.at + each)
        pieces.append(Piece(length_ms=None, cues=tuple(score.cues), prompt=prompt, label=label))
    return tuple(pieces)
