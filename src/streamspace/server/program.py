"""Runs the control plane as a program of its own."""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn

from streamspace import protocol
from streamspace.server.app import create_app
from streamspace.server.core.settings import Settings


class Server(uvicorn.Server):
    """A uvicorn server that leaves signals to whoever runs it."""

    def install_signal_handlers(self) -> None:
        """Leave signals alone."""

    def capture_signals(self) -> Any:
        """Leave signals alone."""
        import contextlib  # noqa: PLC0415

        return contextlib.nullcontext()


def make_server(settings: Settings) -> Server:
    """Build the server without opening anything."""
    return Server(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            loop="none",
            http="httptools",
            ws="websockets-sansio",
            ws_max_size=protocol.MAX_MESSAGE_BYTES,
            ws_ping_interval=20,
            ws_ping_timeout=20,
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=3,
            ssl_certfile=settings.tls_cert,
            ssl_keyfile=settings.tls_key,
        )
    )


async def serve(settings: Settings, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
    """Run until `stop` is set; `ready` is set once requests are answered."""
    server = make_server(settings)

    async def watch() -> None:
        while not server.started and not server.should_exit:
            await asyncio.sleep(0.02)
        if ready is not None and server.started:
            ready.set()
        await stop.wait()
        server.should_exit = True

    watching = asyncio.create_task(watch())
    try:
        await server.serve()
        if not server.started and not stop.is_set():
            raise StartFailedError
    finally:
        watching.cancel()


class StartFailedError(RuntimeError):
    """The control plane could not start; the log above says why."""
