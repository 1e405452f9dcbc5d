"""The fields of a sheet: several questions that belong together, asked one by one within one open segment.

Pure values; `timeline.model.SheetPrompt` holds them. What is filled in goes by the name of its field. Forms, lines and
pages ask here which fields are shown, so that all of them ask the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

FieldKind = Literal["text", "choice", "choices", "number", "yes-no", "time", "scale"]
Op = Literal["==", "!=", "<", "<=", ">", ">=", "has"]
When = tuple[str, Op, Any]
"""(name of an earlier field, how it is compared, with what); `has`: one of several that were chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetField:
    """One question of a sheet."""

    name: str
    """What its answer goes by; unique within the sheet."""
    ask: str
    answer: FieldKind = "text"
    options: tuple[str, ...] = ()
    """For choice and choices."""
    low: float | None = None
    high: float | None = None
    """Ends of a scale (0 and 100 where they are not given), and of what a number may be."""
    increment: float | None = None
    """The step of an arrow key; None: 1 on a short scale, 5 on a long one."""
    low_word: str = ""
    high_word: str = ""
    """What the ends of a scale mean."""
    required: bool = False
    """Whether the sheet cannot be finished without it; it can still be left as a whole."""
    lead: str = ""
    """What stands before the question, where several have it in common."""
    help: str = ""
    """A sentence beneath the question."""
    private: bool = False
    when: When | None = None
    """Asked only where this holds; None: always."""
    support_from: int | None = None
    """For a choice: an option from this place on (from 0) opens the client's own plan and contacts at once."""

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it is asked, given what was filled in. What is compared with nothing does not hold."""
        if self.when is None:
            return True
        name, op, wanted = self.when
        given = values.get(name)
        if op == "has":
            return isinstance(given, list | tuple) and wanted in given
        if op in ("==", "!="):
            return given is not None and (given == wanted) is (op == "==")
        if not _number(given) or not _number(wanted):
            return False
        result: bool = {"<": given < wanted, "<=": given <= wanted, ">": given > wanted, ">=": given >= wanted}[op]
        return result

    def supports(self, value: Any) -> bool:
        """Whether this answer opens the client's own plan."""
        return self.support_from is not None and value in self.options[self.support_from :]


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(fields: Sequence[SheetField], values: Mapping[str, Any]) -> tuple[SheetField, ...]:
    """The fields that are asked. A field that hangs on one that is not asked is not asked either."""
    seen: dict[str, Any] = {}
    out = []
    for field in fields:
        if field.holds(seen):
            out.append(field)
            seen[field.name] = values.get(field.name)
    return tuple(out)


def place(fields: Sequence[SheetField], values: Mapping[str, Any], at: str) -> tuple[int, int]:
    """(number of the field `at` from 1, how many there are likely to be).

    What hangs on a field that is still to come counts as asked where any answer will do: so the number rather shrinks
    on the way than grows.
    """
    seen: dict[str, Any] = {}
    coming: set[str] = set()
    number, count = 1, 0
    for field in fields:
        likely = field.when is not None and field.when[1] == "!=" and field.when[0] in coming
        if not (field.holds(seen) or likely):
            continue
        count += 1
        if field.name == at:
            number = count
        if coming or field.name == at:
            coming.add(field.name)
        seen[field.name] = values.get(field.name)
    return number, count


def is_draft(value: Any) -> bool:
    """Whether it is the draft of a sheet, and not an answer to it."""
    return (
        isinstance(value, Mapping)
        and set(value) <= {"at", "values", "typed"}
        and isinstance(value.get("values"), Mapping)
    )


def drafted(draft: Any) -> tuple[str | None, dict[str, Any], Any]:
    """(field, what was filled in, what is being typed there) of a sheet's draft, or of an answer to it.

    A draft is `{"at": name or None, "values": {name: value}, "typed": ...}`; an answer is its `values`. Anything else
    is nothing: drafts come from files.
    """
    if not isinstance(draft, Mapping):
        return None, {}, None
    if is_draft(draft):
        at = draft.get("at")
        return (at if isinstance(at, str) else None), dict(draft["values"]), draft.get("typed")
    return None, dict(draft), None
