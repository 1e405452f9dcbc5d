"""Whatever is written, `load` and `check` answer: `python -m bench.fuzz [COUNT] [SEED]`; `--show SEED NUMBER` for one.

Every input follows from its seed and number. A quarter each: random signs, bundled scripts and documented examples with
something broken in them, structured nonsense from the format's own keys, and two scripts cut and joined; one in a
hundred is a pile of one piece up to 100,000 characters. Looked at: no
exception, a script exactly where there is no error, nothing in what is shown that a terminal would obey, and less than
a second of processor time. One in eight goes through a file, as bytes that may not be UTF-8. The rules of good practice
are on. Exit status 1 where anything failed.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from mindful import assets
from mindful.script.load import Loaded, load, loads
from mindful.script.model import KINDS, Evidence, Script, Settings, Silence, Step
from mindful.script.problems import as_json, render
from mindful.script.values import CONTROL

MOST_SECONDS = 1.0
ALPHABETS = (
    "ab:-{}[]\"' \n\t#&*!|>%@`?,1=<\\\x1b\ud800“”",
    "abcdefghij klmnop\n  - :",
    "".join(map(chr, range(0x20, 0x250))) + "\n\n  --::",
    "- say:\n  breathe: {pattern: box, for: 3 min}\n'\"[],\u2028\u00a0\ufeff",
)
WORDS = (
    "", "box", "4-7-8", "4:30", "5 min", "5 mins", "{a}", "{minutes} min", "{a} and {b}", "first 2", "before >= 60",
    "not a", "nose", "../x", "x.ogg", "en", "yes", "1e9999", "9" * 400, "\x1b[2J", "key", "([", "=", "not " * 80 + "a",
    "suds", "[pause x]", "<break>", "[pause 4 s]", "You must relax now.", "Close your eyes.", "Take a deep breath.",
    "In for four, out for 6.", "Du musst tief atmen.", "eyes " * 400, "you will " * 200, "MF107", "settle", "arriving",
    "bdi-ii", "sleep", "exposure", "breathe out " * 300, "in " * 500 + "for four", ".!?" * 300, "-1", "0", "0.05",
    "1/2", "5,5", "“x”", "heart", "red", "in-vivo",
)  # fmt: skip
KEYS = tuple(dict.fromkeys((
    *KINDS, *Script.model_fields, *Step.model_fields, *Settings.model_fields, *Silence.model_fields,
    *Evidence.model_fields, *(f.alias or n for m in KINDS.values() for n, f in m.model_fields.items()),
    "inhale", "top_up", "hold", "exhale", "rest", "min", "max", "default", "item", "suds", "brethe", "a b?", "-say",
    "<<", "en",
)))  # fmt: skip


def corpus() -> list[str]:
    """Bundled scripts, and every example of docs/problems.md."""
    page = (assets.docs() / "problems.md").read_text(encoding="utf-8")
    bundled = [p.read_text(encoding="utf-8") for p in assets.session_files().values()]
    return [*bundled, *re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]


def signs(rng: random.Random, _good: list[str]) -> str:
    """Random signs, bare or after a head that is right."""
    text = "".join(rng.choices(rng.choice(ALPHABETS), k=rng.randrange(0, 300)))
    return rng.choice(("", "mindful: 1\ntitle: x\nsteps:\n", "mindful: 1\ntitle: x\nsteps:\n  - say: ")) + text


def broken(rng: random.Random, good: list[str]) -> str:
    """A script with one to six slips in it: signs, lines, columns, words."""
    text = rng.choice(good)
    for _ in range(rng.randint(1, 6)):
        text = rng.choice(_SLIPS)(rng, text)
    return text


def _at(rng: random.Random, text: str) -> int:
    return rng.randrange(len(text) + 1)


def _sign(rng: random.Random, text: str) -> str:
    at = _at(rng, text)
    return text[:at] + rng.choice(rng.choice(ALPHABETS)) + text[at + rng.randint(0, 1) :]


def _drop(rng: random.Random, text: str) -> str:
    at = _at(rng, text)
    return text[:at] + text[at + rng.choice((1, 1, 1, 3, 20)) :]


def _line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    n = rng.randrange(len(lines))
    act = rng.randrange(6)
    if act == 0:
        lines.insert(rng.randrange(len(lines)), lines[n])
    elif act == 1:
        lines[n] = " " * rng.randint(1, 5) + lines[n]
    elif act == 2:
        lines[n] = lines[n][rng.randint(1, 3) :]
    elif act == 3:
        lines[n] = lines[n].replace("  ", "\t", 1)
    elif act == 4:
        del lines[n]
    else:
        lines[n] = lines[n].replace("- ", "-", 1) if rng.random() < 0.5 else lines[n].replace(": ", ":", 1)
    return "\n".join(lines)


def _word(rng: random.Random, text: str) -> str:
    words = list(re.finditer(r"[A-Za-z0-9_.-]+", text))
    if not words:
        return text
    m = rng.choice(words)
    return text[: m.start()] + rng.choice((*WORDS, *KEYS)) + text[m.end() :]


def _cut(rng: random.Random, text: str) -> str:
    return text[: _at(rng, text)]


_SLIPS: tuple[Callable[[random.Random, str], str], ...] = (_sign, _sign, _drop, _line, _line, _word, _word, _cut)


def nonsense(rng: random.Random, _good: list[str]) -> str:
    """Values of the format's own keys and words, in any shape, as YAML or JSON."""
    steps = [{rng.choice(tuple(KINDS)): _value(rng, 3)} | _few(rng) for _ in range(rng.randint(1, 8))]
    data = {"mindful": 1, "title": "x", "steps": steps} | {
        rng.choice(KEYS): _value(rng, 3) for _ in range(rng.randint(0, 3))
    }
    if rng.random() < 0.5:
        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    return json.dumps(data)


def _few(rng: random.Random) -> dict[str, Any]:
    return {rng.choice(KEYS): _value(rng, 2)} if rng.random() < 0.3 else {}


def _value(rng: random.Random, deep: int) -> Any:
    act = rng.randrange(10)
    if deep > 0 and act < 3:
        return {rng.choice(KEYS): _value(rng, deep - 1) for _ in range(rng.randint(0, 4))}
    if deep > 0 and act == 3:
        return [_value(rng, deep - 1) for _ in range(rng.randint(0, 4))]
    if act == 4:
        return rng.choice((None, True, False, 0, 1, -3, 10**20, 0.1, 5.5, float("inf"), 60))
    return rng.choice(WORDS)


def joined(rng: random.Random, good: list[str]) -> str:
    """The beginning of one script and the end of another."""
    one, other = rng.choice(good), rng.choice(good)
    text = one[: _at(rng, one)] + other[_at(rng, other) :]
    return broken(rng, [text]) if rng.random() < 0.5 else text


def piled(rng: random.Random, good: list[str]) -> str:
    """One piece again and again, up to 100,000 characters: what grows faster than its size shows itself here."""
    word, key = rng.choice(WORDS)[:60], rng.choice(KEYS)
    pieces = (
        f"{word} ",
        f"  - say: {word}\n",
        f"  - {key}: {word}\n",
        "    k: v\n",
        "{a: ",
        "[",
        "- ",
        "\t- say: x\n",
        "a, ",
    )
    piece = rng.choice((*pieces, rng.choice(good)[-200:], rng.choice(ALPHABETS)[:30]))
    many = rng.randrange(100_000) // (len(piece) + 1) + 1
    numbered = rng.random() < 0.3
    body = "".join(f"k{n}: {piece}" for n in range(many)) if numbered else piece * many
    top = "mindful: 1\ntitle: x\n"
    head = rng.choice(("", top, f"{top}steps:\n", f"{top}steps:\n  - say: "))
    return (head + body)[:100_000]


WAYS = (signs, broken, nonsense, joined)


def made(seed: int, number: int, good: list[str]) -> tuple[str, str, bytes | None]:
    """(way, text, bytes): bytes where it goes through a file."""
    rng = random.Random(f"{seed}/{number}")
    way = piled if number % 100 == 99 else WAYS[number % len(WAYS)]
    text = way(rng, good)
    if rng.random() >= 1 / 8:
        return way.__name__, text, None
    raw = text.encode(rng.choice(("utf-8", "utf-8", "utf-8", "utf-16", "latin-1")), "replace")
    if rng.random() < 0.3 and raw:
        at = rng.randrange(len(raw))
        raw = raw[:at] + bytes([rng.randrange(256)]) + raw[at + 1 :]
    return way.__name__, text, raw


def judge(loaded: Loaded) -> None:
    """What is true of every answer; raises AssertionError."""
    assert (loaded.script is None) == any(p.severity == "error" for p in loaded.problems)
    for p in (*loaded.problems, *loaded.silenced):
        assert p.line >= 1 and p.column >= 1 and p.length >= 1
        shown = render(p)
        assert not CONTROL.search(shown)
        shown.encode("utf-8")
        json.dumps(as_json(p))


def answer(text: str, raw: bytes | None, folder: Path) -> Loaded:
    if raw is None:
        return loads(text, clinical=True)
    (folder / "script.yaml").write_bytes(raw)
    return load(folder / "script.yaml", clinical=True)


def main(arguments: list[str]) -> int:
    good = corpus()
    if arguments[:1] == ["--show"]:
        way, text, raw = made(int(arguments[1]), int(arguments[2]), good)
        print(way, "as bytes" if raw is not None else "as text")
        print(
            (raw if raw is not None else text.encode("utf-8", "backslashreplace")).decode("utf-8", "backslashreplace")
        )
        return 0
    count = int(arguments[0]) if arguments else 10_000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    slowest, failed, plays, codes = 0.0, 0, 0, Counter[str]()
    began, first_mb = time.monotonic(), 0.0
    with tempfile.TemporaryDirectory() as top:
        for number in range(count):
            way, text, raw = made(seed, number, good)
            start = time.process_time()
            try:
                loaded = answer(text, raw, Path(top))
                judge(loaded)
                plays += loaded.script is not None
                codes.update({p.code for p in loaded.problems})
            except Exception:
                failed += 1
                print(f"FAILED --show {seed} {number} ({way})\n{traceback.format_exc(limit=-3)}", flush=True)
            took = time.process_time() - start
            slowest = max(slowest, took)
            if took > MOST_SECONDS:
                failed += 1
                print(f"SLOW {took:.2f} s --show {seed} {number} ({way})", flush=True)
            if number == count // 10:
                first_mb = _peak_mb()
            if number and number % 50_000 == 0:
                print(f"{number:,} in {time.monotonic() - began:.0f} s, {failed} failed", flush=True)
    print(f"python -m bench.fuzz {count} {seed}   ({time.strftime('%Y-%m-%d')}, {sys.version.split()[0]})")
    print(f"{count:,} inputs in {time.monotonic() - began:.0f} s; {plays:,} can be played; {failed} failed")
    print(f"slowest {slowest:.3f} s; most memory {_peak_mb():.0f} MB ({first_mb:.0f} MB after a tenth of them)")
    print(f"{len(codes)} codes seen: {' '.join(sorted(codes))}")
    return int(failed > 0)


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
