"""The two lists of the workbench, problems and outline: what they show, and going from them to the text.

They follow the cursor, unless a person is in them. Used by `bench`, which hands itself in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.author.live import Look
from mindful.tui.author import parts
from mindful.tui.author.listing import Listing
from mindful.tui.rows import Row

if TYPE_CHECKING:
    from mindful.tui.author.bench import Bench


class Lists:
    """What is shown is always of the bench's look; before there is one, nothing."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._followed = -1

    @property
    def _problems(self) -> Listing:
        return self._bench.query_one("#problems", Listing)

    @property
    def outline(self) -> Listing:
        """The list of the outline that is shown at this size."""
        return self._bench.query_one("#beside" if self._bench.has_class("-wide") else "#outline", Listing)

    def problem_rows(self, width: int, marked: int, focused: bool) -> list[Row]:
        bench, look = self._bench, self._bench.look
        return parts.problem_rows(look.problems, str(bench.paper.path), width, marked, focused) if look.made else []

    def outline_rows(self, width: int, marked: int, focused: bool) -> list[Row]:
        bench, look = self._bench, self._bench.look
        if not look.made:
            return []
        return parts.outline_rows(look.rows, bench.row, width, marked, focused, broken=not look.playable)

    def show(self) -> None:
        """A new look: both anew."""
        look = self._bench.look
        self._problems.show(len(look.problems))
        self.outline.show(len(look.rows))
        self._follow()

    def follow(self) -> None:
        """The cursor moved: show what belongs to its line."""
        if self._bench.row != self._followed:
            self._follow()

    def _follow(self) -> None:
        bench, look = self._bench, self._bench.look
        self._followed = bench.row
        if not self.outline.has_focus:
            self.outline.show(len(look.rows), parts.current(look.rows, bench.row))
        if not self._problems.has_focus:
            path = str(bench.paper.path)
            here = (i for i, p in enumerate(look.problems) if p.file == path and p.line - 1 == bench.row)
            self._problems.show(len(look.problems), next(here, None))

    def choose(self, listing: str | None, number: int) -> None:
        """To what an entry of the list `problems`, or of the outline, is about."""
        if listing == "problems":
            self.go_to_problem(number)
        else:
            self.go_to_row(number)

    def go_to_problem(self, number: int) -> None:
        problem = self._bench.look.problems[number]
        self._problems.show(len(self._bench.look.problems), number)
        if problem.file == str(self._bench.paper.path):
            self._bench.area.go(problem.line - 1, problem.column - 1)

    def go_to_row(self, number: int) -> None:
        line = self._bench.look.rows[number].line
        if line is not None:
            self._bench.area.go(line, 0)

    def next_problem(self, look: Look) -> None:
        """To the next problem after the cursor, round and round."""
        bench = self._bench
        path = str(bench.paper.path)
        at = bench.row, bench.area.cursor_location[1]
        mine = [(i, (p.line - 1, p.column - 1)) for i, p in enumerate(look.problems) if p.file == path]
        if not mine:
            bench.notices.tell("Nothing to put right.", at_once=True)
            bench.paint_status()
            return
        self.go_to_problem(next((i for i, place in mine if place > at), mine[0][0]))

    def give_keys(self, name: str) -> None:
        """The list of this name gets the keys; called again, the text gets them back."""
        bench = self._bench
        listing = self._problems if name == "problems" else self.outline
        if listing.has_focus:
            bench.area.focus()
            return
        bench.set_class(name == "outline" and not bench.has_class("-wide"), "-outline")
        bench.paint()
        listing.focus()
