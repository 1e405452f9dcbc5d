"""What a record begins with: the session, and everything that it was played with. Called by `host`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import mindful

if TYPE_CHECKING:
    from mindful.cli.wishes import Wishes
    from mindful.player.ports import Speaker
    from mindful.script.model import Script
    from mindful.tui.host import Options


def head(
    script: Script,
    values: Mapping[str, Any],
    options: Options,
    wishes: Wishes,
    *,
    language: str,
    seed: int,
    volume: float,
    ease: int,
    planned_ms: int | None,
    speaker: Speaker,
) -> dict[str, Any]:
    """The first line of a record, as JSON would read it back. `planned_ms` is None for a session that ends by a key."""
    from mindful.timeline.as_json import session_json

    settings = {
        **script.settings.model_dump(mode="json"),
        "volume": volume,
        "language": language,
        "seed": seed,
        "calm": wishes.calm or options.calm,
        "performer": "plain" if wishes.plain else "screen",
    }
    if wishes.acknowledged or options.acknowledged:
        settings["acknowledged"] = True
    if options.gated:
        settings["gated"] = True
    if options.fit_ms is not None:
        settings["fit_ms"] = options.fit_ms
    if ease:
        settings["ease"] = ease
    if options.voice is not None:
        settings["voice"] = options.voice
    return {
        "session": session_json(script, language),
        "planned_ms": planned_ms,
        "settings": settings,
        "variables": json.loads(json.dumps({**script.defaults(), **values})),
        "app": f"mindful {mindful.__version__}",
        "audio": {"sink": speaker.sink, "rate": speaker.rate},
        "clock": speaker.clock,
        "simulated": False,
    }
