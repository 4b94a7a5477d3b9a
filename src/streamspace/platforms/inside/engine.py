"""Runs Selkies on a socket that was opened outside the sandbox, keeping its master token to itself."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import time
from types import ModuleType
from typing import Any

from streamspace.platforms.inside import sound, watermark
from streamspace.platforms.inside.secrecy import hide_this_process

DISPLAY_SOCKET = "/tmp/.X11-unix/X0"  # noqa: S108 - the sandbox's own /tmp
DISPLAY_SECONDS = 30


class NoTransport:
    """Stands where the engine's second transport would."""

    def __init__(self, _: object) -> None: ...

    def register_routes(self, _prefix: str, _router: object) -> None:
        """Called by the engine for each of its transports."""


def leave_out_what_is_off() -> None:
    """Keep what the settings turn off from being imported: a quarter of a start and 25 MB of each session.

    Looking for a sound library that is not there even runs a compiler.
    """
    if not sound.available():
        # The import system's way to say that there is none.
        sys.modules["pulsectl_asyncio"] = sys.modules["pcmflux"] = None  # type: ignore[assignment]
    webrtc = ModuleType("selkies.webrtc_mode")
    webrtc.WebRTCService = NoTransport  # type: ignore[attr-defined]
    sys.modules[webrtc.__name__] = webrtc


def main() -> None:
    """Take the settings and the listening socket by descriptor and serve until told to stop."""
    hide_this_process()
    settings, listener = int(sys.argv[-2]), int(sys.argv[-1])
    read_settings(settings)
    load()
    serve(listener)


def read_settings(descriptor: int) -> None:
    """Take the settings into the environment, as soon as somebody writes them."""
    with os.fdopen(descriptor, "rb") as source:
        # Not the process's environment at its start: that would be readable under /proc for a moment.
        os.environ.update(json.load(source))
    if not sound.available():
        os.environ["SELKIES_AUDIO_ENABLED"] = "false|locked"


def load() -> None:
    """Import the engine, which takes longest of all."""
    sys.argv = ["selkies"]
    leave_out_what_is_off()
    # The engine calls nobody over TLS, and aiohttp reads all the authorities of the world when it is imported.
    os.environ["SSL_CERT_FILE"] = os.environ["SSL_CERT_DIR"] = os.devnull
    import selkies.__main__  # noqa: F401, PLC0415 - after the environment is complete


def serve(descriptor: int) -> None:
    """Serve on the inherited socket."""
    watermark.begin()
    listener = socket.socket(fileno=descriptor)
    listener.setblocking(False)
    listener.set_inheritable(False)
    from aiohttp import web  # noqa: PLC0415 - imported with the engine

    class InheritedSite(web.UnixSite):
        """The engine's site, on the socket that is already there."""

        async def start(self) -> None:
            """Serve on the inherited socket instead of binding a path the application could replace."""
            await web.BaseSite.start(self)
            server: Any = self._runner.server
            loop = asyncio.get_running_loop()
            self._server = await loop.create_unix_server(server, sock=listener, backlog=self._backlog)

    web.UnixSite = InheritedSite  # type: ignore[misc]
    from selkies.__main__ import main as run  # noqa: PLC0415

    until = time.monotonic() + DISPLAY_SECONDS
    while not os.path.exists(DISPLAY_SOCKET) and time.monotonic() < until:  # noqa: PTH110
        time.sleep(0.01)
    # Read by now; what the engine starts need not know them.
    for name in ("SELKIES_MASTER_TOKEN", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        os.environ.pop(name, None)
    run()
