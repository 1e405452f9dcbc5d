"""Measurements behind docs/performance.md. Each prints a table with the command that made it; none is a gate."""

import os

# A client's Python keeps what it compiled. Where that is switched off for whoever measures, starts would compile anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
