"""Whether a practice may begin for this client: allowed, allowed with its caution said again, or refused.

Pure. The rules are a table, written from the contraindications that are named in the literature and by the teachers of
each practice, and held against every bundled session by a test that has them in a table of its own. Where one source
forbids and another only warns, the stricter one counts: a safe variant is always there. Called wherever a session
starts: by the host behind screen and plain lines, and by `mindful render`, which only tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mindful.script.demands import Demand, cautions, demands, of_phases
from mindful.script.model import Script
from mindful.script.patterns import BundledPattern, bundled
from mindful.script.profile import FLAGS, Profile
from mindful.script.tiers import Tier, tier_of, tier_of_script

Why = Demand | Literal["off"]
"""What a practice is refused for; `off`: intense practice is not switched on."""

REFUSED: dict[Demand, tuple[str, ...]] = {
    "intense": FLAGS,
    "hold": ("pregnancy", "heart", "blood-pressure", "panic"),
    "very-slow": ("copd", "heart", "panic"),
    "top-up": ("copd", "surgery"),
    "hum": ("ear",),
    "tense": ("blood-pressure", "glaucoma", "surgery"),
    "interoceptive": ("pregnancy", "heart", "epilepsy", "asthma"),
}
"""Whom a demand is kept from.

intense: fast breathing, long holds and holds that one ends oneself are never for somebody with a flag. hold: the
contraindications of box breathing and 4-7-8. very-slow: lung disease and slow breathing, hearts without a doctor's
word, air hunger. top-up: a second breath on top traps air and pulls at wounds. hum: ear infection. tense: straining
raises the pressure in eye and vessels. interoceptive: what exposure to bodily feelings provokes.
"""

SAID_AGAIN: dict[Demand, tuple[str, ...]] = {
    "hold": ("copd", "asthma", "epilepsy", "other"),
    "very-slow": ("pregnancy", "blood-pressure", "asthma"),
    "top-up": ("panic", "asthma"),
    "tense": ("injury", "pain", "pregnancy"),
    "move": ("injury", "pain", "pregnancy", "surgery"),
    "scan": ("trauma", "pain", "psychosis"),
    "interoceptive": ("copd", "panic", "trauma"),
    "exposure": ("trauma", "psychosis", "panic"),
}
"""Whom a demand is cautioned for, beside the cautions that a script declares."""

PATTERN = "pattern:"
_BREATH: tuple[str, ...] = ("pattern:equal", "pattern:long-exhale", "pattern:pursed-lip", "grounding-steps")
_BODY: tuple[str, ...] = ("body-scan-steps", "grounding-steps")
VARIANTS: dict[Why, tuple[str, ...]] = {
    "hold": _BREATH,
    "very-slow": ("pattern:long-exhale", "pattern:equal", "pattern:pursed-lip", "grounding-steps"),
    "top-up": ("pattern:pursed-lip", "pattern:long-exhale", "grounding-steps"),
    "hum": ("pattern:long-exhale", "pattern:equal", "grounding-steps"),
    "tense": _BODY,
    "interoceptive": ("grounding-steps",),
}
"""What is offered in place of a demand, best first: `pattern:NAME` for five minutes of a bundled pattern, else the id
of a bundled session. All of them are green."""
_OTHERWISE: tuple[str, ...] = ("pattern:long-exhale", "pattern:equal", "pattern:pursed-lip", "grounding-steps")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a practice does not begin."""

    why: Why
    flags: tuple[str, ...] = ()
    """The client's flags that it is kept from; none where it is for nobody, or not switched on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say about one practice for one client."""

    tier: Tier
    reasons: tuple[Reason, ...] = ()
    """Why it is refused; empty where it may begin."""
    cautions: tuple[str, ...] = ()
    """The client's own flags that it names or touches: their caution is said again, first of all."""
    variant: str = ""
    """What is offered in its place, as `host.load` knows it; empty where it may begin."""

    @property
    def refused(self) -> bool:
        """Whether it does not begin."""
        return bool(self.reasons)

    @property
    def acknowledge(self) -> bool:
        """Whether it begins only when the client says, this time too, that it is right for them."""
        return not self.reasons and self.tier == "red"

    @property
    def only_off(self) -> bool:
        """Whether nothing speaks against it but that intense practice is not switched on."""
        return bool(self.reasons) and all(r.why == "off" for r in self.reasons)


def verdict(script: Script, profile: Profile, values: Mapping[str, Any] | None = None) -> Verdict:
    """What the rules say about a script.

    With `values` (variables, answers) for these; without, for the strongest that the variables' limits allow.
    """
    return judge(demands(script, values), cautions(script), tier_of_script(script, values), profile)


def verdict_of_pattern(pattern: BundledPattern, profile: Profile) -> Verdict:
    """What the rules say about a bundled pattern, or one of the client's own."""
    found = set(of_phases(pattern.phases))
    tier: Tier = "red" if pattern.rounds else tier_of(pattern.phases)
    if tier == "red":
        found.add("intense")
    return judge(frozenset(found), frozenset(pattern.cautions), tier, profile)


def judge(
    asked: frozenset[Demand], named: frozenset[str], tier: Tier, profile: Profile, *, offer: bool = True
) -> Verdict:
    """The rules themselves, on what is asked of the body and what is named as a caution."""
    flags = tuple(f for f in FLAGS if f in profile.flags)
    reasons: list[Reason] = []
    if "too-long" in asked:
        reasons.append(Reason("too-long"))
    for demand, forbidden in REFUSED.items():
        if demand in asked and (hit := tuple(f for f in flags if f in forbidden)):
            reasons.append(Reason(demand, hit))
    if tier == "red" and not profile.intense:
        reasons.append(Reason("off"))
    touched = set(named).union(*(SAID_AGAIN.get(d, ()) for d in asked)) if asked else set(named)
    again = tuple(f for f in flags if f in touched)
    if not reasons:
        return Verdict(tier, (), again)
    return Verdict(tier, tuple(reasons), again, _offered(reasons, profile) if offer else "")


def _offered(reasons: list[Reason], profile: Profile) -> str:
    """The first variant that nothing speaks against; failing that, the first that may begin with a caution."""
    order = [name for r in reasons for name in VARIANTS.get(r.why, ())] + list(_OTHERWISE)
    with_caution = ""
    for name in dict.fromkeys(order):
        found = _of_variant(name, profile)
        if not found.refused and not found.cautions:
            return name
        if not found.refused:
            with_caution = with_caution or name
    return with_caution


def _of_variant(name: str, profile: Profile) -> Verdict:
    """The verdict on a variant itself, which offers nothing in its turn."""
    if name.startswith(PATTERN):
        pattern = bundled()[name.removeprefix(PATTERN)]
        named, tier = frozenset(pattern.cautions), tier_of(pattern.phases)
        return judge(of_phases(pattern.phases), named, tier, profile, offer=False)
    from mindful import assets
    from mindful.script.load import load

    script = load(assets.session_files()[name]).script
    assert script is not None
    return judge(demands(script), cautions(script), tier_of_script(script), profile, offer=False)
