"""Forms for what belongs to a therapy: questionnaires, sheets, exposure, feedback. Pure; listed by `author.forms`."""

from __future__ import annotations

import re

from mindful.author import yaml_text
from mindful.author.form_parts import NAME_HINT, Field, Form, Values, flow, length

_LAYERS = ("none", "ocean", "rain", "stream", "wind", "drone")
_SUDS = re.compile(r"(?P<item>.*\S)\s*[\s:=(]\s*(?P<suds>\d{1,3})\)?")


def _named(v: Values, *pairs: tuple[str, str], kind: str, short: str = "") -> list[str]:
    """A step with an id of its own, by which its parts are known."""
    head = [f"- id: {v['id']}"] if v["id"].strip() else []
    body = flow(kind, *pairs, short=short)
    return [*head, f"  {body}"] if head else [f"- {body}"]


def _questionnaire(v: Values) -> list[str]:
    bands = "true" if v["bands"] == "yes" else ""
    return _named(v, ("name", v["name"]), ("every", v["every"]), ("bands", bands), kind="questionnaire")


def _thought_record(v: Values) -> list[str]:
    form = "" if v["form"] == "record" else v["form"]
    return _named(v, ("form", form), ("columns", "" if form else v["columns"]), kind="thought_record")


def _plan(v: Values) -> list[str]:
    goals = [yaml_text.scalar(g) for g in v["goals"].split(",") if g.strip()]
    listed = f"[{', '.join(goals)}]" if goals and v["form"] in ("goal", "check-in") else ""
    return _named(v, ("form", "" if v["form"] == "goal" else v["form"]), ("goals", listed), kind="plan")


def _ladder(words: str) -> list[str]:
    """One item a line; without a number of its own an item lies between the easiest and the hardest."""
    items = [part.strip() for part in re.split(r"[;,]", words) if part.strip()]
    out = []
    for n, words_ in enumerate(items):
        m = _SUDS.fullmatch(words_)
        item, suds = (m["item"].rstrip(" :=("), m["suds"]) if m else (words_, str(_between(n, len(items))))
        out.append(f"      - {{item: {yaml_text.scalar(item)}, suds: {suds}}}")
    return out


def _between(at: int, count: int) -> int:
    """SUDS for an item that has none yet: from 30 up to 80 in equal steps."""
    return 50 if count == 1 else 30 + round(50 * at / (count - 1))


def _exposure(v: Values) -> list[str]:
    return [
        "- exposure:",
        "    ladder:",
        *_ladder(v["items"]),
        f"    mode: {v['mode']}",
        f"    for: {length(v['for'])}",
        f"    ask_every: {length(v['every'])}",
        *([f"  id: {v['id']}"] if v["id"] else []),
    ]


def _layer(v: Values) -> str:
    return "" if v["sound"] == "none" else v["sound"]


def _hrv(v: Values) -> list[str]:
    if v["assess"] == "yes":
        return ["- " + flow("hrv_biofeedback", ("for", length(v["for"])), ("assess", "true"))]
    feedback = "" if v["feedback"] == "lock" else v["feedback"]
    pairs = (("for", length(v["for"])), ("pace", v["pace"].strip()), ("feedback", feedback), ("sound", _layer(v)))
    return ["- " + flow("hrv_biofeedback", *pairs)]


def _neurofeedback(v: Values) -> list[str]:
    pairs = (
        *(("protocol", v["protocol"]), ("for", length(v["for"])), ("blocks", v["blocks"].strip())),
        *(("baseline", length(v["baseline"])), ("sound", _layer(v))),
    )
    return ["- " + flow("neurofeedback", *pairs)]


FORMS: tuple[Form, ...] = (
    Form("questionnaire", "a standard questionnaire, counted", (
        Field("id", "Name of the answer", "scale", hint=NAME_HINT),
        Field("name", "Which", "phq-9", hint="phq-9, phq-2, gad-7, gad-2, who-5, k6, k10, or a file of your own"),
        Field("every", "At most every", "7 days", needed=False, hint="left out when it was answered more recently"),
        Field("bands", "What a number is called", "no", ("no", "yes"), hint="such as “mild”; else only the number"),
    ), _questionnaire),
    Form("thought_record", "a thought record, or an experiment", (
        Field("id", "Name of the answer", "record", hint=NAME_HINT),
        Field("form", "Which", "record", ("record", "experiment", "outcome"), hint="outcome: of an experiment"),
        Field("columns", "Columns of a record", "7", ("5", "7")),
    ), _thought_record),
    Form("plan", "a plan or a diary", (
        Field("id", "Name of the answer", "plan", hint=NAME_HINT),
        Field("form", "Which", "goal",
              ("goal", "check-in", "sleep-diary", "activity", "activity-review", "wellness", "wellness-review")),
        Field("goals", "Goals", "sleep", needed=False,
              hint="of a plan or a check-in: sleep, activity, nutrition, movement, stress, connection, or your own"),
    ), _plan),
    Form("exposure", "meeting what is feared, agreed on beforehand", (
        Field("items", "What is feared", "A short walk 30, A long walk 60",
              hint="from easier to harder, each with its SUDS, commas between"),
        Field("mode", "How it is done", "in-vivo", ("in-vivo", "imaginal", "interoceptive")),
        Field("for", "How long", "20 min"),
        Field("every", "Rated every", "2 min"),
        Field("id", "Name of the answers", "", needed=False, hint=NAME_HINT),
    ), _exposure),
    Form("hrv_biofeedback", "breathing with one's own heart, by a strap", (
        Field("for", "How long", "10 min"),
        Field("pace", "Breaths a minute", "", needed=False, hint="empty: the client's own where it is known, else 6"),
        Field("feedback", "What is shown", "lock", ("lock", "coherence"), hint="lock: how the heart follows the pacer"),
        Field("sound", "What follows the heart", "none", _LAYERS),
        Field("assess", "Find the client's pace", "no", ("no", "yes"), hint="yes: five paces, about eleven minutes"),
    ), _hrv),
    Form("neurofeedback", "feedback of one's own brain, by a headset", (
        Field("protocol", "Which rhythm", "alpha", ("alpha", "alpha_theta", "smr", "frontal_theta", "asymmetry")),
        Field("for", "How long", "10 min", hint="without the rests between its blocks"),
        Field("blocks", "In how many blocks", "", needed=False, hint="empty: one for each two minutes"),
        Field("baseline", "Sitting before it", "2 min", hint="what the feedback is compared with"),
        Field("sound", "What follows the brain", "stream", _LAYERS[1:]),
    ), _neurofeedback),
)  # fmt: skip
