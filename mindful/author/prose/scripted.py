"""From the pieces of a prose text to a script in YAML, with each guess as a comment where it was made.

Pure: a text in, a text and a list of guesses out. Called by `mindful new --from`. All words that are said stand in
`say` steps, in their order; headings become labels, directions become notes, which the client never sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mindful.author import yaml_text
from mindful.author.prose.amounts import vocabulary
from mindful.author.prose.pieces import GAP_MS, Piece, pieces, spoken, words
from mindful.script.values import CONTROL

INLINE_MS = 10_000
"""A longer silence within a paragraph divides it into two steps, so that it can be seen and stretched."""
RING_MS = 4000
"""How long a bell is left to ring before the next words."""
_GERMAN = vocabulary("und der die das nicht sie ihr ihre ist ein eine wenn sich mit auf den dem du dein deine")
_ENGLISH = vocabulary("and the your you of to is it with as in on let a that this if for are")
_SPEAKS_OF_TIME = re.compile(
    r"\b(?:for|during|the next|einen?|für)\s+(?:the next\s+|about\s+|around\s+|etwa\s+)?"
    r"((?:\d+|an?|one|two|three|four|five|ten|few|zwei|drei|fünf|zehn|eine|einen)\s+(?:more\s+|slow\s+|deep\s+|full\s+)?"
    r"(?:seconds?|minutes?|moments?|breaths?|sekunden?|minuten?|atemzüge))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What was taken for what, and why it was a guess."""

    line: int
    """In the prose, from 1."""
    source: str
    taken: str
    why: str = ""

    def words(self) -> str:
        """In a sentence."""
        said = f"“{_short(self.source)}” was taken as {self.taken}" if self.source else self.taken
        return f"{said} ({self.why})" if self.why else said


@dataclass(frozen=True, slots=True)
class Scripted:
    """A script made of prose."""

    text: str
    guesses: tuple[Guess, ...]
    pauses: int
    """Silences that the text itself marks, the guessed ones among them; gaps between paragraphs are not counted."""
    bells: int
    said: int
    """Words in `say` steps."""


@dataclass
class _Step:
    kind: str
    text: str = ""
    pause_ms: int | None = None
    own_pause: bool = False
    """Whether the pause was marked, and not only a gap."""
    sound: str = ""
    strokes: int = 1
    label: str = ""
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def scripted(prose: str, *, title: str, origin: str, language: str = "", schema: str = "") -> Scripted:
    """The script of a prose text. `title` is used where the text has none; `origin` is what its file is called."""
    prose = CONTROL.sub(" ", prose.replace("\r\n", "\n").replace("\r", "\n"))
    found = pieces(prose)
    maker = _Maker()
    for i, piece in enumerate(found):
        maker.take(piece, _said_next(found, i))
    maker.end()
    tongue = language or _language(prose)
    head = _head(maker.title or title, origin, tongue, schema, maker.lead)
    body = [row for step in maker.steps for row in _rows(step)]
    if not maker.steps:
        raise ValueError("there are no words in it that could be said")
    return Scripted(
        "\n".join([*head, "steps:", *body]) + "\n",
        tuple(maker.guesses),
        maker.pauses,
        sum(s.kind == "bell" for s in maker.steps),
        sum(len(words(_unmarked(s.text))) for s in maker.steps),
    )


def _said_next(found: list[Piece], i: int) -> bool:
    """Whether words follow on the same line, before any bell."""
    for piece in found[i + 1 :]:
        if piece.line != found[i].line or piece.kind in ("gap", "heading") or piece.mark.bell:
            return False
        if piece.kind == "words":
            return bool(words(piece.source))
    return False


class _Maker:
    """Takes pieces and makes steps."""

    def __init__(self) -> None:
        self.steps: list[_Step] = []
        self.guesses: list[Guess] = []
        self.pauses = 0
        self.title = ""
        self.lead: list[str] = []
        """Notes from before the first words."""
        self._open: _Step | None = None
        self._label = ""
        self._notes: list[str] = []
        self._comments: list[str] = []
        self._ringing = False
        self._hint: Guess | None = None

    def take(self, piece: Piece, more: bool) -> None:
        match piece.kind:
            case "words":
                self._words(piece)
            case "gap":
                self._close(piece.mark.ms)
            case "mark":
                self._mark(piece, more)
            case "heading":
                self._heading(piece)
            case "note":
                self._note(piece)
            case "label":
                if words(piece.source):
                    self._guess(Guess(piece.line, piece.source, "a label that is not said"))

    def _guess(self, guess: Guess) -> None:
        self.guesses.append(guess)
        self._comments.append(f"line {guess.line}: {guess.words()}")

    def _words(self, piece: Piece) -> None:
        text = self._without_stop(spoken(piece.source))
        if not words(text):
            return
        if self._ringing:
            self.steps.append(_Step("pause", pause_ms=RING_MS))
            self._ringing = False
        if self._open is None:
            self._open = self._new("say")
        self._open.text = f"{self._open.text} {text}".strip()
        self._open.comments += self._comments
        self._comments = []
        if (spoke := _SPEAKS_OF_TIME.search(text)) is not None:
            self._hint = Guess(piece.line, "", f"the words speak of “{spoke[1]}”, but no pause is marked behind them")
        else:
            self._hint = None

    def _without_stop(self, text: str) -> str:
        """Words behind a mark; a full stop or comma that they begin with goes to the words before the mark."""
        found = re.match(r"[.,;:!?…]+(?=\s|$)", text)
        if not found:
            return text
        last = next((s for s in reversed(self.steps) if s.kind == "say"), None)
        if last is not None:
            before = re.search(r"(?:\s*\[pause [^\]]*\])*\Z", last.text)
            at = before.start() if before is not None else len(last.text)
            if last.text[at - 1] not in ".,;:!?…":
                last.text = f"{last.text[:at]}{found[0]}{last.text[at:]}"
        return text[found.end() :].lstrip()

    def _new(self, kind: str) -> _Step:
        step = _Step(kind, label=self._label, notes=self._notes, comments=self._comments)
        self._label, self._notes, self._comments = "", [], []
        self.steps.append(step)
        return step

    def _close(self, gap_ms: int) -> None:
        if self._open is not None and self._open.pause_ms is None:
            self._open.pause_ms = gap_ms
            if self._hint is not None:
                self.guesses.append(self._hint)
                self._open.comments.append(f"line {self._hint.line}: {self._hint.taken}")
        self._hint = None
        self._open = None

    def _mark(self, piece: Piece, more: bool) -> None:
        mark = piece.mark
        if mark.bell:
            self._close(0 if self._open is not None else GAP_MS)
            step = self._new("bell")
            step.sound, step.strokes = mark.bell, mark.strokes
            self._ringing = True
            if not mark.ms:
                return
        if mark.ms <= 0:
            return
        self.pauses += 1
        self._hint = None
        if mark.guess:
            self._guess(Guess(piece.line, piece.source, f"a pause of {yaml_text.seconds(mark.ms)}", mark.guess))
        dots = piece.source.strip("…. ") == ""
        if self._open is not None and dots:
            self._open.text += "…"  # the dots are seen as well as heard
        if self._open is not None and more and mark.ms <= INLINE_MS:
            self._open.text += f" [pause {yaml_text.seconds(mark.ms)}]"
            self._open.comments += self._comments
            self._comments = []
            return
        self._pause(mark.ms)

    def _pause(self, ms: int) -> None:
        last = self.steps[-1] if self.steps else None
        if last is not None and last.kind in ("say", "pause"):
            last.pause_ms = ms + (last.pause_ms or 0 if last.own_pause or last.kind == "pause" else 0)
            last.own_pause = True
            last.comments += self._comments
            self._comments = []
        else:
            self._new("pause").pause_ms = ms
        self._ringing = False
        self._open = None

    def _heading(self, piece: Piece) -> None:
        self._close(GAP_MS)
        text = spoken(piece.source).rstrip(":").strip()
        if not words(text):
            return
        if not self.title and not self.steps:
            self.title = text
            self.guesses.append(Guess(piece.line, piece.source, "the title"))
            return
        if self._label:
            self._notes.append(self._label)
        self._guess(Guess(piece.line, piece.source, "a heading, which is not said"))
        self._label = text

    def _note(self, piece: Piece) -> None:
        text = spoken(piece.source)
        self._guess(Guess(piece.line, piece.source, "a note for the reader, which is not said"))
        if self._open is not None:
            self._open.notes.append(text)
        elif not self.steps:
            self.lead.append(text)
        else:
            self._notes.append(text)

    def end(self) -> None:
        self._close(GAP_MS)
        if self._comments and self.steps:
            self.steps[-1].comments += self._comments
        if (self._label or self._notes) and self.steps:
            self.steps[-1].notes += [n for n in (self._label, *self._notes) if n]


def _rows(step: _Step) -> list[str]:
    """A step as lines of YAML, comments first."""
    out = [f"  # {' '.join(c.split())}" for c in step.comments]
    if step.kind == "say":
        body = yaml_text.value("say", _braces(step.text), 4)
        if step.pause_ms:
            body.append(f"    pause: {yaml_text.seconds(step.pause_ms)}")
    elif step.kind == "bell":
        strokes = f"{{sound: {step.sound}, strokes: {step.strokes}}}" if step.strokes > 1 else step.sound
        body = [f"    bell: {strokes}"]
    else:
        body = [f"    pause: {yaml_text.seconds(step.pause_ms or GAP_MS)}"]
    if step.label:
        body += yaml_text.value("label", _braces(step.label), 4)
    if step.notes:
        body += yaml_text.value("note", " / ".join(step.notes), 4)
    body[0] = "  - " + body[0].lstrip()
    return out + body


def _head(title: str, origin: str, language: str, schema: str, lead: list[str]) -> list[str]:
    out = [f"# yaml-language-server: $schema={schema}"] if schema else []
    out += [
        f"# Made from {' '.join(origin.split())}. Every word of it is below, in its order. A line that begins with #",
        "# tells of a guess: look at it, put right what was meant otherwise, and delete the line.",
        f"# An empty line in it became {yaml_text.seconds(GAP_MS)} of silence where no other pause was marked.",
        *(f"# {row}" for row in lead),
        "mindful: 1",
        *yaml_text.value("title", _braces(title), 0),
        f"language: {language}",
        "# For whom it may not be right, such as: cautions: [trauma, panic]",
        "# What plays behind the words: settings: {background: ocean}",
    ]
    return out


def _braces(text: str) -> str:
    """Braces that are to be seen: a script puts a name between single ones."""
    return text.replace("{", "{{").replace("}", "}}")


def _unmarked(text: str) -> str:
    return re.sub(r"\[pause [^\]]*\]", " ", text)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57].rstrip() + "…"


def _language(prose: str) -> str:
    found = [w.casefold() for w in words(prose)]
    return "de" if sum(w in _GERMAN for w in found) > sum(w in _ENGLISH for w in found) else "en"
