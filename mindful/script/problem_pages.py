"""What a code means, from `docs/problems.md`: called by `mindful check --explain` and the author's tools.

The page lies in `docs/` of a checkout and beside the sessions of an installed program. Where somebody left it out, the
code's own title and sentence are given.
"""

from __future__ import annotations

import difflib
import re

from mindful import assets
from mindful.script.codes import BY_CODE


def page(code: str) -> str:
    """The part of the page on a code, in its small Markdown."""
    known = BY_CODE[code]
    try:
        whole = (assets.docs() / "problems.md").read_text(encoding="utf-8")
    except OSError:
        whole = ""
    found = re.search(rf"^## ({code}: .*?)(?=^## |\Z)", whole, re.MULTILINE | re.DOTALL)
    if found:
        return found[1]
    return f"{code}: {known.title}\n\n*{known.severity.capitalize()}.* {known.explanation}\n"


def near(code: str) -> str:
    """The code that may have been meant: `11` or `MF11` is MF011."""
    if digits := re.search(r"\d+", code):
        full = f"MF{int(digits[0][:6]):03}"
        if full in BY_CODE:
            return full
    return next(iter(difflib.get_close_matches(code, BY_CODE, 1)), "")
