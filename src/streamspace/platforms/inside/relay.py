"""Joins the session's socket to an application that serves by itself: a VNC server's socket, or a port of its own.

It runs where the application does, in its network or beside it, so nothing else has to reach the application. What
clients send is activity; each second of it writes one byte to a pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from typing import cast

from streamspace.platforms.inside.secrecy import hide_this_process

HIGH_WATER, LOW_WATER = 256 * 1024, 64 * 1024
TELL_SECONDS = 1.0
MOST = 512
"""Connections at once; a browser opens six, and one a WebSocket."""
TRY_SECONDS = 0.05


class Activity:
    """Tells at most once a second that a client sent something."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._told_at = 0.0

    def note(self) -> None:
        """Tell it, unless that was just told."""
        now = time.monotonic()
        if now - self._told_at >= TELL_SECONDS:
            self._told_at = now
            with contextlib.suppress(OSError):  # a full pipe says the same already
                os.write(self._descriptor, b".")


class End(asyncio.Protocol):
    """One end of a pair: what it reads, the other writes."""

    transport: asyncio.Transport

    def __init__(self, peer: End | None = None, activity: Activity | None = None) -> None:
        self.peer = peer
        self._activity = activity
        self.ended = False
        self.early = b""
        """What came while there was nobody yet to pass it on to."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(HIGH_WATER, LOW_WATER)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        if self._activity is not None:
            self._activity.note()
        if self.peer is not None:
            self.peer.transport.write(data)
            return
        self.early += data
        if len(self.early) > HIGH_WATER:
            self.transport.pause_reading()

    def eof_received(self) -> bool:
        """Called by the event loop; the other half stays open until its own end."""
        self.ended = True
        if self.peer is None or self.peer.transport.is_closing():
            return False
        self.peer.transport.write_eof()
        return not self.peer.ended

    def pause_writing(self) -> None:
        """Called by the event loop."""
        if self.peer is not None and not self.peer.transport.is_closing():
            self.peer.transport.pause_reading()

    def resume_writing(self) -> None:
        """Called by the event loop."""
        if self.peer is not None and not self.peer.transport.is_closing():
            self.peer.transport.resume_reading()

    def connection_lost(self, error: Exception | None) -> None:
        """Called by the event loop."""
        peer, self.peer = self.peer, None
        if peer is not None and not peer.transport.is_closing():
            if error is None:
                peer.transport.close()
            else:
                peer.transport.abort()


class Relay:
    """Takes connections on a socket that is already there, and joins each to the target."""

    def __init__(self, listener: socket.socket, target: str, activity: Activity) -> None:
        self._listener = listener
        self._target = target
        self._activity = activity
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Take connections for good."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(self._listener)
            except OSError:
                await asyncio.sleep(TRY_SECONDS)  # out of descriptors; some will be given back
                continue
            if len(self._tasks) >= MOST:
                connection.close()
                continue
            task = loop.create_task(self._join(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _join(self, connection: socket.socket) -> None:
        outer = End(activity=self._activity)
        try:
            await asyncio.get_running_loop().connect_accepted_socket(lambda: outer, connection)
        except OSError:
            connection.close()
            return
        try:
            inner = await self._connect(outer)
        except OSError:
            outer.transport.abort()
            return
        if outer.transport.is_closing():
            inner.transport.abort()
            return
        inner.transport.write(outer.early)
        outer.peer, outer.early = inner, b""
        outer.transport.resume_reading()

    async def _connect(self, outer: End) -> End:
        loop = asyncio.get_running_loop()
        if self._target.startswith("/"):
            _, end = await loop.create_unix_connection(lambda: End(outer), self._target)
            return end
        host, _, port = self._target.rpartition(":")
        transport, end = await loop.create_connection(lambda: End(outer), host, int(port))
        with contextlib.suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return end


def main() -> None:
    """Relay until told to stop: the target, the pipe and the listening socket are the last arguments."""
    hide_this_process()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    target, pipe, descriptor = sys.argv[-3:]
    os.set_blocking(int(pipe), False)
    listener = socket.socket(fileno=int(descriptor))
    listener.setblocking(False)
    with contextlib.suppress(ImportError):
        import uvloop  # noqa: PLC0415 - the engine brings it; without it the relay costs more

        uvloop.install()
    asyncio.run(Relay(listener, target, Activity(int(pipe))).serve())
