"""Which way a page goes: one main way, and for each choice the stretches by which it leaves and meets that way. Pure.

Called by the job. A page cannot unfold a script, so what a client may choose is laid out beforehand. The main way takes
what a recording takes, but where a yes or no decides how often something comes, the answer that comes to the end
soonest. Every other answer that changes what follows is laid out too, up to where it is what the main way has as well:
that may lie ahead, or behind, and then it is another round. A rating has a way for each range of its scale (`rated`);
words decide nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mindful.render.page.rated import turns
from mindful.render.page.track import Stop, Stretch
from mindful.render.plan import Plan, Way
from mindful.timeline.lookup import layer_at
from mindful.timeline.model import AskPrompt, ChoosePrompt, Placed, RatePrompt, Segment

Ways = Mapping[Way, str]
Planner = Callable[[Ways], Plan]
"""The plan with these answers."""
Part = tuple[Plan, tuple[Placed, ...], int | None]
"""Of another way what the main one does not have, and where it meets it; None: nowhere, it is over then."""
Ranges = tuple[tuple[float, float, int, int], ...]
"""(from, to, stretch, ms) of ratings that go on elsewhere."""
SAME = "as if left open"
"""Stands for the one way of a rating that has only one, though the program would go several."""
Chapters = Callable[[Plan], list[tuple[int, str]]]

MOST_MS = 10 * 60 * 1000
"""All other ways together are at most as long as the main one and this; a choice whose ways would be more has one."""
MOST_PLANS = 400
"""A script with more choices than can be laid out with so many plans has only one way from there on."""
_ROUND = re.compile(r"#\d+")


@dataclass(frozen=True, slots=True)
class Route:
    """All stretches of a page; the first is the main way."""

    stretches: tuple[Stretch, ...]
    plans: tuple[Plan, ...]
    """For each stretch, whose timeline it is a part of."""
    forms: tuple[tuple[Segment, str], ...]
    """The open steps in the order of their numbers, and of a choice that has only one way, which."""

    @property
    def total_ms(self) -> int:
        return self.stretches[0].length_ms


def branches(segment: Segment) -> tuple[str, ...]:
    """What can be answered to an open step that may change what follows: the options; none for other steps."""
    prompt = segment.prompt
    if isinstance(prompt, ChoosePrompt):
        return prompt.options
    if isinstance(prompt, AskPrompt) and prompt.answer == "choice":
        return prompt.options
    if isinstance(prompt, AskPrompt) and prompt.answer == "yes-no":
        return ("yes", "no")
    return ()


def route(planner: Planner, given: frozenset[str], chapters: Chapters) -> Route:
    """Lay out a page. `given`: ids and paths of questions that were answered beforehand; they have one way."""
    return _Explorer(planner, given, chapters).explore()


@dataclass(slots=True)
class _Explorer:
    planner: Planner
    given: frozenset[str]
    chapters: Chapters
    plans: int = 0
    forms: list[tuple[Segment, str]] = field(default_factory=list)

    def explore(self) -> Route:
        main, decided = self._settled({})
        placed = main.timeline.placed
        marks = [_sign(main, p) for p in placed]
        found: list[Part] = []
        ways: dict[int, tuple[tuple[int, int, int], ...] | None] = {}
        ranges: dict[int, Ranges | None] = {}
        room = main.total_ms + MOST_MS
        for i, (key, p) in enumerate(_opened(placed)):
            if p is not None and isinstance(p.segment.prompt, RatePrompt) and key[0] not in self.given:
                ranges[i], used = self._rated(p.segment.prompt, decided, key, i, main, marks, room, found)
                room -= used
                continue
            if p is None or not branches(p.segment) or key[0] in self.given or self.plans > MOST_PLANS:
                continue
            others = [self._other(decided, key, answer, i, main, marks) for answer in branches(p.segment)]
            long = sum(_length(part[1]) for part in others if part is not None)
            if long > room:
                ways[i] = None
                continue
            room -= long
            mine: list[tuple[int, int, int]] = []
            for k, part in enumerate(others):
                if part is None:
                    continue
                if part[1]:
                    found.append(part)
                    mine.append((k, len(found), 0))
                elif part[2] is not None:
                    mine.append((k, 0, part[2]))
            ways[i] = tuple(mine)
        stretches = [self._stretch(main, placed, ways, ranges, None)]
        stretches += [
            self._stretch(plan, part, {}, {}, None if then is None else (0, then)) for plan, part, then in found
        ]
        return Route(tuple(stretches), (main, *(plan for plan, _, _ in found)), tuple(self.forms))

    def _plan(self, ways: Ways) -> Plan:
        self.plans += 1
        return self.planner(ways)

    def _settled(self, fixed: Ways) -> tuple[Plan, dict[Way, str]]:
        """The plan in which each yes or no that decides how long it takes has the answer that takes least."""
        decided = dict(fixed)
        plan = self._plan(decided)
        seen: set[Way] = set(decided)
        while self.plans <= MOST_PLANS:
            new = next(
                (
                    key
                    for key, p in _opened(plan.timeline.placed)
                    if p is not None
                    and key not in seen
                    and key[0] not in self.given
                    and isinstance(p.segment.prompt, AskPrompt)
                    and branches(p.segment)
                ),
                None,
            )
            if new is None:
                break
            seen.add(new)
            for answer in ("no", "yes"):
                other = self._plan({**decided, new: answer})
                if other.total_ms < plan.total_ms:
                    plan, decided = other, {**decided, new: answer}
        return plan, decided

    def _other(self, decided: Ways, key: Way, answer: str, i: int, main: Plan, marks: list[str]) -> Part | None:
        """The part of another way that the main one does not have, and where it meets it; None where they are one."""
        before = {k: v for k, v in decided.items() if k in {q for q, _ in list(_opened(main.timeline.placed))[:i]}}
        plan, _ = self._settled({**before, key: answer})
        placed = plan.timeline.placed
        theirs = [_sign(plan, p) for p in placed]
        if theirs[i + 1 :] == marks[i + 1 :]:
            return None
        for j in range(i + 1, len(theirs) + 1):
            m = len(marks) - (len(theirs) - j)
            if m >= 0 and theirs[j:] == marks[m:]:
                at = main.timeline.placed[m].start_ms if m < len(marks) else main.total_ms
                return plan, placed[i + 1 : j], at
        return plan, placed[i + 1 :], None

    def _rated(
        self,
        prompt: RatePrompt,
        decided: Ways,
        key: Way,
        i: int,
        main: Plan,
        marks: list[str],
        room: int,
        found: list[Part],
    ) -> tuple[Ranges | None, int]:
        """The ranges of a rating that go on elsewhere, and how long that is; what they need is put into `found`.

        None where the page has one way though the program has several: what is longer than `room`, or tells the number.
        """
        parts: dict[tuple[str, ...], Part | None] = {}

        def way(value: float) -> tuple[str, ...]:
            part = self._other(decided, key, f"{value:g}", i, main, marks) if self.plans <= MOST_PLANS else None
            sign = () if part is None else (str(part[2]), *(_sign(part[0], p) for p in part[1]))
            parts.setdefault(sign, part)
            return sign

        runs = turns(prompt, way)
        # Two ranges of a scale may lead to the same place.
        others = [(sign, part) for sign, part in parts.items() if part is not None]
        long = sum(_length(part[1]) for _, part in others)
        if not runs or self.plans > MOST_PLANS or long > room:
            return (None if others else ()), 0
        places: dict[tuple[str, ...], tuple[int, int]] = {}
        for sign, part in others:
            if part[1]:
                found.append(part)
                places[sign] = (len(found), 0)
            elif part[2] is not None:
                places[sign] = (0, part[2])
        return tuple((low, high, *places[sign]) for low, high, sign in runs if sign in places), long

    def _stretch(
        self,
        plan: Plan,
        placed: tuple[Placed, ...],
        ways: Mapping[int, tuple[tuple[int, int, int], ...] | None],
        ranges: Mapping[int, Ranges | None],
        then: tuple[int, int] | None,
    ) -> Stretch:
        stretch = Stretch(placed, then=then)
        start, end = stretch.start_ms, stretch.start_ms + stretch.length_ms
        stops = []
        for i, p in enumerate(placed):
            if p.segment.prompt is None:
                continue
            mine, rated = ways.get(i), ranges.get(i, ())
            from_to = p.start_ms - start, (p.end_ms or 0) - start
            stops.append(Stop(*from_to, len(self.forms), p.segment, mine or (), rated or ()))
            only = SAME if rated is None else self._only(p.segment, plan) if mine is None else ""
            self.forms.append((p.segment, only))
        marks = [(at - start, title) for at, title in self.chapters(plan) if start <= at < end]
        return replace(stretch, stops=tuple(stops), chapters=tuple(marks))

    def _only(self, segment: Segment, plan: Plan) -> str:
        """The option of a choice that the page goes on with."""
        if not isinstance(segment.prompt, ChoosePrompt):
            return ""
        answer = plan.values.get(segment.prompt.id or segment.step)
        return str(answer) if answer in segment.prompt.options else segment.prompt.options[0]


def _opened(placed: tuple[Placed, ...]) -> Iterator[tuple[Way, Placed | None]]:
    """For each segment the name of its question and which time it is asked; no segment where it asks nothing."""
    times: dict[str, int] = {}
    for p in placed:
        if p.segment.prompt is None:
            yield ("", 0), None
            continue
        key = p.segment.prompt.id or p.segment.step
        times[key] = times.get(key, 0) + 1
        yield (key, times[key]), p


def _sign(plan: Plan, p: Placed) -> str:
    """Two segments with one sign look and sound alike, also in what goes on beneath them; rounds are not told apart."""
    layer = layer_at(plan.timeline, p.start_ms - 1)
    beneath = None if layer is None else (layer.layer, layer.level_db, layer.hz, layer.beat)
    return _ROUND.sub("", repr((replace(p.segment, index=0), beneath)))


def _length(placed: tuple[Placed, ...]) -> int:
    return Stretch(placed).length_ms
