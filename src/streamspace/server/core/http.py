"""The edge: requests in, problems and JSON out."""

from __future__ import annotations

import ipaddress
import re
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import orjson
import structlog
from fastapi import Depends, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from prometheus_client import CollectorRegistry, Counter, Histogram
from pydantic import BaseModel
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streamspace.kit.clock import Clock
from streamspace.protocol.base import Wire
from streamspace.server.core.auth import TokenExpired
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import BadRequest, Forbidden, NotFound, Problem, Unauthenticated
from streamspace.server.core.events import Bus
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings

log = structlog.get_logger(__name__)

MAX_BODY_BYTES = 1024 * 1024
LOGIN_COOKIE = "streamspace_login"
REFRESH_COOKIE = "streamspace_refresh"
T = TypeVar("T")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


@dataclass(slots=True)
class Context:
    """What the running control plane is made of; `app.state.context`."""

    settings: Settings
    database: Database
    bus: Bus
    clock: Clock
    authenticate: Callable[[UnitOfWork, str], Awaitable[Actor]]
    metrics: CollectorRegistry
    parts: dict[type, Any]
    """The hubs, by class."""

    def part(self, kind: type[T]) -> T:
        """Return the running instance of a hub."""
        return self.parts[kind]  # type: ignore[no-any-return]


def context_of(connection: HTTPConnection) -> Context:
    """Return the control plane that serves this connection."""
    return connection.app.state.context  # type: ignore[no-any-return]


async def _context(request: Request) -> Context:
    return context_of(request)


async def _unit_of_work(request: Request) -> AsyncIterator[UnitOfWork]:
    async with context_of(request).database.work(write=request.method not in _SAFE) as uow:
        yield uow


CurrentContext = Annotated[Context, Depends(_context)]
# "function" commits before the answer is sent; the default would commit after it.
Uow = Annotated[UnitOfWork, Depends(_unit_of_work, scope="function")]


def credential(connection: HTTPConnection) -> tuple[str, bool]:
    """Return the access token and whether a browser attached it by itself.

    Raises:
        Unauthenticated: there is none.
    """
    scheme, _, value = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip(), False
    cookie = connection.cookies.get(cookie_name(context_of(connection).settings, LOGIN_COOKIE))
    if cookie:
        return cookie, True
    raise Unauthenticated


def cookie_name(settings: Settings, name: str) -> str:
    """Return the cookie's name; over TLS the prefix keeps other hosts and paths from setting it."""
    return f"__Host-{name}" if settings.secure else name


def check_origin(connection: HTTPConnection) -> None:
    """Refuse a browser that acts for another site.

    Raises:
        ForeignOrigin: the Origin header names a site that is not ours.
    """
    origin = connection.headers.get("origin")
    if origin is None:
        if connection.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise ForeignOrigin
        return
    settings = context_of(connection).settings
    host = connection.headers.get("host", "")
    ours = {settings.resolved_public_url, *settings.allowed_origins, f"http://{host}", f"https://{host}"}
    if origin not in ours:
        raise ForeignOrigin


def check_automatic(connection: HTTPConnection) -> None:
    """Refuse a browser that attached its cookie for another site's page.

    Raises:
        ForeignOrigin: it did.
    """
    _, automatic = credential(connection)
    if automatic:
        check_origin(connection)


class ForeignOrigin(Forbidden):
    """This request comes from another site."""

    code = "foreign_origin"


async def _actor(request: Request, uow: Uow) -> Actor:
    if request.method not in _SAFE:
        check_automatic(request)
    token, _ = credential(request)
    return await context_of(request).authenticate(uow, token)


CurrentActor = Annotated[Actor, Depends(_actor)]


async def _actor_alone(request: Request) -> Actor:
    async with context_of(request).database.work(write=False) as uow:
        return await _actor(request, uow)


# For operations that wait for others: they may not hold a transaction meanwhile.
ActorAlone = Annotated[Actor, Depends(_actor_alone)]


async def socket_actor(socket: WebSocket) -> Actor:
    """Return who opens a socket.

    Raises:
        Unauthenticated: nobody we know.
        ForeignOrigin: another site's page.
    """
    token, automatic = credential(socket)
    if automatic:
        check_origin(socket)
    context = context_of(socket)
    async with context.database.work(write=False) as uow:
        return await context.authenticate(uow, token)


class ProblemOut(BaseModel):
    """The body of every error."""

    error: str
    message: str
    details: Any = None
    requestId: str | None = None  # noqa: N815 - the spec's name


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Declare the errors of an operation for OpenAPI."""
    declared: dict[int | str, dict[str, Any]] = {}
    every: tuple[type[Problem], ...] = (BadRequest, *kinds)
    for kind in every:
        text = (kind.__doc__ or "").strip().splitlines()[0]
        known = declared.setdefault(kind.status, {"model": ProblemOut, "description": ""})
        known["description"] = f"{known['description']} `{kind.code}`: {text}".strip()
    return declared


def needs(action: Action, *kinds: type[Problem]) -> dict[str, Any]:
    """Name an operation's permission and errors; a test walks all routes for it."""
    return {
        "responses": problems(Unauthenticated, TokenExpired, Forbidden, ForeignOrigin, *kinds),
        "openapi_extra": {"x-permission": action.value, "security": [{"bearer": []}, {"cookie": []}]},
    }


def open_to_all(*kinds: type[Problem]) -> dict[str, Any]:
    """Declare an operation that needs no login."""
    return {"responses": problems(*kinds), "openapi_extra": {"x-permission": "public"}}


def encoded(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with JSON made once, without validating what we wrote ourselves."""
    if isinstance(value, Wire):
        value = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Response(orjson.dumps(value), status, headers, media_type="application/json")


def client_address(connection: HTTPConnection) -> str:
    """Return who called, believing X-Forwarded-For only from the proxies we were told of."""
    peer = connection.client.host if connection.client else "unknown"
    trusted = context_of(connection).settings.trusted_proxies
    if peer not in trusted:
        return peer
    for hop in reversed(connection.headers.get("x-forwarded-for", "").split(",")):
        address = hop.strip()
        if address in trusted or not address:
            continue
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            break
    return peer


def problem_response(problem: Problem, request_id: str | None) -> Response:
    """Write a problem the way the API promises."""
    body: dict[str, Any] = {"error": problem.code, "message": problem.message}
    if problem.details is not None:
        body["details"] = problem.details
    if request_id:
        body["requestId"] = request_id
    return encoded(body, problem.status, problem.headers)


def _request_id(request: Request) -> str | None:
    return request.scope.get("request_id")


async def on_problem(request: Request, error: Exception) -> Response:
    """Answer a problem that the code raised on purpose."""
    assert isinstance(error, Problem)  # noqa: S101 - the handler is registered for this type
    return problem_response(error, _request_id(request))


async def on_invalid(request: Request, error: Exception) -> Response:
    """Answer malformed input with 400 and the fields that are wrong."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    fields = [
        {"field": ".".join(str(part) for part in found["loc"][1:]), "message": found["msg"]}
        for found in error.errors()[:20]
    ]
    first = fields[0] if fields else {"field": "", "message": "It cannot be read."}
    where = f"{first['field']}: " if first["field"] else ""
    return problem_response(BadRequest(f"{where}{first['message']}", details=fields), _request_id(request))


class NoSuchAddress(NotFound):
    """There is nothing at this address. /api/openapi.json lists every operation."""


class WrongMethod(Problem):
    """This address does not take that method."""

    status = 405
    code = "method_not_allowed"


async def on_http(request: Request, error: Exception) -> Response:
    """Answer what the router refuses (no such path, wrong method) in our form."""
    assert isinstance(error, HTTPException)  # noqa: S101
    if isinstance(error.__cause__, Problem):  # FastAPI wraps what stops it from reading a body
        return problem_response(error.__cause__, _request_id(request))
    known = {kind.status: kind for kind in (NoSuchAddress, WrongMethod, BadRequest)}
    problem = known.get(error.status_code, Problem)(headers=dict(error.headers or {}))
    return problem_response(problem, _request_id(request))


async def on_unstorable(request: Request, error: Exception) -> Response:
    """Answer a value that the database cannot hold, such as text with a NUL."""
    del error
    return problem_response(BadRequest("A value holds something that cannot be stored."), _request_id(request))


async def on_crash(request: Request, error: Exception) -> Response:
    """Answer a bug: say so, with the id under which the log has the rest."""
    log.error("request_failed", exc_info=error)
    return problem_response(
        Problem("Something went wrong on our side. The log has the details under this request id."),
        _request_id(request),
    )


class Edge:
    """Around every request: its id, its log line, its duration, a bound on its body, the security headers."""

    def __init__(self, app: ASGIApp, *, registry: CollectorRegistry, csp: Callable[[], str]) -> None:
        self.app = app
        self.csp = csp
        self.duration = Histogram(
            "streamspace_http_request_duration_seconds",
            "Time from the request's head to the answer's end.",
            ["method", "route", "status"],
            registry=registry,
        )
        self.rejected = Counter(
            "streamspace_http_requests_rejected_total", "Requests refused for their size.", registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex[:16]
        scope["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    *self._headers(scope, request_id, message["headers"]),
                ]
            await send(message)

        try:
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > MAX_BODY_BYTES:
                self.rejected.inc()
                refusal = problem_response(BodyTooLarge(), request_id)
                await refusal(scope, receive, answer)
            else:
                await self.app(scope, _bounded(receive), answer)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            took = time.perf_counter() - started
            self.duration.labels(scope["method"], route, status).observe(took)
            log.debug("request", method=scope["method"], path=scope["path"], status=status, ms=round(took * 1000, 1))
            structlog.contextvars.unbind_contextvars("request_id")

    def _headers(self, scope: Scope, request_id: str, present: Any) -> list[tuple[bytes, bytes]]:
        added = [
            (b"x-request-id", request_id.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"x-frame-options", b"DENY"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"content-security-policy", self.csp().encode()),
        ]
        names = {name for name, _ in present}
        if scope["path"].startswith("/api") and b"cache-control" not in names:
            added.append((b"cache-control", b"no-store"))
        return [header for header in added if header[0] not in names]


class BodyTooLarge(Problem):
    """The request's body is too large."""

    status = 413
    code = "body_too_large"


def _bounded(receive: Receive) -> Receive:
    seen = 0

    async def read() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MAX_BODY_BYTES:
                raise BodyTooLarge
        return message

    return read


def origin_of(url: str) -> str:
    """Return scheme and host of a URL, as browsers write an origin."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
