"""Runs the control plane as a program of its own."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from pathlib import Path
from typing import Any

import uvicorn

from streamspace import protocol
from streamspace.kit import logs
from streamspace.kit.configuration import BadSettings
from streamspace.kit.running import until_signalled
from streamspace.server.app import create_app
from streamspace.server.core.http import Context
from streamspace.server.core.settings import Settings


class Server(uvicorn.Server):
    """A uvicorn server that leaves signals to whoever runs it."""

    def install_signal_handlers(self) -> None:
        """Leave signals alone."""

    def capture_signals(self) -> Any:
        """Leave signals alone."""
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


def context_of(server: Server) -> Context:
    """Return the control plane inside a server, for a program that runs it beside others."""
    return server.config.app.state.context  # type: ignore[union-attr,no-any-return]


async def run_server(server: Server, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
    """Run until `stop` is set; `ready` is set once requests are answered.

    Raises:
        StartFailedError: the database or the port cannot be used; the log says which.
    """

    async def watch() -> None:
        while not server.started and not server.should_exit:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.02)
        if ready is not None and server.started:
            ready.set()
        await stop.wait()
        server.should_exit = True

    watching = asyncio.create_task(watch())
    try:
        await server.serve()
    except SystemExit:
        raise StartFailedError from None
    finally:
        watching.cancel()
    if not server.started and not stop.is_set():
        raise StartFailedError


async def serve(settings: Settings, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
    """Run a control plane until `stop` is set."""
    await run_server(make_server(settings), stop, ready)


def run(settings: dict[str, Any] | None = None, config: Path | None = None, **flags: Any) -> int:
    """Run the control plane in the foreground until SIGTERM or Ctrl-C."""
    try:
        known = Settings.load({**(settings or {}), **flags}, config)
    except BadSettings as error:
        print(f"The control plane cannot start. {error}", file=sys.stderr)  # noqa: T201 - there is no log yet
        return 1
    logs.configure(fmt=known.log_format, level=known.log_level)

    try:
        until_signalled(lambda stop: serve(known, stop))
    except StartFailedError:
        return 1
    return 0


class StartFailedError(RuntimeError):
    """The control plane could not start; the log above says why."""
