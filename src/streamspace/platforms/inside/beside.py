"""Stands beside a container whose image knows nothing of us, in its network, and ends with it.

It relays to the container's port, and says when that answers and how long nobody has touched it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
import time
from typing import Any

from streamspace.platforms.inside.boundedlog import BoundedLog
from streamspace.platforms.inside.relay import Activity, Relay
from streamspace.platforms.inside.secrecy import hide_this_process

STATUS_BYTES = 1024
TELL_SECONDS = 5.0
TRY_SECONDS = 0.1
ANSWER_SECONDS = 10.0


class Touched(Activity):
    """Remembers when a client last sent something."""

    def __init__(self) -> None:
        super().__init__(-1)
        self.at = time.monotonic()

    def note(self) -> None:
        """Remember that it was now."""
        self.at = time.monotonic()


class Beside:
    """Follows one container from its start to its end."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config
        self._log = BoundedLog(config["log_fd"], config["log_bytes"])
        self._touched = Touched()
        self._over = asyncio.Event()

    async def run(self) -> None:
        """Stay until the container is gone."""
        asyncio.get_running_loop().add_reader(self._config["container_fd"], self._over.set)
        listener = socket.socket(fileno=self._config["listen_fd"])
        listener.setblocking(False)
        relay = asyncio.create_task(Relay(listener, self._config["target"], self._touched).serve())
        story = asyncio.create_task(self._tell())
        await self._over.wait()
        for task in (relay, story):
            task.cancel()
        await asyncio.gather(relay, story, return_exceptions=True)

    async def _tell(self) -> None:
        self._say("engine")
        try:
            async with asyncio.timeout(self._config["deadline"]):
                while not await self._answers():  # noqa: ASYNC110 - another program's doing
                    await asyncio.sleep(TRY_SECONDS)
        except TimeoutError:
            self._log.write("session", f"Nothing answered at {self._config['target']} in time.")
            self._say("ended", outcome="failed", message="The application did not answer in time.")
            return
        self._touched.note()
        while True:
            self._say("ready")
            await asyncio.sleep(TELL_SECONDS)

    async def _answers(self) -> bool:
        host, _, port = self._config["target"].rpartition(":")
        writer = None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reader, writer = await asyncio.open_connection(host, int(port))
                writer.write(
                    f"GET {self._config['prefix']}/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
                )
                words = (await reader.readline()).split(b" ")
        except (OSError, ValueError):
            return False
        finally:
            if writer is not None:
                writer.transport.abort()
        return words[0].startswith(b"HTTP/1.") and len(words) > 1 and not words[1].startswith(b"5")

    def _say(self, phase: str, **more: str) -> None:
        idle = time.monotonic() - self._touched.at if phase == "ready" else None
        body = json.dumps({"phase": phase, "idle": idle, "at": time.time(), **more}).encode()
        os.pwrite(self._config["status_fd"], body.ljust(STATUS_BYTES), 0)


def become(user: int) -> None:
    """Give up all that was needed to come here."""
    if os.geteuid() != 0:
        return
    with contextlib.suppress(OSError):
        os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    hide_this_process()


def main() -> None:
    """Take the configuration from the descriptor named last."""
    with os.fdopen(int(sys.argv[-1]), "rb") as source:
        config = json.load(source)
    become(config["owner"])
    asyncio.run(Beside(config).run())
