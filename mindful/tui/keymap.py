"""Which keys a client may give to an action, and how they are shown. Pure; called by the app and the settings.

Apart from the registry, as nothing of it is needed for the first frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mindful.tongue import _
from mindful.tui import keys

ENDING = {"leave": ("ctrl+c", "ctrl+q"), "stop": ("ctrl+c", "ctrl+q"), "end": ("q", "escape"), "close": ("q",)}
"""Keys that always end, whatever else is set."""
ROOMS: tuple[tuple[str, ...], ...] = (("player", "form"), *((s,) for s in keys.SCOPES if s not in ("player", "form")))
"""Scopes whose keys hold at one time. The mixer's come before those of the session while it is open."""
_NAMED = {
    "space", "enter", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up", "down", "left",
    "right", "escape", "comma", "full_stop", "slash", "question_mark", "plus", "minus", "equals_sign", "semicolon",
    "colon", "apostrophe", "quotation_mark", "left_square_bracket", "right_square_bracket", "backslash",
    "grave_accent", "exclamation_mark", "number_sign", "asterisk", "underscore",
}  # fmt: skip


def usable(key: str) -> bool:
    """Whether an action can have it: a letter or digit, a named key, F1 to F12; any with ctrl, shift or alt."""
    *with_, last = key.split("+")
    function = last[:1] == "f" and last[1:].isdigit() and 1 <= int(last[1:]) <= 12
    single = len(last) == 1 and (last.isalnum())
    return (single or function or last in _NAMED) and set(with_) <= {"ctrl", "shift", "alt"}


def changed_keys(name: str, wished: Iterable[str]) -> tuple[str, ...]:
    """The keys of an action that a client changed: theirs, and those that always end."""
    return tuple(dict.fromkeys((*wished, *ENDING.get(name, ()))))


def remapping(wanted: Mapping[str, Iterable[str]]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """What of a wished-for key map can be had: (keys by action, what is wrong by action, in words).

    A wish is refused alone: an action that is not there, a key that is none, and a key that means something else on
    the same screen. A key that another changed action gave up is free.
    """
    known = {a.name for scope in keys.SCOPES.values() for a in scope}
    good: dict[str, tuple[str, ...]] = {}
    wrong: dict[str, str] = {}
    for name, wished in wanted.items():
        bad = [key for key in wished if not usable(key)]
        if name not in known:
            wrong[name] = _("there is no action of this name")
        elif bad:
            wrong[name] = _("“{bad}” is no key that this program knows").format(bad=bad[0])
        else:
            good[name] = changed_keys(name, wished)
    while clash := _clash(good):
        name, key, other = clash
        wrong[name] = _("“{key}” means “{other}” on the same screen already").format(key=key, other=other)
        del good[name]
    return good, wrong


def _clash(changed: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """(a changed action, the key, the action that has it too), or None."""
    for room in ROOMS:
        there: dict[str, str] = {}
        own = [a for scope in room for a in keys.SCOPES[scope]]
        for a in sorted(own, key=lambda a: a.name in changed):
            for key in changed.get(a.name, a.keys):
                other = there.setdefault(key, a.name)
                if other != a.name and a.name in changed:
                    return a.name, key, other
    return None


_SIGNS = {
    "comma": ",", "full_stop": ".", "slash": "/", "question_mark": "?", "plus": "+", "minus": "-", "equals_sign": "=",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "escape": _("Esc"), "pageup": _("Page Up"),
    "pagedown": _("Page Down"),
}  # fmt: skip


def shown(wished: Iterable[str]) -> str:
    """Keys as a person reads them: `x`, `Ctrl+K`, `F5`."""
    first = next(iter(wished), "")
    return "+".join(_SIGNS.get(k, k if len(k) == 1 else k.capitalize()) for k in first.split("+"))
