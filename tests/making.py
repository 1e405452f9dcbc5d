"""Small makers that tests share: a script from its steps, a clock that is handed in, a log that remembers."""

from __future__ import annotations

from typing import Any

from mindful.script.model import Script


def script(*steps: dict[str, Any], **head: Any) -> Script:
    """A script of these steps."""
    return Script.model_validate({"mindful": 1, "title": "A test", "steps": list(steps), **head})


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: float = 1000.0) -> None:
        self.at = at

    def now(self) -> float:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += seconds


class Memory:
    """A log that keeps what it was told."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.closed: list[dict[str, Any]] = []

    def event(self, event: str, **data: Any) -> None:
        assert not self.closed, "an event after the record was closed"
        self.events.append({"event": event, **data})

    def close(self, status: str, reason: str, **data: Any) -> None:
        self.closed.append({"status": status, "reason": reason, **data})

    def of(self, event: str) -> list[dict[str, Any]]:
        return [e for e in self.events if e["event"] == event]
