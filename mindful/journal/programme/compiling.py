"""From a programme as it was written to the plan of one arm, with the titles and lengths of its sessions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.journal.programme.plan import Item, Part, Plan, Thing, Words
from mindful.script import catalogue
from mindful.script.programme.values import DAY_NAMES

if TYPE_CHECKING:
    from mindful.script.programme.model import Choice, Practice, Programme, Stage
    from mindful.script.values import Text


def compile_plan(programme: Programme, folder: Path | None, source: str, arm: str = "") -> Plan:
    """The plan of one arm. `folder` is where the programme lies, `source` what it can be read from again.

    Raises KeyError for an arm that is not there. A session that cannot be read keeps the name it is given.
    """
    chosen = programme.arms[arm] if arm else None
    known = {entry.id: entry for entry in catalogue.entries()}
    maker = _Maker(known, folder, programme.language)
    parts = tuple(
        maker.part(stage, f"{number}", programme.rest, arm)
        for number, stage in enumerate(programme.stages, 1)
        if not arm or not stage.arm or arm in stage.arm
    )
    return Plan(
        id=programme.id or "programme",
        title=maker.words(programme.title),
        parts=parts,
        waits=programme.waits.count,
        arm=arm,
        arm_title=maker.words(chosen.title) if chosen is not None else {},
        about=maker.words(programme.about),
        source=source,
        sha256=programme.origin.sha256,
    )


class _Maker:
    def __init__(self, known: Mapping[str, catalogue.Entry], folder: Path | None, language: str) -> None:
        self.known = known
        self.folder = folder
        self.language = language

    def words(self, text: Text | None) -> Words:
        """By language, the programme's own first."""
        if text is None:
            return {}
        found = {tag or self.language: words for tag, words in text.languages}
        own = {self.language: found[self.language]} if self.language in found else {}
        return own | found

    def part(self, stage: Stage, number: str, rest: tuple[str, ...], arm: str) -> Part:
        return Part(
            id=stage.id or number,
            title=self.words(stage.title),
            items=tuple(self.item(p) for p in stage.practices if not arm or not p.arm or arm in p.arm),
            days=stage.for_.count if stage.for_ is not None else None,
            about=self.words(stage.about),
            opens=dict(stage.opens),
            rest=_days(rest if stage.rest is None else stage.rest),
        )

    def item(self, practice: Practice) -> Item:
        return Item(
            name=practice.name,
            things=(self.thing(practice), *(self.thing(other) for other in practice.or_)),
            unit=practice.often.unit,
            count=practice.often.count,
            on=_days(practice.on),
            at=practice.at.minute if practice.at is not None else None,
            at_said=practice.at.source if practice.at is not None else "",
            optional=practice.optional,
            opens=dict(practice.opens),
            note=self.words(practice.note),
        )

    def thing(self, choice: Choice) -> Thing:
        if choice.session is None:
            return Thing(self.words(choice.do))
        more: dict[str, Any] = {"set": dict(choice.set), "fit": choice.fit.source if choice.fit is not None else ""}
        fit_ms = choice.fit.ms if choice.fit is not None else None
        if (entry := self.known.get(choice.session)) is not None:
            return Thing(dict(entry.title), entry.id, entry.id, total_ms=fit_ms or entry.total_ms, **more)
        return self._own(choice.session, fit_ms, more)

    def _own(self, name: str, fit_ms: int | None, more: dict[str, Any]) -> Thing:
        """A script that lies beside the programme."""
        from mindful.script.load import load
        from mindful.timeline.outline import outline
        from mindful.timeline.unfold import Setup

        path = (self.folder or Path()) / name
        script = load(path).script
        if script is None:
            return Thing({"": name}, Path(name).stem, str(path.absolute()), total_ms=fit_ms)
        total = fit_ms or outline(Setup(script, {}, "")).total_ms
        title = self.words(script.title)
        return Thing(title, script.id or Path(name).stem, str(path.absolute()), total_ms=total, **more)


def _days(names: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(sorted({DAY_NAMES.index(name) for name in names}))
