"""A suggestion in words for the client. Each says which model it comes from, and how well that is known."""

from __future__ import annotations

from mindful.script.ladder import Ladder
from mindful.timeline.exposure.advice import Advice, Model, Strategy
from mindful.tongue import N_, _

MODELS: dict[Model, str] = {"habituation": N_("Getting used to it"), "inhibitory": N_("Finding out")}
TERMS: dict[Model, str] = {"habituation": N_("habituation"), "inhibitory": N_("inhibitory learning")}
STRENGTH: dict[Model, str] = {
    "habituation": N_(
        "Widely taught. That a fall within one exposure tells who gets better was not confirmed; a fall from one time "
        "to the next told of change in the short term (Foa and Kozak 1986; Baker et al. 2010, 44 people)."
    ),
    "inhibitory": N_(
        "Drawn from laboratory work on how fear is unlearned, with case studies; the whole was not tested in one trial "
        "(Craske et al. 2008, 2014)."
    ),
}

_WORDS: dict[Strategy, str] = {
    "begin": N_("You might begin with: {item}."),
    "again": N_("The same once more, and perhaps a little longer: {item}."),
    "step-up": N_("It has become easier. The next step could be: {item}."),
    "step-down": N_("It was ended early more than once, which is fine. A smaller step could be: {item}."),
    "smaller": N_(
        "It was ended early more than once, which is fine. It may want a smaller step before it. With your therapist "
        "you could put one on the ladder, below this: {item}."
    ),
    "talk": N_(
        "It was ended early several times. That says nothing bad about you: the step may be too big, or something else "
        "is in the way. Before you go on, talk with your therapist about: {item}."
    ),
    "shorter": N_(
        "What you expect has not been put to the test yet. How short could it be, and still show whether it happens? "
        "Agree on that beforehand, and then stay to its end: {item}."
    ),
    "top": N_("All steps have become easier. To keep it, come back now and then: {item}."),
    "expectancy": N_(
        "What you expect has not been put to the test to its end yet. The same again, so that it can show: {item}."
    ),
    "safety": N_("The same again, with one more of the things left out that make it feel safe: {item}."),
    "variability": N_("You expect it less by now. Something quite different, out of order: {item}."),
    "deepened": N_("Two that you know by now, together: {item}, and {other}."),
    "reinforced": N_(
        "You know this well. With your therapist you could let a little of what you feared happen on purpose, where "
        "that harms nobody: {item}."
    ),
    "contexts": N_("You know this well. The same in another place, at another hour, or alone: {item}."),
}
STRATEGIES: dict[Strategy, str] = {
    "begin": N_("to begin with"),
    "again": N_("once more"),
    "step-up": N_("a step up"),
    "step-down": N_("a smaller step"),
    "smaller": N_("a step before the first"),
    "talk": N_("talk first"),
    "shorter": N_("a shorter test"),
    "top": N_("to keep it"),
    "expectancy": N_("expectancy violation"),
    "safety": N_("removing safety signals"),
    "variability": N_("variability"),
    "deepened": N_("deepened extinction"),
    "reinforced": N_("occasional reinforcement"),
    "contexts": N_("other contexts"),
}


def words_of(ladder: Ladder, key: str | None, *wanted: str) -> str:
    """An item's words in the first of these languages that it has."""
    item = next((i for i in ladder.items if i.key == key), None)
    return (key or "") if item is None else item.item.say({}, *wanted)


def sentence(advice: Advice, ladder: Ladder, *wanted: str) -> str:
    """What is suggested, in a sentence."""
    return _(_WORDS[advice.strategy]).format(
        item=words_of(ladder, advice.item, *wanted).rstrip(". "),
        other=words_of(ladder, advice.other, *wanted).rstrip(". "),
    )


def head(advice: Advice) -> str:
    """Which model says it, and by which of its strategies."""
    return f"{_(MODELS[advice.model])} ({_(TERMS[advice.model])}, {_(STRATEGIES[advice.strategy])})"


def page(advice: tuple[Advice, ...], ladder: Ladder, *wanted: str) -> str:
    """Both suggestions as a page of the small Markdown."""
    parts = [_("Two ways of looking at it. They need not agree, and the choice is yours, best with your therapist.")]
    for each in advice:
        parts += [f"## {head(each)}", sentence(each, ladder, *wanted), f"*{_(STRENGTH[each.model])}*"]
    return "\n\n".join(parts)
