"""The drawings of a report as Vega-Lite, and their SVG. Marks differ by shape or place, never by colour alone.

The library draws in the process and is given no address that it may load from. Colours keep apart in every kind of
colour vision and in grey (Okabe and Ito 2008, Color Universal Design).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mindful.render.report.blocks import Chart
from mindful.tongue import _, language

Spec = dict[str, Any]
WIDTH, HEIGHT = 600, 170
BLUE, ORANGE, GREY = "#0072b2", "#b34700", "#5a5a5a"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_CONFIG: Spec = {
    "font": FONT,
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelColor": "#333", "titleColor": "#333", "gridColor": "#e4e4e4", "domainColor": "#999", "tickColor": "#999",
    },
    "legend": {"labelFontSize": 12, "labelColor": "#333", "orient": "top", "title": None, "symbolSize": 70},
}  # fmt: skip
_SEPARATION = 14
"""Pixels between labels: a page may have a wider font than the one that was measured."""
_DAYS: Spec = {
    "format": "%-d %b", "grid": False, "tickCount": 6, "labelOverlap": True, "labelSeparation": _SEPARATION,
}  # fmt: skip
_GERMAN: Spec = {
    "dateTime": "%A, %d. %B %Y, %X", "date": "%d.%m.%Y", "time": "%H:%M", "periods": ["AM", "PM"],
    "days": ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    "shortDays": ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
    "months": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
               "November", "Dezember"],
    "shortMonths": ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
}  # fmt: skip


class PlotError(RuntimeError):
    """The library that draws is not installed."""


def available() -> bool:
    """Whether the library that draws is installed."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


def svg(chart: Chart) -> str:
    """The drawing as an SVG element that can stand in a page with others. Raises PlotError."""
    try:
        import vl_convert
    except ImportError as error:
        raise PlotError("vl-convert-python") from error
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "description": chart.about, **chart.spec}
    german = _GERMAN if language() == "de" else None
    drawn = vl_convert.vegalite_to_svg(spec, config=_CONFIG, allowed_base_urls=[], time_format_locale=german)
    # the names of clips would be the same in every drawing of a page
    drawn = re.sub(r'(id="|url\(#)(\w+)', rf"\g<1>{chart.name}-\g<2>", drawn)
    return re.sub(r'\sstyle="[^"]*"', "", drawn)  # the page allows no style but its own


def minutes(stretches: Sequence[tuple[date, float]], months: bool) -> Spec:
    """Bars: minutes in each week, or in each month."""
    values = [{"from": day.isoformat(), "minutes": round(spent, 1)} for day, spent in stretches]
    count = len(values)
    axis = {
        "labelAngle": 0,
        "labelOverlap": True,
        "labelSeparation": _SEPARATION,
        "format": "%b %y" if months else "%-d %b",
        "grid": False,
        "ticks": False,
    }
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": values},
        "mark": {"type": "bar", "color": BLUE, "width": {"band": 0.7 if count > 1 else 0.1}, "cornerRadiusEnd": 2},
        "encoding": {
            "x": {"field": "from", "type": "ordinal", "timeUnit": "yearmonth" if months else "yearmonthdate",
                  "title": None, "axis": axis},
            "y": {"field": "minutes", "type": "quantitative", "title": _("minutes"), "axis": {"tickCount": 4}},
        },
    }  # fmt: skip


def pairs(values: Sequence[tuple[date, float, float]], change: tuple[float, float, float] | None) -> Spec:
    """Each session's rating from before and after, joined; beside it the mean change with its interval."""
    before, after = _("before"), _("after")
    joined = [{"n": n, "day": d.isoformat(), "b": b, "a": a} for n, (d, b, a) in enumerate(values)]
    points = [
        {"n": row["n"], "day": row["day"], "value": row[key], "when": said}
        for row in joined
        for key, said in (("b", before), ("a", after))
    ]
    x = {"field": "day", "type": "temporal", "title": None,
         "axis": _DAYS}  # fmt: skip
    top = max(max(b, a) for _d, b, a in values)
    scale = {"domain": [0, 100 if top > 10 else 10], "nice": False}
    over_time: Spec = {
        "width": WIDTH - (130 if change else 0),
        "height": HEIGHT + 20,
        "layer": [
            {
                "data": {"values": joined},
                "mark": {"type": "rule", "color": GREY, "opacity": 0.5},
                "encoding": {"x": x, "y": {"field": "b", "type": "quantitative", "scale": scale, "title": _("rating")},
                             "y2": {"field": "a"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": {"field": "value", "type": "quantitative", "scale": scale},
                    "color": {"field": "when", "type": "nominal",
                              "scale": {"domain": [before, after], "range": [ORANGE, BLUE]}},
                    "shape": {"field": "when", "type": "nominal",
                              "scale": {"domain": [before, after], "range": ["circle", "square"]}},
                },
            },
        ],
    }  # fmt: skip
    if change is None:
        return over_time
    return {"hconcat": [over_time, _interval(*change)], "spacing": 24}


def _interval(mean: float, low: float, high: float) -> Spec:
    """One mean with its interval, and zero."""
    row = [{"mean": mean, "low": low, "high": high}]
    most = max(abs(low), abs(high)) * 1.15 or 1
    y = {"type": "quantitative", "scale": {"domain": [-most, most], "nice": False}}
    return {
        "width": 46,
        "height": HEIGHT + 20,
        "data": {"values": row},
        "layer": [
            {"data": {"values": [{"zero": 0}]}, "mark": {"type": "rule", "color": GREY, "strokeDash": [4, 3]},
             "encoding": {"y": {"field": "zero", **y, "title": _("mean change"), "axis": {"tickCount": 5}}}},
            {"mark": {"type": "rule", "color": BLUE, "strokeWidth": 3},
             "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "color": BLUE, "size": 110, "shape": "diamond", "opacity": 1},
             "encoding": {"y": {"field": "mean", **y}}},
        ],
    }  # fmt: skip


def course(values: Sequence[tuple[date, float]], what: str, most: float | None = None) -> Spec:
    """Points over the days, joined; with `most` on the whole scale from 0."""
    scale: Spec = {"zero": False} if most is None else {"domain": [0, most], "nice": False}
    rows: list[Mapping[str, Any]] = [{"day": d.isoformat(), "value": v} for d, v in values]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": rows},
        "mark": {"type": "line", "color": BLUE, "strokeWidth": 1.5,
                 "point": {"filled": True, "size": 45, "color": BLUE}},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "title": None,
                  "axis": _DAYS},
            "y": {"field": "value", "type": "quantitative", "title": what, "scale": scale},
        },
    }  # fmt: skip


def lines(minutes: Sequence[float], found: Mapping[str, Sequence[float | None]], unit: str) -> Spec:
    """Up to two lines over the minutes of a training, told apart by dashes and by colour; holes stay holes."""
    rows = [
        {"minute": round(at, 3), "value": value, "what": name}
        for name, values in found.items()
        for at, value in zip(minutes, values, strict=False)
    ]
    names = list(found)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": 1.6, "invalid": "break-paths-show-domains"},
        "encoding": {
            "x": {"field": "minute", "type": "quantitative", "title": _("minutes"), "axis": {"grid": False}},
            "y": {"field": "value", "type": "quantitative", "title": unit, "axis": {"tickCount": 5}},
            "color": {"field": "what", "type": "nominal", "scale": {"domain": names, "range": [BLUE, ORANGE]}},
            "strokeDash": {"field": "what", "type": "nominal",
                           "scale": {"domain": names, "range": [[1, 0], [5, 3]]}},
        },
    }  # fmt: skip


def shares(found: Sequence[tuple[float, float]], wanted: float | None) -> Spec:
    """Bars of shares over the minutes, with a rule where a share was wanted."""
    rows = [{"from": at, "to": at + 0.45, "share": round(100 * share, 1)} for at, share in found]
    bars: Spec = {
        "data": {"values": rows},
        "mark": {"type": "bar", "color": BLUE},
        "encoding": {
            "x": {"field": "from", "type": "quantitative", "title": _("minutes"), "axis": {"grid": False}},
            "x2": {"field": "to"},
            "y": {"field": "share", "type": "quantitative", "title": _("rewarded, %"),
                  "scale": {"domain": [0, 100]}, "axis": {"tickCount": 5}},
            "y2": {"datum": 0},
        },
    }  # fmt: skip
    rule: Spec = {
        "data": {"values": [] if wanted is None else [{"share": round(100 * wanted, 1)}]},
        "mark": {"type": "rule", "color": ORANGE, "strokeDash": [5, 3], "strokeWidth": 1.5},
        "encoding": {"y": {"field": "share", "type": "quantitative"}},
    }
    return {"width": WIDTH, "height": HEIGHT - 50, "layer": [bars, rule]}


def paces(found: Sequence[tuple[float, float]], best: float | None) -> Spec:
    """How far a heart swung at each pace, and the pace that was found."""
    curve: Spec = {
        "data": {"values": [{"pace": pace, "swing": swing} for pace, swing in found]},
        "mark": {"type": "line", "color": BLUE, "strokeWidth": 1.5,
                 "point": {"filled": True, "size": 60, "color": BLUE}},
        "encoding": {
            "x": {"field": "pace", "type": "quantitative", "title": _("breaths a minute"),
                  "scale": {"zero": False}, "axis": {"grid": False, "values": [pace for pace, _swing in found]}},
            "y": {"field": "swing", "type": "quantitative", "title": _("swing, beats a minute"),
                  "scale": {"zero": True}},
        },
    }  # fmt: skip
    rule: Spec = {
        "data": {"values": [] if best is None else [{"pace": best}]},
        "mark": {"type": "rule", "color": ORANGE, "strokeDash": [5, 3], "strokeWidth": 1.5},
        "encoding": {"x": {"field": "pace", "type": "quantitative"}},
    }
    return {"width": WIDTH * 0.6, "height": HEIGHT, "layer": [curve, rule]}
