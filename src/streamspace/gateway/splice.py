"""Takes every upgrade from uvicorn: browsers' streams, agents' dial-backs, agents' links.

It stands on four things of uvicorn's: `Config(ws=…)`, the keywords a WebSocket class is built with, the whole
request head replayed into its first `data_received`, and its own class for real WebSockets. The minor version is
pinned and `tests/gateway` holds all of them.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from typing import TYPE_CHECKING, Any, cast

import structlog
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from streamspace.gateway import filter_rules, heads, pages, webapps
from streamspace.gateway.filter import Malformed
from streamspace.gateway.pages import Refused
from streamspace.gateway.tickets import session_of
from streamspace.kit.splice import Conn, ConnectionEnded, Splice, prepare
from streamspace.protocol.streams import AGENT_LINK_PATH, DIAL_PATH, DIAL_SUBPROTOCOL

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamspace.gateway.gate import Gate
    from streamspace.gateway.links import Dial
    from streamspace.protocol.streams import StreamCookie

log = structlog.get_logger(__name__)

MOST_EARLY = 32 * 1024
"""What a client may send before its stream is open; more waits in the kernel."""
_ACCEPT_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3


def websocket_class(gate: Gate) -> Callable[..., asyncio.Protocol]:
    """Return what to give to `uvicorn.Config(ws=…)`."""

    def build(**keywords: Any) -> Door:
        return Door(gate, keywords)

    return build


class Door(asyncio.Protocol):
    """One upgraded connection until it is spliced, handed over or refused."""

    __slots__ = ("_early", "_gate", "_inner", "_keywords", "_task", "transport")

    transport: asyncio.Transport

    def __init__(self, gate: Gate, keywords: dict[str, Any]) -> None:
        self._gate = gate
        self._keywords = keywords
        self._inner: asyncio.Protocol | None = None
        self._task: asyncio.Task[None] | None = None
        self._early = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by uvicorn."""
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Called by uvicorn with the whole head, then by the event loop."""
        if self._inner is not None:
            self._inner.data_received(data)
        elif self._task is None:
            self._begin(data)
        else:
            self._early += data
            # Reading goes on, or a client that leaves meanwhile would not be noticed.
            if len(self._early) > MOST_EARLY:
                self.transport.pause_reading()

    def eof_received(self) -> bool | None:
        """Called by the event loop."""
        if self._inner is not None:
            return self._inner.eof_received()
        self.abort()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop."""
        if self._inner is not None:
            self._inner.connection_lost(exc)
        self.abort()

    def abort(self) -> None:
        """Stop opening; the transports are closed as the work ends."""
        if self._task is not None:
            self._task.cancel()

    def _begin(self, raw: bytes) -> None:
        path = raw.split(b" ", 2)[1].partition(b"?")[0]
        if path == AGENT_LINK_PATH.encode():
            self._hand_over(raw)
        elif path.startswith(DIAL_PATH.encode()):
            self._take_dial(raw, path.removeprefix(DIAL_PATH.encode()))
        else:
            self._task = asyncio.get_running_loop().create_task(self._open(raw))

    def _hand_over(self, raw: bytes) -> None:
        inner = self._inner = WebSocketsSansIOProtocol(**self._keywords)
        inner.connection_made(self.transport)
        inner.data_received(raw)
        self._later(inner)

    def _later(self, protocol: asyncio.Protocol) -> None:
        # uvicorn makes us the transport's protocol only after our `data_received` has returned.
        asyncio.get_running_loop().call_soon(self._switch, protocol)

    def _switch(self, protocol: asyncio.Protocol) -> None:
        if not self.transport.is_closing() and self.transport.get_protocol() is self:
            self.transport.set_protocol(protocol)

    def _take_dial(self, raw: bytes, token: bytes) -> None:
        try:
            head = heads.parse_upgrade(raw)
            dial = self._dial_for(head, token)
        except Refused as refused:
            self._refuse(refused, as_json=True)
            return
        key = head.one(b"sec-websocket-key") + _ACCEPT_GUID
        accept = base64.b64encode(hashlib.sha1(key, usedforsecurity=False).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Protocol: %s\r\nSec-WebSocket-Accept: %s\r\n\r\n" % (DIAL_SUBPROTOCOL.encode(), accept)
        )
        conn = self._inner = Conn()
        conn.connection_made(self.transport)
        asyncio.get_running_loop().call_soon(self._arrive, conn, dial)

    def _dial_for(self, head: heads.Head, token: bytes) -> Dial:
        dial = self._gate.links.take_dial(token.decode("ascii", "replace"))
        if dial is None or DIAL_SUBPROTOCOL.encode() not in head.all(b"sec-websocket-protocol"):
            raise Refused(pages.BAD_DIAL)
        return dial

    def _arrive(self, conn: Conn, dial: Dial) -> None:
        self._switch(conn)
        if dial.arrived.done():
            conn.abort()
        elif conn.ended or conn.transport.is_closing():
            dial.arrived.set_exception(Refused(pages.UNREACHABLE))
        else:
            dial.arrived.set_result(conn)

    def _refuse(self, refused: Refused, *, as_json: bool) -> None:
        self._gate.refusals[refused.problem.code] += 1
        if not self.transport.is_closing():
            portals = self._gate.settings.portal_origins
            self.transport.write(pages.raw(refused, as_json=as_json, portal_origins=portals))
            self.transport.close()

    async def _open(self, raw: bytes) -> None:
        as_json = True
        try:
            head = heads.parse_upgrade(raw)
            as_json = pages.wants_json(head.one(b"accept"))
            async with asyncio.timeout(self._gate.settings.open_timeout.total_seconds()):
                await self._open_authorised(head)
        except Refused as refused:
            self._refuse(refused, as_json=as_json)
        except TimeoutError:
            self._refuse(Refused(pages.TIMEOUT), as_json=as_json)
        except OSError:
            self._refuse(Refused(pages.UNREACHABLE), as_json=as_json)
        except Malformed:
            self.transport.abort()
        except asyncio.CancelledError:
            # The client left, or was revoked: nothing of it stays.
            self.transport.abort()
        except Exception:
            log.exception("stream_failed_to_open")
            self.transport.abort()
        finally:
            self._gate.streams.end(self)

    async def _open_authorised(self, head: heads.Head) -> None:
        gate = self._gate
        found = session_of(head.path)
        if found is None:
            raise Refused(pages.NOT_FOUND)
        heads.check_origin(head.headers, gate.settings.origin, upgrade=True, safe=True)
        cookie = gate.tickets.admit(found[0], head.all(b"cookie"))
        if gate.streams.open_in(cookie.session_id) >= gate.settings.most_streams:
            raise Refused(pages.BUSY)
        gate.streams.begin(self, cookie)
        endpoint = await gate.endpoint(cookie)
        filtered = filter_rules.check_stream(cookie.policy, endpoint, found[1])
        if filtered:
            head = heads.without_extensions(head)
        more = webapps.cookies(head.headers) if endpoint.protocol == "http" else None
        request = heads.upgrade_request(head, gate.settings.origin, endpoint.query, more)
        conn = gate.pool.take(cookie.agent_id, cookie.session_id)
        reused = conn is not None
        conn = conn or await gate.connect(cookie, endpoint)
        try:
            try:
                conn.write(request)
                answer = await conn.read_head(heads.LARGEST_HEAD)
            except ConnectionEnded:
                # The session may have closed an idle connection just as we took it; it has read nothing.
                if not reused or conn.buffer:
                    raise
                conn = await gate.connect(cookie, endpoint)
                conn.write(request)
                answer = await conn.read_head(heads.LARGEST_HEAD)
            reply = heads.upgrade_answer(answer)
            self._splice(conn, cookie, reply, filtered=filtered)
        except BaseException:
            conn.abort()
            raise

    def _splice(self, conn: Conn, cookie: StreamCookie, reply: bytes, *, filtered: bool) -> None:
        streams = self._gate.streams
        early, first = self._early, bytes(conn.buffer)
        filters = None
        if filtered and cookie.policy is not None:
            into, out = filter_rules.filters(cookie.policy, self._gate.dropped)
            filters = into.feed, out.feed
            early, first = into.feed(early), out.feed(first)
        pair = Splice(self.transport, conn.transport, on_close=streams.discard, filters=filters)
        prepare(self.transport)
        pair.start(to_a=reply + first, to_b=early)
        self._early = b""
        streams.add(pair, cookie)
