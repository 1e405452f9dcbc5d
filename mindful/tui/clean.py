"""Other people's text made safe for a terminal. Called by `rows` and wherever an answer comes in."""

from __future__ import annotations

import re

# As in `mindful.script.values`, which costs the models' import and is not wanted before the first frame.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """Without control characters and bidirectional overrides; a tab becomes a space, newlines stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\t", " "))
