"""For all tests: programs that they start get their signals as from a shell.

A job in the background or under nohup has SIGINT or SIGHUP ignored, and its children inherit that; a client's does not.
"""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ALONE = ("sound", "pty", "browser", "device")

# How fast a machine is at this moment is no property of the program: no example fails for having taken long.
# Each run draws other examples, so few a run come to many; `HYPOTHESIS_EXAMPLES=1000 make test` looks longer.
settings.register_profile(
    "mindful",
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "50")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("mindful")

for _name, _usual in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _usual)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The Makefile finds the files of these tests by their text; one that it would not find would never run."""
    texts: dict[Path, str] = {}
    for item in items:
        for mark in ALONE:
            if item.get_closest_marker(mark) is not None:
                text = texts.setdefault(item.path, item.path.read_text(encoding="utf-8"))
                if not re.search(rf"mark\.{mark}\b", text):
                    raise pytest.UsageError(f"{item.nodeid} is marked {mark}, but its file does not say mark.{mark}")
