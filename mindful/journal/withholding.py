"""Which of a step's data may hold a client's words, and what of it stays behind. Pure; for exports and summaries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

BODILY = frozenset(
    ("say", "pause", "bell", "sound", "breathe", "sit", "scan", "relax", "move", "ground", "wait", "hrv_biofeedback",
     "neurofeedback", "repeat", "include")
)  # fmt: skip
"""Steps whose data is what was done. That of every other kind may hold what the client chose or wrote."""


_WORDS = ("ask", "options", "page")
"""What an author wrote, which may quote an answer: `You said {worry}. How strong is it now?`"""


def step_without(step: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    """The step with its data, or without where that could tell one of the `hidden` answers (ids, or `id.field`).

    `answer` in the data says which answer it belongs to. Where that is not said, nothing is given while anything is
    hidden.
    """
    if not hidden or step["kind"] in BODILY or not step["data"]:
        return dict(step)
    name = step["data"].get("answer")
    told = isinstance(name, str) and not any(h == name or h.startswith(f"{name}.") for h in hidden)
    if not told:
        return {**step, "data": {}}
    return {**step, "data": {k: v for k, v in step["data"].items() if k not in _WORDS}}


def steps_without_words(steps: Collection[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps with what was done of the body, and nothing that was chosen or written."""
    return [dict(step) if step["kind"] in BODILY else {**step, "data": {}} for step in steps]
