"""What is remembered from one session to the next: `settings.toml` in the data folder. Called by the host.

A person may write in this file too: what is theirs, comments included, stays as it is.

    [sound]
    volume = 0.8            # 0 to 1
    voice_db = 0.0          # the mixer, in decibels; -60 is off
    cues_db = 0.0
    bells_db = 0.0
    background_db = -6.0

`mindful.journal.preferences` declares every setting, and what each can be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.audio.levels import GROUPS, HIGHEST, OFF, Levels

if TYPE_CHECKING:
    from mindful.journal.preferences import Wrong

DEFAULT_VOLUME = 0.8
_ANY_SECTION = re.compile(r"^\s*\[", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
MOST_EASED = 6
"""As many levels as `timeline.ease` has."""
Value = bool | int | float | str


def section(path: Path, name: str) -> dict[str, Any]:
    """One section of the file; empty where nothing readable is there. Never raises."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    import tomllib  # most clients have no settings, and the first frame waits for this

    try:
        found = tomllib.loads(text).get(name)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def number(found: Mapping[str, Any], name: str, low: float, high: float, default: float) -> float:
    """A number of a section between two others; the default where there is none."""
    value = found.get(name)
    good = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    return float(value) if good and value is not None else default


def with_values(text: str, name: str, values: Mapping[str, Value | None]) -> str:
    """The file's text with these values in section `name`, without those that are None; all else stays.

    Raises ValueError where the text is no TOML, or holds the section in a way that has no lines of its own (an inline
    table), so that nothing of it is lost.
    """
    import tomllib

    tomllib.loads(text)
    lines = {k: f"{k} = {_written(v)}" for k, v in values.items() if v is not None}
    for gone in (k for k, v in values.items() if v is None):
        text = _without(text, name, gone)
    if not lines:
        return text
    head = re.search(rf"^[ \t]*\[{re.escape(name)}\][ \t]*(?:#.*)?$", text, re.MULTILINE)
    if head is None:
        new = f"{text.rstrip()}\n\n" if text.strip() else ""
        new += "\n".join([f"[{name}]", *lines.values(), ""])
    else:
        following = _ANY_SECTION.search(text, head.end())
        end = following.start() if following else len(text)
        body, missing = text[head.end() : end], []
        for key, line in lines.items():
            there = re.compile(rf"^([ \t]*){re.escape(key)}[ \t]*=[^#\n]*?([ \t]*(?:#.*)?)$", re.MULTILINE)
            found = there.search(body)
            if found is None:
                missing.append(f"\n{line}")
            else:
                body = f"{body[: found.start()]}{found[1]}{line}{found[2]}{body[found.end() :]}"
        new = text[: head.end()] + "".join(missing) + body + text[end:]
    tomllib.loads(new)
    return new


def _without(text: str, name: str, key: str) -> str:
    """The text without one line of a section; what stands around it stays. Raises ValueError where it has no line."""
    import tomllib

    from mindful.journal.preferences import line_of

    if key not in _inside(tomllib.loads(text), name):
        return text
    at = line_of(text, name, key)
    lines = text.split("\n")
    if at is not None:
        del lines[at - 1]
    new = "\n".join(lines)
    if key in _inside(tomllib.loads(new), name):
        raise ValueError(f"{key} has no line of its own")
    return new


def _inside(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _written(value: Value) -> str:
    """As TOML. A string of JSON is one of TOML, but for one character."""
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def remember(path: Path, name: str, values: Mapping[str, Value | None]) -> bool:
    """Write values of a section down; whether that was possible. Never raises: forgetting them does no harm."""
    from mindful.journal.files import write_atomic
    from mindful.journal.home import make_private

    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        new = with_values(text, name, values)
        if new != text:
            make_private(path.parent)
            write_atomic(path, new.encode())
    except (OSError, ValueError):
        return False
    return True


def volume(path: Path) -> float:
    """The loudness last used, 0 to 1."""
    return number(section(path, "sound"), "volume", 0, 1, DEFAULT_VOLUME)


def remember_volume(path: Path, level: float) -> bool:
    """Keep the loudness."""
    return remember(path, "sound", {"volume": round(min(1.0, max(0.0, level)), 2)})


def eased(path: Path, session: str) -> int:
    """The level of gentler breaths that the client came to in a session the last time; 0: as it was written."""
    return int(number(section(path, "eased"), session, 0, MOST_EASED, 0))


def remember_eased(path: Path, session: str, level: int) -> bool:
    """Keep it for the next time; a name that could not stand in the file is forgotten."""
    return bool(_BARE.fullmatch(session)) and remember(path, "eased", {session: level})


def voice(path: Path) -> tuple[str | None, str | None]:
    """The voice that the client wants and the command line of their own one: `[voice]` with `name` and `command`."""
    found = section(path, "voice")
    name, command = found.get("name"), found.get("command")
    return name if isinstance(name, str) else None, command if isinstance(command, str) else None


def reads_pages(path: Path) -> bool:
    """Whether the client wants pages to be read aloud."""
    return section(path, "voice").get("pages") is True


def sensors(path: Path) -> dict[str, str]:
    """The sensors that were chosen, `heart` and `eeg`; an empty name for none."""
    found = section(path, "sensor")
    return {kind: value if isinstance(value := found.get(kind), str) else "" for kind in ("heart", "eeg")}


def levels(path: Path) -> Levels:
    """The mixer as last set."""
    found = section(path, "sound")
    return Levels(**{group: number(found, f"{group}_db", OFF, HIGHEST, 0.0) for group in GROUPS})


def remember_levels(path: Path, levels: Levels) -> bool:
    """Keep the mixer."""
    return remember(path, "sound", {f"{group}_db": round(getattr(levels, group), 1) for group in GROUPS})


def word(found: Mapping[str, Any], name: str, known: Sequence[str]) -> str:
    """A word of a section that is one of `known`; else the first of them."""
    value = found.get(name)
    return value if isinstance(value, str) and value in known else known[0]


def screen(path: Path) -> tuple[str, str, str]:
    """(pacer, theme, night) that the client wants."""
    from mindful.journal.preferences import NIGHT, PACERS, THEMES

    found = section(path, "screen")
    return word(found, "pacer", PACERS), word(found, "theme", THEMES), word(found, "night", NIGHT)


def remember_pacer(path: Path, name: str) -> bool:
    """Keep how a breath is shown."""
    return remember(path, "screen", {"pacer": name})


def text_of(path: Path) -> str:
    """The file's text; empty where there is none that can be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def everything(path: Path) -> dict[tuple[str, str], Any]:
    """Every declared setting by section and name."""
    from mindful.journal.preferences import parsed, values

    text = text_of(path)
    return values(parsed(text)[0] if text else {})


def problems(path: Path) -> list[Wrong]:
    """What in the file cannot be used, in its order, changed keys among it."""
    text = text_of(path)
    if not text:
        return []
    from mindful.journal.preferences import KEYS, Wrong, line_of, wrong

    out = wrong(text)
    _, bad = _keys(text)
    out += [Wrong(line_of(text, KEYS, name), f"the key of “{name}”: {why}.") for name, why in bad.items()]
    return sorted(out, key=lambda w: w.line or 0)


def keymap(path: Path) -> dict[str, tuple[str, ...]]:
    """The keys that the client changed, by the name of the action; what cannot be used is left out."""
    text = text_of(path)
    return _keys(text)[0] if text else {}


def _keys(text: str) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    from mindful.journal.preferences import KEYS, parsed

    found = parsed(text)[0].get(KEYS)
    if not isinstance(found, dict):
        return {}, {}
    from mindful.tui.keymap import remapping

    wished, wrong_kind = {}, {}
    for name, value in found.items():
        each = [value] if isinstance(value, str) else value
        if isinstance(each, list) and each and all(isinstance(k, str) for k in each):
            wished[name] = tuple(each)
        else:
            wrong_kind[name] = 'it is a key in quotes, such as "x", or a list of keys'
    good, bad = remapping(wished)
    return good, {**wrong_kind, **bad}
