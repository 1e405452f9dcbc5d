"""One exposure as it was done, and what its numbers come to. Pure; read from records by `mindful.journal.exposures`.

The measures are those of the literature: peak and end of the distress, its change within one exposure and from one to
the next of the same item (Foa and Kozak 1986), and the gap between what was expected and what came (Craske et al.
2014). None of them is a grade: a distress that stays high says nothing about what was learned.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mindful.timeline.model import About

Ended = Literal["time", "until", "chosen", "left"]
"""After its time; when its condition held; by the client's own choice; with the session, before it was over."""
Happened = Literal["yes", "partly", "no", "unclear"]
HAPPENED: tuple[Happened, ...] = ("yes", "partly", "no", "unclear")
LEFT_OUT = ("all", "some", "none")
"""Of the safety behaviours that were to be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One exposure."""

    day: str = ""
    """ISO date."""
    ladder: str = ""
    item: str = ""
    """The item's key: its id, else its words. Of two that were met together, both (`pair_key`)."""
    combined: tuple[str, ...] = ()
    """The keys of both, where two were met together."""
    words: str = ""
    mode: str = "in-vivo"
    planned: int | None = None
    """SUDS of the item on the ladder when it was done."""
    ratings: tuple[tuple[int, float], ...] = ()
    """(ms exposed, SUDS), in order; what was left open is not in it."""
    held_ms: int = 0
    ended: Ended = "time"
    expected: str = ""
    believed: float | None = None
    """How strongly it was expected before, 0 to 100."""
    happened: Happened | None = None
    believes: float | None = None
    """How strongly the same would be expected again, asked after, 0 to 100."""
    safety: str = ""
    left_out: str | None = None
    learned: str = ""
    session: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """The keys of all items that were met: one, or two together."""
        return self.combined or (self.item,)

    @property
    def suds(self) -> tuple[float, ...]:
        return tuple(s for _, s in self.ratings)

    @property
    def first(self) -> float | None:
        return self.suds[0] if self.suds else None

    @property
    def peak(self) -> float | None:
        return max(self.suds, default=None)

    @property
    def end(self) -> float | None:
        return self.suds[-1] if self.suds else None

    @property
    def within(self) -> float | None:
        """From the peak to the end; negative where it fell. None with fewer than two ratings."""
        return None if len(self.suds) < 2 else self.suds[-1] - max(self.suds)

    @property
    def fall(self) -> float | None:
        """The same in percent of the peak, 0 to 100."""
        peak, within = self.peak, self.within
        return None if within is None or not peak else -100 * within / peak

    @property
    def gap(self) -> float | None:
        """How much less the same is expected after than before; negative where it is expected more."""
        return None if self.believed is None or self.believes is None else self.believed - self.believes

    @property
    def violated(self) -> bool | None:
        """Whether what was expected did not come. None where that was not said."""
        return {"no": True, "partly": False, "yes": False}.get(self.happened or "")


@dataclass(frozen=True, slots=True)
class Course:
    """All runs of one item, oldest first."""

    item: str
    words: str
    runs: tuple[Run, ...]

    def _change(self, name: str) -> tuple[float, ...]:
        found = [v for run in self.runs if (v := getattr(run, name)) is not None]
        return tuple(b - a for a, b in itertools.pairwise(found))

    @property
    def between_peaks(self) -> tuple[float, ...]:
        """Change of the peak from each run to the next."""
        return self._change("peak")

    @property
    def between(self) -> float | None:
        """From the first peak to the last; negative where it fell. None with fewer than two."""
        changes = self.between_peaks
        return sum(changes) if changes else None

    @property
    def belief(self) -> tuple[float | None, float | None]:
        """(how strongly it was expected before the first, how strongly after the last)."""
        before = [r.believed for r in self.runs if r.believed is not None]
        after = [r.believes for r in self.runs if r.believes is not None]
        return (before[0] if before else None, after[-1] if after else None)

    @property
    def stopped(self) -> int:
        """How many of the last runs in a row ended before their time."""
        n = 0
        for run in reversed(self.runs):
            if run.ended in ("time", "until"):
                break
            n += 1
        return n


def courses(runs: Sequence[Run]) -> tuple[Course, ...]:
    """By item, in the order in which each was first done."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(run.item, []).append(run)
    return tuple(Course(item, each[-1].words, tuple(each)) for item, each in found.items())


def pair_key(one: str, other: str) -> str:
    """By what two items that are met together are found: the same in either order, and the key of no item alone."""
    return " + ".join(sorted((one, other)))


def about_item(about: About) -> dict[str, Any]:
    """What was met, as a record has it: `item`, and both in `combined` where it was two together."""
    out: dict[str, Any] = {"item": {"id": about.key, "text": about.words, "suds": about.suds}}
    if about.combined:
        out["combined"] = [{"id": key, "text": words, "suds": suds} for key, words, suds in about.combined]
    return out


def figures(run: Run) -> dict[str, Any]:
    """The numbers of one run as a record has them."""
    names = ("first", "peak", "end", "within", "gap")
    return {name: _whole(value) for name in names if (value := getattr(run, name)) is not None}


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else round(value, 1)


def read(data: Mapping[str, Any], day: str = "", session: str = "") -> Run | None:
    """The run of a record's `data`; None where none was begun. Records are files: nothing in them is taken on trust."""
    item = _map(data.get("item"))
    key = _text(item.get("id")) or _text(item.get("text"))
    if not key or data.get("held_ms") is None:
        return None
    before, after = _map(data.get("before")), _map(data.get("after"))
    given = data.get("ratings")
    ratings = tuple(
        (int(r[0]), float(r[1]))
        for r in (given if isinstance(given, list | tuple) else ())
        if isinstance(r, list | tuple) and len(r) == 2 and _number(r[0]) is not None and _number(r[1]) is not None
    )
    ended, happened, left_out = data.get("ended"), after.get("happened"), after.get("left_out")
    planned = _number(item.get("suds"))
    both = data.get("combined")
    combined = tuple(
        found for each in (both if isinstance(both, list | tuple) else ()) if (found := _text(_map(each).get("id")))
    )
    return Run(
        day=day,
        ladder=_text(_map(data.get("ladder")).get("title")),
        item=key,
        combined=combined if len(combined) == 2 else (),
        words=_text(item.get("text")) or key,
        mode=_text(data.get("mode")),
        planned=None if planned is None else round(planned),
        ratings=ratings,
        held_ms=int(_number(data.get("held_ms")) or 0),
        ended=ended if ended in ("time", "until", "chosen") else "left",
        expected=_text(before.get("expected")),
        believed=_number(before.get("believed")),
        happened=happened if happened in HAPPENED else None,
        believes=_number(after.get("believed")),
        safety=_text(before.get("safety")),
        left_out=left_out if left_out in LEFT_OUT else None,
        learned=_text(after.get("learned")),
        session=session,
    )


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
