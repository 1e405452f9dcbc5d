"""Scripts that are made on the spot: `mindful breathe` and `mindful sit` write one and play it.

Going through the script's own door keeps one set of rules: what can be written can be played, and is recorded alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mindful.cli import exits
from mindful.cli.say import fail
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.script.model import Script

MOST_MS = 4 * 60 * 60 * 1000
PHASES = ("inhale", "hold", "exhale", "rest")


def length(text: str, option: str) -> int:
    """Milliseconds of `5 min`, `90 s`, `4:30`; a bare number is minutes, as a person means it here."""
    from mindful.script.values import parse_ms

    number = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*", text)
    ms = round(float(number[1].replace(",", ".")) * 60_000) if number else parse_ms(text.replace(",", "."))
    if ms is None:
        fail(exits.USAGE, f"{option} wants a length of time, such as 5 min or 90 s, not “{printable(text)}”.")
    if not 1000 <= ms <= MOST_MS:
        fail(exits.USAGE, f"{option} can be 1 s to 4 h.")
    return ms


def pattern(text: str) -> dict[str, float] | None:
    """The phases of `4-4-6-2` (in, hold, out, rest) or `4-6` (in, out); None where the text is no such row.

    Three numbers are in, hold, out. Ends the command where the numbers make no breath.
    """
    if not re.fullmatch(r"\s*\d+(?:[.,]\d+)?(?:\s*[-/: ]\s*\d+(?:[.,]\d+)?)*\s*", text):
        return None
    numbers = [float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", text)]
    names = {2: ("inhale", "exhale"), 3: PHASES[:3], 4: PHASES}.get(len(numbers))
    if names is None:
        fail(exits.USAGE, "A pattern has two to four numbers: in-out, in-hold-out or in-hold-out-rest, such as 4-6.")
    phases = dict(zip(names, numbers, strict=True))
    if not phases["inhale"] or not phases["exhale"]:
        fail(exits.USAGE, "A breath goes in and out: neither of the two can be 0.")
    if max(numbers) > 60:
        fail(exits.USAGE, "The numbers are seconds, each at most 60.")
    if any(abs(n * 10 - round(n * 10)) > 1e-6 for n in numbers):
        fail(exits.USAGE, "The numbers are seconds, in steps of 0.1.")
    return {name: seconds for name, seconds in phases.items() if seconds}


def script(data: Mapping[str, Any]) -> Script:
    """The script of this data. Raises ValueError where it is none: then this program wrote it wrongly."""
    from mindful.script.load import loads

    loaded = loads(json.dumps({"mindful": 1, **data}), f"{data['id']}.json")
    if loaded.script is None:
        raise ValueError("; ".join(p.message for p in loaded.problems))
    return loaded.script


def seconds(ms: int) -> str:
    """A length as scripts have it."""
    return f"{ms / 1000:g} s"
