"""What a made-up client answers to a prompt. Pure but for its own dice and its memory of what was asked before."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mindful.author.better_end import better_end
from mindful.author.clients import Client, Range, Way
from mindful.timeline.model import (
    AnyPrompt,
    AskPrompt,
    ChoosePrompt,
    LearnPrompt,
    RatePrompt,
    SheetPrompt,
    question,
)


class Answering:
    """One client in one session."""

    def __init__(self, client: Client, dice: random.Random) -> None:
        self._client, self._dice = client, dice
        self._asked: Counter[str] = Counter()
        self._rated: Counter[str] = Counter()
        self.guessed: dict[str, None] = {}
        """Questions on a scale of the author's own of which it is not known which end is the good one."""

    def answer(self, prompt: AnyPrompt, key: str) -> Any:
        """The answer to the question `key` (its id, else where it stands); None leaves it open."""
        key = re.sub(r"\.\d+$", "", key)  # the ratings of one exposure are one question, asked again
        n = self._asked[key]
        self._asked[key] += 1
        client = self._client
        if isinstance(prompt, SheetPrompt):
            return self._sheet(prompt, key, n)
        if key in client.answers:
            given = client.answers[key]
            return _nth(given, n) if isinstance(given, list) and not _several(prompt) else given
        if key.endswith(".agreed") and isinstance(prompt, AskPrompt):
            return prompt.options[0]  # a made-up client has a made-up therapist
        if client.leaves_open and self._dice.random() < client.leaves_open:
            return None
        if isinstance(prompt, RatePrompt):
            # One rating after another of a scale, whatever their ids: `before` and `after` are two of one row.
            times = self._rated[prompt.scale]
            self._rated[prompt.scale] += 1
            return self._level(_nth(self._levels(prompt), times), prompt.low, prompt.high)
        if isinstance(prompt, ChoosePrompt):
            return self._option(client.chooses, prompt.options, n)
        if isinstance(prompt, LearnPrompt):
            return [self._index(client.replies.choice, len(q.options), n) for q in prompt.quiz]
        return self._reply(prompt, n) if isinstance(prompt, AskPrompt) else None

    def _levels(self, prompt: RatePrompt) -> Any:
        """What this client rates on such a scale, one time after another."""
        scales = self._client.scales
        if prompt.scale in scales:
            return scales[prompt.scale]
        if prompt.scale == "own" and "calm" in scales:
            end = better_end(prompt)
            if end == "high":
                return scales["calm"]
            if end is None:
                self.guessed[prompt.text] = None
        return scales.get("any")

    def _sheet(self, prompt: SheetPrompt, key: str, n: int) -> dict[str, Any] | None:
        """A sheet, field by field: what is given for the sheet (a map) or for `sheet.field`, else as any question."""
        given = _nth(self._client.answers.get(key), n)
        if key in self._client.answers and not isinstance(given, dict):
            return None
        known, told = given or {}, dict(self.guessed)
        values: dict[str, Any] = {}
        for field in prompt.fields:
            if field.holds(values):
                value = (
                    known.get(field.name)
                    if field.name in known
                    else self.answer(question(field), f"{key}.{field.name}")
                )
                if field.answer == "number" and isinstance(value, int | float):
                    value = min(max(value, field.low or value), field.high or value)
                values[field.name] = value
        self.guessed = told  # the scales of a sheet are not the author's: there is nothing to mend
        return values if any(v is not None for v in values.values()) else None

    def _reply(self, prompt: AskPrompt, n: int) -> Any:
        replies = self._client.replies
        match prompt.answer:
            case "number":
                return self._level(_nth(replies.number, n), 0, 10)
            case "yes-no":
                said = _nth(replies.yes_no, n)
                return self._dice.random() < 0.5 if said == "random" else said
            case "breaths":
                return self._level(_nth(replies.breaths, n), 4, 24)
            case "breath-count":
                return self._level(_nth(replies.breath_count, n), 0, 100)
            case "time":
                return replies.time
            case "choice":
                return self._option(replies.choice, prompt.options, n)
            case "choices":
                if replies.choice == "random":
                    return self._some(prompt.options)
                return [self._option(replies.choice, prompt.options, n)]
        return _nth(replies.text, n)

    def _level(self, level: Any, low: float, high: float) -> float | None:
        """A number from a number, a share of the scale, or a range; whole where the scale's ends are."""
        if level is None:
            return None
        if isinstance(level, Range):
            ends = (_on_scale(level.from_, low, high), _on_scale(level.to, low, high))
            number = self._dice.uniform(*ends)
        else:
            number = _on_scale(level, low, high)
            if not isinstance(level, str):
                return number
        return round(number) if high - low > 1 else round(number, 2)

    def _option(self, way: Way, options: Sequence[str], n: int) -> str:
        return options[self._index(way, len(options), n)]

    def _some(self, options: Sequence[str]) -> list[str]:
        """One or more of them, in their order: conditions may ask for several at once."""
        chosen = set(self._dice.sample(range(len(options)), self._dice.randint(1, len(options))))
        return [option for k, option in enumerate(options) if k in chosen]

    def _index(self, way: Way, count: int, n: int) -> int:
        if way == "random":
            return self._dice.randrange(count)
        return {"first": 0, "last": count - 1, "next": n % count}[way]


def _several(prompt: AnyPrompt) -> bool:
    """Whether a list is one answer to it."""
    return isinstance(prompt, LearnPrompt) or (isinstance(prompt, AskPrompt) and prompt.answer == "choices")


def _nth(given: Any, n: int) -> Any:
    if isinstance(given, list | tuple):
        return given[min(n, len(given) - 1)] if given else None
    return given


def _on_scale(level: float | str, low: float, high: float) -> float:
    if isinstance(level, str):
        return low + (high - low) * float(level.strip().removesuffix("%")) / 100
    return level
