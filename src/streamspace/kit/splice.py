"""Joins two transports so that bytes run between them without passing through our code."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import cast

HIGH_WATER = 256 * 1024
LOW_WATER = 64 * 1024
LINGER_SECONDS = 10.0
"""How long a closing end may take to accept what is still on its way to it."""
HEAD_END = b"\r\n\r\n"


class ConnectionEnded(ConnectionError):  # noqa: N818
    """The other side closed the connection before it had answered."""


class HeadTooLong(ConnectionError):  # noqa: N818
    """The other side's answer has a longer head than we read."""


def prepare(transport: asyncio.Transport) -> None:
    """Set what every stream connection needs: water marks, and TCP keep-alive to notice a peer that vanished."""
    transport.set_write_buffer_limits(HIGH_WATER, LOW_WATER)
    sock = transport.get_extra_info("socket")
    if sock is None or sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 20)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 4)


class Conn(asyncio.Protocol):
    """A connection that code reads, for a handshake or plain HTTP, before it may be spliced."""

    __slots__ = ("_paused", "_waiter", "_writable", "buffer", "ended", "error", "transport")

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._writable: asyncio.Future[None] | None = None
        self._paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        self.transport = cast("asyncio.Transport", transport)
        prepare(self.transport)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        self.buffer += data
        if len(self.buffer) > HIGH_WATER and not self.transport.is_closing():
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """Called by the event loop."""
        self.ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop."""
        self.ended = True
        self.error = exc
        self._wake()
        self.resume_writing()

    def pause_writing(self) -> None:
        """Called by the event loop."""
        self._writable = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Called by the event loop."""
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)
        self._writable = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _more(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    @property
    def quiet(self) -> bool:
        """Whether it is open and nothing unexpected has come, so that it may carry another request."""
        return not self.ended and not self.buffer and not self.transport.is_closing()

    async def read(self) -> bytes:
        """Return what has come, waiting for something; empty at the end."""
        while not self.buffer and not self.ended:
            await self._more()
        data = bytes(self.buffer)
        self.buffer.clear()
        if self._paused and not self.transport.is_closing():
            self._paused = False
            self.transport.resume_reading()
        return data

    async def read_head(self, limit: int) -> bytes:
        """Return an HTTP head with its empty line; what follows it stays in `buffer`.

        Raises:
            ConnectionEnded: it closed first.
            HeadTooLong: there was no end within `limit` bytes.
        """
        while (end := self.buffer.find(HEAD_END)) < 0:
            if len(self.buffer) > limit:
                raise HeadTooLong
            if self.ended:
                raise ConnectionEnded
            await self._more()
        end += len(HEAD_END)
        if end > limit:
            raise HeadTooLong
        head = bytes(self.buffer[:end])
        del self.buffer[:end]
        return head

    def write(self, data: bytes) -> None:
        """Send, without waiting."""
        self.transport.write(data)

    async def drain(self) -> None:
        """Wait until the peer keeps up.

        Raises:
            ConnectionEnded: it closed.
        """
        if self._writable is not None:
            await self._writable
        if self.transport.is_closing():
            raise ConnectionEnded

    def abort(self) -> None:
        """Close at once."""
        self.transport.abort()


Filter = Callable[[bytes], bytes]
"""Takes what came and returns what may go on; a ValueError ends both connections."""


class _End(asyncio.Protocol):
    """One end of a pair. Its `data_received` is the other transport's `write`: no frame of ours per chunk."""

    __slots__ = ("data_received", "got_end", "pair", "peer", "transport")

    data_received: Callable[[bytes], None]  # type: ignore[assignment]
    peer: _End

    def __init__(self, transport: asyncio.Transport, pair: Splice) -> None:
        self.transport = transport
        self.pair = pair
        self.got_end = False

    def pause_writing(self) -> None:
        other = self.peer.transport
        if not other.is_closing():
            other.pause_reading()

    def resume_writing(self) -> None:
        other = self.peer.transport
        if not other.is_closing() and not self.peer.got_end:
            other.resume_reading()

    def eof_received(self) -> bool:
        self.got_end = True
        other = self.peer.transport
        if other.is_closing():
            return False
        if other.can_write_eof():
            other.write_eof()
            # True keeps our writing half open; a TLS transport has no halves and would refuse.
            return not self.peer.got_end and self.transport.can_write_eof()
        self.peer.close()
        return False

    def close(self) -> None:
        if self.transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self.transport.abort)
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        peer = self.peer
        if not peer.transport.is_closing():
            if exc is None:
                peer.close()
            else:
                peer.transport.abort()
        self.pair.lost_one()


class Splice:
    """Two joined transports: water marks hold back the faster side, half-closes travel, an abort aborts both."""

    __slots__ = ("_ends", "_on_close", "_open")

    def __init__(
        self,
        a: asyncio.Transport,
        b: asyncio.Transport,
        on_close: Callable[[Splice], None] | None = None,
        filters: tuple[Filter, Filter] | None = None,
    ) -> None:
        """Join `a` and `b`. Only with `filters`, from `a` to `b` and back, does our code see what runs between."""
        self._on_close = on_close
        self._open = 2
        one, two = _End(a, self), _End(b, self)
        one.peer, two.peer = two, one
        one.data_received, two.data_received = b.write, a.write
        if filters is not None:
            one.data_received, two.data_received = self._through(filters[0], b), self._through(filters[1], a)
        self._ends = (one, two)

    def _through(self, passes: Filter, to: asyncio.Transport) -> Callable[[bytes], None]:
        def received(data: bytes) -> None:
            try:
                passed = passes(data)
            except ValueError:
                self.abort()
                return
            if passed:
                to.write(passed)

        return received

    def start(self, *, to_a: bytes = b"", to_b: bytes = b"") -> None:
        """Take over both transports; `to_a` and `to_b` were read from the other before.

        Raises:
            ConnectionEnded: one of them closed meanwhile; the other is aborted.
        """
        a, b = self._ends
        if a.transport.is_closing() or b.transport.is_closing():
            self.abort()
            raise ConnectionEnded
        for end in self._ends:
            prepare(end.transport)
            end.transport.set_protocol(end)
        if to_a:
            a.transport.write(to_a)
        if to_b:
            b.transport.write(to_b)
        for end in self._ends:
            if not end.transport.is_closing():
                end.transport.resume_reading()

    def lost_one(self) -> None:
        """Count an end that closed; after the second one the pair is over."""
        self._open -= 1
        if self._open == 0:
            if self._on_close is not None:
                self._on_close(self)
            self._on_close = None
            for end in self._ends:
                # A lost pair would otherwise wait for the cycle collector.
                del end.peer, end.data_received

    def abort(self) -> None:
        """Close both at once, dropping what is on its way."""
        for end in self._ends:
            end.transport.abort()
