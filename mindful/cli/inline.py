"""`mindful breathe --inline`: a breath under the prompt, and one line afterwards. Called by `breathe`."""

from __future__ import annotations

import os
from collections.abc import Callable

from mindful.cli import exits
from mindful.cli.gate import NOT_NOW
from mindful.cli.host import CliHost, Wishes
from mindful.cli.perform import Prepared, drawn, perform
from mindful.cli.say import dumb, fail, interactive, tell
from mindful.script import safety_words
from mindful.tongue import _

AFTERWARDS = {
    exits.DONE: _("That was a pause. Go on when you are ready."),
    exits.STOPPED: _("A short pause is a pause too."),
}
NOT_HERE = _("Under the prompt it cannot be drawn on Windows, so it takes the whole screen.")
INTENSE = _(
    "This pattern is intense, so it is not begun in passing. mindful breathe without --inline shows its cautions."
)


def under_the_prompt(prepare: Callable[[], Prepared], wishes: Wishes) -> int:
    """Breathe there; the exit status. Where nothing can be drawn it is told as plain lines, as ever."""
    if wishes.plain or not interactive() or dumb():
        return perform(prepare, wishes, begin=True)
    if os.name == "nt":
        tell(NOT_HERE)
        return perform(prepare, wishes, begin=True)
    script, values, *_ = prepare()
    host = CliHost(wishes)
    try:
        found = host.verdict(script, values)
        if found.refused:
            fail(exits.USAGE, NOT_NOW, *safety_words.reasons(found))
        if found.acknowledge and not wishes.acknowledged:
            fail(exits.USAGE, INTENSE)
        from mindful.tui.inline import run_inline

        status = drawn(host, lambda: run_inline(host, script, values))
    finally:
        host.close()
    if status in AFTERWARDS:
        tell(AFTERWARDS[status])
    return status
