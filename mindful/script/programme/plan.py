"""A programme that is being checked: the programme, where its parts stand, and the sessions that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from mindful import assets
from mindful.script.codes import Code
from mindful.script.files import inside
from mindful.script.nodes import Document, Path
from mindful.script.problems import Problem, near, quote
from mindful.script.programme.model import Choice, Practice, Programme

if TYPE_CHECKING:
    from mindful.script.model import Script


@dataclass
class Plan:
    """A programme, where its parts stand, and the folder its paths start from."""

    programme: Programme
    document: Document
    folder: FilePath | None = None
    _scripts: dict[FilePath, tuple[Script | None, int]] = field(default_factory=dict)

    def problem(self, code: Code, path: Path, message: str, hint: str = "", *, key: bool = False) -> Problem:
        return self.document.source.problem(code, self.document.place(path, key), message, hint)

    def practices(self) -> Iterator[tuple[int, Path, Practice]]:
        """Every practice with its stage's number and its path, in the order of the file."""
        for s, stage in enumerate(self.programme.stages):
            for n, practice in enumerate(stage.practices):
                yield s, ("stages", s, "practices", n), practice

    def choices(self) -> Iterator[tuple[Path, Choice]]:
        """Every practice and every alternative."""
        for _, path, practice in self.practices():
            yield path, practice
            for n, other in enumerate(practice.or_):
                yield (*path, "or", n), other

    def session(self, name: str) -> FilePath | tuple[Code, str, str]:
        """The file of a session; or code, message and hint of what is wrong with its name."""
        if (bundled := assets.session_files().get(name)) is not None:
            return bundled
        found = inside(self.folder, name)
        if isinstance(found, FilePath) or found[0] is Code.OUTSIDE:
            return found
        meant = next(iter(near(name, list(assets.session_files()))), "")
        hint = f"did you mean `{meant}`?" if meant else "mindful list shows the bundled ones; a file lies beside it"
        return Code.NO_SESSION, f"there is no session {quote(name)}", hint

    def script(self, name: str) -> tuple[Script | None, int]:
        """The script of a session that is there, and how many problems keep it from being played."""
        from mindful.script.load import load

        file = self.session(name)
        assert isinstance(file, FilePath)
        if file not in self._scripts:
            loaded = load(file)
            self._scripts[file] = (loaded.script, sum(p.severity == "error" for p in loaded.problems))
        return self._scripts[file]

    def arms_of(self, arm: tuple[str, ...]) -> set[str]:
        """The arms that an `arm` means: all where it is empty; {""} where the programme has none."""
        return set(arm or self.programme.arms or ("",))


Check = Callable[[Plan], Iterable[Problem]]
