"""What came of a simulation, as text for the author and as plain data. Pure. Called by `mindful simulate`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from mindful.author.outline import cells, cut, visible
from mindful.author.simulated import Asked, Run, Simulation
from mindful.script.values import Scalar, shown
from mindful.timeline.as_clock import clock
from mindful.timeline.as_json import session_json

WIDTH = 80
VERSION = 1


def text(found: Simulation, width: int = WIDTH) -> str:
    """A table of clients, what each was asked and answered, and what wants a look."""
    name = max([6, *(len(run.client.name) for run in found.runs)])
    out = [f"{'client':<{name}}  {'time':>8}  how it ended"]
    for run in found.runs:
        record = run.record
        paused = f", {clock(record['paused_ms'])} paused" if record["paused_ms"] else ""
        line = f"{run.client.name:<{name}}  {clock(record['elapsed_ms']):>8}  {_ending(run)}{paused}"
        out.append(cut(line, width))
    for run in found.runs:
        out += ["", f"{run.client.name}: {_logged(run)}"]
        out += [_asked(asked, width) for asked in run.asked]
        out += [cut(f"  > {visible(way.words)}", width) for way in found.taken(run)]
        out += [f"  ! {visible(words)}" for words in run.warnings]
    if found.branches:
        out += ["", *_never(found, width)]
    if found.script.variables:
        out += ["", *_variables(found, width)]
    return "\n".join(visible_line.rstrip() for visible_line in out) + "\n"


def _never(found: Simulation, width: int) -> list[str]:
    never = found.never
    if not never:
        return [f"Every one of the {len(found.branches)} ways was taken by some client."]
    answer = visible(min((way.answer for way in never if way.answer), key=len, default="before: 80"))
    head = f"Never reached by any of them ({len(never)} of {len(found.branches)} ways):"
    line = cut(f"  answers: {{{answer}}}", width)
    how = ["A client of your own can take it: --client FILE, with such a line in FILE:", line]
    if any(run.client.name == "random" for run in found.runs):
        how.append("Or let the random one choose otherwise, with another --seed.")
    return [head, *(cut(f"  - {visible(way.words)}", width) for way in never), *how]


def _variables(found: Simulation, width: int) -> list[str]:
    """With which values all this was played, and how to play it with others."""
    out = []
    if found.values:
        out += wrap(f"Set: {_pairs(found.values)}.", width, subsequent_indent="  ")
    if found.defaults:
        name = next(iter(found.defaults))
        more = f"Other values, and the ways that go by them, are tried with --set, such as {_other(found, name)}."
        out += wrap(f"At their defaults: {_pairs(found.defaults)}. {more}", width, subsequent_indent="  ")
    return out


def _pairs(values: Mapping[str, Scalar]) -> str:
    return ", ".join(f"{name}={cut(visible(shown(value)), 30)}" for name, value in values.items())


def _other(found: Simulation, name: str) -> str:
    """`--set minutes=20`: a value that is not the default, where one is known."""
    variable = found.script.variables[name]
    if isinstance(variable.default, bool):
        return f"--set {name}={shown(not variable.default)}"
    ends = [end for end in (variable.max, variable.min) if end is not None and end != variable.default]
    return f"--set {name}={shown(ends[0]) if ends else '…'}"


def _ending(run: Run) -> str:
    record = run.record
    if record["status"] == "completed" or not record["steps"]:
        return str(record["status"])
    return f"{record['status']} at “{visible(run.last)}”"


def _logged(run: Run) -> str:
    """`24 steps (23 done, 1 skipped), 5 answers`."""
    ends = Counter(step["status"] for step in run.record["steps"])
    count = sum(ends.values())
    how = ", ".join(f"{n} {status}" for status, n in ends.most_common())
    given = sum(a.answer is not None for a in run.asked)
    answers = f", {_count(given, 'answer')} to {_count(len(run.asked), 'question')}" if run.asked else ", no questions"
    return f"{_count(count, 'step')} ({how}){answers}"


def _count(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"


def _asked(asked: Asked, width: int) -> str:
    """The question and its answer; where there is no room for both, the question is cut."""
    answer = cut(visible("left open" if asked.answer is None else shown(asked.answer) or "nothing"), width // 2)
    return f"  {cut(visible(asked.text), width - cells(answer) - 3)} {answer}"


def as_json(found: Simulation) -> dict[str, Any]:
    """The same as plain data; `record` is the record that the session would leave."""
    return {
        "mindful_simulation": VERSION,
        "session": session_json(found.script),
        "clients": [_run_json(found, run) for run in found.runs],
        "branches": [{"step": way.path, "kind": way.kind, "words": way.words} for way in found.branches],
        "never_reached": [way.path for way in found.never],
        "variables": {"set": dict(found.values), "defaults": found.defaults},
    }


def _run_json(found: Simulation, run: Run) -> dict[str, Any]:
    record = run.record
    return {
        "client": run.client.name,
        "status": record["status"],
        "reason": record["reason"],
        "elapsed_ms": record["elapsed_ms"],
        "paused_ms": record["paused_ms"],
        "asked": [{"step": a.step, "id": a.id, "text": a.text, "answer": a.answer} for a in run.asked],
        "branches": [way.path for way in found.taken(run)],
        "warnings": list(run.warnings),
        "record": {k: v for k, v in record.items() if k not in ("id", "started", "ended")},
        "file": None if run.file is None else str(run.file),
    }
