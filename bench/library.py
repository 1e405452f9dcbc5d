"""The bundled sessions at a glance, as a table: `python -m bench.library [SESSION]...`.

Each is laid out with the default voice, played to its end on virtual time by four made-up clients, and rendered to
sound (what is mixed is measured and thrown away). Any warning of those ends in the last column, and in exit status 1.
A question lasts as long as in `mindful render`. Loudness and steps are as in `bench.loudness`; *quiet* is the share of
the time in which nobody speaks, *words a minute* that of the words while somebody speaks.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import numpy as np

from bench.loudness import Loudness, largest_step, measure
from mindful import assets
from mindful.audio.units import RATE, Block
from mindful.author.clients import built_in
from mindful.author.simulate import simulate
from mindful.author.simulated import Given
from mindful.render.job import Job, base
from mindful.render.plan import Plan
from mindful.render.voice import mixer, open_voice
from mindful.script.load import load
from mindful.script.model import Script
from mindful.script.tiers import tier_of_script
from mindful.timeline.model import SayCue

CLIENTS = ("calm", "distressed", "silent", "random")
COLUMNS = (
    *("session", "min", "tier", "cautions", "evidence", "words a minute", "quiet %", "languages"),
    *("LUFS", "peak dBTP", "step dB", "warnings"),
)


def quiet(done: int, whole: int) -> None:
    """Nobody looks on."""


def mixed(job: Job, plan: Plan) -> tuple[Loudness, list[str]]:
    """How loud it is, and what could not be heard."""
    assert job.voice is not None
    mix = mixer(base(job.script), job.voice)
    end = mix.end_frame(plan.timeline) or 0

    def blocks() -> Iterator[Block]:
        for first in range(0, end, RATE):
            yield mix.render(plan.timeline, first, RATE)

    return measure(blocks()), list(mix.problems)


def clients(script: Script) -> list[str]:
    """What four made-up clients met; all come to the end of a session that nobody leaves."""
    told = []
    found = simulate(Given(script), [built_in(name) for name in CLIENTS])
    for run in found.runs:
        told += [f"{run.client.name}: {w}" for w in run.warnings]
        if run.record["status"] != "completed":
            told.append(f"{run.client.name}: {run.record['status']}")
    return told


def row(script: Script) -> tuple[list[str], list[str]]:
    """(the cells of one session, its warnings)."""
    job = Job(script, open_voice(script, base(script)))
    plan, unsaid = job.plan(quiet)
    told = [f"not said: {line.text[:30]} ({why})" for line, why in unsaid.items()]
    loud, missing = mixed(job, plan)
    told += missing + clients(script)
    says = [c for _, c in plan.timeline.cues_between(0, plan.total_ms + 1) if isinstance(c, SayCue)]
    spoken = sum(c.length_ms for c in says)
    words = sum(len(c.text.split()) for c in says if c.manner == "guide")
    guided = sum(c.length_ms for c in says if c.manner == "guide")
    strengths = list(dict.fromkeys(e.strength for e in script.evidence)) or ["none given"]
    cells = [
        *(str(script.id), f"{plan.total_ms / 60_000:.1f}", tier_of_script(script)),
        *(", ".join(script.cautions) or "none", "; ".join(strengths)),
        *(f"{60_000 * words / max(1, guided):.0f}" if words else "-", f"{100 - 100 * spoken / plan.total_ms:.0f}"),
        ", ".join(sorted({tag or script.language for tag, _ in script.title.languages})),
        *(f"{loud.integrated:.1f}", f"{20 * np.log10(max(loud.peak, 1e-9)):.1f}"),
        *("{:.1f} {}".format(*largest_step(plan.timeline, loud)).strip(), "; ".join(told) or "none"),
    ]
    return cells, told


def main() -> int:
    began, warnings, rows = time.monotonic(), 0, []
    wanted = sys.argv[1:] or list(assets.session_files())
    for name in wanted:
        script = load(assets.session_files()[name]).script
        assert script is not None
        cells, told = row(script)
        warnings += bool(told)
        rows.append(f"| {' | '.join(cells)} |")
        print(rows[-1], file=sys.stderr, flush=True)
    took = f"{time.monotonic() - began:.0f} s; {len(rows)} sessions, {warnings} with a warning"
    print(f"{' '.join(['python -m bench.library', *sys.argv[1:]])}   ({time.strftime('%Y-%m-%d')}; {took})\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    print("\n".join(rows))
    return int(warnings > 0)


if __name__ == "__main__":
    sys.exit(main())
