"""What `--fit "7 min"` comes to. Called by every command that lays out a script or plays it.

Where the script does not allow the length the command ends, with the reason; where it is only nearly met, that is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.cli import exits, made
from mindful.cli.say import fail, tell
from mindful.journal.printable import printable
from mindful.tongue import N_

if TYPE_CHECKING:
    from mindful.timeline.fit import Fitted
    from mindful.timeline.unfold import Setup

HELP = N_('Longer or shorter, such as "7 min", as far as the script\'s `fit` allows.')


def fitted(setup: Setup, text: str | None) -> Setup:
    """The setup that takes the time of `--fit TEXT`, or the one that was given where there is no such option."""
    return setup if text is None else _fitted(setup, text).setup


def wanted(setup: Setup, text: str | None) -> int | None:
    """The same for who hands the length on instead of the setup: in ms; None without the option."""
    return None if text is None else _fitted(setup, text).wanted_ms


def _fitted(setup: Setup, text: str) -> Fitted:
    from mindful.timeline.fit import UnfitError
    from mindful.timeline.fit import fitted as fit

    try:
        found = fit(setup, made.length(text, "--fit"))
    except UnfitError as error:
        fail(exits.USAGE, printable(str(error)))
    if found.words:
        tell(found.words)
    return found
