"""Hands a container what a sandboxed process would inherit: its configuration, its status and log files, its socket."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from streamspace.platforms.base import StartFailed
from streamspace.platforms.local.records import Folder
from streamspace.platforms.process import launching

SECONDS = 30.0
_LOOK_SECONDS = 0.05


class Handover:
    """Opens the session's files, waits for the container's first process, and passes them on."""

    def __init__(self, folder: Folder, configuration: dict[str, Any], *, waits: bool = False) -> None:
        self._folder = folder
        self._configuration = configuration
        self._waits = waits
        """Whether it waits for a person, who is told over one socket more."""
        self._path = folder.run / "c"
        self._stack = ExitStack()
        self._descriptors: list[int] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            listener = stack.enter_context(launching.listen(self._folder.socket))
            door = stack.enter_context(launching.listen(self._folder.files))
            files = [
                launching.readable(json.dumps(self._configuration).encode()),
                os.open(self._folder.private / "status", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600),
                os.open(self._folder.log, os.O_RDWR | os.O_CREAT, 0o600),
            ]
            for descriptor in files:
                stack.callback(os.close, descriptor)
            self._socket = stack.enter_context(launching.listen(self._path))
            self._socket.setblocking(False)
            self._descriptors = [*files, listener.fileno(), door.fileno()]
            if self._waits:
                self._descriptors.append(stack.enter_context(launching.listen(self._folder.claims)).fileno())
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._path.unlink(missing_ok=True)
        self._stack.close()

    async def deliver(self, ended: Callable[[], bool]) -> None:
        """Wait for the container's first process and pass it everything.

        Raises:
            StartFailed: the container ended, or its image does not know what to do.
        """
        taking = asyncio.ensure_future(asyncio.get_running_loop().sock_accept(self._socket))
        try:
            async with asyncio.timeout(SECONDS):
                while not taking.done():
                    await asyncio.wait({taking}, timeout=_LOOK_SECONDS)
                    if ended() and not taking.done():
                        raise StartFailed("The container ended before it took the session over.")
        except TimeoutError:
            raise StartFailed(
                "The container did not take the session over: its image is not a session image."
            ) from None
        finally:
            taking.cancel()
        connection, _ = taking.result()
        with connection:
            socket.send_fds(connection, [b"!"], self._descriptors)
