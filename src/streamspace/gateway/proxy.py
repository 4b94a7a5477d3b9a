"""Plain HTTP to a session: pages, scripts, uploads, downloads, streamed both ways."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

import h11

from streamspace.gateway import desk, filter_rules, heads, pages, webapps
from streamspace.gateway.pages import Refused
from streamspace.kit.splice import Conn

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from streamspace.gateway.gate import Gate
    from streamspace.protocol.streams import Endpoint, StreamCookie

MOST_AT_ONCE = 64
"""Requests under way per session; a browser opens six connections."""
_LARGEST_ANSWER_HEAD = 64 * 1024
_METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
_NAMED_BY_CONTENT = re.compile(rb"/assets/[\w.-]+-(?=[\w-]*[A-Z0-9])[\w-]{8}\.(?:css|js|wasm|woff2)$")
"""Vite's names, such as `assets/index-BpOBp7NB.js`: another content has another name."""
_KEEP = b"private, max-age=31536000, immutable"
_REPEATABLE = frozenset({"GET", "HEAD"})
_IDLE = (h11.DONE, h11.DONE)


class Broken(Exception):  # noqa: N818
    """The session broke off after its answer had begun."""


class Proxy:
    """Sends requests on to sessions."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._under_way: dict[str, int] = {}

    async def handle(self, cookie: StreamCookie, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request that was let in.

        Raises:
            Refused: nothing was sent to the client yet.
        """
        session_id = cookie.session_id
        if self._under_way.get(session_id, 0) >= MOST_AT_ONCE:
            raise Refused(pages.BUSY)
        self._under_way[session_id] = self._under_way.get(session_id, 0) + 1
        exchange = Exchange(self._gate, cookie, scope, receive, send)
        self._gate.streams.begin(exchange, cookie)
        try:
            await exchange.run()
        finally:
            self._gate.streams.end(exchange)
            self._under_way[session_id] -= 1
            if not self._under_way[session_id]:
                del self._under_way[session_id]


class Exchange:
    """One request and its answer."""

    def __init__(self, gate: Gate, cookie: StreamCookie, scope: Scope, receive: Receive, send: Send) -> None:
        self._gate = gate
        self._cookie = cookie
        self._scope = scope
        self._receive = receive
        self._send = send
        self._conn: Conn | None = None
        self._task = asyncio.current_task()
        self._cut = False
        self._started = False
        self._finished = False
        self._body_sent = asyncio.Event()

    def abort(self) -> None:
        """Cut it: access was revoked, or the client left."""
        self._cut = True
        if self._conn is not None:
            self._conn.abort()
        if self._task is not None:
            self._task.cancel()

    async def run(self) -> None:
        """Carry the request and its answer.

        Raises:
            Refused: nothing was sent to the client yet.
        """
        try:
            await self._run()
        except asyncio.CancelledError:
            if not self._cut:
                raise
            # Cut by us, not by our caller: the answer ends where it is.
            if self._task is not None:
                self._task.uncancel()
            if not self._started:
                raise Refused(pages.REVOKED) from None
            raise Broken from None
        except (OSError, h11.RemoteProtocolError) as error:
            if self._started:
                raise Broken from None
            # TimeoutError is an OSError too.
            problem = pages.TIMEOUT if isinstance(error, TimeoutError) else pages.UNREACHABLE
            raise Refused(problem) from None

    async def _run(self) -> None:
        settings = self._gate.settings
        async with asyncio.timeout(settings.open_timeout.total_seconds()):
            endpoint = await self._gate.endpoint(self._cookie)
            rest = b"/" + self._scope["raw_path"].removeprefix(webapps.base(self._cookie.session_id).encode())
            filter_rules.check_request(self._cookie.policy, endpoint, self._scope["method"], rest)
            if endpoint.protocol == "vnc":
                await self._show_desk()
                return
            request, has_body = self._request(endpoint)
            conn = self._gate.pool.take(self._cookie.agent_id, self._cookie.session_id)
            reused = conn is not None
            conn = conn or await self._gate.connect(self._cookie, endpoint)
        self._conn = conn
        try:
            try:
                finished = await self._exchange(conn, request, endpoint, has_body=has_body)
            except (OSError, h11.RemoteProtocolError) as error:
                # The session may have closed an idle connection just as we took it.
                repeatable = not has_body and self._scope["method"] in _REPEATABLE
                if not reused or not repeatable or self._started or isinstance(error, TimeoutError):
                    raise
                conn.abort()
                async with asyncio.timeout(settings.open_timeout.total_seconds()):
                    conn = self._conn = await self._gate.connect(self._cookie, endpoint)
                finished = await self._exchange(conn, request, endpoint, has_body=has_body)
        except BaseException:
            conn.abort()
            raise
        if finished:
            self._gate.pool.put(self._cookie.agent_id, self._cookie.session_id, conn)
        else:
            conn.abort()

    async def _show_desk(self) -> None:
        """Answer with the page that shows a VNC session; the session itself serves only the stream."""
        if self._scope["method"] not in _REPEATABLE:
            raise Refused(pages.BAD_REQUEST)
        session_id = self._cookie.session_id
        rest = self._scope["raw_path"].removeprefix(webapps.base(session_id).encode())
        headers, body = desk.answer(rest, session_id, self._gate.settings)
        self._started = self._finished = True
        headers.append((b"content-length", b"%d" % len(body)))
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send({"type": "http.response.body", "body": b"" if self._scope["method"] == "HEAD" else body})

    def _request(self, endpoint: Endpoint) -> tuple[h11.Request, bool]:
        scope = self._scope
        if scope["method"] not in _METHODS:
            raise Refused(pages.BAD_REQUEST)
        headers = heads.to_session(list(scope["headers"]), self._gate.settings.origin)
        if endpoint.protocol == "http":
            headers += webapps.cookies(list(scope["headers"]))
        length = [value for key, value in headers if key == b"content-length"]
        chunked = any(key == b"transfer-encoding" for key, _ in scope["headers"])
        if length and int(length[0]) > self._gate.settings.largest_body_bytes:
            raise Refused(pages.TOO_LARGE)
        if chunked:
            headers = [pair for pair in headers if pair[0] != b"content-length"]
            headers.append((b"transfer-encoding", b"chunked"))
        query = heads.with_query(scope["query_string"], endpoint.query)
        target = scope["raw_path"] + (b"?" + query if query else b"")
        try:
            request = h11.Request(method=scope["method"], target=target, headers=headers)
        except h11.LocalProtocolError:
            raise Refused(pages.BAD_REQUEST) from None
        return request, chunked or (bool(length) and length != [b"0"])

    async def _exchange(self, conn: Conn, request: h11.Request, endpoint: Endpoint, *, has_body: bool) -> bool:
        """Return whether the connection may carry another request."""
        wire = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_ANSWER_HEAD)
        conn.write(_bytes(wire.send(request)))
        client = asyncio.create_task(self._follow_client(conn, wire, has_body=has_body))
        try:
            async with asyncio.timeout(None) as patience:
                answer = await self._answer(conn, wire, patience, endpoint)
            await self._pass_on(conn, wire, answer)
        finally:
            client.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await client
        return (wire.our_state, wire.their_state) == _IDLE and conn.quiet and not wire.trailing_data[0]

    async def _follow_client(self, conn: Conn, wire: h11.Connection, *, has_body: bool) -> None:
        """Send the client's body on, then notice if it leaves."""
        sent = 0
        try:
            if not has_body:
                conn.write(_bytes(wire.send(h11.EndOfMessage())))
                self._body_sent.set()
            while True:
                message = await self._receive()
                if message["type"] == "http.disconnect":
                    if not self._finished:
                        self.abort()
                    return
                if self._body_sent.is_set():
                    continue
                chunk = message.get("body", b"")
                sent += len(chunk)
                if sent > self._gate.settings.largest_body_bytes:
                    conn.abort()
                    return
                if chunk:
                    conn.write(_bytes(wire.send(h11.Data(data=chunk))))
                    await conn.drain()
                if not message.get("more_body", False):
                    conn.write(_bytes(wire.send(h11.EndOfMessage())))
                    self._body_sent.set()
        except (OSError, h11.LocalProtocolError):
            # The session stopped reading; what it answered, if anything, is still passed on.
            return

    async def _answer(
        self, conn: Conn, wire: h11.Connection, patience: asyncio.Timeout, endpoint: Endpoint
    ) -> h11.Response:
        loop = asyncio.get_running_loop()

        async def start_clock() -> None:
            # An upload may take its time; only then must the session answer.
            await self._body_sent.wait()
            patience.reschedule(loop.time() + self._gate.settings.answer_timeout.total_seconds())

        waiting = asyncio.create_task(start_clock())
        try:
            while True:
                event = await _next(conn, wire)
                if isinstance(event, h11.Response):
                    break
                if not isinstance(event, h11.InformationalResponse):
                    raise h11.RemoteProtocolError("no answer")
        finally:
            waiting.cancel()
            if not patience.expired():
                patience.reschedule(None)
        headers = self._headers(event, endpoint)
        self._started = True
        await self._send({"type": "http.response.start", "status": event.status_code, "headers": headers})
        return event

    def _headers(self, event: h11.Response, endpoint: Endpoint) -> heads.Headers:
        headers = heads.to_browser(list(event.headers), self._gate.settings.portal_origins, endpoint.query)
        if endpoint.protocol == "http":
            settings, asked = self._gate.settings, self._scope["raw_path"].decode("latin-1")
            headers = webapps.to_browser(
                list(event.headers),
                headers,
                self._cookie.session_id,
                asked=asked,
                origin=settings.origin,
                secure=settings.secure,
            )
        if (denied := filter_rules.permissions_policy(self._cookie.policy)) is not None:
            headers = [*(pair for pair in headers if pair[0] != b"permissions-policy"), (b"permissions-policy", denied)]
        if self._may_be_kept(event):
            headers = [(key, _KEEP if key == b"cache-control" else value) for key, value in headers]
        return headers

    def _may_be_kept(self, event: h11.Response) -> bool:
        """Return whether a browser need not ask again, although the session did not say so."""
        return (
            self._scope["method"] == "GET"
            and event.status_code == 200  # noqa: PLR2004
            and _NAMED_BY_CONTENT.search(self._scope["raw_path"]) is not None
            and not any(key == b"cache-control" for key, _ in event.headers)
        )

    async def _pass_on(self, conn: Conn, wire: h11.Connection, answer: h11.Response) -> None:
        while True:
            event = await _next(conn, wire)
            if isinstance(event, h11.Data):
                await self._send({"type": "http.response.body", "body": bytes(event.data), "more_body": True})
            elif isinstance(event, h11.EndOfMessage):
                self._finished = True
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            else:
                raise h11.RemoteProtocolError(f"broke off after {answer.status_code}")


async def _next(conn: Conn, wire: h11.Connection) -> Any:
    while (event := wire.next_event()) is h11.NEED_DATA:
        wire.receive_data(await conn.read())
    return event


def _bytes(data: bytes | None) -> bytes:
    return data or b""
