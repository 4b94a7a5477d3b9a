"""The edge: requests in, problems and JSON out."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import orjson
import structlog
from fastapi import Depends, Query, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from prometheus_client import CollectorRegistry
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response

from streamspace.kit.clock import Clock
from streamspace.protocol.base import Wire
from streamspace.server.core import permissions
from streamspace.server.core.auth import TokenExpired
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import (
    BadRequest,
    Forbidden,
    ForeignAddress,
    KeyExhausted,
    KeyTooNarrow,
    MfaEnrolmentRequired,
    NotFound,
    Problem,
    Unauthenticated,
)
from streamspace.server.core.events import Bus
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.core.trail import SAFE, operation_of

log = structlog.get_logger(__name__)

MAX_BODY_BYTES = 1024 * 1024
LOGIN_COOKIE = "streamspace_login"
REFRESH_COOKIE = "streamspace_refresh"
KEY_HEADER = "x-api-key"
_ACTIONS = {action.value: action for action in Action}
T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=600)]


@dataclass(slots=True)
class Context:
    """What the running control plane is made of; `app.state.context`."""

    settings: Settings
    database: Database
    bus: Bus
    clock: Clock
    authenticate: Callable[[UnitOfWork, str, str], Awaitable[Actor]]
    """Turns an access token or an API key, and the address it came from, into who asks."""
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
    async with context_of(request).database.work(write=request.method not in SAFE) as uow:
        yield uow
        operation = operation_of(request.scope)
        if operation is not None and not uow.noted:
            uow.note(operation.action, operation.kind, operation.id)


CurrentContext = Annotated[Context, Depends(_context)]
# "function" commits before the answer is sent; the default would commit after it.
Uow = Annotated[UnitOfWork, Depends(_unit_of_work, scope="function")]


def credential(connection: HTTPConnection) -> tuple[str, bool]:
    """Return the access token or API key, and whether a browser attached it by itself.

    Raises:
        Unauthenticated: there is none.
    """
    scheme, _, value = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip(), False
    if key := connection.headers.get(KEY_HEADER):
        return key.strip(), False
    cookie = connection.cookies.get(cookie_name(context_of(connection).settings, LOGIN_COOKIE))
    if cookie:
        return cookie, True
    raise Unauthenticated


def cookie_name(settings: Settings, name: str) -> str:
    """Return the cookie's name; over TLS the prefix keeps other hosts and paths from setting it."""
    return f"__Host-{name}" if settings.secure else name


def set_login_cookies(
    response: Response, settings: Settings, *, token: str, refresh_token: str | None, expires_at: datetime
) -> None:
    """Hand a login to a browser; `expires_at` is when the login itself ends. None keeps the refresh token it has."""
    lifetime = max(int((expires_at - datetime.now(UTC)).total_seconds()), 1)
    for name, value in ((LOGIN_COOKIE, token), (REFRESH_COOKIE, refresh_token)):
        if value is not None:
            response.set_cookie(
                cookie_name(settings, name),
                value,
                max_age=lifetime,
                path="/",
                secure=settings.secure,
                httponly=True,
                samesite="strict",
            )


def drop_login_cookies(response: Response, settings: Settings) -> None:
    """Have a browser forget its login."""
    for name in (LOGIN_COOKIE, REFRESH_COOKIE):
        response.delete_cookie(cookie_name(settings, name), path="/", secure=settings.secure)


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
    if request.method not in SAFE:
        check_automatic(request)
    token, _ = credential(request)
    actor = await context_of(request).authenticate(uow, token, client_address(request))
    uow.origin.know(actor.id, actor.username, actor.org_id, login_id=actor.login_id, key_id=actor.key_id)
    check_lets_through(actor, _permission(request))
    return actor


def _permission(request: Request) -> str:
    declared = getattr(request.scope.get("route"), "openapi_extra", None) or {}
    return str(declared.get("x-permission", ""))


def check_lets_through(actor: Actor, permission: str) -> None:
    """Refuse, before any work is done, what the actor may do to nothing at all. Services decide about one thing.

    Raises:
        MfaEnrolmentRequired, KeyTooNarrow: their key, or incomplete login, leaves this out.
        Forbidden: their roles do.
    """
    if actor.only is not None and permission not in actor.only:
        raise MfaEnrolmentRequired if actor.key_id is None else KeyTooNarrow
    action = _ACTIONS.get(permission)
    if action is not None and not permissions.conceivable(actor, action):
        raise Forbidden


CurrentActor = Annotated[Actor, Depends(_actor)]


async def _actor_alone(request: Request) -> Actor:
    async with context_of(request).database.work(write=False) as uow:
        return await _actor(request, uow)


# For operations that wait for others: they may not hold a transaction meanwhile.
ActorAlone = Annotated[Actor, Depends(_actor_alone)]


async def socket_actor(socket: WebSocket, action: Action) -> Actor:
    """Return who opens a socket that this permission is needed for.

    Raises:
        Unauthenticated: nobody we know.
        ForeignOrigin: another site's page.
        KeyTooNarrow, MfaEnrolmentRequired: what they came with leaves this out.
    """
    token, automatic = credential(socket)
    if automatic:
        check_origin(socket)
    context = context_of(socket)
    async with context.database.work(write=False) as uow:
        actor = await context.authenticate(uow, token, client_address(socket))
    check_lets_through(actor, action)
    return actor


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


_EVERYWHERE: tuple[type[Problem], ...] = (
    Unauthenticated,
    TokenExpired,
    ForeignAddress,
    Forbidden,
    ForeignOrigin,
    MfaEnrolmentRequired,
    KeyTooNarrow,
    KeyExhausted,
)
"""What any operation that needs a login may answer."""


def needs(action: Action, *kinds: type[Problem], audited: bool = True) -> dict[str, Any]:
    """Name an operation's permission and errors; a test walks all routes for it, and for those not audited."""
    security: dict[str, Any] = {"security": [{"bearer": []}, {"cookie": []}]}
    return {
        "responses": problems(*_EVERYWHERE, *kinds),
        "openapi_extra": _declared(action.value, audited=audited) | security,
    }


def open_to_all(*kinds: type[Problem], audited: bool = True) -> dict[str, Any]:
    """Declare an operation that needs no login."""
    return {"responses": problems(*kinds), "openapi_extra": _declared("public", audited=audited)}


def _declared(permission: str, *, audited: bool) -> dict[str, Any]:
    return {"x-permission": permission} | ({} if audited else {"x-audited": False})


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


def _refusal(request: Request, problem: Problem) -> Response:
    request.scope["problem_code"] = problem.code  # the audit log's entry names it
    return problem_response(problem, request.scope.get("request_id"))


async def on_problem(request: Request, error: Exception) -> Response:
    """Answer a problem that the code raised on purpose."""
    assert isinstance(error, Problem)  # noqa: S101 - the handler is registered for this type
    return _refusal(request, error)


async def on_invalid(request: Request, error: Exception) -> Response:
    """Answer malformed input with 400 and the fields that are wrong."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    fields = [
        {"field": ".".join(str(part) for part in found["loc"][1:]), "message": found["msg"]}
        for found in error.errors()[:20]
    ]
    first = fields[0] if fields else {"field": "", "message": "It cannot be read."}
    where = f"{first['field']}: " if first["field"] else ""
    return _refusal(request, BadRequest(f"{where}{first['message']}", details=fields))


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
        return _refusal(request, error.__cause__)
    known = {kind.status: kind for kind in (NoSuchAddress, WrongMethod, BadRequest)}
    problem = known.get(error.status_code, Problem)(headers=dict(error.headers or {}))
    return _refusal(request, problem)


async def on_unstorable(request: Request, error: Exception) -> Response:
    """Answer a value that the database cannot hold, such as text with a NUL."""
    del error
    return _refusal(request, BadRequest("A value holds something that cannot be stored."))


async def on_crash(request: Request, error: Exception) -> Response:
    """Answer a bug: say so, with the id under which the log has the rest."""
    log.error("request_failed", exc_info=error)
    return _refusal(
        request, Problem("Something went wrong on our side. The log has the details under this request id.")
    )


class BodyTooLarge(Problem):
    """The request's body is too large."""

    status = 413
    code = "body_too_large"
