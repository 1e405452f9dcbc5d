"""What was written: models, source positions, problems, checks, schema.

Importing this package costs nothing; what it offers is loaded when first named.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mindful.script.load import Loaded as Loaded
    from mindful.script.load import load as load
    from mindful.script.load import loads as loads
    from mindful.script.model import Script as Script
    from mindful.script.problems import Problem as Problem

_HOMES = {"load": "load", "loads": "load", "Loaded": "load", "Problem": "problems", "Script": "model"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"mindful.script.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
