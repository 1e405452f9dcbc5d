"""Before a session for a headset: how each electrode sits, in words. It waits, and can be gone on from at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mindful.player.checking import CONTACTS, CheckView, sentence
from mindful.tongue import _
from mindful.tui.rows import Row, Span, clean, pad, wrap
from mindful.tui.screens.gate import Choices

if TYPE_CHECKING:
    from mindful.player.checking import Check
    from mindful.script.model import Script
    from mindful.tui.host import Options

LOOKS_A_SECOND = 10
COLUMN = 24
"""Of one electrode; as many beside one another as there is room for."""
SIGNS = {"good": "+", "noisy": "~", "clipped": "!", "flat": "-"}


class Electrodes(Choices):
    """Enter begins, whatever the electrodes do; Esc goes back."""

    def __init__(self, script: Script, values: Mapping[str, Any], options: Options, check: Check) -> None:
        super().__init__(script, values)
        self._options, self._check = options, check
        self._view: CheckView = check.look()

    def on_mount(self) -> None:
        self.set_interval(1 / LOOKS_A_SECOND, self.look)

    def on_unmount(self) -> None:
        self._check.close()

    def look(self) -> None:
        """Ask the headset, and show what has changed."""
        view = self._check.look()
        if view != self._view:
            self._view = view
            self.lay()

    def choices(self) -> list[tuple[str, str]]:
        good = self._view.state == "good"
        begin = _("Begin") if good else _("Begin anyway")
        return [("begin", begin), ("back", _("Back"))]

    def text(self, inner: int) -> list[Row]:
        view = self._view
        out: list[Row] = [*wrap(_("How the headset sits"), inner, "strong"), ()]
        if view.source:
            name = clean(view.source) + (": " + _("made-up signal") if view.simulated else "")
            out += wrap(name, inner, "dim")
        role = {"good": "accent", "poor": "warm", "failed": "warm"}.get(view.state, "text")
        out += wrap(clean(sentence(view)), inner, role)
        if view.electrodes:
            out += [(), *self._table(inner)]
        if view.state != "good":
            advice = _("Damp electrodes, no hair beneath and a gentle press can help. It is looked at until you go on.")
            out += [(), *wrap(advice, inner, "dim")]
        return out

    def _table(self, inner: int) -> list[Row]:
        """Each electrode with a sign and a word, in columns."""
        across = max(1, inner // COLUMN)
        cells = []
        for label, contact in self._view.electrodes:
            said = f"{SIGNS.get(contact, '?')} {clean(label)} {CONTACTS.get(contact, contact)}"
            cells.append(Span(said[: COLUMN - 1].ljust(COLUMN), "text" if contact == "good" else "warm"))
        return [pad(tuple(cells[i : i + across]), inner) for i in range(0, len(cells), across)]

    def choose(self, token: str) -> None:
        if token == "back":
            self.mind.away()
            return
        # Freed first: a headset speaks to one program at a time, and the session opens it anew.
        self._check.close()
        self.mind.begin(self.script, self.values, self._options, looked=True)
