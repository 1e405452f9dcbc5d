"""Checks of what refers to something else: ids, names in texts and conditions, patterns, included variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mindful.script.codes import Code
from mindful.script.comparisons import answers_of, number_wanted, put
from mindful.script.conditions import Compare, Condition, Join, Name, Not
from mindful.script.conditions import Node as ConditionNode
from mindful.script.kinds.ask import Rate
from mindful.script.kinds.flow import Include
from mindful.script.labels import with_labels
from mindful.script.model import Script
from mindful.script.nodes import Path
from mindful.script.patterns import bundled
from mindful.script.problems import Problem, near, quote
from mindful.script.said import name_meant
from mindful.script.scope import Scene, Scope
from mindful.script.teachers import pattern_meant
from mindful.script.values import NAME, Text, names_in, no_names_in
from mindful.script.where import Where, all_steps

_WORDS = ("and", "or", "not", "yes", "no", "true", "false")


def ids(script: Script, where: Where) -> Iterator[Problem]:
    """Each id is used once. A step and its own question may share one."""
    seen: dict[str, Path] = {}
    for placed in all_steps(script):
        step = placed.step
        mine: dict[str, Path] = {}
        if step.id:
            mine[step.id] = (*placed.path, "id")
        question = step.rate or step.ask or step.choose
        if question is not None and question.id:
            mine.setdefault(question.id, (*placed.body, "id"))
        for name, path in mine.items():
            if name in _WORDS:
                yield where.problem(
                    Code.NAME, path, f"{quote(name)} is a word of conditions and cannot be an id", "choose another name"
                )
            elif name in seen:
                line = where.document.place(seen[name]).line + 1
                yield where.problem(
                    Code.DUPLICATE_ID,
                    path,
                    f"the id {quote(name)} is used already, in line {line}",
                    f"give this one a name of its own, such as `{name}-2`",
                )
            else:
                seen[name] = path


def names(script: Script, where: Where) -> Iterator[Problem]:
    """Each `{name}` and each name of a condition is a variable, or a question that was asked before."""
    scope = Scope.of(script)
    for field in ("title", "summary"):
        text = getattr(script, field)
        for name in text.names if isinstance(text, Text) else ():
            if name not in script.variables:
                yield _unknown(scope, None, where, (field,), name, f"{{{name}}}")
    for scene in scope.scenes:
        body = scene.placed.step.body
        if not body.playable and not body.holes:
            continue
        for path, value in scene.placed.values:
            asked = path[-1] == "until"
            for words in (w for _, w in value.languages) if isinstance(value, Text) else ():
                for hole in no_names_in(words):
                    inside = [n for n in re.findall(NAME, hole) if _known(n, script, scene)]
                    yield _no_name(where, path, hole, inside)
            for name in value.names:
                if not _known(name, script, scene) and not (asked and name in scope.asked):
                    part = name if isinstance(value, Condition) else _hole(where, path, name)
                    yield _unknown(scope, scene, where, path, name, part, value)
        if isinstance(body, Include):
            yield from _with(body, scene, script, where)


def _no_name(where: Where, path: Path, hole: str, inside: list[str]) -> Problem:
    """Braces around what cannot be a name, and would be shown to the client as they stand; `inside` are names in it."""
    if re.search(r"[()+*/<>=,]|\s-\s", hole):
        return where.problem(
            Code.UNKNOWN_NAME,
            path,
            f"only a name can stand in braces, and {quote(hole)} is none: a text works nothing out",
            f"write only a name, such as `{{{inside[0] if inside else 'before'}}}`",
            part=f"{{{hole}}}",
        )
    meant = name_meant(hole)
    return where.problem(
        Code.UNKNOWN_NAME,
        path,
        f"{quote(hole)} is not a name, and the client would read it with its braces",
        f"write `{{{meant}}}`, or `{{{{` and `}}}}` for braces that are to be seen"
        if meant
        else "write {{ for a brace",
        part=f"{{{hole}}}",
    )


def _known(name: str, script: Script, scene: Scene) -> bool:
    return name in script.variables or name in scene.known or name in scene.placed.step.body.holes


def _hole(where: Where, path: Path, name: str) -> str:
    """How the hole is written in the file: `{name}` or with spaces."""
    span = where.document.place(path)
    found = re.search(r"\{\s*" + name + r"\s*\}", "\n".join(where.document.source.lines[span.line : span.line + 200]))
    return found[0] if found else f"{{{name}}}"


def _unknown(
    scope: Scope, scene: Scene | None, where: Where, path: Path, name: str, part: str, value: object = None
) -> Problem:
    if name in scope.asked:
        return where.problem(
            Code.LATER_NAME,
            path,
            f"{quote(name)} is not known yet: its question comes later",
            "move the question before this step, or this step behind it",
            part=part,
        )
    known = [*scope.script.variables, *(list(scene.known)[-20:] if scene else ())]
    meant = next(iter(near(name, known)), "")
    hint = f"did you mean `{meant}`?" if meant else f"known here: {', '.join(known)}" if known else ""
    if isinstance(value, Condition) and (answer := _answer_meant(scope, str(path[-1]), value, name)):
        hint = answer
    elif isinstance(value, Condition) and name in _LEFT_OPEN and (open_ := _rating_open(scene)):
        hint = f"{open_[1]}, write `{path[-1]}: {open_[0]}`"
    elif isinstance(value, Condition) and name in _right_sides(value.node) and not meant:
        hint = f'if the word itself is meant, put it in quotes: "{name}"'
    elif not hint:
        question = f"ask: {{id: {name}, text: …}}" if isinstance(value, Text) else f"rate: {{id: {name}, ask: …}}"
        hint = f"add it under `variables`, or ask for it before: `{question}`"
    return where.problem(
        Code.UNKNOWN_NAME, path, f"{quote(name)} is neither a variable nor the id of a question", hint, part=part
    )


_LEFT_OPEN = ("answered", "unanswered", "open", "empty", "skipped", "blank", "missing")


def _rating_open(scene: Scene | None) -> tuple[str, str] | None:
    """Where a word such as `answered` stands alone: the condition on the last rating, and what it asks."""
    ratings = [(n, q) for n, q in scene.known.items() if isinstance(q, Rate)] if scene else []
    return number_wanted(ratings[-1][1], ratings[-1][0], "==", "open") if ratings else None


def _answer_meant(scope: Scope, key: str, condition: Condition, name: str) -> str:
    """The hint where a name on the right is an answer without its quotes, or a word where a number is wanted."""
    for left, op in _right_sides(condition.node).get(name, ()):
        question = scope.asked.get(left, (0, None))[1]
        answers = answers_of(question)
        if answers and (found := with_labels(condition.source, {left: answers})):
            return f"write `{key}: {found[0]}`"
        if wanted := number_wanted(question, left, op, name):
            mended = put(condition.source, left, name, wanted[0], whole=True) if wanted[0] else None
            return f"{wanted[1]}, write `{key}: {mended}`" if mended else wanted[1]
    return ""


def _right_sides(node: ConditionNode) -> dict[str, list[tuple[str, str]]]:
    """Names on the right of a comparison, where a word was often meant, each with the names and signs before it."""
    found: dict[str, list[tuple[str, str]]] = {}
    parts = [node]
    while parts:
        part = parts.pop()
        if isinstance(part, Compare) and isinstance(part.right, Name):
            left = part.left.name if isinstance(part.left, Name) else ""
            found.setdefault(part.right.name, []).append((left, part.op))
        elif isinstance(part, Join):
            parts += [part.left, part.right]
        elif isinstance(part, Not):
            parts.append(part.part)
    return found


def _with(body: Include, scene: Scene, script: Script, where: Where) -> Iterator[Problem]:
    inner = script.included.get(body.script)
    if inner is None:
        return  # told where it was looked for
    for name, value in body.with_.items():
        path = (*scene.placed.body, "with", name)
        if name not in inner.variables:
            meant = next(iter(near(name, list(inner.variables))), "")
            listed = ", ".join(inner.variables) or "none"
            yield where.problem(
                Code.UNKNOWN_NAME,
                path,
                f"{quote(name)} is not a variable of {quote(body.script)}",
                f"did you mean `{meant}`?" if meant else f"its variables: {listed}",
                key=True,
            )
        for hole in names_in(value) if isinstance(value, str) else ():
            if not _known(hole, script, scene):
                yield _unknown(Scope.of(script), scene, where, path, hole, f"{{{hole}}}")


def patterns(script: Script, where: Where) -> Iterator[Problem]:
    """Each pattern that a step names is bundled or the script's own, and the script's own can be read."""
    for name in script.patterns:
        if not re.fullmatch(NAME, name):
            yield where.problem(
                Code.NAME,
                ("patterns", name),
                f"{quote(name)} is not a name: small letters, digits, - and _ only",
                "such as `my-pattern`",
                key=True,
            )
    for placed in all_steps(script):
        pattern = placed.step.breathe.pattern if placed.step.breathe is not None else None
        if not isinstance(pattern, str) or pattern in script.patterns or pattern in bundled():
            continue
        all_names = [*script.patterns, *bundled()]
        meant = pattern_meant(pattern, all_names)
        yield where.problem(
            Code.UNKNOWN_PATTERN,
            (*placed.body, "pattern"),
            f"{quote(pattern)} is not a breath pattern that is known",
            f"write `pattern: {meant}`"
            if meant and meant[0] == "{"
            else f"did you mean `{meant}`?"
            if meant
            else f"the patterns are {', '.join(all_names)}; or write the phases",
        )
