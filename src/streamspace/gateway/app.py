"""The gateway's ASGI side: swapping tickets, plain requests to sessions, status, health."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import structlog
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from streamspace.gateway import heads, pages
from streamspace.gateway.files import Files
from streamspace.gateway.metrics import exposition
from streamspace.gateway.pages import Refused
from streamspace.gateway.proxy import Broken, Proxy
from streamspace.gateway.tickets import session_of
from streamspace.protocol.streams import AGENT_LINK_PATH, SESSION_PREFIX

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from streamspace.gateway.control import ControlLink
    from streamspace.gateway.gate import Gate

log = structlog.get_logger(__name__)

STATUS_PATH = b"/.streamspace/status"
_LOOPBACK = ("127.0.0.1", "::1")


class Sessions:
    """Everything below `/s/`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._proxy = Proxy(gate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = list(scope["headers"])
        try:
            await self._serve(heads.Head(b"", scope["raw_path"], headers), scope, receive, send)
        except Refused as refused:
            self._gate.refusals[refused.problem.code] += 1
            await self._page(refused, scope, send)
        except Broken:
            # Leaving the answer unfinished makes uvicorn close the connection, which tells the client.
            log.info("answer_broken_off", path=scope["path"])

    async def _serve(self, head: heads.Head, scope: Scope, receive: Receive, send: Send) -> None:
        found = session_of(head.target)
        if found is None:
            raise Refused(pages.NOT_FOUND)
        session_id, rest = found
        method = scope["method"]
        if not rest:
            query = scope["query_string"]
            await _redirect(head.target + b"/" + (b"?" + query if query else b""), [], send)
        elif rest == STATUS_PATH:
            await self._status(session_id, head, method, send)
        elif method == "GET" and rest == b"/" and (ticket := _ticket(scope["query_string"])) is not None:
            await self._swap(session_id, head, ticket, send)
        else:
            safe = method in ("GET", "HEAD")
            heads.check_origin(head.headers, self._gate.settings.origin, upgrade=False, safe=safe)
            cookie = self._gate.tickets.admit(session_id, head.all(b"cookie"))
            await self._proxy.handle(cookie, scope, receive, send)

    async def _swap(self, session_id: str, head: heads.Head, ticket: str, send: Send) -> None:
        tickets = self._gate.tickets
        clean = f"{SESSION_PREFIX}{session_id}/".encode()
        if self._gate.stopping:
            raise Refused(pages.STOPPING)
        try:
            cookie = tickets.swap(ticket, session_id)
        except Refused as refused:
            if refused.problem is not pages.TICKET_REFUSED:
                raise
            # A reload of the same frame: the cookie is still good, the ticket is spent.
            try:
                tickets.identify(session_id, head.all(b"cookie"))
            except Refused:
                raise refused from None
            await _redirect(clean, [], send)
            return
        header = tickets.header(cookie, secure=self._gate.settings.secure)
        await _redirect(clean, [(b"set-cookie", header)], send)

    async def _status(self, session_id: str, head: heads.Head, method: str, send: Send) -> None:
        gate = self._gate
        origin = head.one(b"origin").decode("latin-1")
        cors = []
        if origin in gate.settings.portal_origins:
            cors = [
                (b"access-control-allow-origin", origin.encode()),
                (b"access-control-allow-credentials", b"true"),
            ]
        elif origin and origin != gate.settings.origin:
            raise Refused(pages.WRONG_ORIGIN)
        cors.append((b"vary", b"Origin"))
        if method == "OPTIONS":
            await _send(send, 204, [*cors, (b"access-control-allow-methods", b"GET")], b"")
            return
        try:
            cookie = gate.tickets.identify(session_id, head.all(b"cookie"))
        except Refused as refused:
            headers, body = pages.respond(refused, as_json=True, portal_origins=gate.settings.portal_origins)
            await _send(send, refused.problem.status, [*headers, *cors], body)
            return
        try:
            protocol = (await gate.endpoint(cookie)).protocol
        except Refused:
            protocol = None
        about = {"open": gate.streams.open_of(cookie), "reachable": protocol is not None}
        body = json.dumps(about | {"protocol": protocol, "role": cookie.role}).encode()
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *cors]
        await _send(send, 200, headers, body)

    async def _page(self, refused: Refused, scope: Scope, send: Send) -> None:
        accept = Headers(scope=scope).get("accept", "").encode("latin-1")
        headers, body = pages.respond(
            refused, as_json=pages.wants_json(accept), portal_origins=self._gate.settings.portal_origins
        )
        await _send(send, refused.problem.status, headers, b"" if scope["method"] == "HEAD" else body)


def _ticket(query: bytes) -> str | None:
    values = parse_qs(query.decode("latin-1")).get("ticket", [])
    # A session's own page may have a parameter of that name; ours is a JWT.
    return values[0] if len(values) == 1 and values[0].count(".") == 2 else None  # noqa: PLR2004


async def _redirect(target: bytes, extra: heads.Headers, send: Send) -> None:
    headers = [
        (b"location", target),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"no-referrer"),
        *extra,
    ]
    await _send(send, 303, headers, b"")


async def _send(send: Send, status: int, headers: heads.Headers, body: bytes) -> None:
    headers = [pair for pair in headers if pair[0] != b"content-length"]
    if status != 204:  # noqa: PLR2004
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def build_app(gate: Gate, link: ControlLink) -> Starlette:
    """Return the ASGI application."""
    sessions = Sessions(gate)

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_request: Request) -> Response:
        ready = link.may_open() and not gate.stopping
        return JSONResponse(
            {"status": "ready" if ready else "not_ready", "controlPlane": link.up}, 200 if ready else 503
        )

    async def metrics(request: Request) -> Response:
        if not _may_read_metrics(gate, request):
            return Response(status_code=404)
        return PlainTextResponse(exposition(gate, link), media_type="text/plain; version=0.0.4")

    async def nothing(request: Request, _error: Exception) -> Response:
        as_json = pages.wants_json(request.headers.get("accept", "").encode("latin-1"))
        headers, body = pages.respond(
            Refused(pages.NOT_FOUND), as_json=as_json, portal_origins=gate.settings.portal_origins
        )
        return Response(body, 404, {key.decode(): value.decode() for key, value in headers})

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            WebSocketRoute(AGENT_LINK_PATH, gate.links.serve),
            Route("/s/{rest:path}", endpoint=sessions),
            Route("/f/{rest:path}", endpoint=Files(gate)),
        ],
        exception_handlers={404: nothing, 405: nothing},
    )


def _may_read_metrics(gate: Gate, request: Request) -> bool:
    token = gate.settings.metrics_token
    if token is not None:
        given = request.headers.get("authorization", "").partition(" ")[2]
        return pages.same_secret(given, token.get_secret_value())
    near = request.client is not None and request.client.host in _LOOPBACK
    return near and not any(name.startswith(("x-forwarded", "forwarded")) for name in request.headers)
