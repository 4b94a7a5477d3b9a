"""Starts the file server when somebody knocks, and listens again when it has left."""

from __future__ import annotations

import select
import time
from typing import Any, Protocol

AGAIN_SECONDS = 5.0
"""How long the door stays shut after a file server that failed."""


class Host(Protocol):
    """What the supervisor has of it."""

    config: dict[str, Any]
    poll: select.poll
    base: dict[str, str]

    def spawn(self, name: str, command: list[str], environment: dict[str, str], **options: Any) -> object | None:
        """Start a program; None if it cannot be started."""


class FileDoor:
    """The listening socket of a session's files, watched while nobody serves it."""

    def __init__(self, supervisor: Host) -> None:
        self.listener: int = supervisor.config["files_fd"]
        self._supervisor = supervisor
        self._opens_at: float | None = 0.0

    def judge(self) -> None:
        """Watch it from when its time has come."""
        if self._opens_at is not None and time.monotonic() >= self._opens_at:
            self._opens_at = None
            self._supervisor.poll.register(self.listener, select.POLLIN)

    def knocked(self) -> None:
        """Start the server, which takes the connections from here on."""
        host = self._supervisor
        host.poll.unregister(self.listener)
        command = [*host.config["python"], "fileserver", str(self.listener)]
        if host.spawn("files", command, host.base, pass_fds=[self.listener]) is None:
            self.left(1)

    def left(self, code: int) -> None:
        """Watch again; after a failure only in a while, so that nobody's knocking starts it over and over."""
        self._opens_at = time.monotonic() + (AGAIN_SECONDS if code else 0.0)
