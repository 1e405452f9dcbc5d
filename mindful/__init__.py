"""Guided mindfulness and breathwork sessions for the terminal.

A script (`mindful.script`) compiles to a timeline (`mindful.timeline`); the player (`mindful.player`) performs it
on a screen (`mindful.tui`) or as plain lines (`mindful.plain`) with sound (`mindful.audio`), and what was performed
is written to the journal (`mindful.journal`). `docs/architecture.md` has the whole picture.
"""

__version__ = "0.1.0"
