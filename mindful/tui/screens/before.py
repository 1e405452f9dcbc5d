"""What a client reads and sets before a session: whom it does not suit comes first. Enter begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mindful.script import safety_words
from mindful.script.parts import parts_of
from mindful.tongue import _
from mindful.tui import keys, words
from mindful.tui.caution_words import always, caution, tier_means
from mindful.tui.fields import Breaths, Length, Pick, fields_of, layer
from mindful.tui.host import Chosen, Options
from mindful.tui.layout import middle, moved
from mindful.tui.rows import Row, Span, clean, pad, row_width, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.coarse import with_edges
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.script.model import Script

_SLIDER = 15
"""Columns of a slider, where there is room for one."""


class Before(Room):
    """One script, not yet begun."""

    BINDINGS = keys.bindings("before")
    CSS = """
    Before { layout: vertical; }
    Before Rows, Before Page { width: 100%; }
    Before Page { margin: 1 0 0 0; }
    Before #hints { height: 2; }
    Before.-short Page { margin: 0; }
    Before.-short #hints { height: 1; }
    """

    def __init__(self, script: Script, values: Mapping[str, Any], fit_ms: int | None = None) -> None:
        super().__init__()
        self.script = script
        self._given = dict(values)
        self._fields: list[Any] = []
        self._length = Length(fit_ms)
        self._breaths = Breaths(0)
        self._voice: Pick | None = None
        self._background: Pick | None = None
        self._at = 0
        self._acknowledged = False
        self._sound = ""
        self._asked = False

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        host = self.mind.host
        chosen = host.chosen(self.script)
        self._fields = fields_of(self.script, {**chosen.values, **self._given}, host.language)
        if host.estimate(self.script, self.values).fit is not None:
            if self._length.value is None:
                self._length.value = chosen.fit_ms
            self._fields.append(self._length)
        if level := host.eased(self.script):
            self._breaths = Breaths(level)
            self._fields.append(self._breaths)
        self._picks(chosen)
        self._reckon()
        # Enter begins, and so that is marked; an intense session is read and ticked first.
        self._at = 0 if self.red else len(self._stops()) - 1
        self.query_one(Page).fill()
        self._prepare()

    def _picks(self, chosen: Chosen) -> None:
        """Who speaks and what is heard beneath, where there is sound to choose."""
        host, made = self.mind.host, self.script.settings
        if voices := host.voices():
            own = [(None, words.AS_MADE), *((v, v) for v in voices), ("none", words.NO_VOICE)]
            self._voice = Pick(words.VOICE, own, chosen.voice)
            self._fields.append(self._voice)
        if layers := host.backgrounds():
            rest = [(each, layer(each)) for each in (*layers, "silence") if each != made.background]
            own_layer = (None, layer(made.background))
            self._background = Pick(words.BACKGROUND, [own_layer, *rest], chosen.background)
            self._fields.append(self._background)

    @property
    def chosen(self) -> Chosen:
        """What is set, to be kept for the next time."""
        voice, background = (p.value if p is not None else None for p in (self._voice, self._background))
        return Chosen(self.values, self._length.value, voice, background)

    def _prepare(self) -> None:
        """Have the lines said while the page is read."""
        self.call_after_refresh(self.mind.host.prepare, self.script, dict(self.values), self.chosen.voice)

    @property
    def values(self) -> dict[str, Any]:
        """The variables as they stand."""
        return {f.name: f.value for f in self._fields if f.name}

    def _reckon(self) -> None:
        """How long it takes with what is set now."""
        host = self.mind.host
        limits = host.estimate(self.script, self.values).fit
        if limits is not None:
            self._length.within(limits)
        self._estimate = host.estimate(self.script, self.values, self._length.value)

    @property
    def red(self) -> bool:
        """Whether a line is to be ticked here: an intense session that the page before this one did not ask about."""
        return self._estimate.tier == "red" and self.mind.gate.acknowledged is not self.script

    def _stops(self) -> list[str]:
        """Tokens of what can be marked, from top to bottom."""
        first = ["tick"] if self.red else []
        return [*first, *(f"field:{i}" for i in range(len(self._fields))), "sound", "begin"]

    def _mark(self) -> str:
        stops = self._stops()
        return stops[min(self._at, len(stops) - 1)]

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        self.query_one(Page).fill()
        self._hint()

    def _hint(self) -> None:
        """Only keys that do something with what is marked."""
        mark = self._mark()
        choose = ("next_field",) if self._fields else ()
        own = ("press",) if mark == "tick" else ("more",) if mark.startswith("field:") else choose
        tick = _("untick") if self._acknowledged else _("tick")
        self.hint(keys.hints("before", ("begin", "away", *own, "sound", "help", "mix"), press=tick))

    def _changed(self, reveal: bool = True) -> None:
        self._reckon()
        page = self.query_one(Page)
        page.fill()
        self._hint()
        if reveal:
            page.reveal_token(self._mark())

    # What it says

    def left(self, width: int) -> int:
        return middle(width - 1)[0]

    def _rows(self, width: int) -> list[Row]:
        if not hasattr(self, "_estimate"):
            return []
        left, inner = middle(width)
        out = [*self._title(inner), (), *self._cautions(inner)]
        if self.script.summary:
            out += [(), *wrap(self._say(self.script.summary), inner)]
        out += [(), *self._settings(inner)]
        out += [*self._evidence(inner)]
        return moved(out, left)

    def _say(self, text: Any) -> str:
        said: str = text.say(self.values, self.mind.host.language, self.script.language)
        return said

    def _title(self, inner: int) -> list[Row]:
        e = self._estimate
        long = words.between(e.total_ms, e.min_ms, e.max_ms)
        facts: Row = (Span(long, "accent"), Span(f"   {words.tier(e.tier)}", "text"))
        meaning: Row = (Span(f"   {tier_means(self.script, self.values)}", "dim"),)
        fits = row_width(facts + meaning) <= inner
        return [*wrap(self._say(self.script.title), inner, "strong"), facts + meaning if fits else facts]

    def _cautions(self, inner: int) -> list[Row]:
        rows = wrap(_("Before you begin"), inner, "care")
        own, parts = self.mind.host.verdict(self.script, self.values), parts_of(self.script)
        if own.cautions:
            rows += wrap(safety_words.again(own), inner, "care")
        for key in dict.fromkeys((*own.cautions, *self.script.cautions)):
            for said in caution(key, parts):
                rows += wrap(said, inner, indent="  ", first="- ")
        rows += wrap(always(parts), inner, indent="  ", first="- ")
        if self.red:
            rows += [(), *self._tick(inner)]
        return rows

    def _tick(self, inner: int) -> list[Row]:
        role = "picked" if self._mark() == "tick" else "field"
        lead = ("› " if self._mark() == "tick" else "  ") + ("[x] " if self._acknowledged else "[ ] ")
        rows = wrap(words.ACKNOWLEDGE, inner, role, indent=" " * len(lead), first=lead)
        rows = with_edges(self, [tuple(Span(s.text.ljust(inner), s.role, "tick") for s in r) for r in rows])
        if self._asked and not self._acknowledged:
            rows += wrap(words.ACKNOWLEDGE_FIRST, inner, "care")
        return rows

    def _settings(self, inner: int) -> list[Row]:
        rows: list[Row] = []
        for i, field in enumerate(self._fields):
            here = self._mark() == f"field:{i}"
            role, token = ("picked" if here else "field"), f"field:{i}"
            lead = "› " if here else "  "
            name = lead + field.label
            value = [
                *self._slider(i, field, role, inner),
                Span(" ‹ ", role, f"less:{i}"),
                Span(f"{field.shown:^5}", role, token),
                Span(" › ", role, f"more:{i}"),
            ]
            if field.kind == "text":
                value = [Span(f" {field.shown}{'_' if here else ''} ", role, token)]
            tail = f"  {field.range}" if field.range else ""
            used = sum(len(s.text) for s in value) + len(tail)
            if len(name) + used > inner:
                rows += wrap(field.label, inner, role, indent="  ", first=lead)
                name = "  "
            rows.append((Span(name.ljust(inner - used), role, token), *value, Span(tail, "dim")))
        here = self._mark() == "sound"
        role = "picked" if here else "field"
        lines = wrap(_("Hear a bell, to set your loudness"), inner, role, indent="  ", first="› " if here else "  ")
        rows += [tuple(Span(s.text, role, "sound") for s in pad(line, inner, role)) for line in lines]
        if self._sound:
            rows += wrap(self._sound, inner, "accent", indent="    ", first="    ")
        button = ("› " if self._mark() == "begin" else "  ") + _("Begin") + " "
        ready = not self.red or self._acknowledged
        return [*rows, (), *with_edges(self, [(Span(button, "button" if ready else "field", "begin"),)])]

    @staticmethod
    def _slider(i: int, field: Any, role: str, inner: int) -> list[Span]:
        """Where a value is between its two ends; a press on it sets it."""
        share = field.share
        if share is None or inner < 60:
            return []
        at = round(share * (_SLIDER - 1))
        marks = ["━"] * at + ["●"] + ["─"] * (_SLIDER - 1 - at)
        return [Span(mark, role, f"set:{i}:{k}") for k, mark in enumerate(marks)]

    def _evidence(self, inner: int) -> list[Row]:
        if not self.script.evidence:
            return []
        rows: list[Row] = [(), *wrap(_("What is known"), inner, "accent")]
        for e in self.script.evidence:
            rows += wrap(f"{clean(e.claim)} ({clean(e.strength)})", inner, "dim", indent="  ", first="- ")
            rows += wrap(clean(e.source), inner, "dim", indent="    ")
        return rows

    # What a client does

    def press(self, token: str) -> bool:
        kind, _, index = token.partition(":")
        if kind in ("field", "less", "more", "set"):
            index, _, place = index.partition(":")
            self._at = self._stops().index(f"field:{index}")
            if kind == "field":
                self._changed()
            elif kind == "set":
                self._fields[int(index)].place(int(place) / (_SLIDER - 1))
                self._changed()
            else:
                self.action_more() if kind == "more" else self.action_less()
            return True
        if kind == "tick":
            self._at = 0
            self.action_press()
            return True
        return False

    def _field(self) -> Any:
        kind, _, index = self._mark().partition(":")
        return self._fields[int(index)] if kind == "field" else None

    def _move(self, by: int) -> None:
        if field := self._field():
            field.settle()
        self._at = (min(self._at, len(self._stops()) - 1) + by) % len(self._stops())
        self._changed()

    def action_next_field(self) -> None:
        self._move(1)

    def action_previous_field(self) -> None:
        self._move(-1)

    def action_more(self) -> None:
        self._step(1)

    def action_less(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._mark() == "tick":
            self.action_press()
        elif (field := self._field()) and field.step(by):
            self._changed()
            if field is self._voice:
                self._prepare()

    def action_press(self) -> None:
        mark = self._mark()
        if mark == "tick":
            self._acknowledged = not self._acknowledged
            self._changed()
        elif mark == "sound":
            self.action_sound()
        elif mark == "begin":
            self.action_begin()
        elif (field := self._field()) and (field.type(" ") if field.kind == "text" else field.step(1)):
            self._changed()

    def on_key(self, event: events.Key) -> None:
        """Digits and words go to the field that is marked."""
        field = self._field()
        if field is None:
            return
        typed = event.character if event.is_printable else None
        if (event.key == "backspace" and field.erase()) or (typed and event.key != "space" and field.type(typed)):
            event.stop()
            event.prevent_default()
            self._changed()

    def action_sound(self) -> None:
        self._sound = clean(self.mind.host.sound_check(self.mind.volume))
        self._changed(reveal=False)
        self.query_one(Page).reveal_token("begin")

    def action_mix(self) -> None:
        from mindful.tui.screens.mixer import Mixer

        self.mind.push_screen(Mixer())

    def action_begin(self) -> None:
        if field := self._field():
            field.settle()
        if self.red and not self._acknowledged:
            self._asked, self._at = True, 0
            self._changed()
            return
        chosen = self.chosen
        self.mind.host.remember_chosen(self.script, chosen)
        options = Options(
            self.mind.volume,
            self._acknowledged,
            self.mind.calm,
            chosen.fit_ms,
            voice=chosen.voice,
            background=chosen.background,
            ease=self._breaths.value,
        )
        self.mind.begin(self.script, self.values, options)

    def action_page_down(self) -> None:
        self.query_one(Page).page(1)

    def action_page_up(self) -> None:
        self.query_one(Page).page(-1)

    def action_away(self) -> None:
        self.mind.away()

    def action_leave(self) -> None:
        self.mind.leave()
