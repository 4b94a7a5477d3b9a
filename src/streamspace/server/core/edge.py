"""Around every request: what all answers share, and the audit entries that no service wrote."""

from __future__ import annotations

import ipaddress
import re
import time
import uuid
from collections import Counter as Counts
from collections.abc import Callable
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streamspace.server.core.db import Database
from streamspace.server.core.http import (
    MAX_BODY_BYTES,
    BodyTooLarge,
    client_address,
    context_of,
    problem_response,
)
from streamspace.server.core.trail import ORIGIN, SAFE, Operation, Origin, operation_of

log = structlog.get_logger(__name__)

DENIED = frozenset({401, 403, 404, 429})
"""Statuses that say that somebody may not; other refusals say that it did not work."""
_TOO_MANY = 429
_TOO_LARGE = 413
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Edge:
    """Around every request: its id, its log line, its duration, a bound on its body, the security headers."""

    def __init__(self, app: ASGIApp, *, registry: CollectorRegistry, csp: Callable[[], str]) -> None:
        self.app = app
        self.csp = csp
        self.witness = Witness(registry)
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
        origin = _origin(scope, headers, request_id)
        before = ORIGIN.set(origin)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                await self.witness.saw(scope, origin, status)
                message["headers"] = [
                    *message["headers"],
                    *self._headers(scope, request_id, message["headers"]),
                ]
            await send(message)

        try:
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > MAX_BODY_BYTES:
                self.rejected.inc()
                scope["problem_code"] = BodyTooLarge.code
                refusal = problem_response(BodyTooLarge(), request_id)
                await refusal(scope, receive, answer)
            else:
                await self.app(scope, _bounded(receive), answer)
        except Exception:
            # A bug; what answers it stands outside of this.
            scope["problem_code"] = "internal_error"
            await self.witness.saw(scope, origin, status)
            raise
        finally:
            origin.over = True
            ORIGIN.reset(before)
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


class Witness:
    """Writes the audit entry of an operation that was refused, or that no service wrote down."""

    ANONYMOUS = 30
    """Refusals a minute that are written of one address that has not signed in."""
    SOMEBODY = 300
    """Refusals a minute that are written of one person or key."""
    ALTOGETHER = 1500
    """Refusals a minute that are written; the rest is counted, or a flood of refusals would fill the table."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._minute = 0
        self._written: Counts[str] = Counts()
        self._left_out = 0
        self.left_out = Counter(
            "streamspace_audit_refusals_left_out_total",
            "Refusals that were counted instead of written, because there were too many.",
            registry=registry,
        )
        self.lost = Counter(
            "streamspace_audit_entries_lost_total",
            "Audit entries of refusals that the database did not take.",
            registry=registry,
        )

    async def saw(self, scope: Scope, origin: Origin, status: int) -> None:
        """Write what the log lacks about an answer, before it is sent."""
        operation = operation_of(scope)
        if operation is None and status == _TOO_LARGE and scope["method"] not in SAFE:
            operation = Operation("request", "path", scope["path"])  # refused before anybody looked for its route
        outcome = "ok" if status < 400 else "denied" if status in DENIED else "failed"  # noqa: PLR2004 - HTTP's own
        if operation is None or outcome in origin.noted or origin.noted - {"ok"}:
            return
        database: Database = context_of(HTTPConnection(scope)).database
        left_out = 0
        if outcome != "ok":
            wanted, left_out = self._takes(origin, status, database.clock.now().timestamp())
            if not wanted:
                return
        try:
            async with database.work() as uow:
                if left_out:
                    uow.note("audit.refusals_left_out", "audit", None, after={"left_out_count": left_out})
                code = scope.get("problem_code") if outcome != "ok" else None
                uow.note(
                    *(operation.action, operation.kind, operation.id),
                    after=origin.about or None,
                    outcome=outcome,
                    code=code or (None if outcome == "ok" else str(status)),
                )
        except Exception:
            self.lost.inc()
            log.exception("audit_entry_lost", action=operation.action, outcome=outcome, status=status)

    def _takes(self, origin: Origin, status: int, now: float) -> tuple[bool, int]:
        """Say whether this refusal is written, and how many of earlier minutes were not."""
        left_out = 0
        if (minute := int(now // 60)) != self._minute:
            self._minute, self._written = minute, Counts()
            left_out, self._left_out = self._left_out, 0
        anonymous = origin.actor_id is None or status == _TOO_MANY
        who = _neighbourhood(origin.ip or "") if anonymous else str(origin.actor_id)
        most = self.ANONYMOUS if anonymous else self.SOMEBODY
        if self._written[who] >= most or self._written.total() >= self.ALTOGETHER:
            self._left_out += 1
            self.left_out.inc()
            return False, 0
        self._written[who] += 1
        return True, left_out


def _neighbourhood(address: str) -> str:
    """Return what one subscriber holds: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))  # noqa: PLR2004


def _origin(scope: Scope, headers: Headers, request_id: str) -> Origin:
    return Origin(
        actor_kind="anonymous",
        ip=client_address(HTTPConnection(scope)),
        user_agent=headers.get("user-agent"),
        request_id=request_id,
    )


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
