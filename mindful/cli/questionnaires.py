"""`mindful questionnaires`: what there is, whose it is, filling one in, and the numbers so far."""

from __future__ import annotations

import json
from typing import Any

import click

from mindful.cli import exits, filled, options
from mindful.cli.helped import Group
from mindful.cli.say import fail, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, figure, language


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def questionnaires(ctx: click.Context) -> None:
    """Standard questionnaires: which there are, under which licence, and your numbers so far.

    Without a command, they are listed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_all)


@questionnaires.command("list")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def list_all(json_: bool = False) -> None:
    """List them, with their licences."""
    from mindful.script.questionnaires import Definition, bundled, bundled_names

    known = [d for name in bundled_names() if isinstance(d := bundled(name), Definition)]
    if json_:
        rows = [
            {
                "id": d.id, "title": d.title.source(language()), "items": len(d.ids), "words": bool(d.items),
                "audience": d.audience, "licence": d.licence, "source": d.source, "attribution": d.attribution,
            }
            for d in known
        ]  # fmt: skip
        out(json.dumps({"mindful_questionnaires": 1, "questionnaires": rows}, ensure_ascii=False, indent=2))
        return
    for d in known:
        notes = [_("{count} questions").format(count=len(d.ids))]
        if d.audience == "clinician":
            notes.append(_("for clinicians"))
        if not d.items:
            notes.append(_("without its words"))
        out(f"{d.id:<8}  {d.about.source(language())} ({', '.join(notes)})")
        out(f"          {d.licence}")


@questionnaires.command()
@click.argument("name")
def show(name: str) -> None:
    """All that is known of one: its words, how it is counted, whose it is."""
    d = _definition(name)
    tongue = language()
    rows = [d.title.source(tongue), d.about.source(tongue), "", d.ask.source(tongue)]
    rows += [f"  {number}. {item.text.source(tongue)}" for number, item in enumerate(d.items, 1)]
    if not d.items:
        rows.append(f"  {d.text_from}")
    rows += ["", *(f"  {figure(o.score)}  {o.text.source(tongue)}" for o in d.options), ""]
    for scale in d.scales:
        names = [str(d.ids.index(item) + 1) for item in d.scored(scale)]
        title = f"{scale.title.source(tongue)}: " if scale.title is not None else ""
        times = f" × {figure(scale.multiply)}" if scale.multiply != 1 else ""
        rows.append(_("{title}sum of {names}{times}").format(title=title, names=", ".join(names), times=times))
        rows += [f"  {figure(b.from_)} – {figure(b.to)}  {b.text.source(tongue)}" for b in scale.bands]
    rows += ["", d.missing_rule, "", d.source, d.licence, d.attribution]
    for row in rows:
        out(printable(row))


def _definition(name: str) -> Any:
    from mindful.script.questionnaires import load

    found = load(name, None)
    if isinstance(found, tuple):
        fail(exits.USAGE, f"{found[1][:1].upper()}{found[1][1:]}.", found[2][:1].upper() + found[2][1:] + ".")
    return found


@questionnaires.command()
@click.argument("name")
@click.option("--bands", is_flag=True, help="Show what a number is called in the literature.")
@filled.ANSWER
@options.playing
def fill(name: str, bands: bool, answers: tuple[str, ...], **wanted: Any) -> int:
    """Fill in NAME now. The number is yours; it is no diagnosis."""
    d = _definition(name)
    if not d.items:
        fail(exits.USAGE, _("The words of {name} may not come with this program.").format(name=d.id), d.text_from)
    step = {"id": "answers", "questionnaire": {"name": d.id, "bands": bands}}
    data = {"id": f"questionnaire-{d.id}", "title": d.title.source(language()), "steps": [step]}
    return filled.play_made(data, wanted, answers)


@questionnaires.command()
@click.argument("name", required=False)
@click.option("--json", "json_", is_flag=True, help="As JSON, with every answer.")
def history(name: str | None, json_: bool) -> None:
    """Your numbers so far, the latest first; of NAME, or of all."""
    from mindful.journal import past, store

    try:
        entries = store.look(home.journal()).entries
    except OSError as error:
        fail(exits.FAILED, _("The journal could not be read: {value}.").format(value=error.strerror or ""))
    found = [a for entry in entries for a in past.answered(entry) if name in (None, a.name)]
    if json_:
        rows = [
            {
                "when": a.when.isoformat(),
                "name": a.name,
                "scores": dict(a.scores),
                "items": dict(a.items),
                "record": a.record,
            }
            for a in found
        ]
        out(json.dumps({"mindful_scores": 1, "answered": rows}, ensure_ascii=False, indent=2))
        return
    for n, a in enumerate(found):
        before = next((b for b in found[n + 1 :] if b.name == a.name), None)
        for scale, one in a.scores.items():
            out(f"{a.when:%Y-%m-%d}  {a.name:<8}  {_number(scale, one, before)}".rstrip())
    if not found:
        tell(filled.EMPTY)


def _number(scale: str, one: Any, before: Any) -> str:
    """`14 of 27 (-3)`; nothing is said of what it means."""
    score = one.get("score")
    label = "" if scale in ("total", "percentage") else f"{printable(scale)}: "
    if score is None:
        return label + _("no number: too much was left open")
    told = label + _("{score} of {most}").format(score=figure(score), most=figure(one.get("to") or 0))
    then = before.scores.get(scale, {}).get("score") if before is not None else None
    return told if then is None else f"{told} ({score - then:+g})"
