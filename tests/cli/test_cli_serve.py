"""`mindful serve`: who may reach it, what is said, and the screen in Chromium with the network watched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mindful.cli import exits
from mindful.cli.main import run
from tests.render.browser import Browser


class TestWhoMayReachIt:
    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
    def test_other_computers_only_by_a_clear_word(self, host: str, capfd: pytest.CaptureFixture[str]) -> None:
        assert run(["serve", "--host", host]) == exits.USAGE
        said = capfd.readouterr().err
        assert "reached from other computers" in said and "--others-may-reach-it" in said

    def test_without_the_library_it_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "textual_serve", None)
        monkeypatch.setitem(sys.modules, "textual_serve.server", None)
        monkeypatch.delitem(sys.modules, "mindful.tui.web.server", raising=False)
        assert run(["serve"]) == exits.FAILED
        assert "mindful-sessions[browser]" in capfd.readouterr().err


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server that runs, and its process."""
    pytest.importorskip("textual_serve", reason="textual-serve is not installed (the extra `browser`)")
    process = subprocess.Popen(
        [sys.executable, "-m", "mindful", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MINDFUL_HOME": str(tmp_path / "data")},
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip(), process
    process.kill()
    process.wait(10)
    process.stdout.close()
    assert process.stderr is not None
    process.stderr.close()


class TestServed:
    def test_the_screen_comes_and_nothing_is_loaded_from_elsewhere(
        self, served: tuple[str, subprocess.Popen[str]], tmp_path: Path
    ) -> None:
        address, process = served
        assert address.startswith("http://127.0.0.1:")
        browser = Browser(tmp_path / "profile")
        try:
            browser.like()
            browser.open(address)
            browser.until("document.body.classList.contains('-first-byte')", 20)
            assert {a.split("/")[2] for a in browser.asked if not a.startswith("data:")} == {address.split("/")[2]}
            assert [e for e in browser.errors if "Content Security Policy" in e] == []
        finally:
            browser.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == exits.DONE
        assert process.stderr is not None
        said = process.stderr.read()
        assert "Whoever has this address" in said and "Traceback" not in said

    def test_without_the_word_there_is_nothing(self, served: tuple[str, subprocess.Popen[str]]) -> None:
        address, _ = served
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        bare = "/".join(address.split("/")[:3])
        for path in ("/", "/ws", "/static/js/textual.js", "/wrong/", "/wrong/ws"):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(bare + path, timeout=10)
            assert caught.value.code == 404
