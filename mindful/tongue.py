"""The words of the screen and of the plain lines in the client's language. English is written in the code.

`use` comes first: the command line calls it before a room that has words is imported, so a table of words at the top of
a module may be wrapped in `_` as it is built. English costs nothing: no catalogue is read, and `_` gives back what it
gets. Every room that a client reads calls `_`; the tools of authors stay English. Called by all floors; knows none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

FOLDER = Path(__file__).resolve().parent / "locale"
DOMAIN = "mindful"
LANGUAGES = ("en", "de")
"""What there are words in; the first is that of the code."""

_found: GNUTranslations | None = None
_now = "en"


def base_of(tag: str) -> str:
    """The language of a tag without its country: `de` of `de-AT` and `de_DE.UTF-8`."""
    return tag.partition(".")[0].partition("@")[0].replace("_", "-").partition("-")[0].casefold()


def said_in(tag: str, text: str) -> str:
    """The text in a language of its own, whatever is in use: what goes with a session is in the session's language.

    English where there are no words in that language.
    """
    base = base_of(tag)
    if base == _now:
        return _(text)
    found = _catalogue(base) if base in LANGUAGES[1:] else None
    return text if found is None else found.gettext(text)


def _catalogue(base: str) -> GNUTranslations | None:
    from gettext import GNUTranslations

    try:
        with (FOLDER / base / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
            return GNUTranslations(file)
    except Exception:  # whatever is wrong with it, the program goes on in English
        return None


def use(tag: str) -> str:
    """Speak this language from now on: `de`, `de-AT`, `de_DE.UTF-8`. One that is not there is English.

    Returns the language that it is. A catalogue that cannot be read leaves everything in English.
    """
    global _found, _now
    wanted = base_of(tag)
    _found, _now = None, "en"
    if wanted in LANGUAGES[1:] and (found := _catalogue(wanted)) is not None:
        _found, _now = found, wanted
    return _now


def language() -> str:
    """The language in use: one of `LANGUAGES`."""
    return _now


def asked(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language that a command line and an environment ask for, before either is looked at closely; or nothing."""
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word == "--language" and at + 1 < len(arguments):
            return arguments[at + 1]
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")


def _(text: str) -> str:
    """The text in the language in use; as it is where there is no other."""
    return text if _found is None or not text else _found.gettext(text)


def pgettext(context: str, text: str) -> str:
    """One of several senses of the same English; the context says which."""
    return text if _found is None else _found.pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - the name that such a mark has everywhere
    """Marks a text that is looked up later, where the English one is needed as well."""
    return text


def ngettext(one: str, more: str, count: int) -> str:
    """The form for this count."""
    if _found is None:
        return one if count == 1 else more
    return _found.ngettext(one, more, count)


def figure(value: float) -> str:
    """A number as it is written: `2.5`, in German `2,5`."""
    plain = f"{value:g}"
    return plain.replace(".", ",") if _now == "de" else plain


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def weekday(number: int) -> str:
    """The day's name; Monday is 0."""
    return _(_DAYS[number])


def month(number: int) -> str:
    """The month's name; January is 1."""
    return _(_MONTHS[number - 1])
