"""The figures of a night from a sleep diary. Pure; all in whole minutes, efficiency in whole per cent.

After the consensus sleep diary (Carney et al. 2012, Sleep 35(2):287-302): time in bed is from getting into bed to
getting out of it; time asleep from trying to sleep to the last waking, without the time to fall asleep and the time
awake in between; efficiency is the share of the time in bed that was slept. Others divide by less (Reed and Sacco
2016, J Clin Sleep Med 12(2):263-266), so numbers from elsewhere need not be comparable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DAY = 24 * 60
LONGEST = 18 * 60
"""Minutes in bed; what would be longer was typed wrongly."""


def minutes(clock: object) -> int | None:
    """Of the day, of `23:15`."""
    if not isinstance(clock, str) or len(clock) != 5:
        return None
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest) if hours.isdigit() and rest.isdigit() else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None


def night(answer: Mapping[str, Any]) -> dict[str, int]:
    """What can be worked out of `in_bed`, `tried`, `latency`, `awake`, `woke`, `up`; what cannot is left out.

    Times go on from one another past midnight. Where they contradict each other nothing is said.
    """
    bed, up = minutes(answer.get("in_bed")), minutes(answer.get("up"))
    out: dict[str, int] = {}
    if bed is None or up is None:
        return out
    in_bed = (up - bed) % DAY
    if not 0 < in_bed <= LONGEST:
        return out
    out["in_bed_min"] = in_bed
    tried, woke, latency = minutes(answer.get("tried")), minutes(answer.get("woke")), _number(answer.get("latency"))
    times, awake = _number(answer.get("awakenings")), _number(answer.get("awake"))
    if times == 0:
        awake = 0.0
    if tried is None or woke is None or latency is None or awake is None:
        return out
    from_bed, from_tried = (tried - bed) % DAY, (woke - tried) % DAY
    asleep = round(from_tried - latency - awake)
    if from_bed + from_tried > in_bed or asleep < 0:
        return out
    out["asleep_min"] = asleep
    out["efficiency_pct"] = int(100 * asleep / in_bed + 0.5)
    return out
