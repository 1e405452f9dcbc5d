"""A sheet: several questions one at a time, back and forth, and at the end a page where each answer can be changed.

The field that is open has a form of its own, made by whoever makes forms; this one keeps what was filled in, says where
the client is, and gives the whole. What is finished is in `draft` as soon as the field is left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len

from mindful.player.answers import RefusedError, accept_field
from mindful.timeline.model import Prompt, SheetPrompt, question
from mindful.timeline.sheet import SheetField, drafted
from mindful.timeline.sheet import place as place_of
from mindful.tongue import _
from mindful.tui import words
from mindful.tui.forms.base import NOTHING_WRITTEN, Form, high, label, place
from mindful.tui.rows import Row, Span, cut, pad, row_width, wrap

Maker = Callable[[Prompt], Form | None]
REVIEW = "review"
SMALL = 11
"""Rows below which what is not the question or the answer is left out."""
LINES = 3
"""So many lines of an answer are shown where all of them are looked over."""
CHOOSES = _("Here the arrows or a number choose.")
_KEEP = -1
"""The mark on the review page: not on an answer, but on going on."""


class SheetForm(Form):
    """Enter goes to the next field, and from the last one to the review; there it gives the answer."""

    prompt: SheetPrompt
    may_write = pages = True

    def __init__(self, prompt: SheetPrompt, make: Maker) -> None:
        super().__init__(prompt)
        self.looks_over = prompt.review
        self._make = make
        self.values: dict[str, Any] = {}
        self._at: str | None = None
        self._inner: Form | None = None
        self._mark, self._width = _KEEP, 60
        self._moved = False
        """Whether the mark was moved on the page where all is looked over: until then that page stands at its top."""
        self._changing = False
        """Whether the field was opened from the review, and so leads back there."""
        self.lettered = any(field.answer in ("text", "number", "time") for field in prompt.fields)
        """Whether letters are letters on all its pages: whoever writes on, not seeing that a number is asked now, must
        not end the session with a q."""
        fields = self._fields()
        self._open(fields[0].name if fields else None)
        self.page = 0

    # Where it is

    def _fields(self) -> tuple[SheetField, ...]:
        return self.prompt.shown(self.values)

    @property
    def at(self) -> str:
        """The field that is open, or `review`."""
        return self._at or REVIEW

    @property
    def required(self) -> bool:
        return self._at is not None and self.prompt.named(self._at).required

    def _open(self, name: str | None) -> None:
        """Turn to a field, or to the review."""
        self._at, self.page = name, self.page + 1
        self.message, self._warned = "", False
        self._inner, self._mark, self._moved = None, _KEEP, False
        if name is not None:
            inner = self._make(question(self.prompt.named(name)))
            assert inner is not None
            if (value := self.values.get(name)) is not None:
                inner.restore(value)
            self._inner = inner
        self.over = name is None
        self.writes = self._inner is not None and self._inner.writes
        self.types = self.lettered or (self._inner is not None and self._inner.types)
        self.text = self._inner.text if self._inner is not None else ""

    def _store(self) -> bool:
        """Keep what stands in the field; False where it cannot be taken, and why is said."""
        inner = self._inner
        if inner is None or self._at is None:
            return True
        inner.text = self.text
        if inner.wrong:
            self.message = inner.wrong
            return False
        try:
            self.values[self._at] = accept_field(self.prompt.named(self._at), inner.value)
        except RefusedError as refused:
            if inner.value is not None:
                self.message = str(refused)
                return False
            self.values.pop(self._at, None)
        return True

    def _next(self) -> None:
        self.offered = None  # who goes on by themselves has answered that
        names = [field.name for field in self._fields()]
        if self._changing or self._at not in names:
            self._changing = False
            self._open(None)
            return
        after = names[names.index(self._at) + 1 :]
        self._open(after[0] if after else None)

    def back(self) -> bool:
        """To the field before; False on the first one, where the session goes back."""
        names = [field.name for field in self._fields()]
        if self._at is None:
            self._open(names[-1] if names else None)
            return bool(names)
        self._store()
        if self._changing:
            self._changing = False
            self._open(None)
            return True
        here = names.index(self._at) if self._at in names else 0
        if here == 0:
            return False
        self._open(names[here - 1])
        return True

    # What was filled in

    @property
    def value(self) -> dict[str, Any] | None:
        """The answer; None while nothing at all is filled in."""
        shown = self._fields()
        if all(self.values.get(field.name) is None for field in shown):
            return None
        return {field.name: self.values.get(field.name) for field in shown}

    @property
    def draft(self) -> Any:
        """Where it is, what was finished, and what is being typed."""
        typed = None
        if self._inner is not None:
            self._inner.text = self.text
            typed = self._inner.draft
        values = {name: value for name, value in self.values.items() if value is not None}
        if not values and typed is None:
            return None
        draft: dict[str, Any] = {"at": self._at, "values": values}
        if typed is not None and typed != values.get(self._at or ""):
            draft["typed"] = typed
        return draft

    @property
    def left(self) -> Any:
        return self.value

    @property
    def kept(self) -> Any:
        return self.draft

    def restore(self, draft: Any) -> None:
        at, values, typed = drafted(draft)
        for field in self.prompt.fields:
            try:
                kept = accept_field(field, values.get(field.name))
            except (RefusedError, TypeError, ValueError):
                continue
            if kept is not None:
                self.values[field.name] = kept
        names = [field.name for field in self._fields()]
        # An answer that was given before begins with the review: there each field is one press away.
        self._open(at if at in names else None if self.values else next(iter(names), None))
        if typed is not None and self._inner is not None:
            self._inner.restore(typed)
            self.text = self._inner.text

    def offer(self, draft: Any) -> None:
        self.offered = draft
        done = sum(value is not None for value in drafted(draft)[1].values())
        self.message = words.sheet_begun(done)

    # Keys and presses

    @property
    def cursor(self) -> str:
        if self._inner is not None:
            return self._inner.cursor
        if not self._moved:
            return ""
        return "answer" if self._mark == _KEEP else f"{REVIEW}:{self._mark}"

    def key(self, key: str, character: str | None) -> bool:
        if self._inner is not None:
            done = self._inner.key(key, character)
            if done:
                self.message, self._inner.message = self._inner.message, ""
            if not done and self._is_letter(key, character):
                # Whoever writes on is told so: two presses of Enter would leave the question open, unseen.
                self.message, self._warned = CHOOSES, False
                return True
            return done
        count = len(self._fields())
        if key in ("down", "up"):
            places = count + 1
            self._mark = (self._mark + 1 + (1 if key == "down" else -1)) % places - 1
            self._moved = True
            self.touched()
            return True
        if character is not None and character in "123456789" and int(character) <= count:
            self._change(int(character) - 1)
            return True
        return self._is_letter(key, character)

    def _is_letter(self, key: str, character: str | None) -> bool:
        """Whether a key is nothing but a letter here."""
        return self.lettered and character is not None and key != "space"

    def press(self, token: str) -> bool:
        if token.startswith(f"{REVIEW}:"):
            self._change(int(token[len(REVIEW) + 1 :]))
            return True
        if self._inner is None:
            self._mark = _KEEP  # a press on going on is meant, wherever the mark was
            return False
        done = self._inner.press(token)
        if done:
            self.touched()
        return done

    def _change(self, number: int) -> None:
        self._changing = True
        self._open(self._fields()[number].name)

    def look_over(self) -> bool:
        """Straight to the review; whether it went there."""
        if self._at is None or not self.prompt.review or not self._store():
            return False
        self._changing = False
        self._open(None)
        return True

    def ready(self) -> bool:
        if self._at is None:
            return self._finish()
        if not self._store():
            return False
        if self.values.get(self._at) is None:
            if self.required:
                self.message = words.SHEET_NEEDED
                return False
            if not self._warned:
                self.message, self._warned = NOTHING_WRITTEN if self.writes else words.NOTHING_CHOSEN, True
                return False
        names = [field.name for field in self._fields()]
        if not self.prompt.review and not self._changing and self._at == (names or [""])[-1]:
            return True
        self._next()
        return False

    def _finish(self) -> bool:
        """On the review: open the answer that is marked, or be done."""
        if self._mark != _KEEP:
            self._change(self._mark)
            return False
        missing = next((f for f in self._fields() if f.required and self.values.get(f.name) is None), None)
        if missing is not None and self.value is not None:
            self._changing = True
            self._open(missing.name)
            self.message = words.SHEET_NEEDED
            return False
        return super().ready()

    def may_stay_open(self) -> bool:
        """A field is left open by going to the next; the sheet as a whole only when nothing is in it."""
        if self._at is None:
            return self.value is None and super().may_stay_open()
        if self.required:
            self.message = words.SHEET_NEEDED
            return False
        self.values.pop(self._at, None)
        names = [field.name for field in self._fields()]
        if not self.prompt.review and self._at == (names or [""])[-1]:
            return True
        self._next()
        return False

    # How it looks

    def buttons(self) -> Row:
        if self._at is None:
            row: Row = (Span(_(" Keep it and go on "), "field" if self.value is None else "button", "answer"),)
        else:
            full = self._inner is not None and (self.writes or self._inner.value is not None)
            row = (Span(_(" Next "), "button" if full else "field", "answer"),)
        if self.offered is not None:
            row = (*row, Span("  "), Span(f" {words.KEEP} ", "field", "keep_draft"))
        if self._at is not None and not self.required:
            row = (*row, Span("  "), Span(_(" Leave it open "), "field", "leave_open"))
        row = (*row, Span("  "), Span(_(" Back "), "field", "back"))
        if self._at is not None and self.prompt.review and not (self._small and self.writes):
            row = (*row, Span("  "), Span(_(" Look over "), "field", "look_over"))
        return row

    def button_rows(self) -> list[Row]:
        """The buttons, in as many rows as they need."""
        lines: list[Row] = []
        for span in (s for s in self.buttons() if s.token):
            shown = Span(cut(span.text, self._width), span.role, span.token)
            longer: Row = (*lines[-1], Span("  "), shown) if lines else ()
            if lines and row_width(longer) <= self._width:
                lines[-1] = longer
            else:
                lines.append((shown,))
        return [row for line in lines for row in high(line)] if self.tall and not self._low else lines

    def _rows(self, width: int) -> list[Row]:
        left, inner = place(width)
        self._width = inner
        out = [*self._head(inner), *(self._review(inner) if self._at is None else self._field(inner))]
        if self.message:
            out += self.said(inner)
        if not self.writes:
            out += self.button_rows()
        return [(Span(" " * left), *r) if r and left else r for r in out]

    def _head(self, width: int) -> list[Row]:
        """What the sheet is, and where one is in it."""
        if self._at is None:
            where = words.SHEET_REVIEW
        else:
            where = words.sheet_place(*place_of(self.prompt.fields, self.values, self._at))
        room = width - cell_len(where) - 2
        called = label(self.prompt.title or self.prompt.text)
        title = cut(called, room) if room >= 8 and called != self.heading else ""
        gap = max(0, width - cell_len(where) - cell_len(title))
        head: Row = (Span(cut(title + " " * gap + where, width), "dim"),)
        return [head] if self._small else [head, ()]

    @property
    def _small(self) -> bool:
        """Whether there is room for the question, the answer, and little else."""
        return 0 < self.room < SMALL

    def _field(self, width: int) -> list[Row]:
        assert self._inner is not None and self._at is not None
        self._inner.tall, self._inner.room = self.tall, self.room
        field = self.prompt.named(self._at)
        rows: list[Row] = []
        first = self._at == self.prompt.fields[0].name
        if first and self.prompt.text and self.prompt.title and not self._small:
            rows += [*wrap(self.prompt.text, width, "dim"), ()]
        if field.lead:
            rows += wrap(field.lead, width, "dim")
        rows += wrap(field.ask, width, "title")
        if field.help and not (self._small and self.writes):
            rows += wrap(field.help, width, "dim")
        if not (self._small and self.writes):
            rows.append(())
        if body := self._inner.body(width):
            rows += [*body, ()]
        return rows

    def _review(self, width: int) -> list[Row]:
        rows: list[Row] = []
        airy = 3 * len(self._fields()) <= self.room - 4
        for number, field in enumerate(self._fields()):
            here = number == self._mark
            role = "picked" if here else "field"
            lead = ("› " if here else "  ") + (f"{number + 1} " if number < 9 else "  ")
            token = f"{REVIEW}:{number}"
            ask = wrap(field.ask, width, role, indent=" " * len(lead), first=lead)
            lines = [*ask, *_said(words.sheet_said(self.values.get(field.name)), width, role, " " * (len(lead) + 2))]
            rows += [tuple(Span(s.text, s.role, token) for s in pad(line, width, role)) for line in lines]
            if self.tall or airy:
                rows.append((Span(" " * width, "text", token),))
        return rows if self.tall or airy else [*rows, ()]


def _said(text: str, width: int, role: str, indent: str) -> list[Row]:
    """An answer in a few lines; what is longer is there when the field is opened."""
    rows = wrap(cut(text, LINES * width), width, role, indent=indent, first=indent)
    if len(rows) <= LINES:
        return rows
    last = "".join(span.text for span in rows[LINES - 1])
    return [*rows[: LINES - 1], (Span(cut(last + " …" if cell_len(last) < width - 1 else last + "……", width), role),)]
