"""The page put together: template, style, script, data, forms and sounds, in one file. Called by the job.

The page may run only the script and the style that are in it (their sums stand in its Content-Security-Policy), and
load only sounds that are in it. The sounds are encoded to a temporary file first, so memory stays constant.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from tempfile import TemporaryFile
from typing import BinaryIO

from mindful.player.look import LANDING
from mindful.render.clean import spell
from mindful.render.page import words
from mindful.render.page.forms import text
from mindful.render.page.track import Stretch, data
from mindful.render.tags import Tags

HERE = Path(__file__).parent
PIECE = 3 * (1 << 16)
"""Bytes that become base64 at once; a multiple of three, so that pieces join."""


@dataclass(frozen=True, slots=True)
class Before:
    """What is said before a session begins, in the words of whoever asks for the page."""

    cautions: Sequence[str] = ()
    always: str = ""
    tier: str = ""
    """How strong it is, in a word; and a sentence where it is not gentle."""
    acknowledge: str = ""
    """What has to be ticked first; empty where it may begin at once."""
    acknowledge_first: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything but the sound."""

    tags: Tags
    before: Before
    stretches: Sequence[Stretch]
    forms: Sequence[str]
    total_ms: int
    language: str

    @property
    def waits(self) -> bool:
        """Whether somewhere the client decides how long it takes."""
        return bool(self.forms)


def write(page: Page, file: BinaryIO, encode: Callable[[int, BinaryIO], None]) -> None:
    """Write the whole page. `encode(k, file)` writes the sound of stretch `k` as MP3. Raises OSError."""
    head, script = _head(page), _script()
    file.write(head.encode())
    for k in range(len(page.stretches)):
        file.write(f'\n<audio id="sound-{k}" controls preload="auto" src="data:audio/mpeg;base64,'.encode())
        with TemporaryFile() as encoded:
            encode(k, encoded)
            encoded.seek(0)
            while piece := encoded.read(PIECE):
                file.write(base64.b64encode(piece))
        file.write(b'"></audio>')
    file.write(f"\n<script>{script}</script>\n</body>\n</html>\n".encode())


def _script() -> str:
    parts = [(HERE / name).read_text(encoding="utf-8") for name in ("breath.js", "page.js")]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();"


def _head(page: Page) -> str:
    style = (HERE / "page.css").read_text(encoding="utf-8")
    tags, before = page.tags, page.before
    about = f'<p lang="{text(page.language)}">{text(tags.summary)}</p>' if tags.summary else ""
    return Template((HERE / "page.html").read_text(encoding="utf-8")).substitute(
        policy=_policy(_script(), style),
        style=style,
        title=text(tags.title),
        lang=text(page.language),
        about=about,
        facts=" · ".join(_facts(page)),
        cautions="\n".join(f"<p>{text(caution)}</p>" for caution in before.cautions),
        always=text(before.always),
        eyes=text(words.EYES),
        acknowledge=_acknowledge(before),
        kept=text(words.KEPT),
        voice=text(tags.comment),
        forms="\n".join(page.forms),
        landing=text(LANDING),
        whole=text(words.FINISHED),
        stopped=text(words.STOPPED),
        made=" · ".join(text(part) for part in (tags.artist, tags.licence) if part),
        data=_inert([data(stretch) for stretch in page.stretches]),
    )


def _facts(page: Page) -> list[str]:
    length = spell(page.total_ms)
    found = [f"{length}, and the time you take" if page.waits else length]
    return [text(part) for part in (*found, page.before.tier) if part]


def _acknowledge(before: Before) -> str:
    if not before.acknowledge:
        return ""
    return (
        f'<label class="ack"><input type="checkbox" id="acknowledge" data-first="{text(before.acknowledge_first)}"> '
        f"<span>{text(before.acknowledge)}</span></label>"
    )


def _inert(values: object) -> str:
    """JSON that cannot end the element it stands in."""
    plain = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return plain.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _policy(script: str, style: str) -> str:
    """Only this script, this style, and sounds that are in the page; no form is sent, no address is asked."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_sum(script)}'",
            f"style-src '{_sum(style)}'",
            "media-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _sum(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
