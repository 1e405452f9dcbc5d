"""A step by a form: choose a kind, fill in a few fields, see the YAML come about. Used by `bench`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input

from mindful.author.forms import FORMS, Field, Form, problem
from mindful.tui import keys
from mindful.tui.layout import margin
from mindful.tui.rows import Row, Span, clean, cut, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import ComposeResult


_WIDEST = max(len(form.kind) for form in FORMS)


def folded(line: str, width: int) -> list[str]:
    """A line of the text as it is looked at before it is put in: folded behind a comma where it is too long."""
    at = line.rfind(", ", 0, width) + 1
    indent = len(line) - len(line.lstrip(" -")) + 2
    if cut(line, width) == line or at <= indent:
        return [cut(line, width)]
    return [line[:at], *folded(" " * indent + line[at + 1 :], width)]


class Options(Rows, can_focus=True):
    """One of a few values; left and right change it."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("right,space,plus", "change(1)", "next", show=False),
        Binding("left,minus", "change(-1)", "before", show=False),
    ]

    def __init__(self, styles: dict[str, Style], field: Field, changed: Callable[[], None]) -> None:
        super().__init__(styles, name=f"field-{field.name}")
        self.field, self._changed = field, changed
        self.value = field.value

    def on_mount(self) -> None:
        self._paint()

    def on_focus(self) -> None:
        self._paint()

    def on_blur(self) -> None:
        self._paint()

    def _paint(self) -> None:
        role = "picked" if self.has_focus else "field"
        self.show([(Span(f" < {self.value} > ", role),)])

    def action_change(self, by: int) -> None:
        options = self.field.options
        self.value = options[(options.index(self.value) + by) % len(options)]
        self._paint()
        self._changed()


class Insert(Room):
    """First the kinds, then the fields of the one that was chosen. `put` gets the lines of the step."""

    WHOLE = True
    BINDINGS = keys.bindings("insert")
    CSS = """
    Insert { layout: vertical; }
    Insert Rows, Insert Page { width: 100%; }
    Insert #title { height: 2; margin: 1 0 0 0; }
    Insert #fields { height: auto; max-height: 50%; display: none; scrollbar-size-vertical: 1; }
    Insert.-filling #fields { display: block; }
    Insert #fields Rows { height: 1; }
    Insert Input, Insert Input:focus { border: none; height: 1; padding: 0 1; margin: 0 3; background: $surface; }
    Insert Options { margin: 0 3; }
    Insert.-narrow Input, Insert.-narrow Input:focus, Insert.-narrow Options { margin: 0 1; }
    Insert #hints { height: 2; }
    """

    def __init__(self, put: Callable[[Sequence[str]], None]) -> None:
        super().__init__()
        self._put = put
        self._marked = 0
        self._form: Form | None = None
        self._fault = ""
        self._tried = False

    def compose(self) -> ComposeResult:
        yield Rows(self.looks, name="title")
        yield VerticalScroll(id="fields", can_focus=False)
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        side = " " * margin(self.app.size.width, self.app.size.width)
        self.set_class(len(side) < 3, "-narrow")
        title = "Which kind of step?" if self._form is None else f"{self._form.kind}: {self._form.about}"
        title = cut(title, self.app.size.width - 2 * len(side))
        self.query_one("#title", Rows).show([(Span(side), Span(title, "strong"))])
        names = ("choose", "away") if self._form is None else ("choose", "next_field", "away")
        more = {} if self._form is None else {"choose": "put it in"}
        self.hint(keys.hints("insert", names, **more))
        self.query_one(Page).fill()

    # Rows below the fields: the kinds, or what will be put in

    def _rows(self, width: int) -> list[Row]:
        side = margin(width, width)
        inner = max(8, width - 2 * side)
        if self._form is None:
            out: list[Row] = []
            for i, form in enumerate(FORMS):
                role = "picked" if i == self._marked else "text"
                name = f" {form.kind:<{_WIDEST}} "
                out.append(
                    (Span(name, role, f"kind:{i}"), Span(cut(form.about, inner - len(name)), "dim", f"kind:{i}"))
                )
        else:
            values = self.values
            self._fault = problem(self._form, values)
            out = [()]
            if self._fault:
                out += wrap(clean(self._fault), inner, "care" if self._tried else "dim")
            else:
                lines = [clean(line) for line in self._form.write(values)]
                out += [(Span(part, "field"),) for line in lines for part in folded(line, inner)]
        return [(Span(" " * side), *row) if row and side else row for row in out]

    @property
    def values(self) -> dict[str, str]:
        """What is filled in."""
        if self._form is None:
            return {}
        found: dict[str, str] = {}
        for field in self._form.fields:
            # While the fields of a form are put on the screen one by one, those to come are empty.
            widget = next(iter(self.query(f"#field-{field.name}")), None)
            found[field.name] = widget.value if isinstance(widget, Input | Options) else field.value
        return found

    async def _choose(self, form: Form) -> None:
        self._form = form
        side = " " * margin(self.app.size.width, self.app.size.width)
        box = self.query_one("#fields", VerticalScroll)
        room = self.app.size.width - 2 * margin(self.app.size.width, self.app.size.width) - 1
        for field in form.fields:
            label = Rows(self.looks)
            await box.mount(label)
            hint = f"  {field.hint}" if field.hint else "" if field.needed else "  may stay empty"
            label.show([(Span(side), Span(field.label, "text"), Span(cut(hint, room - len(field.label)), "dim"))])
            if field.options:
                await box.mount(Options(self.looks, field, self._changed))
            else:
                await box.mount(Input(field.value, id=f"field-{field.name}", select_on_focus=True))
        self.add_class("-filling")
        self.query_one(f"#field-{form.fields[0].name}").focus()
        self._show()

    def _changed(self) -> None:
        self.query_one(Page).fill()

    def on_input_changed(self) -> None:
        if self._form is not None and self.is_mounted:
            self._changed()

    async def on_input_submitted(self) -> None:
        await self.action_choose()

    # What a person does

    def press(self, token: str) -> bool:
        kind, _, number = token.partition(":")
        if kind == "kind":
            self.call_later(self._choose, FORMS[int(number)])
        return kind == "kind"

    async def action_choose(self) -> None:
        if self._form is None:
            await self._choose(FORMS[self._marked])
            return
        self._tried = True
        self._changed()
        if not self._fault:
            lines = self._form.write(self.values)
            self.app.pop_screen()
            self._put(lines)

    def action_next_field(self) -> None:
        if self._form is None:
            self._move(1)
        else:
            self.focus_next("Input, Options")

    def action_previous_field(self) -> None:
        if self._form is None:
            self._move(-1)
        else:
            self.focus_previous("Input, Options")

    def _move(self, by: int) -> None:
        self._marked = (self._marked + by) % len(FORMS)
        page = self.query_one(Page)
        page.fill()
        page.reveal(self._marked)

    def action_away(self) -> None:
        self.app.pop_screen()
