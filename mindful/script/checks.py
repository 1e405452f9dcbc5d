"""What models cannot know: one small function for each rule that looks at more than one place of a script.

Each takes a valid model and where its parts stand, and yields problems; `mindful.script.load` runs them all. To add
one, write it in the module of its subject with the rule as its docstring, and list it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mindful.script import (
    amounts,
    bodies,
    comparisons,
    exposures,
    pages,
    pauses,
    references,
    rounds,
    sheets,
    sounds,
)
from mindful.script.model import Script
from mindful.script.problems import Problem
from mindful.script.where import Where

Check = Callable[[Script, Where], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    references.ids,
    references.names,
    references.patterns,
    amounts.durations,
    amounts.numbers,
    amounts.answers,
    amounts.variables,
    amounts.fit,
    rounds.played,
    amounts.bare_seconds,
    sounds.layers,
    sounds.recordings,
    sounds.files,
    sounds.voices,
    sounds.languages,
    sounds.translations,
    pauses.marks,
    pauses.read_out,
    sounds.without_effect,
    sounds.options,
    bodies.names,
    bodies.without_effect,
    pages.pages,
    sounds.conditions,
    comparisons.comparisons,
    comparisons.bare_numbers,
    sheets.questionnaires,
    sheets.thought_records,
    sheets.plans,
    exposures.item,
    exposures.meanwhile,
    sounds.not_played,
    sounds.cautions,
)
