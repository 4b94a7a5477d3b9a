"""Runs a gateway, alone or in one loop with other servers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any, cast

import structlog
import uvicorn

from streamspace.gateway.app import build_app
from streamspace.gateway.control import ControlLink
from streamspace.gateway.gate import Gate
from streamspace.gateway.http import http_class
from streamspace.gateway.splice import websocket_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamspace.gateway.settings import GatewaySettings
    from streamspace.kit.clock import Clock

log = structlog.get_logger(__name__)

_BACKLOG = 1024
_LARGEST_LINK_MESSAGE = 64 * 1024
_PING_SECONDS = 10.0


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Signals belong to whoever runs the loop.
        yield


class GatewayServer:
    """One gateway that can be served once."""

    def __init__(self, settings: GatewaySettings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.gate = Gate(settings, clock)
        self.link = ControlLink(self.gate)
        self.started = asyncio.Event()
        self.port = settings.port
        config = uvicorn.Config(
            build_app(self.gate, self.link),
            http=cast("Any", http_class(settings.portal_origins)),
            ws=cast("Any", websocket_class(self.gate)),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            backlog=_BACKLOG,
            ws_max_size=_LARGEST_LINK_MESSAGE,
            ws_ping_interval=_PING_SECONDS,
            ws_ping_timeout=_PING_SECONDS,
            ws_per_message_deflate=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=2,
            ssl_certfile=settings.tls_cert,
            ssl_keyfile=settings.tls_key,
        )
        self._uvicorn = _Uvicorn(config)

    async def serve(self, stop: asyncio.Event) -> None:
        """Listen until told to stop, then let open streams go on for a while.

        Raises:
            OSError: the address is taken.
        """
        listener = _listen(self.settings.host, self.settings.port)
        self.port = listener.getsockname()[1]
        server = asyncio.create_task(self._uvicorn.serve(sockets=[listener]), name="gateway-http")
        link = asyncio.create_task(self.link.run(), name="gateway-control-link")
        forgetting = asyncio.create_task(self.gate.forget_idle(), name="gateway-forgetting")
        stopped = asyncio.create_task(stop.wait())
        try:
            while not self._uvicorn.started and not server.done():  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
            self.started.set()
            log.info(
                "gateway_started",
                host=self.settings.host,
                port=self.port,
                public_url=self.settings.public_url,
            )
            await asyncio.wait({server, link, stopped}, return_when=asyncio.FIRST_COMPLETED)
            await self._drain()
        finally:
            self._end_everything()
            await self.gate.links.close()
            self._uvicorn.should_exit = True
            for task in (link, forgetting, stopped):
                task.cancel()
            results = await asyncio.gather(server, link, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result

    async def _drain(self) -> None:
        self.gate.stopping = True
        loop = asyncio.get_running_loop()
        until = loop.time() + self.settings.drain.total_seconds()
        while self.gate.streams.count and loop.time() < until:  # noqa: ASYNC110 - rare, and has a deadline
            await asyncio.sleep(0.05)

    def _end_everything(self) -> None:
        self.gate.stopping = True
        self.gate.streams.close(lambda _: True)
        self.gate.pool.close()


def _listen(host: str, port: int) -> socket.socket:
    family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
        0
    ]
    listener = socket.socket(family, kind, proto)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


def make_server(settings: GatewaySettings, clock: Clock | None = None) -> GatewayServer:
    """Return a gateway; `serve(stop)` runs it, `started` and `port` tell when and where it listens."""
    return GatewayServer(settings, clock)


async def serve(settings: GatewaySettings, stop: asyncio.Event) -> None:
    """Run a gateway until told to stop. It touches no signal handlers."""
    await make_server(settings).serve(stop)
