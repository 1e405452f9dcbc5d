"""The exposure step as it unfolds: one open piece after another, each decided when it is reached.

    gate → item → before → rating → (stretch → rating)* → after → what could come next

A stretch is open with a limit: it ends by itself after `ask_every`, or by a key, and the sound goes on. Whether another
one follows is known only after its rating. `unfold` and `outline` ask here; the cursor keeps the number of the stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mindful.script.kinds.therapy import Exposure
from mindful.script.ladder import Ladder, LadderItem
from mindful.script.model import Step
from mindful.timeline.exposure import advice_words, sheets
from mindful.timeline.exposure import words as said
from mindful.timeline.exposure.advice import advise
from mindful.timeline.exposure.known import NOTHING, Known
from mindful.timeline.exposure.runs import Run, about_item, pair_key, read
from mindful.timeline.exposure.strip import Strip, strip
from mindful.timeline.model import About, AskPrompt, BellCue, ExposePrompt, LearnPrompt, RatePrompt
from mindful.timeline.piece import Context, Piece
from mindful.timeline.scales import SCALES

MOST_MS = 90 * 60_000
"""No exposure goes on for longer without the client beginning it anew."""
LEAST_EVERY_MS = 15_000
BELL_DB = -8.0
GATE, ITEM, BEFORE, FIRST = range(4)
"""The first stages; then a stretch and its rating, by turns: 4, 5, 6, 7, …"""
AFTER, NEXT, DONE, LOCKED, OVER = range(1_000_000, 1_000_005)
"""`DONE` comes after the last one, `OVER` after the page that says that it waits: both are the end."""


def base_of(step: Step, path: str) -> str:
    """What the answers of an exposure begin with: its step's id, or its path where that comes more than once."""
    return step.id if step.id is not None and "#" not in path else path


def stage(body: Exposure, step: Step, c: Context, at: int, known: Known = NOTHING) -> tuple[int, Piece] | None:
    """The first stage from `at` on that there is, with its piece; None where the exposure is over."""
    return _Stages(body, step, c, known).find(at)


def every(body: Exposure, step: Step, c: Context, known: Known = NOTHING) -> Iterator[Piece]:
    """Every stage once, for an outline: with no answers, and a single stretch that stands for all of them."""
    stages = _Stages(body, step, c, known)
    if known.agreed == "file":
        yield stages.locked()
        return
    item = stages.item or (stages.ladder.items[0] if stages.ladder.items else None)
    if not known.agreed:
        yield stages.gate()
    if stages.given is None:
        yield stages.choice()
    if item is None:
        return
    stages.item = item
    if body.predict:
        yield stages.before()
    yield stages.rating(0)
    whole = stages.stretch(1)
    cues = tuple(cue for cue in stages.strip.cues if cue.at_ms < stages.total_ms)
    assert isinstance(whole.prompt, ExposePrompt)
    yield replace(whole, cues=cues, prompt=replace(whole.prompt, at_most_ms=stages.total_ms))
    yield stages.rating(1)
    yield stages.after()
    yield stages.next()


class _Stages:
    """One exposure with what was answered by now."""

    def __init__(self, body: Exposure, step: Step, c: Context, known: Known) -> None:
        self.body, self.c, self.known = body, c, known
        self.key = base_of(step, c.path)
        self.ladder: Ladder = c.script.ladder_of(body)
        self.given = None if body.item is None else self.ladder.find(c.say(body.item))
        self.other = None if self.given is None or body.with_ is None else self.ladder.find(c.say(body.with_))
        """A second item, met together with the first."""
        self.item: LadderItem | None = self.given
        if self.given is None or not self._may(self.given, self.other):
            self.item, self.other = self._chosen()
        self.every_ms = max(LEAST_EVERY_MS, c.ms(body.ask_every, 120_000))
        limit = MOST_MS if body.for_ is None else c.ms(body.for_, MOST_MS)
        self.total_ms = max(LEAST_EVERY_MS, min(MOST_MS, limit))
        self._strip: Strip | None = None

    @property
    def strip(self) -> Strip:
        if self._strip is None:
            self._strip = strip(self.body.script, self.c)
        return self._strip

    def value(self, name: str) -> Any:
        return self.c.values.get(f"{self.key}.{name}")

    def find(self, at: int) -> tuple[int, Piece] | None:
        while at < OVER:
            piece = self.piece(at)
            if isinstance(piece, Piece):
                return at, piece
            at = piece
        return None

    def piece(self, at: int) -> Piece | int:
        """The piece of a stage, or the stage that comes in its place."""
        if at == GATE and self.known.agreed == "file":
            return LOCKED
        if at == GATE:
            return ITEM if self.known.agreed else self.gate()
        if at == ITEM:
            if not self.known.agreed and self.value("agreed") != said.agreed():
                return LOCKED
            return BEFORE if self.given is not None and self._may(self.given, self.with_given) else self.choice()
        if at == LOCKED:
            return self.locked()
        if at == DONE or self.item is None:
            return OVER
        if at == BEFORE:
            return self.before() if self.body.predict else FIRST
        if at < AFTER:
            number, rating = (at - FIRST + 1) // 2, (at - FIRST) % 2 == 0
            if rating:
                return self.rating(number)
            return AFTER if self.over(number) else self.stretch(number)
        if at == AFTER:
            return self.after()
        return self.next()

    # The stages

    def gate(self) -> Piece:
        return self._open(
            AskPrompt(
                id=f"{self.key}.agreed",
                text=said.gate(),
                required=True,
                answer="choice",
                options=(said.agreed(), said.not_agreed()),
            ),
            said.label("gate"),
        )

    def locked(self) -> Piece:
        if self.known.agreed == "file":
            items = [self._label(i) for i in ([self.given] if self.given else self.ladder.items)]
            text = "\n".join([said.in_a_file(), "", *(f"- {item}" for item in items)])
            return self._open(LearnPrompt(title=said.label("stretch"), text=text), said.label("stretch"))
        return self._open(LearnPrompt(title=said.locked_title(), text=said.locked()), said.label("gate"))

    def choice(self) -> Piece:
        """Which item; those that the client's checklist speaks against are not among them."""
        options = tuple(self._label(i) for i in self.ladder.items if self.offered(i))
        found = advise(self.ladder, self.runs())
        options += tuple(self._label(a, b) for a, b in self.pairs())
        text = said.which()
        if self.ladder.items and not options:
            text = said.none_fits()
        elif self.given is not None:
            text = said.not_this(self.words(self.given))
        elif found:
            tips = [f"{advice_words.head(a)}: {advice_words.sentence(a, self.ladder, *self.c.wanted)}" for a in found]
            text = "\n".join([text, *tips]) if self.runs() else text
        if not options:
            return self._open(LearnPrompt(title=said.label("item"), text=text), said.label("item"))
        return self._open(
            AskPrompt(id=f"{self.key}.item", text=text, answer="choice", options=options), said.label("item")
        )

    def before(self) -> Piece:
        return self._open(sheets.before(f"{self.key}.before", self.about()), said.label("before"))

    def rating(self, number: int) -> Piece:
        suds = SCALES["suds"]
        prompt = RatePrompt(
            id=f"{self.key}.suds.{number}",
            text=said.rating(number),
            low=suds.low,
            high=suds.high,
            increment=suds.increment,
            low_label=suds.low_label,
            high_label=suds.high_label,
            scale="suds",
        )
        bell = BellCue(at_ms=0, step=self.c.path, sound="bell", level_db=BELL_DB)
        piece = self._open(prompt, said.label("rating"))
        return replace(piece, cues=(bell,)) if number else piece

    def stretch(self, number: int) -> Piece:
        left = max(1000, self.total_ms - self.held_ms(number))
        start = self.start_ms(number)
        length = min(self.strip.end(start, min(self.every_ms, left)) - start, self.every_ms + 120_000)
        prompt = ExposePrompt(
            id=f"{self.key}.stretch.{number}",
            text=self.words(self.item) if self.item is not None else "",
            at_most_ms=length,
            about=self.about(),
            number=number,
        )
        return Piece(
            length_ms=None,
            cues=self.strip.between(start, start + length),
            prompt=prompt,
            label=said.label("stretch"),
        )

    def after(self) -> Piece:
        before = self.value("before")
        prompt = sheets.after(
            f"{self.key}.after",
            self.about(),
            predict=self.body.predict,
            chosen=bool(self.value("stopped")),
            safety=isinstance(before, Mapping) and bool(before.get("safety")),
        )
        return self._open(prompt, said.label("after"))

    def next(self) -> Piece:
        found = advise(self.ladder, (*self.runs(), *self.this()))
        text = advice_words.page(found, self.ladder, *self.c.wanted)
        return self._open(LearnPrompt(title=said.label("next"), text=text), said.label("next"))

    # What they ask

    def over(self, number: int) -> bool:
        """Whether no stretch of this number comes any more."""
        if self.value("stopped"):
            return True
        held = self.held_ms(number)
        if held >= self.total_ms - 1000:
            return True
        return number > 1 and self.body.until is not None and self.body.until.holds(self.figures(number))

    def figures(self, number: int) -> dict[str, Any]:
        """What `until` can ask about."""
        ratings = [v for k in range(number) if isinstance(v := self.value(f"suds.{k}"), int | float)]
        values = {**self.c.values, "minutes": self.held_ms(number) / 60_000}
        if ratings:
            peak = max(ratings)
            values |= {"suds": ratings[-1], "peak": peak, "fall": 100 * (peak - ratings[-1]) / peak if peak else 0}
        return values

    def held_ms(self, number: int) -> int:
        """How long the stretches before this one took."""
        return sum(self._took(k) for k in range(1, number))

    def _took(self, number: int) -> int:
        value = self.value(f"stretch.{number}")
        return round(value * 1000) if isinstance(value, int | float) else 0

    def start_ms(self, number: int) -> int:
        """Where on the strip a stretch begins."""
        at = 0
        for k in range(1, number):
            end = self.strip.end(at, self.every_ms)
            took = self._took(k)
            at = end if took >= end - at - 600 else self.strip.onward(at + took)
        return at

    def offered(self, item: LadderItem) -> bool:
        return self.known.flags.isdisjoint(item.cautions)

    def about(self) -> About:
        item, other = self.item, self.other
        assert item is not None
        both = () if other is None else tuple((i.key, self.words(i), i.suds) for i in (item, other))
        return About(
            ladder=self.c.say(self.ladder.title if isinstance(self.body.ladder, str) else self.c.script.title),
            key=pair_key(*(key for key, _words, _suds in both)) if both else item.key,
            words=self.words(item, other),
            suds=max((suds for _key, _words, suds in both), default=item.suds),
            combined=both,
            mode=item.mode or self.body.mode or self.ladder.mode,
            agreed=self.known.agreed or "confirmed",
            of_ms=self.total_ms,
        )

    def words(self, item: LadderItem, other: LadderItem | None = None) -> str:
        if other is None:
            return self.c.say(item.item)
        return said.together(*(self.c.say(i.item).rstrip(". ") for i in (item, other)))

    def pairs(self) -> list[tuple[LadderItem, LadderItem]]:
        """Two items that a model suggests to meet together, unless the checklist speaks against one of them."""
        found = [
            (self.ladder.find(a.item or ""), self.ladder.find(a.other or "")) for a in advise(self.ladder, self.runs())
        ]
        return [(a, b) for a, b in found if a is not None and b is not None and self._may(a, b)]

    def runs(self) -> tuple[Run, ...]:
        """What was done before on this ladder."""
        keys = {i.key for i in self.ladder.items}
        return tuple(r for r in self.known.runs if keys.issuperset(r.items))

    def this(self) -> tuple[Run, ...]:
        """This exposure, as far as it has come."""
        about, ratings, n = self.about(), [], 0
        while f"{self.key}.suds.{n}" in self.c.values or f"{self.key}.stretch.{n + 1}" in self.c.values:
            if isinstance(value := self.value(f"suds.{n}"), int | float):
                ratings.append([self.held_ms(n + 1), value])
            n += 1
        held = self.held_ms(n + 1)
        data = {
            "ladder": {"title": about.ladder},
            **about_item(about),
            "mode": about.mode,
            "before": self.value("before") or {},
            "ratings": ratings,
            "held_ms": held,
            "ended": "chosen" if self.value("stopped") else "time",
            "after": sheets.coded(self.value("after")),
        }
        run = read(data, day="9999-12-31")
        return () if run is None else (run,)

    @property
    def with_given(self) -> LadderItem | None:
        return None if self.body.with_ is None else self.ladder.find(self.c.say(self.body.with_))

    def _may(self, item: LadderItem, other: LadderItem | None) -> bool:
        return self.offered(item) and (other is None or self.offered(other))

    def _chosen(self) -> tuple[LadderItem | None, LadderItem | None]:
        given = self.c.values.get(f"{self.key}.item")
        item = next((i for i in self.ladder.items if self._label(i) == given), None)
        if item is not None or given is None:
            return item, None
        return next(((a, b) for a, b in self.pairs() if self._label(a, b) == given), (None, None))

    def _label(self, item: LadderItem, other: LadderItem | None = None) -> str:
        return f"{self.words(item, other)} ({max(item.suds, other.suds if other is not None else 0)})"

    def _open(self, prompt: Any, label: str) -> Piece:
        return Piece(length_ms=None, prompt=prompt, label=label)
