"""Forms for practice with the body: scan, relax, move, ground. Pure; listed by `author.forms`."""

from __future__ import annotations

from mindful.author import yaml_text
from mindful.author.form_parts import Field, Form, Values, flow, length, listed

_SENSES = (("see", "5"), ("touch", "4"), ("hear", "3"), ("smell", "2"), ("taste", "1"))
_THINGS = ("0", "1", "2", "3", "4", "5", "6", "7")


def _scan(v: Values) -> list[str]:
    begin = "" if v["from"] == "feet" or v["regions"].strip() else v["from"]
    return ["- " + flow("scan", ("regions", listed(v["regions"])), ("each", length(v["each"])), ("from", begin))]


def _relax(v: Values) -> list[str]:
    groups = v["groups"].strip()
    if groups not in ("16", "7", "4"):
        groups = listed(groups)
    return ["- " + flow("relax", ("groups", groups), ("tense", length(v["tense"])), ("release", length(v["release"])))]


def _move(v: Values) -> list[str]:
    out = ["- move:", "    poses:"]
    sides = "both" if v["sides"] == "both" else ""
    for name in ("first", "second", "third"):
        if v[name].strip():
            hold = length(v["hold"]) if v["hold"].strip() else ""
            pairs = (("say", yaml_text.scalar(v[name])), ("hold", hold), ("sides", sides))
            out.append("      - " + flow("", *pairs).removeprefix(": "))
    return out


def _ground(v: Values) -> list[str]:
    counted = [(sense, v[sense].strip()) for sense, _ in _SENSES if v[sense].strip() not in ("", "0")]
    senses = f"{{{', '.join(f'{sense}: {things}' for sense, things in counted)}}}" if counted else ""
    advance = "timed" if v["advance"] == "timed" else ""
    return ["- " + flow("ground", ("senses", senses), ("advance", advance))]


FORMS: tuple[Form, ...] = (
    Form("scan", "attention through the body", (
        Field("regions", "Places, in their order", "", needed=False, hint="with commas between; empty: a whole body"),
        Field("each", "Silence at each", "30 s"),
        Field("from", "A whole body begins at", "feet", ("feet", "head")),
    ), _scan),
    Form("relax", "muscles tensed and let go", (
        Field("groups", "Groups of muscles", "7", hint="16, 7 or 4; or places with commas between"),
        Field("tense", "Tensed for", "6 s"),
        Field("release", "Silence after letting go", "30 s"),
    ), _relax),
    Form("move", "gentle movement", (
        Field("first", "First movement", "Lift both arms as far as is comfortable."),
        Field("second", "Second movement", needed=False),
        Field("third", "Third movement", needed=False),
        Field("hold", "Held for", "10 s", needed=False),
        Field("sides", "On", "one side", ("one side", "both"), hint="both: each comes again on the other side"),
    ), _move),
    Form("ground", "5-4-3-2-1 with the senses", (
        *(Field(sense, f"Things to {sense}", things, _THINGS, hint="0 leaves it out" if sense == "see" else "")
          for sense, things in _SENSES),
        Field("advance", "Goes on", "key", ("key", "timed"), hint="key: when the client presses one; timed: by itself"),
    ), _ground),
)  # fmt: skip
