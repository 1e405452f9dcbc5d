"""What a question asked, for the record: a number without its question and its scale says nothing to who reads it."""

from __future__ import annotations

from typing import Any

from mindful.timeline.model import AnyPrompt, AskPrompt, ChoosePrompt, ExposePrompt, KeyPrompt, LearnPrompt, RatePrompt


def asked(prompt: AnyPrompt | None, key: str) -> dict[str, Any]:
    """The `data` of a step that asks one thing or shows one page. `answer` says under which name the answer is."""
    match prompt:
        case RatePrompt():
            ends = {"low": prompt.low_label, "high": prompt.high_label}
            told = {name: said for name, said in ends.items() if said}
            scale = {"scale": prompt.scale, "from": _whole(prompt.low), "to": _whole(prompt.high), **told}
            return {"answer": key, "ask": prompt.text, **scale}
        case AskPrompt():
            options = {"options": list(prompt.options)} if prompt.options else {}
            return {"answer": key, "ask": prompt.text, "kind": prompt.answer, **options}
        case ChoosePrompt():
            return {"answer": key, "ask": prompt.text, "options": list(prompt.options)}
        case LearnPrompt():
            page = prompt.title or next((line.strip("# ") for line in prompt.text.splitlines() if line.strip()), "")
            return {"page": page, **({"answer": key} if prompt.quiz else {})}
        case ExposePrompt() | KeyPrompt() | None:
            return {}
    return {}


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
