"""From a file or a text to a script and everything that is wrong with it. Never raises on what a person wrote.

This is the door of the room: the command line, the author's tools and the player come in here. A text goes through
`nodes` (plain data and places), `validate` (the models) and `checks` (what models cannot know); scripts that it
includes go the same way first.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from mindful import assets
from mindful.assets import find
from mindful.script.checks import CHECKS, Check
from mindful.script.codes import Code
from mindful.script.exposures import ladders
from mindful.script.files import inside
from mindful.script.model import Origin, Script
from mindful.script.nodes import read
from mindful.script.problems import Problem, Source, Span, near, quote
from mindful.script.questionnaires import Definition
from mindful.script.questionnaires import load as load_questionnaire
from mindful.script.remainder import remainder
from mindful.script.validate import MAX_STEPS, validate
from mindful.script.where import Where, all_steps

__all__ = ["MAX_BYTES", "Loaded", "Problem", "Script", "find", "load", "loads", "suggest"]

MAX_BYTES = 1024 * 1024
_ABOUT_NAMES = (Code.UNKNOWN_NAME.code, Code.LATER_NAME.code)
"""Not told while a question cannot be read whose name may be the one that is missed."""
_ONLY_NOT_PLAYED = {Code.NOT_PLAYED.code}
"""What keeps a script from being played, but not from being read."""
MAX_INCLUDES = 8
"""Scripts within scripts within scripts."""


@dataclass(frozen=True)
class Loaded:
    """What a script is, and what is wrong with it."""

    script: Script | None
    """None only where one of `problems` is an error."""
    problems: tuple[Problem, ...]
    """In the order of the file; those of included scripts behind, with their own file."""
    silenced: tuple[Problem, ...] = ()
    """What the rules of good practice found where the script silences them, with its reason."""


def suggest(name: str) -> list[str]:
    """Bundled session ids that a person may have meant by `name`, best first."""
    return near(Path(name).stem if name else name, list(assets.session_files()), 3)


def load(path: Path, *, clinical: bool = False, further: tuple[Check, ...] = ()) -> Loaded:
    """The script in a file; a file that cannot be read gives a problem, not an exception.

    With `clinical` also what the rules of good practice (`mindful.script.clinical`) say of it, which is for its author
    and not for the player. `further` are checks of floors above, for scripts without errors: they know how long things
    take.
    """
    return _Loading(clinical, further=further).file(Path(path), str(path))


def loads(
    text: str,
    file: str = "script.yaml",
    folder: Path | None = None,
    *,
    clinical: bool = False,
    further: tuple[Check, ...] = (),
) -> Loaded:
    """The script in a text.

    `file` is what problems call it, and its stem the script's default id. `folder` is where the script's paths start;
    without one it can name no files.
    """
    return _Loading(clinical, further=further).text(text.encode("utf-8", "surrogatepass"), text, file, folder)


@dataclass
class _Loading:
    """One call of `load`: which scripts are being read, and which were."""

    clinical: bool = False
    """Whether the rules of good practice look at the script itself; never at those that it includes."""
    chain: tuple[Path, ...] = ()
    done: dict[Path, Loaded] = field(default_factory=dict)
    further: tuple[Check, ...] = ()

    def file(self, path: Path, name: str) -> Loaded:
        found = read_file(path, name)
        if isinstance(found, Problem):
            return Loaded(None, (found,))
        raw, text, place = found
        return self.text(raw, text, name, path.parent, place)

    def text(self, raw: bytes, text: str, name: str, folder: Path | None, place: Path | None = None) -> Loaded:
        source = Source(name, text.removeprefix("\ufeff"))
        if len(raw) > MAX_BYTES:
            return _failed(source, Code.TOO_LARGE, "this text is larger than 1 MiB", "a script is plain text")
        document = read(source)
        problems = list(document.problems)
        script: Script | None = None
        sure = True
        if document.readable:
            script, found = validate(document)
            problems += found
            if script is None and Code.TOO_MANY_STEPS.code not in {p.code for p in found}:
                script, sure = remainder(document.data)  # found has errors, and so it is not given out
        others: list[Problem] = []
        if script is not None:
            script = script.model_copy(update={"id": script.id or _id_of(name)})
            script._origin = Origin(name, hashlib.sha256(raw).hexdigest())
            where = Where(document, folder)
            inner = _Loading(False, (*self.chain, *([place] if place else [])), self.done)
            included, found, others = inner.includes(script, where)
            script._included = included
            script._questionnaires, asked = _questionnaires(script, where)
            problems += [*found, *asked]
            script._ladders, found, more = ladders(script, where)
            problems += found
            others += more
            for check in CHECKS:
                problems += (p for p in check(script, where) if sure or p.code not in _ABOUT_NAMES)
        if script is not None and not _errors((*problems, *others)):
            problems += (p for check in self.further for p in check(script, where))
        silenced: tuple[Problem, ...] = ()
        if self.clinical and script is not None and not _errors(problems) - _ONLY_NOT_PLAYED:
            from mindful.script.clinical import advise  # never loaded by the player

            advice = advise(script, where)
            problems += advice.problems
            silenced = advice.silenced
        problems.sort(key=lambda p: (p.line, p.column))
        whole = tuple(dict.fromkeys((*problems, *others)))
        return Loaded(None if _errors(whole) else script, whole, silenced)

    def includes(self, script: Script, where: Where) -> tuple[dict[str, Script], list[Problem], list[Problem]]:
        """The scripts that this one includes, the problems at its `include` steps, and those within the others."""
        found: dict[str, Script] = {}
        problems: list[Problem] = []
        others: list[Problem] = []
        total = 0
        for placed in all_steps(script):
            total += 1
            if placed.step.include is None:
                continue
            name, path = placed.step.include.script, (*placed.body, "script")
            file = self._included_file(where.folder, name)
            if isinstance(file, tuple):
                problems.append(where.problem(file[0], path, file[1], file[2]))
                continue
            place = file.resolve()
            if place in self.chain or len(self.chain) > MAX_INCLUDES:
                ring = " → ".join(p.name for p in (*self.chain[-4:], place))
                message = "this would include the script in itself" if place in self.chain else "included too deeply"
                problems.append(where.problem(Code.INCLUDE_CYCLE, path, f"{message}: {ring}", "leave this step out"))
                continue
            if place not in self.done:
                self.done[place] = self.file(file, _name_beside(where.document.source.file, name, file))
            loaded = self.done[place]
            others += loaded.problems
            if loaded.script is None:
                count = sum(p.severity == "error" for p in loaded.problems)
                message = f"the script {quote(name)} has {count} problem{'s' if count != 1 else ''} of its own"
                problems.append(where.problem(Code.INCLUDE_BROKEN, path, message, "they are listed with its own name"))
                continue
            found[name] = loaded.script
            total += _size(loaded.script)
            if total > MAX_STEPS:
                message = "with this, the script has more than 5,000 steps"
                problems.append(where.problem(Code.TOO_MANY_STEPS, path, message, "include fewer scripts"))
                break
        return found, problems, others

    def _included_file(self, folder: Path | None, name: str) -> Path | tuple[Code, str, str]:
        file = inside(folder, name)
        if isinstance(file, Path):
            return file
        bundled = assets.session_files()
        if name in bundled:
            return bundled[name]
        if file[0] is Code.FILE:
            meant = next(iter(near(name, list(bundled))), "")
            hint = f"did you mean `{meant}`?" if meant else file[2] or "check the spelling"
            return Code.INCLUDE, f"{quote(name)} is neither a file beside the script nor a bundled session", hint
        return file


def read_file(path: Path, name: str) -> tuple[bytes, str, Path] | Problem:
    """The bytes and the text of a file, and where it really lies; or why it cannot be read."""
    source = Source(name, "")
    try:
        if path.is_dir():
            return _unread(source, Code.UNREADABLE, "this is a folder, not a script", _in_folder(path))
        if not path.is_file():
            return _unread(source, Code.UNREADABLE, "there is no such file", _hint(name))
        with path.open("rb") as f:
            raw = f.read(MAX_BYTES + 1)
        place = path.resolve()
    except (OSError, ValueError) as e:
        reason = e.strerror if isinstance(e, OSError) and e.strerror else "its name cannot be used"
        return _unread(source, Code.UNREADABLE, f"this file cannot be read ({reason.lower()})", "")
    if len(raw) > MAX_BYTES:
        hint = "a script is plain text; recordings lie beside it"
        return _unread(source, Code.TOO_LARGE, "this file is larger than 1 MiB", hint)
    try:
        return raw, raw.decode("utf-8"), place
    except UnicodeDecodeError as e:
        return _not_utf8(name, raw, e)


def _questionnaires(script: Script, where: Where) -> tuple[dict[str, Definition], list[Problem]]:
    """The questionnaires that steps name, and what is wrong with them."""
    found: dict[str, Definition] = {}
    problems: list[Problem] = []
    for placed in all_steps(script):
        if placed.step.questionnaire is None:
            continue
        name, path = placed.step.questionnaire.name, (*placed.body, "name")
        one = load_questionnaire(name, where.folder)
        if isinstance(one, tuple):
            problems.append(where.problem(one[0], path, one[1], one[2]))
        elif not one.items:
            message = f"the words of {quote(name)} may not come with this program, so it cannot be asked yet"
            problems.append(where.problem(Code.QUESTIONNAIRE_WORDS, path, message, one.text_from))
        else:
            found[name] = one
    return found, problems


def _errors(problems: Iterable[Problem]) -> set[str]:
    """The codes of what keeps it from being played."""
    return {p.code for p in problems if p.severity == "error"}


def _size(script: Script) -> int:
    """Steps of a script, with those it includes."""
    total = 0
    for placed in all_steps(script):
        total += 1
        if placed.step.include is not None and placed.step.include.script in script.included:
            total += _size(script.included[placed.step.include.script])
        if total > MAX_STEPS:
            break
    return total


def _unread(source: Source, code: Code, message: str, hint: str) -> Problem:
    return source.problem(code, Span(0, 0), message, hint)


def _failed(source: Source, code: Code, message: str, hint: str) -> Loaded:
    return Loaded(None, (_unread(source, code, message, hint),))


def _in_folder(path: Path) -> str:
    try:
        first = min((p for p in path.iterdir() if p.suffix in (".yaml", ".yml", ".json") and p.is_file()), default=None)
    except OSError:
        first = None
    return f"name a file in it, such as `{path / first.name}`" if first else "name a file in it"


def _hint(name: str) -> str:
    meant = suggest(name)
    return (
        f"did you mean the bundled session `{meant[0]}`?" if meant else "check the spelling of its name and its folder"
    )


def _not_utf8(name: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    before = raw[: error.start].decode("utf-8", "replace")
    source = Source(name, raw.decode("utf-8", "replace"))
    line = len(re.findall(r"\r\n|[\n\r]", before))
    column = len(re.split(r"\r\n|[\n\r]", before)[-1])
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:200]:
        message = "this file is not plain UTF-8 text: it is saved as UTF-16, or it is no text at all"
    else:
        message = f"this character is not saved as UTF-8 (byte {raw[error.start]:#04x})"
    return source.problem(Code.NOT_UTF8, Span(line, column), message, "save the file anew with the encoding UTF-8")


def _id_of(name: str) -> str:
    """A name from a file's stem: `Evening (2).yaml` is evening-2."""
    stem = re.sub(r"[^a-z0-9_-]+", "-", Path(name).stem.casefold()).strip("-_")
    return stem if re.match(r"[a-z]", stem) else f"script-{stem}".rstrip("-")


def _name_beside(script_file: str, name: str, file: Path) -> str:
    """What to call an included file: as the script does where it lies beside it, else by its bundled name."""
    beside = Path(script_file).parent / name
    return str(beside) if beside.suffix and beside.name == file.name else file.name


class _Callable(ModuleType):
    """`from mindful.script import load` gives this module once it was imported: it can be called like its function."""

    def __call__(self, path: Path) -> Loaded:
        return load(path)


sys.modules[__name__].__class__ = _Callable
