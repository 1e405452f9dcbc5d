"""The schema as editors use it: completions and errors of yaml-language-server on half-typed scripts.

Skipped where `yaml-language-server` is not on the path (`npm install yaml-language-server`). Nothing is fetched: the
schema is the committed file, and the store of schemas is off.
"""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from mindful import assets

SERVER = shutil.which("yaml-language-server")
pytestmark = pytest.mark.skipif(SERVER is None, reason="yaml-language-server is not installed")
PATIENCE = 20
TOP = "mindful: 1\ntitle: Example\nsteps:\n"


class Editor:
    """Just enough of an editor to ask."""

    def __init__(self) -> None:
        assert SERVER is not None
        schema = (assets.docs() / "script.schema.json").as_uri()
        self.settings = {
            "schemas": {schema: ["*.yaml"]},
            "schemaStore": {"enable": False},
            "validate": True,
            "completion": True,
        }
        self.process = subprocess.Popen([SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.answers: dict[int, queue.Queue[Any]] = {}
        self.found: queue.Queue[Any] = queue.Queue()
        self.count = 0
        threading.Thread(target=self._read, daemon=True).start()
        snippets = {"completion": {"completionItem": {"snippetSupport": True}}}
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "capabilities": {"textDocument": snippets, "workspace": {"configuration": True}},
            },
        )
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": {"yaml": self.settings}}})

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(raw) + raw)
        self.process.stdin.flush()

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while line := out.readline():
            if not line.lower().startswith(b"content-length"):
                continue
            length = int(line.split(b":")[1])
            while out.readline().strip():
                pass
            message = json.loads(out.read(length))
            if message.get("method") == "workspace/configuration":
                wanted = [self.settings if item.get("section") == "yaml" else {} for item in message["params"]["items"]]
                self._send({"id": message["id"], "result": wanted})
            elif message.get("method") == "textDocument/publishDiagnostics":
                self.found.put(message["params"])
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("id") in self.answers:
                self.answers[message["id"]].put(message.get("result"))

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.count += 1
        answer = self.answers[self.count] = queue.Queue()
        self._send({"id": self.count, "method": method, "params": params})
        return answer.get(timeout=PATIENCE)

    def open(self, text: str) -> str:
        self.count += 1
        uri = f"file:///script-{self.count}.yaml"
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def complete(self, text: str) -> dict[str, str]:
        """What is offered at `|`: the label, and what would be typed."""
        before, _, after = text.partition("|")
        uri = self.open(before + after)
        at = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        items = self.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": at})
        items = items["items"] if isinstance(items, dict) else items
        return {i["label"]: (i.get("textEdit") or {}).get("newText", i.get("insertText", "")) for i in items}

    def problems(self, text: str) -> list[tuple[int, str]]:
        """Lines from 1 and messages."""
        uri = self.open(text)
        while True:
            found = self.found.get(timeout=PATIENCE)
            if found["uri"] == uri:
                return [(d["range"]["start"]["line"] + 1, d["message"]) for d in found["diagnostics"]]


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    made = Editor()
    made.problems(TOP)  # by its answer the schema is there
    yield made
    made.process.kill()
    made.process.wait()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("m|", {"mindful", "title", "steps"}),
        ("mindful: 1\nti|", {"title", "steps", "cautions", "silence"}),
        (TOP + "  - say: Hello.\ncau|", {"cautions", "settings", "variables"}),
        (TOP + "  - |", {"say", "breathe", "bell", "rate", "if", "label"}),
        (TOP + "  - br|", {"breathe"}),
        (TOP + "  - breathe:\n      |", {"pattern", "for", "cycles", "ramp", "inhale"}),
        (TOP + "  - breathe:\n      pattern: |", {"box", "coherent", "long-exhale"}),
        (TOP + "  - breathe: {pattern: |, for: 3 min}", {"box", "coherent"}),
        (TOP + "  - breathe:\n      pattern: box\n      ramp:\n        |", {"from", "to", "over"}),
        (TOP + "  - bell: |", {"bowl", "gong"}),
        (TOP + "  - sound: |", {"ocean", "rain", "silence"}),
        (TOP + "  - rate:\n      id: a\n      ask: b\n      scale: |", {"suds", "mood"}),
        (TOP + "  - say: Hello.\n    |", {"pause", "label", "if"}),
        ("mindful: 1\ntitle: x\nsettings:\n  cues: |\n", {"tones", "voice", "both", "none"}),
        ("mindful: 1\ntitle: x\ncautions: [|]\n", {"pregnancy", "panic"}),
        ("mindful: 1\ntitle: x\nsilence:\n  - |\n", {"code", "reason", "step"}),
        ("mindful: 1\ntitle: x\nsilence:\n  - code: |\n", {"MF101", "MF120"}),
        (TOP + "  - choose:\n      ask: x\n      options:\n        - |", {"label", "steps"}),
    ],
)
def test_what_is_offered(editor: Editor, text: str, offered: set[str]) -> None:
    assert offered <= set(editor.complete(text))


def test_what_is_typed_holds_no_defaults_that_nobody_asked_for(editor: Editor) -> None:
    typed = editor.complete(TOP + "  - |")
    for kind in ("repeat", "rate", "ask", "choose"):
        assert "stretch" not in typed[kind] and "false" not in typed[kind]
    assert typed["stretch"] == "stretch: 1"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (TOP + "  - brethe: {pattern: box, for: 3 min}\n", 4, "brethe is not allowed"),
        (TOP + "  - say: Hello.\n    bell: bowl\n", 5, "A step has one kind"),
        (TOP + "  - bell: bowl\n    pause: 3 s\n", 4, "A step has one kind"),
        (TOP + "  - breathe: {patern: box, for: 3 min}\n", 4, "patern is not allowed"),
        (TOP + "  - bell: boll\n", 4, '"bowl"'),
        (TOP + "  - rate: {ask: How?}\n", 4, '"id"'),
        (TOP + "  - sit: {open: yes}\n", 4, "boolean"),
        (TOP + "  - \n", 4, "step"),
        (TOP + "  - say: [a, b]\n", 4, "words by language"),
        ("mindful: 1\ntitle: x\n", 1, '"steps"'),
        ("mindful: 1\ntitel: x\nsteps:\n  - bell: bowl\n", 2, "titel is not allowed"),
        ("mindful: 1\ntitle: x\ncautions: [anxiety]\nsteps:\n  - bell: bowl\n", 3, '"panic"'),
        ("mindful: 1\ntitle: x\nsilence: [{code: MF011}]\nsteps:\n  - bell: bowl\n", 3, '"reason"'),
    ],
)
def test_what_is_underlined(editor: Editor, text: str, line: int, words: str) -> None:
    found = editor.problems(text)
    assert any(at == line and words in message for at, message in found), found


@pytest.mark.parametrize("name", assets.session_files())
def test_nothing_is_underlined_in_a_bundled_session(editor: Editor, name: str) -> None:
    assert editor.problems(assets.session_files()[name].read_text(encoding="utf-8")) == []
