"""Runs Selkies on a socket that was opened outside the sandbox, keeping its master token to itself."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import time
from typing import Any

from streamspace.platforms.process.inside.secrecy import hide_this_process

DISPLAY_SOCKET = "/tmp/.X11-unix/X0"  # noqa: S108 - the sandbox's own /tmp
DISPLAY_SECONDS = 30


def main() -> None:
    """Take the settings and the listening socket by descriptor and serve until told to stop."""
    hide_this_process()
    with os.fdopen(int(sys.argv[-2]), "rb") as source:
        # Not the process's environment at its start: that would be readable under /proc for a moment.
        os.environ.update(json.load(source))
    listener = socket.socket(fileno=int(sys.argv[-1]))
    listener.setblocking(False)
    listener.set_inheritable(False)
    sys.argv = ["selkies"]

    from aiohttp import web  # noqa: PLC0415 - after the environment is complete

    class InheritedSite(web.UnixSite):
        """The engine's site, on the socket that is already there."""

        async def start(self) -> None:
            """Serve on the inherited socket instead of binding a path the application could replace."""
            await web.BaseSite.start(self)
            server: Any = self._runner.server
            loop = asyncio.get_running_loop()
            self._server = await loop.create_unix_server(server, sock=listener, backlog=self._backlog)

    web.UnixSite = InheritedSite  # type: ignore[misc]
    from selkies.__main__ import main as serve  # noqa: PLC0415

    until = time.monotonic() + DISPLAY_SECONDS
    while not os.path.exists(DISPLAY_SOCKET) and time.monotonic() < until:  # noqa: PTH110
        time.sleep(0.01)
    os.environ.pop("SELKIES_MASTER_TOKEN", None)  # read by now; what the engine starts need not know it
    serve()
