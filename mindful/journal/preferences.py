"""Every setting of `settings.toml`, declared once: its name, what it can be, and what it does in plain words.

The settings screen, the reading of the file and what is said about a wrong value all follow from `DECLARED`. To add a
setting, add it here and read it where it is used. Pure: no file is touched. Called by the command line and the screen.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mindful.tongue import LANGUAGES, _

Kind = Literal["switch", "number", "choice", "text"]
KEYS = "keys"
"""The section of changed keys: `action = "key"`, or a list of keys. The screen knows which actions there are."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the file."""

    section: str
    name: str
    kind: Kind
    default: Any
    about: str
    """What it does, for a person who does not know the program."""
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 1
    step: float = 1
    unit: str = ""

    def fits(self, value: object) -> bool:
        """Whether a value can be used."""
        if self.kind == "switch":
            return isinstance(value, bool)
        if self.kind == "number":
            return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high
        return isinstance(value, str) and (self.kind == "text" or value in self.choices)

    @property
    def can_be(self) -> str:
        """What it can be, in words: `0 to 1`, `true or false`."""
        if self.kind == "switch":
            return _("true or false")
        if self.kind == "number":
            return _("a number from {low:g} to {high:g}").format(low=self.low, high=self.high)
        if self.kind == "text":
            return _("words in quotes")
        *more, last = (f'"{c}"' for c in self.choices)
        return _("{more} or {last}").format(more=", ".join(more), last=last) if more else last

    def stepped(self, value: Any, by: int) -> Any:
        """The next value in one direction; a text stays as it is."""
        if self.kind == "switch":
            return not value
        if self.kind == "choice":
            at = self.choices.index(value) if value in self.choices else 0
            return self.choices[(at + by) % len(self.choices)]
        if self.kind == "number":
            return round(min(self.high, max(self.low, float(value) + by * self.step)), 2)
        return value


PACERS = ("circle", "wave", "column", "ring", "petals", "word", "none")
THEMES = ("auto", "dark", "light", "contrast", "colour-blind")
NIGHT = ("auto", "on", "off")
"""What `[screen]` may say; the first is what holds where it says nothing. A test compares them with what there is."""
_MIXED = _("How loud {} in decibels, on top of what a session sets; 0 is as made, -60 is off.")

DECLARED: tuple[Setting, ...] = (
    Setting("sound", "volume", "number", 0.8, _("How loud everything is, 0 to 1."), step=0.05),
    Setting("sound", "voice_db", "number", 0.0, _MIXED.format(_("the voice is,")), low=-60, high=6, step=3, unit="dB"),
    Setting(
        "sound", "cues_db", "number", 0.0, _MIXED.format(_("the breath tone is,")), low=-60, high=6, step=3, unit="dB"
    ),
    Setting("sound", "bells_db", "number", 0.0, _MIXED.format(_("bells are,")), low=-60, high=6, step=3, unit="dB"),
    Setting(
        "sound",
        "background_db",
        "number",
        0.0,
        _MIXED.format(_("the background is,")),
        low=-60,
        high=6,
        step=3,
        unit="dB",
    ),
    Setting(
        "voice", "name", "text", "", _("Who speaks: a voice's name, or none. Left empty, each session's own voice.")
    ),
    Setting(
        "voice", "command", "text", "", _("A program of your own that speaks a line, for the voice called command.")
    ),
    Setting("voice", "pages", "switch", False, _("Whether the voice reads pages, too. You go on whenever you like.")),
    Setting(
        "screen",
        "pacer",
        "choice",
        "circle",
        _("How a breath is shown where a session does not say; v changes it while one plays."),
        choices=PACERS,
    ),
    Setting(
        "screen",
        "language",
        "choice",
        "auto",
        _("The language of pages and lines, from the next start on; auto is that of the computer."),
        choices=("auto", *LANGUAGES),
    ),
    Setting("screen", "theme", "choice", "auto", _("The colours; auto asks the terminal."), choices=THEMES),
    Setting("screen", "night", "choice", "auto", _("Dim colours; auto is from 21:00 to 06:00."), choices=NIGHT),
    Setting(
        "sensor",
        "heart",
        "text",
        "",
        _("The heart-rate strap, as “mindful devices” names it. Empty for none."),
    ),
    Setting("sensor", "eeg", "text", "", _("The EEG headset, as “mindful devices” names it. Empty for none.")),
    Setting(
        "journey",
        "streak",
        "switch",
        False,
        _("Whether the journey counts days in a row. Gaps are nothing bad; off is fine."),
    ),
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something in the file that cannot be used, and so is as if it were not there."""

    line: int | None
    """From 1; None where it has no line of its own."""
    text: str

    def __str__(self) -> str:
        where = f"settings.toml, line {self.line}: " if self.line is not None else "settings.toml: "
        return where + self.text


def declared(section: str, name: str) -> Setting | None:
    """The setting of that name."""
    return next((s for s in DECLARED if (s.section, s.name) == (section, name)), None)


def values(found: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """Every setting's value from the data of a file; the default where it is not set, or wrong."""
    out = {}
    for setting in DECLARED:
        section = found.get(setting.section)
        value = section.get(setting.name) if isinstance(section, dict) else None
        out[setting.section, setting.name] = value if setting.fits(value) else setting.default
    return out


def parsed(text: str) -> tuple[dict[str, Any], list[Wrong]]:
    """The data of a file, and the place where it is no TOML at all."""
    import tomllib

    try:
        return tomllib.loads(text), []
    except ValueError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        return {}, [Wrong(line, _("this cannot be read, so none of the settings are used. A line is name = value."))]


def wrong(text: str) -> list[Wrong]:
    """What in the file cannot be used, in its order. Sections that nothing here knows belong to the person."""
    data, out = parsed(text)
    sections = {s.section for s in DECLARED}
    for name, section in data.items():
        if name == KEYS:
            continue
        if name not in sections:
            if near := difflib.get_close_matches(name, sorted({*sections, KEYS}), 1, 0.75):
                out.append(
                    Wrong(
                        line_of(text, name),
                        _("there is no section “{name}”. Did you mean [{near}]?").format(name=name, near=near[0]),
                    )
                )
            continue
        if not isinstance(section, dict):
            out.append(
                Wrong(
                    line_of(text, name),
                    _("“{name}” is a section: write [{name}], and its settings below.").format(name=name),
                )
            )
            continue
        for key, value in section.items():
            if problem := _problem(name, key, value):
                out.append(Wrong(line_of(text, name, key), problem))
    return sorted(out, key=lambda w: w.line or 0)


def _problem(section: str, key: str, value: object) -> str:
    setting = declared(section, key)
    if setting is None:
        names = [s.name for s in DECLARED if s.section == section]
        near = difflib.get_close_matches(key, names, 1, 0.6)
        meant = (
            _("Did you mean {near}?").format(near=near[0])
            if near
            else _("There are: {names}.").format(names=", ".join(names))
        )
        return _("[{section}] has no setting “{key}”. {meant}").format(section=section, key=key, meant=meant)
    if setting.fits(value):
        return ""
    used = f"“{setting.default}”" if isinstance(setting.default, str) else str(setting.default).lower()
    return _("{key} can be {can_be}. Until then it is {used}.").format(key=key, can_be=setting.can_be, used=used)


def line_of(text: str, section: str, key: str = "") -> int | None:
    """The line of a section's head, or of one of its settings. None where there is no such line."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        head = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?$", line)
        if head:
            inside = head[1].strip("\"'") == section
            if inside and not key:
                return number
        elif (inside or not key) and re.match(rf"\s*[\"']?{re.escape(key or section)}[\"']?\s*=", line):
            return number
    return line_of(text, section) if key else None
