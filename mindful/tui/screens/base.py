"""What every screen shares: the styles of the look, a footer of hints, and presses that are actions."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.screen import Screen

from mindful.tui.layout import FRAME, hint_row, margin
from mindful.tui.widgets.rows import Pressed, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

    from mindful.tui.app import MindfulApp


_NEED_IT = (
    events.Mount, events.InputEvent, events.Paste, events.Resize, events.ScreenResume, events.Callback, events.Timer,
)  # fmt: skip
"""What is about the widgets of a screen."""


class Room(Screen[None]):
    """A screen of this program.

    Keys may come faster than screens: what reaches one that is not built yet, or whose widgets are gone already because
    it was closed, is for nobody and is let go.
    """

    AUTO_FOCUS = ""
    SCOPE: ClassVar[str] = ""
    WHOLE: ClassVar[bool] = False
    """Whether it is spread over the whole width however wide that is, as what is written in is."""
    """Its scope of keys, where that is not the name of its class."""

    @property
    def mind(self) -> MindfulApp:
        """The app, as what it is."""
        from mindful.tui.app import MindfulApp

        return cast(MindfulApp, self.app)

    @property
    def looks(self) -> dict[str, Style]:
        """The style of every role."""
        return self.mind.styles_of

    @property
    def standing(self) -> bool:
        """Whether its widgets are there."""
        return bool(self.children)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize) and event.size != self.app.size and not self.app.is_inline:
            # The news of another size is on its way. Textual lays a screen out for each and tells it of that as of a
            # change again: two sizes that wait at once, with something between them, would follow one another for ever.
            return
        if self.standing or not isinstance(event, _NEED_IT):
            await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No action of a screen whose widgets are not there."""
        return self.standing and super().check_action(action, parameters)

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """As Textual does, where the screen still stands by then."""

        async def later() -> None:
            if self.standing and isawaitable(result := callback(*args, **kwargs)):
                await result

        return super().call_after_refresh(later)

    def hint(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """Show them in the footer, if this screen has one."""
        foot = self.query_one("#hints", Rows)
        width, height = self.app.size
        hints = self.named(hints)
        # Footers are two rows high where there is room (see the screens' styles), the hints in the last.
        foot.show([*([()] if height >= 20 else []), hint_row(hints, width, self.left(width))])

    def left(self, width: int) -> int:
        """The column at which its page begins, and its hints with it."""
        return margin(width, width if self.WHOLE else FRAME)

    def named(self, hints: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """Hints with the keys as the client has them."""
        return [(self.mind.key_shown(action, key), text, action) for key, text, action in hints]

    async def on_pressed(self, message: Pressed) -> None:
        """A press on a span is the action of that name, unless the screen knows better."""
        message.stop()
        if not self.press(message.token):
            await self.run_action(message.token)

    def press(self, token: str) -> bool:
        """What only this screen understands; True: done."""
        return False

    def action_help(self) -> None:
        """Show the keys."""
        self.mind.show_help(self)

    def action_evidence(self) -> None:
        """What is known, of the practices of this screen's session where it has one."""
        from mindful.script.evidence import about
        from mindful.tui.screens.evidence import Evidence

        script = getattr(self, "script", None)
        self.mind.page(Evidence, lambda: Evidence(about(script) if script is not None else ()))

    async def action_support(self) -> None:
        """The client's own plan and people, on top of whatever is shown."""
        from mindful.tui.screens.support import Support

        self.mind.page(Support, lambda: Support(list(self.mind.host.support())))

    def action_palette(self) -> None:
        """Everything that can be done here, by its name."""
        from mindful.tui.screens.palette import Palette

        self.mind.page(Palette, lambda: Palette(self))
