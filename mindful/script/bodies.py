"""Checks of the steps of the body: regions that are misspelt, and fields that do nothing. Called by `checks`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from mindful.script import regions
from mindful.script.codes import Code
from mindful.script.model import Script
from mindful.script.nodes import Path
from mindful.script.problems import Problem, quote
from mindful.script.values import Text
from mindful.script.where import Where, all_steps

_ALIKE = 0.82
"""So much alike two names are that one is a slip for the other: `left-fot`, but not `lips` for `hips`."""


def names(script: Script, where: Where) -> Iterator[Problem]:
    """A region or group that looks like a name is one that is known; else it would be said as it is written."""
    for placed in all_steps(script):
        scan, relax = placed.step.scan, placed.step.relax
        if scan is not None:
            yield from _names((*placed.body, "regions"), scan.regions, list(regions.REGIONS), where)
        if relax is not None and isinstance(relax.groups, tuple):
            known = [*regions.MUSCLES, *regions.REGIONS]
            yield from _names((*placed.body, "groups"), relax.groups, known, where)


def _names(path: Path, texts: tuple[Text, ...], known: list[str], where: Where) -> Iterator[Problem]:
    for i, text in enumerate(texts):
        words = text.source()
        name = regions.name_of(words)
        if name in known or regions.is_sentence(words) or len(text.languages) > 1 or text.languages[0][0]:
            continue
        meant = next(iter(difflib.get_close_matches(name, known, 1, _ALIKE)), "")
        if not meant and (" " in words or not ("-" in words or "_" in words)):
            continue
        hint = f"did you mean `{meant}`?" if meant else "write it as it is to be said, such as `the left foot`"
        yield where.problem(
            Code.UNKNOWN_REGION,
            (*path, i),
            f"{quote(words)} is no name of a part of the body; it would be said as it stands",
            hint,
        )


def without_effect(script: Script, where: Where) -> Iterator[Problem]:
    """Fields that do nothing where they stand."""
    for placed in all_steps(script):
        scan, relax = placed.step.scan, placed.step.relax
        if scan is not None and scan.regions and "from_" in scan.model_fields_set:
            yield where.problem(
                Code.UNUSED_FIELD,
                (*placed.body, "from"),
                "`from` does nothing here: regions that are listed come in their own order",
                "list them in the order that you want, or leave `regions` out",
                key=True,
            )
        if scan is not None and scan.text is not None and not scan.text.names:
            yield where.problem(
                Code.UNUSED_FIELD,
                (*placed.body, "text"),
                "this does not say where: every region would get the same words",
                "put `{region}` where its name belongs",
            )
        if relax is not None and relax.recall:
            for field in ("tense", "rounds"):
                if field in relax.model_fields_set:
                    yield where.problem(
                        Code.UNUSED_FIELD,
                        (*placed.body, field),
                        f"`{field}` does nothing beside `recall: true`: nothing is tensed",
                        "keep one of them",
                        key=True,
                    )
