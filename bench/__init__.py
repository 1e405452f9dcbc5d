"""Measurements behind docs/performance.md. Each prints a table with the command that made it; none is a gate."""
