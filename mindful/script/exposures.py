"""What holds for exposure steps beyond their own fields: their ladders, their item, and what is played meanwhile."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from mindful.script.codes import Code
from mindful.script.files import inside
from mindful.script.kinds.breath import Breathe, Sit
from mindful.script.ladder import Ladder, LadderItem, load
from mindful.script.model import Script, Step
from mindful.script.nodes import Path
from mindful.script.problems import Problem, near, quote
from mindful.script.values import Text
from mindful.script.where import Where, all_steps

CLOSED = ("say", "pause", "bell", "sound", "breathe", "sit", "scan", "relax", "move", "repeat")
"""What may be played within an exposure: kinds that go on by themselves."""


def ladders(script: Script, where: Where) -> tuple[dict[str, Ladder], list[Problem], list[Problem]]:
    """The ladders that the steps name as files, the problems at those steps, and those within the files."""
    found: dict[str, Ladder] = {}
    problems: list[Problem] = []
    others: list[Problem] = []
    for placed in all_steps(script):
        body = placed.step.exposure
        if body is None or not isinstance(body.ladder, str) or body.ladder in found:
            continue
        file = inside(where.folder, body.ladder)
        if isinstance(file, tuple):
            continue  # told by `sounds.files`
        read = load(file, body.ladder)
        others += read.problems
        if read.ladder is None:
            count = len(read.problems)
            message = f"the ladder {quote(body.ladder)} has {count} problem{'s' if count != 1 else ''} of its own"
            path = (*placed.body, "ladder")
            problems.append(where.problem(Code.LADDER, path, message, "they are listed with its own name"))
        else:
            found[body.ladder] = read.ladder
    return found, problems, others


def item(script: Script, where: Where) -> Iterator[Problem]:
    """`item` is one of the ladder's, by its id or its words; a ladder in the step has items."""
    for placed in all_steps(script):
        body = placed.step.exposure
        if body is None:
            continue
        if not isinstance(body.ladder, str):
            seen: set[str] = set()
            for n, each in enumerate(body.ladder):
                if each.key in seen:
                    path: Path = (*placed.body, "ladder", n)
                    message = "this item stands on the ladder already"
                    yield where.problem(Code.LADDER, path, message, "give one of them an `id`, or other words")
                seen.add(each.key)
        ladder = script.ladder_of(body)
        if body.with_ is not None and body.item is None:
            path = (*placed.body, "with")
            hint = "write `item` too; where the client chooses, two together are offered by themselves"
            yield where.problem(Code.LADDER_ITEM, path, "`with` names a second item, and the first is missing", hint)
        found = [_found(text, ladder) for text in (body.item, body.with_) if text is not None and not text.names]
        if len(found) == 2 and found[0] is not None and found[0] == found[1]:
            path = (*placed.body, "with")
            yield where.problem(Code.LADDER_ITEM, path, "this is the same item as `item`", "name another one, or none")
        for name, text in (("item", body.item), ("with", body.with_)):
            if text is None or not ladder.items or text.names or _found(text, ladder) is not None:
                continue
            wanted = text.languages[0][1]
            keys = [i.key for i in ladder.items]
            meant = next(iter(near(wanted, keys)), "")
            hint = f"did you mean `{meant}`?" if meant else f"on it are: {', '.join(keys[:8])}"
            yield where.problem(Code.LADDER_ITEM, (*placed.body, name), f"{quote(wanted)} is not on the ladder", hint)


def _found(text: Text, ladder: Ladder) -> LadderItem | None:
    return next((item for _, words in text.languages if (item := ladder.find(words)) is not None), None)


def meanwhile(script: Script, where: Where) -> Iterator[Problem]:
    """Within an exposure only steps that go on by themselves: the exposure itself asks."""
    for placed in all_steps(script):
        if "exposure" not in placed.path or placed.path[-2:-1] == ():
            continue
        if not _within(placed.path):
            continue
        if (why := _waits(placed.step)) is not None:
            yield where.problem(Code.EXPOSURE_WAITS, placed.body, why[0], why[1], key=True)


def _within(path: Path) -> bool:
    return any(a == "exposure" and b == "script" for a, b in itertools.pairwise(path))


def _waits(step: Step) -> tuple[str, str] | None:
    body = step.body
    if isinstance(body, Breathe) and body.for_ is None and body.cycles is None:
        return (
            "this breathing goes on until a key, and within an exposure there is no such key",
            "write `for`, or `cycles`",
        )
    if isinstance(body, Sit) and body.for_ is None:
        return "this sit is open, and within an exposure there is no key that ends it", "write `for: 2 min`"
    if step.repeat is not None and step.repeat.times is None:
        return "within an exposure a `repeat` has `times`", "write `times: 3`"
    if step.kind in CLOSED:
        return None
    return (
        f"`{step.kind}` waits for the client, and within an exposure only the exposure itself asks",
        "put it before the exposure, or behind it",
    )
