"""From a file or a text to a programme and everything that is wrong with it. Never raises on what a person wrote.

The way is that of scripts: `mindful.script.nodes`, the models, then the checks. With `clinical` also what a colleague
would say, and the sessions that it names are read.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from mindful import assets
from mindful.script.load import MAX_BYTES, read_file
from mindful.script.model import Origin
from mindful.script.nodes import read
from mindful.script.problems import Code, Problem, Source, Span
from mindful.script.programme.checks import CHECKS
from mindful.script.programme.model import Programme
from mindful.script.programme.plan import Plan
from mindful.script.programme.validate import validate

FOLDER = "programmes"
_KEY = re.compile(r"""^(?:\{\s*)?["']?programme["']?\s*:""", re.MULTILINE)
_SCRIPT = re.compile(r"""^(?:\{\s*)?["']?mindful["']?\s*:""", re.MULTILINE)


@dataclass(frozen=True)
class Loaded:
    """What a programme is, and what is wrong with it."""

    programme: Programme | None
    """None only where one of `problems` is an error."""
    problems: tuple[Problem, ...]


def programme_files() -> dict[str, Path]:
    """Every bundled programme by its id (the file's stem), sorted by id."""
    return {p.stem: p for p in sorted((assets.sessions() / FOLDER).glob("*.yaml"), key=lambda p: p.stem)}


def is_programme(text: str) -> bool:
    """Whether a text means to be a programme and not a script: by the keys in its first column."""
    text = text.removeprefix("\ufeff")
    return bool(_KEY.search(text)) and not _SCRIPT.search(text)


def file_is_programme(path: Path) -> bool:
    """The same of a file; one that cannot be read is none."""
    try:
        with path.open("rb") as f:
            return is_programme(f.read(MAX_BYTES).decode("utf-8", "replace"))
    except (OSError, ValueError):
        return False


def load(path: Path, *, clinical: bool = False) -> Loaded:
    """The programme in a file; a file that cannot be read gives a problem, not an exception.

    With `clinical` also the advice for its author; the sessions that it names are read for it.
    """
    found = read_file(Path(path), str(path))
    if isinstance(found, Problem):
        return Loaded(None, (found,))
    raw, text, _ = found
    return loads(text, str(path), Path(path).parent, clinical=clinical, raw=raw)


def loads(
    text: str,
    file: str = "programme.yaml",
    folder: Path | None = None,
    *,
    clinical: bool = False,
    raw: bytes | None = None,
) -> Loaded:
    """The programme in a text. `folder` is where its paths start; without one it can name bundled sessions only."""
    raw = text.encode("utf-8", "surrogatepass") if raw is None else raw
    source = Source(file, text.removeprefix("\ufeff"))
    if len(raw) > MAX_BYTES:
        problem = source.problem(Code.TOO_LARGE, Span(0, 0), "this text is larger than 1 MiB", "it is plain text")
        return Loaded(None, (problem,))
    document = read(source)
    problems = list(document.problems)
    programme: Programme | None = None
    if document.readable:
        programme, found = validate(document)
        problems += found
    if programme is not None:
        programme = programme.model_copy(update={"id": programme.id or _id_of(file)})
        programme._origin = Origin(file, hashlib.sha256(raw).hexdigest())
        plan = Plan(programme, document, folder)
        for check in CHECKS:
            problems += check(plan)
        if clinical and not _errors(problems):
            from mindful.script.programme.advice import ADVICE

            for check in ADVICE:
                problems += check(plan)
    problems.sort(key=lambda p: (p.line, p.column))
    whole = tuple(dict.fromkeys(problems))
    return Loaded(None if _errors(whole) else programme, whole)


def _errors(problems: list[Problem] | tuple[Problem, ...]) -> bool:
    return any(p.severity == "error" for p in problems)


def _id_of(file: str) -> str:
    stem = re.sub(r"[^a-z0-9_-]+", "-", Path(file).stem.casefold()).strip("-_")
    return stem if re.match(r"[a-z]", stem) else f"programme-{stem}".rstrip("-")
