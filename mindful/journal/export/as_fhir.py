"""An HL7 FHIR R4 bundle: what was practised as Observations, what was answered as QuestionnaireResponses.

See `mindful.journal.export`. A session is coded as `mindfulSession` of the Personal Health Record guide (ballot 2,
2025). Totals of standard questionnaires have their LOINC codes; a script's own questions have a Questionnaire made
from their names, since a record does not hold the question's words. The patient is one nameless resource, for whoever
receives it to match. Nothing here is an assessment.

Sources: hl7.org/fhir/R4 (observation, questionnaire, questionnaireresponse), hl7.org/fhir/uv/phr
(observation-pghd-codes), loinc.org.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from mindful.journal.export import Choice, Records, Written
from mindful.journal.export.choosing import chosen

ENDING = ".fhir.json"
PGHD = "http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_SPACE = uuid.UUID("a6d4e3b0-3c0a-5f0e-9d5c-6d696e646675")
"""For names made of ids: the same record has the same name in every export."""

PATIENT = "urn:uuid:" + str(uuid.uuid5(_SPACE, "patient\0me"))
"""How the other resources name the patient; within a bundle references go by `fullUrl`."""

TOTALS: dict[str, tuple[str, str]] = {
    "phq-9": ("44261-6", "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]"),
    "phq-2": ("55758-7", "Patient Health Questionnaire 2 item (PHQ-2) total score [Reported]"),
    "gad-7": ("70274-6", "Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]"),
    "gad-2": ("70273-8", "Generalized anxiety disorder 2 item (GAD-2) total score [Reported.PHQ]"),
}
"""LOINC codes of total scores."""


def write(records: Records, out: BinaryIO, choice: Choice) -> Written:
    """Write a bundle of type `collection`, entry by entry."""
    count = withheld = 0
    forms: set[str] = set()
    out.write(b'{"resourceType": "Bundle", "type": "collection", "entry": [\n')
    out.write(_entry({"resourceType": "Patient", "id": PATIENT.removeprefix("urn:uuid:")}))
    for record in records():
        given, hidden = chosen(record, choice)
        for resource in resources(given, forms):
            out.write(b",\n" + _entry(resource))
        count, withheld = count + 1, withheld + hidden
    out.write(b"\n]}\n")
    return Written(count, withheld)


def resources(record: Mapping[str, Any], forms: set[str]) -> Iterator[dict[str, Any]]:
    """The resources of one record. `forms`: ids of the Questionnaires in the bundle so far; new ones are added."""
    yield session(record)
    answers = {name: value for name, value in record["answers"].items() if value not in (None, "", [], {})}
    if answers:
        form = questionnaire(record, answers)
        if form["id"] not in forms:
            forms.add(form["id"])
            yield form
        yield response(record, answers, form)
    yield from scores(record)


def session(record: Mapping[str, Any]) -> dict[str, Any]:
    """The practice itself."""
    minutes = round(record["elapsed_ms"] / 60_000, 3)
    found: dict[str, Any] = {
        "resourceType": "Observation",
        "id": name("session", record["id"]),
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:" + name("session", record["id"])}],
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": "activity", "display": "Activity"}]}],
        "code": {
            "coding": [{"system": PGHD, "code": "mindfulSession", "display": "Mindful session"}],
            "text": _text(record["session"]["title"]),
        },
        "subject": {"reference": PATIENT},
        "performer": [{"reference": PATIENT}],
        "effectivePeriod": {"start": record["started"], "end": max(record["started"], record["ended"], key=_moment)},
        "component": [
            {"code": {"text": "Time practised, without pauses"}, "valueQuantity": _quantity(minutes, "minute", "min")},
            {"code": {"text": "How it ended"}, "valueString": record["status"]},
        ],
    }
    if record["simulated"]:
        found["status"] = "entered-in-error"  # a made-up client; nobody practised
    if record["note"].strip():
        found["note"] = [{"text": _text(record["note"])}]
    return found


def questionnaire(record: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The questions that this script asked, as far as the record knows them."""
    items = [
        {"linkId": link, "text": text, "type": kind, **({"repeats": True} if several else {})}
        for link, text, kind, several in _items(answers)
    ]
    key = record["session"]["id"] + "\0" + json.dumps(items, sort_keys=True)
    return {
        "resourceType": "Questionnaire",
        "id": name("questionnaire", key),
        "url": "urn:uuid:" + name("questionnaire", key),
        "status": "active",
        "subjectType": ["Patient"],
        "title": _text(record["session"]["title"]),
        "item": items,
    }


def response(record: Mapping[str, Any], answers: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered."""
    values = dict(_flat(answers))
    items = [
        {"linkId": item["linkId"], "text": item["text"], "answer": _answers(values[item["linkId"]])}
        for item in form["item"]
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": name("response", record["id"]),
        "questionnaire": form["url"],
        "status": "completed" if record["status"] == "completed" else "stopped",
        "subject": {"reference": PATIENT},
        "authored": record["ended"],
        "author": {"reference": PATIENT},
        "item": items,
    }


def scores(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Total scores of the standard questionnaires that have a LOINC code."""
    for place, step in enumerate(record["steps"]):
        data = step["data"]
        name_of, total = data.get("questionnaire"), _total(data)
        if step["kind"] != "questionnaire" or name_of not in TOTALS or total is None:
            continue
        code, display = TOTALS[name_of]
        yield {
            "resourceType": "Observation",
            "id": name("score", f"{record['id']}/{place}"),
            "status": "final",
            "category": [{"coding": [{"system": CATEGORY, "code": "survey", "display": "Survey"}]}],
            "code": {"coding": [{"system": LOINC, "code": code, "display": display}]},
            "subject": {"reference": PATIENT},
            "effectiveDateTime": record["ended"],
            "valueQuantity": _quantity(total, "score", "{score}"),
        }


def _total(data: Mapping[str, Any]) -> float | None:
    """The score of the scale `total`, where it could be counted."""
    scores = data.get("scores")
    total = scores.get("total") if isinstance(scores, Mapping) else None
    score = total.get("score") if isinstance(total, Mapping) else None
    return score if isinstance(score, int | float) and not isinstance(score, bool) else None


def name(kind: str, key: str) -> str:
    """A UUID that the same thing has in every export."""
    return str(uuid.uuid5(_SPACE, f"{kind}\0{key}"))


def _items(answers: Mapping[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Of each question its id, its name, its type, and whether it may have several answers."""
    return sorted(
        (link, link.replace(".", ": ").replace("_", " "), _kind(value), isinstance(value, list))
        for link, value in _flat(answers)
    )


def _flat(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Answers of a sheet are items of their own: `sheet.field`."""
    for link, value in answers.items():
        if isinstance(value, Mapping):
            yield from ((f"{link}.{k}", v) for k, v in value.items() if v not in (None, "", [], {}))
        else:
            yield link, value


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "decimal" if isinstance(value, int | float) else "string"


def _answers(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, bool):
        return [{"valueBoolean": value}]
    if isinstance(value, int | float):
        return [{"valueDecimal": value}]
    if isinstance(value, list):
        return [{"valueString": _text(each if isinstance(each, str) else json.dumps(each))} for each in value]
    return [{"valueString": _text(value if isinstance(value, str) else json.dumps(value))}]


def _text(value: str) -> str:
    """Text as FHIR takes it: not empty, no control characters but tab and line ends, no lone surrogates."""
    plain = "".join(c for c in value if c in "\t\n\r" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF)).strip()
    return plain or "-"


def _quantity(value: float, unit: str, code: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def _moment(text: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


def _entry(resource: Mapping[str, Any]) -> bytes:
    full = PATIENT if resource["resourceType"] == "Patient" else f"urn:uuid:{resource['id']}"
    return json.dumps({"fullUrl": full, "resource": resource}, ensure_ascii=False).encode()
