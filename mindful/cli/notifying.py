"""A line as a notification of the desktop, where there is one: only when a person asks, and only on this computer."""

from __future__ import annotations

import asyncio
import logging

from mindful.tongue import _

PATIENCE_S = 5


class _Ear(logging.Handler):
    """Keeps what a library tells, for whoever asks."""

    def __init__(self, told: list[object]) -> None:
        super().__init__(logging.WARNING)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


def notify(title: str, line: str) -> str:
    """Show it; empty when it was shown, else why not, in words."""
    try:
        from desktop_notifier import DesktopNotifier
    except ImportError:
        return _("Notifications need desktop-notifier: pip install 'mindful-sessions[notify]'.")

    told: list[object] = []
    log = logging.getLogger("desktop_notifier")  # of its own failures it tells only there
    log.propagate, log.handlers = False, [_Ear(told)]

    async def send() -> None:
        await asyncio.wait_for(DesktopNotifier(app_name="mindful").send(title=title, message=line), PATIENCE_S)

    try:
        asyncio.run(send())
    except Exception as error:  # whatever a desktop answers: without one, or with one that refuses, there is none
        told.append(error)
    return _("No desktop took the notification.") if told else ""
