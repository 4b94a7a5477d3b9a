"""Turns a browser's WebSocket into a VNC server's plain bytes, here and nowhere else on the way.

The gateway hands over what the browser asked, as it does for every stream; the answer to the upgrade is ours, and from
then on frames are taken apart as they come, without waiting for the whole of one. Either side holds the other back.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable
from typing import cast
from urllib.parse import parse_qs, urlsplit

import structlog
from websockets.utils import apply_mask

from streamspace.agent.rfb import Filter, NotUnderstood
from streamspace.kit.splice import Conn, ConnectionEnded, prepare
from streamspace.protocol.streams import Role

log = structlog.get_logger(__name__)

LARGEST_HEAD = 16 * 1024
_ACCEPT_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_CONTINUATION, _BINARY, _CLOSE, _PING, _PONG = 0x0, 0x2, 0x8, 0x9, 0xA
_FINAL, _MASKED, _RESERVED = 0x80, 0x80, 0x70
_LARGEST_CONTROL = 125
_SHORT, _LONG = 126, 127
_SHORT_LIMIT = 1 << 16
_GOING_AWAY, _PROTOCOL_ERROR, _UNSUPPORTED = 1001, 1002, 1003
_LINGER_SECONDS = 5.0


class BadUpgrade(ConnectionError):  # noqa: N818
    """What came is no WebSocket's upgrade, or nobody may come with it."""


async def accept(far: Conn, role_of: Callable[[str], Role | None]) -> str:
    """Answer the upgrade that a gateway passes on, and return the token it came with.

    Raises:
        BadUpgrade: it is none, or its token is not good; that was answered.
        ConnectionEnded: the gateway closed first.
    """
    first, *lines = (await far.read_head(LARGEST_HEAD)).removesuffix(b"\r\n\r\n").split(b"\r\n")
    headers = {key.strip().lower(): value.strip() for key, _, value in (line.partition(b":") for line in lines)}
    words = first.split(b" ")
    key = headers.get(b"sec-websocket-key", b"")
    if len(words) != 3 or words[0] != b"GET" or headers.get(b"upgrade", b"").lower() != b"websocket" or not key:  # noqa: PLR2004
        _refuse(far, b"400 Bad Request")
    token = parse_qs(urlsplit(words[1].decode("latin-1")).query).get("token", [""])[0]
    if role_of(token) is None:
        _refuse(far, b"403 Forbidden")
    proof = base64.b64encode(hashlib.sha1(key + _ACCEPT_GUID, usedforsecurity=False).digest())
    asked = [word.strip() for word in headers.get(b"sec-websocket-protocol", b"").split(b",")]
    spoken = b"Sec-WebSocket-Protocol: binary\r\n" if b"binary" in asked else b""
    far.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: %s\r\n%s\r\n" % (proof, spoken)
    )
    return token


def _refuse(far: Conn, status: bytes) -> None:
    far.write(b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % status)
    far.transport.close()
    raise BadUpgrade(status.decode())


class VncStream:
    """One browser's stream: `far` is its WebSocket, `near` the VNC server."""

    def __init__(
        self, far: Conn, near: Conn, allowed: Callable[[], Role | None], on_close: Callable[[VncStream], None]
    ) -> None:
        self._allowed = allowed
        self._on_close = on_close
        self._open = 2
        self._browser = _Browser(far.transport, self, Filter(self._controls))
        self._server = _Server(near.transport, self)
        self._browser.peer, self._server.peer = self._server, self._browser

    def start(self, *, to_browser: bytes, to_server: bytes) -> None:
        """Take over both connections; what was read from them before comes first.

        Raises:
            ConnectionEnded: one of them closed meanwhile; the other is aborted.
        """
        ends = (self._browser, self._server)
        if any(end.transport.is_closing() for end in ends):
            self.abort()
            raise ConnectionEnded
        for end in ends:
            prepare(end.transport)
            end.transport.set_protocol(end)
        if to_browser:
            self._server.data_received(to_browser)
        if to_server:
            self._browser.data_received(to_server)
        for end in ends:
            if not end.transport.is_closing():
                end.transport.resume_reading()

    def _controls(self) -> bool:
        return self._allowed() == "controller"

    def cut_if_unwelcome(self) -> None:
        """Close it if its token is no longer good."""
        if self._allowed() is None:
            self.abort()

    def lost_one(self) -> None:
        """Count an end that closed; after the second one the stream is over."""
        self._open -= 1
        if self._open == 0:
            self._on_close(self)

    def abort(self) -> None:
        """Close both at once."""
        self._browser.transport.abort()
        self._server.transport.abort()


class _Half(asyncio.Protocol):
    """What both ends do alike: hold the other back, and end with it."""

    peer: _Half

    def __init__(self, transport: asyncio.Transport, stream: VncStream) -> None:
        self.transport = transport
        self._stream = stream

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Never called: both connections were made before."""
        self.transport = cast("asyncio.Transport", transport)

    def pause_writing(self) -> None:
        """Called by the event loop."""
        if not self.peer.transport.is_closing():
            self.peer.transport.pause_reading()

    def resume_writing(self) -> None:
        """Called by the event loop."""
        if not self.peer.transport.is_closing():
            self.peer.transport.resume_reading()

    def eof_received(self) -> bool:
        """Called by the event loop; nothing here goes on with one half."""
        return False

    def connection_lost(self, error: Exception | None) -> None:
        """Called by the event loop."""
        del error
        self.peer.finish()
        self._stream.lost_one()

    def finish(self) -> None:
        """Close, after what is on its way; the other end is gone."""
        if self.transport.is_closing():
            return
        self.transport.close()
        asyncio.get_running_loop().call_later(_LINGER_SECONDS, self.transport.abort)


class _Server(_Half):
    """The VNC server's end: what it says becomes one frame for each piece that comes."""

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        browser = self.peer.transport
        browser.write(_head(_BINARY, len(data)))
        browser.write(data)


class _Browser(_Half):
    """The WebSocket's end: takes frames apart."""

    def __init__(self, transport: asyncio.Transport, stream: VncStream, filtered: Filter) -> None:
        super().__init__(transport, stream)
        self._filter = filtered
        self._head = b""
        self._left = 0
        self._mask = b""
        self._opcode = _CONTINUATION
        self._control = b""

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        try:
            self._take(data)
        except NotUnderstood as error:
            log.info("vnc_stream_refused", reason=str(error))
            self._close(_UNSUPPORTED)
        except ValueError:
            self._close(_PROTOCOL_ERROR)

    def _take(self, data: bytes) -> None:
        while data and not self.transport.is_closing():
            if not self._left:
                data = self._read_head(data)
            if self._left:
                piece, data = data[: self._left], data[self._left :]
                self._left -= len(piece)
                self._payload(apply_mask(piece, self._mask))
                turn = len(piece) % 4
                self._mask = self._mask[turn:] + self._mask[:turn]

    def _read_head(self, data: bytes) -> bytes:
        """Take a frame's head off the front; what follows is its payload."""
        head = self._head + data
        self._head = b""
        if len(head) < 2:  # noqa: PLR2004
            self._head = head
            return b""
        length, size = head[1] & 0x7F, 2
        if length >= _SHORT:
            size += 2 if length == _SHORT else 8
        if len(head) < size + 4:
            self._head = head
            return b""
        if length >= _SHORT:
            length = int.from_bytes(head[2:size], "big")
        self._begin(head[0], length, masked=bool(head[1] & _MASKED))
        self._mask = head[size : size + 4]
        self._left = length
        if not length:
            self._payload(b"")
        return head[size + 4 :]

    def _begin(self, first: int, length: int, *, masked: bool) -> None:
        opcode = first & 0x0F
        if first & _RESERVED or not masked:
            raise ValueError
        if opcode >= _CLOSE:
            if not first & _FINAL or length > _LARGEST_CONTROL:
                raise ValueError
        elif opcode not in {_BINARY, _CONTINUATION}:
            raise NotUnderstood("text")
        self._opcode = opcode
        self._control = b""

    def _payload(self, piece: bytes) -> None:
        if self._opcode < _CLOSE:
            if passed := self._filter.take(piece):
                self.peer.transport.write(passed)
            return
        self._control += piece
        if self._left:
            return
        if self._opcode == _PING:
            self.transport.write(_head(_PONG, len(self._control)) + self._control)
        elif self._opcode == _CLOSE:
            self.transport.write(_head(_CLOSE, len(self._control[:2])) + self._control[:2])
            self.transport.close()

    def _close(self, code: int) -> None:
        if not self.transport.is_closing():
            self.transport.write(_head(_CLOSE, 2) + code.to_bytes(2, "big"))
            super().finish()

    def finish(self) -> None:
        """Say goodbye as a WebSocket does."""
        if not self.transport.is_closing():
            self.transport.write(_head(_CLOSE, 2) + _GOING_AWAY.to_bytes(2, "big"))
        super().finish()


def _head(opcode: int, length: int) -> bytes:
    if length < _SHORT:
        return bytes((_FINAL | opcode, length))
    if length < _SHORT_LIMIT:
        return bytes((_FINAL | opcode, _SHORT)) + length.to_bytes(2, "big")
    return bytes((_FINAL | opcode, _LONG)) + length.to_bytes(8, "big")
