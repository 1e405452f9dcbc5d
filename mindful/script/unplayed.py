"""What is said of a kind of step that this version checks but cannot play, and what serves the same end meanwhile.

Told by the check of a valid script (`mindful.script.sounds`), and before that by `mindful.script.validate` in place of
what else is wrong with such a step: nobody should mend its fields for nothing.
"""

from __future__ import annotations

_INSTEAD: dict[str, str] = {}
"""By kind. Empty while every kind of the format can be played; a kind that comes before its player goes in here."""


def instead(kind: str) -> str:
    """Kinds that can be played and serve the same end: `say and pause`."""
    return _INSTEAD[kind]


def not_played_yet(kind: str) -> tuple[str, str]:
    """Message and hint on a step of such a kind."""
    return (
        f"this version checks `{kind}` but cannot play it yet",
        f"leave the step out, or use {instead(kind)} in its place",
    )
