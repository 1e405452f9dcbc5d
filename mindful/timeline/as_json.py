"""The timeline as plain data, version 1: what `mindful outline --json` prints (`docs/timeline.md`)."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from mindful.script.model import Script
from mindful.timeline.model import (
    AnyCue,
    BellCue,
    CaptionCue,
    Outline,
    PhaseCue,
    Prompt,
    SayCue,
    Segment,
    SoundCue,
    StepSpan,
    StretchCue,
)

VERSION = 1
_NAMES: dict[type, str] = {
    BellCue: "bell",
    PhaseCue: "phase",
    SayCue: "say",
    CaptionCue: "caption",
    SoundCue: "sound",
    StretchCue: "stretch",
}


def _plain(value: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for f in fields(value):
        v = getattr(value, f.name)
        if v is not None:
            out[f.name] = list(v) if isinstance(v, tuple) else v
    return out


def cue_json(cue: AnyCue) -> dict[str, Any]:
    """`{"at_ms", "cue", "step", ...}`; what is not given is left out."""
    plain = _plain(cue)
    return {"at_ms": plain.pop("at_ms"), "cue": _NAMES[type(cue)], **plain}


def _prompt_json(prompt: Prompt) -> dict[str, Any]:
    plain = _plain(prompt)
    if "quiz" in plain:
        plain["quiz"] = [_plain(q) for q in plain["quiz"]]
    if "anchors" in plain:
        plain["anchors"] = [list(a) for a in plain["anchors"]]
        if not plain["anchors"]:
            del plain["anchors"]
    if "fields" in plain:
        plain["fields"] = [_plain(f) for f in plain["fields"]]
        plain["about"] = dict(plain["about"])
        plain.pop("works", None)
    return {"prompt": type(prompt).__name__.removesuffix("Prompt").lower(), **plain}


def _span_json(span: StepSpan) -> dict[str, Any]:
    plain = {"span": "step", **_plain(span), "length_ms": span.length_ms}
    plain.pop("named", None)  # for tables of this program; the label says all that others need
    parts = [{**_plain(p), "held": [list(h) for h in p.held]} for p in plain.pop("parts")]
    return {**plain, "parts": parts} if parts else plain


def segment_json(segment: Segment) -> dict[str, Any]:
    """One segment; `length_ms` is null while open."""
    out: dict[str, Any] = {
        "index": segment.index,
        "step": segment.step,
        "kind": segment.kind,
        "open": segment.open,
        "length_ms": segment.length_ms,
        "cues": [cue_json(c) for c in segment.cues],
        "spans": [_span_json(s) for s in segment.spans],
    }
    if segment.prompt is not None:
        out["prompt"] = _prompt_json(segment.prompt)
    if segment.loop is not None:
        out["loop"] = list(segment.loop)
    if segment.when is not None:
        out["when"] = segment.when
    return out


def session_json(script: Script, language: str = "") -> dict[str, Any]:
    """Which script a timeline or a record belongs to."""
    return {
        "id": script.id,
        "title": script.title.source(language, script.language),
        "sha256": script.origin.sha256,
        "format": script.mindful,
    }


def outline_json(script: Script, outline: Outline) -> dict[str, Any]:
    """The whole timeline as plain data."""
    return {
        "mindful_timeline": VERSION,
        "session": session_json(script),
        "total_ms": outline.total_ms,
        "min_ms": outline.bounds.min_ms,
        "max_ms": outline.bounds.max_ms,
        "longest_way_ms": outline.bounds.longest_way_ms,
        "segments": [
            {**segment_json(segment), "earliest_ms": start}
            for segment, start in zip(outline.segments, outline.starts_ms, strict=True)
        ],
    }
