"""Open steps as native HTML forms. Script texts are other people's text: every one goes through `text`. Pure.

Called by `document`. The page's script shows a form when its moment comes; no answer leaves the page.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

from mindful.render.clean import drawn, one_line
from mindful.render.page import words
from mindful.script import markdown
from mindful.timeline.model import (
    AnyPrompt,
    AskPrompt,
    ChoosePrompt,
    KeyPrompt,
    LearnPrompt,
    RatePrompt,
    Segment,
    SheetPrompt,
    question,
)

MOST_RADIOS = 11
"""A scale with more places than this becomes a slider."""


def text(words_: str) -> str:
    """Other people's text for the inside of an element or of an attribute in double quotes."""
    return escape(one_line(words_), quote=True)


def form(number: int, segment: Segment, lang: str, *, only: str = "") -> str:
    """The form of an open step. `lang`: the language of its words. `only`: the one way that there is,
    where the program has several."""
    prompt = segment.prompt
    assert prompt is not None
    private = " data-private" if prompt.private else ""
    inside = "\n".join(_inside(number, segment, prompt, lang, only))
    asked = text(_title(prompt)) if isinstance(prompt, RatePrompt | AskPrompt | ChoosePrompt) else ""
    return (
        f'<form id="form-{number}" class="step" hidden data-asked="{asked}"{private} autocomplete="off">\n'
        f"{inside}\n{_buttons(prompt)}\n</form>"
    )


def _title(prompt: AnyPrompt) -> str:
    return prompt.title if isinstance(prompt, LearnPrompt | SheetPrompt) else prompt.text


def _inside(number: int, segment: Segment, prompt: AnyPrompt, lang: str, only: str) -> list[str]:
    name = f"answer-{number}"
    match prompt:
        case RatePrompt():
            note = [f'<p class="small">{text(words.SAME_WAY)}</p>'] if only else []
            return [_group(prompt.text, lang, _rate(name, prompt, lang)), *note]
        case ChoosePrompt():
            note = [f'<p class="small">{text(words.FIRST_WAY.format(option=only))}</p>'] if only else []
            return [_group(prompt.text, lang, _picks("radio", name, prompt.options, lang, required=True)), *note]
        case AskPrompt():
            return [_ask(name, prompt, lang)]
        case LearnPrompt():
            return _learn(number, prompt, lang)
        case SheetPrompt():
            return _sheet(name, prompt, lang)
        case KeyPrompt():
            own = {"breathe": words.WAIT_UNTIL, "sit": words.WAIT_SIT}.get(segment.kind)
            said = f"<p>{text(own)}</p>" if own else f'<p lang="{lang}" class="asked">{text(prompt.text)}</p>'
            watch = '<p class="watch" aria-hidden="true">0:00</p>'
            return [said, *([watch] if prompt.count else [])]


def _group(legend: str, lang: str, inside: str) -> str:
    return f'<fieldset>\n<legend lang="{lang}" class="asked">{text(legend)}</legend>\n{inside}\n</fieldset>'


def _rate(name: str, prompt: RatePrompt, lang: str) -> str:
    must = " required" if prompt.required else ""
    low, high = f"{prompt.low:g}", f"{prompt.high:g}"
    ends = ""
    if prompt.low_label or prompt.high_label:
        ends = (
            f'<p class="ends" id="{name}-ends" lang="{lang}"><span>{low}: {text(prompt.low_label)}</span> '
            f"<span>{high}: {text(prompt.high_label)}</span></p>"
        )
    tells = f' aria-describedby="{name}-ends"' if ends else ""
    places = round((prompt.high - prompt.low) / prompt.increment) + 1
    if places <= MOST_RADIOS:
        values = [prompt.low + k * prompt.increment for k in range(places)]
        radios = "".join(
            f'<label class="place"><input type="radio" name="{name}" value="{v:g}"{must}{tells}> {v:g}</label>'
            for v in values
        )
        return f'<div class="scale">{radios}</div>\n{ends}'
    middle = prompt.low + round((prompt.high - prompt.low) / 2 / prompt.increment) * prompt.increment
    return (
        f'<div class="slide"><input type="range" name="{name}" id="{name}" min="{low}" max="{high}" '
        f'step="{prompt.increment:g}" value="{middle:g}" aria-label="{text(prompt.text)}"{tells}>'
        f'<output for="{name}" data-open="{words.NOT_SET}">{words.NOT_SET}</output></div>\n{ends}'
    )


def _picks(kind: str, name: str, options: tuple[str, ...], lang: str, *, required: bool = False) -> str:
    must = " required" if required else ""
    return "\n".join(
        f'<label class="pick"><input type="{kind}" name="{name}" value="{k}"{must}> '
        f'<span lang="{lang}">{text(option)}</span></label>'
        for k, option in enumerate(options)
    )


def _ask(name: str, prompt: AskPrompt, lang: str) -> str:
    match prompt.answer:
        case "choice":
            return _group(prompt.text, lang, _picks("radio", name, prompt.options, lang))
        case "choices":
            return _group(prompt.text, lang, _picks("checkbox", name, prompt.options, lang))
        case "yes-no":
            return _group(prompt.text, lang, _picks("radio", name, (words.YES, words.NO), "en"))
    field = {
        "number": f'<input type="number" step="any" inputmode="decimal" name="{name}" id="{name}">',
        # On a page nothing taps along: who knows the number writes it.
        "breaths": f'<input type="number" step="any" min="2" max="40" inputmode="decimal" name="{name}" id="{name}">',
        "breath-count": f'<input type="number" step="1" min="0" inputmode="numeric" name="{name}" id="{name}">',
        "time": f'<input type="time" name="{name}" id="{name}">',
    }.get(prompt.answer, f'<textarea rows="4" name="{name}" id="{name}"></textarea>')
    return f'<label for="{name}" lang="{lang}" class="asked">{text(prompt.text)}</label>\n{field}'


def _sheet(name: str, prompt: SheetPrompt, lang: str) -> list[str]:
    """All fields beneath each other: on a page one goes back and forth by looking."""
    rows = [f'<h2 lang="{lang}" tabindex="-1">{text(prompt.title)}</h2>'] if prompt.title else []
    rows += [f'<p lang="{lang}">{text(prompt.text)}</p>'] if prompt.text else []
    for k, field in enumerate(prompt.fields):
        asked = question(replace(field, required=False))
        private = " data-private" if prompt.private or field.private else ""
        if isinstance(asked, RatePrompt):
            inside = _group(field.ask, lang, _rate(f"{name}-{k}", asked, lang))
        else:
            inside = _ask(f"{name}-{k}", asked, lang)
        if field.lead:
            inside = f'<p class="small" lang="{lang}">{text(field.lead)}</p>\n{inside}'
        more = f'\n<p class="small" lang="{lang}">{text(field.help)}</p>' if field.help else ""
        hangs = f'\n<p class="small">{words.IF_IT_APPLIES}</p>' if field.when is not None else ""
        rows.append(f'<div class="field" data-asked="{text(field.ask)}"{private}>\n{inside}{more}{hangs}\n</div>')
    return rows


def _learn(number: int, prompt: LearnPrompt, lang: str) -> list[str]:
    rows = [f'<h2 lang="{lang}" tabindex="-1">{text(prompt.title)}</h2>'] if prompt.title else []
    rows += _page(prompt.text, lang)
    if prompt.source:
        rows.append(f'<p class="small">{text(prompt.source)}</p>')
    for k, item in enumerate(prompt.quiz):
        right = text(words.QUIZ_OTHER.format(right=item.options[item.right].rstrip(".")))
        why = text(item.why)
        picks = _picks("radio", f"quiz-{number}-{k}", item.options, lang)
        rows.append(
            f'<div class="quiz" data-right="{item.right}" data-yes="{words.QUIZ_RIGHT}" data-other="{right}" '
            f'data-why="{why}">\n{_group(item.ask, lang, picks)}\n<p class="told" role="status"></p></div>'
        )
    return rows


def _page(words_: str, lang: str) -> list[str]:
    """The small Markdown as elements; entries that follow each other are one list."""
    rows: list[str] = []
    open_ = ""
    for block in markdown.blocks(words_):
        wanted = "" if block.kind != "entry" else "ol" if block.mark else "ul"
        if open_ and open_ != wanted:
            rows.append(f"</{open_}>")
            open_ = ""
        if wanted and not open_:
            start = f' start="{int(block.mark[:-1])}"' if block.mark and block.mark[:-1] != "1" else ""
            rows.append(f'<{wanted} lang="{lang}"{start}>')
            open_ = wanted
        rows += _block(block, lang)
    return [*rows, *([f"</{open_}>"] if open_ else [])]


_MARKS: dict[markdown.Emphasis, str] = {"strong": "strong", "thin": "em", "code": "code"}


def _block(block: markdown.Block, lang: str) -> list[str]:
    if block.kind == "picture":
        rows = "\n".join(escape(drawn(row), quote=True) for row in block.rows)
        said = f'<figcaption lang="{lang}">{text(markdown.plain(block.text))}</figcaption>' if block.text else ""
        return [f'<figure class="picture"><pre aria-hidden="true">{rows}</pre>{said}</figure>']
    inside = "".join(
        f"<{_MARKS[how]}>{_run(run)}</{_MARKS[how]}>" if how else _run(run) for run, how in markdown.spans(block.text)
    )
    if block.kind == "entry":
        return [f"<li>{inside}</li>"]
    tag = "h3" if block.kind == "heading" else "p"
    return [f'<{tag} lang="{lang}">{inside}</{tag}>']


def _run(words_: str) -> str:
    """A run of words as `text`, but for the blanks at its ends, which part it from the next."""
    lead, tail = words_[:1].isspace(), words_[-1:].isspace() and bool(words_.strip())
    return (" " if lead else "") + text(words_) + (" " if tail else "")


def _buttons(prompt: AnyPrompt) -> str:
    go = f'<button type="submit" class="main">{words.GO_ON}</button>'
    open_ = isinstance(prompt, RatePrompt | AskPrompt | SheetPrompt) and not prompt.required
    leave = f'<button type="button" class="leave">{words.LEAVE_OPEN}</button>' if open_ else ""
    return f'<p class="buttons">{go}{leave}</p>'
