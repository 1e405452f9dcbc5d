"""What stands on a page before its session begins, and what is told to whoever made it. Called by `mindful render`.

The words are those of the screen's own page, so that nobody is told less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mindful.render.page.document import Before
from mindful.script.tiers import tier_of_script
from mindful.timeline.model import AskPrompt, ChoosePrompt, RatePrompt, SheetPrompt
from mindful.tui import words
from mindful.tui.caution_words import tier_means

if TYPE_CHECKING:
    from mindful.render.page.route import Route
    from mindful.script.model import Script

ACKNOWLEDGE_FIRST = (
    "This one is intense. If it is right for you today, please tick the line above. If not, that is fine."
)


def before(script: Script, values: Mapping[str, Any]) -> Before:
    """The cautions, what always holds, how strong it is, and what has to be ticked for an intense session."""
    tier = tier_of_script(script, values)
    red = tier == "red"
    means = f": {tier_means(script, values)}" if tier != "green" else ""
    return Before(
        cautions=[words.CAUTIONS[caution] for caution in script.cautions],
        always=words.ALWAYS,
        tier=f"{words.TIERS[tier][1]}{means}",
        acknowledge=words.ACKNOWLEDGE if red else "",
        acknowledge_first=ACKNOWLEDGE_FIRST if red else "",
    )


def told(script: Script, route: Route) -> Iterator[str]:
    """What a therapist should know before handing the page out."""
    prompts = [segment.prompt for segment, _ in route.forms]
    if any(isinstance(p, RatePrompt | AskPrompt | ChoosePrompt | SheetPrompt) for p in prompts):
        yield "Its questions stop the sound and wait. What is answered is not stored or sent: none of it comes back."
    for segment, only in route.forms:
        if only and isinstance(segment.prompt, RatePrompt):
            yield (
                f"“{segment.prompt.text}” has one way in this page, whatever is rated: that of a client who leaves it "
                "open."
            )
        elif only and segment.prompt is not None:
            yield f"“{segment.prompt.text}” has one way in this page: “{only}”."
    if tier_of_script(script, route.plans[0].values) == "red":
        yield "It is an intense session. The page asks to acknowledge that before it begins."
