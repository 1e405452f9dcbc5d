"""Every setting of `settings.toml`, by the names that it has there, each with what it does. A change is written down.

The list is `mindful.journal.preferences.DECLARED`; a setting that is added there is here by itself. Keys follow below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mindful.journal.preferences import DECLARED, KEYS, Setting
from mindful.tongue import _
from mindful.tui import keymap, keys, words
from mindful.tui.layout import LIST, middle, moved
from mindful.tui.rows import Row, Span, clean, cut, row_width, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Key:
    """An action whose key can be changed."""

    name: str
    usual: str
    about: str


def changeable() -> list[Key]:
    """Every action that help tells of, each once: one key map holds for all screens but the workbench."""
    found: dict[str, Key] = {}
    for scope in ("home", "before", "player", "form", "mixer", "after", "journey", "settings"):
        for a in keys.SCOPES[scope]:
            if a.help and a.name not in found:
                found[a.name] = Key(a.name, a.shown, a.help)
    return list(found.values())


class Settings(Room):
    """Up and down mark, left and right change, Enter writes."""

    BINDINGS = keys.bindings("settings")
    CSS = """
    Settings { layout: vertical; }
    Settings Rows, Settings Page { width: 100%; }
    Settings Page { margin: 1 0 0 0; }
    Settings #hints { height: 2; }
    Settings.-short Page { margin: 0; }
    Settings.-short #hints { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Setting | Key] = [*DECLARED, *changeable()]
        self._at = 0
        self._values: dict[tuple[str, str], Any] = {}
        self._wrong: list[str] = []
        self._writing: str | None = None
        """The words as they are typed; None while nothing is written."""
        self._waiting = False
        """Whether the next key is the new one of what is marked."""
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._read()

    def _read(self) -> None:
        """What the file says now."""
        self._values = dict(self.mind.host.settings())
        self._wrong = [clean(str(each)) for each in self.mind.host.wrong_settings()]

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        page = self.query_one(Page)
        page.fill()
        own = [y for y, row in enumerate(page.rows) if any(s.token == f"at:{self._at}" for s in row)]
        if own:
            page.reveal(own[0], own[-1])
        self.hint(self._hints())

    def _hints(self) -> list[tuple[str, str, str]]:
        here = self._here
        if self._waiting or self._writing is not None:
            return [(_("Esc"), _("leave it") if self._waiting else _("done"), "away")]
        own = ("choose",) if isinstance(here, Key) or here.kind == "text" else ("more",)
        what = _("new key") if isinstance(here, Key) else _("write")
        return keys.hints("settings", ("away", *own, "reset", "help"), choose=what)

    @property
    def _here(self) -> Setting | Key:
        return self._all[self._at]

    # What it says

    def left(self, width: int) -> int:
        return middle(width - 1, LIST)[0]

    def _rows(self, width: int) -> list[Row]:
        left, inner = middle(width, LIST)
        out = [*wrap(words.SETTINGS, inner, "strong"), *wrap(words.SETTINGS_IN, inner, "dim")]
        out += [(Span(cut(clean(self.mind.host.settings_place()), inner), "dim"),)]
        for text in self._wrong:
            out += wrap(text, inner, "care", indent="  ", first="- ")
        section = ""
        for i, each in enumerate(self._all):
            name = KEYS if isinstance(each, Key) else each.section
            if name != section:
                section = name
                out += [(), *wrap(f"[{section}]", inner, "accent")]
                if name == KEYS:
                    out += wrap(words.SETTINGS_KEYS, inner, "dim")
            out += self._setting(i, each, inner)
        return moved(out, left)

    def _setting(self, i: int, each: Setting | Key, inner: int) -> list[Row]:
        here = i == self._at
        role, token = "picked" if here else "field", f"at:{i}"
        value: list[Span]
        if isinstance(each, Key):
            shown = words.PRESS_A_KEY if here and self._waiting else self.mind.key_shown(each.name, each.usual)
            value = [Span(f" {shown} ", role, f"key:{i}")]
        elif each.kind == "text":
            now = self._writing if here and self._writing is not None else str(self._value(each))
            cursor = "_" if here and self._writing is not None else ""
            room = max(4, inner - len(each.name) - 6)
            text = clean(now)[-room:] + cursor if cursor else cut(clean(now), room)
            value = [Span(f" {text or words.EMPTY} ", role, f"write:{i}")]
        else:
            now = self._value(each)
            shown = str(now).lower() if isinstance(now, bool) else f"{now:g} {each.unit}".strip() \
                if isinstance(now, int | float) else str(now)  # fmt: skip
            value = [Span(" ‹ ", role, f"less:{i}"), Span(f"{shown:^7}", role, token), Span(" › ", role, f"more:{i}")]
        lead = ("› " if here else "  ") + each.name
        gap = max(1, inner - len(lead) - row_width(value))
        rows: list[Row] = [(Span(lead + " " * gap, role, token), *value)]
        if here and self._said:
            rows += wrap(self._said, inner, "care", indent="  ")
        return rows + [
            tuple(Span(s.text, s.role, token) for s in r) for r in wrap(each.about, inner, "dim", indent="  ")
        ]

    def _value(self, each: Setting) -> Any:
        return self._values.get((each.section, each.name), each.default)

    # What a client does

    def press(self, token: str) -> bool:
        kind, _, index = token.partition(":")
        if kind not in ("at", "less", "more", "key", "write"):
            return False
        self._settle()
        self._at = int(index)
        if kind in ("less", "more"):
            self._step(1 if kind == "more" else -1)
        elif kind in ("key", "write"):
            self.action_choose()
        self._lay()
        return True

    def _mark(self, to: int) -> None:
        self._settle()
        self._said = ""
        self._at = to % len(self._all)
        self._lay()
        if self._at == 0:
            self.query_one(Page).scroll_to(y=0, animate=False)

    def action_next_field(self) -> None:
        self._mark(self._at + 1)

    def action_previous_field(self) -> None:
        self._mark(self._at - 1)

    def action_more(self) -> None:
        self._step(1)

    def action_less(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        here = self._here
        if isinstance(here, Setting) and here.kind != "text":
            self._keep(here, here.stepped(self._value(here), by))

    def _keep(self, setting: Setting, value: Any) -> None:
        self._said = clean(self.mind.host.keep_setting(setting.section, setting.name, value))
        self._read()
        self.mind.settings_changed()
        self._lay()

    def action_choose(self) -> None:
        here = self._here
        self._said = ""
        if isinstance(here, Key):
            self._waiting = True
        elif here.kind == "text":
            self._writing = str(self._value(here))
        else:
            self._step(1)
        self._lay()

    def action_reset(self) -> None:
        here = self._here
        if isinstance(here, Key):
            self._said = clean(self.mind.host.keep_setting(KEYS, here.name, None))
            self.mind.use_keys(self.mind.host.keymap())
            self._lay()
        else:
            self._keep(here, None)

    def _settle(self) -> None:
        """Take what was written."""
        text, self._writing, self._waiting = self._writing, None, False
        if text is not None and isinstance(self._here, Setting) and text.strip() != self._value(self._here):
            self._keep(self._here, text.strip() or None)

    def on_key(self, event: events.Key) -> None:
        """While words are written or a new key is awaited, keys mean nothing else."""
        if self._waiting:
            if event.key != "escape":
                self._new_key(event.key)
            self._waiting = False
        elif self._writing is None:
            return
        elif event.key in ("enter", "escape"):
            self._settle()
        elif event.key == "backspace":
            self._writing = self._writing[:-1]
        elif event.is_printable and event.character and len(self._writing) < _LONGEST:
            self._writing += event.character
        event.stop()
        event.prevent_default()
        self._lay()

    def on_paste(self, event: events.Paste) -> None:
        if self._writing is not None:
            self._writing = (self._writing + clean(event.text).replace("\n", " "))[:_LONGEST]
            event.stop()
            self._lay()

    def _new_key(self, key: str) -> None:
        here = self._here
        assert isinstance(here, Key)
        wished = {**self.mind.host.keymap(), here.name: (key,)}
        _good, wrong = keymap.remapping(wished)
        if here.name in wrong:
            why = wrong[here.name]
            self._said = _("{upper}{why}. It stays as it was.").format(upper=why[:1].upper(), why=why[1:])
            return
        self._said = clean(self.mind.host.keep_setting(KEYS, here.name, key))
        self.mind.use_keys(self.mind.host.keymap())

    def action_page_down(self) -> None:
        self.query_one(Page).page(1)

    def action_page_up(self) -> None:
        self.query_one(Page).page(-1)

    def action_away(self) -> None:
        if self._waiting or self._writing is not None:
            self._settle()
            self._lay()
            return
        self.mind.away()

    def action_leave(self) -> None:
        self._settle()
        self.mind.leave()
