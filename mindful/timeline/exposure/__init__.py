"""Exposure: what is asked and played in it, what a run of it came to, and what could come next. Pure."""
