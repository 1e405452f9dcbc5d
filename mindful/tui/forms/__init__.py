"""Forms for the prompts of open steps: plain objects that know keys and presses, and lay themselves out as rows.

`form_for(prompt)` is the one place that maps a prompt to its form. Called by the player's screen.
"""

from __future__ import annotations

from mindful.timeline.model import AskPrompt, ChoosePrompt, LearnPrompt, Prompt, RatePrompt, SheetPrompt
from mindful.tongue import _
from mindful.tui.forms.base import Form
from mindful.tui.forms.choice import ChoiceForm, ChoicesForm
from mindful.tui.forms.learn import LearnForm
from mindful.tui.forms.rate import RateForm
from mindful.tui.forms.sheet import SheetForm
from mindful.tui.forms.tapped import TapForm
from mindful.tui.forms.typed import NumberForm, TextForm, TimeForm

__all__ = ["Form", "form_for"]


def form_for(prompt: Prompt) -> Form | None:
    """The form of a prompt; None for a mere key, which the player's own keys answer."""
    if isinstance(prompt, RatePrompt):
        return RateForm(prompt)
    if isinstance(prompt, ChoosePrompt):
        return ChoiceForm(prompt, [(o, o) for o in prompt.options])
    if isinstance(prompt, LearnPrompt):
        return LearnForm(prompt)
    if isinstance(prompt, SheetPrompt):
        return SheetForm(prompt, form_for)
    if not isinstance(prompt, AskPrompt):
        return None
    if prompt.answer == "choice":
        return ChoiceForm(prompt, [(o, o) for o in prompt.options])
    if prompt.answer == "yes-no":
        return ChoiceForm(prompt, [(_("Yes"), True), (_("No"), False)], letters=_("yn"))
    if prompt.answer == "choices":
        return ChoicesForm(prompt, list(prompt.options))
    if prompt.tapped:
        return TapForm(prompt)
    if prompt.answer == "number":
        return NumberForm(prompt)
    if prompt.answer == "time":
        return TimeForm(prompt)
    return TextForm(prompt)
