"""textual-serve with a page of our own: nothing is loaded from elsewhere, and only who has the address gets in.

Called by `mindful serve`. Everything lies under a path that holds a random word, so that other people on the same
computer, and pages in the same browser, cannot open it: without the word there is nothing, not even a refusal that says
what is here.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from textual_serve.server import Server

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The terminal in the page writes its own styles; it may load and reach only this server."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Screen(Server):  # type: ignore[misc]
    """Serves `command` at `host`; with port 0 the system chooses a free one."""

    def __init__(self, command: str, host: str, port: int) -> None:
        super().__init__(command, host=host, port=port, title="mindful", templates_path=HERE)
        self.word = secrets.token_urlsafe(18)

    def address(self, port: int) -> str:
        """The whole address to open."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{port}/{self.word}/"

    def initialize_logging(self) -> None:
        logging.getLogger("textual-serve").addHandler(logging.NullHandler())
        logging.getLogger("aiohttp").addHandler(logging.NullHandler())

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: who called says what there is to say."""

    async def run(self, ready: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM; `ready` gets the address. Raises OSError where the port cannot be had."""
        self.initialize_logging()
        outer = web.Application()
        inner = await self._make_app()
        inner.router.add_static("/own", HERE / "static", name="own")
        inner.on_response_prepare.append(_guarded)
        outer.add_subapp(f"/{self.word}/", inner)
        runner = web.AppRunner(outer, access_log=None, shutdown_timeout=3)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self.host, self.port)
            await site.start()
            port = runner.addresses[0][1]
            self.public_url = self.address(port).removesuffix(f"/{self.word}/")
            done = asyncio.Event()
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                with suppress(NotImplementedError):  # Windows: Ctrl-C comes as KeyboardInterrupt
                    loop.add_signal_handler(number, done.set)
            ready(self.address(port))
            await done.wait()
        finally:
            await runner.cleanup()


async def _guarded(_request: web.Request, response: Any) -> None:
    response.headers.update(HEADERS)
